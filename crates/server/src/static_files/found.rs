//! What is on the disk at a path, opened and ready to send.
//!
//! **Must not:** run on an async thread; whoever calls it has moved aside.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::SystemTime;

use axum::body::Body;
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::io::{AsyncRead, ReadBuf};

use super::mime;

/// Files up to this size are read at once; larger ones in pieces, so that no client's patience costs memory.
const WHOLE_BYTES_MAX: u64 = 256 * 1024;
const PIECE_BYTES: usize = 64 * 1024;

/// A path to look for below a folder.
pub(super) struct Look {
    /// Canonical.
    pub(super) root: PathBuf,
    pub(super) relative: PathBuf,
    /// Whether the index page stands in for a missing file.
    pub(super) has_fallback: bool,
}

/// What is there.
pub(super) enum Found {
    File(Content),
    /// A folder with a page in it, asked for without the slash at the end.
    Folder,
    Nothing,
}

/// A file's content and what is said about it.
pub(super) struct Content {
    pub(super) length: u64,
    pub(super) modified: Option<SystemTime>,
    pub(super) kind: &'static str,
    data: Data,
}

enum Data {
    Whole(Bytes),
    Open(File),
}

/// Looks for a file.
pub(super) fn look(asked: &Look) -> io::Result<Found> {
    match open(&asked.root, &asked.relative)? {
        Found::Nothing if asked.has_fallback => open(&asked.root, Path::new("index.html")),
        found => Ok(found),
    }
}

fn open(root: &Path, relative: &Path) -> io::Result<Found> {
    let path = match root.join(relative).canonicalize() {
        // A link may lead anywhere; what it leads to must be in the folder, and not hidden there.
        Ok(path) if is_within(root, &path) => path,
        Ok(_) => return Ok(Found::Nothing),
        Err(error) if is_missing(&error) => return Ok(Found::Nothing),
        Err(error) => return Err(error),
    };
    if path.is_dir() {
        return Ok(if path.join("index.html").is_file() { Found::Folder } else { Found::Nothing });
    }
    let mut file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if is_missing(&error) => return Ok(Found::Nothing),
        Err(error) => return Err(error),
    };
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Ok(Found::Nothing);
    }
    let mut length = metadata.len();
    let data = if length <= WHOLE_BYTES_MAX {
        let mut bytes = Vec::new();
        file.by_ref().take(WHOLE_BYTES_MAX).read_to_end(&mut bytes)?;
        length = bytes.len() as u64;
        Data::Whole(Bytes::from(bytes))
    } else {
        Data::Open(file)
    };
    Ok(Found::File(Content { length, modified: metadata.modified().ok(), kind: mime::of(relative), data }))
}

fn is_within(root: &Path, path: &Path) -> bool {
    let is_hidden = |part: &std::ffi::OsStr| part.to_string_lossy().starts_with('.') && part != ".well-known";
    path.strip_prefix(root).is_ok_and(|below| !below.iter().any(is_hidden))
}

/// Names that cannot be are as missing as names that are not.
fn is_missing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::InvalidFilename
            | io::ErrorKind::InvalidInput
            | io::ErrorKind::PermissionDenied
    )
}

impl Content {
    pub(super) fn into_body(self) -> Body {
        match self.data {
            Data::Whole(bytes) => Body::from(bytes),
            Data::Open(file) => {
                let file = tokio::fs::File::from_std(file);
                Body::new(Pieces { file, left: self.length, buffer: vec![0; PIECE_BYTES].into() })
            }
        }
    }
}

/// A file that leaves in pieces.
struct Pieces {
    file: tokio::fs::File,
    left: u64,
    buffer: Box<[u8]>,
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = self.get_mut();
        if this.left == 0 {
            return Poll::Ready(None);
        }
        let wanted = this.buffer.len().min(usize::try_from(this.left).unwrap_or(usize::MAX));
        let mut buffer = ReadBuf::new(&mut this.buffer[..wanted]);
        let outcome = ready!(Pin::new(&mut this.file).poll_read(context, &mut buffer));
        let bytes = Bytes::copy_from_slice(buffer.filled());
        this.left -= bytes.len() as u64;
        Poll::Ready(Some(match outcome {
            Ok(()) if bytes.is_empty() => Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(()) => Ok(Frame::data(bytes)),
            Err(error) => Err(error),
        }))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
