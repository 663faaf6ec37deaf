//! `cargo xtask bench`: Mainstay and the hand-written service, side by side, on the same data and the same requests.
//!
//! Rounds are paired and alternate, so that what else the machine does hits both; the ratio is the median over the rounds.
//! **Must not:** time a service whose answers differ from the other's.

mod data;
mod round;
mod service;
mod table;

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use self::round::{Measure, Workload};
use self::service::Service;
use crate::prerequisites::{self, WRK};
use crate::workspace::Workspace;

/// Between two drives, so that what the first left behind is written.
const PAUSE: Duration = Duration::from_millis(300);

/// How much to measure.
#[derive(clap::Args)]
pub(crate) struct BenchArguments {
    /// Only these workloads; several with commas
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// How many paired rounds
    #[arg(long, default_value_t = 5)]
    rounds: u32,
    /// How long each service is driven in a round
    #[arg(long, default_value_t = 4)]
    seconds: u32,
    /// Measures the programs in this folder instead of building them: to compare with an earlier build
    #[arg(long)]
    binaries: Option<PathBuf>,
    /// Writes the table into docs/performance.md
    #[arg(long)]
    write: bool,
}

/// What one workload showed: for each round a pair of measures, ours first.
pub(crate) struct Series {
    workload: &'static Workload,
    rounds: Vec<(Measure, Measure)>,
    /// The highest memory use while it ran, in KiB, ours first.
    memory: (u64, u64),
}

pub(crate) fn run(workspace: &Workspace, arguments: &BenchArguments) -> Result<bool> {
    prerequisites::install(&[&WRK])?;
    let release = programs(workspace, arguments)?;
    let ours = Service::mainstay(&release.join("mainstay"), &workspace.root().join("bench/project"))?;
    let theirs = Service::handwritten(&release.join("handwritten"))?;
    println!("loading the data");
    data::load(&ours)?;
    data::load(&theirs)?;
    data::compare(&ours, &theirs)?;
    println!("both answer alike; cold starts");
    let starts = (ours.cold_start()?, theirs.cold_start()?);
    let idle = (ours.memory("VmRSS")?, theirs.memory("VmRSS")?);
    let scripts = workspace.root().join("bench/wrk");
    let mut results = Vec::new();
    for workload in round::WORKLOADS {
        if !arguments.only.is_empty() && !arguments.only.iter().any(|name| name == workload.name) {
            continue;
        }
        let series = measure(workload, &ours, &theirs, (&scripts, arguments))
            .with_context(|| format!("workload `{}`", workload.name))?;
        println!("{}", table::line(&series));
        results.push(series);
    }
    let size = (ours.size()?, theirs.size()?);
    let text = table::page(&results, &table::Facts { starts, idle, size });
    println!("\n{text}");
    if arguments.write {
        table::write(&workspace.root().join("docs/performance.md"), &text)?;
    }
    Ok(true)
}

/// Where the programs to measure are; they are built first, unless others were named.
fn programs(workspace: &Workspace, arguments: &BenchArguments) -> Result<PathBuf> {
    if let Some(folder) = &arguments.binaries {
        return Ok(folder.clone());
    }
    println!("building both services for release");
    let build = ["build", "--release", "--quiet", "--package", "server", "--package", "handwritten"];
    ensure!(workspace.show(&mut workspace.cargo(&build))?, "the services do not build");
    Ok(workspace.target()?.join("release"))
}

/// Drives both services with one workload, round by round.
fn measure(
    workload: &'static Workload,
    ours: &Service,
    theirs: &Service,
    (scripts, arguments): (&Path, &BenchArguments),
) -> Result<Series> {
    ours.forget_highest_memory()?;
    theirs.forget_highest_memory()?;
    let drive = |service: &Service, number: u32| {
        thread::sleep(PAUSE);
        round::drive(workload, service, scripts, arguments.seconds, number)
    };
    let mut rounds = Vec::new();
    for number in 0..arguments.rounds {
        rounds.push(if number % 2 == 0 {
            let first = drive(ours, number)?;
            (first, drive(theirs, number)?)
        } else {
            let first = drive(theirs, number)?;
            (drive(ours, number)?, first)
        });
    }
    Ok(Series { workload, rounds, memory: (ours.memory("VmHWM")?, theirs.memory("VmHWM")?) })
}
