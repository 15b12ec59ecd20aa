//! A disk without room, under the database and under the attachments.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::running::Place;
use crate::running::ask::Request;
use crate::running::postgres::Postgres;
use crate::{asked_until_taken, count, form, mail, mail_with_attachment, serving};

/// A file system of so many bytes, gone when this is dropped.
struct Disk {
    folder: TempDir,
}

impl Disk {
    /// `None` where nobody may mount one.
    fn of(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={size}");
        let mounting = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).output();
        if !mounting.is_ok_and(|mounted| mounted.status.success()) {
            eprintln!("not tried: only root may mount a small disk");
            return None;
        }
        Some(Self { folder })
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Takes all the room that is left, but for about so many bytes.
    fn fill(&self, leave: usize) -> PathBuf {
        let file = self.path().join("filler");
        let piece = vec![0; 16 * 1024];
        let mut filler = std::fs::File::create(&file).unwrap();
        let mut written = 0;
        while std::io::Write::write_all(&mut filler, &piece).is_ok() {
            written += piece.len();
        }
        filler.set_len(u64::try_from(written.saturating_sub(leave)).unwrap()).unwrap();
        file
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_under_the_database_refuses_and_loses_nothing_and_is_forgotten_when_there_is_room() {
    let Some(disk) = Disk::of("24m") else { return };
    let place = Place::in_folder(disk.path().join("data"));
    let opened = refused_while_full(&place, &disk).await;
    assert_eq!(count(&place, FORMS).await, opened);
    let check = store::Db::open(place.location()).await.unwrap();
    let rows = store::sql("PRAGMA integrity_check").all(&mut check.read().await.unwrap()).await.unwrap();
    assert_eq!(rows[0].get::<String>("integrity_check").unwrap(), "ok");
    check.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_under_postgresql_refuses_and_loses_nothing_and_is_forgotten_when_there_is_room() {
    let Some(disk) = Disk::of("128m") else { return };
    let Some(mut server) = Postgres::start_on(disk.path()).await else { return };
    let place = Place::on(&server.url(), "disk_full").await;
    let opened = refused_while_full(&place, &disk).await;
    // What it said yes to is there after a crash as well.
    server.stop("QUIT").await;
    server.go_on().await;
    assert_eq!(count(&place, FORMS).await, opened);
}

const FORMS: &str = "SELECT COUNT(*) AS count FROM tickets WHERE playbook = 'document-change'";

/// Submits forms until the disk is full, sees them refused, makes room, and submits the refused ones again. Gives how many were told
/// that they have opened a ticket.
async fn refused_while_full(place: &Place, disk: &Disk) -> i64 {
    let token = place.prepare(1).await;
    let (running, address) = serving(place).await;
    let first = form("before").by(&token).send(address).await.unwrap();
    assert_eq!(first.status, 201, "{first:?}");

    let filler = disk.fill(300 * 1024);
    let (mut taken, mut refused) = (BTreeSet::new(), Vec::new());
    for number in 0..400 {
        let request = form(&format!("form-{number}")).by(&token);
        let answer = request.send(address).await.unwrap();
        match answer.status {
            201 => assert!(taken.insert(answer.body["ticket"]["id"].as_str().unwrap().to_owned())),
            503 => {
                assert_eq!(answer.body["code"], "unavailable", "{answer:?}");
                refused.push(request);
            }
            _ => panic!("{answer:?}\n{}", place.said()),
        }
        if refused.len() >= 10 {
            break;
        }
    }
    assert!(!taken.is_empty() && refused.len() == 10, "{} taken, {} refused", taken.len(), refused.len());
    // It can still be read, and says of itself that it lives.
    assert_eq!(Request::get("/health").send(address).await.unwrap().status, 200);
    let list = Request::get("/api/v1/tickets?limit=1").by(&token).send(address).await.unwrap();
    assert_eq!(list.status, 200, "{list:?}");

    std::fs::remove_file(filler).unwrap();
    for request in &refused {
        let (answer, _) = asked_until_taken(address, request).await;
        assert!(taken.insert(answer.body["ticket"]["id"].as_str().unwrap().to_owned()), "a ticket was told twice");
    }
    assert!(running.stop().await.success(), "{}", place.said());
    i64::try_from(taken.len() + 1).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_under_the_attachments_refuses_mails_with_some_and_takes_the_others() {
    for place in [Some(Place::embedded()), Place::on_server("attachments_full").await].into_iter().flatten() {
        let Some(disk) = Disk::of("1m") else { return };
        let token = place.prepare(1).await;
        let shelf = place.data().join("attachments");
        std::fs::remove_dir_all(&shelf).unwrap();
        std::os::unix::fs::symlink(disk.path(), &shelf).unwrap();
        let (running, address) = serving(&place).await;
        let send = async |raw: &str| Request::mail(raw).by(&token).send(address).await.unwrap();

        let mut refused = Vec::new();
        for number in 0..6 {
            let raw = mail_with_attachment(&format!("Mark {number}."), 300_000);
            let answer = send(&raw).await;
            match answer.status {
                202 => assert!(refused.is_empty(), "none fits any more"),
                503 => refused.push(raw),
                _ => panic!("{answer:?}\n{}", place.said()),
            }
            // Whatever is there is whole: what was begun is taken away again.
            let files = std::fs::read_dir(disk.path()).unwrap();
            let sizes: Vec<u64> = files.map(|file| file.unwrap().metadata().unwrap().len()).collect();
            assert!(sizes.iter().all(|size| (300_000..300_010).contains(size)), "{sizes:?}");
        }
        assert_eq!(refused.len(), 3, "three fit");
        assert_eq!(send(&mail("No attachment.")).await.status, 202);

        for file in std::fs::read_dir(disk.path()).unwrap() {
            std::fs::remove_file(file.unwrap().path()).unwrap();
        }
        for raw in &refused {
            assert_eq!(send(raw).await.status, 202, "there is room again");
        }
        assert!(running.stop().await.success(), "{}", place.said());
        assert_eq!(count(&place, "SELECT COUNT(*) AS count FROM tickets").await, 7);
        assert_eq!(count(&place, "SELECT COUNT(*) AS count FROM attachments").await, 6);
        place.remove().await;
    }
}
