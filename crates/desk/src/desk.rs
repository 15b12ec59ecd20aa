//! The desk put together: what stands below the features, the handbooks, and the loops that a server turns.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use playbook::Files;
use store::{Chance, Clock, Conn, Db, Engine, Id, Location, Migration};

use crate::attachments::{self, Shelf};
use crate::ground::Ground;
use crate::handbook::{Handbooks, Published, tree};
use crate::handle::{Command, FireTimer, JudgeQueue, KeepClock, Outcome, PublishHandbook, handle};
use crate::outbox::{self, Carrier};
use crate::rights::Scope;
use crate::runs::view::{self, TicketView};
use crate::runs::{actions, queue};
use crate::{Actor, Error, Result, Settings, settings, timers};

/// The schema's steps.
pub const MIGRATIONS: &[Migration] =
    &[Migration { number: 1, name: "the way of a ticket", sql: include_str!("../migrations/0001_the_way.sql") }];

/// How many commands are put before the writer at once, so that they share commits.
const AT_ONCE: usize = 64;
/// How old something on the shelf must be before it counts as left behind.
const ORPHAN_AGE: Duration = Duration::from_secs(24 * 3600);

/// Where and how a desk is opened.
pub struct Opening {
    /// Where its rows are.
    pub location: Location,
    /// Where its attachments are; in memory when `None`.
    pub attachments: Option<PathBuf>,
    /// The handbook of the first start; the built-in one when `None`.
    pub handbook: Option<Files>,
    /// The desk's own mail address, to be remembered.
    pub address: Option<String>,
    /// Time.
    pub clock: Clock,
    /// Chance.
    pub chance: Chance,
    /// Who opens it, for people.
    pub holder: String,
}

/// The desk. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    /// What stands below the features.
    pub ground: Ground,
    /// The handbook's revisions.
    pub handbooks: Arc<Handbooks>,
    /// Where attachments are.
    pub shelf: Shelf,
}

impl Desk {
    /// Opens a desk: connects, brings the schema up to date, and on the first start publishes the handbook as revision 1.
    pub async fn open(opening: Opening) -> Result<Self> {
        let Opening { location, attachments, handbook, address, clock, chance, holder } = opening;
        let db = Db::open(location).await?;
        store::migrate::migrate(&db, &clock, MIGRATIONS).await.map_err(schema_error)?;
        let ids = db.ids(&clock, &holder).await?;
        let shelf = match &attachments {
            Some(folder) => Shelf::in_folder(folder, chance.clone())?,
            None => Shelf::in_memory(chance.clone()),
        };
        let handbooks = Arc::new(Handbooks::new(actions::registry()));
        let loaded = {
            let chance = chance.clone();
            db.write(move |tx| {
                let (chance, address) = (chance.clone(), address.clone());
                async move { Settings::load(tx, &chance, "Deskhand", address.as_deref()).await }.boxed()
            })
            .await?
        };
        let ground = Ground { db, clock, chance, ids, settings: Arc::new(loaded) };
        let mut desk = Self { ground, handbooks, shelf };
        desk.first_handbook(handbook).await?;
        desk.take_name().await?;
        Ok(desk)
    }

    async fn first_handbook(&self, given: Option<Files>) -> Result<()> {
        let mut conn = self.ground.read().await?;
        if self.handbooks.refresh(&mut conn).await? > 0 {
            self.handbooks.current(&mut conn).await?;
            return Ok(());
        }
        drop(conn);
        let files = given.unwrap_or_else(tree::built_in);
        match handle(self, &Actor::Desk, Command::PublishHandbook(PublishHandbook(files.clone()))).await? {
            Outcome::Published(Published::Unsound(findings)) => {
                let text: Vec<String> = findings.iter().map(|finding| finding.render(&files)).collect();
                Err(Error::invalid("unsound-handbook", format!("The handbook is not sound.\n{}", text.join("\n"))))
            }
            _ => {
                let mut conn = self.ground.read().await?;
                self.handbooks.refresh(&mut conn).await?;
                self.handbooks.current(&mut conn).await.map(drop)
            }
        }
    }

    /// The desk's name is the handbook's.
    async fn take_name(&mut self) -> Result<()> {
        let handbook = self.handbooks.current(&mut self.ground.read().await?).await?;
        let mut settings = Settings::clone(&self.ground.settings);
        settings.address.name = Some(handbook.desk.name.clone());
        self.ground.settings = Arc::new(settings);
        Ok(())
    }

    /// A connection to read with.
    pub async fn read(&self) -> Result<Conn> {
        self.ground.read().await
    }

    /// How the ticket with this id looks at this moment to `scope`; see [`view`].
    pub async fn view(&self, conn: &mut Conn, scope: Scope, ticket: Id) -> Result<TicketView> {
        view::of_ticket(conn, &self.ground, &self.handbooks, scope, ticket).await
    }

    /// The time at this desk.
    pub fn now(&self) -> Timestamp {
        self.ground.clock.now()
    }

    /// Does a command; see [`handle`].
    pub async fn handle(&self, actor: &Actor, command: Command) -> Result<Outcome> {
        handle(self, actor, command).await
    }

    /// Puts the clock where the demo left it.
    pub async fn resume_clock(&self) -> Result<()> {
        let offset = settings::clock_offset(&mut self.ground.read().await?).await?;
        self.ground.clock.advance(SignedDuration::from_micros(offset) - self.ground.clock.offset());
        Ok(())
    }

    /// Moves the demo's clock forward and remembers it.
    pub async fn advance_clock(&self, by: SignedDuration) -> Result<()> {
        self.ground.clock.advance(by);
        let offset_micros = i64::try_from(self.ground.clock.offset().as_micros()).unwrap_or(i64::MAX);
        self.handle(&Actor::Desk, Command::KeepClock(KeepClock { offset_micros })).await.map(drop)
    }

    /// Fires up to `limit` timers that are due, in order of their instants; says how many.
    pub async fn fire_next(&self, limit: u32) -> Result<usize> {
        let due = timers::due(&mut self.read().await?, self.now(), limit).await?;
        let count = due.len();
        let commands =
            due.into_iter().map(|due| Command::FireTimer(FireTimer { ticket: due.ticket, timer: due.timer }));
        self.all(commands.collect()).await?;
        Ok(count)
    }

    /// Judges the queues of up to `limit` tickets; says of how many.
    pub async fn judge_next(&self, limit: u32) -> Result<usize> {
        let tickets = queue::tickets_to_judge(&mut self.read().await?, limit).await?;
        let count = tickets.len();
        let commands = tickets.into_iter().map(|ticket| Command::JudgeQueue(JudgeQueue { ticket }));
        self.all(commands.collect()).await?;
        Ok(count)
    }

    /// Does commands of the desk itself, many at once. Each stands alone: the others are done even if one fails, and the first
    /// failure is the answer.
    async fn all(&self, commands: Vec<Command>) -> Result<()> {
        let mut first_failure = Ok(());
        let mut commands = commands.into_iter().peekable();
        while commands.peek().is_some() {
            let some: Vec<Command> = commands.by_ref().take(AT_ONCE).collect();
            for outcome in join_all(some.into_iter().map(|command| self.handle(&Actor::Desk, command))).await {
                first_failure = first_failure.and(outcome.map(drop));
            }
        }
        first_failure
    }

    /// Carries out up to `limit` effects that are due; says how many.
    pub async fn deliver_next(&self, carrier: &dyn Carrier, limit: u32) -> Result<usize> {
        outbox::deliver_next(&self.ground, carrier, limit).await
    }

    /// Judges, fires and delivers until nothing is left to do at this instant.
    pub async fn settle(&self, carrier: &dyn Carrier) -> Result<()> {
        loop {
            let judged = self.judge_next(200).await?;
            let delivered = self.deliver_next(carrier, 64).await?;
            // Timers fire one by one, so that each sees what the one before it did.
            let fired = if judged + delivered == 0 { self.fire_next(1).await? } else { 0 };
            if judged + delivered + fired == 0 {
                return Ok(());
            }
        }
    }

    /// When the next timer or effect is due.
    pub async fn next_due(&self) -> Result<Option<Timestamp>> {
        let mut conn = self.read().await?;
        let timer = timers::next_due(&mut conn).await?;
        let effect = outbox::next_due(&mut conn).await?;
        Ok(timer.into_iter().chain(effect).min())
    }

    /// What a process that died left behind. Claims are released only where no other process can hold them.
    pub async fn tidy_up(&self) -> Result<()> {
        if self.ground.db.engine() == Engine::Sqlite {
            outbox::deliver::release_claims(&self.ground).await?;
        }
        let mut conn = self.read().await?;
        let collected = attachments::collect_orphans(&mut conn, &self.shelf, ORPHAN_AGE).await?;
        if collected > 0 {
            tracing::info!(collected, "attachments that no message names were removed");
        }
        Ok(())
    }

    /// Gives the node number back and closes the database.
    pub async fn close(&self) -> Result<()> {
        self.ground.db.release_node(&self.ground.ids).await?;
        self.ground.db.close().await;
        Ok(())
    }
}

fn schema_error(error: store::Error) -> Error {
    match error {
        store::Error::Schema(text) => Error::conflict("schema", text),
        other => other.into(),
    }
}
