//! `mainstay settings`: the documentation's page of all settings, from which docs/configuration.md is made.

use anyhow::Result;

use crate::config::Config;
use crate::terminal;

pub(crate) fn run() -> Result<()> {
    terminal::say(&Config::docs_page());
    Ok(())
}
