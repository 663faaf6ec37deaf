//! The only thing that writes SQL text.
//!
//! Our own words come as `keyword`s of the source, names through `ident`, values through `param`; `literal` is for definitions and
//! for constants of the schema, where SQL allows no parameters. **Must not:** let a text of a request into the SQL.

use algebra::expression::RelationId;

use crate::program::Parameter;

/// How many parameters are compared to find an equal one. Beyond, the text of a bulk of rows would cost their square.
const SHARED_MAX: usize = 64;

/// Text and parameters as they grow.
#[derive(Debug)]
pub(crate) struct SqlWriter {
    text: String,
    parameters: Vec<Parameter>,
}

impl SqlWriter {
    pub(crate) fn new() -> Self {
        Self { text: String::with_capacity(512), parameters: Vec::new() }
    }

    /// Words and signs of SQL itself, with their blanks.
    pub(crate) fn keyword(&mut self, words: &'static str) {
        self.text.push_str(words);
    }

    /// A name from outside, always quoted, so that case and reserved words do not matter.
    pub(crate) fn ident(&mut self, name: &str) {
        self.quoted(name, '"');
    }

    /// The name of a relation of the statement: `t1`.
    pub(crate) fn alias(&mut self, relation: RelationId) {
        self.text.push('t');
        self.text.push_str(&relation.0.to_string());
    }

    /// The name of a column by its place: `c0`.
    pub(crate) fn place(&mut self, column: usize) {
        self.text.push('c');
        self.text.push_str(&column.to_string());
    }

    /// A whole number of our own.
    pub(crate) fn number(&mut self, number: i64) {
        self.text.push_str(&number.to_string());
    }

    /// A floating-point number of the schema, with all its digits. Finite.
    pub(crate) fn float(&mut self, number: f64) {
        self.text.push_str(&format!("{number:?}"));
    }

    /// A text of the schema as a string literal.
    pub(crate) fn literal(&mut self, text: &str) {
        self.quoted(text, '\'');
    }

    /// Bytes of the schema as hexadecimal digits.
    pub(crate) fn hexadecimal(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.text.push_str(&format!("{byte:02x}"));
        }
    }

    /// The number of a parameter's place, from 1. Equal parameters share one. The dialect writes how the place looks.
    pub(crate) fn param(&mut self, parameter: Parameter) -> usize {
        let near = self.parameters.iter().take(SHARED_MAX);
        if let Some(at) = near.clone().position(|known| *known == parameter) {
            return at + 1;
        }
        self.parameters.push(parameter);
        self.parameters.len()
    }

    /// How many places there are.
    pub(crate) fn places(&self) -> usize {
        self.parameters.len()
    }

    /// What was written.
    pub(crate) fn finish(self) -> (String, Vec<Parameter>) {
        (self.text, self.parameters)
    }

    fn quoted(&mut self, text: &str, quote: char) {
        self.text.push(quote);
        for (position, part) in text.split(quote).enumerate() {
            if position > 0 {
                self.text.push(quote);
                self.text.push(quote);
            }
            self.text.push_str(part);
        }
        self.text.push(quote);
    }
}
