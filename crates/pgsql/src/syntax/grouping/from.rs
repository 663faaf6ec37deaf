//! The debug form of relations.
//!
//! **Must not:** hide an alias.

use crate::syntax::grouping::{grouped, grouped_name, grouped_query, grouped_type, joined, word, words};
use crate::syntax::query::{Alias, FromItem, FromKind, FunctionReference, Join, JoinCondition, JoinKind};
use crate::syntax::type_name::TypedField;

/// A relation with its alias.
pub(super) fn grouped_from(item: &FromItem) -> String {
    match &item.kind {
        FromKind::Table(table) => {
            let only = if table.only { "only " } else { "" };
            let sample = table.sample.as_ref().map_or(String::new(), |sample| {
                let repeatable = sample
                    .repeatable
                    .as_ref()
                    .map_or(String::new(), |seed| format!(" repeatable {}", grouped(seed)));
                let method = grouped_name(&sample.method);
                format!(" tablesample {method}({}){repeatable}", joined(&sample.arguments, ", "))
            });
            format!("{only}{}{}{sample}", grouped_name(&table.name), grouped_alias(table.alias.as_ref()))
        }
        FromKind::Subquery(subquery) => {
            let lateral = if subquery.lateral { "lateral " } else { "" };
            format!("{lateral}{}{}", grouped_query(&subquery.query), grouped_alias(subquery.alias.as_ref()))
        }
        FromKind::Function(function) => grouped_function(function),
        FromKind::Join(join) => grouped_join(join),
        FromKind::Special(name) => format!("special {}", name.text),
    }
}

fn grouped_function(function: &FunctionReference) -> String {
    let lateral = if function.lateral { "lateral " } else { "" };
    let functions =
        function.functions.iter().map(|one| format!("{}{}", grouped(&one.call), fields(&one.columns)));
    let functions = functions.collect::<Vec<_>>().join(", ");
    let rows = if function.rows_from { format!("rows from ({functions})") } else { functions };
    let ordinality = if function.ordinality { " with ordinality" } else { "" };
    let alias = grouped_alias(function.alias.as_ref());
    format!("{lateral}{rows}{ordinality}{alias}{}", fields(&function.columns))
}

fn grouped_join(join: &Join) -> String {
    let natural = if join.condition == JoinCondition::Natural { "natural " } else { "" };
    let kind = match join.kind {
        JoinKind::Inner => "join",
        JoinKind::Left => "left join",
        JoinKind::Right => "right join",
        JoinKind::Full => "full join",
    };
    let condition = match &join.condition {
        JoinCondition::None | JoinCondition::Natural => String::new(),
        JoinCondition::On(condition) => format!(" on {}", grouped(condition)),
        JoinCondition::Using { columns, alias } => {
            let alias = alias.as_ref().map_or(String::new(), |alias| format!(" as {}", word(&alias.text)));
            format!(" using ({}){alias}", words(columns))
        }
    };
    let (left, right) = (grouped_from(&join.left), grouped_from(&join.right));
    format!("({left} {natural}{kind} {right}{condition}){}", grouped_alias(join.alias.as_ref()))
}

fn grouped_alias(alias: Option<&Alias>) -> String {
    let Some(alias) = alias else { return String::new() };
    let columns =
        if alias.columns.is_empty() { String::new() } else { format!("({})", words(&alias.columns)) };
    format!(" as {}{columns}", word(&alias.name.text))
}

/// Columns with types, in braces; nothing if there are none.
fn fields(fields: &[TypedField]) -> String {
    if fields.is_empty() {
        return String::new();
    }
    let fields = fields.iter().map(|field| {
        let collation =
            field.collation.as_ref().map_or(String::new(), |name| format!(" collate {}", grouped_name(name)));
        format!("{} {}{collation}", word(&field.name.text), grouped_type(&field.type_name))
    });
    format!(" {{{}}}", fields.collect::<Vec<_>>().join(", "))
}
