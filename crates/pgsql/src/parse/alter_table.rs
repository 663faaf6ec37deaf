//! The actions of `alter table` and of what shares them.
//!
//! **Must not:** judge which actions fit which kind of relation.

use crate::lexer::token::TokenKind;
use crate::parse::Parsed;
use crate::parse::stream::Parser;
use crate::syntax::name::ObjectName;
use crate::syntax::statement::StatementKind;
use crate::syntax::table::{
    AlterTable, AlterTableAction, AlterTableKind, ColumnChange, RelationKind, ReplicaIdentity, RowSecurity,
    TriggerChange, TriggerChoice,
};

/// Actions that are never served, by their words.
const UNSERVED: [(&[&str], &str); 15] = [
    (&["attach", "partition"], "attach partition"),
    (&["detach", "partition"], "detach partition"),
    (&["cluster", "on"], "cluster on"),
    (&["set", "without", "cluster"], "set without cluster"),
    (&["set", "without", "oids"], "set without oids"),
    (&["set", "access", "method"], "set access method"),
    (&["set", "tablespace"], "set tablespace"),
    (&["enable", "rule"], "enable rule"),
    (&["enable", "always", "rule"], "enable always rule"),
    (&["enable", "replica", "rule"], "enable replica rule"),
    (&["disable", "rule"], "disable rule"),
    (&["not", "of"], "not of"),
    (&["of"], "of"),
    (&["options"], "options"),
    (&["alter", "index"], "alter index"),
];

impl Parser<'_> {
    /// What follows the name.
    pub(super) fn alter_table(
        &mut self,
        relation: RelationKind,
        name: ObjectName,
        if_exists: bool,
        only: bool,
    ) -> Parsed<StatementKind> {
        let actions = if self.at("rename") || self.at_words(&["set", "schema"]) {
            vec![self.alter_table_alone(relation)?]
        } else {
            self.list(Self::alter_table_action)?
        };
        Ok(StatementKind::AlterTable(Box::new(AlterTable { relation, name, if_exists, only, actions })))
    }

    /// The actions that stand alone: renames and a new schema.
    fn alter_table_alone(&mut self, relation: RelationKind) -> Parsed<AlterTableAction> {
        let start = self.here();
        let has_columns = !matches!(relation, RelationKind::Index | RelationKind::Sequence);
        if relation == RelationKind::Index && !self.at_words(&["rename", "to"]) {
            return Err(self.unexpected("`rename to`"));
        }
        let kind = if self.accept_words(&["set", "schema"]) {
            AlterTableKind::SetSchema(self.name("a schema's name")?)
        } else if self.accept_words(&["rename", "to"]) {
            AlterTableKind::RenameTo(self.name("a new name")?)
        } else if self.accept_words(&["rename", "constraint"]) {
            let constraint = self.name("a constraint's name")?;
            self.expect("to")?;
            AlterTableKind::RenameConstraint { constraint, to: self.name("a new name")? }
        } else {
            self.expect("rename")?;
            if !has_columns {
                return Err(self.unexpected("`to`"));
            }
            self.accept("column");
            let column = self.name("a column name or `to`")?;
            self.expect("to")?;
            AlterTableKind::RenameColumn { column, to: self.name("a new name")? }
        };
        Ok(AlterTableAction { kind, span: self.since(start) })
    }

    fn alter_table_action(&mut self) -> Parsed<AlterTableAction> {
        let start = self.here();
        let kind = self.alter_table_kind()?;
        Ok(AlterTableAction { kind, span: self.since(start) })
    }

    fn alter_table_kind(&mut self) -> Parsed<AlterTableKind> {
        if let Some((_, words)) = UNSERVED.iter().find(|(words, _)| self.at_words(words)) {
            self.pass_action()?;
            return Ok(AlterTableKind::Unserved(words));
        }
        match self.word_at(0).unwrap_or_default() {
            "add" => self.add_action(),
            "drop" => self.drop_action(),
            "alter" => self.alter_action(),
            "validate" => {
                self.expect_words(&["validate", "constraint"])?;
                Ok(AlterTableKind::ValidateConstraint(self.name("a constraint's name")?))
            }
            "owner" => {
                self.expect_words(&["owner", "to"])?;
                Ok(AlterTableKind::OwnerTo(self.role()?))
            }
            "enable" | "disable" | "force" | "no" => self.switch_action(),
            "inherit" => {
                self.advance();
                Ok(AlterTableKind::Inherit { parent: self.relation_name("a table")?, add: true })
            }
            "set" => self.set_action(),
            "reset" => {
                self.advance();
                Ok(AlterTableKind::ResetOptions(self.options()?))
            }
            "replica" => self.replica_identity(),
            _ => {
                Err(self
                    .unexpected("`add`, `drop`, `alter`, `rename`, `enable`, `owner to` or another action"))
            }
        }
    }

    /// Passes an action up to its comma or the end of the statement.
    fn pass_action(&mut self) -> Parsed<()> {
        while !self.at_end() && !self.at_mark(";") && !self.at_mark(",") {
            if self.at_mark("(") {
                self.pass_parentheses()?;
            } else if let TokenKind::Bad(error) = self.kind() {
                return Err(error.clone());
            } else {
                self.advance();
            }
        }
        Ok(())
    }

    fn add_action(&mut self) -> Parsed<AlterTableKind> {
        self.advance();
        if self.at_table_constraint() {
            return Ok(AlterTableKind::AddConstraint(Box::new(self.table_constraint()?)));
        }
        self.accept("column");
        let if_not_exists = self.if_not_exists();
        Ok(AlterTableKind::AddColumn { if_not_exists, column: Box::new(self.column_definition()?) })
    }

    fn drop_action(&mut self) -> Parsed<AlterTableKind> {
        self.advance();
        if self.accept("constraint") {
            let if_exists = self.if_exists();
            let constraint = self.name("a constraint's name")?;
            return Ok(AlterTableKind::DropConstraint { if_exists, constraint, behavior: self.behavior() });
        }
        self.accept("column");
        let if_exists = self.if_exists();
        let column = self.name("a column name")?;
        Ok(AlterTableKind::DropColumn { if_exists, column, behavior: self.behavior() })
    }

    fn alter_action(&mut self) -> Parsed<AlterTableKind> {
        self.advance();
        if self.accept("constraint") {
            let constraint = self.name("a constraint's name")?;
            return Ok(AlterTableKind::AlterConstraint { constraint, attributes: self.attributes()? });
        }
        self.accept("column");
        let column = self.name("a column name")?;
        let change = Box::new(self.column_change()?);
        Ok(AlterTableKind::AlterColumn { column, change })
    }

    fn column_change(&mut self) -> Parsed<ColumnChange> {
        match self.word_at(0).unwrap_or_default() {
            "drop" => self.column_drop(),
            "type" => {
                self.advance();
                self.column_type()
            }
            "add" => {
                self.expect_words(&["add", "generated"])?;
                let always = self.generated_when()?;
                self.expect("identity")?;
                let options = if self.at_mark("(") { self.sequence_options_enclosed()? } else { Vec::new() };
                Ok(ColumnChange::AddIdentity { always, options })
            }
            "reset" => {
                self.advance();
                Ok(ColumnChange::ResetOptions(self.options()?))
            }
            "set" | "restart" => self.column_set(),
            _ => {
                Err(self
                    .unexpected("`type`, `set default`, `drop default`, `set not null` or `drop not null`"))
            }
        }
    }

    fn column_drop(&mut self) -> Parsed<ColumnChange> {
        self.advance();
        if self.accept("default") {
            return Ok(ColumnChange::DropDefault);
        }
        if self.accept_words(&["not", "null"]) {
            return Ok(ColumnChange::DropNotNull);
        }
        match self.accept_any(&["expression", "identity"]) {
            Some("expression") => Ok(ColumnChange::DropExpression { if_exists: self.if_exists() }),
            Some(_) => Ok(ColumnChange::DropIdentity { if_exists: self.if_exists() }),
            None => Err(self.unexpected("`default`, `not null`, `expression` or `identity`")),
        }
    }

    fn column_type(&mut self) -> Parsed<ColumnChange> {
        let type_name = self.type_name()?;
        let collation = self.collation()?;
        let using = if self.accept("using") { Some(self.expression()?) } else { None };
        Ok(ColumnChange::SetType { type_name, collation, using })
    }

    fn column_set(&mut self) -> Parsed<ColumnChange> {
        if self.accept_words(&["set", "default"]) {
            return Ok(ColumnChange::SetDefault(self.expression()?));
        }
        if self.accept_words(&["set", "not", "null"]) {
            return Ok(ColumnChange::SetNotNull);
        }
        if self.accept_words(&["set", "data", "type"]) {
            return self.column_type();
        }
        if self.accept_words(&["set", "statistics"]) {
            return Ok(ColumnChange::SetStatistics(self.signed_number_expression("a number")?));
        }
        if self.accept_words(&["set", "storage"]) {
            return Ok(ColumnChange::SetStorage(self.label("a storage")?));
        }
        if self.accept_words(&["set", "compression"]) {
            return Ok(ColumnChange::SetCompression(self.label("a compression")?));
        }
        if self.at("set") && self.mark_follows(1, "(") {
            self.advance();
            return Ok(ColumnChange::SetOptions(self.options()?));
        }
        self.set_identity()
    }

    /// `set generated always`, `set increment by 2`, `restart`: any number of them.
    fn set_identity(&mut self) -> Parsed<ColumnChange> {
        let mut always = None;
        let mut options = Vec::new();
        while self.at_any(&["set", "restart"]) {
            self.accept("set");
            if self.accept("generated") {
                always = Some(self.accept("always"));
                if always == Some(false) {
                    self.expect_words(&["by", "default"])?;
                }
            } else if let Some(option) = self.sequence_option()? {
                options.push(option);
            } else {
                return Err(
                    self.unexpected("`default`, `not null`, `data type`, `generated` or a sequence's option")
                );
            }
        }
        Ok(ColumnChange::SetIdentity { always, options })
    }

    fn switch_action(&mut self) -> Parsed<AlterTableKind> {
        const SECURITY: [(&[&str], RowSecurity); 4] = [
            (&["enable", "row", "level", "security"], RowSecurity::Enable),
            (&["disable", "row", "level", "security"], RowSecurity::Disable),
            (&["force", "row", "level", "security"], RowSecurity::Force),
            (&["no", "force", "row", "level", "security"], RowSecurity::NoForce),
        ];
        const TRIGGERS: [(&[&str], TriggerChange); 4] = [
            (&["enable", "trigger"], TriggerChange::Enable),
            (&["enable", "always", "trigger"], TriggerChange::EnableAlways),
            (&["enable", "replica", "trigger"], TriggerChange::EnableReplica),
            (&["disable", "trigger"], TriggerChange::Disable),
        ];
        for (words, change) in SECURITY {
            if self.accept_words(words) {
                return Ok(AlterTableKind::RowSecurity(change));
            }
        }
        for (words, change) in TRIGGERS {
            if self.accept_words(words) {
                let trigger = match self.accept_any(&["all", "user"]) {
                    Some("all") => TriggerChoice::All,
                    Some(_) => TriggerChoice::User,
                    None => TriggerChoice::Named(self.name("a trigger's name, `all` or `user`")?),
                };
                return Ok(AlterTableKind::Trigger { change, trigger });
            }
        }
        if self.accept_words(&["no", "inherit"]) {
            return Ok(AlterTableKind::Inherit { parent: self.relation_name("a table")?, add: false });
        }
        self.advance();
        Err(self.unexpected("`row level security` or `trigger`"))
    }

    fn set_action(&mut self) -> Parsed<AlterTableKind> {
        self.advance();
        match self.accept_any(&["logged", "unlogged"]) {
            Some(word) => Ok(AlterTableKind::SetLogged(word == "logged")),
            None if self.at_mark("(") => Ok(AlterTableKind::SetOptions(self.options()?)),
            None => Err(self.unexpected("`(` with options, `schema`, `logged` or `unlogged`")),
        }
    }

    fn replica_identity(&mut self) -> Parsed<AlterTableKind> {
        self.expect_words(&["replica", "identity"])?;
        let identity = match self.accept_any(&["default", "full", "nothing"]) {
            Some("default") => ReplicaIdentity::Default,
            Some("full") => ReplicaIdentity::Full,
            Some(_) => ReplicaIdentity::Nothing,
            None => {
                self.expect_words(&["using", "index"])?;
                ReplicaIdentity::Index(self.name("an index")?)
            }
        };
        Ok(AlterTableKind::ReplicaIdentity(identity))
    }
}
