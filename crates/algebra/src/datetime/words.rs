//! The words of PostgreSQL's dates: months, days, keywords, and the zone abbreviations it knows by default.
//!
//! **Must not:** decide what a word means in its place.

/// What a word can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Month(u32),
    Weekday,
    Am,
    Pm,
    Ad,
    Bc,
    Now,
    Today,
    Tomorrow,
    Yesterday,
    Epoch,
    Infinity,
    NegativeInfinity,
    /// Midnight in UTC.
    AllBalls,
    /// `T` before a time.
    IsoTime,
    /// `J` before a Julian day.
    Julian,
    /// `dst` behind a zone.
    DaylightSaving,
    /// `at`, `on`: said and ignored.
    Filler,
    /// Seconds east of UTC.
    Zone(i32),
}

/// Looks a lower-case word up.
pub(super) fn lookup(word: &str) -> Option<Word> {
    month(word).map(Word::Month).or_else(|| keyword(word)).or_else(|| abbreviation(word).map(Word::Zone))
}

/// The number of a month by its English name, long or short.
pub(super) fn month(word: &str) -> Option<u32> {
    let index = MONTHS.iter().position(|name| *name == word || (word.len() == 3 && name.starts_with(word)));
    match index {
        Some(index) => u32::try_from(index + 1).ok(),
        None => (word == "sept").then_some(9),
    }
}

pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

pub(super) const WEEKDAYS: [&str; 7] =
    ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

fn keyword(word: &str) -> Option<Word> {
    let short_days = ["tues", "wednes", "weds", "thur", "thurs"];
    let is_weekday = WEEKDAYS.iter().any(|name| *name == word || (word.len() == 3 && name.starts_with(word)));
    if is_weekday || short_days.contains(&word) {
        return Some(Word::Weekday);
    }
    Some(match word {
        "am" => Word::Am,
        "pm" => Word::Pm,
        "ad" => Word::Ad,
        "bc" => Word::Bc,
        "now" => Word::Now,
        "today" => Word::Today,
        "tomorrow" => Word::Tomorrow,
        "yesterday" => Word::Yesterday,
        "epoch" => Word::Epoch,
        "infinity" => Word::Infinity,
        "-infinity" => Word::NegativeInfinity,
        "allballs" => Word::AllBalls,
        "t" => Word::IsoTime,
        "j" | "jd" | "julian" => Word::Julian,
        "dst" => Word::DaylightSaving,
        "at" | "on" => Word::Filler,
        _ => return None,
    })
}

/// A zone abbreviation of PostgreSQL's default set whose distance from UTC never changed, in seconds.
pub(super) fn abbreviation(word: &str) -> Option<i32> {
    let found = ABBREVIATIONS.iter().find(|(name, _)| *name == word);
    found.map(|(_, quarters)| i32::from(*quarters) * 900)
}

/// Names and quarter hours east of UTC.
const ABBREVIATIONS: &[(&str, i8)] = &[
    ("z", 0),
    ("zulu", 0),
    ("utc", 0),
    ("ut", 0),
    ("uct", 0),
    ("gmt", 0),
    ("wet", 0),
    ("bst", 4),
    ("cet", 4),
    ("met", 4),
    ("mez", 4),
    ("wat", 4),
    ("wetdst", 4),
    ("cest", 8),
    ("cetdst", 8),
    ("mest", 8),
    ("mesz", 8),
    ("metdst", 8),
    ("eet", 8),
    ("ist", 8),
    ("sast", 8),
    ("eest", 12),
    ("eetdst", 12),
    ("eat", 12),
    ("idt", 12),
    ("fet", 12),
    ("msd", 16),
    ("irt", 14),
    ("aft", 18),
    ("pkt", 20),
    ("uzt", 20),
    ("npt", 23),
    ("bdt", 24),
    ("pkst", 24),
    ("mmt", 26),
    ("ict", 28),
    ("cxt", 28),
    ("awst", 32),
    ("bnt", 32),
    ("cct", 32),
    ("hkt", 32),
    ("myt", 32),
    ("pht", 32),
    ("wadt", 32),
    ("acwst", 35),
    ("jst", 36),
    ("kst", 36),
    ("awsst", 36),
    ("pwt", 36),
    ("acst", 38),
    ("cast", 38),
    ("aest", 40),
    ("chut", 40),
    ("ligt", 40),
    ("pgt", 40),
    ("acdt", 42),
    ("acsst", 42),
    ("cadt", 42),
    ("sadt", 42),
    ("lhst", 42),
    ("aedt", 44),
    ("aesst", 44),
    ("nzst", 48),
    ("nzt", 48),
    ("fjt", 48),
    ("nzdt", 52),
    ("fjst", 52),
    ("tot", 52),
    ("chast", 51),
    ("chadt", 55),
    ("azost", 0),
    ("azot", -4),
    ("egst", 0),
    ("egt", -4),
    ("fnt", -8),
    ("fnst", -4),
    ("brst", -8),
    ("brt", -12),
    ("bra", -12),
    ("uyst", -8),
    ("uyt", -12),
    ("gft", -12),
    ("pmst", -12),
    ("pmdt", -8),
    ("wgt", -12),
    ("wgst", -8),
    ("adt", -12),
    ("nst", -14),
    ("nft", -14),
    ("ndt", -10),
    ("ast", -16),
    ("bot", -16),
    ("amt", -16),
    ("clst", -12),
    ("edt", -16),
    ("est", -20),
    ("cdt", -20),
    ("act", -20),
    ("cot", -20),
    ("pet", -20),
    ("cst", -24),
    ("mdt", -24),
    ("galt", -24),
    ("mst", -28),
    ("pdt", -28),
    ("pst", -32),
    ("akdt", -32),
    ("akst", -36),
    ("gamt", -36),
    ("hst", -40),
    ("taht", -40),
];
