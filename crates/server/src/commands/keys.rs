//! `mainstay keys`.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use serde_json::json;
use web::{TokenKeys, TokenRules};

use crate::cli::Keys;
use crate::clock::MachineClock;
use crate::commands::config;
use crate::keys::{KeyFolder, tokens};
use crate::terminal;

pub(crate) fn run(command: Keys) -> Result<()> {
    match command {
        Keys::Show { project, json } => show(&project.project, json),
        Keys::Rotate(project) => rotate(&project.project),
    }
}

fn show(project: &Path, as_json: bool) -> Result<()> {
    let config = config(project, &[])?;
    let random = web::random::system();
    let folder = KeyFolder::open(&crate::application::data_folder(project, &config), Arc::clone(&random))?;
    let clock = Arc::new(MachineClock::new());
    let rules = TokenRules::new(&config.limits);
    let keys = TokenKeys::new(folder.ring(&config.auth)?, rules, clock.clone(), random);
    let client = folder.client_keys()?;
    let (anon, service_role) = tokens(&keys, clock.as_ref())?;
    if as_json {
        let all = json!({
            "url": config.public_url(),
            "publishable": client.publishable,
            "secret": client.secret,
            "anon": anon,
            "service_role": service_role,
        });
        terminal::say(&all.to_string());
        return Ok(());
    }
    terminal::say(&format!("url           {}", config.public_url()));
    terminal::say(&format!("publishable   {}   (for browsers and apps)", client.publishable));
    terminal::say(&format!("secret        {}   (for servers only: it passes row security)", client.secret));
    terminal::say(&format!("anon          {anon}"));
    terminal::say(&format!("service_role  {service_role}"));
    Ok(())
}

fn rotate(project: &Path) -> Result<()> {
    let config = config(project, &[])?;
    if config.auth.jwt_secret.is_some() {
        anyhow::bail!("`auth.jwt_secret` is configured: change it there");
    }
    let folder = KeyFolder::open(&crate::application::data_folder(project, &config), web::random::system())?;
    folder.rotate()?;
    terminal::say(
        "A new key signs from the next start on. Tokens of the last one stay good until they run out or until the next rotation.",
    );
    Ok(())
}
