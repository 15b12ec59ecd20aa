//! What a playbook asks colleagues and suggests to them: answered once, asked again, lapsed, sent by itself once.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use std::collections::BTreeMap;

use desk::agents::NewAgent;
use desk::error::Kind;
use desk::handle::{
    AddAgent, Answer, Choose, Command, DismissSuggestion, Outcome, Reply, ReplyKind, SendSuggestion, SuggestionDue,
};
use desk::page::Page;
use desk::questions::{self, Question, State};
use desk::receipts::Key;
use desk::rights::Scope;
use desk::suggestions::{self, Suggestion};
use desk::{Actor, Desk, Result, Role, messages, notifications};
use jiff::SignedDuration;
use open::{Courier, agent, mail_in, on_each_database_with, ticket, without_stories};
use playbook::Files;
use store::Id;

const ASKING: &str = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api ]\nfields: { colour: { type: text } }\ninitial: asking\nstates:\n\
    \x20 asking:\n    entry:\n      - ask: { as: colour, who: Ana, text: 'Which colour for ticket {{ ticket.number }}?', answers: [ red, blue ], chase: 2h }\n\
    \x20     - approve: { as: discount, who: customer-solutions, text: May we?, chase: 1 day }\n\
    \x20   choices:\n      again: { label: Again, target: asking }\n      aside: { label: Aside, target: aside }\n      stop: { label: Stop, target: over }\n      move: { label: Move, switch: other }\n\
    \x20   on: { colour.red: { target: red, actions: [ { set: { colour: event.by.name } } ] }, discount.refused: over }\n\
    \x20 aside: { on: { colour.blue: blue, discount.granted: aside } }\n  red: {}\n  blue: {}\n  over: { type: final }\n";

const OTHER: &str = "language: 1\nplaybook: other\ntitle: Other\nopens: [ hand ]\ninitial: a\nstates: { a: {} }\n";

const SUGGESTING: &str = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api ]\ninitial: work\nstates:\n\
    \x20 work:\n    initial: drafting\n    states:\n      drafting:\n        entry: [ { suggest: { reply: closing-for-now, send_in: 4h } } ]\n\
    \x20       on: { agent.replied: said, reply.closing-for-now: sent, requester.replied: drafting }\n\
    \x20       choices: { away: { label: Away, target: elsewhere }, other: { label: Other, actions: [ { suggest: request-fulfilled } ] } }\n\
    \x20     elsewhere: {}\n\
    \x20 said: {}\n  sent: {}\n";

/// The built-in handbook with these playbooks instead of, or beside, its own.
fn handbook(playbooks: &[(&str, &str)]) -> Option<Files> {
    let mut files = without_stories();
    for (name, text) in playbooks {
        files.insert(format!("playbooks/{name}.yaml"), *text);
    }
    Some(files)
}

fn asking() -> Option<Files> {
    handbook(&[("general-request", ASKING), ("other", OTHER)])
}

fn suggesting() -> Option<Files> {
    handbook(&[("general-request", SUGGESTING)])
}

async fn opened(desk: &Desk) -> Id {
    let raw = "From: maria@acme.example\nTo: help@desk.example\nSubject: Hello\nMessage-ID: <m@acme.example>\n\nHi\n";
    mail_in(desk, raw).await.unwrap().ticket().unwrap()
}

async fn question(desk: &Desk, ticket: Id, name: &str) -> Question {
    questions::find_by_name(&mut desk.read().await.unwrap(), ticket, name).await.unwrap().unwrap()
}

async fn answer(desk: &Desk, who: &Actor, question: Id, answer: &str) -> Result<Outcome> {
    let command = Answer { question, answer: answer.to_owned(), note: None, key: None };
    desk.handle(who, Command::Answer(command)).await
}

async fn choose(desk: &Desk, ticket: Id, choice: &str) {
    let choice = choice.to_owned();
    let (inputs, fields) = Default::default();
    let choose = Choose { ticket, choice, note: None, inputs, fields, key: None };
    desk.handle(&agent(desk, "Ana").await, Command::Choose(choose)).await.unwrap();
}

/// How often each audience was told something.
async fn told(desk: &Desk, ticket: Id) -> BTreeMap<String, usize> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let notices = notifications::of_ticket(&mut desk.read().await.unwrap(), scope, ticket, 100).await.unwrap();
    let mut counts = BTreeMap::new();
    for notice in notices {
        *counts.entry(notice.audience).or_default() += 1;
    }
    counts
}

/// The names of the open questions that are put to somebody, newest first.
async fn asked_of(desk: &Desk, who: &Actor) -> Vec<String> {
    let scope = Scope::of(who).unwrap();
    let mut conn = desk.read().await.unwrap();
    let mut names = Vec::new();
    let mut page = Page { after: None, limit: 1 };
    loop {
        let listed = questions::put_to(&mut conn, scope, who, page).await.unwrap();
        names.extend(listed.items.into_iter().map(|listing| listing.question.name));
        match listed.next {
            Some(next) => page.after = Some(next),
            None => break,
        }
    }
    assert_eq!(questions::count_put_to(&mut conn, scope, who).await.unwrap(), names.len() as i64);
    names
}

async fn waiting(desk: &Desk, ticket: Id) -> Option<Suggestion> {
    suggestions::waiting(&mut desk.read().await.unwrap(), ticket).await.unwrap()
}

async fn later(desk: &Desk, courier: &Courier, hours: i64) {
    for _ in 0..hours {
        desk.ground.clock.advance(SignedDuration::from_hours(1));
        desk.settle(courier).await.unwrap();
    }
}

async fn lead(desk: &Desk) -> Actor {
    let (name, address) = ("Lia".to_owned(), "lia@desk.example".to_owned());
    let lia = NewAgent { name, address, role: Role::Lead, teams: Vec::new() };
    desk.handle(&Actor::Desk, Command::AddAgent(AddAgent(lia))).await.unwrap();
    agent(desk, "Lia").await
}

#[tokio::test]
async fn those_who_are_asked_are_told_see_it_in_their_list_and_answer_once() {
    on_each_database_with(asking(), async |desk| {
        let id = opened(&desk).await;
        let (ana, bo) = (agent(&desk, "Ana").await, agent(&desk, "Bo").await);
        assert_eq!(
            told(&desk, id).await,
            BTreeMap::from([("Ana".to_owned(), 1), ("customer-solutions".to_owned(), 1)])
        );
        assert_eq!(asked_of(&desk, &ana).await, ["colour"]);
        assert_eq!(asked_of(&desk, &bo).await, ["discount"]);
        let colour = question(&desk, id, "colour").await;
        assert!(colour.text.starts_with("Which colour for ticket 1"), "{}", colour.text);

        let refused = answer(&desk, &bo, colour.id, "red").await.unwrap_err();
        assert_eq!((refused.kind, refused.code), (Kind::Forbidden, "forbidden"));
        let refused = answer(&desk, &ana, colour.id, "green").await.unwrap_err();
        assert_eq!((refused.kind, refused.fields[0].code.as_str()), (Kind::Invalid, "no-such-answer"));
        assert_eq!(answer(&desk, &ana, Id(7), "red").await.unwrap_err().kind, Kind::NotFound);

        desk.ground.clock.advance(SignedDuration::from_mins(5));
        answer(&desk, &ana, colour.id, "red").await.unwrap();
        let moved = ticket(&desk, id).await;
        assert_eq!((moved.state.as_str(), moved.fields["colour"].as_str()), ("red", Some("Ana")));
        let answered = question(&desk, id, "colour").await;
        assert_eq!((answered.state, answered.answer.as_deref()), (State::Answered, Some("red")));
        assert_eq!(answered.answered_by.unwrap().name, "Ana");
        assert_eq!(answered.closed_at.unwrap(), desk.now());
        assert_eq!(asked_of(&desk, &ana).await, [""; 0]);

        let again = answer(&desk, &ana, colour.id, "blue").await.unwrap_err();
        assert_eq!((again.kind, again.code), (Kind::Conflict, "question-answered"));
        assert!(again.message.contains("Ana has answered already: red"), "{}", again.message);
    })
    .await;
}

#[tokio::test]
async fn of_two_answers_at_once_one_counts_and_the_other_is_told_so() {
    on_each_database_with(asking(), async |desk| {
        let id = opened(&desk).await;
        let discount = question(&desk, id, "discount").await.id;
        let (bo, cy) = (agent(&desk, "Bo").await, agent(&desk, "Cy").await);
        let both =
            futures::future::join(answer(&desk, &bo, discount, "granted"), answer(&desk, &cy, discount, "refused"));
        let (first, second) = both.await;
        let refused = [first.as_ref().err(), second.as_ref().err()].into_iter().flatten().collect::<Vec<_>>();
        assert_eq!(refused.iter().map(|error| error.code).collect::<Vec<_>>(), ["question-answered"]);
        let expected = if first.is_ok() { ("granted", "Bo") } else { ("refused", "Cy") };
        let answered = question(&desk, id, "discount").await;
        assert_eq!(
            (answered.answer.as_deref(), answered.answered_by.unwrap().name.as_str()),
            (Some(expected.0), expected.1)
        );
    })
    .await;
}

#[tokio::test]
async fn a_repeated_answer_under_its_key_is_the_same_answer_and_its_note_is_kept() {
    on_each_database_with(asking(), async |desk| {
        let id = opened(&desk).await;
        let ana = agent(&desk, "Ana").await;
        let command = Answer {
            question: question(&desk, id, "colour").await.id,
            answer: "red".to_owned(),
            note: Some("It is the cheapest.".to_owned()),
            key: Some(Key::new("answer", "one", b"red").unwrap()),
        };
        for _ in 0..2 {
            let outcome = desk.handle(&ana, Command::Answer(command.clone())).await.unwrap();
            assert_eq!(outcome.ticket(), Some(id));
        }
        let scope = Scope::of(&ana).unwrap();
        let said = messages::of_ticket(&mut desk.read().await.unwrap(), scope, id, 10).await.unwrap();
        let notes: Vec<&str> =
            said.iter().filter(|m| m.kind == messages::Kind::Note).map(|m| m.text.as_str()).collect();
        assert_eq!(notes, ["It is the cheapest."]);
    })
    .await;
}

#[tokio::test]
async fn who_has_not_answered_is_asked_again_each_time_until_they_do_and_once_after_a_long_absence() {
    on_each_database_with(asking(), async |desk| {
        let courier = Courier::default();
        let id = opened(&desk).await;
        let (ana, bo) = (agent(&desk, "Ana").await, agent(&desk, "Bo").await);
        later(&desk, &courier, 5).await;
        assert_eq!(told(&desk, id).await["Ana"], 3, "after 2 and 4 hours");
        assert_eq!(told(&desk, id).await["customer-solutions"], 1);
        desk.ground.clock.advance(SignedDuration::from_hours(48));
        desk.settle(&courier).await.unwrap();
        assert_eq!(told(&desk, id).await["Ana"], 4, "once for all that was missed");
        assert_eq!(told(&desk, id).await["customer-solutions"], 2);
        choose(&desk, id, "aside").await;
        answer(&desk, &bo, question(&desk, id, "discount").await.id, "granted").await.unwrap();
        answer(&desk, &ana, question(&desk, id, "colour").await.id, "blue").await.unwrap();
        assert_eq!(ticket(&desk, id).await.state, "blue", "the answer came after the state that asked was left");
        later(&desk, &courier, 30).await;
        assert_eq!(told(&desk, id).await["Ana"], 4);
        assert_eq!(desk.next_due().await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn what_is_asked_anew_replaces_what_was_asked_and_ends_with_its_ticket() {
    on_each_database_with(asking(), async |desk| {
        let id = opened(&desk).await;
        let ana = agent(&desk, "Ana").await;
        let first = question(&desk, id, "colour").await.id;
        choose(&desk, id, "again").await;
        let second = question(&desk, id, "colour").await;
        assert_ne!(first, second.id);
        assert_eq!(answer(&desk, &ana, first, "red").await.unwrap_err().code, "question-lapsed");
        assert_eq!(asked_of(&desk, &ana).await, ["colour"]);
        choose(&desk, id, "stop").await;
        assert_eq!(question(&desk, id, "colour").await.state, State::Lapsed);
        assert_eq!(answer(&desk, &ana, second.id, "red").await.unwrap_err().code, "question-lapsed");
        assert_eq!(asked_of(&desk, &ana).await, [""; 0]);
        assert_eq!(desk.next_due().await.unwrap(), None, "nobody is asked again");

        let moving = mail_in(
            &desk,
            "From: rui@borealis.example\nTo: help@desk.example\nSubject: Hello\nMessage-ID: <r@b.example>\n\nHi\n",
        );
        let moving = moving.await.unwrap().ticket().unwrap();
        choose(&desk, moving, "move").await;
        assert_eq!(ticket(&desk, moving).await.playbook, "other");
        assert_eq!(question(&desk, moving, "colour").await.state, State::Lapsed);
    })
    .await;
}

#[tokio::test]
async fn a_lead_answers_in_the_place_of_others_and_of_somebody_whom_nobody_knows() {
    let unknown = ASKING.replace("who: Ana", "who: Zoe").replace("who: customer-solutions", "who: lead");
    on_each_database_with(handbook(&[("general-request", &unknown), ("other", OTHER)]), async |desk| {
        let id = opened(&desk).await;
        let (ana, lia) = (agent(&desk, "Ana").await, lead(&desk).await);
        assert_eq!(told(&desk, id).await.keys().map(String::as_str).collect::<Vec<_>>(), ["Zoe", "lead", "support"]);
        assert_eq!(asked_of(&desk, &lia).await, ["discount"]);
        let (colour, discount) = (question(&desk, id, "colour").await.id, question(&desk, id, "discount").await.id);
        assert_eq!(answer(&desk, &ana, discount, "granted").await.unwrap_err().kind, Kind::Forbidden);
        answer(&desk, &lia, discount, "granted").await.unwrap();
        answer(&desk, &lia, colour, "red").await.unwrap();
        assert_eq!(ticket(&desk, id).await.fields["colour"], "Lia");
    })
    .await;
}

#[tokio::test]
async fn a_suggestion_that_nobody_sends_is_sent_by_itself_exactly_once() {
    on_each_database_with(suggesting(), async |desk| {
        let courier = Courier::default();
        let id = opened(&desk).await;
        let suggestion = waiting(&desk, id).await.unwrap();
        assert_eq!((suggestion.reply.as_str(), suggestion.of_state.as_str()), ("closing-for-now", "work.drafting"));
        assert_eq!(suggestion.send_at.unwrap(), desk.now() + SignedDuration::from_hours(4));
        later(&desk, &courier, 3).await;
        assert_eq!(courier.mails().len(), 0);
        desk.ground.clock.advance(SignedDuration::from_hours(1));
        let due = SuggestionDue { ticket: id, suggestion: suggestion.id };
        let twice = futures::future::join(
            desk.handle(&Actor::Desk, Command::SuggestionDue(due.clone())),
            desk.handle(&Actor::Desk, Command::SuggestionDue(due)),
        );
        let (first, second) = twice.await;
        let moved = [first.unwrap(), second.unwrap()].iter().filter(|o| matches!(o, Outcome::Moved(true))).count();
        assert_eq!(moved, 1);
        later(&desk, &courier, 10).await;
        assert_eq!(courier.mails().len(), 1);
        assert_eq!(ticket(&desk, id).await.state, "sent");
        assert_eq!(waiting(&desk, id).await, None);
        assert_eq!(desk.next_due().await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn an_agent_sends_a_suggestion_in_their_words_and_it_is_not_sent_again() {
    on_each_database_with(suggesting(), async |desk| {
        let courier = Courier::default();
        let id = opened(&desk).await;
        let suggestion = waiting(&desk, id).await.unwrap();
        let ana = agent(&desk, "Ana").await;
        let send = |body: Option<&str>| {
            let (suggestion, body, files) = (Some(suggestion.id), body.map(str::to_owned), Vec::new());
            Command::SendSuggestion(SendSuggestion { ticket: id, suggestion, body, files, seen: None, key: None })
        };
        desk.handle(&ana, send(Some("In my words."))).await.unwrap();
        desk.settle(&courier).await.unwrap();
        assert!(courier.last().text.unwrap().starts_with("In my words."));
        assert_eq!(courier.last().subject.as_deref(), Some(suggestion.subject.as_str()));
        assert_eq!(ticket(&desk, id).await.state, "said", "agent.replied");
        let gone = desk.handle(&ana, send(None)).await.unwrap_err();
        assert_eq!((gone.kind, gone.code), (Kind::Conflict, "suggestion-gone"));
        later(&desk, &courier, 5).await;
        assert_eq!(courier.mails().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_suggestion_goes_when_an_agent_answers_dismisses_it_or_its_state_is_left_and_a_later_one_takes_its_place() {
    on_each_database_with(suggesting(), async |desk| {
        let courier = Courier::default();
        let id = opened(&desk).await;
        let ana = agent(&desk, "Ana").await;
        let first = waiting(&desk, id).await.unwrap();
        choose(&desk, id, "other").await;
        let later_one = waiting(&desk, id).await.unwrap();
        assert_eq!((later_one.reply.as_str(), later_one.send_at), ("request-fulfilled", None));
        assert_eq!(later_one.of_state, "work.drafting", "the state that declares the choice");
        let aside = |suggestion| Command::DismissSuggestion(DismissSuggestion { ticket: id, suggestion });
        assert_eq!(desk.handle(&ana, aside(Some(first.id))).await.unwrap_err().code, "suggestion-gone");
        desk.handle(&ana, aside(Some(later_one.id))).await.unwrap();
        assert_eq!(waiting(&desk, id).await, None);

        // The client wrote, so the state was entered anew and drafts again.
        let raw = "From: maria@acme.example\nTo: help@desk.example\nSubject: Re: Hello\nMessage-ID: <n@acme.example>\n\
            In-Reply-To: <m@acme.example>\n\nAnd?\n";
        assert_eq!(mail_in(&desk, raw).await.unwrap().ticket(), Some(id));
        assert!(waiting(&desk, id).await.is_some_and(|suggestion| suggestion.id != first.id));
        choose(&desk, id, "away").await;
        assert_eq!(waiting(&desk, id).await, None);

        let other = mail_in(
            &desk,
            "From: rui@borealis.example\nTo: help@desk.example\nSubject: Hello\nMessage-ID: <r@b.example>\n\nHi\n",
        );
        let other = other.await.unwrap().ticket().unwrap();
        let (body, files) = ("Mine".to_owned(), Vec::new());
        let reply = Reply { ticket: other, body, kind: ReplyKind::Reply, files, seen: None, key: None };
        desk.handle(&ana, Command::Reply(reply)).await.unwrap();
        assert_eq!(waiting(&desk, other).await, None);
        later(&desk, &courier, 5).await;
        assert_eq!(courier.mails().len(), 1, "only what Ana wrote");
    })
    .await;
}

#[tokio::test]
async fn what_waits_survives_a_restart_and_what_fell_due_meanwhile_is_done_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let opening = |at: &str| {
        desk::Opening {
        location: store::Location::File(folder.path().join("desk.db")),
        attachments: None,
        handbook: handbook(&[("general-request", &SUGGESTING.replace("initial: drafting", "initial: drafting\n    entry: [ { ask: { as: go, who: support, text: Go?, answers: [ yes ], chase: 3h } } ]"))]),
        address: Some("help@desk.example".to_owned()),
        clock: store::Clock::standing_at(at.parse().unwrap()),
        chance: store::Chance::seeded(3),
        holder: "test".to_owned(),
    }
    };
    let before = Desk::open(opening("2026-11-17T09:00:00Z")).await.unwrap();
    let id = opened(&before).await;
    let asked = questions::find_by_name(&mut before.read().await.unwrap(), id, "go").await.unwrap().unwrap();
    before.close().await.unwrap();

    let desk = Desk::open(opening("2026-11-18T09:00:00Z")).await.unwrap();
    let courier = Courier::default();
    desk.settle(&courier).await.unwrap();
    assert_eq!((courier.mails().len(), ticket(&desk, id).await.state.as_str()), (1, "sent"));
    let found = questions::find(&mut desk.read().await.unwrap(), asked.id).await.unwrap().unwrap();
    assert_eq!((found.state, found.chase_at), (State::Open, Some(desk.now() + SignedDuration::from_hours(3))));
    desk.close().await.unwrap();
}
