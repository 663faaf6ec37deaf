//! The data of the benches: the same rows for both services, and the proof that both answer alike.
//!
//! **Must not:** draw anything at random; two runs measure the same data.

use anyhow::{Context, Result, bail};
use testkit::http::Request;
use testkit::json;
use testkit::token;

use super::service::Service;

const PEOPLE: u64 = 20;
const PROJECTS_EACH: u64 = 100;
const TASKS_EACH: u64 = 10;
const TAGS: u64 = 50;
const ROWS_A_REQUEST: usize = 1000;

/// The tasks of the person who asks are numbered from 1 to this.
pub(super) const OWN_TASKS: u64 = PROJECTS_EACH * TASKS_EACH;

/// Reads that must be answered alike; the scripts ask the same.
const READS: [&str; 4] = [
    "/rest/v1/tasks?id=eq.17&select=id,title,done,priority",
    "/rest/v1/tasks?id=eq.15017&select=id,title,done,priority",
    "/rest/v1/tasks?select=id,title,done,priority,created_at&done=eq.false&order=priority.desc,id&limit=20",
    "/rest/v1/projects?select=id,name,tasks(id,title,done,tags(id,name))&order=id&tasks.order=id&tasks.tags.order=id&limit=10",
];

/// Writes every row, and an account to sign in to.
pub(super) fn load(service: &Service) -> Result<()> {
    let projects = (0..PEOPLE * PROJECTS_EACH).map(|number| {
        let owner = person(number / PROJECTS_EACH);
        format!(r#"{{"id":{},"owner":"{owner}","name":"project {number}","created_at":"2026-01-01T00:00:00+00:00"}}"#, number + 1)
    });
    send(service, "projects", projects)?;
    let tasks = (0..PEOPLE * PROJECTS_EACH * TASKS_EACH).map(|number| {
        let project = number / TASKS_EACH;
        format!(
            r#"{{"id":{},"project_id":{},"owner":"{}","title":"task number {number}","done":{},"priority":{},"due":"2026-{:02}-{:02}","created_at":"2026-02-{:02}T12:{:02}:00+00:00"}}"#,
            number + 1,
            project + 1,
            person(project / PROJECTS_EACH),
            number % 3 == 0,
            (number * 7) % 10,
            number % 12 + 1,
            number % 28 + 1,
            number % 28 + 1,
            number % 60
        )
    });
    send(service, "tasks", tasks)?;
    let tags = (0..TAGS).map(|number| {
        format!(r#"{{"id":{},"owner":"{}","name":"tag {number}"}}"#, number + 1, token::user_id("ann"))
    });
    send(service, "tags", tags)?;
    let links = (0..OWN_TASKS * 2).map(|number| {
        let (task, second) = (number / 2, number % 2);
        format!(r#"{{"task_id":{},"tag_id":{}}}"#, task + 1, (task + second * 7) % TAGS + 1)
    });
    send(service, "task_tags", links)?;
    let body = r#"{"email":"bench@example.org","password":"correct horse battery"}"#;
    service.send_as(&Request::new("POST", "/auth/v1/signup").json(body), &token::role_key("anon"))?;
    Ok(())
}

/// An error unless both services give the same rows, and take the same writes.
pub(super) fn compare(ours: &Service, theirs: &Service) -> Result<()> {
    same_reads(ours, theirs)?;
    let update = Request::new("PATCH", "/rest/v1/tasks?id=eq.18").json(r#"{"done":true}"#);
    let foreign = Request::new("PATCH", "/rest/v1/tasks?id=eq.15018").json(r#"{"done":true}"#);
    let insert =
        Request::new("POST", "/rest/v1/tasks").json(r#"{"project_id":50,"title":"compared","priority":9}"#);
    for request in [update, foreign, insert] {
        let (mine, other) = (ours.send(&request)?, theirs.send(&request)?);
        if mine.status != other.status {
            bail!("{} {} is answered {} and {}", request.method, request.target, mine.status, other.status);
        }
    }
    same_reads(ours, theirs)
}

fn same_reads(ours: &Service, theirs: &Service) -> Result<()> {
    for target in READS {
        let request = Request::new("GET", target);
        let (mine, other) = (ours.send(&request)?.text(), theirs.send(&request)?.text());
        let same = json::parse(&mine)?.same(&json::parse(&other)?);
        if !same {
            let differs = mine.chars().zip(other.chars()).take_while(|(mine, other)| mine == other).count();
            let part =
                |text: &str| text.chars().skip(differs.saturating_sub(80)).take(160).collect::<String>();
            bail!("`{target}` is answered differently:\n…{}…\n…{}…", part(&mine), part(&other));
        }
    }
    Ok(())
}

fn send(service: &Service, table: &str, rows: impl Iterator<Item = String>) -> Result<()> {
    let rows: Vec<String> = rows.collect();
    for some in rows.chunks(ROWS_A_REQUEST) {
        let request =
            Request::new("POST", &format!("/rest/v1/{table}")).json(&format!("[{}]", some.join(",")));
        service
            .send_as(&request, &token::role_key("service_role"))
            .with_context(|| format!("loading `{table}`"))?;
    }
    Ok(())
}

/// The first person is the one who asks.
fn person(number: u64) -> String {
    if number == 0 { token::user_id("ann") } else { token::user_id(&format!("user{number}")) }
}
