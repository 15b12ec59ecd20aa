//! The desk put together: what stands below the features, the handbooks, and the shelf of attachments.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use playbook::{Files, Finding};
use store::{Chance, Clock, Conn, Db, Engine, Id, Location, Migration};

use crate::accounts::Hasher;
use crate::attachments::{self, Shelf};
use crate::ground::Ground;
use crate::handbook::{self, Handbooks, Published, tree};
use crate::lookups::{self, Connections, Directory};
use crate::mailboxes::listening::{self, Ear};
use crate::mailboxes::watch;
use crate::rights::Scope;
use crate::runs::actions;
use crate::runs::view::{self, TicketView};
use crate::sealed::Seals;
use crate::settings::PublicUrl;
use crate::tickets::snooze;
use crate::{
    Actor, Error, Result, Settings, claims, dispatches, letters, measures, outbox, questions, schedules, sendings,
    settings, suggestions, timers,
};

/// The schema's steps.
pub const MIGRATIONS: &[Migration] = &[
    Migration { number: 1, name: "the way of a ticket", sql: include_str!("../migrations/0001_the_way.sql") },
    Migration { number: 2, name: "what a run remembers", sql: include_str!("../migrations/0002_memory.sql") },
    Migration { number: 3, name: "a team's open tickets", sql: include_str!("../migrations/0003_team_and_status.sql") },
    Migration {
        number: 4,
        name: "parties, and many linked tickets under one alias",
        sql: include_str!("../migrations/0004_parties_and_many.sql"),
    },
    Migration { number: 5, name: "questions to other databases", sql: include_str!("../migrations/0005_lookups.sql") },
    Migration { number: 6, name: "silence", sql: include_str!("../migrations/0006_silence.sql") },
    Migration { number: 7, name: "questions and suggestions", sql: include_str!("../migrations/0007_questions.sql") },
    Migration { number: 8, name: "schedules", sql: include_str!("../migrations/0008_schedules.sql") },
    Migration { number: 9, name: "recounts", sql: include_str!("../migrations/0009_recounts.sql") },
    Migration { number: 10, name: "when a desk listened", sql: include_str!("../migrations/0010_listening.sql") },
    Migration { number: 11, name: "what came back", sql: include_str!("../migrations/0011_bounces.sql") },
    Migration { number: 12, name: "connected mailboxes", sql: include_str!("../migrations/0012_mailboxes.sql") },
    Migration { number: 13, name: "accounts", sql: include_str!("../migrations/0013_accounts.sql") },
    Migration {
        number: 14,
        name: "drafts, and what a ticket is about",
        sql: include_str!("../migrations/0014_composer.sql"),
    },
    Migration { number: 15, name: "words, tokens and hooks", sql: include_str!("../migrations/0015_words.sql") },
    Migration { number: 16, name: "mails held and given up", sql: include_str!("../migrations/0016_operating.sql") },
    Migration { number: 17, name: "heads of kept mail", sql: include_str!("../migrations/0017_kept_heads.sql") },
    Migration { number: 18, name: "reasons of priorities", sql: include_str!("../migrations/0018_priorities.sql") },
    Migration {
        number: 19,
        name: "mailboxes that are looked after",
        sql: include_str!("../migrations/0019_mailboxes_watched.sql"),
    },
    Migration { number: 20, name: "the inbox", sql: include_str!("../migrations/0020_inbox.sql") },
    Migration { number: 21, name: "merging, and saying later", sql: include_str!("../migrations/0021_ticket.sql") },
    Migration { number: 22, name: "clocks in lists", sql: include_str!("../migrations/0022_clocks.sql") },
    Migration { number: 23, name: "mails in order", sql: include_str!("../migrations/0023_mails_in_order.sql") },
    Migration { number: 24, name: "people as rooms", sql: include_str!("../migrations/0024_people.sql") },
    Migration { number: 25, name: "insights", sql: include_str!("../migrations/0025_insights.sql") },
    Migration { number: 26, name: "unfinished", sql: include_str!("../migrations/0026_unfinished.sql") },
    Migration { number: 27, name: "drafts of handbooks", sql: include_str!("../migrations/0027_handbook.sql") },
    Migration { number: 28, name: "notifications", sql: include_str!("../migrations/0028_notifications.sql") },
    Migration { number: 29, name: "push", sql: include_str!("../migrations/0029_push.sql") },
    Migration { number: 30, name: "calendars of teams", sql: include_str!("../migrations/0030_team_calendars.sql") },
    Migration {
        number: 31,
        name: "order of addresses",
        sql: include_str!("../migrations/0031_order_of_addresses.sql"),
    },
    Migration { number: 32, name: "copies", sql: include_str!("../migrations/0032_copies.sql") },
];

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
    /// What look-ups are put to.
    pub directory: Arc<dyn Directory>,
    /// What hashes passwords.
    pub hasher: Hasher,
}

impl Desk {
    /// Opens a desk: connects, brings the schema up to date, and on the first start publishes the handbook as revision 1. It
    /// reaches no other database, see [`Desk::asking`].
    pub async fn open(opening: Opening) -> Result<Self> {
        Self::open_with(opening, false).await
    }

    /// The same, and on the first start every path of the given handbook is walked, as when it is published: one that some path
    /// breaks is refused.
    pub async fn open_walking(opening: Opening) -> Result<Self> {
        Self::open_with(opening, true).await
    }

    async fn open_with(opening: Opening, walks: bool) -> Result<Self> {
        let Opening { location, attachments, handbook, address, clock, chance, holder } = opening;
        let db = Db::open(location).await?;
        store::migrate::migrate(&db, &clock, MIGRATIONS).await?;
        let ids = db.ids(&clock, &holder).await?;
        ids.begin_after(measures::newest_id(&mut db.read().await?).await?);
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
        let hasher = Hasher::new(chance.clone());
        let ground = Ground { db, clock, chance, ids, settings: Arc::new(loaded) };
        let mut desk = Self { ground, handbooks, shelf, directory: Arc::new(Connections::none()), hasher };
        desk.resume_clock().await?;
        desk.first_handbook(handbook, walks).await?;
        desk.take_name().await?;
        Ok(desk)
    }

    /// The same desk, whose look-ups are put to `directory`.
    #[must_use]
    pub fn asking(mut self, directory: Arc<dyn Directory>) -> Self {
        self.directory = directory;
        self
    }

    /// The same desk, which hashes passwords with `hasher`: for tests, at another cost.
    #[must_use]
    pub fn hashing(mut self, hasher: Hasher) -> Self {
        self.hasher = hasher;
        self
    }

    /// The same desk, which browsers reach at `url`: what links in mails begin with from now on. With `remember` other commands
    /// know it too.
    pub async fn reached_at(mut self, url: PublicUrl, remember: bool) -> Result<Self> {
        if remember {
            let kept = url.clone();
            let keeping = self.ground.change(&Actor::Desk, move |context| {
                let url = kept.clone();
                async move { settings::keep_public_url(context.tx, &url).await }.boxed()
            });
            keeping.await?;
        }
        let settings = Settings { public_url: Some(url), ..Settings::clone(&self.ground.settings) };
        self.ground.settings = Arc::new(settings);
        Ok(self)
    }

    /// The same desk, whose secrets are sealed with `seals`.
    ///
    /// # Errors
    /// [`Kind::Conflict`](crate::error::Kind::Conflict) when its secrets are sealed under a key that is not among them, unless that
    /// is to be forgotten: then they must be entered again.
    pub async fn sealing(mut self, seals: Seals, forget_former: bool) -> Result<Self> {
        let keeping = seals.clone();
        let kept = self.ground.change(&Actor::Desk, move |context| {
            let seals = keeping.clone();
            async move {
                settings::keep_master_key(context.tx, &seals, forget_former).await?;
                let push_key = settings::push_key::load(context.tx, context.chance, &seals).await?;
                if let Some((_, true)) = push_key {
                    dispatches::browsers::remove_all(context).await?;
                }
                Ok(push_key.map(|(key, _)| key))
            }
            .boxed()
        });
        let push_key = kept.await?;
        let settings = Settings { seals, push_key, ..Settings::clone(&self.ground.settings) };
        self.ground.settings = Arc::new(settings);
        Ok(self)
    }

    async fn first_handbook(&self, given: Option<Files>, walks: bool) -> Result<()> {
        let mut conn = self.ground.read().await?;
        if self.handbooks.refresh(&mut conn).await? > 0 {
            self.handbooks.current(&mut conn).await?;
            return Ok(());
        }
        drop(conn);
        let files = given.unwrap_or_else(tree::built_in);
        let walked = if walks { handbook::unsound(&self.handbooks, files.clone()).await? } else { None };
        if let Some(findings) = walked {
            return Err(unsound(&files, &findings));
        }
        let (handbooks, publishing) = (Arc::clone(&self.handbooks), files.clone());
        let published = self.ground.change(&Actor::Desk, move |context| {
            let (handbooks, files) = (Arc::clone(&handbooks), publishing.clone());
            async move {
                let published = handbook::publish(context, &handbooks, &files, handbook::Publishing::default()).await?;
                // The first handbook has schedules too.
                schedules::plan(context, &handbooks, &files, &published).await?;
                Ok(published)
            }
            .boxed()
        });
        match published.await? {
            Published::Unsound(findings) => Err(unsound(&files, &findings)),
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

    /// Puts the clock where the demo left it, so that no process of the same desk dates its rows before others.
    async fn resume_clock(&self) -> Result<()> {
        if self.ground.clock.is_virtual() {
            return Ok(());
        }
        let offset = settings::clock_offset(&mut self.ground.read().await?).await?;
        self.ground.clock.advance(SignedDuration::from_micros(offset) - self.ground.clock.offset());
        Ok(())
    }

    /// When the next timer, effect or look-up is due.
    pub async fn next_due(&self) -> Result<Option<Timestamp>> {
        let mut conn = self.read().await?;
        let firing = next_firing(&mut conn, self.now()).await?;
        let effect = outbox::next_due(&mut conn).await?;
        let letter = letters::next_due(&mut conn).await?;
        let asking = lookups::next_due(&self.ground, &mut conn).await?;
        let notice = dispatches::next_due(&mut conn, self.now()).await?;
        Ok(firing.into_iter().chain(effect).chain(letter).chain(asking).chain(notice).min())
    }

    /// When the next thing happens by itself that [`fire_next`](Self::fire_next) does.
    pub async fn next_firing(&self) -> Result<Option<Timestamp>> {
        next_firing(&mut self.read().await?, self.now()).await
    }

    /// Notes that this desk listens at `heard`, an instant of the machine's clock; see [`listening`].
    pub async fn listens(&self, ear: Ear, heard: Timestamp) -> Result<()> {
        let noted = self.ground.change(&Actor::Desk, move |context| listening::note(context, ear, heard).boxed());
        noted.await
    }

    /// The same for a process that begins to serve it.
    pub async fn begins_to_listen(&self) -> Result<()> {
        let ear = if self.ground.db.engine() == Engine::Sqlite { Ear::Only } else { Ear::OneOfMany };
        self.listens(ear, self.ground.clock.real_now()).await
    }

    /// What a process that died left behind. Every claim is given up only where no other process can hold one.
    pub async fn tidy_up(&self) -> Result<()> {
        if self.ground.db.engine() == Engine::Sqlite {
            claims::release(&self.ground, claims::Which::All).await?;
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

/// The error for a handbook that a desk cannot begin with.
fn unsound(files: &Files, findings: &[Finding]) -> Error {
    let text: Vec<String> = findings.iter().map(|finding| finding.render(files)).collect();
    Error::invalid("unsound-handbook", format!("The handbook is not sound.\n{}", text.join("\n")))
}

async fn next_firing(conn: &mut Conn, now: Timestamp) -> Result<Option<Timestamp>> {
    let behind = watch::behind(conn, now).await?;
    let timer = timers::next_due(conn, now, behind.as_ref()).await?;
    let suggestion = suggestions::next_due(conn, now, behind.as_ref()).await?;
    let question = questions::next_due(conn).await?;
    let sending = sendings::next_due(conn).await?;
    let schedule = schedules::next_due(conn).await?;
    let waking = snooze::next_due(conn).await?;
    Ok(timer.into_iter().chain(suggestion).chain(question).chain(sending).chain(schedule).chain(waking).min())
}
