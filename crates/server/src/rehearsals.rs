//! What takes long about handbooks, done beside the requests and a few at a time: reading them through and playing their scenarios.
//! What was found last is remembered, in memory and by the digest of the files, so that whoever looks again need not wait again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use desk::rehearsal::{self, Film};
use desk::{Error, Result};
use playbook::{Files, Finding, Scenario};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::timeout;

/// How many handbooks are read through at once, and how many stories played.
const AT_ONCE: usize = 1;
/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long one scenario may take, and all of a handbook together.
pub const SCENARIO_MAX: Duration = Duration::from_secs(10);
/// The same for all of a handbook.
const TRIAL_MAX: Duration = Duration::from_secs(300);
/// How many scenarios are played at most.
pub const SCENARIOS_MAX: usize = 300;
/// How many trials may wait or run at once.
const WAITING_MAX: usize = 3;
/// How much is remembered.
const FILMS: usize = 12;
const TRIALS: usize = 8;
const READINGS: usize = 16;

/// The place for it. Cheap to clone.
#[derive(Clone)]
pub struct Rehearsals(Arc<Inner>);

struct Inner {
    reading: Arc<Semaphore>,
    playing: Arc<Semaphore>,
    readings: Mutex<VecDeque<(String, Arc<Vec<Finding>>)>>,
    films: Mutex<VecDeque<Shown>>,
    trials: Mutex<VecDeque<Arc<Trial>>>,
}

/// A film of a scenario of a handbook.
#[derive(Clone)]
struct Shown {
    digest: String,
    scenario: String,
    film: Arc<Film>,
}

/// All scenarios of a handbook, as far as they were played.
pub struct Trial {
    digest: String,
    /// How many there are.
    pub total: usize,
    progress: Mutex<Progress>,
}

/// How far a trial came.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// The scenarios that were played, in order.
    pub played: Vec<Played>,
    /// Whether nothing more is played.
    pub is_over: bool,
}

/// A scenario that was played.
#[derive(Clone, Debug)]
pub struct Played {
    /// Its name.
    pub name: String,
    /// How many expectations were met.
    pub passed: usize,
    /// What was not as expected, and where that stands.
    pub failed: Vec<(String, String)>,
}

impl Default for Rehearsals {
    fn default() -> Self {
        Self(Arc::new(Inner {
            reading: Arc::new(Semaphore::new(AT_ONCE)),
            playing: Arc::new(Semaphore::new(AT_ONCE)),
            readings: Mutex::default(),
            films: Mutex::default(),
            trials: Mutex::default(),
        }))
    }
}

impl Rehearsals {
    /// Everything that is to be said of a handbook, errors first.
    pub async fn findings(&self, files: &Files, digest: &str) -> Result<Arc<Vec<Finding>>> {
        if let Some(known) = known(&self.0.readings, |(of, _)| of == digest) {
            return Ok(known.1);
        }
        let files = files.clone();
        let registry = desk::runs::actions::registry();
        let found = Arc::new(self.aside(move || desk::editing::review::findings(&files, &registry)).await?);
        remember(&self.0.readings, (digest.to_owned(), Arc::clone(&found)), READINGS);
        Ok(found)
    }

    /// Does work that takes its time on a thread of its own, once it is its turn.
    pub async fn aside<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let turn = turn(&self.0.reading).await?;
        let working = tokio::task::spawn_blocking(move || {
            let done = work();
            // The turn ends with the work, also where nobody waits for it any more.
            drop(turn);
            done
        });
        working.await.map_err(|error| Error::internal(error.to_string()))
    }

    /// A scenario, played on a stage of its own or remembered.
    pub async fn film(
        &self,
        files: &Files,
        digest: &str,
        scenario: Scenario,
        stopping: watch::Receiver<bool>,
    ) -> Result<Arc<Film>> {
        let name = scenario.name.clone();
        if let Some(known) = known(&self.0.films, |shown| shown.digest == digest && shown.scenario == name) {
            return Ok(known.film);
        }
        let turn = turn(&self.0.playing).await?;
        let film = Arc::new(play(files.clone(), scenario, stopping, Some(turn)).await?);
        let shown = Shown { digest: digest.to_owned(), scenario: name, film: Arc::clone(&film) };
        remember(&self.0.films, shown, FILMS);
        Ok(film)
    }

    /// What is known of the trial of these files.
    pub fn trial(&self, digest: &str) -> Option<Arc<Trial>> {
        known(&self.0.trials, |trial| trial.digest == digest)
    }

    /// Begins to play all scenarios of a handbook, unless that is being done.
    ///
    /// # Errors
    /// `unavailable` while too many others are being played.
    pub fn begin(
        &self,
        files: Files,
        digest: &str,
        scenarios: Vec<Scenario>,
        stopping: watch::Receiver<bool>,
    ) -> Result<()> {
        let mut trials = self.0.trials.lock().unwrap_or_else(PoisonError::into_inner);
        let under_way = trials.iter().filter(|trial| !trial.progress().is_over);
        if under_way.clone().any(|trial| trial.digest == digest) {
            return Ok(());
        }
        if under_way.count() >= WAITING_MAX {
            return Err(Error::unavailable("Other scenarios are being played."));
        }
        let trial = Arc::new(Trial { digest: digest.to_owned(), total: scenarios.len(), progress: Mutex::default() });
        trials.retain(|other| other.digest != digest);
        trials.push_front(Arc::clone(&trial));
        trials.truncate(TRIALS);
        drop(trials);
        let playing = Arc::clone(&self.0.playing);
        tokio::spawn(async move {
            let all = play_all(&trial, &files, scenarios, &playing, stopping);
            // Whatever was not played in time is told to be so by their number.
            let _ = timeout(TRIAL_MAX, all).await;
            trial.change(|progress| progress.is_over = true);
        });
        Ok(())
    }
}

impl Trial {
    /// How far it came.
    pub fn progress(&self) -> Progress {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn change(&self, change: impl FnOnce(&mut Progress)) {
        change(&mut self.progress.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

async fn play_all(
    trial: &Trial,
    files: &Files,
    scenarios: Vec<Scenario>,
    playing: &Arc<Semaphore>,
    stopping: watch::Receiver<bool>,
) {
    for scenario in scenarios.into_iter().take(SCENARIOS_MAX) {
        let (name, place) = (scenario.name.clone(), scenario.place.to_string());
        // Each waits for its turn, so that whoever watches one story gets in between.
        let Ok(turn) = Arc::clone(playing).acquire_owned().await else { return };
        let played = match play(files.clone(), scenario, stopping.clone(), Some(turn)).await {
            Ok(film) => {
                let failed = film.failed.into_iter().map(|failure| (failure.place, failure.message)).collect();
                Played { name, passed: film.passed, failed }
            }
            Err(error) => Played { name, passed: 0, failed: vec![(place, error.to_string())] },
        };
        if *stopping.borrow() {
            return;
        }
        trial.change(|progress| progress.played.push(played));
    }
}

/// Plays a scenario on a thread of its own, for as long as one may take and the process goes on.
async fn play(
    files: Files,
    scenario: Scenario,
    mut stopping: watch::Receiver<bool>,
    turn: Option<OwnedSemaphorePermit>,
) -> Result<Film> {
    let runtime = Handle::current();
    let playing = tokio::task::spawn_blocking(move || {
        let film = runtime.block_on(async {
            tokio::select! {
                film = rehearsal::film(&files, &scenario, SCENARIO_MAX) => film,
                () = stops(&mut stopping) => Err(Error::unavailable("The desk is stopping.")),
            }
        });
        drop(turn);
        film
    });
    playing.await.map_err(|error| Error::internal(error.to_string()))?
}

async fn stops(stopping: &mut watch::Receiver<bool>) {
    // Where nobody is there to stop the process, it goes on.
    if stopping.wait_for(|is_stopping| *is_stopping).await.is_err() {
        std::future::pending::<()>().await;
    }
}

async fn turn(of: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit> {
    match timeout(PATIENCE, Arc::clone(of).acquire_owned()).await {
        Ok(Ok(turn)) => Ok(turn),
        _ => Err(Error::unavailable("The desk is busy with other handbooks.")),
    }
}

fn known<T: Clone>(kept: &Mutex<VecDeque<T>>, is_meant: impl Fn(&T) -> bool) -> Option<T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner).iter().find(|one| is_meant(one)).cloned()
}

fn remember<T>(kept: &Mutex<VecDeque<T>>, one: T, most: usize) {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    kept.push_front(one);
    kept.truncate(most);
}
