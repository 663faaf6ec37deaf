//! A reading position in one decoded text of the URL, which remembers the farthest place where something
//! else was expected: that place, in the caller's own text, is the error message.
//! **Must not:** know what is being read, nor go back over more than one name.

use std::fmt::Write;

use super::budget::{Budget, Excess};

/// The label of the place where only the end of the text would do.
pub(super) const END: &str = "end of input";

/// Why a text was not read to its end.
#[derive(Debug)]
pub(super) enum Stop {
    /// The text is not in the grammar; the cursor knows where and what was expected.
    Syntax,
    /// The text asks for more than is allowed.
    Excess(Excess),
}

impl From<Excess> for Stop {
    fn from(excess: Excess) -> Self {
        Self::Excess(excess)
    }
}

/// A text, how far it is read, and what the request may still spend.
pub(super) struct Cursor<'t, 'b, 'l> {
    text: &'t str,
    at: usize,
    farthest: usize,
    expected: Vec<&'static str>,
    pub(super) budget: &'b mut Budget<'l>,
}

impl<'t, 'b, 'l> Cursor<'t, 'b, 'l> {
    pub(super) fn new(text: &'t str, budget: &'b mut Budget<'l>) -> Self {
        Self { text, at: 0, farthest: 0, expected: Vec::new(), budget }
    }

    /// What is still to be read.
    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The place to come back to with [`Cursor::rewind`].
    pub(super) fn mark(&self) -> usize {
        self.at
    }

    /// Goes back to a place that [`Cursor::mark`] gave.
    pub(super) fn rewind(&mut self, mark: usize) {
        self.at = mark;
    }

    /// Notes that `label` would have done here.
    pub(super) fn miss(&mut self, label: &'static str) {
        if self.at > self.farthest {
            self.farthest = self.at;
            self.expected.clear();
        }
        if self.at == self.farthest && !self.expected.contains(&label) {
            self.expected.push(label);
        }
    }

    /// Notes that `label` would have done here, and stops.
    pub(super) fn stop<T>(&mut self, label: &'static str) -> Result<T, Stop> {
        self.miss(label);
        Err(Stop::Syntax)
    }

    /// Takes `token` when it is next; otherwise notes `label`.
    pub(super) fn take(&mut self, token: &str, label: &'static str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        } else {
            self.miss(label);
        }
        found
    }

    /// Takes `token` or stops.
    pub(super) fn require(&mut self, token: &str, label: &'static str) -> Result<(), Stop> {
        if self.take(token, label) { Ok(()) } else { Err(Stop::Syntax) }
    }

    /// Takes the longest run of characters for which `fits` holds, which may be empty.
    pub(super) fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let length = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// Takes `count` characters, or what there is.
    pub(super) fn skip(&mut self, count: usize) {
        self.at += self.rest().chars().take(count).map(char::len_utf8).sum::<usize>();
    }

    pub(super) fn skip_blanks(&mut self) {
        self.take_while(char::is_whitespace);
    }

    /// Takes everything that is left.
    pub(super) fn take_rest(&mut self) -> &'t str {
        self.take_while(|_| true)
    }

    /// Stops unless the text is used up.
    pub(super) fn require_end(&mut self) -> Result<(), Stop> {
        if self.rest().is_empty() { Ok(()) } else { self.stop(END) }
    }

    /// The line and column, from 1, of the farthest place.
    pub(super) fn place(&self) -> (usize, usize) {
        let before = &self.text[..self.farthest];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (line, column)
    }

    /// `unexpected "x" expecting "(" or delimiter (.)`, for the farthest place.
    pub(super) fn complaint(&self) -> String {
        // Where the end of the text would have done, a character is quoted as a character.
        let quote = if self.expected.contains(&END) { '\'' } else { '"' };
        let mut complaint = match self.text[self.farthest..].chars().next() {
            Some(found) => format!("unexpected {quote}{}{quote}", escaped(found, quote)),
            None => format!("unexpected {END}"),
        };
        for (index, label) in self.expected.iter().enumerate() {
            complaint.push_str(match index {
                0 => " expecting ",
                _ if index + 1 == self.expected.len() => " or ",
                _ => ", ",
            });
            complaint.push_str(label);
        }
        complaint
    }
}

fn escaped(found: char, quote: char) -> String {
    let mut text = String::new();
    match found {
        '\\' => text.push_str("\\\\"),
        _ if found == quote => text.extend(['\\', found]),
        _ if found.is_control() => {
            write!(text, "\\{}", u32::from(found)).expect("writing to a string cannot fail");
        }
        _ => text.push(found),
    }
    text
}
