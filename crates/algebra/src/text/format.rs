//! `format(text, …)`: `%s`, `%I`, `%L` with positions, widths and flags.
//!
//! **Must not:** know types: its arguments come as their output text.

use super::{RESULT_BYTES_MAX, Side, pad, quote_identifier, quote_literal, too_long};
use crate::value::ValueError;

/// Fills a format with the texts of its arguments; nothing is NULL.
pub fn format(format: &str, arguments: &[Option<String>]) -> Result<String, ValueError> {
    let mut state = Arguments { all: arguments, next: 0 };
    let mut out = String::with_capacity(format.len());
    let mut rest = format;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        if let Some(after) = after.strip_prefix('%') {
            out.push('%');
            rest = after;
            continue;
        }
        let (directive, after) = Directive::parse(after, &mut state)?;
        directive.write(&mut state, &mut out)?;
        rest = after;
        if out.len() > RESULT_BYTES_MAX {
            return Err(too_long());
        }
    }
    out.push_str(rest);
    Ok(out)
}

struct Arguments<'a> {
    all: &'a [Option<String>],
    /// The argument that a directive without a position takes.
    next: usize,
}

impl<'a> Arguments<'a> {
    fn take(&mut self, position: Option<usize>) -> Result<Option<&'a str>, ValueError> {
        let index = match position {
            Some(0) => {
                let message = "format specifies argument 0, but arguments are numbered from 1";
                return Err(ValueError::invalid_parameter(message));
            }
            Some(position) => position - 1,
            None => self.next,
        };
        self.next = index + 1;
        let found = self
            .all
            .get(index)
            .ok_or_else(|| ValueError::invalid_parameter("too few arguments for format()"))?;
        Ok(found.as_deref())
    }
}

/// What stands between `%` and its letter, and the letter.
struct Directive {
    position: Option<usize>,
    left_aligned: bool,
    width: usize,
    letter: char,
}

fn unterminated() -> ValueError {
    ValueError::invalid_parameter("unterminated format() type specifier")
        .hint("For a single \"%\" use \"%%\".")
}

impl Directive {
    fn parse<'f>(text: &'f str, arguments: &mut Arguments<'_>) -> Result<(Self, &'f str), ValueError> {
        let mut rest = text;
        let mut position = None;
        if let Some((number, after)) = digits(rest)?
            && let Some(after) = after.strip_prefix('$')
        {
            position = Some(number);
            rest = after;
        }
        let mut left_aligned = false;
        while let Some(after) = rest.strip_prefix('-') {
            left_aligned = true;
            rest = after;
        }
        let mut width = 0;
        if let Some(after) = rest.strip_prefix('*') {
            rest = after;
            let mut width_position = None;
            if let Some((number, after)) = digits(rest)? {
                let after = after.strip_prefix('$').ok_or_else(|| {
                    ValueError::invalid_parameter("width argument position must be ended by \"$\"")
                })?;
                width_position = Some(number);
                rest = after;
            }
            let signed = arguments.take(width_position)?.map_or(Ok(0), str::parse::<i32>);
            let signed = signed.map_err(|_| ValueError::invalid_parameter("format width is not a number"))?;
            left_aligned |= signed < 0;
            width = signed.unsigned_abs() as usize;
        } else if let Some((number, after)) = digits(rest)? {
            width = number;
            rest = after;
        }
        let letter = rest.chars().next().ok_or_else(unterminated)?;
        Ok((Self { position, left_aligned, width, letter }, &rest[letter.len_utf8()..]))
    }

    fn write(&self, arguments: &mut Arguments<'_>, out: &mut String) -> Result<(), ValueError> {
        if !matches!(self.letter, 's' | 'I' | 'L') {
            let message = format!("unrecognized format() type specifier \"{}\"", self.letter);
            return Err(ValueError::invalid_parameter(message).hint("For a single \"%\" use \"%%\"."));
        }
        let text = match (self.letter, arguments.take(self.position)?) {
            ('s', argument) => argument.unwrap_or("").to_owned(),
            ('L', None) => "NULL".to_owned(),
            ('L', Some(text)) => quote_literal(text),
            (_, Some(text)) => quote_identifier(text),
            (_, None) => {
                return Err(ValueError::new("22004", "null values cannot be formatted as an SQL identifier"));
            }
        };
        if text.chars().count() >= self.width {
            out.push_str(&text);
            return Ok(());
        }
        let side = if self.left_aligned { Side::Right } else { Side::Left };
        let width = i64::try_from(self.width).map_err(|_| too_long())?;
        out.push_str(&pad(&text, width, " ", side)?);
        Ok(())
    }
}

/// Digits at the front of a text, and what follows.
fn digits(text: &str) -> Result<Option<(usize, &str)>, ValueError> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if end == 0 {
        return Ok(None);
    }
    if end == text.len() {
        return Err(unterminated());
    }
    let number = text[..end].parse::<i32>().ok().and_then(|number| usize::try_from(number).ok());
    let number = number.ok_or_else(|| ValueError::new("22003", "number is out of range"))?;
    Ok(Some((number, &text[end..])))
}
