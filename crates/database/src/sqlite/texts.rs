//! That SQLite takes what the renderer writes: every text of `cases/sql` compiles, every definition runs.

use std::path::{Path, PathBuf};

use algebra::datetime::Timestamp;
use algebra::names::RoleName;
use catalog::Catalog;
use pgsql::{Bound, Options};
use policy::{Caller, Claims, Enforced};
use render::{Dialect, Program, Sqlite, render, unsupported, unsupported_change};

use super::execute;
use super::moment::Moment;
use super::open::{self, Channel, Place};
use super::sequences::Sequences;
use super::tally::Tally;

/// A database in a folder of its own.
struct World {
    channel: Channel,
    catalog: Catalog,
    caller: Caller,
    directory: PathBuf,
    wrong: Vec<String>,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

impl World {
    fn new(name: &str, caller: Caller) -> Self {
        let directory = std::env::temp_dir().join(format!("mainstay-texts-{}-{name}", std::process::id()));
        let place = Place::claim(&directory).unwrap();
        let channel = open::writer(&place.file, &Sequences::default(), &Tally::default()).unwrap();
        Self { channel, catalog: Catalog::prepared(), caller, directory, wrong: Vec::new() }
    }

    /// Runs the definitions of a text, and compiles its statements.
    fn take(&mut self, sql: &str) {
        let options = Options::at(Timestamp::from_seconds(1_767_225_600.0).unwrap());
        for statement in pgsql::parse_script(sql).unwrap() {
            let Ok(all) = pgsql::bind(&statement, &self.catalog, &options) else { return };
            for bound in all {
                match bound {
                    Bound::Change(change) => {
                        let after = self.catalog.apply(&change).unwrap();
                        if unsupported_change(&change, &after).is_none()
                            && let Some(program) = Sqlite.definition(&change, &self.catalog, &after)
                        {
                            self.define(&program);
                        }
                        self.catalog = after;
                    }
                    Bound::Statement(prepared) if unsupported(&prepared.statement).is_none() => {
                        let statement = prepared.statement;
                        let guarded = policy::guard(statement, &self.caller, &self.catalog, Enforced::Here);
                        if let Ok(guarded) = guarded {
                            self.compile(&render(&guarded, &self.catalog, &Sqlite));
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn define(&mut self, program: &Program) {
        let (connection, moment) = (&self.channel.connection, Moment::now());
        let run = || execute::define(connection, program, &Caller::System, &moment);
        if let Err(fault) = self.channel.gate.with_definitions(run) {
            let texts: Vec<_> = program.steps.iter().map(|step| step.sql.text.as_str()).collect();
            self.wrong.push(format!("{fault:?}\n{}", texts.join("\n")));
        }
    }

    fn compile(&mut self, program: &Program) {
        for step in &program.steps {
            if let Err(error) = self.channel.connection.prepare(&step.sql.text) {
                self.wrong.push(format!("{error}\n{}", step.sql.text));
            }
        }
    }
}

fn setting<'t>(head: &'t str, name: &str) -> Option<&'t str> {
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

fn wrong_in(path: &Path, cases: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let (head, rest) = text.split_once("\n\n").unwrap();
    let claims = Claims::default();
    let caller = match setting(head, "caller") {
        Some("user") => Caller::User { role: RoleName::literal("authenticated"), claims },
        Some("anon") => Caller::Anonymous { claims },
        Some("service") => Caller::Service { claims },
        _ => Caller::System,
    };
    let schema = setting(head, "schema").map(|schema| {
        std::fs::read_to_string(cases.join("schemas").join(schema).with_extension("sql")).unwrap()
    });
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    let mut wrong = Vec::new();
    for (number, block) in rest.split("\n\n").enumerate() {
        let mut world = World::new(&format!("{name}-{number}"), caller.clone());
        if let Some(schema) = &schema {
            let caller = std::mem::replace(&mut world.caller, Caller::System);
            world.take(schema);
            world.caller = caller;
        }
        world.take(block.split("\n---").next().unwrap());
        wrong.append(&mut world.wrong);
    }
    wrong
}

#[test]
fn sqlite_takes_every_text_of_the_cases() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let entries = std::fs::read_dir(cases.join("sql")).unwrap().map(|entry| entry.unwrap().path());
    let mut wrong: Vec<String> = entries.flat_map(|path| wrong_in(&path, &cases)).collect();
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
