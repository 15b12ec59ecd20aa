//! The forms at the door, which have one look: signing in, a forgotten password, an invitation, setting the desk up.

use askama::Template;
use desk::error::FieldError;

use crate::pages::field::{Field, FieldKind};
use crate::pages::frame::Frame;
use crate::pages::meanwhile;
use crate::texts::Texts;

/// A form at the door.
#[derive(Debug, Clone, Template)]
#[template(path = "entry/door_page.html")]
pub struct DoorPage {
    /// The page's frame.
    pub frame: Frame,
    /// Which form it is.
    pub door: Door,
    /// Whose account or desk it is about; empty where nobody is known yet.
    pub whose: String,
    /// Where it is posted to.
    pub action: String,
    /// Posted along, unseen: name and value.
    pub hidden: Vec<(String, String)>,
    /// What is asked.
    pub fields: Vec<Field>,
    /// What is wrong with it as a whole.
    pub refused: Option<String>,
}

/// A word at the door, where there is nothing to fill in.
#[derive(Debug, Clone, Template)]
#[template(path = "entry/notice_page.html")]
pub struct NoticePage {
    /// The page's frame.
    pub frame: Frame,
    /// What it says.
    pub notice: Notice,
}

/// The forms at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Address and password.
    SignIn,
    /// The address of somebody who forgot their password.
    Forgotten,
    /// A new password.
    Reset,
    /// Name and password of somebody who was invited.
    Invitation,
    /// The desk's name and its first owner.
    SetUp,
}

/// What is said at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Whoever asked for a new password is sent a mail, if they have an account.
    Asked,
    /// A link that counts no longer, to choose a password.
    ResetOver,
    /// An invitation that counts no longer.
    InvitationOver,
    /// Nobody owns the desk, and the link is on its console.
    SetUpElsewhere,
    /// Somebody set the desk up already.
    SetUpAlready,
}

impl Door {
    /// The key of the page's title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in-title",
            Self::Forgotten => "forgotten-title",
            Self::Reset => "reset-title",
            Self::Invitation => "invitation-title",
            Self::SetUp => "set-up-title",
        }
    }

    /// The key of the sentence beneath it.
    #[must_use]
    pub fn lead(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in-lead",
            Self::Forgotten => "forgotten-lead",
            Self::Reset => "reset-lead",
            Self::Invitation => "invitation-lead",
            Self::SetUp => "set-up-lead",
        }
    }

    /// The key of the button's words.
    #[must_use]
    pub fn send(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in-send",
            Self::Forgotten => "forgotten-send",
            Self::Reset => "reset-send",
            Self::Invitation => "invitation-send",
            Self::SetUp => "set-up-send",
        }
    }

    /// Where else to go from here: the key of the words, and the address.
    #[must_use]
    pub fn aside(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::SignIn => Some(("sign-in-forgotten", "/forgotten")),
            Self::Forgotten => Some(("forgotten-back", "/sign-in")),
            _ => None,
        }
    }
}

impl Notice {
    /// The key of its title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Asked => "asked-title",
            Self::ResetOver | Self::InvitationOver => "link-over-title",
            Self::SetUpElsewhere => "set-up-elsewhere-title",
            Self::SetUpAlready => "set-up-already-title",
        }
    }

    /// The key of what it says.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Asked => "asked-text",
            Self::ResetOver => "reset-over-text",
            Self::InvitationOver => "invitation-over-text",
            Self::SetUpElsewhere => "set-up-elsewhere-text",
            Self::SetUpAlready => "set-up-already-text",
        }
    }

    /// Where to go on: the key of the words, and the address.
    #[must_use]
    pub fn onward(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::ResetOver => Some(("reset-over-onward", "/forgotten")),
            Self::Asked | Self::InvitationOver | Self::SetUpAlready => Some(("error-to-sign-in", "/sign-in")),
            Self::SetUpElsewhere => None,
        }
    }
}

impl DoorPage {
    /// The fields with something wrong.
    #[must_use]
    pub fn wrong(&self) -> Vec<&Field> {
        self.fields.iter().filter(|field| field.error.is_some()).collect()
    }
}

/// What the browser is told not to fill in with a password that it knows.
const NEW_PASSWORD: &str = "new-password";

/// The field of a mail address that somebody signs in with.
#[must_use]
pub fn address(texts: &Texts, value: &str) -> Field {
    Field::new("email", texts.get("account-email"), FieldKind::Email(value.to_owned())).filled_in_as("username")
}

/// The field of somebody's own name.
#[must_use]
pub fn name(texts: &Texts, value: &str) -> Field {
    Field::new("name", texts.get("requester-name"), FieldKind::Text(value.to_owned())).filled_in_as("name")
}

/// The field of a first password, with what is asked of it.
#[must_use]
pub fn first_password(texts: &Texts) -> Field {
    Field { label: texts.get("account-password"), ..new_password(texts) }
}

/// The field of a password that takes the place of another.
#[must_use]
pub fn new_password(texts: &Texts) -> Field {
    let least = desk::accounts::password::LENGTH_MIN.to_string();
    Field::new("password", texts.get("account-new-password"), FieldKind::Secret)
        .helped(texts.with("account-password-help", &[("least", &least)]))
        .filled_in_as(NEW_PASSWORD)
}

/// Puts what is wrong with a field beneath its label, in the reader's words.
#[must_use]
pub fn with_mistakes(texts: &Texts, fields: Vec<Field>, errors: &[FieldError]) -> Vec<Field> {
    let mistaken = |field: Field| match errors.iter().find(|error| error.field == field.name) {
        Some(error) => field.wrong(in_words(texts, error)),
        None => field,
    };
    fields.into_iter().map(mistaken).collect()
}

/// The code of a mistake that is said in the reader's words already.
pub const SAID: &str = "said";

/// What is wrong, in the reader's words.
fn in_words(texts: &Texts, error: &FieldError) -> String {
    let key = match error.code.as_str() {
        "required" => "field-required",
        "not-an-address" => "field-email",
        "short" => "password-short",
        "long" => "password-long",
        "common" => "password-common",
        "wrong" => "password-wrong",
        "same" => "password-same",
        "no-such-zone" => "zone-unknown",
        "address-taken" => "address-taken",
        "key-taken" => "organization-key-taken",
        "email-taken" => "contact-email-taken",
        "no-such-organization" => "import-no-organization",
        "not-by-hand" => "opening-not-by-hand",
        "no-key" => "import-bad-key",
        "addresses-none" => "contact-addresses-none",
        "addresses-wrong" => "contact-addresses-wrong",
        "addresses-taken" => "contact-addresses-taken",
        "addresses-used" => "contact-addresses-used",
        SAID => return error.message.clone(),
        meanwhile::CHANGED => return texts.with("field-changed-meanwhile", &[("now", &error.message)]),
        _ => return texts.with("field-wrong", &[("problem", &error.message)]),
    };
    let (least, most) = (desk::accounts::password::LENGTH_MIN, desk::accounts::password::LENGTH_MAX);
    // What is wrong with one of several addresses is said of it: the message begins with it.
    let address = error.message.split(' ').next().unwrap_or_default();
    texts.with(key, &[("least", &least.to_string()), ("most", &most.to_string()), ("address", address)])
}
