//! A compound file whose streams, or the package in it, are encrypted.

use crate::container::cfb::File;

use super::pass::Pass;
use super::queue::Child;

impl Pass<'_> {
    /// What can be opened becomes a child, decrypted. Says whether there is active content besides code.
    pub(super) fn encrypted_streams<'b>(
        &mut self,
        _file: &File<'b>,
        _bytes: &'b [u8],
        _format: &'static str,
        _children: &mut Vec<Child<'b>>,
    ) -> bool {
        false
    }
}
