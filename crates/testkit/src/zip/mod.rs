//! Zip archives, APPNOTE.TXT 6.3.10, written field by field.

mod fault;
mod write;

pub use fault::{Fault, MemberFault};
pub(crate) use write::crc32;

/// How the bytes of a member are stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// As they are.
    Stored,
    /// Deflated.
    #[default]
    Deflated,
}

/// The record after a member's data that says its size, APPNOTE 4.3.9.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Descriptor {
    /// None: the local header says the size.
    #[default]
    None,
    /// With its signature.
    Signed,
    /// Without its signature, which is as valid.
    Unsigned,
}

/// One member.
#[derive(Clone, Debug, Default)]
pub struct Member {
    /// Its name, in UTF-8.
    pub name: String,
    /// Its data.
    pub data: Vec<u8>,
    /// How many MiB of zeros follow the data, which is deflated. They take no memory.
    pub zeros: u32,
    /// How the data is stored.
    pub method: Method,
    /// Whether and how a descriptor follows the data.
    pub descriptor: Descriptor,
    /// Whether sizes and offset are in the extra field of ZIP64, APPNOTE 4.5.3.
    pub zip64: bool,
    /// Further bytes of the extra field, in both headers.
    pub extra: Vec<u8>,
    /// Departures from the specification.
    pub faults: Vec<MemberFault>,
}

impl Member {
    /// A deflated member.
    #[must_use]
    pub fn new(name: &str, data: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            data: data.into(),
            ..Self::default()
        }
    }

    /// A stored member.
    #[must_use]
    pub fn stored(name: &str, data: impl Into<Vec<u8>>) -> Self {
        Self {
            method: Method::Stored,
            ..Self::new(name, data)
        }
    }

    /// Follows the data by so many MiB of zeros.
    #[must_use]
    pub fn zeros(mut self, mib: u32) -> Self {
        self.zeros = mib;
        self
    }

    /// Sets the descriptor.
    #[must_use]
    pub fn descriptor(mut self, descriptor: Descriptor) -> Self {
        self.descriptor = descriptor;
        self
    }

    /// Uses the extra field of ZIP64.
    #[must_use]
    pub fn zip64(mut self) -> Self {
        self.zip64 = true;
        self
    }

    /// Adds a fault.
    #[must_use]
    pub fn fault(mut self, fault: MemberFault) -> Self {
        self.faults.push(fault);
        self
    }
}

/// An archive.
///
/// ```
/// use macrosift_testkit::zip::{Archive, Fault, Member};
/// let archive = Archive::new().member(Member::new("word/document.xml", "<w/>"));
/// assert!(archive.build().starts_with(b"PK\x03\x04"));
/// let damaged = archive.fault(Fault::NoEnd).build();
/// ```
#[derive(Clone, Debug, Default)]
pub struct Archive {
    /// Its members; two of one name are two members.
    pub members: Vec<Member>,
    /// The comment at its end.
    pub comment: Vec<u8>,
    /// Whether the end record has its ZIP64 form beside it, APPNOTE 4.3.14.
    pub zip64: bool,
    /// Departures from the specification.
    pub faults: Vec<Fault>,
}

impl Archive {
    /// An empty archive.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a member.
    #[must_use]
    pub fn member(mut self, member: Member) -> Self {
        self.members.push(member);
        self
    }

    /// Sets the comment.
    #[must_use]
    pub fn comment(mut self, comment: &[u8]) -> Self {
        self.comment = comment.into();
        self
    }

    /// Adds a fault.
    #[must_use]
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// Adds a fault to the members of a name.
    ///
    /// # Panics
    /// If there is no such member.
    #[must_use]
    pub fn member_fault(mut self, name: &str, fault: &MemberFault) -> Self {
        let mut found = false;
        for member in self.members.iter_mut().filter(|member| member.name == name) {
            member.faults.push(fault.clone());
            found = true;
        }
        assert!(found, "no member {name:?}");
        self
    }

    /// Writes the archive.
    #[must_use]
    pub fn build(&self) -> Vec<u8> {
        write::write(self)
    }
}

#[cfg(test)]
mod tests;
