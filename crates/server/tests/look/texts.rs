//! The catalogues: the same keys in every language, each of them used, and no words anywhere else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder` that ends in `.end`: its path, its text.
fn files(folder: &str, end: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == end) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty(), "no .{end} in {folder}");
    found
}

/// The keys of each language.
fn keys() -> BTreeMap<PathBuf, BTreeSet<String>> {
    let key = |line: &str| line.split_once(" =").map(|(key, _)| key.to_owned());
    let own = |text: &str| {
        let lines = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        lines.filter_map(key).collect()
    };
    files("texts", "ftl").into_iter().map(|(path, text)| (path, own(&text))).collect()
}

#[test]
fn every_language_has_the_same_keys() {
    let languages = keys();
    let all: BTreeSet<_> = languages.values().flatten().collect();
    for (path, own) in &languages {
        let missing: Vec<_> = all.iter().filter(|key| !own.contains(**key)).collect();
        assert!(missing.is_empty(), "{}: missing {missing:?}", path.display());
    }
}

#[test]
fn every_text_is_used_and_every_text_used_is_there() {
    let keys: BTreeSet<_> = keys().into_values().flatten().collect();
    let mut sources = files("templates", "html");
    sources.extend(files("src", "rs"));
    let quoted: BTreeSet<&str> = sources.iter().flat_map(|(_, text)| text.split('"')).collect();
    let unused: Vec<_> = keys.iter().filter(|key| !quoted.contains(key.as_str())).collect();
    assert!(unused.is_empty(), "no template and no view uses {unused:?}");
    for (path, text) in &sources {
        for call in ["frame.t(\"", "t_count(\"", "t_with(\"", "t_with2(\"", "other.get(\""] {
            for after in text.split(call).skip(1) {
                let key = after.split('"').next().unwrap();
                assert!(keys.contains(key), "{} uses {key:?}, which no catalogue has", path.display());
            }
        }
    }
}

#[test]
fn every_text_has_the_same_placeholders_in_every_language() {
    let placeholders = |text: &str| -> BTreeMap<String, BTreeSet<String>> {
        let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut key = String::new();
        for line in text.lines() {
            if let Some((start, _)) =
                line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
            {
                start.clone_into(&mut key);
            }
            let names = line.split('$').skip(1).map(|rest| rest.chars().take_while(|c| c.is_alphanumeric()).collect());
            all.entry(key.clone()).or_default().extend(names);
        }
        all
    };
    let languages: Vec<_> = files("texts", "ftl").iter().map(|(_, text)| placeholders(text)).collect();
    for language in &languages[1..] {
        for (key, names) in &languages[0] {
            assert_eq!(Some(names), language.get(key), "{key}");
        }
    }
}

/// A template with everything of askama's taken out, so that only what is written into the page remains.
fn without_code(template: &str) -> String {
    let class = "{% block body_class %}is-column{% endblock %}";
    let template = template.replace(class, "").replace(&class.replace("column", "shell"), "");
    let mut rest = template.as_str();
    let mut markup = String::new();
    while let Some(start) = rest.find('{') {
        let end = match rest.as_bytes().get(start + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                markup.push_str(&rest[..=start]);
                rest = &rest[start + 1..];
                continue;
            }
        };
        markup.push_str(&rest[..start]);
        rest = rest[start..].split_once(end).map_or("", |(_, after)| after);
    }
    markup + rest
}

#[test]
fn templates_hold_no_words_of_their_own() {
    let keyboard = ["Ctrl"];
    let spoken = ["aria-label", "title", "placeholder", "alt"];
    for (path, template) in files("templates", "html") {
        let text = without_code(&template);
        for piece in text.split('<') {
            let (tag, words) = piece.split_once('>').unwrap_or(("", piece));
            let words = words.trim();
            let own = words.chars().any(char::is_alphabetic) && !keyboard.contains(&words);
            let attribute_file = !template.contains('<');
            assert!(!own || attribute_file, "{}: {words:?} belongs in the catalogue", path.display());
            for key in spoken {
                let value = tag.split(&format!(" {key}=\"")).nth(1).and_then(|rest| rest.split('"').next());
                let written = value.is_some_and(|value| value.chars().any(char::is_alphabetic));
                assert!(!written, "{}: {key}={value:?} belongs in the catalogue", path.display());
            }
        }
    }
}
