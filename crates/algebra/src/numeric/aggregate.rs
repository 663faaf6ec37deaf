//! Running sums for `sum` and `avg`: exact, whatever the order of the rows.
//!
//! **Must not:** know which aggregate uses it.

use num_bigint::BigInt;

use super::{Decimal, Numeric};
use crate::value::ValueError;

/// The state of `sum(numeric)` and `avg(numeric)`, also for integers, whose sum may exceed them.
#[derive(Debug, Clone)]
pub struct Sum {
    total: Numeric,
    squares: Numeric,
    count: i64,
}

impl Default for Sum {
    fn default() -> Self {
        Self { total: Numeric::from_integer(0), squares: Numeric::from_integer(0), count: 0 }
    }
}

impl Sum {
    /// Takes one value in.
    pub fn add(&mut self, value: &Numeric) -> Result<(), ValueError> {
        self.total = self.total.add(value)?;
        self.count += 1;
        Ok(())
    }

    /// Takes one value in, for a variance.
    pub fn add_with_square(&mut self, value: &Numeric) -> Result<(), ValueError> {
        self.squares = self.squares.add(&value.multiply(value)?)?;
        self.add(value)
    }

    /// Takes one value out again, for a moving window frame. The scale of the sum stays the largest seen.
    pub fn remove(&mut self, value: &Numeric) -> Result<(), ValueError> {
        self.total = self.total.subtract(value)?;
        self.count -= 1;
        Ok(())
    }

    /// Takes one integer in.
    pub fn add_integer(&mut self, value: i64) -> Result<(), ValueError> {
        if let Numeric::Finite(Decimal { unscaled, scale: 0 }) = &mut self.total {
            *unscaled += value;
            self.count += 1;
            return Ok(());
        }
        self.add(&Numeric::from_integer(value))
    }

    /// How many values were taken in.
    pub fn count(&self) -> i64 {
        self.count
    }

    /// The sum; nothing of no values.
    pub fn total(&self) -> Option<Numeric> {
        (self.count > 0).then(|| self.total.clone())
    }

    /// The mean; nothing of no values.
    pub fn average(&self) -> Result<Option<Numeric>, ValueError> {
        if self.count == 0 {
            return Ok(None);
        }
        self.total.divide(&Numeric::from_integer(self.count)).map(Some)
    }

    /// The variance, of a population (`var_pop`) or of a sample; nothing of too few values.
    pub fn variance(&self, population: Population) -> Result<Option<Numeric>, ValueError> {
        let divisor = match population {
            Population::Whole => self.count,
            Population::Sample => self.count - 1,
        };
        if self.count == 0 || divisor == 0 {
            return Ok(None);
        }
        let count = Numeric::from_integer(self.count);
        let numerator = count.multiply(&self.squares)?.subtract(&self.total.multiply(&self.total)?)?;
        if numerator.signum() <= 0 && numerator != Numeric::NaN {
            return Ok(Some(Numeric::Finite(Decimal { unscaled: BigInt::ZERO, scale: 0 })));
        }
        numerator.divide(&count.multiply(&Numeric::from_integer(divisor))?).map(Some)
    }

    /// The standard deviation, of a population or of a sample.
    pub fn deviation(&self, population: Population) -> Result<Option<Numeric>, ValueError> {
        Ok(self.variance(population)?.map(|variance| match variance {
            Numeric::Finite(decimal) => Numeric::Finite(decimal.square_root(decimal.scale)),
            other => other,
        }))
    }
}

/// What the values of a variance stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Population {
    /// All there are: `var_pop`, `stddev_pop`.
    Whole,
    /// Some of them: `var_samp`, `stddev_samp`, `variance`, `stddev`.
    Sample,
}
