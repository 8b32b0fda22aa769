//! Compressed containers, [MS-OVBA] 2.4.1.

/// Decompressed bytes of a chunk, [MS-OVBA] 2.4.1.1.4.
const CHUNK: usize = 4096;
/// Bits that say a chunk holds tokens, and the chunk signature 0b011, [MS-OVBA] 2.4.1.1.5.
const COMPRESSED: u16 = 0x8000;
const CHUNK_SIGNATURE: u16 = 0x3000;
const HASHES: usize = 1 << 12;
/// How many earlier places a match is sought at.
const MAX_TRIES: usize = 64;

/// A departure from [MS-OVBA] 2.4.1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContainerFault {
    /// The first byte of the container, 0x01 in a well-formed one. Office looks at the two lowest
    /// bits only.
    SignatureByte(u8),
    /// The three signature bits of every chunk header, 0b011 in a well-formed one.
    ChunkSignature(u8),
    /// The last chunk is raw and shorter than 4096 bytes, as no raw chunk may be.
    ShortRawChunk,
    /// One byte after the last chunk.
    StrayTail(u8),
    /// A further chunk that starts with a copy token, where there is nothing yet to copy.
    CopyBeforeStart,
    /// The container ends this many bytes early, within a chunk.
    CutShort(usize),
    /// The first chunk stands for more than 4096 bytes. Texts that fit one chunk stay as they are.
    LongChunk,
}

/// Compresses as Office does: greedy, the longest match in the chunk so far.
///
/// A last chunk that does not shrink is stored raw and filled with zeros, as the specification
/// has it; the text of a module never comes to that.
#[must_use]
pub fn compress(data: &[u8]) -> Vec<u8> {
    container(data, Style::Matches)
}

/// Compresses without a single copy token, where a chunk of literals fits its size field, and to
/// raw chunks where not.
#[must_use]
pub fn compress_literal(data: &[u8]) -> Vec<u8> {
    container(data, Style::Literals)
}

/// Stores raw chunks; the last is filled with zeros to 4096 bytes.
#[must_use]
pub fn compress_raw(data: &[u8]) -> Vec<u8> {
    container(data, Style::Raw)
}

/// Compresses with one fault.
#[must_use]
pub fn compress_with(data: &[u8], fault: &ContainerFault) -> Vec<u8> {
    let mut bytes = compress(data);
    match fault {
        ContainerFault::SignatureByte(byte) => bytes[0] = *byte,
        ContainerFault::ChunkSignature(bits) => {
            let mut at = 1;
            while at < bytes.len() {
                let header = u16::from_le_bytes([bytes[at], bytes[at + 1]]);
                let changed = header & 0x8FFF | u16::from(bits & 7) << 12;
                bytes[at..at + 2].copy_from_slice(&changed.to_le_bytes());
                at += usize::from(header & 0x0FFF) + 3;
            }
        }
        ContainerFault::ShortRawChunk => {
            let last = data.len().saturating_sub(1) / CHUNK * CHUNK;
            bytes = compress(&data[..last]);
            push_chunk(&mut bytes, CHUNK_SIGNATURE, &data[last..]);
        }
        ContainerFault::StrayTail(byte) => bytes.push(*byte),
        ContainerFault::CopyBeforeStart => {
            push_chunk(
                &mut bytes,
                COMPRESSED | CHUNK_SIGNATURE,
                &[0x01, 0x00, 0x70],
            );
        }
        ContainerFault::CutShort(count) => bytes.truncate(bytes.len().saturating_sub(*count)),
        ContainerFault::LongChunk => bytes = long_chunk(data),
    }
    bytes
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    Matches,
    Literals,
    Raw,
}

fn container(data: &[u8], style: Style) -> Vec<u8> {
    let mut bytes = vec![0x01];
    for chunk in data.chunks(CHUNK) {
        let tokens = match style {
            Style::Matches => Some(tokens(chunk, CHUNK)),
            Style::Literals => Some(tokens(chunk, 0)),
            Style::Raw => None,
        };
        match tokens.filter(|tokens| tokens.len() <= CHUNK) {
            Some(tokens) => push_chunk(&mut bytes, COMPRESSED | CHUNK_SIGNATURE, &tokens),
            None => {
                let mut raw = chunk.to_vec();
                raw.resize(CHUNK, 0);
                push_chunk(&mut bytes, CHUNK_SIGNATURE, &raw);
            }
        }
    }
    bytes
}

/// A chunk: header, whose lowest twelve bits are the size less three, then data.
fn push_chunk(bytes: &mut Vec<u8>, flags: u16, data: &[u8]) {
    let size = u16::try_from(data.len() + 2).expect("a chunk fits its size field");
    bytes.extend_from_slice(&(flags | size.saturating_sub(3)).to_le_bytes());
    bytes.extend_from_slice(data);
}

/// One chunk for as much of the data as its size field allows, then ordinary ones.
fn long_chunk(data: &[u8]) -> Vec<u8> {
    let mut length = data.len();
    // Past 4096 bytes the width of copy tokens is undefined: literals only from there.
    let mut first = tokens(&data[..length], CHUNK);
    while first.len() > CHUNK {
        length -= (first.len() - CHUNK).min(length);
        first = tokens(&data[..length], CHUNK);
    }
    let mut bytes = vec![0x01];
    push_chunk(&mut bytes, COMPRESSED | CHUNK_SIGNATURE, &first);
    bytes.extend_from_slice(&compress(&data[length..])[1..]);
    bytes
}

/// Token sequences of one chunk; matches only where they end at or before `match_end`.
fn tokens(chunk: &[u8], match_end: usize) -> Vec<u8> {
    let mut matcher = Matcher::new(&chunk[..chunk.len().min(match_end)]);
    let mut bytes = Vec::new();
    let mut at = 0;
    while at < chunk.len() {
        let flags = bytes.len();
        bytes.push(0);
        for bit in 0..8 {
            if at >= chunk.len() {
                break;
            }
            if let Some((distance, length)) = matcher.longest(at) {
                bytes[flags] |= 1 << bit;
                bytes.extend_from_slice(&copy_token(at, distance, length).to_le_bytes());
                matcher.pass(at, length);
                at += length;
            } else {
                bytes.push(chunk[at]);
                matcher.pass(at, 1);
                at += 1;
            }
        }
    }
    bytes
}

/// Bits of a copy token's distance after `at` bytes of the chunk, [MS-OVBA] 2.4.1.3.19.1.
fn distance_bits(at: usize) -> u32 {
    at.next_power_of_two().trailing_zeros().clamp(4, 12)
}

/// [MS-OVBA] 2.4.1.3.19.3
fn copy_token(at: usize, distance: usize, length: usize) -> u16 {
    let packed = (distance - 1) << (16 - distance_bits(at)) | (length - 3);
    u16::try_from(packed).expect("distance and length fit the token")
}

/// Finds earlier occurrences by chains of equal hashes.
struct Matcher<'a> {
    data: &'a [u8],
    /// The latest place of each hash, plus one.
    head: Vec<usize>,
    /// The place before each place, plus one.
    previous: Vec<usize>,
}

impl<'a> Matcher<'a> {
    fn new(data: &'a [u8]) -> Self {
        Self {
            data,
            head: vec![0; HASHES],
            previous: vec![0; data.len()],
        }
    }

    fn hash(&self, at: usize) -> Option<usize> {
        let &[a, b, c] = self.data.get(at..at + 3)? else {
            return None;
        };
        let mixed = u32::from_le_bytes([a, b, c, 0]).wrapping_mul(0x9E37_79B1);
        Some((mixed >> 20) as usize)
    }

    /// Distance and length of the longest match, of at least three bytes.
    fn longest(&self, at: usize) -> Option<(usize, usize)> {
        let limit = (0xFFFF >> distance_bits(at)) + 3;
        let mut best = None;
        let mut best_length = 2;
        let mut candidate = self.head[self.hash(at)?];
        for _ in 0..MAX_TRIES {
            let Some(place) = candidate.checked_sub(1) else {
                break;
            };
            let pairs = self.data[place..].iter().zip(&self.data[at..]);
            let length = pairs.take(limit).take_while(|(a, b)| a == b).count();
            if length > best_length {
                best_length = length;
                best = Some((at - place, length));
            }
            candidate = self.previous[place];
        }
        best
    }

    /// Makes the next `count` places known.
    fn pass(&mut self, at: usize, count: usize) {
        for place in at..at + count {
            if let Some(hash) = self.hash(place) {
                self.previous[place] = self.head[hash];
                self.head[hash] = place + 1;
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A naive decompressor, straight from [MS-OVBA] 2.4.1.3, that refuses whatever is wrong.
    pub(crate) fn decompress(container: &[u8]) -> Result<Vec<u8>, &'static str> {
        let (&1, mut rest) = container.split_first().ok_or("empty")? else {
            return Err("signature byte");
        };
        let mut output = Vec::new();
        while !rest.is_empty() {
            let (header, after) = rest.split_first_chunk().ok_or("header")?;
            let header = u16::from_le_bytes(*header);
            if header & 0x7000 != 0x3000 {
                return Err("chunk signature");
            }
            let size = usize::from(header & 0xFFF) + 1;
            let (data, next) = after.split_at_checked(size).ok_or("cut chunk")?;
            rest = next;
            if header & 0x8000 == 0 {
                if size != 4096 {
                    return Err("raw chunk");
                }
                output.extend_from_slice(data);
            } else {
                let chunk = chunk(data)?;
                if chunk.len() > 4096 {
                    return Err("long chunk");
                }
                output.extend_from_slice(&chunk);
            }
        }
        Ok(output)
    }

    fn chunk(mut data: &[u8]) -> Result<Vec<u8>, &'static str> {
        let mut output: Vec<u8> = Vec::new();
        while let Some((flags, mut rest)) = data.split_first() {
            for bit in 0..8 {
                if rest.is_empty() {
                    break;
                }
                if flags >> bit & 1 == 0 {
                    output.push(rest[0]);
                    rest = &rest[1..];
                    continue;
                }
                let token = u16::from_le_bytes([rest[0], *rest.get(1).ok_or("half a token")?]);
                rest = &rest[2..];
                let mut bits = 4;
                while (1 << bits) < output.len() {
                    bits += 1;
                }
                let length = usize::from(token & (0xFFFF >> bits)) + 3;
                let distance = usize::from(token >> (16 - bits)) + 1;
                for _ in 0..length {
                    let from = output.len().checked_sub(distance).ok_or("before start")?;
                    output.push(output[from]);
                }
            }
            data = rest;
        }
        Ok(output)
    }

    fn source(lines: usize) -> Vec<u8> {
        let line = |n: usize| format!("    Cells({n}, {}).Value = \"row {}\"\r\n", n % 7, n * n);
        (0..lines).map(line).collect::<String>().into_bytes()
    }

    fn noise(length: usize) -> Vec<u8> {
        let mut seed = 1_u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        };
        (0..length).map(|_| next()).collect()
    }

    #[test]
    fn what_is_compressed_comes_back() {
        for data in [
            vec![],
            b"a".to_vec(),
            b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa".to_vec(),
            vec![b'a'; 4096],
            vec![b'a'; 20_000],
            source(3),
            source(900),
            noise(4096),
            noise(8192 + 3000),
        ] {
            assert_eq!(decompress(&compress(&data)).unwrap(), data);
            assert_eq!(decompress(&compress_literal(&data)).unwrap(), data);
            let raw = decompress(&compress_raw(&data)).unwrap();
            assert!(raw.starts_with(&data) && raw[data.len()..].iter().all(|&byte| byte == 0));
        }
    }

    /// The examples of [MS-OVBA] 3.2.
    #[test]
    fn compresses_the_examples_of_the_specification() {
        assert_eq!(
            compress(b"abcdefghijklmnopqrstuv."),
            [
                0x01, 0x19, 0xB0, 0x00, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x00, 0x69,
                0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70, 0x00, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76,
                0x2E
            ]
        );
        assert_eq!(
            compress(&[b'a'; 73]),
            [0x01, 0x03, 0xB0, 0x02, 0x61, 0x45, 0x00]
        );
        // Among equally long matches Office's choice is another than ours: same size, same text.
        let text = b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa";
        let of_office = [
            0x01, 0x2F, 0xB0, 0x00, 0x23, 0x61, 0x61, 0x61, 0x62, 0x63, 0x64, 0x65, 0x82, 0x66,
            0x00, 0x70, 0x61, 0x67, 0x68, 0x69, 0x6A, 0x01, 0x38, 0x08, 0x61, 0x6B, 0x6C, 0x00,
            0x30, 0x6D, 0x6E, 0x6F, 0x70, 0x06, 0x71, 0x02, 0x70, 0x04, 0x10, 0x72, 0x73, 0x74,
            0x75, 0x76, 0x10, 0x77, 0x78, 0x79, 0x7A, 0x00, 0x3C,
        ];
        assert_eq!(decompress(&of_office).unwrap(), text);
        assert_eq!(compress(text).len(), of_office.len());
    }

    #[test]
    fn source_shrinks() {
        let data = source(900);
        assert!(compress(&data).len() * 3 < data.len());
    }

    #[test]
    fn each_fault_is_one_that_a_strict_reader_sees() {
        let data = source(200);
        let cases = [
            (ContainerFault::SignatureByte(0xF1), "signature byte"),
            (ContainerFault::ChunkSignature(0), "chunk signature"),
            (ContainerFault::ShortRawChunk, "raw chunk"),
            (ContainerFault::StrayTail(0), "header"),
            (ContainerFault::CopyBeforeStart, "before start"),
            (ContainerFault::CutShort(5), "cut chunk"),
            (ContainerFault::LongChunk, "long chunk"),
        ];
        for (fault, error) in cases {
            assert_eq!(
                decompress(&compress_with(&data, &fault)),
                Err(error),
                "{fault:?}"
            );
        }
    }
}
