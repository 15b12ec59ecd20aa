//! A question as programs see it.

use desk::questions::Question as Asked;
use jiff::Timestamp;
use serde::Serialize;
use store::Id;
use utoipa::ToSchema;

/// Something that a playbook asks colleagues: `POST /api/v1/questions/{id}/answer`.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Question {
    #[schema(value_type = String)]
    id: Id,
    #[schema(value_type = String)]
    ticket: Id,
    /// The name that the playbook gives it; its events begin with it.
    name: String,
    asked: Colleagues,
    text: String,
    /// What can be answered.
    answers: Vec<String>,
    /// `open`, `answered`, `lapsed` (the ticket ended) or `replaced` (it was asked anew).
    #[schema(value_type = String)]
    state: &'static str,
    /// The answer; null while there is none.
    answer: Option<String>,
    /// The name of whoever answered; null while nobody has.
    answered_by: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    asked_at: Timestamp,
    /// When it was answered or open no longer; null while it is open.
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<Timestamp>,
}

/// Whom a question is put to.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Colleagues {
    /// `person`, `team` or `role`.
    #[schema(value_type = String)]
    kind: &'static str,
    /// The agent's name, the team or the role.
    name: String,
}

impl From<&Asked> for Question {
    fn from(question: &Asked) -> Self {
        Self {
            id: question.id,
            ticket: question.ticket,
            name: question.name.clone(),
            asked: Colleagues { kind: question.asked.kind(), name: question.asked.name().to_owned() },
            text: question.text.clone(),
            answers: question.answers.clone(),
            state: question.state.as_str(),
            answer: question.answer.clone(),
            answered_by: question.answered_by.as_ref().map(|by| by.name.clone()),
            asked_at: question.asked_at,
            closed_at: question.closed_at,
        }
    }
}
