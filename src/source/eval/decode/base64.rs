//! Base64 (RFC 4648), in either alphabet, with padding or without.

/// A run that is shorter is a word.
const SHORTEST: usize = 16;
/// As the argument of `-EncodedCommand`, which is of UTF-16.
const SHORTEST_COMMAND: usize = 8;
/// Lines of at least this length go on in the next.
const LINE: usize = 48;

/// Calls `found` with the bytes of each run of the alphabet that is long enough.
pub(super) fn each(text: &str, mut found: impl FnMut(&[u8])) {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    let mut before: &[u8] = &[];
    while let Some(start) = rest.iter().position(|byte| value(*byte).is_some()) {
        let (skipped, run) = rest.split_at_checked(start).unwrap_or((rest, &[]));
        let shortest = if is_command_next(before, skipped) {
            SHORTEST_COMMAND
        } else {
            SHORTEST
        };
        let length = length(run);
        let (run, after) = run.split_at_checked(length).unwrap_or((run, &[]));
        if run.len() >= shortest {
            bytes.clear();
            decode(run, &mut bytes);
            found(&bytes);
        }
        before = run;
        rest = after;
    }
}

/// The bytes of a text that holds nothing else.
pub(super) fn whole(text: &str) -> Option<Vec<u8>> {
    let bytes = text.as_bytes();
    let known = |byte: &u8| value(*byte).is_some() || *byte == b'=' || byte.is_ascii_whitespace();
    if !bytes.iter().all(known) {
        return None;
    }
    let mut decoded = Vec::new();
    decode(bytes, &mut decoded);
    Some(decoded)
}

/// How long a run is, lines that belong together as one.
fn length(run: &[u8]) -> usize {
    let mut length = 0;
    let mut line = 0;
    let mut bytes = run.iter().enumerate();
    while let Some((at, byte)) = bytes.next() {
        if value(*byte).is_some() {
            length = at + 1;
            line += 1;
        } else if matches!(byte, b'\r' | b'\n') && line >= LINE {
            // The break, and whatever of it is left.
            let next = bytes
                .clone()
                .find(|(_, byte)| !matches!(byte, b'\r' | b'\n'));
            if next.is_none_or(|(_, byte)| value(*byte).is_none()) {
                break;
            }
            line = 0;
        } else if !matches!(byte, b'\r' | b'\n') || line > 0 {
            break;
        }
    }
    length
}

/// Whether what stands before a run is an option of PowerShell for it: any start of
/// `-EncodedCommand`, or `-ec`.
fn is_command_next(word: &[u8], between: &[u8]) -> bool {
    const OPTION: &[u8] = b"encodedcommand";
    let blank = !between.is_empty()
        && between
            .iter()
            .all(|c| matches!(c, b' ' | b'\t' | b'"' | b'\''));
    let name = word.strip_prefix(b"-").or_else(|| word.strip_prefix(b"/"));
    let option = name.is_some_and(|name| {
        let start = OPTION.get(..name.len());
        start.is_some_and(|start| !name.is_empty() && start.eq_ignore_ascii_case(name))
            || name.eq_ignore_ascii_case(b"ec")
    });
    blank && option
}

/// What a letter of the alphabet stands for.
const fn value(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

/// The bytes of a run; a last letter that makes no byte is left out.
fn decode(run: &[u8], bytes: &mut Vec<u8>) {
    let (mut bits, mut count) = (0_u32, 0);
    for value in run.iter().filter_map(|byte| value(*byte)) {
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
}
