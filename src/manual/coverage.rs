//! Coverage: every gap and every observation, one line each.
//!
//! A [`Gap`](crate::Gap) is something that was not inspected. With one, the verdict is at least
//! `Unscannable`. An [`Observation`](crate::Observation) is something malformed, tolerated or
//! noteworthy that *was* inspected. Most of them inform; the few that judge are marked. What is
//! in neither list was read, or is named under "not looked at" in the README.
//!
//! ```
//! use macrosift::{Reason, Scanner, Verdict, report::Coverage};
//!
//! let report = Scanner::new().scan(b"7z\xBC\xAF\x27\x1C\0\x04");
//! assert_eq!(report.coverage(), Coverage::None);
//! assert_eq!(report.uninspected()[0].reason, Reason::Unsupported);
//! assert_eq!(report.verdict(), Verdict::Unscannable);
//! ```
//!
//! # Gaps
//!
//! | [`Reason`](crate::Reason) | is left for | verdict at least |
//! |---|---|---|
//! | `encrypted` | an encrypted OOXML package, `.doc`, `.xls` or `.ppt` that no password opened (the scheme and what was tried are named), encrypted parts of OpenDocument (the algorithm is named), a section of OneNote under a password, a cipher that is not known, content under rights management or for the holder of a certificate | unscannable |
//! | `encrypted-archive` | encrypted members of a zip archive; names of members are listed | unscannable |
//! | `unsupported` | an Access database, of which only VBA is read as far as it is found; presentations of PowerPoint 4 and 95; macros of documents of before Word 6; bare BIFF | unscannable |
//! | | mail and its parts, TNEF, sections of OneNote in the format of the cloud, archives, scripts of OpenDocument in other languages than Basic, databases and extensions of LibreOffice, encoded scripts | unscannable |
//! | | JScript in a web page of an Office program, such a page in UTF-7 | unscannable |
//! | | a zip method that is not decoded, XML in an encoding without a table | unscannable |
//! | `limit` | which limit was reached, and what was not opened or read for it | unscannable |
//! | `damaged` | streams that are not whole, members that are cut, a directory that lists what is not there, an encrypted package of another size than it says, encrypted streams and objects that share bytes, a module whose stream is empty or missing, a VBA part that is none, source in bytes of no known structure, a web page archive or XML that breaks off, ActiveMime without its data, rich text that ends inside a group, an object or a package that has fewer bytes than it says or no structure, pointers out of a Visio drawing | unscannable |
//! | `active-unread` | a module that has code and no readable source; a VBA part that could not be read whole; a project that a presentation promises and that could not be read; a library of Basic under a password; scripts in other languages that an event of OpenDocument calls; Excel 4.0 macro sheets, in workbooks of any kind and in SYLK, opened or not; modules of Excel 5; WordBasic with tokens or a table that are not known; a compound file in a drawing that cannot be unpacked | suspicious |
//! | `internal` | a panic of the scan that the batch layer caught | unscannable |
//!
//! # Observations on compound files
//!
//! | code | means |
//! |---|---|
//! | `cfb.byte-order` | the byte order mark of the header is another; little endian was read. **Suspicious** |
//! | `cfb.chain-broken` | the chain of a stream leads out of the file or to a mark before its end |
//! | `cfb.cross-link` | two streams claim one sector, or the chain of one goes on in another's. **Suspicious** |
//! | `cfb.difat-broken` | a DIFAT sector lies outside the file |
//! | `cfb.difat-cycle` | the chain of DIFAT sectors does not end. **Suspicious** |
//! | `cfb.entry-missing` | the directory refers to an entry that is empty or not there |
//! | `cfb.fat-count` | another number of FAT sectors is listed than declared |
//! | `cfb.fat-cycle` | the chain of a stream comes back to a sector it had. **Suspicious** |
//! | `cfb.fat-missing` | a FAT sector lies outside the file |
//! | `cfb.mini-cutoff` | the cutoff of the mini stream is not 4096 |
//! | `cfb.mini-sector-shift` | mini sectors are not of 64 bytes |
//! | `cfb.object-type` | an entry that is in use is marked as unused or as nothing that is defined; it was read. **Suspicious** |
//! | `cfb.orphan-entry` | a directory entry that no storage links; it was read |
//! | `cfb.padding` | more bytes than usual belong to no stream; they were searched for source. **Suspicious** |
//! | `cfb.prefix` | other bytes stand in front of the file. **Suspicious** |
//! | `cfb.root-type` | the first directory entry is not the root |
//! | `cfb.sector-shift` | sectors are of another size than the version prescribes. **Suspicious** |
//! | `cfb.size-lie` | the chain of a stream ends before the size that it declares. **Suspicious** |
//! | `cfb.stream-short` | a stream declares more bytes than its chain has |
//! | `cfb.tree-cycle` | a directory entry is reached twice. **Suspicious** |
//! | `cfb.version` | the major version is not 3 or 4. **Suspicious** |
//!
//! # Observations on zip archives
//!
//! | code | means |
//! |---|---|
//! | `zip.appended` | bytes stand behind the end record |
//! | `zip.crc` | the content of a member has another checksum than declared; it was used |
//! | `zip.crc-mismatch` | the two headers of a member declare different checksums |
//! | `zip.cut-header` | the name in a header reaches into what follows |
//! | `zip.damaged-data` | a member does not inflate to its end; what came before was used |
//! | `zip.duplicate-name` | two members of one name; both were read. **Suspicious** |
//! | `zip.entry-count` | the directory has another number of entries than declared |
//! | `zip.false-encryption` | a member is marked as encrypted and is not; it was read, and a gap says so |
//! | `zip.flag-mismatch` | only one of the two headers says that a member is encrypted |
//! | `zip.local-header` | a local header is broken; the directory was used, and a gap says so |
//! | `zip.lost-member` | the directory lists a member that is not in the file |
//! | `zip.method-mismatch` | the two headers name different methods; both were tried. **Suspicious** |
//! | `zip.name-mismatch` | the two headers, or a header and its field for a name in Unicode, name different names; both were read. **Suspicious** |
//! | `zip.no-directory` | there is no usable end record; members were searched for |
//! | `zip.offset` | the directory gives a false place for a member, which was found by its name |
//! | `zip.overlap` | members share bytes. **Suspicious** |
//! | `zip.prepended` | bytes stand before the first header |
//! | `zip.second-directory` | another end record has a directory of its own. **Suspicious** |
//! | `zip.size` | the content of a member has another size than declared; it was used |
//! | `zip.size-mismatch` | the two headers declare different sizes |
//! | `zip.trailing-data` | a member goes on behind the end of its deflate stream |
//! | `zip.unlisted` | a member that the directory does not list; it was read. **Suspicious** |
//!
//! # Observations on packages and objects
//!
//! | code | means |
//! |---|---|
//! | `object.activex` | ActiveX controls. At least `macro` |
//! | `object.foreign` | an embedded object that is no Office document. At least `macro` |
//! | `opc.absolute-target` | an internal relationship leads out of the package |
//! | `opc.bindings-unread` | a part that calls macros is not well-formed |
//! | `opc.content-type-conflict` | two copies of the content types name different types |
//! | `opc.dtd` | a document type declaration; nothing of it is used |
//! | `opc.duplicate-attribute` | an attribute is given twice |
//! | `opc.duplicate-part` | two members are one part by the rules for names; both were read. **Suspicious** |
//! | `opc.entity` | an entity that is not defined |
//! | `opc.incomplete-element` | an element lacks an attribute that it has to have |
//! | `opc.no-content-types` | the folders of a document, and no list of content types. **Suspicious** |
//! | `opc.prefix` | other bytes stand in front of a package. **Suspicious** |
//! | `opc.remote-callback` | the ribbon calls a macro in a file on another machine. **Suspicious** |
//! | `opc.target-mode` | a mode that is neither `Internal` nor `External` |
//! | `opc.type-lie` | a VBA project in a package whose type has none. **Suspicious** |
//! | `opc.xml-damaged` | XML is not well-formed, or breaks off |
//! | `opc.xml-encoding` | bytes that the declared encoding does not define |
//! | `ppt.edit-cycle` | the chain of edits of a presentation comes back to one it had |
//! | `ppt.object-size` | an object of a presentation has another size than declared; it was read as far as it goes |
//! | `ppt.object-unlisted` | an object that the persist directory of a presentation does not lead to; it was read |
//!
//! # Observations on encrypted documents
//!
//! | code | means |
//! |---|---|
//! | `crypto.opened` | decrypted: the scheme, and whether the password is a default or was given |
//!
//! # Observations on web page archives and documents of one XML file
//!
//! | code | means |
//! |---|---|
//! | `activemime.offset` | the data of an ActiveMime wrapper was searched for |
//! | `activemime.second-data` | an ActiveMime wrapper has data in two places; both were read |
//! | `flat.dtd` | a document type declaration; nothing of it is used |
//! | `flat.xml-encoding` | bytes that the declared encoding does not define |
//! | `mime.prefix` | other bytes stand in front of a web page archive |
//!
//! # Observations on rich text
//!
//! | code | means |
//! |---|---|
//! | `rtf.bin-length` | `\bin` says more bytes than there are; what follows was read as if it did not |
//! | `rtf.header` | the file starts with another word than `\rtf`. **Suspicious** |
//! | `rtf.object-broken-up` | something else than digits and white space stands among the digits of an object. **Suspicious** |
//! | `rtf.object-elsewhere` | digits or bytes outside the places for objects begin like one. **Suspicious** |
//! | `rtf.object-update` | an embedded object is updated when the document is opened. **Suspicious** |
//! # Observations on forms
//!
//! | code | means |
//! |---|---|
//! | `forms.damaged` | the properties of a form or control are not whole; its texts were searched for |
//!
//! # Observations on VBA projects
//!
//! | code | means |
//! |---|---|
//! | `ovba.carved` | source found by search, outside any project. **Suspicious** |
//! | `ovba.chunk-cut` | a chunk has fewer bytes than declared |
//! | `ovba.chunk-overlong` | a chunk holds more than 4096 bytes; the rest was dropped |
//! | `ovba.chunk-signature` | the signature bits of a chunk are others |
//! | `ovba.code-page` | the project declares a code page that is not known |
//! | `ovba.container-empty` | there is no container where one has to be |
//! | `ovba.container-signature` | a container does not start with 0x01 |
//! | `ovba.copy-offset` | a copy from before the start of a chunk. **Suspicious** |
//! | `ovba.dir-damaged` | the `dir` stream is not whole; modules were searched for. **Suspicious** |
//! | `ovba.dir-missing` | a VBA storage without a `dir` stream; modules were searched for. **Suspicious** |
//! | `ovba.module-count` | another number of modules is listed than declared |
//! | `ovba.module-hidden` | the `PROJECT` stream leaves a module out. **Suspicious** |
//! | `ovba.module-offset` | source is not at its offset; it was searched for. **Suspicious** |
//! | `ovba.module-unlisted` | a stream holds source and `dir` does not list it. **Suspicious** |
//! | `ovba.name-conflict` | a module bears two names. **Suspicious** |
//! | `ovba.orphan-project` | no storage links the directory entries of a VBA project; it was read. **Suspicious** |
//! | `ovba.projects` | more than one project in a file |
//! | `ovba.raw-chunk-size` | a raw chunk is not of 4096 bytes |
//! | `ovba.reference-remote` | the project refers to a library on another machine, which a finding judges |
//! | `ovba.stream-namesakes` | streams of a project that bear one name. **Suspicious** |
//! | `ovba.stray-tail` | one byte is left after the last chunk |
//! | `ovba.token-cut` | a chunk ends inside a copy token |
//! | `ovba.unviewable` | protection that cannot be decoded, so that the editor shows no code |
//!
//! # Observations on text, and on the scan
//!
//! | code | means |
//! |---|---|
//! | `eval.bounds` | the code computes more than is followed; the rest was read and not run |
//! | `scan.more-observations` | how many further observations were not kept |
//! | `scan.more-gaps` | how many further gaps were not kept; the first of each reason always is |
//! | `text.code-page-unknown` | there is no table for the code page of the text |
//! | `text.findings-unkept` | findings that judge nothing were not kept |
//! | `text.iocs-unkept` | addresses and paths were not kept |
//! | `texts.bounds` | the document keeps more texts outside its code than are looked up for it; what code takes from the rest is not known |
//! | `text.undefined-bytes` | characters that the encoding does not define were replaced |
