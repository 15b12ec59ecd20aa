//! `GET /organizations.csv`, `/organizations.xlsx`, `/contacts.csv` and `/contacts.xlsx`: the lists as they are cut, as files.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::response::Response;
use desk::Result;
use desk::exports::{self, sheet::Sheet};

use super::index;
use crate::pages::contacts;
use crate::pages::download::download;
use crate::pages::visit::Visit;

type Asked = BTreeMap<String, String>;

/// The kinds of files.
#[derive(Clone, Copy)]
enum Form {
    Csv,
    Workbook,
}

/// Organizations as CSV.
pub async fn organizations_csv(visit: Visit, Query(query): Query<Asked>) -> Response {
    visit.answer(organizations(&visit, &query, Form::Csv)).await
}

/// Organizations as a workbook.
pub async fn organizations_workbook(visit: Visit, Query(query): Query<Asked>) -> Response {
    visit.answer(organizations(&visit, &query, Form::Workbook)).await
}

/// Contacts as CSV.
pub async fn contacts_csv(visit: Visit, Query(query): Query<Asked>) -> Response {
    visit.answer(people(&visit, &query, Form::Csv)).await
}

/// Contacts as a workbook.
pub async fn contacts_workbook(visit: Visit, Query(query): Query<Asked>) -> Response {
    visit.answer(people(&visit, &query, Form::Workbook)).await
}

async fn organizations(visit: &Visit, query: &Asked, form: Form) -> Result<Response> {
    let filter = index::filter(&visit.actor(), query)?;
    let mut conn = visit.read().await?;
    let handbook = visit.app.desk.handbooks.current(&mut conn).await?;
    let sheet = exports::organizations(&mut conn, &filter, &handbook.desk.attributes.organization).await?;
    file(&sheet, form, "organizations")
}

async fn people(visit: &Visit, query: &Asked, form: Form) -> Result<Response> {
    let (filter, _) = contacts::index::filter(visit, query).await?;
    let mut conn = visit.read().await?;
    let handbook = visit.app.desk.handbooks.current(&mut conn).await?;
    let sheet = exports::contacts(&mut conn, &filter, &handbook.desk.attributes.contact).await?;
    file(&sheet, form, "contacts")
}

fn file(sheet: &Sheet, form: Form, name: &str) -> Result<Response> {
    let (bytes, kind, ending) = match form {
        Form::Csv => (sheet.to_csv()?, "text/csv; charset=utf-8", "csv"),
        Form::Workbook => {
            (sheet.to_workbook()?, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
        }
    };
    Ok(download(bytes, kind, &format!("{name}.{ending}")))
}
