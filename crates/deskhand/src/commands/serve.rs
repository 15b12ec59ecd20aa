//! `deskhand serve`.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use desk::handbook::tree;
use desk::lookups::Connections;
use desk::outbox::Carrier;
use desk::outbox::catcher::Catcher;
use desk::settings::PublicUrl;
use desk::{Desk, Error, Result};
use server::mailing::{Limits, Post, Reach, Trust};
use server::serve::{Options, serve};
use server::smtp::SmtpCarrier;
use tokio::signal::unix::{SignalKind, signal};

use crate::master_key::KeyPlace;
use crate::place::{FirstStart, Place};
use crate::{customers, demo, exit};

/// Runs the desk until it is told to stop.
#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    key: KeyPlace,
    /// Where to listen.
    #[arg(long, value_name = "ADDR", env = "DESKHAND_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The handbook of the first start; the built-in one without it.
    #[arg(long, value_name = "DIR", env = "DESKHAND_HANDBOOK")]
    handbook: Option<PathBuf>,
    /// The mail server that mail leaves by: smtp://host:25, smtps://user:password@host, smtp+starttls://… Without it mail is caught
    /// and can be read under /mail.
    #[arg(long, value_name = "URL", env = "DESKHAND_SMTP", hide_env_values = true)]
    smtp: Option<String>,
    /// The desk's own mail address, remembered for later starts.
    #[arg(long, value_name = "ADDRESS", env = "DESKHAND_ADDRESS")]
    address: Option<String>,
    /// Where browsers reach the desk, its scheme and host, remembered for later starts: what links in mails begin with.
    /// With https cookies are for TLS alone, and the proxy in front is believed who came to it.
    #[arg(long, value_name = "URL", env = "DESKHAND_PUBLIC_URL")]
    public_url: Option<String>,
    /// A file with certificates (PEM) that mail servers' are believed by, beside those that this machine believes: of a company's own
    /// authority.
    #[arg(long, value_name = "FILE", env = "DESKHAND_MAIL_CA")]
    mail_ca: Option<PathBuf>,
    /// Lets the addresses of Slack and Discord that people enter lead to this machine and to networks of its own: for servers of a
    /// company's own that take the same posts. Whoever works at the desk can then have it post to them.
    #[arg(long, env = "DESKHAND_PRIVATE_WEBHOOKS")]
    private_webhooks: bool,
    /// A sample desk to try: people, a mail catcher, and a clock that can be moved forward. Anybody who can reach it may do anything.
    #[arg(long)]
    demo: bool,
}

impl Serve {
    pub(super) async fn run(self) -> Result<u8> {
        if self.demo && !self.listen.ip().is_loopback() {
            return Err(Error::invalid(
                "demo-in-public",
                "The demo lets anybody in, so it only listens on this machine.",
            )
            .advise("Listen on 127.0.0.1, or leave --demo out."));
        }
        let public_url = self.public_url.as_deref().map(PublicUrl::read).transpose()?;
        let handbook = self.handbook.as_deref().map(tree::from_folder).transpose()?;
        let desk = self.place.open("serve", FirstStart { handbook, address: self.address.clone() }).await?;
        let desk = match public_url {
            Some(url) => desk.reached_at(url, true).await?,
            None => desk,
        };
        let desk = self.key.unlock(desk, &self.place).await?;
        let variables =
            std::env::vars_os().filter_map(|(name, value)| name.into_string().ok().zip(value.into_string().ok()));
        let mut connections = Connections::among(variables);
        if self.demo {
            demo::fill(&desk).await?;
            connections = connections.or(customers::CONNECTION, &customers::database(&self.place.data)?);
        }
        let desk = desk.asking(Arc::new(connections));
        let carrier = self.carrier(&desk)?;
        let reach = if self.private_webhooks { Reach::Anywhere } else { Reach::Internet };
        let post = Post::new(trust(self.mail_ca.as_deref())?, Limits::default()).reaching(reach);
        let options = Options { listen: self.listen, carrier, demo: self.demo, post };
        serve(desk, options, stop_signal()).await?;
        Ok(exit::SUCCESS)
    }

    fn carrier(&self, desk: &Desk) -> Result<Arc<dyn Carrier>> {
        match &self.smtp {
            Some(_) if self.demo => Err(Error::invalid("demo-with-mail", "The demo sends no mail.")
                .advise("Leave --smtp out: what it would send is caught under /mail.")),
            Some(url) => Ok(Arc::new(SmtpCarrier::new(url)?)),
            None => Ok(Arc::new(Catcher::new(desk.ground.clone()))),
        }
    }
}

/// Whose certificates mail servers are believed by.
pub(super) fn trust(file: Option<&Path>) -> Result<Trust> {
    let Some(file) = file else { return Ok(Trust::platform()) };
    let wrong = |why: &dyn std::fmt::Display| {
        Error::invalid("bad-certificates", format!("{} is of no use as certificates: {why}.", file.display()))
    };
    let pem = std::fs::read(file).map_err(|error| wrong(&error))?;
    Trust::platform_and(&pem).map_err(|error| wrong(&error))
}

/// Gives what ends when the process is asked to stop: Ctrl+C, or SIGTERM. From this call on, not from when it is first waited for.
/// Whoever asks a second time does not want to wait: then the process ends at once, which loses nothing that was answered.
fn stop_signal() -> impl Future<Output = ()> {
    let (interrupt, terminate) = (SignalKind::interrupt(), SignalKind::terminate());
    let signals = signal(interrupt).and_then(|interrupts| Ok((interrupts, signal(terminate)?)));
    async move {
        let Ok((mut interrupts, mut terminations)) = signals else {
            // A system without signals stops it otherwise.
            return std::future::pending().await;
        };
        let mut asked = async move || {
            tokio::select! {
                _ = interrupts.recv() => interrupt.as_raw_value(),
                _ = terminations.recv() => terminate.as_raw_value(),
            }
        };
        asked().await;
        tokio::spawn(async move {
            let number = asked().await;
            tracing::warn!("asked to stop a second time: ending at once");
            std::process::exit(128 + number);
        });
    }
}
