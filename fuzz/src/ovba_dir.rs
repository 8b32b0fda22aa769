//! The streams that describe a project: `dir`, `PROJECT`, `PROJECTwm`.

use macrosift::ovba::{Dir, NameMap, ProjectStream};
use macrosift::{Ledger, Limit, Limits};

use super::assert_linear;

/// The target.
pub fn ovba_dir(data: &[u8]) {
    let mut ledger = Ledger::new(Limits::unbounded());
    let dir = Dir::parse(data, &mut ledger);
    assert_linear(&ledger, Limit::Steps, data.len(), 1, 1);
    assert_eq!(modules(data), names(&dir));
    assert!(dir.complete || !ledger.observations().is_empty() || ends_between_records(data));

    for code_page in [1252, 932, 65001, 0] {
        let mut ledger = Ledger::new(Limits::unbounded());
        let stream = ProjectStream::parse(data, code_page, &mut ledger);
        assert_linear(&ledger, Limit::Steps, data.len(), 3, 3);
        let listed = data.split(|byte| matches!(byte, b'\r' | b'\n'));
        let listed = listed.take_while(|line| !line.starts_with(b"[") || line.contains(&b'='));
        for line in listed.filter(|_| code_page == 1252) {
            let Some(name) = line.strip_prefix(b"Module=") else {
                continue;
            };
            if name.is_ascii() && !name.contains(&b'/') {
                let name = String::from_utf8_lossy(name);
                assert!(stream.kind_of(name.trim()).is_some(), "{name}");
                assert!(stream.lists_modules());
            }
        }
    }

    let mut ledger = Ledger::new(Limits::unbounded());
    let map = NameMap::parse(data, &mut ledger);
    assert_linear(&ledger, Limit::Steps, data.len(), 1, 1);
    if let Some(end) = data
        .iter()
        .position(|&byte| byte == 0)
        .filter(|&end| end > 0)
    {
        let units = data[end + 1..].as_chunks::<2>().0;
        let ended = units.contains(&[0, 0]);
        assert_eq!(map.unicode(&data[..end]).is_some(), ended);
    }
}

/// Records, one after the other; the last may run past the end.
fn records(data: &[u8]) -> Vec<(u16, Option<&[u8]>)> {
    let mut records = Vec::new();
    let mut rest = data;
    while let Some((head, after)) = rest.split_first_chunk::<6>() {
        let id = u16::from_le_bytes([head[0], head[1]]);
        let size = u32::from_le_bytes([head[2], head[3], head[4], head[5]]);
        let size = if id == 9 { 6 } else { size as usize };
        records.push((id, after.get(..size)));
        let Some(next) = after.get(size..) else { break };
        rest = next;
        if id == 0x10 {
            break;
        }
    }
    records
}

type Names = (Vec<u8>, Vec<u8>, Option<u32>);

fn modules(data: &[u8]) -> Vec<Names> {
    let mut modules: Vec<Names> = Vec::new();
    for (id, value) in records(data) {
        let Some(value) = value else { break };
        match (id, modules.last_mut()) {
            (0x19, _) => modules.push((value.to_vec(), Vec::new(), None)),
            (0x1A, Some(module)) => module.1 = value.to_vec(),
            (0x31, Some(module)) => {
                let offset = value.first_chunk().map(|bytes| u32::from_le_bytes(*bytes));
                module.2 = offset;
            }
            _ => {}
        }
    }
    modules
}

fn names(dir: &Dir<'_>) -> Vec<Names> {
    let modules = dir.modules.iter();
    modules
        .map(|module| {
            (
                module.name.to_vec(),
                module.stream_name.to_vec(),
                module.text_offset,
            )
        })
        .collect()
}

fn ends_between_records(data: &[u8]) -> bool {
    let all: Option<usize> = records(data)
        .iter()
        .map(|(_, value)| value.map(|value| value.len() + 6))
        .sum();
    all == Some(data.len())
}
