//! `GET` and `POST /tickets/new`.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::error::Kind;
use desk::handle::{Command, First, OpenByHand, OpenTicket, PLAYBOOK_DEFAULT, Sender};
use desk::receipts::Key;
use desk::rights::{self, Verb};
use desk::{Error, Result, contacts};
use serde_json::Map;

use super::view::OpeningPage;
use crate::pages::entry::form::with_mistakes;
use crate::pages::field::{Field, FieldKind, FieldOption};
use crate::pages::frame::Section;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::tickets::deeds::{PRIORITIES, priority_key};
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};
use crate::state::App;

/// Where the names of contacts come from while somebody types.
const PEOPLE: &str = "/tickets/new/people";

/// The empty form; `?for=ID` is for that contact.
pub async fn get(visit: Visit, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let work = async {
        rights::require(&visit.actor(), Verb::WorkOnTickets)?;
        let mut entered = BTreeMap::from([("mine".to_owned(), "true".to_owned())]);
        if let Some(id) = query.get("for").and_then(|id| id.parse().ok())
            && rights::may(&visit.actor(), Verb::ReadPeople)
            && let Some(contact) = contacts::find(&mut visit.read().await?, id).await?
        {
            entered.extend(contact.address.map(|address| ("email".to_owned(), address)));
        }
        form(&visit, &entered, None).await
    };
    visit.answer(work).await
}

/// Opens the ticket and goes to it; what is wrong comes back with everything that was entered.
pub async fn post(State(app): State<App>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let outcome = match command(&posted) {
            Ok(command) => app.desk.handle(&visit.actor(), Command::OpenByHand(command)).await,
            Err(error) => Err(error),
        };
        match outcome {
            Ok(outcome) => {
                let ticket = outcome.ticket().ok_or_else(|| Error::internal("a form opened no ticket"))?;
                Ok(see_other(&format!("/tickets/{ticket}")))
            }
            Err(error) if matches!(error.kind, Kind::Invalid | Kind::Conflict) => {
                form(visit, &posted.fields, Some(error)).await
            }
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}

fn command(posted: &Posted) -> Result<OpenByHand> {
    let text = |name: &str| posted.field(name).to_owned();
    let given = |name: &str| Some(text(name)).filter(|value| !value.is_empty());
    let first = if posted.field("first") == "ours" { First::Ours } else { First::Theirs };
    let assignee = posted.visit.actor().agent_id().filter(|_| posted.field("mine") == "true");
    let priority = given("priority").map(|priority| priority.parse()).transpose()?.unwrap_or_default();
    let content = serde_json::to_vec(&(posted.field("email"), posted.field("subject"), posted.field("body")))?;
    let ticket = OpenTicket {
        subject: text("subject"),
        body: text("body"),
        requester: Sender { email: text("email"), name: given("name") },
        playbook: given("playbook"),
        fields: Map::new(),
        tags: Vec::new(),
        priority,
        key: None,
    };
    Ok(OpenByHand { ticket, first, assignee, key: Some(Key::new("opening", posted.field("submission"), &content)?) })
}

async fn form(visit: &Visit, entered: &BTreeMap<String, String>, error: Option<Error>) -> Result<Response> {
    let words = Words::of(visit).await?;
    let fields = fields(visit, &words, entered);
    let (wrong, refused) = match error {
        Some(error) if error.fields.is_empty() => (Vec::new(), Some(error.to_string())),
        Some(error) => (error.fields, None),
        None => (Vec::new(), None),
    };
    let is_right = wrong.is_empty() && refused.is_none();
    let view = OpeningPage {
        frame: visit.frame(Section::Tickets).await?,
        list: fill_views::around(visit, &words, "/tickets/new").await?,
        // What was refused was not kept under its key, and another try may say something else.
        submission: visit.app.desk.ground.chance.token()?,
        fields: with_mistakes(visit.texts, fields, &wrong),
        refused,
    };
    Ok(page(if is_right { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &view))
}

fn fields(visit: &Visit, words: &Words, entered: &BTreeMap<String, String>) -> Vec<Field> {
    let texts = visit.texts;
    let value = |name: &str| entered.get(name).map(|value| value.trim().to_owned()).unwrap_or_default();
    let option = |name: &str, option: &str, label: String, is_first: bool| {
        let given = value(name);
        FieldOption { chosen: given == option || (given.is_empty() && is_first), value: option.to_owned(), label }
    };
    let email = FieldKind::Email(value("email"));
    let mut fields = vec![
        Field::new("email", texts.get("opening-email"), email).helped(texts.get("opening-email-help")).offering(PEOPLE),
        Field::new("name", texts.get("opening-name"), FieldKind::Text(value("name"))).optional(),
    ];
    let mut by_hand: Vec<_> = words.handbook.openings_by_hand().map(|(playbook, _)| playbook).collect();
    by_hand.sort_by_key(|playbook| playbook.name() != PLAYBOOK_DEFAULT);
    let by_hand: Vec<FieldOption> = (by_hand.into_iter().enumerate())
        .map(|(place, playbook)| {
            let title = playbook.title().text(words.language).to_owned();
            option("playbook", playbook.name(), title, place == 0)
        })
        .collect();
    fields.push(Field::new("playbook", texts.get("opening-playbook"), FieldKind::Choice(by_hand)));
    fields.push(Field::new("subject", texts.get("opening-subject"), FieldKind::Text(value("subject"))));
    let first = [("theirs", "opening-theirs", true), ("ours", "opening-ours", false)];
    let first = first.map(|(word, key, is_first)| option("first", word, texts.get(key), is_first)).to_vec();
    fields.push(Field::new("first", texts.get("opening-first"), FieldKind::Choice(first)));
    fields.push(Field::new("body", texts.get("opening-body"), FieldKind::LongText(value("body"))));
    let priorities = PRIORITIES.map(|word| option("priority", word, texts.get(priority_key(word)), word == "normal"));
    fields.push(Field::new("priority", texts.get("deeds-priority"), FieldKind::Choice(priorities.to_vec())));
    if visit.actor().agent_id().is_some() {
        let mine = FieldKind::Boolean(Some(value("mine") == "true"));
        fields.push(Field::new("mine", texts.get("opening-mine"), mine));
    }
    fields
}
