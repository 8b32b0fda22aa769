//! Writes encrypted documents and the plain ones they were made of into a folder, for
//! `tests/msoffcrypto.py`: `cargo run -p macrosift-testkit --example encrypted -- FOLDER`.
//!
//! `NAME.plain` is what `NAME` is behind its password, which is the word `inert`. Of a binary
//! document it has the same layout, save for the record that says that it is encrypted.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "an example that fails should stop"
)]

use std::fs;
use std::path::Path;

use macrosift_testkit::cfb::Builder;
use macrosift_testkit::encrypted::{Agile, Binary, Hash, agile, doc, ppt, standard, xls};
use macrosift_testkit::office::{Doc, Kind, Package, Ppt, SheetKind, Twist, Xls};
use macrosift_testkit::ovba::{Module, Project};

const PASSWORD: &str = "inert";

fn main() {
    let folder = std::env::args().nth(1).expect("a folder");
    let folder = Path::new(&folder);
    let write = |name: &str, plain: Vec<u8>, sealed: Vec<u8>| {
        fs::write(folder.join(name), sealed).unwrap();
        fs::write(folder.join(format!("{name}.plain")), plain).unwrap();
    };
    let project = Project::new("Project").module(Module::standard(
        "Module1",
        "Sub AutoOpen()\n    If Now > 0 Then Exit Sub\nEnd Sub\n",
    ));

    // Longer than the segments of agile encryption, however it is compressed.
    let noise = (0..20_000).scan(1_u32, |state, _| {
        *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Some((*state >> 24) as u8)
    });
    let noise = Twist::ExtraPart("word/noise.bin".into(), noise.collect());
    let package = Package::new(Kind::Docm)
        .vba(project.to_bin())
        .twist(noise)
        .build();
    for (name, key_bits, hash) in [
        ("agile-128-sha1.docm", 128, Hash::Sha1),
        ("agile-256-sha256.docm", 256, Hash::Sha256),
        ("agile-256-sha384.docm", 256, Hash::Sha384),
        ("agile-256-sha512.docm", 256, Hash::Sha512),
    ] {
        let choice = Agile {
            key_bits,
            hash,
            ..Agile::default()
        };
        write(
            name,
            package.clone(),
            agile(&package, PASSWORD, &choice).build(),
        );
    }
    for bits in [128, 192, 256] {
        let sealed = standard(&package, PASSWORD, bits).build();
        write(&format!("standard-{bits}.docm"), package.clone(), sealed);
    }

    for (name, scheme) in [
        ("rc4", Binary::Rc4),
        ("cryptoapi-40", Binary::CryptoApi(40)),
        ("cryptoapi-128", Binary::CryptoApi(128)),
        ("xor", Binary::Xor),
    ] {
        let plain = || {
            Xls::new()
                .sheet("Sheet2", SheetKind::Worksheet, 0)
                .sheet("Macro1", SheetKind::MacroSheet, 1)
                .project(project.clone())
                .to_cfb()
        };
        let pair = |plain: &Builder, seal: &dyn Fn(&mut Builder)| {
            let mut sealed = plain.clone();
            seal(&mut sealed);
            (plain.build(), sealed.build())
        };
        let (before, sealed) = pair(&plain(), &|file| xls(file, scheme, PASSWORD));
        write(&format!("{name}.xls"), before, sealed);
        if scheme != Binary::Xor {
            let mut document = Doc::new().project(project.clone()).to_cfb();
            document.stream("Data", vec![b'd'; 5000]);
            let (before, sealed) = pair(&document, &|file| doc(file, scheme, PASSWORD));
            write(&format!("{name}.doc"), before, sealed);
        }
        if let Binary::CryptoApi(bits) = scheme {
            let (before, sealed) = pair(&Ppt::new().to_cfb(), &|file| ppt(file, bits, PASSWORD));
            write(&format!("{name}.ppt"), before, sealed);
        }
    }
}
