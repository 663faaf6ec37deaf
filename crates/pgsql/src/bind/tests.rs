//! Text in, bound trees or refusals out: the files under `cases/`.
//!
//! A case is a statement, followed by what it comes to in lines that begin with `  | `. Cases of one section (`## name`) share a
//! catalog, which begins as [`SCHEMA`]. `UPDATE_CASES=1 cargo test -p pgsql` writes the files anew.

mod print;
mod change;

use std::fs;
use std::path::PathBuf;

use algebra::datetime::Timestamp;
use catalog::Catalog;

use super::{Bound, Options, bind};
use crate::parse_script;

/// The tables that the cases use.
const SCHEMA: &str = include_str!("cases/schema.sql");

fn options() -> Options {
    let now = Timestamp::parse("2026-01-02 03:04:05", Timestamp::INFINITY);
    Options::at(now.expect("a moment in our own source is valid"))
}

/// What each statement of a script comes to, one line for each; or the first refusal.
fn run(catalog: &mut Catalog, script: &str) -> Result<Vec<String>, String> {
    let statements = parse_script(script).map_err(|error| print::diagnostic(&error, script))?;
    let mut lines = Vec::new();
    for statement in &statements {
        let bound =
            bind(statement, catalog, &options()).map_err(|error| print::diagnostic(&error, script))?;
        for one in bound {
            if let Bound::Change(change) = &one {
                *catalog = catalog.apply(change).map_err(|error| error.to_string())?;
            }
            lines.push(print::bound(&one));
        }
    }
    Ok(lines)
}

fn prepared() -> Catalog {
    let mut catalog = Catalog::prepared();
    run(&mut catalog, SCHEMA).unwrap_or_else(|error| panic!("{error}"));
    catalog
}

/// The file as it should be: every statement followed by what it comes to.
fn answered(text: &str) -> String {
    let mut catalog = prepared();
    let mut answered = String::new();
    let mut statement = String::new();
    for line in text.lines().filter(|line| !line.starts_with("  |")) {
        if line.starts_with('#') {
            if line.starts_with("##") {
                catalog = prepared();
            }
        } else {
            statement.push_str(line);
            statement.push('\n');
        }
        answered.push_str(line);
        answered.push('\n');
        if line.trim_end().ends_with(';') && !line.starts_with('#') {
            let found = match run(&mut catalog, &statement) {
                Ok(lines) => lines.join("\n"),
                Err(error) => error,
            };
            found.lines().for_each(|line| answered.push_str(&format!("  | {line}\n")));
            statement.clear();
        }
    }
    answered
}

#[expect(
    clippy::disallowed_methods,
    reason = "the switch that writes expectations anew is the environment's"
)]
fn check(name: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/bind/cases").join(name);
    let text = fs::read_to_string(&path).unwrap();
    let found = answered(&text);
    if std::env::var("UPDATE_CASES").is_ok() {
        fs::write(&path, &found).unwrap();
        return;
    }
    for (number, (found, expected)) in found.lines().zip(text.lines()).enumerate() {
        assert_eq!(found, expected, "{name}:{}", number + 1);
    }
    assert_eq!(found.lines().count(), text.lines().count(), "{name}");
}

#[test]
fn expressions() {
    check("expressions.sql");
}

#[test]
fn queries() {
    check("queries.sql");
}

#[test]
fn writes() {
    check("writes.sql");
}

#[test]
fn definitions() {
    check("definitions.sql");
}

#[test]
fn changes() {
    check("changes.sql");
}

#[test]
fn refusals() {
    check("refusals.sql");
}
