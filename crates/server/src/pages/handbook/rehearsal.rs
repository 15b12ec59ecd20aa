//! `GET /handbook/rehearsal` and `/handbook/rehearsal/step`: a scenario, watched step by step.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use desk::rehearsal::Film;
use desk::{Error, Result};
use playbook::{Handbook, Scenario};

use super::fill::{self, Room};
use super::source::{Of, Source};
use super::view::{RehearsalPage, ShotPart};
use super::watch::{Shot, Watched};
use crate::pages::frame::Section;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};

type Asked = BTreeMap<String, String>;

/// A scenario that was played.
struct Seen {
    source: Source,
    scenario: Scenario,
    film: Arc<Film>,
    handbook: Option<Arc<Handbook>>,
    step: usize,
}

/// The page.
pub async fn get(visit: Visit, Query(query): Query<Asked>) -> Response {
    let work = async {
        let seen = seen(&visit, &query).await?;
        let words = Words::of(&visit).await?;
        let of = seen.source.of.word();
        let watched = Watched { of: &of, scenario: &seen.scenario, film: &seen.film };
        let view = RehearsalPage {
            frame: visit.frame(Section::Tickets).await?,
            list: fill_views::around(&visit, &words, "/handbook").await?,
            head: fill::head(&visit, &words, &seen.source, Room::Scenarios).await?,
            scenario: seen.scenario.name.clone(),
            passed: seen.film.passed,
            failed: seen.film.failed.iter().map(|it| (it.place.clone(), it.message.clone())).collect(),
            is_cut: seen.film.is_cut,
            steps: watched.steps(seen.step),
            shot: shot(&visit, &seen).await?,
            of: of.clone(),
        };
        Ok(page(StatusCode::OK, &view))
    };
    visit.answer(work).await
}

/// A step alone.
pub async fn get_step(visit: Visit, Query(query): Query<Asked>) -> Response {
    let work = async {
        let seen = seen(&visit, &query).await?;
        let shot = shot(&visit, &seen).await?.ok_or_else(|| Error::not_found("step"))?;
        Ok(page(StatusCode::OK, &ShotPart { frame: visit.frame(Section::Tickets).await?, shot }))
    };
    visit.answer(work).await
}

async fn seen(visit: &Visit, query: &Asked) -> Result<Seen> {
    let source = Source::read(visit, Of::asked(visit, query)?).await?;
    let name = query.get("scenario").map(String::as_str).unwrap_or_default();
    let unsound = || {
        Error::conflict("unsound-handbook", "This handbook is not sound, so that nothing can be played.")
            .advise("See what its editor says, and play it then.")
    };
    let scenarios = playbook::scenarios(&source.files).map_err(|_| unsound())?;
    let scenario = scenarios.into_iter().find(|scenario| scenario.name == name);
    let scenario = scenario.ok_or_else(|| Error::not_found("scenario"))?;
    let findings = visit.app.rehearsals.findings(&source.files, &source.digest).await?;
    if fill::counts(&findings).0 > 0 {
        return Err(unsound());
    }
    let (app, files) = (&visit.app, &source.files);
    let film = app.rehearsals.film(files, &source.digest, scenario.clone(), app.stopping.clone()).await?;
    let handbook = match source.of {
        Of::Revision(number) => app.desk.handbooks.revision(&mut visit.read().await?, number).await.ok(),
        Of::Draft => {
            let files = files.clone();
            let compiling = app.rehearsals.aside(move || playbook::compile(&files, &desk::runs::actions::registry()));
            compiling.await?.ok().map(Arc::new)
        }
    };
    let step = query.get("step").and_then(|step| step.parse().ok()).unwrap_or(1_usize);
    let step = step.clamp(1, film.shots.len().max(1));
    Ok(Seen { source, scenario, film, handbook, step })
}

async fn shot(visit: &Visit, seen: &Seen) -> Result<Option<Shot>> {
    let (of, scenario, film) = (seen.source.of.word(), seen.scenario.clone(), Arc::clone(&seen.film));
    let (handbook, step, texts) = (seen.handbook.clone(), seen.step, visit.texts);
    let drawing = visit.app.rehearsals.aside(move || {
        let watched = Watched { of: &of, scenario: &scenario, film: &film };
        watched.shot(step, handbook.as_deref(), texts)
    });
    drawing.await
}
