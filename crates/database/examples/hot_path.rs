//! How long reads and writes take through the one door, without HTTP: `cargo run --release -p database --example hot_path`.
//!
//! A program to run and compare, never a test.

use std::sync::Arc;
use std::time::Instant;

use algebra::names::{ColumnName, ConstraintName, RoleName, SchemaName, TableName};
use algebra::types::{ColumnType, Type};
use anyhow::Result;
use catalog::change::Change;
use catalog::{Catalog, Column, Grant, Grantee, Key, Privilege, PrivilegeSet, Table};
use database::{Database, Engine, EngineLimits, Migration, MigrationStep, Session, SqliteEngine};
use plan::request::{
    Action, Condition, Expect, Field, Format, Insert, Item, Level, Operand, Operator, OrderTerm, Test,
};
use plan::{Inputs, Member, Plan, Rows};
use policy::{Caller, Claims};

fn catalog() -> Result<Catalog> {
    let name = TableName::literal("public", "tasks");
    let mut table = Table::new(name.clone());
    let column = |name: &'static str, ty: Type| Column {
        name: ColumnName::literal(name),
        ty: ColumnType::from(ty),
        not_null: true,
        default: None,
        generated: None,
        identity: None,
        domain: None,
        comment: None,
    };
    table.columns = vec![
        column("id", Type::Int8),
        column("title", Type::Text),
        column("done", Type::Bool),
        column("price", Type::Numeric),
        column("made", Type::TimestampTz),
    ];
    table.primary_key = Some(Key {
        name: ConstraintName::literal("tasks_pkey"),
        columns: vec![ColumnName::literal("id")],
        nulls_not_distinct: false,
        deferrable: false,
        initially_deferred: false,
    });
    let grant = Grant {
        privileges: PrivilegeSet::of(&[Privilege::Select, Privilege::Insert]),
        columns: Vec::new(),
        grantees: vec![Grantee::Role(RoleName::literal("service_role"))],
        revoke: false,
    };
    let made = Catalog::prepared().apply(&Change::CreateTable(Box::new(table)))?;
    Ok(made.apply(&Change::GrantOnRelation { relation: name, grant })?)
}

async fn open(directory: &std::path::Path) -> Result<Database> {
    let engine = SqliteEngine::open(directory, EngineLimits::default())?;
    let catalog = catalog()?;
    let mut before = Catalog::prepared();
    let mut steps = Vec::new();
    for table in catalog.tables() {
        let change = Change::CreateTable(Box::new((**table).clone()));
        let after = before.apply(&change)?;
        let program = engine.dialect().definition(&change, &before, &after);
        steps.extend(program.map(|program| MigrationStep::Define(Arc::new(program))));
        before = after;
    }
    let migration = Migration { steps, catalog: Arc::new(catalog.clone()), caller: Caller::System };
    engine.migrate(migration).await?;
    Ok(Database::new(Arc::new(engine), catalog))
}

fn plan(action: Action, level: Level, format: Format) -> Plan {
    Plan {
        schema: SchemaName::literal("public"),
        relation: "tasks".to_owned(),
        action,
        level,
        count: None,
        format,
        expect: Expect::Any,
        rows_max: Some(1000),
    }
}

fn by_id(id: i64) -> (Plan, Inputs) {
    let mut inputs = Inputs::default();
    let operand = Operand::Value(inputs.add(id.to_string()));
    let field = Field { column: "id".to_owned(), path: Vec::new() };
    let test = Test::Operator { operator: Operator::Eq, operand };
    let level = Level {
        items: vec![Item::All],
        conditions: vec![Condition::Compare { field, negated: false, test }],
        ..Level::default()
    };
    (plan(Action::Read, level, Format::Array { strip_nulls: false }), inputs)
}

fn page() -> (Plan, Inputs) {
    let mut inputs = Inputs::default();
    let operand = Operand::Value(inputs.add("true"));
    let field = |column: &str| Field { column: column.to_owned(), path: Vec::new() };
    let test = Test::Operator { operator: Operator::Eq, operand };
    let level = Level {
        items: vec![Item::All],
        conditions: vec![Condition::Compare { field: field("done"), negated: false, test }],
        order: vec![OrderTerm { embed: None, field: field("id"), descending: true, nulls_first: None }],
        limit: Some(inputs.add("20")),
        offset: None,
    };
    (plan(Action::Read, level, Format::Array { strip_nulls: false }), inputs)
}

fn insert(ids: std::ops::Range<i64>) -> (Plan, Inputs) {
    let columns = ["id", "title", "done", "price", "made"].map(str::to_owned).to_vec();
    let insert = Insert { columns, missing_default: false, conflict: None };
    let json = |text: String| Member::Json(text.into());
    let row = |id: i64| {
        vec![
            json(id.to_string()),
            json(format!("\"task number {id}\"")),
            json((id % 2 == 0).to_string()),
            json(format!("{id}.50")),
            json("\"2026-01-02T03:04:05Z\"".to_owned()),
        ]
    };
    let inputs = Inputs { values: Vec::new(), rows: Rows { rows: ids.map(row).collect() } };
    (plan(Action::Insert(insert), Level::default(), Format::Nothing), inputs)
}

async fn reads(
    session: &Session,
    name: &str,
    count: u32,
    make: impl Fn(u32) -> (Plan, Inputs),
) -> Result<()> {
    #[expect(clippy::disallowed_methods, reason = "a program that measures")]
    let started = Instant::now();
    let mut bytes = 0;
    for number in 0..count {
        let (plan, inputs) = make(number);
        bytes += session.answer(plan, inputs).await?.body.len();
    }
    report(name, count, started, &format!("{} bytes each", bytes / count as usize));
    Ok(())
}

async fn inserts(database: &Database, tasks: i64, each: i64) -> Result<()> {
    #[expect(clippy::disallowed_methods, reason = "a program that measures")]
    let started = Instant::now();
    let base = 1_000_000 * tasks;
    let mut running = tokio::task::JoinSet::new();
    for task in 0..tasks {
        let session = database.session(Caller::Service { claims: Claims::default() });
        running.spawn(async move {
            for number in 0..each {
                let id = base + task * each + number;
                let (plan, inputs) = insert(id..id + 1);
                session.answer(plan, inputs).await?;
            }
            Ok::<_, anyhow::Error>(())
        });
    }
    while let Some(done) = running.join_next().await {
        done??;
    }
    report(&format!("insert, {tasks} at once"), u32::try_from(tasks * each)?, started, "durable");
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a program that reports")]
fn report(name: &str, count: u32, started: Instant, note: &str) {
    let each = started.elapsed() / count;
    println!("{name:24} {each:>12.2?} each {:>10.0}/s  {note}", 1.0 / each.as_secs_f64());
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<()> {
    let directory = std::env::temp_dir().join(format!("mainstay-hot-path-{}", std::process::id()));
    let database = open(&directory).await?;
    let session = database.session(Caller::Service { claims: Claims::default() });
    let (plan, inputs) = insert(0..1000);
    session.answer(plan, inputs).await?;
    reads(&session, "one row by key", 100_000, |number| by_id(i64::from(number % 1000))).await?;
    reads(&session, "page of 20", 20_000, |_| page()).await?;
    for tasks in [1, 2, 8, 32, 64] {
        inserts(&database, tasks, 8_000 / tasks / (1 + 7 / tasks)).await?;
    }
    let (plan, inputs) = insert(-1000..0);
    reads(&session, "bulk of 1000", 1, |_| (plan.clone(), inputs.clone())).await?;
    drop((session, database));
    std::fs::remove_dir_all(directory)?;
    Ok(())
}
