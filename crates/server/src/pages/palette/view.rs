//! What the palette offers.

use askama::Template;

use crate::pages::frame::Frame;

/// `GET /palette`: the options for what was typed.
#[derive(Debug, Clone, Template)]
#[template(path = "palette/_options.html")]
pub struct OptionsPart {
    /// The page's frame.
    pub frame: Frame,
    /// The groups, none of them empty.
    pub groups: Vec<Group>,
}

/// Options that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name, which no other has.
    pub name: &'static str,
    /// What it is called.
    pub title: String,
    /// What it offers.
    pub options: Vec<Offer>,
}

/// An option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What it does or leads to.
    pub label: String,
    /// What tells it from others of that name.
    pub hint: Option<String>,
    /// The key that does the same.
    pub key: Option<String>,
    /// What happens.
    pub act: Act,
}

/// What happens when it is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// A page is opened.
    Go(String),
    /// Something is done to the tickets on screen: `do` of `POST /tickets/bulk`.
    Do(String),
    /// The same, and it solves them.
    Solve(String),
    /// What stands on the page already is pressed: a selector.
    Press(String),
}
