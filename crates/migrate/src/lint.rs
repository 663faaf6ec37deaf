//! What is allowed and yet probably a mistake: tables nobody protected, policies that protect nothing.

use algebra::expression::{Expr, Node};
use algebra::value::Value;
use catalog::{Catalog, Policy, PolicyCommand, Table};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably a mistake.
    Warning,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lint {
    pub severity: Severity,
    /// A stable name: `unprotected_table`.
    pub rule: &'static str,
    /// What it is about: `public.tasks`.
    pub subject: String,
    pub message: String,
    pub hint: String,
}

/// Looks at everything outside Mainstay's own schemas.
#[must_use]
pub fn lint(catalog: &Catalog) -> Vec<Lint> {
    let is_own = |schema: &str| matches!(schema, "auth" | "storage" | "mainstay" | "extensions");
    let mut found = Vec::new();
    for table in catalog.tables().filter(|table| !is_own(table.name.schema.as_str())) {
        table_lints(table, &mut found);
    }
    for view in catalog.views().filter(|view| !is_own(view.name.schema.as_str())) {
        if view.security_invoker == Some(false) {
            found.push(Lint {
                severity: Severity::Warning,
                rule: "definer_view",
                subject: subject(&view.name),
                message: "the view reads as its owner, past the row policies of its tables".to_owned(),
                hint: "leave `security_invoker = false` out unless everyone may see what it shows".to_owned(),
            });
        }
    }
    found
}

fn table_lints(table: &Table, found: &mut Vec<Lint>) {
    let name = subject(&table.name);
    if !table.row_security {
        found.push(Lint {
            severity: Severity::Warning,
            rule: "unprotected_table",
            subject: name.clone(),
            message: "row level security is not enabled: the table is not served to anon and authenticated"
                .to_owned(),
            hint: format!(
                "write `alter table {name} enable row level security`, then create policies for it"
            ),
        });
    } else if table.policies.is_empty() {
        found.push(Lint {
            severity: Severity::Note,
            rule: "no_policy",
            subject: name.clone(),
            message: "row level security is enabled but there is no policy: only the service key sees rows"
                .to_owned(),
            hint: format!("create policy … on {name} …"),
        });
    }
    found.extend(table.policies.iter().filter(|policy| is_open(policy)).map(|policy| Lint {
        severity: Severity::Warning,
        rule: "always_true_policy",
        subject: format!("{name}, policy {}", policy.name.as_str()),
        message: "the policy lets everyone it is for change every row".to_owned(),
        hint: "compare a column with auth.uid(), or name the role that may".to_owned(),
    }));
    if table.primary_key.is_none() {
        found.push(Lint {
            severity: Severity::Note,
            rule: "no_primary_key",
            subject: name,
            message: "the table has no primary key: single rows cannot be addressed or upserted".to_owned(),
            hint: "id bigint generated always as identity primary key".to_owned(),
        });
    }
}

/// Open to writing: reading everything may be meant, changing everything rarely is.
fn is_open(policy: &Policy) -> bool {
    let always = |expr: &Option<Expr>| {
        expr.as_ref().is_some_and(|expr| matches!(expr.node, Node::Constant(Value::Bool(true))))
    };
    let writes = policy.command != PolicyCommand::Select;
    let for_service =
        policy.roles.iter().all(|role| role.as_str() == "service_role") && !policy.roles.is_empty();
    policy.permissive && writes && !for_service && (always(&policy.using) || always(&policy.check))
}

fn subject(name: &algebra::names::TableName) -> String {
    format!("{}.{}", name.schema.as_str(), name.name.as_str())
}
