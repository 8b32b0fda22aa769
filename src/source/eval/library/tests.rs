//! Calls as they are written, with what the documentation of the functions says they give.
//!
//! `'…'` is a text, in which `~` is a part that is not known; `?` is a value that is not known.

use std::collections::HashMap;

use super::*;

/// A call, taken apart and evaluated from the inside out.
struct Reader<'t> {
    rest: &'t str,
    bounds: Bounds,
}

impl Reader<'_> {
    fn blank(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, sign: char) -> bool {
        self.blank();
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn word(&mut self) -> String {
        self.blank();
        let end = self
            .rest
            .find(|c: char| !c.is_alphanumeric() && !"._-".contains(c));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        word.to_owned()
    }

    fn value(&mut self) -> Value {
        if self.take('\'') {
            let (text, rest) = self.rest.split_once('\'').unwrap();
            self.rest = rest;
            return text_value(text);
        }
        if self.take('?') {
            return Value::unknown_from(Origin::DOCUMENT);
        }
        let word = self.word();
        let what = match word.as_str() {
            "True" => What::Bool(true),
            "False" => What::Bool(false),
            "Empty" => What::Empty,
            "Null" => What::Null,
            "Nothing" => What::Nothing,
            "" => What::Missing,
            _ => match word.parse() {
                Ok(number) => What::Number(number),
                Err(_) => return self.call(&word),
            },
        };
        Value {
            what,
            origin: Origin::PLAIN,
        }
    }

    fn call(&mut self, name: &str) -> Value {
        let names = words::names();
        let symbol = names.get(name).unwrap_or_else(|| panic!("{name}"));
        let mut arguments = Vec::new();
        assert!(self.take('('), "{name}");
        while !self.take(')') {
            let named = self.rest.split_once(":=");
            let named = named.filter(|(name, _)| name.trim().chars().all(char::is_alphanumeric));
            let name = named.map(|(name, rest)| {
                self.rest = rest;
                names.get(name.trim()).unwrap()
            });
            let value = self.value();
            arguments.push(Argument { name, value });
            self.take(',');
        }
        call(symbol, &arguments, &mut self.bounds).unwrap_or_else(|| panic!("{name}"))
    }
}

const ENOUGH: Bounds = Bounds {
    steps: 1_000_000,
    bytes: 1_000_000,
};

fn text_value(text: &str) -> Value {
    let mut value = Value::text(&text.replace('~', &HOLE.to_string()));
    if text.contains('~') {
        value.origin = Origin::PARTIAL;
    }
    value
}

fn evaluate(written: &str) -> Value {
    let mut reader = Reader {
        rest: written,
        bounds: ENOUGH,
    };
    let value = reader.value();
    assert_eq!(reader.rest, "", "{written}");
    value
}

fn show(value: &Value) -> String {
    match &value.what {
        What::Unknown => "?".into(),
        What::Number(number) => format!("{}", (number * 1e9).round() / 1e9 + 0.0),
        What::Text(text) => {
            // A hole and its flag go together.
            let partial = value.origin.has(Origin::PARTIAL);
            assert_eq!(text.contains(HOLE), partial, "{text}");
            format!("'{}'", text.replace(HOLE, "~"))
        }
        What::Array(array) => {
            let shown: Vec<String> = array.elements.iter().map(show).collect();
            format!("[{}]", shown.join(" "))
        }
        What::Bool(true) => "True".into(),
        What::Bool(false) => "False".into(),
        other => format!("{other:?}"),
    }
}

fn check(table: &[(&str, &str)]) {
    let wrong: Vec<_> = table
        .iter()
        .map(|(written, expected)| (written, show(&evaluate(written)), expected))
        .filter(|(_, got, expected)| got != *expected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn characters() {
    check(&[
        ("Chr(65)", "'A'"),
        ("Chr(64.5)", "'@'"),
        ("Chr('65')", "'A'"),
        ("Chr(CharCode:=97)", "'a'"),
        ("Chr(200)", "'\u{C8}'"),
        ("Chr(256)", "?"),
        ("Chr(-1)", "?"),
        ("Chr(?)", "?"),
        ("Chr()", "?"),
        ("Chr(65, 66)", "?"),
        ("ChrW(8364)", "'€'"),
        ("ChrW(-28)", "'\u{FFE4}'"),
        ("ChrW(70000)", "?"),
        ("ChrB(112)", "'p'"),
        ("Asc('Apple')", "65"),
        ("Asc('')", "?"),
        ("Asc('ÿ')", "255"),
        ("Asc('€')", "128"),
        ("Asc('語')", "?"),
        ("Asc(7)", "55"),
        ("Asc('a~')", "97"),
        ("Asc('~a')", "?"),
        ("AscW('€')", "8364"),
        ("AscW(ChrW(-28))", "-28"),
        ("AscB('€')", "172"),
        ("StrConv('ab cd', 1)", "'AB CD'"),
        ("StrConv('AB CD', 2)", "'ab cd'"),
        ("StrConv('hELLO wORLD', 3)", "'Hello World'"),
        ("StrConv('Ab', 128)", "[65 98]"),
        ("StrConv('€', 128)", "[128]"),
        ("StrConv('語', 128)", "[63]"),
        ("StrConv(Array(104, 105), 64)", "'hi'"),
        ("StrConv(Array(104, ?, ?, 105), 64)", "'h~i'"),
        ("StrConv(StrConv('round', 128), 64)", "'round'"),
        ("StrConv('ab', 64)", "'a\0b\0'"),
        ("StrConv('a~', 1)", "'A~'"),
        ("StrConv('a~', 128)", "?"),
        ("StrConv('a', 4)", "?"),
        ("Escape('a b/ü€')", "'a%20b/%FC%u20AC'"),
        ("Unescape('a%20b%u20ACc%4')", "'a b€c%4'"),
        ("Unescape('%uD83D%uDE00%zz%')", "'😀%zz%'"),
    ]);
}

#[test]
fn parts_of_texts() {
    check(&[
        ("Len('hello')", "5"),
        ("Len('größe')", "5"),
        ("Len(Empty)", "0"),
        ("Len('a~')", "?"),
        ("LenB('hello')", "10"),
        ("LenB(StrConv('hello', 128))", "5"),
        ("Left('Hello World', 1)", "'H'"),
        ("Left('Hello World', 7)", "'Hello W'"),
        ("Left('Hello World', 20)", "'Hello World'"),
        ("Left('Hello', 0)", "''"),
        ("Left('Hello', -1)", "?"),
        ("Left(12345, 2)", "'12'"),
        ("Left(String:='größe', Length:=4)", "'größ'"),
        ("Left(Length:=4, String:='größe')", "'größ'"),
        ("Left('a', Compare:=4)", "?"),
        ("Left(Null, 2)", "?"),
        ("Right('Hello World', 1)", "'d'"),
        ("Right('Hello World', 6)", "' World'"),
        ("Right('größe', 3)", "'öße'"),
        ("Right('Hello', 20)", "'Hello'"),
        ("Right('Hello', 0)", "''"),
        ("Mid('Mid Function Demo', 1, 3)", "'Mid'"),
        ("Mid('Mid Function Demo', 14, 4)", "'Demo'"),
        ("Mid('Mid Function Demo', 5)", "'Function Demo'"),
        ("Mid('abc', 4)", "''"),
        ("Mid('abc', 9, 2)", "''"),
        ("Mid('abc', 0)", "?"),
        ("Mid('abc', 2, -1)", "?"),
        ("Mid('abc', 2, ?)", "?"),
        ("Mid('größe', 3, 2)", "'öß'"),
        ("LeftB('abc', 4)", "'ab'"),
        ("LeftB('abc', 3)", "?"),
        ("RightB('abc', 2)", "'c'"),
        ("MidB('abc', 3, 2)", "'b'"),
        ("MidB('abc', 3)", "'bc'"),
        ("MidB('abc', 2, 2)", "?"),
        ("AscB(MidB(StrConv('xyz', 128), 2, 1))", "121"),
        ("LCase('ABC Ü')", "'abc ü'"),
        ("UCase('abc ü')", "'ABC Ü'"),
        ("Trim('  a b  ')", "'a b'"),
        ("LTrim('  a ')", "'a '"),
        ("RTrim(' a  ')", "' a'"),
        ("Trim('\ta ')", "'\ta'"),
        ("Space(3)", "'   '"),
        ("String(5, '*')", "'*****'"),
        ("String(5, 42)", "'*****'"),
        ("String(2, 298)", "'**'"),
        ("String(2, 'ABC')", "'AA'"),
        ("String(Number:=2, Character:='ü')", "'üü'"),
        ("String(0, 'a')", "''"),
        ("String(2, '')", "?"),
        ("StrReverse('exe.dmc')", "'cmd.exe'"),
        ("StrReverse('ßa')", "'aß'"),
        ("StrReverse('')", "''"),
    ]);
}

#[test]
fn replacement() {
    check(&[
        ("Replace('aXbXc', 'X', '-')", "'a-b-c'"),
        ("Replace('aXbXc', 'x', '-')", "'aXbXc'"),
        ("Replace('aXbXc', 'x', '-', 1, -1, 1)", "'a-b-c'"),
        ("Replace('aXbXc', 'x', '-', Compare:=1)", "'a-b-c'"),
        ("Replace('aXbXc', 'X', '', Count:=1)", "'abXc'"),
        (
            "Replace(Expression:='pxoxw', Find:='x', Replace:='')",
            "'pow'",
        ),
        ("Replace('ababab', 'b', '', 3)", "'aa'"),
        ("Replace('ababab', 'b', '', 3, 1)", "'aab'"),
        ("Replace('abc', '', 'x')", "'abc'"),
        ("Replace('', 'a', 'x')", "''"),
        ("Replace('abc', 'b', 'x', 9)", "''"),
        ("Replace('abc', 'b', 'x', 1, 0)", "'abc'"),
        ("Replace('ÄöÄ', 'ä', 'ae', 1, -1, 1)", "'aeöae'"),
        ("Replace('İxX', 'x', 'y', 1, -1, 1)", "'İyy'"),
        ("Replace('aaa', 'aa', 'b')", "'ba'"),
        ("Replace('abc', 'b', 'x', 0)", "?"),
        ("Replace('abc', 'b', 'x', 1, -2)", "?"),
        ("Replace('abc', 'b', 'x', 1, 1, 7)", "?"),
    ]);
}

#[test]
fn search() {
    check(&[
        ("InStr('XXpXXpXXPXXP', 'P')", "9"),
        ("InStr(4, 'XXpXXpXXPXXP', 'P', 1)", "6"),
        ("InStr(1, 'XXpXXpXXPXXP', 'W')", "0"),
        ("InStr('abc', '')", "1"),
        ("InStr(3, 'abc', '')", "3"),
        ("InStr(4, 'abc', 'c')", "0"),
        ("InStr('', 'c')", "0"),
        ("InStr('', '')", "0"),
        ("InStr(0, 'abc', 'c')", "?"),
        ("InStr('größe', 'ß')", "4"),
        ("InStr(String1:='abc', String2:='c')", "3"),
        ("InStr('a b~c', 'b')", "3"),
        ("InStr('a b~c', 'c')", "?"),
        ("InStrB('abc', 'b')", "3"),
        ("InStrRev('a.b.c', '.')", "4"),
        ("InStrRev('a.b.c', '.', 3)", "2"),
        ("InStrRev('a.b.c', '.', 4)", "4"),
        ("InStrRev('abc', 'x')", "0"),
        ("InStrRev('abc', '')", "3"),
        ("InStrRev('', 'x')", "0"),
        ("InStrRev('abc', 'a', 9)", "0"),
        ("InStrRev('abC', 'B', -1, 1)", "2"),
        ("StrComp('ABCD', 'abcd', 1)", "0"),
        ("StrComp('ABCD', 'abcd', 0)", "-1"),
        ("StrComp('b', 'a')", "1"),
        ("StrComp('a', '~')", "?"),
    ]);
}

#[test]
fn arrays() {
    check(&[
        ("Array(1, 'a', ?)", "[1 'a' ?]"),
        ("Array()", "[]"),
        ("UBound(Array(1, 2, 3))", "2"),
        ("UBound(Array())", "-1"),
        ("LBound(Array(1))", "0"),
        ("UBound(Array(1), 2)", "?"),
        ("UBound(Array(1), 0)", "?"),
        ("UBound('a')", "?"),
        ("Split('a b c')", "['a' 'b' 'c']"),
        ("Split('a,b,,c', ',')", "['a' 'b' '' 'c']"),
        ("Split('a,b,c', ',', 2)", "['a' 'b,c']"),
        ("Split('aXbxc', 'x', -1, 1)", "['a' 'b' 'c']"),
        ("Split('abc', '')", "['abc']"),
        ("Split('', ',')", "[]"),
        ("Split('a,b', ',', 0)", "[]"),
        ("Split('a~b', ',')", "?"),
        ("Join(Array('a', 'b', 1))", "'a b 1'"),
        ("Join(Array('a', 'b'), '')", "'ab'"),
        ("Join(Split('p:o:w', ':'), '')", "'pow'"),
        ("Join(Array('a', ?, 'b'), ' ')", "'a ~ b'"),
        ("Join(Array('a', 'x~'), '')", "'ax~'"),
        ("Join(Array())", "''"),
        (
            "Filter(Array('Sunday', 'Monday', 'Friday'), 'on')",
            "['Monday']",
        ),
        (
            "Filter(Array('Sunday', 'Monday'), 'on', False)",
            "['Sunday']",
        ),
        ("Filter(Array('ON', 'off'), 'on', True, 1)", "['ON']"),
        ("Filter(Array('a', ?), 'a')", "?"),
    ]);
}

#[test]
fn numbers() {
    check(&[
        ("Abs(-50.3)", "50.3"),
        ("Sgn(12)", "1"),
        ("Sgn(-2.4)", "-1"),
        ("Sgn(0)", "0"),
        ("Int(99.8)", "99"),
        ("Int(-99.8)", "-100"),
        ("Int(-99.2)", "-100"),
        ("Fix(99.2)", "99"),
        ("Fix(-99.8)", "-99"),
        ("Sqr(4)", "2"),
        ("Sqr(-4)", "?"),
        ("Sin(0)", "0"),
        ("Cos(0)", "1"),
        ("Tan(0)", "0"),
        ("Atn(1)", "0.785398163"),
        ("Exp(1)", "2.718281828"),
        ("Exp(1000)", "?"),
        ("Log(10)", "2.302585093"),
        ("Log(0)", "?"),
        ("Round(2.5)", "2"),
        ("Round(3.5)", "4"),
        ("Round(-0.5)", "0"),
        ("Round(3.14159, 2)", "3.14"),
        ("Round(1, -1)", "?"),
        ("RGB(255, 0, 0)", "255"),
        ("RGB(0, 128, 300)", "16744448"),
        ("RGB(-1, 0, 0)", "?"),
        ("QBColor(4)", "128"),
        ("QBColor(16)", "?"),
        ("Abs('-3')", "3"),
        ("Abs('x')", "?"),
        ("Abs(True)", "1"),
    ]);
}

#[test]
fn conversions() {
    check(&[
        ("CStr(437.324)", "'437.324'"),
        ("CStr(0.1)", "'0.1'"),
        ("CStr(-5)", "'-5'"),
        ("CStr(True)", "'True'"),
        ("CStr(Empty)", "''"),
        ("CStr(Null)", "?"),
        ("CStr('a~')", "'a~'"),
        ("CStr(1e15)", "'1E+15'"),
        ("CStr(123456789012345)", "'123456789012345'"),
        ("CStr(1.5e300)", "'1.5E+300'"),
        ("CStr(1e-20)", "'1E-20'"),
        ("CStr(0.0001)", "'0.0001'"),
        ("CStr(0.333333333333333333)", "'0.333333333333333'"),
        ("CStr(Array(104, 0, 105, 0))", "'hi'"),
        ("CLng(25427.45)", "25427"),
        ("CLng(25427.55)", "25428"),
        ("CLng('&H41')", "65"),
        ("CLng('&O17')", "15"),
        ("CLng('1,000')", "1000"),
        ("CLng('12a')", "?"),
        ("CLng('inf')", "?"),
        ("CLng('')", "?"),
        ("CLng(3000000000)", "?"),
        ("CLng('&HFFFFFFFF')", "-1"),
        ("CLngLng(3000000000)", "3000000000"),
        ("CInt(0.5)", "0"),
        ("CInt(1.5)", "2"),
        ("CInt(40000)", "?"),
        ("CInt('&HFFFF')", "-1"),
        ("CByte(125.5678)", "126"),
        ("CByte(256)", "?"),
        ("CDbl('1.5E2')", "150"),
        ("CCur(1.23456)", "1.2346"),
        ("CBool(5)", "True"),
        ("CBool(0)", "False"),
        ("CBool('False')", "False"),
        ("CBool('x')", "?"),
        ("CDate(36526)", "36526"),
        ("CDate('x')", "?"),
        ("CVar('a')", "'a'"),
        ("Val('2457')", "2457"),
        ("Val(' 2 45 7')", "2457"),
        ("Val('24 and 57')", "24"),
        ("Val('&HFFFF')", "-1"),
        ("Val('&HFFFF&')", "65535"),
        ("Val('&H41xyz')", "65"),
        ("Val('&O17')", "15"),
        ("Val('-1.5e2x')", "-150"),
        ("Val('1e')", "1"),
        ("Val('.5')", "0.5"),
        ("Val('abc')", "0"),
        ("Val('')", "0"),
        ("Str(459)", "' 459'"),
        ("Str(-459.65)", "'-459.65'"),
        ("Str(0.5)", "' .5'"),
        ("Str(0)", "' 0'"),
        ("Hex(5)", "'5'"),
        ("Hex(459)", "'1CB'"),
        ("Hex(-1)", "'FFFF'"),
        ("Hex(-32769)", "'FFFF7FFF'"),
        ("Oct(8)", "'10'"),
        ("Oct(459)", "'713'"),
    ]);
}

#[test]
fn formats() {
    check(&[
        ("Format(5, '00')", "'05'"),
        ("Format(5, '000')", "'005'"),
        ("Format(1234, '0')", "'1234'"),
        ("Format(5459.4, '##,##0.00')", "'5,459.40'"),
        ("Format(334.9, '###0.00')", "'334.90'"),
        ("Format(0.5, '#.#')", "'.5'"),
        ("Format(0, '0')", "'0'"),
        ("Format(-1.25, '0.0')", "'-1.3'"),
        ("Format(-0.01, '0.0')", "'0.0'"),
        ("Format(12.5, '0.0##')", "'12.5'"),
        ("Format('7', '00')", "'07'"),
        ("Format('x', '00')", "'x'"),
        ("Format('HELLO', '<')", "'hello'"),
        ("Format('This', '>')", "'THIS'"),
        ("Format(23)", "'23'"),
        ("Format(23, '')", "'23'"),
        ("Format(36526, 'yyyy')", "?"),
        ("Format(1, ?)", "?"),
    ]);
}

#[test]
fn dates() {
    check(&[
        ("DateSerial(2000, 1, 1)", "36526"),
        ("DateSerial(1969, 2, 12)", "25246"),
        ("DateSerial(99, 12, 31)", "36525"),
        ("DateSerial(1999, 14, 1)", "36557"),
        ("DateSerial(2000, 3, 0)", "36585"),
        ("DateSerial(1899, 12, 30)", "0"),
        ("TimeSerial(12, 0, 0)", "0.5"),
        ("Year(36526)", "2000"),
        ("Month(36525)", "12"),
        ("Day(36585)", "29"),
        ("Year(2958465)", "9999"),
        ("Month(2958465)", "12"),
        ("Day(0)", "30"),
        ("Year(-5)", "?"),
        ("Hour(0.75)", "18"),
        ("Minute(TimeSerial(1, 2, 3))", "2"),
        ("Second(TimeSerial(1, 2, 3))", "3"),
    ]);
}

#[test]
fn kinds_and_choices() {
    check(&[
        ("IsEmpty(Empty)", "True"),
        ("IsEmpty('')", "False"),
        ("IsEmpty(?)", "?"),
        ("IsNull(Null)", "True"),
        ("IsNumeric('53')", "True"),
        ("IsNumeric('459.95')", "True"),
        ("IsNumeric('45 Help')", "False"),
        ("IsNumeric(Empty)", "True"),
        ("IsNumeric(Array())", "False"),
        ("IsArray(Array(1))", "True"),
        ("IsArray(1)", "False"),
        ("IsObject(Nothing)", "True"),
        ("IsObject('a')", "False"),
        ("IsMissing('a')", "False"),
        ("VarType('a')", "8"),
        ("VarType(1)", "?"),
        ("TypeName('a')", "'String'"),
        ("TypeName(True)", "'Boolean'"),
        ("TypeName(Nothing)", "'Nothing'"),
        ("IIf(1, 'a', 'b')", "'a'"),
        ("IIf(False, 'a', 'b')", "'b'"),
        ("IIf(?, 'a', 'b')", "?"),
        ("Choose(2, 'a', 'b')", "'b'"),
        ("Choose(3, 'a', 'b')", "Null"),
        ("Choose(0, 'a')", "Null"),
        ("Choose(?, 'a')", "?"),
        ("Switch(False, 'a', True, 'b')", "'b'"),
        ("Switch(False, 'a')", "Null"),
        ("Switch(?, 'a', True, 'b')", "?"),
        ("Switch(False)", "?"),
    ]);
    let missing = Argument {
        name: None,
        value: Value {
            what: What::Missing,
            origin: Origin::PLAIN,
        },
    };
    let value = call(words::ISMISSING, &[missing], &mut ENOUGH.clone()).unwrap();
    assert_eq!(show(&value), "True");
}

#[test]
fn what_is_certain_around_holes_is_kept() {
    check(&[
        ("LCase('CMD /C ~X')", "'cmd /c ~x'"),
        ("UCase('a~')", "'A~'"),
        ("Trim(' a~ ')", "'a~'"),
        ("StrReverse('~exe.dmc')", "'cmd.exe~'"),
        ("Replace('c^m^d ~', '^', '')", "'cmd ~'"),
        ("Replace('~', 'a', '~')", "?"),
        ("Replace('a~', 'a', 'b', 2)", "?"),
        ("Left('cmd ~', 3)", "'cmd'"),
        ("Left('cmd ~ x', 5)", "'cmd ~'"),
        ("Left('cmd ~ x', 50)", "'cmd ~'"),
        ("Mid('cmd ~ x', 2, 2)", "'md'"),
        ("Mid('cmd ~ x', 2)", "'md ~ x'"),
        ("Mid('cmd ~ x', 7)", "?"),
        ("Right('~.exe', 4)", "'.exe'"),
        ("Right('a~.exe', 5)", "'~.exe'"),
        ("Right('a~.exe', 50)", "'~.exe'"),
        ("Split('a~', ' ')", "?"),
        ("CLng('1~')", "?"),
        ("Escape('~')", "?"),
    ]);
}

#[test]
fn origins_are_handed_on_and_say_what_was_made_of_numbers_and_texts() {
    let computed = |written: &str| evaluate(written).origin.has(Origin::COMPUTED);
    let yes = [
        "Chr(112)",
        "ChrW(112)",
        "StrReverse('ab')",
        "Replace('pxw', 'x', 'o')",
        "Mid('junk cmd', 6)",
        "Right('junk cmd', 3)",
        "Join(Array('c', 'md'), '')",
        "StrConv(Array(104), 64)",
        "String(1, 'p')",
        "Unescape('%41')",
        "UCase(Chr(112))",
        "CStr(Chr(112))",
    ];
    for written in yes {
        assert!(computed(written), "{written}");
    }
    let no = [
        "Chr(10)",
        "Chr(32)",
        "Chr(34)",
        "Chr(39)",
        "ChrW(305)",
        "UCase('ab')",
        "Trim(' ab ')",
        "Left('a,b,', 3)",
        "Replace('abc', 'x', '')",
        "String(20, '-')",
        "Split('abc', ',')",
        "Hex(255)",
        "StrConv('ab', 3)",
    ];
    for written in no {
        assert!(!computed(written), "{written}");
    }
    let split = evaluate("Split('a,b', ',')");
    let What::Array(parts) = split.what else {
        panic!("no array")
    };
    assert!(parts.elements[1].origin.has(Origin::COMPUTED));
    for written in ["Left(?, 2)", "Len(?)", "Join(Array('a', ?))", "Mid('a', ?)"] {
        assert!(evaluate(written).origin.has(Origin::DOCUMENT), "{written}");
    }
}

#[test]
fn a_choice_is_as_unsure_as_what_chose() {
    let unsure = |written: &str, at: usize| {
        let mut arguments: Vec<Argument> = written
            .split(' ')
            .map(|word| Argument {
                name: None,
                value: evaluate(word),
            })
            .collect();
        arguments[at].value.origin = Origin::UNSURE;
        arguments
    };
    for (name, arguments) in [
        (words::IIF, unsure("True 'a' 'b'", 0)),
        (words::CHOOSE, unsure("1 'a' 'b'", 0)),
        (words::SWITCH, unsure("False 'a' True 'b'", 0)),
        (words::LEFT, unsure("'a~' 1", 0)),
    ] {
        let value = call(name, &arguments, &mut ENOUGH.clone()).unwrap();
        assert!(value.as_text().is_some() && value.origin.has(Origin::UNSURE));
    }
}

#[test]
fn other_names_are_not_the_librarys() {
    for name in [words::SUB, words::NUMBER] {
        assert!(call(name, &[], &mut ENOUGH.clone()).is_none());
    }
}

#[test]
fn any_call_ends_whatever_it_is_given() {
    let names = words::names();
    let values = [
        What::Unknown,
        What::Missing,
        What::Empty,
        What::Null,
        What::Nothing,
        What::Bool(true),
        What::Number(-1.0),
        What::Number(0.0),
        What::Number(1e300),
        What::Number(f64::NAN),
        What::Number(f64::INFINITY),
        What::Number(9.3e18),
        Value::text("").what,
        Value::text("ä\u{FFFC}😀").what,
        Value::text("&H").what,
        evaluate("Array(1, 'a', ?)").what,
        What::Object(1),
        What::Array(Array::default().into()),
    ];
    let mut known: HashMap<Symbol, usize> = HashMap::new();
    for index in 0..names.len() {
        let name = Symbol::known(index);
        for first in &values {
            for second in &values {
                for third in &values {
                    let arguments = [first, second, third].map(|what| Argument {
                        name: None,
                        value: Value {
                            what: what.clone(),
                            origin: Origin::PARTIAL,
                        },
                    });
                    for count in 0..=3 {
                        let arguments = &arguments[..count];
                        if call(name, arguments, &mut ENOUGH.clone()).is_some() {
                            *known.entry(name).or_default() += 1;
                        }
                    }
                }
            }
        }
    }
    assert!(known.len() > 80, "{}", known.len());
}

#[test]
fn nothing_is_made_beyond_the_bounds() {
    let unpaid = |written: &str| {
        let mut reader = Reader {
            rest: written,
            bounds: Bounds {
                steps: 1_000,
                bytes: 1_000,
            },
        };
        show(&reader.value())
    };
    for written in [
        "String(1000000000, 'x')",
        "Space(1000000000)",
        "Space(9e18)",
        "Replace(Space(100), ' ', String(500, 'x'))",
        "Join(Split(Space(50), ' '), String(400, 'x'))",
        "StrConv(Space(900), 128)",
        "Escape(String(900, ','))",
        "Array(Space(900), Space(900))",
    ] {
        assert!(unpaid(written).contains('?'), "{written}");
    }
}

#[test]
fn a_walk_through_a_long_text_is_paid_by_what_is_looked_at() {
    for letter in ["a", "ä"] {
        let text = letter.repeat(100_000);
        let mut bounds = Bounds {
            steps: u64::MAX,
            bytes: u64::MAX,
        };
        for start in (1..=100_000).step_by(1000) {
            let arguments = [
                Value::text(&text),
                Value::number(f64::from(start)),
                Value::number(2.0),
            ];
            let arguments = arguments.map(|value| Argument { name: None, value });
            let part = call(words::MID, &arguments, &mut bounds).unwrap();
            assert_eq!(part.as_text(), Some(letter.repeat(2).as_str()));
        }
        let spent = u64::MAX - bounds.steps;
        assert!((2_000..40_000).contains(&spent), "{spent}");
    }
}

#[test]
fn offsets_are_those_of_the_standard_library() {
    let text = "aä😀\u{FFFC}b".repeat(100);
    let mut ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    ends.extend([text.len(), text.len()]);
    for (index, at) in ends.into_iter().enumerate() {
        assert_eq!(text::offset(&text, index), at);
    }
}
