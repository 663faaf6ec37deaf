//! CSV bodies (RFC 4180): a header line, then rows; the field `NULL` is null.
//! **Must not:** guess types.

use std::borrow::Cow;

use bytes::Bytes;
use plan::Member;

use super::Payload;
use super::rows::RowsBuilder;
use crate::error::RequestError;

const RAGGED: RequestError = RequestError::Body("All lines must have same number of fields");
const QUOTE: RequestError =
    RequestError::Body("A quoted field of the CSV does not end where a field can end");

pub(super) fn read(body: &Bytes, mut rows: RowsBuilder) -> Result<Payload, RequestError> {
    let text = std::str::from_utf8(body).map_err(|_| RequestError::Body("The CSV is not valid UTF-8"))?;
    if text.contains('\0') {
        return Err(RequestError::Nul);
    }
    let mut lines = Lines { rest: text };
    let Some(header) = lines.next().transpose()? else {
        return Err(RequestError::Body("The CSV has no header line"));
    };
    for line in lines {
        let fields = line?;
        if fields.len() != header.len() {
            return Err(RAGGED);
        }
        rows.add(
            header
                .iter()
                .zip(&fields)
                .map(|(name, field)| Ok((Cow::Borrowed(name.as_ref()), member(body, field.clone())))),
        )?;
    }
    Ok(rows.finish(true))
}

fn member(body: &Bytes, field: Cow<'_, str>) -> Member {
    match field {
        Cow::Borrowed("NULL") => Member::Null,
        Cow::Borrowed("") => Member::Text(Bytes::new()),
        Cow::Borrowed(text) => Member::Text(body.slice_ref(text.as_bytes())),
        Cow::Owned(text) => Member::Text(Bytes::from(text)),
    }
}

/// The lines of a CSV as fields. Empty lines are no lines.
struct Lines<'t> {
    rest: &'t str,
}

impl<'t> Iterator for Lines<'t> {
    type Item = Result<Vec<Cow<'t, str>>, RequestError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rest = self.rest.trim_start_matches(['\r', '\n']);
        if self.rest.is_empty() { None } else { Some(self.line()) }
    }
}

impl<'t> Lines<'t> {
    fn line(&mut self) -> Result<Vec<Cow<'t, str>>, RequestError> {
        let mut fields = Vec::new();
        loop {
            fields.push(self.field()?);
            match self.rest.strip_prefix(',') {
                Some(rest) => self.rest = rest,
                None => return Ok(fields),
            }
        }
    }

    /// One field; the cursor is then at a comma, the end of the line or the end.
    fn field(&mut self) -> Result<Cow<'t, str>, RequestError> {
        let Some(quoted) = self.rest.strip_prefix('"') else {
            let length = self.rest.find([',', '\r', '\n']).unwrap_or(self.rest.len());
            let (field, rest) = self.rest.split_at(length);
            self.rest = rest;
            return Ok(Cow::Borrowed(field));
        };
        let mut from = 0;
        loop {
            let end = from + quoted[from..].find('"').ok_or(QUOTE)?;
            let after = &quoted[end + 1..];
            if after.starts_with('"') {
                from = end + 2;
                continue;
            }
            if !(after.is_empty() || after.starts_with([',', '\r', '\n'])) {
                return Err(QUOTE);
            }
            self.rest = after;
            let field = &quoted[..end];
            return Ok(if from > 0 { Cow::Owned(field.replace("\"\"", "\"")) } else { Cow::Borrowed(field) });
        }
    }
}
