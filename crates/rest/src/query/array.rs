//! Array literals, `{a,"b c"}`: the values of `any` and `all`.
//! **Must not:** read more than one dimension.

use algebra::value::ValueError;

/// The elements of an array literal.
///
/// # Errors
/// 22P02 in PostgreSQL's words when the text is no literal; 0A000 for nulls and inner arrays, which no operator of the
/// grammar compares with.
pub fn array_elements(text: &str) -> Result<Vec<String>, ValueError> {
    let malformed = |detail: &str| {
        ValueError::new("22P02", format!("malformed array literal: \"{text}\"")).detail(detail)
    };
    let mut rest = text
        .trim_start()
        .strip_prefix('{')
        .ok_or_else(|| malformed("Array value must start with \"{\" or dimension information."))?
        .trim_start();
    let mut elements = Vec::new();
    if let Some(after) = rest.strip_prefix('}') {
        return if after.trim().is_empty() { Ok(elements) } else { Err(malformed(JUNK)) };
    }
    loop {
        let (element, after) = element(rest).map_err(|problem| match problem {
            Problem::Malformed(detail) => malformed(detail),
            Problem::Unsupported(what) => ValueError::unsupported(what),
        })?;
        elements.push(element);
        if let Some(next) = after.strip_prefix(',') {
            rest = next.trim_start();
        } else if after.trim_end() == "}" {
            return Ok(elements);
        } else {
            return Err(malformed(if after.is_empty() { END } else { JUNK }));
        }
    }
}

const JUNK: &str = "Junk after closing right brace.";
const END: &str = "Unexpected end of input.";

enum Problem {
    Malformed(&'static str),
    Unsupported(&'static str),
}

/// One element, and what follows it: a comma or the closing brace.
fn element(text: &str) -> Result<(String, &str), Problem> {
    if text.starts_with('{') {
        return Err(Problem::Unsupported("arrays inside the array of `any` or `all` are not supported"));
    }
    if let Some(quoted) = text.strip_prefix('"') {
        let (element, after) = until(quoted, &['"'])?;
        let after = after[1..].trim_start();
        let ends = after.is_empty() || after.starts_with([',', '}']);
        return if ends {
            Ok((element, after))
        } else {
            Err(Problem::Malformed("Incorrectly quoted array element."))
        };
    }
    let (element, after) = until(text, &[',', '}', '{', '"'])?;
    if after.starts_with(['{', '"']) {
        return Err(Problem::Malformed("Incorrectly quoted array element."));
    }
    match element.trim_end() {
        "" => Err(Problem::Malformed("Unexpected \",\" or \"}\" character.")),
        null if null.eq_ignore_ascii_case("null") => {
            Err(Problem::Unsupported("nulls in the array of `any` or `all` are not supported"))
        }
        element => Ok((element.to_owned(), after)),
    }
}

/// The text before the first of `ends`, in which a backslash takes the next character as it is.
fn until<'t>(text: &'t str, ends: &[char]) -> Result<(String, &'t str), Problem> {
    let mut element = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => element.extend(characters.next().map(|(_, literal)| literal)),
            _ if ends.contains(&character) => return Ok((element, &text[at..])),
            _ => element.push(character),
        }
    }
    Err(Problem::Malformed(END))
}

#[cfg(test)]
mod tests {
    use super::array_elements;

    fn check(text: &str, expected: &str) {
        let shown = match array_elements(text) {
            Ok(elements) => format!("{elements:?}"),
            Err(error) => format!("{} {error}", error.sqlstate),
        };
        assert_eq!(shown, expected, "for {text}");
    }

    #[test]
    fn array_literals_are_read() {
        check("{}", "[]");
        check(" { a b , \"c,}\\\"\" ,d\\,e} ", r#"["a b", "c,}\"", "d,e"]"#);
        check("{\"\"}", r#"[""]"#);
        check("{\"null\"}", r#"["null"]"#);
        for text in ["", "a", "{", "{a", "{a,}", "{,a}", "{a}b", "{\"a}", "{\"a\"b}", "{a\"b\"}", "{a\\"] {
            check(text, &format!("22P02 malformed array literal: \"{text}\""));
        }
        check("{{a}}", "0A000 arrays inside the array of `any` or `all` are not supported");
        check("{a,NULL}", "0A000 nulls in the array of `any` or `all` are not supported");
    }
}
