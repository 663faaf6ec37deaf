//! The engine on programs written by hand: reading, writing in groups, refusals that change nothing.

use std::sync::Arc;

use algebra::shape::Shape;
use algebra::types::{ColumnType, Type};
use catalog::Catalog;
use plan::request::{Expect, Format};
use plan::{Inputs, Member, Reading, Rows};
use policy::Caller;
use render::{Parameter, Program, Sql, Step};

use super::SqliteEngine;
use crate::engine::{Engine, Migration, MigrationStep, Work};
use crate::error::{DatabaseError, SqlError};
use crate::fixtures::{Folder, catalog, granted, name};
use crate::layout::Layout;
use crate::limits::EngineLimits;
use crate::reply::Reply;

/// A database in a folder of its own.
struct World {
    engine: Arc<SqliteEngine>,
    catalog: Arc<Catalog>,
    folder: Folder,
}

const SCHEMA: &str = "
    create table lists (id integer primary key, name text not null) strict;
    create table tasks (
        id integer primary key,
        list integer references lists (id) on delete no action,
        parent integer references tasks (id),
        title text not null unique,
        constraint short check (length(title) < 10)
    ) strict;
    insert into lists values (1, 'home'), (2, 'work');";

fn step(text: &str, parameters: Vec<Parameter>) -> Step {
    Step {
        sql: Sql { text: text.to_owned(), parameters, columns: Vec::new() },
        each_row: false,
        stage: None,
        counts: false,
        writes: None,
    }
}

impl World {
    async fn new() -> Self {
        Self::with(EngineLimits::default()).await
    }

    async fn with(limits: EngineLimits) -> Self {
        let folder = Folder::new();
        let engine = Arc::new(SqliteEngine::open(&folder.0, limits).unwrap());
        let catalog = Arc::new(catalog());
        let steps = SCHEMA.split_inclusive(';').map(|text| step(text, Vec::new()));
        let define = |step| Program { steps: vec![step], writes: true, defines: true };
        let steps = steps.map(|step| MigrationStep::Define(Arc::new(define(step))));
        let migration =
            Migration { steps: steps.collect(), catalog: Arc::clone(&catalog), caller: Caller::System };
        engine.migrate(migration).await.unwrap();
        Self { engine, catalog, folder }
    }

    fn work(&self, program: Program, shape: Shape, inputs: Inputs) -> Work {
        let reading = Reading { format: Format::Array { strip_nulls: false }, shape, expect: Expect::Any };
        Work {
            program: Arc::new(program),
            count: None,
            layout: Arc::new(Layout::of(&reading.shape)),
            reading: Arc::new(reading),
            inputs: Arc::new(inputs),
            caller: Caller::Anonymous { claims: policy::Claims::default() },
            catalog: Arc::clone(&self.catalog),
        }
    }

    async fn read(&self, text: &str, shape: Shape) -> Result<Reply, DatabaseError> {
        let program = Program { steps: vec![step(text, Vec::new())], writes: false, defines: false };
        self.engine.answer(self.work(program, shape, Inputs::default())).await
    }

    /// The titles of all tasks.
    async fn titles(&self) -> String {
        let shape = Shape::flat([("title", Type::Text)]);
        let reply = self.read("select title from tasks order by id", shape).await.unwrap();
        String::from_utf8(reply.body.to_vec()).unwrap()
    }

    /// Inserts tasks given as JSON members: id, list, parent, title.
    fn insert(&self, rows: &[[&str; 4]]) -> Work {
        let member = |index, ty| Parameter::RowMember { index, ty: ColumnType::from(ty) };
        let parameters =
            vec![member(0, Type::Int8), member(1, Type::Int8), member(2, Type::Int8), member(3, Type::Text)];
        let text = "insert into tasks (id, list, parent, title) values (?1, ?2, ?3, ?4) returning id, title";
        let step =
            Step { each_row: true, counts: true, writes: Some(name("tasks")), ..step(text, parameters) };
        let given = |text: &&str| match *text {
            "null" => Member::Null,
            text => Member::Json(bytes::Bytes::copy_from_slice(text.as_bytes())),
        };
        let rows = rows.iter().map(|row| row.iter().map(given).collect()).collect();
        let shape = Shape::flat([("id", Type::Int8), ("title", Type::Text)]);
        let program = Program { steps: vec![step], writes: true, defines: false };
        self.work(program, shape, Inputs { values: Vec::new(), rows: Rows { rows } })
    }

    async fn inserted(&self, rows: &[[&str; 4]]) -> Result<Reply, DatabaseError> {
        self.engine.answer(self.insert(rows)).await
    }

    /// Runs a statement that writes to a table.
    async fn write(&self, table: &'static str, text: &str) -> Result<Reply, DatabaseError> {
        let step = Step { counts: true, writes: Some(name(table)), ..step(text, Vec::new()) };
        let program = Program { steps: vec![step], writes: true, defines: false };
        self.engine.answer(self.work(program, Shape { fields: Vec::new() }, Inputs::default())).await
    }
}

fn sql_error(result: Result<Reply, DatabaseError>) -> SqlError {
    match result {
        Err(DatabaseError::Sql(error)) => *error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_write_answers_its_rows_and_is_then_read() {
    let world = World::new().await;
    let reply = world.inserted(&[["1", "1", "null", "\"a\\\"b\""], ["2", "2", "1", "\"c\""]]).await.unwrap();
    assert_eq!(&reply.body[..], br#"[{"id":1,"title":"a\"b"},{"id":2,"title":"c"}]"#);
    assert_eq!((reply.rows, reply.affected, reply.inserted), (2, 2, 2));
    assert_eq!(world.titles().await, r#"[{"title":"a\"b"},{"title":"c"}]"#);
}

#[tokio::test]
async fn a_refused_row_undoes_its_request_and_no_other() {
    let world = World::new().await;
    let good = world.insert(&[["1", "1", "null", "\"one\""]]);
    let bad = world.insert(&[["2", "1", "null", "\"two\""], ["3", "1", "null", "\"two\""]]);
    let (good, bad, late) = tokio::join!(
        world.engine.answer(good),
        world.engine.answer(bad),
        world.inserted(&[["4", "1", "null", "\"four\""]]),
    );
    assert!(good.is_ok() && late.is_ok());
    let error = sql_error(bad);
    assert_eq!(error.message, "duplicate key value violates unique constraint \"tasks_title_key\"");
    assert_eq!((error.code.as_str(), error.row), ("23505", Some(1)));
    assert_eq!(world.titles().await, r#"[{"title":"one"},{"title":"four"}]"#);
}

#[tokio::test]
async fn constraints_are_named_as_postgres_names_them() {
    let world = World::new().await;
    let refused = async |row| sql_error(world.inserted(&[row]).await);
    let error = refused(["1", "1", "null", "null"]).await;
    assert_eq!(
        error.message,
        "null value in column \"title\" of relation \"tasks\" violates not-null constraint"
    );
    let error = refused(["1", "1", "null", "\"much too long\""]).await;
    assert_eq!(error.message, "new row for relation \"tasks\" violates check constraint \"short\"");
    let error = refused(["1", "9", "null", "\"a\""]).await;
    assert_eq!(
        error.message,
        "insert or update on table \"tasks\" violates foreign key constraint \"tasks_list_fkey\""
    );
    let error = refused(["1", "1", "9", "\"a\""]).await;
    assert_eq!(error.constraint.as_deref(), Some("tasks_parent_fkey"));
    let error = refused(["\"x\"", "1", "9", "\"a\""]).await;
    assert_eq!((error.code.as_str(), error.row), ("22P02", Some(0)));
    assert_eq!(world.titles().await, "[]");
}

#[tokio::test]
async fn a_referred_row_cannot_go_and_hidden_tables_are_not_named() {
    let world = World::new().await;
    world.inserted(&[["1", "1", "null", "\"a\""]]).await.unwrap();
    let error = sql_error(world.write("lists", "delete from lists where id = 1").await);
    assert_eq!(error.code, "23503");
    assert_eq!(error.message, "update or delete on table \"lists\" violates a foreign key constraint");
    assert_eq!(error.constraint, None);
    world.write("lists", "delete from lists where id = 2").await.unwrap();
}

#[tokio::test]
async fn rows_of_one_insert_may_refer_to_later_ones() {
    let world = World::new().await;
    let rows = [["1", "1", "2", "\"child\""], ["2", "1", "null", "\"parent\""]];
    assert_eq!(world.inserted(&rows).await.unwrap().affected, 2);
    assert_eq!(world.titles().await, r#"[{"title":"child"},{"title":"parent"}]"#);
}

#[tokio::test]
async fn a_long_read_moves_and_then_meets_its_time_limit() {
    let limits =
        EngineLimits { anon_statement: std::time::Duration::from_millis(50), ..EngineLimits::default() };
    let world = World::with(limits).await;
    let count = |rows: u32| {
        format!(
            "with recursive n (i) as (select 1 union all select i + 1 from n where i < {rows}) select count(*) from n"
        )
    };
    let shape = || Shape::flat([("n", Type::Int8)]);
    let reply = world.read(&count(20_000), shape()).await.unwrap();
    assert_eq!(&reply.body[..], br#"[{"n":20000}]"#);
    let error = sql_error(world.read(&count(2_000_000_000), shape()).await);
    assert_eq!(error.code, "57014");
    let write = "insert into lists with recursive n (i) as (select 10 union all select i + 1 from n) select i, 'x' from n";
    let error = sql_error(world.write("lists", write).await);
    assert_eq!(error.code, "57014");
    world.write("lists", "insert into lists values (3, 'still')").await.unwrap();
}

#[tokio::test]
async fn what_was_wanted_is_held_or_undone() {
    let world = World::new().await;
    let mut work = world.insert(&[["1", "1", "null", "\"a\""], ["2", "1", "null", "\"b\""]]);
    work.reading = Arc::new(Reading { expect: Expect::One, ..(*work.reading).clone() });
    assert!(matches!(world.engine.answer(work).await, Err(DatabaseError::NotOne { rows: 2 })));
    let mut work = world.insert(&[["1", "1", "null", "\"a\""], ["2", "1", "null", "\"b\""]]);
    work.reading = Arc::new(Reading { expect: Expect::AtMost(1), ..(*work.reading).clone() });
    assert!(matches!(world.engine.answer(work).await, Err(DatabaseError::TooMany { rows: 2 })));
    assert_eq!(world.titles().await, "[]");
}

#[tokio::test]
async fn doors_of_sqlite_are_shut() {
    let world = World::new().await;
    let shape = || Shape { fields: Vec::new() };
    for text in [
        "attach database ':memory:' as other",
        "pragma foreign_keys = off",
        "create table x (i integer)",
        "select load_extension('x')",
    ] {
        assert_eq!(sql_error(world.read(text, shape()).await).code.as_str(), "XX000", "{text}");
    }
    assert!(world.read("insert into lists values (7, 'x')", shape()).await.is_err());
    for text in ["drop table tasks", "update sqlite_schema set sql = ''", "pragma writable_schema = on"] {
        assert_eq!(sql_error(world.write("tasks", text).await).code.as_str(), "XX000", "{text}");
    }
    assert_eq!(world.titles().await, "[]");
}

#[tokio::test]
async fn acknowledged_rows_and_values_of_sequences_survive_a_restart() {
    let mut world = World::new().await;
    world.inserted(&[["1", "1", "null", "\"a\""]]).await.unwrap();
    // A thread that read keeps a connection.
    world.titles().await;
    let directory = world.folder.0.clone();
    let engine = Arc::try_unwrap(std::mem::replace(
        &mut world.engine,
        Arc::new(SqliteEngine::open(&directory.join("other"), EngineLimits::default()).unwrap()),
    ));
    drop(engine);
    assert!(!directory.join("data.db-wal").exists());
    world.engine = Arc::new(SqliteEngine::open(&directory, EngineLimits::default()).unwrap());
    assert_eq!(world.titles().await, r#"[{"title":"a"}]"#);
}

#[tokio::test]
async fn a_row_that_its_own_table_refers_to_is_named_from_the_referred_side() {
    let mut world = World::new().await;
    world.inserted(&[["1", "1", "null", "\"a\""], ["2", "1", "1", "\"b\""]]).await.unwrap();
    world.catalog = Arc::new(granted(&world.catalog, "tasks"));
    let error = sql_error(world.write("tasks", "delete from tasks where id = 1").await);
    assert_eq!(
        error.message,
        "update or delete on table \"tasks\" violates foreign key constraint \"tasks_parent_fkey\" on table \"tasks\""
    );
}

#[tokio::test]
async fn the_log_is_brought_over_while_snapshots_are_kept() {
    let world = World::new().await;
    let log = world.folder.0.join("data.db-wal");
    let rows = "with recursive n (i) as (select 10 union all select i + 1 from n where i < 3000)
        select i, printf('%0800d', i) from n";
    let fill = format!("insert into lists (id, name) {rows}");
    for _ in 0..40 {
        world.write("lists", &fill).await.unwrap();
        world.titles().await;
        world.write("lists", "delete from lists where id >= 10").await.unwrap();
        world.titles().await;
    }
    // More than a hundred megabytes were written.
    let length = std::fs::metadata(log).unwrap().len();
    assert!(length < 72 * 1024 * 1024, "the log has {length} bytes");
}
