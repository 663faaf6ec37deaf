//! All cases of a folder, run in parallel against servers of their own.
//!
//! A schema is applied once, to a project that then is a template. Cases that only read share one server on it; a case
//! that writes gets a copy and a server to itself, so that no case sees what another wrote.
//! **Must not:** know what a case asks or expects.

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::{Context, Result, bail};

use crate::case::{self, Case};
use crate::project::{self, Folder};
use crate::server::Start;

/// What to run, and how.
#[derive(Debug)]
pub struct Suite {
    /// The folder of the cases, with `schemas` in it.
    pub folder: PathBuf,
    /// How to start a server.
    pub start: Start,
    /// Only cases whose path holds one of these; all when empty.
    pub filters: Vec<String>,
    /// Whether expectations are rewritten to what came.
    pub update: bool,
    /// How many servers run at once.
    pub workers: usize,
}

/// How one case ended.
#[derive(Debug)]
pub struct Outcome {
    /// The file, below the folder of the cases.
    pub name: String,
    /// What was wrong; empty when nothing was.
    pub failures: Vec<String>,
}

/// Cases that share a server.
struct Job<'c> {
    template: &'c Path,
    cases: Vec<&'c Case>,
}

impl Suite {
    /// Runs the cases and reports each as it ends.
    pub fn run(&self, report: &(dyn Fn(&Outcome) + Sync)) -> Result<Vec<Outcome>> {
        let (cases, mut outcomes) = self.read()?;
        for outcome in &outcomes {
            report(outcome);
        }
        let templates = self.templates(&cases)?;
        let mut jobs = VecDeque::new();
        for (schema, template) in &templates {
            let of_schema = || cases.iter().filter(|case| case.schema == *schema);
            match template {
                Ok(template) => jobs.extend(jobs_of(of_schema(), template.path())),
                Err(error) => outcomes.extend(of_schema().map(|case| {
                    let failure = format!("{}: schema `{schema}`: {error:#}", case.path.display());
                    self.outcome(case, vec![failure], report)
                })),
            }
        }
        let jobs = Mutex::new(jobs);
        let done = Mutex::new(outcomes);
        thread::scope(|scope| {
            for _ in 0..self.workers.max(1) {
                scope.spawn(|| {
                    while let Some(job) = locked(&jobs).pop_front() {
                        let outcomes = self.run_job(&job, report);
                        locked(&done).extend(outcomes);
                    }
                });
            }
        });
        let mut outcomes = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        outcomes.sort_by(|left, right| left.name.cmp(&right.name));
        Ok(outcomes)
    }

    fn run_job(&self, job: &Job<'_>, report: &(dyn Fn(&Outcome) + Sync)) -> Vec<Outcome> {
        let run = || -> Result<Vec<Outcome>> {
            let project = project::copy_of(job.template)?;
            let mut start = self.start.clone();
            start.environment.extend(job.cases.iter().flat_map(|case| case.settings.clone()));
            let server = start.server(project.path())?;
            let outcomes = job.cases.iter().map(|case| {
                let failures = case::run(case, server.address(), self.update).unwrap_or_else(|error| {
                    vec![format!("{}: {error:#}\n{}", case.path.display(), server.log())]
                });
                self.outcome(case, failures, report)
            });
            let outcomes = outcomes.collect();
            server.stop()?;
            Ok(outcomes)
        };
        run().unwrap_or_else(|error| {
            let failed = |case: &&Case| {
                self.outcome(case, vec![format!("{}: {error:#}", case.path.display())], report)
            };
            job.cases.iter().map(failed).collect()
        })
    }

    fn outcome(&self, case: &Case, failures: Vec<String>, report: &(dyn Fn(&Outcome) + Sync)) -> Outcome {
        let outcome = Outcome { name: self.name(&case.path), failures };
        report(&outcome);
        outcome
    }

    /// The cases that could be read, and an outcome for each that could not.
    fn read(&self) -> Result<(Vec<Case>, Vec<Outcome>)> {
        let mut paths = Vec::new();
        find_cases(&self.folder, &mut paths)?;
        paths.sort();
        let (mut cases, mut refused) = (Vec::new(), Vec::new());
        for path in paths {
            let name = self.name(&path);
            if !self.filters.is_empty() && !self.filters.iter().any(|filter| name.contains(filter.as_str())) {
                continue;
            }
            let text = fs::read_to_string(&path).with_context(|| format!("reading `{}`", path.display()))?;
            match case::read(&path, &text).and_then(|case| named_by_a_sentence(&path).map(|()| case)) {
                Ok(case) => cases.push(case),
                Err(error) => refused.push(Outcome { failures: vec![format!("{name}: {error:#}")], name }),
            }
        }
        Ok((cases, refused))
    }

    /// A project for each schema that the cases name, its migration applied.
    fn templates(&self, cases: &[Case]) -> Result<BTreeMap<String, Result<Folder>>> {
        let names: BTreeMap<String, ()> = cases.iter().map(|case| (case.schema.clone(), ())).collect();
        let names: Mutex<VecDeque<String>> = Mutex::new(names.into_keys().collect());
        let made = Mutex::new(BTreeMap::new());
        thread::scope(|scope| {
            for _ in 0..self.workers.max(1) {
                scope.spawn(|| {
                    while let Some(name) = locked(&names).pop_front() {
                        let template = self.template(&name);
                        locked(&made).insert(name, template);
                    }
                });
            }
        });
        Ok(made.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    fn template(&self, schema: &str) -> Result<Folder> {
        let path = self.folder.join("schemas").join(format!("{schema}.sql"));
        let sql = fs::read_to_string(&path).with_context(|| format!("no `{}`", path.display()))?;
        let project = project::with_migration(&sql)?;
        self.start.migrate(project.path())?;
        Ok(project)
    }

    fn name(&self, path: &Path) -> String {
        path.strip_prefix(&self.folder).unwrap_or(path).display().to_string()
    }
}

/// One job for all that only read, one for each that writes.
fn jobs_of<'c>(cases: impl Iterator<Item = &'c Case>, template: &'c Path) -> Vec<Job<'c>> {
    let (reading, writing): (Vec<&Case>, Vec<&Case>) = cases.partition(|case| case.only_reads());
    let shared = (!reading.is_empty()).then_some(Job { template, cases: reading });
    shared.into_iter().chain(writing.into_iter().map(|case| Job { template, cases: vec![case] })).collect()
}

/// Case files below a folder. `sql` holds cases of the renderer, which need no server.
fn find_cases(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading `{}`", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() && path.file_name().is_none_or(|name| name != "sql") {
            find_cases(&path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "case") {
            found.push(path);
        }
    }
    Ok(())
}

fn named_by_a_sentence(path: &Path) -> Result<()> {
    let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    let plain = name.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if !plain || name.split('_').count() < 3 {
        bail!("a case is named by a sentence, such as `owner_cannot_read_other_rows.case`");
    }
    Ok(())
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
