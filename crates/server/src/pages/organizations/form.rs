//! `GET` and `POST /organizations/{key}/form` and `/new/organization`: an organization is changed or made.

use axum::extract::{Path, State};
use axum::response::Response;
use desk::Result;
use desk::error::FieldError;
use desk::handle::{Command, UpsertOrganization};
use desk::organizations::{self, Change, Organization};
use desk::rights::{self, Verb};

use super::entered::{Entered, Form};
use super::{attributes, fill, show};
use crate::pages::entry::set_up::zones;
use crate::pages::field::{Field, FieldKind, FieldOption};
use crate::pages::frame::Section;
use crate::pages::meanwhile::Standing;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::tickets::fill_list::Words;
use crate::pages::visit::Visit;
use crate::state::App;
use crate::texts::Texts;

/// The form of one that is there.
pub async fn get(visit: Visit, Path(key): Path<String>) -> Response {
    let work = async {
        let known = show::find(&visit, &key).await?;
        form(&visit, Some(&known), Entered::default()).await
    };
    visit.answer(work).await
}

/// The form of a new one.
pub async fn get_new(visit: Visit) -> Response {
    visit.answer(form(&visit, None, Entered::default())).await
}

/// Changes one that is there.
pub async fn post(State(app): State<App>, Path(key): Path<String>, mut posted: Posted) -> Response {
    let work = async {
        let known = show::find(&posted.visit, &key).await?;
        let crossed = standing(&posted.visit, &known).await?.catch_up(&mut posted);
        keep(&app, &posted, Some(&known), crossed).await
    };
    let kept = work.await;
    posted.visit.answer(async { kept }).await
}

/// Makes a new one.
pub async fn post_new(State(app): State<App>, posted: Posted) -> Response {
    posted.visit.answer(keep(&app, &posted, None, Vec::new())).await
}

/// Keeps what was posted, unless somebody else changed the same (`wrong`) or something else is wrong with it.
async fn keep(
    app: &App,
    posted: &Posted,
    known: Option<&Organization>,
    mut wrong: Vec<FieldError>,
) -> Result<Response> {
    let visit = &posted.visit;
    rights::require(&visit.actor(), Verb::KeepPeople)?;
    let words = Words::of(visit).await?;
    let key = known.map_or_else(|| posted.field("key").to_owned(), |known| known.key.clone());
    if known.is_none() && organizations::find_by_key(&mut visit.read().await?, &key).await?.is_some() {
        wrong.push(FieldError::new("key", "key-taken", "another organization has it"));
    }
    let given = match attributes::read(posted, &words.handbook.desk.attributes.organization) {
        Ok(attributes) => attributes,
        Err(errors) => {
            wrong.extend(errors);
            Default::default()
        }
    };
    if !wrong.is_empty() {
        return form(visit, known, Entered::wrong(posted, wrong)).await;
    }
    let said = |name: &str| posted.fields.get(name).map(|value| value.trim().to_owned());
    let change = Change {
        name: said("name"),
        plan: said("plan"),
        parent: said("parent"),
        time_zone: said("time_zone"),
        language: said("language"),
        attributes: given,
    };
    let command = Command::UpsertOrganization(UpsertOrganization { key: key.clone(), change });
    match app.desk.handle(&visit.actor(), command).await {
        Ok(_) => Ok(see_other(&format!("{}?done=1", fill::organization_href(&key)))),
        Err(error) => form(visit, known, Entered::refused(posted, error)?).await,
    }
}

async fn form(visit: &Visit, known: Option<&Organization>, entered: Entered<'_>) -> Result<Response> {
    rights::require(&visit.actor(), Verb::KeepPeople)?;
    let words = Words::of(visit).await?;
    let mut fields = fields(visit, &words, known, &entered).await?;
    if let Some(known) = known {
        fields = standing(visit, known).await?.onto(fields);
    }
    let back = known.map_or_else(|| "/organizations".to_owned(), |known| fill::organization_href(&known.key));
    let about = Form {
        around: "/organizations",
        title: known.map_or_else(|| visit.texts.get("organization-new"), |known| known.name.clone()),
        action: known.map_or_else(|| "/new/organization".to_owned(), |_| format!("{back}/form")),
        back,
        section: Section::Clients,
        button: "client-keep",
        submission: None,
    };
    entered.page(visit, &words, about, fields).await
}

/// How the form of one that is there stands at present.
async fn standing(visit: &Visit, known: &Organization) -> Result<Standing> {
    Ok(Standing::of(&fields(visit, &Words::of(visit).await?, Some(known), &Entered::default()).await?))
}

async fn fields(
    visit: &Visit,
    words: &Words,
    known: Option<&Organization>,
    entered: &Entered<'_>,
) -> Result<Vec<Field>> {
    let texts = visit.texts;
    let parent = match known.and_then(|known| known.parent) {
        Some(parent) => organizations::find(&mut visit.read().await?, parent).await?.map(|parent| parent.key),
        None => None,
    };
    let text = |name: &str, label: &str, known: Option<&str>| entered.text(texts, name, label, known);
    let mut fields = Vec::new();
    if known.is_none() {
        fields.push(text("key", "organization-key", None).helped(texts.get("organization-key-help")));
    }
    fields.push(text("name", "organization-name", known.map(|known| known.name.as_str())));
    fields.push(text("plan", "context-plan", known.and_then(|known| known.plan.as_deref())).optional());
    fields.push(
        text("parent", "organization-parent", parent.as_deref())
            .helped(texts.get("organization-parent-help"))
            .optional(),
    );
    let zone = entered.value("time_zone", known.and_then(|known| known.time_zone.as_deref()));
    fields.push(Field::new("time_zone", texts.get("account-zone"), FieldKind::Choice(zones(&zone))).optional());
    let language = entered.value("language", known.and_then(|known| known.language.as_deref()));
    fields.push(languages(texts, words, &language));
    let no_attributes = Default::default();
    let attributes = known.map_or(&no_attributes, |known| &known.attributes);
    fields.extend(attributes::fields(texts, &words.handbook.desk.attributes.organization, attributes, entered.posted));
    Ok(fields)
}

/// The field of the language that somebody is written to in.
pub fn languages(texts: &'static Texts, words: &Words, chosen: &str) -> Field {
    let mut tags = words.handbook.desk.languages.clone();
    if !chosen.is_empty() && !tags.iter().any(|tag| tag == chosen) {
        tags.push(chosen.to_owned());
    }
    let label = |tag: &str| {
        let known = Texts::languages().find(|texts| texts.tag() == tag);
        known.map_or_else(|| tag.to_owned(), |texts| texts.get("language-name"))
    };
    let option = |tag: String| FieldOption { chosen: tag == chosen, label: label(&tag), value: tag };
    let none = FieldOption { value: String::new(), label: texts.get("attribute-none"), chosen: chosen.is_empty() };
    let none = (tags.len() < 5).then_some(none);
    let options = none.into_iter().chain(tags.into_iter().map(option)).collect();
    Field::new("language", texts.get("people-language"), FieldKind::Choice(options)).optional()
}
