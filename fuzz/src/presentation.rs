use super::scan::scan;

/// What must hold for any bytes in this format.
pub fn presentation(data: &[u8]) {
    scan(data);
}
