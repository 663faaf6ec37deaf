//! Checking JSON text against the grammar and the limits, with PostgreSQL's words for what is wrong.
//!
//! **Must not:** recurse, decode, or keep anything but the open brackets.

use super::Limits;
use super::escape::next_special;
use crate::value::ValueError;

/// Checks that the text is one JSON value within the limits.
pub fn check(text: &str, limits: Limits) -> Result<(), ValueError> {
    Scanner { text, at: 0, limits, open: Vec::new() }.document()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Scalar,
    String,
    Open(u8),
    Close(u8),
    Colon,
    Comma,
    End,
}

/// What the grammar allows at a point, in PostgreSQL's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Want {
    Value,
    FirstElement,
    NextElement,
    FirstKey,
    Colon,
    NextMember,
    Key,
    End,
}

impl Want {
    fn words(self) -> &'static str {
        match self {
            Self::Value => "JSON value",
            Self::FirstElement => "array element or \"]\"",
            Self::NextElement => "\",\" or \"]\"",
            Self::FirstKey => "string or \"}\"",
            Self::Colon => "\":\"",
            Self::NextMember => "\",\" or \"}\"",
            Self::Key => "string",
            Self::End => "end of input",
        }
    }
}

struct Bracket {
    object: bool,
    members: usize,
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    limits: Limits,
    open: Vec<Bracket>,
}

impl Scanner<'_> {
    fn document(mut self) -> Result<(), ValueError> {
        let mut want = Want::Value;
        loop {
            let (token, start) = self.token()?;
            want = match (want, token) {
                (Want::End, Token::End) => return Ok(()),
                (Want::Value | Want::FirstElement, Token::Scalar | Token::String) => self.after_value(),
                (Want::Value | Want::FirstElement, Token::Open(bracket)) => self.enter(bracket)?,
                (Want::FirstElement | Want::NextElement, Token::Close(b']'))
                | (Want::FirstKey | Want::NextMember, Token::Close(b'}')) => {
                    self.open.pop();
                    self.after_value()
                }
                (Want::NextElement, Token::Comma) => Want::Value,
                (Want::NextMember, Token::Comma) => Want::Key,
                (Want::FirstKey | Want::Key, Token::String) => self.count_member()?,
                (Want::Colon, Token::Colon) => Want::Value,
                (_, Token::End) => return Err(syntax("The input string ended unexpectedly.")),
                _ => {
                    let found = &self.text[start..self.at];
                    return Err(syntax(format!("Expected {}, but found \"{found}\".", want.words())));
                }
            };
        }
    }

    fn after_value(&self) -> Want {
        match self.open.last() {
            None => Want::End,
            Some(bracket) if bracket.object => Want::NextMember,
            Some(_) => Want::NextElement,
        }
    }

    fn enter(&mut self, bracket: u8) -> Result<Want, ValueError> {
        if self.open.len() >= self.limits.depth_max {
            let depth_max = self.limits.depth_max;
            return Err(ValueError::new("54001", format!("json is nested deeper than {depth_max} levels")));
        }
        let object = bracket == b'{';
        self.open.push(Bracket { object, members: 0 });
        Ok(if object { Want::FirstKey } else { Want::FirstElement })
    }

    fn count_member(&mut self) -> Result<Want, ValueError> {
        let keys_max = self.limits.keys_max;
        if let Some(bracket) = self.open.last_mut() {
            bracket.members += 1;
            if bracket.members > keys_max {
                return Err(ValueError::new("54000", format!("json object has more than {keys_max} keys")));
            }
        }
        Ok(Want::Colon)
    }

    fn token(&mut self) -> Result<(Token, usize), ValueError> {
        let bytes = self.text.as_bytes();
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = bytes.get(self.at) {
            self.at += 1;
        }
        let start = self.at;
        let Some(&first) = bytes.get(start) else {
            return Ok((Token::End, start));
        };
        self.at += 1;
        let token = match first {
            b'{' | b'[' => Token::Open(first),
            b'}' | b']' => Token::Close(first),
            b':' => Token::Colon,
            b',' => Token::Comma,
            b'"' => {
                self.string(start)?;
                Token::String
            }
            b'-' | b'0'..=b'9' => {
                self.number(start)?;
                Token::Scalar
            }
            _ => {
                self.word(start)?;
                Token::Scalar
            }
        };
        Ok((token, start))
    }

    fn word(&mut self, start: usize) -> Result<(), ValueError> {
        self.at = self.word_end(start);
        match &self.text[start..self.at] {
            "true" | "false" | "null" => Ok(()),
            found => Err(invalid_token(found)),
        }
    }

    /// The end of the run of letters, digits and the like: what PostgreSQL shows as one bad token.
    fn word_end(&self, start: usize) -> usize {
        let rest = &self.text[start..];
        let length =
            rest.find(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        if length == 0 { start + rest.chars().next().map_or(0, char::len_utf8) } else { start + length }
    }

    fn number(&mut self, start: usize) -> Result<(), ValueError> {
        let bytes = self.text.as_bytes();
        let digits = |mut at: usize| {
            let from = at;
            while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
            (at, at > from)
        };
        let mut at = start + usize::from(bytes[start] == b'-');
        let leading_zero = bytes.get(at) == Some(&b'0');
        let (mut end, mut valid) = if leading_zero { (at + 1, true) } else { digits(at) };
        if valid && bytes.get(end) == Some(&b'.') {
            (end, valid) = digits(end + 1);
        }
        if valid && matches!(bytes.get(end), Some(b'e' | b'E')) {
            at = end + 1;
            at += usize::from(matches!(bytes.get(at), Some(b'+' | b'-')));
            (end, valid) = digits(at);
        }
        let trailing =
            bytes.get(end).is_some_and(|&byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80);
        if !valid || trailing {
            let stop = if trailing { self.word_end(end) } else { end };
            return Err(invalid_token(&self.text[start..stop]));
        }
        if end - start > self.limits.number_length_max {
            let length_max = self.limits.number_length_max;
            return Err(ValueError::new(
                "54000",
                format!("json number is longer than {length_max} characters"),
            ));
        }
        self.at = end;
        Ok(())
    }

    fn string(&mut self, start: usize) -> Result<(), ValueError> {
        let bytes = self.text.as_bytes();
        loop {
            let Some(at) = next_special(bytes, self.at) else {
                return Err(invalid_token(&self.text[start..]));
            };
            self.at = at + 1;
            match bytes[at] {
                b'"' => return Ok(()),
                b'\\' => self.escape()?,
                byte => {
                    return Err(syntax(format!("Character with value 0x{byte:02x} must be escaped.")));
                }
            }
        }
    }

    fn escape(&mut self) -> Result<(), ValueError> {
        let rest = &self.text[self.at..];
        let Some(escaped) = rest.chars().next() else {
            return Err(syntax("The input string ended unexpectedly."));
        };
        self.at += escaped.len_utf8();
        match escaped {
            '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' => Ok(()),
            'u' if rest.as_bytes().iter().skip(1).take(4).filter(|byte| byte.is_ascii_hexdigit()).count()
                == 4 =>
            {
                self.at += 4;
                Ok(())
            }
            'u' => Err(syntax("\"\\u\" must be followed by four hexadecimal digits.")),
            _ => Err(syntax(format!("Escape sequence \"\\{escaped}\" is invalid."))),
        }
    }
}

fn invalid_token(found: &str) -> ValueError {
    syntax(format!("Token \"{found}\" is invalid."))
}

fn syntax(detail: impl Into<String>) -> ValueError {
    ValueError::new("22P02", "invalid input syntax for type json").detail(detail)
}
