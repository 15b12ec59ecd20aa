//! `GET` and `POST /contacts/{id}/form` and `/new/contact`: a contact is changed or made.

use axum::extract::{Path, State};
use axum::response::Response;
use desk::contacts::{self, Contact};
use desk::error::FieldError;
use desk::handle::{Command, Outcome, UpsertContact};
use desk::rights::{self, Verb};
use desk::{Error, Result, organizations};

use super::show;
use crate::pages::field::{Field, FieldKind};
use crate::pages::frame::Section;
use crate::pages::meanwhile::Standing;
use crate::pages::organizations::attributes;
use crate::pages::organizations::entered::{Entered, Form};
use crate::pages::organizations::form::languages;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::tickets::fill_list::Words;
use crate::pages::visit::Visit;
use crate::state::App;

/// The form of one who is there.
pub async fn get(visit: Visit, Path(id): Path<String>) -> Response {
    let work = async {
        let known = show::find(&visit, &id).await?;
        form(&visit, Some(&known), Entered::default()).await
    };
    visit.answer(work).await
}

/// The form of a new one.
pub async fn get_new(visit: Visit) -> Response {
    visit.answer(form(&visit, None, Entered::default())).await
}

/// Changes one who is there.
pub async fn post(State(app): State<App>, Path(id): Path<String>, mut posted: Posted) -> Response {
    let work = async {
        let known = show::find(&posted.visit, &id).await?;
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
async fn keep(app: &App, posted: &Posted, known: Option<&Contact>, mut wrong: Vec<FieldError>) -> Result<Response> {
    let visit = &posted.visit;
    rights::require(&visit.actor(), Verb::KeepPeople)?;
    let words = Words::of(visit).await?;
    let email = match known {
        Some(known) => known.address.clone().ok_or_else(|| Error::not_found("contact"))?,
        None => posted.field("email").to_owned(),
    };
    if known.is_none() {
        match contacts::find_by_address(&mut visit.read().await?, &email).await {
            Ok(None) => {}
            Ok(Some(_)) => wrong.push(FieldError::new("email", "email-taken", "somebody else has it")),
            Err(error) => wrong.extend(error.fields),
        }
    }
    let given = match attributes::read(posted, &words.handbook.desk.attributes.contact) {
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
    let may = said("may").map(|may| {
        may.split([',', '\n']).map(str::trim).filter(|right| !right.is_empty()).map(str::to_owned).collect()
    });
    let command = UpsertContact {
        email,
        name: said("name"),
        organization: said("organization"),
        role: said("role"),
        language: said("language"),
        attributes: given,
        may,
        addresses: said("addresses").map(|lines| lines.lines().map(str::to_owned).collect()),
    };
    match app.desk.handle(&visit.actor(), Command::UpsertContact(command)).await {
        Ok(Outcome::Person(id)) => Ok(see_other(&format!("/contacts/{id}?done=1"))),
        Ok(_) => Ok(see_other("/contacts")),
        Err(error) => form(visit, known, Entered::refused(posted, error)?).await,
    }
}

async fn form(visit: &Visit, known: Option<&Contact>, entered: Entered<'_>) -> Result<Response> {
    rights::require(&visit.actor(), Verb::KeepPeople)?;
    let words = Words::of(visit).await?;
    let mut fields = fields(visit, &words, known, &entered).await?;
    if let Some(known) = known {
        fields = standing(visit, known).await?.onto(fields);
    }
    let back = known.map_or_else(|| "/contacts".to_owned(), |known| format!("/contacts/{}", known.id));
    let about = Form {
        around: "/contacts",
        title: known.map_or_else(|| visit.texts.get("contact-new"), |known| known.label().to_owned()),
        action: known.map_or_else(|| "/new/contact".to_owned(), |_| format!("{back}/form")),
        back,
        section: Section::Clients,
        button: "client-keep",
        submission: None,
    };
    entered.page(visit, &words, about, fields).await
}

/// How the form of one who is there stands at present.
async fn standing(visit: &Visit, known: &Contact) -> Result<Standing> {
    Ok(Standing::of(&fields(visit, &Words::of(visit).await?, Some(known), &Entered::default()).await?))
}

async fn fields(visit: &Visit, words: &Words, known: Option<&Contact>, entered: &Entered<'_>) -> Result<Vec<Field>> {
    let texts = visit.texts;
    let mut conn = visit.read().await?;
    let (mut organization, mut may, mut addresses) = (None, Vec::new(), Vec::new());
    if let Some(known) = known {
        if let Some(id) = known.organization {
            organization = organizations::find(&mut conn, id).await?.map(|found| found.key);
        }
        may = contacts::rights::of(&mut conn, known.id).await?;
        addresses = contacts::addresses(&mut conn, known.id).await?.into_iter().map(|known| known.address).collect();
    }
    drop(conn);
    let text = |name: &str, label: &str, known: Option<&str>| entered.text(texts, name, label, known).optional();
    let mut fields = Vec::new();
    if known.is_none() {
        fields.push(Field::new("email", texts.get("contact-email"), FieldKind::Email(entered.value("email", None))));
    }
    if known.is_some() {
        let lines = entered.value("addresses", Some(&addresses.join("\n")));
        let field = Field::new("addresses", texts.get("contact-addresses"), FieldKind::LongText(lines));
        fields.push(field.helped(texts.get("contact-addresses-help")));
    }
    fields.push(text("name", "contact-name", known.and_then(|known| known.name.as_deref())));
    fields.push(
        text("organization", "context-organization", organization.as_deref())
            .helped(texts.get("contact-organization-help")),
    );
    fields.push(text("role", "context-role", known.and_then(|known| known.role.as_deref())));
    let language = entered.value("language", known.and_then(|known| known.language.as_deref()));
    fields.push(languages(texts, words, &language));
    fields.push(text("may", "contact-may", Some(&may.join(", "))).helped(texts.get("contact-may-help")));
    let no_attributes = Default::default();
    let attributes = known.map_or(&no_attributes, |known| &known.attributes);
    fields.extend(attributes::fields(texts, &words.handbook.desk.attributes.contact, attributes, entered.posted));
    Ok(fields)
}
