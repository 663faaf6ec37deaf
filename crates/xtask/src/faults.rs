//! `cargo xtask faults kill`: writers, a server killed at random instants, and the proof that nothing was lost or doubled.
//!
//! SIGKILL keeps the page cache, so this proves atomicity and recovery, not that the disk was told to sync.
//! **Must not:** trust the server: what it acknowledged is written down here, durably, before it is asked.

mod dice;
mod ledger;
mod verify;
mod writer;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, anyhow, bail};
use testkit::http::Request;
use testkit::project::{self, Folder};
use testkit::server::Start;
use testkit::sqlite;

use self::dice::Dice;
use self::ledger::Ledger;
use self::verify::Stored;
use self::writer::Writer;
use crate::workspace::Workspace;

const WRITERS: u64 = 32;
const OPENING_BALANCE: i64 = 1000;
const KILL_AFTER_MS: (u64, u64) = (50, 2500);

/// What to break.
#[derive(clap::Subcommand)]
pub(crate) enum FaultsCommand {
    /// Kills the server with SIGKILL while 32 writers write, restarts it, and verifies every answer it gave
    Kill {
        /// How often
        #[arg(long, default_value_t = 20)]
        cycles: u32,
        /// Repeats the run with that seed
        #[arg(long)]
        seed: Option<u64>,
    },
}

/// What a cycle found.
struct Cycle {
    counts: [u64; 3],
    restart: Duration,
    violations: Vec<String>,
}

pub(crate) fn run(workspace: &Workspace, command: &FaultsCommand) -> Result<bool> {
    let FaultsCommand::Kill { cycles, seed } = command;
    let seed = match seed {
        Some(seed) => *seed,
        None => SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs(),
    };
    println!("faults: {cycles} kills, seed {seed}");
    let start = Start::new(&workspace.binary("mainstay")?);
    let project = project::with_migration(include_str!("faults/ledger.sql"))?;
    start.migrate(project.path())?;
    let mut dice = Dice::new(seed);
    let (mut failed, mut counts, mut slowest) = (0, [0; 3], Duration::ZERO);
    for number in 1..=*cycles {
        let cycle = cycle(&start, &project, &mut dice)?;
        for (sum, count) in counts.iter_mut().zip(cycle.counts) {
            *sum += count;
        }
        slowest = slowest.max(cycle.restart);
        let [acknowledged, rejected, unknown] = cycle.counts;
        println!(
            "kill {number}/{cycles}: {acknowledged} acknowledged, {rejected} rejected, {unknown} unknown; restart {:?}; {} violations",
            cycle.restart,
            cycle.violations.len()
        );
        for violation in cycle.violations.iter().take(10) {
            println!("  {violation}");
        }
        failed += u32::from(!cycle.violations.is_empty());
    }
    println!(
        "in all {} acknowledged, {} rejected, {} unknown; slowest restart {slowest:?}",
        counts[0], counts[1], counts[2]
    );
    println!("{} passed, {failed} failed", cycles - failed);
    Ok(failed == 0)
}

/// Writes, kills, looks at the file, restarts, verifies.
fn cycle(start: &Start, project: &Folder, dice: &mut Dice) -> Result<Cycle> {
    let server = start.server(project.path())?;
    prepare(server.address())?;
    let intents = Folder::new()?;
    let address = server.address();
    let writers: Vec<_> = (0..WRITERS)
        .map(|number| {
            let file = File::create(intents.path().join(format!("{number}.txt")))?;
            let ledger = Ledger::new(number, (OPENING_BALANCE, OPENING_BALANCE), file);
            let dice = Dice::new(dice.next());
            Ok(thread::spawn(move || Writer::new(address, dice, ledger).run()))
        })
        .collect::<Result<_>>()?;
    thread::sleep(Duration::from_millis(dice.between(KILL_AFTER_MS.0, KILL_AFTER_MS.1)));
    server.kill()?;
    let ledgers: Vec<Ledger> = writers
        .into_iter()
        .map(|writer| writer.join().map_err(|_| anyhow!("a writer panicked"))?)
        .collect::<Result<_>>()?;
    let mut violations = file_faults(project.path())?;
    let started = Instant::now();
    let server = start.server(project.path())?;
    let restart = started.elapsed();
    violations.extend(Stored::read(server.address())?.violations(&ledgers));
    server.stop()?;
    let mut counts = [0; 3];
    for ledger in &ledgers {
        for (sum, count) in counts.iter_mut().zip(ledger.counts) {
            *sum += count;
        }
    }
    if counts[0] == 0 {
        bail!("no write was acknowledged: the cycle proves nothing");
    }
    Ok(Cycle { counts, restart, violations })
}

/// Empties the tables and opens the accounts.
fn prepare(server: std::net::SocketAddr) -> Result<()> {
    for target in ["entries?writer=gte.0", "accounts?id=gte.0", "counters?writer=gte.0"] {
        verify::send(server, &Request::new("DELETE", &format!("/rest/v1/{target}")))?;
    }
    let accounts: Vec<String> =
        (0..WRITERS * 2).map(|id| format!(r#"{{"id":{id},"balance":{OPENING_BALANCE}}}"#)).collect();
    let counters: Vec<String> =
        (0..WRITERS).map(|writer| format!(r#"{{"writer":{writer},"version":0}}"#)).collect();
    for (table, rows) in [("accounts", accounts), ("counters", counters)] {
        let request =
            Request::new("POST", &format!("/rest/v1/{table}")).json(&format!("[{}]", rows.join(",")));
        verify::send(server, &request)?;
    }
    Ok(())
}

/// What SQLite says of a copy of the files that the killed server left; the files themselves are the next start's to recover.
fn file_faults(project: &Path) -> Result<Vec<String>> {
    let copy = project::copy_of(&project.join(project::DATA))?;
    let database = database_in(copy.path())?.context("the project has no SQLite file")?;
    sqlite::faults(&database)
}

/// The file that begins as every SQLite database does.
fn database_in(folder: &Path) -> Result<Option<PathBuf>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() && fs::read(&path)?.starts_with(b"SQLite format 3\0") {
            return Ok(Some(path));
        }
    }
    Ok(None)
}
