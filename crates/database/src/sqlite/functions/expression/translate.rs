//! PostgreSQL's writing of regular expressions in the engine's.
//!
//! **Must not:** compile.

use std::iter::Peekable;
use std::str::Chars;

use algebra::value::ValueError;

type Source<'a> = Peekable<Chars<'a>>;

/// The same expression as the engine writes it.
pub(super) fn translated(text: &str) -> Result<String, ValueError> {
    let mut out = String::with_capacity(text.len());
    let mut source = text.chars().peekable();
    let mut depth = 0_usize;
    let unbalanced = || ValueError::new("2201B", "invalid regular expression: parentheses () not balanced");
    while let Some(character) = source.next() {
        match character {
            '\\' => escaped(&mut source, &mut out)?,
            '[' => bracketed(&mut source, &mut out)?,
            '(' => {
                depth += 1;
                opened(&mut source, &mut out)?;
            }
            ')' => {
                depth = depth.checked_sub(1).ok_or_else(unbalanced)?;
                out.push(')');
            }
            // A brace that no number follows is a character like others.
            '{' if !source.peek().is_some_and(char::is_ascii_digit) => out.push_str("\\{"),
            '}' if !out.ends_with(|last: char| last.is_ascii_digit() || last == ',') => out.push_str("\\}"),
            other => out.push(other),
        }
    }
    if depth == 0 { Ok(out) } else { Err(unbalanced()) }
}

fn escaped(source: &mut Source<'_>, out: &mut String) -> Result<(), ValueError> {
    let Some(letter) = source.next() else {
        return Err(ValueError::new("2201B", "invalid regular expression: invalid escape \\ sequence"));
    };
    match letter {
        'm' => out.push_str("\\b{start}"),
        'M' => out.push_str("\\b{end}"),
        'y' => out.push_str("\\b"),
        'Y' => out.push_str("\\B"),
        'Z' => out.push_str("\\z"),
        'B' => out.push_str("\\\\"),
        'e' => out.push_str("\\x1B"),
        '1'..='9' => {
            return Err(ValueError::unsupported("back-references in regular expressions are not supported"));
        }
        other if other.is_ascii_alphanumeric() => out.extend(['\\', other]),
        other => out.push_str(&regex::escape(other.encode_utf8(&mut [0; 4]))),
    }
    Ok(())
}

fn opened(source: &mut Source<'_>, out: &mut String) -> Result<(), ValueError> {
    out.push('(');
    if source.peek() != Some(&'?') {
        return Ok(());
    }
    source.next();
    out.push('?');
    match source.peek() {
        Some(':') => Ok(()),
        Some('=' | '!' | '<') => {
            Err(ValueError::unsupported("look-around in regular expressions is not supported"))
        }
        _ => Err(ValueError::new("2201B", "invalid regular expression: quantifier operand invalid")),
    }
}

/// A bracket expression, in which the engine has signs that PostgreSQL takes as they stand.
fn bracketed(source: &mut Source<'_>, out: &mut String) -> Result<(), ValueError> {
    let rest: String = source.clone().collect();
    for (word, boundary) in [("[:<:]]", "\\b{start}"), ("[:>:]]", "\\b{end}")] {
        if rest.starts_with(word) {
            source.nth(word.len() - 1);
            out.push_str(boundary);
            return Ok(());
        }
    }
    out.push('[');
    if source.next_if_eq(&'^').is_some() {
        out.push('^');
    }
    let mut is_first = true;
    while let Some(character) = source.next() {
        match character {
            ']' if !is_first => {
                out.push(']');
                return Ok(());
            }
            '[' if source.peek() == Some(&':') => class(source, out),
            '[' if matches!(source.peek(), Some('.' | '=')) => {
                let text = "collating elements in regular expressions are not supported";
                return Err(ValueError::unsupported(text));
            }
            '\\' => escaped(source, out)?,
            ']' | '[' | '&' | '~' | '^' | '#' | ' ' => out.extend(['\\', character]),
            other => out.push(other),
        }
        is_first = false;
    }
    Err(ValueError::new("2201B", "invalid regular expression: brackets [] not balanced"))
}

/// `[:alpha:]`, behind its first bracket.
fn class(source: &mut Source<'_>, out: &mut String) {
    out.push('[');
    for character in source.by_ref() {
        out.push(character);
        if character == ']' {
            return;
        }
    }
}
