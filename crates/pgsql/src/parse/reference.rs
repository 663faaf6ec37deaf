//! Objects named by kind and name, where statements drop or describe them.
//!
//! **Must not:** know which objects exist.

use crate::parse::Parsed;
use crate::parse::name::is_column_name;
use crate::parse::stream::Parser;
use crate::syntax::name::{ObjectName, Span};
use crate::syntax::object::{Comment, Drop, ObjectKind, ObjectReference};
use crate::syntax::statement::{StatementKind, Unserved};

/// The words of the kinds, the longer before the shorter.
const KINDS: [(&[&str], ObjectKind); 36] = [
    (&["access", "method"], ObjectKind::AccessMethod),
    (&["aggregate"], ObjectKind::Aggregate),
    (&["collation"], ObjectKind::Collation),
    (&["column"], ObjectKind::Column),
    (&["constraint"], ObjectKind::Constraint),
    (&["conversion"], ObjectKind::Conversion),
    (&["database"], ObjectKind::Database),
    (&["domain"], ObjectKind::Domain),
    (&["event", "trigger"], ObjectKind::EventTrigger),
    (&["extension"], ObjectKind::Extension),
    (&["foreign", "data", "wrapper"], ObjectKind::ForeignDataWrapper),
    (&["foreign", "table"], ObjectKind::ForeignTable),
    (&["function"], ObjectKind::Function),
    (&["index"], ObjectKind::Index),
    (&["procedural", "language"], ObjectKind::Language),
    (&["language"], ObjectKind::Language),
    (&["materialized", "view"], ObjectKind::MaterializedView),
    (&["policy"], ObjectKind::Policy),
    (&["procedure"], ObjectKind::Procedure),
    (&["publication"], ObjectKind::Publication),
    (&["role"], ObjectKind::Role),
    (&["routine"], ObjectKind::Routine),
    (&["rule"], ObjectKind::Rule),
    (&["schema"], ObjectKind::Schema),
    (&["sequence"], ObjectKind::Sequence),
    (&["server"], ObjectKind::Server),
    (&["statistics"], ObjectKind::Statistics),
    (&["subscription"], ObjectKind::Subscription),
    (&["table"], ObjectKind::Table),
    (&["tablespace"], ObjectKind::Tablespace),
    (&["text", "search", "configuration"], ObjectKind::TextSearchConfiguration),
    (&["text", "search", "dictionary"], ObjectKind::TextSearchDictionary),
    (&["text", "search", "parser"], ObjectKind::TextSearchParser),
    (&["text", "search", "template"], ObjectKind::TextSearchTemplate),
    (&["trigger"], ObjectKind::Trigger),
    (&["type"], ObjectKind::Type),
];

impl Parser<'_> {
    fn object_kind(&mut self) -> Parsed<ObjectKind> {
        if self.accept("view") {
            return Ok(ObjectKind::View);
        }
        match KINDS.iter().find(|(words, _)| self.at_words(words)) {
            Some((words, kind)) => {
                self.accept_words(words);
                Ok(*kind)
            }
            None => Err(self.unexpected("a kind of object: `table`, `view`, `function`, `type`, `policy` …")),
        }
    }

    /// Kind and name.
    pub(super) fn object_reference(&mut self) -> Parsed<ObjectReference> {
        let start = self.here();
        let kind = self.object_kind()?;
        let reference = self.reference_of(kind)?;
        Ok(ObjectReference { span: self.since(start), ..reference })
    }

    /// A name of a kind that is known.
    fn reference_of(&mut self, kind: ObjectKind) -> Parsed<ObjectReference> {
        let start = self.here();
        let mut parameters = None;
        let mut on = None;
        let mut on_domain = false;
        let name = match kind {
            ObjectKind::Policy | ObjectKind::Trigger | ObjectKind::Rule | ObjectKind::Constraint => {
                let name = self.name("a name")?;
                self.expect("on")?;
                let named = is_column_name(self.token_at(1));
                on_domain = kind == ObjectKind::Constraint && named && self.accept("domain");
                on = Some(self.relation_name("a table")?);
                ObjectName::single(name)
            }
            ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine | ObjectKind::Aggregate => {
                let (name, found) = self.signature()?;
                if kind == ObjectKind::Aggregate && found.is_none() {
                    return Err(self.unexpected("`(` with the aggregate's parameters"));
                }
                parameters = found;
                name
            }
            ObjectKind::Type | ObjectKind::Domain => self.type_name()?.name,
            ObjectKind::AccessMethod
            | ObjectKind::Database
            | ObjectKind::EventTrigger
            | ObjectKind::Extension
            | ObjectKind::ForeignDataWrapper
            | ObjectKind::Language
            | ObjectKind::Publication
            | ObjectKind::Role
            | ObjectKind::Schema
            | ObjectKind::Server
            | ObjectKind::Subscription
            | ObjectKind::Tablespace => ObjectName::single(self.name("a name")?),
            _ => self.object_name("a name")?,
        };
        Ok(ObjectReference { kind, name, parameters, on, on_domain, span: self.since(start) })
    }

    pub(super) fn drop_statement(&mut self) -> Parsed<StatementKind> {
        self.expect("drop")?;
        if self.at_any(&["role", "user", "group"]) {
            return self.drop_role();
        }
        let at = self.here();
        let kind = self.object_kind()?;
        if matches!(kind, ObjectKind::Column | ObjectKind::Constraint | ObjectKind::Role) {
            let text = at.text(self.source);
            let error = self.fault(format!("syntax error at or near \"{text}\""), at);
            return Err(Box::new(error.with_hint(format!("write `alter table … drop {text} …`"))));
        }
        let concurrently = kind == ObjectKind::Index && self.accept("concurrently");
        let if_exists = self.if_exists();
        let alone = matches!(
            kind,
            ObjectKind::Policy
                | ObjectKind::Trigger
                | ObjectKind::Rule
                | ObjectKind::Database
                | ObjectKind::Tablespace
        );
        let objects = if alone {
            vec![self.reference_of(kind)?]
        } else {
            self.list(|parser| parser.reference_of(kind))?
        };
        if kind == ObjectKind::Database && (self.at("with") || self.at_mark("(")) {
            self.pass_rest()?;
        }
        let behavior = self.behavior();
        Ok(StatementKind::Drop(Box::new(Drop { kind, if_exists, concurrently, objects, behavior })))
    }

    pub(super) fn comment(&mut self) -> Parsed<StatementKind> {
        let start: Span = self.here();
        self.expect_words(&["comment", "on"])?;
        if self.at_any(&["cast", "operator", "transform", "large"]) {
            let span = self.since(start);
            self.pass_rest()?;
            return Ok(StatementKind::Unserved(Unserved {
                command: "comment on an object of this kind",
                span,
            }));
        }
        let target = self.object_reference()?;
        self.expect("is")?;
        let text = if self.accept("null") {
            None
        } else {
            Some(self.string("the comment in single quotes, or `null`")?)
        };
        Ok(StatementKind::Comment(Box::new(Comment { target, text })))
    }
}
