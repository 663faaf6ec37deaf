//! Running parts one after another, each with its log, and saying how far they are.
//!
//! **Must not:** let a part run for ever, nor leave a process of it behind.

use std::fs::{self, File};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::counts;
use super::parts::Part;
use crate::workspace::Workspace;

/// No part may take longer.
const PART_MAX: Duration = Duration::from_secs(20 * 60);
/// How often a running part shows where it is.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// How much of a failed part's log is shown.
const TAIL_LINES: usize = 120;

/// Parts that run one after another.
pub(super) struct Lane<'w> {
    workspace: &'w Workspace,
    parts: Vec<&'static Part>,
    logs: PathBuf,
}

/// How a part ended.
pub(super) struct Report {
    pub(super) name: &'static str,
    pub(super) passed: u64,
    pub(super) failed: u64,
    pub(super) seconds: u64,
}

impl<'w> Lane<'w> {
    pub(super) fn new(workspace: &'w Workspace, parts: Vec<&'static Part>, logs: &Path) -> Self {
        Self { workspace, parts, logs: logs.to_path_buf() }
    }

    pub(super) fn run(&self) -> Result<Vec<Report>> {
        self.parts.iter().map(|part| self.run_part(part)).collect()
    }

    fn run_part(&self, part: &'static Part) -> Result<Report> {
        println!("{}: {}", part.name, part.about);
        let started = Instant::now();
        let path = self.logs.join(format!("{}.log", part.name));
        let log = File::create(&path).with_context(|| format!("could not make `{}`", path.display()))?;
        let mut command = part.command(self.workspace)?;
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).process_group(0);
        let ended_well = wait(part.name, command, &path)?;
        let text = fs::read_to_string(&path).unwrap_or_else(|error| format!("(no log: {error})"));
        let (passed, mut failed) = counts::read(&text);
        if !ended_well || passed + failed == 0 {
            failed = failed.max(1);
        }
        let seconds = started.elapsed().as_secs();
        println!("{}: {passed} passed, {failed} failed, {seconds} s", part.name);
        if failed > 0 {
            let lines: Vec<&str> = text.lines().collect();
            let tail = &lines[lines.len().saturating_sub(TAIL_LINES)..];
            println!("--- the end of {}\n{}\n---", path.display(), tail.join("\n"));
        }
        Ok(Report { name: part.name, passed, failed, seconds })
    }
}

/// Waits for a part, showing its last line from time to time; false when it failed or took too long.
fn wait(name: &str, mut command: Command, log: &Path) -> Result<bool> {
    let mut child = command.spawn().with_context(|| format!("could not start {command:?}"))?;
    let started = Instant::now();
    let mut shown = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        if started.elapsed() > PART_MAX {
            println!("{name}: stopped after {} minutes", PART_MAX.as_secs() / 60);
            // The part is the leader of its process group, so this ends its servers and browsers too.
            Command::new("kill").args(["-KILL", "--", &format!("-{}", child.id())]).status()?;
            child.wait()?;
            return Ok(false);
        }
        if shown.elapsed() > HEARTBEAT {
            shown = Instant::now();
            let text = fs::read_to_string(log).unwrap_or_default();
            let last = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("starting");
            println!("{name}: {} s, {}", started.elapsed().as_secs(), last.trim());
        }
        thread::sleep(Duration::from_millis(100));
    }
}
