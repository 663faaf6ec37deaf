//! Writes: inserts of one row or many, and an update by key; each request is one durable transaction.
//!
//! **Must not:** let a user write a row of another owner. The service role loads the data and names owners itself.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use rusqlite::{Transaction, params};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::Service;
use crate::claims::Claims;
use crate::failure::Failure;
use crate::read::equals;
use crate::store::Store;

const NOW: &str = "strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')";

#[derive(Deserialize)]
struct NewProject {
    id: Option<i64>,
    owner: Option<String>,
    name: String,
    created_at: Option<String>,
}

#[derive(Deserialize)]
struct NewTask {
    id: Option<i64>,
    project_id: i64,
    owner: Option<String>,
    title: String,
    #[serde(default)]
    done: bool,
    #[serde(default)]
    priority: i64,
    due: Option<String>,
    created_at: Option<String>,
}

#[derive(Deserialize)]
struct NewTag {
    id: Option<i64>,
    owner: Option<String>,
    name: String,
}

#[derive(Deserialize)]
struct NewTaskTag {
    task_id: i64,
    tag_id: i64,
}

#[derive(Deserialize)]
pub(crate) struct ById {
    id: String,
}

#[derive(Deserialize)]
struct TaskChange {
    done: bool,
}

pub(crate) async fn insert_projects(
    State(service): State<Service>,
    claims: Claims,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let rows: Vec<NewProject> = rows(&body)?;
    insert(service.store, move |transaction| {
        let text = format!(
            "insert into projects (id, owner, name, created_at) values (?1, ?2, ?3, coalesce(?4, {NOW}))"
        );
        let mut statement = transaction.prepare_cached(&text)?;
        for row in &rows {
            let owner = owner(&claims, row.owner.as_deref());
            statement.execute(params![row.id, owner, row.name, row.created_at])?;
        }
        Ok(())
    })
    .await
}

pub(crate) async fn insert_tasks(
    State(service): State<Service>,
    claims: Claims,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let rows: Vec<NewTask> = rows(&body)?;
    insert(service.store, move |transaction| {
        let text = format!(
            "insert into tasks (id, project_id, owner, title, done, priority, due, created_at) \
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, coalesce(?8, {NOW}))"
        );
        let mut statement = transaction.prepare_cached(&text)?;
        for row in &rows {
            let owner = owner(&claims, row.owner.as_deref());
            statement.execute(params![
                row.id,
                row.project_id,
                owner,
                row.title,
                row.done,
                row.priority,
                row.due,
                row.created_at
            ])?;
        }
        Ok(())
    })
    .await
}

pub(crate) async fn insert_tags(
    State(service): State<Service>,
    claims: Claims,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let rows: Vec<NewTag> = rows(&body)?;
    insert(service.store, move |transaction| {
        let mut statement =
            transaction.prepare_cached("insert into tags (id, owner, name) values (?1, ?2, ?3)")?;
        for row in &rows {
            statement.execute(params![row.id, owner(&claims, row.owner.as_deref()), row.name])?;
        }
        Ok(())
    })
    .await
}

pub(crate) async fn insert_task_tags(
    State(service): State<Service>,
    claims: Claims,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let rows: Vec<NewTaskTag> = rows(&body)?;
    insert(service.store, move |transaction| {
        let text = "insert into task_tags (task_id, tag_id) select ?1, ?2 \
                    where ?3 or exists (select 1 from tasks where id = ?1 and owner = ?4)";
        let mut statement = transaction.prepare_cached(text)?;
        for row in &rows {
            statement.execute(params![row.task_id, row.tag_id, is_service(&claims), claims.sub])?;
        }
        Ok(())
    })
    .await
}

pub(crate) async fn update_task(
    State(service): State<Service>,
    claims: Claims,
    Query(query): Query<ById>,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let id: i64 = equals(&query.id)?;
    let change: TaskChange = parse(&body)?;
    off_thread(service.store, move |transaction| {
        let text = "update tasks set done = ?1 where id = ?2 and owner = ?3";
        transaction.prepare_cached(text)?.execute(params![change.done, id, claims.sub])
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn insert(
    store: Arc<Store>,
    write: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()> + Send + 'static,
) -> Result<StatusCode, Failure> {
    off_thread(store, write).await?;
    Ok(StatusCode::CREATED)
}

/// A commit waits for the disk, so it is made where waiting hurts no other request.
pub(crate) async fn off_thread<T: Send + 'static>(
    store: Arc<Store>,
    write: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(move || store.write(write)).await.map_err(|_| Failure::Database)?
}

/// An object is one row, an array many.
fn rows<T: DeserializeOwned>(body: &[u8]) -> Result<Vec<T>, Failure> {
    if body.first() == Some(&b'[') { parse(body) } else { Ok(vec![parse(body)?]) }
}

pub(crate) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(body).map_err(|_| Failure::BadRequest("the body does not fit"))
}

fn is_service(claims: &Claims) -> bool {
    claims.role == "service_role"
}

fn owner<'c>(claims: &'c Claims, named: Option<&'c str>) -> &'c str {
    named.filter(|_| is_service(claims)).unwrap_or(&claims.sub)
}
