//! That no table is forgotten, and that a backup of an older schema is restored.

use std::collections::BTreeSet;

use desk::{MIGRATIONS, backup};
use futures::FutureExt;
use store::{Clock, Db, Engine, sql};
use tempfile::TempDir;

use crate::{backed_up, restored};

/// What a backup leaves out, each with its reason: the schema's own steps are in its head, and node numbers belong to living
/// processes. Whoever adds a table that can be made anew from others names it in `desk::backup::DERIVED`, and here.
const LEFT_OUT: [&str; 2] = ["schema_steps", "nodes"];

/// What the dialect makes, such as a sequence, from a line `{kind:NAME}`: none of it is a table of rows that somebody wrote.
fn made_by_the_dialect(name: &str) -> bool {
    let mut lines = MIGRATIONS.iter().flat_map(|step| step.sql.lines());
    lines.any(|line| line.starts_with('{') && line.ends_with(&format!(":{name}}}")))
}

#[tokio::test]
async fn every_table_of_the_schema_is_in_a_backup_on_both_databases() {
    let folder = TempDir::new().unwrap();
    for place in crate::on_each_database("backup_tables").await {
        place.prepare(1).await;
        let file = backed_up(&place, folder.path(), "tables.tar.gz").await;
        let kept: BTreeSet<String> = backup::verify(&file).unwrap().1.tables.into_keys().collect();
        let db = Db::open(place.location()).await.unwrap();
        let text = match db.engine() {
            // Neither virtual tables nor what stands behind them.
            Engine::Sqlite => {
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
            }
            Engine::Postgres => {
                "SELECT CAST(table_name AS TEXT) AS name FROM information_schema.tables WHERE table_schema = current_schema()"
            }
        };
        let rows = sql(text).all(&mut db.read().await.unwrap()).await.unwrap();
        let there = rows.iter().map(|row| row.get::<String>("name").unwrap());
        let expected: BTreeSet<String> =
            there.filter(|name| !LEFT_OUT.contains(&name.as_str()) && !made_by_the_dialect(name)).collect();
        assert_eq!(kept, expected);
        db.close().await;
        place.remove().await;
    }
}

#[tokio::test]
async fn a_backup_of_an_older_schema_is_restored_and_brought_up_to_date() {
    let folder = TempDir::new().unwrap();
    let older = &MIGRATIONS[..6];
    for place in crate::on_each_database("backup_older").await {
        std::fs::create_dir_all(place.data()).unwrap();
        let db = Db::open(place.location()).await.unwrap();
        store::migrate::migrate(&db, &Clock::system(), older).await.unwrap();
        let writing = db.write(|tx| {
            async move {
                let text = "INSERT INTO settings (name, value) VALUES ('address', 'old@desk.example')";
                sql(text).execute(tx).await
            }
            .boxed()
        });
        let written: store::Result<u64> = writing.await;
        assert_eq!(written.unwrap(), 1);
        db.close().await;
        let file = backed_up(&place, folder.path(), "older.tar.gz").await;
        assert_eq!(backup::verify(&file).unwrap().0.schema.len(), older.len());
        place.remove().await;
        for target in crate::on_each_database("backup_newer").await {
            assert_eq!(restored(&target, &file, &[]).await.code, 0, "{}", target.said());
            let db = Db::open(target.location()).await.unwrap();
            let mut conn = db.read().await.unwrap();
            let steps = sql("SELECT COUNT(*) AS steps FROM schema_steps").one(&mut conn).await.unwrap();
            assert_eq!(steps.get::<i64>("steps").unwrap(), i64::try_from(MIGRATIONS.len()).unwrap());
            let kept = sql("SELECT value FROM settings WHERE name = 'address'").one(&mut conn).await.unwrap();
            assert_eq!(kept.get::<String>("value").unwrap(), "old@desk.example");
            drop(conn);
            db.close().await;
            target.remove().await;
        }
    }
}
