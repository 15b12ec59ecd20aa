//! A mail server in a process of its own, and just enough of a client to send it mails one after the other (RFC 5321): what carrying
//! mail costs when nobody remembers anything.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdin, Command, Stdio};

use desk::mailboxes::outgoing::Ready;
use futures::future::try_join_all;
use server::smtp::SmtpCarrier;
use sink::Sink;
use tokio::io::AsyncReadExt;
use transport::smtp::{Mail, Pool};
use transport::{Limits, Login, Secret, Security, Server, Trust};

use crate::Result;

/// Takes every mail until the standard input ends.
pub async fn serve() -> Result<()> {
    let sink = Sink::open().await?;
    println!("{}", sink.url());
    tokio::io::stdin().read_to_end(&mut Vec::new()).await?;
    Ok(())
}

/// A mail server that answers leave to.
pub enum MailServer {
    /// The bundled one, which keeps every mail in memory and answers at once; no TLS, nobody signs in.
    Bundled(Bundled),
    /// A Postfix, which puts each mail on the disk before it answers; with TLS and a login.
    Postfix(Server),
}

impl MailServer {
    /// Starts the bundled one.
    pub fn bundled() -> Result<Self> {
        Ok(Self::Bundled(Bundled::start()?))
    }

    /// The Postfix of scripts/with-mail-servers, if it runs.
    pub fn postfix() -> Result<Option<Self>> {
        let Ok(submission) = std::env::var("DESKHAND_TEST_SUBMISSIONS") else { return Ok(None) };
        let (host, port) = submission.split_once(':').ok_or("DESKHAND_TEST_SUBMISSIONS is no host and port")?;
        let authority = std::fs::read(std::env::var("DESKHAND_TEST_MAIL_CA")?)?;
        let password = Secret::new(std::env::var("DESKHAND_TEST_MAIL_PASSWORD")?);
        Ok(Some(Self::Postfix(Server {
            host: host.to_owned(),
            port: port.parse()?,
            security: Security::Tls,
            trust: Trust::platform_and(&authority)?,
            login: Some(Login::Password { user: "help@desk.example".to_owned(), password }),
        })))
    }

    /// What people call it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Bundled(_) => "bundled server",
            Self::Postfix(_) => "Postfix with TLS",
        }
    }

    /// What carries mails to it, with connections of its own.
    pub fn carrier(&self) -> Result<SmtpCarrier> {
        Ok(match self {
            Self::Bundled(bundled) => SmtpCarrier::new(&bundled.url)?,
            Self::Postfix(server) => SmtpCarrier::to(server.clone()),
        })
    }

    /// Has it take the same mail `count` times over each of `lanes` connections, which stay open. Nobody remembers anything.
    pub async fn take(&self, ready: &Ready, count: usize, lanes: usize) -> Result<()> {
        match self {
            Self::Bundled(bundled) => bundled.send(&ready.raw, count, lanes),
            Self::Postfix(server) => {
                let pool = Pool::new(server.clone(), Limits::default());
                let mail = Mail { sender: &ready.sender, recipients: &ready.recipients, raw: &ready.raw };
                let lane = async || {
                    for _ in 0..count {
                        pool.submit(&mail).await.map_err(|refusal| format!("the mail server said {refusal:?}"))?;
                    }
                    Ok::<_, crate::Failure>(())
                };
                try_join_all((0..lanes).map(|_| lane())).await.map(drop)
            }
        }
    }
}

/// The bundled server as a process; it is gone when this is dropped.
pub struct Bundled {
    child: Child,
    /// Its end tells the server to stop.
    _input: ChildStdin,
    url: String,
}

impl Bundled {
    /// Starts this program as a mail server.
    fn start() -> Result<Self> {
        let mut child =
            Command::new(std::env::current_exe()?).arg("sink").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let input = child.stdin.take().ok_or("no input to end")?;
        let mut url = String::new();
        BufReader::new(child.stdout.take().ok_or("no output to read")?).read_line(&mut url)?;
        Ok(Self { child, _input: input, url: url.trim().to_owned() })
    }

    /// Sends the same mail `count` times over each of `lanes` connections, which stay open.
    fn send(&self, raw: &[u8], count: usize, lanes: usize) -> Result<()> {
        let address = self.url.trim_start_matches("smtp://");
        std::thread::scope(|scope| {
            let lanes: Vec<_> = (0..lanes).map(|_| scope.spawn(|| send(address, raw, count))).collect();
            lanes.into_iter().try_for_each(|lane| lane.join().map_err(|_| "a lane broke off")?)
        })
    }
}

impl Drop for Bundled {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn send(address: &str, raw: &[u8], count: usize) -> Result<()> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    let mut mail = raw.to_vec();
    mail.extend(b"\r\n.\r\n");
    answered(&mut stream, b"220")?;
    said(&mut stream, b"EHLO bench.example\r\n", b"250")?;
    for _ in 0..count {
        said(&mut stream, b"MAIL FROM:<help@desk.example>\r\n", b"250")?;
        said(&mut stream, b"RCPT TO:<maria@client.example>\r\n", b"250")?;
        said(&mut stream, b"DATA\r\n", b"354")?;
        said(&mut stream, &mail, b"250")?;
    }
    Ok(())
}

fn said(stream: &mut BufReader<TcpStream>, words: &[u8], wanted: &[u8]) -> Result<()> {
    stream.get_mut().write_all(words)?;
    answered(stream, wanted)
}

fn answered(stream: &mut BufReader<TcpStream>, wanted: &[u8]) -> Result<()> {
    loop {
        let mut line = Vec::new();
        stream.read_until(b'\n', &mut line)?;
        if !line.starts_with(wanted) {
            return Err(format!("the mail server said {:?}", String::from_utf8_lossy(&line)).into());
        }
        if line.get(3) != Some(&b'-') {
            return Ok(());
        }
    }
}
