//! The report as JSON: the keys of the NDJSON contract, in its order.
//!
//! [`Report`] and its parts implement [`Serialize`]. A record of the contract is a [`Document`],
//! a [`Failure`], a [`Skip`] or a [`Summary`], which put `type`, `schema` and `path` in front. A
//! key whose value is absent is left out; an empty list is printed.

use std::ffi::OsStr;
use std::path::Path;
use std::time::Duration;

use base64::display::Base64Display;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::{Finding, Ioc, Layer, Module, Project, Report, Sha256};
use crate::observe::{Gap, Observation};
use crate::verdict::Verdict;

/// The number of the contract. Another number, other keys.
pub const SCHEMA: u32 = 1;

/// The record of an input that was judged.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// Where the input came from.
    pub path: &'a Path,
    /// The judgement.
    pub report: &'a Report,
    /// How long it took, if that is to be printed.
    pub elapsed: Option<Duration>,
}

/// The record of an input that could not be read.
#[derive(Clone, Copy, Debug)]
pub struct Failure<'a> {
    /// What could not be read.
    pub path: &'a Path,
    /// What went wrong, and with what.
    pub message: &'a str,
    /// How long it took, if that is to be printed.
    pub elapsed: Option<Duration>,
}

/// The record of something that is not read on principle.
#[derive(Clone, Copy, Debug)]
pub struct Skip<'a> {
    /// What was passed over.
    pub path: &'a Path,
    /// `symlink`, `socket`, `fifo`, `device` or `growing`.
    pub reason: &'a str,
    /// How long it took, if that is to be printed.
    pub elapsed: Option<Duration>,
}

/// The last record: how many of what there were.
#[derive(Clone, Copy, Debug, Default)]
pub struct Summary {
    /// Inputs that were judged: the sum of `verdicts`.
    pub inputs: u64,
    /// Their bytes.
    pub bytes: u64,
    /// How many inputs had each verdict, in the order of [`Verdict::ALL`].
    pub verdicts: [u64; Verdict::ALL.len()],
    /// Inputs that could not be read.
    pub errors: u64,
    /// Inputs that were passed over.
    pub skipped: u64,
    /// How long it all took, if that is to be printed.
    pub elapsed: Option<Duration>,
}

/// An object under construction.
struct Keys<M>(M);

impl<M: SerializeMap> Keys<M> {
    fn start<S: Serializer<SerializeMap = M>>(serializer: S) -> Result<Self, S::Error> {
        serializer.serialize_map(None).map(Self)
    }

    /// An object that is a record: `type` and `schema` first.
    fn record<S>(serializer: S, name: &str) -> Result<Self, S::Error>
    where
        S: Serializer<SerializeMap = M, Error = M::Error>,
    {
        let mut keys = Self::start(serializer)?;
        keys.put("type", name)?;
        keys.put("schema", &SCHEMA)?;
        Ok(keys)
    }

    fn put<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), M::Error> {
        self.0.serialize_entry(key, value)
    }

    fn put_some<T: Serialize>(&mut self, key: &str, value: Option<T>) -> Result<(), M::Error> {
        value.map_or(Ok(()), |value| self.put(key, &value))
    }

    fn put_elapsed(&mut self, elapsed: Option<Duration>) -> Result<(), M::Error> {
        let micros = elapsed.map(|time| u64::try_from(time.as_micros()).unwrap_or(u64::MAX));
        self.put_some("elapsed_us", micros)
    }

    fn end(self) -> Result<M::Ok, M::Error> {
        self.0.end()
    }
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = Keys::record(serializer, "document")?;
        keys.put("path", &Text(self.path.as_os_str()))?;
        self.report.put_into(&mut keys)?;
        keys.put_elapsed(self.elapsed)?;
        keys.end()
    }
}

impl Serialize for Failure<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = Keys::record(serializer, "error")?;
        keys.put("path", &Text(self.path.as_os_str()))?;
        keys.put("message", self.message)?;
        keys.put_elapsed(self.elapsed)?;
        keys.end()
    }
}

impl Serialize for Skip<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = Keys::record(serializer, "skipped")?;
        keys.put("path", &Text(self.path.as_os_str()))?;
        keys.put("reason", self.reason)?;
        keys.put_elapsed(self.elapsed)?;
        keys.end()
    }
}

impl Serialize for Summary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = Keys::record(serializer, "summary")?;
        keys.put("inputs", &self.inputs)?;
        keys.put("bytes", &self.bytes)?;
        keys.put("verdicts", &Counts(&self.verdicts))?;
        keys.put("errors", &self.errors)?;
        keys.put("skipped", &self.skipped)?;
        keys.put_elapsed(self.elapsed)?;
        keys.end()
    }
}

impl Report {
    /// The keys from `size` on.
    fn put_into<M: SerializeMap>(&self, keys: &mut Keys<M>) -> Result<(), M::Error> {
        keys.put("size", &self.size)?;
        keys.put_some("sha256", self.sha256.as_ref().map(Hex))?;
        keys.put("format", self.format)?;
        keys.put("verdict", self.verdict.name())?;
        keys.put("reasons", &self.reasons)?;
        keys.put("coverage", self.coverage.name())?;
        keys.put("uninspected", &self.uninspected)?;
        keys.put("layers", &self.layers)?;
        keys.put("modules", &self.modules)?;
        let projects = Some(&self.projects).filter(|projects| !projects.is_empty());
        keys.put_some("projects", projects)?;
        keys.put("findings", &self.findings)?;
        keys.put("iocs", &self.iocs)?;
        keys.put("observations", &self.observations)
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = Keys::start(serializer)?;
        self.put_into(&mut keys)?;
        keys.end()
    }
}

impl Serialize for Gap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = Keys::start(serializer)?;
        keys.put("reason", self.reason.name())?;
        keys.put("layer", &self.layer)?;
        keys.put("detail", &self.detail)?;
        keys.end()
    }
}

impl Serialize for Layer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = Keys::start(serializer)?;
        keys.put("id", &self.id)?;
        keys.put_some("parent", self.parent)?;
        keys.put_some("name", self.name.as_ref())?;
        keys.put("format", self.format)?;
        keys.put_some("sha256", self.sha256.as_ref().map(Hex))?;
        keys.end()
    }
}

impl Serialize for Module {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = Keys::start(serializer)?;
        keys.put("layer", &self.layer)?;
        keys.put("name", &self.name)?;
        keys.put("stream", &self.stream)?;
        keys.put("language", self.language)?;
        keys.put("kind", self.kind)?;
        keys.put_some("code_page", self.code_page)?;
        keys.put("size", &self.size)?;
        keys.put_some("sha256", self.sha256.as_ref().map(Hex))?;
        keys.put_some("identity", self.identity.as_ref().map(Hex))?;
        keys.put_some("source", self.source.as_ref())?;
        keys.end()
    }
}

impl Serialize for Project {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = Keys::start(serializer)?;
        keys.put("layer", &self.layer)?;
        keys.put("name", &self.name)?;
        keys.put("modules", &self.modules)?;
        keys.put_some("identity", self.identity.as_ref().map(Hex))?;
        keys.end()
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = Keys::start(serializer)?;
        keys.put("rule", self.rule)?;
        keys.put("category", self.category)?;
        keys.put("level", &self.level)?;
        keys.put("attack", self.attack)?;
        keys.put("layer", &self.layer)?;
        keys.put_some("module", self.module)?;
        keys.put_some("line", self.line)?;
        keys.put_some("column", self.column)?;
        keys.put("text", &self.text)?;
        keys.put("why", self.why)?;
        keys.end()
    }
}

impl Serialize for Ioc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = Keys::start(serializer)?;
        keys.put("kind", self.kind)?;
        keys.put("value", &self.value)?;
        keys.put("layer", &self.layer)?;
        keys.put_some("module", self.module)?;
        keys.put_some("line", self.line)?;
        keys.put("decoded", &self.decoded)?;
        keys.end()
    }
}

impl Serialize for Observation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = Keys::start(serializer)?;
        keys.put("code", self.code)?;
        keys.put("clause", self.clause)?;
        keys.put("layer", &self.layer)?;
        keys.put("offset", &self.offset)?;
        keys.put("detail", &self.detail)?;
        keys.end()
    }
}

/// A hash in lower-case hexadecimal.
struct Hex<'a>(&'a Sha256);

impl Serialize for Hex<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap_or('0');
        let digits = self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        serializer.serialize_str(&digits.map(digit).collect::<String>())
    }
}

/// A path; one that is not UTF-8 keeps its bytes as `{"base64": ".."}`.
struct Text<'a>(&'a OsStr);

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(text) = self.0.to_str() {
            return serializer.serialize_str(text);
        }
        let mut keys = Keys::start(serializer)?;
        let bytes = Base64Display::new(self.0.as_encoded_bytes(), &STANDARD);
        keys.put("base64", &bytes.to_string())?;
        keys.end()
    }
}

/// How many inputs had each verdict, under its name.
struct Counts<'a>(&'a [u64; Verdict::ALL.len()]);

impl Serialize for Counts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let names = Verdict::ALL.into_iter().map(Verdict::name);
        serializer.collect_map(names.zip(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Coverage;

    fn full() -> Report {
        Report {
            size: 48_213,
            sha256: Some([0xAB; 32]),
            format: "eml",
            verdict: Verdict::Malicious,
            reasons: vec!["one sentence".into()],
            coverage: Coverage::Partial,
            uninspected: vec![Gap {
                reason: crate::Reason::EncryptedArchive,
                layer: 2,
                detail: "a.docm".into(),
            }],
            layers: vec![
                Layer {
                    id: 0,
                    parent: None,
                    name: None,
                    format: "eml",
                    sha256: None,
                },
                Layer {
                    id: 1,
                    parent: Some(0),
                    name: Some("請求書.docm".into()),
                    format: "docm",
                    sha256: Some([1; 32]),
                },
            ],
            modules: vec![Module {
                layer: 1,
                name: "ThisDocument".into(),
                stream: "VBA/ThisDocument".into(),
                language: "vba",
                kind: "document",
                code_page: Some(932),
                size: 3,
                sha256: None,
                identity: Some([2; 32]),
                source: Some("a\r\n".into()),
            }],
            projects: vec![Project {
                layer: 1,
                name: "VBAProject".into(),
                modules: vec![0],
                identity: Some([3; 32]),
            }],
            findings: vec![Finding {
                rule: "trigger.document-open",
                category: "trigger",
                level: 2,
                attack: &["T1204.002"],
                layer: 1,
                module: Some(0),
                line: Some(12),
                column: Some(5),
                text: "Document_Open".into(),
                why: "one sentence",
            }],
            iocs: vec![Ioc {
                kind: "url",
                value: "hxxp://a[.]invalid/".into(),
                layer: 1,
                module: Some(0),
                line: None,
                decoded: true,
            }],
            observations: vec![Observation {
                code: "cfb.fat-cycle",
                clause: "[MS-CFB] 2.3",
                layer: 1,
                offset: 512,
                detail: "sector 3".into(),
            }],
        }
    }

    fn json(record: &impl Serialize) -> String {
        serde_json::to_string(record).unwrap()
    }

    #[test]
    fn a_document_has_the_keys_of_the_contract_in_its_order() {
        let report = full();
        let record = Document {
            path: Path::new("inbox/17.eml"),
            report: &report,
            elapsed: None,
        };
        let expected = concat!(
            r#"{"type":"document","schema":1,"path":"inbox/17.eml","size":48213,"#,
            r#""sha256":"abababababababababababababababababababababababababababababababab","#,
            r#""format":"eml","verdict":"malicious","reasons":["one sentence"],"#,
            r#""coverage":"partial","#,
            r#""uninspected":[{"reason":"encrypted-archive","layer":2,"detail":"a.docm"}],"#,
            r#""layers":[{"id":0,"format":"eml"},"#,
            r#"{"id":1,"parent":0,"name":"請求書.docm","format":"docm","#,
            r#""sha256":"0101010101010101010101010101010101010101010101010101010101010101"}],"#,
            r#""modules":[{"layer":1,"name":"ThisDocument","stream":"VBA/ThisDocument","#,
            r#""language":"vba","kind":"document","code_page":932,"size":3,"#,
            r#""identity":"0202020202020202020202020202020202020202020202020202020202020202","#,
            r#""source":"a\r\n"}],"#,
            r#""projects":[{"layer":1,"name":"VBAProject","modules":[0],"#,
            r#""identity":"0303030303030303030303030303030303030303030303030303030303030303"}],"#,
            r#""findings":[{"rule":"trigger.document-open","category":"trigger","level":2,"#,
            r#""attack":["T1204.002"],"layer":1,"module":0,"line":12,"column":5,"#,
            r#""text":"Document_Open","why":"one sentence"}],"#,
            r#""iocs":[{"kind":"url","value":"hxxp://a[.]invalid/","layer":1,"module":0,"#,
            r#""decoded":true}],"#,
            r#""observations":[{"code":"cfb.fat-cycle","clause":"[MS-CFB] 2.3","layer":1,"#,
            r#""offset":512,"detail":"sector 3"}]}"#,
        );
        assert_eq!(json(&record), expected);
        let tail = expected.find(r#""size""#).unwrap();
        assert_eq!(
            json(&report),
            format!("{{{}", expected.get(tail..).unwrap())
        );
    }

    #[test]
    fn empty_lists_are_printed_and_times_only_when_asked_for() {
        let record = Document {
            path: Path::new("-"),
            report: &Report {
                sha256: None,
                verdict: Verdict::Clean,
                coverage: Coverage::Complete,
                reasons: Vec::new(),
                uninspected: Vec::new(),
                layers: Vec::new(),
                modules: Vec::new(),
                projects: Vec::new(),
                findings: Vec::new(),
                iocs: Vec::new(),
                observations: Vec::new(),
                ..full()
            },
            elapsed: Some(Duration::from_micros(17)),
        };
        let expected = concat!(
            r#"{"type":"document","schema":1,"path":"-","size":48213,"format":"eml","#,
            r#""verdict":"clean","reasons":[],"coverage":"complete","uninspected":[],"#,
            r#""layers":[],"modules":[],"findings":[],"iocs":[],"observations":[],"#,
            r#""elapsed_us":17}"#,
        );
        assert_eq!(json(&record), expected);
    }

    #[test]
    fn the_other_records() {
        let failure = Failure {
            path: Path::new("a"),
            message: "cannot open: no such file",
            elapsed: None,
        };
        assert_eq!(
            json(&failure),
            r#"{"type":"error","schema":1,"path":"a","message":"cannot open: no such file"}"#
        );
        let skip = Skip {
            path: Path::new("a"),
            reason: "symlink",
            elapsed: None,
        };
        assert_eq!(
            json(&skip),
            r#"{"type":"skipped","schema":1,"path":"a","reason":"symlink"}"#
        );
        let summary = Summary {
            inputs: 3,
            bytes: 10,
            verdicts: [0, 2, 0, 0, 0, 1],
            errors: 4,
            skipped: 5,
            elapsed: None,
        };
        let expected = concat!(
            r#"{"type":"summary","schema":1,"inputs":3,"bytes":10,"verdicts":{"other":0,"#,
            r#""clean":2,"macro":0,"unscannable":0,"suspicious":0,"malicious":1},"#,
            r#""errors":4,"skipped":5}"#,
        );
        assert_eq!(json(&summary), expected);
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_not_utf8_keeps_its_bytes() {
        use std::os::unix::ffi::OsStrExt;
        let path = OsStr::from_bytes(b"a\xFF/b");
        assert_eq!(json(&Text(path)), r#"{"base64":"Yf8vYg=="}"#);
    }
}
