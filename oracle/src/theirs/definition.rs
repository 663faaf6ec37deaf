//! Definitions of PostgreSQL's tree.
//!
//! **Must not:** smooth over a difference.

mod alter;
mod table;

use pg_query::NodeEnum;
use pg_query::protobuf::{
    CreateFunctionStmt, CreatePolicyStmt, CreateTrigStmt, DropBehavior, FunctionParameterMode, GrantStmt,
    Node, ObjectType, RoleSpecType, ViewCheckOption,
};
use pgsql::syntax::grouping::word;

use super::change::change;
use super::expression::{boxed, expr, type_name};
use super::{name, node, opt, range_name, words};

pub(crate) fn statement(found: &NodeEnum) -> String {
    match found {
        NodeEnum::SelectStmt(_)
        | NodeEnum::InsertStmt(_)
        | NodeEnum::UpdateStmt(_)
        | NodeEnum::DeleteStmt(_) => change(found),
        NodeEnum::CreateStmt(found) => table::create_table(found),
        NodeEnum::IndexStmt(found) => table::create_index(found),
        NodeEnum::CreateTableAsStmt(found) => {
            let kind =
                if found.objtype() == ObjectType::ObjectMatview { "materialized view" } else { "table" };
            let Some(into) = &found.into else { return String::new() };
            let columns = if into.col_names.is_empty() {
                String::new()
            } else {
                format!("({})", words(&into.col_names, ", "))
            };
            let table = into.rel.as_ref().map_or(String::new(), range_name);
            match opt(&found.query) {
                Some(NodeEnum::ExecuteStmt(_)) => "create table as execute".to_owned(),
                Some(query) => format!("create {kind} {table}{columns} as {}", change(query)),
                None => String::new(),
            }
        }
        NodeEnum::ViewStmt(view) => {
            if let Some(NodeEnum::SelectStmt(select)) = opt(&view.query)
                && let Some(with) = &select.with_clause
                && with.recursive
                && view.with_check_option() == ViewCheckOption::NoCheckOption
                && view.view.as_ref().is_some_and(|view| {
                    matches!(with.ctes.first().map(node), Some(NodeEnum::CommonTableExpr(table)) if table.ctename == view.relname)
                })
            {
                return "create recursive view".to_owned();
            }
            let replace = if view.replace { "or replace " } else { "" };
            let columns = if view.aliases.is_empty() {
                String::new()
            } else {
                format!("({})", words(&view.aliases, ", "))
            };
            let check = match view.with_check_option() {
                ViewCheckOption::LocalCheckOption => " local check",
                ViewCheckOption::CascadedCheckOption => " cascaded check",
                _ => "",
            };
            let options = view.options.iter().map(|option| match node(option) {
                NodeEnum::DefElem(option) => word(&option.defname),
                other => format!("?{other:?}"),
            });
            let options = options.collect::<Vec<_>>().join(", ");
            let table = view.view.as_ref().map_or(String::new(), range_name);
            let query = opt(&view.query).map_or(String::new(), change);
            format!("create {replace}view {table}{columns} ({options}) as {query}{check}")
        }
        NodeEnum::AlterTableStmt(found) => alter::alter_table(found),
        NodeEnum::RenameStmt(found) => match found.rename_type() {
            ObjectType::ObjectColumn
            | ObjectType::ObjectTabconstraint
            | ObjectType::ObjectDomconstraint
            | ObjectType::ObjectAttribute => "rename part".to_owned(),
            _ => format!("rename to {}", word(&found.newname)),
        },
        NodeEnum::AlterObjectSchemaStmt(found) => format!("set schema {}", word(&found.newschema)),
        NodeEnum::AlterOwnerStmt(_) => "owner".to_owned(),
        NodeEnum::CreatePolicyStmt(found) => create_policy(found),
        NodeEnum::AlterPolicyStmt(found) => format!(
            "alter policy {} on {} to ({}) using ({}) check ({})",
            word(&found.policy_name),
            found.table.as_ref().map_or(String::new(), range_name),
            roles(&found.roles),
            boxed(&found.qual),
            boxed(&found.with_check)
        ),
        NodeEnum::GrantStmt(found) => grant(found),
        NodeEnum::CreateFunctionStmt(found) => create_function(found),
        NodeEnum::CreateTrigStmt(found) => create_trigger(found),
        other => definition(other),
    }
}

fn definition(found: &NodeEnum) -> String {
    match found {
        NodeEnum::CreateEnumStmt(found) => {
            let labels = found.vals.iter().map(super::string).collect::<Vec<_>>().join(", ");
            format!("create enum {} ({labels})", name(&found.type_name))
        }
        NodeEnum::CompositeTypeStmt(found) => {
            let table = found.typevar.as_ref().map_or(String::new(), range_name);
            format!("create composite {table} {}", found.coldeflist.len())
        }
        NodeEnum::CreateRangeStmt(found) => format!("create range {}", name(&found.type_name)),
        NodeEnum::DefineStmt(found) if found.kind() == ObjectType::ObjectType => "define type".to_owned(),
        NodeEnum::CreateDomainStmt(found) => {
            let base = found.type_name.as_ref().map_or(String::new(), type_name);
            format!(
                "create domain {} {base}{}",
                name(&found.domainname),
                table::column_constraints(&found.constraints)
            )
        }
        NodeEnum::DropStmt(found) => {
            let cascade = found.behavior() == DropBehavior::DropCascade;
            let unserved = [
                ObjectType::ObjectCast,
                ObjectType::ObjectOperator,
                ObjectType::ObjectOpclass,
                ObjectType::ObjectOpfamily,
                ObjectType::ObjectTransform,
            ];
            if unserved.contains(&found.remove_type()) {
                return "unserved".to_owned();
            }
            format!("drop {} if_exists={} cascade={cascade}", found.objects.len(), found.missing_ok)
        }
        NodeEnum::TruncateStmt(found) => {
            let cascade = found.behavior() == DropBehavior::DropCascade;
            format!("truncate {} restart={} cascade={cascade}", found.relations.len(), found.restart_seqs)
        }
        NodeEnum::CommentStmt(found) => format!("comment {}", found.comment),
        NodeEnum::CreateSchemaStmt(found) => format!("create schema {}", found.schema_elts.len()),
        NodeEnum::CreateSeqStmt(found) => {
            let sequence = found.sequence.as_ref().map_or(String::new(), range_name);
            format!("create sequence {sequence} {}", found.options.len())
        }
        NodeEnum::AlterSeqStmt(found) => {
            let sequence = found.sequence.as_ref().map_or(String::new(), range_name);
            format!("alter sequence {sequence} {}", found.options.len())
        }
        NodeEnum::ExplainStmt(found) => {
            format!("explain {}", opt(&found.query).map_or(String::new(), statement))
        }
        NodeEnum::CallStmt(found) => {
            let call = found.funccall.as_ref().map_or(String::new(), |call| super::call::call(call));
            format!("call {call}")
        }
        NodeEnum::GrantRoleStmt(found) => {
            format!("grant role {} {}", found.granted_roles.len(), found.grantee_roles.len())
        }
        NodeEnum::AlterDefaultPrivilegesStmt(found) => {
            format!("default privileges {}", found.action.as_ref().map_or(String::new(), grant))
        }
        NodeEnum::CreatePublicationStmt(found) => format!("create publication {}", found.pubobjects.len()),
        NodeEnum::DoStmt(found) => {
            let body = found.args.iter().find_map(|argument| match node(argument) {
                NodeEnum::DefElem(option) if option.defname == "as" => option.arg.as_ref(),
                _ => None,
            });
            format!("do {}", body.map_or("", |body| super::string(body)))
        }
        other => simple(other).to_owned(),
    }
}

fn simple(found: &NodeEnum) -> &'static str {
    match found {
        NodeEnum::AlterEnumStmt(_) => "alter enum",
        NodeEnum::AlterDomainStmt(_) => "alter domain",
        NodeEnum::RefreshMatViewStmt(_) => "refresh",
        NodeEnum::AlterFunctionStmt(_) => "alter function",
        NodeEnum::CreateRoleStmt(_) => "create role",
        NodeEnum::AlterRoleStmt(_) | NodeEnum::AlterRoleSetStmt(_) => "alter role",
        NodeEnum::DropRoleStmt(_) => "drop role",
        NodeEnum::CreateExtensionStmt(_) => "create extension",
        NodeEnum::AlterPublicationStmt(_) => "alter publication",
        NodeEnum::VariableSetStmt(_) => "set",
        NodeEnum::VariableShowStmt(_) => "show",
        NodeEnum::TransactionStmt(_) => "transaction",
        _ => "unserved",
    }
}

fn roles(nodes: &[Node]) -> String {
    let roles = nodes.iter().map(|role| match node(role) {
        NodeEnum::RoleSpec(role) => match role.roletype() {
            RoleSpecType::RolespecPublic => "PUBLIC".to_owned(),
            RoleSpecType::RolespecCurrentRole => "CURRENT_ROLE".to_owned(),
            RoleSpecType::RolespecCurrentUser => "CURRENT_USER".to_owned(),
            RoleSpecType::RolespecSessionUser => "SESSION_USER".to_owned(),
            _ => word(&role.rolename),
        },
        other => format!("?{other:?}"),
    });
    roles.collect::<Vec<_>>().join(", ")
}

fn create_policy(policy: &CreatePolicyStmt) -> String {
    format!(
        "create policy {} on {} permissive={} for {} to ({}) using ({}) check ({})",
        word(&policy.policy_name),
        policy.table.as_ref().map_or(String::new(), range_name),
        policy.permissive,
        policy.cmd_name,
        roles(&policy.roles),
        boxed(&policy.qual),
        boxed(&policy.with_check)
    )
}

fn grant(grant: &GrantStmt) -> String {
    let privileges = grant.privileges.iter().map(|privilege| match node(privilege) {
        NodeEnum::AccessPriv(privilege) => {
            let columns = if privilege.cols.is_empty() {
                String::new()
            } else {
                format!("({})", words(&privilege.cols, ", "))
            };
            let name =
                if privilege.priv_name.is_empty() { String::new() } else { word(&privilege.priv_name) };
            format!("{name}{columns}")
        }
        other => format!("?{other:?}"),
    });
    let privileges = privileges.collect::<Vec<_>>().join(", ");
    format!(
        "grant={} option={} {privileges} to {}",
        grant.is_grant,
        grant.grant_option,
        roles(&grant.grantees)
    )
}

fn create_function(function: &CreateFunctionStmt) -> String {
    let parameters = function.parameters.iter().map(|found| match node(found) {
        NodeEnum::FunctionParameter(parameter) => {
            let mode = match parameter.mode() {
                FunctionParameterMode::FuncParamOut => "out",
                FunctionParameterMode::FuncParamInout => "inout",
                FunctionParameterMode::FuncParamVariadic => "variadic",
                FunctionParameterMode::FuncParamTable => "table",
                _ => "in",
            };
            let name = if parameter.name.is_empty() { String::new() } else { word(&parameter.name) };
            let target = parameter.arg_type.as_ref().map_or(String::new(), type_name);
            let default =
                opt(&parameter.defexpr).map_or(String::new(), |default| format!(" = {}", expr(default)));
            format!("{mode} {name} {target}{default}")
        }
        other => format!("?{other:?}"),
    });
    format!(
        "create function {} procedure={} replace={} ({}) returns ({}) options={}",
        name(&function.funcname),
        function.is_procedure,
        function.replace,
        parameters.collect::<Vec<_>>().join(", "),
        function.return_type.as_ref().map_or(String::new(), type_name),
        function.options.len()
    )
}

/// The bits of PostgreSQL's `TRIGGER_TYPE_*`.
fn create_trigger(trigger: &CreateTrigStmt) -> String {
    let timing = match trigger.timing {
        2 => "before",
        64 => "instead of",
        _ => "after",
    };
    let events = [(4, "insert"), (8, "delete"), (16, "update"), (32, "truncate")];
    let events = events.iter().filter(|(bit, _)| trigger.events & bit != 0).map(|(_, word)| *word);
    let arguments = trigger.args.iter().map(super::string).collect::<Vec<_>>().join(", ");
    format!(
        "create trigger {} {timing} {} of ({}) on {} row={} when ({}) {}({arguments}) transitions={}",
        word(&trigger.trigname),
        events.collect::<Vec<_>>().join(" or "),
        words(&trigger.columns, ", "),
        trigger.relation.as_ref().map_or(String::new(), range_name),
        trigger.row,
        boxed(&trigger.when_clause),
        name(&trigger.funcname),
        trigger.transition_rels.len()
    )
}
