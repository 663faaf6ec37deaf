//! `cargo xtask docs`: runs what README.md and docs/ tell a reader to paste, against a server on the example project.
//!
//! A shell block that holds `curl` is run; a JSON block right after it is what it must print.
//! Each page has a server and a shell of its own.
//! **Must not:** know what the pages say.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use testkit::json;
use testkit::project;
use testkit::server::Start;

use crate::workspace::Workspace;

/// The address that the pages use.
const ADDRESS: &str = "http://localhost:8000";

/// Stands before the output of each block.
const MARK: &str = "=== the next block ===";

/// Commands, and what they must print if the text says it.
struct Example {
    line: usize,
    commands: String,
    printed: Option<String>,
}

pub(crate) fn run(workspace: &Workspace) -> Result<bool> {
    let binary = workspace.binary("mainstay")?;
    let (mut passed, mut failed) = (0, 0);
    for page in pages(workspace.root())? {
        let text = fs::read_to_string(&page).with_context(|| format!("reading `{}`", page.display()))?;
        let examples = examples(&text);
        if examples.is_empty() {
            continue;
        }
        let problems = run_page(workspace, &binary, &examples)?;
        let name = page.strip_prefix(workspace.root()).unwrap_or(&page).display().to_string();
        for (line, problem) in &problems {
            println!("FAILED {name}:{line}: {problem}");
        }
        println!("{name}: {} blocks", examples.len());
        passed += examples.len() - problems.len();
        failed += problems.len();
    }
    println!("{passed} passed, {failed} failed");
    Ok(failed == 0 && passed > 0)
}

/// The README, then the pages in `docs` by name.
fn pages(root: &Path) -> Result<Vec<PathBuf>> {
    let mut pages: Vec<PathBuf> = fs::read_dir(root.join("docs"))
        .context("reading docs/")?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    pages.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    pages.sort();
    pages.insert(0, root.join("README.md"));
    Ok(pages)
}

/// Runs a page's blocks in order; the line and problem of each that went wrong.
fn run_page(workspace: &Workspace, binary: &Path, examples: &[Example]) -> Result<Vec<(usize, String)>> {
    let start = Start::new(binary);
    let project = project::without_data(&workspace.root().join("examples/tasks"))?;
    start.migrate(project.path())?;
    let server = start.server(project.path())?;
    let script = script(examples, &format!("http://{}", server.address()));
    let output = Command::new("bash").args(["-c", &script]).output().context("could not start bash")?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut blocks = printed.split(MARK).skip(1);
    let mut problems: Vec<(usize, String)> = examples
        .iter()
        .filter_map(|example| problem(example, blocks.next()).map(|problem| (example.line, problem)))
        .collect();
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let last = examples.get(printed.matches(MARK).count().saturating_sub(1));
        problems.push((last.map_or(0, |example| example.line), format!("the commands failed: {said}")));
    }
    server.stop()?;
    Ok(problems)
}

/// All commands as one script, as a reader has one shell; a mark before what each block prints.
fn script(examples: &[Example], address: &str) -> String {
    let mut script = "set -euo pipefail\n".to_owned();
    for example in examples {
        script
            .push_str(&format!("printf '%s\\n' '{MARK}'\n{}\n", example.commands.replace(ADDRESS, address)));
    }
    script
}

fn problem(example: &Example, printed: Option<&str>) -> Option<String> {
    let Some(printed) = printed else { return Some("was not reached".to_owned()) };
    let wanted = example.printed.as_ref()?;
    let same = json::parse(wanted).and_then(|wanted| Ok(wanted.same(&json::parse(printed)?)));
    match same {
        Ok(true) => None,
        Ok(false) => Some(format!("expected\n{wanted}\ngot{printed}")),
        Err(error) => Some(format!("not JSON: {error}\n{printed}")),
    }
}

fn examples(text: &str) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    let mut lines = text.lines().enumerate();
    let mut follows = false;
    while let Some((number, line)) = lines.next() {
        let Some(language) = line.strip_prefix("```") else {
            follows &= line.trim().is_empty();
            continue;
        };
        let block: Vec<&str> =
            lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        let block = block.join("\n");
        if language == "sh" && block.contains("curl") {
            found.push(Example { line: number + 1, commands: block, printed: None });
            follows = true;
        } else if language == "json" && follows {
            if let Some(example) = found.last_mut() {
                example.printed = Some(block);
            }
            follows = false;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::examples;

    #[test]
    fn a_json_block_belongs_to_the_commands_before_it() {
        let text = "# A\n```sh\nmake\n```\n```sh\ncurl x\n```\n\n```json\n[]\n```\nText.\n```sh\ncurl y\n```\nText.\n```json\n{}\n```\n";
        let found = examples(text);
        let pairs: Vec<_> = found
            .iter()
            .map(|example| (example.line, example.commands.as_str(), example.printed.as_deref()))
            .collect();
        assert_eq!(pairs, [(5, "curl x", Some("[]")), (13, "curl y", None)]);
    }
}
