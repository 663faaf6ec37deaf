//! A running `mainstay`, started on a free port and ended with its owner.
//!
//! **Must not:** share a port, a folder or a process between tests.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::http::{self, Request};
use crate::token;

/// How long a debug build on a busy machine may take to its first answer.
const START_MAX: Duration = Duration::from_secs(30);
/// How long a server may take to end by itself.
const STOP_MAX: Duration = Duration::from_secs(15);

/// How to start a server.
#[derive(Clone, Debug)]
pub struct Start {
    /// The binary.
    pub binary: PathBuf,
    /// `serve` or `dev`.
    pub command: &'static str,
    /// Settings beside those that every test gives.
    pub environment: Vec<(String, String)>,
}

impl Start {
    /// Starting with the `mainstay` at that path.
    pub fn new(binary: &Path) -> Self {
        Self { binary: binary.to_path_buf(), command: "serve", environment: Vec::new() }
    }

    /// The same with one more setting.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Applies a project's migrations.
    pub fn migrate(&self, project: &Path) -> Result<()> {
        let output = self
            .prepared()
            .args(["migrate", "up"])
            .arg(project)
            .output()
            .with_context(|| format!("could not start `{}`", self.binary.display()))?;
        if !output.status.success() {
            let said = [output.stdout, output.stderr].concat();
            bail!("`mainstay migrate up` ended with {}:\n{}", output.status, String::from_utf8_lossy(&said));
        }
        Ok(())
    }

    /// The binary with the settings that every test gives.
    fn prepared(&self) -> Command {
        let mut command = Command::new(&self.binary);
        command
            .env("MAINSTAY_JWT_SECRET", token::SECRET)
            .env("NO_COLOR", "1")
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null());
        command
    }

    /// Starts a server on a project and waits for its first answer.
    pub fn server(&self, project: &Path) -> Result<Server> {
        let mut command = self.prepared();
        command.arg(self.command).arg(project);
        start(command, project)
    }
}

/// Starts any program that listens on `PORT` and answers `/auth/v1/health`, with its log in a folder.
pub fn start(mut command: Command, folder: &Path) -> Result<Server> {
    let address = free_address()?;
    let log = folder.join(".mainstay-test.log");
    let output = File::create(&log).with_context(|| format!("could not make `{}`", log.display()))?;
    command.env("PORT", address.port().to_string()).stdout(output.try_clone()?).stderr(output);
    let child = command.spawn().with_context(|| format!("could not start {command:?}"))?;
    let mut server = Server { child, address, log };
    server.wait_until_ready()?;
    Ok(server)
}

/// A running server. Dropping it kills it.
#[derive(Debug)]
pub struct Server {
    child: Child,
    address: SocketAddr,
    log: PathBuf,
}

impl Server {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// What it has written to its terminal.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_else(|error| format!("(no log: {error})"))
    }

    /// Ends it at once, as a crash would.
    pub fn kill(mut self) -> Result<()> {
        self.child.kill().context("could not kill the server")?;
        self.child.wait().context("could not wait for the server")?;
        Ok(())
    }

    /// Asks it to end and waits until it has; an exit code other than 0 is an error.
    pub fn stop(mut self) -> Result<()> {
        let process = self.child.id().to_string();
        let asked =
            Command::new("kill").args(["-TERM", &process]).status().context("could not run `kill`")?;
        if !asked.success() {
            bail!("could not signal process {process}");
        }
        let started = Instant::now();
        while started.elapsed() < STOP_MAX {
            if let Some(status) = self.child.try_wait()? {
                if status.success() {
                    return Ok(());
                }
                bail!("the server ended with {status} after SIGTERM:\n{}", self.log());
            }
            thread::sleep(Duration::from_millis(5));
        }
        bail!("the server did not end within {STOP_MAX:?} of SIGTERM:\n{}", self.log())
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let started = Instant::now();
        let question = Request::new("GET", "/auth/v1/health");
        while started.elapsed() < START_MAX {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended with {status} before its first answer:\n{}", self.log());
            }
            if http::send(self.address, &question).is_ok_and(|answer| answer.status == 200) {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(5));
        }
        bail!("the server gave no answer within {START_MAX:?}:\n{}", self.log())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail when the process has ended already, which is what they are for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A loopback address that nobody listens on.
pub fn free_address() -> Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port on loopback")?;
    listener.local_addr().context("a listener without an address")
}
