//! `GET` and `POST /handbook/scenarios`: the scenarios of a handbook, and what came of them.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::rights::{self, Verb, may};
use playbook::Scenario;

use super::fill::{self, Room};
use super::source::{Of, Source, address};
use super::view::{ScenariosPage, Trial, TrialPart, TrialRow};
use crate::pages::frame::Section;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};
use crate::rehearsals::SCENARIOS_MAX;
use crate::state::App;

type Asked = BTreeMap<String, String>;

/// The page.
pub async fn get(visit: Visit, Query(query): Query<Asked>) -> Response {
    let work = async {
        let source = Source::read(&visit, Of::asked(&visit, &query)?).await?;
        let words = Words::of(&visit).await?;
        let view = ScenariosPage {
            frame: visit.frame(Section::Tickets).await?,
            list: fill_views::around(&visit, &words, "/handbook").await?,
            head: fill::head(&visit, &words, &source, Room::Scenarios).await?,
            trial: trial(&visit, &source),
        };
        Ok(page(StatusCode::OK, &view))
    };
    visit.answer(work).await
}

/// The scenarios alone, while they are played.
pub async fn get_part(visit: Visit, Query(query): Query<Asked>) -> Response {
    let work = async {
        let source = Source::read(&visit, Of::asked(&visit, &query)?).await?;
        let view = TrialPart { frame: visit.frame(Section::Tickets).await?, trial: trial(&visit, &source) };
        Ok(page(StatusCode::OK, &view))
    };
    visit.answer(work).await
}

/// Has them played.
pub async fn post(State(app): State<App>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        rights::require(&visit.actor(), Verb::PublishHandbook)?;
        let of = Of::asked(visit, &posted.fields)?;
        let source = Source::read(visit, of).await?;
        // Of an unsound handbook the page says what is wrong.
        let findings = app.rehearsals.findings(&source.files, &source.digest).await?;
        if fill::counts(&findings).0 == 0
            && let Ok(scenarios) = playbook::scenarios(&source.files)
        {
            app.rehearsals.begin(source.files.clone(), &source.digest, scenarios, app.stopping.clone())?;
        }
        Ok(see_other(&address("/handbook/scenarios", &[("of", &of.word())])))
    };
    visit.answer(work).await
}

fn trial(visit: &Visit, source: &Source) -> Trial {
    let of = source.of.word();
    let blank = Trial { of, may_play: may(&visit.actor(), Verb::PublishHandbook), ..Trial::default() };
    let scenarios = match playbook::scenarios(&source.files) {
        Ok(scenarios) => scenarios,
        Err(findings) => {
            return Trial { findings: fill::found(&findings, "", |path| source.file_href(path)), ..blank };
        }
    };
    let known = visit.app.rehearsals.trial(&source.digest).map(|trial| trial.progress());
    let row = |scenario: &Scenario| {
        let played = known.as_ref().and_then(|it| it.played.iter().find(|played| played.name == scenario.name));
        TrialRow {
            href: address("/handbook/rehearsal", &[("of", &blank.of), ("scenario", &scenario.name)]),
            name: scenario.name.clone(),
            place: format!("{}:{}", scenario.place.file, scenario.place.line),
            holds: played.map(|played| played.failed.is_empty()),
            passed: played.map_or(0, |played| played.passed),
            failed: played.map(|played| played.failed.clone()).unwrap_or_default(),
        }
    };
    let mut rows: Vec<TrialRow> = scenarios.iter().take(SCENARIOS_MAX).map(row).collect();
    // What does not hold comes first.
    rows.sort_by_key(|row| row.holds != Some(false));
    let count = |wanted: bool| rows.iter().filter(|row| row.holds == Some(wanted)).count();
    Trial {
        is_begun: known.is_some(),
        is_playing: known.as_ref().is_some_and(|known| !known.is_over),
        counts: (count(true), count(false), scenarios.len()),
        rows,
        ..blank
    }
}
