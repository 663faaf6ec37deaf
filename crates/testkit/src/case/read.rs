//! Text to a case.
//!
//! **Must not:** guess: a line that fits nowhere is an error with its number.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::{Caller, Case, Expected, Step};

const METHODS: [&str; 8] = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE"];
const DIRECTIVES: [&str; 4] = ["schema", "caller", "setting", "unchanged"];

/// Reads a case from the text of its file.
pub fn read(path: &Path, text: &str) -> Result<Case> {
    let lines: Vec<&str> = text.lines().collect();
    let mut reader = Reader { lines: &lines, at: 0 };
    let mut case =
        Case { path: path.to_path_buf(), schema: String::new(), settings: Vec::new(), steps: Vec::new() };
    let mut caller = Caller::Anon;
    while let Some(line) = reader.peek() {
        let number = reader.at + 1;
        if line.trim().is_empty() || line.starts_with('#') {
            reader.at += 1;
        } else if is_directive(line) {
            reader.at += 1;
            directives(line, &mut case, &mut caller).with_context(|| format!("line {number}"))?;
        } else if request_line(line).is_some() {
            let step = reader.step(caller.clone()).with_context(|| format!("line {number}"))?;
            case.steps.push(step);
        } else {
            bail!("line {number}: expected a directive or a request, found `{line}`");
        }
    }
    if case.schema.is_empty() || case.steps.is_empty() {
        bail!("a case needs a `schema:` and a request");
    }
    Ok(case)
}

struct Reader<'t> {
    lines: &'t [&'t str],
    at: usize,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<&'t str> {
        self.lines.get(self.at).copied()
    }

    fn step(&mut self, caller: Caller) -> Result<Step> {
        let line = self.at + 1;
        let (method, target, inline) = self.peek().and_then(request_line).context("expected a request")?;
        self.at += 1;
        let headers = self.headers();
        let mut body: Vec<&str> = inline.into_iter().collect();
        loop {
            let next = self.peek().context("a request without `--- status`")?;
            if next.starts_with("---") {
                break;
            }
            body.push(next);
            self.at += 1;
        }
        let expected = self.expected()?;
        let body = body.join("\n");
        let body = if body.trim().is_empty() { None } else { Some(body.trim_end().to_owned()) };
        Ok(Step { line, caller, method, target, headers, body, expected, unchanged: Vec::new() })
    }

    fn expected(&mut self) -> Result<Expected> {
        let line = self.at + 1;
        let status = self.peek().unwrap_or_default().trim_start_matches('-').trim();
        let status = status.parse().with_context(|| format!("`{status}` is not a status"))?;
        self.at += 1;
        let headers = self.headers();
        let first = self.at;
        while let Some(next) = self.peek() {
            if next.starts_with('#') || is_directive(next) || request_line(next).is_some() {
                break;
            }
            self.at += 1;
        }
        let mut last = self.at;
        while last > first && self.lines[last - 1].trim().is_empty() {
            last -= 1;
        }
        let body = self.lines[first..last].join("\n").trim().to_owned();
        Ok(Expected { line, status, headers, body, body_lines: (first, last) })
    }

    /// Header lines, and the blank line after them if there is one.
    fn headers(&mut self) -> Vec<(String, String)> {
        let mut headers = Vec::new();
        while let Some((name, value)) = self.peek().and_then(header) {
            headers.push((name.to_owned(), value.to_owned()));
            self.at += 1;
        }
        if self.peek().is_some_and(|line| line.trim().is_empty()) {
            self.at += 1;
        }
        headers
    }
}

/// `METHOD /target`, and after two blanks the body if it is short.
fn request_line(line: &str) -> Option<(String, String, Option<&str>)> {
    let (method, rest) = line.split_once(' ')?;
    if !METHODS.contains(&method) || !rest.starts_with('/') {
        return None;
    }
    let (target, body) = match rest.split_once("  ") {
        Some((target, body)) => (target, Some(body.trim_start())),
        None => (rest.trim_end(), None),
    };
    Some((method.to_owned(), target.to_owned(), body))
}

fn header(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(": ")?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (is_name && !DIRECTIVES.contains(&name)).then(|| (name, value.trim()))
}

fn is_directive(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| DIRECTIVES.contains(&name))
}

/// `name: value`, several on a line when two blanks stand between them.
fn directives(line: &str, case: &mut Case, caller: &mut Caller) -> Result<()> {
    for part in line.split("  ").map(str::trim).filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once(':').with_context(|| format!("`{part}` is not `name: value`"))?;
        let value = value.trim();
        match name {
            "schema" => value.clone_into(&mut case.schema),
            "caller" => *caller = who(value)?,
            "setting" => {
                let (name, value) = value.split_once('=').context("a setting is `NAME=value`")?;
                case.settings.push((name.to_owned(), value.to_owned()));
            }
            "unchanged" => {
                let step =
                    case.steps.last_mut().context("`unchanged:` stands after the answer it is about")?;
                step.unchanged.extend(value.split(',').map(|table| table.trim().to_owned()));
            }
            _ => bail!("unknown directive `{name}`"),
        }
    }
    Ok(())
}

fn who(value: &str) -> Result<Caller> {
    Ok(match value {
        "nobody" => Caller::Nobody,
        "anon" => Caller::Anon,
        "service" => Caller::Service,
        _ => match value.split_once(' ') {
            Some(("role", role)) => Caller::Role(role.to_owned()),
            Some(_) => {
                bail!("`{value}` is not a caller: write nobody, anon, service, a first name, or `role name`")
            }
            None => Caller::User(value.to_owned()),
        },
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::read;
    use crate::case::Caller;

    #[test]
    fn a_case_is_read_line_by_line() {
        let text = "# Why.\nschema: notes  caller: ann\n\nPATCH /rest/v1/notes?id=eq.2  {\"title\":\"mine\"}\nPrefer: return=minimal\n--- 200\ncontent-type: application/json\n\n[]\nunchanged: notes, tags\n\ncaller: role clerk\nPOST /x\n\n{\n}\n--- 204\n";
        let case = read(Path::new("x.case"), text).expect("the case is well formed");
        assert_eq!(case.schema, "notes");
        assert_eq!(case.steps.len(), 2);
        let first = &case.steps[0];
        assert_eq!(first.caller, Caller::User("ann".into()));
        assert_eq!(first.target, "/rest/v1/notes?id=eq.2");
        assert_eq!(first.body.as_deref(), Some("{\"title\":\"mine\"}"));
        assert_eq!(first.headers, [("Prefer".to_owned(), "return=minimal".to_owned())]);
        assert_eq!(first.expected.body, "[]");
        assert_eq!(first.unchanged, ["notes", "tags"]);
        let second = &case.steps[1];
        assert_eq!(second.caller, Caller::Role("clerk".into()));
        assert_eq!(second.body.as_deref(), Some("{\n}"));
        assert_eq!((second.expected.status, second.expected.body.as_str()), (204, ""));
        assert!(!case.only_reads());
    }

    #[test]
    fn a_line_that_fits_nowhere_is_refused() {
        for text in [
            "GET /x\n--- 200\n",
            "schema: a\nFETCH /x\n",
            "schema: a\nGET /x\n",
            "schema: a\nGET /x\n--- fine\n",
        ] {
            assert!(read(Path::new("x.case"), text).is_err(), "{text:?} was accepted");
        }
    }
}
