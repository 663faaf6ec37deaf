//! The project's own commands, `cargo xtask …`: tests, checks, faults, benches.
//!
//! **Must not:** be needed to build or run the product, nor know its insides: it starts programs and reads what they print.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a command for people at a terminal: it prints, and it takes times"
)]

mod tidy;
mod bench;
mod cases;
mod check;
mod clients;
mod docs;
mod faults;
mod prerequisites;
mod test;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's own commands")]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Checks what neither the compiler nor clippy checks: floors, file sizes, SQL in strings, licences
    Tidy,
    /// Runs every test there is, installing what they need
    Test(test::TestArguments),
    /// Runs node's tests in `clients/` against a server on the example project
    Clients {
        /// The test files
        files: Vec<String>,
    },
    /// Runs what README.md and docs/ tell a reader to paste
    Docs,
    /// Measures Mainstay against the hand-written service
    Bench(bench::BenchArguments),
    /// Runs the cases in `cases/` against a real server
    Cases(cases::CasesArguments),
    /// Breaks a running server and verifies what it promised
    #[command(subcommand)]
    Faults(faults::FaultsCommand),
    /// Formatting, tidy, lints, dependencies, and every test
    Check(check::CheckArguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = Workspace::find().and_then(|workspace| match arguments.command {
        Task::Tidy => tidy::run(&workspace),
        Task::Test(arguments) => test::run(&workspace, &arguments),
        Task::Clients { files } => clients::run(&workspace, &files),
        Task::Docs => docs::run(&workspace),
        Task::Bench(arguments) => bench::run(&workspace, &arguments),
        Task::Cases(arguments) => cases::run(&workspace, arguments),
        Task::Faults(command) => faults::run(&workspace, &command),
        Task::Check(arguments) => check::run(&workspace, &arguments),
    });
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(2)
        }
    }
}
