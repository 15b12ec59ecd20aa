//! The schema's numbered steps.

use crate::query::run_script;
use crate::{Clock, Conn, Db, Engine, Error, Result, Tx, chance, sql};
use futures::FutureExt;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// One step of the schema: its number, a name for people, and its SQL with the engine's type names left open
/// (see [`Engine::fill`]).
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// 1, 2, 3, … without gaps.
    pub number: u32,
    /// What it does, in a few words.
    pub name: &'static str,
    /// The statements.
    pub sql: &'static str,
}

const OWN_TABLES: &str = "
CREATE TABLE IF NOT EXISTS schema_steps (
    number {integer} PRIMARY KEY,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    applied_at {integer} NOT NULL
){strict};
CREATE TABLE IF NOT EXISTS nodes (
    node {integer} PRIMARY KEY,
    holder TEXT NOT NULL,
    held_until {integer} NOT NULL
){strict}";

/// Any number will do, so long as every process uses the same one.
const LOCK: i64 = 0x6465_736b_6861_6e64;

/// Brings the schema up to date; says how many steps were taken. Processes that start together wait for each other.
///
/// Fails with [`Error::Schema`] when the database is newer than this program, or when a step that was taken has been
/// changed since. An embedded database that holds data is copied beside itself first.
pub async fn migrate(db: &Db, clock: &Clock, steps: &'static [Migration]) -> Result<usize> {
    let (engine, now) = (db.engine(), clock.now());
    db.write(move |tx| prepare(tx, engine).boxed()).await?;
    let taken = db.write(|tx| taken_steps(tx).boxed()).await?;
    check(&taken, steps)?;
    if taken.is_empty() || taken.len() == steps.len() {
        tracing::debug!(steps = steps.len(), "the schema needs no copy");
    } else {
        db.copy_before_upgrade(taken.len()).await?;
    }
    db.write(move |tx| {
        async move {
            lock(tx, engine).await?;
            let taken = taken_steps(tx).await?;
            check(&taken, steps)?;
            take(tx, now, &steps[taken.len()..]).await?;
            Ok::<_, Error>(steps.len() - taken.len())
        }
        .boxed()
    })
    .await
}

/// Takes `steps` in a database that has none, within a transaction of the caller's.
pub(crate) async fn take_all(tx: &mut Tx, now: Timestamp, steps: &'static [Migration]) -> Result<()> {
    let engine = tx.engine();
    prepare(tx, engine).await?;
    if !taken_steps(tx).await?.is_empty() {
        return Err(Error::Schema("the database holds a desk already".to_owned()));
    }
    take(tx, now, steps).await
}

/// How many of `steps` the database has taken, and no others.
///
/// # Errors
/// [`Error::Schema`] when it is newer than this program or was made by another build.
pub async fn steps_taken(conn: &mut Conn, steps: &'static [Migration]) -> Result<&'static [Migration]> {
    let taken = taken_steps(conn).await?;
    check(&taken, steps)?;
    Ok(&steps[..taken.len()])
}

async fn take(tx: &mut Tx, now: Timestamp, steps: &'static [Migration]) -> Result<()> {
    let engine = tx.engine();
    for step in steps {
        run_script(tx, engine.fill(step.sql)).await?;
        sql("INSERT INTO schema_steps (number, name, digest, applied_at) VALUES ($1, $2, $3, $4)")
            .bind(step.number)
            .bind(step.name)
            .bind(digest(step))
            .bind(now)
            .execute(tx)
            .await?;
    }
    Ok(())
}

async fn prepare(tx: &mut Tx, engine: Engine) -> Result<()> {
    lock(tx, engine).await?;
    run_script(tx, engine.fill(OWN_TABLES)).await
}

async fn lock(tx: &mut Tx, engine: Engine) -> Result<()> {
    if engine == Engine::Postgres {
        sql("SELECT CAST(pg_advisory_xact_lock($1) AS TEXT) AS held").bind(LOCK).all(tx).await?;
    }
    Ok(())
}

async fn taken_steps(tx: &mut Conn) -> Result<Vec<(i64, String)>> {
    let rows = sql("SELECT number, digest FROM schema_steps ORDER BY number").all(tx).await?;
    rows.iter().map(|row| Ok((row.get("number")?, row.get("digest")?))).collect()
}

fn check(taken: &[(i64, String)], steps: &[Migration]) -> Result<()> {
    if taken.len() > steps.len() {
        return Err(Error::Schema(format!(
            "the database has {} schema steps and this program knows {}: start the newer program, or restore the copy made before the upgrade",
            taken.len(),
            steps.len()
        )));
    }
    for ((number, seen), step) in taken.iter().zip(steps) {
        if *number != i64::from(step.number) || *seen != digest(step) {
            return Err(Error::Schema(format!(
                "schema step {number} of the database is not this program's: it was made by another build"
            )));
        }
    }
    Ok(())
}

/// What tells a step from every other: the SHA-256 of its statements, in hexadecimal.
pub fn digest(step: &Migration) -> String {
    chance::hex(&Sha256::digest(step.sql.as_bytes()))
}
