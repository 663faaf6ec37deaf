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

/// What a server holds.
#[derive(Default)]
pub(super) struct Stored {
    /// Payload by id.
    entries: BTreeMap<String, String>,
    balances: BTreeMap<u64, i64>,
    versions: BTreeMap<u64, i64>,
}

impl Stored {
    /// Reads all of it.
    pub(super) fn read(server: SocketAddr) -> Result<Self> {
        let mut stored = Self::default();
        for row in rows(server, "entries", "id")? {
            stored.entries.insert(text(&row, "id")?, text(&row, "payload")?);
        }
        for row in rows(server, "accounts", "id")? {
            stored.balances.insert(text(&row, "id")?.parse()?, text(&row, "balance")?.parse()?);
        }
        for row in rows(server, "counters", "writer")? {
            stored.versions.insert(text(&row, "writer")?.parse()?, text(&row, "version")?.parse()?);
        }
        Ok(stored)
    }

    /// Everything that contradicts a ledger.
    pub(super) fn violations(mut self, ledgers: &[Ledger]) -> Vec<String> {
        let mut found = Vec::new();
        for ledger in ledgers {
            self.check_entries(ledger, &mut found);
            let writer = ledger.writer;
            let balance = |account: u64| self.balances.get(&account).copied();
            let pair = (balance(writer * 2), balance(writer * 2 + 1));
            if !ledger.balances.iter().any(|(first, second)| pair == (Some(*first), Some(*second))) {
                found.push(format!("accounts of writer {writer}: {pair:?} is none of {:?}", ledger.balances));
            }
            let version = self.versions.get(&writer);
            if !version.is_some_and(|version| ledger.versions.contains(version)) {
                found.push(format!(
                    "counter of writer {writer}: {version:?} is none of {:?}",
                    ledger.versions
                ));
            }
        }
        found.extend(
            self.entries.keys().map(|id| format!("entry {id} is there and nobody meant to write it")),
        );
        found
    }

    /// Takes a writer's entries out; what then is left, nobody wrote.
    fn check_entries(&mut self, ledger: &Ledger, found: &mut Vec<String>) {
        let mut batches: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (id, entry) in &ledger.entries {
            let payload = self.entries.remove(id);
            match (entry.presence, &payload) {
                (Presence::Present, None) => found.push(format!("entry {id} was acknowledged and is lost")),
                (Presence::Absent, Some(_)) => {
                    found.push(format!("entry {id} was refused or deleted and is there"));
                }
                (_, Some(payload)) if *payload != entry.payload => {
                    found.push(format!("entry {id} holds another payload than was written"));
                }
                _ => {}
            }
            if let Some(batch) = entry.batch.as_deref()
                && entry.presence == Presence::Either
            {
                let counts = batches.entry(batch).or_default();
                counts.0 += usize::from(payload.is_some());
                counts.1 += 1;
            }
        }
        for (batch, (there, meant)) in batches {
            // One row of a whole batch may be the one whose deletion stayed without an answer.
            if meant > 1 && there != 0 && there != meant {
                found.push(format!("batch {batch} is torn: {there} of {meant} rows"));
            }
        }
    }
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

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::Stored;
    use crate::faults::ledger::{Entry, Ledger, Outcome, Presence};

    fn ledger() -> Ledger {
        let mut ledger = Ledger::new(0, (10, 10), File::open("/dev/null").unwrap());
        let entry = |batch: Option<&str>| Entry {
            payload: "p".into(),
            batch: batch.map(str::to_owned),
            presence: Presence::Either,
        };
        ledger.inserted(vec![("acknowledged".into(), entry(None))], Outcome::Acknowledged);
        ledger.inserted(vec![("refused".into(), entry(None))], Outcome::Rejected);
        let batch = ["one", "two"].map(|id| (id.to_owned(), entry(Some("b"))));
        ledger.inserted(batch.to_vec(), Outcome::Unknown);
        ledger.transferred((4, 16), Outcome::Unknown);
        ledger.counted(1, Outcome::Acknowledged);
        ledger
    }

    fn check(change: impl FnOnce(&mut Stored), expected: &[&str]) {
        let mut stored = Stored::default();
        stored.entries.insert("acknowledged".into(), "p".into());
        stored.balances.extend([(0, 10), (1, 10)]);
        stored.versions.insert(0, 1);
        change(&mut stored);
        assert_eq!(stored.violations(&[ledger()]), expected);
    }

    #[test]
    fn what_the_answers_allow_is_no_violation() {
        check(|_| {}, &[]);
        check(|stored| stored.entries.extend(["one", "two"].map(|id| (id.into(), "p".into()))), &[]);
        check(|stored| stored.balances.extend([(0, 4), (1, 16)]), &[]);
    }

    #[test]
    fn every_broken_promise_is_found() {
        check(|stored| stored.entries.clear(), &["entry acknowledged was acknowledged and is lost"]);
        check(
            |stored| drop(stored.entries.insert("refused".into(), "p".into())),
            &["entry refused was refused or deleted and is there"],
        );
        check(
            |stored| drop(stored.entries.insert("acknowledged".into(), "q".into())),
            &["entry acknowledged holds another payload than was written"],
        );
        check(
            |stored| drop(stored.entries.insert("foreign".into(), "p".into())),
            &["entry foreign is there and nobody meant to write it"],
        );
        check(
            |stored| drop(stored.entries.insert("one".into(), "p".into())),
            &["batch b is torn: 1 of 2 rows"],
        );
        check(
            |stored| {
                stored.balances.insert(0, 4);
            },
            &["accounts of writer 0: (Some(4), Some(10)) is none of [(10, 10), (4, 16)]"],
        );
        check(|stored| stored.versions.clear(), &["counter of writer 0: None is none of [1]"]);
    }
}
