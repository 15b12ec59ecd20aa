//! What colleagues do in a story about what the procedure asks and suggests.

use store::Id;

use super::stage::Stage;
use crate::handle::{Answer, Command, DismissSuggestion, SendSuggestion};
use crate::{Actor, Error, Result, questions};

/// Answers the question that was last asked under this name.
pub(super) async fn answer(
    stage: &Stage,
    actor: &Actor,
    ticket: Id,
    (name, answer, note): (&str, &str, Option<&str>),
) -> Result<()> {
    let question = questions::find_by_name(&mut stage.desk.read().await?, ticket, name).await?;
    let question = question.ok_or_else(|| Error::not_found(&format!("question as {name}")))?.id;
    let (answer, note) = (answer.to_owned(), note.map(str::to_owned));
    let command = Answer { question, answer, note, key: None };
    stage.desk.handle(actor, Command::Answer(command)).await.map(drop)
}

/// Sends what is suggested, in other words where there are some.
pub(super) async fn send(stage: &Stage, actor: &Actor, ticket: Id, text: Option<&str>) -> Result<()> {
    let body = text.map(str::to_owned);
    let command = SendSuggestion { ticket, suggestion: None, body, files: Vec::new(), seen: None, key: None };
    stage.desk.handle(actor, Command::SendSuggestion(command)).await.map(drop)
}

/// Puts what is suggested aside.
pub(super) async fn dismiss(stage: &Stage, actor: &Actor, ticket: Id) -> Result<()> {
    let command = DismissSuggestion { ticket, suggestion: None };
    stage.desk.handle(actor, Command::DismissSuggestion(command)).await.map(drop)
}
