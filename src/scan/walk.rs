//! What there is to scan: files, and folders with all that is in them, in an order that
//! depends on nothing but the names.

use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::vec;

/// Something to scan.
pub enum Input {
    /// A file, or a folder with everything in it. A symlink here is followed, and a named pipe
    /// is read; inside a folder both are skipped.
    Path(PathBuf),
    /// A stream, and what it is called in its record.
    Stream(PathBuf, Box<dyn Read + Send>),
}

impl Input {
    /// A stream that is called `name` in its record.
    pub fn stream(name: impl Into<PathBuf>, stream: impl Read + Send + 'static) -> Self {
        Self::Stream(name.into(), Box::new(stream))
    }
}

impl<P: Into<PathBuf>> From<P> for Input {
    fn from(path: P) -> Self {
        Self::Path(path.into())
    }
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => f.debug_tuple("Path").field(path).finish(),
            Self::Stream(name, _) => f.debug_tuple("Stream").field(name).finish(),
        }
    }
}

/// Why something is not read on principle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SkipReason {
    /// A symlink met in a folder: its target is outside, or is met by itself.
    Symlink,
    /// A socket.
    Socket,
    /// A named pipe.
    Fifo,
    /// A device.
    Device,
    /// A file that changed while it was read: whoever writes it has not finished.
    Growing,
}

impl SkipReason {
    /// The word used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Symlink => "symlink",
            Self::Socket => "socket",
            Self::Fifo => "fifo",
            Self::Device => "device",
            Self::Growing => "growing",
        }
    }

    /// Why something of this type, which is no folder, is not read; `None` for a file.
    pub(super) fn of(kind: FileType) -> Option<Self> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::FileTypeExt;
            if kind.is_fifo() {
                return Some(Self::Fifo);
            } else if kind.is_socket() {
                return Some(Self::Socket);
            }
        }
        if kind.is_symlink() {
            Some(Self::Symlink)
        } else if kind.is_file() {
            None
        } else {
            Some(Self::Device)
        }
    }
}

/// Something the walk met.
pub(super) enum Found {
    File(PathBuf),
    Stream(PathBuf, Box<dyn Read + Send>),
    Skipped(PathBuf, SkipReason),
    Failed(PathBuf, String),
}

/// A named pipe, opened when it is read: opening waits for somebody to write into it.
enum Pipe {
    Named(PathBuf),
    Open(File),
}

impl Read for Pipe {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Named(path) => {
                let mut file = File::open(path)?;
                let had = file.read(buffer)?;
                *self = Self::Open(file);
                Ok(had)
            }
            Self::Open(file) => file.read(buffer),
        }
    }
}

/// The walk over some inputs: as given, and inside a folder by name.
pub(super) struct Walk<I> {
    inputs: I,
    /// From the outermost to the innermost open folder, what is left of it.
    folders: Vec<Folder>,
}

struct Folder {
    path: PathBuf,
    entries: vec::IntoIter<(OsString, io::Result<FileType>)>,
    /// Why its listing ended early, until that has been told.
    broken: Option<io::Error>,
}

impl<I> Walk<I> {
    pub(super) const fn new(inputs: I) -> Self {
        Self {
            inputs,
            folders: Vec::new(),
        }
    }

    /// Opens a folder, whose entries come next. Only a folder that fails leaves something.
    fn enter(&mut self, path: PathBuf) -> Option<Found> {
        match Folder::open(path) {
            Ok(folder) => {
                self.folders.push(folder);
                None
            }
            Err(failed) => Some(failed),
        }
    }
}

impl<I: Iterator<Item = Input>> Walk<I> {
    /// The next thing; `None` inside means that a folder was entered or left.
    fn step(&mut self) -> Option<Option<Found>> {
        let Some(folder) = self.folders.last_mut() else {
            return Some(match self.inputs.next()? {
                Input::Stream(name, stream) => Some(Found::Stream(name, stream)),
                Input::Path(path) => match fs::metadata(&path) {
                    Ok(meta) if SkipReason::of(meta.file_type()) == Some(SkipReason::Fifo) => {
                        // Whoever names a pipe, as a shell does for `<(…)`, wants it read.
                        let pipe = Box::new(Pipe::Named(path.clone()));
                        Some(Found::Stream(path, pipe))
                    }
                    Ok(meta) => self.meet(path, meta.file_type()),
                    Err(error) => Some(failed(path, "cannot open", &error)),
                },
            });
        };
        if let Some(error) = folder.broken.take() {
            let path = folder.path.clone();
            return Some(Some(failed(path, "cannot list all of the folder", &error)));
        }
        let Some((name, kind)) = folder.entries.next() else {
            self.folders.pop();
            return Some(None);
        };
        let path = folder.path.join(name);
        Some(match kind {
            Ok(kind) => self.meet(path, kind),
            Err(error) => Some(failed(path, "cannot find out what it is", &error)),
        })
    }

    fn meet(&mut self, path: PathBuf, kind: FileType) -> Option<Found> {
        if kind.is_dir() {
            return self.enter(path);
        }
        Some(match SkipReason::of(kind) {
            Some(reason) => Found::Skipped(path, reason),
            None => Found::File(path),
        })
    }
}

impl<I: Iterator<Item = Input>> Iterator for Walk<I> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            if let Some(found) = self.step()? {
                return Some(found);
            }
        }
    }
}

impl Folder {
    fn open(path: PathBuf) -> Result<Self, Found> {
        let listing = match fs::read_dir(&path) {
            Ok(listing) => listing,
            Err(error) => return Err(failed(path, "cannot open the folder", &error)),
        };
        let mut entries = Vec::new();
        let mut broken = None;
        for entry in listing {
            match entry {
                Ok(entry) => entries.push((entry.file_name(), entry.file_type())),
                Err(error) => {
                    broken = Some(error);
                    break;
                }
            }
        }
        // Names of one folder differ, so that the order is one and the same everywhere.
        entries.sort_unstable_by(|(a, _), (b, _)| a.as_encoded_bytes().cmp(b.as_encoded_bytes()));
        Ok(Self {
            path,
            entries: entries.into_iter(),
            broken,
        })
    }
}

fn failed(path: PathBuf, what: &str, error: &io::Error) -> Found {
    Found::Failed(path, format!("{what}: {error}"))
}

/// How many files there are in `paths`: a quick walk that opens none of them, for the estimate
/// of a progress bar. Ends early, with what it has, as soon as `go_on` says no.
pub fn count_files<P: AsRef<Path>>(paths: &[P], mut go_on: impl FnMut() -> bool) -> u64 {
    let inputs = paths.iter().map(|path| Input::from(path.as_ref()));
    let walk = Walk::new(inputs).take_while(|_| go_on());
    walk.map(|found| u64::from(matches!(found, Found::File(_))))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walked(path: &Path) -> Vec<String> {
        let short = |path: &Path, what: &str, root: &Path| {
            let path = path.strip_prefix(root).unwrap_or(path);
            format!("{} {what}", path.display())
        };
        Walk::new([Input::from(path)].into_iter())
            .map(|found| match &found {
                Found::File(at) | Found::Stream(at, _) => short(at, "file", path),
                Found::Skipped(at, reason) => short(at, reason.name(), path),
                Found::Failed(at, message) => short(at, message, path),
            })
            .collect()
    }

    #[test]
    fn a_folder_is_walked_by_name_and_its_symlinks_are_not_followed() {
        let root = std::env::temp_dir().join(format!("macrosift-{}-walk", std::process::id()));
        for folder in ["b/c", "a.d"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        for file in ["b/c/2", "b/1", "b/d", "a", "a.d/x", "c", "B", "é"] {
            fs::write(root.join(file), file).unwrap();
        }
        let mut expected = vec![
            "B file",
            "a file",
            "a.d/x file",
            "b/1 file",
            "b/c/2 file",
            "b/d file",
            "c file",
            "é file",
        ];
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("..", root.join("b/c/up")).unwrap();
            std::os::unix::fs::symlink(".", root.join("again")).unwrap();
            expected.insert(3, "again symlink");
            expected.insert(6, "b/c/up symlink");
        }
        let found = walked(&root);
        let files = count_files(&[&root], || true);
        let early = count_files(&[&root], || false);
        #[cfg(unix)]
        let through_link = walked(&root.join("again")).len();
        fs::remove_dir_all(root).unwrap();
        assert_eq!(found, expected);
        assert_eq!((files, early), (8, 0));
        #[cfg(unix)]
        assert_eq!(through_link, expected.len());
    }
}
