//! `to_char(number, template)`.
//!
//! **Must not:** know locales: the point is `.`, the group separator `,`, the currency has no sign.

use super::template::{Anchor, Node, Template};
use super::{Decimal, Numeric, digits};
use crate::datetime::ordinal_suffix;
use crate::value::ValueError;

/// The width of a Roman numeral without fill mode.
const ROMAN_WIDTH: usize = 15;

impl Numeric {
    /// `to_char(number, template)`.
    pub fn to_char(&self, template: &str) -> Result<String, ValueError> {
        let template = Template::parse(template)?;
        if let Some(upper) = template.nodes.iter().find_map(|node| match node {
            Node::Roman { upper } => Some(*upper),
            _ => None,
        }) {
            return Ok(self.roman(upper, template.fill_mode));
        }
        if template.scientific {
            return Ok(self.scientific(&template));
        }
        let number = Number::new(self, &template);
        Ok(Writer {
            number,
            template: &template,
            out: String::new(),
            position: 0,
            in_number: false,
            signed: false,
        }
        .write())
    }

    fn roman(&self, upper: bool, fill_mode: bool) -> String {
        let value = self.to_integer("integer", 1, 3_999).unwrap_or(0);
        if value == 0 {
            return "#".repeat(ROMAN_WIDTH);
        }
        let mut rest = value;
        let mut numeral = String::new();
        for (worth, letters) in ROMAN {
            while rest >= *worth {
                numeral.push_str(letters);
                rest -= worth;
            }
        }
        let numeral = if upper { numeral } else { numeral.to_ascii_lowercase() };
        if fill_mode { numeral } else { format!("{numeral:>ROMAN_WIDTH$}") }
    }

    /// One digit, the fraction that the template has, and an exponent of at least two digits.
    fn scientific(&self, template: &Template) -> String {
        let Self::Finite(decimal) = self else {
            return format!(" #.{}", "#".repeat(template.fraction + 4));
        };
        let exponent = decimal.exponent();
        // 9.999 becomes 10.00e+00, as it does in PostgreSQL.
        let mantissa = decimal.shifted(-exponent).round(i64::try_from(template.fraction).unwrap_or(0));
        let sign = if exponent < 0 { '-' } else { '+' };
        let space = if decimal.signum() < 0 { "" } else { " " };
        format!("{space}{mantissa}e{sign}{:02}", exponent.unsigned_abs())
    }
}

const ROMAN: &[(i64, &str)] = &[
    (1_000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

impl Decimal {
    /// The power of ten of the first digit; 0 for zero.
    fn exponent(&self) -> i64 {
        let length = digits::digit_count(self.unscaled.magnitude());
        if length == 0 { 0 } else { i64::try_from(length).unwrap_or(0) - 1 - i64::from(self.scale) }
    }

    /// The number times a power of ten.
    fn shifted(&self, power: i64) -> Self {
        let scale = i64::from(self.scale) - power;
        match u32::try_from(scale) {
            Ok(scale) => Self { unscaled: self.unscaled.clone(), scale },
            Err(_) => {
                let zeros = u32::try_from(scale.unsigned_abs()).unwrap_or(0);
                Self { unscaled: &self.unscaled * digits::power_of_ten(zeros), scale: 0 }
            }
        }
    }
}

/// The digits to print.
struct Number {
    negative: bool,
    whole: String,
    fraction: String,
    overflow: bool,
    not_a_number: bool,
}

impl Number {
    fn new(value: &Numeric, template: &Template) -> Self {
        let (shown, not_a_number) = match value {
            Numeric::Finite(decimal) => {
                let shifted = decimal.shifted(i64::try_from(template.shift).unwrap_or(0));
                (shifted.round(i64::try_from(template.fraction).unwrap_or(0)).to_string(), false)
            }
            other => (other.to_string(), true),
        };
        let (negative, unsigned) = match shown.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, shown.as_str()),
        };
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let negative = negative && !unsigned.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        let overflow = whole.len() > template.whole;
        if overflow {
            let hashes = |count: usize| "#".repeat(count);
            let (whole, fraction) = (hashes(template.whole), hashes(template.fraction));
            return Self { negative, whole, fraction, overflow, not_a_number: false };
        }
        let mut fraction = fraction.to_owned();
        if template.fill_mode {
            let kept = fraction.trim_end_matches('0').len().max(template.fraction_kept.min(fraction.len()));
            fraction.truncate(kept);
        }
        Self { negative, whole: whole.to_owned(), fraction, overflow, not_a_number }
    }
}

struct Writer<'a> {
    number: Number,
    template: &'a Template,
    out: String,
    /// How many digit places were passed.
    position: usize,
    /// A digit was written.
    in_number: bool,
    /// The sign was written.
    signed: bool,
}

impl Writer<'_> {
    fn write(mut self) -> String {
        let has_own_sign = self.template.nodes.iter().any(|node| matches!(node, Node::Minus | Node::Sign));
        self.signed = has_own_sign || self.template.sign == Some(Anchor::After);
        let last = self
            .template
            .nodes
            .iter()
            .rposition(|node| matches!(node, Node::Nine | Node::Zero | Node::Point));
        for (index, node) in self.template.nodes.iter().enumerate() {
            // PostgreSQL's text ends at a point without a digit behind it, whatever the template says then.
            if *node == Node::Point && self.template.fraction == 0 && !self.number.overflow {
                break;
            }
            self.node(*node);
            if Some(index) == last {
                self.after_last_digit();
            }
        }
        self.out
    }

    fn node(&mut self, node: Node) {
        let fill_mode = self.template.fill_mode;
        match node {
            Node::Nine | Node::Zero if self.position < self.template.whole => self.whole_digit(),
            Node::Nine | Node::Zero => self.fraction_digit(),
            Node::Point => self.point(),
            Node::Group if self.in_number => self.out.push(','),
            Node::Group if fill_mode => {}
            Node::Group => self.out.push(' '),
            Node::Currency => self.out.push(' '),
            Node::Minus | Node::Plus | Node::Sign => self.own_sign(node),
            Node::Ordinal { upper } => {
                let plain = !self.number.negative && !self.number.overflow && !self.template.has_point;
                if plain {
                    self.out.push_str(ordinal_suffix(&self.number.whole, upper));
                }
            }
            Node::Roman { .. } => {}
            Node::Literal(character) => self.out.push(character),
        }
    }

    /// `MI`, `PL`, `SG`: where it stands.
    fn own_sign(&mut self, node: Node) {
        match (node, self.number.negative) {
            (Node::Minus | Node::Sign, true) => self.out.push('-'),
            (Node::Plus | Node::Sign, false) => self.out.push('+'),
            _ if self.template.fill_mode => {}
            _ => self.out.push(' '),
        }
    }

    /// The sign that floats in front of the first digit.
    fn sign(&mut self) {
        if self.signed {
            return;
        }
        self.signed = true;
        let negative = self.number.negative;
        if self.template.sign == Some(Anchor::Before) {
            self.out.push(if negative { '-' } else { '+' });
        } else if self.template.brackets {
            self.bracket('<');
        } else if negative {
            self.out.push('-');
        } else if !self.template.fill_mode {
            self.out.push(' ');
        }
    }

    /// A bracket of a negative number, or its place.
    fn bracket(&mut self, bracket: char) {
        if self.number.negative {
            self.out.push(bracket);
        } else if !self.template.fill_mode {
            self.out.push(' ');
        }
    }

    fn whole_digit(&mut self) {
        let place = self.position;
        self.position += 1;
        let blanks = self.template.whole - self.number.whole.len();
        let zero_filled = self.template.zeros_from.is_some_and(|from| from <= place);
        if place < blanks && !zero_filled {
            if !self.template.fill_mode {
                self.out.push(' ');
            }
            return;
        }
        // A lone zero before a fraction is not shown, unless nothing else would be.
        let lone_zero = place >= blanks
            && self.number.whole == "0"
            && self.template.zeros_from.is_none()
            && self.template.fraction > 0;
        if lone_zero && !(self.template.fill_mode && self.number.fraction.is_empty()) {
            if !self.template.fill_mode {
                self.out.push(' ');
            }
            return;
        }
        self.sign();
        self.in_number = !lone_zero;
        match place.checked_sub(blanks) {
            Some(at) => self.out.push_str(&self.number.whole[at..=at]),
            None => self.out.push('0'),
        }
    }

    fn point(&mut self) {
        if self.number.not_a_number {
            return;
        }
        self.sign();
        self.out.push('.');
    }

    fn fraction_digit(&mut self) {
        let at = self.position - self.template.whole;
        self.position += 1;
        if at < self.number.fraction.len() {
            self.sign();
            self.in_number = true;
            self.out.push_str(&self.number.fraction[at..=at]);
        }
    }

    fn after_last_digit(&mut self) {
        if self.template.brackets && self.signed {
            self.bracket('>');
        } else if self.template.sign == Some(Anchor::After) {
            self.out.push(if self.number.negative { '-' } else { '+' });
        }
    }
}
