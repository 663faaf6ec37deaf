//! The names that PostgreSQL makes up: `t_pkey`, `t_a_key`, `t_a_fkey`, `t_a_check`, `t_a_idx`, `t_a_seq`, numbered when taken.

use std::collections::BTreeSet;

use algebra::names::{ConstraintName, LocalName, NAME_BYTES_MAX, QualifiedName, SchemaName};
use catalog::Catalog;

use super::fail::{Bind, refused};
use crate::syntax::name::Span;

/// Names that one statement has given so far, beside those of the catalog.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    names: BTreeSet<String>,
}

impl Taken {
    /// Keeps a name that the author wrote.
    pub(crate) fn insert(&mut self, name: &str) {
        self.names.insert(name.to_owned());
    }

    /// A free name of a constraint, such as `t_a_fkey`.
    pub(crate) fn constraint(
        &mut self,
        catalog: &Catalog,
        schema: &SchemaName,
        parts: (&str, &str, &str),
        span: Span,
    ) -> Bind<ConstraintName> {
        let text = self.free(parts, |name| {
            let same_schema = catalog.tables().filter(|table| table.name.schema == *schema);
            same_schema.flat_map(|table| table.constraint_names()).any(|own| own.as_str() == name)
                || is_relation(catalog, schema, name)
        });
        ConstraintName::parse(&text).map_err(|error| refused("42602", error.to_string(), span))
    }

    /// A free name of a relation, such as `t_a_seq`.
    pub(crate) fn relation(
        &mut self,
        catalog: &Catalog,
        schema: &SchemaName,
        parts: (&str, &str, &str),
        span: Span,
    ) -> Bind<LocalName> {
        let text = self.free(parts, |name| is_relation(catalog, schema, name));
        LocalName::parse(&text).map_err(|error| refused("42602", error.to_string(), span))
    }

    fn free(&mut self, (table, column, label): (&str, &str, &str), taken: impl Fn(&str) -> bool) -> String {
        let mut number = 0;
        loop {
            let label = if number == 0 { label.to_owned() } else { format!("{label}{number}") };
            let name = object_name(table, column, &label);
            if !self.names.contains(&name) && !taken(&name) {
                self.names.insert(name.clone());
                return name;
            }
            number += 1;
        }
    }
}

fn is_relation(catalog: &Catalog, schema: &SchemaName, name: &str) -> bool {
    LocalName::parse(name).is_ok_and(|name| catalog.has_relation(&QualifiedName::new(schema.clone(), name)))
}

/// `table_column_label`, the longer of the first two cut until it fits.
fn object_name(table: &str, column: &str, label: &str) -> String {
    let overhead = label.len() + 1 + usize::from(!column.is_empty());
    let room = NAME_BYTES_MAX.saturating_sub(overhead);
    let (mut first, mut second) = (table.len(), column.len());
    while first + second > room {
        if first > second {
            first -= 1;
        } else {
            second -= 1;
        }
    }
    let table = cut(table, first);
    let column = cut(column, second);
    if column.is_empty() { format!("{table}_{label}") } else { format!("{table}_{column}_{label}") }
}

/// The first bytes of a text, no character cut in two.
fn cut(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
