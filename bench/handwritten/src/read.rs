//! Reads: one task, a page of tasks, a page of projects with their tasks and tags.
//!
//! **Must not:** read a row of another owner.

use axum::extract::{Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use crate::Service;
use crate::claims::Claims;
use crate::failure::Failure;

#[derive(Deserialize)]
pub(crate) struct TasksQuery {
    id: Option<String>,
    done: Option<String>,
    limit: Option<u32>,
}

#[derive(Deserialize)]
pub(crate) struct ProjectsQuery {
    limit: Option<u32>,
}

#[derive(Serialize)]
struct OneTask {
    id: i64,
    title: String,
    done: bool,
    priority: i64,
}

#[derive(Serialize)]
struct PageTask {
    id: i64,
    title: String,
    done: bool,
    priority: i64,
    created_at: String,
}

#[derive(Serialize)]
struct Project {
    id: i64,
    name: String,
    tasks: Vec<ProjectTask>,
}

#[derive(Serialize)]
struct ProjectTask {
    id: i64,
    title: String,
    done: bool,
    tags: Vec<Tag>,
}

#[derive(Serialize)]
struct Tag {
    id: i64,
    name: String,
}

/// `?id=eq.N` is one task; `?done=eq.false&limit=20` a page, most urgent first.
pub(crate) async fn tasks(
    State(service): State<Service>,
    claims: Claims,
    Query(query): Query<TasksQuery>,
) -> Result<Response, Failure> {
    if let Some(id) = &query.id {
        let id: i64 = equals(id)?;
        return json(&service.store.read(|connection| one_task(connection, &claims.sub, id))?);
    }
    let done: bool = equals(query.done.as_deref().unwrap_or("eq.false"))?;
    let limit = query.limit.unwrap_or(20);
    json(&service.store.read(|connection| page_of_tasks(connection, &claims.sub, done, limit))?)
}

/// A page of projects, each with its tasks, each with its tags.
pub(crate) async fn projects(
    State(service): State<Service>,
    claims: Claims,
    Query(query): Query<ProjectsQuery>,
) -> Result<Response, Failure> {
    let limit = query.limit.unwrap_or(10);
    json(&service.store.read(|connection| page_of_projects(connection, &claims.sub, limit))?)
}

fn one_task(connection: &Connection, owner: &str, id: i64) -> rusqlite::Result<Vec<OneTask>> {
    let text = "select id, title, done, priority from tasks where id = ?1 and owner = ?2";
    let mut statement = connection.prepare_cached(text)?;
    let task = |row: &Row<'_>| {
        Ok(OneTask { id: row.get(0)?, title: row.get(1)?, done: row.get(2)?, priority: row.get(3)? })
    };
    statement.query_map(params![id, owner], task)?.collect()
}

fn page_of_tasks(
    connection: &Connection,
    owner: &str,
    done: bool,
    limit: u32,
) -> rusqlite::Result<Vec<PageTask>> {
    let text = "select id, title, done, priority, created_at from tasks where owner = ?1 and done = ?2 \
                order by priority desc, id limit ?3";
    let mut statement = connection.prepare_cached(text)?;
    let task = |row: &Row<'_>| {
        Ok(PageTask {
            id: row.get(0)?,
            title: row.get(1)?,
            done: row.get(2)?,
            priority: row.get(3)?,
            created_at: row.get(4)?,
        })
    };
    statement.query_map(params![owner, done, limit], task)?.collect()
}

fn page_of_projects(connection: &Connection, owner: &str, limit: u32) -> rusqlite::Result<Vec<Project>> {
    let mut statement =
        connection.prepare_cached("select id, name from projects where owner = ?1 order by id limit ?2")?;
    let mut rows = statement.query(params![owner, limit])?;
    let mut projects = Vec::new();
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        projects.push(Project { id, name: row.get(1)?, tasks: tasks_of_project(connection, owner, id)? });
    }
    Ok(projects)
}

/// One statement gives a line for each tag of each task; tasks come in order, so that the last one is the one to add to.
fn tasks_of_project(
    connection: &Connection,
    owner: &str,
    project: i64,
) -> rusqlite::Result<Vec<ProjectTask>> {
    let text = "select tasks.id, tasks.title, tasks.done, tags.id, tags.name from tasks \
                left join task_tags on task_tags.task_id = tasks.id \
                left join tags on tags.id = task_tags.tag_id and tags.owner = ?2 \
                where tasks.project_id = ?1 and tasks.owner = ?2 order by tasks.id, tags.id";
    let mut statement = connection.prepare_cached(text)?;
    let mut rows = statement.query(params![project, owner])?;
    let mut tasks: Vec<ProjectTask> = Vec::new();
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        if tasks.last().is_none_or(|task| task.id != id) {
            tasks.push(ProjectTask { id, title: row.get(1)?, done: row.get(2)?, tags: Vec::new() });
        }
        if let (Some(tag), Some(task)) = (row.get::<_, Option<i64>>(3)?, tasks.last_mut()) {
            task.tags.push(Tag { id: tag, name: row.get(4)? });
        }
    }
    Ok(tasks)
}

/// The value of `eq.value`.
pub(crate) fn equals<T: std::str::FromStr>(text: &str) -> Result<T, Failure> {
    let value = text.strip_prefix("eq.").ok_or(Failure::BadRequest("only `eq` is known"))?;
    value.parse().map_err(|_| Failure::BadRequest("the value does not fit the column"))
}

fn json<T: Serialize>(rows: &[T]) -> Result<Response, Failure> {
    let body = serde_json::to_vec(rows).map_err(|_| Failure::Database)?;
    let range = if rows.is_empty() { "*/*".to_owned() } else { format!("0-{}/*", rows.len() - 1) };
    let headers =
        [(CONTENT_TYPE.as_str(), "application/json; charset=utf-8".to_owned()), ("content-range", range)];
    Ok((headers, body).into_response())
}
