//! Every page, with every sample, in every language: well formed, escaped, labelled, and fit for the strict
//! content security policy.

use std::collections::BTreeSet;

use server::assets::Addresses;
use server::pages::frame::Theme;
use server::pages::specimens::{self, Specimen};
use server::texts::Texts;

use crate::markup::{self, Tag, Token};

fn specimens() -> Vec<(String, String)> {
    let languages = Texts::languages().map(Texts::tag);
    let named = |language: &'static str| {
        specimens::all(language, &Addresses::plain(), Theme::System)
            .into_iter()
            .map(move |Specimen { page, sample, html, .. }| (format!("{page} ({sample}, {language})"), html.unwrap()))
    };
    languages.flat_map(named).collect()
}

fn tags(html: &str) -> Vec<Tag> {
    let tokens = markup::read(html).unwrap().into_iter();
    tokens
        .filter_map(|token| match token {
            Token::Open(tag) => Some(tag),
            _ => None,
        })
        .collect()
}

#[test]
fn every_page_is_well_formed() {
    for (name, html) in specimens() {
        if let Err(mistake) = markup::read(&html) {
            panic!("{name}: {mistake}");
        }
    }
}

#[test]
fn nothing_that_people_write_becomes_markup() {
    let mut written = 0;
    for (name, html) in specimens() {
        assert!(!html.contains("<script>"), "{name} lets a script through");
        assert!(!html.contains("<img"), "{name} lets an image through");
        assert!(!html.contains("</textarea><"), "{name} lets a text field be left early");
        written += html.matches("alert(1)").count();
    }
    assert!(written > 100, "the samples hold no attack any more: {written}");
}

#[test]
fn nothing_stands_inline_that_the_policy_forbids() {
    for (name, html) in specimens() {
        for tag in tags(&html) {
            assert_ne!(tag.name, "style", "{name}");
            assert!(tag.name != "script" || tag.get("src").is_some(), "{name} has an inline script");
            for (key, value) in &tag.attributes {
                assert!(!key.starts_with("on") && key != "style", "{name}: {key} on <{}>", tag.name);
                assert!(!key.starts_with("hx-on") && key != "srcdoc", "{name}: {key} on <{}>", tag.name);
                let scheme = value.trim().to_ascii_lowercase();
                assert!(!scheme.starts_with("javascript:") && !scheme.starts_with("js:"), "{name}: {value}");
            }
        }
    }
}

#[test]
fn every_control_has_a_name_to_those_who_do_not_see_it() {
    for (name, html) in specimens() {
        let tokens = markup::read(&html).unwrap();
        let labelled: BTreeSet<_> = tags(&html).iter().filter_map(|tag| tag.get("for").map(str::to_owned)).collect();
        let mut inside: Vec<String> = Vec::new();
        for (index, token) in tokens.iter().enumerate() {
            match token {
                Token::Close(_) => {
                    inside.pop();
                }
                Token::Text => {}
                Token::Open(tag) => {
                    let control = matches!(tag.name.as_str(), "input" | "textarea" | "select")
                        && tag.get("type") != Some("hidden");
                    let named = tag.get("aria-label").is_some()
                        || tag.get("id").is_some_and(|id| labelled.contains(id))
                        || inside.iter().any(|outer| outer == "label");
                    assert!(!control || named, "{name}: {tag:?} has no label");
                    let speaks = matches!(tag.name.as_str(), "button" | "summary")
                        && tag.get("hidden").is_none()
                        && tag.get("aria-label").is_none();
                    assert!(!speaks || says_something(&tokens[index..]), "{name}: {tag:?} says nothing");
                    inside.push(tag.name.clone());
                }
            }
        }
    }
}

/// Whether there is text between the first token, an opening tag, and where it closes.
fn says_something(tokens: &[Token]) -> bool {
    let mut depth = 0;
    for token in tokens {
        match token {
            Token::Open(_) => depth += 1,
            Token::Close(_) => depth -= 1,
            // An empty or invisible name is the sample's, not the template's.
            Token::Text => return true,
        }
        if depth == 0 {
            return false;
        }
    }
    false
}

#[test]
fn ids_are_unique_and_what_refers_to_one_finds_it() {
    for (name, html) in specimens() {
        let tags = tags(&html);
        let mut ids = BTreeSet::new();
        for id in tags.iter().filter_map(|tag| tag.get("id")) {
            assert!(ids.insert(id), "{name}: two elements are #{id}");
        }
        if !html.starts_with("<!doctype") {
            continue;
        }
        for tag in &tags {
            let anchor = tag.get("href").and_then(|href| href.strip_prefix('#'));
            let listed = ["for", "aria-labelledby", "aria-describedby"].iter().filter_map(|key| tag.get(key));
            for id in anchor.into_iter().chain(listed.flat_map(str::split_whitespace)) {
                assert!(ids.contains(id), "{name}: {tag:?} refers to #{id}, which is not there");
            }
        }
    }
}

#[test]
fn every_form_that_posts_carries_its_token() {
    for (name, html) in specimens() {
        let mut waiting = false;
        for token in markup::read(&html).unwrap() {
            match token {
                Token::Open(tag) if tag.name == "form" => {
                    // A form that only looks something up changes nothing, and its address is to be passed on.
                    let looks = tag.get("method") == Some("get") && tag.get("role") == Some("search");
                    assert!(looks || tag.get("method") == Some("post"), "{name}: {tag:?}");
                    waiting = !looks;
                }
                Token::Open(tag) if tag.get("name") == Some("csrf") => waiting = false,
                Token::Close(tag) if tag == "form" => assert!(!waiting, "{name}: a form without its token"),
                _ => {}
            }
        }
    }
}

#[test]
fn a_page_links_its_plain_assets_and_says_its_language() {
    for (name, html) in specimens() {
        if html.starts_with("<!doctype") {
            let first = &tags(&html)[0];
            let language = name.rsplit(", ").next().unwrap().trim_end_matches(')');
            assert_eq!(first.get("lang"), Some(language), "{name}");
            assert!(html.contains("/assets/app.css"), "{name}");
        }
    }
}

#[test]
fn the_usual_sample_of_each_page_looks_as_before() {
    for specimen in specimens::all("en", &Addresses::plain(), Theme::System) {
        if specimen.sample == "usual" {
            insta::assert_snapshot!(specimen.page, specimen.html.unwrap());
        }
    }
}
