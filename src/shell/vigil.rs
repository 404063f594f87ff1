//! Watches over templates while they run, for those that run away: a loop in a loop, a text that doubles. The
//! engine cannot be interrupted and has no limits of its own on either: a build ends with such a template, and a
//! server goes on without it.
//!
//! Time is the process's own processor time, shared out evenly among the templates that run at the moment,
//! so that a busy machine runs nobody out of it. Memory is what the process has gained since the template
//! began.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::diagnostic::{Code, Diagnostic, Term};
use crate::pipeline::render::underway::{Run, Underway};

/// The processor time one run may take. The site's own pages take less than a thousandth of it.
const MOST_TIME: Duration = Duration::from_secs(2);
/// The memory that may be gained during one run, in KiB.
const MOST_MEMORY: u64 = 192 << 10;
const BETWEEN_LOOKS: Duration = Duration::from_millis(10);

/// What a run has taken so far.
struct Taken {
    time: Duration,
    /// What the process held when it was first seen, in KiB.
    memory_before: u64,
}

/// Does `work`, and meanwhile calls `stop` if a template runs away; `stop` is expected to end the program,
/// for nothing else ends the template.
pub fn over<T>(
    underway: &Underway,
    stop: impl FnOnce(Diagnostic) + Send,
    work: impl FnOnce() -> T,
) -> T {
    let bell = Bell::default();
    thread::scope(|scope| {
        scope.spawn(|| {
            if let Some(fault) = watch(underway, &bell) {
                stop(fault);
            }
        });
        // Rings when the work panics, too: the watcher would be waited for ever.
        let _ring = Ring(&bell);
        work()
    })
}

/// Does `work` in a thread of its own and waits for it, unless a template runs away meanwhile.
///
/// # Errors
/// Which template that is. Its thread is left to itself: it goes on until the template ends or the program does.
pub fn unless_runaway<T: Send + 'static>(
    underway: &Underway,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Box<Diagnostic>> {
    // Nothing is sent: that the sender is gone says that the work has ended.
    let (working, ended) = mpsc::channel::<()>();
    let worker = thread::spawn(move || {
        let _working = working;
        work()
    });
    let mut watch = Watch::begin();
    while ended.recv_timeout(BETWEEN_LOOKS) == Err(mpsc::RecvTimeoutError::Timeout) {
        if let Some(fault) = watch.look(underway) {
            return Err(Box::new(fault));
        }
    }
    worker.join().map_or_else(|panic| resume_unwind(panic), Ok)
}

fn watch(underway: &Underway, bell: &Bell) -> Option<Diagnostic> {
    let mut watch = Watch::begin();
    while !bell.rings_within(BETWEEN_LOOKS) {
        let fault = watch.look(underway);
        if fault.is_some() {
            return fault;
        }
    }
    None
}

/// What the templates that run have taken since somebody began to look.
struct Watch {
    known: BTreeMap<u64, Taken>,
    /// The processor time at the last look.
    before: Duration,
}

impl Watch {
    fn begin() -> Watch {
        Watch {
            known: BTreeMap::new(),
            before: processor_time(),
        }
    }

    /// The first template that has taken too much.
    fn look(&mut self, underway: &Underway) -> Option<Diagnostic> {
        let now = processor_time();
        let passed = now.saturating_sub(self.before);
        self.before = now;
        let running = underway.now();
        let memory = memory();
        let known = &mut self.known;
        known.retain(|number, _| running.contains_key(number));
        let share = passed / u32::try_from(known.len().max(1)).unwrap_or(u32::MAX);
        for (number, run) in running {
            let taken = known.entry(number).or_insert(Taken {
                time: Duration::ZERO,
                memory_before: memory,
            });
            if taken.time > MOST_TIME {
                return Some(fault(&run, Term::TooLong));
            }
            if memory.saturating_sub(taken.memory_before) > MOST_MEMORY {
                return Some(fault(&run, Term::TooMuch));
            }
            taken.time += share;
        }
        None
    }
}

/// What is said of a run that was stopped.
pub fn fault(run: &Run, why: Term) -> Diagnostic {
    let note = Diagnostic::new(Code::TemplateRunaway)
        .with("page", &run.page)
        .with("detail", why);
    match &run.template {
        Some(template) => note.in_file(template),
        None => note,
    }
}

fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// What the process holds, in KiB; 0 where the system does not say, and memory is not watched there.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.unwrap_or(0)
}

/// Rung once, when the work is done.
#[derive(Default)]
struct Bell {
    rung: Mutex<bool>,
    heard: Condvar,
}

impl Bell {
    fn rings_within(&self, time: Duration) -> bool {
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.heard.wait_timeout_while(rung, time, |rung| !*rung);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

struct Ring<'b>(&'b Bell);

impl Drop for Ring<'_> {
    fn drop(&mut self) {
        *self.0.rung.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.heard.notify_all();
    }
}
