//! Mails as files: one each in `outbox/` beside the data, and shown in the terminal by `dev`.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use auth::{Mail, Outbox, OutboxError};
use web::{SharedClock, SharedRandom};

use crate::terminal;

/// A folder of mails.
pub(crate) struct FileOutbox {
    folder: PathBuf,
    clock: SharedClock,
    random: SharedRandom,
    /// Show each mail in the terminal.
    shown: bool,
}

impl FileOutbox {
    pub(crate) fn new(data: &Path, clock: SharedClock, random: SharedRandom, shown: bool) -> Self {
        Self { folder: data.join("outbox"), clock, random, shown }
    }

    fn write(&self, mail: &Mail) -> std::io::Result<PathBuf> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)?;
        let unique = web::random::text::<9>(self.random.as_ref()).map_err(std::io::Error::other)?;
        let path = self.folder.join(format!("{}-{}-{unique}.eml", self.clock.unix_s(), mail.kind));
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        let body = mail.text.replace('\n', "\r\n");
        write!(
            file,
            "To: {}\r\nSubject: {}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}",
            one_line(&mail.to),
            one_line(&mail.subject)
        )?;
        file.sync_all()?;
        Ok(path)
    }
}

impl Outbox for FileOutbox {
    fn post(&self, mail: Mail) -> Result<(), OutboxError> {
        let path = self.write(&mail).map_err(|error| OutboxError(error.to_string()))?;
        if self.shown {
            let link = mail.link.as_deref().unwrap_or("no link");
            terminal::note(&format!(
                "mail to {}: {}\n     {link}\n     {}",
                one_line(&mail.to),
                mail.subject,
                path.display()
            ));
        }
        Ok(())
    }
}

/// A header's value never brings another header with it.
fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}
