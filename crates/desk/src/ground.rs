//! What every feature stands on: the database, time, chance, ids and settings, put together once.

use std::sync::Arc;

use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::SignedDuration;
use store::{Chance, Clock, Conn, Db, Ids};

use crate::{Actor, Context, Result, Settings};

/// How far the clocks of two processes may be apart: what is further ahead than this was written under a clock that was set wrong, and
/// has been set right since.
pub(crate) const CLOCKS_APART: SignedDuration = SignedDuration::from_mins(10);

/// The desk without its features. Cheap to clone.
#[derive(Clone)]
pub struct Ground {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// Chance.
    pub chance: Chance,
    /// Ids.
    pub ids: Ids,
    /// The desk's settings.
    pub settings: Arc<Settings>,
}

impl Ground {
    /// A connection to read with.
    pub async fn read(&self) -> Result<Conn> {
        Ok(self.db.read().await?)
    }

    /// Does `work` in one transaction, on behalf of `actor`. `work` may be called again on a clean transaction.
    pub async fn change<T, F>(&self, actor: &Actor, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c, 't> Fn(&'c mut Context<'t>) -> BoxFuture<'c, Result<T>> + Send + Sync + 'static,
    {
        let (ground, actor, work) = (self.clone(), actor.clone(), Arc::new(work));
        self.db
            .write(move |tx| {
                let (ground, actor, work) = (ground.clone(), actor.clone(), Arc::clone(&work));
                async move {
                    let mut context = Context {
                        tx,
                        actor: &actor,
                        now: ground.clock.now(),
                        ids: &ground.ids,
                        chance: &ground.chance,
                        settings: &ground.settings,
                    };
                    work(&mut context).await
                }
                .boxed()
            })
            .await
    }
}
