//! `cargo xtask readme`: runs what README.md tells a reader to paste, against a server on the example project.
//!
//! A shell block that holds `curl` is run; a JSON block right after it is what it must print.
//! **Must not:** know what the README says.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};
use testkit::json;
use testkit::project;
use testkit::server::Start;

use crate::workspace::Workspace;

/// The address that the README uses.
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
    let text = fs::read_to_string(workspace.root().join("README.md")).context("reading README.md")?;
    let start = Start::new(&workspace.binary("mainstay")?);
    let project = project::without_data(&workspace.root().join("examples/tasks"))?;
    start.migrate(project.path())?;
    let server = start.server(project.path())?;
    let examples = examples(&text);
    let address = format!("http://{}", server.address());
    let output = Command::new("bash")
        .args(["-c", &script(&examples, &address)])
        .output()
        .context("could not start bash")?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut blocks = printed.split(MARK).skip(1);
    let (mut passed, mut failed) = (0, 0);
    for example in &examples {
        match problem(example, blocks.next()) {
            None => passed += 1,
            Some(problem) => {
                failed += 1;
                println!("README.md:{}: {problem}", example.line);
            }
        }
    }
    if failed > 0 {
        println!("{}", String::from_utf8_lossy(&output.stderr));
    }
    server.stop()?;
    println!("{passed} passed, {failed} failed");
    Ok(failed == 0 && passed > 0 && output.status.success())
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
