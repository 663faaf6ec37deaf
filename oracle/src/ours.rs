//! Our tree in the common form: what the crate's own debug form does not hold, the definitions.
//!
//! **Must not:** smooth over a difference.

mod alter;
mod table;

use pgsql::syntax::expression::Expr;
use pgsql::syntax::grouping::{grouped, grouped_name, grouped_query, grouped_statement, grouped_type, word};
use pgsql::syntax::name::{Name, ObjectName};
use pgsql::syntax::object::{CreateTypeKind, ObjectChange};
use pgsql::syntax::privilege::{CreatePolicy, Grant, GrantAction, PolicyCommand, Privileges, Role, RoleKind};
use pgsql::syntax::routine::{
    CreateFunction, CreateTrigger, Parameter, ParameterMode, Returns, TriggerEvent, TriggerTiming,
};
use pgsql::syntax::statement::{Statement, StatementKind};

use crate::Reading;

/// All statements of a text as our parser reads them.
pub fn read(text: &str) -> Reading {
    match pgsql::parse_script(text) {
        Ok(statements) => Ok(statements.iter().map(statement).collect()),
        Err(error) => Err(error.message),
    }
}

fn statement(statement: &Statement) -> String {
    match &statement.kind {
        StatementKind::Query(_)
        | StatementKind::Insert(_)
        | StatementKind::Update(_)
        | StatementKind::Delete(_) => grouped_statement(statement),
        StatementKind::CreateTable(found) => table::create_table(found),
        StatementKind::CreateIndex(found) => table::create_index(found),
        StatementKind::CreateTableAs(found) => {
            let columns = columns(&found.columns);
            match &found.source {
                pgsql::syntax::object::TableSource::Query(query) => {
                    format!("create table {}{columns} as {}", grouped_name(&found.name), grouped_query(query))
                }
                pgsql::syntax::object::TableSource::Execute(_) => "create table as execute".to_owned(),
            }
        }
        StatementKind::CreateMaterializedView(found) => {
            let name = grouped_name(&found.name);
            format!(
                "create materialized view {name}{} as {}",
                columns(&found.columns),
                grouped_query(&found.query)
            )
        }
        StatementKind::CreateView(found) if found.recursive => "create recursive view".to_owned(),
        StatementKind::CreateView(found) => {
            let name = grouped_name(&found.name);
            let replace = if found.or_replace { "or replace " } else { "" };
            let options =
                found.options.iter().map(|option| grouped_name(&option.name)).collect::<Vec<_>>().join(", ");
            let check = match found.check_option {
                None => "",
                Some(pgsql::syntax::object::CheckOption::Local) => " local check",
                Some(pgsql::syntax::object::CheckOption::Cascaded) => " cascaded check",
            };
            let query = grouped_query(&found.query);
            format!("create {replace}view {name}{} ({options}) as {query}{check}", columns(&found.columns))
        }
        StatementKind::AlterTable(found) => alter::alter_table(found),
        StatementKind::AlterObject(found) => match &found.change {
            ObjectChange::RenameTo(to) => format!("rename to {}", word(&to.text)),
            ObjectChange::OwnerTo(_) => "owner".to_owned(),
            ObjectChange::SetSchema(to) => format!("set schema {}", word(&to.text)),
            ObjectChange::Unserved(_) => "unserved".to_owned(),
        },
        StatementKind::CreatePolicy(found) => create_policy(found),
        StatementKind::AlterPolicy(found) if found.rename_to.is_some() => {
            format!("rename to {}", found.rename_to.as_ref().map_or(String::new(), |to| word(&to.text)))
        }
        StatementKind::AlterPolicy(found) => format!(
            "alter policy {} on {} to ({}) using ({}) check ({})",
            word(&found.name.text),
            grouped_name(&found.table),
            roles(&found.roles),
            optional(&found.using),
            optional(&found.with_check)
        ),
        StatementKind::Grant(found) => grant(found),
        StatementKind::CreateFunction(found) => create_function(found),
        StatementKind::CreateTrigger(found) => create_trigger(found),
        other => definition(other),
    }
}

fn definition(kind: &StatementKind) -> String {
    match kind {
        StatementKind::CreateType(found) => {
            let name = grouped_name(&found.name);
            match &found.kind {
                CreateTypeKind::Enum(labels) => {
                    let labels =
                        labels.iter().map(|label| label.text.as_str()).collect::<Vec<_>>().join(", ");
                    format!("create enum {name} ({labels})")
                }
                CreateTypeKind::Composite(fields) => format!("create composite {name} {}", fields.len()),
                CreateTypeKind::Range(_) => format!("create range {name}"),
                CreateTypeKind::Base(_) | CreateTypeKind::Shell => "define type".to_owned(),
            }
        }
        StatementKind::CreateDomain(found) => {
            let constraints = found.constraints.iter().map(table::column_constraint).collect::<String>();
            format!("create domain {} {}{constraints}", grouped_name(&found.name), grouped_type(&found.base))
        }
        StatementKind::Drop(found)
            if matches!(kind_word(found.kind), "database" | "tablespace" | "subscription") =>
        {
            "unserved".to_owned()
        }
        StatementKind::Drop(found) => {
            let cascade = found.behavior == Some(pgsql::syntax::object::Behavior::Cascade);
            format!("drop {} if_exists={} cascade={cascade}", found.objects.len(), found.if_exists)
        }
        StatementKind::Truncate(found) => {
            format!(
                "truncate {} restart={} cascade={}",
                found.tables.len(),
                found.restart_identity,
                found.cascade
            )
        }
        StatementKind::Comment(found) => {
            format!("comment {}", found.text.as_ref().map_or("", |text| text.text.as_str()))
        }
        StatementKind::CreateSchema(found) => format!("create schema {}", found.elements.len()),
        StatementKind::CreateSequence(found) => {
            format!("create sequence {} {}", grouped_name(&found.name), found.options.len())
        }
        StatementKind::AlterSequence(found) => {
            format!("alter sequence {} {}", grouped_name(&found.name), found.options.len())
        }
        StatementKind::Explain(found) => format!("explain {}", statement(&found.statement)),
        StatementKind::Call(call) => format!("call {}", grouped(call)),
        StatementKind::GrantRole(found) => {
            format!("grant role {} {}", found.roles.len(), found.grantees.len())
        }
        StatementKind::AlterDefaultPrivileges(found) => format!("default privileges {}", grant(&found.grant)),
        StatementKind::CreatePublication(found) => format!("create publication {}", found.objects.len()),
        StatementKind::Do(found) => format!("do {}", found.body.text),
        other => simple(other).to_owned(),
    }
}

fn simple(kind: &StatementKind) -> &'static str {
    match kind {
        StatementKind::AlterType(found) => match found.change {
            pgsql::syntax::object::AlterTypeChange::AddValue { .. }
            | pgsql::syntax::object::AlterTypeChange::RenameValue { .. } => "alter enum",
            pgsql::syntax::object::AlterTypeChange::RenameAttribute { .. } => "rename part",
            pgsql::syntax::object::AlterTypeChange::Unserved(_) => "unserved",
        },
        StatementKind::AlterDomain(found) => match found.change {
            pgsql::syntax::object::DomainChange::RenameConstraint { .. } => "rename part",
            _ => "alter domain",
        },
        StatementKind::RefreshMaterializedView(_) => "refresh",
        StatementKind::AlterFunction(_) => "alter function",
        StatementKind::CreateRole(_) => "create role",
        StatementKind::AlterRole(_) => "alter role",
        StatementKind::DropRole(_) => "drop role",
        StatementKind::CreateExtension(_) => "create extension",
        StatementKind::AlterPublication(_) => "alter publication",
        StatementKind::Set(_) | StatementKind::Reset(_) => "set",
        StatementKind::Show(_) => "show",
        StatementKind::Transaction(_) => "transaction",
        _ => "unserved",
    }
}

fn kind_word(kind: pgsql::syntax::object::ObjectKind) -> &'static str {
    match kind {
        pgsql::syntax::object::ObjectKind::Database => "database",
        pgsql::syntax::object::ObjectKind::Tablespace => "tablespace",
        pgsql::syntax::object::ObjectKind::Subscription => "subscription",
        _ => "",
    }
}

fn columns(names: &[Name]) -> String {
    if names.is_empty() { String::new() } else { format!("({})", words(names)) }
}

fn words(names: &[Name]) -> String {
    names.iter().map(|name| word(&name.text)).collect::<Vec<_>>().join(", ")
}

fn names(names: &[ObjectName]) -> String {
    names.iter().map(grouped_name).collect::<Vec<_>>().join(", ")
}

fn optional(expr: &Option<Expr>) -> String {
    expr.as_ref().map_or(String::new(), grouped)
}

fn roles(roles: &[Role]) -> String {
    let roles = roles.iter().map(|role| match &role.kind {
        RoleKind::Named(name) => word(&name.text),
        RoleKind::Public => "PUBLIC".to_owned(),
        RoleKind::CurrentRole => "CURRENT_ROLE".to_owned(),
        RoleKind::CurrentUser => "CURRENT_USER".to_owned(),
        RoleKind::SessionUser => "SESSION_USER".to_owned(),
    });
    roles.collect::<Vec<_>>().join(", ")
}

fn create_policy(policy: &CreatePolicy) -> String {
    let command = match policy.command {
        PolicyCommand::All => "all",
        PolicyCommand::Select => "select",
        PolicyCommand::Insert => "insert",
        PolicyCommand::Update => "update",
        PolicyCommand::Delete => "delete",
    };
    // PostgreSQL's grammar puts `public` in where no role was written.
    let roles = if policy.roles.is_empty() { "PUBLIC".to_owned() } else { roles(&policy.roles) };
    format!(
        "create policy {} on {} permissive={} for {command} to ({roles}) using ({}) check ({})",
        word(&policy.name.text),
        grouped_name(&policy.table),
        policy.permissive,
        optional(&policy.using),
        optional(&policy.with_check)
    )
}

fn grant(grant: &Grant) -> String {
    let privileges = match &grant.privileges {
        Privileges::All { columns } if columns.is_empty() => String::new(),
        Privileges::All { columns } => format!("({})", words(columns)),
        Privileges::List(list) => {
            let list = list.iter().map(|one| {
                let of =
                    if one.columns.is_empty() { String::new() } else { format!("({})", words(&one.columns)) };
                format!("{}{of}", word(&one.name.text))
            });
            list.collect::<Vec<_>>().join(", ")
        }
    };
    let grants = matches!(grant.action, GrantAction::Grant { .. });
    let option = match grant.action {
        GrantAction::Grant { with_grant_option } => with_grant_option,
        GrantAction::Revoke { grant_option_for, .. } => grant_option_for,
    };
    format!("grant={grants} option={option} {privileges} to {}", roles(&grant.grantees))
}

fn create_function(function: &CreateFunction) -> String {
    let mut parameters: Vec<String> = function.parameters.iter().map(parameter).collect();
    let returns = match &function.returns {
        None => String::new(),
        Some(Returns::Type(target)) => grouped_type(target),
        // In PostgreSQL's tree the columns of `returns table` are parameters of their own kind.
        Some(Returns::Table(fields)) => {
            for field in fields {
                parameters.push(format!(
                    "table {} {}",
                    word(&field.name.text),
                    grouped_type(&field.type_name)
                ));
            }
            match fields.as_slice() {
                [one] => format!("setof {}", grouped_type(&one.type_name)),
                _ => "setof pg_catalog.record".to_owned(),
            }
        }
    };
    format!(
        "create function {} procedure={} replace={} ({}) returns ({returns}) options={}",
        grouped_name(&function.name),
        function.procedure,
        function.or_replace,
        parameters.join(", "),
        function.options.len()
    )
}

fn parameter(parameter: &Parameter) -> String {
    let mode = match parameter.mode {
        ParameterMode::In => "in",
        ParameterMode::Out => "out",
        ParameterMode::InOut => "inout",
        ParameterMode::Variadic => "variadic",
    };
    let name = parameter.name.as_ref().map_or(String::new(), |name| word(&name.text));
    let default = parameter.default.as_ref().map_or(String::new(), |value| format!(" = {}", grouped(value)));
    format!("{mode} {name} {}{default}", grouped_type(&parameter.type_name))
}

fn create_trigger(trigger: &CreateTrigger) -> String {
    let timing = match trigger.timing {
        TriggerTiming::Before => "before",
        TriggerTiming::After => "after",
        TriggerTiming::InsteadOf => "instead of",
    };
    let mut events: Vec<&str> = Vec::new();
    let mut columns = String::new();
    for (word, matches) in [
        (
            "insert",
            (|event: &TriggerEvent| matches!(event, TriggerEvent::Insert)) as fn(&TriggerEvent) -> bool,
        ),
        ("delete", |event| matches!(event, TriggerEvent::Delete)),
        ("update", |event| matches!(event, TriggerEvent::Update(_))),
        ("truncate", |event| matches!(event, TriggerEvent::Truncate)),
    ] {
        if let Some(event) = trigger.events.iter().find(|event| matches(event)) {
            events.push(word);
            if let TriggerEvent::Update(names) = event {
                columns = words(names);
            }
        }
    }
    let arguments =
        trigger.arguments.iter().map(|argument| argument.text.as_str()).collect::<Vec<_>>().join(", ");
    format!(
        "create trigger {} {timing} {} of ({columns}) on {} row={} when ({}) {}({arguments}) transitions={}",
        word(&trigger.name.text),
        events.join(" or "),
        grouped_name(&trigger.table),
        trigger.for_each_row,
        optional(&trigger.condition),
        grouped_name(&trigger.function),
        trigger.transitions.len()
    )
}
