//! The grammar, text in and text out: a query string, and the typed request in a short notation.
//! **Must not:** test one function at a time: the notation is all that a refactor may see.

use std::fmt::Write;

use super::{
    Arrow, At, Condition, EmbedPath, Field, Filter, Join, LogicTree, Operand, Operation, OrderTerm, Query,
    SelectItem, Shape,
};
use web::Limits;

use crate::error::RequestError;

/// Reads a query string and shows what it means, or the error's message and details.
fn check(raw: &str, expected: &str) {
    let shown = match Query::parse(raw, &Limits::default()) {
        Ok(query) => show(&query),
        Err(RequestError::Syntax(error)) => format!("{error}: {}", error.complaint),
        Err(error) => error.to_string(),
    };
    assert_eq!(shown, expected, "for {raw}");
}

fn show(query: &Query) -> String {
    let mut parts = Vec::new();
    if query.select != [SelectItem::Star] {
        parts.push(format!("select {}", items(&query.select)));
    }
    if let Some(columns) = &query.columns {
        parts.push(format!("columns {:?}", columns.iter().map(super::Name::as_str).collect::<Vec<_>>()));
    }
    if let Some(columns) = &query.on_conflict {
        parts.push(format!("conflict {:?}", columns.iter().map(super::Name::as_str).collect::<Vec<_>>()));
    }
    parts.extend(query.filters.iter().map(|at| located("where", at, filter(&at.item))));
    parts.extend(query.trees.iter().map(|at| located("tree", at, tree(&at.item))));
    parts.extend(query.orders.iter().map(|at| located("order", at, at.item.iter().map(order).collect())));
    parts.extend(query.bounds.iter().map(|at| {
        let limit = at.item.limit.map_or("all".to_owned(), |limit| limit.to_string());
        located("rows", at, format!("{limit} from {}", at.item.offset))
    }));
    parts.join("; ")
}

fn located<T>(what: &str, at: &At<T>, text: String) -> String {
    let EmbedPath(path) = &at.path;
    path.iter().fold(what.to_owned(), |shown, name| format!("{shown} in {}", name.as_str())) + " " + &text
}

fn items(list: &[SelectItem]) -> String {
    format!("[{}]", list.iter().map(item).collect::<Vec<_>>().join(" "))
}

fn item(item: &SelectItem) -> String {
    match item {
        SelectItem::Star => "*".to_owned(),
        SelectItem::Count { alias, cast } => format!("{}count(){}", before(alias), after(cast)),
        SelectItem::Column(column) => {
            let aggregate = column.aggregate.as_ref();
            let called = aggregate
                .map_or(String::new(), |called| format!(".{:?}{}", called.function, after(&called.cast)));
            format!("{}{}{}{called}", before(&column.alias), field(&column.field), after(&column.cast))
        }
        SelectItem::Embed(embed) => {
            let shape = match &embed.shape {
                Shape::Spread => "...".to_owned(),
                Shape::Nested(alias) => before(alias),
            };
            let hint = embed.hint.as_ref().map_or(String::new(), |hint| format!("!{}", hint.as_str()));
            let join = if embed.join == Join::Inner { "!!" } else { "" };
            format!("{shape}<{}>{hint}{join}{}", embed.target.as_str(), items(&embed.items))
        }
    }
}

fn before(alias: &Option<super::Name>) -> String {
    alias.as_ref().map_or(String::new(), |alias| format!("{}=", alias.as_str()))
}

fn after(cast: &Option<super::Name>) -> String {
    cast.as_ref().map_or(String::new(), |cast| format!("::{}", cast.as_str()))
}

fn field(field: &Field) -> String {
    let mut shown = format!("`{}`", field.name.as_str());
    for step in &field.json_path {
        shown.push_str(if step.arrow == Arrow::Text { ">>" } else { ">" });
        match &step.operand {
            Operand::Key(key) => write!(shown, "{key:?}").unwrap(),
            Operand::Index(index) => write!(shown, "{index}").unwrap(),
        }
    }
    shown
}

fn filter(filter: &Filter) -> String {
    let Condition { negated, operation } = &filter.condition;
    let test = match operation {
        Operation::Compare { operator, value } => format!("{operator:?} {value:?}"),
        Operation::Quantified { operator, quantifier, values } => {
            format!("{operator:?} {quantifier:?} {values:?}")
        }
        Operation::In(values) => format!("In {values:?}"),
        Operation::Distinct(value) => format!("Distinct {value:?}"),
        Operation::Is(value) => format!("Is {value:?}"),
        Operation::Search { kind, language, query } => format!("{kind:?}{} {query:?}", after(language)),
    };
    format!("{} {}{test}", field(&filter.field), if *negated { "not " } else { "" })
}

fn tree(shown: &LogicTree) -> String {
    match shown {
        LogicTree::Filter(member) => filter(member),
        LogicTree::Group { negated, operator, members } => {
            let members = members.iter().map(tree).collect::<Vec<_>>().join(", ");
            format!("{}{operator:?}({members})", if *negated { "not " } else { "" })
        }
    }
}

fn order(term: &OrderTerm) -> String {
    let relation = term.relation.as_ref().map_or(String::new(), |relation| format!("{}.", relation.as_str()));
    let direction = term.direction.map_or(String::new(), |direction| format!(" {direction:?}"));
    let nulls = term.nulls.map_or(String::new(), |nulls| format!(" nulls {nulls:?}"));
    format!("[{relation}{}{direction}{nulls}]", field(&term.field))
}

#[test]
fn keys_are_told_apart() {
    check("", "");
    check("flag&a=eq.1&&b=eq.2", r#"where `a` Eq "1"; where `b` Eq "2""#);
    check(
        "projects.tasks.order=id&tasks.limit=2&tasks.offset=3",
        "order in projects in tasks [`id`]; rows in tasks 2 from 3",
    );
    check("select=a&select=b&columns=c&columns=d", r#"select [`a`]; columns ["c"]"#);
    check("on_conflict=a,\"b c\"", r#"conflict ["a", "b c"]"#);
    check("a.b.c-d->e=eq.x", r#"where in a in b `c-d`>"e" Eq "x""#);
    check("%22a.b%22=eq.1+2%2B3", r#"where `a.b` Eq "1 2+3""#);
    check("name=eq.a%3Db&x=eq.a=b", r#"where `name` Eq "a=b"; where `x` Eq "a=b""#);
    check(
        "=eq.1",
        r#""failed to parse tree path ()" (line 1, column 1): unexpected end of input expecting field name (* or [a..z0..9_$])"#,
    );
    check("a%00=eq.1", "invalid byte sequence for encoding \"UTF8\": 0x00");
}

#[test]
fn numbers_are_read_or_ignored() {
    check("limit=5&offset=10", "rows 5 from 10");
    check("limit=1&limit=2", "rows 2 from 0");
    check("limit=many&offset=1e3", "");
    check("limit=-1", "rows -1 from 0");
    check("offset=-9", "rows all from 0");
    check("limit=99999999999999999999", "rows 9223372036854775807 from 0");
    check("offset=1000000", "rows all from 1000000");
    check("offset=1000001", "too much in the query string: the offset may be at most 1000000");
    check("offset=99999999999999999999", "too much in the query string: the offset may be at most 1000000");
}

#[test]
fn a_select_list_is_read() {
    check("select=", "select []");
    check("select=*", "");
    check("select= a , b::text , c:d::int4", "select [`a` `b`::text c=`d`::int4]");
    check("select=a,b::text", "select [`a` `b`::text]");
    check("select=\"we,ird\\\"\":\"x.y\"", "select [we,ird\"=`x.y`]");
    check("select=first-name,\u{e9}t\u{e9}", "select [`first-name` `\u{e9}t\u{e9}`]");
    check("select=data->a->>b-c,data->-1->>0::int", r#"select [`data`>"a">>"b-c" `data`>-1>>0::int]"#);
    check("select=x:data->1a", r#"select [x=`data`>"1a"]"#);
    check(
        "select=count(),n:count()::int,a.sum(),t:b::int.avg()::text",
        "select [count() n=count()::int `a`.Sum t=`b`::int.Avg::text]",
    );
    check("select=*,projects(*)", "select [* <projects>[*]]");
    check(
        "select=p:projects!fk!inner(id,tasks!left(*)),...owner(name)",
        "select [p=<projects>!fk!![`id` <tasks>[*]] ...<owner>[`name`]]",
    );
    check("select=projects!inner!fk()", "select [<projects>!fk!![]]");
    check("select=id,count", "select [`id` `count`]");
}

#[test]
fn a_select_list_is_refused_with_its_place() {
    check(
        "select=a,",
        r#""failed to parse select parameter (a,)" (line 1, column 3): unexpected end of input expecting "..." or field name (* or [a..z0..9_$])"#,
    );
    check(
        "select=data->>--34",
        r#""failed to parse select parameter (data->>--34)" (line 1, column 9): unexpected "-" expecting digit"#,
    );
    check(
        "select=data->>-78xy",
        r#""failed to parse select parameter (data->>-78xy)" (line 1, column 11): unexpected 'x' expecting digit, "->", "::", ".", "," or end of input"#,
    );
    check(
        "select=count(id)",
        r#""failed to parse select parameter (count(id))" (line 1, column 6): unexpected "(" expecting ":" or "()""#,
    );
    check(
        "select=a(b",
        r#""failed to parse select parameter (a(b)" (line 1, column 4): unexpected end of input expecting ":", "->>", "->", "::", delimiter (.), "," or ")""#,
    );
    check(
        "select=a)b",
        r#""failed to parse select parameter (a)b)" (line 1, column 2): unexpected ')' expecting ":", "->>", "->", "::", delimiter (.), "," or end of input"#,
    );
    check(
        "select=a.median()",
        r#""failed to parse select parameter (a.median())" (line 1, column 3): unexpected "m" expecting "sum()", "avg()", "count()", "max()" or "min()""#,
    );
    check(
        "select=a:...b(c)",
        r#""failed to parse select parameter (a:...b(c))" (line 1, column 3): unexpected "." expecting field name (* or [a..z0..9_$])"#,
    );
    check(
        "select=a!b!c!d(e)",
        r#""failed to parse select parameter (a!b!c!d(e))" (line 1, column 6): unexpected "!" expecting "(""#,
    );
}

#[test]
fn filters_are_read() {
    check("a=not.eq.x&a=gte.5.5", r#"where `a` not Eq "x"; where `a` Gte "5.5""#);
    check("a=eq.&a=eq.(any)", r#"where `a` Eq ""; where `a` Eq "(any)""#);
    check(
        "a=like.*x*&a=ilike.*_&a=match.a*",
        r#"where `a` Like "%x%"; where `a` Ilike "%_"; where `a` Match "a*""#,
    );
    check(
        "a=like(any).{*x*,y}&a=not.eq(all).{1,2}",
        r#"where `a` Like Any "{%x%,y}"; where `a` not Eq All "{1,2}""#,
    );
    check(
        "a=in.(1,\"b,\\\"c\",d e)&a=in.()&a=in.(\"\")",
        r#"where `a` In ["1", "b,\"c", "d e"]; where `a` In []; where `a` In [""]"#,
    );
    check("a=in.(\"x\"y,z)", r#"where `a` In ["\"x\"y", "z"]"#);
    check(
        "a=is.NULL&a=is.not_null&a=is.true&a=not.is.Unknown",
        "where `a` Is Null; where `a` Is NotNull; where `a` Is True; where `a` not Is Unknown",
    );
    check(
        "a=isdistinct.5&a=cs.{1}&a=adj.[1,2)",
        r#"where `a` Distinct "5"; where `a` Contains "{1}"; where `a` Adjacent "[1,2)""#,
    );
    check("a=fts.cat&a=wfts(english).the cat", r#"where `a` Query "cat"; where `a` Web::english "the cat""#);
}

#[test]
fn filters_are_refused_with_their_place() {
    check(
        "id=0",
        r#""failed to parse filter (0)" (line 1, column 1): unexpected "0" expecting "not" or operator (eq, gt, ...)"#,
    );
    check(
        "id=eqx.1",
        r#""failed to parse filter (eqx.1)" (line 1, column 3): unexpected "x" expecting operator (eq, gt, ...)"#,
    );
    check(
        "id=not.not.eq.1",
        r#""failed to parse filter (not.not.eq.1)" (line 1, column 5): unexpected "n" expecting operator (eq, gt, ...)"#,
    );
    check(
        "id=neq(any).{1}",
        r#""failed to parse filter (neq(any).{1})" (line 1, column 4): unexpected "(" expecting operator (eq, gt, ...)"#,
    );
    check(
        "id=eq(some).{1}",
        r#""failed to parse filter (eq(some).{1})" (line 1, column 3): unexpected "(" expecting operator (eq, gt, ...)"#,
    );
    check(
        "id=is.blue",
        r#""failed to parse filter (is.blue)" (line 1, column 4): unexpected "b" expecting isVal: (null, not_null, true, false, unknown)"#,
    );
    check(
        "id=in.1,2",
        r#""failed to parse filter (in.1,2)" (line 1, column 4): unexpected "1" expecting "(""#,
    );
    check(
        "id=in.(1,2",
        r#""failed to parse filter (in.(1,2)" (line 1, column 8): unexpected end of input expecting ")" or ",""#,
    );
    check(
        "id=is.null.x",
        r#""failed to parse filter (is.null.x)" (line 1, column 8): unexpected '.' expecting end of input"#,
    );
    check(
        "id=",
        r#""failed to parse filter ()" (line 1, column 1): unexpected end of input expecting "not" or operator (eq, gt, ...)"#,
    );
}

#[test]
fn logic_trees_are_read() {
    check("or=(a.eq.1,b.not.is.null)", r#"tree Or(`a` Eq "1", `b` not Is Null)"#);
    check("not.and=(a.eq.1)&p.not.or=(b.gt.2)", r#"tree not And(`a` Eq "1"); tree in p not Or(`b` Gt "2")"#);
    check(
        "and=( or ( a.eq.1 , b.eq.2 ) , not.and(c.eq.3,d->>e.eq.4) )",
        r#"tree And(Or(`a` Eq "1 ", `b` Eq "2 "), not And(`c` Eq "3", `d`>>"e" Eq "4"))"#,
    );
    check(
        "or=(a.in.(1,2),b.eq.\"x,y)\",c.cs.{1,2},d.like(any).{*a*,b})",
        r#"tree Or(`a` In ["1", "2"], `b` Eq "x,y)", `c` Contains "{1,2}", `d` Like Any "{%a%,b}")"#,
    );
    check("or=(order.eq.1,and.eq.2,not.eq.3)", r#"tree Or(`order` Eq "1", `and` Eq "2", `not` Eq "3")"#);
    check("or=(tasks.not.is.null,a.eq.1)", r#"tree Or(`tasks` not Is Null, `a` Eq "1")"#);
}

#[test]
fn logic_trees_are_refused_with_their_place() {
    check(
        "or=()",
        r#""failed to parse logic tree (())" (line 1, column 4): unexpected ")" expecting negation operator (not), logic operator (and, or) or field name (* or [a..z0..9_$])"#,
    );
    check(
        "or=a.eq.1",
        r#""failed to parse logic tree (a.eq.1)" (line 1, column 3): unexpected "a" expecting "(""#,
    );
    check(
        "or=(a.foo.1)",
        r#""failed to parse logic tree ((a.foo.1))" (line 1, column 6): unexpected "f" expecting "not" or operator (eq, gt, ...)"#,
    );
    check(
        "and=(a.eq.1,)",
        r#""failed to parse logic tree ((a.eq.1,))" (line 1, column 12): unexpected ")" expecting negation operator (not), logic operator (and, or) or field name (* or [a..z0..9_$])"#,
    );
    check(
        "and=(a.eq.1",
        r#""failed to parse logic tree ((a.eq.1)" (line 1, column 11): unexpected end of input expecting ")" or ",""#,
    );
}

#[test]
fn orders_are_read() {
    check(
        "order=a,b.desc,c.asc.nullsfirst,d.nullslast",
        "order [`a`][`b` Descending][`c` Ascending nulls First][`d` nulls Last]",
    );
    check(
        "order=data->>x.desc,rel(name).asc, z",
        r#"order [`data`>>"x" Descending][rel.`name` Ascending][`z`]"#,
    );
    check("order=a&order=b", "order [`a`]");
    check(
        "order=id.wrong",
        r#""failed to parse order (id.wrong)" (line 1, column 4): unexpected "w" expecting "asc", "desc", "nullsfirst" or "nullslast""#,
    );
    check(
        "order=id.descc",
        r#""failed to parse order (id.descc)" (line 1, column 8): unexpected 'c' expecting delimiter (.), "," or end of input"#,
    );
    check(
        "order=id.nullslasttt",
        r#""failed to parse order (id.nullslasttt)" (line 1, column 13): unexpected 't' expecting "," or end of input"#,
    );
    check(
        "order=",
        r#""failed to parse order ()" (line 1, column 1): unexpected end of input expecting field name (* or [a..z0..9_$])"#,
    );
}

#[test]
fn limits_hold_at_the_limit_and_over_it() {
    let nested = |depth: usize, open: &str, inner: &str| open.repeat(depth) + inner + &")".repeat(depth);
    let listed = |count: usize, item: &str| vec![item; count].join(",");
    let over =
        |what: &str, limit: usize| format!("too much in the query string: {what} may be at most {limit}");
    let fits = |raw: String| assert!(Query::parse(&raw, &Limits::default()).is_ok(), "for {raw}");

    fits(format!("and={}", nested(8, "and(", "a.eq.1").trim_start_matches("and")));
    for depth in [9, 900] {
        let tree = nested(depth, "and(", "a.eq.1");
        check(&format!("and={}", tree.trim_start_matches("and")), &over("the depth of a logic tree", 8));
    }
    fits(format!("or=({})", listed(100, "a.eq.1")));
    check(&format!("or=({})&b=eq.1", listed(100, "a.eq.1")), &over("the number of conditions", 100));
    fits(format!("a=in.({})", listed(1_000, "1")));
    check(&format!("a=in.({})", listed(1_001, "1")), &over("the number of values of an `in` list", 1_000));
    fits(format!("select={}", nested(5, "a(", "b")));
    for depth in [6, 500] {
        check(&format!("select={}", nested(depth, "a(", "b")), &over("the depth of embeds", 5));
    }
    fits(format!("select={}", listed(20, "a(b)")));
    check(&format!("select={}", listed(21, "a(b)")), &over("the number of embeds", 20));
    fits(format!("select={}", listed(200, "a")));
    check(&format!("select={}", listed(20_000, "a")), &over("the number of select items", 200));
    fits(format!("order={}", listed(10, "a")));
    check(&format!("order={}", listed(11, "a")), &over("the number of order terms", 10));
    fits(format!("a=match.{}", "x".repeat(512)));
    check(&format!("a=match.{}", "x".repeat(513)), &over("the bytes of a pattern", 512));
    check(&format!("a=like(any).{}", "x".repeat(51_200)), &over("the bytes of a pattern", 512));
}

#[test]
fn no_text_makes_the_grammar_panic() {
    // A small generator over the grammar's own alphabet finds more than random bytes do; the fuzz target goes on
    // from here.
    let parts = [
        "a",
        "b-c",
        "\"",
        "\\",
        "\"x,y\"",
        "(",
        ")",
        ",",
        ".",
        ":",
        "::",
        "!",
        "...",
        "*",
        "->",
        "->>",
        "-",
        "1",
        " ",
        "{",
        "}",
        "not.",
        "and",
        "or",
        "eq.",
        "in.(",
        "is.",
        "like(any).",
        "fts(x).",
        "count()",
        "sum()",
        "asc",
        "nullslast",
        "inner",
        "\u{e9}",
        "%",
        "&",
        "=",
        "select=",
        "order=",
        "or=(",
        "x.limit=",
        "\u{301}",
        "%2C",
        "%00",
        "%FF",
        "+",
    ];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..20_000 {
        let mut raw = String::new();
        for _ in 0..state % 24 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            raw.push_str(parts[usize::try_from(state % parts.len() as u64).unwrap()]);
        }
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        if let Ok(query) = Query::parse(&raw, &Limits::default()) {
            let again = Query::parse(&super::canonical(&query.pairs), &Limits::default());
            assert!(again.is_ok(), "{raw} is read, but not its canonical form");
        }
    }
}
