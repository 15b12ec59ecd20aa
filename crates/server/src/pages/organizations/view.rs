//! The pages of organizations.

use askama::Template;

use crate::pages::calendars::view::Month;
use crate::pages::field::{Field, FieldKind};
use crate::pages::frame::Frame;
use crate::pages::tickets::list::TicketList;
use crate::pages::today::view::Brief;

/// `GET /organizations`: organizations by name.
#[derive(Debug, Clone, Template)]
#[template(path = "organizations/list_page.html")]
pub struct OrganizationsPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views that it stands among.
    pub list: TicketList,
    /// The words that it is cut by.
    pub words: String,
    /// The plans that it can be cut by: name, and whether it is.
    pub plans: Vec<(String, bool)>,
    /// The organizations.
    pub rows: Vec<OrganizationRow>,
    /// The other pages.
    pub pages: Pages,
    /// Whether the viewer makes and imports organizations.
    pub keeps: bool,
}

/// An organization in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationRow {
    /// Its page.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Its key.
    pub key: String,
    /// Its plan.
    pub plan: Option<String>,
}

/// The other pages of a list, and the list as a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pages {
    /// The list as it is cut, without a place.
    pub query: String,
    /// The first page, on any other.
    pub first: Option<String>,
    /// The next page, if there is more.
    pub next: Option<String>,
    /// Whether nothing at all is cut away.
    pub is_whole: bool,
}

/// `GET /organizations/{key}`: an organization and what belongs to it.
#[derive(Debug, Clone, Template)]
#[template(path = "organizations/organization_page.html")]
pub struct OrganizationPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views that it stands among.
    pub list: TicketList,
    /// Its name.
    pub name: String,
    /// Its key.
    pub key: String,
    /// Its plan.
    pub plan: Option<String>,
    /// What else is known: label, value.
    pub facts: Vec<(String, String)>,
    /// Its upstream organization.
    pub parent: Option<OrganizationRow>,
    /// Those that it is upstream of.
    pub children: Vec<OrganizationRow>,
    /// Whether there are more of those.
    pub children_more: bool,
    /// Its people, the first of them.
    pub contacts: Vec<PersonRow>,
    /// The list with all of them.
    pub contacts_href: String,
    /// Its tickets.
    pub tickets: Tickets,
    /// This month of its working time.
    pub month: Month,
    /// The page of its working time.
    pub calendar: String,
    /// Where it is changed, for those who may.
    pub edit: Option<String>,
    /// What was done just now: the key of the words.
    pub done: Option<&'static str>,
}

/// The tickets of somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tickets {
    /// The unfinished ones, the newest change first.
    pub rows: Vec<Brief>,
    /// How many those are, as it is shown.
    pub unfinished: String,
    /// How many there are in all, as it is shown.
    pub all: String,
    /// The list of the unfinished ones.
    pub unfinished_href: String,
    /// The list of all.
    pub all_href: String,
    /// A search among them.
    pub search_href: String,
}

/// A contact in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Their page.
    pub href: String,
    /// Who it is.
    pub person: crate::pages::person::Person,
    /// Their role.
    pub role: Option<String>,
    /// Their organization: its page and its name.
    pub organization: Option<(String, String)>,
}

/// A form that makes or changes an organization or a contact, or opens a ticket.
#[derive(Debug, Clone, Template)]
#[template(path = "organizations/form_page.html")]
pub struct PeopleFormPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views that it stands among.
    pub list: TicketList,
    /// Who or what is changed, or the words for somebody new.
    pub title: String,
    /// Where it is posted to.
    pub action: String,
    /// Where one goes without changing anything.
    pub back: String,
    /// What its button says.
    pub button: &'static str,
    /// The key under which it counts once.
    pub submission: Option<String>,
    /// What is asked.
    pub fields: Vec<Field>,
    /// What is asked then, by what was chosen among them.
    pub chosen: Option<Chosen>,
    /// What is asked last.
    pub rest: Vec<Field>,
    /// What is wrong with it as a whole.
    pub refused: Option<String>,
}

/// What is asked by what was chosen before it: other fields for another choice.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// The name of the field that is chosen in.
    pub by: &'static str,
    /// What is chosen there.
    pub of: String,
    /// Where the fields of a choice are, which it is put behind.
    pub address: &'static str,
    /// The key of the words on the button that asks for them without scripts.
    pub look: &'static str,
    /// The fields.
    pub fields: Vec<Field>,
}

impl PeopleFormPage {
    /// Whether it brings files.
    #[must_use]
    pub fn brings_files(&self) -> bool {
        self.rest.iter().any(|field| field.kind == FieldKind::Files)
    }

    /// The fields with something wrong.
    #[must_use]
    pub fn wrong(&self) -> Vec<&Field> {
        let chosen = self.chosen.iter().flat_map(|chosen| &chosen.fields);
        self.fields.iter().chain(chosen).chain(&self.rest).filter(|field| field.error.is_some()).collect()
    }
}
