//! Somebody forgot a password.

use super::{Done, Visitor};
use crate::accounts::attempts::{self, Limit};
use crate::accounts::links::Purpose;
use crate::{Context, Result, letters};

/// Somebody asks for a link to choose a new password. Whoever asks, and for whomever, is told the same.
#[derive(Clone, Debug)]
pub struct AskReset {
    /// The mail address they give.
    pub address: String,
    /// The tag of the language in which they read the page.
    pub language: String,
    /// Their browser.
    pub visitor: Visitor,
}

impl AskReset {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Done> {
        let limits = [Limit::letters_from(self.visitor.peer), Limit::letters_to(&self.address)];
        if attempts::count(context, &limits).await?.is_none() {
            letters::send(context, Purpose::Reset, &self.address, "", &self.language).await?;
        }
        Ok(Done::Nothing)
    }
}
