//! A diagnostic drawn over its source: place, line, caret, detail, help, as rustc draws them.
//!
//! **Must not:** print; the text goes back to whoever runs the command.

use std::fmt::Write;

use super::Diagnostic;
use crate::syntax::name::Span;

/// A column of text is a character; a tab counts as one and is drawn as one blank.
struct Line<'t> {
    /// From 1.
    number: usize,
    text: &'t str,
    /// Byte offset of its first character.
    start: usize,
}

const RED: &str = "31;1";
const BLUE: &str = "34;1";
const CYAN: &str = "36;1";

impl Diagnostic {
    /// The diagnostic as a person reads it: `error[42P01]: …`, the file's name with line and column, the line with what is meant
    /// underlined, detail and help.
    pub fn picture(&self, file: &str, text: &str, colours: bool) -> String {
        let pen = Pen { colours };
        let mut out =
            format!("{}: {}\n", pen.paint(&format!("error[{}]", self.sqlstate.code()), RED), self.message);
        let mut places = vec![(self.span, "", true)];
        places.extend(self.labels.iter().map(|label| (label.span, label.text.as_str(), false)));
        let widest = places.iter().map(|(span, ..)| line_of(text, span.start).number).max().unwrap_or(1);
        let gutter = widest.to_string().len();
        let first = line_of(text, self.span.start);
        let column = text[first.start..clamp(text, self.span.start)].chars().count() + 1;
        let arrow = pen.paint("-->", BLUE);
        let _ = writeln!(out, "{:gutter$}{arrow} {file}:{}:{column}", "", first.number);
        for (span, remark, is_main) in places {
            pen.draw(&mut out, text, span, (remark, is_main), gutter);
        }
        for (word, line) in [("note", &self.detail), ("help", &self.hint)] {
            if let Some(line) = line {
                let _ = writeln!(
                    out,
                    "{:gutter$} {} {}: {line}",
                    "",
                    pen.paint("=", BLUE),
                    pen.paint(word, CYAN)
                );
            }
        }
        out
    }
}

struct Pen {
    colours: bool,
}

impl Pen {
    fn paint(&self, text: &str, code: &str) -> String {
        if self.colours { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn draw(&self, out: &mut String, text: &str, span: Span, (remark, is_main): (&str, bool), gutter: usize) {
        let line = line_of(text, span.start);
        let bar = self.paint("|", BLUE);
        let number = self.paint(&format!("{:gutter$}", line.number), BLUE);
        let shown: String = line.text.chars().map(|c| if c == '\t' { ' ' } else { c }).collect();
        let before = text[line.start..clamp(text, span.start)].chars().count();
        let line_end = line.start + line.text.len();
        let end = clamp(text, span.end).min(line_end);
        let width = text[clamp(text, span.start).min(end)..end].chars().count().max(1);
        let (mark, code) = if is_main { ("^", RED) } else { ("-", BLUE) };
        let marks = self.paint(
            &format!("{}{}{remark}", mark.repeat(width), if remark.is_empty() { "" } else { " " }),
            code,
        );
        let _ = writeln!(out, "{:gutter$} {bar}", "");
        let _ = writeln!(out, "{number} {bar} {shown}");
        let _ = writeln!(out, "{:gutter$} {bar} {:before$}{marks}", "", "");
    }
}

/// The line that holds an offset; behind the end the last one.
fn line_of(text: &str, offset: u32) -> Line<'_> {
    let offset = clamp(text, offset);
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let number = text[..start].matches('\n').count() + 1;
    Line { number, text: text[start..end].trim_end_matches('\r'), start }
}

/// An offset within the text and between two characters.
fn clamp(text: &str, offset: u32) -> usize {
    let mut offset = usize::try_from(offset).unwrap_or(usize::MAX).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Diagnostic, SqlState};
    use crate::syntax::name::Span;

    fn span(start: usize, end: usize) -> Span {
        Span { start: u32::try_from(start).expect("small"), end: u32::try_from(end).expect("small") }
    }

    #[test]
    fn a_mistake_is_underlined_in_its_line() {
        let text = "select 1;\nselect größe frm t;\n";
        let at = text.find("frm").expect("it is there");
        let diagnostic =
            Diagnostic::new(SqlState::SYNTAX_ERROR, "syntax error at or near \"frm\"", span(at, at + 3))
                .with_hint("write `from`");
        let expected = "error[42601]: syntax error at or near \"frm\"\n -> x.sql:2:14\n  |\n2 | select größe frm t;\n  |              ^^^\n  = help: write `from`\n"
            .replace(" -> ", " --> ");
        assert_eq!(diagnostic.picture("x.sql", text, false), expected);
    }

    #[test]
    fn an_end_of_input_is_shown_behind_the_last_character() {
        let diagnostic = Diagnostic::new(SqlState::SYNTAX_ERROR, "syntax error at end of input", span(8, 8));
        assert!(diagnostic.picture("x.sql", "select (", false).contains("1 | select (\n  |         ^\n"));
    }
}
