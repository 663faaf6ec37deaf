//! Comparing what a restarted server holds with what the writers were told.
//!
//! **Must not:** forgive: whatever no ledger allows is a violation.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use anyhow::{Context, Result, bail};
use testkit::http::{self, Request};
use testkit::json::{self, Json};
use testkit::token;

use super::ledger::{Ledger, Presence};

const PAGE: usize = 500;

/// Everything that contradicts a ledger.
pub(super) fn violations(server: SocketAddr, ledgers: &[Ledger]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    entries(server, ledgers, &mut found)?;
    accounts(server, ledgers, &mut found)?;
    counters(server, ledgers, &mut found)?;
    Ok(found)
}

fn entries(server: SocketAddr, ledgers: &[Ledger], found: &mut Vec<String>) -> Result<()> {
    let mut stored: BTreeMap<String, (String, Option<String>)> = BTreeMap::new();
    for row in rows(server, "entries", "id")? {
        let id = text(&row, "id")?;
        let batch = row.get("batch").and_then(Json::text).map(str::to_owned);
        stored.insert(id, (text(&row, "payload")?, batch));
    }
    let mut batches: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for ledger in ledgers {
        for (id, entry) in &ledger.entries {
            let row = stored.remove(id);
            match (entry.presence, &row) {
                (Presence::Present, None) => found.push(format!("entry {id} was acknowledged and is lost")),
                (Presence::Absent, Some(_)) => {
                    found.push(format!("entry {id} was refused or deleted and is there"));
                }
                _ => {}
            }
            if let Some((payload, _)) = &row
                && *payload != entry.payload
            {
                found.push(format!("entry {id} holds another payload than was written"));
            }
            if let Some(batch) = entry.batch.as_deref()
                && entry.presence == Presence::Either
            {
                let counts = batches.entry(batch).or_default();
                counts.0 += usize::from(row.is_some());
                counts.1 += 1;
            }
        }
    }
    for (batch, (there, meant)) in batches {
        // One row of a whole batch may be the one whose deletion stayed without an answer.
        if meant > 1 && there != 0 && there != meant {
            found.push(format!("batch {batch} is torn: {there} of {meant} rows"));
        }
    }
    found.extend(stored.keys().map(|id| format!("entry {id} is there and nobody meant to write it")));
    Ok(())
}

fn accounts(server: SocketAddr, ledgers: &[Ledger], found: &mut Vec<String>) -> Result<()> {
    let stored = numbers(server, "accounts", "id", "balance")?;
    for ledger in ledgers {
        let account = i64::try_from(ledger.writer * 2)?;
        let pair = (stored.get(&account).copied(), stored.get(&(account + 1)).copied());
        let possible = ledger.balances.iter().any(|(first, second)| pair == (Some(*first), Some(*second)));
        if !possible {
            found.push(format!(
                "accounts of writer {}: {pair:?} is none of {:?}",
                ledger.writer, ledger.balances
            ));
        }
    }
    Ok(())
}

fn counters(server: SocketAddr, ledgers: &[Ledger], found: &mut Vec<String>) -> Result<()> {
    let stored = numbers(server, "counters", "writer", "version")?;
    for ledger in ledgers {
        let version = stored.get(&i64::try_from(ledger.writer)?);
        if !version.is_some_and(|version| ledger.versions.contains(version)) {
            found.push(format!(
                "counter of writer {}: {version:?} is none of {:?}",
                ledger.writer, ledger.versions
            ));
        }
    }
    Ok(())
}

fn numbers(server: SocketAddr, table: &str, key: &str, value: &str) -> Result<BTreeMap<i64, i64>> {
    let pair = |row: &Json| Ok((text(row, key)?.parse()?, text(row, value)?.parse()?));
    rows(server, table, key)?.iter().map(pair).collect()
}

/// All rows of a table, page by page along its key.
fn rows(server: SocketAddr, table: &str, key: &str) -> Result<Vec<Json>> {
    let mut rows: Vec<Json> = Vec::new();
    loop {
        let after = rows.last().map(|row| text(row, key)).transpose()?;
        let after = after.map(|after| format!("&{key}=gt.{after}")).unwrap_or_default();
        let page = read(server, &format!("/rest/v1/{table}?order={key}&limit={PAGE}{after}"))?;
        let count = page.items().len();
        rows.extend(page.items().iter().cloned());
        if count < PAGE {
            return Ok(rows);
        }
    }
}

fn read(server: SocketAddr, target: &str) -> Result<Json> {
    let answer = send(server, &Request::new("GET", target))?;
    json::parse(&answer).with_context(|| format!("`{target}` did not answer JSON"))
}

/// Sends a request as the service role; the body of a good answer.
pub(super) fn send(server: SocketAddr, request: &Request) -> Result<String> {
    let key = token::role_key("service_role");
    let request = request.clone().header("apikey", &key).header("authorization", &format!("Bearer {key}"));
    let answer = http::send(server, &request)?;
    if !(200..300).contains(&answer.status) {
        bail!("`{} {}` answered {}: {}", request.method, request.target, answer.status, answer.text());
    }
    Ok(answer.text())
}

fn text(row: &Json, key: &str) -> Result<String> {
    match row.get(key) {
        Some(Json::Text(text)) => Ok(text.clone()),
        Some(value) => Ok(value.to_string()),
        None => bail!("a row without `{key}`: {row}"),
    }
}
