//! Watching a project's SQL files: asks twice a second whether they are still the same.
//!
//! A handful of small files is read faster than a watcher is set up, and this works on every file system.

use std::path::Path;
use std::time::Duration;

use migrate::Project;

const PAUSE: Duration = Duration::from_millis(500);

/// Waits until the files are different from what this fingerprint says, and answers them.
pub(crate) async fn changed(root: &Path, fingerprint: &str) -> Project {
    loop {
        tokio::time::sleep(PAUSE).await;
        let root = root.to_owned();
        let read = tokio::task::spawn_blocking(move || Project::read(&root)).await;
        if let Ok(Ok(project)) = read
            && project.fingerprint() != fingerprint
        {
            return project;
        }
    }
}
