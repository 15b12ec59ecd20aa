//! What every page stands in: texts, viewer, theme, navigation, and the demo's bar.

use std::borrow::Borrow;

use super::person::Person;
use super::when::When;
use crate::assets::Addresses;
use crate::texts::Texts;

/// The frame of a page.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The words, in the viewer's language.
    pub texts: &'static Texts,
    /// Where style sheets and scripts are served.
    pub assets: Addresses,
    /// Who looks; `None` before signing in and on public pages.
    pub viewer: Option<Person>,
    /// Whether they are signed in, and so can sign out.
    pub session: bool,
    /// Whether they look after the people of the desk.
    pub people: bool,
    /// Whether they work on tickets; a collaborator only notes.
    pub works: bool,
    /// The part of the desk that the page belongs to.
    pub section: Section,
    /// The demo's bar; `None` outside the demo.
    pub demo: Option<DemoBar>,
    /// Posted with every form as `csrf`.
    pub csrf: String,
    /// Light, dark or the system's.
    pub theme: Theme,
    /// The page's own address with its query, where a switch of language or theme comes back to.
    pub path: String,
    /// For a page that listens to `/live`: the instant at which it was made, so that it hears of what happened since.
    pub live: Option<String>,
    /// How many open questions are put to the viewer; `None` for whoever is asked none.
    pub asked: Option<usize>,
    /// How many notices the viewer has not read, as it is shown; `None` for whoever has none of their own.
    pub unread: Option<String>,
    /// The keys of the desk as the viewer uses them, for scripts (JSON); `None` where there are none.
    pub keys: Option<String>,
    /// Whether the desk was restored and neither fetches nor sends mail yet.
    pub resting: bool,
}

/// The parts of the desk in the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The walk through the demo.
    Home,
    /// The tickets.
    Tickets,
    /// The questions that are put to the viewer.
    Questions,
    /// What the viewer was told.
    Notifications,
    /// The search.
    Search,
    /// The mail catcher.
    Mail,
    /// The public form.
    Form,
    /// The viewer's own account.
    Account,
    /// Organizations and contacts.
    Clients,
    /// The people of the desk.
    People,
    /// None of them.
    Elsewhere,
}

/// The viewer's theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The bar above every page of the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoBar {
    /// The desk's clock: `relative` is its short form (`Sat 14:03`).
    pub now: When,
    /// The next timer that is due; `None` when nothing waits, and the button is off.
    pub next: Option<NextDue>,
    /// The people one can act as: the agents, then the client, whose `id` is `client`.
    pub personas: Vec<Persona>,
    /// Where the public form is.
    pub form_href: String,
}

/// What happens next by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextDue {
    /// In words: `#1042 closes itself`.
    pub what: String,
    /// When.
    pub at: When,
}

/// Somebody the demo's visitor can act as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Persona {
    /// Posted as `who`.
    pub id: String,
    /// The name.
    pub person: Person,
    /// The team or the company.
    pub role: String,
    /// Whether it is the present one.
    pub chosen: bool,
}

impl Frame {
    /// The text `key`.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.texts.get(key)
    }

    /// The text `key` about `count` things.
    #[must_use]
    pub fn t_count(&self, key: &str, count: impl Borrow<usize>) -> String {
        self.texts.count(key, *count.borrow())
    }

    /// The text `key` with one value.
    #[must_use]
    pub fn t_with(&self, key: &str, name: &str, value: impl AsRef<str>) -> String {
        self.texts.with(key, &[(name, value.as_ref())])
    }

    /// The address of an asset.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        self.assets.of(name)
    }

    /// The other languages, for the switch.
    #[must_use]
    pub fn other_languages(&self) -> Vec<&'static Texts> {
        let own = self.texts.tag();
        Texts::languages().filter(|texts| texts.tag() != own).collect()
    }

    /// Whether this page is one of `section`, so that a link there is the present one.
    #[must_use]
    pub fn is_at(&self, section: &str) -> bool {
        let here = match self.section {
            Section::Home => "home",
            Section::Tickets => "tickets",
            Section::Questions => "questions",
            Section::Notifications => "notifications",
            Section::Search => "search",
            Section::Mail => "mail",
            Section::Form => "form",
            Section::Account => "account",
            Section::People => "people",
            Section::Clients => "clients",
            Section::Elsewhere => "",
        };
        here == section
    }
}

impl Section {
    /// Whether its pages listen to what changes.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(
            self,
            Self::Tickets | Self::Questions | Self::Notifications | Self::Mail | Self::Search | Self::Clients
        )
    }

    /// Whether the page has the box of the search itself.
    #[must_use]
    pub fn is_search(self) -> bool {
        self == Self::Search
    }
}

impl Theme {
    /// The value of `data-theme` and of the cookie.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of that name; the system's for any other.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    /// The next one that the theme button turns to.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    /// The text that says which theme it is.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::System => "theme-system",
            Self::Light => "theme-light",
            Self::Dark => "theme-dark",
        }
    }
}

impl DemoBar {
    /// Who the visitor acts as at present.
    #[must_use]
    pub fn present(&self) -> Option<&Persona> {
        self.personas.iter().find(|persona| persona.chosen)
    }
}
