//! Publications: which tables change streams tell of.
//!
//! **Must not:** know which tables exist.

use crate::parse::Parsed;
use crate::parse::alter::reference;
use crate::parse::stream::Parser;
use crate::syntax::name::ObjectName;
use crate::syntax::object::{
    AlterObject, AlterPublication, CreatePublication, ObjectChange, ObjectKind, PublicationChange,
    PublicationObject,
};
use crate::syntax::statement::StatementKind;

impl Parser<'_> {
    pub(super) fn create_publication(&mut self) -> Parsed<StatementKind> {
        self.expect("publication")?;
        let name = self.name("a publication's name")?;
        let mut publication =
            CreatePublication { name, all_tables: false, objects: Vec::new(), options: Vec::new() };
        if self.accept("for") {
            publication.all_tables = self.accept_words(&["all", "tables"]);
            if !publication.all_tables {
                publication.objects = self.publication_objects()?;
            }
        }
        publication.options = self.with_options()?;
        Ok(StatementKind::CreatePublication(Box::new(publication)))
    }

    /// `table a, b, tables in schema c`: the words hold until others come.
    fn publication_objects(&mut self) -> Parsed<Vec<PublicationObject>> {
        let mut in_schema = false;
        if !self.at("table") && !self.at_words(&["tables", "in", "schema"]) {
            return Err(self.unexpected("`table`, `tables in schema` or `all tables`"));
        }
        self.list(|parser| {
            if parser.accept("table") {
                in_schema = false;
            } else if parser.accept_words(&["tables", "in", "schema"]) {
                in_schema = true;
            }
            if in_schema {
                let schema = if parser.accept("current_schema") {
                    None
                } else {
                    Some(parser.name("a schema's name")?)
                };
                return Ok(PublicationObject::TablesInSchema(schema));
            }
            let (name, only) = parser.relation()?;
            let columns = parser.column_names()?;
            let filter = if parser.accept("where") { Some(parser.enclosed_expression()?) } else { None };
            Ok(PublicationObject::Table { name, only, columns, filter })
        })
    }

    pub(super) fn alter_publication(&mut self) -> Parsed<StatementKind> {
        let start = self.here();
        self.expect("publication")?;
        let name = self.name("a publication's name")?;
        let shared = if self.accept_words(&["rename", "to"]) {
            Some(ObjectChange::RenameTo(self.name("a new name")?))
        } else if self.accept_words(&["owner", "to"]) {
            Some(ObjectChange::OwnerTo(self.role()?))
        } else {
            None
        };
        if let Some(change) = shared {
            let object = reference(ObjectKind::Publication, ObjectName::single(name), self.since(start));
            return Ok(StatementKind::AlterObject(Box::new(AlterObject {
                object,
                if_exists: false,
                change,
            })));
        }
        let change = match self.accept_any(&["add", "set", "drop"]) {
            Some("add") => PublicationChange::Add(self.publication_objects()?),
            Some("set") if self.at_mark("(") => PublicationChange::SetOptions(self.options()?),
            Some("set") => PublicationChange::Set(self.publication_objects()?),
            Some(_) => PublicationChange::Drop(self.publication_objects()?),
            None => return Err(self.unexpected("`add`, `set`, `drop`, `rename to` or `owner to`")),
        };
        Ok(StatementKind::AlterPublication(Box::new(AlterPublication { name, change })))
    }
}
