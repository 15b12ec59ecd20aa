//! Ids: 64-bit numbers that sort by the time they were made.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Clock;

/// The key of a row. A positive 63-bit number; a string wherever it leaves the program, because JSON numbers
/// lose their last digits in JavaScript.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub i64);

impl Id {
    /// The least id that is made at `at` or later, whichever node makes it: what has a lesser one was made before.
    pub fn first_at(at: Timestamp) -> Self {
        let ms = at.as_millisecond().saturating_sub(EPOCH_MS).clamp(0, MS_MAX);
        Self(ms << (NODE_BITS + SEQUENCE_BITS))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

impl FromStr for Id {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Id)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// 2020-01-01T00:00:00Z in milliseconds: where the ids' time begins.
const EPOCH_MS: i64 = 1_577_836_800_000;
/// Bits for the number within a millisecond, and for the node.
const SEQUENCE_BITS: u32 = 12;
const NODE_BITS: u32 = 10;

/// The last millisecond that an id can say.
const MS_MAX: i64 = (1 << 41) - 1;

/// How many nodes may share a database.
pub const NODES: i64 = 1 << NODE_BITS;

/// Makes ids: 41 bits of milliseconds, 10 of the node, 12 of a sequence. They grow even when the clock does not:
/// more than 4,096 within a millisecond borrow from the next one.
#[derive(Clone)]
pub struct Ids {
    clock: Clock,
    node: i64,
    last: Arc<Mutex<i64>>,
}

impl Ids {
    /// A source for `node` (0 to 1,023), which no other living process may share.
    pub fn new(clock: Clock, node: i64) -> Self {
        Self { clock, node: node.rem_euclid(NODES), last: Arc::default() }
    }

    /// The next id; greater than every one before it from this source.
    pub fn next(&self) -> Id {
        let tick = (self.clock.now().as_millisecond() - EPOCH_MS).max(0) << SEQUENCE_BITS;
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = tick.max(*last + 1);
        let (ms, sequence) = (*last >> SEQUENCE_BITS, *last & ((1 << SEQUENCE_BITS) - 1));
        Id((((ms << NODE_BITS) | self.node) << SEQUENCE_BITS) | sequence)
    }

    /// Lets every id from now on be greater than `id`, which another process made, though the clock may have been set back since.
    pub fn begin_after(&self, id: Id) {
        let ms = id.0 >> (NODE_BITS + SEQUENCE_BITS);
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        // The next one is the first of the millisecond after.
        *last = (*last).max(((ms + 1) << SEQUENCE_BITS) - 1);
    }

    /// The node whose ids these are.
    pub fn node(&self) -> i64 {
        self.node
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn ids_grow_whatever_the_clock_does(steps in proptest::collection::vec(0i64..3, 1..200), node in 0i64..1024) {
            let clock = Clock::standing_at("2026-11-17T09:00:00Z".parse().unwrap());
            let ids = Ids::new(clock.clone(), node);
            let mut before = Id(0);
            for step in steps {
                clock.advance(jiff::SignedDuration::from_micros(step * 700));
                let id = ids.next();
                proptest::prop_assert!(id > before);
                proptest::prop_assert_eq!((id.0 >> SEQUENCE_BITS) & (NODES - 1), node);
                before = id;
            }
        }
    }

    #[test]
    fn no_id_is_lesser_than_the_first_of_its_time() {
        let now: Timestamp = "2026-11-17T09:00:00Z".parse().unwrap();
        let clock = Clock::standing_at(now);
        for node in [0, 1_023] {
            let id = Ids::new(clock.clone(), node).next();
            assert!(Id::first_at(now) <= id && id < Id::first_at(now + jiff::SignedDuration::from_millis(1)));
        }
        assert_eq!(Id::first_at(Timestamp::MIN), Id(0));
        assert!(Id::first_at(Timestamp::MAX) > Id::first_at(now));
    }

    #[test]
    fn ids_go_on_from_those_of_another_node_that_was_ahead() {
        let clock = Clock::standing_at("2026-11-17T09:00:00Z".parse().unwrap());
        let (ahead, behind) = (Ids::new(clock.clone(), 1_023), Ids::new(clock.clone(), 0));
        clock.advance(jiff::SignedDuration::from_hours(1));
        let last = (0..5_000).fold(Id(0), |_, _| ahead.next());
        clock.set("2026-11-17T09:00:00Z".parse().unwrap());
        behind.begin_after(last);
        assert!(behind.next() > last);
    }

    #[test]
    fn two_nodes_never_make_the_same_id() {
        let clock = Clock::standing_at("2026-11-17T09:00:00Z".parse().unwrap());
        let (a, b) = (Ids::new(clock.clone(), 1), Ids::new(clock, 2));
        let of_a: std::collections::HashSet<_> = (0..10_000).map(|_| a.next()).collect();
        assert!((0..10_000).all(|_| !of_a.contains(&b.next())));
    }
}
