use std::io::{Cursor, Read};

use super::*;

fn read(bytes: &[u8], name: &str) -> Result<Vec<u8>, ::zip::result::ZipError> {
    let mut archive = ::zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut data = Vec::new();
    archive.by_name(name)?.read_to_end(&mut data)?;
    Ok(data)
}

fn text() -> Vec<u8> {
    "INERT TEST DOCUMENT ".repeat(100).into_bytes()
}

fn plain() -> Archive {
    Archive::new()
        .member(Member::stored("first.txt", "1"))
        .member(Member::new("word/document.xml", text()))
        .member(Member::new("請求書.txt", "3"))
}

#[test]
fn every_well_formed_shape_is_read_by_the_oracle() {
    for descriptor in [Descriptor::None, Descriptor::Signed, Descriptor::Unsigned] {
        for method in [Method::Stored, Method::Deflated] {
            for zip64 in [false, true] {
                let mut archive = plain().comment(b"a comment");
                archive.zip64 = zip64;
                for member in &mut archive.members {
                    member.descriptor = descriptor;
                    member.method = method;
                    member.zip64 = zip64;
                }
                let bytes = archive.build();
                assert_eq!(bytes, archive.build());
                assert_eq!(read(&bytes, "first.txt").unwrap(), b"1");
                assert_eq!(read(&bytes, "word/document.xml").unwrap(), text());
                assert_eq!(read(&bytes, "請求書.txt").unwrap(), b"3");
            }
        }
    }
}

#[test]
fn faults_of_the_archive_show() {
    let junk = || b"junk ".repeat(40);
    let refused = [
        Fault::NoEnd,
        Fault::NoCentral,
        Fault::ZeroEnd,
        Fault::Truncate(60),
    ];
    for fault in refused {
        let bytes = plain().fault(fault.clone()).build();
        assert!(
            ::zip::ZipArchive::new(Cursor::new(&bytes[..])).is_err(),
            "{fault:?}"
        );
    }
    for fault in [Fault::ZeroFirstLocal, Fault::ZeroFirstHeader] {
        let bytes = plain().fault(fault.clone()).build();
        assert!(read(&bytes, "first.txt").is_err(), "{fault:?}");
        assert!(read(&bytes, "word/document.xml").is_ok(), "{fault:?}");
    }
    for fault in [Fault::Junk(junk()), Fault::JunkAdjusted(junk())] {
        let bytes = plain().fault(fault.clone()).build();
        assert!(bytes.starts_with(b"junk"));
        assert_eq!(
            read(&bytes, "word/document.xml").unwrap(),
            text(),
            "{fault:?}"
        );
    }
    assert!(
        plain()
            .fault(Fault::Trailing(junk()))
            .build()
            .ends_with(&junk())
    );
    let fake = plain().fault(Fault::FakeEnd).build();
    assert_eq!(fake.windows(4).filter(|at| *at == b"PK\x05\x06").count(), 2);
}

#[test]
fn faults_of_a_member_show() {
    let name = "word/document.xml";
    let with = |fault: MemberFault| plain().member_fault(name, &fault).build();
    for fault in [
        MemberFault::Crc,
        MemberFault::Encrypted,
        MemberFault::Method(9),
        MemberFault::CentralMethod(0),
        MemberFault::CentralName("other.xml".into()),
        MemberFault::CentralSizes(7, 7),
        MemberFault::NotListed,
        MemberFault::OnlyListed,
        MemberFault::OffsetShifted(3),
        MemberFault::SharedWith("first.txt".into()),
    ] {
        let read = read(&with(fault.clone()), name);
        assert!(
            read.is_err() || read.is_ok_and(|data| data != text()),
            "{fault:?}"
        );
    }
    let count =
        |bytes: &[u8], text: &[u8]| bytes.windows(text.len()).filter(|at| *at == text).count();
    assert_eq!(
        count(&with(MemberFault::LocalName("a.b".into())), b"a.b"),
        1
    );
    assert_eq!(
        count(&with(MemberFault::UnicodePath("a.b".into())), b"a.b"),
        2
    );
    assert_ne!(with(MemberFault::LocalMethod(0)), plain().build());
    assert_ne!(with(MemberFault::LocalSizes(1, 1)), plain().build());
}

#[test]
fn namesakes_are_two_members() {
    let bytes = Archive::new()
        .member(Member::stored("a", "one"))
        .member(Member::stored("a", "two"))
        .build();
    assert!(bytes.windows(3).any(|at| at == b"one") && bytes.windows(3).any(|at| at == b"two"));
}

#[test]
fn zeros_behind_the_data_are_those_of_a_compressor() {
    let data = b"INERT TEST DOCUMENT";
    let file = Archive::new()
        .member(Member::new("a", data).zeros(3))
        .build();
    let mut archive = ::zip::ZipArchive::new(std::io::Cursor::new(&file)).unwrap();
    let mut content = Vec::new();
    // The strict reader holds the check sum against it.
    std::io::Read::read_to_end(&mut archive.by_index(0).unwrap(), &mut content).unwrap();
    assert_eq!(content.len(), data.len() + (3 << 20));
    assert!(content.starts_with(data));
    assert!(file.len() < 8 << 10, "{}", file.len());
}
