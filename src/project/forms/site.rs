//! The stream `f`, [MS-OFORMS] 2.2.10: the form itself, the classes that are not of this library,
//! and a site for each control.
//!
//! | field | what |
//! |---|---|
//! | `FormControl` | a block of properties |
//! | `ClassTable` (2.2.10.6) | a count and as many blocks; left out if the form says so |
//! | `CountOfSites`, `CountOfBytes` | four bytes each |
//! | `SiteDepthsAndTypes` (2.2.10.7) | depth and type of a site, or of a run of them |
//! | `Sites` | blocks |

use crate::bytes::Bytes;
use crate::limits::Limit;
use crate::observe::Ledger;

use super::block::Values;
use super::class::Class;
use super::layout::{CLASS_INFO, FORM, SITE};

/// `FORM_FLAG_DONTSAVECLASSTABLE`, 2.2.10.1.4.
const NO_CLASS_TABLE: u32 = 0x8000;
/// `SITE_FLAG` of a control in the object stream, and what it is by default, 2.2.10.12.4.
const STREAMED: u32 = 0x10;
const DEFAULT_FLAGS: u32 = 0x33;
/// No class, 2.2.10.12.3.
const NO_CLASS: u16 = 0x7FFF;
const CLASS_TABLE: u16 = 0x8000;

/// A control in its form.
pub(super) struct Site {
    /// Name, texts and number.
    pub(super) values: Values,
    pub(super) class: Class,
    /// How many bytes of the object stream are its own; none if it has a storage.
    pub(super) streamed: Option<u32>,
}

/// The stream.
#[derive(Default)]
pub(super) struct Sites<'a> {
    /// The form or frame itself.
    pub(super) form: Values,
    pub(super) sites: Vec<Site>,
    /// What was not understood.
    pub(super) rest: &'a [u8],
    /// Whether there is as much as is claimed, and no more.
    pub(super) whole: bool,
}

impl<'a> Sites<'a> {
    pub(super) fn read(stream: &'a [u8], ledger: &mut Ledger) -> Self {
        let mut sites = Self::default();
        let mut bytes = Bytes::new(stream);
        match sites.fill(&mut bytes, ledger) {
            Some(()) => sites.whole = sites.rest.is_empty(),
            None => sites.rest = bytes.rest(),
        }
        sites
    }

    fn fill(&mut self, bytes: &mut Bytes<'a>, ledger: &mut Ledger) -> Option<()> {
        self.form.block(bytes, &FORM)?;
        let flags = self.form.flags.take().unwrap_or(0);
        let mut classes = Vec::new();
        if flags & NO_CLASS_TABLE == 0 {
            for _ in 0..bytes.u16().ok()? {
                let mut info = Values::default();
                info.block(bytes, &CLASS_INFO)?;
                classes.push(info.class);
            }
        }
        let count = bytes.u32().ok()?;
        let size = usize::try_from(bytes.u32().ok()?).ok()?;
        let before = bytes.len();
        depths(bytes, count, ledger)?;
        for _ in 0..count {
            ledger.charge(Limit::Entries, 1).ok()?;
            let mut values = Values::default();
            let whole = values.block(bytes, &SITE);
            if whole.is_some() || !values.name.is_empty() {
                self.sites.push(Site::new(values, &classes));
            }
            whole?;
        }
        // Sites that are there and not counted.
        let read = before.saturating_sub(bytes.len());
        self.rest = bytes.up_to(size.saturating_sub(read));
        Some(())
    }
}

impl Site {
    fn new(values: Values, classes: &[Option<[u8; 16]>]) -> Self {
        let class = match values.class_index {
            Some(index) if index < NO_CLASS => Class::of_index(index),
            Some(index) if index >= CLASS_TABLE => {
                let entry = classes.get(usize::from(index & NO_CLASS)).copied();
                entry.flatten().map_or(Class::Unknown, |id| Class::of(&id))
            }
            _ => Class::Unknown,
        };
        let streamed = values.flags.unwrap_or(DEFAULT_FLAGS) & STREAMED != 0;
        Self {
            streamed: streamed.then_some(values.object_size),
            class,
            values,
        }
    }
}

/// Passes over `SiteDepthsAndTypes`, which say nothing that is needed, and over their padding.
fn depths(bytes: &mut Bytes<'_>, count: u32, ledger: &mut Ledger) -> Option<()> {
    let start = bytes.position();
    let mut told = 0_u32;
    while told < count {
        ledger.charge(Limit::Steps, 1).ok()?;
        let _depth = bytes.u8().ok()?;
        let type_or_count = bytes.u8().ok()?;
        let run = if type_or_count & 0x80 == 0 {
            1
        } else {
            let _type = bytes.u8().ok()?;
            u32::from(type_or_count & 0x7F)
        };
        told = told.saturating_add(run);
    }
    let odd = bytes.position().saturating_sub(start).wrapping_neg() & 3;
    bytes.bytes(usize::try_from(odd).ok()?).ok().map(drop)
}
