//! The one source of time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

/// Hands out the time. Cheap to clone; clones share their state.
///
/// Three kinds: the system's clock, the system's clock moved by an offset (the demo), and a virtual clock that
/// stands still until it is moved (rehearsals, tests). Microseconds are the finest it knows, because that is
/// what the database stores.
#[derive(Clone)]
pub struct Clock {
    inner: Arc<Inner>,
}

struct Inner {
    /// Microseconds since the epoch of a virtual clock, or the offset in microseconds of a system clock.
    micros: AtomicI64,
    is_virtual: bool,
    started: Instant,
}

impl Clock {
    /// The system's clock. It can be moved forward with [`Clock::advance`].
    pub fn system() -> Self {
        Self::new(0, false)
    }

    /// A clock that stands at `at` until it is moved.
    pub fn standing_at(at: Timestamp) -> Self {
        Self::new(at.as_microsecond(), true)
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that reads the monotonic clock")]
    fn new(micros: i64, is_virtual: bool) -> Self {
        Self { inner: Arc::new(Inner { micros: AtomicI64::new(micros), is_virtual, started: Instant::now() }) }
    }

    /// The present instant, to the microsecond.
    pub fn now(&self) -> Timestamp {
        let micros = self.inner.micros.load(Ordering::SeqCst);
        let micros = if self.inner.is_virtual { micros } else { self.real_now().as_microsecond() + micros };
        Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX)
    }

    /// The instant of the machine's own clock, which nobody moves: for leases between processes only.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
    pub fn real_now(&self) -> Timestamp {
        let now = Timestamp::now();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// Time since this clock was made, on a clock that is never moved: for time-outs and rate limits.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the monotonic clock")]
    pub fn monotonic(&self) -> Duration {
        Instant::now().duration_since(self.inner.started)
    }

    /// Whether the clock stands still by itself.
    pub fn is_virtual(&self) -> bool {
        self.inner.is_virtual
    }

    /// Moves the clock forward by `by`; a negative `by` is ignored, since time does not run backwards here.
    pub fn advance(&self, by: SignedDuration) {
        let micros = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
        if micros > 0 {
            self.inner.micros.fetch_add(micros, Ordering::SeqCst);
        }
    }

    /// Puts a virtual clock to `at`, back as well: as a machine's clock that somebody sets. Does nothing to any other.
    pub fn set(&self, at: Timestamp) {
        if self.inner.is_virtual {
            self.inner.micros.store(at.as_microsecond(), Ordering::SeqCst);
        }
    }

    /// Moves a virtual clock forward to `at`; an earlier `at` changes nothing.
    pub fn advance_to(&self, at: Timestamp) {
        self.advance(at.duration_since(self.now()));
    }

    /// How far a system clock was moved.
    pub fn offset(&self) -> SignedDuration {
        if self.inner.is_virtual {
            return SignedDuration::ZERO;
        }
        SignedDuration::from_micros(self.inner.micros.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_virtual_clock_moves_only_forward_and_only_when_told() {
        let start: Timestamp = "2026-11-17T09:00:00Z".parse().unwrap();
        let clock = Clock::standing_at(start);
        assert_eq!(clock.now(), start);
        clock.advance(SignedDuration::from_hours(-2));
        assert_eq!(clock.now(), start);
        clock.advance(SignedDuration::from_hours(2));
        assert_eq!(clock.now().duration_since(start), SignedDuration::from_hours(2));
    }

    #[test]
    fn a_moved_system_clock_keeps_its_offset_and_leaves_the_real_time_alone() {
        let clock = Clock::system();
        clock.advance(SignedDuration::from_hours(24));
        assert_eq!(clock.offset(), SignedDuration::from_hours(24));
        let lead = clock.now().duration_since(clock.real_now());
        assert!(lead > SignedDuration::from_hours(23) && lead <= SignedDuration::from_hours(24));
    }
}
