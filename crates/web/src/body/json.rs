//! Whether JSON from outside is within its limits, asked before any parser builds something from it.
//!
//! One pass over the bytes. **Must not:** decide whether the text is valid JSON; the parser that follows does.

use crate::failure::{Code, Failure};
use crate::limits::Limits;

/// Refuses text that nests too deeply, has too many keys in one object, or too long a number.
pub fn check(text: &[u8], limits: &Limits) -> Result<(), Failure> {
    let mut scan = Scan { text, at: 0, limits };
    scan.run().map_err(|over| {
        let (what, limit) = match over {
            Over::Depth => ("is nested deeper than", limits.json_depth_max),
            Over::Keys => ("has an object with more keys than", limits.json_keys_max),
            Over::Number => ("has a number longer than", limits.json_number_chars_max),
        };
        Failure::new(Code::JsonLimit, format!("the JSON {what} {limit}"))
    })
}

enum Over {
    Depth,
    Keys,
    Number,
}

struct Scan<'a> {
    text: &'a [u8],
    at: usize,
    limits: &'a Limits,
}

impl Scan<'_> {
    fn run(&mut self) -> Result<(), Over> {
        // Keys of each open object, counted by their colons.
        let mut open: Vec<usize> = Vec::with_capacity(8);
        while let Some(byte) = self.text.get(self.at) {
            match byte {
                b'{' | b'[' => {
                    if open.len() >= self.limits.json_depth_max {
                        return Err(Over::Depth);
                    }
                    open.push(0);
                }
                b'}' | b']' => {
                    open.pop();
                }
                b':' => {
                    if let Some(keys) = open.last_mut() {
                        *keys += 1;
                        if *keys > self.limits.json_keys_max {
                            return Err(Over::Keys);
                        }
                    }
                }
                b'"' => self.skip_string(),
                b'-' | b'0'..=b'9' => {
                    self.skip_number()?;
                    continue;
                }
                _ => {}
            }
            self.at += 1;
        }
        Ok(())
    }

    /// From the opening quote to the closing one, or to the end.
    fn skip_string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.text.get(self.at) {
            match byte {
                b'"' => return,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
    }

    fn skip_number(&mut self) -> Result<(), Over> {
        let start = self.at;
        while let Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9') = self.text.get(self.at) {
            self.at += 1;
        }
        if self.at - start > self.limits.json_number_chars_max { Err(Over::Number) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(text: &str) -> Option<String> {
        check(text.as_bytes(), &Limits::default()).err().map(|failure| failure.parts().message.clone())
    }

    #[test]
    fn depth_keys_and_numbers_have_limits() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let keys = |count: usize| {
            let members: Vec<_> = (0..count).map(|key| format!("\"{key}\":{{\"a\":1}}")).collect();
            format!("{{{}}}", members.join(","))
        };
        let number = |chars: usize| format!("[{}]", "9".repeat(chars));
        for (at_limit, over, message) in [
            (nested(64), nested(65), "the JSON is nested deeper than 64"),
            (keys(10_000), keys(10_001), "the JSON has an object with more keys than 10000"),
            (number(64), number(65), "the JSON has a number longer than 64"),
        ] {
            assert_eq!(verdict(&at_limit), None);
            assert_eq!(verdict(&over).as_deref(), Some(message));
        }
        assert!(verdict(&nested(1_000_000)).is_some());
    }

    #[test]
    fn strings_are_not_looked_into() {
        let text = format!("[\"{}\\\"{}\", 1]", "[{".repeat(100), "9".repeat(100));
        assert_eq!(verdict(&text), None);
        assert_eq!(verdict("\"open \\"), None);
        assert_eq!(verdict("]]]:::"), None);
        assert_eq!(verdict(""), None);
    }
}
