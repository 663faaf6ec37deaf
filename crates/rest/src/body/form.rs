//! Form bodies: one row, all of whose values are texts.
//! **Must not:** read numbers or nulls into texts.

use std::borrow::Cow;

use bytes::Bytes;
use plan::Member;

use super::Payload;
use super::rows::RowsBuilder;
use crate::error::RequestError;
use crate::query::decode;

pub(super) fn read(body: &Bytes, mut rows: RowsBuilder) -> Result<Payload, RequestError> {
    let text = std::str::from_utf8(body).map_err(|_| RequestError::Body("The form is not valid UTF-8"))?;
    let pairs = decode(text)?;
    rows.add(pairs.iter().map(|pair| {
        Ok((Cow::Borrowed(pair.key.as_str()), Member::Text(Bytes::copy_from_slice(pair.value.as_bytes()))))
    }))?;
    Ok(rows.finish(false))
}
