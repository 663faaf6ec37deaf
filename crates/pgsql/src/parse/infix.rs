//! What may follow an operand: infix operators, `is …`, `in …`, `between …`, `like …`, `::`, `collate`, `at time zone`.
//!
//! **Must not:** know what an operand is.

use crate::lexer::token::TokenKind;
use crate::parse::Parsed;
use crate::parse::call::{bare, positional};
use crate::parse::expression::{Grammar, Level};
use crate::parse::name::builtin;
use crate::parse::primary::Parenthesised;
use crate::parse::stream::Parser;
use crate::syntax::expression::{
    Between, CallForm, Cast, CastForm, Expr, ExprKind, InSet, JsonItem, Like, LikeForm, NormalForm,
    QuantifiedSet, Quantifier, Test,
};
use crate::syntax::name::{Operator, Span};

/// What follows an operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Infix {
    Or,
    And,
    Is,
    /// `isnull` or `notnull`.
    NullWord,
    /// `between`, `in`, `like` …, perhaps after `not`.
    Pattern,
    Operator,
    QualifiedOperator,
    Zone,
    Collate,
    Cast,
}

impl Infix {
    /// Whether it is written in letters that could name a column as well.
    fn is_word(self) -> bool {
        matches!(self, Infix::Or | Infix::And | Infix::Is | Infix::Pattern | Infix::Collate)
    }
}

/// What an infix step leaves: the expression, and the rank of an operator that may not follow at once, because the step
/// ended in the right side of a non-associative one.
type Step = (Expr, Option<Level>);

impl Parser<'_> {
    /// Extends an operand by all operators of at least a rank.
    pub(super) fn infix(&mut self, mut left: Expr, least: Level, grammar: Grammar) -> Parsed<Expr> {
        let mut barred = None;
        while let Some((infix, level)) = self.infix_ahead(grammar) {
            if level < least {
                break;
            }
            if barred == Some(level) {
                return Err(self.unexpected("parentheses: this operator cannot follow another of its rank"));
            }
            if self.is_label(infix) {
                // `select a is from t`: with no operand behind it the word names the column.
                if least == Level::Or {
                    break;
                }
                self.advance();
                return Err(self.unexpected("an expression"));
            }
            let grows = match *left.kind {
                ExprKind::Or(_) => infix != Infix::Or,
                ExprKind::And(_) => infix != Infix::And,
                _ => true,
            };
            if grows {
                self.raise()?;
            }
            (left, barred) = self.step(infix, left, grammar)?;
        }
        // `substring(a similar b escape c)` ends its first operand with this word, but PostgreSQL's grammar takes the word for
        // `similar to` as soon as an operator of a looser rank waits for its right side.
        let waits = least > Level::Or && least <= Level::Pattern;
        if self.at("similar") && (waits || barred == Some(Level::Pattern)) {
            return Err(self.unexpected("`similar to`"));
        }
        Ok(left)
    }

    /// Whether a word that is an operator elsewhere has no operand behind it.
    fn is_label(&self, infix: Infix) -> bool {
        let word = infix == Infix::Zone && self.word_at(1) != Some("time");
        word || (infix.is_word() && self.ends_after(1))
    }

    fn infix_ahead(&self, grammar: Grammar) -> Option<(Infix, Level)> {
        match self.kind() {
            TokenKind::Operator(symbol) => return Some((Infix::Operator, Level::of_operator(symbol))),
            TokenKind::Mark("::") => return Some((Infix::Cast, Level::Cast)),
            TokenKind::Word { .. } => (),
            _ => return None,
        }
        if self.at_qualified_operator() {
            return Some((Infix::QualifiedOperator, Level::Other));
        }
        let word = self.word_at(0)?;
        let next = self.word_at(1);
        if grammar == Grammar::Restricted {
            let test = if next == Some("not") { self.word_at(2) } else { next };
            let allowed = word == "is" && matches!(test, Some("distinct" | "document"));
            return allowed.then_some((Infix::Is, Level::Is));
        }
        match word {
            "or" => Some((Infix::Or, Level::Or)),
            "and" => Some((Infix::And, Level::And)),
            "is" => Some((Infix::Is, Level::Is)),
            "isnull" | "notnull" => Some((Infix::NullWord, Level::Is)),
            "between" | "in" | "like" | "ilike" => Some((Infix::Pattern, Level::Pattern)),
            "similar" if next == Some("to") => Some((Infix::Pattern, Level::Pattern)),
            "not" if matches!(next, Some("between" | "in" | "like" | "ilike" | "similar")) => {
                Some((Infix::Pattern, Level::Pattern))
            }
            "at" => Some((Infix::Zone, Level::Zone)),
            "collate" => Some((Infix::Collate, Level::Collate)),
            _ => None,
        }
    }

    fn step(&mut self, infix: Infix, left: Expr, grammar: Grammar) -> Parsed<Step> {
        let start = left.span;
        let (kind, barred) = match infix {
            Infix::Or | Infix::And => return self.connective(infix, left),
            Infix::Is => return self.is_test(left, grammar),
            Infix::NullWord => {
                let negated = self.at("notnull");
                self.advance();
                (ExprKind::Is { operand: left, test: Test::Null, negated }, None)
            }
            Infix::Pattern => return self.pattern(left),
            Infix::Operator => {
                let TokenKind::Operator(symbol) = self.kind() else {
                    return Err(self.unexpected("an operator"));
                };
                let operator = Operator { qualifiers: Vec::new(), symbol: symbol.clone(), span: self.here() };
                self.advance();
                return self.binary(left, operator, Level::of_operator(symbol), grammar);
            }
            Infix::QualifiedOperator => {
                let operator = self.qualified_operator()?;
                return self.binary(left, operator, Level::Other, grammar);
            }
            Infix::Zone => {
                let at = self.here();
                self.expect_words(&["at", "time", "zone"])?;
                let zone = self.climb(Level::Zone.tighter(), grammar)?;
                (self.special_call("timezone", at, vec![zone, left]), None)
            }
            Infix::Collate => {
                self.advance();
                let collation = self.object_name("a collation")?;
                (ExprKind::Collate { operand: left, collation }, None)
            }
            Infix::Cast => {
                self.advance();
                let target = self.type_name()?;
                (ExprKind::Cast(Box::new(Cast { operand: left, target, form: CastForm::Colons })), None)
            }
        };
        Ok((Expr::new(kind, self.since(start)), barred))
    }

    /// A run of `and` or `or` is one node, as in PostgreSQL.
    fn connective(&mut self, infix: Infix, left: Expr) -> Parsed<Step> {
        self.advance();
        let level = if infix == Infix::Or { Level::Or } else { Level::And };
        let right = self.climb(level.tighter(), Grammar::Full)?;
        let span = left.span.to(right.span);
        let kind = match (infix, *left.kind) {
            (Infix::Or, ExprKind::Or(mut run)) => {
                run.push(right);
                ExprKind::Or(run)
            }
            (Infix::And, ExprKind::And(mut run)) => {
                run.push(right);
                ExprKind::And(run)
            }
            (infix, kind) => {
                let run = vec![Expr::new(kind, left.span), right];
                if infix == Infix::Or { ExprKind::Or(run) } else { ExprKind::And(run) }
            }
        };
        Ok((Expr::new(kind, span), None))
    }

    fn binary(&mut self, left: Expr, operator: Operator, level: Level, grammar: Grammar) -> Parsed<Step> {
        if grammar == Grammar::Full && self.at_any(&["any", "some", "all"]) {
            return self.quantified(left, operator).map(|found| (found, None));
        }
        let right = self.climb(level.tighter(), grammar)?;
        let span = left.span.to(right.span);
        let barred = (level == Level::Compare).then_some(level);
        Ok((Expr::new(ExprKind::Binary { operator, left, right }, span), barred))
    }

    /// `any (…)`, `some (…)`, `all (…)` after an operator.
    fn quantified(&mut self, operand: Expr, operator: Operator) -> Parsed<Expr> {
        let start = operand.span;
        let quantifier = if self.at("all") { Quantifier::All } else { Quantifier::Any };
        self.advance();
        if !self.at_mark("(") {
            return Err(self.unexpected("`(` with an array or a sub-query"));
        }
        let found = self.parenthesised()?;
        let set = match found {
            Parenthesised::Query(query) => QuantifiedSet::Query(Box::new(query)),
            Parenthesised::Value(value) => QuantifiedSet::Array(value),
            Parenthesised::Row(_, span) => {
                return Err(self.fault("syntax error at or near \",\"", span));
            }
        };
        Ok(Expr::new(ExprKind::Quantified { operand, operator, quantifier, set }, self.since(start)))
    }

    fn pattern(&mut self, left: Expr) -> Parsed<Step> {
        let start = left.span;
        let operator_start = self.here();
        let negated = self.accept("not");
        let word = self.word_at(0).unwrap_or_default();
        self.advance();
        match word {
            "between" => return self.between(left, negated),
            "in" => {
                let set = self.in_set()?;
                let kind = ExprKind::In { operand: left, set, negated };
                return Ok((Expr::new(kind, self.since(start)), None));
            }
            "similar" => self.expect("to")?,
            _ => (),
        }
        let form = match word {
            "like" => LikeForm::Like,
            "ilike" => LikeForm::ILike,
            _ => LikeForm::SimilarTo,
        };
        if form != LikeForm::SimilarTo && self.at_any(&["any", "some", "all"]) {
            let symbol = match (form, negated) {
                (LikeForm::ILike, false) => "~~*",
                (LikeForm::ILike, true) => "!~~*",
                (_, false) => "~~",
                (_, true) => "!~~",
            };
            let span = self.since(operator_start);
            let operator = Operator { qualifiers: Vec::new(), symbol: symbol.to_owned(), span };
            return self.quantified(left, operator).map(|found| (found, None));
        }
        let pattern = self.climb(Level::Pattern.tighter(), Grammar::Full)?;
        let escape = if self.accept("escape") {
            Some(self.climb(Level::Pattern.tighter(), Grammar::Full)?)
        } else {
            None
        };
        let like = Like { operand: left, pattern, escape, form, negated };
        Ok((Expr::new(ExprKind::Like(Box::new(like)), self.since(start)), Some(Level::Pattern)))
    }

    fn between(&mut self, operand: Expr, negated: bool) -> Parsed<Step> {
        let start = operand.span;
        let symmetric = self.accept("symmetric");
        if !symmetric {
            self.accept("asymmetric");
        }
        let low = self.restricted_expression()?;
        self.expect("and")?;
        let high = self.climb(Level::Pattern.tighter(), Grammar::Full)?;
        let between = Between { operand, low, high, symmetric, negated };
        Ok((Expr::new(ExprKind::Between(Box::new(between)), self.since(start)), Some(Level::Pattern)))
    }

    fn in_set(&mut self) -> Parsed<InSet> {
        if !self.at_mark("(") {
            return Err(self.unexpected("`(` with values or a sub-query"));
        }
        Ok(match self.parenthesised()? {
            Parenthesised::Query(query) => InSet::Query(Box::new(query)),
            Parenthesised::Value(value) => InSet::List(vec![value]),
            Parenthesised::Row(values, _) => InSet::List(values),
        })
    }

    fn is_test(&mut self, left: Expr, grammar: Grammar) -> Parsed<Step> {
        let start = left.span;
        self.advance();
        let negated = self.accept("not");
        if self.accept("distinct") {
            self.expect("from")?;
            let right = self.climb(Level::Is.tighter(), grammar)?;
            let kind = ExprKind::IsDistinct { left, right, negated };
            return Ok((Expr::new(kind, self.since(start)), Some(Level::Is)));
        }
        const TESTS: [&str; 10] =
            ["null", "true", "false", "unknown", "document", "normalized", "nfc", "nfd", "nfkc", "nfkd"];
        let test = if self.accept("json") {
            self.json_test()
        } else {
            match self.accept_any(&TESTS) {
                Some("null") => Test::Null,
                Some("true") => Test::True,
                Some("false") => Test::False,
                Some("unknown") => Test::Unknown,
                Some("document") => Test::Document,
                Some("normalized") => Test::Normalized(None),
                Some(form) => {
                    self.expect("normalized")?;
                    Test::Normalized(normal_form(form))
                }
                None => {
                    return Err(
                        self.unexpected("`null`, `not null`, `true`, `false`, `unknown` or `distinct from`")
                    );
                }
            }
        };
        Ok((Expr::new(ExprKind::Is { operand: left, test, negated }, self.since(start)), None))
    }

    fn json_test(&mut self) -> Test {
        let item = match self.accept_any(&["value", "array", "object", "scalar"]) {
            None => JsonItem::Any,
            Some("value") => JsonItem::Value,
            Some("array") => JsonItem::Array,
            Some("object") => JsonItem::Object,
            Some(_) => JsonItem::Scalar,
        };
        let with = self.at_words(&["with", "unique"]);
        let without = self.at_words(&["without", "unique"]);
        if with || without {
            self.advance();
            self.advance();
            self.accept("keys");
        }
        Test::Json { item, unique_keys: with }
    }

    /// A call that a special syntax stands for.
    pub(super) fn special_call(&self, name: &str, at: Span, arguments: Vec<Expr>) -> ExprKind {
        let mut call = bare(builtin(name, at));
        call.form = CallForm::Special;
        call.arguments = arguments.into_iter().map(positional).collect();
        ExprKind::Call(Box::new(call))
    }
}

/// Unicode's normal form of that name.
pub(super) fn normal_form(name: &str) -> Option<NormalForm> {
    match name {
        "nfc" => Some(NormalForm::Nfc),
        "nfd" => Some(NormalForm::Nfd),
        "nfkc" => Some(NormalForm::Nfkc),
        "nfkd" => Some(NormalForm::Nfkd),
        _ => None,
    }
}
