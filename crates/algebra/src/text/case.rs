//! Upper and lower case, one character for one, as the C library maps them.
//!
//! **Must not:** change the number of characters: `upper('ß')` is `ß`.

/// `lower(text)`.
pub fn lower(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.chars().map(lower_character).collect() }
}

/// `upper(text)`.
pub fn upper(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_uppercase() } else { text.chars().map(upper_character).collect() }
}

/// `initcap(text)`: the first letter of each word upper, the rest lower; a word is letters and digits.
pub fn initcap(text: &str) -> String {
    let mut in_word = false;
    text.chars()
        .map(|character| {
            let cased = if in_word { lower_character(character) } else { upper_character(character) };
            in_word = character.is_alphanumeric();
            cased
        })
        .collect()
}

fn lower_character(character: char) -> char {
    // The only character whose full mapping is longer and whose simple one is not itself.
    if character == 'İ' {
        return 'i';
    }
    only(character.to_lowercase()).unwrap_or(character)
}

fn upper_character(character: char) -> char {
    only(character.to_uppercase()).unwrap_or_else(|| titlecase_partner(character))
}

fn only(mut mapped: impl Iterator<Item = char>) -> Option<char> {
    let first = mapped.next();
    if mapped.next().is_none() { first } else { None }
}

/// Greek letters with iota subscript: their full upper case is two letters, their simple one the titlecase letter.
fn titlecase_partner(character: char) -> char {
    let point = u32::from(character);
    let partner = match point {
        0x1f80..=0x1f87 | 0x1f90..=0x1f97 | 0x1fa0..=0x1fa7 => point + 8,
        0x1fb3 | 0x1fc3 | 0x1ff3 => point + 9,
        _ => point,
    };
    char::from_u32(partner).unwrap_or(character)
}
