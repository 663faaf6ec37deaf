//! `similar to` as a POSIX regular expression, in the form that `substring(… similar …)` and `similar to` share.
//!
//! **Must not:** match.

use crate::value::ValueError;

/// Translates a pattern of `similar to`. `%` and `_` become `.*` and `.`; `| * + ? {m,n} ( ) [ ]` keep their meaning;
/// every other sign of regular expressions is escaped. The result is anchored.
pub fn similar_to_regular_expression(pattern: &str, escape: Option<char>) -> Result<String, ValueError> {
    let mut out = String::with_capacity(pattern.len() + 8);
    out.push_str("^(?:");
    let mut in_brackets = false;
    let mut separators = 0;
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        if Some(character) == escape {
            match characters.next() {
                // The escaped quote separates the three parts that `substring` knows.
                Some('"') if !in_brackets => {
                    out.push_str(match separators {
                        0 => "){1,1}?(",
                        1 => "){1,1}(?:",
                        _ => return Err(too_many_separators()),
                    });
                    separators += 1;
                }
                Some(literal) => {
                    out.push('\\');
                    out.push(literal);
                }
                None => {}
            }
            continue;
        }
        if in_brackets {
            if character == '\\' {
                out.push('\\');
            }
            out.push(character);
            in_brackets = character != ']';
            continue;
        }
        match character {
            '[' => {
                out.push('[');
                in_brackets = true;
            }
            '%' => out.push_str(".*"),
            '_' => out.push('.'),
            // A group of `similar to` captures nothing.
            '(' => out.push_str("(?:"),
            '\\' | '.' | '^' | '$' => {
                out.push('\\');
                out.push(character);
            }
            _ => out.push(character),
        }
    }
    out.push_str(")$");
    Ok(out)
}

fn too_many_separators() -> ValueError {
    ValueError::new(
        "2200C",
        "SQL regular expression may not contain more than two escape-double-quote separators",
    )
}
