//! Questions and the suggestion as their pages show them.

use desk::mailboxes::watch::Behind;
use desk::questions::{self, Asked, State};
use desk::runs::view::TicketView;
use desk::{Result, Role};
use store::Conn;

use super::fill_list::Words;
use super::question::{Outcome, Question, Suggestion};
use crate::pages::mailboxes::fill::why_held;
use crate::pages::visit::Visit;

/// What was asked about a ticket, oldest first; `again` is the question whose answer came back, with what was wrong.
pub async fn questions(
    conn: &mut Conn,
    visit: &Visit,
    words: &Words,
    view: &TicketView,
    again: Option<&(String, String)>,
) -> Result<Vec<Question>> {
    let mut shown = Vec::new();
    for question in view.questions.iter().filter(|question| question.state != State::Replaced) {
        let yours = question.state == State::Open && questions::may_answer(conn, &visit.actor(), question).await?;
        shown.push(question_view(visit, words, question, yours, again));
    }
    Ok(shown)
}

fn question_view(
    visit: &Visit,
    words: &Words,
    question: &questions::Question,
    yours: bool,
    again: Option<&(String, String)>,
) -> Question {
    let id = question.id.to_string();
    let at = |at| words.moments.when(at);
    let outcome = match (question.state, &question.answer, question.closed_at) {
        (State::Open, _, _) => None,
        (State::Answered, Some(answer), Some(closed)) => Some(Outcome::Answered {
            answer: shown(visit, answer, false),
            by: question.answered_by.as_ref().map(|by| by.name.clone()).unwrap_or_default(),
            at: at(closed),
        }),
        _ => Some(Outcome::Lapsed),
    };
    Question {
        text: question.text.clone(),
        asked: colleagues(visit, words, &question.asked),
        at: at(question.asked_at),
        answers: question.answers.iter().map(|answer| (answer.clone(), shown(visit, answer, true))).collect(),
        yours,
        error: again.filter(|(question, _)| *question == id).map(|(_, error)| error.clone()),
        outcome,
        id,
    }
}

/// Whom a question is put to, in the viewer's words.
pub fn colleagues(visit: &Visit, words: &Words, asked: &Asked) -> String {
    match asked {
        Asked::Person { name, .. } => name.clone(),
        Asked::Team(team) => words.team(team),
        Asked::Role(role) => {
            let declared = words.handbook.desk.roles.get(role.as_str());
            declared.map_or_else(|| plain(*role), |role| role.title.text(visit.texts.tag()).to_owned())
        }
    }
}

fn plain(role: Role) -> String {
    role.as_str().to_owned()
}

/// An answer as its button or its outcome says it. The two of `approve` have words of ours; others are the handbook's.
fn shown(visit: &Visit, answer: &str, as_button: bool) -> String {
    match (answer, as_button) {
        ("granted", true) => visit.texts.get("answer-grant"),
        ("refused", true) => visit.texts.get("answer-refuse"),
        ("granted", false) => visit.texts.get("answer-granted"),
        ("refused", false) => visit.texts.get("answer-refused"),
        (other, _) => in_words(other),
    }
}

/// `not_yet` as `Not yet`.
pub fn in_words(name: &str) -> String {
    let spaced = name.replace('_', " ");
    let mut letters = spaced.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The suggestion that waits, if one does.
pub fn suggestion(visit: &Visit, words: &Words, view: &TicketView, behind: Option<&Behind>) -> Option<Suggestion> {
    let suggestion = view.suggestion.as_ref()?;
    let is_held =
        |behind: &&Behind| suggestion.send_at.is_some_and(|due| due <= words.moments.now() && behind.in_until < due);
    Some(Suggestion {
        id: suggestion.id.to_string(),
        text: suggestion.text.trim().to_owned(),
        send_at: suggestion.send_at.map(|at| words.moments.when(at)),
        held: behind.filter(is_held).map(|behind| why_held(visit, words, behind)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_shown_in_words() {
        assert_eq!(in_words("not_yet"), "Not yet");
        assert_eq!(in_words(""), "");
    }
}
