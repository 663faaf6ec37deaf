//! `mainstay dev`: serves a project while its SQL files change.

use std::path::Path;

use anyhow::{Context, Result};
use migrate::Project;

use crate::application::{Application, Mode, data_folder};
use crate::cli::Dev;
use crate::commands::config;
use crate::commands::migrate::explained;
use crate::commands::serve::finish_on_signal;
use crate::listener::{Listener, Stop};
use crate::{terminal, watch};

pub(crate) async fn run(command: Dev) -> Result<()> {
    let root = command.project.project.clone();
    let config = config(&root, &command.listening.flags())?;
    crate::telemetry::start(&config.log)?;
    let data = data_folder(&root, &config);
    if command.reset {
        reset(&data)?;
    }
    let mut application = Application::open(&root, config, Mode::Development).await?;
    let files = Project::read(&root)?;
    let mut fingerprint = files.fingerprint();
    apply(&mut application, &files, command.seed).await?;
    let listener = application.listen()?;
    show(&application, &listener)?;
    let stop = Stop::default();
    let serving = application.serving(listener, stop.clone())?;
    tokio::pin!(serving);
    let signal = finish_on_signal(&stop);
    tokio::pin!(signal);
    loop {
        tokio::select! {
            () = &mut serving => return Ok(()),
            () = &mut signal => {}
            files = watch::changed(&root, &fingerprint) => {
                fingerprint = files.fingerprint();
                if let Err(error) = apply(&mut application, &files, false).await {
                    terminal::error(&error);
                    terminal::note("still serving what was applied before; save the file again to try again");
                }
            }
        }
    }
}

/// Applies what is new, fills in the seed, and says what is worth knowing.
async fn apply(application: &mut Application, files: &Project, seed_again: bool) -> Result<()> {
    let mut progress = |applied: &migrate::Applied| {
        terminal::note(&format!("applied {}_{}.sql", applied.version, applied.name));
    };
    let migrator = application.migrator();
    migrator.up(files, &mut progress).await.map_err(|error| explained(&error))?;
    if migrator.seed(files, seed_again).await.map_err(|error| explained(&error))? {
        terminal::note("ran seed.sql");
    }
    let catalog = application.migrator().database().catalog();
    migrate::lint(&catalog).iter().for_each(super::lint::show);
    Ok(())
}

/// Empties the development database. Keys stay.
fn reset(data: &Path) -> Result<()> {
    for name in ["data.db", "data.db-wal", "data.db-shm"] {
        let path = data.join(name);
        match std::fs::remove_file(&path) {
            Ok(()) => terminal::note(&format!("removed {}", path.display())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| format!("cannot remove `{}`", path.display())),
        }
    }
    Ok(())
}

fn show(application: &Application, listener: &Listener) -> Result<()> {
    let keys = application.keys();
    let port = listener.address().port();
    let base = format!("http://localhost:{port}");
    terminal::say(&format!("\n  Mainstay is serving {base}\n"));
    terminal::say(&format!("  page         {base}/"));
    terminal::say(&format!("  REST         {base}/rest/v1/"));
    terminal::say(&format!("  resources    {base}/api/"));
    terminal::say(&format!("  accounts     {base}/auth/v1/"));
    terminal::say(&format!("\n  publishable key   {}", keys.publishable));
    terminal::say(&format!(
        "  secret key        {}   (passes row security: never in a browser)\n",
        keys.secret
    ));
    terminal::note("SQL files are applied as they change. Stop with Ctrl-C.");
    Ok(())
}
