//! `mainstay migrate`.

use anyhow::{Result, anyhow};
use migrate::{FileState, MigrateError, Project, render_problem};

use crate::application::Data;
use crate::cli::Migrate;
use crate::commands::config;
use crate::terminal;

pub(crate) async fn run(command: Migrate) -> Result<()> {
    match command {
        Migrate::New { name, project } => {
            let path = Project::read(&project.project)?.new_file(&name)?;
            terminal::say(&path.display().to_string());
            Ok(())
        }
        Migrate::Status(project) => {
            let (data, files) = open(&project.project).await?;
            for status in data.migrator.status(&files) {
                let state = match status.state {
                    FileState::Applied { at } => format!("applied {at}"),
                    FileState::Pending => "pending".to_owned(),
                    FileState::Changed { .. } => "CHANGED after it was applied".to_owned(),
                    FileState::Missing { .. } => "applied, but its file is GONE".to_owned(),
                };
                terminal::say(&format!("{}_{}  {state}", status.version, status.name));
            }
            Ok(())
        }
        Migrate::Check(project) => {
            let (data, files) = open(&project.project).await?;
            let catalog = data.migrator.check(&files).map_err(|error| explained(&error))?;
            migrate::lint(&catalog).iter().for_each(super::lint::show);
            terminal::say("everything binds");
            Ok(())
        }
        Migrate::Up(project) => {
            let (mut data, files) = open(&project.project).await?;
            let mut progress = |applied: &migrate::Applied| {
                terminal::say(&format!("applied {}_{}", applied.version, applied.name));
            };
            let applied = data.migrator.up(&files, &mut progress).await.map_err(|error| explained(&error))?;
            if applied.is_empty() {
                terminal::say("nothing to apply");
            }
            Ok(())
        }
    }
}

async fn open(project: &std::path::Path) -> Result<(Data, Project)> {
    let config = config(project, &[])?;
    let files = Project::read(project)?;
    Ok((Data::open(project, &config).await?, files))
}

/// Shows every problem with its place; the error that is left says how many.
pub(crate) fn explained(error: &MigrateError) -> anyhow::Error {
    if let MigrateError::Problems { problems } = error {
        for problem in problems {
            terminal::note(&render_problem(problem, terminal::has_colours()));
        }
    }
    if matches!(error, MigrateError::Changed { .. }) {
        return anyhow!(
            "{error}\n  help: write a new migration instead, or empty the development database with `mainstay dev --reset`"
        );
    }
    anyhow!("{error}")
}
