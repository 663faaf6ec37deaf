//! `cargo xtask cases`: the behaviours in `cases/`, each against a real server over a socket.
//!
//! **Must not:** know what a case says; `testkit` does.

use anyhow::Result;
use testkit::server::Start;
use testkit::suite::{Outcome, Suite};

use crate::workspace::Workspace;

/// Which cases, and what to do with their expectations.
#[derive(clap::Args)]
pub(crate) struct CasesArguments {
    /// Only cases whose path holds one of these words
    filters: Vec<String>,
    /// Write what came in the place of what was expected
    #[arg(long, env = "UPDATE_CASES", value_parser = clap::builder::FalseyValueParser::new())]
    update: bool,
}

pub(crate) fn run(workspace: &Workspace, arguments: CasesArguments) -> Result<bool> {
    let binary = workspace.binary("mainstay")?;
    let suite = Suite {
        folder: workspace.root().join("cases"),
        start: Start::new(&binary),
        filters: arguments.filters,
        update: arguments.update,
        workers: std::thread::available_parallelism().map_or(2, usize::from) * 2,
    };
    let outcomes = suite.run(&|outcome| print(outcome))?;
    let failed = outcomes.iter().filter(|outcome| !outcome.failures.is_empty()).count();
    println!("{} passed, {failed} failed", outcomes.len() - failed);
    Ok(failed == 0 && !outcomes.is_empty())
}

fn print(outcome: &Outcome) {
    if outcome.failures.is_empty() {
        println!("ok     {}", outcome.name);
    } else {
        println!("FAILED {}\n{}", outcome.name, outcome.failures.join("\n"));
    }
}
