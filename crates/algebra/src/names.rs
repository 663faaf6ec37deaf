//! Names from outside, each a type of its own, made by one parsing constructor.
//!
//! **Must not:** implement `Display`: a name enters SQL text only through `render`'s `SqlWriter::ident`.

use std::fmt;
use std::sync::Arc;

/// PostgreSQL's `NAMEDATALEN - 1`: the longest identifier, in bytes.
pub const NAME_BYTES_MAX: usize = 63;

/// Why a text is not a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    #[error("a name must not be empty")]
    Empty,
    #[error("a name must not be longer than {NAME_BYTES_MAX} bytes, this one has {bytes}")]
    TooLong { bytes: usize },
    #[error("a name must not contain a NUL character")]
    Nul,
}

fn check(text: &str) -> Result<(), NameError> {
    if text.is_empty() {
        return Err(NameError::Empty);
    }
    if text.len() > NAME_BYTES_MAX {
        return Err(NameError::TooLong { bytes: text.len() });
    }
    if text.contains('\0') {
        return Err(NameError::Nul);
    }
    Ok(())
}

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes a name as it is (case kept): 1 to 63 bytes, no NUL.
            ///
            /// # Errors
            /// [`NameError`] when the text is empty, too long or contains NUL.
            pub fn parse(text: &str) -> Result<Self, NameError> {
                check(text)?;
                Ok(Self(Arc::from(text)))
            }

            /// A name written in our own source.
            ///
            /// # Panics
            /// When the literal is not a name, which the first test that runs it shows.
            #[must_use]
            pub fn literal(text: &'static str) -> Self {
                Self::parse(text).expect("a name in our own source is valid")
            }

            /// The name, unquoted, for comparison, lookup and messages.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&*self.0, f)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )+};
}

names! {
    /// A schema: `public`, `auth`.
    SchemaName,
    /// A relation's (or type's, function's, sequence's) own name, without its schema.
    LocalName,
    /// A column of a table, view or query.
    ColumnName,
    /// A database role: `anon`, `authenticated`, `service_role`.
    RoleName,
    /// A constraint, unique in its table: `tasks_pkey`.
    ConstraintName,
    /// A row policy, unique in its table.
    PolicyName,
}

/// A name with its schema: of a table, view, type, sequence or function.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QualifiedName {
    pub schema: SchemaName,
    pub name: LocalName,
}

/// The name of a table or view.
pub type TableName = QualifiedName;
/// The name of a type that a user made: an enum or a domain.
pub type TypeName = QualifiedName;
/// The name of a sequence.
pub type SequenceName = QualifiedName;

impl QualifiedName {
    #[must_use]
    pub fn new(schema: SchemaName, name: LocalName) -> Self {
        Self { schema, name }
    }

    /// A qualified name written in our own source.
    #[must_use]
    pub fn literal(schema: &'static str, name: &'static str) -> Self {
        Self { schema: SchemaName::literal(schema), name: LocalName::literal(name) }
    }

    /// Whether it lies in `public`, where messages leave the schema out.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.schema.as_str() == "public"
    }
}

impl fmt::Debug for QualifiedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.schema.as_str(), self.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::{ColumnName, NameError};

    #[test]
    fn a_name_has_bounds() {
        assert_eq!(ColumnName::parse(""), Err(NameError::Empty));
        assert_eq!(ColumnName::parse("a\0b"), Err(NameError::Nul));
        assert_eq!(ColumnName::parse(&"x".repeat(64)), Err(NameError::TooLong { bytes: 64 }));
        assert_eq!(ColumnName::parse("Ünïcode name").map(|n| n.as_str().len()), Ok(14));
    }
}
