//! Another program may submit a form from now on, and no longer.

use super::Outcome;
use crate::handbook::Handbooks;
use crate::{Context, Error, Result, hooks};

/// A form that Typeform may submit: a new secret is made for it, in place of any it had.
#[derive(Clone, Debug)]
pub struct KeepHook {
    /// The form.
    pub form: String,
}

impl KeepHook {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let handbook = handbooks.current(context.tx).await?;
        let form = handbook.forms.get(&self.form).ok_or_else(|| Error::not_found("form"))?;
        if form.typeforms.is_empty() {
            let message = format!("The form {} does not say which Typeform fills it in.", self.form);
            return Err(Error::conflict("no-typeform", message)
                .advise(format!("Write `from: [ {{ typeform: … }} ]` into forms/{}.yaml and publish it.", self.form)));
        }
        Ok(Outcome::Token(hooks::keep(context, &self.form).await?.reveal().to_owned()))
    }
}

/// A form that Typeform submits no longer.
#[derive(Clone, Debug)]
pub struct RemoveHook {
    /// The form.
    pub form: String,
}

impl RemoveHook {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        hooks::remove(context, &self.form).await?;
        Ok(Outcome::Moved(true))
    }
}
