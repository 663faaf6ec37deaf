//! How deep a parse has gone and how high the tree has grown, so that neither the parser nor anyone who walks the tree
//! can run out of stack.
//!
//! **Must not:** depend on what is being read.

use crate::diagnostic::{Diagnostic, SqlState};
use crate::parse::Parsed;
use crate::parse::stream::Parser;

/// How many levels of parentheses, sub-queries, calls and the like may lie within each other.
pub(super) const DEPTH_MAX: u32 = 200;

/// How high a tree may be. It is more than the depth, for `a || b || c …` grows the tree without going down.
pub(super) const HEIGHT_MAX: u32 = 500;

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Depth {
    now: u32,
    /// The lowest level that what was read last reaches, counted from the top.
    reached: u32,
}

impl Parser<'_> {
    /// Reads one level further down.
    pub(super) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth.now >= DEPTH_MAX {
            return Err(self.too_deep());
        }
        let outside = self.depth.reached;
        self.depth.now += 1;
        self.depth.reached = self.depth.now;
        let found = read(self)?;
        self.depth.now -= 1;
        self.depth.reached = self.depth.reached.max(outside);
        Ok(found)
    }

    /// Notes that what was read last moves one level down, under a node that stands around it.
    pub(super) fn raise(&mut self) -> Parsed<()> {
        self.depth.reached += 1;
        if self.depth.reached > HEIGHT_MAX { Err(self.too_deep()) } else { Ok(()) }
    }

    fn too_deep(&self) -> Box<Diagnostic> {
        let error =
            Diagnostic::new(SqlState::STATEMENT_TOO_COMPLEX, "stack depth limit exceeded", self.here());
        Box::new(error.with_hint(format!(
            "the statement is nested deeper than {DEPTH_MAX} levels, or chains more than {HEIGHT_MAX} operators; split it"
        )))
    }
}
