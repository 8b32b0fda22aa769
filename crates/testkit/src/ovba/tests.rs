use super::compress::tests::decompress;
use super::*;
use crate::bytes::utf16;

fn stream(project: &Project, path: &str) -> Vec<u8> {
    let streams = project.streams();
    let found = streams.into_iter().find(|(name, _)| name == path);
    found.unwrap_or_else(|| panic!("no {path}")).1
}

fn project() -> Project {
    Project::new("請求")
        .code_page(932)
        .module(Module::new(
            ModuleKind::Workbook,
            "ThisWorkbook",
            "' 開く\n",
        ))
        .module(Module::standard("標準", "Sub 印刷()\nEnd Sub\n").with_prefix([0xCA; 30]))
        .module(Module::new(ModuleKind::Form, "UserForm1", ""))
        .reference(Reference::forms())
        .reference(Reference::project(
            "Other",
            "\\\\server.invalid\\share\\other.xlam",
        ))
}

/// The records of `dir` in order, read by their sizes: identifier and data.
fn records(mut dir: &[u8]) -> Vec<(u16, Vec<u8>)> {
    let mut records = Vec::new();
    while let Some((head, rest)) = dir.split_first_chunk::<6>() {
        let id = u16::from_le_bytes([head[0], head[1]]);
        let size = u32::from_le_bytes([head[2], head[3], head[4], head[5]]) as usize;
        // PROJECTVERSION has two bytes more than its size says.
        let size = if id == 9 { size + 2 } else { size };
        records.push((id, rest[..size].to_vec()));
        dir = &rest[size..];
    }
    assert!(dir.is_empty());
    records
}

#[test]
fn dir_is_a_sequence_of_whole_records() {
    let records = records(&decompress(&stream(&project(), "VBA/dir")).unwrap());
    let data = |id: u16| -> Vec<&[u8]> {
        let of_id = records.iter().filter(|record| record.0 == id);
        of_id.map(|record| &record.1[..]).collect()
    };
    assert_eq!(data(0x0003), [932_u16.to_le_bytes()]);
    assert_eq!(data(0x000F), [3_u16.to_le_bytes()]);
    assert_eq!(data(0x0019)[1], encode("標準", 932));
    assert_eq!(data(0x0047)[1], utf16("標準"));
    assert_eq!(data(0x0031)[1], 30_u32.to_le_bytes());
    assert_eq!((data(0x0021).len(), data(0x0022).len()), (1, 2));
    assert_eq!(data(0x000E).len(), 1);
    assert_eq!(records.last().unwrap().0, 0x0010);
}

#[test]
fn module_text_is_found_at_its_offset() {
    let stream = stream(&project(), "VBA/標準");
    let text = decompress(&stream[30..]).unwrap();
    let wanted = "Attribute VB_Name = \"標準\"\r\nSub 印刷()\r\nEnd Sub\r\n";
    assert_eq!(text, encode(wanted, 932));
}

#[test]
fn project_lists_every_kind() {
    let text = stream(&project(), "PROJECT");
    let (text, _, bad) = encoding_rs::SHIFT_JIS.decode(&text);
    assert!(!bad);
    for line in [
        "Document=ThisWorkbook/&H00000000\r\n",
        "Module=標準\r\n",
        "BaseClass=UserForm1\r\n",
        "Name=\"請求\"\r\n",
    ] {
        assert!(text.contains(line), "{line}");
    }
    assert!(stream(&project(), "PROJECTwm").ends_with(b"1\0\0\0\0\0"));
}

#[test]
fn each_fault_changes_what_it_names_and_nothing_else() {
    let of = || "標準".to_owned();
    let dir = [
        Fault::AnsiName(of(), "xyz".into()),
        Fault::UnicodeName(of(), "xyz".into()),
        Fault::OffsetAfter(of(), 5),
        Fault::OffsetBefore(of(), 5),
        Fault::GarbageDir,
        Fault::NoDir,
        Fault::NoModules,
        Fault::ModuleCount(9),
        Fault::DirCut(50),
        Fault::DirContainer(ContainerFault::StrayTail(1)),
        Fault::CodePageLie(1251),
        Fault::RecordSize(0x0019, 70_000),
    ];
    let project_stream = [
        Fault::Unlisted(of()),
        Fault::ListedOnly("ghost".into()),
        Fault::NoProject,
    ];
    let modules = [
        Fault::SourceContainer(ContainerFault::ChunkSignature(0)),
        Fault::NoStream(of()),
    ];
    let clean = project().streams();
    let groups: [(&str, &[Fault]); 3] = [
        ("VBA/dir", &dir),
        ("PROJECT", &project_stream),
        ("VBA/標準", &modules),
    ];
    for (path, faults) in groups {
        for fault in faults {
            let faulty = project().fault(fault.clone()).streams();
            let changed: Vec<&str> = clean
                .iter()
                .filter(|stream| !faulty.contains(stream))
                .map(|stream| stream.0.as_str())
                .collect();
            assert!(changed.contains(&path), "{fault:?}");
            if !matches!(fault, Fault::SourceContainer(_)) {
                assert_eq!(changed, [path], "{fault:?}");
            }
        }
    }
}

#[test]
fn the_bin_is_a_strict_compound_file() {
    let bin = project().to_bin();
    let file = ::cfb::CompoundFile::open_strict(std::io::Cursor::new(&bin[..])).unwrap();
    assert!(file.is_stream("VBA/標準"));
    assert!(file.is_stream("UserForm1/f"));
}
