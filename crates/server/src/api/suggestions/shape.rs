//! A suggestion as programs see it.

use desk::suggestions::Suggestion as Draft;
use jiff::Timestamp;
use serde::Serialize;
use store::Id;
use utoipa::ToSchema;

/// An answer that the playbook suggests. It is sent by `POST /api/v1/tickets/{id}/replies` with its id as `suggestion`.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Suggestion {
    #[schema(value_type = String)]
    id: Id,
    /// The canned reply that it is made from.
    reply: String,
    subject: String,
    /// The words, in Markdown.
    body: String,
    /// When it is sent by itself; null when it waits for an agent.
    #[schema(value_type = Option<String>, format = DateTime)]
    send_at: Option<Timestamp>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<&Draft> for Suggestion {
    fn from(draft: &Draft) -> Self {
        Self {
            id: draft.id,
            reply: draft.reply.clone(),
            subject: draft.subject.clone(),
            body: draft.text.clone(),
            send_at: draft.send_at,
            created_at: draft.created_at,
        }
    }
}
