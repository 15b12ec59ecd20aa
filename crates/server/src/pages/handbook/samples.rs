//! Samples of the rooms of the handbook.

use super::difference::{Changes, Crossed, FileDifference, Line, Stranded};
use super::view::{
    ChangesPage, EditedFile, EditorPage, FileGroup, FileLink, Found, Head, Map, ReadingPage, RehearsalPage,
    RevisionRow, RevisionsPage, ScenariosPage, ShotPart, State, Tab, Trial, TrialPart, TrialRow, Verdict, VerdictPart,
};
use super::watch::{Sent, Shot, Step};
use crate::pages::frame::Frame;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};
use crate::pages::tickets::list::TicketList;
use crate::pages::when::When;

const PATH: &str = "playbooks/general-request.yaml";

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let mut all = Vec::new();
    for (sample, words) in
        [("usual", "General request"), ("extreme", ATTACK), ("long", LONG), ("right to left", RIGHT_TO_LEFT)]
    {
        let (frame, list) = (frame.clone(), TicketList::sample_empty());
        all.push(Specimen::page("handbook", sample, &reading(&frame, &list, words)));
        all.push(Specimen::page("handbook editor", sample, &editor(&frame, &list, words)));
        all.push(Specimen::part(
            "handbook verdict",
            sample,
            &VerdictPart { frame: frame.clone(), verdict: verdict(words) },
        ));
        all.push(Specimen::page("handbook changes", sample, &changes(&frame, &list, words)));
        all.push(Specimen::page("handbook revisions", sample, &revisions(&frame, &list, words)));
        let trial = trial(words);
        all.push(Specimen::part("handbook trial", sample, &TrialPart { frame: frame.clone(), trial: trial.clone() }));
        let page = ScenariosPage { frame: frame.clone(), list: list.clone(), head: head(words), trial };
        all.push(Specimen::page("handbook scenarios", sample, &page));
        all.push(Specimen::part("handbook step", sample, &ShotPart { frame: frame.clone(), shot: shot(words) }));
        all.push(Specimen::page("handbook rehearsal", sample, &rehearsal(&frame, &list, words)));
    }
    all.push(Specimen::page("handbook changes", "empty", &nothing(frame)));
    let trial = Trial { of: "1".to_owned(), ..Trial::default() };
    all.push(Specimen::part("handbook trial", "empty", &TrialPart { frame: frame.clone(), trial }));
    all
}

fn when() -> When {
    When::new("2026-11-17T14:03:00Z", "Tue 17 Nov 2026, 14:03 WET", "2 h ago")
}

fn head(words: &str) -> Head {
    let tab = |key, href: &str, current, count| Tab { key, href: href.to_owned(), current, count };
    Head {
        tabs: vec![
            tab("handbook-read", "/handbook", true, None),
            tab("handbook-edit", "/handbook/draft", false, Some(2)),
            tab("handbook-publish", "/handbook/draft/changes", false, None),
            tab("handbook-scenarios", "/handbook/scenarios?of=draft", false, None),
            tab("handbook-revisions", "/handbook/revisions", false, None),
        ],
        of: "Revision 2, today’s".to_owned(),
        by: Some((words.to_owned(), when())),
        note: Some(words.to_owned()),
    }
}

fn groups(words: &str) -> Vec<FileGroup> {
    let file = |name: &str, current, mark| FileLink {
        name: name.to_owned(),
        href: format!("/handbook?file={PATH}"),
        current,
        mark,
    };
    vec![
        FileGroup {
            key: "handbook-playbooks",
            files: vec![file("general-request", true, Some("handbook-file-changed"))],
        },
        FileGroup {
            key: "handbook-replies",
            files: vec![file(words, false, None), file("new.md", false, Some("handbook-file-new"))],
        },
        FileGroup { key: "handbook-desk", files: vec![file("desk.yaml", false, Some("handbook-file-removed"))] },
    ]
}

fn map(words: &str) -> Map {
    let state = |title: &str, is_here, is_final| State {
        title: title.to_owned(),
        waiting: Some("waits for us".to_owned()),
        ways: vec![("Solved".to_owned(), Some(words.to_owned())), (words.to_owned(), None)],
        is_final,
        is_here,
    };
    Map {
        title: words.to_owned(),
        svg: Some(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"drawing\" role=\"img\"><title>x</title></svg>"
                .to_owned(),
        ),
        states: vec![state(words, true, false), state("Solved", false, true)],
    }
}

fn found(words: &str) -> Vec<Found> {
    let found = |is_error, line| Found {
        is_error,
        code: "unknown-key".to_owned(),
        place: format!("{PATH}:1"),
        href: if line { "#L1".to_owned() } else { "/handbook/draft?file=desk.yaml#L4".to_owned() },
        line: line.then_some(1),
        message: words.to_owned(),
        help: Some(words.to_owned()),
        path: vec![words.to_owned()],
    };
    vec![found(true, true), found(false, false)]
}

fn verdict(words: &str) -> Verdict {
    Verdict {
        was: "0123456789abcdef".to_owned(),
        refused: Some(words.to_owned()),
        has_draft: true,
        crossed: Some(3),
        errors: 1,
        warnings: 1,
        findings: Vec::new(),
        more: 2,
        map: Some(map(words)),
        ..Verdict::default()
    }
}

fn reading(frame: &Frame, list: &TicketList, words: &str) -> ReadingPage {
    ReadingPage {
        frame: frame.clone(),
        list: list.clone(),
        head: head(words),
        groups: groups(words),
        path: PATH.to_owned(),
        lines: vec!["language: 1".to_owned(), words.to_owned(), String::new()],
        more: Some(3),
        edit_href: Some(format!("/handbook/draft?file={PATH}")),
        happened_href: Some("/insights/procedures/general-request".to_owned()),
        map: Some(map(words)),
    }
}

fn editor(frame: &Frame, list: &TicketList, words: &str) -> EditorPage {
    EditorPage {
        frame: frame.clone(),
        list: list.clone(),
        head: head(words),
        groups: groups(words),
        file: EditedFile {
            path: PATH.to_owned(),
            text: format!("\nlanguage: 1\n{words}</textarea>"),
            lines: 3,
            was: "0123456789abcdef".to_owned(),
            key: "fedcba9876543210".to_owned(),
            base: 2,
            is_removed: false,
            is_changed: true,
            is_draft: true,
            refused: Some(words.to_owned()),
        },
        verdict: Verdict { findings: found(words), ..verdict(words) },
        refused: Some((words.to_owned(), words.to_owned())),
    }
}

fn differences(words: &str) -> Vec<FileDifference> {
    let line = |sign, before: &str, after: &str| Line {
        sign,
        numbers: (before.to_owned(), after.to_owned()),
        text: words.to_owned(),
    };
    vec![FileDifference {
        path: PATH.to_owned(),
        key: "handbook-file-changed",
        added: 1,
        removed: 1,
        hunks: vec![vec![line("same", "1", "1"), line("removed", "2", "")], vec![line("added", "", "9")]],
        is_cut: true,
    }]
}

fn changes(frame: &Frame, list: &TicketList, words: &str) -> ChangesPage {
    let changes = Changes {
        is_draft: true,
        base: 2,
        version: 7,
        refused: Some(words.to_owned()),
        note: words.to_owned(),
        crossed: (words == ATTACK).then(|| Crossed {
            newest: 3,
            files: differences(words),
            both: vec![words.to_owned()],
        }),
        words: vec![(format!("{PATH}:4"), words.to_owned())],
        stranded: vec![Stranded {
            state: words.to_owned(),
            tickets: "3 tickets".to_owned(),
            now: Some(words.to_owned()),
        }],
        running: 3,
        files: differences(words),
        findings: found(words).split_off(1),
        errors: 1,
    };
    ChangesPage { frame: frame.clone(), list: list.clone(), head: head(words), changes }
}

fn nothing(frame: &Frame) -> ChangesPage {
    let changes = Changes { is_draft: true, ..Changes::default() };
    ChangesPage { frame: frame.clone(), list: TicketList::sample_empty(), head: head("Ana"), changes }
}

fn revisions(frame: &Frame, list: &TicketList, words: &str) -> RevisionsPage {
    let row = |number, is_today, note: &str| RevisionRow {
        number,
        is_today,
        by: words.to_owned(),
        at: when(),
        note: note.to_owned(),
        tickets: 3,
    };
    RevisionsPage {
        frame: frame.clone(),
        list: list.clone(),
        head: head(words),
        base: Some("4".to_owned()),
        revisions: vec![row(2, true, words), row(1, false, "")],
        more: Some("/handbook/revisions?before=1".to_owned()),
    }
}

fn trial(words: &str) -> Trial {
    let row = |holds, failed: &[&str]| TrialRow {
        name: words.to_owned(),
        href: "/handbook/rehearsal?of=2&scenario=x".to_owned(),
        place: "scenarios/x.yaml:1".to_owned(),
        holds,
        passed: 4,
        failed: failed.iter().map(|why| ("scenarios/x.yaml:9:3".to_owned(), (*why).to_owned())).collect(),
    };
    Trial {
        of: "2".to_owned(),
        may_play: true,
        is_begun: true,
        is_playing: words == ATTACK,
        counts: (1, 1, 3),
        findings: Vec::new(),
        rows: vec![row(Some(false), &[words]), row(Some(true), &[]), row(None, &[])],
    }
}

fn steps(words: &str) -> Vec<Step> {
    let step = |number, current| Step {
        number,
        after: "+1d 2h".to_owned(),
        at: "2026-11-18 11:00:00".to_owned(),
        ticket: 1001,
        playbook: "general-request".to_owned(),
        event: words.to_owned(),
        to: Some(words.to_owned()),
        href: "/handbook/rehearsal?of=2&scenario=x&step=1".to_owned(),
        current,
    };
    vec![step(1, false), step(2, true)]
}

fn shot(words: &str) -> Shot {
    let mail = |is_new| Sent {
        after: "+1d".to_owned(),
        to: "maria@acme.example".to_owned(),
        subject: words.to_owned(),
        text: format!("{words}\n\n{words}"),
        is_new,
    };
    Shot {
        step: steps(words).remove(1),
        of: 2,
        carried: vec![("of", "2".to_owned()), ("scenario", words.to_owned())],
        neighbours: (Some("/handbook/rehearsal?of=2&scenario=x&step=1".to_owned()), None),
        from: Some("open".to_owned()),
        effects: vec!["reply".to_owned(), words.to_owned()],
        guards: vec![(words.to_owned(), true), (words.to_owned(), false)],
        map: Some(map(words)),
        mails: vec![mail(true), mail(false)],
    }
}

fn rehearsal(frame: &Frame, list: &TicketList, words: &str) -> RehearsalPage {
    RehearsalPage {
        frame: frame.clone(),
        list: list.clone(),
        head: head(words),
        scenario: words.to_owned(),
        of: "2".to_owned(),
        passed: 3,
        failed: vec![("scenarios/x.yaml:9:3".to_owned(), words.to_owned())],
        is_cut: true,
        steps: steps(words),
        shot: Some(shot(words)),
    }
}
