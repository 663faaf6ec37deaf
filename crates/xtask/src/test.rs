//! `cargo xtask test`: every test there is, from unit tests to a browser, with one line at the end that says how it went.
//!
//! What is missing is installed first. The parts run in two lanes, for two cores: what compiles, and what speaks to servers.
//! **Must not:** skip a part, nor call one passed that ran nothing.

mod counts;
mod lane;
mod parts;

use std::fs;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, anyhow, bail};

use self::lane::{Lane, Report};
use self::parts::{PARTS, Part};
use crate::prerequisites;
use crate::workspace::Workspace;

/// Which parts to run.
#[derive(clap::Args, Default)]
pub(crate) struct TestArguments {
    /// Only these parts; several with commas
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Names the parts and ends
    #[arg(long)]
    list: bool,
}

pub(crate) fn run(workspace: &Workspace, arguments: &TestArguments) -> Result<bool> {
    if arguments.list {
        for part in PARTS {
            println!("{:10} {}", part.name, part.about);
        }
        return Ok(true);
    }
    let started = Instant::now();
    let parts = chosen(&arguments.only)?;
    prepare(workspace, &parts)?;
    let logs = workspace.target()?.join("xtask");
    fs::create_dir_all(&logs).with_context(|| format!("could not make `{}`", logs.display()))?;
    let lanes = [true, false].map(|compiles| {
        let parts: Vec<&Part> = parts.iter().filter(|part| part.compiles == compiles).copied().collect();
        Lane::new(workspace, parts, &logs)
    });
    let mut reports: Vec<Report> = Vec::new();
    thread::scope(|scope| -> Result<()> {
        for lane in lanes.map(|lane| scope.spawn(move || lane.run())) {
            reports.extend(lane.join().map_err(|_| anyhow!("a lane of tests panicked"))??);
        }
        Ok(())
    })?;
    reports.sort_by_key(|report| PARTS.iter().position(|part| part.name == report.name));
    Ok(summarise(&reports, started))
}

fn chosen(only: &[String]) -> Result<Vec<&'static Part>> {
    if let Some(unknown) = only.iter().find(|name| !PARTS.iter().any(|part| part.name == **name)) {
        let names: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
        bail!("there is no part `{unknown}`; there are {}", names.join(", "));
    }
    Ok(PARTS.iter().filter(|part| only.is_empty() || only.iter().any(|name| name == part.name)).collect())
}

/// Installs what the parts need and builds what they start.
fn prepare(workspace: &Workspace, parts: &[&Part]) -> Result<()> {
    let packages: Vec<_> = parts.iter().flat_map(|part| part.needs).collect();
    prerequisites::install(&packages)?;
    if parts.iter().any(|part| part.node_packages) {
        prerequisites::install_node_packages(workspace)?;
    }
    println!("building the programs");
    if !workspace.show(&mut workspace.cargo(&[
        "build",
        "--quiet",
        "--workspace",
        "--exclude",
        "xtask",
        "--bins",
    ]))? {
        bail!("the workspace does not build");
    }
    Ok(())
}

fn summarise(reports: &[Report], started: Instant) -> bool {
    println!("\n{:10} {:>7} {:>7} {:>7}", "part", "passed", "failed", "seconds");
    for report in reports {
        println!("{:10} {:>7} {:>7} {:>7}", report.name, report.passed, report.failed, report.seconds);
    }
    let passed: u64 = reports.iter().map(|report| report.passed).sum();
    let failed: u64 = reports.iter().map(|report| report.failed).sum();
    println!("{:33} {:>7}\n", "in all", started.elapsed().as_secs());
    println!("{passed} passed, {failed} failed");
    failed == 0 && passed > 0
}
