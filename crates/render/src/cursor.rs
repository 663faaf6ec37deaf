//! Reading the short texts that the renderer writes for registered functions.
//!
//! **Must not:** know what they mean.

use algebra::json::{Json, Kind, Limits};

/// A place in a text.
#[derive(Debug)]
pub(crate) struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    pub(crate) fn at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Passes over `text` when it stands here.
    pub(crate) fn take(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Lower-case letters and digits, as many as there are.
    pub(crate) fn word(&mut self) -> &'a str {
        let end = self.rest.find(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit());
        self.split(end.unwrap_or(self.rest.len()))
    }

    /// A decimal number with an optional minus.
    pub(crate) fn number(&mut self) -> Option<i64> {
        let end = self.rest.find(|c: char| c != '-' && !c.is_ascii_digit());
        self.split(end.unwrap_or(self.rest.len())).parse().ok()
    }

    /// A JSON string, unescaped.
    pub(crate) fn string(&mut self) -> Option<String> {
        let raw = self.raw_string()?;
        let json = Json::parse_text(raw, Limits::VALUE).ok()?;
        debug_assert_eq!(json.kind(), Kind::String);
        json.string().ok()?.map(std::borrow::Cow::into_owned)
    }

    fn raw_string(&mut self) -> Option<&'a str> {
        let mut escaped = false;
        let body = self.rest.strip_prefix('"')?;
        for (at, byte) in body.bytes().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => return Some(self.split(at + 2)),
                _ => {}
            }
        }
        None
    }

    fn split(&mut self, at: usize) -> &'a str {
        let (head, rest) = self.rest.split_at(at);
        self.rest = rest;
        head
    }
}
