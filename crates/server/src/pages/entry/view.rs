//! Home, sign-in and error page.

use askama::Template;

use crate::pages::frame::Frame;

/// `GET /` in the demo: the walk in five steps.
#[derive(Debug, Clone, Template)]
#[template(path = "entry/home_page.html")]
pub struct HomePage {
    /// The page's frame.
    pub frame: Frame,
    /// The address of the public form.
    pub form_href: String,
    /// How many of the five steps are done; the next one is lit.
    pub done: usize,
}

/// What went wrong.
#[derive(Debug, Clone, Template)]
#[template(path = "entry/error_page.html")]
pub struct ErrorPage {
    /// The page's frame.
    pub frame: Frame,
    /// What kind of error.
    pub kind: ErrorKind,
    /// The plain cause, when more is known than the kind says.
    pub detail: Option<String>,
    /// What to quote when asking for help, in the log as well.
    pub reference: Option<String>,
    /// The same address again, where it may go well a moment later.
    pub again: Option<String>,
}

/// The kinds of error that have words of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// 404.
    NotFound,
    /// 403.
    Forbidden,
    /// 409.
    Conflict,
    /// 413.
    TooLarge,
    /// 422.
    Unprocessable,
    /// 500.
    Internal,
    /// 503.
    Unavailable,
}

/// A step of the demo's walk.
#[derive(Debug, Clone)]
pub struct WalkStep {
    /// Its number.
    pub number: usize,
    /// The key of its title.
    pub title: &'static str,
    /// The key of what it tells.
    pub text: &'static str,
    /// The key of its link's words, and its address.
    pub link: (&'static str, String),
    /// Whether it is done.
    pub done: bool,
    /// Whether it is the next to do.
    pub next: bool,
}

impl HomePage {
    /// The five steps of the walk.
    #[must_use]
    pub fn steps(&self) -> Vec<WalkStep> {
        let steps = [
            ("walk-1-title", "walk-1-text", "walk-1-link", self.form_href.as_str()),
            ("walk-2-title", "walk-2-text", "walk-2-link", "/tickets"),
            ("walk-3-title", "walk-3-text", "walk-3-link", "/tickets?mine=1"),
            ("walk-4-title", "walk-4-text", "walk-4-link", "/mail"),
            ("walk-5-title", "walk-5-text", "walk-5-link", "/tickets?status=solved"),
        ];
        let numbered = steps.into_iter().enumerate();
        let step = |(index, (title, text, words, href)): (usize, (_, _, _, &str))| WalkStep {
            number: index + 1,
            title,
            text,
            link: (words, href.to_owned()),
            done: index < self.done,
            next: index == self.done,
        };
        numbered.map(step).collect()
    }
}

impl ErrorKind {
    /// The HTTP status.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::Forbidden => 403,
            Self::Conflict => 409,
            Self::TooLarge => 413,
            Self::Unprocessable => 422,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    /// Whether the same may go well a moment later.
    #[must_use]
    pub fn may_pass(self) -> bool {
        matches!(self, Self::Internal | Self::Unavailable)
    }

    /// The key of its title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::NotFound => "error-404-title",
            Self::Forbidden => "error-403-title",
            Self::Conflict => "error-409-title",
            Self::TooLarge => "error-413-title",
            Self::Unprocessable => "error-422-title",
            Self::Internal => "error-500-title",
            Self::Unavailable => "error-503-title",
        }
    }

    /// The key of its plain cause and what to do next.
    #[must_use]
    pub fn cause(self) -> &'static str {
        match self {
            Self::NotFound => "error-404-cause",
            Self::Forbidden => "error-403-cause",
            Self::Conflict => "error-409-cause",
            Self::TooLarge => "error-413-cause",
            Self::Unprocessable => "error-422-cause",
            Self::Internal => "error-500-cause",
            Self::Unavailable => "error-503-cause",
        }
    }
}
