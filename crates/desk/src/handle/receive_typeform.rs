//! Typeform delivers what somebody answered there.
//!
//! Every delivery opens a ticket, so that nothing said is lost. Where the answers make a form of the handbook whole, it is that form's
//! ticket, and what fits no field stands in the same message. Otherwise (an answer that is needed is missing or of no use, nobody
//! says who asks, the handbook no longer knows the form) it is an ordinary ticket with everything in words, and its team is told why.

use std::sync::Arc;

use playbook::Handbook;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{OpenTicket, Outcome, Sender, SubmitForm, remember, repeated};
use crate::forms::typeform::{Filled, Response};
use crate::handbook::Handbooks;
use crate::notifications::{self, What};
use crate::receipts::Key;
use crate::tickets::Priority;
use crate::{Context, Error, Result, contacts, forms, tickets};

/// A delivery, whose signature was looked at.
#[derive(Clone, Debug)]
pub struct ReceiveTypeform {
    /// The handbook's form that it was delivered for.
    pub form: String,
    /// What came, whole.
    pub body: Arc<[u8]>,
}

impl ReceiveTypeform {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let body: Value = serde_json::from_slice(&self.body)
            .map_err(|error| Error::invalid("malformed-json", format!("The delivery is not JSON: {error}.")))?;
        let response = Response::read(&body);
        let key = self.key(response.as_ref())?;
        if let Some(before) = repeated(context, Some(&key)).await? {
            return Ok(before);
        }
        let handbook = handbooks.current(context.tx).await?;
        let ticket = match self.understood(&handbook, response.as_ref()) {
            Ok((filled, email)) => {
                let beside = in_words(&filled.beside);
                let from = Sender { email, name: filled.name };
                let submitting =
                    SubmitForm { form: self.form.clone(), from, answers: filled.answers, ticket: None, key: None };
                submitting.open(context, handbooks, &beside).await?
            }
            Err(why) => self.open_ordinary(context, handbooks, &handbook, &body, response.as_ref(), &why).await?,
        };
        remember(context, Some(&key), Outcome::Ticket(ticket)).await
    }

    /// The same event again is the same delivery, whatever it holds; without one, the same bytes are.
    fn key(&self, response: Option<&Response>) -> Result<Key> {
        let event = response.and_then(|response| response.event.as_deref()).map_or(&*self.body, str::as_bytes);
        let digest = Sha256::new()
            .chain_update((self.form.len() as u64).to_le_bytes())
            .chain_update(self.form.as_bytes())
            .chain_update(event)
            .finalize();
        Key::new("typeform", &store::chance::hex(&digest), event)
    }

    /// What makes the form whole, and who asks; or why the form is not submitted.
    fn understood(&self, handbook: &Handbook, response: Option<&Response>) -> Result<(Filled, String), String> {
        let response = response.ok_or("it brings no response that can be read")?;
        let form = handbook.forms.get(&self.form).ok_or_else(|| format!("the handbook has no form {}", self.form))?;
        let by = form
            .typeforms
            .iter()
            .find(|by| by.form_id == response.form_id)
            .ok_or_else(|| format!("the form {} says nothing of the Typeform {:?}", self.form, response.form_id))?;
        handbook.opening_for_form(&self.form).ok_or_else(|| format!("the form {} opens no ticket", self.form))?;
        let filled = response.fill(form, by);
        let email = filled.email.clone().ok_or("it does not say who asks")?;
        contacts::check_address(&email).map_err(|error| error.message)?;
        forms::read(form, &filled.answers, &Map::new()).map_err(|error| error.message)?;
        Ok((filled, email))
    }

    /// An ordinary ticket that holds everything, and a word to its team.
    async fn open_ordinary(
        &self,
        context: &mut Context<'_>,
        handbooks: &Handbooks,
        handbook: &Handbook,
        body: &Value,
        response: Option<&Response>,
        why: &str,
    ) -> Result<store::Id> {
        let form = handbook.forms.get(&self.form);
        let by = form.zip(response).and_then(|(form, response)| {
            form.typeforms.iter().find(|by| by.form_id == response.form_id).map(|by| response.fill(form, by))
        });
        let (named, name) = by.map(|filled| (filled.email, filled.name)).unwrap_or_default();
        let email = named.or_else(|| response?.any_email()).filter(|email| contacts::check_address(email).is_ok());
        let subject = match (form, response) {
            (Some(form), _) => form.title.text(&handbook.desk.languages[0]).to_owned(),
            (None, Some(response)) if !response.title.trim().is_empty() => response.title.clone(),
            _ => self.form.clone(),
        };
        let said = response.map(|response| in_words(&response.in_words())).filter(|said| !said.is_empty());
        let opening = OpenTicket {
            body: said.unwrap_or_else(|| format!("{body:#}")),
            subject,
            requester: Sender { email: email.clone().unwrap_or_default(), name },
            playbook: None,
            fields: Map::new(),
            tags: Vec::new(),
            priority: Priority::default(),
            key: None,
        };
        let ticket = match email {
            Some(_) => opening.open(context, handbooks, None).await?,
            None => {
                let nobody = contacts::stand_in(context, None, &handbook.desk.name).await?;
                opening.open(context, handbooks, Some(nobody)).await?
            }
        };
        let opened = tickets::lock(context, ticket).await?;
        let what = What::FormRefused { form: self.form.clone(), reason: why.to_string() };
        notifications::tell_team(context, &opened, what).await?;
        Ok(ticket)
    }
}

/// Questions with their answers, as a form's own are written.
fn in_words(said: &[(String, String)]) -> String {
    let lines = said.iter().map(|(question, answer)| format!("{question}\n{answer}"));
    lines.collect::<Vec<_>>().join("\n\n")
}
