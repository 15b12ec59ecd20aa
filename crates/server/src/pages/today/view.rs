//! Today as its page shows it.

use askama::Template;

use crate::pages::frame::Frame;
use crate::pages::questions::view::QuestionRow;
use crate::pages::tickets::chip::Clock;
use crate::pages::tickets::list::TicketList;
use crate::pages::when::When;

/// `GET /today`: what is about to break.
#[derive(Debug, Clone, Template)]
#[template(path = "today/today_page.html")]
pub struct TodayPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views on its left.
    pub list: TicketList,
    /// What is shown.
    pub today: Today,
}

/// `GET /today/parts` (with the page's query): the parts alone, for live updates.
#[derive(Debug, Clone, Template)]
#[template(path = "today/_parts.html")]
pub struct TodayPart {
    /// The page's frame.
    pub frame: Frame,
    /// What is shown.
    pub today: Today,
}

/// What somebody's day begins with.
#[derive(Debug, Clone, PartialEq)]
pub struct Today {
    /// Whose tickets can be looked at.
    pub tabs: Vec<Tab>,
    /// The parts that are tickets.
    pub parts: Vec<Part>,
    /// The replies that are held back.
    pub held: Vec<HeldRow>,
    /// Whether more are.
    pub held_more: bool,
    /// The list of all of them.
    pub held_href: String,
    /// The text that says whose tickets are counted.
    pub whose: &'static str,
    /// The questions that are put to the viewer.
    pub questions: Vec<Question>,
    /// How many those are.
    pub asked: usize,
    /// How much the members of teams have.
    pub loads: Vec<Load>,
}

impl Today {
    /// Whether nothing at all is about to break.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.parts.iter().all(|part| part.rows.is_empty()) && self.held.is_empty() && self.questions.is_empty()
    }
}

/// Whose tickets are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// The text of its name.
    pub key: &'static str,
    /// Its address.
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
}

/// A part that is tickets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name: `clocks`, `unassigned`, `waiting`, `paused`.
    pub name: &'static str,
    /// How many there are, as it is shown.
    pub count: String,
    /// The list with all of them.
    pub href: String,
    /// The first.
    pub rows: Vec<Brief>,
}

impl Part {
    /// The text that says what is counted, where the title alone does not.
    #[must_use]
    pub fn note_key(&self) -> Option<&'static str> {
        (self.name == "clocks").then_some("clocks-counted")
    }

    /// The text of its title.
    #[must_use]
    pub fn title_key(&self) -> &'static str {
        match self.name {
            "clocks" => "today-clocks",
            "unassigned" => "today-unassigned",
            "waiting" => "today-waiting",
            _ => "today-paused",
        }
    }
}

/// A ticket in a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// Its address.
    pub href: String,
    /// Its number.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// Who asked, and for which organization.
    pub who: Vec<String>,
    /// The title of its state.
    pub state: String,
    /// Whose it is.
    pub assignee: Option<String>,
    /// The clock that runs out first, where the part is about clocks.
    pub clock: Option<Clock>,
    /// Its priority, where that is above the usual: `high`, `urgent`.
    pub priority: Option<&'static str>,
    /// When it last changed.
    pub updated: When,
}

/// A reply that is held back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRow {
    /// Its ticket's address.
    pub href: String,
    /// Its ticket's number.
    pub number: String,
    /// Its ticket's subject.
    pub subject: String,
    /// Who wrote it.
    pub writer: String,
    /// When it was to leave.
    pub at: When,
}

/// A question, as the list of questions shows it.
pub type Question = QuestionRow;

/// How much the members of a team have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// The team's title.
    pub team: String,
    /// The workload's address.
    pub href: String,
    /// Its members: name, how many tickets, where these are listed; those with the most first.
    pub people: Vec<(String, i64, String)>,
    /// How many tickets of the team nobody has.
    pub unassigned: i64,
    /// Where these are listed.
    pub nobodys: String,
}
