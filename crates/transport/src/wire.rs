//! Lines and bytes to and from a server, each step with its time and each answer with an allowance of bytes.

use std::fmt;
use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;
use std::task::{Context, Waker};
use std::time::Duration;

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::time::timeout;

use crate::dial::{self, Reach, Stream};
use crate::fault::{Fault, Kind, Stage};
use crate::{Limits, Security, Server};

/// How many bytes are read or written at once.
const CHUNK: usize = 16 * 1024;

/// A connection to a server.
pub(crate) struct Wire {
    stream: BufReader<Box<dyn Stream>>,
    /// What is being done, for faults.
    pub(crate) stage: Stage,
    /// How long the server may say nothing.
    pub(crate) step: Duration,
    /// How many bytes it may still say.
    allowance: u64,
    /// Whether what is said here stays between the two: by TLS, or because the server is on this machine.
    is_private: bool,
    /// Our own address.
    local: Option<IpAddr>,
}

impl Wire {
    /// Connects, with TLS if it comes first.
    pub(crate) async fn open(server: &Server, limits: &Limits) -> Result<Self, Fault> {
        Self::open_within(server, Reach::Anywhere, limits).await
    }

    /// The same, to where `reach` allows.
    pub(crate) async fn open_within(server: &Server, reach: Reach, limits: &Limits) -> Result<Self, Fault> {
        let stream = dial::call(&server.host, server.port, reach, limits).await?;
        let (near, local) = (dial::is_near(&stream), stream.local_addr().ok().map(|local| local.ip().to_canonical()));
        let bare: Box<dyn Stream> = Box::new(stream);
        let tls = server.security == Security::Tls;
        let stream = if tls { dial::protect(bare, &server.host, &server.trust, limits).await? } else { bare };
        Ok(Self {
            stream: BufReader::with_capacity(CHUNK, stream),
            stage: Stage::Greet,
            step: limits.step,
            allowance: 0,
            is_private: tls || near,
            local,
        })
    }

    /// Puts TLS around what is said from here on. What the server said before its time is not heard as if it were said under TLS.
    pub(crate) async fn protect(self, server: &Server, limits: &Limits) -> Result<Self, Fault> {
        if !self.stream.buffer().is_empty() {
            return Err(Fault::new(Stage::Protect, Kind::Garbled));
        }
        let stream = dial::protect(self.stream.into_inner(), &server.host, &server.trust, limits).await?;
        let stream = BufReader::with_capacity(CHUNK, stream);
        Ok(Self { stream, is_private: true, stage: Stage::Greet, ..self })
    }

    /// Refuses to have a password said aloud.
    pub(crate) fn require_private(&self) -> Result<(), Fault> {
        if self.is_private { Ok(()) } else { Err(Fault::new(Stage::SignIn, Kind::Unprotected)) }
    }

    /// Our own address on this connection.
    pub(crate) fn local(&self) -> Option<IpAddr> {
        self.local
    }

    /// A fault of what is being done.
    pub(crate) fn fault(&self, kind: Kind) -> Fault {
        Fault::new(self.stage, kind)
    }

    /// Sets how many bytes the server may say until this is called again.
    pub(crate) fn allow(&mut self, bytes: u64) {
        self.allowance = bytes;
    }

    /// Waits until the server has said something. May be dropped half way.
    pub(crate) async fn heard(&mut self) -> Result<(), Fault> {
        if !self.stream.buffer().is_empty() {
            return Ok(());
        }
        match self.stream.fill_buf().await {
            Ok([]) | Err(_) => Err(self.fault(Kind::Dropped)),
            Ok(_) => Ok(()),
        }
    }

    async fn fill(&mut self) -> Result<(), Fault> {
        if !self.stream.buffer().is_empty() {
            return Ok(());
        }
        let silent = self.fault(Kind::Silent);
        timeout(self.step, self.heard()).await.unwrap_or(Err(silent))
    }

    fn spend(&mut self, bytes: usize) -> Result<(), Fault> {
        let left = self.allowance.checked_sub(u64::try_from(bytes).unwrap_or(u64::MAX));
        self.allowance = left.ok_or_else(|| self.fault(Kind::Endless))?;
        Ok(())
    }

    /// A line without its end, of at most `max` bytes.
    pub(crate) async fn line(&mut self, max: usize) -> Result<Vec<u8>, Fault> {
        let mut line = Vec::new();
        loop {
            self.fill().await?;
            let available = self.stream.buffer();
            let (taken, ends) = match available.iter().position(|byte| *byte == b'\n') {
                Some(end) => (end + 1, true),
                None => (available.len(), false),
            };
            line.extend_from_slice(&available[..taken]);
            self.stream.consume(taken);
            self.spend(taken)?;
            if line.len() > max.saturating_add(2) {
                return Err(self.fault(Kind::Endless));
            }
            if ends {
                line.pop();
                line.pop_if(|byte| *byte == b'\r');
                return Ok(line);
            }
        }
    }

    /// The next `size` bytes.
    pub(crate) async fn bytes(&mut self, size: usize) -> Result<Vec<u8>, Fault> {
        self.spend(size)?;
        let mut bytes = Vec::with_capacity(size);
        while bytes.len() < size {
            self.fill().await?;
            let available = self.stream.buffer();
            let taken = available.len().min(size - bytes.len());
            bytes.extend_from_slice(&available[..taken]);
            self.stream.consume(taken);
        }
        Ok(bytes)
    }

    /// Everything until the server closes the connection.
    pub(crate) async fn rest(&mut self) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        loop {
            match self.fill().await {
                Ok(()) => {}
                Err(Fault { kind: Kind::Dropped, .. }) => return Ok(bytes),
                Err(fault) => return Err(fault),
            }
            let available = self.stream.buffer();
            bytes.extend_from_slice(available);
            let taken = available.len();
            self.stream.consume(taken);
            self.spend(taken)?;
        }
    }

    /// Says something.
    pub(crate) async fn say(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        for chunk in bytes.chunks(CHUNK) {
            let writing = timeout(self.step, self.stream.write_all(chunk)).await;
            self.written(writing)?;
        }
        let flushing = timeout(self.step, self.stream.flush()).await;
        self.written(flushing)
    }

    fn written(&self, outcome: Result<std::io::Result<()>, tokio::time::error::Elapsed>) -> Result<(), Fault> {
        match outcome {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(self.fault(Kind::Dropped)),
            Err(_) => Err(self.fault(Kind::Silent)),
        }
    }

    /// Whether the connection stands and the server says nothing unasked: neither goodbye nor the end.
    pub(crate) fn is_quiet(&mut self) -> bool {
        let mut context = Context::from_waker(Waker::noop());
        self.stream.buffer().is_empty() && Pin::new(&mut self.stream).poll_fill_buf(&mut context).is_pending()
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wire").field("stage", &self.stage).field("is_private", &self.is_private).finish_non_exhaustive()
    }
}

/// Does `work` in the time that one command may take.
pub(crate) async fn in_time<T>(
    limit: Duration,
    silent: Fault,
    work: impl Future<Output = Result<T, Fault>>,
) -> Result<T, Fault> {
    timeout(limit, work).await.unwrap_or(Err(silent))
}
