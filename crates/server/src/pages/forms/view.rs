//! A public form.

use askama::Template;

use crate::pages::field::{Field, FieldKind};
use crate::pages::frame::Frame;

/// `GET` and `POST /forms/{name}`: the form, again with 422 when something is wrong.
#[derive(Debug, Clone, Template)]
#[template(path = "forms/form_page.html")]
pub struct FormPage {
    /// The page's frame.
    pub frame: Frame,
    /// The form.
    pub form: Form,
}

/// A form.
#[derive(Debug, Clone)]
pub struct Form {
    /// Its name in the address.
    pub name: String,
    /// Its title.
    pub title: String,
    /// A sentence or two before the questions.
    pub intro: Option<String>,
    /// Posted as `submission`, so that a form sent twice opens one ticket.
    pub submission: String,
    /// Who asks: name and address, above the form's own questions.
    pub requester: Vec<Field>,
    /// The questions.
    pub fields: Vec<Field>,
}

/// The page after a form was sent.
#[derive(Debug, Clone, Template)]
#[template(path = "forms/thanks_page.html")]
pub struct ThanksPage {
    /// The page's frame.
    pub frame: Frame,
    /// The ticket's number.
    pub number: String,
    /// The form's address, to send another.
    pub again_href: String,
}

impl Form {
    /// Every field with something wrong, in order, for the summary.
    #[must_use]
    pub fn wrong(&self) -> Vec<&Field> {
        let fields = self.requester.iter().chain(&self.fields);
        fields.filter(|field| field.error.is_some()).collect()
    }
}
