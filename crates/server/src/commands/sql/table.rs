//! Rows as a person or a program reads them: aligned as psql does, CSV, JSON lines.

use algebra::types::{Category, Type};
use algebra::value::{Value, output, write_json};
use database::Rows;

use crate::cli::RowFormat;

/// The rows as text.
pub(super) fn text(rows: &Rows, format: RowFormat) -> String {
    match format {
        RowFormat::Table => aligned(rows),
        RowFormat::Csv => csv(rows),
        RowFormat::Json => json(rows),
    }
}

fn aligned(rows: &Rows) -> String {
    let cells: Vec<Vec<String>> = rows
        .rows
        .iter()
        .map(|row| row.0.iter().zip(&rows.columns).map(|(value, (_, ty))| output(value, ty)).collect())
        .collect();
    let width = |column: usize, name: &str| {
        let widest = cells.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        widest.max(name.chars().count())
    };
    let widths: Vec<_> = rows.columns.iter().enumerate().map(|(at, (name, _))| width(at, name)).collect();
    let mut out = String::new();
    let names = rows.columns.iter().zip(&widths).map(|((name, _), width)| format!(" {name:^width$} "));
    out.push_str(names.collect::<Vec<_>>().join("|").trim_end());
    out.push('\n');
    out.push_str(&widths.iter().map(|width| "-".repeat(width + 2)).collect::<Vec<_>>().join("+"));
    out.push('\n');
    for row in &cells {
        let line = row.iter().zip(&widths).zip(&rows.columns).map(|((cell, width), (_, ty))| {
            if is_right(ty) { format!(" {cell:>width$} ") } else { format!(" {cell:<width$} ") }
        });
        out.push_str(line.collect::<Vec<_>>().join("|").trim_end());
        out.push('\n');
    }
    let count = rows.rows.len();
    out.push_str(&format!("({count} {})\n", if count == 1 { "row" } else { "rows" }));
    out
}

/// Numbers stand on the right.
fn is_right(ty: &Type) -> bool {
    ty.category() == Category::Numeric
}

fn csv(rows: &Rows) -> String {
    let field = |text: &str| {
        let is_plain = !text.is_empty() && !text.contains(['"', ',', '\n', '\r']);
        if is_plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
    };
    let mut out = rows.columns.iter().map(|(name, _)| field(name)).collect::<Vec<_>>().join(",");
    out.push('\n');
    for row in &rows.rows {
        let cells = row.0.iter().zip(&rows.columns).map(|(value, (_, ty))| match value {
            Value::Null => String::new(),
            value => field(&output(value, ty)),
        });
        out.push_str(&cells.collect::<Vec<_>>().join(","));
        out.push('\n');
    }
    out
}

/// One object a line.
fn json(rows: &Rows) -> String {
    let mut out = Vec::new();
    for row in &rows.rows {
        out.push(b'{');
        for (at, (value, (name, ty))) in row.0.iter().zip(&rows.columns).enumerate() {
            if at > 0 {
                out.push(b',');
            }
            write_json(&Value::Text(name.clone()), &Type::Text, &mut out);
            out.push(b':');
            write_json(value, ty, &mut out);
        }
        out.extend_from_slice(b"}\n");
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::cli::RowFormat;
    use algebra::types::Type;
    use algebra::value::Value;
    use database::{Row, Rows};

    #[test]
    fn rows_are_aligned_as_psql_aligns_them() {
        let rows = Rows {
            columns: vec![("id".to_owned(), Type::Int4), ("title".to_owned(), Type::Text)],
            rows: vec![
                Row(vec![Value::Int(10), Value::Text("a, b".to_owned())]),
                Row(vec![Value::Int(2), Value::Null]),
            ],
            affected: 0,
        };
        let table = " id | title\n----+-------\n 10 | a, b\n  2 |\n(2 rows)\n";
        assert_eq!(text(&rows, RowFormat::Table), table);
        assert_eq!(text(&rows, RowFormat::Csv), "id,title\n10,\"a, b\"\n2,\n");
        assert_eq!(
            text(&rows, RowFormat::Json),
            "{\"id\":10,\"title\":\"a, b\"}\n{\"id\":2,\"title\":null}\n"
        );
    }
}
