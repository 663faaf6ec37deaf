//! `mainstay sql`: PostgreSQL's language at a prompt, from a text or a file, as the owner of the data.
//!
//! Statements that read and write rows run here; definitions belong in migrations, which keep them.

use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use database::{DatabaseError, Session};
use migrate::{Problem, render_problem};
use policy::Caller;

use crate::application::Data;
use crate::cli::{RowFormat, Sql};
use crate::commands::config;
use crate::terminal;

mod table;

pub(crate) async fn run(command: Sql) -> Result<()> {
    let config = config(&command.project.project, &[])?;
    let data = Data::open(&command.project.project, &config).await?;
    let prompt = Prompt {
        session: data.migrator.database().session(Caller::System),
        format: command.format,
        verbose: command.verbose,
    };
    match (&command.command, &command.file) {
        (Some(text), _) => prompt.run(text, Path::new("command")).await,
        (None, Some(path)) => {
            let text =
                std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
            prompt.run(&text, path).await
        }
        (None, None) => prompt.converse().await,
    }
}

struct Prompt {
    session: Session,
    format: RowFormat,
    verbose: bool,
}

impl Prompt {
    /// Runs every statement of a text; the first that fails ends it.
    async fn run(&self, text: &str, path: &Path) -> Result<()> {
        let statements = self.session.parse(text).map_err(|diagnostics| {
            for diagnostic in &diagnostics {
                let problem =
                    Problem { path: path.to_owned(), text: text.to_owned(), diagnostic: diagnostic.clone() };
                terminal::note(&render_problem(&problem, terminal::has_colours()));
            }
            anyhow::anyhow!("nothing was run")
        })?;
        for statement in &statements {
            if !statement.parameters.is_empty() {
                bail!("parameters as in `$1` cannot be given here: write the values");
            }
            let rows = self
                .session
                .execute(statement, Vec::new())
                .await
                .map_err(|error| anyhow::anyhow!(self.explained(&error)))?;
            if rows.columns.is_empty() {
                terminal::say(&format!("{} rows written", rows.affected));
            } else {
                terminal::say(table::text(&rows, self.format).trim_end_matches('\n'));
            }
        }
        Ok(())
    }

    fn explained(&self, error: &DatabaseError) -> String {
        let DatabaseError::Sql(sql) = error else { return error.to_string() };
        let code = if self.verbose { format!("[{}] ", sql.code) } else { String::new() };
        let more = |word: &str, text: &Option<String>| {
            text.as_ref().map_or_else(String::new, |text| format!("\n  {word}: {text}"))
        };
        format!("{code}{}{}{}", sql.message, more("detail", &sql.detail), more("help", &sql.hint))
    }

    /// Reads statements up to a semicolon and runs each; a mistake does not end the talk.
    async fn converse(&self) -> Result<()> {
        let is_person = std::io::stdin().is_terminal();
        if is_person {
            terminal::note("PostgreSQL's SQL. End a statement with `;`, the talk with \\q.");
        }
        let mut text = String::new();
        loop {
            if is_person {
                let mut out = std::io::stdout().lock();
                write!(out, "{}", if text.is_empty() { "mainstay=> " } else { "mainstay-> " })?;
                out.flush()?;
            }
            let mut line = String::new();
            let read = std::io::stdin().lock().read_line(&mut line)?;
            if read == 0 || line.trim() == "\\q" {
                break;
            }
            text.push_str(&line);
            if !text.trim_end().ends_with(';') {
                continue;
            }
            let result = self.run(&text, Path::new("input")).await;
            text.clear();
            match result {
                Ok(()) => {}
                Err(error) if is_person => terminal::error(&error),
                Err(error) => return Err(error),
            }
        }
        if text.trim().is_empty() { Ok(()) } else { self.run(&text, Path::new("input")).await }
    }
}
