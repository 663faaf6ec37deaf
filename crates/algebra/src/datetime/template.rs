//! The templates of `to_char`, `to_timestamp` and `to_date` for dates, cut into fields and what stands between them.
//!
//! **Must not:** know values.

/// A field of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    AmPm { dots: bool },
    AdBc { dots: bool },
    Century,
    DayName,
    DayShort,
    DayOfYear,
    Day,
    Weekday,
    Fraction(u32),
    Hour24,
    Hour12,
    IsoDayOfYear,
    IsoWeekday,
    IsoWeek,
    IsoYear(u32),
    Julian,
    Minute,
    Month,
    MonthName,
    MonthShort,
    Milliseconds,
    Microseconds,
    Offset,
    Quarter,
    Roman,
    SecondOfDay,
    Second,
    ZoneHour,
    ZoneMinute,
    Zone,
    Week,
    WeekOfMonth,
    YearComma,
    Year(u32),
}

/// How letters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    Upper,
    Lower,
    Capital,
}

/// A field and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FieldNode {
    pub(super) key: Key,
    pub(super) letters: Letters,
    /// `FM` before it: no padding.
    pub(super) fill_mode: bool,
    /// `TH` behind it: an ordinal.
    pub(super) ordinal: Option<Letters>,
}

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Node {
    Field(FieldNode),
    /// `FX`: separators must match exactly.
    Exact,
    /// White space.
    Space(char),
    /// A sign that is no letter or digit.
    Separator(char),
    /// A letter or digit of no meaning, or quoted text.
    Literal(char),
}

/// Upper-case spelling, meaning, and whether `Month` beside `MONTH` and `month` is a spelling too.
const KEYS: &[(&str, Key, bool)] = &[
    ("A.D.", Key::AdBc { dots: true }, false),
    ("A.M.", Key::AmPm { dots: true }, false),
    ("AD", Key::AdBc { dots: false }, false),
    ("AM", Key::AmPm { dots: false }, false),
    ("B.C.", Key::AdBc { dots: true }, false),
    ("BC", Key::AdBc { dots: false }, false),
    ("CC", Key::Century, false),
    ("DAY", Key::DayName, true),
    ("DDD", Key::DayOfYear, false),
    ("DD", Key::Day, false),
    ("DY", Key::DayShort, true),
    ("D", Key::Weekday, false),
    ("FF1", Key::Fraction(1), false),
    ("FF2", Key::Fraction(2), false),
    ("FF3", Key::Fraction(3), false),
    ("FF4", Key::Fraction(4), false),
    ("FF5", Key::Fraction(5), false),
    ("FF6", Key::Fraction(6), false),
    ("HH24", Key::Hour24, false),
    ("HH12", Key::Hour12, false),
    ("HH", Key::Hour12, false),
    ("IDDD", Key::IsoDayOfYear, false),
    ("ID", Key::IsoWeekday, false),
    ("IW", Key::IsoWeek, false),
    ("IYYY", Key::IsoYear(4), false),
    ("IYY", Key::IsoYear(3), false),
    ("IY", Key::IsoYear(2), false),
    ("I", Key::IsoYear(1), false),
    ("J", Key::Julian, false),
    ("MI", Key::Minute, false),
    ("MM", Key::Month, false),
    ("MONTH", Key::MonthName, true),
    ("MON", Key::MonthShort, true),
    ("MS", Key::Milliseconds, false),
    ("OF", Key::Offset, false),
    ("P.M.", Key::AmPm { dots: true }, false),
    ("PM", Key::AmPm { dots: false }, false),
    ("Q", Key::Quarter, false),
    ("RM", Key::Roman, false),
    ("SSSSS", Key::SecondOfDay, false),
    ("SSSS", Key::SecondOfDay, false),
    ("SS", Key::Second, false),
    ("TZH", Key::ZoneHour, false),
    ("TZM", Key::ZoneMinute, false),
    ("TZ", Key::Zone, false),
    ("US", Key::Microseconds, false),
    ("WW", Key::Week, false),
    ("W", Key::WeekOfMonth, false),
    ("Y,YYY", Key::YearComma, false),
    ("YYYY", Key::Year(4), false),
    ("YYY", Key::Year(3), false),
    ("YY", Key::Year(2), false),
    ("Y", Key::Year(1), false),
];

/// Cuts a template.
pub(super) fn parse(template: &str) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut rest = template;
    while let Some(first) = rest.chars().next() {
        if first == '"' {
            rest = quoted(&rest[1..], &mut nodes);
            continue;
        }
        if let Some(after) = rest.strip_prefix("\\\"") {
            nodes.push(Node::Literal('"'));
            rest = after;
            continue;
        }
        if let Some(after) = rest.strip_prefix("FX").or_else(|| rest.strip_prefix("fx")) {
            nodes.push(Node::Exact);
            rest = after;
            continue;
        }
        if let Some((field, after)) = field(rest) {
            nodes.push(Node::Field(field));
            rest = after;
            continue;
        }
        nodes.push(match first {
            _ if first.is_whitespace() => Node::Space(first),
            _ if first.is_ascii_punctuation() => Node::Separator(first),
            _ => Node::Literal(first),
        });
        rest = &rest[first.len_utf8()..];
    }
    nodes
}

/// Takes quoted text; a backslash keeps the character behind it.
fn quoted<'a>(text: &'a str, nodes: &mut Vec<Node>) -> &'a str {
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => return characters.as_str(),
            '\\' => nodes.extend(characters.next().map(Node::Literal)),
            _ => nodes.push(Node::Literal(character)),
        }
    }
    ""
}

/// Takes a field with its prefixes and suffixes.
fn field(text: &str) -> Option<(FieldNode, &str)> {
    let mut rest = text;
    let mut fill_mode = false;
    while let Some(after) = ["FM", "fm", "TM", "tm"].iter().find_map(|prefix| rest.strip_prefix(prefix)) {
        fill_mode = true;
        rest = after;
    }
    let (key, letters, after) = KEYS.iter().find_map(|(name, key, capital)| {
        let (head, tail) = (rest.get(..name.len())?, rest.get(name.len()..)?);
        let letters = if head == *name {
            Letters::Upper
        } else if head == name.to_ascii_lowercase() {
            Letters::Lower
        } else if *capital && head == capitalized(name) {
            Letters::Capital
        } else {
            return None;
        };
        Some((*key, letters, tail))
    })?;
    let mut rest = after;
    let mut ordinal = None;
    for (suffix, letters) in [("TH", Letters::Upper), ("th", Letters::Lower)] {
        if let Some(after) = rest.strip_prefix(suffix) {
            ordinal = Some(letters);
            rest = after;
            break;
        }
    }
    Some((FieldNode { key, letters, fill_mode, ordinal }, rest))
}

fn capitalized(name: &str) -> String {
    format!("{}{}", &name[..1], name[1..].to_ascii_lowercase())
}
