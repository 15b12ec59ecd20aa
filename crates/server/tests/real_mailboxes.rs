//! The desk beside a real Dovecot and a real Postfix (`scripts/with-mail-servers`): mail comes in by itself, answers leave through the
//! mailbox, and what clients answer finds its ticket.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use desk::agents::NewAgent;
use desk::handle::{AddAgent, Command, KeepMailbox, Outcome, Reply, ReplyKind};
use desk::mailboxes::connected::{self, Entry, keys};
use desk::mailboxes::watch;
use desk::outbox::catcher::{self, Catcher};
use desk::page::Page;
use desk::rights::Scope;
use desk::sealed::Seals;
use desk::tickets::{self, Filter};
use desk::{Actor, Desk, Opening, Role, agents, messages};
use server::mailing::{Limits, Post, Trust};
use server::workers::{Pulse, Workers};
use store::{Chance, Clock, Id, Location};
use transport::imap::{Session, Since, Watch, What};
use transport::smtp::{Connection, Mail};
use transport::{Login, Secret, Security, Server};

/// The mail servers under test.
struct Servers {
    imaps: (String, u16),
    submissions: (String, u16),
    password: String,
    trust: Trust,
}

impl Servers {
    /// Those that the variables name; `None`, and loudly, where there are none. In CI there have to be.
    fn found() -> Option<Self> {
        let variable = |name: &str| std::env::var(format!("DESKHAND_TEST_{name}")).ok();
        let place = |name: &str| {
            let (host, port) = variable(name)?.rsplit_once(':').map(|(host, port)| (host.to_owned(), port.parse()))?;
            Some((host, port.ok()?))
        };
        let (Some(imaps), Some(submissions)) = (place("IMAPS"), place("SUBMISSIONS")) else {
            assert!(std::env::var_os("CI").is_none(), "run it by scripts/with-mail-servers");
            eprintln!("SKIPPED: no mail servers; run it by scripts/with-mail-servers");
            return None;
        };
        let pem = std::fs::read(variable("MAIL_CA").unwrap()).unwrap();
        let trust = Trust::platform_and(&pem).unwrap();
        Some(Self { imaps, submissions, password: variable("MAIL_PASSWORD").unwrap(), trust })
    }

    fn post(&self) -> Post {
        Post::new(self.trust.clone(), Limits::default())
    }

    fn server(&self, (host, port): &(String, u16), user: &str) -> Server {
        let password = Secret::new(&self.password);
        let login = Some(Login::Password { user: user.to_owned(), password });
        Server { host: host.clone(), port: *port, security: Security::Tls, trust: self.trust.clone(), login }
    }

    /// A client sends a mail.
    async fn send(&self, from: &str, to: &str, subject: &str, more: &str) {
        let head = format!(
            "From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\n{more}Message-ID: <{subject}.1@acme.example>\r\n"
        );
        let raw = format!("{head}Date: Tue, 17 Nov 2026 09:00:00 +0000\r\n\r\nThis is {subject}.\r\n");
        let mut connection = Connection::open(&self.server(&self.submissions, from), &Limits::default()).await.unwrap();
        let recipients = [to.to_owned()];
        connection.submit(&Mail { sender: from, recipients: &recipients, raw: raw.as_bytes() }).await.unwrap();
    }

    /// The first mail that a client gets whose text holds `words`, within twenty seconds.
    async fn arrived(&self, user: &str, words: &str) -> mail::Incoming {
        for _ in 0..100 {
            let server = self.server(&self.imaps, user);
            let mut session = Session::open(&server, &Limits::default()).await.unwrap();
            session.enter(&Watch::default(), Since::Everything).await.unwrap();
            while let Some(fetched) = session.next().await.unwrap() {
                if let What::Mail(raw) = fetched.what {
                    let mail = mail::parse(&raw);
                    if mail.text.as_deref().is_some_and(|text| text.contains(words)) {
                        return mail;
                    }
                }
            }
            session.close().await;
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        panic!("{words:?} never came to {user}")
    }

    /// The fields of a desk's mailbox here.
    fn fields(&self, name: &str, more: &[(&str, &str)]) -> BTreeMap<String, String> {
        let address = format!("{name}@desk.example");
        let (imap_port, smtp_port) = (self.imaps.1.to_string(), self.submissions.1.to_string());
        let usual = [
            ("name", name),
            ("address", address.as_str()),
            ("tagged", "true"),
            ("incoming.host", self.imaps.0.as_str()),
            ("incoming.port", imap_port.as_str()),
            ("incoming.user", address.as_str()),
            ("incoming.password", self.password.as_str()),
            ("outgoing.host", self.submissions.0.as_str()),
            ("outgoing.port", smtp_port.as_str()),
        ];
        usual.iter().chain(more).map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect()
    }
}

/// A desk whose loops turn.
struct Running {
    desk: Desk,
    workers: Workers,
    stop: tokio::sync::watch::Sender<bool>,
}

impl Running {
    async fn start(post: &Post) -> Self {
        let opening = Opening {
            location: Location::Memory,
            attachments: None,
            handbook: None,
            address: Some("desk@desk.example".to_owned()),
            clock: Clock::system(),
            chance: Chance::system(),
            holder: "test".to_owned(),
        };
        let desk = Desk::open(opening).await.unwrap().sealing(Seals::of_a_rehearsal(), false).await.unwrap();
        let ana = NewAgent {
            name: "Ana".to_owned(),
            address: "ana@desk.example".to_owned(),
            role: Role::Owner,
            teams: vec!["support".to_owned()],
        };
        desk.handle(&Actor::Desk, Command::AddAgent(AddAgent(ana))).await.unwrap();
        let (stop, stopping) = tokio::sync::watch::channel(false);
        let pulse = Pulse::new(desk.ground.clock.clone());
        let catcher = Arc::new(Catcher::new(desk.ground.clone()));
        let workers = Workers::start(&desk, catcher, true, &pulse, post, &stopping);
        Self { desk, workers, stop }
    }

    async fn ana(&self) -> Actor {
        agents::find_by_name(&mut self.desk.read().await.unwrap(), "Ana").await.unwrap().unwrap().as_actor()
    }

    async fn connect(&self, fields: &BTreeMap<String, String>) -> Id {
        let entry = Entry::read(fields).unwrap();
        let command = Command::KeepMailbox(Box::new(KeepMailbox::of(None, entry)));
        match self.desk.handle(&self.ana().await, command).await.unwrap() {
            Outcome::Mailbox(id) => id,
            other => panic!("{other:?}"),
        }
    }

    /// Waits, at most half a minute, until `seen` sees something.
    async fn until<T>(&self, what: &str, seen: impl AsyncFn(&Self) -> Option<T>) -> T {
        for _ in 0..300 {
            if let Some(found) = seen(self).await {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{what} did not come about")
    }

    /// Until the mailbox was read once, so that what comes now is new.
    async fn until_read(&self, id: Id) {
        let begun = self.desk.now();
        self.until("a first look into the mailbox", async |running| {
            let mut conn = running.desk.read().await.unwrap();
            let mailbox = connected::find(&mut conn, id).await.unwrap().unwrap();
            assert_eq!(mailbox.trouble, None);
            let read = watch::behind(&mut conn, running.desk.now()).await.unwrap()?.in_until;
            (read > begun).then_some(())
        })
        .await;
    }

    async fn until_ticket(&self, subject: &str) -> Id {
        let scope = Scope::of(&self.ana().await).unwrap();
        self.until(subject, async |running| {
            let mut conn = running.desk.read().await.unwrap();
            let page = Page { after: None, limit: 50 };
            let all = tickets::list(&mut conn, scope, &Filter::default(), page).await.unwrap().items;
            all.into_iter().find(|summary| summary.ticket.subject == subject).map(|summary| summary.ticket.id)
        })
        .await
    }

    async fn stop(self) {
        self.stop.send_replace(true);
        self.workers.stopped().await;
        self.desk.close().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_writes_is_answered_through_the_mailbox_and_answers() {
    let Some(servers) = Servers::found() else { return };
    let running = Running::start(&servers.post()).await;
    let help = running
        .connect(&servers.fields("help", &[("incoming.after", "move"), ("incoming.after_folder", "Done")]))
        .await;
    running.until_read(help).await;

    servers.send("maria@acme.example", "help@desk.example", "the-logo", "").await;
    let ticket = running.until_ticket("the-logo").await;
    let body = "It is on its way.".to_owned();
    let reply = Reply { ticket, body, kind: ReplyKind::Reply, seen: None, key: None, files: Vec::new() };
    running.desk.handle(&running.ana().await, Command::Reply(reply)).await.unwrap();

    let got = servers.arrived("maria@acme.example", "It is on its way.").await;
    assert_eq!(got.from.unwrap().address, "help@desk.example");
    let answer_to = got.reply_to[0].address.clone();
    assert!(answer_to.starts_with("help+t."), "{answer_to}");

    servers.send("maria@acme.example", &answer_to, "thanks", "").await;
    // A desk in memory has one connection: whoever holds it may not ask for another.
    let scope = Scope::of(&running.ana().await).unwrap();
    let joined = running
        .until("the answer", async |running| {
            let mut conn = running.desk.read().await.unwrap();
            let all = messages::of_ticket(&mut conn, scope, ticket, 50).await.unwrap();
            all.into_iter().find(|message| message.text.contains("This is thanks."))
        })
        .await;
    assert_eq!(joined.ticket, ticket);
    let ana = running.ana().await;
    let mut conn = running.desk.read().await.unwrap();
    let caught = catcher::list(&mut conn, &ana, Page { after: None, limit: 9 }).await.unwrap();
    drop(conn);
    assert!(caught.items.is_empty(), "nothing left by another way");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_lay_in_the_folder_stays_there_unless_it_is_asked_for() {
    let Some(servers) = Servers::found() else { return };
    servers.send("maria@acme.example", "old@desk.example", "long-ago", "").await;
    servers.arrived("old@desk.example", "This is long-ago.").await;
    let running = Running::start(&servers.post()).await;
    let old = running.connect(&servers.fields("old", &[])).await;
    running.until_read(old).await;
    let (name, all) = (("name", "all of it"), ("everything", "true"));
    let everything = servers.fields("old", &[name, ("address", "old+all@desk.example"), all]);
    running.connect(&everything).await;
    running.until_ticket("long-ago").await;
    let scope = Scope::of(&running.ana().await).unwrap();
    let page = Page { after: None, limit: 50 };
    let tickets =
        tickets::list(&mut running.desk.read().await.unwrap(), scope, &Filter::default(), page).await.unwrap();
    assert_eq!(tickets.items.len(), 1, "once, by the mailbox that was asked for everything");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_is_said_by_a_trial_and_on_the_mailbox() {
    let Some(servers) = Servers::found() else { return };
    let running = Running::start(&servers.post()).await;
    let fields = servers.fields("wrong", &[("incoming.password", "not this")]);
    let seals = (&running.desk.ground.settings.seals, &running.desk.ground.chance);
    let entry = Entry::read(&fields).unwrap();
    let opened = keys::of_entry(&mut running.desk.read().await.unwrap(), seals, &entry, None).await.unwrap();
    let trial = servers.post().try_mailbox(&running.desk, None, &opened).await;
    for way in [trial.incoming.unwrap(), trial.outgoing.unwrap()] {
        assert_eq!(way.wrong.map(|wrong| wrong.code).as_deref(), Some("login-refused"));
    }
    let entry = Entry::read(&servers.fields("wrong", &[])).unwrap();
    let opened = keys::of_entry(&mut running.desk.read().await.unwrap(), seals, &entry, None).await.unwrap();
    let well = servers.post().try_mailbox(&running.desk, None, &opened).await;
    assert!(well.is_well(), "{well:?}");

    let id = running.connect(&fields).await;
    let trouble = running
        .until("the trouble", async |running| {
            let mut conn = running.desk.read().await.unwrap();
            connected::find(&mut conn, id).await.unwrap().unwrap().trouble
        })
        .await;
    assert_eq!(trouble.code, "login-refused");
    assert!(!trouble.words.contains("not this"), "{trouble:?}");
    // Mended, it is read at once, whatever pause the refusal had earned.
    let entry = Entry::read(&servers.fields("wrong", &[])).unwrap();
    let mend = Command::KeepMailbox(Box::new(KeepMailbox::of(Some(id), entry)));
    running.desk.handle(&running.ana().await, mend).await.unwrap();
    running.until_read(id).await;
    running.stop().await;
}
