//! Variances, regressions, and aggregates of bits.

use std::collections::VecDeque;

use algebra::numeric::{Numeric, Population, Sum};
use algebra::value::{Value, ValueError};

use super::super::{Aggregate, Arguments, Gather};
use crate::cell::Cell;

type Answer = Result<Value, ValueError>;

/// What is made of a spread.
#[derive(Clone, Copy)]
enum Of {
    Variance(Population),
    Deviation(Population),
}

/// Integers and `numeric`, exactly. They are kept, so that a moving window can let go of the oldest.
struct Exact {
    of: Of,
    values: VecDeque<Numeric>,
}

impl Gather for Exact {
    fn add(&mut self, row: &Arguments<'_>) -> Result<(), ValueError> {
        self.values.push_back(match row.cell(0) {
            Cell::Int(value) => Numeric::from_integer(value),
            _ => Numeric::parse(row.text(0)?)?,
        });
        Ok(())
    }

    fn remove(&mut self, _: &Arguments<'_>) -> Result<(), ValueError> {
        self.values.pop_front();
        Ok(())
    }

    fn value(&self) -> Answer {
        let mut sum = Sum::default();
        for value in &self.values {
            sum.add_with_square(value)?;
        }
        let number = match self.of {
            Of::Variance(population) => sum.variance(population)?,
            Of::Deviation(population) => sum.deviation(population)?,
        };
        Ok(number.map_or(Value::Null, |number| Value::Text(number.to_string())))
    }
}

/// Sums of pairs by the method of Youngs and Cramer, which PostgreSQL uses too, so that rounding agrees.
#[derive(Default)]
struct Moments {
    count: f64,
    x: f64,
    xx: f64,
    y: f64,
    yy: f64,
    xy: f64,
}

impl Moments {
    fn add(&mut self, (y, x): (f64, f64)) {
        let before = self.count;
        self.count += 1.0;
        self.x += x;
        self.y += y;
        if before > 0.0 {
            let (from_x, from_y) = (x * self.count - self.x, y * self.count - self.y);
            let scale = 1.0 / (self.count * before);
            self.xx += from_x * from_x * scale;
            self.yy += from_y * from_y * scale;
            self.xy += from_x * from_y * scale;
        }
    }
}

/// Doubles, one or two of a row.
struct Doubles {
    values: VecDeque<(f64, f64)>,
    answer: fn(&VecDeque<(f64, f64)>) -> Option<f64>,
    counts: bool,
}

impl Gather for Doubles {
    fn add(&mut self, row: &Arguments<'_>) -> Result<(), ValueError> {
        let second = if row.len() > 1 { row.float(1)? } else { 0.0 };
        self.values.push_back((row.float(0)?, second));
        Ok(())
    }

    fn remove(&mut self, _: &Arguments<'_>) -> Result<(), ValueError> {
        self.values.pop_front();
        Ok(())
    }

    fn value(&self) -> Answer {
        if self.counts {
            return Ok(Value::Int(i64::try_from(self.values.len()).unwrap_or(i64::MAX)));
        }
        Ok((self.answer)(&self.values).map_or(Value::Null, Value::Float))
    }
}

fn spread(values: &VecDeque<(f64, f64)>) -> f64 {
    let (mut count, mut total, mut squares) = (0.0, 0.0, 0.0);
    for (value, _) in values {
        let before = count;
        count += 1.0;
        total += value;
        if before > 0.0 {
            let from = value * count - total;
            squares += from * from / (count * before);
        }
    }
    squares
}

fn variance(values: &VecDeque<(f64, f64)>, population: Population) -> Option<f64> {
    let count = values.len() as f64;
    match population {
        Population::Whole if count > 0.0 => Some(spread(values) / count),
        Population::Sample if count > 1.0 => Some(spread(values) / (count - 1.0)),
        _ => None,
    }
}

fn moments(values: &VecDeque<(f64, f64)>) -> Option<Moments> {
    let mut moments = Moments::default();
    values.iter().copied().for_each(|pair| moments.add(pair));
    (moments.count > 0.0).then_some(moments)
}

/// What is made of pairs; nothing of no pairs.
fn of_pairs(answer: fn(&VecDeque<(f64, f64)>) -> Option<f64>) -> Box<dyn Gather> {
    Box::new(Doubles { values: VecDeque::new(), answer, counts: false })
}

macro_rules! spreads {
    ($($name:literal => $of:expr, $double:expr);+ $(;)?) => {
        &[$(
            Aggregate { symbol: concat!("pg_", $name, "_int2"), begin: || Box::new(Exact { of: $of, values: VecDeque::new() }) },
            Aggregate { symbol: concat!("pg_", $name, "_int4"), begin: || Box::new(Exact { of: $of, values: VecDeque::new() }) },
            Aggregate { symbol: concat!("pg_", $name, "_int8"), begin: || Box::new(Exact { of: $of, values: VecDeque::new() }) },
            Aggregate { symbol: concat!("pg_", $name, "_numeric"), begin: || Box::new(Exact { of: $of, values: VecDeque::new() }) },
            Aggregate { symbol: concat!("pg_", $name, "_float4"), begin: || of_pairs($double) },
            Aggregate { symbol: concat!("pg_", $name, "_float8"), begin: || of_pairs($double) }
        ),+]
    };
}

const SPREADS: &[Aggregate] = spreads![
    "variance" => Of::Variance(Population::Sample), |all| variance(all, Population::Sample);
    "var_samp" => Of::Variance(Population::Sample), |all| variance(all, Population::Sample);
    "var_pop" => Of::Variance(Population::Whole), |all| variance(all, Population::Whole);
    "stddev" => Of::Deviation(Population::Sample), |all| variance(all, Population::Sample).map(f64::sqrt);
    "stddev_samp" => Of::Deviation(Population::Sample), |all| variance(all, Population::Sample).map(f64::sqrt);
    "stddev_pop" => Of::Deviation(Population::Whole), |all| variance(all, Population::Whole).map(f64::sqrt);
];

fn correlation(all: &VecDeque<(f64, f64)>) -> Option<f64> {
    let sums = moments(all)?;
    (sums.xx != 0.0 && sums.yy != 0.0).then(|| sums.xy / (sums.xx * sums.yy).sqrt())
}

fn slope(all: &VecDeque<(f64, f64)>) -> Option<f64> {
    let sums = moments(all)?;
    (sums.xx != 0.0).then(|| sums.xy / sums.xx)
}

fn intercept(all: &VecDeque<(f64, f64)>) -> Option<f64> {
    let sums = moments(all)?;
    (sums.xx != 0.0).then(|| (sums.y - sums.x * sums.xy / sums.xx) / sums.count)
}

fn determination(all: &VecDeque<(f64, f64)>) -> Option<f64> {
    let sums = moments(all)?;
    if sums.xx == 0.0 {
        return None;
    }
    Some(if sums.yy == 0.0 { 1.0 } else { (sums.xy * sums.xy) / (sums.xx * sums.yy) })
}

fn sample_covariance(all: &VecDeque<(f64, f64)>) -> Option<f64> {
    moments(all).filter(|sums| sums.count > 1.0).map(|sums| sums.xy / (sums.count - 1.0))
}

const REGRESSIONS: &[Aggregate] = &[
    Aggregate { symbol: "pg_corr", begin: || of_pairs(correlation) },
    Aggregate {
        symbol: "pg_covar_pop",
        begin: || of_pairs(|all| moments(all).map(|sums| sums.xy / sums.count)),
    },
    Aggregate { symbol: "pg_covar_samp", begin: || of_pairs(sample_covariance) },
    Aggregate {
        symbol: "pg_regr_count",
        begin: || Box::new(Doubles { values: VecDeque::new(), answer: |_| None, counts: true }),
    },
    Aggregate {
        symbol: "pg_regr_avgx",
        begin: || of_pairs(|all| moments(all).map(|sums| sums.x / sums.count)),
    },
    Aggregate {
        symbol: "pg_regr_avgy",
        begin: || of_pairs(|all| moments(all).map(|sums| sums.y / sums.count)),
    },
    Aggregate { symbol: "pg_regr_sxx", begin: || of_pairs(|all| moments(all).map(|sums| sums.xx)) },
    Aggregate { symbol: "pg_regr_syy", begin: || of_pairs(|all| moments(all).map(|sums| sums.yy)) },
    Aggregate { symbol: "pg_regr_sxy", begin: || of_pairs(|all| moments(all).map(|sums| sums.xy)) },
    Aggregate { symbol: "pg_regr_slope", begin: || of_pairs(slope) },
    Aggregate { symbol: "pg_regr_intercept", begin: || of_pairs(intercept) },
    Aggregate { symbol: "pg_regr_r2", begin: || of_pairs(determination) },
];

/// Integers whose bits are put together.
struct Bits {
    together: fn(i64, i64) -> i64,
    values: VecDeque<i64>,
}

impl Gather for Bits {
    fn add(&mut self, row: &Arguments<'_>) -> Result<(), ValueError> {
        self.values.push_back(row.int(0)?);
        Ok(())
    }

    fn remove(&mut self, _: &Arguments<'_>) -> Result<(), ValueError> {
        self.values.pop_front();
        Ok(())
    }

    fn value(&self) -> Answer {
        Ok(self.values.iter().copied().reduce(self.together).map_or(Value::Null, Value::Int))
    }
}

fn bits(together: fn(i64, i64) -> i64) -> Box<dyn Gather> {
    Box::new(Bits { together, values: VecDeque::new() })
}

const BITS: &[Aggregate] = &[
    Aggregate { symbol: "pg_bit_and_int2", begin: || bits(|a, b| a & b) },
    Aggregate { symbol: "pg_bit_and_int4", begin: || bits(|a, b| a & b) },
    Aggregate { symbol: "pg_bit_and_int8", begin: || bits(|a, b| a & b) },
    Aggregate { symbol: "pg_bit_or_int2", begin: || bits(|a, b| a | b) },
    Aggregate { symbol: "pg_bit_or_int4", begin: || bits(|a, b| a | b) },
    Aggregate { symbol: "pg_bit_or_int8", begin: || bits(|a, b| a | b) },
    Aggregate { symbol: "pg_bit_xor_int2", begin: || bits(|a, b| a ^ b) },
    Aggregate { symbol: "pg_bit_xor_int4", begin: || bits(|a, b| a ^ b) },
    Aggregate { symbol: "pg_bit_xor_int8", begin: || bits(|a, b| a ^ b) },
];

pub(super) static AGGREGATES: &[&[Aggregate]] = &[SPREADS, REGRESSIONS, BITS];
