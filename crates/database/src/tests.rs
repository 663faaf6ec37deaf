//! The one door on SQLite, from plan to bytes.

use std::sync::Arc;

use algebra::names::{RoleName, SchemaName};
use catalog::change::Change;
use catalog::{Catalog, Grant, Grantee, Privilege, PrivilegeSet};
use plan::request::{Action, Conflict, Expect, Format, Insert, Item, Level, Resolution};
use plan::{Inputs, Member, Plan, Rows};
use policy::{Caller, Claims};

use crate::engine::{Engine, Migration, MigrationStep};
use crate::error::DatabaseError;
use crate::fixtures::{Folder, catalog, name};
use crate::query::Query;
use crate::reply::Reply;
use crate::session::{Database, Session};
use crate::{EngineLimits, SqliteEngine};

struct World {
    database: Database,
    _folder: Folder,
}

fn anonymous() -> Caller {
    Caller::Anonymous { claims: Claims::default() }
}

fn service() -> Caller {
    Caller::Service { claims: Claims::default() }
}

/// Tables with every grant to the service role, and nothing to anyone else.
fn granted() -> Catalog {
    ["lists", "tasks"].into_iter().fold(catalog(), |catalog, table| {
        let privileges = [Privilege::Select, Privilege::Insert, Privilege::Update, Privilege::Delete];
        let grant = Grant {
            privileges: PrivilegeSet::of(&privileges),
            columns: Vec::new(),
            grantees: vec![Grantee::Role(RoleName::literal("service_role"))],
            revoke: false,
        };
        catalog.apply(&Change::GrantOnRelation { relation: name(table), grant }).unwrap()
    })
}

impl World {
    async fn new() -> Self {
        let folder = Folder::new();
        let engine = SqliteEngine::open(&folder.0, EngineLimits::default()).unwrap();
        let after = granted();
        let steps = after.tables().scan(Catalog::prepared(), |before, table| {
            let change = Change::CreateTable(Box::new((**table).clone()));
            let after = before.apply(&change).unwrap();
            let program = engine.dialect().definition(&change, before, &after).unwrap();
            *before = after;
            Some(MigrationStep::Define(Arc::new(program)))
        });
        let steps = steps.collect();
        let migration = Migration { steps, catalog: Arc::new(after.clone()), caller: Caller::System };
        engine.migrate(migration).await.unwrap();
        Self { database: Database::new(Arc::new(engine), after), _folder: folder }
    }

    fn session(&self) -> Session {
        self.database.session(service())
    }

    async fn insert(
        &self,
        relation: &str,
        columns: &[&str],
        rows: &[&[&str]],
    ) -> Result<Reply, DatabaseError> {
        self.upsert(relation, columns, rows, None).await
    }

    async fn upsert(
        &self,
        relation: &str,
        columns: &[&str],
        rows: &[&[&str]],
        conflict: Option<Conflict>,
    ) -> Result<Reply, DatabaseError> {
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        let action = Action::Insert(Insert { columns, missing_default: false, conflict });
        let member = |text: &&str| Member::Json(bytes::Bytes::copy_from_slice(text.as_bytes()));
        let rows = rows.iter().map(|row| row.iter().map(member).collect()).collect();
        let inputs = Inputs { values: Vec::new(), rows: Rows { rows } };
        self.session().answer(plan(relation, action), inputs).await
    }
}

fn plan(relation: &str, action: Action) -> Plan {
    Plan {
        schema: SchemaName::literal("public"),
        relation: relation.to_owned(),
        action,
        level: Level { items: vec![Item::All], ..Level::default() },
        count: None,
        format: Format::Array { strip_nulls: false },
        expect: Expect::Any,
        rows_max: None,
    }
}

fn text(reply: &Reply) -> &str {
    std::str::from_utf8(&reply.body).unwrap()
}

#[tokio::test]
async fn a_plan_is_answered_with_the_rows_it_wrote_and_then_reads() {
    let world = World::new().await;
    let reply = world.insert("lists", &["id", "name"], &[&["1", "\"home\""]]).await.unwrap();
    assert_eq!(text(&reply), r#"[{"id":1,"name":"home"}]"#);
    let reply = world.session().answer(plan("lists", Action::Read), Inputs::default()).await.unwrap();
    assert_eq!(text(&reply), r#"[{"id":1,"name":"home"}]"#);
}

#[tokio::test]
async fn an_upsert_tells_new_rows_from_changed_ones() {
    let world = World::new().await;
    world.insert("lists", &["id", "name"], &[&["1", "\"home\""]]).await.unwrap();
    let conflict = Some(Conflict { columns: Vec::new(), resolution: Resolution::Merge });
    let rows: &[&[&str]] = &[&["1", "\"house\""], &["2", "\"work\""]];
    let reply = world.upsert("lists", &["id", "name"], rows, conflict).await.unwrap();
    assert_eq!(text(&reply), r#"[{"id":1,"name":"house"},{"id":2,"name":"work"}]"#);
    assert_eq!((reply.affected, reply.inserted), (2, 1));
}

#[tokio::test]
async fn details_tell_only_what_the_caller_sent() {
    let world = World::new().await;
    world.insert("tasks", &["id", "title"], &[&["1", "\"a\""]]).await.unwrap();
    let detail = async |columns: &[&str], row: &[&str]| match world.insert("tasks", columns, &[row]).await {
        Err(DatabaseError::Sql(error)) => error.detail,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        detail(&["id", "title"], &["2", "\"a\""]).await.as_deref(),
        Some("Key (title)=(a) already exists.")
    );
    assert_eq!(
        detail(&["id", "title", "list"], &["2", "\"b\"", "7"]).await.as_deref(),
        Some("Key (list)=(7) is not present in table \"lists\".")
    );
}

#[tokio::test]
async fn what_is_not_granted_is_denied_and_equal_plans_of_others_do_not_open_it() {
    let world = World::new().await;
    let read = || plan("lists", Action::Read);
    world.session().answer(read(), Inputs::default()).await.unwrap();
    let denied = world.database.session(anonymous()).answer(read(), Inputs::default()).await;
    assert!(matches!(&denied, Err(DatabaseError::Denied(denied)) if denied.code == "42501"), "{denied:?}");
}

#[tokio::test]
async fn a_service_runs_its_queries_in_one_transaction() {
    let world = World::new().await;
    let session = world.database.session(Caller::System);
    let insert = Query { name: "insert", text: "insert into lists (id, name) values ($1, $2)" };
    let count = Query { name: "count", text: "select count(*) as n, max(name) as last from lists" };
    let values =
        |id, name: &str| vec![algebra::value::Value::Int(id), algebra::value::Value::Text(name.to_owned())];
    let rows = session.run_all(&[(&insert, values(1, "a")), (&count, Vec::new())]).await.unwrap();
    assert_eq!(rows[1].columns[0].0, "n");
    assert_eq!(rows[1].rows[0].0, values(1, "a"));
    let failed = session.run_all(&[(&insert, values(2, "b")), (&insert, values(1, "c"))]).await;
    assert!(matches!(failed, Err(DatabaseError::Sql(error)) if error.code == "23505"));
    assert_eq!(session.run(&count, Vec::new()).await.unwrap().rows[0].0, values(1, "a"));
}
