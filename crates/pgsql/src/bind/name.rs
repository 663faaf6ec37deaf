//! Names as written to names of the catalog, and relations by name.

use std::sync::Arc;

use algebra::names::{
    ColumnName, ConstraintName, LocalName, NameError, PolicyName, QualifiedName, RoleName, SchemaName,
};
use catalog::{Table, View};

use super::binder::Binder;
use super::fail::{Bind, refused};
use super::near::nearest;
use crate::diagnostic::Diagnostic;
use crate::syntax::name::{Name, ObjectName, Span};

/// A relation of the catalog.
#[derive(Debug, Clone)]
pub(crate) enum Relation {
    Table(Arc<Table>),
    View(Arc<View>),
}

impl Relation {
    pub(crate) fn name(&self) -> &QualifiedName {
        match self {
            Relation::Table(table) => &table.name,
            Relation::View(view) => &view.name,
        }
    }
}

fn invalid(error: &NameError, name: &Name) -> Diagnostic {
    let code = match error {
        NameError::Empty => "42601",
        NameError::TooLong { .. } => "42622",
        NameError::Nul => "22021",
    };
    refused(code, error.to_string(), name.span)
}

pub(crate) fn column_name(name: &Name) -> Bind<ColumnName> {
    ColumnName::parse(&name.text).map_err(|error| invalid(&error, name))
}

pub(crate) fn constraint_name(name: &Name) -> Bind<ConstraintName> {
    ConstraintName::parse(&name.text).map_err(|error| invalid(&error, name))
}

pub(crate) fn policy_name(name: &Name) -> Bind<PolicyName> {
    PolicyName::parse(&name.text).map_err(|error| invalid(&error, name))
}

pub(crate) fn role_name(name: &Name) -> Bind<RoleName> {
    RoleName::parse(&name.text).map_err(|error| invalid(&error, name))
}

pub(crate) fn local_name(name: &Name) -> Bind<LocalName> {
    LocalName::parse(&name.text).map_err(|error| invalid(&error, name))
}

pub(crate) fn schema_name(name: &Name) -> Bind<SchemaName> {
    SchemaName::parse(&name.text).map_err(|error| invalid(&error, name))
}

/// A qualified name for messages: `public` is left out.
pub(crate) fn shown(name: &QualifiedName) -> String {
    if name.is_public() {
        name.name.as_str().to_owned()
    } else {
        format!("{}.{}", name.schema.as_str(), name.name.as_str())
    }
}

impl Binder<'_> {
    /// The names that a written name may mean: one when it has a schema, else one for each schema of the search path.
    pub(crate) fn possible(&self, name: &ObjectName) -> Bind<Vec<QualifiedName>> {
        let local = local_name(name.last())?;
        if let Some(schema) = name.schema() {
            return Ok(vec![QualifiedName::new(schema_name(schema)?, local)]);
        }
        let path = self.options.search_path.iter();
        Ok(path.map(|schema| QualifiedName::new(schema.clone(), local.clone())).collect())
    }

    /// The name that a new object gets; its schema must exist.
    pub(crate) fn new_name(&self, name: &ObjectName) -> Bind<QualifiedName> {
        let found = self.possible(name)?.into_iter().find(|name| self.catalog.has_schema(&name.schema));
        found.ok_or_else(|| match name.schema() {
            Some(schema) => {
                refused("3F000", format!("schema \"{}\" does not exist", schema.text), schema.span)
            }
            None => refused("3F000", "no schema has been selected to create in", name.span),
        })
    }

    /// Whether a name is written with a schema that is not there.
    pub(crate) fn lacks_schema(&self, name: &ObjectName) -> bool {
        name.schema().is_some_and(|schema| {
            schema.text != "pg_catalog"
                && SchemaName::parse(&schema.text).is_ok_and(|schema| !self.catalog.has_schema(&schema))
        })
    }

    /// `schema "x" does not exist`, for a name that is written with it.
    pub(crate) fn no_schema(&self, name: &ObjectName) -> Diagnostic {
        let schema = name.schema().map_or("", |schema| schema.text.as_str());
        refused("3F000", format!("schema \"{schema}\" does not exist"), name.span)
    }

    /// The table or view of this name.
    pub(crate) fn relation(&self, name: &ObjectName) -> Bind<Relation> {
        for candidate in self.possible(name)? {
            if let Some(table) = self.catalog.table(&candidate) {
                return Ok(Relation::Table(table.clone()));
            }
            if let Some(view) = self.catalog.view(&candidate) {
                return Ok(Relation::View(view.clone()));
            }
        }
        Err(self.no_relation(name))
    }

    /// The table of this name; a view is refused with `42809`.
    pub(crate) fn table(&self, name: &ObjectName) -> Bind<Arc<Table>> {
        match self.relation(name)? {
            Relation::Table(table) => Ok(table),
            Relation::View(_) => {
                Err(refused("42809", format!("\"{}\" is not a table", name.last().text), name.span))
            }
        }
    }

    fn no_relation(&self, name: &ObjectName) -> Diagnostic {
        let message = format!("relation \"{}\" does not exist", name.dotted());
        let diagnostic = refused("42P01", message, name.span);
        let names = self.catalog.tables().map(|table| &table.name);
        let names = names.chain(self.catalog.views().map(|view| &view.name));
        let written = name.last().text.as_str();
        let all: Vec<_> = names.collect();
        match nearest(written, all.iter().map(|name| name.name.as_str())) {
            Some(near) => {
                let full = all.iter().find(|name| name.name.as_str() == near).map(|name| shown(name));
                diagnostic.with_hint(format!("Perhaps you meant \"{}\".", full.unwrap_or_default()))
            }
            None => diagnostic,
        }
    }

    /// The sequence that a text names, as `nextval` takes it: `s`, `public.s`, `"S"`.
    pub(crate) fn sequence_named(&self, text: &str, span: Span) -> Bind<QualifiedName> {
        let parts = text_parts(text);
        let name = |text: &String| Name { text: text.clone(), quoted: true, span };
        let written = ObjectName { parts: parts.iter().map(name).collect(), span };
        if written.parts.is_empty() || written.parts.iter().any(|part| part.text.is_empty()) {
            return Err(refused("42602", "invalid name syntax", span));
        }
        let found = self.possible(&written)?.into_iter().find(|name| self.catalog.sequence(name).is_some());
        found.ok_or_else(|| refused("42P01", format!("relation \"{text}\" does not exist"), span))
    }

    /// The role of this name, which must exist.
    pub(crate) fn role(&self, name: &Name) -> Bind<RoleName> {
        let role = role_name(name)?;
        if self.catalog.has_role(&role) || role.as_str() == "postgres" {
            Ok(role)
        } else {
            Err(no_role(&name.text, name.span))
        }
    }
}

pub(crate) fn no_role(name: &str, span: Span) -> Diagnostic {
    refused("42704", format!("role \"{name}\" does not exist"), span)
}

/// The parts of a dotted name in a text: folded to lower case unless quoted.
fn text_parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    let mut letters = text.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        let last = parts.last_mut().expect("there is always a last part");
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                last.push('"');
            }
            '"' => quoted = !quoted,
            '.' if !quoted => parts.push(String::new()),
            _ if quoted => last.push(letter),
            _ => last.extend(letter.to_lowercase()),
        }
    }
    parts
}
