//! The schemas for editors, held against the reader of this desk: whatever is sound they accept, what they refuse the
//! reader refuses too, and both know the same keys.
//!
//! `DESKHAND_WRITE_DOCS=1` writes docs/schema anew.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod editor;
mod mutations;
mod planted;
mod samples;

use std::path::Path;

use desk::handbook::tree;
use desk::runs::actions::registry;
use editor::Editor;
use playbook::{Files, schemas};

const GUIDE: &str = include_str!("../../../../docs/handbook/README.md");

/// The fences of the guide that are marked as files of its handbook, and the one of a look-up that needs a database.
fn guide() -> Files {
    let mut files = Files::new();
    for part in GUIDE.split("<!-- handbook: ").skip(1) {
        let (path, rest) = part.split_once(" -->").unwrap();
        let text = rest.split_once("```").unwrap().1.split_once('\n').unwrap().1;
        files.insert(path, text.split_once("\n```").unwrap().0.to_owned() + "\n");
    }
    let lookup = GUIDE.split("```text\n").find(|part| part.starts_with("language: 1\nlookup:")).unwrap();
    files.insert("lookups/requester-organization.yaml", lookup.split_once("```").unwrap().0);
    files
}

#[test]
fn every_file_of_the_default_handbook_and_of_the_guide_is_accepted() {
    let editor = Editor::new();
    for (handbook, fewest) in [(tree::built_in(), 12), (guide(), 10)] {
        let mut accepted = 0;
        for (path, text) in handbook.iter() {
            let Some(kind) = editor.kind_of(path) else { continue };
            for document in playbook::schema_documents(path, text).unwrap() {
                assert_eq!(editor.objection(kind, &document), None, "{path}");
            }
            accepted += 1;
        }
        assert!(accepted >= fewest, "{accepted} files were looked at");
    }
}

#[test]
fn the_page_about_editors_names_every_schema_with_its_files_for_each_editor() {
    const PAGE: &str = include_str!("../../../../docs/handbook/editors.md");
    for schema in schemas(&registry()) {
        let named = PAGE.lines().filter(|line| line.contains(&schema.file_name()) && line.contains(schema.files));
        assert_eq!(named.count(), if schema.name == "desk" { 4 } else { 3 }, "{}", schema.name);
    }
}

#[test]
fn the_schemas_of_the_documents_are_those_of_this_desk() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema");
    for schema in schemas(&registry()) {
        let file = folder.join(schema.file_name());
        if std::env::var_os("DESKHAND_WRITE_DOCS").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&file, schema.text()).unwrap();
        }
        let written = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(
            written == schema.text(),
            "docs/schema/{} is not what the language says: write it anew with DESKHAND_WRITE_DOCS=1",
            schema.file_name()
        );
    }
}
