//! The statements in `corpus/`: one to a paragraph.
//!
//! **Must not:** parse them: that is what is tested.

/// The paragraphs of a file; lines that begin with `--` between paragraphs are remarks.
pub fn paragraphs(text: &str) -> Vec<&str> {
    let paragraphs = text.split("\n\n").map(str::trim);
    paragraphs
        .filter(|paragraph| !paragraph.lines().all(|line| line.starts_with("--") || line.is_empty()))
        .collect()
}
