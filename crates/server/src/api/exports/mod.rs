//! Lists of contacts and organizations as files for spreadsheets.

pub(super) mod contacts;
pub(super) mod organizations;

use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use desk::exports::sheet::Sheet;

/// The kinds of files.
#[derive(Clone, Copy, Default)]
pub(super) enum Format {
    #[default]
    Csv,
    Workbook,
}

impl std::str::FromStr for Format {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "csv" => Ok(Self::Csv),
            "xlsx" => Ok(Self::Workbook),
            _ => Err("is csv or xlsx".to_owned()),
        }
    }
}

impl Format {
    /// The file, under a name of ours.
    fn file(self, sheet: &Sheet, name: &str) -> desk::Result<Response> {
        let (bytes, kind, ending) = match self {
            Self::Csv => (sheet.to_csv()?, "text/csv; charset=utf-8", "csv"),
            Self::Workbook => {
                (sheet.to_workbook()?, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
            }
        };
        Ok(kept(bytes, kind, &format!("{name}.{ending}")))
    }
}

/// A file to be kept.
pub(super) fn kept(bytes: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}
