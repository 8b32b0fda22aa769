//! Hostile input: what is bounded, and by what.
//!
//! Everything that is scanned may have been made to harm the scanner. The crate promises, for any
//! bytes:
//!
//! 1. no panic;
//! 2. work that is linear in what is paid for;
//! 3. memory that is bounded by the input and the limits, never by a size that a file declares;
//! 4. recursion of constant depth: nesting is a work list;
//! 5. nothing is written, run, fetched or sent: what the code computes is worked out, and what it
//!    would do is told and not done.
//!
//! Where one of these is broken, that is a vulnerability; `SECURITY.md` says how to report it.
//!
//! # Who pays
//!
//! Every reader is handed one [`Ledger`](crate::Ledger). It pays there for what it does, and a
//! charge that does not fit is refused: the reader stops, keeps what it has, and the ledger has a
//! [`Gap`](crate::Gap) for the rest. The bounds are those of [`Limits`](crate::Limits).
//!
//! | what a file can make grow | is bounded by |
//! |---|---|
//! | its own size | `input-bytes`; what follows is not looked at, and is a gap |
//! | inflated members, gathered streams, decompressed source | `output-bytes`, paid as they are produced |
//! | nested documents | `layers`, and `depth` for their nesting |
//! | directory entries, archive members, relationships, records of a project | `entries` |
//! | chains, records and tokens that lead on and on | `steps` |
//! | what the code computes: loops, calls, texts | steps and bytes that grow with its size, at most a quarter of the `steps` that are left for a run; the rest is read and not run, and observed |
//! | rounds of a hash on the way from a password to a key | `steps`, paid before a password is tried, and half of those that are left at most; the rest is not tried, and is a gap |
//! | modules | `modules` |
//! | decoded text | `source-bytes`; the text is cut, and the rest is a gap |
//! | findings | `findings`, and a small constant for one rule in one module |
//! | addresses, paths, commands | `iocs`; more of them are observed and no gap, since they judge nothing |
//! | observations | `observations`, and eight of one code in a layer; how many more there were is told |
//! | gaps | 256; the same words for the same layer count once |
//! | reasons of a verdict | 16, worst first |
//!
//! ```
//! use macrosift::{Limit, Limits, Reason, Scanner, Verdict};
//!
//! let limits = Limits::mail().with(Limit::InputBytes, 16);
//! let scanner = Scanner::builder().limits(limits).build();
//! let report = scanner.scan(b"a text of more than sixteen bytes");
//! assert_eq!(report.uninspected()[0].reason, Reason::Limit);
//! assert_eq!(report.verdict(), Verdict::Unscannable);
//! ```
//!
//! # Structures that lie
//!
//! | trick | answer |
//! |---|---|
//! | a FAT, DIFAT or directory that leads in a circle | chains stop at the first sector that comes again, entries are visited once |
//! | streams that share sectors | each is read, and each is paid for; the sharing is observed |
//! | an entry that no storage links, source in bytes that nothing uses | searched for source all the same |
//! | a zip directory that disagrees with the local headers | both readings are members |
//! | two members of one name, in any case | both are read |
//! | members that share compressed bytes | each is inflated, and each is paid for |
//! | a small member that inflates to gigabytes | stops at `output-bytes` |
//! | a type, a name or an ending that hides what a part is | none of them decides; the first bytes do |
//! | entities and document types in XML | never expanded; observed |
//! | a copy token from before the start of a chunk | that chunk keeps what came before, the next is read |
//! | a module offset that points elsewhere | the source is searched for |
//! | one line of many megabytes | every question about a line has a bounded answer or was answered by one walk over the text |
//! | control and bidi characters in names and code | made visible where the program prints them |
//!
//! # Time
//!
//! Limits count bytes and steps and no seconds, so that the same input gives the same report on
//! any machine. Whoever needs a deadline runs the scan in a thread or a process of its own and
//! treats one that does not answer as [`Verdict::Unscannable`](crate::Verdict::Unscannable).
//!
//! # Memory
//!
//! An input is borrowed and never copied whole. Streams that lie in a row and members that are
//! stored are borrowed as well. What inflates or is gathered counts against `output-bytes`, so that
//! this limit bounds what one scan holds besides its input, its decoded text (`source-bytes`) and
//! tables of a few bytes for each sector of a compound file.
//!
//! The batch layer has inputs above 64 MiB in memory one at a time, whatever the number of
//! threads, and starts no input that is far ahead of the record to be given out next.
