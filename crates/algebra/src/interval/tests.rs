//! Expected results are PostgreSQL 15's.

use super::{Interval, compare};

fn interval(text: &str) -> Interval {
    Interval::parse(text).expect(text)
}

#[test]
fn texts_are_read_as_postgresql_reads_them() {
    let mut wrong = Vec::new();
    for line in include_str!("cases.txt").lines() {
        let (text, expected) = line.split_once('|').expect("text and result");
        let found = Interval::parse(text)
            .map_or_else(|error| format!("{}: {}", error.sqlstate, error.message), Interval::stored);
        if found != expected {
            wrong.push(format!("{line}\n    found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_stored_form_is_read_back() {
    for line in include_str!("cases.txt").lines() {
        let (text, _) = line.split_once('|').expect("text and result");
        if let Ok(interval) = Interval::parse(text) {
            assert_eq!(super::text::canonical(&interval.stored()), Some(interval), "{text}");
        }
    }
}

#[test]
fn order_is_by_length() {
    let ascending =
        ["-1 mons", "-1 days", "00:00:00", "00:00:00.5", "23:59:59", "1 day", "29 days", "1 mon", "31 days"];
    for pair in ascending.windows(2) {
        assert!(compare(pair[0], pair[1]).is_lt(), "{pair:?}");
    }
    assert!(compare("1 day", "24:00:00").is_eq());
    assert!(compare("1 mon", "30 days").is_eq());
    assert!(compare("-1 days +24:00:00", "00:00:00").is_eq());
}

#[test]
fn arithmetic_carries_as_postgresql_does() {
    let shown = |result: Result<Interval, crate::value::ValueError>| {
        result.map_or_else(|error| error.sqlstate.to_owned(), Interval::stored)
    };
    assert_eq!(shown(interval("1 day").plus(interval("-1 hour"))), "1 day -01:00:00");
    assert_eq!(shown(interval("1 mon").multiply(1.5)), "1 mon 15 days");
    assert_eq!(shown(interval("1 mon").multiply(0.1)), "3 days");
    assert_eq!(shown(interval("1 day").divide(7.0)), "03:25:42.857143");
    assert_eq!(shown(interval("1 year 1 day 1:00").divide(3.0)), "4 mons 08:20:00");
    assert_eq!(shown(interval("1 day").divide(0.0)), "22012");
    assert_eq!(shown(interval("2147483647 mons").plus(interval("1 mon"))), "22008");
    assert_eq!(shown(interval("25:00").justify_hours()), "1 day 01:00:00");
    assert_eq!(shown(interval("35 days").justify_days()), "1 mon 5 days");
    assert_eq!(shown(interval("1 mon -1 hour").justify()), "29 days 23:00:00");
}
