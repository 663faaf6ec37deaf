//! Which object `alter` changes, and the changes that many kinds of objects share.
//!
//! **Must not:** read the actions of `alter table`.

use crate::parse::Parsed;
use crate::parse::stream::Parser;
use crate::syntax::name::{ObjectName, Span};
use crate::syntax::object::{AlterObject, ObjectChange, ObjectKind, ObjectReference};
use crate::syntax::routine::AlterFunction;
use crate::syntax::statement::{StatementKind, Unserved};
use crate::syntax::table::RelationKind;

impl Parser<'_> {
    pub(super) fn alter(&mut self) -> Parsed<StatementKind> {
        self.expect("alter")?;
        if let Some((relation, kind, words)) = self.relation_kind() {
            for _ in 0..words {
                self.advance();
            }
            return self.alter_relation(relation, kind);
        }
        match self.word_at(0).unwrap_or_default() {
            "default" => self.alter_default_privileges(),
            "policy" => self.alter_policy(),
            "role" | "user" | "group" => self.alter_role(),
            "publication" => self.alter_publication(),
            "type" | "domain" => self.alter_type_or_domain(),
            "function" | "procedure" | "routine" => self.alter_function(),
            _ => self.alter_named(),
        }
    }

    /// The relation's kind, as both trees know it, and of how many words it was made.
    fn relation_kind(&self) -> Option<(RelationKind, ObjectKind, usize)> {
        const KINDS: [(&[&str], RelationKind, ObjectKind); 6] = [
            (&["table"], RelationKind::Table, ObjectKind::Table),
            (&["foreign", "table"], RelationKind::ForeignTable, ObjectKind::ForeignTable),
            (&["view"], RelationKind::View, ObjectKind::View),
            (&["materialized", "view"], RelationKind::MaterializedView, ObjectKind::MaterializedView),
            (&["index"], RelationKind::Index, ObjectKind::Index),
            (&["sequence"], RelationKind::Sequence, ObjectKind::Sequence),
        ];
        let (words, relation, kind) = KINDS.iter().find(|(words, ..)| self.at_words(words))?;
        Some((*relation, *kind, words.len()))
    }

    fn alter_relation(&mut self, relation: RelationKind, kind: ObjectKind) -> Parsed<StatementKind> {
        let start = self.here();
        let all_in = [["all", "in", "tablespace"]].iter().any(|words| self.at_words(words));
        if all_in {
            return self.unserved_rest("alter table all in tablespace", start);
        }
        let if_exists = self.if_exists();
        let (name, only) = self.relation()?;
        if self.at_words(&["depends", "on"]) || self.at_words(&["no", "depends"]) {
            self.pass_rest()?;
            let object = reference(kind, name, self.since(start));
            let change = ObjectChange::Unserved("depends on extension");
            return Ok(StatementKind::AlterObject(Box::new(AlterObject { object, if_exists, change })));
        }
        let shared = self.at_any(&["rename", "owner"]) || self.at_words(&["set", "schema"]);
        let logged = self.at_words(&["set", "logged"]) || self.at_words(&["set", "unlogged"]);
        if relation == RelationKind::Sequence && !shared && !logged {
            return self.alter_sequence_options(name, if_exists);
        }
        self.alter_table(relation, name, if_exists, only)
    }

    fn unserved_rest(&mut self, command: &'static str, span: Span) -> Parsed<StatementKind> {
        self.pass_rest()?;
        Ok(StatementKind::Unserved(Unserved { command, span }))
    }

    fn alter_type_or_domain(&mut self) -> Parsed<StatementKind> {
        let start = self.here();
        let kind = if self.at("type") { ObjectKind::Type } else { ObjectKind::Domain };
        self.advance();
        let name = self.object_name("a type's name")?;
        if kind == ObjectKind::Type {
            if let Some(found) = self.alter_type(&name)? {
                return Ok(StatementKind::AlterType(Box::new(found)));
            }
        } else if let Some(found) = self.alter_domain(&name)? {
            return Ok(StatementKind::AlterDomain(Box::new(found)));
        }
        let object = reference(kind, name, self.since(start));
        let change = self.shared_change()?;
        Ok(StatementKind::AlterObject(Box::new(AlterObject { object, if_exists: false, change })))
    }

    fn alter_function(&mut self) -> Parsed<StatementKind> {
        let object = self.object_reference()?;
        if self.at_any(&["rename", "owner", "depends"])
            || self.at_words(&["set", "schema"])
            || self.at_words(&["no", "depends"])
        {
            let change = self.shared_change()?;
            return Ok(StatementKind::AlterObject(Box::new(AlterObject {
                object,
                if_exists: false,
                change,
            })));
        }
        let mut options = Vec::new();
        while let Some(option) = self.alter_function_option()? {
            options.push(option);
        }
        if options.is_empty() {
            return Err(self.unexpected("`rename to`, `owner to`, `set schema` or a function's clause"));
        }
        self.accept("restrict");
        Ok(StatementKind::AlterFunction(Box::new(AlterFunction { object, options })))
    }

    /// Every other kind: it can be renamed, moved or given away; what else there is for some of them is never served.
    fn alter_named(&mut self) -> Parsed<StatementKind> {
        const UNSERVED: [&str; 13] = [
            "set",
            "reset",
            "with",
            "options",
            "version",
            "connection",
            "refresh",
            "enable",
            "disable",
            "add",
            "drop",
            "skip",
            "allow_connections",
        ];
        let object = self.object_reference()?;
        let change = if self.at_any(&UNSERVED) && !self.at_words(&["set", "schema"]) {
            self.pass_rest()?;
            ObjectChange::Unserved("change its options")
        } else {
            self.shared_change()?
        };
        Ok(StatementKind::AlterObject(Box::new(AlterObject { object, if_exists: false, change })))
    }

    /// `rename to`, `owner to`, `set schema`, `depends on extension`.
    fn shared_change(&mut self) -> Parsed<ObjectChange> {
        if self.accept_words(&["rename", "to"]) {
            return Ok(ObjectChange::RenameTo(self.name("a new name")?));
        }
        if self.accept_words(&["owner", "to"]) {
            return Ok(ObjectChange::OwnerTo(self.role()?));
        }
        if self.accept_words(&["set", "schema"]) {
            return Ok(ObjectChange::SetSchema(self.name("a schema's name")?));
        }
        if self.at_words(&["depends", "on"]) || self.at_words(&["no", "depends"]) {
            self.pass_rest()?;
            return Ok(ObjectChange::Unserved("depends on extension"));
        }
        Err(self.unexpected("`rename to`, `owner to` or `set schema`"))
    }
}

/// An object that is known by its name alone.
pub(super) fn reference(kind: ObjectKind, name: ObjectName, span: Span) -> ObjectReference {
    ObjectReference { kind, name, parameters: None, on: None, on_domain: false, span }
}
