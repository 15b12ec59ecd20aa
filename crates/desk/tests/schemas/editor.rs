//! What an editor does with the schemas, and what the reader says of the same.

use std::collections::BTreeSet;

use boon::{Compiler, SchemaIndex, Schemas};
use desk::runs::actions::registry;
use playbook::{Files, Finding, Schema, Severity, compile, scenarios, schemas};
use serde_json::Value;

/// The schemas, ready to judge.
pub struct Editor {
    compiled: Schemas,
    kinds: Vec<(Schema, SchemaIndex)>,
}

impl Editor {
    /// Compiles every schema, which holds it against the meta-schema of its draft.
    pub fn new() -> Self {
        let (mut compiled, mut kinds) = (Schemas::new(), Vec::new());
        for schema in schemas(&registry()) {
            let mut compiler = Compiler::new();
            let url = format!("https://schemas.example/{}", schema.file_name());
            compiler.add_resource(&url, schema.value.clone()).unwrap();
            let index =
                compiler.compile(&url, &mut compiled).unwrap_or_else(|error| panic!("{}: {error:#}", schema.name));
            kinds.push((schema, index));
        }
        Self { compiled, kinds }
    }

    /// The schemas.
    pub fn schemas(&self) -> impl Iterator<Item = &Schema> {
        self.kinds.iter().map(|(schema, _)| schema)
    }

    /// The kind of the file at a path; none for what is no YAML.
    pub fn kind_of(&self, path: &str) -> Option<&'static str> {
        let fits = |files: &str| match files.split_once('*') {
            Some((before, after)) => path.starts_with(before) && path.ends_with(after),
            None => path == files,
        };
        self.schemas().find(|schema| fits(schema.files)).map(|schema| schema.name)
    }

    /// What the schema of that kind has against a document.
    pub fn objection(&self, kind: &str, document: &Value) -> Option<String> {
        let (_, index) = self.kinds.iter().find(|(schema, _)| schema.name == kind).unwrap();
        self.compiled.validate(document, *index).err().map(|error| format!("{error:#}"))
    }
}

/// Documents as the text of a file: JSON is YAML.
pub fn text_of(documents: &[Value]) -> String {
    documents.iter().map(Value::to_string).collect::<Vec<_>>().join("\n---\n") + "\n"
}

/// Every error that the reader finds in a handbook.
pub fn errors(files: &Files) -> Vec<Finding> {
    let mut findings = compile(files, &registry()).err().unwrap_or_default();
    findings.extend(scenarios(files).err().unwrap_or_default());
    findings.retain(|finding| finding.severity == Severity::Error);
    findings
}

/// What the reader says about one document of a kind, in a handbook that has nothing else.
pub fn said_of(kind: &str, document: &Value) -> BTreeSet<(&'static str, String)> {
    const DESK: &str = "language: 1\ndesk: Support\nzone: Europe/Lisbon\nteams: { support: Support }\n";
    let (path, _) = places().find(|(_, of)| *of == kind).unwrap();
    let mut files = Files::new();
    files.insert("desk.yaml", DESK);
    files.insert(path, text_of(std::slice::from_ref(document)));
    errors(&files).into_iter().map(|finding| (finding.code, finding.message)).collect()
}

fn places() -> impl Iterator<Item = (&'static str, &'static str)> {
    [
        ("desk.yaml", "desk"),
        ("calendars/x.yaml", "calendar"),
        ("forms/x.yaml", "form"),
        ("impacts/x.yaml", "impact"),
        ("lookups/x.yaml", "lookup"),
        ("playbooks/x.yaml", "playbook"),
        ("scenarios/x.yaml", "scenario"),
        ("segments/x.yaml", "segment"),
    ]
    .into_iter()
}
