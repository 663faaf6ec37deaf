//! Queries and changes at random. Not all of them are valid; then both parsers must refuse.
//!
//! **Must not:** write what PostgreSQL 15 and the oracle's version read differently: those stand in `corpus/differences.sql`.

use crate::generate::{expression, expressions, order, window};
use crate::random::Random;

/// A query in parentheses.
pub fn query(random: &mut Random, depth: usize) -> String {
    format!("({})", bare_query(random, depth))
}

/// A query without them.
pub fn bare_query(random: &mut Random, depth: usize) -> String {
    if depth == 0 {
        return random
            .one(&[
                "select 1",
                "select a from t",
                "values (1), (2)",
                "table t",
                "select * from t where a = b",
            ])
            .to_owned();
    }
    let mut text = match random.below(10) {
        0 => format!("{} {} {}", side(random, depth), set_operator(random), side(random, depth)),
        1 => {
            let first = format!("{} {} {}", side(random, depth), set_operator(random), side(random, depth));
            format!("{first} {} {}", set_operator(random), side(random, depth))
        }
        2 => format!(
            "values ({}), ({})",
            expressions(random, depth.saturating_sub(1), 1),
            expressions(random, 0, 1)
        ),
        3 => format!("with {} {}", common_tables(random, depth), bare_query(random, depth.saturating_sub(1))),
        _ => select(random, depth),
    };
    if random.chance(4) {
        text.push_str(&format!(" order by {}", order(random, depth.saturating_sub(1))));
    }
    let clauses = [
        format!(" limit {}", expression(random, depth / 2)),
        format!(" offset {}", expression(random, depth / 2)),
        " limit all".to_owned(),
        " fetch first 5 rows only".to_owned(),
        " fetch next (1 + 1) row only".to_owned(),
        " offset 3 rows".to_owned(),
        format!(
            " for {}",
            random.one(&[
                "update",
                "share of t",
                "no key update nowait",
                "key share skip locked",
                "update for share"
            ])
        ),
    ];
    for _ in 0..2 {
        if random.chance(6) {
            text.push_str(&clauses[random.below(clauses.len())]);
        }
    }
    text
}

fn side(random: &mut Random, depth: usize) -> String {
    if random.chance(3) {
        query(random, depth.saturating_sub(1))
    } else {
        select(random, depth.saturating_sub(1))
    }
}

fn set_operator(random: &mut Random) -> String {
    let operator = random.one(&["union", "intersect", "except"]);
    format!("{operator}{}", random.one(&["", "", " all", " distinct"]))
}

fn common_tables(random: &mut Random, depth: usize) -> String {
    let recursive = random.one(&["", "", "recursive "]);
    let materialized = random.one(&["", "", "materialized ", "not materialized "]);
    let columns = random.one(&["", "(a, b)"]);
    let inner = match random.below(4) {
        0 => change(random, depth.saturating_sub(1)),
        _ => bare_query(random, depth.saturating_sub(1)),
    };
    let tail = random.one(&[
        "",
        "",
        "",
        " search depth first by a, b set o",
        " cycle a set c using p",
        " cycle a set c to 1 default 0 using p",
    ]);
    let second = if random.chance(3) { ", u as (select 1)" } else { "" };
    format!("{recursive}c{columns} as {materialized}({inner}){tail}{second}")
}

fn select(random: &mut Random, depth: usize) -> String {
    let depth = depth.max(1);
    let distinct = match random.below(6) {
        0 => "distinct ".to_owned(),
        1 => format!("distinct on ({}) ", expressions(random, depth.saturating_sub(1), 1)),
        2 => "all ".to_owned(),
        _ => String::new(),
    };
    let mut text = format!("select {distinct}{}", targets(random, depth));
    if !random.chance(4) {
        text.push_str(&format!(" from {}", relations(random, depth)));
    }
    if random.chance(2) {
        text.push_str(&format!(" where {}", expression(random, depth)));
    }
    if random.chance(4) {
        let groups = match random.below(6) {
            0 => format!("rollup({}), a", expressions(random, depth.saturating_sub(1), 1)),
            1 => "grouping sets ((a, b), a, cube(b, c), ())".to_owned(),
            2 => format!("distinct {}", expressions(random, depth.saturating_sub(1), 1)),
            _ => expressions(random, depth.saturating_sub(1), 1),
        };
        text.push_str(&format!(" group by {groups}"));
    }
    if random.chance(8) {
        text.push_str(&format!(" having {}", expression(random, depth.saturating_sub(1))));
    }
    if random.chance(8) {
        text.push_str(&format!(" window w as ({}), v as (w)", window(random, depth.saturating_sub(1))));
    }
    text
}

fn targets(random: &mut Random, depth: usize) -> String {
    let count = 1 + random.below(3);
    let targets = (0..count).map(|_| match random.below(8) {
        0 => "*".to_owned(),
        1 => "t.*".to_owned(),
        2 => format!("{} as \"L\"", expression(random, depth.saturating_sub(1))),
        3 => format!("{} as select", expression(random, depth.saturating_sub(1))),
        4 => format!(
            "{} {}",
            expression(random, depth.saturating_sub(1)),
            random.one(&["label", "name", "value", "user", "year", "over", "end", "at", "is", "and"])
        ),
        _ => expression(random, depth.saturating_sub(1)),
    });
    targets.collect::<Vec<_>>().join(", ")
}

fn relations(random: &mut Random, depth: usize) -> String {
    let count = 1 + random.below(2);
    (0..count).map(|_| relation(random, depth)).collect::<Vec<_>>().join(", ")
}

fn relation(random: &mut Random, depth: usize) -> String {
    if depth == 0 {
        return random
            .one(&["t", "s.t", "t as x", "t x", "only t", "t * y (a, b)", "only (t)", "\"T\" z"])
            .to_owned();
    }
    match random.below(12) {
        0..=2 => {
            let join = random.one(&["join", "inner join", "left join", "right outer join", "full join"]);
            let condition = match random.below(3) {
                0 => random.one(&[" using (a)", " using (a, b) as j"]).to_owned(),
                _ => format!(" on {}", expression(random, depth.saturating_sub(1))),
            };
            format!(
                "{} {join} {}{condition}",
                relation(random, depth.saturating_sub(1)),
                relation(random, depth.saturating_sub(1))
            )
        }
        3 => {
            let join = random.one(&["cross join", "natural join", "natural left join"]);
            format!(
                "{} {join} {}",
                relation(random, depth.saturating_sub(1)),
                relation(random, depth.saturating_sub(1))
            )
        }
        4 => format!(
            "({} cross join {}){}",
            relation(random, depth.saturating_sub(1)),
            relation(random, 0),
            random.one(&["", " as j", " j (a, b)"])
        ),
        5 => format!(
            "{}{} as q{}",
            random.one(&["", "lateral "]),
            query(random, depth.saturating_sub(1)),
            random.one(&["", " (a, b)"])
        ),
        6 => {
            let alias = random.one(&[
                "",
                " f",
                " as f (a, b)",
                " as f (a int, b text collate \"C\")",
                " as (a int)",
                " with ordinality as f (a)",
            ]);
            format!(
                "{}f({}){alias}",
                random.one(&["", "lateral "]),
                expressions(random, depth.saturating_sub(1), 0)
            )
        }
        7 => "rows from (f(1), g(2) as (a int)) with ordinality as r".to_owned(),
        8 => "t tablesample bernoulli (10) repeatable (1)".to_owned(),
        9 => random.one(&["current_date d", "coalesce(a, b) as c", "s.f(1) x", "left('a', 1)"]).to_owned(),
        _ => relation(random, 0),
    }
}

/// An `insert`, `update` or `delete`.
pub fn change(random: &mut Random, depth: usize) -> String {
    let depth = depth.max(1);
    let with = if random.chance(5) {
        format!("with {} ", common_tables(random, depth.saturating_sub(1)))
    } else {
        String::new()
    };
    let returning = match random.below(4) {
        0 => format!(" returning {}", targets(random, depth.saturating_sub(1))),
        1 => " returning *".to_owned(),
        _ => String::new(),
    };
    let text = match random.below(3) {
        0 => insert(random, depth),
        1 => {
            let from = if random.chance(3) {
                format!(" from {}", relations(random, depth.saturating_sub(1)))
            } else {
                String::new()
            };
            let table = random.one(&["t", "t as x", "only s.t x", "t * x"]);
            format!("update {table} set {}{from}{}", assignments(random, depth), filter(random, depth))
        }
        _ => {
            let using = if random.chance(3) {
                format!(" using {}", relations(random, depth.saturating_sub(1)))
            } else {
                String::new()
            };
            format!(
                "delete from {}{using}{}",
                random.one(&["t", "only t", "s.t as x", "t x"]),
                filter(random, depth)
            )
        }
    };
    format!("{with}{text}{returning}")
}

fn insert(random: &mut Random, depth: usize) -> String {
    let columns = random.one(&[
        "",
        " (a, b)",
        " (a[1], b.c, d[1:2])",
        " (name, value)",
        " (a) overriding system value",
    ]);
    let source = match random.below(5) {
        0 if !columns.contains('(') => "default values".to_owned(),
        1 | 2 => bare_query(random, depth.saturating_sub(1)),
        _ => format!("values ({}, default)", expressions(random, depth.saturating_sub(1), 1)),
    };
    let conflict = match random.below(6) {
        0 => " on conflict do nothing".to_owned(),
        1 => format!(
            " on conflict (a, lower(b) collate \"C\" text_ops, (a + b)) where {} do update set {}{}",
            expression(random, depth.saturating_sub(1)),
            assignments(random, depth.saturating_sub(1)),
            filter(random, depth.saturating_sub(1))
        ),
        2 => format!(
            " on conflict on constraint k do update set {}",
            assignments(random, depth.saturating_sub(1))
        ),
        _ => String::new(),
    };
    format!("insert into {}{columns} {source}{conflict}", random.one(&["t", "s.t", "t as x"]))
}

fn assignments(random: &mut Random, depth: usize) -> String {
    let count = 1 + random.below(2);
    let assignments = (0..count).map(|_| match random.below(6) {
        0 => format!("(a, b) = {}", query(random, depth / 2)),
        1 => format!("(a, b[1]) = row({})", expressions(random, depth.saturating_sub(1), 2)),
        2 => "a = default".to_owned(),
        3 => format!("a[1].f = {}", expression(random, depth.saturating_sub(1))),
        _ => format!("b = {}", expression(random, depth.saturating_sub(1))),
    });
    assignments.collect::<Vec<_>>().join(", ")
}

fn filter(random: &mut Random, depth: usize) -> String {
    match random.below(5) {
        0 => String::new(),
        1 => " where current of k".to_owned(),
        _ => format!(" where {}", expression(random, depth.saturating_sub(1))),
    }
}
