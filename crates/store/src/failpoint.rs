//! Places at which a process can be made to die, so that a test can see what it leaves behind.
//!
//! `DESKHAND_FAILPOINT=NAME` ends the process the first time it reaches the place called `NAME`, `NAME:N` the N-th time;
//! at once, as a power failure would: nothing is flushed, closed or told. Only builds with debug assertions have such
//! places; a release has none.

/// Ends the process if it is to die at the place called `name`; does nothing otherwise, and nothing in a release.
#[inline]
pub fn reached(name: &str) {
    #[cfg(debug_assertions)]
    armed::reached(name);
    #[cfg(not(debug_assertions))]
    let _ = name;
}

#[cfg(debug_assertions)]
mod armed {
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// The environment variable that names the place.
    const VARIABLE: &str = "DESKHAND_FAILPOINT";

    static CHOSEN: LazyLock<Option<Place>> =
        LazyLock::new(|| std::env::var(VARIABLE).ok().as_deref().and_then(Place::read));

    /// A place, and how often it may still be reached.
    pub(super) struct Place {
        name: String,
        left: AtomicU32,
    }

    impl Place {
        /// Reads `NAME` or `NAME:N`. `None` when that names no place or no count from 1.
        pub(super) fn read(text: &str) -> Option<Self> {
            let (name, count) = text.split_once(':').unwrap_or((text, "1"));
            let count: u32 = count.parse().ok().filter(|count| *count > 0)?;
            (!name.is_empty()).then(|| Self { name: name.to_owned(), left: AtomicU32::new(count) })
        }

        /// Whether this is the time to die. Once it was, it is not again.
        pub(super) fn is_reached(&self, name: &str) -> bool {
            let one_less = |left: u32| left.checked_sub(1);
            self.name == name && self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less) == Ok(1)
        }
    }

    pub(super) fn reached(name: &str) {
        if CHOSEN.as_ref().is_some_and(|place| place.is_reached(name)) {
            std::process::abort();
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_place_is_reached_at_its_count_and_only_then() {
            let place = Place::read("writer.committed:3").unwrap();
            assert!(!place.is_reached("writer.committing"), "another place");
            let reached: Vec<bool> = (0..5).map(|_| place.is_reached("writer.committed")).collect();
            assert_eq!(reached, [false, false, true, false, false]);
            assert!(Place::read("writer.committed").unwrap().is_reached("writer.committed"), "at once without a count");
        }

        #[test]
        fn what_names_no_place_arms_nothing() {
            for text in ["", ":2", "outbox.claimed:0", "outbox.claimed:-1", "outbox.claimed:often"] {
                assert!(Place::read(text).is_none(), "{text:?}");
            }
        }
    }
}
