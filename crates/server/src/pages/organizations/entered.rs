//! What comes back with a form that makes or changes something: what was entered, and what is wrong with it.

use axum::http::StatusCode;
use axum::response::Response;
use desk::error::{FieldError, Kind};
use desk::{Error, Result};

use super::view::{Chosen, PeopleFormPage};
use crate::pages::entry::form::with_mistakes;
use crate::pages::field::{Field, FieldKind};
use crate::pages::frame::Section;
use crate::pages::posted::Posted;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};
use crate::texts::Texts;

/// What was entered; nothing on a form that nobody has sent yet.
#[derive(Default)]
pub struct Entered<'a> {
    /// The form as it was sent.
    pub posted: Option<&'a Posted>,
    wrong: Vec<FieldError>,
    refused: Option<String>,
}

/// Whose form it is.
pub struct Form {
    /// The list that it belongs to.
    pub around: &'static str,
    /// Who or what is changed, or the words for somebody new.
    pub title: String,
    /// Where it is posted to.
    pub action: String,
    /// Where one goes without changing anything.
    pub back: String,
    /// Of which part of the desk it is.
    pub section: Section,
    /// What its button says.
    pub button: &'static str,
    /// The key under which it counts once; none where sending it twice changes nothing more.
    pub submission: Option<String>,
}

/// What a form asks, in its order.
pub struct Asked {
    /// First.
    pub fields: Vec<Field>,
    /// Then, by what was chosen among them.
    pub chosen: Option<Chosen>,
    /// Last.
    pub rest: Vec<Field>,
}

impl From<Vec<Field>> for Asked {
    fn from(fields: Vec<Field>) -> Self {
        Self { fields, chosen: None, rest: Vec::new() }
    }
}

impl<'a> Entered<'a> {
    /// What was entered so far, in which nobody has looked for mistakes.
    pub fn so_far(posted: &'a Posted) -> Self {
        Self { posted: Some(posted), ..Self::default() }
    }

    /// Fields with something wrong in them.
    pub fn wrong(posted: &'a Posted, wrong: Vec<FieldError>) -> Self {
        Self { posted: Some(posted), wrong, refused: None }
    }

    /// What the desk refused, in its fields or as a whole.
    ///
    /// # Errors
    /// What is not about the form.
    pub fn refused(posted: &'a Posted, error: Error) -> Result<Self> {
        match error.kind {
            Kind::Invalid if !error.fields.is_empty() => Ok(Self::wrong(posted, error.fields)),
            Kind::Invalid | Kind::Conflict | Kind::TooLarge => {
                Ok(Self { posted: Some(posted), wrong: Vec::new(), refused: Some(error.to_string()) })
            }
            _ => Err(error),
        }
    }

    /// What was entered, else what is known.
    pub fn value(&self, name: &str, known: Option<&str>) -> String {
        match self.posted.and_then(|posted| posted.fields.get(name)) {
            Some(entered) => entered.trim().to_owned(),
            None => known.unwrap_or_default().to_owned(),
        }
    }

    /// A field of text, with what was entered or is known.
    pub fn text(&self, texts: &Texts, name: &str, label: &str, known: Option<&str>) -> Field {
        Field::new(name, texts.get(label), FieldKind::Text(self.value(name, known)))
    }

    /// The page of the form.
    pub async fn page(self, visit: &Visit, words: &Words, form: Form, asked: impl Into<Asked>) -> Result<Response> {
        let Asked { fields, chosen, rest } = asked.into();
        let mistaken = |fields| with_mistakes(visit.texts, fields, &self.wrong);
        let is_right = self.wrong.is_empty() && self.refused.is_none();
        let view = PeopleFormPage {
            frame: visit.frame(form.section).await?,
            list: fill_views::around(visit, words, form.around).await?,
            title: form.title,
            action: form.action,
            back: form.back,
            button: form.button,
            submission: form.submission,
            fields: mistaken(fields),
            chosen: chosen.map(|chosen| Chosen { fields: mistaken(chosen.fields), ..chosen }),
            rest: mistaken(rest),
            refused: self.refused,
        };
        Ok(page(if is_right { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &view))
    }
}
