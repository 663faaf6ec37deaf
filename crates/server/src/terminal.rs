//! What commands say to a person: results to standard output, everything else to standard error.
//!
//! **Must not:** be used by anything that serves requests; that logs.

use std::io::{IsTerminal, Write};

/// A line of a command's result. A closed pipe ends the talk, not the process.
pub(crate) fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    // Nobody is left to be told that nobody listens.
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// A line beside the result.
pub(crate) fn note(text: &str) {
    let mut err = std::io::stderr().lock();
    // As above.
    let _ = writeln!(err, "{text}");
}

/// Something that a person should look at.
pub(crate) fn warn(text: &str) {
    note(&format!("{} {text}", paint("warning:", "33;1")));
}

/// Why a command failed, with its causes.
pub(crate) fn error(error: &anyhow::Error) {
    note(&format!("{} {error}", paint("error:", "31;1")));
    for cause in error.chain().skip(1) {
        note(&format!("  because: {cause}"));
    }
}

/// Whether a person sees standard error in colour.
pub(crate) fn has_colours() -> bool {
    std::io::stderr().is_terminal()
}

/// Colours text where a person sees it.
pub(crate) fn paint(text: &str, code: &str) -> String {
    if has_colours() { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}
