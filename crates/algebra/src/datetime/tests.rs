//! Expected results are PostgreSQL 15's, with the session in UTC.

mod operation;

use super::{Date, Time, TimeTz, Timestamp};

fn now() -> Timestamp {
    Timestamp::parse("2026-03-04 05:06:07.089", Timestamp(0)).expect("a timestamp")
}

fn check(type_name: &str, text: &str) -> String {
    let result = match type_name {
        "date" => Date::parse(text, now()).map(Date::stored),
        "time" => Time::parse(text, now()).map(Time::stored),
        "timetz" => TimeTz::parse(text, now()).map(TimeTz::stored),
        "timestamp" => Timestamp::parse(text, now()).map(Timestamp::printed),
        "timestamptz" => Timestamp::parse_tz(text, now()).map(Timestamp::printed_tz),
        other => panic!("{other}"),
    };
    result.unwrap_or_else(|error| format!("{}: {}", error.sqlstate, error.message))
}

/// Every line of a file of `input|…|expected`, all failures at once.
#[test]
fn texts_are_read_as_postgresql_reads_them() {
    let mut wrong = Vec::new();
    for line in include_str!("cases.txt").lines() {
        let [type_name, text, expected] = line.splitn(3, '|').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let found = check(type_name, text);
        if found != expected {
            wrong.push(format!("{line}\n    found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_stand_for_the_moment_that_is_passed_in() {
    for (type_name, text, expected) in [
        ("timestamptz", "now", "2026-03-04 05:06:07.089+00"),
        ("timestamptz", "today", "2026-03-04 00:00:00+00"),
        ("timestamptz", "today 12:00", "2026-03-04 12:00:00+00"),
        ("timestamp", "tomorrow 4:05", "2026-03-05 04:05:00"),
        ("date", "yesterday", "2026-03-03"),
        ("date", "now", "2026-03-04"),
        ("time", "now", "05:06:07.089"),
    ] {
        assert_eq!(check(type_name, text), expected, "{type_name} {text}");
    }
}

#[test]
fn years_outside_four_digits_are_refused() {
    assert_eq!(check("date", "Jan 8 99 BC"), "22008: date out of range: \"Jan 8 99 BC\"");
    assert_eq!(check("timestamptz", "10000-01-01"), "22008: timestamp out of range: \"10000-01-01\"");
    assert_eq!(
        check("timestamptz", "9999-12-31 23:59:59-01"),
        "22008: timestamp out of range: \"9999-12-31 23:59:59-01\""
    );
}

#[test]
fn the_stored_form_sorts_as_the_moments_do() {
    let ascending = [
        "-infinity",
        "0001-01-01",
        "1969-12-31 23:59:59.5",
        "2026-01-01",
        "2026-01-01 00:00:00.5",
        "2026-01-01 00:00:00.51",
        "9999-12-31 23:59:59.999999",
        "infinity",
    ];
    let stored = |form: fn(Timestamp) -> String| -> Vec<String> {
        ascending.iter().map(|text| form(Timestamp::parse(text, now()).expect(text))).collect()
    };
    assert!(stored(Timestamp::stored).is_sorted());
    assert!(stored(Timestamp::stored_tz).is_sorted());
    for text in stored(Timestamp::stored_tz) {
        assert_eq!(Timestamp::from_stored(&text).expect("stored").stored_tz(), text);
    }
}

#[test]
fn days_and_dates_agree_over_the_whole_range() {
    let mut previous = Date::MIN.civil();
    for days in i64::from(Date::MIN.days()) + 1..=i64::from(Date::MAX.days()) {
        let date = Date::from_days(days).expect("in range");
        let civil = date.civil();
        assert_eq!(civil.date(), Ok(date));
        assert!((previous.year, previous.month, previous.day) < (civil.year, civil.month, civil.day));
        previous = civil;
    }
}

#[test]
fn precision_rounds_away_from_the_year_2000() {
    for (text, digits, expected) in [
        ("2026-01-01 00:00:00.5", 0, "2026-01-01 00:00:01"),
        ("1999-01-01 00:00:00.5", 0, "1999-01-01 00:00:00"),
        ("2026-01-01 00:00:00.12345", 3, "2026-01-01 00:00:00.123"),
    ] {
        assert_eq!(Timestamp::parse(text, now()).expect(text).round(digits).printed(), expected);
    }
}
