//! Cutting the text of a date or time into fields, as PostgreSQL does before it knows what they mean.
//!
//! **Must not:** judge meaning; that is `decode`.

use super::words;

/// More fields than any date has.
const FIELDS_MAX: usize = 25;

/// One field, letters in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Field {
    /// Digits, perhaps with a point: a year, a month, a day, or several run together.
    Number(String),
    /// Parts with separators between them: a date, or the name of a zone.
    Date(String),
    /// Digits with a colon.
    Time(String),
    /// A sign and digits: a distance from UTC.
    Offset(String),
    /// Letters.
    Word(String),
}

/// Cuts the text; nothing when a character fits nowhere.
pub(crate) fn split(text: &str) -> Option<Vec<Field>> {
    let mut cursor = Cursor { bytes: text.as_bytes(), at: 0 };
    let mut fields = Vec::new();
    while let Some(first) = cursor.peek() {
        let field = match first {
            _ if first.is_ascii_whitespace() || first == 0x0b => {
                cursor.at += 1;
                continue;
            }
            b'0'..=b'9' => cursor.digits(),
            b'.' => Field::Number(cursor.take(|byte, length| byte.is_ascii_digit() || length == 0)),
            b'a'..=b'z' | b'A'..=b'Z' => cursor.letters(),
            b'+' | b'-' => cursor.signed()?,
            _ if first.is_ascii_punctuation() => {
                cursor.at += 1;
                continue;
            }
            _ => return None,
        };
        fields.push(field);
        if fields.len() > FIELDS_MAX {
            return None;
        }
    }
    Some(fields)
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Takes bytes while the rule, which sees the length so far, holds.
    fn take(&mut self, rule: impl Fn(u8, usize) -> bool) -> String {
        let start = self.at;
        while self.peek().is_some_and(|byte| rule(byte, self.at - start)) {
            self.at += 1;
        }
        String::from_utf8_lossy(&self.bytes[start..self.at]).to_ascii_lowercase()
    }

    fn digits(&mut self) -> Field {
        let mut text = self.take(|byte, _| byte.is_ascii_digit());
        let Some(separator) = self.peek() else { return Field::Number(text) };
        match separator {
            b':' => {
                text += &self.take(|byte, _| byte.is_ascii_digit() || matches!(byte, b':' | b'.'));
                Field::Time(text)
            }
            b'-' | b'/' | b'.' => {
                text.push(char::from(separator));
                self.at += 1;
                if self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
                    text += &self.take(|byte, _| byte.is_ascii_digit());
                    if self.peek() == Some(separator) {
                        text += &self.take(|byte, _| byte.is_ascii_digit() || byte == separator);
                        return Field::Date(text);
                    }
                    if separator == b'.' { Field::Number(text) } else { Field::Date(text) }
                } else {
                    text += &self.take(|byte, _| byte.is_ascii_alphanumeric() || byte == separator);
                    Field::Date(text)
                }
            }
            _ => Field::Number(text),
        }
    }

    fn letters(&mut self) -> Field {
        let mut text = self.take(|byte, _| byte.is_ascii_alphabetic());
        let continues = match self.peek() {
            Some(b'-' | b'/' | b'.') => true,
            Some(byte) if byte == b'+' || byte.is_ascii_digit() => {
                let is_keyword =
                    matches!(words::lookup(&text), Some(word) if !matches!(word, words::Word::Zone(_)));
                let is_unit = matches!(text.as_str(), "d" | "h" | "m" | "mm" | "s" | "y");
                !is_keyword && !is_unit
            }
            _ => false,
        };
        if !continues {
            return Field::Word(text);
        }
        text += &self.take(|byte, _| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'/' | b'_' | b'.' | b':')
        });
        Field::Date(text)
    }

    fn signed(&mut self) -> Option<Field> {
        let mut text = self.take(|_, length| length == 0);
        self.take(|byte, _| byte.is_ascii_whitespace());
        let first = self.peek()?;
        if first.is_ascii_digit() {
            text += &self.take(|byte, _| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'-'));
            Some(Field::Offset(text))
        } else if first.is_ascii_alphabetic() {
            text += &self.take(|byte, _| byte.is_ascii_alphabetic());
            Some(Field::Word(text))
        } else {
            None
        }
    }
}
