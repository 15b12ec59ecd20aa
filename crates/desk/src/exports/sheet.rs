//! A table as a file: CSV that no spreadsheet takes for formulas, or a workbook of Excel's.

use std::borrow::Cow;

use rust_xlsxwriter::{Format, Workbook};

use crate::{Error, Result};

/// Titles, and rows beneath them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    titles: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    /// A table without rows.
    pub fn titled<'a>(
        own: impl IntoIterator<Item = &'a str>,
        attributes: impl IntoIterator<Item = &'a String>,
    ) -> Self {
        let titles = own.into_iter().map(str::to_owned).chain(attributes.into_iter().cloned()).collect();
        Self { titles, rows: Vec::new() }
    }

    /// Adds a row.
    pub fn add(&mut self, own: impl IntoIterator<Item = Option<String>>, attributes: Vec<Option<String>>) {
        self.rows.push(own.into_iter().chain(attributes).map(Option::unwrap_or_default).collect());
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// As CSV (RFC 4180) in UTF-8, with the mark by which spreadsheets know that.
    ///
    /// # Errors
    /// None that anybody could bring about.
    pub fn to_csv(&self) -> Result<Vec<u8>> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        for row in std::iter::once(&self.titles).chain(&self.rows) {
            let written = writer.write_record(row.iter().map(|cell| defused(cell).into_owned()));
            written.map_err(|error| unwritten(&error))?;
        }
        let bytes = writer.into_inner().map_err(|error| unwritten(error.error()))?;
        Ok([b"\xef\xbb\xbf".as_slice(), &bytes].concat())
    }

    /// As a workbook, in which every cell is a text.
    ///
    /// # Errors
    /// When a cell holds more than a workbook takes.
    pub fn to_workbook(&self) -> Result<Vec<u8>> {
        let mut book = Workbook::new();
        let bold = Format::new().set_bold();
        let sheet = book.add_worksheet();
        for (column, title) in (0..).zip(&self.titles) {
            sheet.write_string_with_format(0, column, title, &bold).map_err(|error| unwritten(&error))?;
        }
        for (line, row) in (1..).zip(&self.rows) {
            for (column, cell) in (0..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(line, column, cell).map_err(|error| unwritten(&error))?;
            }
        }
        sheet.set_freeze_panes(1, 0).map_err(|error| unwritten(&error))?;
        book.save_to_buffer().map_err(|error| unwritten(&error))
    }
}

fn unwritten(error: &dyn std::error::Error) -> Error {
    Error::internal(format!("a file could not be written: {error}"))
}

/// A cell that a spreadsheet would take for a formula, behind an apostrophe; what it shows is the same.
fn defused(cell: &str) -> Cow<'_, str> {
    match begins_formula(cell) {
        true => Cow::Owned(format!("'{cell}")),
        false => Cow::Borrowed(cell),
    }
}

/// Whether a spreadsheet would take a text for a formula. A plain number is none.
pub fn begins_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) && text.parse::<f64>().is_err()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::table;

    const ROW: [&str; 5] =
        ["=HYPERLINK(\"http://x.example\")", "-3", "+351 210", "@me", "a \"quoted\", cell\nof two lines"];

    fn sheet() -> Sheet {
        let mut sheet = Sheet::titled(["a", "b", "c", "d", "e"], &[]);
        sheet.add(ROW.map(|cell| Some(cell.to_owned())), Vec::new());
        sheet
    }

    #[test]
    fn what_a_spreadsheet_would_take_for_a_formula_is_defused_and_a_number_stays_one() {
        let csv = String::from_utf8(sheet().to_csv().unwrap()).unwrap();
        assert!(csv.starts_with("\u{feff}a,b,c,d,e\r\n\"'=HYPERLINK("), "{csv}");
        assert!(csv.contains(",-3,'+351 210,'@me,"), "{csv}");
    }

    #[test]
    fn an_import_reads_what_an_export_wrote() {
        let expected = ROW.map(str::to_owned).to_vec();
        for bytes in [sheet().to_csv().unwrap(), sheet().to_workbook().unwrap()] {
            let table = table::read(&bytes).unwrap();
            assert_eq!(table.headers, ["a", "b", "c", "d", "e"]);
            assert_eq!(table.rows, [(1, expected.clone())]);
        }
    }
}
