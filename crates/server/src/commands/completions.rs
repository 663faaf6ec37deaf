//! `mainstay completions`.

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::Cli;

pub(crate) fn run(shell: Shell) -> Result<()> {
    clap_complete::generate(shell, &mut Cli::command(), "mainstay", &mut std::io::stdout());
    Ok(())
}
