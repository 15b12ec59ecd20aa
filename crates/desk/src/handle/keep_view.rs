//! Somebody keeps a list under a name, or removes one.

use store::Id;

use super::Outcome;
use crate::tickets::views::{self, NewView};
use crate::{Context, Result};

/// A view to be kept: a new one, or in the place of another.
#[derive(Clone, Debug)]
pub struct KeepView {
    /// The one that it takes the place of.
    pub id: Option<Id>,
    /// What it is.
    pub view: NewView,
}

impl KeepView {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        Ok(Outcome::View(views::keep(context, self.id, &self.view).await?))
    }
}

/// A view to be removed.
#[derive(Clone, Copy, Debug)]
pub struct RemoveView {
    /// The view.
    pub id: Id,
}

impl RemoveView {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        views::remove(context, self.id).await?;
        Ok(Outcome::Moved(true))
    }
}
