//! A file read as a table: CSV in whatever encoding and with whatever separator, or a workbook of Excel's. Any bytes are read or refused,
//! within bounds of memory.

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use super::FILE_MAX;
use crate::exports::sheet::begins_formula;
use crate::{Error, Result};

/// The most rows of a table, without its titles.
pub const ROWS_MAX: usize = 5_000;
/// The most columns.
pub const COLUMNS_MAX: usize = 60;
/// The most characters of a cell.
pub const CELL_MAX: usize = 10_000;
/// The title of a column of addresses that has none.
const ADDRESS_TITLE: &str = "email";
/// The most sheets of a workbook that are looked at.
const SHEETS_MAX: usize = 20;
/// The most bytes that a workbook may unfold to.
const UNFOLDED_MAX: u64 = 64 * 1024 * 1024;

/// The titles of the columns, and the rows beneath them, each as long as the titles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The titles.
    pub headers: Vec<String>,
    /// The rows; empty ones are left out. Each with its place in the file: the row beneath the titles is 1, and a first row that names no
    /// column 0.
    pub rows: Vec<(i64, Vec<String>)>,
    /// Of a workbook with several sheets, the one that was read.
    pub sheet: Option<String>,
}

/// Reads a file.
///
/// # Errors
/// [`Kind::TooLarge`](crate::error::Kind::TooLarge) for a file beyond the bounds; a wrong field `file` for one that is no table.
pub fn read(bytes: &[u8]) -> Result<Table> {
    if bytes.len() > FILE_MAX {
        return Err(Error::too_large("file", FILE_MAX));
    }
    let table = if bytes.starts_with(b"PK") { workbook(bytes)? } else { separated(bytes)? };
    let table = table.with_titles();
    if table.headers.iter().all(String::is_empty) || table.rows.is_empty() {
        return Err(wrong("empty", "has no rows beneath its titles").advise("The first row names the columns."));
    }
    Ok(table)
}

impl Table {
    /// Titles of its own where the first row has none: a row with somebody's address in it is about them. The column of the address has a
    /// title then, the others have to be said.
    fn with_titles(mut self) -> Self {
        let is_address = |cell: &String| mail::address::is_plausible(cell);
        if self.headers.iter().any(is_address) {
            let titles = self.headers.iter().map(|cell| if is_address(cell) { ADDRESS_TITLE } else { "" }.to_owned());
            let titles = titles.collect();
            self.rows.insert(0, (0, std::mem::replace(&mut self.headers, titles)));
        }
        self
    }
}

fn wrong(code: &str, message: impl Into<String>) -> Error {
    Error::invalid_field("file", code, message)
}

/// The table that grows row by row.
#[derive(Default)]
struct Growing(Table);

impl Growing {
    fn take(&mut self, place: i64, cells: Vec<String>) -> Result<()> {
        let is_empty = cells.iter().all(|cell| cell.trim().is_empty());
        if self.0.headers.is_empty() {
            if !is_empty {
                self.0.headers = bounded(cells)?;
            }
            return Ok(());
        }
        if is_empty {
            return Ok(());
        }
        if self.0.rows.len() >= ROWS_MAX {
            return Err(wrong("too-many-rows", format!("has more than {ROWS_MAX} rows")).advise("Bring it in parts."));
        }
        let mut cells = bounded(cells)?;
        cells.resize(self.0.headers.len(), String::new());
        self.0.rows.push((place, cells));
        Ok(())
    }
}

fn bounded(cells: Vec<String>) -> Result<Vec<String>> {
    if cells.len() > COLUMNS_MAX {
        return Err(wrong("too-many-columns", format!("has more than {COLUMNS_MAX} columns")));
    }
    if cells.iter().any(|cell| cell.chars().count() > CELL_MAX) {
        return Err(wrong("long-cell", format!("has a cell of more than {CELL_MAX} characters")));
    }
    // What an export put before a cell so that no spreadsheet takes it for a formula goes again.
    let undefused = |cell: &str| match cell.strip_prefix('\'') {
        Some(rest) if begins_formula(rest) => rest.to_owned(),
        _ => cell.to_owned(),
    };
    let clean = |cell: String| undefused(cell.trim()).chars().filter(|c| !c.is_control() || *c == '\n').collect();
    Ok(cells.into_iter().map(clean).collect())
}

fn separated(bytes: &[u8]) -> Result<Table> {
    let text = decoded(bytes);
    if text.contains('\0') {
        return Err(wrong("no-table", "is neither CSV nor a workbook").advise("Save it as CSV or as .xlsx."));
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&text))
        .from_reader(text.as_bytes());
    let mut growing = Growing::default();
    let mut record = csv::StringRecord::new();
    let mut place = 0;
    while reader.read_record(&mut record).map_err(|error| wrong("no-table", format!("cannot be read: {error}")))? {
        growing.take(place, record.iter().map(str::to_owned).collect())?;
        place += i64::from(!growing.0.headers.is_empty());
    }
    Ok(growing.0)
}

/// UTF-8 or UTF-16 as a mark at the beginning says, UTF-8 where it is that, else Windows-1252 as older spreadsheets write it.
fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// The separator that the first line has the most of, outside quotes.
fn separator(text: &str) -> u8 {
    let (mut counts, mut quoted) = ([0_usize; 3], false);
    for c in text.trim_start().chars() {
        match c {
            '"' => quoted = !quoted,
            '\n' | '\r' if !quoted => break,
            ',' if !quoted => counts[0] += 1,
            ';' if !quoted => counts[1] += 1,
            '\t' if !quoted => counts[2] += 1,
            _ => {}
        }
    }
    match counts {
        [comma, semicolon, tab] if semicolon > comma && semicolon >= tab => b';',
        [comma, _, tab] if tab > comma => b'\t',
        _ => b',',
    }
}

fn no_workbook(_: XlsxError) -> Error {
    wrong("no-table", "cannot be read as a workbook").advise("Save it as CSV or as .xlsx.")
}

/// The sheet with the most rows, the first of several: before it often stands one that says what the file is.
fn workbook(bytes: &[u8]) -> Result<Table> {
    unfolds_within_bounds(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(no_workbook)?;
    let names = book.sheet_names();
    let mut largest: Option<Table> = None;
    for name in names.iter().take(SHEETS_MAX) {
        let table = Table { sheet: (names.len() > 1).then(|| name.clone()), ..sheet(&mut book, name)? };
        if largest.as_ref().is_none_or(|known| table.rows.len() > known.rows.len()) {
            largest = Some(table);
        }
    }
    largest.ok_or_else(|| wrong("empty", "has no sheet"))
}

/// One sheet, cell by cell: what it says of its own size is not believed.
fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Table> {
    let mut cells = book.worksheet_cells_reader(name).map_err(no_workbook)?;
    let mut growing = Growing::default();
    let (mut row, mut line): (u32, Vec<String>) = (0, Vec::new());
    let mut first = None;
    while let Some(cell) = cells.next_cell().map_err(no_workbook)? {
        let (at, column) = cell.get_position();
        let value = written(cell.get_value());
        if value.is_empty() {
            continue;
        }
        if at != row && !line.is_empty() {
            let begins = *first.get_or_insert(row);
            growing.take(i64::from(row) - i64::from(begins), std::mem::take(&mut line))?;
        }
        row = at;
        let column = column as usize;
        if column >= COLUMNS_MAX {
            return Err(wrong("too-many-columns", format!("has more than {COLUMNS_MAX} columns")));
        }
        if line.len() <= column {
            line.resize(column + 1, String::new());
        }
        line[column] = value;
    }
    if !line.is_empty() {
        growing.take(i64::from(row) - i64::from(first.unwrap_or(row)), line)?;
    }
    Ok(growing.0)
}

/// What a workbook unfolds to is counted before anything keeps it in memory.
fn unfolds_within_bounds(bytes: &[u8]) -> Result<()> {
    let broken = |_| wrong("no-table", "cannot be read as a workbook").advise("Save it as CSV or as .xlsx.");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut left = UNFOLDED_MAX;
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(broken)?;
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink());
        let read = read.map_err(|_| wrong("no-table", "cannot be read as a workbook"))?;
        left = left
            .checked_sub(read)
            .ok_or_else(|| wrong("too-large", "unfolds to too much").advise("Bring it in parts, or as CSV."))?;
    }
    Ok(())
}

/// A cell as text: what a formula came to, never the formula.
fn written(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(at) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.trim().to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(bytes: &[u8]) -> Table {
        read(bytes).unwrap()
    }

    fn code(bytes: &[u8]) -> String {
        read(bytes).unwrap_err().fields[0].code.clone()
    }

    #[test]
    fn every_encoding_and_separator_gives_the_same_table() {
        let expected = Table {
            headers: vec!["Email".to_owned(), "Name".to_owned()],
            rows: vec![(1, vec!["ines@acme.example".to_owned(), "Inês; \"o novo\"".to_owned()])],
            sheet: None,
        };
        let text = "Email;Name\r\nines@acme.example;\"Inês; \"\"o novo\"\"\"\r\n\r\n";
        assert_eq!(of(text.as_bytes()), expected);
        assert_eq!(of(format!("\u{feff}{text}").as_bytes()), expected);
        assert_eq!(of(&encoding_rs::WINDOWS_1252.encode(text).0), expected);
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(of(&wide), expected);
        let other = "Email,Name\nines@acme.example,\"Inês; \"\"o novo\"\"\"\n";
        assert_eq!(of(other.as_bytes()), expected);
        assert_eq!(of(other.replace(',', "\t").as_bytes()), expected);
    }

    #[test]
    fn a_workbook_is_read_as_its_cells_are_and_formulas_are_what_they_came_to() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (column, title) in ["Key", "Documents", "Name"].into_iter().enumerate() {
            sheet.write(0, column as u16, title).unwrap();
        }
        sheet.write(1, 0, "acme").unwrap().write(1, 1, 3).unwrap();
        sheet.write_formula(1, 2, rust_xlsxwriter::Formula::new("=1+1").set_result("2")).unwrap();
        sheet.write(3, 0, "borealis").unwrap();
        let table = of(&book.save_to_buffer().unwrap());
        assert_eq!(table.headers, ["Key", "Documents", "Name"]);
        let cells = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        assert_eq!(table.rows, [(1, cells(["acme", "3", "2"])), (3, cells(["borealis", "", ""]))]);
    }

    #[test]
    fn of_several_sheets_the_one_with_the_most_rows_is_read_and_named() {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().set_name("Cover").unwrap().write(0, 0, "Our clients").unwrap();
        let sheet = book.add_worksheet().set_name("Clients").unwrap();
        sheet.write(0, 0, "Key").unwrap().write(1, 0, "acme").unwrap().write(2, 0, "borealis").unwrap();
        let table = of(&book.save_to_buffer().unwrap());
        assert_eq!(
            (table.sheet.as_deref(), table.headers, table.rows.len()),
            (Some("Clients"), vec!["Key".to_owned()], 2)
        );
    }

    #[test]
    fn a_first_row_about_somebody_names_no_columns_and_is_not_lost() {
        let table = of(b"Ines,ines@acme.example\nBo,bo@acme.example\n");
        assert_eq!(table.headers, ["", "email"]);
        assert_eq!(table.rows[0], (0, vec!["Ines".to_owned(), "ines@acme.example".to_owned()]));
        assert_eq!(table.rows.len(), 2);
        assert_eq!(of(b"ines@acme.example").rows.len(), 1, "one alone");
    }

    #[test]
    fn what_is_beyond_the_bounds_is_refused_and_says_what_to_do() {
        assert_eq!(code(b""), "empty");
        assert_eq!(code(b"Email\n"), "empty");
        assert_eq!(code(b"PK\x03\x04 no workbook"), "no-table");
        assert_eq!(code(b"\x89PNG\0\0"), "no-table");
        assert_eq!(code(("Email\n".to_owned() + &"a@b.example\n".repeat(ROWS_MAX + 1)).as_bytes()), "too-many-rows");
        assert_eq!(code(("a,".repeat(COLUMNS_MAX + 1) + "\nb\n").as_bytes()), "too-many-columns");
        assert_eq!(code(format!("Email\n{}\n", "x".repeat(CELL_MAX + 1)).as_bytes()), "long-cell");
        assert_eq!(read(&vec![b'x'; FILE_MAX + 1]).unwrap_err().code, "too-large");
    }

    #[test]
    fn a_sheet_that_says_it_is_huge_takes_no_room() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "Key").unwrap().write(1_048_575, 0, "last").unwrap();
        assert_eq!(of(&book.save_to_buffer().unwrap()).rows, [(1_048_575, vec!["last".to_owned()])]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = read(&bytes);
            let _ = read(&[b"PK".as_slice(), &bytes].concat());
        }
    }
}
