//! Text to JSON.
//!
//! **Must not:** accept more than RFC 8259 allows.

use std::iter::Peekable;
use std::str::CharIndices;

use anyhow::{Result, anyhow, bail};

use super::Json;

const DEPTH_MAX: usize = 512;

/// Reads one JSON value that is the whole text.
pub fn parse(text: &str) -> Result<Json> {
    let mut reader = Reader { text, characters: text.char_indices().peekable() };
    let value = reader.value(0)?;
    reader.blanks();
    match reader.characters.next() {
        None => Ok(value),
        Some((at, _)) => bail!("text after the JSON value, at byte {at}"),
    }
}

struct Reader<'t> {
    text: &'t str,
    characters: Peekable<CharIndices<'t>>,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Result<Json> {
        if depth > DEPTH_MAX {
            bail!("JSON deeper than {DEPTH_MAX}");
        }
        self.blanks();
        match self.peek() {
            Some('{') => self.object(depth),
            Some('[') => self.array(depth),
            Some('"') => Ok(Json::Text(self.string()?)),
            Some('-' | '0'..='9') => self.number(),
            Some('a'..='z') => self.word(),
            _ => Err(self.unexpected("a value")),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Json> {
        self.characters.next();
        let mut members = Vec::new();
        self.blanks();
        if self.take('}') {
            return Ok(Json::Object(members));
        }
        loop {
            self.blanks();
            if self.peek() != Some('"') {
                return Err(self.unexpected("a key"));
            }
            let key = self.string()?;
            self.blanks();
            if !self.take(':') {
                return Err(self.unexpected("`:`"));
            }
            members.push((key, self.value(depth + 1)?));
            self.blanks();
            if self.take('}') {
                return Ok(Json::Object(members));
            }
            if !self.take(',') {
                return Err(self.unexpected("`,` or `}`"));
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Json> {
        self.characters.next();
        let mut items = Vec::new();
        self.blanks();
        if self.take(']') {
            return Ok(Json::Array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.blanks();
            if self.take(']') {
                return Ok(Json::Array(items));
            }
            if !self.take(',') {
                return Err(self.unexpected("`,` or `]`"));
            }
        }
    }

    fn string(&mut self) -> Result<String> {
        self.characters.next();
        let mut text = String::new();
        loop {
            match self.characters.next() {
                Some((_, '"')) => return Ok(text),
                Some((_, '\\')) => text.push(self.escape()?),
                Some((at, character)) if character < ' ' => bail!("a bare control character at byte {at}"),
                Some((_, character)) => text.push(character),
                None => bail!("a string without its end"),
            }
        }
    }

    fn escape(&mut self) -> Result<char> {
        let (at, character) = self.characters.next().ok_or_else(|| anyhow!("a string without its end"))?;
        Ok(match character {
            '"' | '\\' | '/' => character,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let unit = self.unit()?;
                let code = if (0xd800..0xdc00).contains(&unit) {
                    if !(self.take('\\') && self.take('u')) {
                        bail!("half of a surrogate pair at byte {at}");
                    }
                    let low = self.unit()?;
                    if !(0xdc00..0xe000).contains(&low) {
                        bail!("half of a surrogate pair at byte {at}");
                    }
                    0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)
                } else {
                    unit
                };
                char::from_u32(code).ok_or_else(|| anyhow!("half of a surrogate pair at byte {at}"))?
            }
            _ => bail!("an unknown escape at byte {at}"),
        })
    }

    fn unit(&mut self) -> Result<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.characters.next().and_then(|(_, character)| character.to_digit(16));
            unit = unit * 16 + digit.ok_or_else(|| anyhow!("`\\u` without four digits"))?;
        }
        Ok(unit)
    }

    fn number(&mut self) -> Result<Json> {
        let start = self.at();
        self.take('-');
        if !self.take('0') && self.digits() == 0 {
            return Err(self.unexpected("a digit"));
        }
        if self.take('.') && self.digits() == 0 {
            return Err(self.unexpected("a digit"));
        }
        if self.take('e') || self.take('E') {
            let _ = self.take('+') || self.take('-');
            if self.digits() == 0 {
                return Err(self.unexpected("a digit"));
            }
        }
        Ok(Json::Number(self.text[start..self.at()].to_owned()))
    }

    fn word(&mut self) -> Result<Json> {
        let start = self.at();
        while self.peek().is_some_and(char::is_alphabetic) {
            self.characters.next();
        }
        match &self.text[start..self.at()] {
            "null" => Ok(Json::Null),
            "true" => Ok(Json::Bool(true)),
            "false" => Ok(Json::Bool(false)),
            other => bail!("`{other}` at byte {start} is not JSON"),
        }
    }

    fn digits(&mut self) -> usize {
        let mut count = 0;
        while self.peek().is_some_and(|character| character.is_ascii_digit()) {
            self.characters.next();
            count += 1;
        }
        count
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.characters.next();
        }
    }

    fn peek(&mut self) -> Option<char> {
        self.characters.peek().map(|(_, character)| *character)
    }

    fn take(&mut self, wanted: char) -> bool {
        self.characters.next_if(|(_, character)| *character == wanted).is_some()
    }

    fn at(&mut self) -> usize {
        self.characters.peek().map_or(self.text.len(), |(at, _)| *at)
    }

    fn unexpected(&mut self, wanted: &str) -> anyhow::Error {
        let at = self.at();
        match self.peek() {
            Some(character) => anyhow!("expected {wanted} at byte {at}, found `{character}`"),
            None => anyhow!("expected {wanted}, found the end"),
        }
    }
}
