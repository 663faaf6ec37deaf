//! The body of an answer, written row by row into one buffer.
//!
//! **Must not:** know where rows come from other than as cells.

use algebra::value::{self, Value};
use bytes::Bytes;
use plan::request::Format;

use crate::cell::{Cell, Nulls, write_cell, write_object};
use crate::layout::{Form, Layout, Source};

use super::execute::Sink;
use super::fault::Fault;
use super::{row, rows};

/// The columns of a row's key and their texts.
pub(super) type RowKey = Vec<(String, Option<String>)>;

/// Collects rows in the form that a plan asked for.
pub(super) struct Body<'a> {
    format: Format,
    layout: &'a Layout,
    out: Vec<u8>,
    key: RowKey,
    rows: u64,
}

impl<'a> Body<'a> {
    /// An empty body. `out` is a buffer to write in, empty.
    pub(super) fn new(format: Format, layout: &'a Layout, mut out: Vec<u8>) -> Self {
        if matches!(format, Format::Array { .. }) {
            out.push(b'[');
        }
        Self { format, layout, out, key: Vec::new(), rows: 0 }
    }

    /// Rows so far.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// The body, the key of the one row, and the buffer for the next.
    pub(super) fn finish(mut self) -> (Bytes, RowKey, Vec<u8>) {
        match self.format {
            Format::Array { .. } => self.out.push(b']'),
            // Without rows there is no header line either: PostgREST takes the names from the first row.
            Format::Csv if self.rows == 0 => self.out.push(b'\n'),
            Format::Csv | Format::Object { .. } | Format::Nothing | Format::Key => {}
        }
        (Bytes::copy_from_slice(&self.out), self.key, self.out)
    }
}

impl Sink for Body<'_> {
    fn row(&mut self, row: &rusqlite::Row<'_>) -> Result<(), Fault> {
        self.rows += 1;
        match self.format {
            Format::Array { strip_nulls } => {
                if self.rows > 1 {
                    self.out.push(b',');
                }
                write_object(row, self.layout, nulls(strip_nulls), &mut self.out);
            }
            // More than one row is refused at the end; only the first is written.
            Format::Object { strip_nulls } if self.rows == 1 => {
                write_object(row, self.layout, nulls(strip_nulls), &mut self.out);
            }
            Format::Csv => {
                if self.rows == 1 {
                    write_head(self.layout, &mut self.out);
                }
                write_record(row, self.layout, &mut self.out);
            }
            Format::Key if self.rows == 1 => self.key = key(row, self.layout),
            Format::Object { .. } | Format::Nothing | Format::Key => {}
        }
        Ok(())
    }
}

fn nulls(strip: bool) -> Nulls {
    if strip { Nulls::Stripped } else { Nulls::Written }
}

fn write_head(layout: &Layout, out: &mut Vec<u8>) {
    for (position, member) in layout.members.iter().enumerate() {
        if position > 0 {
            out.push(b',');
        }
        write_quoted(&member.name, out);
    }
}

fn write_record(row: &rusqlite::Row<'_>, layout: &Layout, out: &mut Vec<u8>) {
    out.push(b'\n');
    for (position, member) in layout.members.iter().enumerate() {
        if position > 0 {
            out.push(b',');
        }
        if let Some(text) = member_text(row, &member.source) {
            write_quoted(&text, out);
        }
    }
}

fn key(row: &rusqlite::Row<'_>, layout: &Layout) -> RowKey {
    layout.members.iter().map(|member| (member.name.to_string(), member_text(row, &member.source))).collect()
}

/// A member as PostgreSQL prints it; an embedded row as its JSON.
fn member_text(row: &rusqlite::Row<'_>, source: &Source) -> Option<String> {
    match source {
        Source::Column { column, ty, .. } => {
            let value = rows::value(row.get_ref(*column).map_or(Cell::Null, row::cell), ty);
            (value != Value::Null).then(|| value::output(&value, ty))
        }
        Source::Object { present, layout } => {
            let there = row.get_ref(*present).map_or(Cell::Null, row::cell) != Cell::Null;
            there.then(|| {
                let mut json = Vec::new();
                write_object(row, layout, Nulls::Written, &mut json);
                String::from_utf8_lossy(&json).into_owned()
            })
        }
    }
}

/// PostgreSQL's quoting of a field of a record.
fn write_quoted(text: &str, out: &mut Vec<u8>) {
    let special = |byte: u8| matches!(byte, b',' | b'"' | b'\\' | b'(' | b')') || byte.is_ascii_whitespace();
    if !text.is_empty() && !text.bytes().any(special) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.push(b'"');
    for byte in text.bytes() {
        if matches!(byte, b'"' | b'\\') {
            out.push(byte);
        }
        out.push(byte);
    }
    out.push(b'"');
}

/// Writes a row's columns as one JSON array of stored values, for a later step of the same program.
pub(super) fn write_stored(row: &rusqlite::Row<'_>, columns: usize, out: &mut Vec<u8>) -> Result<(), Fault> {
    out.push(b'[');
    for column in 0..columns {
        if column > 0 {
            out.push(b',');
        }
        write_stored_cell(row::cell(row.get_ref(column)?), out);
    }
    out.push(b']');
    Ok(())
}

/// Values as one JSON array of stored values.
pub(super) fn stored_array(values: &[Value]) -> String {
    let mut out = vec![b'['];
    for value in values {
        if out.len() > 1 {
            out.push(b',');
        }
        write_stored_cell(rows::borrow(value), &mut out);
    }
    out.push(b']');
    String::from_utf8_lossy(&out).into_owned()
}

/// A stored value as JSON that SQLite reads back as the same value.
fn write_stored_cell(cell: Cell<'_>, out: &mut Vec<u8>) {
    match cell {
        // A double needs its point to stay one, infinities a size beyond all.
        Cell::Float(value) if value.is_infinite() => {
            out.extend_from_slice(if value > 0.0 { b"9e999" } else { b"-9e999" });
        }
        Cell::Float(value) => out.extend_from_slice(ryu::Buffer::new().format_finite(value).as_bytes()),
        Cell::Bytes(value) => write_hex(value, out),
        cell => write_cell(cell, Form::Text, Nulls::Written, out),
    }
}

/// Bytes travel between steps as a string of hexadecimal digits, for `unhex`.
fn write_hex(value: &[u8], out: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push(b'"');
    for byte in value {
        out.push(DIGITS[usize::from(byte >> 4)]);
        out.push(DIGITS[usize::from(byte & 15)]);
    }
    out.push(b'"');
}
