//! JSON text that was checked once and is then walked as slices: objects by member, arrays by element.
//!
//! **Must not:** build a tree (`jsonb` does, for its operations), know types or columns, recurse over input.

use std::borrow::Cow;

pub mod escape;
mod path;
pub mod scan;
mod strip;
mod walk;

use crate::value::ValueError;

pub use strip::strip_nulls;
pub use walk::{Elements, Member, Members};

/// Ceilings for JSON that comes from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How deep arrays and objects may nest.
    pub depth_max: usize,
    /// How many members one object may have.
    pub keys_max: usize,
    /// How many characters one number may have.
    pub number_length_max: usize,
}

impl Limits {
    /// For request bodies.
    pub const REQUEST: Self = Self { depth_max: 64, keys_max: 10_000, number_length_max: 64 };
    /// For values that a query makes or holds: PostgreSQL's own ceilings, with a depth that recursion bears.
    pub const VALUE: Self = Self { depth_max: 256, keys_max: usize::MAX, number_length_max: 150_000 };
}

/// What a JSON value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Kind {
    /// The name that `json_typeof` gives.
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "boolean",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// One JSON value: well-formed text without white space around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Json<'a>(&'a str);

impl<'a> Json<'a> {
    /// Checks a whole document: UTF-8, grammar and limits. Escapes are checked for form; what they spell is
    /// judged when a string is read, as PostgreSQL's `json` does.
    pub fn parse(bytes: &'a [u8], limits: Limits) -> Result<Self, ValueError> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let at = error.valid_up_to();
            let shown: Vec<String> = bytes[at..].iter().take(3).map(|byte| format!("0x{byte:02x}")).collect();
            ValueError::new(
                "22021",
                format!("invalid byte sequence for encoding \"UTF8\": {}", shown.join(" ")),
            )
        })?;
        Self::parse_text(text, limits)
    }

    /// The same for text that is known to be UTF-8.
    pub fn parse_text(text: &'a str, limits: Limits) -> Result<Self, ValueError> {
        scan::check(text, limits)?;
        Ok(Self(trim(text)))
    }

    /// Text that this crate wrote or checked before. On text that is not JSON the walks end early or give
    /// nonsense slices; they never panic.
    pub fn trusted(text: &'a str) -> Self {
        Self(trim(text))
    }

    /// The text of the value.
    pub fn raw(self) -> &'a str {
        self.0
    }

    /// What the value is; its first character tells.
    pub fn kind(self) -> Kind {
        match self.0.as_bytes().first() {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b'"') => Kind::String,
            Some(b't' | b'f') => Kind::Bool,
            Some(b'n') | None => Kind::Null,
            Some(_) => Kind::Number,
        }
    }

    /// Whether this is `null`.
    pub fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }

    /// The members of an object in the order of the text, duplicates included; none for anything else.
    pub fn members(self) -> Members<'a> {
        Members::new(self.0)
    }

    /// The elements of an array; none for anything else.
    pub fn elements(self) -> Elements<'a> {
        Elements::new(self.0)
    }

    /// What a string says; `None` for anything else. Refuses what has no text: U+0000 and lone surrogates.
    pub fn string(self) -> Result<Option<Cow<'a, str>>, ValueError> {
        if self.kind() != Kind::String {
            return Ok(None);
        }
        escape::decode(self.0).map(Some)
    }

    /// What `->>` gives: a string's text, nothing for `null`, the raw text of anything else.
    pub fn as_text(self) -> Result<Option<Cow<'a, str>>, ValueError> {
        match self.kind() {
            Kind::Null => Ok(None),
            Kind::String => escape::decode(self.0).map(Some),
            _ => Ok(Some(Cow::Borrowed(self.0))),
        }
    }

    /// The last member with this key, as `jsonb` would keep it.
    pub fn member(self, key: &str) -> Result<Option<Json<'a>>, ValueError> {
        let mut found = None;
        for member in self.members() {
            if member.has_key(key)? {
                found = Some(member.value);
            }
        }
        Ok(found)
    }

    /// The element at an index; negative counts from the end.
    pub fn element(self, index: i64) -> Option<Json<'a>> {
        let position = if index >= 0 {
            usize::try_from(index).ok()?
        } else {
            let back = usize::try_from(index.unsigned_abs()).ok()?;
            self.elements().count().checked_sub(back)?
        };
        self.elements().nth(position)
    }
}

fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\r'])
}

#[cfg(test)]
mod tests;
