//! The list of tickets and the views on its left.

use askama::Template;

use super::chip::Clock;
use super::cuts::{CutChip, Filters, Restore};
use super::deeds::Deeds;
use super::fill_views::COUNTED;
use super::owner::Colleague;
use super::standing::Standing;
use crate::pages::frame::Frame;
use crate::pages::when::When;

/// `GET /tickets`: the list with no ticket open, spread as a table.
#[derive(Debug, Clone, Template)]
#[template(path = "tickets/list_page.html")]
pub struct ListPage {
    /// The page's frame.
    pub frame: Frame,
    /// The list.
    pub list: TicketList,
}

/// `GET /tickets/list` (with the page's query): the list alone, for live updates.
#[derive(Debug, Clone, Template)]
#[template(path = "tickets/_list.html")]
pub struct ListPart {
    /// The page's frame.
    pub frame: Frame,
    /// The list.
    pub list: TicketList,
}

/// `GET /tickets/{id}/row`: one row alone, for live updates.
#[derive(Debug, Clone, Template)]
#[template(path = "tickets/_row.html")]
pub struct RowPart {
    /// The page's frame.
    pub frame: Frame,
    /// The row.
    pub row: TicketRow,
}

/// `GET /tickets/views` (with the page's query): the views alone, for live updates.
#[derive(Debug, Clone, Template)]
#[template(path = "tickets/_views.html")]
pub struct ViewsPart {
    /// The page's frame.
    pub frame: Frame,
    /// The list.
    pub list: TicketList,
}

/// A page of the list, and where it stands among the views.
#[derive(Debug, Clone, Default)]
pub struct TicketList {
    /// The views.
    pub views: Views,
    /// The rows, newest first.
    pub rows: Vec<TicketRow>,
    /// The query that gives this list (`?status=open&team=support`), empty for the default one; live updates
    /// ask for the same.
    pub query: String,
    /// What it is cut by, where no view of that name is: `Bo Lindqvist · Acme`.
    pub cut: Option<String>,
    /// The text that says what is counted, where the title alone does not.
    pub note: Option<&'static str>,
    /// What it is cut by, where that is no view of the desk.
    pub chips: Vec<CutChip>,
    /// Whether it is a view that somebody keeps.
    pub is_own: bool,
    /// What it can be cut by, where it has the page to itself.
    pub filters: Option<Filters>,
    /// The view that was removed just now.
    pub restore: Option<Restore>,
    /// Whether this is the first page; only there do new tickets arrive.
    pub first: bool,
    /// The address of the next page, if there are older tickets.
    pub older: Option<String>,
    /// The address of the first page, on any other.
    pub newest: Option<String>,
    /// What it can be sorted by.
    pub sortings: Vec<Sorting>,
    /// The viewer's own view that it is, which can be called otherwise and removed: its id and its name.
    pub kept: Option<(String, String)>,
    /// Whether the view that was asked for is there no longer, so that this is every ticket.
    pub gone: bool,
    /// Whether the viewer keeps views.
    pub may_keep: bool,
    /// The teams that the viewer may share a view with: name and title.
    pub shared_with: Vec<(String, String)>,
    /// What can be done to what is selected.
    pub bulk: Bulk,
}

/// The bar of what can be done to what is selected.
#[derive(Debug, Clone, Default)]
#[allow(clippy::large_enum_variant, reason = "a page holds one")]
pub enum Bulk {
    /// There is none: nothing can be selected.
    #[default]
    None,
    /// It is there.
    Shown(Bar),
    /// It is fetched from this address once something is selected: beside a ticket, whose page is large enough without.
    At(String),
}

/// What that bar holds.
#[derive(Debug, Clone)]
pub struct Bar {
    /// The query of the list.
    pub query: String,
    /// The viewer, when tickets can be theirs: first of those whom they can be given to. The others are fetched when the menu is opened.
    pub me: Option<Colleague>,
    /// The menus.
    pub deeds: Deeds,
}

/// `GET /tickets/bulk`: the bar alone.
#[derive(Debug, Clone, Template)]
#[template(path = "tickets/_bulk.html")]
pub struct BulkPart {
    /// The page's frame.
    pub frame: Frame,
    /// The bar.
    pub bar: Bar,
}

/// An order of the list, as a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sorting {
    /// The text of its name.
    pub key: &'static str,
    /// Its address.
    pub href: String,
    /// Whether it is the present one.
    pub current: bool,
}

/// The views, in four groups.
#[derive(Debug, Clone, Default)]
pub struct Views {
    /// Those of the desk, and its other rooms.
    pub standing: Vec<View>,
    /// Those that the viewer keeps, or that a team of theirs shares.
    pub own: Vec<View>,
    /// By team.
    pub teams: Vec<View>,
    /// By playbook.
    pub playbooks: Vec<View>,
}

/// A filter of the list, as a link.
#[derive(Debug, Clone)]
pub struct View {
    /// Its name.
    pub name: ViewName,
    /// Its address.
    pub href: String,
    /// How many tickets it holds, where that is known and worth showing.
    pub count: Option<usize>,
    /// Whether it is the one shown.
    pub current: bool,
}

/// What a view is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ViewName {
    /// Those assigned to the viewer.
    Mine,
    /// Those of the viewer's teams.
    Teams,
    /// Those that wait on us.
    Us,
    /// Those where something runs out soon.
    Due,
    /// Those that are hidden for a while.
    Snoozed,
    /// Those that are solved.
    Solved,
    /// All of them.
    All,
    /// One that the viewer keeps.
    Own(String),
    /// One that is shared with a team: its name, and the team's title.
    Shared(String, String),
    /// What the viewer was told.
    Notices,
    /// Questions that are put to the viewer.
    Questions,
    /// Replies that wait.
    Sendings,
    /// The mailboxes, and what waits for their mail.
    Mailboxes,
    /// The mail that moved nothing.
    Kept,
    /// The organizations.
    Organizations,
    /// The contacts.
    Contacts,
    /// Those assigned to nobody.
    Unassigned,
    /// What is about to break.
    Today,
    /// How much work each team has.
    Workload,
    /// The figures.
    Insights,
    /// The handbook.
    Handbook,
    /// A team's or a playbook's, by its title.
    Titled(String),
}

/// A ticket in the list.
#[derive(Debug, Clone)]
pub struct TicketRow {
    /// The ticket's id.
    pub id: String,
    /// Its revision, compared with that of a live event.
    pub version: u64,
    /// Where it opens.
    pub href: String,
    /// Its number.
    pub number: String,
    /// Who asked.
    pub requester: String,
    /// Their organization.
    pub organization: Option<String>,
    /// The subject.
    pub subject: String,
    /// How it stands.
    pub standing: Standing,
    /// The title of the playbook's state it is in.
    pub state: String,
    /// Whose it is.
    pub assignee: Option<String>,
    /// The team's title.
    pub team: Option<String>,
    /// When something last happened.
    pub updated: When,
    /// The clock that runs out first.
    pub clock: Option<Clock>,
    /// Its priority, where that is above the usual: `high`, `urgent`.
    pub priority: Option<&'static str>,
    /// Until when it is snoozed.
    pub snoozed: Option<When>,
    /// Whether the viewer has not seen its latest.
    pub unread: bool,
    /// Whether it is the one open beside the list.
    pub current: bool,
    /// Whether it was merged into another ticket.
    pub merged: bool,
}

impl View {
    /// The view's title in the viewer's language.
    #[must_use]
    pub fn title(&self, frame: &Frame) -> String {
        match &self.name {
            ViewName::Teams => frame.t("view-teams"),
            ViewName::Us => frame.t("view-us"),
            ViewName::Due => frame.t("view-due"),
            ViewName::Snoozed => frame.t("view-snoozed"),
            ViewName::Solved => frame.t("view-solved"),
            ViewName::All => frame.t("view-all"),
            ViewName::Own(title) | ViewName::Shared(title, _) => title.clone(),
            ViewName::Mine => frame.t("view-mine"),
            ViewName::Questions => frame.t("view-questions"),
            ViewName::Sendings => frame.t("view-sendings"),
            ViewName::Notices => frame.t("view-notices"),
            ViewName::Mailboxes => frame.t("view-mailboxes"),
            ViewName::Kept => frame.t("view-kept"),
            ViewName::Organizations => frame.t("view-organizations"),
            ViewName::Contacts => frame.t("view-contacts"),
            ViewName::Unassigned => frame.t("view-unassigned"),
            ViewName::Today => frame.t("view-today"),
            ViewName::Workload => frame.t("view-workload"),
            ViewName::Insights => frame.t("view-insights"),
            ViewName::Handbook => frame.t("view-handbook"),
            ViewName::Titled(title) => title.clone(),
        }
    }

    /// With whom it is shared.
    #[must_use]
    pub fn shared_with(&self) -> Option<&str> {
        match &self.name {
            ViewName::Shared(_, team) => Some(team),
            _ => None,
        }
    }

    /// Its count as it is shown: what may be more than was counted says so.
    #[must_use]
    pub fn shown_count(&self) -> Option<String> {
        let count = self.count?;
        Some(if count >= COUNTED { format!("{}+", COUNTED - 1) } else { count.to_string() })
    }

    /// Under which name its count is kept up to date while the page is open, where it is.
    #[must_use]
    pub fn live(&self) -> Option<&'static str> {
        match self.name {
            ViewName::Questions => Some("questions"),
            ViewName::Notices => Some("notices"),
            ViewName::Kept => Some("kept"),
            _ => None,
        }
    }

    /// The suffix of its symbol `i-…`.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self.name {
            ViewName::Teams => "team",
            ViewName::Us => "half",
            ViewName::Due => "clock",
            ViewName::Snoozed => "pause",
            ViewName::Solved => "check-circle",
            ViewName::All => "circle",
            ViewName::Own(_) => "dot",
            ViewName::Shared(..) => "team",
            ViewName::Mine => "person",
            ViewName::Questions => "ask",
            ViewName::Sendings => "snooze",
            ViewName::Notices => "bell",
            ViewName::Mailboxes => "inbox",
            ViewName::Kept => "mail",
            ViewName::Organizations => "building",
            ViewName::Contacts => "contacts",
            ViewName::Unassigned => "person-plus",
            ViewName::Today => "alert",
            ViewName::Workload => "chart",
            ViewName::Insights => "trend",
            ViewName::Handbook => "book",
            ViewName::Titled(_) => "dot",
        }
    }
}

impl TicketList {
    /// Whether it stands beside a ticket, where its columns have no heads.
    #[must_use]
    pub fn is_beside(&self) -> bool {
        matches!(self.bulk, Bulk::At(_))
    }

    /// The title of the view shown.
    #[must_use]
    pub fn title(&self, frame: &Frame) -> String {
        let named = self.views.standing.iter().chain(&self.views.own);
        let mut views = named.chain(&self.views.teams).chain(&self.views.playbooks);
        let current = views.find(|view| view.current);
        let cut = || self.cut.clone().unwrap_or_else(|| frame.t("tickets-title"));
        current.map_or_else(cut, |view| view.title(frame))
    }
}
