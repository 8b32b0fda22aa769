//! A layer that is a compound file.

use std::borrow::Cow;

use crate::container::cfb::{Entry, File, needs_zeros};
use crate::container::{Kind, sniff};
use crate::limits::Limit;
use crate::observe::Reason;
use crate::project::document::{
    Identity, Outside, identify_compound, inspect_compound, is_macro_free,
};
use crate::project::ovba;

use super::encrypted::Streams;
use super::pass::Pass;
use super::queue::Child;

impl Pass<'_> {
    pub(super) fn compound<'b>(
        &mut self,
        bytes: &'b [u8],
        holders: &[&[u8]],
        children: &mut Vec<Child<'b>>,
    ) -> Identity {
        let zeros = self.zeros;
        let Some(whole) = self.with_zeros_again(bytes, zeros) else {
            return self.compound_file(bytes, zeros, holders, children);
        };
        let mut inside = Vec::new();
        let identity = self.compound_file(&whole, 0, holders, &mut inside);
        children.extend(inside.into_iter().map(Child::into_owned));
        identity
    }

    /// The file as it was, if some of the zeros that were not kept are those of a stream.
    fn with_zeros_again(&mut self, bytes: &[u8], zeros: u64) -> Option<Vec<u8>> {
        if zeros == 0 || !needs_zeros(bytes, &mut self.ledger) {
            return None;
        }
        let size = (bytes.len() as u64).saturating_add(zeros);
        self.ledger.charge(Limit::OutputBytes, size).ok()?;
        let mut whole = Vec::with_capacity(usize::try_from(size).ok()?);
        whole.extend_from_slice(bytes);
        whole.resize(usize::try_from(size).ok()?, 0);
        Some(whole)
    }

    fn compound_file<'b>(
        &mut self,
        bytes: &'b [u8],
        zeros: u64,
        holders: &[&[u8]],
        children: &mut Vec<Child<'b>>,
    ) -> Identity {
        let mut text = std::mem::take(&mut self.scratch.text);
        text.clear();
        let identity = match File::parse(bytes, &mut self.ledger) {
            Ok(file) => {
                self.inspected = true;
                let file = file.followed_by_zeros(zeros);
                let streams = self.open_streams(&file, children);
                if matches!(streams, Streams::Opened) {
                    // All that is in the file is in the copy.
                    self.scratch.text = text;
                    return identify_compound(&file);
                }
                let survey = file.survey(&mut self.ledger);
                let projects = ovba::read_projects(&file, &survey, &mut text, &mut self.ledger);
                let mut outside = Outside::default();
                let identity = inspect_compound(&file, &mut outside, &mut self.ledger);
                let layer = self.ledger.layer();
                self.starts
                    .extend(outside.starts.into_iter().map(|start| (layer, start)));
                self.loads(outside.loads);
                if !projects.is_empty() && identity.format == "ole" {
                    self.look_for_type_lie();
                }
                self.projects(projects, &text, holders);
                self.embedded(&file, identity.format == "msg", children);
                self.open_packages(&file, children);
                self.not_opened(&streams);
                // Behind a password that is not known there is nothing to be read of a document.
                let sealed = !streams.are_plain();
                let inside = [
                    !sealed && self.presentation(&file, children),
                    self.drawing(&file, children),
                    !sealed && self.word_basic(&file, holders),
                    self.objects(&file, children),
                ];
                Identity {
                    active: identity.active || inside.contains(&true),
                    ..identity
                }
            }
            Err(error) => {
                self.ledger.gap(Reason::Damaged, format_args!("{error}"));
                let project = ovba::carve(bytes, &mut text, &mut self.ledger);
                self.projects(project.into_iter().collect(), &text, holders);
                Identity::document("ole")
            }
        };
        self.scratch.text = text;
        identity
    }

    /// A bare project in a package whose type promises that there is none.
    fn look_for_type_lie(&mut self) {
        let parent = self.layers.last().and_then(|layer| layer.parent);
        let holder = parent.and_then(|parent| self.layers.get(parent as usize));
        if let Some(holder) = holder.filter(|holder| is_macro_free(holder.format)) {
            let format = holder.format;
            self.ledger.observe(
                "opc.type-lie",
                "ECMA-376-2 7.2.3",
                0,
                format_args!("a VBA project in a {format} file, a type that has none"),
            );
        }
    }

    /// Streams that are themselves files of a kind that can carry code.
    fn embedded<'b>(&mut self, file: &File<'b>, mail: bool, children: &mut Vec<Child<'b>>) {
        for entry in file.entries().iter().filter(|entry| entry.is_stream()) {
            let head = file.head(entry, &mut self.ledger);
            // What is attached to a mail can be of any kind; a stream of a document is a file only
            // if it starts like one that can carry code.
            let wanted = if mail && is_attachment(entry) {
                !matches!(sniff(head), Kind::Foreign(_) | Kind::Unknown | Kind::Empty)
            } else {
                CARRIERS.iter().any(|magic| head.starts_with(magic))
            };
            if !wanted {
                continue;
            }
            let bytes = match file.stream(entry, &mut self.ledger) {
                Cow::Owned(bytes) => bytes,
                Cow::Borrowed(bytes) => {
                    // A copy, since what is borrowed here ends with the layer.
                    let size = bytes.len() as u64;
                    if self.ledger.charge(Limit::OutputBytes, size).is_err() {
                        return;
                    }
                    bytes.to_vec()
                }
            };
            children.push(Child::new(file.path(entry), Cow::Owned(bytes)));
        }
    }
}

/// How compound files, zip archives, rich text and ActiveMime start, as far as is certain.
pub(super) const CARRIERS: [&[u8]; 4] =
    [b"\xD0\xCF\x11\xE0", b"PK\x03\x04", b"{\\rt", b"ActiveMime"];

/// `PidTagAttachDataBinary`, [MS-OXPROPS] 2.580, as [MS-OXMSG] 2.1.4.2 names its stream.
fn is_attachment(entry: &Entry) -> bool {
    entry.is_named("__substg1.0_37010102")
}
