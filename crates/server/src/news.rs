//! Hearing of what changed, for whoever rests until something did.

use store::News;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

/// Ends with the next news of one of `topics`. Whoever missed some looks for themselves.
pub(crate) async fn heard(news: &mut broadcast::Receiver<News>, topics: &[&str]) {
    loop {
        match news.recv().await {
            Ok(item) if topics.contains(&item.topic.as_str()) => return,
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => return,
            // The database is closed: there will be no news, only the end of the rest.
            Err(RecvError::Closed) => std::future::pending::<()>().await,
        }
    }
}
