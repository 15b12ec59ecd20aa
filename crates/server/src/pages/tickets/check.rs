//! `POST /tickets/{id}/checklists/{checklist}/{item}`: an item is checked, or its mark taken back.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::error::Kind;
use desk::handle::{CheckItem, Command, UncheckItem};
use playbook::{Evidence, EvidenceKind};

use super::back;
use super::fill_checklists::Refused;
use super::fill_ticket::Again;
use super::show::read_id;
use crate::pages::posted::Posted;
use crate::state::App;

/// Checks, or with `undo` takes the mark back; what is wrong with the evidence comes back beside it.
pub async fn post(
    State(app): State<App>,
    Path((id, checklist, item)): Path<(String, String, String)>,
    posted: Posted,
) -> Response {
    let visit = &posted.visit;
    let work = async {
        let ticket = read_id(&id)?;
        let (list, name) = (checklist.clone(), item.clone());
        let command = if posted.field("undo").is_empty() {
            let evidence = evidence(&posted);
            Command::CheckItem(CheckItem { ticket, checklist: list, item: name, evidence, key: None })
        } else {
            Command::UncheckItem(UncheckItem { ticket, checklist: list, item: name, key: None })
        };
        match app.desk.handle(&visit.actor(), command).await {
            Ok(_) => Ok(back::to(&posted, &id)),
            Err(error) if error.kind == Kind::Invalid => {
                let refused = Refused { checklist, item, fields: posted.fields.clone(), error };
                let again = Again { check: Some(refused), ..Again::default() };
                back::again(&posted, &id, StatusCode::UNPROCESSABLE_ENTITY, &again).await
            }
            Err(error) if error.kind == Kind::Conflict => {
                back::again(&posted, &id, StatusCode::CONFLICT, &Again::default()).await
            }
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}

/// What was given: the first kind that holds something.
fn evidence(posted: &Posted) -> Option<Evidence> {
    EvidenceKind::ALL.into_iter().find_map(|kind| {
        let value = posted.field(kind.as_str());
        (!value.is_empty()).then(|| Evidence { kind, value: value.to_owned() })
    })
}
