//! `to_number(text, template)`.
//!
//! **Must not:** know locales.

use super::Numeric;
use super::template::{Node, Template};
use crate::value::ValueError;

impl Numeric {
    /// `to_number(text, template)`: digits where the template has them; signs, separators and other signs around them.
    pub fn from_char(text: &str, template: &str) -> Result<Self, ValueError> {
        let template = Template::parse(template)?;
        if template.scientific {
            return Err(ValueError::unsupported("\"EEEE\" not supported for input"));
        }
        if template.nodes.iter().any(|node| matches!(node, Node::Roman { .. })) {
            return Err(ValueError::unsupported("\"RN\" not supported for input"));
        }
        let mut source = Source { rest: text, digits: String::new(), negative: false, point: false };
        for node in &template.nodes {
            if source.rest.is_empty() {
                break;
            }
            source.node(*node);
        }
        source.trailing_sign();
        let sign = if source.negative { "-" } else { "" };
        let number = if source.digits.is_empty() { " " } else { &source.digits };
        let number = Self::parse(&format!("{sign}{number}"))?;
        if template.shift == 0 {
            return Ok(number);
        }
        let shift = u32::try_from(template.shift).unwrap_or(0);
        let power = Self::from_integer(10).power(&Self::from_integer(-i64::from(shift)))?;
        number.multiply(&power)
    }
}

struct Source<'a> {
    rest: &'a str,
    digits: String,
    negative: bool,
    point: bool,
}

impl Source<'_> {
    fn node(&mut self, node: Node) {
        match node {
            Node::Nine | Node::Zero => self.digit(),
            Node::Point => {
                self.skip_spaces();
                if !self.point && self.rest.starts_with('.') {
                    self.take_point();
                }
            }
            Node::Group => {
                if let Some(after) = self.rest.strip_prefix(',') {
                    self.rest = after;
                }
            }
            Node::Minus | Node::Plus | Node::Sign => self.sign(),
            // A literal stands for one character, whatever it is.
            Node::Literal(_) => self.skip_character(),
            Node::Currency | Node::Ordinal { .. } | Node::Roman { .. } => {
                if !self.rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | ','))
                {
                    self.skip_character();
                }
            }
        }
    }

    fn skip_character(&mut self) {
        let mut characters = self.rest.chars();
        characters.next();
        self.rest = characters.as_str();
    }

    fn skip_spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn sign(&mut self) {
        if let Some(after) = self.rest.strip_prefix(['-', '+', '<']) {
            self.negative |= !self.rest.starts_with('+');
            self.rest = after;
        }
    }

    fn take_point(&mut self) {
        self.point = true;
        self.digits.push('.');
        self.rest = &self.rest[1..];
    }

    fn digit(&mut self) {
        self.skip_spaces();
        if self.digits.is_empty() {
            self.sign();
        }
        match self.rest.as_bytes().first() {
            Some(digit @ b'0'..=b'9') => {
                self.digits.push(char::from(*digit));
                self.rest = &self.rest[1..];
            }
            Some(b'.') if !self.point => self.take_point(),
            _ => {}
        }
    }

    fn trailing_sign(&mut self) {
        self.negative |= self.rest.trim_start().starts_with('-');
    }
}
