//! The people's pages.

use askama::Template;

use crate::pages::field::{Field, FieldKind, FieldOption};
use crate::pages::frame::Frame;
use crate::pages::person::Person;
use crate::pages::prose::{Piece, Prose};
use crate::pages::when::When;

/// `GET /account`: one's own account.
#[derive(Debug, Clone, Template)]
#[template(path = "people/account_page.html")]
pub struct AccountPage {
    /// The page's frame.
    pub frame: Frame,
    /// Whose it is.
    pub person: Person,
    /// What they may do, in a word.
    pub role: String,
    /// Name, language and zone.
    pub profile: Vec<Field>,
    /// The old password and a new one.
    pub password: Vec<Field>,
    /// The browsers that are signed in, this one first.
    pub sessions: Vec<SessionRow>,
    /// What was done just now: the key of the words.
    pub done: Option<&'static str>,
}

/// A browser that is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// The session's id.
    pub id: String,
    /// The browser in a few words; empty for one that is not known.
    pub device: String,
    /// When it signed in.
    pub since: When,
    /// When it was last used.
    pub seen: When,
    /// Whether it is this one.
    pub current: bool,
}

/// `GET /people`: everybody who works at the desk.
#[derive(Debug, Clone, Template)]
#[template(path = "people/people_page.html")]
pub struct PeoplePage {
    /// The page's frame.
    pub frame: Frame,
    /// Everybody, those who left last.
    pub people: Vec<PersonRow>,
    /// The teams of the desk: name and title.
    pub teams: Vec<(String, String)>,
    /// The letters that were caught instead of sent, the newest first; for owners.
    pub letters: Vec<LetterRow>,
    /// What was done just now: the key of the words.
    pub done: Option<&'static str>,
    /// What could not be done.
    pub refused: Option<String>,
}

/// Somebody who works at the desk, or did.
#[derive(Debug, Clone)]
pub struct PersonRow {
    /// Their id.
    pub id: String,
    /// Who it is.
    pub person: Person,
    /// What they may do, in a word.
    pub role: String,
    /// How it stands with them.
    pub standing: PersonStanding,
    /// Why their invitation could not be sent, if so.
    pub unsent: Option<String>,
    /// The roles that they could be given; none where the viewer may not.
    pub roles: Vec<FieldOption>,
    /// The teams of the desk, theirs chosen.
    pub teams: Vec<FieldOption>,
    /// Whether the viewer may send them away.
    pub may_go: bool,
}

/// How it stands with somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonStanding {
    /// They work here.
    Here,
    /// They were invited and have not come.
    Invited,
    /// They left.
    Left,
}

/// A letter that was caught.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRow {
    /// Where it can be read.
    pub href: String,
    /// Whom it is to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// When.
    pub at: When,
}

/// `GET /people/letters/{id}`: a caught letter.
#[derive(Debug, Clone, Template)]
#[template(path = "people/letter_page.html")]
pub struct LetterPage {
    /// The page's frame.
    pub frame: Frame,
    /// The letter.
    pub letter: LetterRow,
    /// Its words.
    pub text: Prose,
}

/// `GET /people/invitation`: somebody is to be invited.
#[derive(Debug, Clone, Template)]
#[template(path = "people/invite_page.html")]
pub struct InvitePage {
    /// The page's frame.
    pub frame: Frame,
    /// Name, address and role.
    pub fields: Vec<Field>,
    /// The teams of the desk, those they are to belong to chosen.
    pub teams: Vec<FieldOption>,
    /// What is wrong with it as a whole.
    pub refused: Option<String>,
}

impl PersonRow {
    /// The titles of their teams, in one line.
    #[must_use]
    pub fn in_teams(&self) -> String {
        let titles: Vec<&str> = self.teams.iter().filter(|team| team.chosen).map(|team| team.label.as_str()).collect();
        titles.join(", ")
    }

    /// The key of the words for how it stands with them; `None` where nothing need be said.
    #[must_use]
    pub fn standing_key(&self) -> Option<&'static str> {
        match self.standing {
            PersonStanding::Here => None,
            PersonStanding::Invited => Some("person-invited"),
            PersonStanding::Left => Some("person-left"),
        }
    }

    /// Whether there is anything that the viewer could do about them.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.standing != PersonStanding::Left
    }

    /// Whether they were invited and have not come.
    #[must_use]
    pub fn is_invited(&self) -> bool {
        self.standing == PersonStanding::Invited
    }
}
