//! What every request is given.

use desk::Desk;
use tokio::sync::watch;

use crate::mailing::Post;
use crate::metrics::Requests;
use crate::presence::Presence;
use crate::rehearsals::Rehearsals;
use crate::workers::Pulse;

/// The desk and the process it lives in. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The desk.
    pub desk: Desk,
    /// Whether this is the demo: nobody signs in, and whoever looks says whom they play.
    pub demo: bool,
    /// How this process speaks to mail servers.
    pub post: Post,
    /// Which workers are alive.
    pub pulse: Pulse,
    /// Who is on which ticket.
    pub presence: Presence,
    /// Where handbooks are read through and played.
    pub rehearsals: Rehearsals,
    /// How many requests there were.
    pub requests: Requests,
    /// Turns true when the process stops, so that open streams end.
    pub stopping: watch::Receiver<bool>,
}

impl App {
    /// A desk whose process is not stopping and turns no loops: for tests and for tools.
    pub fn alone(desk: Desk, demo: bool) -> Self {
        let pulse = Pulse::new(desk.ground.clock.clone());
        let stopping = watch::channel(false).1;
        let presence = Presence::new(desk.ground.clock.clone());
        let (post, requests, rehearsals) = (Post::default(), Requests::default(), Rehearsals::default());
        Self { desk, demo, post, pulse, presence, rehearsals, requests, stopping }
    }
}
