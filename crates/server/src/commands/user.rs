//! `mainstay user`.

use std::io::{BufRead, IsTerminal};

use anyhow::{Result, bail};
use auth::{AuthError, NewAccount};

use crate::application::{Application, Mode};
use crate::cli::User;
use crate::commands::config;
use crate::terminal;

pub(crate) async fn run(command: User) -> Result<()> {
    match command {
        User::Create { email, project } => {
            let config = config(&project.project, &[])?;
            let application = Application::open(&project.project, config, Mode::Command).await?;
            let account = NewAccount {
                email: Some(email.clone()),
                password: Some(password()?),
                email_confirmed: true,
                ..NewAccount::default()
            };
            let id = auth::create_account(&application.auth_state(), account)
                .await
                .map_err(|error| refused(&error))?;
            terminal::say(&format!("{id}  {email}"));
            Ok(())
        }
        User::List(project) => {
            let config = config(&project.project, &[])?;
            let application = Application::open(&project.project, config, Mode::Command).await?;
            let accounts = auth::list_accounts(&application.auth_state(), 1_000).await;
            for (id, email, created) in accounts.map_err(|error| refused(&error))? {
                terminal::say(&format!("{id}  {email}  {created}"));
            }
            Ok(())
        }
    }
}

fn refused(error: &AuthError) -> anyhow::Error {
    anyhow::anyhow!("{}", error.message)
}

/// A password from standard input; a person is asked for it.
fn password() -> Result<String> {
    if std::io::stdin().is_terminal() {
        terminal::note("password (at least 8 characters):");
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    if password.is_empty() {
        bail!("no password was given");
    }
    Ok(password)
}
