//! A diagnostic drawn over its source: place, line, caret, detail, help, as rustc draws them.
//!
//! **Must not:** print; the text goes back to whoever runs the command. Let a control character of the source through.

use super::{Diagnostic, Label};
use crate::syntax::name::Span;

/// A longer line is shown in part, around the place that is meant.
const LINE_LENGTH_MAX: usize = 160;

const RED: &str = "31;1";
const BLUE: &str = "34;1";
const CYAN: &str = "36;1";

impl Diagnostic {
    /// The diagnostic as a person reads it: `error[42P01]: …`, the file's name with line and column, the line with what is
    /// meant underlined, further places, detail and help.
    pub fn picture(&self, file: &str, text: &str, colours: bool) -> String {
        let pen = Pen { colours };
        let (remarks, others): (Vec<&Label>, Vec<&Label>) =
            self.labels.iter().partition(|label| label.span == self.span);
        let remark = remarks.iter().map(|label| label.text.as_str()).collect::<Vec<_>>().join(", ");
        let main = Line::at(text, self.span.start);
        let numbers = self.labels.iter().map(|label| Line::at(text, label.span.start).number);
        let gutter = numbers.chain([main.number]).max().unwrap_or(1).to_string().len();

        let title = pen.paint(&format!("error[{}]", self.sqlstate.code()), RED);
        let column = main.column(text, self.span.start) + 1;
        let arrow = pen.paint("-->", BLUE);
        let mut out =
            format!("{title}: {}\n{:gutter$}{arrow} {file}:{}:{column}\n", self.message, "", main.number);
        let bar = pen.paint("|", BLUE);
        out.push_str(&format!("{:gutter$} {bar}\n", ""));
        out.push_str(&pen.place(text, self.span, &Mark { sign: '^', code: RED, remark: &remark }, gutter));
        for label in others {
            out.push_str(&format!("{:gutter$} {bar}\n", ""));
            out.push_str(&pen.place(
                text,
                label.span,
                &Mark { sign: '-', code: BLUE, remark: &label.text },
                gutter,
            ));
        }
        if self.detail.is_some() || self.hint.is_some() {
            out.push_str(&format!("{:gutter$} {bar}\n", ""));
        }
        for (word, line) in [("note", &self.detail), ("help", &self.hint)] {
            if let Some(line) = line {
                let (sign, word) = (pen.paint("=", BLUE), pen.paint(word, CYAN));
                out.push_str(&format!("{:gutter$} {sign} {word}: {line}\n", ""));
            }
        }
        out
    }
}

/// How a place is marked.
struct Mark<'t> {
    sign: char,
    code: &'static str,
    remark: &'t str,
}

struct Pen {
    colours: bool,
}

impl Pen {
    fn paint(&self, text: &str, code: &str) -> String {
        if self.colours { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// The line of a place, and the marks under it with a remark.
    fn place(&self, text: &str, span: Span, mark: &Mark<'_>, gutter: usize) -> String {
        let line = Line::at(text, span.start);
        let length = line.text.chars().count();
        let before = line.column(text, span.start).min(length);
        let end = clamp(text, span.end).min(line.start + line.text.len());
        let width = line.column(text, span_end(end)).saturating_sub(before).max(1);

        let skipped = if length > LINE_LENGTH_MAX { before.saturating_sub(LINE_LENGTH_MAX / 3) } else { 0 };
        let shown: String = line.text.chars().skip(skipped).take(LINE_LENGTH_MAX).map(visible).collect();
        let left = if skipped > 0 { "…" } else { "" };
        let right = if skipped + LINE_LENGTH_MAX < length { "…" } else { "" };

        let blanks = " ".repeat(before - skipped + left.chars().count());
        let marks: String = std::iter::repeat_n(mark.sign, width.min(LINE_LENGTH_MAX)).collect();
        let marks = if mark.remark.is_empty() { marks } else { format!("{marks} {}", mark.remark) };
        let bar = self.paint("|", BLUE);
        let number = self.paint(&format!("{:gutter$}", line.number), BLUE);
        format!(
            "{number} {bar} {left}{shown}{right}\n{:gutter$} {bar} {blanks}{}\n",
            "",
            self.paint(&marks, mark.code)
        )
    }
}

/// A line of the source. A column is a character; a tab counts as one and is drawn as one blank.
struct Line<'t> {
    /// From 1.
    number: usize,
    text: &'t str,
    /// Byte offset of its first character.
    start: usize,
}

impl<'t> Line<'t> {
    /// The line that holds an offset; behind the end the last one.
    fn at(text: &'t str, offset: u32) -> Self {
        let offset = clamp(text, offset);
        let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let number = text[..start].matches('\n').count() + 1;
        Line { number, text: text[start..end].trim_end_matches('\r'), start }
    }

    /// How many characters of the line stand before an offset.
    fn column(&self, text: &str, offset: u32) -> usize {
        text[self.start..clamp(text, offset).max(self.start)].chars().count()
    }
}

fn span_end(end: usize) -> u32 {
    u32::try_from(end).unwrap_or(u32::MAX)
}

/// An offset within the text and between two characters.
fn clamp(text: &str, offset: u32) -> usize {
    let mut offset = usize::try_from(offset).unwrap_or(usize::MAX).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// What a terminal may be shown: a source must not steer it.
fn visible(letter: char) -> char {
    match letter {
        '\t' => ' ',
        letter if letter.is_control() => '\u{fffd}',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Diagnostic, SqlState};
    use crate::parse::parse_script;
    use crate::syntax::name::Span;

    /// The picture of the first mistake of a text.
    fn check(text: &str, expected: &str) {
        let error = parse_script(text).expect_err("a mistake");
        assert_eq!(error.picture("x.sql", text, false), expected);
    }

    #[test]
    fn a_mistake_is_underlined_in_its_line() {
        check(
            "select 1;\nselect größe frm t;\n",
            "error[42601]: syntax error at or near \"t\"\n --> x.sql:2:18\n  |\n2 | select größe frm t;\n  |                  ^ expected `;` or the end\n",
        );
    }

    #[test]
    fn help_says_what_to_write() {
        check(
            "create table t (\n\tid int primary key auto_increment\n)",
            "error[42601]: syntax error at or near \"auto_increment\"\n --> x.sql:2:21\n  |\n2 |  id int primary key auto_increment\n  |                     ^^^^^^^^^^^^^^ expected `,` or `)`\n  |\n  = help: write `generated always as identity`: PostgreSQL has no `auto_increment`\n",
        );
    }

    #[test]
    fn an_end_of_input_is_shown_behind_the_last_token() {
        check(
            "select (\n\n",
            "error[42601]: syntax error at end of input\n --> x.sql:1:9\n  |\n1 | select (\n  |         ^ expected an expression\n",
        );
    }

    #[test]
    fn further_places_have_pictures_of_their_own() {
        let text = "a\nb";
        let diagnostic = Diagnostic::new(SqlState::SYNTAX_ERROR, "twice", Span::new(2, 3))
            .with_label(Span::new(0, 1), "first here")
            .with_detail("a detail");
        let expected = "error[42601]: twice\n --> x.sql:2:1\n  |\n2 | b\n  | ^\n  |\n1 | a\n  | - first here\n  |\n  = note: a detail\n";
        assert_eq!(diagnostic.picture("x.sql", text, false), expected);
    }

    #[test]
    fn long_lines_are_cut_and_control_characters_replaced() {
        let text = format!("select '{}\u{1b}[31m' from from", "x".repeat(400));
        let picture = parse_script(&text).expect_err("a mistake").picture("x.sql", &text, false);
        assert!(picture.lines().all(|line| line.chars().count() < 200), "{picture}");
        assert!(picture.contains("| …x") && !picture.contains('\u{1b}'), "{picture}");
    }

    #[test]
    fn colours_are_asked_for() {
        let error = parse_script("select (").expect_err("a mistake");
        assert!(
            error
                .picture("x.sql", "select (", true)
                .contains("\u{1b}[31;1m^ expected an expression\u{1b}[0m")
        );
    }
}
