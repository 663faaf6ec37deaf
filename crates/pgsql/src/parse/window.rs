//! Windows: `over`, `partition by`, frames.
//!
//! **Must not:** check a frame against its order: that is the binder's.

use crate::diagnostic::SqlState;
use crate::parse::Parsed;
use crate::parse::name::is_column_name;
use crate::parse::stream::Parser;
use crate::syntax::expression::{Frame, FrameBound, FrameExclusion, FrameUnit, Over, WindowSpec};
use crate::syntax::name::Span;
use crate::syntax::query::NamedWindow;

impl Parser<'_> {
    /// What follows the word `over`.
    pub(super) fn over(&mut self) -> Parsed<Over> {
        if self.at_mark("(") {
            return self.window_spec().map(Over::Window);
        }
        self.name("a window's name or `(`").map(Over::Name)
    }

    /// `w as (…)`.
    pub(super) fn named_window(&mut self) -> Parsed<NamedWindow> {
        let name = self.name("a window's name")?;
        self.expect("as")?;
        Ok(NamedWindow { name, spec: self.window_spec()? })
    }

    fn window_spec(&mut self) -> Parsed<WindowSpec> {
        self.deeper(|parser| {
            let start = parser.here();
            parser.expect_mark("(")?;
            // These words begin the window's own clauses rather than name a window.
            let clause = parser.at_any(&["partition", "range", "rows", "groups"]);
            let base = if !clause && is_column_name(parser.token()) {
                Some(parser.name("a window's name")?)
            } else {
                None
            };
            let partition_by =
                if parser.accept_words(&["partition", "by"]) { parser.expressions()? } else { Vec::new() };
            let order_by = if parser.at("order") { parser.order_by()? } else { Vec::new() };
            let frame = parser.frame()?;
            if !parser.accept_mark(")") {
                return Err(parser.unexpected("`partition by`, `order by`, a frame or `)`"));
            }
            Ok(WindowSpec { base, partition_by, order_by, frame, span: parser.since(start) })
        })
    }

    fn frame(&mut self) -> Parsed<Option<Frame>> {
        let at = self.here();
        let unit = match self.accept_any(&["rows", "range", "groups"]) {
            Some("rows") => FrameUnit::Rows,
            Some("range") => FrameUnit::Range,
            Some(_) => FrameUnit::Groups,
            None => return Ok(None),
        };
        let (start, end) = if self.accept("between") {
            let start = self.frame_bound()?;
            self.expect("and")?;
            let end = self.frame_bound()?;
            (start, end)
        } else {
            (self.frame_bound()?, FrameBound::CurrentRow)
        };
        self.check_frame(&start, &end, self.since(at))?;
        let exclude = self.frame_exclusion()?;
        Ok(Some(Frame { unit, start, end, exclude, span: self.since(at) }))
    }

    fn frame_bound(&mut self) -> Parsed<FrameBound> {
        if self.accept_words(&["current", "row"]) {
            return Ok(FrameBound::CurrentRow);
        }
        let unbounded = self.accept("unbounded");
        let offset = if unbounded { None } else { Some(self.expression()?) };
        match (self.accept_any(&["preceding", "following"]), offset) {
            (Some("preceding"), None) => Ok(FrameBound::UnboundedPreceding),
            (Some("preceding"), Some(offset)) => Ok(FrameBound::Preceding(offset)),
            (Some(_), None) => Ok(FrameBound::UnboundedFollowing),
            (Some(_), Some(offset)) => Ok(FrameBound::Following(offset)),
            (None, _) => Err(self.unexpected("`preceding` or `following`")),
        }
    }

    fn check_frame(&self, start: &FrameBound, end: &FrameBound, span: Span) -> Parsed<()> {
        let message = match (start, end) {
            (FrameBound::UnboundedFollowing, _) => "frame start cannot be UNBOUNDED FOLLOWING",
            (_, FrameBound::UnboundedPreceding) => "frame end cannot be UNBOUNDED PRECEDING",
            (FrameBound::CurrentRow, FrameBound::Preceding(_)) => {
                "frame starting from current row cannot have preceding rows"
            }
            (FrameBound::Following(_), FrameBound::CurrentRow | FrameBound::Preceding(_)) => {
                "frame starting from following row cannot end with current row"
            }
            _ => return Ok(()),
        };
        let mut error = self.fault(message, span);
        error.sqlstate = SqlState::WINDOWING_ERROR;
        Err(error)
    }

    fn frame_exclusion(&mut self) -> Parsed<FrameExclusion> {
        if !self.accept("exclude") {
            return Ok(FrameExclusion::NoOthers);
        }
        if self.accept_words(&["current", "row"]) {
            return Ok(FrameExclusion::CurrentRow);
        }
        if self.accept_words(&["no", "others"]) {
            return Ok(FrameExclusion::NoOthers);
        }
        match self.accept_any(&["group", "ties"]) {
            Some("group") => Ok(FrameExclusion::Group),
            Some(_) => Ok(FrameExclusion::Ties),
            None => Err(self.unexpected("`current row`, `group`, `ties` or `no others`")),
        }
    }
}
