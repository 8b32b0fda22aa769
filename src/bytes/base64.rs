//! Base64 (RFC 4648 4) as mail and office programs read it: whatever is not of the alphabet is
//! passed over, and padding ends a group, wherever it stands, and nothing else (RFC 2045 6.8).

/// Of no digit.
const NONE: u8 = 0xFF;
/// The digits by their characters.
const VALUES: [u8; 256] = {
    let mut values = [NONE; 256];
    let mut digit = 0_u8;
    while digit < 64 {
        let character = match digit {
            0..=25 => b'A' + digit,
            26..=51 => b'a' + (digit - 26),
            52..=61 => b'0' + (digit - 52),
            62 => b'+',
            _ => b'/',
        };
        #[expect(clippy::indexing_slicing, reason = "a byte is an index below 256")]
        {
            values[character as usize] = digit;
        }
        digit += 1;
    }
    values
};

/// Whether a byte is a digit.
#[must_use]
pub fn is_digit(byte: u8) -> bool {
    value(byte) != NONE
}

fn value(byte: u8) -> u8 {
    VALUES.get(usize::from(byte)).copied().unwrap_or(NONE)
}

/// Appends what `data` stands for to `out`: at most three bytes for four.
pub fn decode(data: &[u8], out: &mut Vec<u8>) {
    decode_up_to(data, usize::MAX, out);
}

/// The same, but stops when `out` has at least `most` bytes.
pub fn decode_up_to(data: &[u8], most: usize, out: &mut Vec<u8>) {
    let (mut bits, mut digits) = (0_u32, 0_u32);
    let mut rest = data;
    while out.len() < most {
        if digits == 0
            && let Some((four, after)) = rest.split_first_chunk::<4>()
        {
            let [a, b, c, d] = four.map(value);
            if a | b | c | d < 64 {
                let all =
                    u32::from(a) << 18 | u32::from(b) << 12 | u32::from(c) << 6 | u32::from(d);
                let [_, first, second, third] = all.to_be_bytes();
                out.extend_from_slice(&[first, second, third]);
                rest = after;
                continue;
            }
        }
        let Some((byte, after)) = rest.split_first() else {
            break;
        };
        rest = after;
        match value(*byte) {
            NONE if *byte != b'=' => {}
            NONE => {
                flush(bits, digits, out);
                (bits, digits) = (0, 0);
            }
            digit => {
                bits = bits << 6 | u32::from(digit);
                digits = digits.saturating_add(1);
                if digits == 4 {
                    flush(bits, digits, out);
                    (bits, digits) = (0, 0);
                }
            }
        }
    }
    flush(bits, digits, out);
}

/// The whole bytes of a group.
fn flush(bits: u32, digits: u32, out: &mut Vec<u8>) {
    let (bits, bytes) = match digits {
        2 => (bits << 12, 1),
        3 => (bits << 6, 2),
        4 => (bits, 3),
        _ => return,
    };
    let [_, group @ ..] = bits.to_be_bytes();
    out.extend_from_slice(group.get(..bytes).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(data: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        decode(data, &mut out);
        out
    }

    #[test]
    fn rfc_4648_10_test_vectors() {
        for (text, bytes) in [
            ("", ""),
            ("Zg==", "f"),
            ("Zm8=", "fo"),
            ("Zm9v", "foo"),
            ("Zm9vYg==", "foob"),
            ("Zm9vYmE=", "fooba"),
            ("Zm9vYmFy", "foobar"),
        ] {
            assert_eq!(decoded(text.as_bytes()), bytes.as_bytes());
        }
    }

    #[test]
    fn rfc_2045_6_8_what_is_no_digit_is_passed_over() {
        assert_eq!(decoded(b"Z\r\nm9 v!Ym-_Fy"), b"foobar");
        assert_eq!(decoded(b"Zm9vYmE"), b"fooba");
        assert_eq!(decoded(b"Zg==Zm8=Zm9v"), b"ffofoo");
        assert_eq!(decoded(b"Z"), b"");
        let mut out = Vec::new();
        decode_up_to(b"Zm9vYmFyZm9v", 4, &mut out);
        assert_eq!(out, b"foobar");
    }
}
