//! Expressions at random: operators and forms strung together with few parentheses, so that the grouping is the grammar's
//! to decide. Not all of them are valid; then both parsers must refuse.
//!
//! **Must not:** write a parenthesis only to be safe.

use crate::generate_query::query;
use crate::random::Random;

const OPERATORS: [&str; 40] = [
    "+",
    "-",
    "*",
    "/",
    "%",
    "^",
    "=",
    "<>",
    "!=",
    "<",
    ">",
    "<=",
    ">=",
    "||",
    "&&",
    "@>",
    "<@",
    "->",
    "->>",
    "#>",
    "#>>",
    "~",
    "~*",
    "!~",
    "!~*",
    "&",
    "|",
    "#",
    "<<",
    ">>",
    "?",
    "?|",
    "@@",
    "<->",
    "~~",
    "|/",
    "!!",
    "@-",
    "operator(pg_catalog.+)",
    "operator(=)",
];

const PREFIXES: [&str; 9] = ["- ", "+ ", "@ ", "~ ", "!! ", "|/ ", "not ", "not ", "operator(pg_catalog.-) "];

const TYPES: [&str; 22] = [
    "int",
    "text",
    "numeric(10, 2)",
    "varchar(3)",
    "char",
    "\"char\"",
    "double precision",
    "float(3)",
    "bigint[]",
    "int[3][]",
    "timestamp with time zone",
    "timestamp(3)",
    "time without time zone",
    "date",
    "interval",
    "interval day to second(3)",
    "bit varying(5)",
    "public.mood",
    "jsonb",
    "int array",
    "boolean",
    "character varying",
];

const COLUMNS: [&str; 16] = [
    "a", "b", "t.a", "s.t.b", "\"Q\"", "name", "value", "key", "a[1]", "a[1:2]", "a[:]", "t.a[2].f",
    "(t.a).f", "(r).f[1]", "type", "interval",
];

const CONSTANTS: [&str; 24] = [
    "1",
    "0",
    "2147483648",
    "1.5",
    ".5",
    "1e3",
    "'x'",
    "'it''s'",
    "e'a\\nb'",
    "u&'d\\0061'",
    "$$x$$",
    "$q$a$q$",
    "b'01'",
    "x'1f'",
    "null",
    "true",
    "false",
    "$1",
    "date '2020-01-01'",
    "interval '1' day",
    "interval(3) '1 s'",
    "timestamp with time zone 'now'",
    "numeric(3, 1) '1'",
    "pg_catalog.int4 '1'",
];

/// An expression whose tree is at most `depth` high.
pub fn expression(random: &mut Random, depth: usize) -> String {
    if depth == 0 {
        return operand(random, 0);
    }
    match random.below(20) {
        0..=7 => {
            let (left, right) =
                (expression(random, depth.saturating_sub(1)), expression(random, depth.saturating_sub(1)));
            format!("{left} {} {right}", random.one(&OPERATORS))
        }
        8 => format!(
            "{} and {}",
            expression(random, depth.saturating_sub(1)),
            expression(random, depth.saturating_sub(1))
        ),
        9 => format!(
            "{} or {}",
            expression(random, depth.saturating_sub(1)),
            expression(random, depth.saturating_sub(1))
        ),
        10 | 11 => format!("{}{}", random.one(&PREFIXES), expression(random, depth.saturating_sub(1))),
        12 => format!("{} {}", expression(random, depth.saturating_sub(1)), test(random, depth)),
        13 => pattern(random, depth),
        14 => {
            let not = random.one(&["", "", "not "]);
            let symmetric = random.one(&["", "", "symmetric ", "asymmetric "]);
            let (operand, low) = (expression(random, depth.saturating_sub(1)), expression(random, depth / 2));
            format!(
                "{operand} {not}between {symmetric}{low} and {}",
                expression(random, depth.saturating_sub(1))
            )
        }
        15 => format!("{}::{}", expression(random, depth.saturating_sub(1)), random.one(&TYPES)),
        16 => format!("{} collate \"C\"", expression(random, depth.saturating_sub(1))),
        17 => format!(
            "{} at time zone {}",
            expression(random, depth.saturating_sub(1)),
            expression(random, depth.saturating_sub(1))
        ),
        _ => operand(random, depth),
    }
}

/// Expressions between commas, at least `least` of them.
pub fn expressions(random: &mut Random, depth: usize, least: usize) -> String {
    let count = least + random.below(3);
    (0..count).map(|_| expression(random, depth)).collect::<Vec<_>>().join(", ")
}

fn test(random: &mut Random, depth: usize) -> String {
    let not = random.one(&["", "not "]);
    match random.below(12) {
        0 => "isnull".to_owned(),
        1 => "notnull".to_owned(),
        2 | 3 => format!("is {not}null"),
        4 => format!("is {not}{}", random.one(&["true", "false", "unknown"])),
        5 | 6 => format!("is {not}distinct from {}", expression(random, depth.saturating_sub(1))),
        7 => format!("is {not}document"),
        8 => format!("is {not}{}", random.one(&["normalized", "nfc normalized", "nfkd normalized"])),
        9 => format!(
            "is {not}json{}",
            random.one(&["", " object", " array with unique keys", " scalar without unique", " value"])
        ),
        10 => format!("{not}in ({})", expressions(random, depth.saturating_sub(1), 1)),
        _ => format!("{not}in {}", query(random, depth / 2)),
    }
}

fn pattern(random: &mut Random, depth: usize) -> String {
    let not = random.one(&["", "", "not "]);
    let word = random.one(&["like", "ilike", "similar to"]);
    let operand = expression(random, depth.saturating_sub(1));
    match random.below(5) {
        0 => format!(
            "{operand} {not}{word} {} escape {}",
            expression(random, depth.saturating_sub(1)),
            expression(random, depth / 2)
        ),
        1 if word != "similar to" => {
            let quantifier = random.one(&["any", "all", "some"]);
            format!("{operand} {not}{word} {quantifier} ({})", expression(random, depth.saturating_sub(1)))
        }
        2 => {
            let (symbol, quantifier) =
                (random.one(&["=", "<>", "<", "||", "~"]), random.one(&["any", "all"]));
            if random.chance(2) {
                format!("{operand} {symbol} {quantifier} {}", query(random, depth / 2))
            } else {
                format!("{operand} {symbol} {quantifier} ({})", expression(random, depth.saturating_sub(1)))
            }
        }
        _ => format!("{operand} {not}{word} {}", expression(random, depth.saturating_sub(1))),
    }
}

fn operand(random: &mut Random, depth: usize) -> String {
    if depth == 0 || random.chance(3) {
        let leaves = if random.chance(2) { random.one(&COLUMNS) } else { random.one(&CONSTANTS) };
        return leaves.to_owned();
    }
    match random.below(16) {
        0 | 1 => format!("({})", expression(random, depth.saturating_sub(1))),
        2 => {
            let field = random.one(&["", ".f", "[1]", "[:2].g", ".*"]);
            format!("({}){field}", expression(random, depth.saturating_sub(1)))
        }
        3 => format!("({})", expressions(random, depth.saturating_sub(1), 2)),
        4 => format!("row({})", expressions(random, depth.saturating_sub(1), 0)),
        5 => format!("array[{}]", expressions(random, depth.saturating_sub(1), 0)),
        6 => format!(
            "array[array[{}], [{}]]",
            expression(random, depth.saturating_sub(1)),
            expression(random, 0)
        ),
        7 => case(random, depth),
        8 => format!("cast({} as {})", expression(random, depth.saturating_sub(1)), random.one(&TYPES)),
        9 => format!(
            "{}({})",
            random.one(&["coalesce", "greatest", "least"]),
            expressions(random, depth.saturating_sub(1), 1)
        ),
        10 => special(random, depth),
        11 | 12 => call(random, depth),
        13 => format!("{}{}", random.one(&["", "exists ", "array"]), query(random, depth / 2)),
        14 => {
            let value = random.one(&[
                "current_date",
                "current_timestamp(2)",
                "localtime",
                "current_user",
                "user",
                "current_schema",
                "session_user",
            ]);
            value.to_owned()
        }
        _ => format!(
            "nullif({}, {})",
            expression(random, depth.saturating_sub(1)),
            expression(random, depth.saturating_sub(1))
        ),
    }
}

fn case(random: &mut Random, depth: usize) -> String {
    let operand =
        if random.chance(2) { expression(random, depth.saturating_sub(1)) + " " } else { String::new() };
    let (when, then) =
        (expression(random, depth.saturating_sub(1)), expression(random, depth.saturating_sub(1)));
    let otherwise = if random.chance(2) {
        format!(" else {}", expression(random, depth.saturating_sub(1)))
    } else {
        String::new()
    };
    format!("case {operand}when {when} then {then}{otherwise} end")
}

fn special(random: &mut Random, depth: usize) -> String {
    let (a, b, c) = (
        expression(random, depth.saturating_sub(1)),
        expression(random, depth / 2),
        expression(random, depth / 2),
    );
    match random.below(16) {
        0 => format!("extract({} from {a})", random.one(&["epoch", "year", "'day'", "\"Dow\""])),
        1 => format!("position({b} in {c})"),
        2 => format!("substring({a} from {b} for {c})"),
        3 => format!("substring({a} for {b})"),
        4 => format!("substring({a} from {b})"),
        5 => format!("substring({a} similar {b} escape {c})"),
        6 => format!("substring({a}, {b})"),
        7 => format!("overlay({a} placing {b} from {c})"),
        8 => format!("trim({}{a})", random.one(&["", "both ", "leading ", "trailing ", "both from "])),
        9 => format!("trim(leading {a} from {b})"),
        10 => format!("({a}, {b}) overlaps ({c}, {b})"),
        11 => format!("normalize({a}, nfkc)"),
        12 => format!("collation for ({a})"),
        13 => format!("grouping({a}, {b})"),
        14 => format!("row({a}, {b}) overlaps row({c}, {a})"),
        _ => format!("treat({a} as {})", random.one(&["int", "public.mood"])),
    }
}

fn call(random: &mut Random, depth: usize) -> String {
    let name = random.one(&["f", "lower", "s.f", "\"F\"", "left", "count", "array_agg", "replace", "d.s.f"]);
    let arguments = match random.below(9) {
        0 => "*".to_owned(),
        1 => String::new(),
        2 => format!("distinct {}", expressions(random, depth.saturating_sub(1), 1)),
        3 => format!(
            "{}, b => {}",
            expression(random, depth.saturating_sub(1)),
            expression(random, depth.saturating_sub(1))
        ),
        4 => format!("variadic {}", expression(random, depth.saturating_sub(1))),
        5 => format!(
            "{} order by {}",
            expression(random, depth.saturating_sub(1)),
            order(random, depth.saturating_sub(1))
        ),
        6 => format!("x := {}", expression(random, depth.saturating_sub(1))),
        _ => expressions(random, depth.saturating_sub(1), 1),
    };
    let mut text = format!("{name}({arguments})");
    if random.chance(8) {
        text.push_str(&format!(" within group (order by {})", order(random, depth.saturating_sub(1))));
    }
    if random.chance(8) {
        text.push_str(&format!(" filter (where {})", expression(random, depth.saturating_sub(1))));
    }
    match random.below(12) {
        0 => text + " over w",
        1 => format!("{text} over ({})", window(random, depth)),
        _ => text,
    }
}

/// What stands between a window's parentheses.
pub fn window(random: &mut Random, depth: usize) -> String {
    let mut parts = Vec::new();
    if random.chance(4) {
        parts.push("w".to_owned());
    }
    if random.chance(2) {
        parts.push(format!("partition by {}", expressions(random, depth / 2, 1)));
    }
    if random.chance(2) {
        parts.push(format!("order by {}", order(random, depth / 2)));
    }
    if random.chance(3) {
        let unit = random.one(&["rows", "range", "groups"]);
        let frame = random.one(&[
            "unbounded preceding",
            "between unbounded preceding and current row",
            "between 1 preceding and a + 1 following",
            "current row",
            "between current row and unbounded following",
            "between 1 following and 1 preceding",
            "between 2 preceding and current row",
        ]);
        let exclude = random.one(&[
            "",
            "",
            " exclude ties",
            " exclude current row",
            " exclude no others",
            " exclude group",
        ]);
        parts.push(format!("{unit} {frame}{exclude}"));
    }
    parts.join(" ")
}

/// What stands behind `order by`.
pub fn order(random: &mut Random, depth: usize) -> String {
    let count = 1 + random.below(2);
    let items = (0..count).map(|_| {
        let direction = random.one(&["", "", " asc", " desc", " using <"]);
        let nulls = random.one(&["", "", " nulls first", " nulls last"]);
        format!("{}{direction}{nulls}", expression(random, depth))
    });
    items.collect::<Vec<_>>().join(", ")
}
