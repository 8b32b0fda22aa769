use super::scan::scan;

/// What must hold for any bytes in this format.
pub fn one_note(data: &[u8]) {
    scan(data);
}
