//! Canned replies for whoever writes: those of the ticket's revision that can be filled in for it, in the language of whom they are for.

use jiff::Timestamp;
use playbook::{Rendered, Reply};
use serde_json::{Map, Value};

use super::view::TicketView;
use crate::{Error, Result};

/// What the canned replies of one ticket are filled in with.
pub struct Canned<'a> {
    view: &'a TicketView,
    values: Map<String, Value>,
}

impl<'a> Canned<'a> {
    /// The replies for `view` at this instant. A ticket whose run has not begun has none.
    pub fn of(view: &'a TicketView, now: Timestamp) -> Option<Self> {
        view.standing.as_ref()?;
        let playbook = view.handbook.playbook(&view.ticket.playbook)?;
        Some(Self { view, values: playbook.values(&view.run, &view.facts, None, now) })
    }

    /// The names of those that can be filled in: one that speaks of something which this ticket does not have is none of them.
    pub fn names(&self) -> Vec<String> {
        self.fitting().map(str::to_owned).collect()
    }

    /// Whether one of them can be filled in.
    pub fn is_some(&self) -> bool {
        self.fitting().next().is_some()
    }

    fn fitting(&self) -> impl Iterator<Item = &str> {
        let language = self.language("");
        let fits = move |name: &&str| {
            self.view.handbook.reply(name, language).is_some_and(|reply| reply.render(&self.values).is_ok())
        };
        self.view.handbook.reply_names().filter(fits)
    }

    /// The reply called `name`, filled in for `party`, or for the requester where that is empty.
    ///
    /// # Errors
    /// `not-found` when there is none of that name, `canned-does-not-fit` when it speaks of something that this ticket does not have.
    pub fn fill(&self, name: &str, party: &str) -> Result<Rendered> {
        let reply = self.reply(name, party).ok_or_else(|| Error::not_found("canned reply"))?;
        reply.render(&self.values).map_err(|fault| {
            Error::invalid("canned-does-not-fit", format!("The reply {name} does not fit this ticket: {fault}."))
                .advise("Choose another one, or write it yourself.")
        })
    }

    fn reply(&self, name: &str, party: &str) -> Option<&Reply> {
        self.view.handbook.reply(name, self.language(party))
    }

    /// The requester's language, or that of the organization whose people a party is; the desk's first where none is known.
    fn language(&self, party: &str) -> &str {
        let organization = || self.view.organization.as_ref()?.language.as_deref();
        let known = if party.is_empty() {
            self.view.requester.language.as_deref().or_else(organization)
        } else {
            organization()
        };
        known.unwrap_or_default()
    }
}
