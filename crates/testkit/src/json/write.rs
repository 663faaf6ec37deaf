//! JSON to text: compact, and laid out for a case file.
//!
//! **Must not:** change a number's digits.

use std::fmt::{self, Display, Formatter, Write};

use super::Json;

/// A line of a case file is wrapped beyond this.
const WIDTH: usize = 110;

impl Display for Json {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Json::Null => formatter.write_str("null"),
            Json::Bool(value) => write!(formatter, "{value}"),
            Json::Number(digits) => formatter.write_str(digits),
            Json::Text(text) => string(text, formatter),
            Json::Array(items) => {
                formatter.write_char('[')?;
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        formatter.write_char(',')?;
                    }
                    write!(formatter, "{item}")?;
                }
                formatter.write_char(']')
            }
            Json::Object(members) => {
                formatter.write_char('{')?;
                for (index, (key, value)) in members.iter().enumerate() {
                    if index > 0 {
                        formatter.write_char(',')?;
                    }
                    string(key, formatter)?;
                    write!(formatter, ":{value}")?;
                }
                formatter.write_char('}')
            }
        }
    }
}

impl Json {
    /// The value as a case file shows it: on one line where it fits, else an element or member on each.
    pub fn laid_out(&self) -> String {
        let line = self.to_string();
        if line.chars().count() <= WIDTH {
            return line;
        }
        match self {
            Json::Array(items) => {
                let lines: Vec<String> = items.iter().map(Json::to_string).collect();
                format!("[{}]", lines.join(",\n "))
            }
            Json::Object(members) => {
                let lines: Vec<String> = members
                    .iter()
                    .map(|(key, value)| format!("{}:{value}", Json::Text(key.clone())))
                    .collect();
                format!("{{{}}}", lines.join(",\n "))
            }
            _ => line,
        }
    }
}

fn string(text: &str, formatter: &mut Formatter<'_>) -> fmt::Result {
    formatter.write_char('"')?;
    for character in text.chars() {
        match character {
            '"' => formatter.write_str("\\\"")?,
            '\\' => formatter.write_str("\\\\")?,
            '\n' => formatter.write_str("\\n")?,
            '\r' => formatter.write_str("\\r")?,
            '\t' => formatter.write_str("\\t")?,
            control if control < ' ' => write!(formatter, "\\u{:04x}", u32::from(control))?,
            other => formatter.write_char(other)?,
        }
    }
    formatter.write_char('"')
}
