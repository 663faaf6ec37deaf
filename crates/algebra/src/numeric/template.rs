//! The templates of `to_char` and `to_number` for numbers.
//!
//! **Must not:** know values.

use crate::value::ValueError;

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Node {
    /// `9`
    Nine,
    /// `0`
    Zero,
    /// `.`, `D`
    Point,
    /// `,`, `G`
    Group,
    /// `L`: the locale's, which is none.
    Currency,
    /// `MI`
    Minus,
    /// `PL`
    Plus,
    /// `SG`
    Sign,
    /// `TH`, `th`
    Ordinal { upper: bool },
    /// `RN`, `rn`
    Roman { upper: bool },
    /// Anything else.
    Literal(char),
}

/// Where a floating sign stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Before,
    After,
}

/// A template and what it says as a whole.
#[derive(Debug, Clone, Default)]
pub(super) struct Template {
    pub(super) nodes: Vec<Node>,
    /// `FM`: no padding.
    pub(super) fill_mode: bool,
    /// Digits before the point.
    pub(super) whole: usize,
    /// Digits behind the point.
    pub(super) fraction: usize,
    pub(super) has_point: bool,
    /// How many digits before the first `0`, if there is one before the point.
    pub(super) zeros_from: Option<usize>,
    /// How many digits behind the point a `0` asks for.
    pub(super) fraction_kept: usize,
    /// Digits behind `V`, by which the number is shifted.
    pub(super) shift: usize,
    /// `S`
    pub(super) sign: Option<Anchor>,
    /// `PR`
    pub(super) brackets: bool,
    /// `EEEE`
    pub(super) scientific: bool,
    has_shift: bool,
}

fn syntax(message: &str) -> ValueError {
    ValueError::new("42601", message)
}

impl Template {
    /// Reads a template.
    pub(super) fn parse(text: &str) -> Result<Self, ValueError> {
        let mut template = Self::default();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if first == '"' {
                rest = template.quoted(&rest[1..]);
                continue;
            }
            if let Some(after) = rest.strip_prefix("\\\"") {
                template.nodes.push(Node::Literal('"'));
                rest = after;
                continue;
            }
            let keyword = KEYWORDS.iter().find(|keyword| {
                rest.get(..keyword.len())
                    .is_some_and(|head| head == **keyword || head == keyword.to_ascii_lowercase())
            });
            match keyword {
                Some(keyword) => {
                    template.keyword(keyword, first.is_ascii_uppercase())?;
                    rest = &rest[keyword.len()..];
                }
                None => {
                    template.nodes.push(Node::Literal(first));
                    rest = &rest[first.len_utf8()..];
                }
            }
        }
        Ok(template)
    }

    fn quoted<'a>(&mut self, text: &'a str) -> &'a str {
        let mut characters = text.chars();
        while let Some(character) = characters.next() {
            match character {
                '"' => return characters.as_str(),
                '\\' => self.nodes.extend(characters.next().map(Node::Literal)),
                _ => self.nodes.push(Node::Literal(character)),
            }
        }
        ""
    }

    fn keyword(&mut self, keyword: &str, upper: bool) -> Result<(), ValueError> {
        if self.scientific {
            return Err(syntax("\"EEEE\" must be the last pattern used"));
        }
        match keyword {
            "9" | "0" => self.digit(keyword == "0")?,
            "." | "D" => {
                if self.has_point {
                    return Err(syntax("multiple decimal points"));
                }
                if self.has_shift {
                    return Err(syntax("cannot use \"V\" and decimal point together"));
                }
                self.has_point = true;
                self.nodes.push(Node::Point);
            }
            "," | "G" => self.nodes.push(Node::Group),
            "L" => self.nodes.push(Node::Currency),
            "MI" | "PL" | "SG" => {
                if self.sign.is_some() {
                    return Err(syntax(&format!("cannot use \"S\" and \"{keyword}\" together")));
                }
                self.nodes.push(match keyword {
                    "MI" => Node::Minus,
                    "PL" => Node::Plus,
                    _ => Node::Sign,
                });
            }
            "S" => {
                if self.sign.is_some() {
                    return Err(syntax("cannot use \"S\" twice"));
                }
                if self.has_node(&[Node::Minus, Node::Plus, Node::Sign]) || self.brackets {
                    return Err(syntax("cannot use \"S\" and \"PL\"/\"MI\"/\"SG\"/\"PR\" together"));
                }
                self.sign = Some(if self.whole == 0 { Anchor::Before } else { Anchor::After });
            }
            "PR" => {
                if self.sign.is_some() || self.has_node(&[Node::Minus, Node::Plus, Node::Sign]) {
                    return Err(syntax("cannot use \"PR\" and \"S\"/\"PL\"/\"MI\"/\"SG\" together"));
                }
                self.brackets = true;
            }
            "TH" => self.nodes.push(Node::Ordinal { upper }),
            "RN" => self.nodes.push(Node::Roman { upper }),
            "V" => {
                if self.has_point {
                    return Err(syntax("cannot use \"V\" and decimal point together"));
                }
                self.has_shift = true;
            }
            "EEEE" => {
                self.scientific = true;
            }
            "FM" => self.fill_mode = true,
            // `B` and `SP` say nothing here, as in PostgreSQL.
            _ => {}
        }
        Ok(())
    }

    fn digit(&mut self, zero: bool) -> Result<(), ValueError> {
        if self.brackets {
            return Err(syntax("\"9\" must be ahead of \"PR\""));
        }
        if self.has_point {
            self.fraction += 1;
            if zero {
                self.fraction_kept = self.fraction;
            }
        } else {
            if zero && self.zeros_from.is_none() {
                self.zeros_from = Some(self.whole);
            }
            self.whole += 1;
            self.shift += usize::from(self.has_shift);
        }
        self.nodes.push(if zero { Node::Zero } else { Node::Nine });
        Ok(())
    }

    fn has_node(&self, wanted: &[Node]) -> bool {
        self.nodes.iter().any(|node| wanted.contains(node))
    }
}

/// Longer ones first where one begins another.
const KEYWORDS: &[&str] = &[
    "EEEE", "9", "0", ".", ",", "FM", "MI", "PL", "PR", "RN", "SG", "SP", "TH", "B", "D", "G", "L", "S", "V",
];
