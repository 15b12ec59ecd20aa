//! What becomes of a mail that was fetched: nothing, or what the caller chose.

use super::conversation::Command;
use super::{After, Session, folder_name};
use crate::fault::{Fault, Stage};

impl Session {
    /// Does with a mail what [`super::Watch::after`] says. A mail that is gone meanwhile is no fault.
    ///
    /// # Errors
    /// When the server does not do it. If the fault does not say that it [`Fault::ends_session`], the next mail can be fetched.
    pub async fn settle(&mut self, uid: u32) -> Result<(), Fault> {
        self.conversation.at(Stage::Settle);
        match self.place()?.watch.after.clone() {
            After::Leave => Ok(()),
            After::Seen => self.mark(uid, "\\Seen").await,
            After::Move { folder } => self.put_away(uid, &folder).await,
            After::Delete => self.delete(uid).await,
        }
    }

    async fn mark(&mut self, uid: u32, flag: &str) -> Result<(), Fault> {
        self.order(format!("UID STORE {uid} +FLAGS.SILENT ({flag})")).await
    }

    /// Moves at once where the server can (RFC 6851); else copies, then deletes.
    async fn put_away(&mut self, uid: u32, folder: &str) -> Result<(), Fault> {
        let folder = folder_name::quoted(folder);
        if self.conversation.can("MOVE") {
            return self.order(format!("UID MOVE {uid} {folder}")).await;
        }
        self.order(format!("UID COPY {uid} {folder}")).await?;
        self.delete(uid).await
    }

    async fn delete(&mut self, uid: u32) -> Result<(), Fault> {
        self.mark(uid, "\\Deleted").await?;
        if self.conversation.can("UIDPLUS") {
            return self.order(format!("UID EXPUNGE {uid}")).await;
        }
        // A plain EXPUNGE would take whatever else somebody has marked.
        Ok(())
    }

    async fn order(&mut self, line: String) -> Result<(), Fault> {
        self.conversation.must(Command::new(line), |_| {}).await.map(drop)
    }
}
