//! Who gets replies in copy: shown above the words, put there and taken away.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::error::Kind;
use desk::handle::Command;
use desk::handle::work::{Copy, Work};
use desk::runs::view::TicketView;
use desk::tickets::participants::COPIES_MAX;
use desk::{Error, Result};
use mail::Address;

use super::back;
use super::fill_ticket::Again;
use super::show::read_id;
use crate::pages::posted::Posted;
use crate::state::App;

/// Those in copy, and the form for more of them.
#[derive(Clone, Debug, Default)]
pub struct Copies {
    /// Those who are.
    pub people: Vec<Copied>,
    /// What was entered and could not be read.
    pub entered: String,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// Somebody in copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Their name, or else their address.
    pub label: String,
    /// Their address.
    pub address: String,
}

/// What was entered, and why it was not taken.
#[derive(Clone, Debug)]
pub struct Refused {
    entered: String,
    error: String,
}

impl Copies {
    /// Those of a ticket, and what came back.
    pub fn of(view: &TicketView, refused: Option<&Refused>) -> Self {
        let copied = |who: &Address| Copied { label: who.label().to_owned(), address: who.address.clone() };
        Self {
            people: view.copies.iter().map(copied).collect(),
            entered: refused.map(|refused| refused.entered.clone()).unwrap_or_default(),
            error: refused.map(|refused| refused.error.clone()),
        }
    }
}

/// Puts those in copy whose addresses were entered, or takes somebody out.
pub async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let work = async {
        let ticket = read_id(&id)?;
        let out = posted.field("out");
        let (whom, in_copy) = match out.is_empty() {
            false => (vec![Address::bare(out)], false),
            true => (addresses(posted.field("address")), true),
        };
        if whom.is_empty() {
            return again(&posted, &id, Error::invalid_field("address", "address", "write a mail address")).await;
        }
        for who in whom {
            let copy = Copy { ticket, who, in_copy };
            if let Err(error) = app.desk.handle(&posted.visit.actor(), Command::Work(Work::Copy(copy))).await {
                return again(&posted, &id, error).await;
            }
        }
        Ok(back::to(&posted, &id))
    };
    posted.visit.answer(work).await
}

/// The addresses in what was entered: as mail programs write them, with commas, semicolons or lines between them.
fn addresses(entered: &str) -> Vec<Address> {
    let written = entered.split([',', ';', '\n']).map(str::trim).filter(|written| !written.is_empty());
    let address = |written: &str| match written.strip_suffix('>').and_then(|written| written.rsplit_once('<')) {
        Some((name, address)) => Address::new(Some(name.trim().trim_matches('"')), address),
        None => Address::bare(written),
    };
    written.map(address).take(COPIES_MAX).collect()
}

/// The ticket's page with what was wrong.
async fn again(posted: &Posted, id: &str, error: Error) -> Result<Response> {
    let code = error.fields.first().map_or(error.code, |field| field.code.as_str());
    let key = match (error.kind, code) {
        (Kind::Invalid, "address") => "copies-no-address",
        (Kind::Conflict, "copies") => "copies-full",
        _ => return Err(error),
    };
    let most = COPIES_MAX.to_string();
    let refused = Refused {
        entered: posted.field("address").to_owned(),
        error: posted.visit.texts.with(key, &[("most", &most)]),
    };
    let status = if error.kind == Kind::Conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    back::again(posted, id, status, &Again { copies: Some(refused), ..Again::default() }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_mail_programs_write_them() {
        let read = addresses("rita@acme.example; \"Otto, \" <x>, Otto Lima <otto@acme.example>,\n  ");
        let shown: Vec<String> = read.iter().map(ToString::to_string).collect();
        assert_eq!(shown[0], "rita@acme.example");
        assert_eq!(shown.last().unwrap(), "Otto Lima <otto@acme.example>");
        assert!(addresses(" ,; \n").is_empty());
    }
}
