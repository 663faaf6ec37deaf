//! Sums, means, and the greatest and least labels. Numbers are added exactly; floats in the order of the rows, as PostgreSQL does.

use std::cmp::Ordering;
use std::collections::VecDeque;

use algebra::interval::Interval;
use algebra::numeric::{Numeric, Sum};
use algebra::types::Type;
use algebra::value::{self, Value, ValueError};

use super::{Aggregate, Arguments, Gather};
use crate::cell::Cell;
use crate::sqlite::rows;

type Answer = Result<Value, ValueError>;

pub(super) static AGGREGATES: &[Aggregate] = &[
    Aggregate { symbol: "pg_sum_int8", begin: || Box::new(Exact { sum: Sum::default(), mean: false }) },
    Aggregate { symbol: "pg_sum_numeric", begin: || Box::new(Exact { sum: Sum::default(), mean: false }) },
    Aggregate { symbol: "pg_avg_int2", begin: || Box::new(Exact { sum: Sum::default(), mean: true }) },
    Aggregate { symbol: "pg_avg_int4", begin: || Box::new(Exact { sum: Sum::default(), mean: true }) },
    Aggregate { symbol: "pg_avg_int8", begin: || Box::new(Exact { sum: Sum::default(), mean: true }) },
    Aggregate { symbol: "pg_avg_numeric", begin: || Box::new(Exact { sum: Sum::default(), mean: true }) },
    Aggregate { symbol: "pg_sum_float4", begin: || Box::new(Floats::new(Of::SingleSum)) },
    Aggregate { symbol: "pg_sum_float8", begin: || Box::new(Floats::new(Of::Sum)) },
    Aggregate { symbol: "pg_avg_float4", begin: || Box::new(Floats::new(Of::Mean)) },
    Aggregate { symbol: "pg_avg_float8", begin: || Box::new(Floats::new(Of::Mean)) },
    Aggregate { symbol: "pg_sum_interval", begin: || Box::new(Intervals::new(false)) },
    Aggregate { symbol: "pg_avg_interval", begin: || Box::new(Intervals::new(true)) },
    Aggregate { symbol: "pg_min_enum", begin: || Box::new(Label::new(Ordering::Less)) },
    Aggregate { symbol: "pg_max_enum", begin: || Box::new(Label::new(Ordering::Greater)) },
];

/// Integers and `numeric`.
struct Exact {
    sum: Sum,
    mean: bool,
}

impl Gather for Exact {
    fn add(&mut self, row: &Arguments<'_>) -> Result<(), ValueError> {
        match row.cell(0) {
            Cell::Int(value) => self.sum.add_integer(value),
            _ => self.sum.add(&Numeric::parse(row.text(0)?)?),
        }
    }

    fn remove(&mut self, row: &Arguments<'_>) -> Result<(), ValueError> {
        match row.cell(0) {
            Cell::Int(value) => self.sum.remove(&Numeric::from_integer(value)),
            _ => self.sum.remove(&Numeric::parse(row.text(0)?)?),
        }
    }

    fn value(&self) -> Answer {
        let number = if self.mean { self.sum.average()? } else { self.sum.total() };
        Ok(number.map_or(Value::Null, |number| Value::Text(number.to_string())))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Sum,
    SingleSum,
    Mean,
}

/// Floats are kept: taking one out of a sum would leave its rounding behind.
struct Floats {
    of: Of,
    values: VecDeque<f64>,
}

impl Floats {
    fn new(of: Of) -> Self {
        Self { of, values: VecDeque::new() }
    }
}

impl Gather for Floats {
    fn add(&mut self, row: &Arguments<'_>) -> Result<(), ValueError> {
        self.values.push_back(row.float(0)?);
        Ok(())
    }

    fn remove(&mut self, _: &Arguments<'_>) -> Result<(), ValueError> {
        self.values.pop_front();
        Ok(())
    }

    fn value(&self) -> Answer {
        if self.values.is_empty() {
            return Ok(Value::Null);
        }
        let round = |value: f64| if self.of == Of::SingleSum { f64::from(value as f32) } else { value };
        let total = self.values.iter().fold(0.0, |total, value| round(total + value));
        if total.is_infinite() && self.values.iter().all(|value| value.is_finite()) {
            return Err(ValueError::new("22003", "value out of range: overflow"));
        }
        Ok(Value::Float(if self.of == Of::Mean { total / self.values.len() as f64 } else { total }))
    }
}

struct Intervals {
    mean: bool,
    count: i32,
    total: Option<Interval>,
}

impl Intervals {
    fn new(mean: bool) -> Self {
        Self { mean, count: 0, total: None }
    }
}

impl Gather for Intervals {
    fn add(&mut self, row: &Arguments<'_>) -> Result<(), ValueError> {
        let value = Interval::from_stored(row.text(0)?)?;
        self.total = Some(match self.total {
            Some(total) => total.plus(value)?,
            None => value,
        });
        self.count += 1;
        Ok(())
    }

    fn remove(&mut self, row: &Arguments<'_>) -> Result<(), ValueError> {
        let value = Interval::from_stored(row.text(0)?)?;
        self.count -= 1;
        self.total = match self.total {
            Some(total) if self.count > 0 => Some(total.minus(value)?),
            _ => None,
        };
        Ok(())
    }

    fn value(&self) -> Answer {
        let Some(total) = self.total else { return Ok(Value::Null) };
        let answer = if self.mean { total.divide(f64::from(self.count))? } else { total };
        Ok(Value::Text(answer.stored()))
    }
}

/// The first or last label in the order of declaration.
struct Label {
    wanted: Ordering,
    found: VecDeque<Value>,
    ty: Type,
}

impl Label {
    fn new(wanted: Ordering) -> Self {
        Self { wanted, found: VecDeque::new(), ty: Type::Text }
    }
}

impl Gather for Label {
    fn add(&mut self, row: &Arguments<'_>) -> Result<(), ValueError> {
        if self.found.is_empty() {
            self.ty = row.type_of(0)?;
        }
        self.found.push_back(rows::value(row.cell(1), &self.ty));
        Ok(())
    }

    fn remove(&mut self, _: &Arguments<'_>) -> Result<(), ValueError> {
        self.found.pop_front();
        Ok(())
    }

    fn value(&self) -> Answer {
        let better =
            |best: &Value, candidate: &Value| value::compare(candidate, best, &self.ty) == self.wanted;
        let best = self
            .found
            .iter()
            .reduce(|best, candidate| if better(best, candidate) { candidate } else { best });
        Ok(best.cloned().unwrap_or_default())
    }
}
