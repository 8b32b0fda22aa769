//! Encrypted presentations, [MS-PPT] 2.3.7.

use super::binary::Binary;
use crate::bytes::{Put, len32, patch};
use crate::cfb;

/// Puts a presentation under a password by CryptoAPI: each persist object by its identifier, and
/// one more object that describes the encryption.
pub fn ppt(file: &mut cfb::Builder, key_bits: u32, password: &str) {
    let scheme = Binary::CryptoApi(key_bits);
    let key = scheme.key(password);
    let plain = file.data("PowerPoint Document").to_vec();
    let mut user = file.data("Current User").to_vec();
    let edit = word(&user, 16) as usize;
    let list = word(&plain, edit + 20) as usize;
    let count = word(&plain, list + 8) as usize >> 20;
    let first = word(&plain, list + 8) & 0xF_FFFF;
    let mut offsets: Vec<u32> = (0..count)
        .map(|at| word(&plain, list + 12 + at * 4))
        .collect();

    let mut stream = plain[..list].to_vec();
    for (number, &at) in (first..).zip(&offsets) {
        let at = at as usize;
        let end = at + 8 + word(&plain, at + 4) as usize;
        key.block(number, &mut stream[at..end]);
    }
    let description = scheme.description(password);
    offsets.push(len32(&stream));
    stream.put(&[0x0F, 0, 0x14, 0x2F]);
    stream.put32(len32(&description));
    stream.put(&description);

    let list = len32(&stream);
    stream.put(&[0, 0, 0x72, 0x17]);
    stream.put32(offsets.len() as u32 * 4 + 4);
    stream.put32((offsets.len() as u32) << 20 | first);
    offsets.iter().for_each(|offset| stream.put32(*offset));

    let mut atom = plain[edit..edit + 36].to_vec();
    patch(&mut atom, 4, &0x20_u32.to_le_bytes());
    patch(&mut atom, 20, &list.to_le_bytes());
    let session = first + offsets.len() as u32 - 1;
    patch(&mut atom, 28, &(session + 1).to_le_bytes());
    atom.put32(session);
    patch(&mut user, 12, &0xF3D1_C4DF_u32.to_le_bytes());
    patch(&mut user, 16, &len32(&stream).to_le_bytes());
    stream.put(&atom);
    file.stream("PowerPoint Document", stream)
        .stream("Current User", user);
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}
