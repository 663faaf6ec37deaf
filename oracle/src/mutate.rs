//! Statements of the corpus with a word taken out, put in, exchanged or doubled.
//!
//! **Must not:** change a word's letters: what a word is, is the lexer's matter.

use crate::random::Random;

/// A paragraph of the corpus, changed in up to two places.
pub fn mutated(random: &mut Random, paragraphs: &[&str], words: &[&str]) -> String {
    let paragraph = paragraphs[random.below(paragraphs.len())];
    let mut parts: Vec<&str> = paragraph.split_whitespace().collect();
    for _ in 0..1 + random.below(2) {
        let at = random.below(parts.len());
        match random.below(4) {
            0 if parts.len() > 1 => {
                parts.remove(at);
            }
            1 => parts.insert(at, words[random.below(words.len())]),
            2 => parts[at] = words[random.below(words.len())],
            _ => {
                let other = random.below(parts.len());
                parts.swap(at, other);
            }
        }
    }
    parts.join(" ")
}
