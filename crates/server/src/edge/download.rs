//! Files that are given to be kept.

use std::str::FromStr;

use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use desk::exports::sheet::Sheet;

/// A file to be kept, under a name of ours.
pub fn download(bytes: impl Into<Vec<u8>>, kind: &'static str, name: &str) -> Response {
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes.into()).into_response()
}

/// The kinds of files for spreadsheets.
#[derive(Clone, Copy, Default)]
pub enum Spreadsheet {
    /// Comma-separated values (RFC 4180).
    #[default]
    Csv,
    /// A workbook (ECMA-376).
    Workbook,
}

impl FromStr for Spreadsheet {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "csv" => Ok(Self::Csv),
            "xlsx" => Ok(Self::Workbook),
            _ => Err("is csv or xlsx".to_owned()),
        }
    }
}

impl Spreadsheet {
    /// The file, under a name of ours without its ending.
    pub fn file(self, sheet: &Sheet, name: &str) -> desk::Result<Response> {
        let (bytes, kind, ending) = match self {
            Self::Csv => (sheet.to_csv()?, "text/csv; charset=utf-8", "csv"),
            Self::Workbook => {
                (sheet.to_workbook()?, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
            }
        };
        Ok(download(bytes, kind, &format!("{name}.{ending}")))
    }
}
