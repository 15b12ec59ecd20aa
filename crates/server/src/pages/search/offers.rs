//! `GET /search/offers`: the operators that a box offers while somebody types.

use axum::http::StatusCode;
use axum::response::Response;

use super::view::{OffersPart, offers};
use crate::pages::frame::Section;
use crate::pages::visit::{Visit, page};

/// The list.
pub async fn get(visit: Visit) -> Response {
    let work = async {
        visit.scope()?;
        Ok(page(StatusCode::OK, &OffersPart { frame: visit.frame(Section::Search).await?, offers: offers() }))
    };
    visit.answer(work).await
}
