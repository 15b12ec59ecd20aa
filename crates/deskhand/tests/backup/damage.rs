//! Backups that are damaged, and places that are taken: refused, and nothing is left behind.

use desk::backup;
use tempfile::TempDir;

use crate::running::Place;
use crate::running::calls::names_in;
use crate::{backed_up, backing_up, restored, submit};

#[tokio::test]
async fn a_backup_that_was_cut_off_or_changed_is_refused_and_leaves_nothing() {
    let (folder, place) = (TempDir::new().unwrap(), Place::embedded());
    place.prepare(3).await;
    let file = backed_up(&place, folder.path(), "whole.tar.gz").await;
    let whole = std::fs::read(&file).unwrap();
    for at in (0..16).map(|part| part * whole.len() / 16) {
        let mut changed = whole.clone();
        // Not among the four bytes of gzip's header that say when it was made, which nothing is behind.
        changed[at.max(12)] ^= 0x10;
        for (what, bytes) in [("cut off", &whole[..at]), ("changed", &changed[..])] {
            let broken = folder.path().join("broken.tar.gz");
            std::fs::write(&broken, bytes).unwrap();
            assert!(backup::verify(&broken).is_err(), "{what} at {at} of {}", whole.len());
        }
    }
    let broken = folder.path().join("broken.tar.gz");
    std::fs::write(&broken, &whole[..whole.len() * 3 / 4]).unwrap();
    let target = Place::embedded();
    let ended = restored(&target, &broken, &[]).await;
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(ended.said.contains("The backup is damaged") && ended.said.contains("Nothing was restored"), "{ended:?}");
    assert_eq!(names_in(&target.data()), ["attachments"]);
    // The place is as good as before.
    assert_eq!(restored(&target, &file, &[]).await.code, 0, "{}", target.said());
}

#[tokio::test]
async fn a_place_that_holds_a_desk_is_left_alone() {
    let folder = TempDir::new().unwrap();
    for place in crate::on_each_database("backup_taken").await {
        place.prepare(1).await;
        let file = backed_up(&place, folder.path(), "taken.tar.gz").await;
        let ended = restored(&place, &file, &[]).await;
        assert_eq!(ended.code, 2, "{ended:?}");
        let again = backed_up(&place, folder.path(), "still.tar.gz").await;
        crate::assert_same(&backup::verify(&file).unwrap(), &backup::verify(&again).unwrap(), &[]);
        place.remove().await;
    }
}

#[tokio::test]
async fn what_a_killed_restore_left_is_no_hindrance() {
    let (folder, place) = (TempDir::new().unwrap(), Place::embedded());
    place.prepare(1).await;
    let file = backed_up(&place, folder.path(), "whole.tar.gz").await;
    let target = Place::embedded();
    std::fs::create_dir_all(target.data()).unwrap();
    std::fs::write(target.data().join("desk.db.restoring"), "half a database").unwrap();
    std::fs::write(target.data().join("desk.db.restoring-wal"), "and its log").unwrap();
    assert_eq!(restored(&target, &file, &[]).await.code, 0, "{}", target.said());
    assert_eq!(names_in(&target.data()), ["attachments", "desk.db"]);
}

#[tokio::test]
async fn an_attachment_that_was_lost_is_told_and_the_rest_is_kept() {
    let (folder, place) = (TempDir::new().unwrap(), Place::embedded());
    place.prepare(1).await;
    let desk = place.open(store::Clock::system()).await;
    submit(&desk).await;
    let raw = "From: Rui <rui@outside.example>\r\nSubject: A picture\r\nMIME-Version: 1.0\r\nContent-Type: image/png\r\n\
               Content-Disposition: attachment; filename=a.png\r\n\r\nNo picture at all.\r\n";
    let mail = desk::handle::ReceiveMail { raw: raw.as_bytes().into(), key: None };
    desk.handle(&desk::Actor::Outside, desk::handle::Command::ReceiveMail(mail)).await.unwrap();
    desk.close().await.unwrap();
    for name in names_in(&place.data().join("attachments")) {
        std::fs::remove_file(place.data().join("attachments").join(name)).unwrap();
    }
    let file = folder.path().join("without.tar.gz");
    let ended = backing_up(&place, &file, &[]).await;
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(ended.said.contains("1 attachments that messages name"), "{ended:?}");
    let target = Place::embedded();
    assert_eq!(restored(&target, &file, &[]).await.code, 0, "{}", target.said());
}

#[tokio::test]
async fn without_a_desk_there_is_no_backup_and_no_file() {
    let folder = TempDir::new().unwrap();
    for place in crate::on_each_database("backup_none").await {
        let ended = backing_up(&place, &folder.path().join("none.tar.gz"), &[]).await;
        assert_eq!(ended.code, 2, "{ended:?}");
        assert!(names_in(folder.path()).is_empty());
        place.remove().await;
    }
}
