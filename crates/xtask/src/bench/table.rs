//! The results as a table for people.
//!
//! **Must not:** round a bad figure into a good one: ratios are cut, not rounded up.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::Series;
use super::round::Measure;

const BEGIN: &str = "<!-- bench: written by `cargo xtask bench --write` -->";
const END: &str = "<!-- end of bench -->";

/// What was measured beside the workloads; ours first.
pub(super) struct Facts {
    pub(super) starts: (Duration, Duration),
    pub(super) idle: (u64, u64),
    pub(super) size: (u64, u64),
}

/// One workload in one line of Markdown.
pub(super) fn line(series: &Series) -> String {
    let ours = |get: fn(&Measure) -> f64| median(series.rounds.iter().map(|(ours, _)| get(ours)));
    let theirs = |get: fn(&Measure) -> f64| median(series.rounds.iter().map(|(_, theirs)| get(theirs)));
    let ratio = median(
        series.rounds.iter().map(|(ours, theirs)| ours.requests_per_second / theirs.requests_per_second),
    );
    format!(
        "| {} | {:.0} | {:.0} | {:.2} | {:.2} | {:.2} | {:.0} | {:.0} |",
        series.workload.about,
        ours(|measure| measure.requests_per_second),
        theirs(|measure| measure.requests_per_second),
        (ratio * 100.0).floor() / 100.0,
        ours(|measure| measure.p99_ms),
        theirs(|measure| measure.p99_ms),
        fraction(series.memory.0, 1024).ceil(),
        fraction(series.memory.1, 1024).ceil(),
    )
}

/// All results.
pub(super) fn page(results: &[Series], facts: &Facts) -> String {
    let mut lines = vec![
        "| workload | requests/s | hand-written | ratio | p99, ms | hand-written | memory, MiB | hand-written |".to_owned(),
        "|---|---:|---:|---:|---:|---:|---:|---:|".to_owned(),
    ];
    lines.extend(results.iter().map(line));
    let mebibytes = |kibibytes: u64| format!("{:.1} MiB", fraction(kibibytes, 1024));
    let starts = |time: Duration| format!("{:.0} ms", time.as_secs_f64() * 1000.0);
    lines.extend([
        String::new(),
        "| | Mainstay | hand-written |".to_owned(),
        "|---|---:|---:|".to_owned(),
        format!("| cold start to first rows | {} | {} |", starts(facts.starts.0), starts(facts.starts.1)),
        format!("| memory idle | {} | {} |", mebibytes(facts.idle.0), mebibytes(facts.idle.1)),
        format!("| binary | {} | {} |", mebibytes(facts.size.0 / 1024), mebibytes(facts.size.1 / 1024)),
    ]);
    lines.join("\n")
}

/// Puts the table between its marks in a document.
pub(super) fn write(path: &Path, table: &str) -> Result<()> {
    let text = fs::read_to_string(path).with_context(|| format!("reading `{}`", path.display()))?;
    let (Some(begin), Some(end)) = (text.find(BEGIN), text.find(END)) else {
        bail!("`{}` has no marks for the table", path.display());
    };
    let written = format!("{}{BEGIN}\n\n{table}\n\n{}", &text[..begin], &text[end..]);
    fs::write(path, written).with_context(|| format!("writing `{}`", path.display()))
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// A quotient for people to read; the figures are far below where a float would lose one.
#[expect(clippy::cast_precision_loss, reason = "sizes of programs and memory have few digits")]
fn fraction(value: u64, of: u64) -> f64 {
    value as f64 / of as f64
}
