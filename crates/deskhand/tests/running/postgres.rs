//! A PostgreSQL of a test's own, to be stopped and started under its desk.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::process::{Child, Command};

/// A server, which is gone when this is dropped.
pub struct Postgres {
    folder: TempDir,
    /// Where its tables are, if not there.
    tables: Option<PathBuf>,
    bin: PathBuf,
    port: u16,
    running: Option<Child>,
}

impl Postgres {
    /// Makes one and starts it; `None` where PostgreSQL is not installed, or where the tests run without databases.
    pub async fn start() -> Option<Self> {
        Self::start_with(None).await
    }

    /// The same with its tables in a folder on another disk, which anybody may write to; its log of what is to be written stays here.
    pub async fn start_on(disk: &Path) -> Option<Self> {
        Self::start_with(Some(disk.join("tables"))).await
    }

    async fn start_with(tables: Option<PathBuf>) -> Option<Self> {
        std::env::var_os("DESKHAND_TEST_POSTGRES")?;
        let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
        let bins = versions.filter_map(|version| Some(version.ok()?.path().join("bin")));
        let bin = bins.filter(|bin| bin.join("initdb").exists()).max()?;
        let folder = tempfile::tempdir().unwrap();
        // Lent by the system and given back: nobody else takes it at once.
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut server = Self { folder, tables, bin, port, running: None };
        server.give_away();
        let made = server
            .confined("initdb")
            .arg(format!("--pgdata={}", server.data().display()))
            .arg(format!("--waldir={}", server.folder.path().join("wal").display()))
            .args(["--username=deskhand", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"])
            .stdout(Stdio::null())
            .status();
        assert!(made.await.unwrap().success());
        server.go_on().await;
        Some(server)
    }

    /// Where its first database is.
    pub fn url(&self) -> String {
        format!("postgres://deskhand@127.0.0.1:{}/postgres", self.port)
    }

    /// Starts it, and waits until it answers.
    pub async fn go_on(&mut self) {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.folder.path().join("log")).unwrap();
        let mut command = self.confined("postgres");
        command.arg("-D").arg(self.data()).args(["-p", &self.port.to_string(), "-h", "127.0.0.1", "-c", "fsync=on"]);
        command.arg("-c").arg(format!("unix_socket_directories={}", self.folder.path().display()));
        self.running = Some(command.stdout(Stdio::null()).stderr(log).kill_on_drop(true).spawn().unwrap());
        for _ in 0..300 {
            let asking = Command::new(self.bin.join("pg_isready"))
                .args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()])
                .status()
                .await;
            if asking.unwrap().success() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("PostgreSQL does not start: {}", std::fs::read_to_string(self.folder.path().join("log")).unwrap());
    }

    /// Stops it with this signal: `INT` cuts every connection off in order, `QUIT` as a crash would.
    pub async fn stop(&mut self, signal: &str) {
        let mut server = self.running.take().unwrap();
        let pid = server.id().unwrap().to_string();
        assert!(Command::new("kill").args([&format!("-{signal}"), &pid]).status().await.unwrap().success());
        tokio::time::timeout(Duration::from_secs(30), server.wait()).await.expect("PostgreSQL stops").unwrap();
    }

    fn data(&self) -> PathBuf {
        self.tables.clone().unwrap_or_else(|| self.folder.path().join("data"))
    }

    /// One of its programs; it refuses to run as root, so root lends it to somebody who may do nothing else.
    fn confined(&self, program: &str) -> Command {
        let program = self.bin.join(program);
        let mut command = match others() {
            None => Command::new(program),
            Some(user) => {
                let mut command = Command::new("setpriv");
                command
                    .args([&format!("--reuid={user}"), "--regid=nogroup", "--clear-groups", "--pdeathsig=QUIT"])
                    .arg(program);
                command
            }
        };
        command.current_dir(self.folder.path());
        command
    }

    fn give_away(&self) {
        let folder: &Path = self.folder.path();
        if let Some(user) = others() {
            let given = std::process::Command::new("chown").arg(user).arg(folder).status().unwrap();
            assert!(given.success());
        }
    }
}

/// Who it runs as when the tests run as root.
fn others() -> Option<&'static str> {
    let us = std::fs::metadata("/proc/self").unwrap();
    (std::os::unix::fs::MetadataExt::uid(&us) == 0).then_some("nobody")
}
