//! The tables of docs/handbook/expressions.md are those that the language is checked by.
//!
//! `DESKHAND_WRITE_DOCS=1 cargo test -p playbook` writes them anew.

use std::path::Path;

use playbook::{expression_reference, filter_reference};

const END: &str = "<!-- end -->";

/// The page with its tables as they should be.
fn current(page: &str) -> String {
    let mut page = page.to_owned();
    for (mark, table) in [("<!-- functions -->\n", expression_reference()), ("<!-- filters -->\n", filter_reference())]
    {
        let (before, rest) = page.split_once(mark).unwrap_or_else(|| panic!("the mark {mark} is gone"));
        let (_, after) = rest.split_once(END).unwrap_or_else(|| panic!("the end after {mark} is gone"));
        page = format!("{before}{mark}\n{table}\n{END}{after}");
    }
    page
}

#[test]
fn the_tables_of_the_page_are_those_of_the_language() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/handbook/expressions.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let current = current(&page);
    if std::env::var_os("DESKHAND_WRITE_DOCS").is_some() {
        std::fs::write(&path, current).unwrap();
        return;
    }
    assert_eq!(page, current, "write the tables anew: DESKHAND_WRITE_DOCS=1 cargo test -p playbook");
}
