//! `GET /organizations.csv`, `/organizations.xlsx`, `/contacts.csv` and `/contacts.xlsx`: the lists as they are cut, as files.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::response::Response;
use desk::Result;
use desk::exports;

use super::index;
use crate::edge::download::Spreadsheet;
use crate::pages::contacts;
use crate::pages::visit::Visit;

type Asked = BTreeMap<String, String>;

/// Organizations as CSV.
pub async fn organizations_csv(visit: Visit, Query(query): Query<Asked>) -> Response {
    visit.answer(organizations(&visit, &query, Spreadsheet::Csv)).await
}

/// Organizations as a workbook.
pub async fn organizations_workbook(visit: Visit, Query(query): Query<Asked>) -> Response {
    visit.answer(organizations(&visit, &query, Spreadsheet::Workbook)).await
}

/// Contacts as CSV.
pub async fn contacts_csv(visit: Visit, Query(query): Query<Asked>) -> Response {
    visit.answer(people(&visit, &query, Spreadsheet::Csv)).await
}

/// Contacts as a workbook.
pub async fn contacts_workbook(visit: Visit, Query(query): Query<Asked>) -> Response {
    visit.answer(people(&visit, &query, Spreadsheet::Workbook)).await
}

async fn organizations(visit: &Visit, query: &Asked, form: Spreadsheet) -> Result<Response> {
    let filter = index::filter(&visit.actor(), query)?;
    let mut conn = visit.read().await?;
    let handbook = visit.app.desk.handbooks.current(&mut conn).await?;
    let sheet = exports::organizations(&mut conn, &filter, &handbook.desk.attributes.organization).await?;
    form.file(&sheet, "organizations")
}

async fn people(visit: &Visit, query: &Asked, form: Spreadsheet) -> Result<Response> {
    let (filter, _) = contacts::index::filter(visit, query).await?;
    let mut conn = visit.read().await?;
    let handbook = visit.app.desk.handbooks.current(&mut conn).await?;
    let sheet = exports::contacts(&mut conn, &filter, &handbook.desk.attributes.contact).await?;
    form.file(&sheet, "contacts")
}
