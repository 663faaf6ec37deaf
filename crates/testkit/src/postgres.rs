//! A PostgreSQL server of one's own: made, started and ended by a test, with a database for each question.
//!
//! **Must not:** speak to a server that was there before.

use std::fs::{self, File};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::project::Folder;
use crate::server::free_address;

const START_MAX: Duration = Duration::from_secs(60);

/// What a Supabase database has before the first migration, as far as migrations name it.
const BEFORE_MIGRATIONS: &str = include_str!("postgres/before_migrations.sql");

/// A running server. Dropping it ends it and removes its data.
#[derive(Debug)]
pub struct Postgres {
    folder: Folder,
    programs: PathBuf,
    port: u16,
    /// PostgreSQL refuses to run as root; then it runs as the user that its package made.
    user: Option<(u32, u32)>,
    child: Option<Child>,
}

impl Postgres {
    /// Makes and starts one.
    pub fn start() -> Result<Self> {
        let folder = Folder::new()?;
        let user = is_root()?.then(|| Ok::<_, anyhow::Error>((id("-u")?, id("-g")?))).transpose()?;
        if let Some((user, group)) = user {
            chown(folder.path(), Some(user), Some(group))
                .context("could not give the folder to `postgres`")?;
        }
        let port = free_address()?.port();
        let mut postgres = Self { folder, programs: programs()?, port, user, child: None };
        postgres.initialise()?;
        postgres.launch()?;
        Ok(postgres)
    }

    /// Makes a database with Supabase's roles and the schema `auth`, as migrations expect them.
    pub fn database(&self, name: &str) -> Result<()> {
        self.run("postgres", &format!("create database {name}"))?;
        self.run(name, BEFORE_MIGRATIONS).map(drop)
    }

    /// The address of a database, for a driver.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    /// Runs statements with `psql`, stopping at the first error; gives what it prints, unaligned and without headings.
    pub fn run(&self, database: &str, sql: &str) -> Result<String> {
        let script = self.folder.path().join(format!("{database}.sql"));
        fs::write(&script, sql).context("could not write the script")?;
        let mut psql = Command::new(self.programs.join("psql"));
        psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1"])
            .args([
                "--username",
                "postgres",
                "--dbname",
                database,
                "--port",
                &self.port.to_string(),
                "--host",
            ])
            .arg(self.folder.path())
            .arg("--file")
            .arg(&script);
        text(psql.output().context("could not start psql")?)
    }

    fn initialise(&self) -> Result<()> {
        let mut initdb = self.program("initdb");
        initdb
            .args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"])
            .arg("--pgdata")
            .arg(self.data());
        text(initdb.output().context("could not start initdb")?).map(drop)
    }

    fn launch(&mut self) -> Result<()> {
        let log = File::create(self.folder.path().join("log"))?;
        let mut server = self.program("postgres");
        server
            .arg("-D")
            .arg(self.data())
            .arg("-k")
            .arg(self.folder.path())
            .args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-c", "fsync=off"])
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        self.child = Some(server.spawn().context("could not start postgres")?);
        let started = Instant::now();
        while started.elapsed() < START_MAX {
            if self.run("postgres", "select 1").is_ok() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(50));
        }
        let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        bail!("PostgreSQL did not start within {START_MAX:?}:\n{log}")
    }

    /// One of PostgreSQL's programs, as the user that it may run as.
    fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        command.current_dir(self.folder.path());
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        command
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            // SIGQUIT ends the server and its workers at once; its data is removed anyway.
            let _ = Command::new("kill").args(["-QUIT", &child.id().to_string()]).status();
            let _ = child.wait();
        }
    }
}

/// The folder of the newest installed PostgreSQL.
fn programs() -> Result<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let number = |path: &Path| {
        path.file_name().and_then(|name| name.to_str()).and_then(|name| name.parse::<u32>().ok())
    };
    let newest = versions
        .map(|entry| entry.path())
        .filter(|path| path.join("bin/initdb").exists())
        .max_by_key(|path| number(path));
    if let Some(newest) = newest {
        return Ok(newest.join("bin"));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .find(|folder| folder.join("initdb").is_file())
        .context("PostgreSQL is not installed; on Debian: apt-get install postgresql")
}

fn is_root() -> Result<bool> {
    let output = Command::new("id").arg("-u").output().context("could not run `id`")?;
    Ok(output.stdout.trim_ascii() == b"0")
}

/// The number of the user or group `postgres`.
fn id(which: &str) -> Result<u32> {
    let output = Command::new("id").args([which, "postgres"]).output().context("could not run `id`")?;
    text(output)?.trim().parse().context("there is no user `postgres` to run PostgreSQL as")
}

fn text(output: Output) -> Result<String> {
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr).trim());
    }
    String::from_utf8(output.stdout).context("output is not UTF-8")
}
