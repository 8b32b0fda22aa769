//! The constants of the library ([MS-VBAL] 6.1.1) that values are computed from.

use std::sync::LazyLock;

use hashbrown::HashMap;

use super::value::Value;

/// A constant.
#[derive(Clone, Copy, Debug)]
pub(super) enum Known {
    /// A number.
    Number(i32),
    /// A text.
    Text(&'static str),
}

impl Known {
    /// Its value.
    pub(super) fn value(self) -> Value {
        match self {
            Self::Number(number) => Value::number(number.into()),
            Self::Text(text) => Value::text(text),
        }
    }
}

/// The place of a constant in [`CONSTANTS`], by its name in small letters.
pub(super) fn constant(name: &str) -> Option<u32> {
    static PLACES: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| {
        let places = (0..).zip(CONSTANTS);
        places.map(|(place, (name, _))| (*name, place)).collect()
    });
    // All have the same start, and most names do not.
    if !name.starts_with("vb") {
        return None;
    }
    PLACES.get(name).copied()
}

/// Their names, in small letters, and what they stand for.
pub(super) const CONSTANTS: &[(&str, Known)] = {
    use Known::{Number, Text};
    &[
        // Constants ([MS-VBAL] 6.1.1.2).
        ("vbback", Text("\u{8}")),
        ("vbcr", Text("\r")),
        ("vbcrlf", Text("\r\n")),
        ("vbformfeed", Text("\u{C}")),
        ("vblf", Text("\n")),
        ("vbnewline", Text("\r\n")),
        ("vbnullchar", Text("\0")),
        ("vbnullstring", Text("")),
        ("vbtab", Text("\t")),
        ("vbverticaltab", Text("\u{B}")),
        ("vbobjecterror", Number(-2_147_221_504)),
        // VbAppWinStyle
        ("vbhide", Number(0)),
        ("vbnormalfocus", Number(1)),
        ("vbminimizedfocus", Number(2)),
        ("vbmaximizedfocus", Number(3)),
        ("vbnormalnofocus", Number(4)),
        ("vbminimizednofocus", Number(6)),
        // VbCallType
        ("vbmethod", Number(1)),
        ("vbget", Number(2)),
        ("vblet", Number(4)),
        ("vbset", Number(8)),
        // VbCompareMethod
        ("vbusecompareoption", Number(-1)),
        ("vbbinarycompare", Number(0)),
        ("vbtextcompare", Number(1)),
        ("vbdatabasecompare", Number(2)),
        // VbFileAttribute
        ("vbnormal", Number(0)),
        ("vbreadonly", Number(1)),
        ("vbhidden", Number(2)),
        ("vbsystem", Number(4)),
        ("vbvolume", Number(8)),
        ("vbdirectory", Number(16)),
        ("vbarchive", Number(32)),
        ("vbalias", Number(64)),
        // VbStrConv
        ("vbuppercase", Number(1)),
        ("vblowercase", Number(2)),
        ("vbpropercase", Number(3)),
        ("vbwide", Number(4)),
        ("vbnarrow", Number(8)),
        ("vbkatakana", Number(16)),
        ("vbhiragana", Number(32)),
        ("vbunicode", Number(64)),
        ("vbfromunicode", Number(128)),
        // VbMsgBoxStyle, VbMsgBoxResult
        ("vbokonly", Number(0)),
        ("vbokcancel", Number(1)),
        ("vbabortretryignore", Number(2)),
        ("vbyesnocancel", Number(3)),
        ("vbyesno", Number(4)),
        ("vbretrycancel", Number(5)),
        ("vbcritical", Number(16)),
        ("vbquestion", Number(32)),
        ("vbexclamation", Number(48)),
        ("vbinformation", Number(64)),
        ("vbdefaultbutton1", Number(0)),
        ("vbdefaultbutton2", Number(256)),
        ("vbdefaultbutton3", Number(512)),
        ("vbdefaultbutton4", Number(768)),
        ("vbapplicationmodal", Number(0)),
        ("vbsystemmodal", Number(4096)),
        ("vbmsgboxhelpbutton", Number(16384)),
        ("vbmsgboxsetforeground", Number(65536)),
        ("vbmsgboxright", Number(524_288)),
        ("vbmsgboxrtlreading", Number(1_048_576)),
        ("vbok", Number(1)),
        ("vbcancel", Number(2)),
        ("vbabort", Number(3)),
        ("vbretry", Number(4)),
        ("vbignore", Number(5)),
        ("vbyes", Number(6)),
        ("vbno", Number(7)),
        // VbVarType
        ("vbempty", Number(0)),
        ("vbnull", Number(1)),
        ("vbinteger", Number(2)),
        ("vblong", Number(3)),
        ("vbsingle", Number(4)),
        ("vbdouble", Number(5)),
        ("vbcurrency", Number(6)),
        ("vbdate", Number(7)),
        ("vbstring", Number(8)),
        ("vbobject", Number(9)),
        ("vberror", Number(10)),
        ("vbboolean", Number(11)),
        ("vbvariant", Number(12)),
        ("vbdataobject", Number(13)),
        ("vbdecimal", Number(14)),
        ("vbbyte", Number(17)),
        ("vblonglong", Number(20)),
        ("vbuserdefinedtype", Number(36)),
        ("vbarray", Number(8192)),
        // VbTriState
        ("vbfalse", Number(0)),
        ("vbtrue", Number(-1)),
        ("vbusedefault", Number(-2)),
        // VbDayOfWeek, VbFirstWeekOfYear, VbDateTimeFormat
        ("vbusesystemdayofweek", Number(0)),
        ("vbsunday", Number(1)),
        ("vbmonday", Number(2)),
        ("vbtuesday", Number(3)),
        ("vbwednesday", Number(4)),
        ("vbthursday", Number(5)),
        ("vbfriday", Number(6)),
        ("vbsaturday", Number(7)),
        ("vbusesystem", Number(0)),
        ("vbfirstjan1", Number(1)),
        ("vbfirstfourdays", Number(2)),
        ("vbfirstfullweek", Number(3)),
        ("vbgeneraldate", Number(0)),
        ("vblongdate", Number(1)),
        ("vbshortdate", Number(2)),
        ("vblongtime", Number(3)),
        ("vbshorttime", Number(4)),
        // ColorConstants
        ("vbblack", Number(0)),
        ("vbred", Number(255)),
        ("vbgreen", Number(65280)),
        ("vbyellow", Number(65535)),
        ("vbblue", Number(16_711_680)),
        ("vbmagenta", Number(16_711_935)),
        ("vbcyan", Number(16_776_960)),
        ("vbwhite", Number(16_777_215)),
        // VbQueryClose
        ("vbformcontrolmenu", Number(0)),
        ("vbformcode", Number(1)),
        ("vbappwindows", Number(2)),
        ("vbapptaskmanager", Number(3)),
        // FormShowConstants
        ("vbmodeless", Number(0)),
        ("vbmodal", Number(1)),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_found_by_their_names() {
        for (name, _) in CONSTANTS {
            let (found, _) = CONSTANTS[constant(name).unwrap() as usize];
            assert_eq!(found, *name);
            assert_eq!(found, found.to_lowercase());
        }
        assert_eq!(constant("vbnone"), None);
    }
}
