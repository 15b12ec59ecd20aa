//! Handbooks on the command line: what a new one changes, and what becomes of tickets under way.

mod running;

use std::path::Path;

use running::Place;
use running::calls::{Copy, Ended, HANDBOOK, MAIL, deskhand, names_in, run};

/// `deskhand handbook …` on a copy of the built-in handbook that is published at `place`.
async fn handbook_on(place: &Place, arguments: &[&str], folder: Option<&Path>) -> Ended {
    let mut command = place.on_it(&[&["handbook"], arguments].concat());
    command.args(folder);
    run(command, b"").await
}

/// Begins a desk, since delivering makes none, and lets a mail in.
async fn deliver_to_a_new_desk(place: &Place) {
    let begun = run(place.on_it(&["token", "create", "--name", "first", "--role", "owner"]), b"").await;
    assert_eq!(begun.code, 0, "{begun:?}");
    let delivered = run(place.on_it(&["mail", "deliver"]), MAIL.as_bytes()).await;
    assert_eq!(delivered.code, 0, "{delivered:?}");
}

#[tokio::test]
async fn what_a_handbook_changes_is_said_with_its_lines_against_a_folder_or_a_desk() {
    let copy = Copy::exported().await;
    let file = "playbooks/general-request.yaml";
    let (line, _) = copy.change(file, "after: { 7 days: open }", "after: { 6 days: open }");
    let ended = deskhand(&["handbook", "diff", copy.dir().to_str().unwrap(), "--from", HANDBOOK]).await;
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(ended.printed.starts_with(&format!("{file}:{line}:")), "{}", ended.printed);
    assert!(ended.printed.contains("is after 6 days, was after 7 days"), "{}", ended.printed);

    for place in [Some(Place::embedded()), Place::on_server("diff").await].into_iter().flatten() {
        let nowhere = handbook_on(&Place::embedded(), &["diff"], Some(&copy.dir())).await;
        assert_eq!((nowhere.code, nowhere.printed.as_str()), (2, ""), "a diff makes no desk: {nowhere:?}");
        deliver_to_a_new_desk(&place).await;
        let same = handbook_on(&place, &["diff"], None).await;
        assert_eq!((same.code, same.printed.as_str()), (0, "Nothing is different.\n"), "{same:?}");
        let json = handbook_on(&place, &["diff", "--format", "json"], Some(&copy.dir())).await.json();
        let change = &json["changes"][0];
        assert_eq!((&json["revision"], &json["stranded"]), (&1.into(), &serde_json::json!([])), "{json}");
        assert_eq!(
            (&change["kind"], &change["what"], &change["playbook"]),
            (&"changed".into(), &"timer".into(), &"general-request".into())
        );
        assert_eq!((&change["after"]["file"], &change["after"]["line"]), (&file.into(), &line.into()), "{json}");
        place.remove().await;
    }
}

#[tokio::test]
async fn running_tickets_are_moved_to_a_new_revision_as_it_was_shown_before() {
    for place in [Some(Place::embedded()), Place::on_server("move").await].into_iter().flatten() {
        deliver_to_a_new_desk(&place).await;
        let copy = Copy::exported().await;
        let file = copy.dir().join("playbooks/general-request.yaml");
        let text = std::fs::read_to_string(&file).unwrap();
        let renamed = text
            .replace("  open:", "  unread:")
            .replace("initial: open", "initial: unread")
            .replace("replied: open", "replied: unread")
            .replace("days: open", "days: unread")
            .replace("target: open", "target: unread");
        std::fs::write(&file, renamed).unwrap();
        std::fs::remove_dir_all(copy.dir().join("scenarios")).unwrap();

        let diff = handbook_on(&place, &["diff"], Some(&copy.dir())).await;
        assert!(diff.printed.contains("1  general-request: open  (revision 1"), "{diff:?}");
        let published = handbook_on(&place, &["publish"], Some(&copy.dir())).await;
        assert_eq!(published.code, 0, "{published:?}");
        let stuck = handbook_on(&place, &["move", "--playbook", "general-request"], None).await;
        assert_eq!(stuck.code, 1, "{stuck:?}");
        assert!(stuck.printed.contains("open → ?"), "{stuck:?}");
        let shown = ["move", "--playbook", "general-request", "--map", "open=unread", "--dry-run"];
        let preview = handbook_on(&place, &shown, None).await;
        assert_eq!((preview.code, preview.printed.contains("open → unread")), (0, true), "{preview:?}");
        let moved = handbook_on(&place, &shown[..5], None).await;
        assert!(moved.code == 0 && moved.printed.ends_with("1 tickets were moved.\n"), "{moved:?}");
        assert!(moved.printed.starts_with(&preview.printed), "what was shown is what is done: {moved:?}");
        let again = handbook_on(&place, &shown[..5], None).await;
        assert!(again.code == 0 && again.printed.contains("at revision 2 already"), "{again:?}");
        place.remove().await;
    }
}

#[tokio::test]
async fn a_desk_does_not_begin_with_a_handbook_that_some_path_breaks() {
    let copy = Copy::exported().await;
    copy.change("playbooks/general-request.yaml", "    after: { 7 days: open }", "");
    let place = Place::embedded();
    let mut serve = place.on_it(&["serve", "--listen", "127.0.0.1:0"]);
    serve.arg("--handbook").arg(copy.dir());
    let ended = run(serve, b"").await;
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(ended.said.contains("endless-wait"), "{}", ended.said);
}

#[tokio::test]
async fn an_exported_handbook_has_schemas_for_editors_and_is_still_the_one_of_the_program() {
    let copy = Copy::exported().await;
    let listed = deskhand(&["handbook", "schema"]).await;
    assert_eq!(listed.code, 0, "{listed:?}");
    let named: Vec<&str> = listed.printed.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(named.contains(&"playbook.schema.json") && named.len() == 8, "{named:?}");
    assert_eq!(names_in(&copy.dir().join(".schemas")), named);

    let from = deskhand(&["handbook", "diff", copy.dir().to_str().unwrap(), "--from", HANDBOOK]).await;
    assert_eq!((from.code, from.printed.as_str()), (0, "Nothing is different.\n"), "{from:?}");
    let checked = deskhand(&["check", copy.dir().to_str().unwrap()]).await;
    assert_eq!(checked.code, 0, "{checked:?}");
    let published = handbook_on(&Place::embedded(), &["publish"], Some(&copy.dir())).await;
    assert_eq!(
        (published.code, published.printed.as_str()),
        (0, "Revision 1 is the same; nothing was published.\n"),
        "{published:?}"
    );
}

#[tokio::test]
async fn schemas_are_written_anew_wherever_somebody_wants_them() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("editor/schemas");
    std::fs::create_dir_all(&dir).unwrap();
    std::fs::write(dir.join("desk.schema.json"), "of an older version").unwrap();
    let written = deskhand(&["handbook", "schema", dir.to_str().unwrap()]).await;
    assert_eq!((written.code, written.printed), (0, format!("8 schemas are in {}\n", dir.display())));
    for name in names_in(&dir) {
        let schema: serde_json::Value = serde_json::from_slice(&std::fs::read(dir.join(&name)).unwrap()).unwrap();
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#", "{name}");
        assert_eq!(schema["$id"], *name);
    }
    let nowhere = dir.join("desk.schema.json/below");
    let refused = deskhand(&["handbook", "schema", nowhere.to_str().unwrap()]).await;
    assert!(refused.code == 2 && refused.said.contains("cannot be written"), "{refused:?}");
}

#[tokio::test]
async fn older_revisions_are_listed_exported_and_compared_with() {
    for place in [Some(Place::embedded()), Place::on_server("revisions").await].into_iter().flatten() {
        deliver_to_a_new_desk(&place).await;
        let copy = Copy::exported().await;
        copy.change("playbooks/general-request.yaml", "after: { 7 days: open }", "after: { 6 days: open }");
        std::fs::remove_dir_all(copy.dir().join("scenarios")).unwrap();
        let published = handbook_on(&place, &["publish"], Some(&copy.dir())).await;
        assert_eq!(published.code, 0, "{published:?}");

        let listed = handbook_on(&place, &["revisions", "--format", "json"], None).await.json();
        let rows: Vec<_> = listed["revisions"].as_array().unwrap().iter().collect();
        let of = |name: &str| rows.iter().map(|row| row[name].clone()).collect::<Vec<_>>();
        assert_eq!(of("revision"), [2.into(), 1.into()] as [serde_json::Value; 2], "{listed}");
        assert_eq!(
            (of("today"), of("tickets")),
            (vec![true.into(), false.into()], vec![0.into(), 1.into()]),
            "{listed}"
        );
        assert_eq!(rows[0]["published_by"], "deskhand handbook publish", "{listed}");
        let lines = handbook_on(&place, &["revisions"], None).await;
        assert!(lines.printed.lines().next().unwrap().ends_with("0 running tickets  today's"), "{lines:?}");

        let folder = tempfile::tempdir().unwrap();
        let first = folder.path().join("first");
        let exported = handbook_on(&place, &["export", "--revision", "1"], Some(&first)).await;
        assert_eq!(exported.code, 0, "{exported:?}");
        let same = deskhand(&["handbook", "diff", first.to_str().unwrap(), "--from", HANDBOOK]).await;
        assert_eq!((same.code, same.printed.as_str()), (0, "Nothing is different.\n"), "{same:?}");
        let older = handbook_on(&place, &["diff", "--revision", "1"], Some(&copy.dir())).await;
        assert!(older.printed.contains("is after 6 days, was after 7 days"), "{older:?}");
        let todays = handbook_on(&place, &["diff"], Some(&copy.dir())).await;
        assert_eq!(todays.printed, "Nothing is different.\n", "{todays:?}");

        for refused in [&["export", "--revision", "9"][..], &["diff", "--revision", "9"]] {
            let nowhere = folder.path().join("nowhere");
            let ended =
                handbook_on(&place, refused, Some(if refused[0] == "export" { &nowhere } else { &first })).await;
            assert!(ended.code != 0 && ended.said.contains("There is no revision 9"), "{ended:?}");
            assert!(!nowhere.exists());
        }
        place.remove().await;
    }
}

#[tokio::test]
async fn what_is_urgent_is_learnt_from_ones_own_messages() {
    let copy = Copy::exported().await;
    let weights = copy.dir().join("impacts/client-business-weights.yaml");
    let (before, dir) = (std::fs::read_to_string(&weights).unwrap(), copy.dir());
    let learn = async |file: &Path, more: &[&str]| {
        let named = [dir.to_str().unwrap(), "--impact", "client-business", "--from", file.to_str().unwrap()];
        deskhand(&[&["handbook", "learn"], named.as_slice(), more].concat()).await
    };
    let kilns =
        "the kiln of the bakery shows E7 and the bread waits outside with everybody who wanted some this morning";
    let breads = "the bread of this morning was good and everybody who wanted some of it says so outside the bakery";
    let list: String = (0..40)
        .map(|at| format!("- {{ subject: Kiln {at}, body: '{kilns}', urgent: true }}\n- {{ subject: Bread {at}, body: '{breads}', urgent: false }}\n"))
        .collect();
    let yaml = copy.dir().join("../judged.yaml");
    std::fs::write(&yaml, list).unwrap();

    let tried = learn(&yaml, &["--alone", "--dry-run"]).await;
    assert_eq!(tried.code, 0, "{tried:?}");
    assert!(tried.printed.starts_with("80 messages of yours, and 0 that the program carries."), "{}", tried.printed);
    let last = tried.printed.lines().last().unwrap();
    assert_eq!(last, "Each by what the others teach: of 40 urgent ones 0 missed, of 40 called urgent 0 wrongly.");
    assert_eq!(std::fs::read_to_string(&weights).unwrap(), before, "nothing was written");

    let learnt = learn(&yaml, &["--alone"]).await;
    assert_eq!(learnt.code, 0, "{learnt:?}");
    let after = std::fs::read_to_string(&weights).unwrap();
    assert!(after.contains(" kiln\n") && !before.contains(" kiln\n"), "{after}");
    let checked = deskhand(&["check", copy.dir().to_str().unwrap()]).await;
    assert_eq!(checked.code, 0, "{checked:?}");

    let table = copy.dir().join("../judged.csv");
    std::fs::write(&table, "Body;Urgent\nThe kiln;yes\nBread;no\n").unwrap();
    let alone = learn(&table, &["--alone"]).await;
    assert!(alone.printed.starts_with("2 messages of yours, and 0 that"), "{alone:?}");
    assert!(std::fs::read_to_string(&weights).unwrap().lines().count() < 20, "two messages teach nearly nothing");
}

#[tokio::test]
async fn what_nothing_can_be_learnt_from_is_said_with_what_to_do() {
    let copy = Copy::exported().await;
    let dir = copy.dir();
    let file = copy.dir().join("../judged.yaml");
    let learn = async |text: &str, impact: &str| {
        std::fs::write(&file, text).unwrap();
        let named = ["handbook", "learn", dir.to_str().unwrap(), "--impact", impact, "--from", file.to_str().unwrap()];
        deskhand(&named).await
    };
    let known = "client-business";
    for (text, impact, said) in [
        ("- { body: a, urgent: true }\n", known, "judged alike"),
        ("- { body: a, urgent: true }\n- { body: b }\n", known, "message 2: nobody said whether it is urgent"),
        ("body: a\n", known, "no list"),
        ("- { body: a, urgent: true }\n", "weather", "has no `impacts/weather.yaml`"),
    ] {
        let ended = learn(text, impact).await;
        assert_ne!(ended.code, 0, "{ended:?}");
        assert!(ended.said.contains(said), "{ended:?}");
    }
}
