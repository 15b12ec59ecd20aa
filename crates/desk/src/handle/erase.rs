//! Somebody is erased: one transaction a ticket that holds anything of them, and a last one for what is known of them.

use store::Id;

use super::{Command, Outcome};
use crate::attachments;
use crate::handbook::Handbooks;
use crate::rights::{self, Verb};
use crate::runs::Case;
use crate::{Actor, Context, Desk, Result, contacts, erasures, tickets};

/// A step of erasing somebody.
#[derive(Clone, Debug)]
pub struct Erase {
    /// Who.
    pub contact: Id,
    /// The ticket that they are taken out of; `None` for what is known of them.
    pub ticket: Option<Id>,
}

impl Erase {
    /// Gives the keys of the files that nothing names any longer.
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let contact = erasures::find(context.tx, self.contact).await?;
        let Some(ticket) = self.ticket else {
            erasures::contact(context, &contact).await?;
            return Ok(Outcome::Erased(Vec::new()));
        };
        // The run is locked with its ticket, and goes on in the handbook that it is pinned to.
        let locked = tickets::lock(context, ticket).await?;
        let handbook = Case::read(context.tx, handbooks, locked).await?.handbook;
        Ok(Outcome::Erased(erasures::ticket(context, &handbook, &contact, ticket).await?))
    }
}

impl Desk {
    /// Erases somebody. What was cut off is done again as a whole.
    ///
    /// # Errors
    /// When there is nobody of this id, when `actor` may not, and when the database is away.
    pub async fn erase_contact(&self, actor: &Actor, contact: Id) -> Result<()> {
        rights::require(actor, Verb::ErasePeople)?;
        let tickets = {
            let mut conn = self.read().await?;
            let found = erasures::find(&mut conn, contact).await?;
            if contacts::is_erased(&mut conn, contact).await? {
                return Ok(());
            }
            erasures::tickets_of(&mut conn, &found).await?
        };
        for ticket in tickets {
            let erase = Command::Erase(Erase { contact, ticket: Some(ticket) });
            if let Outcome::Erased(files) = self.handle(actor, erase).await? {
                self.forget_files(&files).await?;
            }
        }
        self.handle(actor, Command::Erase(Erase { contact, ticket: None })).await.map(drop)
    }

    /// Takes files off the shelf that nothing names any longer.
    async fn forget_files(&self, keys: &[String]) -> Result<()> {
        for key in keys {
            if !attachments::is_named(&mut self.read().await?, key).await? {
                self.shelf.remove(key).await?;
            }
        }
        Ok(())
    }
}
