//! `GET /keys`, `GET /keys/list` and `POST /keys`: the keys of the desk, and how the viewer uses them.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::agents::keys::{self, Keys};
use desk::handle::{Command, KeepKeys};
use desk::{Error, Result};

use super::view::{KeyLine, KeysPage, KeysPart};
use super::{FIXED, OF_A_DEMO, PLACES, SINGLE, key_of};
use crate::pages::frame::Section;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::visit::{Visit, page};
use crate::state::App;

/// The page.
pub async fn get(visit: Visit, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let work = async {
        let keys = kept(&visit).await?;
        show(&visit, &keys, None, query.contains_key("done")).await
    };
    visit.answer(work).await
}

/// The list alone.
pub async fn get_list(visit: Visit) -> Response {
    let work = async {
        let keys = kept(&visit).await?;
        let frame = visit.frame(Section::Elsewhere).await?;
        let fixed = fixed(&visit, &keys, frame.demo.is_some());
        let (off, keys) = (keys.off, lines(&visit, &keys));
        Ok(page(StatusCode::OK, &KeysPart { frame, off, keys, fixed }))
    };
    visit.answer(work).await
}

/// Keeps them.
pub async fn post(State(app): State<App>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let keys = read(&posted);
        match app.desk.handle(&visit.actor(), Command::KeepKeys(KeepKeys(keys.clone()))).await {
            Ok(_) => Ok(see_other("/keys?done=1")),
            Err(error) if !error.fields.is_empty() => {
                let words = if error.fields.iter().any(|field| field.message.contains("same")) {
                    "keys-same"
                } else {
                    "keys-bad"
                };
                show(visit, &keys, Some(visit.texts.get(words)), false).await
            }
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}

/// The keys that were posted: of those that differ from what the desk proposes alone. Two that are the same are both kept, to be refused.
fn read(posted: &Posted) -> Keys {
    if posted.field("reset") == "1" {
        return Keys::default();
    }
    let mut keys = Keys { off: posted.field("off") == "1", ..Keys::default() };
    let given = |action: &str| posted.field(&format!("key-{action}")).to_owned();
    let used: Vec<String> = SINGLE.iter().map(|(action, ..)| given(action)).collect();
    for (action, proposed, _) in SINGLE {
        let key = given(action);
        let is_shared = used.iter().filter(|other| **other == key).count() > 1;
        if key != proposed || (is_shared && !key.is_empty()) {
            keys.changed.insert(action.to_owned(), key);
        }
    }
    keys
}

async fn kept(visit: &Visit) -> Result<Keys> {
    let agent = visit.actor().agent_id().ok_or_else(|| Error::forbidden("keep keys"))?;
    keys::of(&mut visit.read().await?, agent).await
}

async fn show(visit: &Visit, keys: &Keys, error: Option<String>, done: bool) -> Result<Response> {
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame = visit.frame(Section::Account).await?;
    let fixed = fixed(visit, keys, frame.demo.is_some());
    let (off, keys) = (keys.off, lines(visit, keys));
    Ok(page(status, &KeysPage { frame, off, keys, fixed, error, done }))
}

fn lines(visit: &Visit, keys: &Keys) -> Vec<KeyLine> {
    let line = |(action, _, text)| KeyLine { action, words: visit.texts.get(text), key: key_of(keys, action) };
    SINGLE.into_iter().map(line).collect()
}

/// Keys that are nobody's to change, and where the one that goes somewhere leads.
fn fixed(visit: &Visit, keys: &Keys, demo: bool) -> Vec<KeyLine> {
    let line = |text: &'static str, key: String| KeyLine { action: text, words: visit.texts.get(text), key };
    let go = key_of(keys, "go");
    let places = PLACES.into_iter().filter(|(letter, _)| !go.is_empty() && (demo || !OF_A_DEMO.contains(letter)));
    let places = places.map(|(letter, text)| {
        let words = visit.texts.with("key-go-to", &[("place", &visit.texts.get(text))]);
        KeyLine { words, ..line(text, format!("{go} {letter}")) }
    });
    places.chain(FIXED.into_iter().map(|(text, key)| line(text, key.to_owned()))).collect()
}
