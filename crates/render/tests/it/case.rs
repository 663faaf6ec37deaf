//! A case's file: why, its schema and caller, then blocks of SQL with what is expected of it.

use std::path::{Path, PathBuf};

/// A file, taken apart.
pub(crate) struct Case {
    /// Comments and settings, as they stand.
    head: String,
    pub(crate) schema: Option<String>,
    /// `system`, `anon`, `user`, `service`.
    pub(crate) caller: String,
    /// The SQL of each block.
    blocks: Vec<String>,
}

/// The texts of both dialects, or why there are none.
pub(crate) struct Answer {
    pub(crate) sqlite: String,
    pub(crate) postgres: String,
}

impl Case {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (head, rest) = text.split_once("\n\n").ok_or("no blank line behind the head")?;
        let mut case =
            Self { head: head.to_owned(), schema: None, caller: "system".to_owned(), blocks: Vec::new() };
        for line in head.lines().filter(|line| !line.starts_with('#')) {
            match line.split_once(": ") {
                Some(("schema", name)) => case.schema = Some(name.to_owned()),
                Some(("caller", name)) => name.clone_into(&mut case.caller),
                _ => return Err(format!("`{line}` is no setting")),
            }
        }
        for block in rest.split("\n\n") {
            let sql = block.split("\n---").next().unwrap_or(block).trim();
            if !sql.is_empty() {
                case.blocks.push(sql.to_owned());
            }
        }
        Ok(case)
    }

    /// The file as it should be, with what each block is answered.
    pub(crate) fn with(&self, answer: impl Fn(&str) -> Answer) -> String {
        let mut text = self.head.clone();
        for sql in &self.blocks {
            let Answer { sqlite, postgres } = answer(sql);
            text.push_str(&format!("\n\n{sql}\n--- sqlite\n{sqlite}\n--- postgres\n{postgres}"));
        }
        text.push('\n');
        text
    }
}

/// The cases of a folder, by name.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|end| end == "case")).collect();
    files.sort();
    files
}
