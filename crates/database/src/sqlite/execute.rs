//! Running a program on a connection: steps in order, rows to a sink.
//!
//! **Must not:** begin or end transactions; whoever owns the connection does.

use plan::request::{Expect, Format};
use plan::{Inputs, Reading};
use policy::Caller;
use render::{Program, Step};
use rusqlite::{Connection, Row};

use crate::engine::{Prepared, Work};
use crate::error::DatabaseError;
use crate::query::Rows;
use crate::reply::Reply;

use super::body::{Body, write_stored};
use super::fault::Fault;
use super::moment::Moment;
use super::parameters::{Given, bind};
use super::rows::Collect;
use super::tally::Tally;

/// Takes the rows of a program's last step.
pub(super) trait Sink {
    fn row(&mut self, row: &Row<'_>) -> Result<(), Fault>;
}

/// Answers a plan's work. `tally` is the write connection's count of updated rows. `out` is a buffer to write the body in.
pub(super) fn answer(
    connection: &Connection,
    work: &Work,
    tally: Option<&Tally>,
    out: &mut Vec<u8>,
) -> Result<Reply, Fault> {
    let moment = Moment::now();
    let given = Given { inputs: &work.inputs, values: &[], caller: &work.caller, moment: &moment };
    let total = work.count.as_deref().map(|count| total(connection, count, &given)).transpose()?;
    let Reading { format, expect, .. } = *work.reading;
    let mut body = Body::new(format, &work.layout, std::mem::take(out));
    let mut run = Run { connection, given: &given, stages: Vec::new(), affected: 0 };
    tally.map(Tally::take);
    let outcome = run.program(&work.program, &mut body);
    let affected = run.affected;
    let inserted = affected.saturating_sub(tally.map_or(0, Tally::take));
    let rows = body.rows();
    let (bytes, key, buffer) = body.finish();
    *out = buffer;
    out.clear();
    outcome?;
    check(expect, format, rows, if work.program.writes { affected } else { rows })?;
    Ok(Reply { body: bytes, rows, total, affected, inserted, key })
}

/// Runs one query of a service and collects its rows.
pub(super) fn collect(
    connection: &Connection,
    tally: Option<&Tally>,
    query: &Prepared,
    caller: &Caller,
    moment: &Moment,
) -> Result<Rows, Fault> {
    tally.map(Tally::take);
    let inputs = Inputs::default();
    let given = Given { inputs: &inputs, values: &query.parameters, caller, moment };
    let mut sink = Collect::new(&query.columns);
    let mut run = Run { connection, given: &given, stages: Vec::new(), affected: 0 };
    run.program(&query.program, &mut sink)?;
    let affected = run.affected;
    Ok(sink.finish(affected))
}

/// Runs definitions, which answer nothing.
pub(super) fn define(
    connection: &Connection,
    program: &Program,
    caller: &Caller,
    moment: &Moment,
) -> Result<(), Fault> {
    let inputs = Inputs::default();
    let given = Given { inputs: &inputs, values: &[], caller, moment };
    Run { connection, given: &given, stages: Vec::new(), affected: 0 }.program(program, &mut Ignored)
}

fn total(connection: &Connection, count: &Program, given: &Given<'_>) -> Result<u64, Fault> {
    struct Total(i64);
    impl Sink for Total {
        fn row(&mut self, row: &Row<'_>) -> Result<(), Fault> {
            self.0 = row.get(0)?;
            Ok(())
        }
    }
    let mut total = Total(0);
    let mut run = Run { connection, given, stages: Vec::new(), affected: 0 };
    run.program(count, &mut total)?;
    Ok(u64::try_from(total.0).unwrap_or(0))
}

/// Holds an answer against what the plan wants; the caller undoes everything on an error.
fn check(expect: Expect, format: Format, rows: u64, touched: u64) -> Result<(), Fault> {
    // An object without a body of its own (`return=minimal`) still counts what was touched.
    let shown = if matches!(format, Format::Nothing | Format::Key) { touched.max(rows) } else { rows };
    match expect {
        Expect::One if shown != 1 => Err(DatabaseError::NotOne { rows: shown }.into()),
        Expect::AtMost(most) if touched > most => Err(DatabaseError::TooMany { rows: touched }.into()),
        _ => Ok(()),
    }
}

/// One run of a program.
struct Run<'a> {
    connection: &'a Connection,
    given: &'a Given<'a>,
    stages: Vec<String>,
    affected: u64,
}

impl Run<'_> {
    fn program(&mut self, program: &Program, sink: &mut dyn Sink) -> Result<(), Fault> {
        let last = program.steps.len().saturating_sub(1);
        for (position, step) in program.steps.iter().enumerate() {
            match step.stage {
                Some(stage) => {
                    let mut kept = Stage { columns: step.sql.columns.len(), rows: vec![b'['] };
                    self.step(step, &mut kept)?;
                    kept.rows.push(b']');
                    if self.stages.len() <= stage {
                        self.stages.resize(stage + 1, String::from("[]"));
                    }
                    self.stages[stage] = String::from_utf8_lossy(&kept.rows).into_owned();
                }
                None if position == last => self.step(step, sink)?,
                None => self.step(step, &mut Ignored)?,
            }
        }
        Ok(())
    }

    fn step(&mut self, step: &Step, sink: &mut dyn Sink) -> Result<(), Fault> {
        let table = step.writes.as_ref();
        let mut statement = self
            .connection
            .prepare_cached(&step.sql.text)
            .map_err(|error| Fault::from(error).at(table, None))?;
        let rows = step.each_row.then_some(&self.given.inputs.rows.rows);
        let mut once = |row: Option<&[plan::Member]>| -> Result<u64, Fault> {
            bind(&mut statement, &step.sql.parameters, self.given, row, &self.stages)?;
            let mut rows = statement.raw_query();
            while let Some(row) = rows.next()? {
                sink.row(row)?;
            }
            drop(rows);
            Ok(if step.counts { self.connection.changes() } else { 0 })
        };
        match rows {
            None => self.affected += once(None).map_err(|fault| fault.at(table, None))?,
            Some(rows) => {
                for (position, row) in rows.iter().enumerate() {
                    self.affected += once(Some(row)).map_err(|fault| fault.at(table, Some(position)))?;
                }
            }
        }
        Ok(())
    }
}

/// Rows kept for a later step.
struct Stage {
    columns: usize,
    rows: Vec<u8>,
}

impl Sink for Stage {
    fn row(&mut self, row: &Row<'_>) -> Result<(), Fault> {
        if self.rows.len() > 1 {
            self.rows.push(b',');
        }
        write_stored(row, self.columns, &mut self.rows)
    }
}

/// Rows of a step that nobody reads.
struct Ignored;

impl Sink for Ignored {
    fn row(&mut self, _: &Row<'_>) -> Result<(), Fault> {
        Ok(())
    }
}
