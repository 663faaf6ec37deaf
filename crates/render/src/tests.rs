//! Trees in, the texts of both dialects out.

use std::sync::Arc;

use algebra::expression::{CastStrength, Expr, Node, RelationId, SortKey};
use algebra::names::{ColumnName, ConstraintName, TableName};
use algebra::operation::by_symbol;
use algebra::query::{
    Body, Cte, CteBody, Distinct, JoinKind, Output, Query, Relation, RelationSource, Select, SetKind, Source,
};
use algebra::shape::Shape;
use algebra::statement::{
    Assignment, Conflict, ConflictAction, ConflictTarget, Delete, Insert, InsertSource, Statement, Update,
    Write,
};
use algebra::types::{ColumnType, EnumType, Modifier, Type};
use algebra::value::Value;
use catalog::{Catalog, Change, Column, ForeignKey, Identity, Key, ReferentialAction, Table};
use policy::{Caller, Enforced};

use crate::{Dialect, Parameter, Postgres, Sqlite, render};

const TASK: RelationId = RelationId(1);
const LIST: RelationId = RelationId(2);

fn mood() -> Type {
    let labels = vec!["low".to_owned(), "high".to_owned()];
    Type::Enum(Arc::new(EnumType { name: TableName::literal("public", "mood"), labels }))
}

fn table_name(name: &'static str) -> TableName {
    TableName::literal("public", name)
}

fn declared(name: &'static str, ty: Type, not_null: bool) -> Column {
    Column {
        name: ColumnName::literal(name),
        ty: ty.into(),
        not_null,
        default: None,
        generated: None,
        identity: None,
        domain: None,
        comment: None,
    }
}

fn key(name: &'static str, column: &'static str) -> Key {
    Key {
        name: ConstraintName::literal(name),
        columns: vec![ColumnName::literal(column)],
        nulls_not_distinct: false,
        deferrable: false,
        initially_deferred: false,
    }
}

fn tasks() -> Table {
    let mut tasks = Table::new(table_name("tasks"));
    tasks.columns = vec![
        declared("id", Type::Int4, true),
        declared("list_id", Type::Int4, false),
        declared("title", Type::Text, true),
        declared("done", Type::Bool, true),
        declared("price", Type::Numeric, false),
        declared("mood", mood(), false),
        declared("tags", Type::array_of(Type::Text), false),
    ];
    tasks.columns[0].identity =
        Some(Identity { always: false, sequence: TableName::literal("public", "tasks_id_seq") });
    tasks.primary_key = Some(key("tasks_pkey", "id"));
    tasks.uniques.push(key("tasks_title_key", "title"));
    tasks.foreign_keys.push(ForeignKey {
        name: ConstraintName::literal("tasks_list_id_fkey"),
        columns: vec![ColumnName::literal("list_id")],
        table: table_name("lists"),
        referenced: vec![ColumnName::literal("id")],
        on_delete: ReferentialAction::Cascade,
        on_update: ReferentialAction::NoAction,
        deferrable: false,
        initially_deferred: false,
    });
    tasks
}

fn lists() -> Table {
    let mut lists = Table::new(table_name("lists"));
    lists.columns = vec![declared("id", Type::Int4, true), declared("name", Type::Text, true)];
    lists.primary_key = Some(key("lists_pkey", "id"));
    lists
}

fn catalog() -> Catalog {
    of_tables([lists(), tasks()])
}

fn of_tables(tables: impl IntoIterator<Item = Table>) -> Catalog {
    tables.into_iter().fold(Catalog::prepared(), |catalog, table| {
        catalog.apply(&Change::CreateTable(Box::new(table))).unwrap()
    })
}

/// A column of one of the two tables.
fn column(relation: RelationId, name: &'static str) -> Expr {
    let table = if relation == LIST { lists() } else { tasks() };
    let ty = table.column(name).unwrap().ty.base.clone();
    Expr::column(relation, ColumnName::literal(name), ty)
}

fn task(name: &'static str) -> Expr {
    column(TASK, name)
}

fn list(name: &'static str) -> Expr {
    column(LIST, name)
}

fn named(expr: Expr, name: &'static str) -> Output {
    Output { expr, name: ColumnName::literal(name) }
}

fn from(id: RelationId, name: &'static str) -> Source {
    Source::Relation(Relation::table(id, table_name(name)))
}

fn input(index: u16, ty: Type) -> Expr {
    Expr::new(Node::Input(index), ty)
}

fn int(value: i64) -> Expr {
    Expr::constant(Value::Int(value), Type::Int4)
}

fn apply(symbol: &str, arguments: Vec<Expr>) -> Expr {
    Expr::new(Node::Apply { operation: by_symbol(symbol).unwrap(), arguments }, Type::Bool)
}

fn select(outputs: Vec<Output>, source: Source, filter: Option<Expr>) -> Query {
    let mut select = Select::from(outputs, source);
    select.filter = filter;
    Query::select(select)
}

fn sort(expr: Expr, descending: bool) -> SortKey {
    SortKey { expr, descending, nulls_first: descending }
}

/// The steps of a statement in a dialect, one a line, with what is special about each.
fn text(statement: &Statement, dialect: &dyn Dialect) -> String {
    let catalog = catalog();
    let guarded = policy::guard(statement.clone(), &Caller::System, &catalog, Enforced::ByEngine).unwrap();
    let program = render(&guarded, &catalog, dialect);
    assert_eq!(render(&guarded, &catalog, dialect), program, "the same text every time");
    let lines = program.steps.iter().map(|step| {
        let parameters = step.sql.parameters.iter().map(shown).collect::<Vec<_>>().join(", ");
        let each = if step.each_row { "each row: " } else { "" };
        let stage = step.stage.map(|stage| format!("keep {stage}: ")).unwrap_or_default();
        format!("{each}{stage}{} [{parameters}]", step.sql.text)
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn shown(parameter: &Parameter) -> String {
    match parameter {
        Parameter::Constant { value, .. } => format!("{value:?}"),
        Parameter::Input { index, ty } => format!("input {index} {}", ty.name()),
        Parameter::RowMember { index, ty } => format!("member {index} {}", ty.name()),
        Parameter::RowPresent { index } => format!("present {index}"),
        Parameter::Context(context) => format!("{context:?}"),
        Parameter::Rows => "rows".to_owned(),
        Parameter::Stage(stage) => format!("stage {stage}"),
    }
}

#[track_caller]
fn check(statement: impl Into<Statement>, sqlite: &str, postgres: &str) {
    let statement = statement.into();
    assert_eq!(text(&statement, &Sqlite), sqlite);
    assert_eq!(text(&statement, &Postgres), postgres);
}

/// A filter over tasks, without the select around it.
#[track_caller]
fn check_filter(filter: Expr, sqlite: &str, postgres: &str) {
    let query = select(vec![named(task("id"), "id")], from(TASK, "tasks"), Some(filter));
    let statement = Statement::Query(query);
    let filter_of = |dialect: &dyn Dialect| {
        let text = text(&statement, dialect);
        text.split_once(" where ").unwrap().1.rsplit_once(" [").unwrap().0.to_owned()
    };
    assert_eq!(filter_of(&Sqlite), sqlite);
    assert_eq!(filter_of(&Postgres), postgres);
}

#[test]
fn a_page_is_bare_columns_that_indexes_serve() {
    let filter = Expr::and(vec![
        apply("pg_eq", vec![task("done"), Expr::bool(false)]),
        apply("pg_eq", vec![task("title"), input(0, Type::Text)]),
    ]);
    let mut page = select(vec![named(task("id"), "id")], from(TASK, "tasks"), Some(filter));
    page.order = vec![sort(task("price"), true), sort(task("id"), false)];
    page.limit = Some(Expr::constant(Value::Int(20), Type::Int8));
    page.offset = Some(input(1, Type::Int8));
    check(
        Statement::Query(page),
        "select t1.\"id\" as \"id\" from \"tasks\" as t1 where t1.\"done\" = 0 and t1.\"title\" = ?1 order by \
         t1.\"price\" collate numeric desc nulls first, t1.\"id\" limit 20 offset pg_offset(?2) [input 0 text, input 1 bigint]",
        "select t1.\"id\" as \"id\" from \"public\".\"tasks\" as t1 where t1.\"done\" = false and t1.\"title\" = $1::text \
         order by t1.\"price\" desc, t1.\"id\" limit $2::int8 offset $3::int8 [input 0 text, Int(20), input 1 bigint]",
    );
}

#[test]
fn filters_are_native_where_the_stored_form_allows() {
    let array = Expr::new(Node::Input(0), Type::array_of(Type::Text));
    let any = |symbol: &str, operand: Expr, array: Expr| {
        let operation = by_symbol(symbol).unwrap();
        let (operand, array) = (Box::new(operand), Box::new(array));
        Expr::new(Node::Quantified { operand, operation, array, all: false }, Type::Bool)
    };
    check_filter(
        apply("pg_lt", vec![task("mood"), input(0, mood())]),
        "case t1.\"mood\" when 'low' then 0 when 'high' then 1 end < case ?1 when 'low' then 0 when 'high' then 1 end",
        "t1.\"mood\" < $1::\"public\".\"mood\"",
    );
    check_filter(
        apply("pg_eq", vec![task("price"), input(0, Type::Numeric)]),
        "t1.\"price\" collate numeric = ?1",
        "t1.\"price\" = $1::numeric",
    );
    check_filter(
        Expr::new(Node::InList { operand: Box::new(task("id")), list: vec![int(1), int(2)] }, Type::Bool),
        "t1.\"id\" in (?1, ?2)",
        "t1.\"id\" in ($1::int4, $2::int4)",
    );
    check_filter(
        any("pg_eq", task("title"), array.clone()),
        "t1.\"title\" in (select value from json_each(coalesce(?1, '[null]')))",
        "t1.\"title\" = any ($1::text[])",
    );
    check_filter(
        any("pg_like_text", task("title"), array),
        "(select case when max(r) = 1 then 1 when count(*) > count(r) then null else 0 end from (select \
         (pg_like_text(t1.\"title\", t2.\"value\")) as r from json_each(coalesce(?1, '[null]')) as t2))",
        "t1.\"title\" ~~ any ($1::text[])",
    );
    check_filter(
        Expr::not(Expr::new(Node::IsNull(Box::new(task("price"))), Type::Bool)),
        "t1.\"price\" is not null",
        "t1.\"price\" is not null",
    );
    check_filter(
        Expr::new(
            Node::Or(vec![
                Expr::and(vec![task("done"), apply("pg_eq", vec![task("id"), int(1)])]),
                Expr::new(
                    Node::IsDistinct { left: Box::new(task("list_id")), right: Box::new(int(1)) },
                    Type::Bool,
                ),
            ]),
            Type::Bool,
        ),
        "(t1.\"done\" and t1.\"id\" = ?1) or t1.\"list_id\" is not ?1",
        "(t1.\"done\" and t1.\"id\" = $1::int4) or t1.\"list_id\" is distinct from $1::int4",
    );
}

#[test]
fn casts_do_as_little_as_they_can() {
    let cast = |operand: Expr, target: ColumnType| {
        let base = target.base.clone();
        let (operand, strength) = (Box::new(operand), CastStrength::Explicit);
        Expr::new(Node::Cast { operand, target, strength }, base)
    };
    let equal = |left: Expr| {
        let right = input(0, left.ty.clone());
        apply("pg_eq", vec![left, right])
    };
    check_filter(equal(cast(task("id"), Type::Int8.into())), "t1.\"id\" = ?1", "t1.\"id\"::int8 = $1::int8");
    check_filter(
        equal(cast(task("id"), Type::Numeric.into())),
        "cast(t1.\"id\" as text) collate numeric = ?1",
        "t1.\"id\"::numeric = $1::numeric",
    );
    check_filter(equal(cast(input(1, Type::Unknown), Type::Uuid.into())), "?1 = ?2", "$1::uuid = $2::uuid");
    let varchar = ColumnType { base: Type::Varchar, modifier: Modifier::Length(3) };
    check_filter(
        equal(cast(task("title"), varchar)),
        "pg_fit(t1.\"title\", 'varchar(3)', 1) = ?1",
        "t1.\"title\"::varchar(3) = $1::varchar",
    );
    check_filter(
        equal(cast(task("title"), mood().into())),
        "pg_cast_text_enum(t1.\"title\", 'enum[\"public\",\"mood\",\"low\",\"high\"]') = ?1",
        "t1.\"title\"::\"public\".\"mood\" = $1::\"public\".\"mood\"",
    );
}

#[test]
fn embeds_are_joins_and_json_rows() {
    let own = apply("pg_eq", vec![task("list_id"), list("id")]);
    let mut inner = select(vec![named(task("title"), "title")], from(TASK, "tasks"), Some(own));
    inner.order = vec![sort(task("title"), false)];
    let shape = Box::new(Shape::flat([("it's", Type::Text)]));
    let rows = Expr::new(Node::JsonRows { query: Box::new(inner), shape }, Type::Json);
    check(
        Statement::Query(select(
            vec![named(list("id"), "id"), named(rows, "tasks")],
            from(LIST, "lists"),
            None,
        )),
        "select t2.\"id\" as \"id\", (select json_rows('{\"it''s\":0:text}', c0) from (select t1.\"title\" as c0 from \
         \"tasks\" as t1 where t1.\"list_id\" = t2.\"id\" order by t1.\"title\")) as \"tasks\" from \"lists\" as t2 []",
        "select t2.\"id\" as \"id\", (select coalesce(json_agg(json_build_object('it''s', c0)), '[]') from (select \
         t1.\"title\" as c0 from \"public\".\"tasks\" as t1 where t1.\"list_id\" = t2.\"id\" order by t1.\"title\") as q) \
         as \"tasks\" from \"public\".\"lists\" as t2 []",
    );
    let join = Source::Join {
        kind: JoinKind::Left,
        left: Box::new(from(TASK, "tasks")),
        right: Box::new(from(LIST, "lists")),
        on: Some(apply("pg_eq", vec![list("id"), task("list_id")])),
    };
    let mut joined = select(vec![named(list("name"), "name")], join, None);
    joined.order = vec![sort(list("name"), false)];
    check(
        Statement::Query(joined),
        "select t2.\"name\" as \"name\" from \"tasks\" as t1 left join \"lists\" as t2 on t2.\"id\" = t1.\"list_id\" \
         order by t2.\"name\" nulls last []",
        "select t2.\"name\" as \"name\" from \"public\".\"tasks\" as t1 left join \"public\".\"lists\" as t2 on \
         t2.\"id\" = t1.\"list_id\" order by t2.\"name\" []",
    );
}

/// `insert into tasks (title) <given rows> returning id, title`.
fn given_tasks(returning: Vec<Output>) -> Insert {
    Insert {
        table: table_name("tasks"),
        target: TASK,
        columns: vec![ColumnName::literal("title")],
        source: InsertSource::Rows {
            types: vec![Type::Text.into()],
            values: vec![Expr::new(Node::RowInput(0), Type::Text)],
        },
        defaults: vec![(ColumnName::literal("done"), Expr::bool(false))],
        override_identity: false,
        conflict: None,
        returning,
    }
}

fn cte_of(write: Write) -> Query {
    let columns = write.returning().iter().map(|o| (o.name.clone(), o.expr.ty.clone())).collect::<Vec<_>>();
    let (id, read) = (RelationId(5), RelationId(6));
    let outputs = columns
        .iter()
        .map(|(name, ty)| Output { expr: Expr::column(read, name.clone(), ty.clone()), name: name.clone() })
        .collect();
    let source = Relation { id: read, source: RelationSource::Cte(id), lateral: false };
    let mut query = select(outputs, Source::Relation(source), None);
    let body = CteBody::Write(Box::new(write));
    query.ctes.push(Cte { id, columns, body, recursive: false, materialized: None });
    query
}

#[test]
fn a_representation_of_plain_columns_is_the_write_alone() {
    let returning = vec![named(task("id"), "id"), named(task("title"), "title")];
    let query = cte_of(Write::Insert(given_tasks(returning)));
    check(
        Statement::Query(query.clone()),
        "each row: insert into \"tasks\" as t1 (\"title\", \"done\") values (?1, 0) returning \"tasks\".\"id\" as \"id\", \
         \"tasks\".\"title\" as \"title\" [member 0 text]",
        "with t5(\"id\", \"title\") as (insert into \"public\".\"tasks\" as t1 (\"title\") select r.\"0\" from \
         json_array_elements($1::json) as g(v), json_to_record(g.v) as r(\"0\" text) returning t1.\"id\" as \"id\", \
         t1.\"title\" as \"title\") select t6.\"id\" as \"id\", t6.\"title\" as \"title\" from t5 as t6 [rows]",
    );
    let mut ordered = query;
    ordered.order = vec![sort(Expr::column(RelationId(6), ColumnName::literal("id"), Type::Int4), false)];
    let steps = text(&Statement::Query(ordered), &Sqlite);
    assert_eq!(
        steps,
        "each row: keep 0: insert into \"tasks\" as t1 (\"title\", \"done\") values (?1, 0) returning \"tasks\".\"id\" as \
         \"id\", \"tasks\".\"title\" as \"title\" [member 0 text]\nwith t5(\"id\", \"title\") as (select value ->> 0, \
         value ->> 1 from json_each(?1)) select t6.\"id\" as \"id\", t6.\"title\" as \"title\" from t5 as t6 order by \
         t6.\"id\" nulls last [stage 0]"
    );
}

#[test]
fn an_upsert_notes_its_updates() {
    let excluded = RelationId(7);
    let mut insert = given_tasks(Vec::new());
    let title = ColumnName::literal("title");
    insert.conflict = Some(Conflict {
        target: ConflictTarget::Constraint {
            name: ConstraintName::literal("tasks_title_key"),
            columns: vec![title.clone()],
        },
        action: ConflictAction::Update {
            excluded,
            set: vec![Assignment { column: title, value: column(excluded, "title") }],
            filter: Some(task("done")),
        },
    });
    check(
        Statement::Write(Write::Insert(insert)),
        "each row: insert into \"tasks\" as t1 (\"title\", \"done\") values (?1, 0) on conflict (\"title\") do update set \
         \"title\" = pg_note_update(excluded.\"title\", 1, t1.\"id\") where t1.\"done\" returning pg_note_row(?2, \"tasks\".\"id\") \
         as \"_row\" [member 0 text, Int(1)]",
        "insert into \"public\".\"tasks\" as t1 (\"title\") select r.\"0\" from json_array_elements($1::json) as g(v), \
         json_to_record(g.v) as r(\"0\" text) on conflict on constraint \"tasks_title_key\" do update set \"title\" = \
         excluded.\"title\" where t1.\"done\" [rows]",
    );
}

#[test]
fn an_insert_of_a_query_takes_defaults_behind_it() {
    let source =
        select(vec![named(list("id"), "id"), named(list("name"), "name")], from(LIST, "lists"), None);
    let mut insert = given_tasks(Vec::new());
    insert.columns.insert(0, ColumnName::literal("id"));
    insert.source = InsertSource::Query(Box::new(source.clone()));
    let statement = Statement::Write(Write::Insert(insert.clone()));
    assert_eq!(
        text(&statement, &Sqlite),
        "insert into \"tasks\" as t1 (\"id\", \"title\", \"done\") select pg_not_null(t2.\"id\", ?1, ?2), t2.\"name\", 0 \
         from \"lists\" as t2 [Text(\"tasks\"), Text(\"id\")]"
    );
    let mut ordered = source;
    ordered.order = vec![sort(list("id"), false)];
    insert.source = InsertSource::Query(Box::new(ordered));
    assert_eq!(
        text(&Statement::Write(Write::Insert(insert)), &Sqlite),
        "insert into \"tasks\" as t1 (\"id\", \"title\", \"done\") with t3(\"c0\", \"c1\") as materialized (select \
         t2.\"id\", t2.\"name\" from \"lists\" as t2 order by t2.\"id\") select pg_not_null(t4.\"c0\", ?1, ?2), t4.\"c1\", \
         0 from t3 as t4 [Text(\"tasks\"), Text(\"id\")]"
    );
}

#[test]
fn an_update_checks_its_rows_behind_what_it_returns() {
    let message = Expr::constant(Value::Text("no".to_owned()), Type::Text);
    let update = Update {
        table: table_name("tasks"),
        target: TASK,
        set: vec![Assignment { column: ColumnName::literal("done"), value: Expr::bool(true) }],
        from: None,
        filter: Some(apply("pg_eq", vec![task("id"), input(0, Type::Int4)])),
        returning: vec![
            named(task("id"), "id"),
            named(apply("pg_require", vec![task("done"), message]), "_check"),
        ],
    };
    let statement = Statement::Write(Write::Update(update));
    assert_eq!(
        text(&statement, &Sqlite),
        "update \"tasks\" as t1 set \"done\" = 1 where t1.\"id\" = ?1 returning \"tasks\".\"id\" as \"id\", \
         pg_require(\"tasks\".\"done\", ?2) as \"_check\" [input 0 integer, Text(\"no\")]"
    );
}

#[test]
fn a_delete_using_another_table_asks_whether_it_is_there() {
    let delete = Delete {
        table: table_name("tasks"),
        target: TASK,
        using: Some(from(LIST, "lists")),
        filter: Some(apply("pg_eq", vec![list("id"), task("list_id")])),
        returning: Vec::new(),
    };
    check(
        Statement::Write(Write::Delete(delete)),
        "delete from \"tasks\" as t1 where exists (select 1 from \"lists\" as t2 where t2.\"id\" = t1.\"list_id\") []",
        "delete from \"public\".\"tasks\" as t1 using \"public\".\"lists\" as t2 where t2.\"id\" = t1.\"list_id\" []",
    );
}

#[test]
fn distinct_on_is_the_first_of_each() {
    let mut query = select(vec![named(task("title"), "title")], from(TASK, "tasks"), None);
    if let Body::Select(select) = &mut query.body {
        select.distinct = Distinct::On(vec![task("list_id")]);
    }
    query.order = vec![sort(task("list_id"), false), sort(task("id"), true)];
    check(
        Statement::Query(query),
        "select t2.\"c0\" as \"title\" from (select t1.\"title\" as \"c0\", t1.\"list_id\" as \"k0\", t1.\"id\" as \"k1\", \
         row_number() over (partition by t1.\"list_id\" order by t1.\"list_id\" nulls last, t1.\"id\" desc) as \"row\" from \
         \"tasks\" as t1) as t2 where t2.\"row\" = ?1 order by t2.\"k0\" nulls last, t2.\"k1\" desc nulls first [Int(1)]",
        "select distinct on (t1.\"list_id\") t1.\"title\" as \"title\" from \"public\".\"tasks\" as t1 order by \
         t1.\"list_id\", t1.\"id\" desc []",
    );
}

#[test]
fn set_operations_stand_without_parentheses_on_sqlite() {
    let (target, strength) = (ColumnType::from(Type::Numeric), CastStrength::Implicit);
    let numeric = Expr::new(Node::Cast { operand: Box::new(list("id")), target, strength }, Type::Numeric);
    let side =
        |id, name: &'static str, column| Box::new(select(vec![named(column, "a")], from(id, name), None));
    let (left, mut right) = (side(TASK, "tasks", task("price")), side(LIST, "lists", numeric));
    right.limit = Some(int(1));
    let mut query = select(Vec::new(), from(TASK, "tasks"), None);
    query.body = Body::Set { kind: SetKind::Union, all: false, left, right };
    query.order = vec![sort(Expr::column(Select::OUTPUT, ColumnName::literal("a"), Type::Numeric), false)];
    check(
        Statement::Query(query),
        "select t1.\"price\" collate numeric as \"a\" from \"tasks\" as t1 union select * from (select \
         cast(t2.\"id\" as text) from \"lists\" as t2 limit 1) order by \"a\" collate numeric nulls last []",
        "(select t1.\"price\" as \"a\" from \"public\".\"tasks\" as t1) union (select t2.\"id\"::numeric from \"public\".\"lists\" \
         as t2 limit $1::int4) order by \"a\" [Int(1)]",
    );
}

/// The steps of a change on SQLite, one a line.
fn definition(change: &Change, before: &Catalog) -> String {
    let after = before.apply(change).unwrap();
    let program = Sqlite.definition(change, before, &after);
    let steps = program.iter().flat_map(|program| &program.steps);
    steps.map(|step| step.sql.text.as_str()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_table_is_strict_and_its_unique_constraints_are_indexes() {
    assert_eq!(
        definition(&Change::CreateTable(Box::new(tasks())), &of_tables([lists()])),
        "create table \"tasks\" (\"id\" integer not null, \"list_id\" integer, \"title\" text not null, \"done\" integer \
         not null check (\"done\" in (0, 1)), \"price\" text collate numeric, \"mood\" text, \"tags\" text collate array, \
         constraint \"tasks_pkey\" primary key (\"id\"), constraint \"tasks_list_id_fkey\" foreign key (\"list_id\") \
         references \"lists\" (\"id\") on delete cascade) strict\n\
         create unique index \"tasks_title_key\" on \"tasks\" (\"title\")"
    );
}
