//! `like`, `ilike` and `similar to`.
//!
//! A pattern is cut at its `%` signs; the pieces are then found from left to right, so that matching takes at most the length
//! of the text times the length of the pattern.
//! **Must not:** run regular expressions: `similar to` is only translated to one.

mod similar;

pub use similar::similar_to_regular_expression;

use crate::text::lower;
use crate::value::ValueError;

/// Whether letters match whatever their case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// `like`
    Sensitive,
    /// `ilike`
    Insensitive,
}

/// A pattern, ready to match many texts.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// What stands between the `%` signs; at least one piece.
    pieces: Vec<Piece>,
    case: Case,
    /// The pattern ends in its escape character, which is an error once a match gets there.
    open_escape: bool,
}

/// Characters to find in a row.
#[derive(Debug, Clone, Default)]
struct Piece {
    /// Each a character, or any one character.
    characters: Vec<Option<char>>,
    /// The same as text, when every character is known.
    text: Option<String>,
}

/// `text like pattern`.
pub fn like(text: &str, pattern: &str) -> Result<bool, ValueError> {
    Pattern::new(pattern, Some('\\'), Case::Sensitive).matches(text)
}

/// `text ilike pattern`.
pub fn ilike(text: &str, pattern: &str) -> Result<bool, ValueError> {
    Pattern::new(pattern, Some('\\'), Case::Insensitive).matches(text)
}

/// The escape character of an `escape` clause: none for an empty text, else its only character.
pub fn escape_character(text: &str) -> Result<Option<char>, ValueError> {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (escape, None) => Ok(escape),
        _ => Err(ValueError::new("22019", "invalid escape string")
            .hint("Escape string must be empty or one character.")),
    }
}

impl Pattern {
    /// Reads a pattern.
    pub fn new(pattern: &str, escape: Option<char>, case: Case) -> Self {
        let folded;
        let pattern = match case {
            Case::Sensitive => pattern,
            Case::Insensitive => {
                folded = lower(pattern);
                &folded
            }
        };
        let mut pieces = vec![Piece::default()];
        let mut open_escape = false;
        let mut characters = pattern.chars();
        while let Some(character) = characters.next() {
            let last = pieces.len() - 1;
            let current = &mut pieces[last].characters;
            if Some(character) == escape {
                match characters.next() {
                    Some(literal) => current.push(Some(literal)),
                    None => open_escape = true,
                }
            } else if character == '%' {
                pieces.push(Piece::default());
            } else {
                current.push((character != '_').then_some(character));
            }
        }
        for piece in &mut pieces {
            piece.text = piece.characters.iter().copied().collect();
        }
        Self { pieces, case, open_escape }
    }

    /// Whether a text matches.
    pub fn matches(&self, text: &str) -> Result<bool, ValueError> {
        match self.case {
            Case::Sensitive => self.matches_folded(text),
            Case::Insensitive => self.matches_folded(&lower(text)),
        }
    }

    fn matches_folded(&self, text: &str) -> Result<bool, ValueError> {
        let [first, rest @ ..] = &self.pieces[..] else { return Ok(text.is_empty()) };
        let Some(after_first) = first.starts(text) else { return Ok(false) };
        let [middle @ .., last] = rest else {
            return if self.open_escape { reached_end(after_first) } else { Ok(after_first.is_empty()) };
        };
        let mut remaining = after_first;
        for piece in middle {
            match piece.find(remaining) {
                Some(after) => remaining = after,
                None => return Ok(false),
            }
        }
        if self.open_escape {
            // Behind wildcards alone the escape is read as soon as there was text for them.
            let wildcards_only = last.characters.iter().all(Option::is_none);
            return match last.find(remaining) {
                Some(_) if wildcards_only && !remaining.is_empty() => Err(open_escape()),
                Some(after) => reached_end(after),
                None => Ok(false),
            };
        }
        Ok(last.ends(remaining))
    }

    /// The text that every match must begin with, for a range over an index; nothing when it is empty or case is folded.
    pub fn prefix(&self) -> Option<String> {
        if self.case == Case::Insensitive {
            return None;
        }
        let known = self.pieces[0].characters.iter().map_while(|character| *character);
        Some(known.collect::<String>()).filter(|prefix| !prefix.is_empty())
    }
}

/// A match came to the escape character at the end of the pattern.
fn reached_end(remaining: &str) -> Result<bool, ValueError> {
    if remaining.is_empty() {
        return Ok(false);
    }
    Err(open_escape())
}

fn open_escape() -> ValueError {
    ValueError::new("22025", "LIKE pattern must not end with escape character")
}

impl Piece {
    /// What follows the piece at the beginning of a text.
    fn starts<'a>(&self, text: &'a str) -> Option<&'a str> {
        if let Some(piece) = &self.text {
            return text.strip_prefix(piece.as_str());
        }
        let mut characters = text.chars();
        for wanted in &self.characters {
            let found = characters.next()?;
            if wanted.is_some_and(|wanted| wanted != found) {
                return None;
            }
        }
        Some(characters.as_str())
    }

    /// What follows the first place of the piece in a text.
    fn find<'a>(&self, text: &'a str) -> Option<&'a str> {
        if let Some(piece) = &self.text {
            let at = memchr::memmem::find(text.as_bytes(), piece.as_bytes())?;
            return text.get(at + piece.len()..);
        }
        let mut rest = text;
        loop {
            if let Some(after) = self.starts(rest) {
                return Some(after);
            }
            let mut characters = rest.chars();
            characters.next()?;
            rest = characters.as_str();
        }
    }

    /// Whether the text ends with the piece.
    fn ends(&self, text: &str) -> bool {
        if let Some(piece) = &self.text {
            return text.ends_with(piece.as_str());
        }
        let mut characters = text.chars().rev();
        self.characters
            .iter()
            .rev()
            .all(|wanted| characters.next().is_some_and(|found| wanted.is_none_or(|wanted| wanted == found)))
    }
}

#[cfg(test)]
mod tests;
