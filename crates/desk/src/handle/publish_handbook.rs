//! A handbook becomes today's.

use playbook::{Files, Finding};

use super::Outcome;
use crate::handbook::{self, Handbooks, Published, Publishing};
use crate::{Context, Desk, Result, editing, schedules};

/// A handbook to be published.
#[derive(Clone, Debug)]
pub struct PublishHandbook {
    /// Its files.
    pub files: Files,
    /// The revision that they were made from, where that must still be the newest.
    pub base: Option<i64>,
    /// Why, for those who read it later.
    pub note: String,
    /// The version of the actor's draft that these files are, and which goes with it.
    pub draft: Option<i64>,
}

impl PublishHandbook {
    /// These files, whatever was published before.
    pub fn of(files: Files) -> Self {
        Self { files, base: None, note: String::new(), draft: None }
    }

    /// What is wrong with it, every path walked.
    pub(super) async fn unsound(&self, desk: &Desk) -> Result<Option<Vec<Finding>>> {
        handbook::unsound(&desk.handbooks, self.files.clone()).await
    }

    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let publishing = Publishing { base: self.base, note: &self.note };
        let published = handbook::publish(context, handbooks, &self.files, publishing).await?;
        schedules::plan(context, handbooks, &self.files, &published).await?;
        if let (Some(version), Published::Revision(_) | Published::Unchanged(_)) = (self.draft, &published) {
            editing::finish(context, version).await?;
        }
        Ok(Outcome::Published(published))
    }
}
