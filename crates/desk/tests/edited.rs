//! Drafts of handbooks: each is its writer's own, stands on the revision that it began with, and goes over nobody's publishing.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use std::collections::BTreeSet;

use desk::agents::NewAgent;
use desk::editing::{self, DRAFT_MAX, Draft, Edit, FILE_MAX, FILES_MAX, mark_of, review};
use desk::error::Kind;
use desk::handbook::Published;
use desk::handle::{AddAgent, Command, EditHandbook, Outcome, PublishHandbook};
use desk::rights::Scope;
use desk::{Actor, Desk, Result, Role};
use open::{Courier, agent, mail_in, on_each_database};
use playbook::Files;

const REPLY: &str = "replies/closing-for-now.md";
const OTHER: &str = "replies/needs-more-time.md";

async fn lead(desk: &Desk, name: &str) -> Actor {
    let address = format!("{name}@desk.example");
    let new = NewAgent { name: name.to_owned(), address, role: Role::Lead, teams: vec!["support".to_owned()] };
    desk.handle(&Actor::Desk, Command::AddAgent(AddAgent(new))).await.unwrap();
    agent(desk, name).await
}

async fn files(desk: &Desk, number: i64) -> Files {
    desk.handbooks.files(&mut desk.read().await.unwrap(), number).await.unwrap()
}

async fn draft(desk: &Desk, actor: &Actor) -> Option<Draft> {
    editing::of(&mut desk.read().await.unwrap(), actor).await.unwrap()
}

async fn edit(desk: &Desk, actor: &Actor, base: i64, edit: Edit) -> Result<bool> {
    match desk.handle(actor, Command::EditHandbook(EditHandbook { base, edit })).await? {
        Outcome::Moved(is_there) => Ok(is_there),
        other => panic!("{other:?}"),
    }
}

/// Keeps `more` at the end of a file, as it stands in the actor's draft or in the base.
async fn write(desk: &Desk, actor: &Actor, base: i64, path: &str, more: &str) -> Result<bool> {
    let published = files(desk, base).await;
    let present = draft(desk, actor).await.map_or(published.clone(), |draft| draft.laid_on(&published));
    let text = present.get(path).unwrap();
    let keep = Edit::Keep { path: path.to_owned(), text: format!("{text}{more}"), was: mark_of(text) };
    edit(desk, actor, base, keep).await
}

async fn publish(desk: &Desk, actor: &Actor, note: &str) -> Result<Published> {
    let draft = draft(desk, actor).await.unwrap();
    let files = draft.laid_on(&files(desk, draft.base).await);
    let command = PublishHandbook { files, base: Some(draft.base), note: note.to_owned(), draft: Some(draft.version) };
    match desk.handle(actor, Command::PublishHandbook(command)).await? {
        Outcome::Published(published) => Ok(published),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_draft_is_its_writers_own_and_becomes_a_revision_with_a_reason() {
    on_each_database(async |desk| {
        let (lea, mo) = (lead(&desk, "Lea").await, lead(&desk, "Mo").await);
        assert!(write(&desk, &lea, 1, REPLY, "See you.\n").await.unwrap());
        assert_eq!(draft(&desk, &mo).await, None);
        let kept = draft(&desk, &lea).await.unwrap();
        assert_eq!((kept.base, kept.files.len(), kept.files.contains_key(REPLY)), (1, 1, true));

        let published = publish(&desk, &lea, "  They asked for it.\u{0}  ").await.unwrap();
        assert!(matches!(published, Published::Revision(2)), "{published:?}");
        assert_eq!(draft(&desk, &lea).await, None, "what was published is no draft any more");
        assert!(files(&desk, 2).await.get(REPLY).unwrap().ends_with("See you.\n"));
        let conn = &mut desk.read().await.unwrap();
        let revision = desk.handbooks.about(conn, 2).await.unwrap();
        assert_eq!((revision.note.as_str(), revision.published_by.as_str()), ("They asked for it.", "Lea"));
        let scope = Scope::of(&lea).unwrap();
        let (newest, more) = desk.handbooks.revisions_before(conn, scope, None, 1).await.unwrap();
        assert_eq!((newest[0].number, more), (2, true));
        let (older, more) = desk.handbooks.revisions_before(conn, scope, Some(2), 1).await.unwrap();
        assert_eq!((older[0].number, older[0].note.as_str(), more), (1, "", false));
    })
    .await;
}

#[tokio::test]
async fn a_draft_that_another_publishing_crossed_goes_over_nothing_and_goes_on_from_it() {
    on_each_database(async |desk| {
        let (lea, mo) = (lead(&desk, "Lea").await, lead(&desk, "Mo").await);
        write(&desk, &lea, 1, REPLY, "Lea's words.\n").await.unwrap();
        write(&desk, &lea, 1, "desk.yaml", "# Lea's\n").await.unwrap();
        write(&desk, &mo, 1, REPLY, "Mo's words.\n").await.unwrap();
        write(&desk, &mo, 1, OTHER, "More of Mo's.\n").await.unwrap();
        publish(&desk, &mo, "").await.unwrap();

        let refused = publish(&desk, &lea, "").await.unwrap_err();
        assert_eq!((refused.kind, refused.code), (Kind::Conflict, "handbook-crossed"));
        let mine = draft(&desk, &lea).await.unwrap();
        assert_eq!(mine.files.len(), 2, "nothing of the draft is lost");
        let crossed = review::crossed(&mut desk.read().await.unwrap(), &desk.handbooks, &mine).await.unwrap().unwrap();
        assert_eq!((crossed.newest, crossed.both.as_slice()), (2, [REPLY.to_owned()].as_slice()));
        assert_eq!(crossed.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), [REPLY, OTHER]);

        let rebase = |onto, theirs: &[&str]| Edit::Rebase {
            onto,
            theirs: theirs.iter().map(|path| (*path).to_owned()).collect::<BTreeSet<_>>(),
        };
        assert_eq!(edit(&desk, &lea, 1, rebase(3, &[])).await.unwrap_err().code, "handbook-crossed");
        assert!(edit(&desk, &lea, 1, rebase(2, &[REPLY])).await.unwrap());
        assert_eq!(write(&desk, &lea, 1, REPLY, "late").await.unwrap_err().code, "draft-moved", "a window of before");
        assert_eq!(
            review::crossed(&mut desk.read().await.unwrap(), &desk.handbooks, &draft(&desk, &lea).await.unwrap())
                .await
                .unwrap()
                .map(|it| it.newest),
            None
        );
        publish(&desk, &lea, "").await.unwrap();
        let all = files(&desk, 3).await;
        assert!(all.get(REPLY).unwrap().ends_with("Mo's words.\n"), "as she chose");
        assert!(all.get(OTHER).unwrap().ends_with("More of Mo's.\n"), "what only the other changed came along");
        assert!(all.get("desk.yaml").unwrap().ends_with("# Lea's\n"));
    })
    .await;
}

#[tokio::test]
async fn a_draft_and_what_crossed_it_are_put_together_where_they_change_different_lines_of_a_file() {
    on_each_database(async |desk| {
        let (lea, mo) = (lead(&desk, "Lea").await, lead(&desk, "Mo").await);
        write(&desk, &lea, 1, "desk.yaml", "# Lea's at the end\n").await.unwrap();
        let text = files(&desk, 1).await.get("desk.yaml").unwrap().to_owned();
        let above = format!("# Mo's at the top\n{text}");
        let keep = Edit::Keep { path: "desk.yaml".to_owned(), text: above, was: mark_of(&text) };
        edit(&desk, &mo, 1, keep).await.unwrap();
        publish(&desk, &mo, "").await.unwrap();
        let mine = draft(&desk, &lea).await.unwrap();
        let crossed = review::crossed(&mut desk.read().await.unwrap(), &desk.handbooks, &mine).await.unwrap().unwrap();
        assert_eq!((crossed.files.len(), crossed.both.len()), (1, 0), "nothing is to be chosen");
        edit(&desk, &lea, 1, Edit::Rebase { onto: 2, theirs: BTreeSet::new() }).await.unwrap();
        publish(&desk, &lea, "").await.unwrap();
        let text = files(&desk, 3).await.get("desk.yaml").unwrap().to_owned();
        assert!(text.starts_with("# Mo's at the top\n") && text.ends_with("# Lea's at the end\n"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn a_revision_of_before_comes_back_as_a_draft_that_is_looked_at_and_published() {
    on_each_database(async |desk| {
        let lea = lead(&desk, "Lea").await;
        write(&desk, &lea, 1, REPLY, "Too long.\n").await.unwrap();
        let another = Edit::Add { path: REPLY.replace(".md", "-too.md"), text: "More.\n".to_owned() };
        edit(&desk, &lea, 1, another).await.unwrap();
        publish(&desk, &lea, "").await.unwrap();
        assert!(edit(&desk, &lea, 2, Edit::Again(1)).await.unwrap());
        let refused = edit(&desk, &lea, 2, Edit::Again(1)).await.unwrap_err();
        assert_eq!((refused.kind, refused.code), (Kind::Conflict, "draft-begun"), "nothing that is written goes");
        publish(&desk, &lea, "").await.unwrap();
        assert_eq!(files(&desk, 3).await, files(&desk, 1).await);
        assert!(!edit(&desk, &lea, 3, Edit::Again(3)).await.unwrap(), "today's is no draft");
        assert_eq!(edit(&desk, &lea, 3, Edit::Again(9)).await.unwrap_err().kind, Kind::NotFound);
    })
    .await;
}

#[tokio::test]
async fn two_windows_of_one_person_do_not_go_over_each_other_unseen() {
    on_each_database(async |desk| {
        let lea = lead(&desk, "Lea").await;
        let text = files(&desk, 1).await.get(REPLY).unwrap().to_owned();
        let keep =
            |text: &str, was: &str| Edit::Keep { path: REPLY.to_owned(), text: text.to_owned(), was: mark_of(was) };
        edit(&desk, &lea, 1, keep("One.\r\nTwo.\u{0}", &text)).await.unwrap();
        let crossed = edit(&desk, &lea, 1, keep("Other.", &text)).await.unwrap_err();
        assert_eq!((crossed.kind, crossed.code), (Kind::Conflict, "file-crossed"));
        assert!(edit(&desk, &lea, 1, keep("One.\nTwo.", &text)).await.is_ok(), "the same text again is nothing new");
        assert_eq!(draft(&desk, &lea).await.unwrap().files[REPLY].as_deref(), Some("One.\nTwo."));
        edit(&desk, &lea, 1, keep("Other.", "One.\nTwo.")).await.unwrap();

        // What was changed after its differences were looked at is not published.
        let seen = draft(&desk, &lea).await.unwrap();
        edit(&desk, &lea, 1, keep("Third.", "Other.")).await.unwrap();
        let files = seen.laid_on(&files(&desk, 1).await);
        let command = PublishHandbook { base: Some(1), draft: Some(seen.version), ..PublishHandbook::of(files) };
        let refused = desk.handle(&lea, Command::PublishHandbook(command)).await.unwrap_err();
        assert_eq!(refused.code, "draft-changed");
        assert_eq!(editing::of(&mut desk.read().await.unwrap(), &lea).await.unwrap().unwrap().base, 1);
        assert_eq!(desk.handbooks.current_number(), 1);
    })
    .await;
}

#[tokio::test]
async fn files_come_and_go_and_a_draft_that_changes_nothing_is_none() {
    on_each_database(async |desk| {
        let lea = lead(&desk, "Lea").await;
        let add = |path: &str| Edit::Add { path: path.to_owned(), text: "# New\n".to_owned() };
        edit(&desk, &lea, 1, add("NOTES.md")).await.unwrap();
        assert_eq!(edit(&desk, &lea, 1, add("NOTES.md")).await.unwrap_err().fields[0].code, "path-taken");
        assert_eq!(edit(&desk, &lea, 1, add("../etc/passwd")).await.unwrap_err().fields[0].code, "bad-path");
        edit(&desk, &lea, 1, Edit::Remove(OTHER.to_owned())).await.unwrap();
        assert_eq!(edit(&desk, &lea, 1, Edit::Remove("nowhere.md".to_owned())).await.unwrap_err().kind, Kind::NotFound);
        let present = draft(&desk, &lea).await.unwrap().laid_on(&files(&desk, 1).await);
        assert_eq!((present.get("NOTES.md"), present.get(OTHER)), (Some("# New\n"), None));
        assert!(edit(&desk, &lea, 1, Edit::Restore(OTHER.to_owned())).await.unwrap());
        assert!(!edit(&desk, &lea, 1, Edit::Remove("NOTES.md".to_owned())).await.unwrap(), "nothing is left of it");
        assert_eq!(draft(&desk, &lea).await, None);

        write(&desk, &lea, 1, REPLY, "More.\n").await.unwrap();
        assert!(!edit(&desk, &lea, 1, Edit::Discard).await.unwrap());
        assert_eq!(draft(&desk, &lea).await, None);
        let text = files(&desk, 1).await.get(REPLY).unwrap().to_owned();
        let same = Edit::Keep { path: REPLY.to_owned(), was: mark_of(&text), text };
        assert!(!edit(&desk, &lea, 1, same).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn what_a_draft_holds_is_bounded_and_only_those_who_publish_have_one() {
    on_each_database(async |desk| {
        let lea = lead(&desk, "Lea").await;
        let add = |number: usize, text: String| Edit::Add { path: format!("replies/r{number}.md"), text };
        for long in ["x".repeat(FILE_MAX + 1), "\n".repeat(20_000)] {
            assert_eq!(edit(&desk, &lea, 1, add(0, long)).await.unwrap_err().kind, Kind::TooLarge);
        }
        for number in 0..DRAFT_MAX / FILE_MAX {
            edit(&desk, &lea, 1, add(number, "x".repeat(FILE_MAX))).await.unwrap();
        }
        assert_eq!(edit(&desk, &lea, 1, add(99, "x".to_owned())).await.unwrap_err().kind, Kind::TooLarge);
        edit(&desk, &lea, 1, Edit::Discard).await.unwrap();
        for number in 0..FILES_MAX {
            edit(&desk, &lea, 1, add(number, "x\n".to_owned())).await.unwrap();
        }
        assert_eq!(edit(&desk, &lea, 1, add(999, "x".to_owned())).await.unwrap_err().code, "too-many-files");

        let ana = agent(&desk, "Ana").await;
        assert_eq!(write_as(&desk, &ana).await, Kind::Forbidden);
        assert_eq!(editing::of(&mut desk.read().await.unwrap(), &ana).await.unwrap_err().kind, Kind::Forbidden);
        assert_eq!(write_as(&desk, &Actor::Outside).await, Kind::Forbidden);
    })
    .await;
}

async fn write_as(desk: &Desk, actor: &Actor) -> Kind {
    edit(desk, actor, 1, Edit::Remove(OTHER.to_owned())).await.unwrap_err().kind
}

#[tokio::test]
async fn what_publishing_means_is_told_before_and_an_unsound_draft_is_not_published() {
    on_each_database(async |desk| {
        let lea = lead(&desk, "Lea").await;
        let raw = "From: maria@acme.example\nTo: help@desk.example\nSubject: Hi\nMessage-ID: <1@acme.example>\n\nHi\n";
        mail_in(&desk, raw).await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        let path = "playbooks/general-request.yaml";
        let base = files(&desk, 1).await;
        let text = base.get(path).unwrap();
        let standing = review::standing(&mut desk.read().await.unwrap(), Scope::of(&lea).unwrap()).await.unwrap();
        assert_eq!(standing.len(), 1);
        let state = standing[0].state.clone();
        let last = state.rsplit('.').next().unwrap().to_owned();
        let keep = |text: String, was: &str| Edit::Keep { path: path.to_owned(), text, was: mark_of(was) };
        edit(&desk, &lea, 1, keep(text.replace(&last, "elsewhere"), text)).await.unwrap();
        let mine = draft(&desk, &lea).await.unwrap();
        let after = mine.laid_on(&base);
        let told = review::review(&base, &after, standing, desk.handbooks.registry());
        assert_eq!((told.files.len(), told.running), (1, 1));
        if told.is_sound() {
            assert_eq!(told.stranded.len(), 1, "{:?}", told.changes);
            assert!(
                told.stranded[0].1.as_deref().is_some_and(|name| name.contains("elsewhere")),
                "{:?}",
                told.stranded
            );
        }

        let present = after.get(path).unwrap().to_owned();
        edit(&desk, &lea, 1, keep(format!("{present}unknown-key: 1\n"), &present)).await.unwrap();
        let Published::Unsound(findings) = publish(&desk, &lea, "").await.unwrap() else { panic!("it was published") };
        assert!(findings.iter().any(|finding| finding.code == "unknown-key"), "{findings:?}");
        assert!(draft(&desk, &lea).await.is_some(), "and nothing of it is lost");
        assert_eq!(desk.handbooks.current_number(), 1);
    })
    .await;
}
