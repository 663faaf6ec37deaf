//! The files of the templates: the examples as they stand in the repository.

/// A path in the project and its content.
type File = (&'static str, &'static [u8]);

pub(super) static TASKS: &[File] = &[
    ("mainstay.toml", include_bytes!("../../../../../examples/tasks/mainstay.toml")),
    ("migrations/0001_tasks.sql", include_bytes!("../../../../../examples/tasks/migrations/0001_tasks.sql")),
    (
        "migrations/0002_policies.sql",
        include_bytes!("../../../../../examples/tasks/migrations/0002_policies.sql"),
    ),
    (
        "migrations/0003_progress.sql",
        include_bytes!("../../../../../examples/tasks/migrations/0003_progress.sql"),
    ),
    ("public/api.js", include_bytes!("../../../../../examples/tasks/public/api.js")),
    ("public/app.js", include_bytes!("../../../../../examples/tasks/public/app.js")),
    ("public/element.js", include_bytes!("../../../../../examples/tasks/public/element.js")),
    ("public/icon.svg", include_bytes!("../../../../../examples/tasks/public/icon.svg")),
    ("public/index.html", include_bytes!("../../../../../examples/tasks/public/index.html")),
    ("public/sharing.js", include_bytes!("../../../../../examples/tasks/public/sharing.js")),
    ("public/style.css", include_bytes!("../../../../../examples/tasks/public/style.css")),
    ("public/task.js", include_bytes!("../../../../../examples/tasks/public/task.js")),
    ("seed.sql", include_bytes!("../../../../../examples/tasks/seed.sql")),
];

pub(super) static BLANK: &[File] = &[
    ("mainstay.toml", include_bytes!("../../../../../examples/blank/mainstay.toml")),
    ("migrations/0001_first.sql", include_bytes!("../../../../../examples/blank/migrations/0001_first.sql")),
    ("public/index.html", include_bytes!("../../../../../examples/blank/public/index.html")),
    ("seed.sql", include_bytes!("../../../../../examples/blank/seed.sql")),
];

pub(super) static COMMON: &[File] = &[(".gitignore", b".mainstay/\n")];

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{BLANK, File, TASKS};

    #[test]
    fn the_templates_are_the_examples_whole() {
        for (name, files) in [("tasks", TASKS), ("blank", BLANK)] {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
            let mut found = Vec::new();
            walk(&root, &mut found);
            let mut expected: Vec<PathBuf> = files.iter().map(|(path, _): &File| root.join(path)).collect();
            found.sort();
            expected.sort();
            assert_eq!(found, expected, "a file of examples/{name} is missing from the template, or gone");
        }
    }

    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            match path.is_dir() {
                true if path.ends_with(".mainstay") => {}
                true => walk(&path, found),
                false => found.push(path),
            }
        }
    }
}
