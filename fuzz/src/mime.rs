use std::collections::HashSet;

use macrosift::container::{active_mime, mime};
use macrosift::project::document::read_page;
use macrosift::{Ledger, Limit, Limits};

use super::scan::scan;
use super::{assert_linear, cut_short};

/// What must hold for any bytes in this format: parts lie in the message in their order, contents
/// are no longer than bodies, what is wrapped is found again, and work is linear.
pub fn mime(data: &[u8]) {
    let mut ledger = Ledger::new(Limits::mail());
    let parts = mime::walk(data, &mut ledger);
    let mut end = 0;
    for part in &parts.all {
        assert!(part.offset >= end && part.offset + part.body.len() <= data.len());
        end = part.offset + part.body.len();
        assert_eq!(part.body, &data[part.offset..end]);
        assert!(part.content().len() <= part.body.len());
        let _ = part.name();
    }
    assert_linear(&ledger, Limit::Steps, data.len(), 1, 0);
    assert_linear(&ledger, Limit::Entries, data.len(), 1, 1);

    let mut ledger = Ledger::new(Limits::mail());
    let _ = read_page(data, &HashSet::new(), &mut ledger);
    assert_linear(&ledger, Limit::Steps, data.len(), 1, 1);

    for wrapper in active_mime::find(data, &mut ledger) {
        let found = active_mime::contents(wrapper, &mut ledger);
        assert!(!found.is_empty() || cut_short(&ledger) || !ledger.gaps().is_empty());
    }
    scan(data);
}
