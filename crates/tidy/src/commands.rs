//! Commands in the documents: what is marked to be run can be run.
//!
//! A fence of `sh` is looked at when the line before it is `<!-- run -->`.

use crate::{Complaint, Tree};

const MARK: &str = "<!-- run -->";
/// Programs of others that a document may call.
const OTHERS: [&str; 9] = ["cargo", "cd", "cp", "curl", "export", "git", "mkdir", "printf", "psql"];

/// Checks the marked commands of README.md, CONTRIBUTING.md and docs/.
pub fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (path, text) in tree.iter() {
        let document = matches!(path, "README.md" | "CONTRIBUTING.md") || path.starts_with("docs/");
        if document && path.ends_with(".md") {
            for (line, command) in marked(text) {
                if let Some(advice) = unknown(tree, command) {
                    complaints.push(Complaint::at(path, line, advice));
                }
            }
        }
    }
    complaints
}

/// The lines of marked fences, each with its number.
fn marked(text: &str) -> Vec<(usize, &str)> {
    let (mut found, mut mark, mut inside) = (Vec::new(), false, false);
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if inside {
            inside = !line.starts_with("```");
            if inside && !line.is_empty() && !line.starts_with('#') {
                found.push((index + 1, line));
            }
        } else if mark && line.starts_with("```sh") {
            (inside, mark) = (true, false);
        } else if !line.is_empty() {
            mark = line == MARK;
        }
    }
    found
}

fn unknown(tree: &Tree, command: &str) -> Option<String> {
    let mut words = command.split_whitespace().skip_while(|word| is_assignment(word));
    let program = words.next()?;
    let rest: Vec<&str> = words.collect();
    let name = program.rsplit('/').next().unwrap_or(program);
    match name {
        "make" => {
            let makefile = tree.get("Makefile").unwrap_or_default();
            let target = rest.iter().find(|word| !word.starts_with('-') && !is_assignment(word))?;
            (!is_target(makefile, target)).then(|| format!("`make {target}`: the Makefile has no such target"))
        }
        "deskhand" => unknown_subcommand(tree, &rest),
        "cargo" => {
            let ours = rest.iter().position(|word| *word == "--").filter(|_| rest.contains(&"deskhand"))?;
            unknown_subcommand(tree, &rest[ours + 1..])
        }
        _ if program.contains('/') => {
            let path = program.trim_start_matches("./");
            (!tree.has(path)).then(|| format!("`{program}` is not in this repository"))
        }
        _ => (!OTHERS.contains(&name))
            .then(|| format!("`{name}` is no program this check knows: add it to OTHERS if it is right")),
    }
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| !name.is_empty() && name.chars().all(crate::source::is_word))
}

fn is_target(makefile: &str, target: &str) -> bool {
    let heads = makefile.lines().filter(|line| !line.starts_with(['\t', ' ', '#', '.']));
    heads.filter_map(|line| line.split_once(':')).any(|(names, _)| names.split_whitespace().any(|name| name == target))
}

/// A subcommand is known when the binary's source has it as a text or, for a derived one, as a variant.
fn unknown_subcommand(tree: &Tree, words: &[&str]) -> Option<String> {
    let name = *words.first().filter(|word| !word.starts_with('-'))?;
    let variant: String = name
        .split('-')
        .filter_map(|part| Some(part.chars().next()?.to_uppercase().chain(part.chars().skip(1)).collect::<String>()))
        .collect();
    let known = tree.rust("crates/deskhand/src/").any(|(_, text)| {
        text.contains(&format!("\"{name}\"")) || text.split(|c| !crate::source::is_word(c)).any(|word| word == variant)
    });
    (!known).then(|| format!("`deskhand {name}`: crates/deskhand knows no such command"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(fence: &str) -> Vec<String> {
        let readme = format!("# It\n\n<!-- run -->\n\n```sh\n# a word\n{fence}\n```\n\n```sh\nmake nothing\n```\n");
        let tree = Tree::invented([
            ("README.md", readme.as_str()),
            ("Makefile", ".PHONY: run\nrun test: assets\n\tmake nonsense: x\n"),
            ("scripts/go", ""),
            ("crates/deskhand/src/main.rs", "enum Command { Serve, MailParse }"),
        ]);
        check(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn commands_that_exist_are_quiet() {
        for command in [
            "make test",
            "CI=true make -s run",
            "deskhand serve --demo",
            "target/debug/deskhand mail-parse x",
            "cargo run -p deskhand -- serve",
            "scripts/go",
            "git clone x",
        ] {
            assert!(complaints(command).is_empty(), "{command}: {:?}", complaints(command));
        }
    }

    #[test]
    fn commands_that_do_not_exist_are_found_with_their_line() {
        for command in ["make nothing", "deskhand fly", "cargo run -p deskhand -- fly", "scripts/gone", "frobnicate"] {
            let found = complaints(command);
            assert!(found.len() == 1 && found[0].starts_with("README.md:7: "), "{command}: {found:?}");
        }
    }
}
