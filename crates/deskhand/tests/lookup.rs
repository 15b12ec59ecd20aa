//! `deskhand lookup try`: what it prints and how it ends.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

const LOOKUP: &str = "
language: 1
lookup: requester-organization
connection: customer-database
sql: |
  SELECT o.name AS organization, o.documents
    FROM people p JOIN organizations o ON o.id = p.organization_id
   WHERE lower(p.email) = lower(:email)
parameters: { email: text }
columns: { organization: text, documents: integer }
";

/// A folder with a database of customers and look-ups that ask it.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        let customers = rusqlite::Connection::open(folder.0.path().join("customers.db")).unwrap();
        customers
            .execute_batch(
                "CREATE TABLE organizations (id INTEGER PRIMARY KEY, name TEXT, documents INTEGER);
                 CREATE TABLE people (email TEXT, organization_id INTEGER);
                 INSERT INTO organizations VALUES (1, 'Acme', 2);
                 INSERT INTO people VALUES ('Maria@acme.example', 1), ('ana@acme.example', 1), ('ana@acme.example', 1)",
            )
            .unwrap();
        folder
    }

    fn url(&self) -> String {
        format!("sqlite://{}?mode=ro", self.0.path().join("customers.db").display())
    }

    /// Writes a look-up and asks it; gives the exit code, what was printed, and what was said.
    fn ask(&self, lookup: &str, url: Option<&str>, with: &[&str]) -> (i32, Value, String) {
        let file: PathBuf = self.0.path().join("requester-organization.yaml");
        std::fs::write(&file, lookup).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_deskhand"));
        command.args(["lookup", "try"]).arg(&file).env_remove("DESKHAND_CONNECTION_CUSTOMER_DATABASE");
        for pair in with {
            command.args(["--with", pair]);
        }
        if let Some(url) = url {
            command.env("DESKHAND_CONNECTION_CUSTOMER_DATABASE", url);
        }
        let output = command.output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        let printed = if printed.is_empty() { Value::Null } else { serde_json::from_str(&printed).unwrap() };
        (output.status.code().unwrap(), printed, String::from_utf8(output.stderr).unwrap())
    }
}

#[test]
fn an_answer_is_one_line_and_only_one_row_is_success() {
    let folder = Folder::new();
    let ask = |email| folder.ask(LOOKUP, Some(&folder.url()), &[email]);
    let found = json!({"answer": "found", "row": {"organization": "Acme", "documents": 2}});
    assert_eq!(ask("email=maria@acme.example"), (0, found, String::new()));
    assert_eq!(ask("email=bo@acme.example"), (1, json!({"answer": "missing"}), String::new()));
    assert_eq!(ask("email=ana@acme.example"), (1, json!({"answer": "ambiguous", "rows": 2}), String::new()));
    let broken = LOOKUP.replace("FROM people", "FROM persons");
    let (code, answer, _) = folder.ask(&broken, Some(&folder.url()), &["email=maria@acme.example"]);
    assert_eq!((code, &answer["answer"], &answer["again"]), (1, &json!("failed"), &json!(false)));
    assert!(answer["reason"].as_str().unwrap().contains("persons"), "{answer}");
}

#[test]
fn what_is_not_used_as_meant_exits_with_2_and_says_why() {
    let folder = Folder::new();
    let url = folder.url();
    let email = ["email=maria@acme.example"];
    for (lookup, url, with, words) in [
        (LOOKUP.to_owned(), None, &email[..], "DESKHAND_CONNECTION_CUSTOMER_DATABASE"),
        (LOOKUP.to_owned(), Some("oracle://desk:hunter2@db.example"), &email, "begins with postgres://"),
        (LOOKUP.to_owned(), Some(&*url), &[], "--with email="),
        (LOOKUP.to_owned(), Some(&*url), &["mail=x"], "no parameter \"mail\""),
        (LOOKUP.replace("lower(:email)", "lower(:mail)"), Some(&*url), &email, "`:mail` stands in the query"),
        (LOOKUP.replace("= lower(:email)", "LIKE :email"), Some(&*url), &email, "part of a pattern"),
        (LOOKUP.replace("documents: integer", "documents: number"), Some(&*url), &email, "there is no type `number`"),
        (LOOKUP.replace("sql:", "query:"), Some(&*url), &email, "a look-up has no key `query`"),
        (LOOKUP.replace("language: 1", "language: 2"), Some(&*url), &email, "language: 1"),
    ] {
        let (code, printed, said) = folder.ask(&lookup, url, with);
        assert_eq!((code, printed), (2, Value::Null), "{words}: {said}");
        assert!(said.contains(words) && !said.contains("hunter2"), "{words}: {said}");
    }
}
