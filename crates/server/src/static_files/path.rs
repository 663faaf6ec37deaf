//! From a URL's path to a path below the folder: decoded once, each part judged.
//!
//! **Must not:** touch the disk, nor decode what was decoded.

use std::path::PathBuf;

/// The one hidden folder with a public purpose (RFC 8615).
const WELL_KNOWN: &str = ".well-known";

/// The path below the folder, or nothing if no file could be meant. A path that ends in `/` ends in an empty part.
pub(super) fn relative(path: &str) -> Option<PathBuf> {
    let mut relative = PathBuf::new();
    let path = path.strip_prefix('/')?;
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        if part.is_empty() && is_last {
            relative.push("index.html");
            break;
        }
        let name = decode(part)?;
        if !is_plain(&name) {
            return None;
        }
        relative.push(name);
    }
    Some(relative)
}

fn is_plain(name: &str) -> bool {
    let is_hidden = name.starts_with('.') && name != WELL_KNOWN;
    let is_odd = |character: char| character.is_control() || matches!(character, '/' | '\\' | ':');
    !name.is_empty() && !is_hidden && !name.contains(is_odd)
}

/// Percent signs, once. What is not UTF-8 then names no file of ours.
fn decode(part: &str) -> Option<String> {
    if !part.contains('%') {
        return Some(part.to_owned());
    }
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let high = char::from(rest.next()?).to_digit(16)?;
        let low = char::from(rest.next()?).to_digit(16)?;
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(path: &str) -> Option<String> {
        relative(path).map(|path| path.to_str().unwrap().to_owned())
    }

    #[test]
    fn paths_become_paths_below() {
        assert_eq!(text("/").as_deref(), Some("index.html"));
        assert_eq!(text("/app.js").as_deref(), Some("app.js"));
        assert_eq!(text("/docs/").as_deref(), Some("docs/index.html"));
        assert_eq!(text("/a%20b/%C3%A9.css").as_deref(), Some("a b/é.css"));
        assert_eq!(text("/.well-known/security.txt").as_deref(), Some(".well-known/security.txt"));
    }

    #[test]
    fn nothing_leads_out_or_to_hidden_files() {
        for path in [
            "/..",
            "/../x",
            "/a/../../x",
            "/%2e%2e/x",
            "/%2E%2E%2Fx",
            "/..%2fx",
            "/a%2f..%2f..%2fx",
            "/.env",
            "/.git/config",
            "/%2eenv",
            "/a/.env",
            "/.",
            "/./x",
            "//etc/passwd",
            "//",
            "/a//b",
            "/..\\x",
            "/%5c..%5cx",
            "/a%00.html",
            "/c:/x",
            "/%",
            "/%4",
            "/%zz",
            "/%ff",
            "/a\u{7f}",
            "",
            "x",
            "*",
        ] {
            assert_eq!(text(path), None, "{path}");
        }
        // Decoded once: this is a name with a percent sign, not a way up.
        assert_eq!(text("/%252e%252e/x").as_deref(), Some("%2e%2e/x"));
    }
}
