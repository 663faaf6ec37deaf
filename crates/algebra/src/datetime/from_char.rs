//! `to_timestamp(text, template)` and `to_date(text, template)`.
//!
//! **Must not:** know locales: names are English.

use super::from_fields::Read;
use super::template::{self, FieldNode, Key, Letters, Node};
use super::to_char::ROMAN;
use super::words::{MONTHS, WEEKDAYS};
use super::{Date, Timestamp};
use crate::value::ValueError;

impl Timestamp {
    /// `to_timestamp(text, template)`; without a zone it is UTC.
    pub fn from_char(text: &str, template: &str) -> Result<Self, ValueError> {
        read(text, template)?.timestamp(text)
    }
}

impl Date {
    /// `to_date(text, template)`.
    pub fn from_char(text: &str, template: &str) -> Result<Self, ValueError> {
        read(text, template)?.date(text)
    }
}

fn read(text: &str, template: &str) -> Result<Read, ValueError> {
    let nodes = template::parse(template);
    let mut source = Source { rest: text, exact: false, skipped: 0, read: Read::default() };
    for (index, node) in nodes.iter().enumerate() {
        if source.rest.is_empty() {
            break;
        }
        if !source.exact && (index == 0 || matches!(node, Node::Field(_))) {
            source.skip_spaces();
        }
        match node {
            Node::Exact => source.exact = true,
            Node::Space(_) | Node::Separator(_) => source.separator(),
            Node::Literal(_) => source.literal(),
            Node::Field(field) => {
                source.field(*field, nodes.get(index + 1))?;
                source.skipped = 0;
                if !source.exact {
                    source.skip_spaces();
                }
            }
        }
    }
    Ok(source.read)
}

struct Source<'a> {
    rest: &'a str,
    exact: bool,
    /// How many more characters were skipped than the template asked for.
    skipped: i64,
    read: Read,
}

/// How a field is called in errors: as the template spells it.
fn spelled(field: FieldNode) -> String {
    let name = name(field.key);
    match field.letters {
        Letters::Upper => name.to_owned(),
        Letters::Lower => name.to_ascii_lowercase(),
        Letters::Capital => format!("{}{}", &name[..1], name[1..].to_ascii_lowercase()),
    }
}

fn name(key: Key) -> &'static str {
    match key {
        Key::Hour24 => "HH24",
        Key::Hour12 => "HH12",
        Key::Minute => "MI",
        Key::Second => "SS",
        Key::Milliseconds => "MS",
        Key::Microseconds => "US",
        Key::Fraction(1) => "FF1",
        Key::Fraction(2) => "FF2",
        Key::Fraction(3) => "FF3",
        Key::Fraction(4) => "FF4",
        Key::Fraction(5) => "FF5",
        Key::Fraction(_) => "FF6",
        Key::SecondOfDay => "SSSS",
        Key::Month => "MM",
        Key::MonthName => "MONTH",
        Key::MonthShort => "MON",
        Key::Day => "DD",
        Key::DayName => "DAY",
        Key::DayShort => "DY",
        Key::DayOfYear => "DDD",
        Key::Weekday => "D",
        Key::IsoDayOfYear => "IDDD",
        Key::IsoWeekday => "ID",
        Key::IsoWeek => "IW",
        Key::Week => "WW",
        Key::WeekOfMonth => "W",
        Key::Quarter => "Q",
        Key::Century => "CC",
        Key::Julian => "J",
        Key::Roman => "RM",
        Key::YearComma => "Y,YYY",
        Key::Year(4) => "YYYY",
        Key::Year(3) => "YYY",
        Key::Year(2) => "YY",
        Key::Year(_) => "Y",
        Key::IsoYear(4) => "IYYY",
        Key::IsoYear(3) => "IYY",
        Key::IsoYear(2) => "IY",
        Key::IsoYear(_) => "I",
        Key::AmPm { dots: false } => "AM",
        Key::AmPm { dots: true } => "A.M.",
        Key::AdBc { dots: false } => "AD",
        Key::AdBc { dots: true } => "A.D.",
        Key::Offset => "OF",
        Key::Zone => "TZ",
        Key::ZoneHour => "TZH",
        Key::ZoneMinute => "TZM",
    }
}

/// Whether a field is all digits, so that one before it must be cut off by width.
fn is_digits(key: Key) -> bool {
    !matches!(
        key,
        Key::AmPm { .. }
            | Key::AdBc { .. }
            | Key::DayName
            | Key::DayShort
            | Key::MonthName
            | Key::MonthShort
            | Key::Roman
            | Key::Zone
            | Key::Offset
            | Key::ZoneHour
    )
}

fn invalid(field: FieldNode, found: &str, detail: &str) -> ValueError {
    ValueError::new("22007", format!("invalid value \"{found}\" for \"{}\"", spelled(field))).detail(detail)
}

impl Source<'_> {
    fn skip_spaces(&mut self) {
        let trimmed = self.rest.trim_start();
        self.skipped += i64::try_from(self.rest.len() - trimmed.len()).unwrap_or(0);
        self.rest = trimmed;
    }

    fn skip_character(&mut self) {
        let mut characters = self.rest.chars();
        characters.next();
        self.rest = characters.as_str();
    }

    fn separator(&mut self) {
        let here = self.rest.starts_with(|c: char| c.is_whitespace() || c.is_ascii_punctuation());
        if self.exact || here {
            self.skip_character();
        } else {
            self.skipped -= 1;
        }
    }

    fn literal(&mut self) {
        if !self.exact && self.skipped > 0 {
            self.skipped -= 1;
        } else {
            self.skip_character();
        }
    }

    fn field(&mut self, field: FieldNode, next: Option<&Node>) -> Result<(), ValueError> {
        let key = field.key;
        let open_ended = field.fill_mode
            || field.ordinal.is_some()
            || match next {
                None | Some(Node::Exact) => true,
                Some(Node::Field(next)) => !is_digits(next.key),
                Some(Node::Space(c) | Node::Separator(c) | Node::Literal(c)) => !c.is_ascii_digit(),
            };
        if matches!(key, Key::MonthName | Key::MonthShort | Key::Roman) {
            self.read.set_mode(false)?;
        }
        match key {
            Key::AmPm { dots } => {
                self.read.afternoon = Some(self.one_of(field, two_words(dots, ["am", "pm"]))? == 1)
            }
            Key::AdBc { dots } => {
                self.read.before_christ = self.one_of(field, two_words(dots, ["ad", "bc"]))? == 1;
            }
            Key::MonthName => self.read.month = Some(self.name(field, &MONTHS, 0)? + 1),
            Key::MonthShort => self.read.month = Some(self.name(field, &MONTHS, 3)? + 1),
            Key::DayName => self.read.weekday = Some(self.name(field, &WEEKDAYS, 0)? + 1),
            Key::DayShort => self.read.weekday = Some(self.name(field, &WEEKDAYS, 3)? + 1),
            Key::Roman => {
                // Longer numerals first: VIII begins with VII.
                let mut numerals: Vec<(usize, &str)> = ROMAN.into_iter().enumerate().collect();
                numerals.sort_by_key(|(_, numeral)| std::cmp::Reverse(numeral.len()));
                let words = numerals.iter().map(|(_, numeral)| (*numeral).to_owned()).collect();
                let found = self.one_of(field, words)?;
                self.read.month = Some(i64::try_from(numerals[found].0).unwrap_or(0) + 1);
            }
            Key::Zone | Key::Offset => {
                let message = format!("formatting field \"{}\" is only supported in to_char", spelled(field));
                return Err(ValueError::unsupported(message));
            }
            Key::ZoneHour => {
                let negative = self.rest.starts_with('-');
                self.rest = self.rest.strip_prefix(['+', '-', ' ']).unwrap_or(self.rest);
                self.read.zone_sign = if negative { -1 } else { 1 };
                self.read.zone_hour = Some(self.integer(field, 2, open_ended)?.0);
            }
            Key::YearComma => self.year_with_comma()?,
            _ => {
                let width = width(key);
                let (value, length) = self.integer(field, width, open_ended)?;
                self.read.set(key, value, length)?;
            }
        }
        if field.ordinal.is_some() {
            self.skip_character();
            self.skip_character();
        }
        Ok(())
    }

    /// A number of a width, or of any length where nothing digital follows; and how long it was.
    fn integer(
        &mut self,
        field: FieldNode,
        width: usize,
        open_ended: bool,
    ) -> Result<(i64, usize), ValueError> {
        const FIXED_WIDTH_HINT: &str =
            "If your source string is not fixed-width, try using the \"FM\" modifier.";
        self.rest = self.rest.trim_start();
        let shown: String = self.rest.chars().take(width).collect();
        let signed = usize::from(self.rest.starts_with(['-', '+']));
        let digits = self.rest[signed..].bytes().take_while(u8::is_ascii_digit).count();
        let mut length = if digits == 0 { 0 } else { signed + digits };
        if !open_ended {
            let available = self.rest.chars().count();
            if available < width {
                let field = spelled(field);
                let detail = format!("Field requires {width} characters, but only {available} remain.");
                let message = format!("source string too short for \"{field}\" formatting field");
                return Err(ValueError::new("22007", message).detail(detail).hint(FIXED_WIDTH_HINT));
            }
            length = length.min(width);
            if length > 0 && length < width {
                let detail = format!("Field requires {width} characters, but only {length} could be parsed.");
                return Err(invalid(field, &shown, &detail).hint(FIXED_WIDTH_HINT));
            }
        }
        if length == 0 {
            return Err(invalid(field, &shown, "Value must be an integer."));
        }
        let value = self.rest[..length].parse::<i32>().map_err(|_| {
            ValueError::new(
                "22008",
                format!("value for \"{}\" in source string is out of range", spelled(field)),
            )
            .detail(format!("Value must be in the range {} to {}.", i32::MIN, i32::MAX))
        })?;
        self.rest = &self.rest[length..];
        Ok((i64::from(value), length))
    }

    fn year_with_comma(&mut self) -> Result<(), ValueError> {
        let end = self.rest.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(self.rest.len());
        let year = self.rest[..end].split_once(',').and_then(|(thousands, rest)| {
            thousands.parse::<i32>().ok()?.checked_mul(1_000)?.checked_add(rest.parse::<i32>().ok()?)
        });
        let year = year.ok_or_else(|| ValueError::new("22007", "invalid input string for \"Y,YYY\""))?;
        self.rest = &self.rest[end..];
        self.read.set(Key::Year(4), i64::from(year), 4)
    }

    /// A name, whole or its first letters, in any case; its number from 0.
    fn name(&mut self, field: FieldNode, names: &[&str], letters: usize) -> Result<i64, ValueError> {
        let words = names.iter().map(|name| if letters == 0 { name } else { &name[..letters] });
        let found = self.one_of(field, words.map(|word| (*word).to_owned()).collect())?;
        Ok(i64::try_from(found).unwrap_or(0))
    }

    fn one_of(&mut self, field: FieldNode, words: Vec<String>) -> Result<usize, ValueError> {
        let begins =
            |word: &String| self.rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
        let Some(index) = words.iter().position(begins) else {
            let end = self.rest.find(char::is_whitespace).unwrap_or(self.rest.len());
            let detail = "The given value did not match any of the allowed values for this field.";
            return Err(invalid(field, &self.rest[..end], detail));
        };
        self.rest = &self.rest[words[index].len()..];
        Ok(index)
    }
}

/// `am` or `a.m.`
fn two_words(dots: bool, words: [&str; 2]) -> Vec<String> {
    let dotted = |word: &str| word.chars().flat_map(|letter| [letter, '.']).collect();
    words.iter().map(|word| if dots { dotted(word) } else { (*word).to_owned() }).collect()
}

/// How many characters a field takes where digits follow it.
fn width(key: Key) -> usize {
    match key {
        Key::Fraction(digits) | Key::Year(digits) | Key::IsoYear(digits) => digits as usize,
        Key::Milliseconds | Key::DayOfYear | Key::IsoDayOfYear => 3,
        Key::Microseconds => 6,
        Key::SecondOfDay => 5,
        Key::Weekday | Key::IsoWeekday | Key::WeekOfMonth | Key::Quarter => 1,
        Key::Julian => 7,
        _ => 2,
    }
}
