//! PostgreSQL's array literals: `{1,2}`, `{{a,"b c"},{NULL,""}}`.
//!
//! **Must not:** read lower bounds other than 1; they are refused.

use super::{DIMENSIONS_MAX, element_text, holds_json, into_text, too_many_dimensions};
use crate::json::{Json, Kind};
use crate::types::Type;
use crate::value::{Value, ValueError, write_json};

/// Reads a literal into the stored form; `to_value` is the element type's input.
pub fn parse_literal(
    text: &str,
    mut to_value: impl FnMut(&str) -> Result<Value, ValueError>,
    element: &Type,
) -> Result<String, ValueError> {
    let trimmed = text.trim_start_matches(is_space);
    let shown = if trimmed.starts_with('{') { trimmed } else { text };
    let malformed = |detail: &str| {
        ValueError::new("22P02", format!("malformed array literal: \"{shown}\"")).detail(detail)
    };
    let body = skip_dimensions(trimmed)?;
    if !body.starts_with('{') {
        return Err(malformed("Array value must start with \"{\" or dimension information."));
    }
    let mut scanner = Scanner { rest: body, depth: 0 };
    let mut shape = Shape::default();
    // The form is judged whole before any element is read, as in PostgreSQL.
    let mut tokens = Vec::new();
    loop {
        let token = scanner.next().map_err(malformed)?;
        shape.take(&token).map_err(|problem| problem.into_error(malformed))?;
        tokens.push(token);
        if scanner.depth == 0 {
            break;
        }
    }
    if !scanner.rest.trim_start_matches(is_space).is_empty() {
        return Err(malformed("Junk after closing right brace."));
    }
    if holds_json(element) && shape.leaf_depth > 1 {
        return Err(ValueError::unsupported("an array of json has one dimension here"));
    }
    let mut out = Vec::with_capacity(text.len());
    for token in tokens {
        match token {
            Token::Open => out.push(b'['),
            Token::Close => out.push(b']'),
            Token::Comma => out.push(b','),
            Token::Element(None) => out.extend_from_slice(b"null"),
            Token::Element(Some(element_text)) => write_json(&to_value(&element_text)?, element, &mut out),
        }
    }
    Ok(into_text(out))
}

/// Takes `[1:3]=` off the front. Only lower bounds of 1 can be kept.
fn skip_dimensions(text: &str) -> Result<&str, ValueError> {
    if !text.starts_with('[') {
        return Ok(text);
    }
    let Some((dimensions, rest)) = text.split_once('=') else { return Ok(text) };
    let each = dimensions.trim_end_matches(is_space).split_terminator(']');
    let from_one = each.clone().all(|dimension| {
        dimension.strip_prefix('[').is_some_and(|bounds| match bounds.split_once(':') {
            Some((lower, _)) => lower == "1",
            None => true,
        })
    });
    if !from_one {
        return Err(ValueError::unsupported("array lower bounds other than 1 are not supported"));
    }
    Ok(rest.trim_start_matches(is_space))
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}')
}

#[derive(Debug, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    Comma,
    /// An element's text; nothing is NULL.
    Element(Option<String>),
}

struct Scanner<'a> {
    rest: &'a str,
    depth: usize,
}

impl Scanner<'_> {
    fn next(&mut self) -> Result<Token, &'static str> {
        self.rest = self.rest.trim_start_matches(is_space);
        let first = self.rest.chars().next().ok_or("Unexpected end of input.")?;
        let token = match first {
            '{' => {
                self.depth += 1;
                Token::Open
            }
            '}' => {
                self.depth -= 1;
                Token::Close
            }
            ',' => Token::Comma,
            '"' => return self.quoted(),
            _ => return self.unquoted(),
        };
        self.rest = &self.rest[1..];
        Ok(token)
    }

    fn quoted(&mut self) -> Result<Token, &'static str> {
        let mut text = String::new();
        let mut characters = self.rest.char_indices().skip(1);
        loop {
            let (at, character) = characters.next().ok_or("Unexpected end of input.")?;
            match character {
                '"' => {
                    self.rest = &self.rest[at + 1..];
                    return Ok(Token::Element(Some(text)));
                }
                '\\' => text.push(characters.next().ok_or("Unexpected end of input.")?.1),
                _ => text.push(character),
            }
        }
    }

    fn unquoted(&mut self) -> Result<Token, &'static str> {
        let mut text = String::new();
        let mut escaped = false;
        // Spaces at the end do not count unless they were escaped.
        let mut kept = 0;
        let mut characters = self.rest.char_indices();
        let end = loop {
            let (at, character) = characters.next().ok_or("Unexpected end of input.")?;
            match character {
                '{' => return Err("Unexpected \"{\" character."),
                '"' => return Err("Unexpected array element."),
                '}' | ',' => break at,
                '\\' => {
                    escaped = true;
                    text.push(characters.next().ok_or("Unexpected end of input.")?.1);
                    kept = text.len();
                }
                _ => {
                    text.push(character);
                    if !is_space(character) {
                        kept = text.len();
                    }
                }
            }
        };
        text.truncate(kept);
        self.rest = &self.rest[end..];
        let null = !escaped && text.eq_ignore_ascii_case("null");
        Ok(Token::Element(if null { None } else { Some(text) }))
    }
}

/// What was read so far of the dimensions, and what may come next.
#[derive(Debug, Default)]
struct Shape {
    /// How many items each open level has.
    counts: Vec<usize>,
    /// How many items a finished level of that depth has.
    lengths: Vec<Option<usize>>,
    /// The depth at which elements stand; 0 before the first.
    leaf_depth: usize,
    after: After,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum After {
    #[default]
    Open,
    Item,
    Comma,
}

impl Shape {
    /// Takes a token in; the detail of what is wrong with it, or an error of its own.
    fn take(&mut self, token: &Token) -> Result<(), Problem> {
        match token {
            Token::Open => self.open(),
            Token::Close => self.close(),
            Token::Comma if self.after == After::Item => {
                self.after = After::Comma;
                Ok(())
            }
            Token::Comma => Err(Problem::Detail("Unexpected \",\" character.")),
            Token::Element(_) => self.element(),
        }
    }

    fn open(&mut self) -> Result<(), Problem> {
        let depth = self.counts.len();
        if self.after == After::Item || (self.leaf_depth > 0 && depth >= self.leaf_depth) {
            return Err(Problem::Detail("Unexpected \"{\" character."));
        }
        if depth >= DIMENSIONS_MAX {
            return Err(Problem::Error(too_many_dimensions(depth + 1)));
        }
        if let Some(count) = self.counts.last_mut() {
            *count += 1;
        }
        self.counts.push(0);
        if self.lengths.len() < self.counts.len() {
            self.lengths.push(None);
        }
        self.after = After::Open;
        Ok(())
    }

    fn close(&mut self) -> Result<(), Problem> {
        let depth = self.counts.len();
        let count = self.counts.pop().unwrap_or(0);
        if self.after == After::Comma || (self.after == After::Open && depth > 1) {
            return Err(Problem::Detail("Unexpected \"}\" character."));
        }
        match self.lengths[depth - 1] {
            Some(length) if length != count => {
                let detail = "Multidimensional arrays must have sub-arrays with matching dimensions.";
                return Err(Problem::Detail(detail));
            }
            _ => self.lengths[depth - 1] = Some(count),
        }
        self.after = After::Item;
        Ok(())
    }

    fn element(&mut self) -> Result<(), Problem> {
        let depth = self.counts.len();
        if self.after == After::Item || (self.leaf_depth > 0 && self.leaf_depth != depth) {
            return Err(Problem::Detail("Unexpected array element."));
        }
        if self.lengths.len() > depth {
            return Err(Problem::Detail("Unexpected array element."));
        }
        self.leaf_depth = depth;
        if let Some(count) = self.counts.last_mut() {
            *count += 1;
        }
        self.after = After::Item;
        Ok(())
    }
}

enum Problem {
    Detail(&'static str),
    Error(ValueError),
}

impl Problem {
    fn into_error(self, malformed: impl Fn(&str) -> ValueError) -> ValueError {
        match self {
            Self::Detail(detail) => malformed(detail),
            Self::Error(error) => error,
        }
    }
}

/// Prints a stored array as a literal.
pub fn write_literal(stored: &str, element: &Type, out: &mut String) {
    write_level(Json::trusted(stored), element, out);
}

fn write_level(json: Json<'_>, element: &Type, out: &mut String) {
    out.push('{');
    for (index, inner) in json.elements().enumerate() {
        if index > 0 {
            out.push(',');
        }
        if inner.kind() == Kind::Array && !holds_json(element) {
            write_level(inner, element, out);
            continue;
        }
        match element_text(inner, element) {
            Some(text) => write_element(&text, out),
            None => out.push_str("NULL"),
        }
    }
    out.push('}');
}

fn write_element(text: &str, out: &mut String) {
    let special = |c: char| matches!(c, '"' | '\\' | '{' | '}' | ',') || is_space(c);
    if !text.is_empty() && !text.contains(special) && !text.eq_ignore_ascii_case("null") {
        out.push_str(text);
        return;
    }
    out.push('"');
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            out.push('\\');
        }
        out.push(character);
    }
    out.push('"');
}
