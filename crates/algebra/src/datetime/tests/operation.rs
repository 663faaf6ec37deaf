//! Operators and functions; expected results are PostgreSQL 15's.

use crate::datetime::{Clock, Date, IntervalParts, Series, Time, TimeTz, Timestamp, Zone, overlaps};
use crate::interval::Interval;
use crate::numeric::Numeric;
use crate::value::ValueError;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text, Timestamp::INFINITY).expect(text)
}

fn interval(text: &str) -> Interval {
    Interval::parse(text).expect(text)
}

fn date(text: &str) -> Date {
    Date::parse(text, Timestamp::INFINITY).expect(text)
}

fn time(text: &str) -> Time {
    Time::parse(text, Timestamp::INFINITY).expect(text)
}

fn refusal(error: &ValueError) -> String {
    format!("{}: {}", error.sqlstate, error.message)
}

fn shown(result: Result<Timestamp, ValueError>) -> String {
    result.map_or_else(|error| refusal(&error), Timestamp::printed)
}

fn span(result: Result<Interval, ValueError>) -> String {
    result.map_or_else(|error| refusal(&error), Interval::stored)
}

fn part(result: Result<Option<Numeric>, ValueError>) -> String {
    match result {
        Ok(Some(number)) => number.to_string(),
        Ok(None) => "NULL".to_owned(),
        Err(error) => refusal(&error),
    }
}

#[test]
fn intervals_are_added_month_day_time() {
    for (start, span, expected) in [
        ("2026-01-31 10:00", "1 month", "2026-02-28 10:00:00"),
        ("2024-02-29", "1 year", "2025-02-28 00:00:00"),
        ("2026-01-01", "1 month -1 day 25 hours", "2026-02-01 01:00:00"),
        ("2026-03-31", "-1 month", "2026-02-28 00:00:00"),
        ("infinity", "1 day", "infinity"),
        ("9999-12-31", "1 day", "22008: timestamp out of range"),
        ("0001-01-01", "-1 month", "22008: timestamp out of range"),
    ] {
        assert_eq!(shown(at(start).plus(interval(span))), expected, "{start} + {span}");
    }
    assert_eq!(shown(at("2026-03-31").minus(interval("1 month"))), "2026-02-28 00:00:00");
    assert_eq!(time("23:00").plus(interval("2 hours")).stored(), "01:00:00");
    assert_eq!(time("01:00").minus(interval("2 hours 1 day")).stored(), "23:00:00");
    assert_eq!(time("01:00").since(time("03:00")).stored(), "-02:00:00");
    assert_eq!(date("2026-01-01").plus_days(31), Ok(date("2026-02-01")));
    assert_eq!(date("9999-12-31").plus_days(1).expect_err("beyond").message, "date out of range");
}

#[test]
fn differences_and_ages() {
    assert_eq!(span(at("2026-01-01").since(at("2025-12-30 12:00"))), "1 day 12:00:00");
    assert_eq!(span(at("2025-12-30 12:00").since(at("2026-01-01"))), "-1 days -12:00:00");
    assert_eq!(span(at("infinity").since(at("2026-01-01"))), "22008: cannot subtract infinite timestamps");
    assert_eq!(date("2026-03-01").since(date("2026-02-01")), Ok(28));
    for (to, from, expected) in [
        ("2001-04-10", "1957-06-13", "43 years 9 mons 27 days"),
        ("1957-06-13", "2001-04-10", "-43 years -9 mons -27 days"),
        ("2026-03-31 10:00", "2026-02-28 12:00", "1 mon 2 days 22:00:00"),
        ("2026-02-28 12:00", "2026-03-31 10:00", "-1 mons -2 days -22:00:00"),
        ("2026-03-01", "2026-01-31", "1 mon 1 day"),
        ("2026-01-31", "2026-03-01", "-1 mons -1 days"),
    ] {
        assert_eq!(span(at(to).age(at(from))), expected, "{to} {from}");
    }
}

#[test]
fn timestamps_are_truncated() {
    for (unit, text, expected) in [
        ("week", "2026-01-01 12:34:56.789", "2025-12-29 00:00:00"),
        ("quarter", "2026-05-17 12:34", "2026-04-01 00:00:00"),
        ("decade", "2026-05-17", "2020-01-01 00:00:00"),
        ("century", "2000-05-17", "1901-01-01 00:00:00"),
        ("millennium", "2000-05-17", "1001-01-01 00:00:00"),
        ("milliseconds", "2026-01-01 12:34:56.789123", "2026-01-01 12:34:56.789"),
        ("HOUR", "1969-12-31 23:30:00", "1969-12-31 23:00:00"),
        ("dow", "2026-01-01", "22023: unit \"dow\" not recognized for type timestamp without time zone"),
        (
            "timezone",
            "2026-01-01",
            "0A000: unit \"timezone\" not supported for type timestamp without time zone",
        ),
    ] {
        assert_eq!(shown(at(text).truncate(unit, Clock::Local)), expected, "{unit} {text}");
    }
    for (unit, text, zone, expected) in [
        ("day", "2026-03-29 12:00", "Europe/Berlin", "2026-03-28 23:00:00"),
        ("hour", "2026-10-25 00:30", "Europe/Berlin", "2026-10-25 00:00:00"),
        ("hour", "2026-10-25 01:30", "Europe/Berlin", "2026-10-25 01:00:00"),
        ("month", "2026-03-31 23:30", "Asia/Tokyo", "2026-03-31 15:00:00"),
    ] {
        let zone = Zone::parse(zone).expect(zone);
        assert_eq!(shown(at(text).truncate_in(unit, &zone)), expected, "{unit} {text}");
    }
    assert_eq!(span(interval("1 day 2:34:56").truncate("hour")), "1 day 02:00:00");
    assert_eq!(span(interval("30 months 5 days").truncate("year")), "2 years");
    assert_eq!(
        span(interval("30 days").truncate("week")),
        "0A000: unit \"week\" not supported for type interval"
    );
}

#[test]
fn timestamps_are_binned() {
    let bin = |stride: &str, source: &str, origin: &str| shown(at(source).bin(interval(stride), at(origin)));
    assert_eq!(bin("15 minutes", "2020-02-11 15:44:17", "2001-01-01 00:02:30"), "2020-02-11 15:32:30");
    assert_eq!(bin("1 day", "1999-12-31 01:00", "2001-01-01 02:00"), "1999-12-30 02:00:00");
    assert_eq!(bin("0 days", "2020-02-11", "2001-01-01"), "22008: stride must be greater than zero");
    assert_eq!(&bin("1 month", "2020-02-11", "2001-01-01")[..5], "0A000");
}

#[test]
fn fields_of_timestamps_have_postgresql_scales() {
    for (unit, text, expected) in [
        ("second", "2026-01-01 12:34:56.789", "56.789000"),
        ("milliseconds", "2026-01-01 12:34:56.789", "56789.000"),
        ("microseconds", "2026-01-01 12:34:56.789", "56789000"),
        ("minute", "2026-01-01 12:34:56.789", "34"),
        ("epoch", "2026-01-01 12:34:56.789", "1767270896.789000"),
        ("epoch", "1969-12-31 12:34:56.789", "-41103.211000"),
        ("julian", "2026-01-01 12:00", "2461042.50000000000000000000"),
        ("julian", "2026-01-01 12:34:56", "2461042.52425925925925925926"),
        ("century", "2000-01-01", "20"),
        ("millennium", "2001-01-01", "3"),
        ("decade", "2026-01-01", "202"),
        ("week", "2027-01-01", "53"),
        ("isoyear", "2027-01-01", "2026"),
        ("dow", "2026-01-04", "0"),
        ("isodow", "2026-01-04", "7"),
        ("doy", "2024-12-31", "366"),
        ("quarter", "2026-07-01", "3"),
        ("epoch", "infinity", "Infinity"),
        ("year", "-infinity", "-Infinity"),
        ("hour", "infinity", "NULL"),
        (
            "timezone",
            "2026-07-01",
            "0A000: unit \"timezone\" not supported for type timestamp without time zone",
        ),
        ("foo", "2026-07-01", "22023: unit \"foo\" not recognized for type timestamp without time zone"),
    ] {
        assert_eq!(part(at(text).part(unit, Clock::Local)), expected, "{unit} {text}");
    }
    assert_eq!(part(at("2026-07-01").part("timezone", Clock::Utc)), "0");
}

#[test]
fn fields_of_other_types() {
    assert_eq!(part(date("2026-01-01").part("epoch")), "1767225600");
    assert_eq!(part(date("2026-01-01").part("hour")), "0A000: unit \"hour\" not supported for type date");
    assert_eq!(part(date("2026-01-01").part("julian")), "2461042");
    assert_eq!(part(date("infinity").part("dow")), "NULL");
    assert_eq!(part(time("12:34:56.5").part("epoch")), "45296.500000");
    assert_eq!(
        part(time("12:34").part("day")),
        "0A000: unit \"day\" not supported for type time without time zone"
    );
    let zoned = TimeTz::parse("12:34:56.5-05:30", Timestamp::INFINITY).expect("timetz");
    assert_eq!(part(zoned.part("epoch")), "65096.500000");
    assert_eq!(part(zoned.part("timezone")), "-19800");
    assert_eq!(part(zoned.part("timezone_minute")), "-30");
    for (unit, text, expected) in [
        ("epoch", "1 year 2 months 3 days 4:05:06.7", "37015506.700000"),
        ("epoch", "-1 year", "-31557600.000000"),
        ("hour", "100:30", "100"),
        ("minute", "-1:30", "-30"),
        ("quarter", "7 months", "3"),
        ("month", "-14 months", "-2"),
        ("decade", "45 years", "4"),
        ("week", "10 days", "0A000: unit \"week\" not supported for type interval"),
    ] {
        assert_eq!(part(interval(text).part(unit)), expected, "{unit} {text}");
    }
}

#[test]
fn values_are_made_of_fields() {
    let made =
        |year, month, day| Date::make(year, month, day).map_or_else(|error| refusal(&error), Date::stored);
    assert_eq!(made(2024, 2, 29), "2024-02-29");
    assert_eq!(made(2026, 2, 29), "22008: date field value out of range: 2026-02-29");
    assert_eq!(made(0, 1, 1), "22008: date field value out of range: 0-01-01");
    let made = |hour, minute, seconds| {
        Time::make(hour, minute, seconds).map_or_else(|error| refusal(&error), Time::stored)
    };
    assert_eq!(made(23, 59, 59.5), "23:59:59.5");
    assert_eq!(made(24, 0, 0.0), "24:00:00");
    assert_eq!(made(24, 0, 1.0), "22008: time field value out of range: 24:00:01");
    assert_eq!(made(1, 2, 61.5), "22008: time field value out of range: 1:02:61.5");
    assert_eq!(shown(Timestamp::make((2026, 1, 2), 3, 4, 5.678)), "2026-01-02 03:04:05.678");
    assert_eq!(shown(Timestamp::make((2026, 1, 2), 3, 4, 60.0)), "2026-01-02 03:05:00");
    let parts = IntervalParts { years: 1, months: 2, weeks: 3, days: 4, hours: 5, minutes: 6 };
    assert_eq!(span(Interval::make(parts, 7.8)), "1 year 2 mons 25 days 05:06:07.8");
    assert_eq!(shown(Timestamp::from_seconds(1_284_352_323.5)), "2010-09-13 04:32:03.5");
    assert_eq!(shown(Timestamp::from_seconds(f64::INFINITY)), "infinity");
}

#[test]
fn zones_move_clocks() {
    let utc = |text: &str, zone: &str| shown(Zone::parse(zone).and_then(|zone| zone.to_utc(at(text))));
    for (text, zone, expected) in [
        ("2026-07-01 12:00", "America/New_York", "2026-07-01 16:00:00"),
        ("2026-07-01 12:00", "UTC+3", "2026-07-01 15:00:00"),
        ("2026-07-01 12:00", "+03", "2026-07-01 15:00:00"),
        ("2026-07-01 12:00", "PST", "2026-07-01 20:00:00"),
        ("2026-03-29 02:30", "Europe/Berlin", "2026-03-29 01:30:00"),
        ("2026-10-25 02:30", "Europe/Berlin", "2026-10-25 01:30:00"),
        ("2026-07-01 12:00", "nowhere", "22023: time zone \"nowhere\" not recognized"),
    ] {
        assert_eq!(utc(text, zone), expected, "{text} {zone}");
    }
    let east = Zone::from_interval(interval("5:30")).and_then(|zone| zone.to_local(at("2026-07-01 12:00")));
    assert_eq!(shown(east), "2026-07-01 17:30:00");
    assert_eq!(
        Zone::from_interval(interval("1 day")).expect_err("days").message,
        "interval time zone \"1 day\" must not include months or days"
    );
    let zone = Zone::parse("America/New_York").expect("a zone");
    assert_eq!(shown(zone.to_local(at("2026-07-01 12:00"))), "2026-07-01 08:00:00");
}

#[test]
fn series_run_to_their_stop_in_either_direction() {
    let series = |start: &str, stop: &str, step: &str| -> Vec<String> {
        Series::new(at(start), at(stop), interval(step)).expect("a step").map(shown).collect()
    };
    assert_eq!(
        series("2026-01-31", "2026-03-31", "1 month"),
        ["2026-01-31 00:00:00", "2026-02-28 00:00:00", "2026-03-28 00:00:00"]
    );
    assert_eq!(series("2026-01-02", "2026-01-01", "-12 hours").len(), 3);
    assert_eq!(series("2026-01-02", "2026-01-01", "1 day").len(), 0);
    let zero = Series::new(at("2026-01-01"), at("2026-01-02"), Interval::default());
    assert_eq!(zero.expect_err("no length").message, "step size cannot equal zero");
}

#[test]
fn periods_overlap_with_three_truths() {
    for (first, second, expected) in [
        ((Some(1), Some(32)), (Some(31), Some(60)), Some(true)),
        ((Some(1), Some(32)), (Some(32), Some(60)), Some(false)),
        ((Some(32), Some(1)), (Some(15), None), Some(true)),
        ((Some(1), None), (Some(15), Some(16)), None),
        ((Some(1), None), (Some(1), None), None),
        ((Some(1), Some(10)), (Some(15), None), None),
        ((Some(1), Some(1)), (Some(1), Some(1)), Some(true)),
        ((None, None), (Some(1), Some(2)), None),
    ] {
        assert_eq!(overlaps(first, second), expected, "{first:?} {second:?}");
    }
}

#[test]
fn templates_are_filled_as_postgresql_fills_them() {
    let mut wrong = Vec::new();
    for line in include_str!("to_char.txt").lines() {
        let [type_name, text, template, expected] = line.splitn(4, '\t').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let found = match type_name {
            "interval" => interval(text).to_char(template).map(Some),
            "timestamptz" => {
                Timestamp::parse_tz(text, Timestamp::INFINITY).expect(text).to_char(template, Clock::Utc)
            }
            _ => at(text).to_char(template, Clock::Local),
        };
        let found = match found {
            Ok(text) => text.unwrap_or_else(|| "NULL".to_owned()),
            Err(error) => refusal(&error),
        };
        if found != expected {
            wrong.push(format!("{line}\n    found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn fields_beyond_any_calendar_are_refused() {
    for (text, template) in [("2147483647", "J"), ("2147483647", "YYYY"), ("-2147483648", "YYYY")] {
        assert_eq!(
            Timestamp::from_char(text, template).expect_err(text).sqlstate,
            "22008",
            "{text} {template}"
        );
    }
}

#[test]
fn templates_are_read_as_postgresql_reads_them() {
    let mut wrong = Vec::new();
    for line in include_str!("from_char.txt").lines() {
        let [text, template, expected] = line.splitn(3, '|').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let found =
            Timestamp::from_char(text, template).map_or_else(|error| refusal(&error), Timestamp::printed_tz);
        if found != expected {
            wrong.push(format!("{line}\n    found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
