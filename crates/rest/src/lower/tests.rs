//! Requests in, plans out: the shape in a short notation, with values in the places of their inputs.
//! **Must not:** test names: the one key here is all that lowering knows of a catalog.

use plan::request::{Action, Condition, Field, Item, Level, Operand, PathKey, Test};
use plan::{Input, Inputs, Member};

use super::key::Key;
use super::{Lowered, with_key};
use crate::testing::request;

/// `GET /rest/v1/t?select=a`, headers as `name: value`, and the body; the key is (id), or (a, b) for `pairs`.
fn check(line: &str, headers: &[(&'static str, &'static str)], body: &str, expected: &str) {
    let shown = request(line, headers, body).and_then(|mut request| {
        let columns: &[&str] = match request.relation.as_str() {
            "pairs" => &["a", "b"],
            "log" => &[],
            _ => &["id"],
        };
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        with_key(&mut request, Key { is_known: true, is_table: true, columns }, 100)
    });
    let shown = match shown {
        Ok(lowered) => show(&lowered),
        Err(error) => format!("{error}"),
    };
    assert_eq!(shown, expected, "for {line}");
}

fn show(lowered: &Lowered) -> String {
    let plan = &lowered.plan;
    let inputs = &lowered.inputs;
    let action = match &plan.action {
        Action::Read => "read".to_owned(),
        Action::Delete => "delete".to_owned(),
        Action::Update { columns, missing_default } => {
            format!("update({}){}", columns.join(" "), if *missing_default { " defaults" } else { "" })
        }
        Action::Insert(insert) => {
            let conflict = insert.conflict.as_ref();
            let conflict = conflict.map_or(String::new(), |conflict| {
                format!(" on ({}) {:?}", conflict.columns.join(" "), conflict.resolution)
            });
            let defaults = if insert.missing_default { " defaults" } else { "" };
            format!("insert({}){defaults}{conflict}", insert.columns.join(" "))
        }
    };
    let rows = inputs.rows.rows.iter().map(|row| row.iter().map(member).collect::<Vec<_>>().join(" "));
    let rows = rows.collect::<Vec<_>>().join(" | ");
    let count = plan.count.map_or(String::new(), |count| format!(" count {count:?}"));
    let mut shown = format!(
        "{action} {{{rows}}} {} as {:?}{count} {:?}",
        level(&plan.level, inputs),
        plan.format,
        plan.expect
    );
    for note in [&lowered.notes.applied, &lowered.notes.warning].into_iter().flatten() {
        shown.push_str("; ");
        shown.push_str(note);
    }
    shown
}

fn member(member: &Member) -> String {
    match member {
        Member::Json(raw) => String::from_utf8_lossy(raw).into_owned(),
        Member::Text(text) => format!("'{}'", String::from_utf8_lossy(text)),
        Member::Null => "null".to_owned(),
        Member::Absent => "-".to_owned(),
    }
}

fn level(level: &Level, inputs: &Inputs) -> String {
    let mut parts = vec![level.items.iter().map(|shown| item(shown, inputs)).collect::<Vec<_>>().join(" ")];
    parts.extend(level.conditions.iter().map(|shown| format!("if {}", condition(shown, inputs))));
    parts.extend(level.order.iter().map(|term| {
        let embed = term.embed.as_ref().map_or(String::new(), |embed| format!("{embed}."));
        let nulls = term.nulls_first.map_or("", |first| if first { " first" } else { " last" });
        format!("by {embed}{}{}{nulls}", field(&term.field), if term.descending { " desc" } else { "" })
    }));
    parts.extend(level.limit.map(|limit| format!("limit {}", value(limit, inputs))));
    parts.extend(level.offset.map(|offset| format!("offset {}", value(offset, inputs))));
    format!("[{}]", parts.join("; "))
}

fn item(item: &Item, inputs: &Inputs) -> String {
    match item {
        Item::All => "*".to_owned(),
        Item::Column { field: shown, .. } => field(shown),
        Item::Count { .. } => "count()".to_owned(),
        Item::Embed(embed) => format!(
            "{}{}{}{}",
            if embed.spread { "..." } else { "" },
            embed.name(),
            if embed.inner { "!" } else { "" },
            level(&embed.level, inputs)
        ),
    }
}

fn field(field: &Field) -> String {
    field.path.iter().fold(field.column.clone(), |shown, step| {
        let arrow = if step.as_text { "->>" } else { "->" };
        match &step.key {
            PathKey::Member(key) => format!("{shown}{arrow}'{key}'"),
            PathKey::Index(index) => format!("{shown}{arrow}{index}"),
        }
    })
}

fn condition(shown: &Condition, inputs: &Inputs) -> String {
    let joined = |members: &[Condition]| {
        members.iter().map(|member| condition(member, inputs)).collect::<Vec<_>>().join(", ")
    };
    match shown {
        Condition::And(members) => format!("and({})", joined(members)),
        Condition::Or(members) => format!("or({})", joined(members)),
        Condition::Not(member) => format!("not {}", condition(member, inputs)),
        Condition::Embed { name, is_null } => {
            format!("{name} {}", if *is_null { "is empty" } else { "has rows" })
        }
        Condition::Compare { field: left, negated, test: right } => {
            format!("{} {}{}", field(left), if *negated { "not " } else { "" }, test(right, inputs))
        }
    }
}

fn test(test: &Test, inputs: &Inputs) -> String {
    let list = |list: &[Input]| list.iter().map(|input| value(*input, inputs)).collect::<Vec<_>>().join(" ");
    match test {
        Test::Operator { operator, operand } => match operand {
            Operand::Value(input) => format!("{operator:?} {}", value(*input, inputs)),
            Operand::Any(inputs) => format!("{operator:?} any({})", list(inputs)),
            Operand::All(inputs) => format!("{operator:?} all({})", list(inputs)),
        },
        Test::In(inputs) => format!("in({})", list(inputs)),
        Test::Is(is) => format!("is {is:?}"),
        Test::Distinct(input) => format!("distinct {}", value(*input, inputs)),
        Test::FullText { parser, query, .. } => format!("{parser:?} {}", value(*query, inputs)),
    }
}

fn value(input: Input, inputs: &Inputs) -> String {
    format!("'{}'", inputs.values[usize::from(input.0)])
}

const ARRAY: &str = "as Array { strip_nulls: false }";
const OBJECT: &str = "as Object { strip_nulls: false }";

#[test]
fn reads_are_lowered() {
    check("GET /rest/v1/t", &[], "", &format!("read {{}} [*] {ARRAY} Any"));
    check(
        "GET /rest/v1/t?select=a,d->>k&a=not.eq.1&or=(b.in.(1,2),not.and(c.is.true,d->0.lt.5))&order=a.desc.nullslast&limit=5&offset=2",
        &[("range", "3-9"), ("prefer", "count=exact")],
        "",
        &format!(
            "read {{}} [a d->>'k'; if a not Eq '1'; if or(b in('1' '2'), not and(c is True, d->0 Lt '5')); by a desc last; limit '4'; offset '3'] {ARRAY} count Exact Any; count=exact"
        ),
    );
    check(
        "HEAD /rest/v1/t?and=(a.eq.1,b.isdistinct.2)&a=like(any).{x*,y}&limit=0",
        &[("accept", "application/vnd.pgrst.object+json;nulls=stripped")],
        "",
        "read {} [*; if a Like any('x%' 'y'); if a Eq '1'; if b distinct '2'; limit '0'] as Object { strip_nulls: true } One",
    );
    check("OPTIONS /rest/v1/t?select=a&x.b=eq.1", &[], "", &format!("read {{}} [*] {ARRAY} Any"));
    check("GET /rest/v1/t?a=eq(any).x", &[], "", "malformed array literal: \"x\"");
}

#[test]
fn values_of_a_query_are_bounded() {
    let condition = format!("a=in.({})", vec!["1"; 1_000].join(","));
    let line =
        |conditions: usize| format!("GET /rest/v1/t?{}", vec![condition.as_str(); conditions].join("&"));
    assert!(request(&line(32), &[], "").is_ok());
    check(&line(33), &[], "", "too much in the query string: the number of values may be at most 32000");
}

#[test]
fn what_is_addressed_to_an_embed_goes_there() {
    check(
        "GET /rest/v1/t?select=*,p:projects!inner(id,tags(*)),...owner(name)&p.id=eq.1&p.tags.order=name&p.tags.limit=3&p=not.is.null&order=owner(name)&owner.name=eq.x",
        &[],
        "",
        &format!(
            "read {{}} [* p![id tags[*; by name; limit '3']; if id Eq '1'] ...owner[name; if name Eq 'x']; if p has rows; by owner.name] {ARRAY} Any"
        ),
    );
    check(
        "GET /rest/v1/t?select=tags(*)&or=(tags.is.null,a.eq.1)",
        &[],
        "",
        &format!("read {{}} [tags[*]; if or(tags is empty, a Eq '1')] {ARRAY} Any"),
    );
    check("GET /rest/v1/t?tags.id=eq.1", &[], "", "'tags' is not an embedded resource in this request");
    check(
        "GET /rest/v1/t?select=tags(*)&tags.x.limit=1",
        &[],
        "",
        "'x' is not an embedded resource in this request",
    );
    check(
        "GET /rest/v1/t?select=p:projects(*)&projects.id=eq.1",
        &[],
        "",
        &format!(
            "read {{}} [p[*; if id Eq '1']] {ARRAY} Any; Embedded resource was referenced by relation name even though it has an alias. Update `projects` to `p` in query string filters, orders or limits."
        ),
    );
}

#[test]
fn writes_are_lowered() {
    let returned = ("prefer", "return=representation");
    check(
        "POST /rest/v1/t?a=eq.1&limit=1",
        &[],
        r#"[{"a":1},{"a":null}]"#,
        "insert(a) {1 | null} [*] as Nothing Any",
    );
    check(
        "POST /rest/v1/t?columns=a,b&select=a&order=a",
        &[("prefer", "missing=default"), returned],
        r#"{"a":1}"#,
        &format!(
            "insert(a b) defaults {{1 -}} [a; by a] {ARRAY} Any; missing=default, return=representation"
        ),
    );
    check(
        "POST /rest/v1/t",
        &[("prefer", "return=headers-only")],
        "{}",
        "insert() {} [*] as Key Any; return=headers-only",
    );
    check(
        "POST /rest/v1/t?on_conflict=x,y",
        &[("prefer", "resolution=ignore-duplicates")],
        r#"{"a":1}"#,
        "insert(a) on (x y) Ignore {1} [*] as Nothing Any; resolution=ignore-duplicates",
    );
    check(
        "POST /rest/v1/log",
        &[("prefer", "resolution=merge-duplicates")],
        r#"{"a":1}"#,
        "insert(a) {1} [*] as Nothing Any",
    );
    check(
        "PATCH /rest/v1/t?a=eq.1&limit=3",
        &[("prefer", "handling=strict,max-affected=2")],
        r#"[{"b":1},{"b":2}]"#,
        "update(b) {1} [*; if a Eq '1'] as Nothing AtMost(2); handling=strict, max-affected=2",
    );
    check("PATCH /rest/v1/t?columns=b", &[], "[]", "update() {} [*] as Nothing Any");
    check(
        "DELETE /rest/v1/t?a=eq.1",
        &[returned, ("accept", "application/vnd.pgrst.object+json")],
        "ignored",
        &format!("delete {{}} [*; if a Eq '1'] {OBJECT} One; return=representation"),
    );
}

#[test]
fn put_is_about_one_key() {
    let good = "insert(id b) on () Merge {7 2} [*] as Nothing Any";
    check("PUT /rest/v1/t?id=eq.7", &[], r#"{"id":7,"b":2}"#, good);
    check("PUT /rest/v1/t?id=eq.7", &[], r#"[{"id":7,"b":2}]"#, good);
    check(
        "PUT /rest/v1/pairs?b=eq.x&a=eq.1",
        &[],
        r#"{"a":1,"b":"x"}"#,
        "insert(a b) on () Merge {1 \"x\"} [*] as Nothing Any",
    );
    for query in
        ["", "id=gt.7", "id=not.eq.7", "id=eq.7&b=eq.2", "id=eq.7&or=(b.eq.1)", "id->x=eq.7", "b=eq.7"]
    {
        let line = format!("PUT /rest/v1/t?{query}");
        check(
            &line,
            &[],
            r#"{"id":7,"b":2}"#,
            "Filters must include all and only primary key columns with 'eq' operators",
        );
    }
    for body in [r#"{"id":8}"#, r#"{"b":7}"#, r#"{"id":null}"#, "[]", r#"[{"id":7},{"id":7}]"#] {
        check(
            "PUT /rest/v1/t?id=eq.7",
            &[],
            body,
            "Payload values do not match URL in primary key column(s)",
        );
    }
    check(
        "PUT /rest/v1/t?id=eq.7&limit=1",
        &[],
        "{}",
        "limit/offset querystring parameters are not allowed for PUT",
    );
}

#[test]
fn items_are_addressed_by_their_key() {
    check("GET /api/t/42?select=a", &[], "", &format!("read {{}} [a; if id Eq '42'] {OBJECT} One"));
    check(
        "PATCH /api/pairs/1,x",
        &[],
        r#"{"c":1}"#,
        &format!("update(c) {{1}} [*; if a Eq '1'; if b Eq 'x'] {OBJECT} One"),
    );
    check("DELETE /api/t/42", &[], "", "delete {} [*; if id Eq '42'] as Nothing One");
    check(
        "PUT /api/t/42",
        &[],
        r#"{"b":1}"#,
        &format!("insert(b id) on () Merge {{1 '42'}} [*] {OBJECT} One"),
    );
    check("PUT /api/t/42", &[], r#"{"id":43}"#, "Payload values do not match URL in primary key column(s)");
    check("POST /api/t", &[], r#"{"b":1}"#, &format!("insert(b) {{1}} [*] {OBJECT} One"));
    check("POST /api/t", &[], r#"[{"b":1}]"#, &format!("insert(b) {{1}} [*] {ARRAY} Any"));
    check("GET /api/pairs/1", &[], "", "the key of `pairs` is `a,b`, and the URL has 1 values");
    check("GET /api/log/1", &[], "", "`log` has no primary key, so its rows have no URLs");
    check("POST /api/t/42", &[], "{}", "Unsupported HTTP method: POST");
}

#[test]
fn the_first_mistake_is_told() {
    check("GET /rest/v1/a/b?x", &[], "", "Invalid path specified in request URL");
    check("TRACE /rest/v1/t?a=1", &[("accept-profile", "x")], "", "Unsupported HTTP method: TRACE");
    check("GET /rest/v1/t?a=1", &[("accept-profile", "x")], "", "Invalid schema: x");
    check(
        "GET /rest/v1/rpc/f?a=1&b=eq.2",
        &[],
        "",
        "Could not find the function public.f(a) in the schema cache",
    );
    check(
        "POST /rest/v1/rpc/f",
        &[],
        "",
        "Could not find the function public.f without parameters in the schema cache",
    );
    check(
        "POST /rest/v1/rpc/f",
        &[],
        r#"{"x":1,"y":2}"#,
        "Could not find the function public.f(x, y) in the schema cache",
    );
    check("PUT /rest/v1/rpc/f", &[], "", "Cannot use the PUT method on RPC");
    check("GET /rest/v1/", &[], "", "The OpenAPI root is disabled");
    check("GET /rest/v1/t?apikey=abc", &[], "", &format!("read {{}} [*] {ARRAY} Any"));
}
