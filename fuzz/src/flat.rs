use super::scan::scan;

/// What must hold for any bytes in this format.
pub fn flat(data: &[u8]) {
    scan(data);
}
