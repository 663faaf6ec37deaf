//! Places in the text, identifiers and dotted names.
//!
//! **Must not:** decide what a name refers to.

/// A range of bytes of the text that was parsed: `start` is the first byte, `end` the one after the last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The bytes from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: narrow(start), end: narrow(end) }
    }

    /// The smallest range that holds both.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same range, further down the text: for a piece that was parsed on its own.
    pub fn shifted(self, by: usize) -> Span {
        Span { start: self.start.saturating_add(narrow(by)), end: self.end.saturating_add(narrow(by)) }
    }

    /// What stands there; empty when the range is not one of this text.
    pub fn text(self, source: &str) -> &str {
        source.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// Texts over 4 GiB are refused before the first span is made.
fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// An identifier: folded to lower case unless it was quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub text: String,
    pub quoted: bool,
    pub span: Span,
}

/// A name of one or more parts, `schema.table` or `schema.table.column`. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectName {
    pub parts: Vec<Name>,
    pub span: Span,
}

impl ObjectName {
    /// A name of one part.
    pub fn single(name: Name) -> Self {
        Self { span: name.span, parts: vec![name] }
    }

    /// The last part: the table in `schema.table`.
    pub fn last(&self) -> &Name {
        self.parts.last().expect("an object name has at least one part")
    }

    /// Everything before the last part: empty, or the schema, or database and schema.
    pub fn qualifiers(&self) -> &[Name] {
        &self.parts[..self.parts.len().saturating_sub(1)]
    }

    /// The part before the last, if there is one.
    pub fn schema(&self) -> Option<&Name> {
        self.qualifiers().last()
    }

    /// The parts joined with dots, for messages.
    pub fn dotted(&self) -> String {
        self.parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(".")
    }

    /// Whether this is exactly the built-in object of that name, as the special syntaxes produce it.
    pub fn is_builtin(&self, name: &str) -> bool {
        matches!(self.parts.as_slice(), [schema, last] if schema.text == "pg_catalog" && last.text == name)
    }
}

/// An operator, `+` or `operator(schema.+)`. `!=` is kept as PostgreSQL keeps it: `<>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// The schema parts of `operator(schema.+)`; empty otherwise.
    pub qualifiers: Vec<Name>,
    pub symbol: String,
    pub span: Span,
}
