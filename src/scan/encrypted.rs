//! A compound file whose streams, or the package in it, are encrypted: which passwords are tried,
//! what is said of them, and what becomes a layer.

use std::borrow::Cow;
use std::fmt;

use crate::container::cfb::{Entry, File};
use crate::container::crypto::{Moved, Package, StreamKey};
use crate::container::{Kind, sniff};
use crate::limits::{Limit, Spent};
use crate::observe::Reason;
use crate::project::document::{Decrypted, Sealed, sealed};
use crate::project::{Load, LoadKind};

use super::compound::CARRIERS;
use super::pass::Pass;
use super::queue::Child;

/// Passwords that Office programs try by themselves: Excel that of protected workbooks, PowerPoint that
/// of presentations with a password for changes ([MS-OFFCRYPTO] 2.4.2.3).
const BUILT_IN: [(Source, &str); 2] = [
    (Source::Excel, "VelvetSweatshop"),
    (Source::PowerPoint, "/01Hannes Ruescher/01"),
];

/// The steps that one password may be worth, whatever the limits: a million rounds of SHA512, where
/// Office writes a hundred thousand.
const DEAREST: u64 = 12_000_100;

/// Where a password came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Excel,
    PowerPoint,
    Given,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Excel => "default (Excel)",
            Self::PowerPoint => "default (PowerPoint)",
            Self::Given => "given",
        })
    }
}

/// What became of the passwords.
#[derive(Debug, Default)]
struct Tried {
    built_in: Option<&'static str>,
    given: usize,
    /// Whether those left would have cost too much, and what one costs.
    too_dear: Option<u64>,
}

/// What there is of documents whose streams are encrypted.
pub(super) enum Streams {
    /// Nothing.
    Plain,
    /// Opened: the copy is a layer of its own.
    Opened,
    /// Not opened.
    Closed(Vec<Closed>),
}

/// A document that no password opened.
pub(super) struct Closed {
    scheme: String,
    tried: Tried,
    macro_sheets: u32,
}

impl Streams {
    pub(super) const fn are_plain(&self) -> bool {
        matches!(self, Self::Plain)
    }
}

impl Pass<'_> {
    /// Opens documents whose streams are encrypted, into a copy of the whole file.
    pub(super) fn open_streams<'b>(
        &mut self,
        file: &File<'b>,
        children: &mut Vec<Child<'b>>,
    ) -> Streams {
        let documents = sealed(file, &mut self.ledger);
        if documents.is_empty() {
            return Streams::Plain;
        }
        let (mut opened, mut closed) = (Vec::new(), Vec::new());
        for document in &documents {
            let lock = &document.lock;
            let (key, tried) = self.try_passwords(lock.cost(), |password| lock.unlock(password));
            match key {
                Some((key, source)) => opened.push((document, key, source)),
                None => closed.push(Closed {
                    scheme: lock.describe(),
                    tried,
                    macro_sheets: document.macro_sheets,
                }),
            }
        }
        if opened.is_empty() {
            return Streams::Closed(closed);
        }
        // A document that stays closed is told of where the copy is read.
        match self.copy(file, &opened, children) {
            Ok(()) => Streams::Opened,
            Err(_) => Streams::Closed(closed),
        }
    }

    /// The copy in which documents are open, and what was moved out of them.
    fn copy<'b>(
        &mut self,
        file: &File<'b>,
        opened: &[(&Sealed<'_>, StreamKey, Source)],
        children: &mut Vec<Child<'b>>,
    ) -> Result<(), Spent> {
        let mut copy = Decrypted::new(file, &mut self.ledger)?;
        let mut moved = Vec::new();
        for (document, key, _) in opened {
            document.open(file, key, &mut copy, &mut self.ledger)?;
            moved.extend(document.moved(file, key, &mut self.ledger)?);
        }
        for (document, _, source) in opened {
            let lock = &document.lock;
            self.opened(
                *source,
                &lock.describe(),
                lock.clause(),
                document.place(file),
            );
        }
        children.push(Child::new(
            "(decrypted)".to_owned(),
            Cow::Owned(copy.finish(&mut self.ledger)),
        ));
        for Moved { name, bytes } in moved {
            if CARRIERS.iter().any(|magic| bytes.starts_with(magic)) {
                let bytes = Cow::Owned(bytes);
                children.push(Child::new(name, bytes));
            }
        }
        Ok(())
    }

    /// Opens packages, and tells of what is protected in another way.
    pub(super) fn open_packages<'b>(&mut self, file: &File<'b>, children: &mut Vec<Child<'b>>) {
        let mut found = false;
        for entry in file.entries() {
            if entry.is_stream() && entry.is_named("EncryptedPackage") {
                found = true;
                self.open_package(file, entry, children);
            }
        }
        let is_managed = |entry: &Entry| {
            let drm = [
                "\u{6}DataSpaces",
                "\u{9}DRMContent",
                "\u{9}DRMViewerContent",
            ];
            drm.iter().any(|name| entry.is_named(name))
        };
        if !found && file.entries().iter().any(is_managed) {
            self.not_opened_with("rights management", &Tried::default(), 0);
        }
    }

    fn open_package<'b>(&mut self, file: &File<'b>, entry: &Entry, children: &mut Vec<Child<'b>>) {
        let info = entry
            .parent()
            .and_then(|at| file.child(at, "EncryptionInfo"));
        let Some(info) = info else {
            let managed = file
                .entries()
                .iter()
                .any(|entry| entry.is_named("DRMEncryptedTransform"));
            let scheme = if managed {
                "rights management"
            } else {
                "encryption that is not described"
            };
            self.not_opened_with(scheme, &Tried::default(), 0);
            return;
        };
        let info = file.stream(info, &mut self.ledger);
        let package = Package::parse(&info, &mut self.ledger);
        let (key, tried) = self.try_passwords(package.cost(), |password| package.unlock(password));
        let Some((key, source)) = key else {
            self.not_opened_with(&package.describe(), &tried, 0);
            return;
        };
        let stream = file.stream(entry, &mut self.ledger);
        let Some(bytes) = package.decrypt(&key, &stream, &mut self.ledger) else {
            // If it is not for a limit, it is cut before its size.
            self.ledger.gap(
                Reason::Damaged,
                format_args!("the encrypted package was not decrypted"),
            );
            return;
        };
        if !matches!(sniff(&bytes), Kind::Zip | Kind::Cfb) {
            // The password is right; whatever a program makes of the rest is not known.
            self.ledger.gap(
                Reason::Damaged,
                format_args!("what the encrypted package holds is no package"),
            );
        }
        self.opened(
            source,
            &package.describe(),
            package.clause(),
            file.path(entry),
        );
        children.push(Child::new(file.path(entry), Cow::Owned(bytes)));
    }

    /// Tries the passwords that programs have built in, then those of the caller, as long as they
    /// leave half of the work that is left for what they open.
    fn try_passwords<K>(
        &mut self,
        cost: Option<u64>,
        unlock: impl Fn(&str) -> Option<K>,
    ) -> (Option<(K, Source)>, Tried) {
        let mut tried = Tried::default();
        let Some(cost) = cost else {
            return (None, tried);
        };
        let mut share = self.ledger.budget().left(Limit::Steps) >> 1;
        let given = self.scanner.passwords.iter();
        let given = given.map(|word| (Source::Given, word.as_str()));
        for (source, password) in BUILT_IN.into_iter().chain(given) {
            if cost > share.min(DEAREST) || self.ledger.charge(Limit::Steps, cost).is_err() {
                tried.too_dear = Some(cost);
                break;
            }
            share = share.saturating_sub(cost);
            match source {
                Source::Given => tried.given = tried.given.saturating_add(1),
                Source::Excel => tried.built_in = Some("Excel"),
                Source::PowerPoint => tried.built_in = Some("Excel, PowerPoint"),
            }
            if let Some(key) = unlock(password) {
                return (Some((key, source)), tried);
            }
        }
        (None, tried)
    }

    fn opened(&mut self, source: Source, scheme: &str, clause: &'static str, place: String) {
        self.ledger.observe(
            "crypto.opened",
            clause,
            0,
            format_args!("{place}: {scheme}; password: {source}"),
        );
        let target = match source {
            Source::Excel => "Excel",
            Source::PowerPoint => "PowerPoint",
            Source::Given => return,
        };
        let kind = LoadKind::BuiltInPassword;
        let target = target.to_owned();
        self.loads([Load {
            kind,
            target,
            place,
        }]);
    }

    /// Tells of the documents that stayed closed, when it is known what else is in the file.
    pub(super) fn not_opened(&mut self, streams: &Streams) {
        let Streams::Closed(documents) = streams else {
            return;
        };
        for one in documents {
            self.not_opened_with(&one.scheme, &one.tried, one.macro_sheets);
            if one.macro_sheets > 0 {
                self.ledger.gap(
                    Reason::ActiveUnread,
                    format_args!(
                        "{} Excel 4.0 macro sheets in an encrypted workbook",
                        one.macro_sheets
                    ),
                );
            }
        }
    }

    fn not_opened_with(&mut self, scheme: &str, tried: &Tried, macro_sheets: u32) {
        if let Some(cost) = tried.too_dear {
            let limit = self.ledger.budget().limits().get(Limit::Steps);
            let limit = if cost > DEAREST { DEAREST } else { limit };
            self.ledger.gap(
                Reason::Limit,
                format_args!(
                    "limit steps of {limit} reached: a password of the encrypted document costs {cost}"
                ),
            );
        }
        let layer = self.ledger.layer();
        let readable = self.modules.iter().any(|module| module.layer == layer);
        let defaults = tried.built_in.unwrap_or("none");
        let given = match (tried.given, self.scanner.passwords.len()) {
            (0, 0) => String::new(),
            (tried, given) if tried < given => format!(", {tried} of {given} given"),
            (_, given) => format!(", {given} given"),
        };
        let readable = if readable { "yes" } else { "no" };
        self.ledger.gap(
            Reason::Encrypted,
            format_args!(
                "{scheme}; default passwords tried: {defaults}{given}; not opened; \
                 VBA storage readable: {readable}; macro-sheet markers in clear: {macro_sheets}"
            ),
        );
    }
}
