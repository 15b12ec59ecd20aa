//! Repeated measurements of one figure.

use std::fmt;

/// What several runs gave; the middle one stands for them, since other work on the machine only ever adds.
#[derive(Clone, Debug, Default)]
pub struct Samples(Vec<f64>);

impl Samples {
    /// Adds a run.
    pub fn add(&mut self, value: f64) {
        self.0.push(value);
    }

    /// The median; 0 without runs.
    pub fn median(&self) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        match sorted.len() {
            0 => 0.0,
            n if n % 2 == 1 => sorted[n / 2],
            n => f64::midpoint(sorted[n / 2 - 1], sorted[n / 2]),
        }
    }

    /// The ratio of this to `other`, run by run, so that both met the same neighbours.
    pub fn over(&self, other: &Samples) -> Samples {
        Samples(self.0.iter().zip(&other.0).map(|(a, b)| a / b).collect())
    }
}

impl fmt::Display for Samples {
    /// `median (least–most)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let least = self.0.iter().copied().fold(f64::INFINITY, f64::min);
        let most = self.0.iter().copied().fold(0.0, f64::max);
        write!(f, "{} ({}–{})", short(self.median()), short(least), short(most))
    }
}

/// Three figures that count.
fn short(value: f64) -> String {
    match value.abs() {
        v if v >= 99.95 => format!("{value:.0}"),
        v if v >= 9.995 => format!("{value:.1}"),
        v if v >= 0.9995 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_run_stands_for_all_of_them() {
        assert_eq!(Samples(vec![9.0, 1.0, 2.0]).median(), 2.0);
        assert_eq!(Samples(vec![4.0, 1.0, 2.0, 9.0]).median(), 3.0);
        assert_eq!(Samples(vec![1234.5, 0.01234, 12.345]).to_string(), "12.3 (0.012–1234)");
    }

    #[test]
    fn ratios_are_taken_run_by_run() {
        let (slow, fast) = (Samples(vec![2.0, 30.0, 4.0]), Samples(vec![1.0, 10.0, 2.0]));
        assert_eq!(slow.over(&fast).median(), 2.0);
    }
}
