//! `GET /handbook/draft/changes` and `/handbook/revisions/{number}/changes`: what is otherwise; and publishing.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::editing::lines::{self, Difference, Sign};
use desk::editing::review::{self, Review};
use desk::error::Kind;
use desk::handbook::Published;
use desk::handle::{Command, Outcome, PublishHandbook};
use desk::{Error, Result};
use playbook::Severity;

use super::difference::{Changes, Crossed, FileDifference, Line, Stranded};
use super::fill::{self, Room};
use super::source::{Of, Source, read_number};
use super::view::ChangesPage;
use crate::pages::frame::Section;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};
use crate::state::App;

/// How many changes are told in words.
const WORDS_MAX: usize = 200;

/// Why a draft was not published, and the note that came with it.
#[derive(Default)]
struct Refused {
    why: Option<String>,
    note: String,
}

/// What the viewer's draft changes.
pub async fn get(visit: Visit) -> Response {
    visit.answer(of_draft(&visit, Refused::default(), StatusCode::OK)).await
}

/// What a revision changed of the one before.
pub async fn get_of(visit: Visit, Path(number): Path<String>) -> Response {
    let work = async {
        let source = Source::read(&visit, Of::Revision(read_number(&number)?)).await?;
        let before = match source.number() {
            1 => playbook::Files::new(),
            number => visit.app.desk.handbooks.files(&mut visit.read().await?, number - 1).await?,
        };
        let after = source.files.clone();
        let review = visit.app.rehearsals.aside(move || {
            let registry = desk::runs::actions::registry();
            let mut review = Review { files: lines::differences(&before, &after), ..Review::default() };
            let (old, new) = (playbook::compile(&before, &registry), playbook::compile(&after, &registry));
            if let (Ok(old), Ok(new)) = (old, new) {
                review.changes = playbook::changes((&old, &before), (&new, &after));
            }
            review
        });
        let changes = Changes { base: source.number() - 1, ..told(&visit, &source, review.await?) };
        show(&visit, &source, Room::Revisions, changes, StatusCode::OK).await
    };
    visit.answer(work).await
}

/// `POST /handbook/draft/changes`: the draft becomes today's handbook.
pub async fn publish(State(app): State<App>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let source = Source::draft(visit).await?;
        let refused = |why| Refused { why, note: posted.field("note").to_owned() };
        // What somebody has not looked at is not published.
        let seen = [posted.field("base"), posted.field("version")].map(|number| number.parse::<i64>().ok());
        let [Some(base), Some(version)] = seen else {
            return Err(Error::invalid_field("version", "wrong-type", "is no version of a draft"));
        };
        if playbook::scenarios(&source.files).is_err() {
            return of_draft(
                visit,
                refused(Some(visit.texts.get("handbook-unsound"))),
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await;
        }
        let command = PublishHandbook {
            files: source.files.clone(),
            base: Some(base),
            note: posted.field("note").to_owned(),
            draft: Some(version),
        };
        match app.desk.handle(&visit.actor(), Command::PublishHandbook(command)).await {
            Ok(Outcome::Published(Published::Unsound(_))) => {
                let why = refused(Some(visit.texts.get("handbook-unsound")));
                of_draft(visit, why, StatusCode::UNPROCESSABLE_ENTITY).await
            }
            Ok(_) => Ok(see_other("/handbook/revisions")),
            Err(error) if error.kind == Kind::Conflict => {
                of_draft(visit, refused(Some(error.to_string())), StatusCode::CONFLICT).await
            }
            Err(error) if error.kind == Kind::Invalid => {
                of_draft(visit, refused(Some(error.to_string())), StatusCode::UNPROCESSABLE_ENTITY).await
            }
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}

async fn of_draft(visit: &Visit, refused: Refused, status: StatusCode) -> Result<Response> {
    let source = Source::draft(visit).await?;
    let mut conn = visit.read().await?;
    let standing = review::standing(&mut conn, visit.scope()?).await?;
    let crossed = match &source.draft {
        Some(draft) => review::crossed(&mut conn, &visit.app.desk.handbooks, draft).await?,
        None => None,
    };
    drop(conn);
    let (base, after) = (source.base.clone(), source.files.clone());
    let registry = desk::runs::actions::registry();
    let review = visit.app.rehearsals.aside(move || review::review(&base, &after, standing, &registry)).await?;
    let crossed = crossed.map(|crossed| Crossed {
        newest: crossed.newest,
        files: crossed.files.into_iter().map(difference).collect(),
        both: crossed.both,
    });
    let changes = Changes {
        is_draft: true,
        base: source.number(),
        version: source.draft.as_ref().map_or(0, |draft| draft.version),
        refused: refused.why,
        note: refused.note,
        crossed,
        ..told(visit, &source, review)
    };
    show(visit, &source, Room::Changes, changes, status).await
}

async fn show(visit: &Visit, source: &Source, room: Room, changes: Changes, status: StatusCode) -> Result<Response> {
    let words = Words::of(visit).await?;
    let view = ChangesPage {
        frame: visit.frame(Section::Tickets).await?,
        list: fill_views::around(visit, &words, "/handbook").await?,
        head: fill::head(visit, &words, source, room).await?,
        changes,
    };
    Ok(page(status, &view))
}

/// A review as it is shown.
fn told(visit: &Visit, source: &Source, review: Review) -> Changes {
    let count = |some: i64| usize::try_from(some).unwrap_or_default();
    let place = |change: &playbook::Change| {
        let place = change.after.as_ref().or(change.before.as_ref());
        place.map(|place| format!("{}:{}", place.file, place.line)).unwrap_or_default()
    };
    let stranded = |(row, now): (desk::runs::moving::Standing, Option<String>)| Stranded {
        state: format!("{}: {}", row.playbook, row.state),
        tickets: visit.texts.count("handbook-tickets", count(row.tickets)),
        now,
    };
    let found = fill::found(&review.findings, "", |path| source.file_href(path));
    Changes {
        words: review.changes.iter().take(WORDS_MAX).map(|change| (place(change), change.message.clone())).collect(),
        running: count(review.running),
        stranded: review.stranded.into_iter().map(stranded).collect(),
        files: review.files.into_iter().map(difference).collect(),
        errors: review.findings.iter().filter(|finding| finding.severity == Severity::Error).count(),
        findings: found,
        ..Changes::default()
    }
}

fn difference(of: Difference) -> FileDifference {
    let number = |number: Option<usize>| number.map(|number| number.to_string()).unwrap_or_default();
    let line = |line: lines::Line| Line {
        sign: match line.sign {
            Sign::Same => "same",
            Sign::Added => "added",
            Sign::Removed => "removed",
        },
        numbers: (number(line.before), number(line.after)),
        text: line.text,
    };
    FileDifference {
        key: match (of.was, of.is) {
            (false, _) => "handbook-file-new",
            (_, false) => "handbook-file-removed",
            _ => "handbook-file-changed",
        },
        path: of.path,
        added: of.added,
        removed: of.removed,
        hunks: of.hunks.into_iter().map(|hunk| hunk.into_iter().map(line).collect()).collect(),
        is_cut: of.is_cut,
    }
}
