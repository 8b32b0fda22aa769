//! Faults to be drawn: as the writers' own, with streams and modules chosen by number.

use arbitrary::Arbitrary;

use crate::cfb;
use crate::ovba::{self, ContainerFault, Module};
use crate::zip::{self, Archive, MemberFault};

/// A fault of one layer.
#[derive(Arbitrary, Clone, Debug)]
pub enum FaultSpec {
    /// Of the compound file that holds the project.
    Cfb(CfbFault),
    /// Of the project.
    Ovba(OvbaFault),
    /// Of the archive.
    Zip(ZipFault),
}

impl FaultSpec {
    /// Whether all sources are left whole, with a way to them that a tolerant reader has.
    pub(super) const fn keeps_sources(&self) -> bool {
        match self {
            Self::Cfb(fault) => matches!(
                fault,
                CfbFault::Padding(_) | CfbFault::DirectoryCycle | CfbFault::SiblingCycle
            ),
            Self::Ovba(fault) => matches!(
                fault,
                OvbaFault::Unlisted(_)
                    | OvbaFault::ListedOnly
                    | OvbaFault::AnsiName(_)
                    | OvbaFault::NoProject
                    | OvbaFault::SignatureByte
                    | OvbaFault::StrayTail(_)
            ),
            Self::Zip(fault) => matches!(
                fault,
                ZipFault::NoEnd
                    | ZipFault::NoCentral
                    | ZipFault::ZeroEnd
                    | ZipFault::Trailing(_)
                    | ZipFault::Crc
            ),
        }
    }
}

/// As [`cfb::Fault`]; numbers choose streams.
#[derive(Arbitrary, Clone, Debug)]
#[allow(missing_docs)]
pub enum CfbFault {
    Cycle(u8),
    CrossLink(u8, u8),
    SameStart(u8, u8),
    ChainLeavesFile(u8),
    ChainCut(u8),
    DeclaredSize(u8, u32),
    Orphan(u8),
    Unallocated(u8),
    Namesake(u8, Vec<u8>),
    ObjectType(u8, u8),
    MiniStreamSize(u32),
    Cutoff(u32),
    ByteOrder(u16),
    SectorShift(u16),
    MajorVersion(u16),
    Signature,
    FatCount(u32),
    DifatCycle,
    SiblingCycle,
    ChildCycle,
    DirectoryCut,
    DirectoryCycle,
    Junk(u8),
    Padding(u16),
    Truncate(u16),
}

impl CfbFault {
    pub(super) fn of(&self, streams: &[String]) -> cfb::Fault {
        use cfb::Fault;
        let stream = |index: &u8| streams[usize::from(*index) % streams.len()].clone();
        match self {
            Self::Cycle(at) => Fault::Cycle(stream(at)),
            Self::CrossLink(at, to) => Fault::CrossLink(stream(at), stream(to)),
            Self::SameStart(at, to) => Fault::SameStart(stream(at), stream(to)),
            Self::ChainLeavesFile(at) => Fault::ChainLeavesFile(stream(at)),
            Self::ChainCut(at) => Fault::ChainCut(stream(at)),
            Self::DeclaredSize(at, size) => Fault::DeclaredSize(stream(at), u64::from(*size)),
            Self::Orphan(at) => Fault::Orphan(stream(at)),
            Self::Unallocated(at) => Fault::Unallocated(stream(at)),
            Self::Namesake(at, data) => {
                let data = &data[..data.len().min(8192)];
                Fault::Namesake(stream(at), data.to_vec())
            }
            Self::ObjectType(at, kind) => Fault::ObjectType(stream(at), *kind),
            Self::MiniStreamSize(size) => Fault::MiniStreamSize(u64::from(*size)),
            Self::Cutoff(cutoff) => Fault::Cutoff(*cutoff),
            Self::ByteOrder(mark) => Fault::ByteOrder(*mark),
            Self::SectorShift(shift) => Fault::SectorShift(*shift),
            Self::MajorVersion(version) => Fault::MajorVersion(*version),
            Self::Signature => Fault::Signature,
            Self::FatCount(count) => Fault::FatCount(*count),
            Self::DifatCycle => Fault::DifatCycle,
            Self::SiblingCycle => Fault::SiblingCycle(storage(streams)),
            Self::ChildCycle => Fault::ChildCycle(storage(streams)),
            Self::DirectoryCut => Fault::DirectoryCut,
            Self::DirectoryCycle => Fault::DirectoryCycle,
            Self::Junk(count) => Fault::Junk(vec![b'j'; usize::from(*count)]),
            Self::Padding(count) => Fault::Padding(usize::from(*count)),
            Self::Truncate(length) => Fault::Truncate(usize::from(*length)),
        }
    }
}

/// The storage that holds the modules.
fn storage(streams: &[String]) -> String {
    let stream = streams.iter().find(|path| path.ends_with("_VBA_PROJECT"));
    let (storage, _) = stream
        .and_then(|path| path.rsplit_once('/'))
        .expect("always written");
    storage.into()
}

/// As [`ovba::Fault`]; numbers choose modules.
#[derive(Arbitrary, Clone, Debug)]
#[allow(missing_docs)]
pub enum OvbaFault {
    Unlisted(u8),
    ListedOnly,
    AnsiName(u8),
    UnicodeName(u8),
    OffsetAfter(u8, u16),
    OffsetBefore(u8, u16),
    NoDir,
    GarbageDir,
    NoModules,
    ModuleCount(u16),
    DirCut(u16),
    DirContainer(u8),
    SourceContainer(u8),
    SignatureByte,
    StrayTail(u8),
    NoStream(u8),
    NoProject,
    CodePageLie(u16),
    RecordSize(u8, u32),
}

impl OvbaFault {
    pub(super) fn of(&self, modules: &[Module]) -> ovba::Fault {
        use ovba::Fault;
        let module = |index: &u8| modules[usize::from(*index) % modules.len()].name.clone();
        match self {
            Self::Unlisted(at) => Fault::Unlisted(module(at)),
            Self::ListedOnly => Fault::ListedOnly("Ghost".into()),
            Self::AnsiName(at) => Fault::AnsiName(module(at), "Other".into()),
            Self::UnicodeName(at) => Fault::UnicodeName(module(at), "Other".into()),
            Self::OffsetAfter(at, by) => Fault::OffsetAfter(module(at), u32::from(*by) + 1),
            Self::OffsetBefore(at, by) => Fault::OffsetBefore(module(at), u32::from(*by) + 1),
            Self::NoDir => Fault::NoDir,
            Self::GarbageDir => Fault::GarbageDir,
            Self::NoModules => Fault::NoModules,
            Self::ModuleCount(count) => Fault::ModuleCount(*count),
            Self::DirCut(length) => Fault::DirCut(usize::from(*length)),
            Self::DirContainer(which) => Fault::DirContainer(container(*which)),
            Self::SourceContainer(which) => Fault::SourceContainer(container(*which)),
            Self::SignatureByte => Fault::SourceContainer(ContainerFault::SignatureByte(0xF1)),
            Self::StrayTail(byte) => Fault::SourceContainer(ContainerFault::StrayTail(*byte)),
            Self::NoStream(at) => Fault::NoStream(module(at)),
            Self::NoProject => Fault::NoProject,
            Self::CodePageLie(declared) => Fault::CodePageLie(*declared),
            Self::RecordSize(id, size) => Fault::RecordSize(u16::from(*id), *size),
        }
    }
}

fn container(which: u8) -> ContainerFault {
    let detail = which / 7;
    match which % 7 {
        0 => ContainerFault::SignatureByte(detail),
        1 => ContainerFault::ChunkSignature(detail),
        2 => ContainerFault::ShortRawChunk,
        3 => ContainerFault::StrayTail(detail),
        4 => ContainerFault::CopyBeforeStart,
        5 => ContainerFault::CutShort(usize::from(detail)),
        _ => ContainerFault::LongChunk,
    }
}

/// As [`zip::Fault`] and [`MemberFault`], which go to the project's part where they can.
#[derive(Arbitrary, Clone, Debug)]
#[allow(missing_docs)]
pub enum ZipFault {
    NoEnd,
    NoCentral,
    ZeroEnd,
    ZeroFirstLocal,
    ZeroFirstHeader,
    Junk(u8),
    JunkAdjusted(u8),
    Trailing(u8),
    Count(u16),
    CentralOffset(u32),
    FakeEnd,
    Truncate(u16),
    LocalName,
    CentralName,
    LocalSizes(u32, u32),
    CentralSizes(u32, u32),
    LocalMethod(u8),
    CentralMethod(u8),
    Method(u8),
    Crc,
    Encrypted,
    UnicodePath,
    NotListed,
    OnlyListed,
    Shared,
    OffsetShifted(u16),
}

impl ZipFault {
    pub(super) fn apply(&self, archive: &mut Archive) {
        use zip::Fault;
        let junk = |count: &u8| vec![b'j'; usize::from(*count)];
        let archive_fault = match self {
            Self::NoEnd => Fault::NoEnd,
            Self::NoCentral => Fault::NoCentral,
            Self::ZeroEnd => Fault::ZeroEnd,
            Self::ZeroFirstLocal => Fault::ZeroFirstLocal,
            Self::ZeroFirstHeader => Fault::ZeroFirstHeader,
            Self::Junk(count) => Fault::Junk(junk(count)),
            Self::JunkAdjusted(count) => Fault::JunkAdjusted(junk(count)),
            Self::Trailing(count) => Fault::Trailing(junk(count)),
            Self::Count(count) => Fault::Count(*count),
            Self::CentralOffset(offset) => Fault::CentralOffset(*offset),
            Self::FakeEnd => Fault::FakeEnd,
            Self::Truncate(length) => Fault::Truncate(usize::from(*length)),
            _ => {
                self.apply_to_member(archive);
                return;
            }
        };
        archive.faults.push(archive_fault);
    }

    fn apply_to_member(&self, archive: &mut Archive) {
        let first = archive.members[0].name.clone();
        let member = archive.members.last_mut().expect("a package has members");
        let unlisted = member.faults.contains(&MemberFault::NotListed);
        let listed_only = member.faults.contains(&MemberFault::OnlyListed);
        // One that is neither written nor listed is no member: nobody could find what it holds.
        let gone = match self {
            Self::OnlyListed => unlisted,
            Self::NotListed => listed_only,
            _ => false,
        };
        if gone {
            return;
        }
        member.faults.push(match self {
            Self::LocalName => MemberFault::LocalName("other.xml".into()),
            Self::CentralName => MemberFault::CentralName("other.xml".into()),
            Self::LocalSizes(compressed, size) => MemberFault::LocalSizes(*compressed, *size),
            Self::CentralSizes(compressed, size) => MemberFault::CentralSizes(*compressed, *size),
            Self::LocalMethod(method) => MemberFault::LocalMethod(u16::from(*method)),
            Self::CentralMethod(method) => MemberFault::CentralMethod(u16::from(*method)),
            Self::Method(method) => MemberFault::Method(u16::from(*method)),
            Self::Crc => MemberFault::Crc,
            Self::Encrypted => MemberFault::Encrypted,
            Self::UnicodePath => MemberFault::UnicodePath("other.xml".into()),
            Self::NotListed => MemberFault::NotListed,
            Self::OnlyListed => MemberFault::OnlyListed,
            Self::Shared => MemberFault::SharedWith(first),
            Self::OffsetShifted(by) => MemberFault::OffsetShifted(u32::from(*by)),
            _ => return,
        });
    }
}
