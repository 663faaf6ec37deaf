//! Constraints of tables, and what those of columns share with them.
//!
//! **Must not:** know which columns a table has.

use crate::diagnostic::SqlState;
use crate::parse::Parsed;
use crate::parse::stream::Parser;
use crate::syntax::name::{Name, Span};
use crate::syntax::table::{
    ConstraintAttributes, Exclusion, ForeignTarget, KeyOptions, MatchKind, ReferentialAction,
    TableConstraint, TableConstraintKind,
};

impl Parser<'_> {
    pub(super) fn at_table_constraint(&self) -> bool {
        self.at_any(&["constraint", "check", "unique", "primary", "foreign"])
            || (self.at("exclude") && (self.mark_follows(1, "(") || self.word_at(1) == Some("using")))
    }

    pub(super) fn table_constraint(&mut self) -> Parsed<TableConstraint> {
        let start = self.here();
        let name = if self.accept("constraint") { Some(self.name("a constraint's name")?) } else { None };
        let kind = if self.accept("check") {
            TableConstraintKind::Check(self.enclosed_expression()?)
        } else if self.accept("unique") {
            self.key(false)?
        } else if self.accept("primary") {
            self.expect("key")?;
            self.key(true)?
        } else if self.accept("foreign") {
            self.expect("key")?;
            let columns = self.listed(|parser| parser.name("a column name"))?;
            TableConstraintKind::ForeignKey { columns, target: self.foreign_target()? }
        } else if self.accept("exclude") {
            TableConstraintKind::Exclude(self.exclusion()?)
        } else {
            return Err(self.unexpected("`check`, `unique`, `primary key`, `foreign key` or `exclude`"));
        };
        let attributes = self.attributes()?;
        self.check_attributes(&kind, attributes, start)?;
        Ok(TableConstraint { name, kind, attributes, span: self.since(start) })
    }

    fn key(&mut self, primary: bool) -> Parsed<TableConstraintKind> {
        if self.accept_words(&["using", "index"]) {
            return Ok(TableConstraintKind::UsingIndex { primary, index: self.name("an index")? });
        }
        let nulls_not_distinct = !primary && self.nulls_not_distinct();
        let columns = self.listed(|parser| parser.name("a column name"))?;
        let mut options = self.key_options()?;
        options.nulls_not_distinct = nulls_not_distinct;
        Ok(match primary {
            true => TableConstraintKind::PrimaryKey { columns, options },
            false => TableConstraintKind::Unique { columns, options },
        })
    }

    /// `nulls not distinct`; `nulls distinct` says what holds anyway.
    pub(super) fn nulls_not_distinct(&mut self) -> bool {
        let found = self.accept_words(&["nulls", "not", "distinct"]);
        if !found {
            self.accept_words(&["nulls", "distinct"]);
        }
        found
    }

    /// `include (…) with (…) using index tablespace t`.
    pub(super) fn key_options(&mut self) -> Parsed<KeyOptions> {
        let include = if self.accept("include") {
            self.listed(|parser| parser.name("a column name"))?
        } else {
            Vec::new()
        };
        let options = self.with_options()?;
        let tablespace = if self.accept_words(&["using", "index", "tablespace"]) {
            Some(self.name("a tablespace")?)
        } else {
            None
        };
        Ok(KeyOptions { nulls_not_distinct: false, include, options, tablespace })
    }

    /// `references t (a) match full on delete cascade`; the finger stands on the word.
    pub(super) fn foreign_target(&mut self) -> Parsed<ForeignTarget> {
        let start = self.here();
        self.expect("references")?;
        let table = self.relation_name("a table")?;
        let columns = self.column_names()?;
        let match_kind = self.match_kind()?;
        let mut on_delete = None;
        let mut on_update = None;
        while self.at("on") {
            self.advance();
            let deletes = match self.accept_any(&["delete", "update"]) {
                Some(word) => word == "delete",
                None => return Err(self.unexpected("`delete` or `update`")),
            };
            let place = if deletes { &mut on_delete } else { &mut on_update };
            if place.is_some() {
                return Err(self.unexpected("each of `on delete` and `on update` once"));
            }
            *place = Some(self.referential_action(deletes)?);
        }
        let on_delete = on_delete.unwrap_or(ReferentialAction::NoAction);
        let on_update = on_update.unwrap_or(ReferentialAction::NoAction);
        Ok(ForeignTarget { table, columns, match_kind, on_delete, on_update, span: self.since(start) })
    }

    fn match_kind(&mut self) -> Parsed<MatchKind> {
        if !self.accept("match") {
            return Ok(MatchKind::Simple);
        }
        match self.accept_any(&["simple", "full", "partial"]) {
            Some("simple") => Ok(MatchKind::Simple),
            Some("full") => Ok(MatchKind::Full),
            Some(_) => {
                let here = self.here();
                let mut error = self.fault("MATCH PARTIAL not yet implemented", here);
                error.sqlstate = SqlState::FEATURE_NOT_SUPPORTED;
                Err(error)
            }
            None => Err(self.unexpected("`simple` or `full`")),
        }
    }

    fn referential_action(&mut self, deletes: bool) -> Parsed<ReferentialAction> {
        if self.accept_words(&["no", "action"]) {
            return Ok(ReferentialAction::NoAction);
        }
        if self.accept("restrict") {
            return Ok(ReferentialAction::Restrict);
        }
        if self.accept("cascade") {
            return Ok(ReferentialAction::Cascade);
        }
        let start = self.here();
        let nulls = self.at_words(&["set", "null"]);
        if !nulls && !self.at_words(&["set", "default"]) {
            return Err(self.unexpected("`no action`, `restrict`, `cascade`, `set null` or `set default`"));
        }
        self.advance();
        self.advance();
        let columns: Vec<Name> = self.column_names()?;
        if !deletes && !columns.is_empty() {
            let message = format!(
                "a column list with {} is only supported for ON DELETE actions",
                if nulls { "SET NULL" } else { "SET DEFAULT" }
            );
            let mut error = self.fault(message, self.since(start));
            error.sqlstate = SqlState::FEATURE_NOT_SUPPORTED;
            return Err(error);
        }
        Ok(if nulls { ReferentialAction::SetNull(columns) } else { ReferentialAction::SetDefault(columns) })
    }

    fn exclusion(&mut self) -> Parsed<Exclusion> {
        let method = self.access_method()?;
        let elements = self.listed(|parser| {
            let element = parser.index_element()?;
            parser.expect("with")?;
            let qualified = parser.at_qualified_operator();
            let operator = if qualified { parser.qualified_operator()? } else { parser.operator_symbol()? };
            Ok((element, operator))
        })?;
        let options = self.key_options()?;
        let filter = if self.accept("where") { Some(self.enclosed_expression()?) } else { None };
        Ok(Exclusion { method, elements, filter, options })
    }

    /// All of `deferrable`, `initially deferred`, `not valid`, `no inherit` that stand here.
    pub(super) fn attributes(&mut self) -> Parsed<ConstraintAttributes> {
        let mut attributes = ConstraintAttributes::default();
        loop {
            if self.accept_words(&["not", "valid"]) {
                attributes.not_valid = true;
            } else if self.accept_words(&["no", "inherit"]) {
                attributes.no_inherit = true;
            } else if self.at_any(&["deferrable", "initially"]) || self.at_words(&["not", "deferrable"]) {
                self.attribute(&mut attributes)?;
            } else {
                return Ok(attributes);
            }
        }
    }

    /// One of `deferrable`, `not deferrable`, `initially deferred`, `initially immediate`.
    pub(super) fn attribute(&mut self, attributes: &mut ConstraintAttributes) -> Parsed<()> {
        let start = self.here();
        let conflict = "conflicting constraint properties";
        if self.at_any(&["deferrable", "not"]) {
            let deferrable = !self.accept("not");
            self.expect("deferrable")?;
            if attributes.deferrable.is_some_and(|before| before != deferrable) {
                return Err(self.fault(conflict, self.since(start)));
            }
            attributes.deferrable = Some(deferrable);
        } else {
            self.expect("initially")?;
            let deferred = match self.accept_any(&["deferred", "immediate"]) {
                Some(word) => word == "deferred",
                None => return Err(self.unexpected("`deferred` or `immediate`")),
            };
            if attributes.initially_deferred.is_some_and(|before| before != deferred) {
                return Err(self.fault(conflict, self.since(start)));
            }
            attributes.initially_deferred = Some(deferred);
        }
        if attributes.deferrable == Some(false) && attributes.initially_deferred == Some(true) {
            let message = "constraint declared INITIALLY DEFERRED must be DEFERRABLE";
            return Err(self.fault(message, self.since(start)));
        }
        Ok(())
    }

    /// PostgreSQL's grammar refuses attributes that a kind of constraint cannot have.
    fn check_attributes(
        &self,
        kind: &TableConstraintKind,
        attributes: ConstraintAttributes,
        start: Span,
    ) -> Parsed<()> {
        let (what, deferrable, not_valid, no_inherit) = match kind {
            TableConstraintKind::Check(_) => ("CHECK", false, true, true),
            TableConstraintKind::Unique { .. } => ("UNIQUE", true, false, false),
            TableConstraintKind::PrimaryKey { .. } => ("PRIMARY KEY", true, false, false),
            TableConstraintKind::UsingIndex { primary: true, .. } => ("PRIMARY KEY", true, false, false),
            TableConstraintKind::UsingIndex { .. } => ("UNIQUE", true, false, false),
            TableConstraintKind::ForeignKey { .. } => ("FOREIGN KEY", true, true, false),
            TableConstraintKind::Exclude(_) => ("EXCLUDE", true, false, false),
        };
        let is_deferrable =
            attributes.deferrable == Some(true) || attributes.initially_deferred == Some(true);
        let mark = if is_deferrable && !deferrable {
            "DEFERRABLE"
        } else if attributes.not_valid && !not_valid {
            "NOT VALID"
        } else if attributes.no_inherit && !no_inherit {
            "NO INHERIT"
        } else {
            return Ok(());
        };
        let message = format!("{what} constraints cannot be marked {mark}");
        let mut error = self.fault(message, self.since(start));
        error.sqlstate = SqlState::FEATURE_NOT_SUPPORTED;
        Err(error)
    }
}
