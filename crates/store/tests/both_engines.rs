//! What the rest of the program relies on, on SQLite and, when `DESKHAND_TEST_POSTGRES` names a server, on PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

use futures::FutureExt;
use store::{Clock, Db, Error, Id, Location, Migration, News, Result, Row, sql};

const STEPS: &[Migration] = &[Migration {
    number: 1,
    name: "things",
    sql: "CREATE TABLE things (id {integer} PRIMARY KEY, name TEXT NOT NULL UNIQUE, good {boolean}, raw {bytes}){strict}",
}];

/// Runs `story` on every engine there is.
async fn on_each_engine(name: &str, story: impl AsyncFn(Db, Clock)) {
    let folder = tempfile::tempdir().unwrap();
    let mut locations = vec![Location::Memory, Location::File(folder.path().join("desk.db"))];
    if let Ok(url) = std::env::var("DESKHAND_TEST_POSTGRES") {
        let schema = format!("store_{name}_{}", std::process::id());
        locations.push(Location::Server { url, schema: Some(schema) });
    }
    for location in locations {
        let db = Db::open(location).await.unwrap();
        let clock = Clock::system();
        store::migrate::migrate(&db, &clock, STEPS).await.unwrap();
        story(db.clone(), clock).await;
        db.close().await;
    }
}

async fn add(db: &Db, id: i64, name: &'static str) -> Result<()> {
    db.write(move |tx| {
        async move {
            tx.announce(News::of("thing", Id(id), 1));
            sql("INSERT INTO things (id, name, good, raw) VALUES ($1, $2, $3, $4)")
                .bind(id)
                .bind(name)
                .bind(true)
                .bind(None::<Vec<u8>>)
                .execute(tx)
                .await?;
            Ok(())
        }
        .boxed()
    })
    .await
}

async fn names(db: &Db) -> Vec<String> {
    let mut conn = db.read().await.unwrap();
    let rows = sql("SELECT name FROM things ORDER BY id").all(&mut conn).await.unwrap();
    rows.iter().map(|row: &Row| row.get("name").unwrap()).collect()
}

#[tokio::test]
async fn a_command_that_fails_takes_nothing_with_it_and_its_neighbours_stay() {
    on_each_engine("neighbours", async |db, _| {
        add(&db, 1, "one").await.unwrap();
        let (two, again, three) = tokio::join!(add(&db, 2, "two"), add(&db, 9, "one"), add(&db, 3, "three"));
        two.unwrap();
        three.unwrap();
        assert!(again.unwrap_err().is_constraint());
        assert_eq!(names(&db).await, ["one", "two", "three"]);
    })
    .await;
}

#[tokio::test]
async fn a_command_that_panics_is_rolled_back_and_the_writer_lives_on() {
    on_each_engine("panics", async |db, _| {
        let outcome: Result<()> = db
            .write(|tx| {
                async move {
                    sql("INSERT INTO things (id, name) VALUES (5, 'lost')").execute(tx).await?;
                    panic!("a defect in a command, planted by this test");
                }
                .boxed()
            })
            .await;
        assert!(matches!(outcome, Err(Error::Panicked)));
        add(&db, 1, "after").await.unwrap();
        assert_eq!(names(&db).await, ["after"]);
    })
    .await;
}

#[tokio::test]
async fn a_thousand_commands_at_once_all_arrive() {
    on_each_engine("thousand", async |db, _| {
        let all = (0..1_000).map(|n| add(&db, n, Box::leak(format!("thing {n:04}").into_boxed_str())));
        for outcome in futures::future::join_all(all).await {
            outcome.unwrap();
        }
        assert_eq!(names(&db).await.len(), 1_000);
    })
    .await;
}

#[tokio::test]
async fn news_are_told_after_the_commit_and_never_of_what_failed() {
    on_each_engine("news", async |db, _| {
        let mut news = db.news();
        // On PostgreSQL the listener needs a moment to be in place: write until the first news arrive.
        let mut id = 100;
        let first = loop {
            add(&db, id, Box::leak(format!("first {id}").into_boxed_str())).await.unwrap();
            match tokio::time::timeout(std::time::Duration::from_millis(200), news.recv()).await {
                Ok(item) => break item.unwrap(),
                Err(_) => id += 1,
            }
        };
        assert_eq!(first.topic, "thing");
        assert!(names(&db).await.iter().any(|name| *name == format!("first {}", first.id)));
        add(&db, 1, "good").await.unwrap();
        add(&db, 2, "good").await.unwrap_err();
        add(&db, 3, "better").await.unwrap();
        let mut told = Vec::new();
        while !told.contains(&Id(3)) {
            told.push(news.recv().await.unwrap().id);
        }
        assert!(!told.contains(&Id(2)));
    })
    .await;
}

#[tokio::test]
async fn two_processes_get_different_node_numbers_and_a_released_one_comes_back() {
    on_each_engine("nodes", async |db, clock| {
        let first = db.ids(&clock, "one").await.unwrap();
        let second = db.ids(&clock, "two").await.unwrap();
        assert_ne!(first.node(), second.node());
        db.release_node(&first).await.unwrap();
        assert_eq!(db.ids(&clock, "three").await.unwrap().node(), first.node());
    })
    .await;
}

#[tokio::test]
async fn a_schema_from_a_newer_program_is_refused_with_advice() {
    on_each_engine("newer", async |db, clock| {
        let error = store::migrate::migrate(&db, &clock, &[]).await.unwrap_err();
        assert!(error.to_string().contains("start the newer program"), "{error}");
        const CHANGED: &[Migration] = &[Migration { number: 1, name: "things", sql: "SELECT 1" }];
        let error = store::migrate::migrate(&db, &clock, CHANGED).await.unwrap_err();
        assert!(error.to_string().contains("made by another build"), "{error}");
        assert_eq!(store::migrate::migrate(&db, &clock, STEPS).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn an_embedded_database_is_copied_before_its_schema_changes() {
    const NEXT: &[Migration] =
        &[STEPS[0], Migration { number: 2, name: "colours", sql: "ALTER TABLE things ADD COLUMN colour TEXT" }];
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(Location::File(folder.path().join("desk.db"))).await.unwrap();
    let clock = Clock::system();
    store::migrate::migrate(&db, &clock, STEPS).await.unwrap();
    add(&db, 1, "kept").await.unwrap();
    assert_eq!(store::migrate::migrate(&db, &clock, NEXT).await.unwrap(), 1);
    let copy = Db::open(Location::File(folder.path().join("desk.before-step-2"))).await.unwrap();
    assert_eq!(names(&copy).await, ["kept"]);
    let mut conn = copy.read().await.unwrap();
    assert!(sql("SELECT colour FROM things").all(&mut conn).await.is_err(), "the copy is from before");
}

#[tokio::test]
async fn a_recording_keeps_what_was_committed_and_read_and_nothing_else() {
    use store::recording::Asked;
    on_each_engine("recording", async |db, _| {
        add(&db, 1, "before").await.unwrap();
        let recording = db.record();
        add(&db, 2, "two").await.unwrap();
        add(&db, 3, "two").await.unwrap_err();
        names(&db).await;
        let asked = recording.take();
        let texts: Vec<Vec<String>> = asked
            .iter()
            .map(|asked| match asked {
                Asked::Alone(statement) => vec![statement],
                Asked::Together(statements) => statements.iter().collect(),
            })
            .map(|all| all.iter().map(|one| one.query.text_for(db.engine()).as_str().to_owned()).collect())
            .collect();
        assert_eq!(texts.len(), 2, "{texts:?}");
        assert!(texts[0][0].starts_with("INSERT INTO things"));
        assert!(texts[1][0].starts_with("SELECT name FROM things"));
        let Asked::Together(statements) = &asked[0] else { panic!("a transaction is kept together") };
        assert_eq!(statements[0].query.values()[0], 2_i64.into());
        assert!(recording.take().is_empty(), "what was taken is gone");
    })
    .await;
}

#[tokio::test]
async fn a_snapshot_shows_the_tables_as_they_stood_when_it_began() {
    use store::tables::{Layout, Snapshot, each_row};
    on_each_engine("snapshot", async |db, _| {
        for (id, name) in [(2, "two"), (1, "one")] {
            add(&db, id, name).await.unwrap();
        }
        // In memory there is one connection, which the snapshot holds.
        let others_can_write = db.engine() == store::Engine::Postgres || is_file(&db).await;
        let mut snapshot = Snapshot::of(&db).await.unwrap();
        if others_can_write {
            add(&db, 3, "three").await.unwrap();
        }
        let layout = Layout { steps: STEPS, derived: &[] };
        let tables = layout.tables(&mut snapshot).await.unwrap();
        assert_eq!(tables.iter().map(|table| table.name.as_str()).collect::<Vec<_>>(), ["things"]);
        let mut rows = Vec::new();
        let reading = each_row(&mut snapshot, &tables[0], |values| {
            rows.push(values);
            Ok::<_, Error>(())
        });
        reading.await.unwrap();
        let row = |id: i64, name: &str| vec![id.into(), name.into(), 1_i64.into(), store::Value::Bytes(None)];
        assert_eq!(rows, [row(1, "one"), row(2, "two")], "by their key, and truth as a number");
        drop(snapshot);
        add(&db, 4, "four").await.unwrap();
    })
    .await;
}

/// Whether an embedded database is in a file, and so has connections beside the writer's.
async fn is_file(db: &Db) -> bool {
    let mut conn = db.read().await.unwrap();
    let file: Option<String> = sql("SELECT file FROM pragma_database_list").scalar(&mut conn, "file").await.unwrap();
    file.is_some_and(|file| !file.is_empty())
}

#[tokio::test]
async fn a_filling_is_kept_whole_or_not_at_all_and_only_where_nothing_is() {
    use store::tables::{Filling, Layout};
    const LINKED: &[Migration] = &[
        STEPS[0],
        Migration {
            number: 2,
            name: "parts",
            sql: "CREATE TABLE parts (id {integer} PRIMARY KEY, thing_id {integer} NOT NULL REFERENCES things (id)){strict};\n{sequence:part_numbers}",
        },
    ];
    let layout = Layout { steps: LINKED, derived: &[] };
    let folder = tempfile::tempdir().unwrap();
    let mut locations = vec![Location::File(folder.path().join("desk.db"))];
    if let Ok(url) = std::env::var("DESKHAND_TEST_POSTGRES") {
        let schema = format!("store_filling_{}", std::process::id());
        locations.push(Location::Server { url, schema: Some(schema) });
    }
    for location in locations {
        let (db, clock) = (Db::open(location).await.unwrap(), Clock::system());
        for kept in [false, true] {
            let mut filling = Filling::of(&db, &clock, layout).await.unwrap();
            let tables = filling.tables().await.unwrap();
            // What refers comes first, and what it refers to only when it is to be kept.
            filling.put(&tables[0], vec![vec![7_i64.into(), 1_i64.into()]]).await.unwrap();
            if kept {
                let thing = vec![1_i64.into(), "one".into(), 0_i64.into(), vec![1_u8, 2].into()];
                filling.put(&tables[1], vec![thing]).await.unwrap();
            }
            filling.set_sequence("part_numbers", 1_234).await.unwrap();
            let outcome = filling.keep().await;
            assert_eq!(outcome.is_ok(), kept, "{outcome:?}");
        }
        assert_eq!(names(&db).await, ["one"]);
        let value = store::tables::sequence_value(&mut db.read().await.unwrap(), "part_numbers").await.unwrap();
        assert_eq!(value, 1_234);
        assert!(Filling::of(&db, &clock, layout).await.is_err(), "there is something now");
        let dangling: Result<u64> =
            db.write(|tx| sql("INSERT INTO parts (id, thing_id) VALUES (8, 9)").execute(tx).boxed()).await;
        assert!(dangling.unwrap_err().is_constraint(), "references count again");
        db.erase().await.unwrap();
        db.close().await;
    }
}

#[tokio::test]
async fn commits_and_the_commands_in_them_are_counted() {
    on_each_engine("counts", async |db, _| {
        let before = db.counted();
        add(&db, 1, "one").await.unwrap();
        add(&db, 2, "one").await.unwrap_err();
        let (two, three) = tokio::join!(add(&db, 2, "two"), add(&db, 3, "three"));
        two.and(three).unwrap();
        let after = db.counted();
        assert_eq!(after.commands - before.commands, 3, "what was refused is in no commit");
        let commits = after.commits - before.commits;
        assert!((2..=3).contains(&commits), "{commits}");
    })
    .await;
}

#[tokio::test]
async fn what_is_lent_again_answers_what_it_is_asked_whatever_became_of_its_last_owner() {
    on_each_engine("lent", async |db, _| {
        for number in 0..40 {
            add(&db, number, Box::leak(format!("thing {number:02}").into_boxed_str())).await.unwrap();
        }
        // Its owner turns away at the first of many rows; another is let go of before anything was read.
        let mut conn = db.read().await.unwrap();
        let all = sql("SELECT a.id AS id FROM things a, things b, things c");
        let turned_away = all.each(&mut conn, |_| Err(Error::Closed)).await;
        assert!(matches!(turned_away, Err(Error::Closed)));
        drop(conn);
        let mut conn = db.read().await.unwrap();
        drop(futures::poll!(std::pin::pin!(sql("SELECT b.id AS id FROM things a, things b").all(&mut conn))));
        drop(conn);
        for _ in 0..4 {
            assert_eq!(names(&db).await.len(), 40);
        }
        // A statement that fails within a transaction leaves nobody within it.
        let failed =
            db.write(|tx| async move { sql("SELECT nothing FROM things").all(tx).await.map(drop) }.boxed()).await;
        assert!(matches!(failed, Err(Error::Statement(_))), "{failed:?}");
        for number in 40..44 {
            add(&db, number, Box::leak(format!("thing {number:02}").into_boxed_str())).await.unwrap();
        }
        assert_eq!(names(&db).await.len(), 44);
    })
    .await;
}

#[tokio::test]
async fn a_connection_that_the_server_ended_is_not_lent_twice() {
    on_each_engine("ended", async |db, _| {
        if db.engine() == store::Engine::Sqlite {
            return;
        }
        const OWN: &str = "SELECT CAST(pg_backend_pid() AS BIGINT) AS pid";
        let (mut one, mut other) = (db.read().await.unwrap(), db.read().await.unwrap());
        let ended: i64 = sql(OWN).scalar(&mut one, "pid").await.unwrap().unwrap();
        let ending = sql("SELECT CAST(pg_terminate_backend(CAST($1 AS INTEGER)) AS TEXT) AS ended").bind(ended);
        ending.one(&mut other).await.unwrap();
        // It goes back first, so that the other lies above it and the next two owners are lent both.
        drop(one);
        drop(other);
        for _ in 0..2 {
            let (mut one, mut other) = (db.read().await.unwrap(), db.read().await.unwrap());
            let answers = (sql(OWN).one(&mut one).await.is_ok(), sql(OWN).one(&mut other).await.is_ok());
            // Within a second of its end nobody has asked whether it is well; whoever was lent it says so for the next.
            assert!(answers.0 || answers.1);
        }
        let (mut one, mut other) = (db.read().await.unwrap(), db.read().await.unwrap());
        for conn in [&mut one, &mut other] {
            assert_ne!(sql(OWN).scalar::<i64>(conn, "pid").await.unwrap(), Some(ended));
        }
    })
    .await;
}
