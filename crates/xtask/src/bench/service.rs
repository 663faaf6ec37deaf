//! A service under measurement: how it is started, what it takes of the machine.
//!
//! **Must not:** know a workload.

use std::cell::RefCell;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use testkit::http::{self, Request, Response};
use testkit::project::{self, Folder};
use testkit::server::{self, Server, Start};
use testkit::token;

const COLD_STARTS: usize = 7;

/// A running service.
pub(super) struct Service {
    pub(super) name: &'static str,
    binary: PathBuf,
    folder: Folder,
    server: RefCell<Option<Server>>,
}

impl Service {
    pub(super) fn mainstay(binary: &Path, project: &Path) -> Result<Self> {
        let folder = project::without_data(project)?;
        mainstay_start(binary).migrate(folder.path())?;
        Self::started("Mainstay", binary, folder)
    }

    pub(super) fn handwritten(binary: &Path) -> Result<Self> {
        Self::started("hand-written", binary, Folder::new()?)
    }

    fn started(name: &'static str, binary: &Path, folder: Folder) -> Result<Self> {
        let service = Self { name, binary: binary.to_path_buf(), folder, server: RefCell::new(None) };
        service.restart()?;
        Ok(service)
    }

    /// Ends the process, if there is one, and starts another on the same data.
    fn restart(&self) -> Result<()> {
        if let Some(server) = self.server.take() {
            server.kill()?;
        }
        let server = if self.name == "Mainstay" {
            mainstay_start(&self.binary).server(self.folder.path())?
        } else {
            let mut command = Command::new(&self.binary);
            command.arg(self.folder.path().join("bench.db")).env("JWT_SECRET", token::SECRET);
            server::start(command, self.folder.path())?
        };
        self.server.replace(Some(server));
        Ok(())
    }

    /// From starting the process to its first answer with rows: the median of several.
    pub(super) fn cold_start(&self) -> Result<Duration> {
        let mut times = Vec::new();
        for _ in 0..COLD_STARTS {
            let started = Instant::now();
            self.restart()?;
            let request = Request::new("GET", "/rest/v1/tasks?id=eq.1&select=id,title,done,priority");
            self.send(&request)?;
            times.push(started.elapsed());
        }
        times.sort_unstable();
        Ok(times[COLD_STARTS / 2])
    }

    pub(super) fn address(&self) -> Result<SocketAddr> {
        let server = self.server.borrow();
        Ok(server.as_ref().context("the service does not run")?.address())
    }

    /// Asks as the person whose data is measured.
    pub(super) fn send(&self, request: &Request) -> Result<Response> {
        self.send_as(request, &token::user_token("ann"))
    }

    /// Asks with a token; an answer that is not good is an error.
    pub(super) fn send_as(&self, request: &Request, token: &str) -> Result<Response> {
        let request = request
            .clone()
            .header("apikey", &token::role_key("anon"))
            .header("authorization", &format!("Bearer {token}"));
        let answer = http::send(self.address()?, &request)?;
        if !(200..300).contains(&answer.status) {
            bail!(
                "{}: {} {} answered {}: {}",
                self.name,
                request.method,
                request.target,
                answer.status,
                answer.text()
            );
        }
        Ok(answer)
    }

    /// A figure of the process in KiB, by its name in `/proc/<pid>/status`.
    pub(super) fn memory(&self, figure: &str) -> Result<u64> {
        let server = self.server.borrow();
        let process = server.as_ref().context("the service does not run")?.process();
        let status = fs::read_to_string(format!("/proc/{process}/status"))?;
        let line = status.lines().find(|line| line.starts_with(figure)).context("no such figure")?;
        Ok(line.split_whitespace().nth(1).context("a figure without a number")?.parse()?)
    }

    /// Forgets the highest memory use so far, so that the next is that of what comes.
    pub(super) fn forget_highest_memory(&self) -> Result<()> {
        let server = self.server.borrow();
        let process = server.as_ref().context("the service does not run")?.process();
        fs::write(format!("/proc/{process}/clear_refs"), "5")
            .context("could not reset the highest memory use")
    }

    /// The size of the binary in bytes.
    pub(super) fn size(&self) -> Result<u64> {
        Ok(fs::metadata(&self.binary)?.len())
    }
}

/// A sign-in a second is a limit for people, not for a bench.
fn mainstay_start(binary: &Path) -> Start {
    Start::new(binary).with("MAINSTAY_LIMITS_TOKEN_REQUESTS_PER_5_MIN", "1000000")
}
