//! Text in, tree or mistake out. The grouping of expressions is tested with the debug form, structure against the oracle.

use super::*;
use crate::syntax::expression::ExprKind;
use crate::syntax::query::{QueryBody, Select};
use crate::syntax::statement::StatementKind;
use crate::syntax::table::TableElement;

/// The mistakes of a text: code, message, what was expected, hint.
fn mistakes(text: &str) -> String {
    let errors = parse_all(text).errors;
    let shown = errors.iter().map(|error| {
        let expected = error.labels.first().map_or("", |label| label.text.as_str());
        let hint = error.hint.as_deref().unwrap_or("");
        format!("{} {} | {expected} | {hint}", error.sqlstate.code(), error.message)
    });
    shown.collect::<Vec<_>>().join("\n")
}

fn check(text: &str, expected: &str) {
    assert_eq!(mistakes(text), expected, "{text}");
}

fn only_select(text: &str) -> Select {
    let mut statements = parse_script(text).expect("valid");
    match statements.pop().map(|statement| statement.kind) {
        Some(StatementKind::Query(query)) => match query.body {
            QueryBody::Select(select) => *select,
            other => panic!("expected a select, found {other:?}"),
        },
        other => panic!("expected a query, found {other:?}"),
    }
}

#[test]
fn statements_know_where_they_stand() {
    let text = "  select 1 ; -- c\n\n create table t (a int); ;";
    let statements = parse_script(text).expect("valid");
    let spans: Vec<&str> = statements.iter().map(|statement| statement.span.text(text)).collect();
    assert_eq!(spans, ["select 1", "create table t (a int)"]);
}

#[test]
fn the_text_under_a_span_is_whole() {
    let text = "select (a + b) * c, f( (x) )::int[], ((d)), not (e = 1), (select 1), t.*, - 5, g[1].h, a not like b escape c";
    let select = only_select(text);
    let spans: Vec<&str> = select.targets.iter().map(|target| target.value.span.text(text)).collect();
    let expected = [
        "(a + b) * c",
        "f( (x) )::int[]",
        "((d))",
        "not (e = 1)",
        "(select 1)",
        "t.*",
        "- 5",
        "g[1].h",
        "a not like b escape c",
    ];
    assert_eq!(spans, expected);
}

#[test]
fn columns_and_their_constraints_know_where_they_stand() {
    let text = "create table t (a numeric(10, 2) not null default 1 + 1 check (a > 0) references u (b) deferrable, primary key (a))";
    let statements = parse_script(text).expect("valid");
    let StatementKind::CreateTable(table) = &statements[0].kind else { panic!("expected a table") };
    let TableElement::Column(column) = &table.elements[0] else { panic!("expected a column") };
    assert_eq!(column.type_name.as_ref().expect("a type").span.text(text), "numeric(10, 2)");
    let spans: Vec<&str> = column.constraints.iter().map(|constraint| constraint.span.text(text)).collect();
    assert_eq!(spans, ["not null", "default 1 + 1", "check (a > 0)", "references u (b) deferrable"]);
    let TableElement::Constraint(key) = &table.elements[1] else { panic!("expected a constraint") };
    assert_eq!(key.span.text(text), "primary key (a)");
}

#[test]
fn bodies_stay_text_with_a_place() {
    let text = "create function f() returns int language plpgsql as $x$\nbegin; return 1; end\n$x$; select 1";
    let statements = parse_script(text).expect("valid");
    let StatementKind::CreateFunction(function) = &statements[0].kind else { panic!("expected a function") };
    let body = function.options.iter().find_map(|option| match &option.kind {
        crate::syntax::routine::FunctionOptionKind::Body(body) => Some(body),
        _ => None,
    });
    let contents = body.and_then(|body| body.contents).expect("a place");
    assert_eq!(contents.text(text), "\nbegin; return 1; end\n");
    assert_eq!(statements.len(), 2);
}

#[test]
fn every_statement_reports_its_first_mistake() {
    let text = "select 1;\ncreate tabel t ();\nselect 'it''s; fine';\nselect 1a, frm;\ninsert into t values (;\nselect 2;";
    let script = parse_all(text);
    assert_eq!(script.statements.len(), 3);
    let places: Vec<&str> = script.errors.iter().map(|error| error.span.text(text)).collect();
    assert_eq!(places, ["tabel", "1a", ";"]);
    assert_eq!(parse_script(text).expect_err("a mistake"), script.errors[0]);
}

#[test]
fn what_is_never_served_is_still_named() {
    for (text, command) in [
        ("vacuum full t", "vacuum"),
        ("create rule r as on insert to t do instead (select 1; select 2)", "create rule"),
        ("copy t from 'x'", "copy"),
        ("create or replace trusted language x handler h", "create language"),
    ] {
        let statements = parse_script(text).expect("valid");
        assert_eq!(statements.len(), 1, "{text}");
        match &statements[0].kind {
            StatementKind::Unserved(found) => assert_eq!(found.command, command),
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn mistakes_say_what_was_expected_and_what_to_write() {
    check("select", "");
    check("select 1 +", "42601 syntax error at end of input | expected an expression | ");
    check("selct 1", "42601 syntax error at or near \"selct\" | expected a statement | ");
    check(
        "create table t (a int,)",
        "42601 syntax error at or near \")\" | expected a column name or a constraint | remove the comma before `)`",
    );
    check(
        "create table t (id int auto_increment)",
        "42601 syntax error at or near \"auto_increment\" | expected `,` or `)` | write `generated always as identity`: PostgreSQL has no `auto_increment`",
    );
    check(
        "create table order (a int)",
        "42601 syntax error at or near \"order\" | expected a table's name | `order` is a reserved word; to use it as a name, quote it: \"order\"",
    );
    check(
        "select `a` from t",
        "42601 syntax error at or near \"from\" | expected an expression | quote names with double quotes: \"name\", not `name`",
    );
    check(
        "select a from t limit 1, 2",
        "42601 LIMIT #,# syntax is not supported |  | use separate LIMIT and OFFSET clauses: `limit count offset start`",
    );
    check(
        "comment on table t is \"x\"",
        "42601 syntax error at or near \"\"x\"\" | expected the comment in single quotes, or `null` | double quotes name columns and tables; text stands in single quotes",
    );
    check(
        "select a,\nfrom t",
        "42601 syntax error at or near \"from\" | expected an expression | remove the comma before `from`",
    );
    check(
        "select * from (select 1)",
        "42601 subquery in FROM must have an alias |  | For example, FROM (SELECT ...) [AS] foo.",
    );
    check(
        "create table t (a int) # c",
        "42601 syntax error at or near \"#\" | expected `;` or the end | a comment begins with `--`",
    );
}

#[test]
fn nothing_exhausts_the_stack() {
    let deep = 4_000;
    let nested = [
        ("(", "1", ")"),
        ("not ", "true", ""),
        ("- ", "a", ""),
        ("f(", "1", ")"),
        ("case when ", "true", " then 1 end"),
        ("array[", "1", "]"),
        ("array[1, a[", "1", "]]"),
        ("cast(", "1", " as int)"),
        ("coalesce(1, ", "1", ")"),
        ("extract(year from ", "a", ")"),
        ("(select ", "1", ")"),
        ("exists (select 1 from t where ", "true", ")"),
        ("a in (", "1", ")"),
        ("1 + (2, ", "1", ")"),
        ("a::numeric(", "1", ")"),
        ("sum(a) over (order by ", "1", ")"),
        ("row(", "1", ")"),
        ("a = any (", "b", ")"),
    ];
    for (open, middle, close) in nested {
        let text = format!("select {}{middle}{}", open.repeat(deep), close.repeat(deep));
        assert!(mistakes(&text).starts_with("54001 stack depth limit exceeded"), "{open}");
        let text = format!("select {}{middle}{}", open.repeat(40), close.repeat(40));
        assert_eq!(mistakes(&text), "", "{open}");
    }
    let chains = [
        ("select a", " + 1"),
        ("select a", "::int"),
        ("select (a)", ".b"),
        ("select a", " is null"),
        ("select a", " collate x"),
        ("select 1", " union select 1"),
        ("select 1", " intersect select 1"),
        ("select * from t", " cross join t"),
        ("select * from t", " join t on true"),
    ];
    for (first, next) in chains {
        assert!(mistakes(&(first.to_owned() + &next.repeat(deep))).starts_with("54001"), "{next}");
        assert_eq!(mistakes(&(first.to_owned() + &next.repeat(300))), "", "{next}");
    }
    for (first, open) in
        [("", "explain "), ("", "with a as ("), ("", "select * from ("), ("select * from ", "(t cross join ")]
    {
        let text = format!("{first}{}select 1", open.repeat(deep));
        assert!(mistakes(&text).starts_with("54001"), "{open}: {}", mistakes(&text));
    }
}

#[test]
fn what_grows_sideways_has_no_limit() {
    let run =
        format!("select {} from t where {}", vec!["a"; 20_000].join(", "), vec!["a"; 20_000].join(" and "));
    let select = only_select(&run);
    assert_eq!(select.targets.len(), 20_000);
    match select.filter.map(|filter| *filter.kind) {
        Some(ExprKind::And(run)) => assert_eq!(run.len(), 20_000),
        other => panic!("expected one run of `and`, found {other:?}"),
    }
    let rows = vec!["(1, 'x', now() - interval '1 day')"; 20_000].join(", ");
    assert_eq!(mistakes(&format!("insert into t values {rows}")), "");
}

#[test]
fn any_bytes_are_read_or_refused() {
    let corpus = "select 'a' || $1 from \"t\" where a->>'b' = e'\\n' /* c */ -- d\n; create table t (a int); $$x$$ u&'\\0061'";
    // Every prefix, and every text with one character missing: none may panic, and a mistake lies within the text.
    for (at, _) in corpus.char_indices() {
        let missing = corpus
            .char_indices()
            .filter(|(place, _)| *place != at)
            .map(|(_, letter)| letter)
            .collect::<String>();
        for text in [&corpus[..at], &missing] {
            for error in parse_all(text).errors {
                assert!(error.span.end as usize <= text.len(), "{text}");
            }
        }
    }
}
