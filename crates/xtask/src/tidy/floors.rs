//! The floors of ARCHITECTURE.md: a crate uses only crates below it.
//!
//! **Must not:** know outside crates; `deny.toml` says who may use which of them.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Findings;

/// The product's crates, lowest floor first. Crates of one floor never name each other.
const FLOORS: &[(u8, &[&str])] = &[
    (1, &["algebra"]),
    (2, &["catalog"]),
    (3, &["plan", "pgsql"]),
    (4, &["policy"]),
    (5, &["render"]),
    (6, &["database"]),
    (7, &["web", "migrate"]),
    (8, &["rest", "graphql", "realtime", "auth", "storage", "functions", "jobs", "console"]),
    (9, &["server"]),
];

/// Crates that stand beside the floors, and what each may use of ours.
const BESIDE: &[(&str, &[&str])] = &[("testkit", &[]), ("xtask", &["testkit"]), ("handwritten", &[])];

/// What floors 1 to 5 must not have in their manifests: they do no I/O and await nothing.
const IMPURE: &[&str] = &["tokio", "tokio-util", "hyper", "hyper-util", "axum", "http", "tracing"];
const PURE_UP_TO: u8 = 5;

pub(super) fn check(metadata: &Value, findings: &mut Findings) -> Result<()> {
    let packages = metadata["packages"].as_array().context("metadata has packages")?;
    let members: BTreeSet<&str> = metadata["workspace_members"]
        .as_array()
        .context("metadata has members")?
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let ours: Vec<&Value> = packages
        .iter()
        .filter(|package| package["id"].as_str().is_some_and(|id| members.contains(id)))
        .collect();
    let names: BTreeSet<&str> = ours.iter().filter_map(|package| package["name"].as_str()).collect();
    for package in ours {
        check_package(package, &names, findings);
    }
    Ok(())
}

fn check_package(package: &Value, ours: &BTreeSet<&str>, findings: &mut Findings) {
    let name = package["name"].as_str().unwrap_or("?");
    let own_floor = floor(name);
    let beside = BESIDE.iter().find(|(beside, _)| *beside == name);
    if own_floor.is_none() && beside.is_none() {
        findings.fail(format!("crate `{name}` stands on no floor: add it to the table in xtask's floors.rs and to ARCHITECTURE.md"));
        return;
    }
    for dependency in package["dependencies"].as_array().into_iter().flatten() {
        let used = dependency["name"].as_str().unwrap_or("?");
        let for_tests = dependency["kind"].as_str() == Some("dev");
        if let Some(own) = own_floor
            && own <= PURE_UP_TO
            && !for_tests
            && IMPURE.contains(&used)
        {
            findings.fail(format!(
                "crate `{name}` (floor {own}) depends on `{used}`: floors 1 to {PURE_UP_TO} do no I/O"
            ));
        }
        if !ours.contains(used) {
            continue;
        }
        let allowed = match (own_floor, beside) {
            (_, Some((_, uses))) => uses.contains(&used),
            (Some(_), None) if used == "testkit" => for_tests,
            (Some(own), None) => floor(used).is_some_and(|below| below < own),
            (None, None) => false,
        };
        if !allowed {
            findings
                .fail(format!("crate `{name}` depends on `{used}`, which does not stand on a lower floor"));
        }
    }
}

fn floor(name: &str) -> Option<u8> {
    FLOORS.iter().find(|(_, crates)| crates.contains(&name)).map(|(floor, _)| *floor)
}
