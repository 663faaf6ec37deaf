//! Sequences: their options, and `create`, `alter`.

use algebra::names::{ColumnName, TableName};
use algebra::types::Type;
use catalog::{Change, Sequence, SequenceOptions};

use super::binder::Binder;
use super::column::range_of;
use super::fail::{Bind, no_column_of, refused, unsupported};
use super::name::column_name;
use crate::syntax::name::{ObjectName, Span};
use crate::syntax::object::{AlterSequence, CreateSequence, SequenceOption, SequenceOptionKind};
use crate::syntax::table::Persistence;

/// A sequence that a column owns: table and column.
type Owner = (TableName, ColumnName);

impl Binder<'_> {
    pub(crate) fn create_sequence(&mut self, create: &CreateSequence, span: Span) -> Bind<()> {
        if create.persistence == Persistence::Temporary {
            return Err(unsupported("a temporary sequence", span));
        }
        let name = self.new_name(&create.name)?;
        if create.if_not_exists && self.catalog.has_relation(&name) {
            return Ok(());
        }
        let options = self.sequence_options(&create.options, SequenceOptions::default(), span)?;
        let owner = self.owner(&create.options)?.flatten();
        self.change(Change::CreateSequence(Sequence { name, options, owner }), create.name.span)
    }

    pub(crate) fn alter_sequence(&mut self, alter: &AlterSequence, span: Span) -> Bind<()> {
        let found =
            self.possible(&alter.name)?.into_iter().find(|name| self.catalog.sequence(name).is_some());
        let Some(name) = found else {
            if alter.if_exists {
                return Ok(());
            }
            let message = format!("relation \"{}\" does not exist", alter.name.dotted());
            return Err(refused("42P01", message, alter.name.span));
        };
        let owner = self.owner(&alter.options)?;
        let before = self.catalog.sequence(&name).map(|sequence| sequence.options).unwrap_or_default();
        let options = changed(&alter.options, before, span)?;
        let restart = alter.options.iter().find_map(|option| match &option.kind {
            SequenceOptionKind::Restart(value) => Some((value, option.span)),
            _ => None,
        });
        let restart = match restart {
            Some((Some(value), at)) => Some(number(value, at)?),
            Some((None, _)) => Some(options.start),
            None => None,
        };
        self.change(Change::AlterSequence { name, options, restart, owner }, alter.name.span)
    }

    /// The options over what holds without them.
    pub(crate) fn sequence_options(
        &self,
        written: &[SequenceOption],
        mut base: SequenceOptions,
        span: Span,
    ) -> Bind<SequenceOptions> {
        for option in written {
            if let SequenceOptionKind::As(ty) = &option.kind {
                let ty = self.type_of(ty)?.base;
                if !matches!(ty, Type::Int2 | Type::Int4 | Type::Int8) {
                    let message = "sequence type must be smallint, integer, or bigint";
                    return Err(refused("22023", message, option.span));
                }
                base = range_of(&ty);
            }
        }
        let (mut first, mut limits) = (None, (false, false));
        let mut options = base;
        for option in written {
            match &option.kind {
                SequenceOptionKind::Increment(value) => options.increment = number(value, option.span)?,
                SequenceOptionKind::MinValue(Some(value)) => {
                    options.min = number(value, option.span)?;
                    limits.0 = true;
                }
                SequenceOptionKind::MaxValue(Some(value)) => {
                    options.max = number(value, option.span)?;
                    limits.1 = true;
                }
                SequenceOptionKind::Start(value) => first = Some(number(value, option.span)?),
                SequenceOptionKind::Cycle(cycle) => options.cycle = *cycle,
                _ => {}
            }
        }
        if options.increment < 0 {
            // A falling sequence runs from -1 down to the least value.
            if !limits.0 {
                options.min = -base.max - 1;
            }
            if !limits.1 {
                options.max = -1;
            }
        }
        let natural = if options.increment < 0 { options.max } else { options.min };
        options.start = first.unwrap_or(natural);
        check(options, span)
    }

    /// `owned by t.a`: `None` when it was not written, `Some(None)` for `owned by none`.
    fn owner(&self, written: &[SequenceOption]) -> Bind<Option<Option<Owner>>> {
        let owned = written.iter().find_map(|option| match &option.kind {
            SequenceOptionKind::OwnedBy(owner) => Some(owner),
            _ => None,
        });
        let Some(owner) = owned else { return Ok(None) };
        let Some(owner) = owner else { return Ok(Some(None)) };
        let Some((column, table)) = owner.parts.split_last().filter(|(_, table)| !table.is_empty()) else {
            return Err(refused("42601", "invalid OWNED BY option", owner.span)
                .with_hint("Specify OWNED BY table.column or OWNED BY NONE."));
        };
        let table = self.table(&ObjectName { parts: table.to_vec(), span: owner.span })?;
        if table.column(&column.text).is_none() {
            return Err(no_column_of(&column.text, table.name.name.as_str(), column.span));
        }
        Ok(Some(Some((table.name.clone(), column_name(column)?))))
    }
}

/// `alter sequence`: what is not written stays.
fn changed(written: &[SequenceOption], mut options: SequenceOptions, span: Span) -> Bind<SequenceOptions> {
    for option in written {
        match &option.kind {
            SequenceOptionKind::Increment(value) => options.increment = number(value, option.span)?,
            SequenceOptionKind::MinValue(Some(value)) => options.min = number(value, option.span)?,
            SequenceOptionKind::MaxValue(Some(value)) => options.max = number(value, option.span)?,
            SequenceOptionKind::MinValue(None) => {
                options.min = if options.increment < 0 { i64::MIN } else { 1 }
            }
            SequenceOptionKind::MaxValue(None) => {
                options.max = if options.increment < 0 { -1 } else { i64::MAX }
            }
            SequenceOptionKind::Start(value) => options.start = number(value, option.span)?,
            SequenceOptionKind::Cycle(cycle) => options.cycle = *cycle,
            _ => {}
        }
    }
    check(options, span)
}

fn number(digits: &str, span: Span) -> Bind<i64> {
    digits
        .parse()
        .map_err(|_| refused("22003", format!("value \"{digits}\" is out of range for type bigint"), span))
}

fn check(options: SequenceOptions, span: Span) -> Bind<SequenceOptions> {
    let SequenceOptions { start, increment, min, max, .. } = options;
    let message = if increment == 0 {
        "INCREMENT must not be zero".to_owned()
    } else if min >= max {
        format!("MINVALUE ({min}) must be less than MAXVALUE ({max})")
    } else if start < min {
        format!("START value ({start}) cannot be less than MINVALUE ({min})")
    } else if start > max {
        format!("START value ({start}) cannot be greater than MAXVALUE ({max})")
    } else {
        return Ok(options);
    };
    Err(refused("22023", message, span))
}
