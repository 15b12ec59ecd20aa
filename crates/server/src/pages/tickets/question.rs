//! What the procedure asks colleagues, and the answer it suggests, as a ticket's page shows them.

use crate::pages::when::When;

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its id, posted to `/questions/{id}/answer`.
    pub id: String,
    /// What is asked.
    pub text: String,
    /// Whom it is put to, as shown.
    pub asked: String,
    /// When it was asked.
    pub at: When,
    /// What can be answered: the word that is posted, and its button.
    pub answers: Vec<(String, String)>,
    /// Whether the viewer may answer.
    pub yours: bool,
    /// What was wrong with an answer that came back.
    pub error: Option<String>,
    /// How it ended; `None` while it is open.
    pub outcome: Option<Outcome>,
}

/// How a question ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Somebody answered.
    Answered {
        /// The answer, as shown.
        answer: String,
        /// Who.
        by: String,
        /// When.
        at: When,
    },
    /// It is no longer asked.
    Lapsed,
}

/// The answer that the procedure suggests; the composer is filled in with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Its id.
    pub id: String,
    /// Its words.
    pub text: String,
    /// When it is sent by itself; `None` when it waits for a colleague.
    pub send_at: Option<When>,
    /// Why it was not sent at its hour, if it is held.
    pub held: Option<String>,
}
