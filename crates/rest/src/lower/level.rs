//! The levels of a selection: what is selected at each, and what was addressed to it.
//! **Must not:** know which relations are related.

use plan::Inputs;
use plan::request::{
    Aggregate, AggregateFunction, Condition, Embed, Field, Item, Level, OrderTerm, PathKey, PathStep,
};

use super::condition::{filter, tree};
use crate::error::RequestError;
use crate::query::{self, EmbedPath, Join, Name, SelectItem, Shape};
use crate::request::{Action, Request};

/// The level of the relation itself with everything in it, except for OPTIONS, which is about the relation alone; and the warning about names that an alias hides.
pub(super) fn build(request: &Request, inputs: &mut Inputs) -> Result<(Level, Option<String>), RequestError> {
    if request.action == Action::Options {
        return Ok((Level { items: vec![Item::All], ..Level::default() }, None));
    }
    let query = &request.query;
    let mut top = Level { items: items(&query.select), ..Level::default() };
    let mut warning = None;
    for at in query.filters.iter().filter(|at| applies(request, &at.path)) {
        let level = find(&mut top, &at.path, &mut warning)?;
        let condition = filter(&at.item, level, inputs)?;
        level.conditions.push(condition);
    }
    for at in query.trees.iter().filter(|at| applies(request, &at.path)) {
        let level = find(&mut top, &at.path, &mut warning)?;
        match tree(&at.item, level, inputs)? {
            Condition::And(members) => level.conditions.extend(members),
            condition => level.conditions.push(condition),
        }
    }
    for at in &query.orders {
        find(&mut top, &at.path, &mut warning)?.order = at.item.iter().map(order).collect();
    }
    for at in query.bounds.iter().filter(|at| !at.path.0.is_empty()) {
        bound(find(&mut top, &at.path, &mut warning)?, at.item, inputs);
    }
    if matches!(request.action, Action::Read | Action::Head) {
        bound(&mut top, request.bounds, inputs);
    }
    Ok((top, warning))
}

/// The filters of the top level choose the rows of a read, an update and a delete; an insert has none to choose.
fn applies(request: &Request, path: &EmbedPath) -> bool {
    !path.0.is_empty() || !matches!(request.action, Action::Insert(_) | Action::Replace(_))
}

fn bound(level: &mut Level, bounds: query::Bounds, inputs: &mut Inputs) {
    level.limit = bounds.limit.map(|limit| inputs.add(limit.to_string()));
    level.offset = (bounds.offset > 0).then(|| inputs.add(bounds.offset.to_string()));
}

/// The level at the end of a path of aliases. A relation's own name also leads to it when an alias hides it, which
/// is answered with a warning.
fn find<'l>(
    level: &'l mut Level,
    path: &EmbedPath,
    warning: &mut Option<String>,
) -> Result<&'l mut Level, RequestError> {
    path.0.iter().try_fold(level, |level, name| {
        let name = name.as_str();
        let position = position(level, |embed| embed.name() == name)
            .or_else(|| position(level, |embed| embed.target == name));
        match position.and_then(|position| level.items.get_mut(position)) {
            Some(Item::Embed(embed)) => {
                if embed.name() != name {
                    *warning = Some(legacy_warning(name, embed.name()));
                }
                Ok(&mut embed.level)
            }
            _ => Err(RequestError::NotEmbedded(name.to_owned())),
        }
    })
}

fn position(level: &Level, fits: impl Fn(&Embed) -> bool) -> Option<usize> {
    level.items.iter().position(|item| matches!(item, Item::Embed(embed) if fits(embed)))
}

fn legacy_warning(target: &str, alias: &str) -> String {
    format!(
        "Embedded resource was referenced by relation name even though it has an alias. Update `{target}` to \
         `{alias}` in query string filters, orders or limits."
    )
}

fn items(selected: &[SelectItem]) -> Vec<Item> {
    selected.iter().map(item).collect()
}

fn item(selected: &SelectItem) -> Item {
    match selected {
        SelectItem::Star => Item::All,
        SelectItem::Count { alias, cast } => Item::Count { alias: owned(alias), cast: owned(cast) },
        SelectItem::Column(column) => Item::Column {
            field: field(&column.field),
            alias: owned(&column.alias),
            cast: owned(&column.cast),
            aggregate: column.aggregate.as_ref().map(aggregate),
        },
        SelectItem::Embed(embed) => {
            let (alias, spread) = match &embed.shape {
                Shape::Nested(alias) => (owned(alias), false),
                Shape::Spread => (None, true),
            };
            Item::Embed(Box::new(Embed {
                target: embed.target.as_str().to_owned(),
                hint: owned(&embed.hint),
                alias,
                inner: embed.join == Join::Inner,
                spread,
                level: Level { items: items(&embed.items), ..Level::default() },
            }))
        }
    }
}

fn owned(name: &Option<Name>) -> Option<String> {
    name.as_ref().map(|name| name.as_str().to_owned())
}

fn aggregate(aggregate: &query::Aggregate) -> Aggregate {
    let function = match aggregate.function {
        query::AggregateFunction::Sum => AggregateFunction::Sum,
        query::AggregateFunction::Avg => AggregateFunction::Avg,
        query::AggregateFunction::Count => AggregateFunction::Count,
        query::AggregateFunction::Max => AggregateFunction::Max,
        query::AggregateFunction::Min => AggregateFunction::Min,
    };
    Aggregate { function, cast: owned(&aggregate.cast) }
}

pub(super) fn field(field: &query::Field) -> Field {
    let step = |step: &query::JsonStep| PathStep {
        as_text: step.arrow == query::Arrow::Text,
        key: match &step.operand {
            query::Operand::Key(key) => PathKey::Member(key.clone()),
            query::Operand::Index(index) => PathKey::Index(*index),
        },
    };
    Field { column: field.name.as_str().to_owned(), path: field.json_path.iter().map(step).collect() }
}

fn order(term: &query::OrderTerm) -> OrderTerm {
    OrderTerm {
        embed: owned(&term.relation),
        field: field(&term.field),
        descending: term.direction == Some(query::Direction::Descending),
        nulls_first: term.nulls.map(|nulls| nulls == query::Nulls::First),
    }
}
