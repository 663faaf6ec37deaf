//! One round: `wrk` drives one service with one workload, and what it reports is read.
//!
//! **Must not:** accept a round with errors in it.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use testkit::token;

use super::data::OWN_TASKS;
use super::service::Service;

/// Something to do, many times.
pub(crate) struct Workload {
    /// Its script in `bench/wrk`, without the ending.
    pub(crate) name: &'static str,
    /// What it is, for the table.
    pub(crate) about: &'static str,
    connections: u32,
}

pub(super) const WORKLOADS: &[Workload] = &[
    Workload { name: "row", about: "one row by key", connections: 32 },
    Workload { name: "page", about: "filtered, ordered page of 20", connections: 32 },
    Workload { name: "embeds", about: "10 projects with tasks and tags", connections: 32 },
    Workload { name: "insert", about: "insert, durable commit", connections: 32 },
    Workload { name: "update", about: "update by key, durable commit", connections: 32 },
    Workload { name: "mixed", about: "mixed, 8 reads to 2 writes", connections: 32 },
    Workload { name: "bulk", about: "bulk insert of 1,000", connections: 4 },
    Workload { name: "sign_in", about: "sign-in, Argon2id", connections: 8 },
];

/// What one round showed.
pub(crate) struct Measure {
    pub(crate) requests_per_second: f64,
    pub(crate) p99_ms: f64,
}

/// Drives a service for some seconds.
pub(super) fn drive(
    workload: &Workload,
    service: &Service,
    scripts: &Path,
    seconds: u32,
    round: u32,
) -> Result<Measure> {
    let mut command = Command::new("wrk");
    command
        .args(["--threads", "1", "--latency", "--timeout", "10s"])
        .args(["--connections", &workload.connections.to_string()])
        .args(["--duration", &format!("{seconds}s")])
        .arg("--script")
        .arg(scripts.join(format!("{}.lua", workload.name)))
        .arg(format!("http://{}", service.address()?))
        .env("SCRIPTS", scripts)
        .env("SEED", (round + 1).to_string())
        .env("TOKEN", token::user_token("ann"))
        .env("ANON_KEY", token::role_key("anon"))
        .env("OWN_TASKS", OWN_TASKS.to_string());
    let output = command.output().context("could not start wrk")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() || text.contains("Non-2xx") || text.contains("Socket errors") {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        bail!("{} had errors:\n{text}{said}", service.name);
    }
    read(&text).with_context(|| format!("wrk's report could not be read:\n{text}"))
}

fn read(report: &str) -> Option<Measure> {
    let value = |label: &str| {
        let line = report.lines().map(str::trim).find(|line| line.starts_with(label))?;
        line[label.len()..].split_whitespace().next()
    };
    Some(Measure {
        requests_per_second: value("Requests/sec:")?.parse().ok()?,
        p99_ms: milliseconds(value("99%")?)?,
    })
}

fn milliseconds(text: &str) -> Option<f64> {
    let (number, factor) = if let Some(number) = text.strip_suffix("us") {
        (number, 0.001)
    } else if let Some(number) = text.strip_suffix("ms") {
        (number, 1.0)
    } else {
        (text.strip_suffix('s')?, 1000.0)
    };
    Some(number.parse::<f64>().ok()? * factor)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn the_report_is_read() {
        let report = "  Latency Distribution\n     50%  640.00us\n     99%    1.25ms\n  10 requests in 1.00s, 1MB read\nRequests/sec:  31234.50\n";
        let measure = read(report).expect("the report is whole");
        assert_eq!((measure.requests_per_second, measure.p99_ms), (31234.5, 1.25));
    }
}
