//! Text in, grouping out. Each of these was asked of PostgreSQL.

use crate::parse::parse_expression;
use crate::syntax::grouping::grouped;

fn check(text: &str, expected: &str) {
    let found = match parse_expression(text) {
        Ok(expr) => grouped(&expr),
        Err(error) => format!("{}: {}", error.sqlstate.code(), error.message),
    };
    assert_eq!(found, expected, "{text}");
}

#[test]
fn arithmetic() {
    check("a + b * c - d", "((a + (b * c)) - d)");
    check("- a ^ b", "((- a) ^ b)");
    check("2 ^ 3 ^ 4", "((2 ^ 3) ^ 4)");
    check("-1::int", "(- (1::pg_catalog.int4))");
    check("- 5", "-5");
    check("-a.b[1].c", "(- ((a.b)[1].c))");
    check("a || b + c || d", "((a || (b + c)) || d)");
    check("@ a + b", "(@ (a + b))");
    check("@ a || b", "((@ a) || b)");
}

#[test]
fn words() {
    check("not a = b and c or d", "(((not (a = b)) and c) or d)");
    check("a and b and c", "(a and b and c)");
    check("a = b is null", "((a = b) is null)");
    check("a is null = b", "((a is null) = b)");
    check("not a is null", "(not (a is null))");
    check("a between 1 and 2 and b", "((a between 1 and 2) and b)");
    check("a not between symmetric b and c = d", "((a not between symmetric b and c) = d)");
    check("a like b || c escape d", "(a like (b || c) escape d)");
    check("a in (1, 2) in (true)", "((a in (1, 2)) in (true))");
    check("a + 1 in (select 2)", "((a + 1) in (select 2))");
    check("a = any (array[1, 2])", "(a = any(array[1, 2]))");
    check("a not like all ((select b))", "(a !~~ all (select b))");
    check("a is distinct from b + 1", "(a is distinct from (b + 1))");
    check("1 + not a = b", "(1 + (not (a = b)))");
}

#[test]
fn what_does_not_associate() {
    check("a < b < c", "42601: syntax error at or near \"<\"");
    check("a like b like c", "42601: syntax error at or near \"like\"");
    check("a is distinct from b is null", "42601: syntax error at or near \"is\"");
    check("a between 1 and 2 between 3 and 4", "42601: syntax error at or near \"between\"");
}

#[test]
fn forms() {
    check("a at time zone 'x' collate \"C\"", "pg_catalog.timezone(('x' collate \"C\"), a)");
    check("extract(epoch from a - b)", "pg_catalog.extract('epoch', (a - b))");
    check("position('a' in b)", "pg_catalog.position(b, 'a')");
    check("substring(a from 2 for 3)", "pg_catalog.substring(a, 2, 3)");
    check("substring(a, 2)", "substring(a, 2)");
    check("trim(leading 'x' from a)", "pg_catalog.ltrim(a, 'x')");
    check("overlay(a placing b from 2)", "pg_catalog.overlay(a, b, 2)");
    check("(a, b) overlaps (c, d)", "pg_catalog.overlaps(a, b, c, d)");
    check("interval '1' year to month", "('1'::pg_catalog.interval year to month)");
    check("interval(3) '1'", "('1'::pg_catalog.interval(3))");
    check("date '2020-01-01' + 1", "(('2020-01-01'::date) + 1)");
    check("current_timestamp(3)", "current_timestamp(3)");
    check("((select 1) + 1)", "((subquery (select 1)) + 1)");
    check("((a, b)) = row(1, 2)", "(tuple(a, b) = row(1, 2))");
    check("(a).b[1:]", "((a).b[1:])");
    check(
        "sum(distinct a order by b) filter (where c) over w",
        "sum(distinct a order by b) filter (c) over w",
    );
    check("f(a, b => 1, variadic c)", "f(a, b => 1, variadic c)");
    check("cast(a as numeric(10, 2)[])", "(a::pg_catalog.numeric(10, 2)[])");
    check("a::timestamp(3) with time zone", "(a::pg_catalog.timestamptz(3))");
    check("case a when 1 then 2 else 3 end", "(case a when 1 then 2 else 3 end)");
    check("array[[1, 2], [3]]", "array[array[1, 2], array[3]]");
    check("a operator(pg_catalog.+) b * c", "(a pg_catalog.+ (b * c))");
}

#[test]
fn keywords_name_what_postgresql_lets_them_name() {
    check("name + value", "(name + value)");
    check("left('a', 1)", "left('a', 1)");
    check("left", "42601: syntax error at end of input");
    check("user", "user");
    check("order", "42601: syntax error at or near \"order\"");
    check("interval", "interval");
}
