//! What the editor posts: a text is kept, files come and go, a draft goes on from another revision or is thrown away.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use desk::editing::Edit;
use desk::error::Kind;
use desk::handle::{Command, EditHandbook};
use desk::{Error, Result};

use super::draft::{self, Refused};
use super::source::Source;
use crate::edge::status_of;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::state::App;

/// What a new file begins with.
const BEGINNING: &str = "language: 1\n";

/// `POST /handbook/draft`: keeps a text and shows the file again.
pub async fn post(State(app): State<App>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let Err(error) = edit(&app, &posted, keep(&posted)).await else {
            return Ok(see_other(&Source::draft(visit).await?.file_href(posted.field("file"))));
        };
        again(&posted, error).await
    };
    visit.answer(work).await
}

/// `POST /handbook/draft/check`: keeps a text while somebody writes, and says what is to be said of it.
pub async fn check(State(app): State<App>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let kept = edit(&app, &posted, keep(&posted)).await;
        let (status, why) = match kept {
            Ok(_) => (StatusCode::OK, None),
            Err(error) if is_about_the_text(&error) => (status_of(error.kind), Some(error.to_string())),
            Err(error) => return Err(error),
        };
        draft::part(visit, &Source::draft(visit).await?, posted.field("file"), why, status).await
    };
    visit.answer(work).await
}

/// `POST /handbook/draft/files`: a new file.
pub async fn add(State(app): State<App>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let path = posted.field("path").to_owned();
        let text = if path.ends_with(".yaml") { BEGINNING.to_owned() } else { String::new() };
        match edit(&app, &posted, Edit::Add { path: path.clone(), text }).await {
            Ok(_) => Ok(see_other(&Source::draft(visit).await?.file_href(&path))),
            Err(error) if error.kind == Kind::Invalid => {
                let source = Source::draft(visit).await?;
                let shown = source.chosen(&posted.fields)?;
                let why = error.fields.first().map_or_else(|| error.to_string(), |field| field.message.clone());
                let refused = Refused { path: Some((path, why)), ..Refused::default() };
                draft::editor(visit, &source, shown, refused, StatusCode::UNPROCESSABLE_ENTITY).await
            }
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}

/// `POST /handbook/draft/removal`: a file is taken out.
pub async fn remove(State(app): State<App>, posted: Posted) -> Response {
    let path = posted.field("file").to_owned();
    posted.visit.answer(done(&app, &posted, Edit::Remove(path))).await
}

/// `POST /handbook/draft/restoring`: a file is as it was published again.
pub async fn restore(State(app): State<App>, posted: Posted) -> Response {
    let path = posted.field("file").to_owned();
    posted.visit.answer(done(&app, &posted, Edit::Restore(path))).await
}

/// `POST /handbook/draft/discarding`: the draft is thrown away.
pub async fn discard(State(app): State<App>, posted: Posted) -> Response {
    let work = async {
        edit(&app, &posted, Edit::Discard).await?;
        Ok(see_other("/handbook"))
    };
    posted.visit.answer(work).await
}

/// `POST /handbook/draft/base`: the draft goes on from the newest revision.
pub async fn rebase(State(app): State<App>, posted: Posted) -> Response {
    let work = async {
        let onto = number(&posted, "onto")?;
        let theirs = posted.values("theirs").map(str::to_owned).collect();
        edit(&app, &posted, Edit::Rebase { onto, theirs }).await?;
        Ok(see_other("/handbook/draft/changes"))
    };
    posted.visit.answer(work).await
}

/// `POST /handbook/draft/again`: a draft in which everything is as it was in an older revision.
pub async fn begin_again(State(app): State<App>, posted: Posted) -> Response {
    let work = async {
        let revision = number(&posted, "revision")?;
        edit(&app, &posted, Edit::Again(revision)).await?;
        Ok(see_other("/handbook/draft/changes"))
    };
    posted.visit.answer(work).await
}

/// Does it, and shows the file again where there still is one.
async fn done(app: &App, posted: &Posted, deed: Edit) -> Result<Response> {
    edit(app, posted, deed).await?;
    let source = Source::draft(&posted.visit).await?;
    let path = posted.field("file");
    let is_there = source.files.get(path).or_else(|| source.base.get(path)).is_some();
    Ok(see_other(&if is_there { source.file_href(path) } else { "/handbook/draft".to_owned() }))
}

/// The editor with what was written, and why it was not kept.
async fn again(posted: &Posted, error: Error) -> Result<Response> {
    if !is_about_the_text(&error) {
        return Err(error);
    }
    let source = Source::draft(&posted.visit).await?;
    let path = source.chosen(&posted.fields)?;
    let refused = Refused { text: Some(text(posted)), why: Some(error.to_string()), path: None };
    draft::editor(&posted.visit, &source, path, refused, status_of(error.kind)).await
}

fn is_about_the_text(error: &Error) -> bool {
    matches!(error.kind, Kind::Conflict | Kind::TooLarge | Kind::Invalid)
}

async fn edit(app: &App, posted: &Posted, deed: Edit) -> Result<()> {
    let base = number(posted, "base")?;
    let command = Command::EditHandbook(EditHandbook { base, edit: deed });
    app.desk.handle(&posted.visit.actor(), command).await.map(drop)
}

fn keep(posted: &Posted) -> Edit {
    Edit::Keep { path: posted.field("file").to_owned(), text: text(posted), was: posted.field("was").to_owned() }
}

/// The text as it was written, with the line ends that files have.
fn text(posted: &Posted) -> String {
    posted.fields.get("text").map(|text| text.replace("\r\n", "\n")).unwrap_or_default()
}

fn number(posted: &Posted, name: &str) -> Result<i64> {
    posted.field(name).parse().map_err(|_| Error::invalid_field(name, "wrong-type", "is no number of a revision"))
}
