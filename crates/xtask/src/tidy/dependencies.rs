//! What `deny.toml` says of outside crates, read here as well, so that a machine without `cargo-deny` keeps the rules.
//!
//! Licences and bans only; advisories need a database from outside and are cargo-deny's.
//! **Must not:** hold a rule of its own: the table is `deny.toml`.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;
use toml::Table;

use super::{Findings, licence};
use crate::workspace::Workspace;

pub(super) fn check(workspace: &Workspace, metadata: &Value, findings: &mut Findings) -> Result<()> {
    let text = fs::read_to_string(workspace.root().join("deny.toml")).context("reading deny.toml")?;
    let rules: Table = text.parse().context("deny.toml is not TOML")?;
    let packages = metadata["packages"].as_array().context("metadata has packages")?;
    check_licences(&rules, packages, findings);
    check_bans(&rules, packages, metadata, findings);
    Ok(())
}

fn check_licences(rules: &Table, packages: &[Value], findings: &mut Findings) {
    let allowed = strings(rules.get("licenses").and_then(|licences| licences.get("allow")));
    for package in packages {
        let name = package["name"].as_str().unwrap_or("?");
        let expression = package["license"].as_str().unwrap_or_default();
        if !licence::is_met(expression, &allowed) {
            findings.fail(format!("`{name}` is licensed as `{expression}`, which deny.toml does not allow"));
        }
    }
}

/// A banned crate may be used only by its wrappers, directly.
fn check_bans(rules: &Table, packages: &[Value], metadata: &Value, findings: &mut Findings) {
    let names: BTreeMap<&str, &str> = packages
        .iter()
        .filter_map(|package| Some((package["id"].as_str()?, package["name"].as_str()?)))
        .collect();
    let bans = rules.get("bans").and_then(|bans| bans.get("deny")).and_then(toml::Value::as_array);
    for ban in bans.into_iter().flatten() {
        let Some(banned) = ban.get("crate").and_then(toml::Value::as_str) else { continue };
        let wrappers = strings(ban.get("wrappers"));
        for node in metadata["resolve"]["nodes"].as_array().into_iter().flatten() {
            let user = node["id"].as_str().and_then(|id| names.get(id)).copied().unwrap_or("?");
            let uses = node["dependencies"]
                .as_array()
                .into_iter()
                .flatten()
                .any(|id| id.as_str().and_then(|id| names.get(id)) == Some(&banned));
            if uses && !wrappers.iter().any(|wrapper| wrapper == user) {
                let reason = ban.get("reason").and_then(toml::Value::as_str).unwrap_or("banned");
                findings.fail(format!("`{user}` uses `{banned}`: {reason}"));
            }
        }
    }
}

fn strings(value: Option<&toml::Value>) -> Vec<String> {
    let items = value.and_then(toml::Value::as_array).into_iter().flatten();
    items.filter_map(toml::Value::as_str).map(str::to_owned).collect()
}
