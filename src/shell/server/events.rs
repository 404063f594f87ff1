//! Telling a tab that its page is another now: Server-Sent Events, one stream for each visible tab.
//!
//! A tab is told its page's state at once and after every change of the site that changes it. Nothing
//! is remembered about tabs: whoever reconnects, after a restart too, is told the state again and
//! compares.

use std::sync::Arc;
use std::time::Duration;

use hyper::Response;
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use tokio::sync::mpsc::{Sender, channel};
use tokio::time::sleep;

use super::Shared;
use super::reply::Reply;
use super::respond::{Tab, protect, state_at};

/// A line now and then finds out connections that are gone.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// The answer to a tab that listens.
pub(super) fn listen(shared: Arc<Shared>, tab: Tab) -> Response<Reply> {
    let (sender, events) = channel(4);
    tokio::spawn(tell(shared, Arc::new(tab), sender));
    let mut answer = Response::new(Reply::Events(events));
    let media = HeaderValue::from_static("text/event-stream");
    answer.headers_mut().insert(CONTENT_TYPE, media);
    protect(&mut answer);
    answer
}

/// Tells until either side goes.
async fn tell(shared: Arc<Shared>, tab: Arc<Tab>, sender: Sender<Bytes>) {
    let mut generation = shared.generation.clone();
    let mut told = None;
    let mut event = "retry: 500\n".to_string();
    loop {
        generation.borrow_and_update();
        let (asked, tab) = (shared.clone(), tab.clone());
        let state = tokio::task::spawn_blocking(move || state_at(&asked.setting, &tab));
        let Ok(state) = state.await else {
            return;
        };
        if told.as_ref() != Some(&state) {
            // A state is text and lists of text, which JSON can always hold; in one line.
            event += &format!(
                "data: {}\n\n",
                serde_json::to_string(&state).unwrap_or_default()
            );
            if sender
                .send(std::mem::take(&mut event).into())
                .await
                .is_err()
            {
                return;
            }
            told = Some(state);
        }
        loop {
            tokio::select! {
                changed = generation.changed() => match changed {
                    Ok(()) => break,
                    Err(_) => return,
                },
                () = sleep(SIGN_OF_LIFE) => {
                    if sender.send(Bytes::from_static(b":\n\n")).await.is_err() {
                        return;
                    }
                }
                () = shared.closed() => return,
                () = sender.closed() => return,
            }
        }
    }
}
