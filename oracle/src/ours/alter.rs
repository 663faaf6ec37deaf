//! `alter table` of our tree, in the words of PostgreSQL's commands.
//!
//! **Must not:** smooth over a difference.

use pgsql::syntax::grouping::{grouped, grouped_name, grouped_type, word};
use pgsql::syntax::table::{
    AlterTable, AlterTableKind, ColumnChange, ReplicaIdentity, RowSecurity, TriggerChange, TriggerChoice,
};

use super::table::{column, table_constraint};

pub(super) fn alter_table(alter: &AlterTable) -> String {
    if let [only] = alter.actions.as_slice() {
        match &only.kind {
            AlterTableKind::RenameTo(to) => return format!("rename to {}", word(&to.text)),
            AlterTableKind::RenameColumn { .. } | AlterTableKind::RenameConstraint { .. } => {
                return "rename part".to_owned();
            }
            AlterTableKind::SetSchema(to) => return format!("set schema {}", word(&to.text)),
            _ => (),
        }
    }
    let actions = alter.actions.iter().map(|action| command(&action.kind)).collect::<Vec<_>>().join(", ");
    format!("alter table {} if_exists={} {actions}", grouped_name(&alter.name), alter.if_exists)
}

fn command(kind: &AlterTableKind) -> String {
    match kind {
        AlterTableKind::AddColumn { if_not_exists, column: found } => {
            format!("AtAddColumn missing={if_not_exists} {}", column(found))
        }
        AlterTableKind::DropColumn { if_exists, column, .. } => {
            format!("AtDropColumn missing={if_exists} {}", word(&column.text))
        }
        AlterTableKind::AlterColumn { column, change } => column_change(&word(&column.text), change),
        AlterTableKind::AddConstraint(found) => format!("AtAddConstraint {}", table_constraint(found)),
        AlterTableKind::DropConstraint { if_exists, constraint, .. } => {
            format!("AtDropConstraint missing={if_exists} {}", word(&constraint.text))
        }
        AlterTableKind::AlterConstraint { .. } => "AtAlterConstraint".to_owned(),
        AlterTableKind::ValidateConstraint(name) => format!("AtValidateConstraint {}", word(&name.text)),
        AlterTableKind::OwnerTo(_) => "AtChangeOwner".to_owned(),
        AlterTableKind::RowSecurity(change) => match change {
            RowSecurity::Enable => "AtEnableRowSecurity",
            RowSecurity::Disable => "AtDisableRowSecurity",
            RowSecurity::Force => "AtForceRowSecurity",
            RowSecurity::NoForce => "AtNoForceRowSecurity",
        }
        .to_owned(),
        AlterTableKind::Trigger { change, trigger } => trigger_command(*change, trigger),
        AlterTableKind::Inherit { add: true, .. } => "AtAddInherit".to_owned(),
        AlterTableKind::Inherit { .. } => "AtDropInherit".to_owned(),
        AlterTableKind::SetOptions(_) => "AtSetRelOptions".to_owned(),
        AlterTableKind::ResetOptions(_) => "AtResetRelOptions".to_owned(),
        AlterTableKind::SetLogged(true) => "AtSetLogged".to_owned(),
        AlterTableKind::SetLogged(false) => "AtSetUnLogged".to_owned(),
        AlterTableKind::ReplicaIdentity(identity) => match identity {
            ReplicaIdentity::Index(name) => format!("AtReplicaIdentity {}", word(&name.text)),
            _ => "AtReplicaIdentity".to_owned(),
        },
        _ => "unserved".to_owned(),
    }
}

fn trigger_command(change: TriggerChange, trigger: &TriggerChoice) -> String {
    let command = match change {
        TriggerChange::Enable => "AtEnable",
        TriggerChange::EnableAlways => "AtEnableAlways",
        TriggerChange::EnableReplica => "AtEnableReplica",
        TriggerChange::Disable => "AtDisable",
    };
    match trigger {
        TriggerChoice::Named(name) => format!("{command}Trig {}", word(&name.text)),
        TriggerChoice::All => format!("{command}TrigAll"),
        TriggerChoice::User => format!("{command}TrigUser"),
    }
}

fn column_change(column: &str, change: &ColumnChange) -> String {
    match change {
        ColumnChange::SetDefault(value) => format!("AtColumnDefault {column} {}", grouped(value)),
        ColumnChange::DropDefault => format!("AtColumnDefault {column} "),
        ColumnChange::SetNotNull => format!("AtSetNotNull {column}"),
        ColumnChange::DropNotNull => format!("AtDropNotNull {column}"),
        ColumnChange::SetType { type_name, collation, using } => {
            let collation =
                collation.as_ref().map_or(String::new(), |name| format!(" collate {}", grouped_name(name)));
            let using = using.as_ref().map_or(String::new(), |value| format!(" using {}", grouped(value)));
            format!("AtAlterColumnType {column} {}{collation}{using}", grouped_type(type_name))
        }
        ColumnChange::DropExpression { .. } => format!("AtDropExpression {column}"),
        ColumnChange::AddIdentity { .. } => format!("AtAddIdentity {column}"),
        ColumnChange::SetIdentity { .. } => format!("AtSetIdentity {column}"),
        ColumnChange::DropIdentity { .. } => format!("AtDropIdentity {column}"),
        ColumnChange::SetStatistics(_) => format!("AtSetStatistics {column}"),
        ColumnChange::SetStorage(_) => format!("AtSetStorage {column}"),
        ColumnChange::SetCompression(_) => format!("AtSetCompression {column}"),
        ColumnChange::SetOptions(_) => format!("AtSetOptions {column}"),
        ColumnChange::ResetOptions(_) => format!("AtResetOptions {column}"),
    }
}
