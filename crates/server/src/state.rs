//! What every request is given.

use desk::Desk;
use tokio::sync::watch;

use crate::metrics::Requests;
use crate::workers::Pulse;

/// The desk and the process it lives in. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The desk.
    pub desk: Desk,
    /// Whether this is the demo: nobody signs in, and whoever looks says whom they play.
    pub demo: bool,
    /// Which workers are alive.
    pub pulse: Pulse,
    /// How many requests there were.
    pub requests: Requests,
    /// Turns true when the process stops, so that open streams end.
    pub stopping: watch::Receiver<bool>,
}

impl App {
    /// A desk whose process is not stopping and turns no loops: for tests and for tools.
    pub fn alone(desk: Desk, demo: bool) -> Self {
        let pulse = Pulse::new(desk.ground.clock.clone());
        Self { desk, demo, pulse, requests: Requests::default(), stopping: watch::channel(false).1 }
    }
}
