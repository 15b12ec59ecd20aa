//! `GET /tickets/new/fields`: what a procedure asks of whoever opens one of its tickets.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use desk::handle::PLAYBOOK_DEFAULT;
use desk::rights::{self, Verb};
use playbook::{Handbook, Opens, Playbook};
use serde_json::{Map, Value};

use super::view::FieldsPart;
use crate::pages::field::Field;
use crate::pages::forms::fill::{control, help};
use crate::pages::frame::Section;
use crate::pages::organizations::entered::Entered;
use crate::pages::organizations::view::Chosen;
use crate::pages::posted::Posted;
use crate::pages::visit::{Visit, page};
use crate::texts::Texts;

/// The fields of `?playbook=`, empty.
pub async fn get(visit: Visit, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let work = async {
        rights::require(&visit.actor(), Verb::WorkOnTickets)?;
        let handbook = visit.app.desk.handbooks.current(&mut visit.read().await?).await?;
        let name = query.get("playbook").map(String::as_str).unwrap_or_default();
        let fields = of(visit.texts, &handbook, name, &Entered::default());
        Ok(page(StatusCode::OK, &FieldsPart { frame: visit.frame(Section::Tickets).await?, fields }))
    };
    visit.answer(work).await
}

/// The part of the form that depends on the procedure; none where no procedure asks anything.
pub(super) fn chosen(texts: &Texts, handbook: &Handbook, name: &str, entered: &Entered<'_>) -> Option<Chosen> {
    let asks = handbook.openings_by_hand().any(|(_, opens)| !opens.asked.is_empty());
    asks.then(|| Chosen {
        by: "playbook",
        of: name.to_owned(),
        address: "/tickets/new/fields",
        look: "opening-look",
        fields: of(texts, handbook, name, entered),
    })
}

/// What was answered to what the procedure asks, as it was entered.
pub(super) fn answers(handbook: &Handbook, posted: &Posted) -> Map<String, Value> {
    let Some((_, opens)) = opening(handbook, posted.field("playbook")) else { return Map::new() };
    let answer = |name: &String| Some((name.clone(), Value::from(posted.fields.get(&posted_as(name))?.clone())));
    opens.asked.iter().filter_map(|asked| answer(&asked.name)).collect()
}

fn of(texts: &Texts, handbook: &Handbook, name: &str, entered: &Entered<'_>) -> Vec<Field> {
    let Some((playbook, opens)) = opening(handbook, name) else { return Vec::new() };
    let field = |asked: &playbook::AskedField| {
        let declared = playbook.fields().get(&asked.name)?;
        let name = posted_as(&asked.name);
        let answer = entered.posted.and_then(|posted| posted.fields.get(&name)).map(String::as_str);
        let field = Field::new(name, declared.label.text(texts.tag()), control(declared, answer));
        Some(Field { required: asked.required, help: help(texts, declared), ..field })
    };
    opens.asked.iter().filter_map(field).collect()
}

/// How colleagues open tickets of this procedure; of the default one where none is named.
fn opening<'h>(handbook: &'h Handbook, name: &str) -> Option<(&'h Playbook, &'h Opens)> {
    let name = if name.is_empty() { PLAYBOOK_DEFAULT } else { name };
    let found = handbook.openings_by_hand().find(|(playbook, _)| playbook.name() == name);
    found.map(|(playbook, opens)| (&**playbook, opens))
}

/// The name of an answer in the page's form, and in what the desk refuses.
fn posted_as(name: &str) -> String {
    format!("fields.{name}")
}
