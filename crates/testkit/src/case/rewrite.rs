//! Writing what came into a case file, in the place of what was expected.
//!
//! **Must not:** touch a step whose answer was as expected, a request, or a comment.

use std::fs;

use anyhow::{Context, Result};

use super::Case;
use crate::http::Response;
use crate::json::{self, Json};

/// Rewrites the expectations of the steps that have an answer here.
pub(super) fn rewrite(case: &Case, answers: &[Option<Response>]) -> Result<()> {
    let text =
        fs::read_to_string(&case.path).with_context(|| format!("reading `{}`", case.path.display()))?;
    let lines: Vec<&str> = text.lines().collect();
    let mut rewritten: Vec<String> = Vec::new();
    let mut copied = 0;
    for (step, answer) in case.steps.iter().zip(answers) {
        let Some(answer) = answer else { continue };
        let expected = &step.expected;
        let start = expected.line - 1;
        rewritten.extend(lines[copied..start].iter().map(|line| (*line).to_owned()));
        rewritten.push(format!("--- {}", answer.status));
        for (name, wanted) in &expected.headers {
            let value = answer.header(name).unwrap_or("<absent>");
            let keeps = wanted.starts_with('<') && (wanted == "<absent>") == (value == "<absent>");
            rewritten.push(format!("{name}: {}", if keeps { wanted } else { value }));
        }
        if !expected.headers.is_empty() && !answer.body.is_empty() {
            rewritten.push(String::new());
        }
        rewritten.extend(body(&expected.body, answer).lines().map(str::to_owned));
        copied = expected.body_lines.1;
    }
    rewritten.extend(lines[copied..].iter().map(|line| (*line).to_owned()));
    let written = rewritten.join("\n") + "\n";
    fs::write(&case.path, written).with_context(|| format!("writing `{}`", case.path.display()))
}

fn body(expected: &str, answer: &Response) -> String {
    let text = answer.text();
    let Ok(value) = json::parse(&text) else { return text };
    match json::parse(expected) {
        Ok(expected) => merged(&expected, &value).laid_out(),
        Err(_) => value.laid_out(),
    }
}

/// What came, with the wildcards of what was expected in their places.
fn merged(expected: &Json, value: &Json) -> Json {
    match (expected, value) {
        (Json::Text(text), _) if text.starts_with('<') && text.ends_with('>') => expected.clone(),
        (Json::Array(wanted), Json::Array(items)) => Json::Array(
            items
                .iter()
                .enumerate()
                .map(|(index, item)| {
                    wanted.get(index).map_or_else(|| item.clone(), |wanted| merged(wanted, item))
                })
                .collect(),
        ),
        (Json::Object(wanted), Json::Object(members)) => {
            let open = wanted.iter().find(|(key, _)| key == "...");
            let kept = members.iter().filter(|(key, _)| open.is_none() || expected.get(key).is_some());
            let member = |(key, item): &(String, Json)| {
                let item = expected.get(key).map_or_else(|| item.clone(), |wanted| merged(wanted, item));
                (key.clone(), item)
            };
            Json::Object(kept.map(member).chain(open.cloned()).collect())
        }
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::merged;
    use crate::json::parse;

    #[test]
    fn wildcards_survive_a_rewrite() {
        let expected = parse(r#"[{"id":"<uuid>","n":1,"...":0}]"#).expect("JSON");
        let value = parse(r#"[{"id":"x","n":2,"more":3},{"id":"y","n":4}]"#).expect("JSON");
        assert_eq!(
            merged(&expected, &value).to_string(),
            r#"[{"id":"<uuid>","n":2,"...":0},{"id":"y","n":4}]"#
        );
    }
}
