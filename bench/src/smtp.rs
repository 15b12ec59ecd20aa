//! A mail server in a process of its own, and just enough of a client to send it mails one after the other (RFC 5321): what carrying
//! mail costs when nobody remembers anything.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdin, Command, Stdio};

use sink::Sink;
use tokio::io::AsyncReadExt;

use crate::Result;

/// Takes every mail until the standard input ends.
pub async fn serve() -> Result<()> {
    let sink = Sink::open().await?;
    println!("{}", sink.url());
    tokio::io::stdin().read_to_end(&mut Vec::new()).await?;
    Ok(())
}

/// A mail server; it is gone when this is dropped.
pub struct Served {
    child: Child,
    /// Its end tells the server to stop.
    _input: ChildStdin,
    url: String,
}

impl Served {
    /// Starts this program as a mail server.
    pub fn start() -> Result<Self> {
        let mut child =
            Command::new(std::env::current_exe()?).arg("sink").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let input = child.stdin.take().ok_or("no input to end")?;
        let mut url = String::new();
        BufReader::new(child.stdout.take().ok_or("no output to read")?).read_line(&mut url)?;
        Ok(Self { child, _input: input, url: url.trim().to_owned() })
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Sends the same mail `count` times over each of `lanes` connections, which stay open.
    pub fn send(&self, raw: &[u8], count: usize, lanes: usize) -> Result<()> {
        let address = self.url.trim_start_matches("smtp://");
        std::thread::scope(|scope| {
            let lanes: Vec<_> = (0..lanes).map(|_| scope.spawn(|| send(address, raw, count))).collect();
            lanes.into_iter().try_for_each(|lane| lane.join().map_err(|_| "a lane broke off")?)
        })
    }
}

impl Drop for Served {
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
