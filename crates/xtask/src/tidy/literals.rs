//! The string literals of a Rust file, and whether one of them is SQL.
//!
//! A small lexer, not a parser: it knows comments, characters, strings and raw strings, which is all the rule needs.
//! **Must not:** judge comments; a doc that shows the SQL a function writes is wanted.

/// The text before the file's unit tests, which stand at its foot.
pub(super) fn without_tests(text: &str) -> &str {
    text.split("\n#[cfg(test)]\nmod ").next().unwrap_or(text)
}

/// Every string literal with the line it begins on.
pub(super) fn strings(text: &str) -> Vec<(usize, String)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            at += rest.find("*/").map_or(rest.len(), |end| end + 2);
        } else if let Some(length) = raw_string(rest) {
            found.push((line_of(text, at), rest[..length].to_owned()));
            at += length;
        } else if bytes[at] == b'"' {
            let length = plain_string(rest);
            found.push((line_of(text, at), rest[..length].to_owned()));
            at += length;
        } else if bytes[at] == b'\'' {
            at += character(rest);
        } else {
            at += next_character(rest);
        }
    }
    found
}

/// Whether a literal begins a statement. SQL that is shown to a person stands in backticks and is passed over.
pub(super) fn is_sql(literal: &str) -> bool {
    let bare = literal.split('`').step_by(2).collect::<Vec<_>>().join(" ").to_lowercase();
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let mut words: Vec<&str> =
        bare.split(|character| !is_word(character)).filter(|word| !word.is_empty()).collect();
    // What opens a raw string is no word of it.
    if literal.starts_with('r') || literal.starts_with("br") {
        words.remove(0);
    }
    let (first, second) = (words.first().copied(), words.get(1).copied().unwrap_or_default());
    match first {
        Some("insert") => second == "into",
        Some("delete") => second == "from",
        Some("create" | "alter" | "drop") => {
            ["table", "index", "view", "trigger", "unique", "temp", "temporary"].contains(&second)
        }
        Some("select" | "with") => words.contains(&"from"),
        Some("update") => words.contains(&"set"),
        Some("pragma" | "savepoint" | "vacuum") => true,
        _ => false,
    }
}

/// The length of a raw string that begins here: `r"…"`, `r#"…"#`, `br"…"`.
fn raw_string(rest: &str) -> Option<usize> {
    let start = if rest.starts_with("br") {
        2
    } else if rest.starts_with('r') {
        1
    } else {
        return None;
    };
    let hashes = rest[start..].bytes().take_while(|byte| *byte == b'#').count();
    let body = start + hashes;
    if rest.as_bytes().get(body) != Some(&b'"') {
        return None;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    Some(rest[body + 1..].find(&close).map_or(rest.len(), |end| body + 1 + end + close.len()))
}

fn plain_string(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// The length of a character literal, or of the quote alone when it opens a lifetime.
fn character(rest: &str) -> usize {
    if let Some(escape) = rest.strip_prefix("'\\") {
        // The escaped character itself may be a quote.
        let passed = escape.chars().next().map_or(0, char::len_utf8);
        return escape[passed..].find('\'').map_or(rest.len(), |end| 2 + passed + end + 1);
    }
    let inner = rest[1..].chars().next().map_or(0, char::len_utf8);
    if rest[1 + inner..].starts_with('\'') { inner + 2 } else { 1 }
}

/// The length of the identifier or character here; an identifier is passed whole, so that its last `r` opens no raw string.
fn next_character(rest: &str) -> usize {
    let word: usize = rest
        .chars()
        .take_while(|character| character.is_alphanumeric() || *character == '_')
        .map(char::len_utf8)
        .sum();
    if word > 0 { word } else { rest.chars().next().map_or(1, char::len_utf8) }
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::{is_sql, strings};

    #[test]
    fn strings_are_found_between_comments_lifetimes_and_characters() {
        let source = "// \"not me\"\nfn f<'a>(c: char) -> &'a str { if c == '\"' { \"one\" } else { r#\"two \"2\"\"# } }";
        let found: Vec<String> = strings(source).into_iter().map(|(_, text)| text).collect();
        assert_eq!(found, ["\"one\"", "r#\"two \"2\"\"#"]);
    }

    #[test]
    fn sql_is_a_statement_and_prose_is_not() {
        assert!(is_sql("\"SELECT id FROM tasks\""));
        assert!(is_sql("\"insert into tasks values ($1)\""));
        assert!(is_sql("\"PRAGMA journal_mode = WAL\""));
        assert!(!is_sql("\"write `create table tasks (…)` instead\""));
        assert!(is_sql("r#\"select 1 from x\"#"));
        assert!(!is_sql("\"cannot delete from scalar\""));
        assert!(!is_sql("\"the table was not created\""));
    }
}
