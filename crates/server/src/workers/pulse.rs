//! Which loops are alive.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use store::Clock;

/// How long a loop may be silent before it counts as stuck: longer than any single turn may take.
const SILENCE_MAX: Duration = Duration::from_secs(180);

/// Remembers when each loop last turned, on the clock that nobody moves. Cheap to clone; clones share what they know.
#[derive(Clone)]
pub struct Pulse {
    clock: Clock,
    beats: Arc<Mutex<Vec<(&'static str, Duration)>>>,
}

impl Pulse {
    /// No loop has turned yet.
    pub fn new(clock: Clock) -> Self {
        Self { clock, beats: Arc::default() }
    }

    /// The loop of that name turns.
    pub fn beat(&self, name: &'static str) {
        let now = self.clock.monotonic();
        let mut beats = self.beats.lock().unwrap_or_else(PoisonError::into_inner);
        match beats.iter_mut().find(|(known, _)| *known == name) {
            Some((_, at)) => *at = now,
            None => beats.push((name, now)),
        }
    }

    /// The loops that have been silent for too long.
    pub fn stuck(&self) -> Vec<&'static str> {
        let now = self.clock.monotonic();
        let beats = self.beats.lock().unwrap_or_else(PoisonError::into_inner);
        beats.iter().filter(|(_, at)| now.saturating_sub(*at) > SILENCE_MAX).map(|(name, _)| *name).collect()
    }

    /// Whether there are loops and each of them turns.
    pub fn is_beating(&self) -> bool {
        let any = !self.beats.lock().unwrap_or_else(PoisonError::into_inner).is_empty();
        any && self.stuck().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_without_loops_is_not_alive() {
        let pulse = Pulse::new(Clock::system());
        assert!(!pulse.is_beating());
        pulse.beat("timers");
        assert!(pulse.is_beating() && pulse.stuck().is_empty());
    }
}
