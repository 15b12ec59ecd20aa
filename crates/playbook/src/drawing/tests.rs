//! The drawings of the project's own playbooks, and of one with everything in it.

use std::collections::BTreeSet;

use serde_json::Map;

use super::chart::{Chart, Kind};
use super::words::Words;
use super::*;
use crate::sample::{facts, hour};
use crate::{Event, Playbook, compile, sample};

/// A playbook with every kind of transition, within states, into them and out of them.
const EVERYTHING: &str = include_str!("everything.yaml");

fn own_playbooks() -> Vec<Playbook> {
    let handbook = compile(&sample::default_handbook(), &sample::registry()).unwrap();
    handbook.playbooks.values().map(|playbook| Playbook::clone(playbook)).collect()
}

fn all() -> Vec<Playbook> {
    own_playbooks().into_iter().chain([sample::playbook(EVERYTHING)]).collect()
}

fn drawn(playbook: &Playbook) -> String {
    svg(playbook, &Marks::default(), "en", Setting::File)
}

fn own(name: &str) -> Playbook {
    own_playbooks().into_iter().find(|playbook| playbook.name() == name).unwrap()
}

#[test]
fn in_no_drawing_anything_overlaps_or_an_arrow_misses_its_ends() {
    for playbook in all() {
        let words = Words::of("en");
        layout::tests::check(&dress::dress(&Chart::of(&playbook, "en", &words), &words).sketch);
    }
}

#[test]
fn a_drawing_looks_as_before_and_is_the_same_each_time() {
    for name in ["document-change", "document-configuration"] {
        let playbook = own(name);
        let picture = svg(&playbook, &Marks::default(), "en", Setting::Page);
        assert_eq!(picture, svg(&playbook, &Marks::default(), "en", Setting::Page));
        insta::assert_snapshot!(format!("{name}.svg"), picture);
    }
}

#[test]
fn for_mermaid_it_reads_as_before() {
    for playbook in all() {
        insta::assert_snapshot!(format!("{}.mermaid", playbook.name()), mermaid(&playbook, "en"));
    }
}

#[test]
fn words_are_those_of_the_language() {
    let picture = svg(&own("general-request"), &Marks::default(), "pt", Setting::File);
    for words in ["Fechado", "após 5 dias", "cliente responde", "Resolvido", "lang=\"pt\""] {
        assert!(picture.contains(words), "{words} is missing");
    }
    assert!(mermaid(&own("general-request"), "pt").contains("após 5 dias"));
}

#[test]
fn a_file_brings_its_style_along_and_a_page_has_it() {
    let playbook = own("general-request");
    assert!(drawn(&playbook).contains("<style>") && drawn(&playbook).contains("prefers-color-scheme: dark"));
    let on_page = svg(&playbook, &Marks::default(), "en", Setting::Page);
    for inline in ["<style", "style=", "<script", " id=", "url("] {
        assert!(!on_page.contains(inline), "{inline} stands in a page's drawing");
    }
}

#[test]
fn what_people_write_stays_text() {
    let playbook = sample::playbook(
        "opens: [ hand ]\ninitial: a\nstates:\n  a: { title: '<b>&\"</b>', choices: { go: { label: '<script>', target: b } } }\n  \
         b: { type: final, title: 'x; y --> z: #1 \"q\"' }\n",
    );
    let picture = drawn(&playbook);
    assert!(!picture.contains("<b>") && !picture.contains("<script>"), "{picture}");
    assert!(picture.contains("&lt;b&gt;&amp;&quot;") && picture.contains("&lt;script&gt;"), "{picture}");
    let text = mermaid(&playbook, "en");
    assert!(text.contains("state \"x#59; y --#62; z#58; #35;1 #34;q#34;\" as b"), "{text}");
}

#[test]
fn every_transition_of_the_playbook_is_in_its_picture() {
    let playbook = sample::playbook(EVERYTHING);
    let chart = Chart::of(&playbook, "en", &Words::of("en"));
    let kinds: BTreeSet<Kind> = chart.arrows.iter().map(|arrow| arrow.kind).collect();
    assert_eq!(kinds.len(), 5, "{kinds:?}");
    let picture = drawn(&playbook);
    assert_eq!(
        picture.matches("<path class=\"drawing-head\"").count(),
        chart.arrows.len() + 4,
        "the arrows, and those from dots"
    );
    assert_eq!(picture.matches("data-state=").count(), playbook.outline().len());
    assert_eq!(picture.matches("drawing-box is-final").count(), 1);
    // What stays where it is stands in its state, with its guard.
    assert!(picture.contains("More edits, if links.config != null"), "{picture}");
}

#[test]
fn the_present_state_and_the_way_there_are_lit_and_no_other() {
    let playbook = own("general-request");
    let begun = playbook.begin(None, &Map::new(), &facts(), &Event::opened(), hour(0)).unwrap();
    let solved = playbook.step(&begun.run, &facts(), &Event::choice("solve", Map::new()), hour(1)).unwrap();
    let silence = solved.run.timers.iter().find(|timer| playbook.timer_leads_to(timer).as_deref() == Some("closed"));
    let closed = playbook.step(&solved.run, &facts(), &Event::timer(silence.unwrap()), hour(200)).unwrap();
    let marks = Marks::of_history(&playbook, &closed.run.state, [&begun.trace, &solved.trace, &closed.trace]);
    assert_eq!(
        marks.taken.iter().map(|passage| (passage.from.as_str(), passage.to.as_str())).collect::<Vec<_>>(),
        [("open", "solved"), ("solved", "closed")]
    );
    let picture = svg(&playbook, &marks, "en", Setting::Page);
    assert_eq!(picture.matches("drawing-line--timer is-taken").count(), 1);
    assert_eq!(picture.matches("drawing-line--choice is-taken").count(), 1, "the choice that closes was not made");
    assert_eq!(picture.matches("is-here").count(), 1);
    assert!(picture.contains("Present state: Closed."), "{picture}");
}

#[test]
fn a_way_through_nested_states_is_followed_by_guards_alone_too() {
    let playbook = own("document-change");
    let facts = facts().with("organization", serde_json::json!({"name": "Acme", "plan": "pro", "documents": null}));
    let fields = serde_json::json!({"documents": 1}).as_object().cloned().unwrap();
    let begun = playbook.begin(None, &fields, &facts, &Event::opened(), hour(0)).unwrap();
    let checked = playbook.step(&begun.run, &facts, &Event::new("person.missing"), hour(0)).unwrap();
    assert_eq!(checked.run.state, "configuring.working");
    let marks = Marks::of_history(&playbook, &checked.run.state, [&begun.trace, &checked.trace]);
    let ways: Vec<_> = marks.taken.iter().map(|passage| (passage.from.as_str(), passage.to.as_str())).collect();
    let expected = [
        ("checking", "configuring.opening"),
        ("configuring.opening", "configuring.working"),
        ("identifying", "checking"),
    ];
    assert_eq!(ways, expected);
    let picture = svg(&playbook, &marks, "en", Setting::Page);
    assert_eq!(picture.matches("drawing-line--always is-taken").count(), 2, "into the frame, and inside it");
    assert!(picture.contains("drawing-frame is-around is-been"), "{picture}");
}
