//! Changes in a compact form.

use catalog::change::{CommentTarget, PolicyChange};
use catalog::{AlterTable, Change, Check, Column, ForeignKey, Grant, Grantee, Index, IndexKey, Key, Policy};

use super::print::{expr, list, query};

pub(super) fn change(of: &Change) -> String {
    match of {
        Change::CreateSchema(name) => format!("schema {}", name.as_str()),
        Change::CreateTable(table) => {
            let mut lines = vec![format!("table {:?}", table.name)];
            lines.extend(table.columns.iter().map(|of| format!("  {}", column(of))));
            lines.extend(table.primary_key.iter().map(|of| format!("  primary {}", key(of))));
            lines.extend(table.uniques.iter().map(|of| format!("  unique {}", key(of))));
            lines.extend(table.checks.iter().map(|of| format!("  check {}", check(of))));
            lines.extend(table.foreign_keys.iter().map(|of| format!("  foreign {}", foreign(of))));
            lines.extend(table.indexes.iter().map(|of| format!("  index {}", index(of))));
            let anon = algebra::names::RoleName::literal("anon");
            if table.grants.allow(&[anon], catalog::Privilege::Select) {
                lines.push("  granted".to_owned());
            }
            lines.join("\n")
        }
        Change::AlterTable { table, action } => format!("alter {table:?} {}", alter(action)),
        Change::CreateIndex { table, index: of } => format!("index on {table:?} {}", index(of)),
        Change::CreateView(view) | Change::ReplaceView(view) => {
            let word = if matches!(of, Change::CreateView(_)) { "view" } else { "replace view" };
            let columns = list(&view.columns, |(name, ty)| format!("{} {}", name.as_str(), ty.name()));
            let invoker = view.security_invoker.map(|of| format!(" invoker {of}")).unwrap_or_default();
            format!("{word} {:?} ({columns}){invoker} as {}", view.name, query(&view.query))
        }
        Change::CreateEnum(of) => format!("enum {:?} {:?}", of.name, of.labels),
        Change::ChangeEnum { name, labels, renamed } => format!("enum {name:?} is {labels:?} {renamed:?}"),
        Change::CreateDomain(domain) => {
            let checks = list(&domain.checks, check);
            format!("domain {:?} {} not null {} [{checks}]", domain.name, domain.base.name(), domain.not_null)
        }
        Change::CreateSequence(of) => {
            let owner = of.owner.as_ref().map(|(table, column)| format!(" of {table:?}.{}", column.as_str()));
            let (options, owner) = (of.options, owner.unwrap_or_default());
            format!(
                "sequence {:?}{owner} {}..{} by {} from {}",
                of.name, options.min, options.max, options.increment, options.start
            )
        }
        Change::AlterSequence { name, options, restart, owner } => {
            format!("sequence {name:?} by {} restart {restart:?} owner {owner:?}", options.increment)
        }
        Change::CreatePolicy { table, policy: of } => format!("policy on {table:?} {}", policy(of)),
        Change::AlterPolicy { table, policy, change: of } => {
            format!("policy {} on {table:?} {}", policy.as_str(), policy_change(of))
        }
        Change::GrantOnRelation { relation, grant: of } => format!("{} on {relation:?}", grant(of)),
        Change::DefaultPrivileges { schema, grant: of } => format!("default {} in {schema:?}", grant(of)),
        Change::CreateRole(role) => format!("role {}", role.as_str()),
        Change::GrantRole { role, member, revoke } => {
            format!("{} in {} {}", member.as_str(), role.as_str(), !revoke)
        }
        Change::CreateExtension(name) => format!("extension {name}"),
        Change::Comment { on, text } => format!("comment on {} {text:?}", target(on)),
        Change::Rename { what, name, to } => format!("rename {what:?} {name:?} to {}", to.as_str()),
        Change::SetSchema { what, name, to } => format!("move {what:?} {name:?} to {}", to.as_str()),
        Change::Drop(drop) => {
            let table = drop.table.as_ref().map(|table| format!(" on {table:?}")).unwrap_or_default();
            let cascade = if drop.cascade { " cascade" } else { "" };
            format!("drop {:?} {:?}{table}{cascade}", drop.kind, drop.name)
        }
    }
}

fn column(of: &Column) -> String {
    let mut text = format!("{} {}", of.name.as_str(), of.ty.name());
    if of.not_null {
        text.push_str(" not null");
    }
    if let Some(default) = &of.default {
        text.push_str(&format!(" default {}", expr(default)));
    }
    if let Some(generated) = &of.generated {
        text.push_str(&format!(" generated {}", expr(generated)));
    }
    if let Some(identity) = &of.identity {
        let word = if identity.always { "always" } else { "by default" };
        text.push_str(&format!(" identity {word} {:?}", identity.sequence));
    }
    if let Some(domain) = &of.domain {
        text.push_str(&format!(" domain {domain:?}"));
    }
    text
}

fn names(of: &[algebra::names::ColumnName]) -> String {
    list(of, |name| name.as_str().to_owned())
}

fn key(of: &Key) -> String {
    let distinct = if of.nulls_not_distinct { " nulls not distinct" } else { "" };
    let deferred = if of.deferrable { " deferrable" } else { "" };
    let initially = if of.initially_deferred { " deferred" } else { "" };
    format!("{} ({}){distinct}{deferred}{initially}", of.name.as_str(), names(&of.columns))
}

fn check(of: &Check) -> String {
    format!("{} {}", of.name.as_str(), expr(&of.condition))
}

fn foreign(of: &ForeignKey) -> String {
    let deferred = if of.initially_deferred { " deferred" } else { "" };
    format!(
        "{} ({}) to {:?} ({}) delete {:?} update {:?}{deferred}",
        of.name.as_str(),
        names(&of.columns),
        of.table,
        names(&of.referenced),
        of.on_delete,
        of.on_update
    )
}

fn index(of: &Index) -> String {
    let terms = list(&of.terms, |term| {
        let key = match &term.key {
            IndexKey::Column(column) => column.as_str().to_owned(),
            IndexKey::Expression(of) => expr(of),
        };
        let direction = if term.descending { " desc" } else { "" };
        let nulls = if term.nulls_first == term.descending { "" } else { " nulls turned" };
        format!("{key}{direction}{nulls}")
    });
    let unique = if of.unique { "unique " } else { "" };
    let predicate = of.predicate.as_ref().map(|of| format!(" where {}", expr(of))).unwrap_or_default();
    let include =
        if of.include.is_empty() { String::new() } else { format!(" include {}", names(&of.include)) };
    format!("{unique}{} {} ({terms}){include}{predicate}", of.name.as_str(), of.method)
}

fn policy(of: &Policy) -> String {
    let kind = if of.permissive { "" } else { "restrictive " };
    let roles = list(&of.roles, |role| role.as_str().to_owned());
    let using = of.using.as_ref().map(|of| format!(" using {}", expr(of))).unwrap_or_default();
    let check = of.check.as_ref().map(|of| format!(" check {}", expr(of))).unwrap_or_default();
    format!("{} {kind}{:?} to [{roles}]{using}{check}", of.name.as_str(), of.command)
}

fn policy_change(of: &PolicyChange) -> String {
    let using = of.using.as_ref().map(|of| format!(" using {}", expr(of))).unwrap_or_default();
    let check = of.check.as_ref().map(|of| format!(" check {}", expr(of))).unwrap_or_default();
    format!("rename {:?} roles {:?}{using}{check}", of.rename, of.roles)
}

fn grant(of: &Grant) -> String {
    use catalog::Privilege as P;
    let all = [P::Select, P::Insert, P::Update, P::Delete, P::Truncate, P::References, P::Trigger];
    let held: Vec<_> = all.iter().filter(|one| of.privileges.has(**one)).collect();
    let word = if of.revoke { "revoke" } else { "grant" };
    let who = list(&of.grantees, |grantee| match grantee {
        Grantee::Public => "public".to_owned(),
        Grantee::Role(role) => role.as_str().to_owned(),
    });
    format!("{word} {held:?} ({}) to {who}", names(&of.columns))
}

fn target(of: &CommentTarget) -> String {
    match of {
        CommentTarget::Table(name) => format!("{name:?}"),
        CommentTarget::Column { relation, column } => format!("{relation:?}.{}", column.as_str()),
        CommentTarget::Other => "other".to_owned(),
    }
}

fn alter(of: &AlterTable) -> String {
    match of {
        AlterTable::AddColumn { column: of } => format!("add column {}", column(of)),
        AlterTable::DropColumn { column, cascade } => {
            format!("drop column {}{}", column.as_str(), if *cascade { " cascade" } else { "" })
        }
        AlterTable::RenameColumn { from, to } => {
            format!("rename column {} to {}", from.as_str(), to.as_str())
        }
        AlterTable::SetType { column, ty, using } => {
            format!("type {} {} using {}", column.as_str(), ty.name(), expr(using))
        }
        AlterTable::SetDefault { column, default } => {
            format!("default {} {}", column.as_str(), default.as_ref().map(expr).unwrap_or_default())
        }
        AlterTable::SetNotNull { column, not_null } => format!("not null {} {not_null}", column.as_str()),
        AlterTable::SetIdentity { column, identity, .. } => {
            format!("identity {} {identity:?}", column.as_str())
        }
        AlterTable::DropGenerated { column } => format!("drop generated {}", column.as_str()),
        AlterTable::AddPrimaryKey(of) => format!("add primary {}", key(of)),
        AlterTable::AddUnique(of) => format!("add unique {}", key(of)),
        AlterTable::AddCheck(of) => format!("add check {}", check(of)),
        AlterTable::AddForeignKey(of) => format!("add foreign {}", foreign(of)),
        AlterTable::DropConstraint { constraint, cascade } => {
            format!("drop constraint {} {cascade}", constraint.as_str())
        }
        AlterTable::RenameConstraint { from, to } => {
            format!("rename constraint {} to {}", from.as_str(), to.as_str())
        }
        AlterTable::RowSecurity { enabled } => format!("row security {enabled}"),
        AlterTable::ForceRowSecurity { forced } => format!("force row security {forced}"),
    }
}
