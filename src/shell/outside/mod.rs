//! Asking other sites whether an address is there, many at once and few at a time of any one host.

mod cache;
mod client;

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::pipeline::check::outside::Answer;
pub use cache::Cache;
pub use client::{Client, Unavailable};

/// How many addresses are asked about at the same time. They wait nearly all the time, so it is no
/// matter of processors.
const AT_ONCE: usize = 16;
/// How many of one host, as a browser would at most.
const PER_HOST: usize = 2;
/// How long a connection to a host rests after each answer.
const REST: Duration = Duration::from_millis(100);

/// Asks about every address; the answers are in their order. `tick` is called after each.
pub fn ask(addresses: &[&str], client: &Client, tick: impl Fn() + Sync) -> Vec<Answer> {
    let queue = Mutex::new(Queue::of(addresses));
    let freed = Condvar::new();
    let answers = Mutex::new(vec![None; addresses.len()]);
    thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(addresses.len()) {
            scope.spawn(|| {
                while let Some((host, position)) = next(&queue, &freed) {
                    let answer = client.ask(addresses[position]);
                    tick();
                    lock(&answers)[position] = Some(answer);
                    thread::sleep(REST);
                    lock(&queue).free(&host);
                    freed.notify_all();
                }
            });
        }
    });
    let answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
    answers.into_iter().flatten().collect()
}

/// What is still to be asked.
struct Queue {
    hosts: BTreeMap<String, Host>,
}

#[derive(Default)]
struct Host {
    waiting: Vec<usize>,
    busy: usize,
}

/// The next address and its host; waits while every host that has one is busy. None when all are taken.
fn next(queue: &Mutex<Queue>, freed: &Condvar) -> Option<(String, usize)> {
    let mut guard = lock(queue);
    loop {
        if let Some(taken) = guard.take() {
            return Some(taken);
        }
        if guard.is_empty() {
            return None;
        }
        guard = freed.wait(guard).unwrap_or_else(PoisonError::into_inner);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Queue {
    fn of(addresses: &[&str]) -> Queue {
        let mut hosts: BTreeMap<String, Host> = BTreeMap::new();
        for (position, address) in addresses.iter().enumerate().rev() {
            let host = hosts.entry(host(address).to_string()).or_default();
            host.waiting.push(position);
        }
        Queue { hosts }
    }

    /// An address of the host that has least to do.
    fn take(&mut self) -> Option<(String, usize)> {
        let able = self.hosts.iter_mut();
        let able = able.filter(|(_, host)| host.busy < PER_HOST && !host.waiting.is_empty());
        let (name, host) = able.min_by_key(|(_, host)| host.busy)?;
        host.busy += 1;
        Some((name.clone(), host.waiting.pop()?))
    }

    fn free(&mut self, name: &str) {
        if let Some(host) = self.hosts.get_mut(name) {
            host.busy -= 1;
        }
    }

    fn is_empty(&self) -> bool {
        self.hosts.values().all(|host| host.waiting.is_empty())
    }
}

/// The host of an address, with its port.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_at_a_time_of_one_host() {
        let addresses = ["http://a/1", "http://a/2", "http://a/3", "http://b?4"];
        let mut queue = Queue::of(&addresses);
        let a = |position| Some(("a".to_string(), position));
        assert_eq!(queue.take(), a(0));
        assert_eq!(queue.take(), Some(("b".to_string(), 3)));
        assert_eq!(queue.take(), a(1));
        assert_eq!(queue.take(), None);
        assert!(!queue.is_empty());
        queue.free("a");
        assert_eq!(queue.take(), a(2));
        assert!(queue.is_empty());
    }
}
