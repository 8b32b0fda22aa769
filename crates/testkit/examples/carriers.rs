//! Puts a real project into each carrier that another tool reads as well:
//! `cargo run -p macrosift-testkit --example carriers -- FOLDER < vbaProject.bin`.

use std::error::Error;
use std::io::{Cursor, Read};
use std::path::PathBuf;

use macrosift_testkit::flat::{Encoding, Package, bin_data, word_2003};
use macrosift_testkit::mime::{Archive, Part, active_mime, in_pdf};
use macrosift_testkit::office::{Doc, Ppt, ProjectStorage};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("no folder is given")?);
    std::fs::create_dir_all(&folder)?;
    let mut project = Vec::new();
    std::io::stdin().read_to_end(&mut project)?;

    let mut picture = Archive::of_word(&project);
    picture.parts[1].header[0] = "Content-Location: file:///C:/inert/image001.jpg".to_owned();
    picture.parts[1].header[2] = "Content-Type: image/jpeg".to_owned();
    let stored = Archive {
        parts: vec![
            Part::page(""),
            Part::new(
                "application/x-mso",
                "binary",
                "file:///C:/inert/editdata.mso",
                active_mime(&project),
            ),
        ],
        ..Archive::default()
    };
    let flat = Package::with_macros(&project).xml();
    let word = word_2003(true, &bin_data(&project), "");
    let archive = Archive::of_word(&project).build();
    for (name, bytes) in [
        ("flat-opc.xml", flat.clone().into_bytes()),
        ("flat-opc-utf-16.xml", Encoding::Utf16Le.encode(&flat)),
        ("word-2003.xml", word.clone().into_bytes()),
        ("word-2003-utf-16.xml", Encoding::Utf16Le.encode(&word)),
        ("archive.mht", archive.clone()),
        ("archive-as-picture.mht", picture.build()),
        ("archive-binary.mht", stored.build()),
        ("archive-in.pdf", in_pdf(&archive)),
        ("document.doc", document(&project)?),
        (
            "presentation.ppt",
            Ppt::new()
                .project(project.clone(), ProjectStorage::Compressed)
                .build(),
        ),
    ] {
        std::fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}

/// A Word document with the streams of the project in its `Macros` storage.
fn document(project: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut file = cfb::CompoundFile::open(Cursor::new(project))?;
    let paths: Vec<PathBuf> = file
        .walk()
        .filter(cfb::Entry::is_stream)
        .map(|entry| entry.path().to_owned())
        .collect();
    let mut document = Doc::new().to_cfb();
    for path in paths {
        let mut data = Vec::new();
        file.open_stream(&path)?.read_to_end(&mut data)?;
        let path = path.to_string_lossy();
        document.stream(&format!("Macros/{}", path.trim_start_matches('/')), data);
    }
    Ok(document.build())
}
