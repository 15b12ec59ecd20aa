//! The database as the rest of the program sees it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use tokio::runtime::Handle;
use tokio::sync::{broadcast, mpsc};

use crate::connection::Wire;
use crate::counts::{Counted, Counts};
use crate::recording::Recorder;
use crate::writer::{Pending, Place, Work, commit_alone, group_commits};
use crate::{Clock, Conn, Engine, Error, Ids, Job, News, Recording, Result, Tx, ids, postgres, sql, sqlite};

/// How much work may wait for SQLite's writer before those who bring more must wait themselves.
const WAITING: usize = 4_096;
/// News kept for a receiver that is slow; one that falls further behind is told so and reads everything again.
const NEWS: usize = 4_096;
/// How long a node number is held without being renewed.
const LEASE: SignedDuration = SignedDuration::from_mins(10);

/// Where a desk keeps its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// The embedded database in this file.
    File(PathBuf),
    /// An embedded database that is gone when it is closed.
    Memory,
    /// A PostgreSQL server, by URL, and a schema other than its default one.
    Server {
        /// `postgres://user:password@host/database`
        url: String,
        /// The schema to work in, made when it is not there.
        schema: Option<String>,
    },
}

impl Location {
    /// Tries once whether a database can be opened here, for `within` at most, and says whether it holds a schema already. Makes
    /// nothing; for whoever would rather come again later than wait for a server that starts, or may not begin a new one.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the server is away or does not answer in time, [`Error::Statement`] when it lets nobody in, such as
    /// for a wrong password. An embedded one can be opened, as far as is known before.
    pub async fn knock(&self, within: Duration) -> Result<bool> {
        match self {
            Location::File(file) => Ok(file.exists()),
            Location::Memory => Ok(false),
            Location::Server { url, schema } => postgres::knock(url, schema.as_deref(), within).await,
        }
    }
}

/// An open database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pools: Pools,
    location: Location,
    news: broadcast::Sender<News>,
    recorder: Recorder,
    counts: Counts,
}

#[derive(Clone)]
enum Pools {
    Sqlite { read: sqlite::Pool, write: sqlite::Pool, waiting: mpsc::Sender<Box<dyn Work>> },
    Postgres(postgres::Pool),
}

impl Db {
    /// Opens the database at `location`, making an embedded one when it is not there. Needs a running tokio runtime.
    pub async fn open(location: Location) -> Result<Self> {
        let (news, _) = broadcast::channel(NEWS);
        let (recorder, counts) = (Recorder::default(), Counts::default());
        let pools = match &location {
            Location::File(file) => Self::embedded(sqlite::open(file)?, &news, &recorder, &counts)?,
            Location::Memory => Self::embedded(sqlite::open_in_memory()?, &news, &recorder, &counts)?,
            Location::Server { url, schema } => {
                let schema = schema.as_deref();
                if let Some(schema) = schema {
                    make_schema(url, schema).await?;
                }
                let pool = postgres::Pool::open(url, schema, 16).await?;
                tokio::spawn(postgres::pass_on_news(pool.clone(), news.clone()));
                Pools::Postgres(pool)
            }
        };
        Ok(Self { pools, location, news, recorder, counts })
    }

    /// The writer has a thread of its own: what it does, it does there from the first statement to the commit.
    fn embedded(
        pools: sqlite::Pools,
        news: &broadcast::Sender<News>,
        recorder: &Recorder,
        counts: &Counts,
    ) -> Result<Pools> {
        let (waiting, receiver) = mpsc::channel(WAITING);
        let place = Place { news: news.clone(), recorder: recorder.clone(), counts: counts.clone() };
        let writing = group_commits(pools.write.clone(), receiver, place);
        let runtime = Handle::current();
        std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || runtime.block_on(writing))
            .map_err(|error| Error::Unavailable(error.to_string()))?;
        Ok(Pools::Sqlite { read: pools.read, write: pools.write, waiting })
    }

    /// Which engine this is.
    pub fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// A connection to read with. Only for reading: SQLite's refuses to write.
    pub async fn read(&self) -> Result<Conn> {
        let mut conn = Conn::new(match &self.pools {
            Pools::Sqlite { read, .. } => Wire::Sqlite(read.acquire().await?),
            Pools::Postgres(pool) => Wire::Postgres(pool.acquire().await?),
        });
        conn.heard = self.recorder.alone();
        Ok(conn)
    }

    /// The connection that writes, held by its owner: for filling an empty database.
    pub(crate) async fn writing(&self) -> Result<Conn> {
        Ok(Conn::new(match &self.pools {
            Pools::Sqlite { write, .. } => Wire::Sqlite(write.acquire().await?),
            Pools::Postgres(pool) => Wire::Postgres(pool.acquire().await?),
        }))
    }

    /// Does `work` in a transaction and gives its outcome once that is committed; an `Err` from `work` leaves nothing
    /// behind. `work` may be called more than once, always on a clean transaction, so it must not remember
    /// anything. It goes on even if the caller gives up waiting.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> Job<'t, Result<T, E>> + Send + Sync + 'static,
    {
        let (pending, answer) = Pending::new(work);
        let work: Box<dyn Work> = Box::new(pending);
        match &self.pools {
            Pools::Sqlite { waiting, .. } => waiting.send(work).await.map_err(|_| Error::Closed)?,
            Pools::Postgres(pool) => {
                drop(tokio::spawn(commit_alone(pool.clone(), work, self.recorder.clone(), self.counts.clone())));
            }
        }
        answer.await.map_err(|_| Error::Closed)?
    }

    /// From now on keeps what is asked of this database, for as long as it is open; see [`Recording`].
    pub fn record(&self) -> Recording {
        self.recorder.start()
    }

    /// What was written since it was opened.
    pub fn counted(&self) -> Counted {
        self.counts.now()
    }

    /// News of every change that is committed from now on.
    pub fn news(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    /// Tells every process news of what stands in no database.
    pub async fn tell(&self, news: News) -> Result<()> {
        match self.engine() {
            // One process serves an embedded database.
            Engine::Sqlite => self.pass_on(news),
            Engine::Postgres => {
                self.write(move |tx| {
                    tx.announce(news.clone());
                    async { Ok::<_, Error>(()) }.boxed()
                })
                .await?;
            }
        }
        Ok(())
    }

    /// Passes on, within this process, news that it learnt by looking.
    pub fn pass_on(&self, news: News) {
        // Nobody may be listening.
        let _ = self.news.send(news);
    }

    /// A number that changes whenever another process has written to the embedded database; always 0 on PostgreSQL,
    /// where news travel by themselves.
    pub async fn outside_changes(&self) -> Result<i64> {
        let Pools::Sqlite { write, .. } = &self.pools else { return Ok(0) };
        let mut conn = Conn::new(Wire::Sqlite(write.acquire().await?));
        Ok(sql("PRAGMA data_version").scalar(&mut conn, "data_version").await?.unwrap_or_default())
    }

    /// Takes a node number that no other living process has, and gives the id source of that node. `holder` says
    /// who it is, for people.
    pub async fn ids(&self, clock: &Clock, holder: &str) -> Result<Ids> {
        let now = clock.real_now();
        let mut conn = self.read().await?;
        let rows = sql("SELECT node FROM nodes WHERE held_until >= $1 ORDER BY node").bind(now).all(&mut conn).await?;
        drop(conn);
        let held = rows.iter().map(|row| row.get::<i64>("node")).collect::<Result<Vec<_>>>()?;
        for node in (0..ids::NODES).filter(|node| !held.contains(node)) {
            if self.hold_node(node, holder, now).await? {
                return Ok(Ids::new(clock.clone(), node));
            }
        }
        Err(Error::Unavailable(format!("all {} node numbers are taken", ids::NODES)))
    }

    async fn hold_node(&self, node: i64, holder: &str, now: Timestamp) -> Result<bool> {
        let holder = holder.to_owned();
        self.write(move |tx| {
            let taking = sql("INSERT INTO nodes (node, holder, held_until) VALUES ($1, $2, $3)
                ON CONFLICT (node) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
                WHERE nodes.held_until < $4")
            .bind(node)
            .bind(&holder)
            .bind(now + LEASE)
            .bind(now);
            async move { Ok(taking.execute(tx).await? == 1) }.boxed()
        })
        .await
    }

    /// Keeps the node number of `ids` for another while; to be called every few minutes.
    pub async fn renew_node(&self, ids: &Ids, clock: &Clock) -> Result<()> {
        self.set_lease(ids.node(), clock.real_now() + LEASE).await
    }

    /// Gives the node number of `ids` back.
    pub async fn release_node(&self, ids: &Ids) -> Result<()> {
        self.set_lease(ids.node(), Timestamp::UNIX_EPOCH).await
    }

    async fn set_lease(&self, node: i64, until: Timestamp) -> Result<()> {
        self.write(move |tx| {
            let setting = sql("UPDATE nodes SET held_until = $1 WHERE node = $2").bind(until).bind(node);
            async move { setting.execute(tx).await.map(drop) }.boxed()
        })
        .await
    }

    /// Copies an embedded database into `<file>.before-step-N` beside it, before its schema is changed.
    pub(crate) async fn copy_before_upgrade(&self, steps: usize) -> Result<()> {
        let (Pools::Sqlite { write, .. }, Location::File(file)) = (&self.pools, &self.location) else { return Ok(()) };
        let copy = file.with_extension(format!("before-step-{}", steps + 1));
        remove_old_copy(&copy)?;
        let mut conn = Conn::new(Wire::Sqlite(write.acquire().await?));
        sql("VACUUM INTO $1").bind(copy.to_string_lossy().into_owned()).execute(&mut conn).await?;
        tracing::info!("the database was copied before its upgrade");
        Ok(())
    }

    /// Removes the schema that this was opened with, and everything in it. Does nothing to any other database.
    pub async fn erase(&self) -> Result<()> {
        if let Location::Server { schema: Some(schema), .. } = &self.location {
            let schema = schema.clone();
            self.write(move |tx| {
                let dropping = sql(format!("DROP SCHEMA {schema} CASCADE"));
                async move { dropping.execute(tx).await.map(drop) }.boxed()
            })
            .await?;
        }
        Ok(())
    }

    /// Waits for what is running and closes every connection.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { read, write, .. } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

/// `VACUUM INTO` refuses to write over a file that a broken-off upgrade left.
fn remove_old_copy(copy: &Path) -> Result<()> {
    match std::fs::remove_file(copy) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::Unavailable(error.to_string())),
        _ => Ok(()),
    }
}

async fn make_schema(url: &str, schema: &str) -> Result<()> {
    if schema.is_empty() || !schema.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
        return Err(Error::Schema(format!("{schema:?} is no name for a schema: use a-z, 0-9 and _")));
    }
    let pool = postgres::Pool::open(url, None, 1).await?;
    let mut conn = Conn::new(Wire::Postgres(pool.acquire().await?));
    sql(format!("CREATE SCHEMA IF NOT EXISTS {schema}")).execute(&mut conn).await?;
    drop(conn);
    pool.close().await;
    Ok(())
}
