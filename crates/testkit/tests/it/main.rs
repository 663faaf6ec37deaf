//! Every schema that Mainstay's own tests, examples and benches use is PostgreSQL's SQL, as PostgreSQL itself sees it.

use std::fs;
use std::path::{Path, PathBuf};

use testkit::postgres::Postgres;

#[test]
fn postgresql_accepts_every_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let postgres = Postgres::start().expect("PostgreSQL starts");
    let mut databases = schemas(&root.join("cases/schemas"));
    for project in ["examples/tasks", "examples/blank", "bench/project"] {
        databases.push((root.join(project), sql_files(&root.join(project).join("migrations"))));
    }
    for (number, (place, files)) in databases.iter().enumerate() {
        let name = format!("schema_{number}");
        postgres.database(&name).expect("a database is made");
        assert!(!files.is_empty(), "`{}` has no SQL", place.display());
        for file in files {
            let sql = fs::read_to_string(file).expect("the file can be read");
            postgres.run(&name, &sql).unwrap_or_else(|error| panic!("`{}`: {error}", file.display()));
        }
    }
}

#[test]
fn a_person_sees_what_the_example_shares() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let postgres = Postgres::start().expect("PostgreSQL starts");
    postgres.database("tasks").expect("a database is made");
    for file in sql_files(&root.join("examples/tasks/migrations")) {
        let sql = fs::read_to_string(&file).expect("the file can be read");
        postgres.run("tasks", &sql).expect("the migration is accepted");
    }
    let printed = postgres.run("tasks", include_str!("sharing.sql")).expect("the script runs");
    assert_eq!(printed.lines().collect::<Vec<_>>(), ["ann 2", "bob 0", "bob 2", "mallory 0"]);
}

fn schemas(folder: &Path) -> Vec<(PathBuf, Vec<PathBuf>)> {
    sql_files(folder).into_iter().map(|file| (file.clone(), vec![file])).collect()
}

fn sql_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder can be read")
        .map(|entry| entry.expect("the entry can be read").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "sql"))
        .collect();
    files.sort();
    files
}
