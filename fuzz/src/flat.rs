use macrosift::opc::xml;
use macrosift::project::flat;
use macrosift::zip::Archive;
use macrosift::{Ledger, Limit, Limits};

use super::scan::scan;
use super::{assert_linear, cut_short};

/// What must hold for any bytes in this format: the package that is put together is an archive of
/// which the strict reader says nothing but what its names give reason to, and work is linear.
pub fn flat(data: &[u8]) {
    if let Ok(text) = xml::text(data) {
        let mut ledger = Ledger::new(Limits::mail());
        let found = flat::read(&text, &mut ledger);
        assert_linear(&ledger, Limit::Steps, text.text.len(), 1, 2);
        let size: usize = found.binaries.iter().map(|(_, bytes)| bytes.len()).sum();
        assert!(size <= text.text.len());
        if let Some(package) = found.package
            && !cut_short(&ledger)
        {
            let mut ledger = Ledger::new(Limits::mail());
            let archive = Archive::parse(&package, &mut ledger).unwrap();
            for note in ledger.observations() {
                assert!(
                    matches!(note.code, "zip.duplicate-name"),
                    "{}: {}",
                    note.code,
                    note.detail
                );
            }
            for member in archive.members() {
                assert_eq!(member.compressed.len() as u64, member.declared_size);
            }
        }
    }
    scan(data);
}
