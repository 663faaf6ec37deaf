//! Functions over regular expressions, and text taken apart by separators.

use std::ops::Range;
use std::sync::Arc;

use algebra::array;
use algebra::like::{self, Case};
use algebra::types::Type;
use algebra::value::{Value, ValueError};

use super::super::expression::{Expression, Found, unknown_option};
use super::super::{Arguments, Body};
use crate::sqlite::body;

type Answer = Result<Value, ValueError>;

/// A compiled expression and whether all of its places are meant (`g`).
struct Pattern {
    expression: Arc<Expression>,
    all: bool,
}

/// The expression that argument 1 writes, under the options of argument `flags` when there is one.
fn pattern(row: &Arguments<'_>, flags: Option<usize>) -> Result<Pattern, ValueError> {
    let written = flags.filter(|index| *index < row.len()).map_or(Ok(""), |index| row.text(index))?;
    let all = written.contains('g');
    let options: String = written.chars().filter(|option| *option != 'g').collect();
    let expression = if options.is_empty() {
        row.kept(1, |text| Expression::read(text, Case::Sensitive))?
    } else {
        Arc::new(Expression::with_options(row.text(1)?, &options)?)
    };
    Ok(Pattern { expression, all })
}

/// As [`pattern`], for functions that say themselves how many places they take.
fn single(row: &Arguments<'_>, flags: Option<usize>, function: &str) -> Result<Pattern, ValueError> {
    let pattern = pattern(row, flags)?;
    if pattern.all {
        let text = format!("{function}() does not support the \"global\" option");
        return Err(ValueError::invalid_parameter(text));
    }
    Ok(pattern)
}

fn texts(values: &[Value]) -> Answer {
    Ok(Value::Text(array::from_values(values, &Type::Text)))
}

fn group(found: &Found<'_>, number: usize) -> Value {
    found.text(number).map_or(Value::Null, |text| Value::Text(text.to_owned()))
}

/// The groups of a place; the place itself when the expression has none.
fn groups(found: &Found<'_>) -> Answer {
    let numbers = if found.len() > 1 { 1..found.len() } else { 0..1 };
    texts(&numbers.map(|number| group(found, number)).collect::<Vec<_>>())
}

fn substring(row: &Arguments<'_>) -> Answer {
    let pattern = pattern(row, None)?;
    let found = pattern.expression.first(row.text(0)?);
    Ok(found.map_or(Value::Null, |found| group(&found, usize::from(found.len() > 1))))
}

/// `substring(a similar b escape c)`: the part between the separators, which `escape"` writes.
fn substring_similar(row: &Arguments<'_>) -> Answer {
    let escape = like::escape_character(row.text(2)?)?;
    let expression =
        Expression::read(&like::similar_to_regular_expression(row.text(1)?, escape)?, Case::Sensitive)?;
    let found = expression.first(row.text(0)?);
    Ok(found.map_or(Value::Null, |found| group(&found, usize::from(found.len() > 1))))
}

fn first_match(row: &Arguments<'_>) -> Answer {
    let pattern = pattern(row, Some(2))?;
    if pattern.all {
        let text = "regexp_match() does not support the \"global\" option";
        return Err(ValueError::invalid_parameter(text).hint("Use the regexp_matches function instead."));
    }
    pattern.expression.first(row.text(0)?).map_or(Ok(Value::Null), |found| groups(&found))
}

fn all_matches(row: &Arguments<'_>) -> Answer {
    let pattern = pattern(row, Some(2))?;
    let most = if pattern.all { usize::MAX } else { 1 };
    let places = pattern.expression.places(row.text(0)?, 0).take(most);
    let found = places.map(|found| groups(&found)).collect::<Result<Vec<_>, _>>()?;
    Ok(Value::Text(body::stored_array(&found)))
}

fn is_like(row: &Arguments<'_>) -> Answer {
    let pattern = single(row, Some(2), "regexp_like")?;
    Ok(Value::Bool(pattern.expression.is_match(row.text(0)?)))
}

/// A whole argument that counts from one; left out it is `otherwise`.
fn counted(
    row: &Arguments<'_>,
    index: usize,
    name: &str,
    least: i64,
    otherwise: i64,
) -> Result<i64, ValueError> {
    if index >= row.len() {
        return Ok(otherwise);
    }
    let value = row.int(index)?;
    if value < least {
        return Err(ValueError::invalid_parameter(format!(
            "invalid value for parameter \"{name}\": {value}"
        )));
    }
    Ok(value)
}

/// The byte at which the character that argument `index` counts begins.
fn start(row: &Arguments<'_>, index: usize) -> Result<usize, ValueError> {
    let character = counted(row, index, "start", 1, 1)?;
    let text = row.text(0)?;
    let before = usize::try_from(character - 1).unwrap_or(usize::MAX);
    // Behind the last character there is nothing to find, not even nothing.
    Ok(text
        .char_indices()
        .nth(before)
        .map_or(text.len() + usize::from(before > text.chars().count()), |(at, _)| at))
}

fn count(row: &Arguments<'_>) -> Answer {
    let pattern = single(row, Some(3), "regexp_count")?;
    let places = pattern.expression.places(row.text(0)?, start(row, 2)?).count();
    Ok(Value::Int(i64::try_from(places).unwrap_or(i64::MAX)))
}

/// The nth place and the group that is meant of it.
fn nth(row: &Arguments<'_>, pattern: &Pattern, group: usize) -> Result<Option<Range<usize>>, ValueError> {
    let number = counted(row, 3, "n", 1, 1)?;
    let group = counted(row, group, "subexpr", 0, 0)?;
    let mut places = pattern.expression.places(row.text(0)?, start(row, 2)?);
    let place = places.nth(usize::try_from(number - 1).unwrap_or(usize::MAX));
    Ok(place.and_then(|found| found.group(usize::try_from(group).unwrap_or(usize::MAX))))
}

fn part(row: &Arguments<'_>) -> Answer {
    let pattern = single(row, Some(4), "regexp_substr")?;
    let found = nth(row, &pattern, 5)?;
    let text = row.text(0)?;
    Ok(found.map_or(Value::Null, |range| Value::Text(text[range].to_owned())))
}

fn place(row: &Arguments<'_>) -> Answer {
    let pattern = single(row, Some(5), "regexp_instr")?;
    let end = counted(row, 4, "endoption", 0, 0)?;
    if end > 1 {
        return Err(ValueError::invalid_parameter(format!(
            "invalid value for parameter \"endoption\": {end}"
        )));
    }
    let Some(found) = nth(row, &pattern, 6)? else { return Ok(Value::Int(0)) };
    let bytes = if end == 1 { found.end } else { found.start };
    let before = row.text(0)?[..bytes].chars().count();
    Ok(Value::Int(i64::try_from(before + 1).unwrap_or(i64::MAX)))
}

/// What is written for a place: `\1` is a group, `\&` the place, `\\` a backslash.
fn fill(template: &str, found: &Found<'_>, out: &mut String) {
    let mut characters = template.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        let number = match characters.next() {
            Some('&') => 0,
            Some(digit @ '1'..='9') => digit.to_digit(10).unwrap_or(0) as usize,
            Some('\\') | None => {
                out.push('\\');
                continue;
            }
            Some(other) => {
                out.extend(['\\', other]);
                continue;
            }
        };
        out.push_str(found.text(number).unwrap_or_default());
    }
}

/// Replaces the place of this number, or all of them from the start on.
fn replaced(row: &Arguments<'_>, pattern: &Pattern, start: usize, number: Option<usize>) -> Answer {
    let (text, template) = (row.text(0)?, row.text(2)?);
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (index, found) in pattern.expression.places(text, start).enumerate() {
        if number.is_some_and(|number| number != index) {
            continue;
        }
        let whole = found.whole();
        out.push_str(&text[copied..whole.start]);
        fill(template, &found, &mut out);
        copied = whole.end;
        if number.is_some() {
            break;
        }
    }
    out.push_str(&text[copied..]);
    Ok(Value::Text(out))
}

fn replace(row: &Arguments<'_>) -> Answer {
    if let Some(digit) = row.text(3).unwrap_or("").chars().next().filter(char::is_ascii_digit) {
        return Err(unknown_option(digit)
            .hint("If you meant to use regexp_replace() with a start parameter, cast the fourth argument to integer explicitly."));
    }
    let pattern = pattern(row, Some(3))?;
    let number = if pattern.all { None } else { Some(0) };
    replaced(row, &pattern, 0, number)
}

/// With a start and a number, of which none is all.
fn replace_nth(row: &Arguments<'_>) -> Answer {
    let pattern = pattern(row, Some(5))?;
    let start = start(row, 3)?;
    let number = counted(row, 4, "n", 0, if pattern.all { 0 } else { 1 })?;
    replaced(row, &pattern, start, usize::try_from(number - 1).ok())
}

/// The parts between the places; an empty place at the start, the end or behind another separates nothing.
fn split(row: &Arguments<'_>, function: &str) -> Result<Vec<Value>, ValueError> {
    let pattern = single(row, Some(2), function)?;
    let text = row.text(0)?;
    let (mut parts, mut from) = (Vec::new(), 0);
    for found in pattern.expression.places(text, 0) {
        let whole = found.whole();
        if whole.is_empty() && (whole.end == from || whole.start >= text.len()) {
            continue;
        }
        parts.push(Value::Text(text[from..whole.start].to_owned()));
        from = whole.end;
    }
    parts.push(Value::Text(text[from..].to_owned()));
    Ok(parts)
}

fn split_to_array(row: &Arguments<'_>) -> Answer {
    texts(&split(row, "regexp_split_to_array")?)
}

fn split_to_table(row: &Arguments<'_>) -> Answer {
    Ok(Value::Text(body::stored_array(&split(row, "regexp_split_to_table")?)))
}

fn maybe<'a>(row: &'a Arguments<'_>, index: usize) -> Result<Option<&'a str>, ValueError> {
    if row.is_null(index) { Ok(None) } else { row.text(index).map(Some) }
}

/// The parts as an array; NULL of NULL.
fn separated(row: &Arguments<'_>) -> Result<Option<String>, ValueError> {
    let Some(text) = maybe(row, 0)? else { return Ok(None) };
    Ok(Some(array::from_text(text, maybe(row, 1)?, maybe(row, 2)?)))
}

fn string_to_array(row: &Arguments<'_>) -> Answer {
    Ok(separated(row)?.map_or(Value::Null, Value::Text))
}

fn string_to_table(row: &Arguments<'_>) -> Answer {
    let parts = separated(row)?.map_or_else(Vec::new, |parts| array::unnest(&parts, &Type::Text));
    Ok(Value::Text(body::stored_array(&parts)))
}

fn array_to_string(row: &Arguments<'_>) -> Answer {
    let (Some(array), Some(separator)) = (maybe(row, 1)?, maybe(row, 2)?) else { return Ok(Value::Null) };
    let ty = row.type_of(0)?;
    let element = ty.element().unwrap_or(&ty);
    Ok(Value::Text(array::to_text(array, separator, maybe(row, 3)?, element)))
}

const SEARCH: &[Body] = &[
    Body { symbol: "pg_substring_pattern", run: substring },
    Body { symbol: "pg_substring_similar", run: substring_similar },
    Body { symbol: "pg_regexp_match", run: first_match },
    Body { symbol: "pg_regexp_match_flags", run: first_match },
    Body { symbol: "pg_regexp_matches", run: all_matches },
    Body { symbol: "pg_regexp_matches_flags", run: all_matches },
    Body { symbol: "pg_regexp_like", run: is_like },
    Body { symbol: "pg_regexp_like_flags", run: is_like },
    Body { symbol: "pg_regexp_count", run: count },
    Body { symbol: "pg_regexp_count_start", run: count },
    Body { symbol: "pg_regexp_count_flags", run: count },
    Body { symbol: "pg_regexp_instr", run: place },
    Body { symbol: "pg_regexp_instr_start", run: place },
    Body { symbol: "pg_regexp_instr_number", run: place },
    Body { symbol: "pg_regexp_instr_end", run: place },
    Body { symbol: "pg_regexp_instr_flags", run: place },
    Body { symbol: "pg_regexp_instr_group", run: place },
    Body { symbol: "pg_regexp_substr", run: part },
    Body { symbol: "pg_regexp_substr_start", run: part },
    Body { symbol: "pg_regexp_substr_number", run: part },
    Body { symbol: "pg_regexp_substr_flags", run: part },
    Body { symbol: "pg_regexp_substr_group", run: part },
];

const CHANGE: &[Body] = &[
    Body { symbol: "pg_regexp_replace", run: replace },
    Body { symbol: "pg_regexp_replace_flags", run: replace },
    Body { symbol: "pg_regexp_replace_start", run: replace_nth },
    Body { symbol: "pg_regexp_replace_number", run: replace_nth },
    Body { symbol: "pg_regexp_replace_number_flags", run: replace_nth },
    Body { symbol: "pg_regexp_split_to_array", run: split_to_array },
    Body { symbol: "pg_regexp_split_to_array_flags", run: split_to_array },
    Body { symbol: "pg_regexp_split_to_table", run: split_to_table },
    Body { symbol: "pg_regexp_split_to_table_flags", run: split_to_table },
    Body { symbol: "pg_string_to_array", run: string_to_array },
    Body { symbol: "pg_string_to_array_null", run: string_to_array },
    Body { symbol: "pg_string_to_table", run: string_to_table },
    Body { symbol: "pg_string_to_table_null", run: string_to_table },
    Body { symbol: "pg_array_to_string", run: array_to_string },
    Body { symbol: "pg_array_to_string_null", run: array_to_string },
];

pub(super) static BODIES: &[&[Body]] = &[SEARCH, CHANGE];
