//! Walking checked JSON text: the members of an object, the elements of an array, as slices.
//!
//! **Must not:** check anything again, panic on text that is not JSON.

use std::borrow::Cow;

use super::{Json, escape};
use crate::value::ValueError;

/// One member of an object.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// The key as it is written, quotes and escapes included.
    key: &'a str,
    /// The value.
    pub value: Json<'a>,
}

impl<'a> Member<'a> {
    /// What the key says.
    pub fn key(&self) -> Result<Cow<'a, str>, ValueError> {
        escape::decode(self.key)
    }

    /// Whether the key says this.
    pub fn has_key(&self, key: &str) -> Result<bool, ValueError> {
        let inner = self.key.get(1..self.key.len().saturating_sub(1)).unwrap_or("");
        if inner == key && memchr::memchr(b'\\', inner.as_bytes()).is_none() {
            return Ok(true);
        }
        if memchr::memchr(b'\\', inner.as_bytes()).is_none() {
            return Ok(false);
        }
        Ok(self.key()? == key)
    }

    /// The key as JSON text.
    pub fn raw_key(&self) -> &'a str {
        self.key
    }
}

/// The members of an object, in the order of the text.
#[derive(Debug, Clone)]
pub struct Members<'a>(Cursor<'a>);

impl<'a> Members<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self(Cursor::inside(text, b'{'))
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = Member<'a>;

    fn next(&mut self) -> Option<Member<'a>> {
        let key = self.0.value()?;
        self.0.skip(b':');
        let value = Json(self.0.value()?);
        self.0.skip(b',');
        Some(Member { key, value })
    }
}

/// The elements of an array.
#[derive(Debug, Clone)]
pub struct Elements<'a>(Cursor<'a>);

impl<'a> Elements<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self(Cursor::inside(text, b'['))
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = Json<'a>;

    fn next(&mut self) -> Option<Json<'a>> {
        let value = Json(self.0.value()?);
        self.0.skip(b',');
        Some(value)
    }
}

#[derive(Debug, Clone)]
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// A cursor behind the opening bracket, or at the end if the text opens with something else.
    fn inside(text: &'a str, open: u8) -> Self {
        let at = if text.as_bytes().first() == Some(&open) { 1 } else { text.len() };
        Self { text, at }
    }

    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = bytes.get(self.at) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn skip(&mut self, separator: u8) {
        if self.peek() == Some(separator) {
            self.at += 1;
        }
    }

    /// The next value; nothing at a closing bracket or the end.
    fn value(&mut self) -> Option<&'a str> {
        let first = self.peek()?;
        let start = self.at;
        let end = match first {
            b'}' | b']' | b',' | b':' => return None,
            b'"' => self.string_end(start),
            b'{' | b'[' => self.bracket_end(start),
            _ => self.word_end(start),
        };
        self.at = end;
        self.text.get(start..end)
    }

    fn string_end(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
            at += found;
            if bytes[at] == b'"' {
                return at + 1;
            }
            at += 2;
        }
        bytes.len()
    }

    fn bracket_end(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut depth = 0usize;
        let mut at = start;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'"' => {
                    at = self.string_end(at);
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => {
                    depth -= 1;
                    if depth == 0 {
                        return at + 1;
                    }
                }
                _ => {}
            }
            at += 1;
        }
        bytes.len()
    }

    fn word_end(&self, start: usize) -> usize {
        let rest = &self.text.as_bytes()[start..];
        let length = rest
            .iter()
            .position(|byte| matches!(byte, b',' | b':' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r'))
            .unwrap_or(rest.len());
        start + length
    }
}
