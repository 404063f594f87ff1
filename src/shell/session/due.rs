//! The time going on under a site that is served for days: a page of tomorrow is there tomorrow.

use std::time::Duration;

use super::{Desk, Session, locked};
use crate::source::SitePath;

impl Session {
    /// How long until the next page's day comes; nothing when none is waited for. Looks at every page.
    pub fn until_due(&self) -> Option<Duration> {
        let clock = self.clock.as_ref()?;
        let snapshot = self.snapshot();
        let mut desk = locked(&self.desk);
        let now = desk.now;
        desk.due = match (desk.future, snapshot.is_arranged()) {
            (false, true) => {
                let dates = desk.memo.dates().map(|(_, date)| date);
                dates.filter(|date| *date > now).min()
            }
            _ => None,
        };
        let left = desk.due?.duration_since(clock());
        Some(left.try_into().unwrap_or(Duration::ZERO))
    }

    /// Moves the moment on. The pages whose day came with that, or, when the clock was set back, has yet
    /// to come once more.
    pub(super) fn come_due(&self, desk: &mut Desk) -> Vec<SitePath> {
        let Some(clock) = &self.clock else {
            return Vec::new();
        };
        let (before, now) = (desk.now, clock());
        desk.now = now;
        desk.tree.set_now(now);
        let snapshot = self.snapshot();
        let idle = before <= now && desk.due.is_none_or(|due| due > now);
        if idle || desk.future || !snapshot.is_arranged() {
            return Vec::new();
        }
        let between = before.min(now)..before.max(now);
        let dates = desk.memo.dates();
        dates
            .filter(|(_, date)| between.start < *date && *date <= between.end)
            .map(|(path, _)| path.clone())
            .collect()
    }
}
