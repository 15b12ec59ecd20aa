//! The list of questions.

use askama::Template;

use crate::pages::frame::Frame;
use crate::pages::tickets::list::TicketList;
use crate::pages::when::When;

/// `GET /questions`: the open questions that are put to the viewer.
#[derive(Debug, Clone, Template)]
#[template(path = "questions/questions_page.html")]
pub struct QuestionsPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views that it stands among; its rows are empty.
    pub list: TicketList,
    /// The questions, newest first.
    pub questions: Vec<QuestionRow>,
    /// The address of the next page, if there are older ones.
    pub older: Option<String>,
}

/// `GET /questions/list`: the questions alone, for live updates.
#[derive(Debug, Clone, Template)]
#[template(path = "questions/_list.html")]
pub struct QuestionsPart {
    /// The page's frame.
    pub frame: Frame,
    /// The questions, newest first.
    pub questions: Vec<QuestionRow>,
    /// The address of the next page, if there are older ones.
    pub older: Option<String>,
}

/// A question in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionRow {
    /// Its id.
    pub id: String,
    /// The ticket where it is answered.
    pub href: String,
    /// What is asked.
    pub text: String,
    /// Whom it is put to, as shown.
    pub asked: String,
    /// The ticket's number.
    pub number: String,
    /// The ticket's subject.
    pub subject: String,
    /// When it was asked.
    pub at: When,
}
