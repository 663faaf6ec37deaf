//! Columns: their types and the constraints that follow them.
//!
//! **Must not:** judge whether constraints contradict each other.

use crate::parse::Parsed;
use crate::parse::stream::Parser;
use crate::syntax::expression::Expr;
use crate::syntax::name::{Name, ObjectName, Span};
use crate::syntax::table::{ColumnConstraint, ColumnConstraintKind, ColumnDefinition, ConstraintAttributes};

impl Parser<'_> {
    /// `name type constraints`.
    pub(super) fn column_definition(&mut self) -> Parsed<ColumnDefinition> {
        let start = self.here();
        let name = self.name("a column name or a constraint")?;
        let type_name = Some(self.type_name()?);
        let compression = self.storage_words()?;
        if self.at("options") && self.mark_follows(1, "(") {
            self.advance();
            self.pass_parentheses()?;
        }
        let (constraints, collation) = self.column_constraints()?;
        Ok(ColumnDefinition { name, type_name, collation, constraints, compression, span: self.since(start) })
    }

    /// `name [with options] constraints`, where the type is known.
    pub(super) fn typed_column(&mut self) -> Parsed<ColumnDefinition> {
        let start = self.here();
        let name = self.name("a column name or a constraint")?;
        self.accept_words(&["with", "options"]);
        let (constraints, collation) = self.column_constraints()?;
        Ok(ColumnDefinition {
            name,
            type_name: None,
            collation,
            constraints,
            compression: None,
            span: self.since(start),
        })
    }

    fn storage_words(&mut self) -> Parsed<Option<Name>> {
        let storage = if self.accept("storage") { Some(self.label("a storage")?) } else { None };
        let compression = if self.accept("compression") { Some(self.label("a compression")?) } else { None };
        Ok(compression.or(storage))
    }

    /// Constraints, and the collation that may stand among them.
    pub(super) fn column_constraints(&mut self) -> Parsed<(Vec<ColumnConstraint>, Option<ObjectName>)> {
        let mut constraints: Vec<ColumnConstraint> = Vec::new();
        let mut collation = None;
        loop {
            let start = self.here();
            if self.at("collate") {
                if collation.is_some() {
                    return Err(self.fault("multiple COLLATE clauses not allowed", start));
                }
                collation = self.collation()?;
            } else if let Some(constraint) = self.column_constraint(start)? {
                constraints.push(constraint);
            } else if let Some(last) = constraints.last_mut().filter(|_| self.at_attribute()) {
                self.attach_attribute(last)?;
            } else {
                return Ok((constraints, collation));
            }
        }
    }

    fn column_constraint(&mut self, start: Span) -> Parsed<Option<ColumnConstraint>> {
        let name = if self.accept("constraint") { Some(self.name("a constraint's name")?) } else { None };
        match self.column_constraint_kind()? {
            Some((kind, attributes)) => {
                Ok(Some(ColumnConstraint { name, kind, attributes, span: self.since(start) }))
            }
            None if name.is_some() => Err(self.unexpected("a constraint after its name")),
            None => Ok(None),
        }
    }

    fn column_constraint_kind(&mut self) -> Parsed<Option<(ColumnConstraintKind, ConstraintAttributes)>> {
        let mut attributes = ConstraintAttributes::default();
        let kind = if self.at("not") && self.word_at(1) != Some("deferrable") {
            self.expect_words(&["not", "null"])?;
            ColumnConstraintKind::NotNull
        } else if self.accept("null") {
            ColumnConstraintKind::Null
        } else if self.accept("default") {
            ColumnConstraintKind::Default(self.restricted_expression()?)
        } else if self.accept("check") {
            let check = self.enclosed_expression()?;
            attributes.no_inherit = self.accept_words(&["no", "inherit"]);
            ColumnConstraintKind::Check(check)
        } else if self.accept("unique") {
            let nulls_not_distinct = self.nulls_not_distinct();
            let mut options = self.key_options()?;
            options.nulls_not_distinct = nulls_not_distinct;
            ColumnConstraintKind::Unique(options)
        } else if self.accept("primary") {
            self.expect("key")?;
            ColumnConstraintKind::PrimaryKey(self.key_options()?)
        } else if self.at("references") {
            ColumnConstraintKind::References(self.foreign_target()?)
        } else if self.at("generated") {
            self.generated()?
        } else {
            return Ok(None);
        };
        Ok(Some((kind, attributes)))
    }

    /// `( expression )`.
    pub(super) fn enclosed_expression(&mut self) -> Parsed<Expr> {
        if !self.at_mark("(") {
            return Err(self.unexpected("`(`: the condition stands in parentheses"));
        }
        self.advance();
        let found = self.expression()?;
        if self.accept_mark(")") { Ok(found) } else { Err(self.unexpected("`)`")) }
    }

    fn generated(&mut self) -> Parsed<ColumnConstraintKind> {
        self.expect("generated")?;
        let by_default = self.at("by");
        let always = self.generated_when()?;
        if self.accept("identity") {
            let options = if self.at_mark("(") { self.sequence_options_enclosed()? } else { Vec::new() };
            return Ok(ColumnConstraintKind::Identity { always, options });
        }
        if !self.at_mark("(") {
            return Err(self.unexpected("`identity` or `(expression) stored`"));
        }
        let value = self.enclosed_expression()?;
        if !self.accept("stored") {
            return Err(self.unexpected("`stored`"));
        }
        if by_default {
            let here = self.here();
            return Err(self.fault("for a generated column, GENERATED ALWAYS must be specified", here));
        }
        Ok(ColumnConstraintKind::Generated(value))
    }

    /// `always as`, `by default as`: whether always.
    pub(super) fn generated_when(&mut self) -> Parsed<bool> {
        let always = self.accept("always");
        if !always {
            self.expect_words(&["by", "default"])?;
        }
        self.expect("as")?;
        Ok(always)
    }

    fn at_attribute(&self) -> bool {
        self.at_any(&["deferrable", "initially"]) || self.at_words(&["not", "deferrable"])
    }

    /// `deferrable` and its kin stand behind the constraint they belong to.
    fn attach_attribute(&mut self, constraint: &mut ColumnConstraint) -> Parsed<()> {
        let here = self.here();
        let allowed = matches!(
            constraint.kind,
            ColumnConstraintKind::References(_)
                | ColumnConstraintKind::Unique(_)
                | ColumnConstraintKind::PrimaryKey(_)
        );
        if !allowed {
            let word = if self.at("not") {
                "NOT DEFERRABLE"
            } else if self.at("initially") {
                "INITIALLY"
            } else {
                "DEFERRABLE"
            };
            return Err(self.fault(format!("misplaced {word} clause"), here));
        }
        self.attribute(&mut constraint.attributes)?;
        constraint.span = self.since(constraint.span);
        Ok(())
    }
}
