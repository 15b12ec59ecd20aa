//! How long ago things may have happened: bounds on clocks and on the differences between them.
//!
//! The matrix of differences of timed automata. Every bound is a whole number of seconds and can be met exactly; clock 0
//! stands for the instant zero, so the first row and column hold the bounds of the clocks themselves.

/// No bound.
pub(super) const UNBOUNDED: i64 = i64::MAX / 4;

/// A set of clock readings: every reading in which no difference `left - right` exceeds its bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Zone {
    size: usize,
    bounds: Vec<i64>,
}

fn sum(a: i64, b: i64) -> i64 {
    if a >= UNBOUNDED || b >= UNBOUNDED { UNBOUNDED } else { a.saturating_add(b) }
}

impl Zone {
    /// So many clocks, all at zero.
    pub(super) fn at_zero(clocks: usize) -> Self {
        let size = clocks + 1;
        Self { size, bounds: vec![0; size * size] }
    }

    fn get(&self, left: usize, right: usize) -> i64 {
        self.bounds.get(left * self.size + right).copied().unwrap_or(UNBOUNDED)
    }

    fn put(&mut self, left: usize, right: usize, bound: i64) {
        if let Some(cell) = self.bounds.get_mut(left * self.size + right) {
            *cell = bound;
        }
    }

    /// The most that the clock at a position may read; [`UNBOUNDED`] when it may run for ever.
    pub(super) fn most(&self, clock: usize) -> i64 {
        self.get(clock + 1, 0)
    }

    /// Lets time pass.
    pub(super) fn elapse(&mut self) {
        for clock in 1..self.size {
            self.put(clock, 0, UNBOUNDED);
        }
    }

    /// Keeps the readings in which the clock shows `least` or more; false when none is left.
    pub(super) fn at_least(&mut self, clock: usize, least: i64) -> bool {
        self.tighten(0, clock + 1, -least)
    }

    /// Keeps the readings in which the clock shows `most` or less; false when none is left.
    pub(super) fn at_most(&mut self, clock: usize, most: i64) -> bool {
        self.tighten(clock + 1, 0, most)
    }

    fn tighten(&mut self, left: usize, right: usize, bound: i64) -> bool {
        if sum(bound, self.get(right, left)) < 0 {
            return false;
        }
        if bound < self.get(left, right) {
            self.put(left, right, bound);
            for a in 0..self.size {
                for b in 0..self.size {
                    let through = sum(sum(self.get(a, left), bound), self.get(right, b));
                    if through < self.get(a, b) {
                        self.put(a, b, through);
                    }
                }
            }
        }
        true
    }

    /// The zone of other clocks: each is one of these, by its position, or begins at zero.
    pub(super) fn rearranged(&self, sources: &[Option<usize>]) -> Self {
        let source = |clock: usize| match clock.checked_sub(1) {
            None => 0,
            Some(clock) => sources.get(clock).copied().flatten().map_or(0, |clock| clock + 1),
        };
        let size = sources.len() + 1;
        let mut zone = Self { size, bounds: vec![0; size * size] };
        for left in 0..size {
            for right in 0..size {
                let bound = if left == right { 0 } else { self.get(source(left), source(right)) };
                zone.put(left, right, bound);
            }
        }
        zone
    }

    /// Forgets how far beyond `ceiling` clocks are, so that there are finitely many zones.
    pub(super) fn forget_beyond(&mut self, ceiling: i64) {
        for left in 0..self.size {
            for right in 0..self.size {
                let bound = self.get(left, right);
                if left != right && bound < UNBOUNDED && bound > ceiling {
                    self.put(left, right, UNBOUNDED);
                } else if bound < -ceiling {
                    self.put(left, right, -ceiling);
                }
            }
        }
        self.close();
    }

    fn close(&mut self) {
        for via in 0..self.size {
            for left in 0..self.size {
                for right in 0..self.size {
                    let through = sum(self.get(left, via), self.get(via, right));
                    if through < self.get(left, right) {
                        self.put(left, right, through);
                    }
                }
            }
        }
    }

    /// Whether every reading of the other is one of this.
    pub(super) fn includes(&self, other: &Self) -> bool {
        self.size == other.size && self.bounds.iter().zip(&other.bounds).all(|(mine, theirs)| mine >= theirs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_timers_set_together_the_longer_cannot_come_first() {
        let mut zone = Zone::at_zero(2);
        zone.elapse();
        assert!(zone.at_most(0, 60) && zone.at_most(1, 90));
        assert_eq!(zone.most(1), 60);
        assert!(!zone.clone().at_least(1, 90));
        assert!(zone.at_least(0, 60));
    }

    #[test]
    fn a_timer_set_anew_leaves_an_older_one_its_age() {
        let mut zone = Zone::at_zero(2);
        zone.elapse();
        assert!(zone.at_least(0, 50) && zone.at_most(0, 50));
        let mut zone = zone.rearranged(&[Some(0), None]);
        zone.elapse();
        assert!(zone.at_most(0, 60));
        assert_eq!(zone.most(1), 10);
    }

    #[test]
    fn a_narrower_zone_is_included_in_a_wider_one_and_not_the_other_way_round() {
        let mut wide = Zone::at_zero(1);
        wide.elapse();
        let mut narrow = wide.clone();
        assert!(narrow.at_most(0, 5));
        assert!(wide.includes(&narrow) && !narrow.includes(&wide));
        let mut far = wide.clone();
        assert!(far.at_least(0, 1_000));
        far.forget_beyond(100);
        assert!(far.includes(&{
            let mut nearer = wide.clone();
            assert!(nearer.at_least(0, 200));
            nearer
        }));
    }
}
