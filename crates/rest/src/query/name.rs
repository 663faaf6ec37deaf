//! The smallest parts of the grammar: names, JSON paths, fields, types (rest.md §2.1).
//! **Must not:** know which names exist.

use super::cursor::{Cursor, END, Stop};

pub(super) const FIELD: &str = "field name (* or [a..z0..9_$])";
pub(super) const DOT: &str = "delimiter (.)";

/// A name as the caller wrote it, unchecked. It has no `Display`: only a lookup may use it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// A name that did not come through the grammar: a path segment, a member of a body.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, to look it up.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A column, and where in its JSON to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The column.
    pub name: Name,
    /// The steps into it; empty for the column itself.
    pub json_path: Vec<JsonStep>,
}

/// One step of a JSON path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonStep {
    /// What the step gives.
    pub arrow: Arrow,
    /// Where it goes.
    pub operand: Operand,
}

/// What a JSON step gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrow {
    /// `->`: JSON.
    Json,
    /// `->>`: text.
    Text,
}

/// Where a JSON step goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// The member of an object.
    Key(String),
    /// The element of an array, from its end when negative.
    Index(i32),
}

/// `name := quoted | ident { "-" ident }`
pub(super) fn name(cursor: &mut Cursor<'_, '_, '_>) -> Result<Name, Stop> {
    if let Some(text) = quoted(cursor)? {
        return Ok(Name(text));
    }
    let text = dashed(cursor, is_ident);
    let trimmed = text.trim();
    if trimmed.is_empty() { cursor.stop(FIELD) } else { Ok(Name(trimmed.to_owned())) }
}

/// A field: a name and its JSON path.
pub(super) fn field(cursor: &mut Cursor<'_, '_, '_>) -> Result<Field, Stop> {
    Ok(Field { name: name(cursor)?, json_path: json_path(cursor)? })
}

/// The steps that follow a name; none when no arrow follows.
pub(super) fn json_path(cursor: &mut Cursor<'_, '_, '_>) -> Result<Vec<JsonStep>, Stop> {
    let mut steps = Vec::new();
    loop {
        let arrow = if cursor.take("->>", "\"->>\"") {
            Arrow::Text
        } else if cursor.take("->", "\"->\"") {
            Arrow::Json
        } else {
            return Ok(steps);
        };
        steps.push(JsonStep { arrow, operand: operand(cursor)? });
    }
}

/// The word that names a type or a text search configuration: `1+ of letter digit "_" " " "$"`.
pub(super) fn word(cursor: &mut Cursor<'_, '_, '_>) -> Result<Name, Stop> {
    let text = cursor.take_while(is_ident).trim();
    if text.is_empty() { cursor.stop("letter") } else { Ok(Name(text.to_owned())) }
}

/// A text in double quotes, in which a backslash takes the next character as it is; `None` when none begins here.
pub(super) fn quoted(cursor: &mut Cursor<'_, '_, '_>) -> Result<Option<String>, Stop> {
    if !cursor.rest().starts_with('"') {
        return Ok(None);
    }
    cursor.require("\"", FIELD)?;
    let mut text = String::new();
    loop {
        text.push_str(cursor.take_while(|c| !matches!(c, '"' | '\\')));
        if cursor.take("\"", "\"\\\"\"") {
            return Ok(Some(text));
        }
        cursor.require("\\", "\"\\\\\"")?;
        let Some(literal) = cursor.peek() else { return cursor.stop("any character") };
        cursor.skip(1);
        text.push(literal);
    }
}

fn operand(cursor: &mut Cursor<'_, '_, '_>) -> Result<Operand, Stop> {
    let start = cursor.mark();
    if let Some(index) = index(cursor) {
        return Ok(Operand::Index(index));
    }
    cursor.rewind(start);
    if let Some(key) = quoted(cursor)? {
        return Ok(Operand::Key(key));
    }
    let key = dashed(cursor, |c| !matches!(c, '(' | ')' | '-' | ':' | '.' | ',' | '>'));
    // A key that would begin with a dash is a bad index: the complaint about digits stands.
    if key.is_empty() { cursor.stop("digit") } else { Ok(Operand::Key(key.to_owned())) }
}

/// Digits are an index only when the path, the item or the text ends after them: `->1a` is a key.
fn index(cursor: &mut Cursor<'_, '_, '_>) -> Option<i32> {
    let negative = cursor.rest().starts_with('-');
    if negative {
        cursor.skip(1);
    }
    let digits = cursor.take_while(|c| c.is_ascii_digit());
    if digits.is_empty() {
        cursor.miss("digit");
        return None;
    }
    let rest = cursor.rest();
    if !(rest.is_empty() || ["->", "::", ".", ","].iter().any(|follower| rest.starts_with(follower))) {
        for label in ["digit", "\"->\"", "\"::\"", "\".\"", "\",\"", END] {
            cursor.miss(label);
        }
        return None;
    }
    // No array is that long: an index beyond the type finds nothing, as a big one does.
    let size = digits.parse::<i32>().unwrap_or(i32::MAX);
    Some(if negative { -size } else { size })
}

fn is_ident(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | ' ' | '$')
}

/// `part { "-" part }`, where the dash must not begin an arrow.
fn dashed<'t>(cursor: &mut Cursor<'t, '_, '_>, fits: impl Fn(char) -> bool) -> &'t str {
    let whole = cursor.rest();
    let mut length = cursor.take_while(&fits).len();
    while length > 0 {
        let mark = cursor.mark();
        let rest = cursor.rest();
        if !rest.starts_with('-') || rest.starts_with("->") {
            break;
        }
        cursor.skip(1);
        let part = cursor.take_while(&fits).len();
        if part == 0 {
            cursor.rewind(mark);
            break;
        }
        length += 1 + part;
    }
    &whole[..length]
}
