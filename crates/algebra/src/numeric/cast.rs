//! `numeric` to and from integers and floats.
//!
//! **Must not:** lose digits silently: what does not fit is 22003.

use super::Numeric;
use crate::value::ValueError;
use crate::value::float;

impl Numeric {
    /// A whole number, rounded half away from zero, between two bounds. `type_name` is for the error.
    pub fn to_integer(&self, type_name: &str, min: i64, max: i64) -> Result<i64, ValueError> {
        let decimal = match self {
            Self::Finite(decimal) => decimal,
            Self::NaN => {
                return Err(ValueError::new("0A000", format!("cannot convert NaN to {type_name}")));
            }
            Self::Infinity | Self::NegativeInfinity => {
                return Err(ValueError::new("0A000", format!("cannot convert infinity to {type_name}")));
            }
        };
        let rounded = decimal.round(0);
        i64::try_from(&rounded.unscaled)
            .ok()
            .filter(|value| (min..=max).contains(value))
            .ok_or_else(|| ValueError::out_of_range(type_name))
    }

    /// The nearest double.
    pub fn to_float8(&self) -> Result<f64, ValueError> {
        match self {
            Self::Finite(_) => float::parse_float8(&self.to_string()),
            Self::NaN => Ok(f64::NAN),
            Self::Infinity => Ok(f64::INFINITY),
            Self::NegativeInfinity => Ok(f64::NEG_INFINITY),
        }
    }

    /// The nearest single, widened.
    pub fn to_float4(&self) -> Result<f64, ValueError> {
        match self {
            Self::Finite(_) => float::parse_float4(&self.to_string()),
            _ => self.to_float8(),
        }
    }
}

/// A double as PostgreSQL casts it: 15 significant digits.
pub fn float8_to_numeric(value: f64) -> Numeric {
    float_to_numeric(value, 15)
}

/// A single as PostgreSQL casts it: 6 significant digits.
pub fn float4_to_numeric(value: f64) -> Numeric {
    float_to_numeric(value, 6)
}

fn float_to_numeric(value: f64, significant_digits: usize) -> Numeric {
    if value.is_nan() {
        return Numeric::NaN;
    }
    if value.is_infinite() {
        return if value > 0.0 { Numeric::Infinity } else { Numeric::NegativeInfinity };
    }
    let scientific = format!("{value:.*e}", significant_digits - 1);
    // C's %g, which PostgreSQL prints through, drops the zeros at the end.
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let mantissa =
        if mantissa.contains('.') { mantissa.trim_end_matches('0').trim_end_matches('.') } else { mantissa };
    Numeric::parse(&format!("{mantissa}e{exponent}")).unwrap_or(Numeric::NaN)
}
