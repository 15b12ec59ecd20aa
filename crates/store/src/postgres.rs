//! Opening PostgreSQL, and hearing the other nodes' news.

use std::str::FromStr;
use std::time::Duration;

use futures::FutureExt;
use sqlx::pool::PoolOptions;
use sqlx::postgres::{PgConnectOptions, PgListener};
use sqlx::{Connection, PgConnection, PgPool};
use tokio::sync::broadcast;

use crate::connection::Wire;
use crate::{Conn, Error, News, Result, sql};

/// Tells the other nodes: each schema is a desk of its own and has its own channel.
pub(crate) const TELL: &str = "SELECT CAST(pg_notify('deskhand_news_' || current_schema(), $1) AS TEXT) AS told";
/// The name of that channel.
const CHANNEL: &str = "SELECT 'deskhand_news_' || current_schema() AS channel";
/// Null in a database that was never migrated.
const SCHEMA: &str = "SELECT CAST(to_regclass('schema_steps') AS TEXT)";
/// How long a connection may have rested before it is tried whether it still leads anywhere.
const TRUSTED: Duration = Duration::from_secs(1);
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

/// Connects to the server at `url`. `schema` names the schema to work in; the server's default when `None`.
pub(crate) async fn open(url: &str, schema: Option<&str>, connections: u32) -> Result<PgPool> {
    let options = options(url, schema)?.statement_cache_capacity(512);
    // Compiling a plan takes longer than any statement of a desk: up to 60 ms for a list that is read in one.
    let options = options.options([("timezone", "UTC"), ("synchronous_commit", "on"), ("jit", "off")]);
    Ok(PoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .before_acquire(|conn: &mut PgConnection, meta| {
            async move {
                if meta.idle_for > TRUSTED {
                    conn.ping().await?;
                }
                Ok(true)
            }
            .boxed()
        })
        .connect_with(options)
        .await?)
}

/// Passes the news of every node on, until nobody listens; connects again when the server went away.
pub(crate) async fn pass_on_news(pool: PgPool, news: broadcast::Sender<News>) {
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

async fn listen(pool: &PgPool, news: &broadcast::Sender<News>) -> Result<()> {
    let mut conn = Conn::new(Wire::Postgres(pool.acquire().await?));
    let channel: String = sql(CHANNEL).one(&mut conn).await?.get("channel")?;
    drop(conn);
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(&channel).await?;
    loop {
        let notification = listener.recv().await?;
        match News::from_line(notification.payload()) {
            Some(item) => drop(news.send(item)),
            None => tracing::warn!("a notification that is no news was passed over"),
        }
    }
}
