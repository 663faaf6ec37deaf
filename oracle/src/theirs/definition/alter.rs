//! `alter table` of PostgreSQL's tree.
//!
//! **Must not:** smooth over a difference.

use pg_query::NodeEnum;
use pg_query::protobuf::{AlterTableCmd, AlterTableStmt, AlterTableType};
use pgsql::syntax::grouping::word;

use super::table::{column, table_constraint};
use crate::theirs::expression::{boxed, expr, type_name};
use crate::theirs::{name, node, opt, range_name};

pub(crate) fn alter_table(alter: &AlterTableStmt) -> String {
    let commands = alter.cmds.iter().map(|found| match node(found) {
        NodeEnum::AlterTableCmd(found) => command(found),
        other => format!("?{other:?}"),
    });
    let table = alter.relation.as_ref().map_or(String::new(), range_name);
    // `alter type … add attribute` is an `alter table` to PostgreSQL.
    if alter.objtype() == pg_query::protobuf::ObjectType::ObjectType {
        return "unserved".to_owned();
    }
    format!("alter table {table} if_exists={} {}", alter.missing_ok, commands.collect::<Vec<_>>().join(", "))
}

fn command(found: &AlterTableCmd) -> String {
    let kind = format!("{:?}", found.subtype());
    let missing = found.missing_ok;
    match found.subtype() {
        AlterTableType::AtAddColumn => match opt(&found.def) {
            Some(NodeEnum::ColumnDef(definition)) => {
                format!("{kind} missing={missing} {}", column(definition))
            }
            other => format!("?{other:?}"),
        },
        AlterTableType::AtDropColumn | AlterTableType::AtDropConstraint => {
            format!("{kind} missing={missing} {}", word(&found.name))
        }
        AlterTableType::AtAddConstraint => match opt(&found.def) {
            Some(NodeEnum::Constraint(definition)) => format!("{kind} {}", table_constraint(definition)),
            other => format!("?{other:?}"),
        },
        AlterTableType::AtColumnDefault => {
            format!("{kind} {} {}", word(&found.name), opt(&found.def).map_or(String::new(), expr))
        }
        AlterTableType::AtAlterColumnType => match opt(&found.def) {
            Some(NodeEnum::ColumnDef(definition)) => {
                let target = definition.type_name.as_ref().map_or(String::new(), type_name);
                let clause = definition.coll_clause.as_ref();
                let collation =
                    clause.map_or(String::new(), |clause| format!(" collate {}", name(&clause.collname)));
                let using = boxed(&definition.raw_default);
                let using = if using.is_empty() { using } else { format!(" using {using}") };
                format!("{kind} {} {target}{collation}{using}", word(&found.name))
            }
            other => format!("?{other:?}"),
        },
        AlterTableType::AtSetNotNull
        | AlterTableType::AtDropNotNull
        | AlterTableType::AtValidateConstraint
        | AlterTableType::AtDropExpression
        | AlterTableType::AtAddIdentity
        | AlterTableType::AtSetIdentity
        | AlterTableType::AtDropIdentity
        | AlterTableType::AtSetStatistics
        | AlterTableType::AtSetStorage
        | AlterTableType::AtSetCompression
        | AlterTableType::AtSetOptions
        | AlterTableType::AtResetOptions
        | AlterTableType::AtEnableTrig
        | AlterTableType::AtEnableAlwaysTrig
        | AlterTableType::AtEnableReplicaTrig
        | AlterTableType::AtDisableTrig => format!("{kind} {}", word(&found.name)),
        AlterTableType::AtReplicaIdentity => match opt(&found.def) {
            Some(NodeEnum::ReplicaIdentityStmt(identity)) if !identity.name.is_empty() => {
                format!("{kind} {}", word(&identity.name))
            }
            _ => kind,
        },
        AlterTableType::AtAlterConstraint
        | AlterTableType::AtChangeOwner
        | AlterTableType::AtEnableRowSecurity
        | AlterTableType::AtDisableRowSecurity
        | AlterTableType::AtForceRowSecurity
        | AlterTableType::AtNoForceRowSecurity
        | AlterTableType::AtEnableTrigAll
        | AlterTableType::AtDisableTrigAll
        | AlterTableType::AtEnableTrigUser
        | AlterTableType::AtDisableTrigUser
        | AlterTableType::AtAddInherit
        | AlterTableType::AtDropInherit
        | AlterTableType::AtSetRelOptions
        | AlterTableType::AtResetRelOptions
        | AlterTableType::AtSetLogged
        | AlterTableType::AtSetUnLogged => kind,
        _ => "unserved".to_owned(),
    }
}
