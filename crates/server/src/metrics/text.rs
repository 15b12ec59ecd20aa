//! The text format of Prometheus, version 0.0.4: two lines about each family, then a line for each sample.

use std::fmt::{Display, Write};

/// What kind of number a family is.
#[derive(Clone, Copy)]
pub(super) enum Type {
    /// Only grows, from 0 at the start of the process.
    Counter,
    /// Goes up and down.
    Gauge,
    /// How many were below each bound.
    Histogram,
}

/// What is written so far.
#[derive(Default)]
pub(super) struct Text(String);

impl Text {
    /// Begins a family: its samples follow.
    pub(super) fn family(&mut self, name: &str, kind: Type, help: &str) {
        let kind = match kind {
            Type::Counter => "counter",
            Type::Gauge => "gauge",
            Type::Histogram => "histogram",
        };
        // Writing to a text cannot fail.
        let _ = write!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
    }

    /// A sample of the family that was begun.
    pub(super) fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        self.0.push_str(name);
        for (at, (label, value)) in labels.iter().enumerate() {
            let _ = write!(self.0, "{}{label}=\"{}\"", if at == 0 { '{' } else { ',' }, escaped(value));
        }
        let _ = writeln!(self.0, "{} {value}", if labels.is_empty() { "" } else { "}" });
    }

    /// A family of one sample.
    pub(super) fn one(&mut self, name: &str, kind: Type, help: &str, value: impl Display) {
        self.family(name, kind, help);
        self.sample(name, &[], value);
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_is_two_lines_about_it_and_a_line_for_each_sample() {
        let mut text = Text::default();
        text.one("up", Type::Gauge, "Whether it is.", 1);
        text.family("n_total", Type::Counter, "How many.");
        text.sample("n_total", &[("a", "x\"\\\n"), ("b", "")], 2.5);
        assert_eq!(
            text.into_string(),
            "# HELP up Whether it is.\n# TYPE up gauge\nup 1\n# HELP n_total How many.\n# TYPE n_total counter\n\
             n_total{a=\"x\\\"\\\\\\n\",b=\"\"} 2.5\n"
        );
    }
}
