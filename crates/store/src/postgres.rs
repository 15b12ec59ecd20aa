//! Opening PostgreSQL, and hearing the other nodes' news.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::pool::PoolOptions;
use sqlx::postgres::{PgConnectOptions, PgListener};
use sqlx::{Connection, PgConnection, PgPool};
use tokio::sync::broadcast;

use crate::connection::Wire;
use crate::lending::{Lendable, Lender, Lent};
use crate::{Clock, Conn, Error, News, Result, sql};

/// Tells the other nodes: each schema is a desk of its own and has its own channel.
pub(crate) const TELL: &str = "SELECT CAST(pg_notify('deskhand_news_' || current_schema(), $1) AS TEXT) AS told";
/// The name of that channel.
const CHANNEL: &str = "SELECT 'deskhand_news_' || current_schema() AS channel";
/// Null in a database that was never migrated.
const SCHEMA: &str = "SELECT CAST(to_regclass('schema_steps') AS TEXT)";
/// How long a connection may have rested before it is tried whether it still leads anywhere.
const TRUSTED: Duration = Duration::from_secs(1);
/// How long a connection rests before it is closed.
const RESTS: Duration = Duration::from_mins(10);
/// How long a connection is used before it is closed, so that what the server keeps for it does not grow without end.
const USED: Duration = Duration::from_mins(30);
/// How long whoever wants a connection waits until one is free, or the server that starts lets it in.
const WAITS: Duration = Duration::from_secs(10);
/// Between two attempts to connect to a server that starts: at first, and at the most.
const KNOCKS: (Duration, Duration) = (Duration::from_millis(10), Duration::from_secs(2));
/// How long the listener waits before it connects again.
const RECONNECT: Duration = Duration::from_secs(1);

fn options(url: &str, schema: Option<&str>) -> Result<PgConnectOptions> {
    let options = PgConnectOptions::from_str(url)?;
    Ok(match schema {
        Some(schema) => options.options([("search_path", schema)]),
        None => options,
    })
}

/// Tries once whether the server at `url` lets anybody in, for `within` at most, and says whether a schema is there. A pool
/// waits longer, for a server that starts at the same time.
pub(crate) async fn knock(url: &str, schema: Option<&str>, within: Duration) -> Result<bool> {
    let options = options(url, schema)?;
    let knocking = async {
        let mut conn = PgConnection::connect_with(&options).await?;
        let steps: Option<String> = sqlx::query_scalar(SCHEMA).fetch_one(&mut conn).await?;
        conn.close().await?;
        Ok::<_, sqlx::Error>(steps.is_some())
    };
    match tokio::time::timeout(within, knocking).await {
        Ok(answered) => Ok(answered?),
        Err(_) => Err(Error::Unavailable("the server does not answer".to_owned())),
    }
}

/// Connections to one server. Cheap to clone.
///
/// The driver's own pool asks the server on each return whether the connection is well, which made a statement outside of a transaction two
/// round trips. Here it is asked before it is lent again, and only where something was broken off or it has rested.
#[derive(Clone)]
pub(crate) struct Pool {
    lender: Lender<Line>,
    options: Arc<PgConnectOptions>,
    /// The pool that the driver's listener wants, with the one connection that it holds.
    listening: PgPool,
    clock: Clock,
}

impl Pool {
    /// Connects to the server at `url`. `schema` names the schema to work in; the server's default when `None`.
    pub(crate) async fn open(url: &str, schema: Option<&str>, connections: u32) -> Result<Self> {
        let options = options(url, schema)?.statement_cache_capacity(512);
        // Compiling a plan takes longer than any statement of a desk: up to 60 ms for a list that is read in one.
        let options = options.options([("timezone", "UTC"), ("synchronous_commit", "on"), ("jit", "off")]);
        let listening = PoolOptions::new().max_connections(1).connect_lazy_with(options.clone());
        let (lender, options) = (Lender::new(connections, Vec::new()), Arc::new(options));
        let pool = Self { lender, options, listening, clock: Clock::system() };
        drop(pool.acquire().await?);
        Ok(pool)
    }

    /// Waits for a connection.
    pub(crate) async fn acquire(&self) -> Result<Lent<Line>> {
        let waited = || Error::Unavailable(format!("no connection was to be had within {} seconds", WAITS.as_secs()));
        tokio::time::timeout(WAITS, self.find()).await.map_err(|_| waited())?
    }

    async fn find(&self) -> Result<Lent<Line>> {
        let permit = self.lender.permit().await?;
        let now = self.clock.monotonic();
        self.lender.retain(|line| !line.is_old(now));
        while let Some(mut line) = self.lender.take() {
            if line.is_well(now).await {
                return Ok(self.lender.lend(line, permit));
            }
        }
        let connection = self.connect().await?;
        Ok(self.lender.lend(Line::new(connection, self.clock.clone()), permit))
    }

    /// Connects, again and again while the server only starts.
    async fn connect(&self) -> Result<PgConnection> {
        let mut pause = KNOCKS.0;
        loop {
            match PgConnection::connect_with(&self.options).await {
                Err(error) if starts(&error) => tokio::time::sleep(pause).await,
                connected => return Ok(connected?),
            }
            pause = (pause * 2).min(KNOCKS.1);
        }
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.lender.is_closed()
    }

    /// Waits for those that are lent out and closes every connection.
    pub(crate) async fn close(&self) {
        self.listening.close().await;
        for line in self.lender.close().await {
            // A server that is away already has closed it for us.
            let _ = line.connection.close().await;
        }
    }
}

/// Whether an error says that the server is about to be there.
fn starts(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(error) => error.kind() == std::io::ErrorKind::ConnectionRefused,
        sqlx::Error::Database(error) => error.is_transient_in_connect_phase(),
        _ => false,
    }
}

/// A connection, and how it is with it.
pub(crate) struct Line {
    connection: PgConnection,
    clock: Clock,
    /// When it was made, and when it came back; by the clock that is never moved.
    made: Duration,
    rested: Duration,
    /// That a statement was begun whose answer was not read to its end.
    broken_off: bool,
    /// That nobody else may have it: a transaction may be under way.
    only_once: bool,
}

impl Line {
    fn new(connection: PgConnection, clock: Clock) -> Self {
        let made = clock.monotonic();
        Self { connection, clock, made, rested: made, broken_off: false, only_once: false }
    }

    fn is_old(&self, now: Duration) -> bool {
        now.saturating_sub(self.rested) > RESTS || now.saturating_sub(self.made) > USED
    }

    /// Whether it leads anywhere; asked of the server where that is not plain.
    async fn is_well(&mut self, now: Duration) -> bool {
        if !self.broken_off && now.saturating_sub(self.rested) <= TRUSTED {
            return true;
        }
        self.broken_off = false;
        self.connection.ping().await.is_ok()
    }
}

impl Lendable for Line {
    fn comes_back(&mut self) -> bool {
        self.rested = self.clock.monotonic();
        !self.only_once
    }
}

impl Lent<Line> {
    /// The connection, for a statement whose answer is read to its end before [`Self::answered`].
    pub(crate) fn asking(&mut self) -> Result<&mut PgConnection> {
        let line = self.connection_mut()?;
        line.broken_off = true;
        Ok(&mut line.connection)
    }

    /// The answer was read to its end.
    pub(crate) fn answered(&mut self) {
        if let Ok(line) = self.connection_mut() {
            line.broken_off = false;
        }
    }

    /// Whether it is closed when it comes back, as it must be while a transaction is under way.
    pub(crate) fn close_on_return(&mut self, close: bool) {
        if let Ok(line) = self.connection_mut() {
            line.only_once = close;
        }
    }
}

/// Passes the news of every node on, until nobody listens; connects again when the server went away.
pub(crate) async fn pass_on_news(pool: Pool, news: broadcast::Sender<News>) {
    while !pool.is_closed() {
        if let Err(error) = listen(&pool, &news).await {
            if pool.is_closed() {
                return;
            }
            tracing::warn!(%error, "news from other nodes are interrupted");
        }
        tokio::time::sleep(RECONNECT).await;
    }
}

async fn listen(pool: &Pool, news: &broadcast::Sender<News>) -> Result<()> {
    let mut conn = Conn::new(Wire::Postgres(pool.acquire().await?));
    let channel: String = sql(CHANNEL).one(&mut conn).await?.get("channel")?;
    drop(conn);
    let mut listener = PgListener::connect_with(&pool.listening).await?;
    listener.listen(&channel).await?;
    loop {
        let notification = listener.recv().await?;
        match News::from_line(notification.payload()) {
            Some(item) => drop(news.send(item)),
            None => tracing::warn!("a notification that is no news was passed over"),
        }
    }
}
