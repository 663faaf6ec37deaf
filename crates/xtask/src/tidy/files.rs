//! What each file must be: opened by its charge, of a readable size, well named, without SQL in its strings.
//!
//! **Must not:** read what git does not track or would not; build output is nobody's source.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::{Findings, literals};
use crate::workspace::Workspace;

const LINES_WARN: usize = 400;
const LINES_MAX: usize = 600;

/// Files that may be longer than the limit, each with its reason.
const LONG: &[(&str, &str)] = &[];

/// Names that say nothing: code without a home means a noun is missing.
const HOMELESS: &[&str] = &["util", "utils", "common", "misc", "helper", "helpers", "shared", "manager"];

/// Crates that may hold SQL for an engine in their strings: the language, its renderer, the drivers' own crate, and the tools.
const SQL_ALLOWED: &[&str] = &[
    "crates/pgsql/",
    "crates/render/",
    "crates/database/",
    "crates/testkit/",
    "crates/xtask/",
    "bench/",
    "oracle/",
    "fuzz/",
];

pub(super) fn check(workspace: &Workspace, findings: &mut Findings) -> Result<()> {
    let listed = workspace.output(workspace.command("git").args([
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
    ]))?;
    for path in listed.lines() {
        let full = workspace.root().join(path);
        if path.ends_with(".rs") && full.exists() {
            let text = fs::read_to_string(&full).with_context(|| format!("reading `{path}`"))?;
            check_source(path, &text, findings);
        }
        if path.ends_with("package-lock.json") && full.exists() {
            let text = fs::read_to_string(&full).with_context(|| format!("reading `{path}`"))?;
            check_lock(path, &text, findings);
        }
    }
    Ok(())
}

fn check_source(path: &str, text: &str, findings: &mut Findings) {
    if !text.starts_with("//!") {
        findings
            .fail(format!("{path}: opens without `//!`: say first what this module knows and must not do"));
    }
    check_name(path, findings);
    check_size(path, text.lines().count(), findings);
    let is_test = is_test(path);
    if !is_test && !SQL_ALLOWED.iter().any(|allowed| path.starts_with(allowed)) {
        for (line, literal) in literals::strings(literals::without_tests(text)) {
            if literals::is_sql(&literal) {
                findings.fail(format!(
                    "{path}:{line}: SQL in a string: write it in `render`, or in a `.sql` file beside the module"
                ));
            }
        }
    }
}

fn check_name(path: &str, findings: &mut Findings) {
    if path.ends_with("/mod.rs") {
        findings.fail(format!("{path}: no `mod.rs`: name the file after its module, beside the folder"));
    }
    let mut names =
        Path::new(path).iter().filter_map(|part| part.to_str()).map(|part| part.trim_end_matches(".rs"));
    if let Some(name) = names.find(|name| HOMELESS.contains(name)) {
        findings.fail(format!("{path}: `{name}` says nothing: find the noun"));
    }
}

fn check_size(path: &str, lines: usize, findings: &mut Findings) {
    if is_test(path) || LONG.iter().any(|(long, _)| *long == path) {
        return;
    }
    if lines > LINES_MAX {
        findings.fail(format!("{path}: {lines} lines, more than {LINES_MAX}: find the second noun"));
    } else if lines > LINES_WARN {
        findings.warn(format!("{path}: {lines} lines, more than {LINES_WARN}"));
    }
}

fn check_lock(path: &str, text: &str, findings: &mut Findings) {
    if text.contains("\"resolved\"") {
        findings.fail(format!("{path}: holds download addresses: set `omit-lockfile-registry-resolved`"));
    }
}

fn is_test(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("/tests.rs") || path.ends_with("_tests.rs")
}
