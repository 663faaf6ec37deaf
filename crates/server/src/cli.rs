//! The command line: its words, and the examples that `--help` shows.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::config::Flag;

/// A back end from SQL files: REST, accounts and row security in one binary.
#[derive(Debug, Parser)]
#[command(
    name = "mainstay",
    version,
    arg_required_else_help = true,
    after_help = "Examples:
  mainstay new mytasks          make a project with an example in it
  mainstay dev mytasks          serve it, and apply its SQL files as they change
  mainstay serve mytasks        serve it in production"
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Makes a new project
    #[command(after_help = "Examples:\n  mainstay new mytasks\n  mainstay new api --template blank")]
    New(New),
    /// Serves a project while you work on it: applies new SQL files, fills in the seed, shows addresses and keys
    #[command(
        after_help = "Examples:\n  mainstay dev\n  mainstay dev examples/tasks --port 9000\n  mainstay dev --reset"
    )]
    Dev(Dev),
    /// Serves a project in production: applies pending migrations, then serves
    #[command(
        after_help = "Examples:\n  mainstay serve /srv/mytasks\n  PORT=80 MAINSTAY_SERVER_HOST=0.0.0.0 mainstay serve"
    )]
    Serve(Serve),
    /// Looks at and applies migrations
    #[command(
        subcommand,
        after_help = "Examples:\n  mainstay migrate status\n  mainstay migrate new add_due_date\n  mainstay migrate check\n  mainstay migrate up"
    )]
    Migrate(Migrate),
    /// Runs SQL in PostgreSQL's language: a prompt, or what is given
    #[command(
        after_help = "Examples:\n  mainstay sql\n  mainstay sql -c 'select count(*) from tasks'\n  mainstay sql --file report.sql --format csv"
    )]
    Sql(Sql),
    /// Makes and lists accounts
    #[command(
        subcommand,
        after_help = "Examples:\n  mainstay user create ann@example.com\n  mainstay user list"
    )]
    User(User),
    /// Shows and rotates the keys of a project
    #[command(
        subcommand,
        after_help = "Examples:\n  mainstay keys show\n  mainstay keys show --json\n  mainstay keys rotate"
    )]
    Keys(Keys),
    /// Names tables without protection, policies that protect nothing, and the like
    #[command(after_help = "Example:\n  mainstay lint mytasks")]
    Lint(Project),
    /// Prints the page of all settings
    #[command(hide = true)]
    Settings,
    /// Prints completions for a shell
    #[command(after_help = "Example:\n  mainstay completions bash > /etc/bash_completion.d/mainstay")]
    Completions { shell: Shell },
}

/// Which project.
#[derive(Debug, Args)]
pub(crate) struct Project {
    /// The project's folder
    #[arg(default_value = ".")]
    pub(crate) project: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct New {
    /// The folder to make
    pub(crate) folder: PathBuf,
    /// What to put into it
    #[arg(long, value_enum, default_value_t = Template::Tasks)]
    pub(crate) template: Template,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Template {
    /// A task list with sharing and a page
    Tasks,
    /// One table and an empty page
    Blank,
}

/// Where to listen.
#[derive(Debug, Args)]
pub(crate) struct Listening {
    /// The port to listen on
    #[arg(long)]
    pub(crate) port: Option<u16>,
    /// The address to listen on
    #[arg(long)]
    pub(crate) host: Option<IpAddr>,
}

impl Listening {
    /// As settings that win over the file and the environment.
    pub(crate) fn flags(&self) -> Vec<Flag> {
        let port = self.port.map(|port| Flag { flag: "--port", key: "server.port", text: port.to_string() });
        let host = self.host.map(|host| Flag { flag: "--host", key: "server.host", text: host.to_string() });
        port.into_iter().chain(host).collect()
    }
}

#[derive(Debug, Args)]
pub(crate) struct Dev {
    #[command(flatten)]
    pub(crate) project: Project,
    #[command(flatten)]
    pub(crate) listening: Listening,
    /// Empties the development database first: migrations and seed run anew
    #[arg(long)]
    pub(crate) reset: bool,
    /// Runs the seed file again, on what is there
    #[arg(long)]
    pub(crate) seed: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) project: Project,
    #[command(flatten)]
    pub(crate) listening: Listening,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Migrate {
    /// Which migrations were applied
    Status(Project),
    /// Applies what is pending
    Up(Project),
    /// Reads everything that is pending, and says what is wrong with it, without applying it
    Check(Project),
    /// Makes the next migration file
    New {
        /// What it does, in a word or two
        name: String,
        #[command(flatten)]
        project: Project,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Sql {
    #[command(flatten)]
    pub(crate) project: Project,
    /// Runs this and ends
    #[arg(short, long)]
    pub(crate) command: Option<String>,
    /// Runs this file and ends
    #[arg(short, long, conflicts_with = "command")]
    pub(crate) file: Option<PathBuf>,
    /// How rows are printed
    #[arg(long, value_enum, default_value_t = RowFormat::Table)]
    pub(crate) format: RowFormat,
    /// Shows SQLSTATEs
    #[arg(long)]
    pub(crate) verbose: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowFormat {
    Table,
    Csv,
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum User {
    /// Makes an account; the password is asked for, or read from standard input
    Create {
        email: String,
        #[command(flatten)]
        project: Project,
    },
    /// Lists accounts, newest first
    List(Project),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Shows the keys for clients
    Show {
        #[command(flatten)]
        project: Project,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Makes a new signing key; tokens of the last one stay good until they run out
    Rotate(Project),
}
