//! The keys, as a page to change them and as a list to look at.

use askama::Template;

use crate::pages::frame::Frame;

/// `GET /keys`: the keys, to be changed.
#[derive(Debug, Clone, Template)]
#[template(path = "keys/keys_page.html")]
pub struct KeysPage {
    /// The page's frame.
    pub frame: Frame,
    /// Whether single keys do nothing.
    pub off: bool,
    /// The keys.
    pub keys: Vec<KeyLine>,
    /// Those that are what they are.
    pub fixed: Vec<KeyLine>,
    /// What was wrong.
    pub error: Option<String>,
    /// Whether they were kept just now.
    pub done: bool,
}

/// `GET /keys/list`: the keys, to look at.
#[derive(Debug, Clone, Template)]
#[template(path = "keys/_list.html")]
pub struct KeysPart {
    /// The page's frame.
    pub frame: Frame,
    /// Whether single keys do nothing.
    pub off: bool,
    /// The keys.
    pub keys: Vec<KeyLine>,
    /// Those that are what they are.
    pub fixed: Vec<KeyLine>,
}

/// A key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyLine {
    /// Posted under this name.
    pub action: &'static str,
    /// What it does.
    pub words: String,
    /// The key; empty where there is none.
    pub key: String,
}
