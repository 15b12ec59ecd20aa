//! The chip of a clock: how long is left, how near that is, and whether it was promised.

use crate::pages::when::When;

/// A running or paused clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// When it is due; `relative` is the time left or over (`2 h`, `20 min over`).
    pub due: When,
    /// How near that is.
    pub nearness: Nearness,
    /// The same in seconds, negative once it is over; `None` while it does not run.
    pub left: Option<i64>,
    /// What it is called, where it has a name.
    pub title: Option<String>,
}

impl Clock {
    /// The same under a name.
    #[must_use]
    pub fn called(self, title: &str) -> Self {
        Self { title: Some(title.to_owned()), ..self }
    }
}

/// How near a clock's end is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearness {
    /// Far.
    Calm,
    /// Near enough to act.
    Soon,
    /// Over.
    Over,
    /// It does not run at present.
    Paused,
    /// Nothing was promised: something happens by itself then.
    Itself,
}

impl Nearness {
    /// The suffix of the class `clock--…`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Soon => "soon",
            Self::Over => "over",
            Self::Paused => "paused",
            Self::Itself => "itself",
        }
    }

    /// Its symbol `i-…`.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Self::Paused => "pause",
            Self::Itself => "step",
            _ => "clock",
        }
    }

    /// What the chip says before its time, to those who do not see its colour.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Calm | Self::Soon => "clock-left",
            Self::Over => "clock-over",
            Self::Paused => "clock-paused",
            Self::Itself => "clock-itself",
        }
    }
}
