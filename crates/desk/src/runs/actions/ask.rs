//! `ask: {as, who, text, answers, chase}` and `approve: {as, who, text, chase}`: a question to colleagues. The answer
//! comes as the event `AS.ANSWER`.

use futures::FutureExt;
use playbook::{Effect, specs};
use serde_json::Value;

use super::{Action, text};
use crate::questions::{self, NewQuestion};
use crate::runs::{Case, facts};
use crate::{Context, Error, Result};

pub(super) const ASK: Action = Action {
    name: specs::ASK.name,
    spec: Some(specs::ASK),
    prepare: None,
    perform: |context, case, effect| async move { ask(context, case, effect, answers(effect)).await }.boxed(),
};

pub(super) const APPROVE: Action = Action {
    name: specs::APPROVE.name,
    spec: Some(specs::APPROVE),
    prepare: None,
    perform: |context, case, effect| {
        async move { ask(context, case, effect, vec!["granted".to_owned(), "refused".to_owned()]).await }.boxed()
    },
};

fn answers(effect: &Effect) -> Vec<String> {
    let words = effect.arguments.get("answers").and_then(Value::as_array);
    words.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

async fn ask(context: &mut Context<'_>, case: &mut Case, effect: &Effect, answers: Vec<String>) -> Result<()> {
    let chase = match text(effect, "chase") {
        Some(span) => Some((span.to_owned(), next_chase(context, case, span).await?)),
        None => None,
    };
    let question = NewQuestion {
        name: text(effect, "as").unwrap_or_default(),
        who: text(effect, "who").unwrap_or_default(),
        text: text(effect, "text").unwrap_or_default(),
        answers,
        chase,
    };
    questions::ask(context, &case.ticket, &case.today.desk, question).await
}

/// When those who were asked are asked again, counted from now in the playbook's working time.
pub(crate) async fn next_chase(context: &mut Context<'_>, case: &mut Case, span: &str) -> Result<jiff::Timestamp> {
    let facts = facts::gather(context, case).await?;
    facts.after(span, context.now).map_err(|error| Error::internal(format!("{span:?} cannot be counted: {error}")))
}
