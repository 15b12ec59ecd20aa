//! `GET /handbook/draft`: a file of the viewer's own draft, with what is to be said of all of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use desk::Result;
use desk::editing::mark_of;
use playbook::drawing::Marks;
use playbook::{Files, Finding};

use super::fill::{self, Room};
use super::source::Source;
use super::view::{EditedFile, EditorPage, Map, Verdict, VerdictPart};
use crate::pages::frame::Section;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};

/// What came back with a text that was not kept.
#[derive(Clone, Debug, Default)]
pub struct Refused {
    /// The text that was written.
    pub text: Option<String>,
    /// Why it was not kept.
    pub why: Option<String>,
    /// What is wrong with a file that was to be made: the path, and why.
    pub path: Option<(String, String)>,
}

/// The editor.
pub async fn get(visit: Visit, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let work = async {
        let source = Source::draft(&visit).await?;
        let path = source.chosen(&query)?;
        editor(&visit, &source, path, Refused::default(), StatusCode::OK).await
    };
    visit.answer(work).await
}

/// The editor with a file of a draft.
pub async fn editor(
    visit: &Visit,
    source: &Source,
    path: String,
    refused: Refused,
    status: StatusCode,
) -> Result<Response> {
    let words = Words::of(visit).await?;
    let kept = source.files.get(&path);
    let is_changed = source.draft.as_ref().is_some_and(|draft| draft.files.contains_key(&path));
    let text = refused.text.unwrap_or_else(|| kept.or_else(|| source.base.get(&path)).unwrap_or_default().to_owned());
    let file = EditedFile {
        lines: text.lines().count().max(1),
        key: mark_of(&format!("{path}\n{text}")),
        text,
        was: mark_of(kept.unwrap_or_default()),
        base: source.number(),
        is_removed: kept.is_none(),
        is_changed,
        is_draft: source.draft.is_some(),
        refused: refused.why,
        path,
    };
    let view = EditorPage {
        frame: visit.frame(Section::Tickets).await?,
        list: fill_views::around(visit, &words, "/handbook").await?,
        head: fill::head(visit, &words, source, Room::Editing).await?,
        groups: fill::groups(source, &file.path),
        verdict: verdict(visit, source, &file.path).await?,
        refused: refused.path,
        file,
    };
    Ok(page(status, &view))
}

/// What is to be said of a draft, on its own.
pub async fn part(
    visit: &Visit,
    source: &Source,
    path: &str,
    why: Option<String>,
    status: StatusCode,
) -> Result<Response> {
    let verdict = Verdict { is_kept: why.is_none(), refused: why, ..verdict(visit, source, path).await? };
    Ok(page(status, &VerdictPart { frame: visit.frame(Section::Tickets).await?, verdict }))
}

async fn verdict(visit: &Visit, source: &Source, path: &str) -> Result<Verdict> {
    let findings = visit.app.rehearsals.findings(&source.files, &source.digest).await?;
    let (errors, warnings) = fill::counts(&findings);
    let shown = fill::found(&findings, path, |path| source.file_href(path));
    let map = map(visit, source, &findings, path).await?;
    Ok(Verdict {
        was: mark_of(source.files.get(path).unwrap_or_default()),
        crossed: source.draft.as_ref().filter(|draft| draft.base != source.newest).map(|_| source.newest),
        has_draft: source.draft.is_some(),
        errors,
        warnings,
        more: findings.len().saturating_sub(shown.len()),
        findings: shown,
        is_undrawn: map.is_none() && fill::playbook_of(path).is_some() && source.files.get(path).is_some(),
        map,
        ..Verdict::default()
    })
}

/// The drawing of a playbook as it is in the draft, where it can be read.
async fn map(visit: &Visit, source: &Source, findings: &Arc<Vec<Finding>>, path: &str) -> Result<Option<Map>> {
    let Some(name) = fill::playbook_of(path).map(str::to_owned) else { return Ok(None) };
    // What cannot be compiled says so in its findings; most of them do not even need a look.
    if findings.iter().any(|finding| finding.code == "bad-yaml") {
        return Ok(None);
    }
    let (files, language): (Files, _) = (source.files.clone(), visit.texts.tag());
    let drawing = visit.app.rehearsals.aside(move || {
        let handbook = playbook::compile(&files, &desk::runs::actions::registry()).ok()?;
        handbook.playbook(&name).map(|playbook| fill::map(playbook, &Marks::default(), language))
    });
    drawing.await
}
