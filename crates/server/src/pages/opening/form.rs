//! `GET` and `POST /tickets/new`.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use desk::drafts::FILES_MAX;
use desk::handle::{Command, First, OpenByHand, OpenTicket, PLAYBOOK_DEFAULT, Sender};
use desk::receipts::Key;
use desk::rights::{self, Verb};
use desk::{Error, Result, contacts};
use playbook::Handbook;

use super::fields::{answers, chosen};
use crate::pages::field::{Field, FieldKind, FieldOption};
use crate::pages::frame::Section;
use crate::pages::organizations::entered::{Asked, Entered, Form};
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::tickets::deeds::{PRIORITIES, priority_key};
use crate::pages::tickets::fill_list::Words;
use crate::pages::visit::Visit;
use crate::state::App;
use crate::texts::Texts;

/// Where the names of contacts come from while somebody types.
const PEOPLE: &str = "/tickets/new/people";

/// The empty form; `?for=ID` is for that contact.
pub async fn get(visit: Visit, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let work = async {
        rights::require(&visit.actor(), Verb::WorkOnTickets)?;
        let mut email = None;
        if let Some(id) = query.get("for").and_then(|id| id.parse().ok())
            && rights::may(&visit.actor(), Verb::ReadPeople)
            && let Some(contact) = contacts::find(&mut visit.read().await?, id).await?
        {
            email = contact.address;
        }
        form(&visit, Entered::default(), email.as_deref()).await
    };
    visit.answer(work).await
}

/// Opens the ticket and goes to it; what is wrong comes back with everything that was entered.
pub async fn post(State(app): State<App>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        if posted.field("look") == "true" {
            return form(visit, Entered::so_far(&posted), None).await;
        }
        let handbook = app.desk.handbooks.current(&mut visit.read().await?).await?;
        let outcome = match command(&posted, &handbook) {
            Ok(command) => app.desk.handle(&visit.actor(), Command::OpenByHand(command)).await,
            Err(error) => Err(error),
        };
        match outcome {
            Ok(outcome) => {
                let ticket = outcome.ticket().ok_or_else(|| Error::internal("a form opened no ticket"))?;
                Ok(see_other(&format!("/tickets/{ticket}")))
            }
            Err(error) => form(visit, Entered::refused(&posted, error)?, None).await,
        }
    };
    visit.answer(work).await
}

fn command(posted: &Posted, handbook: &Handbook) -> Result<OpenByHand> {
    let text = |name: &str| posted.field(name).to_owned();
    let given = |name: &str| Some(text(name)).filter(|value| !value.is_empty());
    let first = if posted.field("first") == "ours" { First::Ours } else { First::Theirs };
    let assignee = posted.visit.actor().agent_id().filter(|_| posted.field("mine") == "true");
    let priority = given("priority").map(|priority| priority.parse()).transpose()?.unwrap_or_default();
    let fields = answers(handbook, posted);
    let files: Vec<Arc<mail::Attachment>> = posted.files.iter().cloned().map(Arc::new).collect();
    let named: Vec<(&str, usize)> = files.iter().map(|file| (file.name.as_str(), file.size)).collect();
    let words = (posted.field("email"), posted.field("subject"), posted.field("body"));
    let content = serde_json::to_vec(&(words, &fields, named))?;
    let ticket = OpenTicket {
        subject: text("subject"),
        body: text("body"),
        requester: Sender { email: text("email"), name: given("name") },
        playbook: given("playbook"),
        fields,
        tags: Vec::new(),
        priority,
        key: None,
    };
    let key = Some(Key::new("opening", posted.field("submission"), &content)?);
    Ok(OpenByHand { ticket, first, assignee, files, key })
}

async fn form(visit: &Visit, entered: Entered<'_>, email: Option<&str>) -> Result<Response> {
    let words = Words::of(visit).await?;
    let fields = fields(visit, &words, &entered, email);
    let about = Form {
        around: "/tickets/new",
        title: visit.texts.get("opening-title"),
        action: "/tickets/new".to_owned(),
        back: "/tickets".to_owned(),
        section: Section::Tickets,
        button: "opening-do",
        // What was refused was not kept under its key, and another try may say something else.
        submission: Some(visit.app.desk.ground.chance.token()?),
    };
    entered.page(visit, &words, about, fields).await
}

fn fields(visit: &Visit, words: &Words, entered: &Entered<'_>, email: Option<&str>) -> Asked {
    let texts = visit.texts;
    let value = |name: &str| entered.value(name, None);
    let option = |name: &str, option: &str, label: String, is_first: bool| {
        let given = value(name);
        FieldOption { chosen: given == option || (given.is_empty() && is_first), value: option.to_owned(), label }
    };
    let email = FieldKind::Email(entered.value("email", email));
    let mut fields = vec![
        Field::new("email", texts.get("opening-email"), email).helped(texts.get("opening-email-help")).offering(PEOPLE),
        entered.text(texts, "name", "opening-name", None).optional(),
    ];
    let mut by_hand: Vec<_> = words.handbook.openings_by_hand().map(|(playbook, _)| playbook).collect();
    by_hand.sort_by_key(|playbook| playbook.name() != PLAYBOOK_DEFAULT);
    let by_hand: Vec<FieldOption> = (by_hand.into_iter().enumerate())
        .map(|(place, playbook)| {
            let title = playbook.title().text(words.language).to_owned();
            option("playbook", playbook.name(), title, place == 0)
        })
        .collect();
    let named = by_hand.iter().find(|option| option.chosen).map(|option| option.value.clone()).unwrap_or_default();
    let chosen = chosen(texts, &words.handbook, &named, entered);
    fields.push(Field::new("playbook", texts.get("opening-playbook"), FieldKind::Choice(by_hand)));
    let mut rest = vec![entered.text(texts, "subject", "opening-subject", None)];
    let first = [("theirs", "opening-theirs", true), ("ours", "opening-ours", false)];
    let first = first.map(|(word, key, is_first)| option("first", word, texts.get(key), is_first)).to_vec();
    rest.push(Field::new("first", texts.get("opening-first"), FieldKind::Choice(first)));
    rest.push(Field::new("body", texts.get("opening-body"), FieldKind::LongText(value("body"))));
    rest.push(files(texts, entered));
    let priorities = PRIORITIES.map(|word| option("priority", word, texts.get(priority_key(word)), word == "normal"));
    rest.push(Field::new("priority", texts.get("deeds-priority"), FieldKind::Choice(priorities.to_vec())));
    if visit.actor().agent_id().is_some() {
        let mine = FieldKind::Boolean(Some(entered.value("mine", Some("true")) == "true"));
        rest.push(Field::new("mine", texts.get("opening-mine"), mine));
    }
    Asked { fields, chosen, rest }
}

/// The field of files. A browser gives files once: those that came with a form that came back are chosen again.
fn files(texts: &Texts, entered: &Entered<'_>) -> Field {
    let most = (FILES_MAX / (1024 * 1024)).to_string();
    let field = Field::new("files", texts.get("opening-files"), FieldKind::Files).optional();
    let field = field.helped(texts.with("opening-files-help", &[("most", &most)]));
    let names: Vec<&str> =
        entered.posted.iter().flat_map(|posted| &posted.files).map(|file| file.name.as_str()).collect();
    match names.is_empty() {
        true => field,
        false => field.wrong(texts.with("opening-files-again", &[("names", &names.join(", "))])),
    }
}
