//! Conditions and logic trees into the plan's, their values into its inputs.
//! **Must not:** know a column's type, nor which operators it has.

use plan::request::{Condition, FullTextParser, Is, Item, Level, Operand, Operator, Test};
use plan::{Input, Inputs};

use super::level::field;
use crate::error::RequestError;
use crate::query::{
    self, Filter, IsValue, LogicOperator, LogicTree, Operation, Quantifier, SearchKind, array_elements,
};

/// A condition of a level. The name of an embed with `is.null` asks whether the embed has rows.
pub(super) fn filter(filter: &Filter, level: &Level, inputs: &mut Inputs) -> Result<Condition, RequestError> {
    let negated = filter.condition.negated;
    if let Operation::Is(value @ (IsValue::Null | IsValue::NotNull)) = filter.condition.operation
        && filter.field.json_path.is_empty()
        && is_embedded(level, filter.field.name.as_str())
    {
        let name = filter.field.name.as_str().to_owned();
        return Ok(Condition::Embed { name, is_null: (value == IsValue::Null) != negated });
    }
    let test = test(&filter.condition.operation, inputs)?;
    Ok(Condition::Compare { field: field(&filter.field), negated, test })
}

/// A logic tree of a level.
pub(super) fn tree(tree: &LogicTree, level: &Level, inputs: &mut Inputs) -> Result<Condition, RequestError> {
    let (negated, operator, members) = match tree {
        LogicTree::Filter(member) => return filter(member, level, inputs),
        LogicTree::Group { negated, operator, members } => (*negated, *operator, members),
    };
    let members =
        members.iter().map(|member| self::tree(member, level, inputs)).collect::<Result<Vec<_>, _>>()?;
    let group = match operator {
        LogicOperator::And => Condition::And(members),
        LogicOperator::Or => Condition::Or(members),
    };
    Ok(if negated { Condition::Not(Box::new(group)) } else { group })
}

fn is_embedded(level: &Level, name: &str) -> bool {
    level.items.iter().any(|item| matches!(item, Item::Embed(embed) if embed.name() == name))
}

fn test(operation: &Operation, inputs: &mut Inputs) -> Result<Test, RequestError> {
    Ok(match operation {
        Operation::Distinct(value) => Test::Distinct(inputs.add(value.as_str())),
        Operation::Compare { operator, value } => {
            Test::Operator { operator: plain(*operator), operand: Operand::Value(inputs.add(value.as_str())) }
        }
        Operation::Quantified { operator, quantifier, values } => {
            let elements = all(array_elements(values)?, inputs);
            let operand = match quantifier {
                Quantifier::Any => Operand::Any(elements),
                Quantifier::All => Operand::All(elements),
            };
            Test::Operator { operator: plain(*operator), operand }
        }
        Operation::In(values) => Test::In(all(values.iter().cloned(), inputs)),
        Operation::Is(value) => Test::Is(match value {
            IsValue::Null => Is::Null,
            IsValue::NotNull => Is::NotNull,
            IsValue::True => Is::True,
            IsValue::False => Is::False,
            IsValue::Unknown => Is::Unknown,
        }),
        Operation::Search { kind, language, query } => Test::FullText {
            parser: match kind {
                SearchKind::Query => FullTextParser::Query,
                SearchKind::Plain => FullTextParser::Plain,
                SearchKind::Phrase => FullTextParser::Phrase,
                SearchKind::Web => FullTextParser::Web,
            },
            language: language.as_ref().map(|language| inputs.add(language.as_str())),
            query: inputs.add(query.as_str()),
        },
    })
}

fn all(values: impl IntoIterator<Item = String>, inputs: &mut Inputs) -> Vec<Input> {
    values.into_iter().map(|value| inputs.add(value)).collect()
}

fn plain(operator: query::Operator) -> Operator {
    match operator {
        query::Operator::Eq => Operator::Eq,
        query::Operator::Neq => Operator::Neq,
        query::Operator::Gt => Operator::Gt,
        query::Operator::Gte => Operator::Gte,
        query::Operator::Lt => Operator::Lt,
        query::Operator::Lte => Operator::Lte,
        query::Operator::Like => Operator::Like,
        query::Operator::Ilike => Operator::Ilike,
        query::Operator::Match => Operator::Match,
        query::Operator::Imatch => Operator::Imatch,
        query::Operator::Contains => Operator::Contains,
        query::Operator::ContainedBy => Operator::ContainedIn,
        query::Operator::Overlaps => Operator::Overlaps,
        query::Operator::StrictlyLeft => Operator::StrictlyLeft,
        query::Operator::StrictlyRight => Operator::StrictlyRight,
        query::Operator::NotRight => Operator::NotExtendRight,
        query::Operator::NotLeft => Operator::NotExtendLeft,
        query::Operator::Adjacent => Operator::Adjacent,
    }
}
