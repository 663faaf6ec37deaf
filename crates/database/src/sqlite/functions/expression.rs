//! PostgreSQL's regular expressions in a linear-time engine: what only backtracking can match is refused.
//!
//! PostgreSQL takes the longest of the matches that begin first; the engine's own search, which prefers the first alternative, finds
//! where they begin, a second one their end. With non-greedy quantifiers the first alternative is what PostgreSQL takes in the usual cases.
//! **Must not:** run without a bound on the size of what is compiled.

use std::ops::Range;

use algebra::like::Case;
use algebra::value::ValueError;
use regex::{Regex, RegexBuilder};
use regex_automata::nfa::thompson::{self, pikevm::PikeVM};
use regex_automata::{Anchored, Input, MatchKind, util::syntax};

use self::translate::translated;

mod translate;

/// The most memory that a compiled expression may take.
const BYTES_MAX: usize = 1 << 20;

/// A compiled expression.
pub(super) struct Expression {
    search: Regex,
    /// Finds the longest match; nothing where all matches that begin at one place end at one.
    longest: Option<PikeVM>,
}

/// A place in a text that matched.
pub(super) struct Found<'t> {
    text: &'t str,
    groups: Vec<Option<Range<usize>>>,
}

/// How an expression is read and matched.
#[derive(Clone, Copy)]
struct Manner {
    ignores_case: bool,
    /// `.` does not match the end of a line.
    dot_ends: bool,
    /// `^` and `$` also match at lines.
    by_line: bool,
    expanded: bool,
    literal: bool,
}

const PLAIN: Manner =
    Manner { ignores_case: false, dot_ends: false, by_line: false, expanded: false, literal: false };

impl Manner {
    /// PostgreSQL's letters of options.
    fn with(mut self, letters: &str) -> Result<Self, ValueError> {
        for letter in letters.chars() {
            match letter {
                'i' => self.ignores_case = true,
                'c' => self.ignores_case = false,
                'n' | 'm' => (self.dot_ends, self.by_line) = (true, true),
                'p' => (self.dot_ends, self.by_line) = (true, false),
                'w' => (self.dot_ends, self.by_line) = (false, true),
                's' => (self.dot_ends, self.by_line) = (false, false),
                'x' => self.expanded = true,
                't' => self.expanded = false,
                'q' => self.literal = true,
                'e' => {}
                'b' => return Err(ValueError::unsupported("basic regular expressions are not supported")),
                other => return Err(unknown_option(other)),
            }
        }
        Ok(self)
    }
}

/// An option that PostgreSQL does not have.
pub(super) fn unknown_option(letter: char) -> ValueError {
    ValueError::invalid_parameter(format!("invalid regular expression option: \"{letter}\""))
}

impl Expression {
    /// An expression without options.
    pub(super) fn read(text: &str, case: Case) -> Result<Self, ValueError> {
        Self::compile(text, Manner { ignores_case: case == Case::Insensitive, ..PLAIN })
    }

    /// An expression under options.
    pub(super) fn with_options(text: &str, letters: &str) -> Result<Self, ValueError> {
        Self::compile(text, PLAIN.with(letters)?)
    }

    fn compile(written: &str, manner: Manner) -> Result<Self, ValueError> {
        let invalid = || ValueError::new("2201B", format!("invalid regular expression: \"{written}\""));
        // Options may also stand at the beginning of the expression itself.
        let embedded = written.strip_prefix("(?").and_then(|rest| rest.split_once(')'));
        let embedded =
            embedded.filter(|(letters, _)| letters.chars().all(|letter| letter.is_ascii_lowercase()));
        let (text, manner) = match embedded {
            Some((letters, rest)) => (rest, manner.with(letters)?),
            None => (written, manner),
        };
        let text = if manner.literal { regex::escape(text) } else { translated(text)? };
        let search = RegexBuilder::new(&text)
            .case_insensitive(manner.ignores_case)
            .dot_matches_new_line(!manner.dot_ends)
            .multi_line(manner.by_line)
            .ignore_whitespace(manner.expanded)
            .size_limit(BYTES_MAX)
            .build()
            .map_err(|_| invalid())?;
        let longest = may_vary(&text).then(|| longest(&text, manner)).transpose().map_err(|_| invalid())?;
        Ok(Self { search, longest })
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        self.search.is_match(text)
    }

    /// The first place.
    pub(super) fn first<'t>(&self, text: &'t str) -> Option<Found<'t>> {
        self.first_from(text, 0)
    }

    fn first_from<'t>(&self, text: &'t str, from: usize) -> Option<Found<'t>> {
        let Some(longest) = &self.longest else {
            let captures = self.search.captures_at(text, from)?;
            let groups = captures.iter().map(|group| group.map(|group| group.range())).collect();
            return Some(Found { text, groups });
        };
        let start = self.search.find_at(text, from)?.start();
        let (mut cache, mut captures) = (longest.create_cache(), longest.create_captures());
        let input = Input::new(text).range(start..).anchored(Anchored::Yes);
        longest.search(&mut cache, &input, &mut captures);
        let groups = captures.iter().map(|group| group.map(|group| group.range())).collect();
        captures.is_match().then_some(Found { text, groups })
    }

    /// All places from a byte on, none within another.
    pub(super) fn places<'e, 't: 'e>(
        &'e self,
        text: &'t str,
        from: usize,
    ) -> impl Iterator<Item = Found<'t>> + 'e {
        let mut next = Some(from);
        std::iter::from_fn(move || {
            let found = self.first_from(text, next.take().filter(|from| *from <= text.len())?)?;
            let whole = found.whole();
            // Behind an empty place the search goes on one character later.
            let step =
                if whole.is_empty() { text[whole.end..].chars().next().map_or(1, char::len_utf8) } else { 0 };
            next = Some(whole.end + step);
            Some(found)
        })
    }
}

/// Whether matches that begin at one place may end at several.
fn may_vary(text: &str) -> bool {
    let lazy = ["*?", "+?", "??", "}?"].iter().any(|quantifier| text.contains(quantifier));
    !lazy && text.contains(['|', '*', '+', '?', '{'])
}

fn longest(text: &str, manner: Manner) -> Result<PikeVM, thompson::BuildError> {
    let syntax = syntax::Config::new()
        .case_insensitive(manner.ignores_case)
        .dot_matches_new_line(!manner.dot_ends)
        .multi_line(manner.by_line)
        .ignore_whitespace(manner.expanded);
    PikeVM::builder()
        .syntax(syntax)
        .configure(PikeVM::config().match_kind(MatchKind::All))
        .thompson(thompson::Config::new().nfa_size_limit(Some(BYTES_MAX)))
        .build(text)
}

impl<'t> Found<'t> {
    /// How many groups there are, the whole among them.
    pub(super) fn len(&self) -> usize {
        self.groups.len()
    }

    /// Where the whole lies.
    pub(super) fn whole(&self) -> Range<usize> {
        self.groups.first().cloned().flatten().unwrap_or(0..0)
    }

    /// Where a group lies; the whole is number 0.
    pub(super) fn group(&self, number: usize) -> Option<Range<usize>> {
        self.groups.get(number).cloned().flatten()
    }

    /// What a group matched.
    pub(super) fn text(&self, number: usize) -> Option<&'t str> {
        self.group(number).map(|range| &self.text[range])
    }
}

#[cfg(test)]
mod tests {
    use super::Expression;
    use algebra::like::Case;

    fn check(written: &str, text: &str, expected: Option<&str>) {
        let expression = Expression::read(written, Case::Sensitive).unwrap();
        assert_eq!(expression.first(text).and_then(|found| found.text(0)), expected, "{written}");
    }

    #[test]
    fn the_longest_of_the_first_matches_is_found() {
        check("a|ab|abc", "xabcd", Some("abc"));
        check("(a?)(ab)?", "ab", Some("ab"));
        check("a.*?c", "abcabc", Some("abc"));
        check("[[]x[]]", "[x]", Some("[x]"));
        check("b$", "abc", None);
    }

    #[test]
    fn what_only_backtracking_matches_is_refused() {
        for (written, code) in [
            (r"(a)\1", "0A000"),
            ("(?=a)b", "0A000"),
            ("(?<!a)b", "0A000"),
            ("(a", "2201B"),
            ("a{9999}{9999}", "2201B"),
        ] {
            let error = Expression::read(written, Case::Sensitive).err().unwrap();
            assert_eq!(error.sqlstate, code, "{written}");
        }
    }
}
