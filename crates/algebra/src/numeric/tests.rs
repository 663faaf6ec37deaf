//! Expected results are PostgreSQL 15's.

use std::cmp::Ordering;

use super::{Numeric, Population, Sum, compare};

fn number(text: &str) -> Numeric {
    Numeric::parse(text).expect(text)
}

fn refused(text: &str) -> &'static str {
    Numeric::parse(text).expect_err(text).sqlstate
}

/// Runs `left operator right` and gives the text, or the SQLSTATE of the refusal.
fn binary(left: &str, operator: &str, right: &str) -> String {
    let (left, right) = (number(left), number(right));
    let result = match operator {
        "+" => left.add(&right),
        "-" => left.subtract(&right),
        "*" => left.multiply(&right),
        "/" => left.divide(&right),
        "%" => left.modulo(&right),
        "div" => left.divide_whole(&right),
        "^" => left.power(&right),
        "log" => right.logarithm(&left),
        other => panic!("{other}"),
    };
    result.map_or_else(|error| error.sqlstate.to_owned(), |value| value.to_string())
}

fn unary(name: &str, text: &str) -> String {
    let value = number(text);
    let result = match name {
        "sqrt" => value.square_root(),
        "exp" => value.exponential(),
        "ln" => value.natural_logarithm(),
        "ceil" => Ok(value.ceiling()),
        "floor" => Ok(value.floor()),
        other => panic!("{other}"),
    };
    result.map_or_else(|error| error.sqlstate.to_owned(), |value| value.to_string())
}

#[test]
fn text_keeps_its_scale() {
    for (text, printed) in [
        ("1.50", "1.50"),
        (" 1.5e1 ", "15"),
        ("1.50e1", "15.0"),
        ("1e5", "100000"),
        ("1e-3", "0.001"),
        (".5", "0.5"),
        ("5.", "5"),
        ("-0", "0"),
        ("-0.0", "0.0"),
        ("+007.10", "7.10"),
        ("nan", "NaN"),
        ("-inf", "-Infinity"),
        ("0e-5", "0.00000"),
        ("123456789012345678901234567890123456789012", "123456789012345678901234567890123456789012"),
    ] {
        assert_eq!(number(text).to_string(), printed, "{text}");
    }
    for text in ["", " ", ".", "1e", "1e+", "1..2", "x", "1 2", "--1", "0x1"] {
        assert_eq!(refused(text), "22P02", "{text}");
    }
    assert_eq!(refused("1e131072"), "22003");
    assert_eq!(refused("1e999999999999"), "22003");
}

#[test]
fn columns_round_and_refuse() {
    assert_eq!(number("1.005").fit(3, 2).expect("fits").to_string(), "1.01");
    assert_eq!(number("-1.005").fit(3, 2).expect("fits").to_string(), "-1.01");
    assert_eq!(number("1234").fit(2, -2).expect("fits").to_string(), "1200");
    let error = number("99.995").fit(4, 2).expect_err("too large");
    assert_eq!(error.message, "numeric field overflow");
    assert_eq!(
        error.detail.as_deref(),
        Some("A field with precision 4, scale 2 must round to an absolute value less than 10^2.")
    );
}

#[test]
fn results_have_postgresql_scales() {
    for (left, operator, right, expected) in [
        ("1.50", "+", "2.5", "4.00"),
        ("1", "-", "0.001", "0.999"),
        ("1.5", "*", "1.50", "2.250"),
        ("1", "/", "3", "0.33333333333333333333"),
        ("10", "/", "3", "3.3333333333333333"),
        ("1", "/", "7000", "0.00014285714285714286"),
        ("100000", "/", "7", "14285.714285714286"),
        ("1e30", "/", "7", "142857142857142857142857142857"),
        ("0", "/", "7", "0.00000000000000000000"),
        ("-7", "%", "2.5", "-2.0"),
        ("-7", "div", "2.5", "-2"),
        ("1", "/", "0", "22012"),
        ("NaN", "/", "0", "NaN"),
        ("inf", "-", "inf", "NaN"),
        ("inf", "*", "0", "NaN"),
        ("5", "/", "inf", "0"),
        ("2", "^", "10", "1024.0000000000000000"),
        ("2", "^", "-3", "0.1250000000000000"),
        ("2", "^", "0.5", "1.4142135623730950"),
        ("1.5", "^", "2.5", "2.7556759606310754"),
        ("12.5", "^", "3", "1953.1250000000000000"),
        ("0.1", "^", "20", "0.0000000000000000"),
        ("0.5", "^", "20.5", "0.0000006743495761743045"),
        ("33.5", "^", "20.5", "18340811368290654771602526606168.4"),
        ("1.0000001", "^", "1000000000", "26881037012649238105056003014775037465638377.7515747256270721"),
        ("0", "^", "0", "1.0000000000000000"),
        ("0", "^", "-1", "2201F"),
        ("-2", "^", "0.5", "2201F"),
        ("-1", "^", "inf", "1"),
        ("NaN", "^", "0", "1"),
        ("-inf", "^", "3", "-Infinity"),
        ("2.0", "log", "8.0", "3.0000000000000000"),
        ("10", "log", "12345.6", "4.0915122016277717"),
    ] {
        assert_eq!(binary(left, operator, right), expected, "{left} {operator} {right}");
    }
}

#[test]
fn large_powers_are_bounded() {
    assert_eq!(binary("1.5", "^", "700000").len(), 123_281);
    assert_eq!(binary("2", "^", "2000000000"), "22003");
    assert_eq!(binary("0.5", "^", "2000000000"), "0.0000000000000000");
    assert_eq!(binary("1234567.5", "^", "10000.5"), "54000");
}

#[test]
fn functions_have_postgresql_scales() {
    for (name, text, expected) in [
        ("sqrt", "2", "1.414213562373095"),
        ("sqrt", "0.0001", "0.01000000000000000"),
        ("sqrt", "12345678901234567890.12", "3513641828.8201443"),
        ("sqrt", "0.00000005", "0.0002236067977499790"),
        ("sqrt", "1e30", "1000000000000000.0"),
        ("sqrt", "-1", "2201F"),
        ("exp", "1.0", "2.7182818284590452"),
        ("exp", "-10.5", "0.00002753644934974716"),
        ("exp", "100.0", "26881171418161354484126255515800135873611118.8"),
        ("ln", "2.0", "0.6931471805599453"),
        ("ln", "10", "2.3025850929940457"),
        ("ln", "1.05", "0.048790164169432003"),
        ("ln", "123456.789", "11.723646487185881"),
        ("ln", "0.0001", "-9.2103403719761827"),
        ("ln", "1.0", "0.0000000000000000"),
        ("ln", "0", "2201E"),
        ("ceil", "-1.5", "-1"),
        ("floor", "-1.5", "-2"),
        ("ceil", "1.00", "1"),
        ("floor", "-0.1", "-1"),
    ] {
        assert_eq!(unary(name, text), expected, "{name}({text})");
    }
}

#[test]
fn rounding_is_half_away_from_zero_on_either_side_of_the_point() {
    assert_eq!(number("2.5").round(0).to_string(), "3");
    assert_eq!(number("-2.45").round(1).to_string(), "-2.5");
    assert_eq!(number("1250").round(-2).to_string(), "1300");
    assert_eq!(number("1299").truncate(-2).to_string(), "1200");
    assert_eq!(number("1.5").round(3).to_string(), "1.500");
    assert_eq!(number("1.500").trim_scale().to_string(), "1.5");
}

#[test]
fn order_is_by_value() {
    let ascending =
        ["-Infinity", "-10.5", "-10.49", "-0.001", "0", "0.5", "0.51", "9", "10", "Infinity", "NaN"];
    for (i, left) in ascending.iter().enumerate() {
        for (j, right) in ascending.iter().enumerate() {
            assert_eq!(compare(left, right), i.cmp(&j), "{left} {right}");
        }
    }
    assert_eq!(compare("1.50", "1.5"), Ordering::Equal);
    assert_eq!(compare("0.00", "0"), Ordering::Equal);
    assert_eq!(compare("NaN", "NaN"), Ordering::Equal);
}

#[test]
fn sums_and_means_are_exact() {
    let mut sum = Sum::default();
    for text in ["0.1", "0.20", "1e20"] {
        sum.add(&number(text)).expect("finite");
    }
    assert_eq!(sum.total().expect("three values").to_string(), "100000000000000000000.30");
    let mut sum = Sum::default();
    for value in [1, 2, 2, i64::MAX] {
        sum.add_integer(value).expect("finite");
    }
    assert_eq!(sum.average().expect("finite").expect("values").to_string(), "2305843009213693953");
    let mut sum = Sum::default();
    for value in ["1", "2", "4"] {
        sum.add_with_square(&number(value)).expect("finite");
    }
    let shown = |value: Result<Option<Numeric>, _>| value.map(|value| value.map(|value| value.to_string()));
    assert_eq!(shown(sum.variance(Population::Sample)), Ok(Some("2.3333333333333333".to_owned())));
    assert_eq!(shown(sum.deviation(Population::Whole)), Ok(Some("1.2472191289246471".to_owned())));
}

#[test]
fn casts_round_and_refuse() {
    assert_eq!(number("2.5").to_integer("integer", i64::from(i32::MIN), i64::from(i32::MAX)), Ok(3));
    let error =
        number("3e9").to_integer("integer", i64::from(i32::MIN), i64::from(i32::MAX)).expect_err("large");
    assert_eq!((error.sqlstate, error.message.as_str()), ("22003", "integer out of range"));
    assert_eq!(super::float8_to_numeric(0.1 + 0.2).to_string(), "0.3");
    assert_eq!(super::float8_to_numeric(1e20).to_string(), "100000000000000000000");
    assert_eq!(super::float4_to_numeric(f64::from(1.1f32)).to_string(), "1.1");
}

/// Lines of `input|template|expected`, where a text stands in brackets and anything else is an error.
fn check_templates(lines: &str, run: impl Fn(&str, &str) -> Result<String, crate::value::ValueError>) {
    let mut wrong = Vec::new();
    for line in lines.lines() {
        let [text, template, expected] = line.splitn(3, '|').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let found = match run(text, template) {
            Ok(found) => format!("[{found}]"),
            Err(error) => format!("{}: {}", error.sqlstate, error.message),
        };
        if found != expected {
            wrong.push(format!("{line}\n    found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn templates_are_filled_as_postgresql_fills_them() {
    check_templates(include_str!("to_char.txt"), |text, template| number(text).to_char(template));
}

#[test]
fn templates_are_read_as_postgresql_reads_them() {
    check_templates(include_str!("from_char.txt"), |text, template| {
        Numeric::from_char(text, template).map(|number| number.to_string())
    });
}
