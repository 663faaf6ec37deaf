//! The `mainstay` binary: reads the command line and runs one command.
//!
//! **Must not:** do the work of a command.

mod application;
mod cli;
mod clock;
mod commands;
mod config;
mod keys;
mod listener;
mod outbox;
mod router;
mod static_files;
mod telemetry;
mod terminal;
mod watch;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    // A full disk or a file size limit must come back as an error of the write, not end the process.
    ignore_file_size_signal();
    let command = cli::Cli::parse();
    match commands::run(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::error(&error);
            ExitCode::FAILURE
        }
    }
}

/// SIGXFSZ ends a Rust process by default; once somebody listens for it, it does not.
fn ignore_file_size_signal() {
    let flag = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    if let Err(error) = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, flag) {
        terminal::warn(&format!("the file size signal cannot be ignored: {error}"));
    }
}
