//! What a reader of archives can rely on, and every shape of [`tests`](self) damage.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::*;
use crate::limits::{Limit, Limits};
use crate::observe::Reason;

const TEXT: &[u8] = b"INERT TEST DOCUMENT, inert inert inert inert inert inert inert inert.";

/// An archive by the strict writer: each member a name and content, deflated if long.
fn written(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        let method = if content.len() < 32 {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

struct Read1 {
    members: Vec<(String, Vec<u8>, Outcome)>,
    codes: Vec<&'static str>,
    ledger: Ledger,
}

impl Read1 {
    fn names(&self) -> Vec<&str> {
        self.members
            .iter()
            .map(|(name, ..)| name.as_str())
            .collect()
    }

    fn content(&self, name: &str) -> &[u8] {
        let found = self.members.iter().find(|(found, ..)| found == name);
        &found
            .unwrap_or_else(|| panic!("no {name} in {:?}", self.names()))
            .1
    }

    fn has(&self, code: &str) -> bool {
        self.codes.contains(&code)
    }
}

fn read_with(data: &[u8], limits: Limits) -> Read1 {
    let mut ledger = Ledger::new(limits);
    let archive = Archive::parse(data, &mut ledger).unwrap();
    let mut inflater = Inflater::new();
    let mut scratch = Vec::new();
    let mut members = Vec::new();
    for member in archive.members() {
        let (content, outcome) = inflater.content(member, &mut scratch, &mut ledger);
        let content = content.to_vec();
        if outcome.is_complete() && !member.encrypted {
            let mut prefix = [0; 16];
            let len = inflater.prefix(member, &mut prefix);
            assert_eq!(&prefix[..len], &content[..content.len().min(16)]);
        }
        members.push((member.name().into_owned(), content, outcome));
    }
    let codes = ledger.observations().iter().map(|o| o.code).collect();
    Read1 {
        members,
        codes,
        ledger,
    }
}

fn read(data: &[u8]) -> Read1 {
    read_with(data, Limits::mail())
}

/// Letters that deflate hardly finds anything to say about.
fn noise(len: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        b'a' + (state >> 28) as u8
    };
    (0..len).map(|_| next()).collect()
}

fn position(data: &[u8], needle: &[u8]) -> usize {
    memchr::memmem::find(data, needle).unwrap()
}

fn last(data: &[u8], needle: &[u8]) -> usize {
    memchr::memmem::rfind(data, needle).unwrap()
}

/// Headers and data by hand, for everything that no writer would write.
#[derive(Clone, Copy)]
struct Raw<'a> {
    name: &'a [u8],
    method: u16,
    flags: u16,
    data: &'a [u8],
    crc: u32,
    size: u32,
    extra: &'a [u8],
}

impl<'a> Raw<'a> {
    fn stored(name: &'a [u8], data: &'a [u8]) -> Self {
        let mut crc = flate2::Crc::new();
        crc.update(data);
        Self {
            name,
            method: 0,
            flags: 0,
            data,
            crc: crc.sum(),
            size: data.len() as u32,
            extra: &[],
        }
    }

    fn common(&self, out: &mut Vec<u8>) {
        out.extend(20_u16.to_le_bytes());
        out.extend(self.flags.to_le_bytes());
        out.extend(self.method.to_le_bytes());
        out.extend([0; 4]);
        out.extend(self.crc.to_le_bytes());
        out.extend((self.data.len() as u32).to_le_bytes());
        out.extend(self.size.to_le_bytes());
        out.extend((self.name.len() as u16).to_le_bytes());
        out.extend((self.extra.len() as u16).to_le_bytes());
    }

    fn local(&self) -> Vec<u8> {
        let mut out = b"PK\x03\x04".to_vec();
        self.common(&mut out);
        out.extend(self.name);
        out.extend(self.extra);
        out.extend(self.data);
        out
    }

    fn central(&self, local_at: usize) -> Vec<u8> {
        let mut out = b"PK\x01\x02\x14\0".to_vec();
        self.common(&mut out);
        out.extend([0; 10]);
        out.extend((local_at as u32).to_le_bytes());
        out.extend(self.name);
        out.extend(self.extra);
        out
    }
}

fn end_record(entries: usize, size: usize, offset: usize, comment: &[u8]) -> Vec<u8> {
    let mut out = b"PK\x05\x06\0\0\0\0".to_vec();
    out.extend((entries as u16).to_le_bytes());
    out.extend((entries as u16).to_le_bytes());
    out.extend((size as u32).to_le_bytes());
    out.extend((offset as u32).to_le_bytes());
    out.extend((comment.len() as u16).to_le_bytes());
    out.extend(comment);
    out
}

/// Pairs of local and central headers, in one archive.
fn assembled(members: &[(Raw<'_>, Raw<'_>)]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for (local, central) in members {
        directory.extend(central.central(out.len()));
        out.extend(local.local());
    }
    let end = end_record(members.len(), directory.len(), out.len(), &[]);
    out.extend(directory);
    out.extend(end);
    out
}

#[test]
fn a_well_formed_archive_is_read_without_a_note() {
    let long = TEXT.repeat(5000);
    let data = written(&[("a.txt", TEXT), ("dir/b.txt", b"short"), ("c", &long)]);
    let read = read(&data);
    assert_eq!(read.names(), ["a.txt", "dir/b.txt", "c"]);
    assert_eq!(read.content("a.txt"), TEXT);
    assert_eq!(read.content("dir/b.txt"), b"short");
    assert_eq!(read.content("c"), long);
    assert_eq!(read.codes, [""; 0]);
    assert!(read.ledger.gaps().is_empty());
    assert_eq!(read.ledger.budget().spent(Limit::Entries), 3);
    // Stored data is the input's own and already paid for.
    let inflated = TEXT.len() + long.len();
    let spent = read.ledger.budget().spent(Limit::OutputBytes);
    assert_eq!(spent, inflated as u64);
}

#[test]
fn stored_content_is_borrowed() {
    let data = written(&[("a", b"short")]);
    let mut ledger = Ledger::new(Limits::mail());
    let archive = Archive::parse(&data, &mut ledger).unwrap();
    let mut scratch = Vec::new();
    let member = &archive.members()[0];
    let (content, outcome) = Inflater::new().content(member, &mut scratch, &mut ledger);
    assert!(outcome.is_complete());
    assert!(std::ptr::eq(content, member.compressed));
}

#[test]
fn appnote_4_3_16_prepended_and_appended_data() {
    let mut data = b"MZ junk, more than a record's length of it".to_vec();
    let prepended = data.len();
    data.extend(written(&[("a.txt", TEXT)]));
    data.extend([0; 70_000]);
    let appended = read(&data);
    assert_eq!(appended.content("a.txt"), TEXT);
    // So far behind the end record the directory is found by search.
    assert!(appended.has("zip.no-directory"));

    data.truncate(data.len() - 69_000);
    let read = read(&data);
    assert_eq!(read.names(), ["a.txt"]);
    assert_eq!(read.content("a.txt"), TEXT);
    assert_eq!(read.codes, ["zip.prepended", "zip.appended"]);
    let detail = &read.ledger.observations()[0].detail;
    assert!(detail.starts_with(&prepended.to_string()), "{detail}");
}

#[test]
fn a_missing_or_zeroed_end_loses_no_member() {
    let whole = written(&[("a.txt", TEXT), ("b", b"short"), ("c", &TEXT.repeat(99))]);
    let end = last(&whole, b"PK\x05\x06");
    let directory = position(&whole, b"PK\x01\x02");
    let mut zeroed = whole.clone();
    zeroed[directory..].fill(0);
    let mut no_end = whole.clone();
    no_end.truncate(end);
    let mut zeroed_end = whole.clone();
    zeroed_end[end..].fill(0);
    for data in [
        &whole[..directory],
        &whole[..end - 10],
        &zeroed,
        &no_end,
        &zeroed_end,
    ] {
        let read = read(data);
        assert_eq!(read.names(), ["a.txt", "b", "c"]);
        assert_eq!(read.content("a.txt"), TEXT);
        assert_eq!(read.content("b"), b"short");
        assert_eq!(read.content("c"), TEXT.repeat(99));
        assert!(read.has("zip.no-directory"));
        assert_eq!(read.ledger.gaps()[0].reason, Reason::Damaged);
    }
}

#[test]
fn an_end_record_that_claims_nothing_hides_nothing() {
    let mut data = written(&[("a.txt", TEXT), ("b", b"short")]);
    let end = last(&data, b"PK\x05\x06");
    data[end + 8..end + 20].fill(0);
    let read = read(&data);
    assert_eq!(read.names(), ["a.txt", "b"]);
    assert!(read.has("zip.entry-count"));
    assert_eq!(read.content("a.txt"), TEXT);
}

#[test]
fn a_cut_file_keeps_what_it_has() {
    let whole = written(&[("a.txt", TEXT), ("c", &noise(9_999))]);
    let cut = position(&whole, b"PK\x01\x02") - 100;
    let read = read(&whole[..cut]);
    assert_eq!(read.content("a.txt"), TEXT);
    assert!(read.content("c").len() > 100);
    assert_eq!(read.members[1].2, Outcome::Truncated);
    let gaps = read.ledger.gaps();
    assert!(
        gaps.iter().any(|gap| gap.detail.starts_with("member c: ")),
        "{gaps:?}"
    );
}

#[test]
fn a_damaged_local_header_is_made_up_for_by_the_directory() {
    let whole = written(&[("first", TEXT), ("second", b"short"), ("third", TEXT)]);
    for (at, len) in [(0, 4), (0, 30), (0, 35), (2, 20)] {
        let mut data = whole.clone();
        data[at..at + len].fill(0);
        let read = read(&data);
        assert_eq!(read.names(), ["first", "second", "third"], "{at} {len}");
        assert_eq!(read.content("first"), TEXT);
        assert_eq!(read.codes, ["zip.local-header"]);
    }
}

#[test]
fn headers_that_disagree_give_both_readings() {
    let good = Raw::stored(b"a.bin", TEXT);
    let renamed = Raw {
        name: b"vbaProject.bin",
        ..good
    };
    let read_ = read(&assembled(&[(renamed, good)]));
    assert_eq!(read_.names(), ["a.bin", "vbaProject.bin"]);
    assert_eq!(read_.codes, ["zip.name-mismatch"]);
    assert_eq!(read_.content("vbaProject.bin"), TEXT);

    let deflate = Raw { method: 8, ..good };
    let read_ = read(&assembled(&[(good, deflate)]));
    assert_eq!(read_.members.len(), 2);
    assert!(read_.has("zip.method-mismatch"));
    assert!(read_.members.iter().any(|(_, content, _)| content == TEXT));

    let encrypted = Raw { flags: 1, ..good };
    let read_ = read(&assembled(&[(good, encrypted)]));
    assert!(read_.has("zip.flag-mismatch"));
    assert!(read_.members.iter().any(|(_, content, _)| content == TEXT));

    let wrong = Raw {
        crc: 1,
        size: 3,
        ..good
    };
    let read_ = read(&assembled(&[(wrong, good)]));
    assert_eq!(read_.members.len(), 1);
    assert_eq!(read_.codes, ["zip.size-mismatch", "zip.crc-mismatch"]);
}

#[test]
fn what_the_directory_does_not_list_is_found() {
    let listed = Raw::stored(b"listed", TEXT);
    let hidden = Raw::stored(b"hidden", b"inert");
    let mut data = hidden.local();
    let at = data.len();
    data.extend(listed.local());
    data.extend(hidden.local());
    let directory = listed.central(at);
    let end = end_record(1, directory.len(), data.len(), &[]);
    data.extend(directory);
    data.extend(hidden.local());
    // The directory is where its offset says and not right in front of the end record.
    data.extend(end);
    let read = read(&data);
    assert_eq!(read.names(), ["hidden", "listed", "hidden", "hidden"]);
    assert!(read.has("zip.unlisted"));
    assert!(read.has("zip.duplicate-name"));
}

#[test]
fn a_second_end_record_in_the_comment_hides_nothing() {
    let outer = written(&[("real", TEXT)]);
    let inner = written(&[("decoy", TEXT)]);
    let mut data = outer.clone();
    let comment_len = data.len() - 2;
    data[comment_len..].copy_from_slice(&(inner.len() as u16).to_le_bytes());
    data.extend(&inner);
    let read = read(&data);
    assert_eq!(read.names(), ["real", "decoy"]);
    assert!(read.has("zip.second-directory"));
}

#[test]
fn copies_of_a_name_are_all_kept() {
    let one = Raw::stored(b"word/vbaProject.bin", b"one");
    let two = Raw::stored(b"word/vbaProject.bin", b"two");
    let read = read(&assembled(&[(one, one), (two, two)]));
    let contents: Vec<&[u8]> = read.members.iter().map(|(_, c, _)| &c[..]).collect();
    assert_eq!(contents, [b"one", b"two"]);
    assert_eq!(read.codes, ["zip.duplicate-name"]);
}

#[test]
fn appnote_4_3_9_streamed_members_with_and_without_a_directory() {
    for signature in [&b"PK\x07\x08"[..], b""] {
        let mut data = Vec::new();
        let mut directory = Vec::new();
        for name in [&b"one"[..], b"two"] {
            let raw = Raw {
                flags: 8,
                ..Raw::stored(name, TEXT)
            };
            directory.extend(raw.central(data.len()));
            let unsized_ = Raw {
                data: &[],
                size: 0,
                crc: 0,
                ..raw
            };
            data.extend(unsized_.local());
            data.extend(TEXT);
            data.extend(signature);
            data.extend(raw.crc.to_le_bytes());
            data.extend((TEXT.len() as u32).to_le_bytes());
            data.extend((TEXT.len() as u32).to_le_bytes());
        }
        let cut = data.len();
        let end = end_record(2, directory.len(), cut, &[]);
        data.extend(directory);
        data.extend(end);
        let whole = read(&data);
        assert_eq!(whole.names(), ["one", "two"]);
        assert_eq!(whole.codes, [""; 0]);
        assert_eq!(whole.content("two"), TEXT);
        let salvaged = read(&data[..cut]);
        assert_eq!(salvaged.names(), ["one", "two"]);
        assert_eq!(salvaged.content("one"), TEXT);
        assert_eq!(salvaged.content("two"), TEXT);
        assert_eq!(salvaged.codes, ["zip.no-directory"]);
    }
}

#[test]
fn appnote_4_5_3_zip64() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().large_file(true);
    writer.start_file("large", options).unwrap();
    writer.write_all(TEXT).unwrap();
    let mut data = writer.finish().unwrap().into_inner();
    assert_eq!(read(&data).content("large"), TEXT);

    // The same with a zip64 record, and the end record saturated.
    let end = last(&data, b"PK\x05\x06");
    let start = position(&data, b"PK\x01\x02");
    data.truncate(end);
    let at = data.len() as u64;
    data.extend(b"PK\x06\x06\x2c\0\0\0\0\0\0\0\x2d\0\x2d\0\0\0\0\0\0\0\0\0");
    for field in [1, 1, at - start as u64, start as u64] {
        data.extend(field.to_le_bytes());
    }
    data.extend(b"PK\x06\x07\0\0\0\0");
    data.extend(at.to_le_bytes());
    data.extend(1_u32.to_le_bytes());
    data.extend(end_record(0xFFFF, 0xFFFF_FFFF, 0xFFFF_FFFF, b""));
    let read_ = read(&data);
    assert_eq!(read_.content("large"), TEXT);
    assert_eq!(read_.codes, [""; 0]);
}

#[test]
fn a_wrong_checksum_is_noted_and_the_content_used() {
    let wrong = Raw {
        crc: 7,
        ..Raw::stored(b"a", TEXT)
    };
    let read = read(&assembled(&[(wrong, wrong)]));
    assert_eq!(read.content("a"), TEXT);
    assert_eq!(read.codes, ["zip.crc"]);
    assert_eq!(read.ledger.gaps()[0].reason, Reason::Damaged);
}

#[test]
fn a_broken_deflate_stream_gives_what_comes_before() {
    // A stored block that is not the last one, and then a block type that does not exist.
    let mut stream = vec![0, TEXT.len() as u8, 0, !(TEXT.len() as u8), 0xFF];
    stream.extend(TEXT);
    stream.extend([0b111, 1, 2, 3]);
    let raw = Raw {
        method: 8,
        data: &stream,
        ..Raw::stored(b"a", TEXT)
    };
    let read = read(&assembled(&[(raw, raw)]));
    assert!(matches!(read.members[0].2, Outcome::Damaged { .. }));
    assert_eq!(read.content("a"), TEXT);
    assert!(read.has("zip.damaged-data"));
    assert_eq!(read.ledger.gaps()[0].reason, Reason::Damaged);
}

#[test]
fn methods_that_are_not_decoded_are_gaps() {
    let other = Raw {
        method: 14,
        ..Raw::stored(b"a", TEXT)
    };
    let read = read(&assembled(&[(other, other)]));
    assert_eq!(read.members[0].2, Outcome::Unsupported(Method::Other(14)));
    assert_eq!(read.ledger.gaps()[0].reason, Reason::Unsupported);
    assert!(read.ledger.gaps()[0].detail.contains("method 14"));
}

#[test]
fn encryption_is_believed_only_where_it_is_true() {
    let false_ = Raw {
        flags: 1,
        ..Raw::stored(b"a", TEXT)
    };
    let really = Raw { crc: 7, ..false_ };
    let read = read(&assembled(&[(false_, false_), (really, really)]));
    assert_eq!(read.content("a"), TEXT);
    assert_eq!(read.members[1].2, Outcome::Encrypted);
    assert!(read.members[1].1.is_empty());
    assert_eq!(read.codes, ["zip.duplicate-name", "zip.false-encryption"]);
}

#[test]
fn appnote_4_6_9_a_unicode_path_is_another_reading() {
    let mut crc = flate2::Crc::new();
    crc.update(b"plain.txt");
    let mut extra = vec![0x75, 0x70, 5 + 8, 0, 1];
    extra.extend(crc.sum().to_le_bytes());
    extra.extend(b"evil.bin");
    let raw = Raw {
        extra: &extra,
        ..Raw::stored(b"plain.txt", TEXT)
    };
    assert_eq!(
        read(&assembled(&[(raw, raw)])).names(),
        ["plain.txt", "evil.bin"]
    );
}

#[test]
fn a_bomb_stops_at_the_budget() {
    let same = vec![b'x'; 10_000_000];
    let data = written(&[("bomb", &same), ("more", &same)]);
    assert!(data.len() < 40_000);
    let limits = Limits::mail().with(Limit::OutputBytes, 1_000_000);
    let read = read_with(&data, limits);
    assert_eq!(read.content("bomb").len(), 1_000_000);
    assert_eq!(read.content("more").len(), 0);
    assert!(matches!(read.members[1].2, Outcome::Limit(_)));
    assert_eq!(read.ledger.gaps()[0].reason, Reason::Limit);
}

#[test]
fn members_that_share_bytes_are_paid_for_each() {
    let raw = Raw::stored(b"a", TEXT);
    let mut data = raw.local();
    let mut directory = Vec::new();
    for name in [&b"a"[..], b"b", b"c"] {
        directory.extend(Raw { name, ..raw }.central(0));
    }
    let end = end_record(3, directory.len(), data.len(), &[]);
    data.extend(directory);
    data.extend(end);
    let read = read(&data);
    assert!(read.has("zip.overlap"));
    assert!(read.members.iter().all(|(_, content, _)| content == TEXT));
    let spent = read.ledger.budget().spent(Limit::OutputBytes);
    // Three central readings and two local ones of the same bytes, the first of them free.
    assert_eq!(spent, 4 * TEXT.len() as u64);
}

#[test]
fn entries_are_bounded_and_the_bound_is_a_gap() {
    let raw = Raw::stored(b"a", b"x");
    let data = assembled(&[(raw, raw); 50]);
    let read = read_with(&data, Limits::mail().with(Limit::Entries, 10));
    assert_eq!(read.members.len(), 10);
    assert_eq!(read.ledger.gaps()[0].reason, Reason::Limit);
}

#[test]
fn bytes_that_are_no_archive_are_an_error() {
    for data in [
        &b""[..],
        b"PK",
        b"%PDF-1.7 and so on and so forth",
        &[0; 5000],
    ] {
        let mut ledger = Ledger::new(Limits::mail());
        assert!(Archive::parse(data, &mut ledger).is_err());
        assert!(ledger.observations().is_empty());
    }
}

#[test]
fn any_cut_and_any_broken_byte_of_an_archive_is_survived() {
    let whole = written(&[("a.txt", TEXT), ("b", b"short"), ("c", &TEXT.repeat(9))]);
    let try_ = |data: &[u8]| {
        let mut ledger = Ledger::new(Limits::mail());
        let Ok(archive) = Archive::parse(data, &mut ledger) else {
            return 0;
        };
        let mut out = Vec::new();
        for member in archive.members() {
            let _ = Inflater::new().read(member, &mut out, &mut ledger);
        }
        assert!(out.len() < 10_000);
        archive.members().len()
    };
    for len in 0..whole.len() {
        try_(&whole[..len]);
        try_(&whole[len..]);
        for value in [0, 0xFF, 0x80, whole[len] ^ 1] {
            let mut data = whole.clone();
            data[len] = value;
            // One broken byte never makes more than one member unfindable.
            assert!(try_(&data) >= 2, "byte {len} as {value:#x}");
        }
    }
}

/// Every member that the strict reader can read is the same here, in every sample.
#[test]
fn whatever_the_strict_reader_reads_is_the_same_here() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    if !root.is_dir() {
        println!("skipped: no ../shared/samples beside the checkout");
        return;
    }
    // Slow without optimisation, and no different from the small ones.
    const LARGE: u64 = 400_000;
    let mut compared = 0;
    let mut files: Vec<_> = std::fs::read_dir(root).unwrap().flatten().collect();
    files.sort_by_key(std::fs::DirEntry::path);
    for folder in files {
        let name = folder.file_name();
        if !["ooxml", "xlsb", "corrupt"]
            .iter()
            .any(|kind| name.to_string_lossy().contains(kind))
        {
            continue;
        }
        for file in std::fs::read_dir(folder.path())
            .into_iter()
            .flatten()
            .flatten()
        {
            let data = std::fs::read(file.path()).unwrap();
            let mut ledger = Ledger::new(Limits::unbounded());
            let ours = Archive::parse(&data, &mut ledger);
            let Ok(mut theirs) = ZipArchive::new(Cursor::new(&data)) else {
                continue;
            };
            let ours = ours.unwrap();
            let mut inflater = Inflater::new();
            let mut scratch = Vec::new();
            for index in 0..theirs.len() {
                let Ok(mut member) = theirs.by_index(index) else {
                    continue;
                };
                if member.size() > LARGE {
                    continue;
                }
                let mut content = Vec::new();
                if member.read_to_end(&mut content).is_err() {
                    continue;
                }
                let same = ours.members().iter().any(|our| {
                    our.raw_name == member.name_raw()
                        && our.offset == member.header_start()
                        && inflater.content(our, &mut scratch, &mut ledger).0 == content
                });
                assert!(same, "{} {:?}", file.path().display(), member.name());
                compared += 1;
            }
        }
    }
    assert!(compared > 5_000, "{compared}");
}

/// Zeros are held back while they might be the end; what is read is the same as ever.
#[test]
fn zeros_inside_and_at_the_end_are_read_as_they_are() {
    for before in [0, 600] {
        for zeros in [0, 70_000, (1 << 20) + 7] {
            for after in [0, 1, 100_000] {
                let content = [noise(before), vec![0; zeros], noise(after)].concat();
                let again = [content.clone(), content.clone()].concat();
                let data = written(&[("a", &content), ("b", &again)]);
                let read = read(&data);
                assert!(read.content("a") == content, "{before} {zeros} {after}");
                assert!(read.content("b") == again, "{before} {zeros} {after}");
                assert_eq!(read.codes, [""; 0], "{before} {zeros} {after}");
            }
        }
    }
}

#[test]
fn many_zeros_at_the_end_are_counted_and_cost_little() {
    use macrosift_testkit::zip as kit;

    let data = kit::Archive::new()
        .member(kit::Member::new("a", TEXT).zeros(40))
        .member(kit::Member::new("b", TEXT))
        .build();
    let limits = Limits::mail().with(Limit::OutputBytes, 1 << 20);
    let mut ledger = Ledger::new(limits);
    let archive = Archive::parse(&data, &mut ledger).unwrap();
    let mut inflater = Inflater::new();
    let mut out = Vec::new();
    let outcome = inflater.read(&archive.members()[0], &mut out, &mut ledger);
    assert_eq!(outcome, Outcome::Complete);
    assert!(out.starts_with(TEXT) && out[TEXT.len()..].iter().all(|byte| *byte == 0));
    let whole = TEXT.len() as u64 + (40 << 20);
    assert_eq!(out.len() as u64 + inflater.left_out(), whole);
    assert!(out.len() < 1 << 17 && out.capacity() < 4 << 20);
    // The check sum is that of the whole.
    assert_eq!(ledger.observations(), []);
    out.clear();
    let outcome = inflater.read(&archive.members()[1], &mut out, &mut ledger);
    assert_eq!((outcome, inflater.left_out()), (Outcome::Complete, 0));
    assert_eq!(out, TEXT);

    // Zeros that turn out not to be the end are paid for as anything else.
    let content = [vec![0; 40 << 20], vec![1]].concat();
    let read = read_with(
        &written(&[("a", &content)]),
        Limits::mail().with(Limit::OutputBytes, 1 << 20),
    );
    assert!(matches!(read.members[0].2, Outcome::Limit(_)));
    assert!(read.content("a").len() <= 1 << 20);
}
