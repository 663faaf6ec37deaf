//! Migrations on the embedded engine: what is applied, what is refused, what is left when one fails.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use algebra::value::Value;
use database::{EngineLimits, SqliteEngine};
use policy::Caller;

use super::{BuiltIn, FileState, Migrator};
use crate::error::MigrateError;
use crate::project::Project;

/// A project folder with a database beside it.
struct World {
    root: PathBuf,
}

impl World {
    fn new(files: &[(&str, &str)]) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("mainstay-migrate-{}-{number}", std::process::id()));
        let world = Self { root };
        files.iter().for_each(|(name, text)| world.write(name, text));
        world
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.root.join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        std::fs::write(path, text).unwrap();
    }

    async fn open(&self) -> Migrator {
        let engine = SqliteEngine::open(&self.root.join("data"), EngineLimits::default()).unwrap();
        let built_in = [BuiltIn {
            name: "0001_own",
            text: "create schema own; create table own.things (id int primary key)",
        }];
        Migrator::open(Arc::new(engine), &built_in).await.unwrap()
    }

    fn project(&self) -> Project {
        Project::read(&self.root).unwrap()
    }

    async fn up(&self, migrator: &mut Migrator) -> Result<Vec<String>, MigrateError> {
        let applied = migrator.up(&self.project(), &mut |_| {}).await?;
        Ok(applied.into_iter().map(|applied| applied.name).collect())
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // What cannot be removed lies in the system's temporary folder; the test's result is not its matter.
        let _ = std::fs::remove_dir_all(&self.root);
    }
}

/// The first column of what a text answers.
async fn column(migrator: &Migrator, text: &str) -> Vec<Value> {
    let session = migrator.database().session(Caller::System);
    let statements = session.parse(text).unwrap();
    let rows = session.execute(&statements[0], Vec::new()).await.unwrap();
    rows.rows.into_iter().map(|row| row.0[0].clone()).collect()
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

const LISTS: &str =
    "create table lists (id bigint generated always as identity primary key, name text not null);
insert into lists (name) values ('home'), ('work');";

#[tokio::test]
async fn files_are_applied_in_order_once_and_known_after_a_restart() {
    let world = World::new(&[
        ("migrations/0010_more.sql", "alter table lists add column done boolean not null default false"),
        ("migrations/2_lists.sql", LISTS),
    ]);
    let mut migrator = world.open().await;
    assert_eq!(world.up(&mut migrator).await.unwrap(), ["lists", "more"]);
    assert_eq!(world.up(&mut migrator).await.unwrap(), [""; 0]);
    drop(migrator);
    let migrator = world.open().await;
    assert_eq!(
        column(&migrator, "select name from lists where not done order by id").await,
        [text("home"), text("work")]
    );
    let states = migrator.status(&world.project());
    assert!(
        states
            .iter()
            .all(|status| matches!(&status.state, FileState::Applied { at } if at.starts_with("20")))
    );
}

#[tokio::test]
async fn a_file_that_fails_leaves_nothing_and_those_before_it_stay() {
    let world = World::new(&[
        ("migrations/1_lists.sql", LISTS),
        (
            "migrations/2_bad.sql",
            "create table other (id int primary key); insert into lists (name) values (null);",
        ),
    ]);
    let mut migrator = world.open().await;
    let error = world.up(&mut migrator).await.unwrap_err();
    assert!(matches!(&error, MigrateError::Refused { .. }), "{error:?}");
    assert_eq!(column(&migrator, "select count(*) from lists").await, [Value::Int(2)]);
    world.write("migrations/2_bad.sql", "create table other (id int primary key);");
    assert_eq!(world.up(&mut migrator).await.unwrap(), ["bad"]);
    assert_eq!(column(&migrator, "select count(*) from other").await, [Value::Int(0)]);
}

#[tokio::test]
async fn a_changed_file_is_an_error_that_names_it() {
    let world = World::new(&[("migrations/1_lists.sql", LISTS)]);
    let mut migrator = world.open().await;
    world.up(&mut migrator).await.unwrap();
    world.write("migrations/1_lists.sql", "create table lists (id int)");
    let error = world.up(&mut migrator).await.unwrap_err();
    assert_eq!(error.to_string(), "`1_lists.sql` was changed after it was applied");
}

#[tokio::test]
async fn every_problem_is_shown_with_its_place_before_anything_is_applied() {
    let world = World::new(&[
        ("migrations/1_lists.sql", LISTS),
        ("migrations/2_typo.sql", "create table a (id int primary key);\nselect nme from lists;"),
    ]);
    let mut migrator = world.open().await;
    let Err(MigrateError::Problems { problems }) = world.up(&mut migrator).await else {
        panic!("the typo was applied");
    };
    let shown = crate::render_problem(&problems[0], false);
    assert!(shown.contains("2_typo.sql:2:8"), "{shown}");
    assert!(shown.contains("column \"nme\" does not exist"), "{shown}");
    assert!(migrator.status(&world.project()).iter().all(|status| status.state == FileState::Pending));
}

#[tokio::test]
async fn a_rebuilt_table_keeps_its_rows_and_those_that_refer_to_them() {
    let world = World::new(&[
        ("migrations/1_lists.sql", LISTS),
        (
            "migrations/2_tasks.sql",
            "create table tasks (id int primary key, list bigint references lists (id) on delete cascade);
             insert into tasks values (1, 1), (2, 2);",
        ),
        (
            "migrations/3_rebuild.sql",
            "alter table lists alter column name type varchar(20);
             delete from lists where name = 'home';",
        ),
    ]);
    let mut migrator = world.open().await;
    world.up(&mut migrator).await.unwrap();
    assert_eq!(column(&migrator, "select id from tasks").await, [Value::Int(2)]);
    let inserted = "insert into lists (name) values ('new') returning id";
    assert_eq!(column(&migrator, inserted).await, [Value::Int(3)]);
}

#[tokio::test]
async fn a_sequence_begins_anew_when_it_is_made_anew() {
    let world = World::new(&[
        ("migrations/1_lists.sql", LISTS),
        (
            "migrations/2_again.sql",
            "drop table lists; create table lists (id bigint generated always as identity primary key, name text);",
        ),
    ]);
    let mut migrator = world.open().await;
    world.up(&mut migrator).await.unwrap();
    assert_eq!(
        column(&migrator, "insert into lists (name) values ('a') returning id").await,
        [Value::Int(1)]
    );
}

#[tokio::test]
async fn a_seed_runs_once_and_defines_nothing() {
    let world = World::new(&[
        ("supabase/migrations/1_lists.sql", LISTS),
        ("supabase/seed.sql", "insert into lists (name) values ('seeded')"),
    ]);
    let mut migrator = world.open().await;
    world.up(&mut migrator).await.unwrap();
    assert!(migrator.seed(&world.project(), false).await.unwrap());
    assert!(!migrator.seed(&world.project(), false).await.unwrap());
    assert_eq!(column(&migrator, "select count(*) from lists").await, [Value::Int(3)]);
    world.write("supabase/seed.sql", "create table more (id int)");
    let error = migrator.seed(&world.project(), true).await.unwrap_err();
    assert!(matches!(error, MigrateError::Problems { .. }), "{error:?}");
}
