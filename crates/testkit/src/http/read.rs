//! Reading one answer from a stream: status line, headers, and a body by length, by chunks or to the end.
//!
//! **Must not:** accept a body that ends early; a killed server must look killed.

use std::io::{self, BufRead, BufReader, Read};

use super::Response;

/// An answer, and whether the connection ends with it.
pub(super) struct Answer {
    pub(super) response: Response,
    pub(super) closes: bool,
}

/// Reads exactly one answer. The reader's buffer holds nothing beyond it, for requests are not pipelined.
pub(super) fn response(stream: &mut impl Read, to_head: bool) -> io::Result<Answer> {
    let mut reader = BufReader::new(stream);
    let (status, headers) = loop {
        let (status, headers) = head(&mut reader)?;
        if status >= 200 {
            break (status, headers);
        }
    };
    let mut response = Response { status, headers, body: Vec::new() };
    let bodiless = to_head || status == 204 || status == 304;
    let chunked = response.header("transfer-encoding").is_some_and(|coding| coding.contains("chunked"));
    let length = response.header("content-length").map(str::parse::<usize>);
    let mut closes = response.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
    if bodiless {
    } else if chunked {
        response.body = chunks(&mut reader)?;
    } else if let Some(length) = length {
        let length = length.map_err(|_| broken("content-length is not a number"))?;
        response.body = vec![0; length];
        reader.read_exact(&mut response.body)?;
    } else {
        reader.read_to_end(&mut response.body)?;
        closes = true;
    }
    Ok(Answer { response, closes })
}

type Headers = Vec<(String, String)>;

fn head(reader: &mut impl BufRead) -> io::Result<(u16, Headers)> {
    let first = line(reader)?;
    let status =
        first.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(|| broken("no status line"))?;
    let mut headers = Vec::new();
    loop {
        let text = line(reader)?;
        if text.is_empty() {
            return Ok((status, headers));
        }
        let (name, value) = text.split_once(':').ok_or_else(|| broken("a header without a colon"))?;
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
}

fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut bytes = Vec::new();
    reader.read_until(b'\n', &mut bytes)?;
    if !bytes.ends_with(b"\n") {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the answer ended early"));
    }
    Ok(String::from_utf8_lossy(&bytes).trim_end().to_owned())
}

fn chunks(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let size = line(reader)?;
        let size = size.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).map_err(|_| broken("a chunk without a size"))?;
        let start = body.len();
        body.resize(start + size, 0);
        reader.read_exact(&mut body[start..])?;
        if !line(reader)?.is_empty() {
            return Err(broken("a chunk longer than its size"));
        }
        if size == 0 {
            return Ok(body);
        }
    }
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
