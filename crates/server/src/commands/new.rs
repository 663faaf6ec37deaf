//! `mainstay new`: a project from a template.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::cli::{New, Template};
use crate::terminal;

mod template;

pub(crate) fn run(new: &New) -> Result<()> {
    let folder = &new.folder;
    let is_used = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if is_used {
        bail!("`{}` is not empty: name a new folder", folder.display());
    }
    let files = match new.template {
        Template::Tasks => template::TASKS,
        Template::Blank => template::BLANK,
    };
    for (name, content) in files.iter().chain(template::COMMON) {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).with_context(|| format!("cannot make `{}`", parent.display()))?;
        fs::write(&path, content).with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    terminal::say(&format!("made {}", folder.display()));
    terminal::say(&format!("serve it with: mainstay dev {}", folder.display()));
    Ok(())
}
