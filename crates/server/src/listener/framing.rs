//! Whether a request head is framed as everybody would read it, asked of its bytes before hyper sees them.
//!
//! hyper takes lines that end without a carriage return, and drops a length that stands beside chunks. Proxies in
//! front of us may read such heads otherwise, and then disagree with us about where the next request begins; so
//! they are refused. **Must not:** parse. What else a head may say is hyper's and the routes' to judge.

/// Watches the lines of a head go by, in whatever pieces they come.
#[derive(Debug, Default)]
pub(super) struct Framing {
    /// The first bytes of the present line, in lower case.
    start: [u8; START_MAX],
    /// Bytes of the present line so far.
    length: usize,
    last: u8,
    has_text: bool,
    has_length: bool,
    has_coding: bool,
    is_over: bool,
}

const LENGTH: &[u8] = b"content-length:";
const CODING: &[u8] = b"transfer-encoding:";
const START_MAX: usize = CODING.len();

impl Framing {
    /// Takes the next bytes; false when the head is unclear. What follows the head is not looked at.
    pub(super) fn is_clear(&mut self, mut bytes: &[u8]) -> bool {
        while !self.is_over {
            let Some(end) = memchr::memchr(b'\n', bytes) else {
                self.extend(bytes);
                return true;
            };
            self.extend(&bytes[..end]);
            if !self.end_line() {
                return false;
            }
            bytes = &bytes[end + 1..];
        }
        true
    }

    fn extend(&mut self, bytes: &[u8]) {
        let Some(last) = bytes.last() else { return };
        let known = self.length.min(START_MAX);
        let start = &bytes[..bytes.len().min(START_MAX - known)];
        self.start[known..known + start.len()].copy_from_slice(start);
        self.length += bytes.len();
        self.last = *last;
    }

    fn end_line(&mut self) -> bool {
        if self.length == 0 || self.last != b'\r' {
            return false;
        }
        if self.length == 1 {
            // Blank lines may stand before a request, and one ends it.
            self.is_over = self.has_text;
        } else {
            self.has_text = true;
            let start = &self.start[..self.length.min(START_MAX)];
            self.has_length |=
                start.len() >= LENGTH.len() && start[..LENGTH.len()].eq_ignore_ascii_case(LENGTH);
            self.has_coding |= start.eq_ignore_ascii_case(CODING);
        }
        self.length = 0;
        !(self.has_length && self.has_coding)
    }
}

/// Makes the bytes of an unclear head into ones that hyper answers with 400 and a close.
pub(super) fn spoil(bytes: &mut [u8]) {
    const END: &[u8] = b"\r\n\r\n";
    bytes.fill(0);
    if let Some(at) = bytes.len().checked_sub(END.len()) {
        bytes[at..].copy_from_slice(END);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whole, and byte by byte: the verdict is the same.
    fn is_clear(head: &str) -> bool {
        let whole = Framing::default().is_clear(head.as_bytes());
        let mut framing = Framing::default();
        let by_bytes = head.as_bytes().chunks(1).all(|byte| framing.is_clear(byte));
        assert_eq!(whole, by_bytes, "{head:?}");
        whole
    }

    #[test]
    fn heads_of_ordinary_clients_are_clear() {
        assert!(is_clear("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na\nb"));
        assert!(is_clear("\r\n\r\nPOST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\n"));
        assert!(is_clear("GET / HTTP/1.1\r\nX-Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"));
        assert!(is_clear("GET / HTTP/1.1\r\nX: Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"));
    }

    #[test]
    fn bare_line_feeds_and_two_lengths_are_not() {
        assert!(!is_clear("GET / HTTP/1.1\nHost: a\n\n"));
        assert!(!is_clear("GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"));
        assert!(!is_clear("GET / HTTP/1.1\r\nHost: a\r\n\n"));
        assert!(!is_clear("\nGET / HTTP/1.1\r\n\r\n"));
        assert!(!is_clear("POST / HTTP/1.1\r\nContent-Length: 3\r\ntransfer-ENCODING: chunked\r\n\r\n"));
        assert!(!is_clear("POST / HTTP/1.1\r\nTransfer-Encoding:chunked\r\nCONTENT-LENGTH:3\r\n\r\n"));
    }
}
