//! Running a case against a server.
//!
//! **Must not:** know how the server was started or which engine it has.

use std::net::SocketAddr;

use anyhow::{Context, Result, bail};

use super::expect::{self, Kept};
use super::{Caller, Case, Step, rewrite};
use crate::http::{self, Request, Response};
use crate::token;

/// Runs every step; what differs is returned in words, empty when all is as expected.
///
/// With `update` the file's expectations are rewritten to what came.
pub fn run(case: &Case, server: SocketAddr, update: bool) -> Result<Vec<String>> {
    let mut kept = Kept::new();
    let mut failures = Vec::new();
    let mut answers = Vec::new();
    for step in &case.steps {
        let before = contents(&step.unchanged, server)?;
        let answer = ask(step, server, &kept).with_context(|| format!("line {}", step.line))?;
        let mut differs = expect::differences(&step.expected, &answer, &mut kept);
        let rewritten = (!differs.is_empty()).then(|| answer.clone());
        answers.push(rewritten);
        let after = contents(&step.unchanged, server)?;
        for ((table, before), after) in step.unchanged.iter().zip(before).zip(after) {
            if before != after {
                differs.push(format!("table `{table}` changed:\nbefore {before}\nafter  {after}"));
            }
        }
        failures
            .extend(differs.into_iter().map(|text| format!("{}:{}: {text}", case.path.display(), step.line)));
    }
    if update && answers.iter().any(Option::is_some) {
        rewrite::rewrite(case, &answers)?;
    }
    Ok(failures)
}

fn ask(step: &Step, server: SocketAddr, kept: &Kept) -> Result<Response> {
    let mut request = Request::new(&step.method, &encode(&fill(&step.target, kept)));
    for (name, value) in &step.headers {
        request.headers.push((name.clone(), fill(value, kept)));
    }
    let names = |header: &str| step.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(header));
    for (name, value) in credentials(&step.caller) {
        if !names(name) {
            request.headers.push((name.to_owned(), value));
        }
    }
    if let Some(body) = &step.body {
        request.body = Some(fill(body, kept).into_bytes());
        if !names("content-type") {
            request.headers.push(("content-type".to_owned(), "application/json".to_owned()));
        }
    } else if matches!(step.method.as_str(), "POST" | "PUT" | "PATCH") {
        request.body = Some(Vec::new());
    }
    http::send(server, &request).context("no answer")
}

/// What a client of that caller sends: the project's key, and the token of whoever asks.
fn credentials(caller: &Caller) -> Vec<(&'static str, String)> {
    let (key, token) = match caller {
        Caller::Nobody => return Vec::new(),
        Caller::Anon => (token::role_key("anon"), token::role_key("anon")),
        Caller::Service => (token::role_key("service_role"), token::role_key("service_role")),
        Caller::User(name) => (token::role_key("anon"), token::user_token(name)),
        Caller::Role(role) => (token::role_key("anon"), token::role_key(role)),
    };
    vec![("apikey", key), ("authorization", format!("Bearer {token}"))]
}

/// The rows of each table, as text.
fn contents(tables: &[String], server: SocketAddr) -> Result<Vec<String>> {
    let read = |table: &String| {
        let mut request = Request::new("GET", &format!("/rest/v1/{table}"));
        for (name, value) in credentials(&Caller::Service) {
            request = request.header(name, &value);
        }
        let answer = http::send(server, &request)?;
        if answer.status != 200 {
            bail!("`unchanged: {table}` could not be read: {} {}", answer.status, answer.text());
        }
        Ok(answer.text())
    };
    tables.iter().map(read).collect()
}

/// Puts what was kept in the place of `{{name}}`.
fn fill(text: &str, kept: &Kept) -> String {
    kept.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{{{name}}}}}"), value))
}

/// Encodes what may not stand in a request line, so that a case can be read.
fn encode(target: &str) -> String {
    let mut encoded = String::new();
    for byte in target.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>`".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
