//! The first byte of deflated data, RFC 1951, without the tables of a decoder.
//!
//! A package has a hundred parts, nearly all of them XML, and setting up a decoder to see a `<`
//! is most of what looking at such a part costs. The first symbol alone needs only the code
//! lengths of the literals (3.2.7) and a count of them (3.2.2); bench `opc/peek`.

/// The order in which the lengths of the code length code come, 3.2.7.
const ORDER: [usize; 19] = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
];
/// Literals, the end of the block, and lengths.
const MOST_LITERALS: usize = 288;
/// Those and the distances, whose lengths follow in one sequence, 3.2.7.
const MOST_LENGTHS: usize = MOST_LITERALS + 32;
const MOST_BITS: usize = 15;

/// The first byte that `data` inflates to; `None` if the first block does not simply start with a
/// literal, or is broken.
pub(super) fn first_byte(data: &[u8]) -> Option<u8> {
    let mut bits = Bits { data, at: 0 };
    let _last = bits.take(1)?;
    match bits.take(2)? {
        // 3.2.4: to the next byte, then the length twice, the second time inverted.
        0 => match *data.get(..5)? {
            [_, 0, 0, ..] => None,
            [_, a, b, c, d] if a == !c && b == !d => data.get(5).copied(),
            _ => None,
        },
        1 => {
            let mut lengths = [8_u8; MOST_LITERALS];
            lengths.get_mut(144..256)?.fill(9);
            lengths.get_mut(256..280)?.fill(7);
            literal(&mut bits, &lengths)
        }
        2 => {
            let (lengths, literals) = dynamic(&mut bits)?;
            literal(&mut bits, lengths.get(..literals)?)
        }
        _ => None,
    }
}

fn literal(bits: &mut Bits<'_>, lengths: &[u8]) -> Option<u8> {
    u8::try_from(Code::of(lengths).symbol(bits)?).ok()
}

/// The code lengths of a block with dynamic codes, and how many of them are those of literals.
fn dynamic(bits: &mut Bits<'_>) -> Option<([u8; MOST_LENGTHS], usize)> {
    let literals = usize::from(bits.take(5)?).checked_add(257)?;
    let distances = usize::from(bits.take(5)?).checked_add(1)?;
    let codes = usize::from(bits.take(4)?).checked_add(4)?;
    let mut code_lengths = [0_u8; 19];
    for &place in ORDER.get(..codes)? {
        *code_lengths.get_mut(place)? = u8::try_from(bits.take(3)?).ok()?;
    }
    let code = LengthCode::of(&code_lengths);
    let mut lengths = [0_u8; MOST_LENGTHS];
    let all = literals.checked_add(distances)?;
    let mut done = 0_usize;
    while done < all {
        let symbol = code.symbol(bits)?;
        let (value, count) = match symbol {
            0..=15 => (u8::try_from(symbol).ok()?, 1),
            16 => (
                *lengths.get(done.checked_sub(1)?)?,
                bits.take(2)?.checked_add(3)?,
            ),
            17 => (0, bits.take(3)?.checked_add(3)?),
            _ => (0, bits.take(7)?.checked_add(11)?),
        };
        let end = done.checked_add(usize::from(count))?;
        lengths.get_mut(done..end)?.fill(value);
        done = end;
    }
    Some((lengths, literals))
}

/// The code of the code lengths as a table: some 300 symbols of it stand before the first literal.
struct LengthCode {
    /// By the next seven bits: the symbol, times eight, and the length of its code word.
    table: [u8; 128],
}

impl LengthCode {
    fn of(lengths: &[u8; 19]) -> Self {
        let mut table = [0_u8; 128];
        let mut word = 0_u8;
        for length in 1..=7_u8 {
            let symbols = (0_u8..).zip(lengths).filter(|(_, have)| **have == length);
            for (symbol, _) in symbols {
                // Words are packed from their highest bit on, 3.1.1.
                let low = usize::from(
                    word.reverse_bits()
                        .wrapping_shr(8_u32.wrapping_sub(length.into())),
                );
                let same = table.iter_mut().skip(low).step_by(1 << length);
                same.for_each(|entry| *entry = symbol << 3 | length);
                word = word.wrapping_add(1);
            }
            word = word.wrapping_shl(1);
        }
        Self { table }
    }

    #[inline]
    fn symbol(&self, bits: &mut Bits<'_>) -> Option<u16> {
        let entry = *self.table.get(usize::from(bits.peek()? & 127))?;
        let length = entry & 7;
        if length == 0 {
            return None;
        }
        bits.skip(u32::from(length))?;
        Some(u16::from(entry >> 3))
    }
}

/// A canonical code, 3.2.2, by how many symbols have each length.
struct Code<'l> {
    lengths: &'l [u8],
    counts: [u16; MOST_BITS + 1],
}

impl<'l> Code<'l> {
    fn of(lengths: &'l [u8]) -> Self {
        let mut counts = [0_u16; MOST_BITS + 1];
        for &length in lengths {
            if let Some(count) = counts.get_mut(usize::from(length & 15)) {
                *count = count.wrapping_add(1);
            }
        }
        counts[0] = 0;
        Self { lengths, counts }
    }

    /// Takes bits until they are a code word: those of one length are consecutive numbers.
    fn symbol(&self, bits: &mut Bits<'_>) -> Option<u16> {
        let (mut word, mut first) = (0_u32, 0_u32);
        for (length, &count) in (0_u8..).zip(&self.counts).skip(1) {
            word = word.wrapping_shl(1) | u32::from(bits.take(1)?);
            first = first.wrapping_shl(1);
            let index = word.checked_sub(first)?;
            if index < u32::from(count) {
                let mut same = (0_u16..)
                    .zip(self.lengths)
                    .filter(|(_, have)| **have == length);
                return same
                    .nth(usize::try_from(index).ok()?)
                    .map(|(symbol, _)| symbol);
            }
            first = first.wrapping_add(u32::from(count));
        }
        None
    }
}

/// Bits from the lowest of each byte up, 3.1.1.
struct Bits<'a> {
    data: &'a [u8],
    /// In bits.
    at: usize,
}

impl Bits<'_> {
    /// The bits to come, nine of them at least; zeros after the end.
    #[inline]
    fn peek(&self) -> Option<u16> {
        let byte = self.at >> 3;
        let low = *self.data.get(byte)?;
        let high = self.data.get(byte.wrapping_add(1)).copied().unwrap_or(0);
        Some(u16::from_le_bytes([low, high]) >> (self.at & 7))
    }

    #[inline]
    fn skip(&mut self, count: u32) -> Option<()> {
        self.at = self.at.checked_add(usize::try_from(count).ok()?)?;
        (self.at <= self.data.len().checked_mul(8)?).then_some(())
    }

    /// So many bits, eight at the most.
    #[inline]
    fn take(&mut self, count: u32) -> Option<u16> {
        let bits = self.peek()? & 1_u16.wrapping_shl(count).wrapping_sub(1);
        self.skip(count)?;
        Some(bits)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::DeflateEncoder;
    use proptest::prelude::*;

    use super::*;

    fn deflate(data: &[u8], level: u32) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(level));
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    proptest! {
        #[test]
        fn it_is_the_first_byte(data in prop::collection::vec(any::<u8>(), 1..3000), level in 0_u32..10) {
            prop_assert_eq!(first_byte(&deflate(&data, level)), Some(data[0]));
        }

        #[test]
        fn text_is_compressed_with_dynamic_codes(word in "[a-z<>/ =\"]{1,40}", times in 1_usize..200) {
            let data = word.repeat(times).into_bytes();
            prop_assert_eq!(first_byte(&deflate(&data, 9)), Some(data[0]));
        }

        #[test]
        fn any_bytes_end(data in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = first_byte(&data);
        }
    }

    /// An empty stored block, and behind it a block whose header happens to be `<`.
    #[test]
    fn an_empty_stored_block_says_nothing() {
        assert_eq!(first_byte(b"\x00\x00\x00\xFF\xFF\x3C"), None);
        assert_eq!(first_byte(b"\x00\x01\x00\xFF\xFF\x3C"), None);
        assert_eq!(first_byte(b"\x00\x01\x00\xFE\xFF\x3C"), Some(b'<'));
    }

    #[test]
    fn nothing_is_no_byte() {
        assert_eq!(first_byte(&[]), None);
        assert_eq!(first_byte(&deflate(b"", 6)), None);
    }
}
