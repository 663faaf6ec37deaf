//! The commands, one file each.

mod completions;
mod dev;
mod keys;
mod lint;
mod migrate;
mod new;
mod serve;
mod settings;
mod sql;
mod user;

pub(crate) use self::migrate::explained;

use std::path::Path;

use anyhow::{Context, Result, anyhow};

use crate::cli::{Cli, Command};
use crate::config::{Config, Flag};

/// Runs the command that was asked for.
pub(crate) fn run(cli: Cli) -> Result<()> {
    match cli.command {
        Command::New(new) => new::run(&new),
        Command::Completions { shell } => completions::run(shell),
        Command::Settings => settings::run(),
        Command::Dev(dev) => block_on(dev::run(dev)),
        Command::Serve(serve) => block_on(serve::run(serve)),
        Command::Migrate(migrate) => block_on(migrate::run(migrate)),
        Command::Sql(sql) => block_on(sql::run(sql)),
        Command::User(user) => block_on(user::run(user)),
        Command::Keys(keys) => keys::run(keys),
        Command::Lint(project) => block_on(lint::run(project)),
    }
}

fn block_on(command: impl Future<Output = Result<()>>) -> Result<()> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime cannot be started")?
        .block_on(command)
}

/// The configuration of a project, whose folder must be there.
fn config(project: &Path, flags: &[Flag]) -> Result<Config> {
    if !project.is_dir() {
        return Err(anyhow!(
            "there is no folder `{0}`: make a project with `mainstay new {0}`",
            project.display()
        ));
    }
    Ok(Config::of_project(project, flags)?)
}
