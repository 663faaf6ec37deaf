//! The cases of `cases/sql`: PostgreSQL SQL in, the texts of both dialects out. `cases/README.md` has the format.
//!
//! **Must not:** run anything; that the texts run is the engine's to show.

#[cfg(test)]
mod case;
#[cfg(test)]
mod world;

use std::path::Path;

use case::{Case, files};
use world::World;

#[test]
fn cases_are_written_as_they_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let mut failures = Vec::new();
    let mut run = 0;
    for path in files(&root.join("sql")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let case = Case::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let world = World::of(&root, &case);
        let found = case.with(|sql| world.answer(sql));
        run += 1;
        if found == text {
            continue;
        }
        if update_asked() {
            std::fs::write(&path, &found).unwrap();
        } else {
            failures.push(format!("{}\n{}", path.display(), difference(&text, &found)));
        }
    }
    assert!(failures.is_empty(), "{}\n(UPDATE_CASES=1 writes what came)", failures.join("\n"));
    assert!(run > 0, "there are no cases");
}

#[expect(clippy::disallowed_methods, reason = "a test asks its developer")]
fn update_asked() -> bool {
    std::env::var_os("UPDATE_CASES").is_some_and(|value| value == "1")
}

/// The lines that differ.
fn difference(expected: &str, found: &str) -> String {
    let (mut expected, mut found) = (expected.lines(), found.lines());
    let mut lines = Vec::new();
    loop {
        match (expected.next(), found.next()) {
            (None, None) => return lines.join("\n"),
            (left, right) if left == right => {}
            (left, right) => {
                lines.push(format!("- {}\n+ {}", left.unwrap_or_default(), right.unwrap_or_default()));
            }
        }
    }
}
