//! Aggregates over an order of their own: `percentile_cont(0.5) within group (order by a)` comes as the fraction, the value, and 1
//! where the order descends.

use std::cmp::Ordering;

use algebra::interval::Interval;
use algebra::types::Type;
use algebra::value::{self, Value, ValueError};

use super::super::{Aggregate, Arguments, Gather};
use crate::sqlite::rows;

type Answer = Result<Value, ValueError>;

/// Which value of those in order is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// `percentile_cont`: between two where it falls between them.
    Between,
    /// `percentile_disc`: one that is there.
    There,
    /// `mode`: the one that is most often there.
    MostOften,
}

struct Ordered {
    wanted: Wanted,
    ty: Option<Type>,
    fraction: Option<f64>,
    descending: bool,
    values: Vec<Value>,
}

fn ordered(wanted: Wanted, ty: Option<Type>) -> Box<dyn Gather> {
    Box::new(Ordered { wanted, ty, fraction: None, descending: false, values: Vec::new() })
}

impl Gather for Ordered {
    fn add(&mut self, row: &Arguments<'_>) -> Result<(), ValueError> {
        let key = row.len() - 2;
        let ty = match &self.ty {
            Some(ty) => ty,
            None => self.ty.insert(row.types(0)?.last().cloned().unwrap_or(Type::Text)),
        };
        if !row.is_null(key) {
            self.values.push(rows::value(row.cell(key), ty));
        }
        if self.wanted != Wanted::MostOften && !row.is_null(key - 1) {
            self.fraction = Some(row.float(key - 1)?);
        }
        self.descending = row.bool(key + 1)?;
        Ok(())
    }

    fn value(&self) -> Answer {
        let ty = self.ty.as_ref().unwrap_or(&Type::Text);
        let order = |left: &Value, right: &Value| -> Ordering {
            let order = value::compare(left, right, ty);
            if self.descending { order.reverse() } else { order }
        };
        if let Some(fraction) = self.fraction.filter(|fraction| !(0.0..=1.0).contains(fraction)) {
            let text = format!("percentile value {fraction} is not between 0 and 1");
            return Err(ValueError::new("22003", text));
        }
        let mut values: Vec<&Value> = self.values.iter().collect();
        values.sort_by(|left, right| order(left, right));
        match (self.wanted, self.fraction) {
            _ if values.is_empty() => Ok(Value::Null),
            (Wanted::MostOften, _) => Ok(most_often(&values, ty)),
            (_, None) => Ok(Value::Null),
            (Wanted::There, Some(fraction)) => {
                let rank = (fraction * values.len() as f64).ceil() as usize;
                Ok(values[rank.max(1) - 1].clone())
            }
            (Wanted::Between, Some(fraction)) => between(&values, fraction),
        }
    }
}

/// The first of the values, which are in order, that come most often.
fn most_often(values: &[&Value], ty: &Type) -> Value {
    let groups = values.chunk_by(|left, right| value::compare(left, right, ty).is_eq());
    // Of several longest runs the first is the answer.
    let longest = groups.reduce(|best, group| if group.len() > best.len() { group } else { best });
    longest.and_then(|group| group.first()).map_or(Value::Null, |value| (*value).clone())
}

fn between(values: &[&Value], fraction: f64) -> Answer {
    let place = fraction * (values.len() - 1) as f64;
    let (low, high) = (place.floor() as usize, place.ceil() as usize);
    let share = place - low as f64;
    match (values[low], values[high]) {
        (low, _) if share == 0.0 => Ok(low.clone()),
        (Value::Text(low), Value::Text(high)) => {
            let (low, high) = (Interval::from_stored(low)?, Interval::from_stored(high)?);
            let part = high.minus(low)?.multiply(share)?;
            Ok(Value::Text(low.plus(part)?.stored()))
        }
        (low, high) => Ok(match (double(low), double(high)) {
            (Some(low), Some(high)) => Value::Float(low + share * (high - low)),
            _ => Value::Null,
        }),
    }
}

fn double(value: &Value) -> Option<f64> {
    match value {
        Value::Float(value) => Some(*value),
        Value::Int(value) => Some(*value as f64),
        _ => None,
    }
}

pub(super) static AGGREGATES: &[Aggregate] = &[
    Aggregate { symbol: "pg_percentile_cont_float8", begin: || ordered(Wanted::Between, Some(Type::Float8)) },
    Aggregate {
        symbol: "pg_percentile_cont_interval",
        begin: || ordered(Wanted::Between, Some(Type::Interval)),
    },
    Aggregate { symbol: "pg_percentile_disc", begin: || ordered(Wanted::There, None) },
    Aggregate { symbol: "pg_mode", begin: || ordered(Wanted::MostOften, None) },
];
