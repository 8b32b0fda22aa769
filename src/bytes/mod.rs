//! Checked reading of little-endian data. Knows no format.
//!
//! [`Bytes`] is a cursor that remembers where it stands in the whole, so that every failure
//! knows its place; the `le*` functions read at a position. Nothing here panics or allocates.

#![deny(clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]
#![cfg_attr(
    test,
    allow(clippy::arithmetic_side_effects, clippy::cast_possible_truncation)
)]

/// Base64, tolerant.
pub mod base64;
/// Text in the code pages of Windows and the Macintosh, and in UTF-16.
pub mod text;

/// The data ended before what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Truncated {
    /// Where reading started.
    pub at: u64,
    /// How many bytes were asked for.
    pub need: u64,
}

/// A cursor over bytes that never reads past the end.
#[derive(Clone, Copy, Debug)]
pub struct Bytes<'a> {
    data: &'a [u8],
    base: u64,
}

impl<'a> Bytes<'a> {
    /// A cursor at the start of `data`.
    #[must_use]
    pub const fn new(data: &'a [u8]) -> Self {
        Self { data, base: 0 }
    }

    /// A cursor over `data`, which itself starts at `base` in the whole.
    #[must_use]
    pub const fn with_base(data: &'a [u8], base: u64) -> Self {
        Self { data, base }
    }

    /// Where the cursor stands in the whole.
    #[must_use]
    pub const fn position(&self) -> u64 {
        self.base
    }

    /// What has not been read.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.data
    }

    /// How many bytes have not been read.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.data.len()
    }

    /// Whether everything has been read.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.data.is_empty()
    }

    /// The next `N` bytes.
    ///
    /// # Errors
    /// [`Truncated`] if fewer are left; the cursor stays where it is.
    pub fn take<const N: usize>(&mut self) -> Result<[u8; N], Truncated> {
        let Some((head, rest)) = self.data.split_first_chunk::<N>() else {
            return Err(Truncated {
                at: self.base,
                need: N as u64,
            });
        };
        self.data = rest;
        self.base = self.base.saturating_add(N as u64);
        Ok(*head)
    }

    /// The next byte.
    ///
    /// # Errors
    /// [`Truncated`] at the end.
    pub fn u8(&mut self) -> Result<u8, Truncated> {
        self.take::<1>().map(|[byte]| byte)
    }

    /// The next two bytes.
    ///
    /// # Errors
    /// [`Truncated`] if fewer are left.
    pub fn u16(&mut self) -> Result<u16, Truncated> {
        self.take().map(u16::from_le_bytes)
    }

    /// The next four bytes.
    ///
    /// # Errors
    /// [`Truncated`] if fewer are left.
    pub fn u32(&mut self) -> Result<u32, Truncated> {
        self.take().map(u32::from_le_bytes)
    }

    /// The next eight bytes.
    ///
    /// # Errors
    /// [`Truncated`] if fewer are left.
    pub fn u64(&mut self) -> Result<u64, Truncated> {
        self.take().map(u64::from_le_bytes)
    }

    /// The next `len` bytes, borrowed.
    ///
    /// # Errors
    /// [`Truncated`] if fewer are left; the cursor stays where it is.
    pub fn bytes(&mut self, len: usize) -> Result<&'a [u8], Truncated> {
        let Some((head, rest)) = self.data.split_at_checked(len) else {
            return Err(Truncated {
                at: self.base,
                need: len as u64,
            });
        };
        self.data = rest;
        self.base = self.base.saturating_add(len as u64);
        Ok(head)
    }

    /// A cursor over the next `len` bytes, which cannot leave them.
    ///
    /// # Errors
    /// [`Truncated`] if fewer are left.
    pub fn sub(&mut self, len: usize) -> Result<Self, Truncated> {
        let base = self.base;
        self.bytes(len).map(|data| Self { data, base })
    }

    /// The next `len` bytes, or what is left of them.
    pub fn up_to(&mut self, len: usize) -> &'a [u8] {
        let len = len.min(self.data.len());
        self.bytes(len).unwrap_or_default()
    }
}

/// `len` bytes at `at`, if they are all there.
#[must_use]
pub fn slice(data: &[u8], at: usize, len: usize) -> Option<&[u8]> {
    data.get(at..at.checked_add(len)?)
}

/// `N` bytes at `at`.
#[must_use]
pub fn array<const N: usize>(data: &[u8], at: usize) -> Option<[u8; N]> {
    data.get(at..)?.first_chunk::<N>().copied()
}

/// Two bytes at `at`, little-endian.
#[must_use]
pub fn le16(data: &[u8], at: usize) -> Option<u16> {
    array(data, at).map(u16::from_le_bytes)
}

/// Four bytes at `at`, little-endian.
#[must_use]
pub fn le32(data: &[u8], at: usize) -> Option<u32> {
    array(data, at).map(u32::from_le_bytes)
}

/// Eight bytes at `at`, little-endian.
#[must_use]
pub fn le64(data: &[u8], at: usize) -> Option<u64> {
    array(data, at).map(u64::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_read_says_where_and_moves_nothing() {
        let mut bytes = Bytes::with_base(&[1, 2, 3], 10);
        assert_eq!(bytes.u16(), Ok(0x0201));
        assert_eq!(bytes.u32(), Err(Truncated { at: 12, need: 4 }));
        assert_eq!(bytes.bytes(2), Err(Truncated { at: 12, need: 2 }));
        assert_eq!(bytes.u8(), Ok(3));
        assert!(bytes.is_empty());
    }

    #[test]
    fn a_sub_cursor_cannot_leave_its_part() {
        let mut bytes = Bytes::new(&[1, 2, 3, 4]);
        let mut part = bytes.sub(2).unwrap();
        assert_eq!(part.u16(), Ok(0x0201));
        assert_eq!(part.u8(), Err(Truncated { at: 2, need: 1 }));
        assert_eq!(bytes.position(), 2);
    }

    #[test]
    fn reads_at_the_end_of_the_address_space_fail() {
        assert_eq!(le32(&[0; 8], usize::MAX), None);
        assert_eq!(slice(&[0; 8], 4, usize::MAX), None);
        assert_eq!(le16(&[1, 2], 0), Some(0x0201));
        assert_eq!(le16(&[1, 2], 1), None);
    }
}
