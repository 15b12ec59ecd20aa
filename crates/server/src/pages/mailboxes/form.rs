//! `GET /mailboxes/new`, `GET` and `POST /mailboxes/{id}`: connecting a mailbox and changing one, tried before it is kept.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use desk::error::{FieldError, Kind};
use desk::handle::{Command, KeepMailbox, PauseMailbox, RemoveMailbox};
use desk::mailboxes::connected::{self, Entry, Mailbox, keys};
use desk::rights::{self, Verb};
use desk::{Error, Result};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use store::Id;

use super::fields::Entered;
use super::view::{AddressPage, MailboxPage, Tried};
use super::{faults, presets};
use crate::mailing::trial::{Trial, Way};
use crate::pages::field::{Field, FieldKind, FieldOption};
use crate::pages::frame::Section;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};

/// What a new mailbox's form begins with.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Beginning {
    /// Its address.
    address: Option<String>,
    /// Its provider; by the address where empty.
    provider: Option<String>,
}

/// `GET /mailboxes/new`: asks for the address, then shows the form with what is known about it.
pub async fn new(visit: Visit, Query(beginning): Query<Beginning>) -> Response {
    let work = async {
        rights::require(&visit.actor(), Verb::KeepMailboxes)?;
        let address = beginning.address.as_deref().map(str::trim).filter(|address| !address.is_empty());
        let Some(address) = address else { return ask_for_address(&visit, None).await };
        if !mail::address::is_plausible(address) {
            return ask_for_address(&visit, Some(address)).await;
        }
        let (fields, hint) = presets::begin(address, beginning.provider.as_deref().unwrap_or_default());
        let hint = Some(visit.texts.get(hint));
        form(&visit, Shown { hint, fields: &fields, ..Shown::new(None) }, StatusCode::OK).await
    };
    visit.answer(work).await
}

/// `POST /mailboxes/new`: goes on to the form of an address.
pub async fn begin(posted: Posted) -> Response {
    let encoded = |name| utf8_percent_encode(posted.field(name), NON_ALPHANUMERIC).to_string();
    let address = format!("/mailboxes/new?address={}&provider={}", encoded("address"), encoded("provider"));
    posted.visit.answer(async { Ok(see_other(&address)) }).await
}

/// `GET /mailboxes/{id}`.
pub async fn edit(visit: Visit, Path(id): Path<String>) -> Response {
    let work = async {
        rights::require(&visit.actor(), Verb::KeepMailboxes)?;
        let mailbox = found(&visit, &id).await?;
        let fields = mailbox.fields();
        form(&visit, Shown { fields: &fields, ..Shown::new(Some(&mailbox)) }, StatusCode::OK).await
    };
    visit.answer(work).await
}

/// `POST /mailboxes`: connects one.
pub async fn create(posted: Posted) -> Response {
    let work = async {
        rights::require(&posted.visit.actor(), Verb::KeepMailboxes)?;
        take(&posted, None).await
    };
    posted.visit.answer(work).await
}

/// `POST /mailboxes/{id}`: changes one.
pub async fn change(Path(id): Path<String>, posted: Posted) -> Response {
    let work = async {
        rights::require(&posted.visit.actor(), Verb::KeepMailboxes)?;
        let mailbox = found(&posted.visit, &id).await?;
        take(&posted, Some(&mailbox)).await
    };
    posted.visit.answer(work).await
}

/// `POST /mailboxes/{id}/rest`: has it rest, or go on.
pub async fn rest(Path(id): Path<String>, posted: Posted) -> Response {
    let work = async {
        let id = id.parse().map_err(|_| Error::not_found("mailbox"))?;
        let command = PauseMailbox { id, paused: posted.field("paused") == "true" };
        posted.visit.app.desk.handle(&posted.visit.actor(), Command::PauseMailbox(command)).await?;
        Ok(see_other("/mailboxes"))
    };
    posted.visit.answer(work).await
}

/// `POST /mailboxes/{id}/removal`: takes it away.
pub async fn remove(Path(id): Path<String>, posted: Posted) -> Response {
    let work = async {
        let id = id.parse().map_err(|_| Error::not_found("mailbox"))?;
        let command = Command::RemoveMailbox(RemoveMailbox { id });
        posted.visit.app.desk.handle(&posted.visit.actor(), command).await?;
        Ok(see_other("/mailboxes"))
    };
    posted.visit.answer(work).await
}

/// Tries what was posted, and keeps it where all is well or it is wanted anyway. What is wrong comes back with everything that was
/// entered but the secrets.
async fn take(posted: &Posted, mailbox: Option<&Mailbox>) -> Result<Response> {
    let shown = Shown { fields: &posted.fields, ..Shown::new(mailbox) };
    match taken(posted, mailbox).await {
        Ok(None) => Ok(see_other("/mailboxes")),
        Ok(Some(trial)) => {
            let status = if trial.is_well() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            let errors = errors(posted, &trial);
            form(&posted.visit, Shown { errors: &errors, trial: Some(&trial), ..shown }, status).await
        }
        Err(error) if error.kind == Kind::Invalid && !error.fields.is_empty() => {
            let shown = Shown { errors: &error.fields, ..shown };
            form(&posted.visit, shown, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(error),
    }
}

/// `None` when it was kept; else how the trial went.
async fn taken(posted: &Posted, mailbox: Option<&Mailbox>) -> Result<Option<Trial>> {
    let (app, actor) = (&posted.visit.app, posted.visit.actor());
    let entry = Entry::read(&posted.fields)?;
    let id = mailbox.map(|mailbox| mailbox.id);
    let wanted = posted.field("do");
    if wanted != "anyway" {
        let ground = &app.desk.ground;
        let sealing = (&ground.settings.seals, &ground.chance);
        let opened = keys::of_entry(&mut app.desk.read().await?, sealing, &entry, id).await?;
        let trial = app.post.try_mailbox(&app.desk, id, &opened).await;
        if wanted == "try" || !trial.is_well() {
            return Ok(Some(trial));
        }
    }
    app.desk.handle(&actor, Command::KeepMailbox(Box::new(KeepMailbox::of(id, entry)))).await?;
    Ok(None)
}

/// What a trial found wrong, at the fields where it is mended.
fn errors(posted: &Posted, trial: &Trial) -> Vec<FieldError> {
    let by_grant = posted.field("sign_in") == "grant";
    let same = matches!(posted.field("outgoing.login"), "" | "same");
    let ways = [("incoming", &trial.incoming, false), ("outgoing", &trial.outgoing, same)];
    let mut errors: Vec<FieldError> = Vec::new();
    for (name, way, same) in ways {
        let Some(wrong) = way.as_ref().and_then(|way| way.wrong.as_ref()) else { continue };
        let field = faults::field(name, &wrong.code, by_grant, same);
        if !errors.iter().any(|error| error.field == field) {
            errors.push(FieldError::new(&field, "tried", faults::words(posted.visit.texts, &wrong.code, &wrong.words)));
        }
    }
    errors
}

/// What a form shows.
struct Shown<'s> {
    mailbox: Option<&'s Mailbox>,
    fields: &'s BTreeMap<String, String>,
    errors: &'s [FieldError],
    trial: Option<&'s Trial>,
    hint: Option<String>,
}

/// What a form begins with that nothing was entered in.
static NOTHING: BTreeMap<String, String> = BTreeMap::new();

impl<'s> Shown<'s> {
    fn new(mailbox: Option<&'s Mailbox>) -> Self {
        Self { mailbox, fields: &NOTHING, errors: &[], trial: None, hint: None }
    }
}

async fn form(visit: &Visit, shown: Shown<'_>, status: StatusCode) -> Result<Response> {
    let words = Words::of(visit).await?;
    let list = fill_views::around(visit, &words, "/mailboxes").await?;
    let handbook = &words.handbook;
    let title = |(name, playbook): (&String, &std::sync::Arc<playbook::Playbook>)| {
        (name.clone(), playbook.title().text(words.language).to_owned())
    };
    let incoming = shown.trial.and_then(|trial| trial.incoming.as_ref());
    let no_folder = |way: &&Way| way.wrong.as_ref().is_some_and(|wrong| wrong.code == "no-folder");
    let entered = Entered {
        texts: visit.texts,
        fields: shown.fields,
        errors: shown.errors,
        known: shown.mailbox.is_some(),
        teams: handbook.desk.teams.keys().cloned().collect(),
        playbooks: handbook.playbooks.iter().map(title).collect(),
        folders: incoming.filter(no_folder).map(|way| way.folders.clone()).unwrap_or_default(),
    };
    let tried = shown.trial.map(|trial| tried(visit, trial)).unwrap_or_default();
    let fetched = shown.mailbox.filter(|mailbox| mailbox.incoming.is_some());
    let view = MailboxPage {
        list,
        name: shown.mailbox.map(|mailbox| mailbox.name.clone()),
        action: shown.mailbox.map_or_else(|| "/mailboxes".to_owned(), |mailbox| format!("/mailboxes/{}", mailbox.id)),
        hint: shown.hint,
        parts: entered.parts(),
        tried,
        paused: fetched.map(|mailbox| mailbox.paused),
        frame: visit.frame(Section::Tickets).await?,
    };
    Ok(page(status, &view))
}

/// How each way went, in words.
fn tried(visit: &Visit, trial: &Trial) -> Vec<Tried> {
    let texts = visit.texts;
    let ways = [("mailbox-part-incoming", &trial.incoming), ("mailbox-part-outgoing", &trial.outgoing)];
    let shown = |(title, way): (&str, &Option<Way>)| {
        let way = way.as_ref()?;
        let words = match (&way.wrong, way.mails) {
            (Some(wrong), _) => faults::words(texts, &wrong.code, &wrong.words),
            (None, Some(mails)) => {
                let found = texts.count("mailbox-tried-mails", usize::try_from(mails).unwrap_or(usize::MAX));
                let news =
                    if way.tells_at_once == Some(true) { "mailbox-tried-at-once" } else { "mailbox-tried-asked" };
                format!("{found} {}", texts.get(news))
            }
            (None, None) => texts.get("mailbox-tried-well"),
        };
        let said = way.wrong.as_ref().and_then(|wrong| wrong.said.clone());
        Some(Tried { title: texts.get(title), well: way.wrong.is_none(), words, said })
    };
    ways.into_iter().filter_map(shown).collect()
}

async fn ask_for_address(visit: &Visit, refused: Option<&str>) -> Result<Response> {
    let texts = visit.texts;
    let words = Words::of(visit).await?;
    let list = fill_views::around(visit, &words, "/mailboxes").await?;
    let given = refused.unwrap_or_default().to_owned();
    let mut address = Field::new("address", texts.get("mailbox-address"), FieldKind::Email(given));
    address.error = refused.map(|_| texts.get("field-email"));
    let providers = [
        ("", "mailbox-provider-by-address"),
        ("google", "mailbox-provider-google"),
        ("microsoft", "mailbox-provider-microsoft"),
        ("other", "mailbox-provider-other"),
    ];
    let option = |(index, (value, key)): (usize, &(&str, &str))| FieldOption {
        value: (*value).to_owned(),
        label: texts.get(key),
        chosen: index == 0,
    };
    let options = providers.iter().enumerate().map(option).collect();
    let provider = Field::new("provider", texts.get("mailbox-provider"), FieldKind::Choice(options));
    let frame = visit.frame(Section::Tickets).await?;
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(page(status, &AddressPage { frame, list, fields: vec![address, provider] }))
}

async fn found(visit: &Visit, id: &str) -> Result<Mailbox> {
    let id: Id = id.parse().map_err(|_| Error::not_found("mailbox"))?;
    connected::find(&mut visit.read().await?, id).await?.ok_or_else(|| Error::not_found("mailbox"))
}
