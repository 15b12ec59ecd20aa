//! The pages of imports.

use askama::Template;

use crate::pages::field::FieldOption;
use crate::pages::frame::Frame;
use crate::pages::tickets::list::TicketList;
use crate::pages::when::When;

/// `GET /imports`: where a file is brought, and those that were.
#[derive(Debug, Clone, Template)]
#[template(path = "imports/imports_page.html")]
pub struct ImportsPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views that it stands among.
    pub list: TicketList,
    /// Whether files of organizations are brought, or of contacts.
    pub of_organizations: bool,
    /// The titles that columns are known by.
    pub titles: Vec<String>,
    /// The most rows of a file.
    pub rows_max: usize,
    /// What is wrong with the file.
    pub refused: Option<String>,
    /// The newest imports.
    pub earlier: Vec<ImportRow>,
}

/// An import in the list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// Its page.
    pub href: String,
    /// What the file was called.
    pub file: String,
    /// The text of how far it is.
    pub state: &'static str,
    /// Who brought it.
    pub by: String,
    /// When.
    pub at: When,
}

/// `GET /imports/{id}`: what becomes of each row of a file.
#[derive(Debug, Clone, Template)]
#[template(path = "imports/import_page.html")]
pub struct ImportPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views that it stands among.
    pub list: TicketList,
    /// Its page.
    pub href: String,
    /// Where the others are.
    pub back: String,
    /// What the file was called.
    pub file: String,
    /// The text of how far it is.
    pub state: &'static str,
    /// Who brought it, and when.
    pub by: String,
    /// When.
    pub at: When,
    /// The columns.
    pub columns: Vec<Column>,
    /// Whether they can be taken for something else.
    pub maps: bool,
    /// What is wrong with what they are taken for.
    pub wrong: Option<String>,
    /// The fates: the text of each, how many rows, where these are, whether they are shown.
    pub fates: Vec<FateTab>,
    /// What undoing came to: the text, and how many.
    pub undone: Vec<(&'static str, usize)>,
    /// The rows.
    pub rows: Vec<ImportedRow>,
    /// The next page of them.
    pub more: Option<String>,
    /// Whether it can be carried out, and of how many rows.
    pub carries: Option<usize>,
    /// Whether it can be undone.
    pub undoes: bool,
}

/// A column of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its title.
    pub title: String,
    /// What it is taken for; `None` where it is left out.
    pub taken: Option<String>,
    /// What it can be taken for.
    pub options: Vec<FieldOption>,
}

/// The rows of one fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FateTab {
    /// The text.
    pub key: &'static str,
    /// How many.
    pub count: usize,
    /// Where they are.
    pub href: String,
    /// Whether they are shown.
    pub current: bool,
}

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedRow {
    /// Its place in the file.
    pub place: String,
    /// The address or key.
    pub key: String,
    /// The page of whom it is about.
    pub href: Option<String>,
    /// The text of its fate.
    pub fate: &'static str,
    /// The suffix of its chip.
    pub chip: &'static str,
    /// What changes, or what is wrong: the field, and the words.
    pub why: Vec<(String, String)>,
    /// The text of what became of it when it was undone.
    pub undone: Option<&'static str>,
}
