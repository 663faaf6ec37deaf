//! One of the writers: it writes until the server is gone, and keeps its ledger.
//!
//! **Must not:** repeat a write whose outcome is unknown.

use std::net::SocketAddr;

use anyhow::Result;
use testkit::http::{Client, Request};
use testkit::json;
use testkit::token;

use super::dice::Dice;
use super::ledger::{Entry, Ledger, Outcome, Presence};

const BATCH: usize = 7;

/// A writer with a connection and a ledger.
pub(super) struct Writer {
    client: Client,
    key: String,
    dice: Dice,
    ledger: Ledger,
}

impl Writer {
    pub(super) fn new(server: SocketAddr, dice: Dice, ledger: Ledger) -> Self {
        Self { client: Client::new(server), key: token::role_key("service_role"), dice, ledger }
    }

    /// Writes until an answer stays away; gives back the ledger.
    pub(super) fn run(mut self) -> Result<Ledger> {
        loop {
            let outcome = match self.dice.between(0, 10) {
                0..4 => self.insert_one()?,
                4..6 => self.insert_batch()?,
                6 => self.insert_batch_with_a_repeated_key()?,
                7 => self.transfer()?,
                8 => self.count()?,
                _ => self.delete_one()?,
            };
            self.ledger.conclude(outcome)?;
            if outcome == Outcome::Unknown {
                return Ok(self.ledger);
            }
        }
    }

    fn insert_one(&mut self) -> Result<Outcome> {
        let row = self.row(None);
        self.insert(vec![row], &[])
    }

    fn insert_batch(&mut self) -> Result<Outcome> {
        let batch = self.dice.uuid();
        let rows = (0..BATCH).map(|_| self.row(Some(&batch))).collect();
        self.insert(rows, &[])
    }

    /// A batch that must be refused whole, for its last row has the key of one that is there.
    fn insert_batch_with_a_repeated_key(&mut self) -> Result<Outcome> {
        let Some(taken) = self.some_entry() else { return self.insert_one() };
        let batch = self.dice.uuid();
        let rows = (1..BATCH).map(|_| self.row(Some(&batch))).collect();
        self.insert(rows, &[taken])
    }

    fn insert(&mut self, rows: Vec<(String, Entry)>, taken: &[String]) -> Result<Outcome> {
        let writer = self.ledger.writer;
        let fresh = rows.iter().map(|(id, entry)| {
            let batch = entry.batch.as_ref().map_or("null".to_owned(), |batch| format!("\"{batch}\""));
            format!(r#"{{"id":"{id}","writer":{writer},"payload":"{}","batch":{batch}}}"#, entry.payload)
        });
        let repeated = taken
            .iter()
            .map(|id| format!(r#"{{"id":"{id}","writer":{writer},"payload":"again","batch":null}}"#));
        let body = format!("[{}]", fresh.chain(repeated).collect::<Vec<_>>().join(","));
        self.ledger.intend(&format!("insert {body}"))?;
        let outcome = self.send("POST", "/rest/v1/entries", &body, None);
        self.ledger.inserted(rows, outcome);
        Ok(outcome)
    }

    fn transfer(&mut self) -> Result<Outcome> {
        let (first, second) = self.ledger.balances[0];
        let total = first + second;
        let first = i64::try_from(self.dice.between(0, total.unsigned_abs() + 1))?;
        let second = total - first;
        let account = self.ledger.writer * 2;
        let body =
            format!(r#"[{{"id":{account},"balance":{first}}},{{"id":{},"balance":{second}}}]"#, account + 1);
        self.ledger.intend(&format!("transfer {body}"))?;
        let outcome = self.send("POST", "/rest/v1/accounts", &body, Some("resolution=merge-duplicates"));
        self.ledger.transferred((first, second), outcome);
        Ok(outcome)
    }

    /// An update that holds only for the version that was last acknowledged.
    fn count(&mut self) -> Result<Outcome> {
        let version = self.ledger.versions[0];
        let target = format!("/rest/v1/counters?writer=eq.{}&version=eq.{version}", self.ledger.writer);
        let body = format!(r#"{{"version":{}}}"#, version + 1);
        self.ledger.intend(&format!("count {body}"))?;
        let outcome = self.send("PATCH", &target, &body, None);
        self.ledger.counted(version + 1, outcome);
        Ok(outcome)
    }

    fn delete_one(&mut self) -> Result<Outcome> {
        let Some(id) = self.some_entry() else { return self.insert_one() };
        self.ledger.intend(&format!("delete {id}"))?;
        let outcome = self.send("DELETE", &format!("/rest/v1/entries?id=eq.{id}"), "", None);
        self.ledger.deleted(&id, outcome);
        Ok(outcome)
    }

    /// An entry that is surely there.
    fn some_entry(&mut self) -> Option<String> {
        let from = self.dice.uuid();
        let present =
            |(id, entry): (&String, &Entry)| (entry.presence == Presence::Present).then(|| id.clone());
        let after = self.ledger.entries.range(from..).find_map(present);
        after.or_else(|| self.ledger.entries.iter().find_map(present))
    }

    fn row(&mut self, batch: Option<&String>) -> (String, Entry) {
        let payload = format!("{:016x}", self.dice.next()).repeat(4);
        (self.dice.uuid(), Entry { payload, batch: batch.cloned(), presence: Presence::Either })
    }

    /// A refusal counts as one only with the server's own error body; anything else is as good as no answer.
    fn send(&mut self, method: &str, target: &str, body: &str, prefer: Option<&str>) -> Outcome {
        let mut request = Request::new(method, target).header("apikey", &self.key);
        request = request.header("authorization", &format!("Bearer {}", self.key));
        if let Some(prefer) = prefer {
            request = request.header("prefer", prefer);
        }
        if !body.is_empty() {
            request = request.json(body);
        }
        match self.client.send(&request) {
            Ok(answer) if (200..300).contains(&answer.status) => Outcome::Acknowledged,
            Ok(answer) if json::parse(&answer.text()).is_ok_and(|body| body.get("code").is_some()) => {
                Outcome::Rejected
            }
            Ok(_) | Err(_) => Outcome::Unknown,
        }
    }
}
