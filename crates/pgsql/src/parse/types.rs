//! Types, domains, schemas and extensions, as they are created.
//!
//! **Must not:** know which types, schemas or extensions exist.

use crate::diagnostic::SqlState;
use crate::parse::Parsed;
use crate::parse::stream::Parser;
use crate::syntax::literal::StringLiteral;
use crate::syntax::object::{CreateDomain, CreateExtension, CreateSchema, CreateType, CreateTypeKind};
use crate::syntax::statement::{Statement, StatementKind};

impl Parser<'_> {
    pub(super) fn create_type(&mut self) -> Parsed<CreateType> {
        self.expect("type")?;
        let name = self.object_name("a type's name")?;
        if self.at_mark("(") {
            return Ok(CreateType { name, kind: CreateTypeKind::Base(self.options()?) });
        }
        if !self.accept("as") {
            return Ok(CreateType { name, kind: CreateTypeKind::Shell });
        }
        let kind = if self.accept("enum") {
            CreateTypeKind::Enum(self.enum_labels()?)
        } else if self.accept("range") {
            CreateTypeKind::Range(self.options()?)
        } else if self.accept_mark("(") {
            let fields = if self.at_mark(")") { Vec::new() } else { self.list(Self::typed_field)? };
            self.expect_mark(")")?;
            CreateTypeKind::Composite(fields)
        } else {
            return Err(self.unexpected("`enum (…)`, `range (…)` or `(` with fields"));
        };
        Ok(CreateType { name, kind })
    }

    fn enum_labels(&mut self) -> Parsed<Vec<StringLiteral>> {
        self.expect_mark("(")?;
        let labels = if self.at_mark(")") {
            Vec::new()
        } else {
            self.list(|parser| parser.string("a label in single quotes"))?
        };
        self.expect_mark(")")?;
        Ok(labels)
    }

    pub(super) fn create_domain(&mut self) -> Parsed<CreateDomain> {
        self.expect("domain")?;
        let name = self.object_name("a domain's name")?;
        self.accept("as");
        let base = self.type_name()?;
        let (constraints, collation) = self.column_constraints()?;
        Ok(CreateDomain { name, base, collation, constraints })
    }

    pub(super) fn create_schema(&mut self) -> Parsed<CreateSchema> {
        self.expect("schema")?;
        let if_not_exists = self.if_not_exists();
        let name = if self.at("authorization") { None } else { Some(self.name("a schema's name")?) };
        let authorization = if self.accept("authorization") { Some(self.role()?) } else { None };
        let mut elements: Vec<Statement> = Vec::new();
        while self.at_any(&["create", "grant"]) {
            let here = self.here();
            if if_not_exists {
                let mut error =
                    self.fault("CREATE SCHEMA IF NOT EXISTS cannot include schema elements", here);
                error.sqlstate = SqlState::FEATURE_NOT_SUPPORTED;
                return Err(error);
            }
            elements.push(self.schema_element()?);
        }
        Ok(CreateSchema { name, if_not_exists, authorization, elements })
    }

    /// A table, index, sequence, trigger, view or grant.
    fn schema_element(&mut self) -> Parsed<Statement> {
        let start = self.here();
        let statement = self.statement()?;
        let allowed = matches!(
            statement.kind,
            StatementKind::CreateTable(_)
                | StatementKind::CreateIndex(_)
                | StatementKind::CreateSequence(_)
                | StatementKind::CreateTrigger(_)
                | StatementKind::CreateView(_)
                | StatementKind::Grant(_)
        );
        if allowed {
            return Ok(statement);
        }
        let text = start.text(self.source);
        let error = self.fault(format!("syntax error at or near \"{text}\""), start);
        Err(Box::new(
            error.with_hint("end `create schema` with a semicolon; this statement cannot be part of it"),
        ))
    }

    pub(super) fn create_extension(&mut self) -> Parsed<StatementKind> {
        self.expect("extension")?;
        let if_not_exists = self.if_not_exists();
        let name = self.name("an extension's name")?;
        self.accept("with");
        let mut extension =
            CreateExtension { name, if_not_exists, schema: None, version: None, cascade: false };
        loop {
            if self.accept("schema") {
                extension.schema = Some(self.name("a schema's name")?);
            } else if self.accept("version") {
                extension.version = Some(self.word_or_string("a version")?);
            } else if self.accept("cascade") {
                extension.cascade = true;
            } else {
                return Ok(StatementKind::CreateExtension(Box::new(extension)));
            }
        }
    }

    /// `NonReservedWord_or_Sconst`.
    pub(super) fn word_or_string(&mut self, what: &str) -> Parsed<String> {
        if self.at_string() { Ok(self.string(what)?.text) } else { Ok(self.unreserved_word(what)?.text) }
    }
}
