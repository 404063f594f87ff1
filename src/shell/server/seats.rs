//! Room for so many connections, and who gives way when there is none.
//!
//! A connection that only stands open must never keep another out. So when all seats are taken, the one
//! that has asked for nothing for longest is closed; where none is idle, the tab that has listened for
//! longest, which will come again by itself. One that is being answered is let finish.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

use super::reply::Reply;

/// After this, whoever has become idle in the meantime is asked too.
const ASK_AGAIN: Duration = Duration::from_millis(20);

/// All seats.
pub(super) struct Seats {
    most: usize,
    places: Arc<Semaphore>,
    guests: Mutex<BTreeMap<u64, Arc<Guest>>>,
}

/// A connection's seat; dropped, it is free.
pub(super) struct Seat {
    number: u64,
    guest: Arc<Guest>,
    seats: Arc<Seats>,
    _place: OwnedSemaphorePermit,
}

/// Who sits there.
struct Guest {
    state: Mutex<(Doing, Instant)>,
    leave: Notify,
}

/// What a connection is about, those first who give way first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Doing {
    Nothing,
    Listening,
    BeingAnswered,
}

impl Seats {
    /// So many seats.
    pub fn new(most: usize) -> Arc<Seats> {
        Arc::new(Seats {
            most,
            places: Arc::new(Semaphore::new(most)),
            guests: Mutex::default(),
        })
    }

    /// A seat, freed if need be.
    pub async fn take(self: &Arc<Seats>) -> Option<Seat> {
        let place = loop {
            if self.places.available_permits() == 0 {
                self.make_room();
            }
            match timeout(ASK_AGAIN, self.places.clone().acquire_owned()).await {
                Ok(place) => break place.ok()?,
                Err(_) => continue,
            }
        };
        let guest = Arc::new(Guest {
            state: Mutex::new((Doing::Nothing, Instant::now())),
            leave: Notify::new(),
        });
        let mut guests = self.guests();
        let number = guests.last_key_value().map_or(0, |(last, _)| last + 1);
        guests.insert(number, guest.clone());
        Some(Seat {
            number,
            guest,
            seats: self.clone(),
            _place: place,
        })
    }

    /// Waits until all seats are free.
    pub async fn empty(&self) {
        // More seats than a number can count there never are.
        let all = u32::try_from(self.most).unwrap_or(u32::MAX);
        let _ = self.places.acquire_many(all).await;
    }

    /// Asks one to leave, unless all are being answered.
    pub fn make_room(&self) {
        let guests = self.guests();
        let idle = guests.values().map(|guest| (guest.state(), guest));
        let idle = idle.filter(|((doing, _), _)| *doing != Doing::BeingAnswered);
        if let Some((_, guest)) = idle.min_by_key(|(state, _)| *state) {
            guest.leave.notify_one();
        }
    }

    fn guests(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<Guest>>> {
        self.guests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// Waits until it is to be given up. Whoever is being answered by then stays.
    pub async fn given_up(&self) {
        loop {
            self.guest.leave.notified().await;
            if self.guest.state().0 != Doing::BeingAnswered {
                return;
            }
        }
    }

    /// Marks it as being answered, for as long as the answer lives.
    pub fn serve(&self) -> Served {
        self.guest.now(Doing::BeingAnswered);
        Served(self.guest.clone())
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.guests().remove(&self.number);
    }
}

impl Guest {
    fn state(&self) -> (Doing, Instant) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self, doing: Doing) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = (doing, Instant::now());
    }
}

/// That a connection is being answered.
pub(super) struct Served(Arc<Guest>);

impl Served {
    /// It is one that listens.
    pub fn listens(&self) {
        self.0.now(Doing::Listening);
    }

    /// The answer's body, which marks the connection until it has been sent.
    pub fn with(self, reply: Reply) -> Marked {
        Marked {
            reply,
            _served: self,
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.0.now(Doing::Nothing);
    }
}

/// A body that marks its connection.
pub(super) struct Marked {
    reply: Reply,
    _served: Served,
}

impl Body for Marked {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Pin::new(&mut self.reply).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.reply.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.reply.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_idle_gives_way_first() {
        let run = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("a runtime");
        run.block_on(async {
            let seats = Seats::new(3);
            let mut taken = Vec::new();
            for _ in 0..3 {
                taken.push(seats.take().await.expect("a seat"));
            }
            let answered = taken[0].serve();
            let listening = taken[1].serve();
            listening.listens();
            // The next comes to the third's seat, the one after to the listener's.
            for idle in [2, 1] {
                let waiting = tokio::spawn({
                    let seats = seats.clone();
                    async move { seats.take().await }
                });
                taken[idle].given_up().await;
                drop(taken.remove(idle));
                let next = waiting.await.expect("no panic").expect("a seat");
                // It is busy too, so that it is not asked next.
                std::mem::forget(next.serve());
                taken.push(next);
            }
            drop((answered, listening));
        });
    }
}
