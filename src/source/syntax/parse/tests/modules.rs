use super::body;
use super::show::{fields, read};
use crate::source::syntax::DEAD;

#[test]
fn module_variables_and_constants_are_fields() {
    let read = read(
        "Option Explicit\nDefInt A-Z\nDim a, b(3) As Long\nPublic WithEvents c As App.X, d\n\
         Private Const e = \"x\", f& = 2\nGlobal g As New H\n\
         Enum E1\nm1\nm2 = 5\n[_m3]\nm4 = a Or 1\nm5\nm6\nEnd Enum\n\
         Private Type T\nx As Long\nFunction As Long\nEnd Type\nPublic h$\n",
    );
    assert_eq!(
        fields(&read),
        [
            "a",
            "b() long",
            "WithEvents c app.x",
            "d",
            "e = \"x\"",
            "f long = 2",
            "g New h",
            "m1 long = 0",
            "m2 long = 5",
            "_m3 long = 6",
            "m4 long = (a Or 1)",
            "m5 long = (m4 Plus 1)",
            "m6 long = (m4 Plus 2)",
            "h string",
        ]
    );
    assert!(read.syntax.procedures.is_empty() && read.syntax.unread.is_empty());
}

#[test]
fn functions_of_libraries_are_declared() {
    let read = read(
        "Private Declare PtrSafe Function A Lib \"k\" Alias \"#1\" (ByVal x As Long) As Long\n\
         Declare Sub B Lib \"l\"()\n#If Win16 Then\nDeclare Function C$ Lib \"m\" ()\n#End If\n",
    );
    let shown: Vec<String> = read
        .syntax
        .declares
        .iter()
        .map(|one| {
            let (library, alias) = (read.span(one.library), read.span(one.alias));
            format!("{} {library} {alias} {}", read.name(one.name), one.dead)
        })
        .collect();
    assert_eq!(
        shown,
        ["a \"k\" \"#1\" false", "b \"l\"  false", "c \"m\"  true"]
    );
}

#[test]
fn procedures_are_found_however_they_are_written() {
    for (text, expected) in [
        (
            "Sub _\n AutoOpen _\n ()\na\nEnd Sub",
            &["Sub autoopen {a()}"][..],
        ),
        ("Public Sub x() : y : End Sub", &["Sub x {y()}"]),
        (
            "Sub x(): a: b: End Sub: Sub y(): End Sub",
            &["Sub x {a(); b()}", "Sub y {}"],
        ),
        (
            "Private Static Function F$(a)\nEnd Function",
            &["Function f {}"],
        ),
        (
            "Property Get P(): P = 1: End Property\nFriend Property Let P(v): End Property\n\
             Property Set Q(v)\nEnd Property",
            &["Get p {p = 1}", "Let p {}", "Set q {}"],
        ),
        // A procedure without its end.
        ("Sub a()\nb\nSub c()\nd", &["Sub a {b()}", "Sub c {d()}"]),
        // Cut out of the middle.
        (
            "a\nEnd Sub\nSub b\nEnd Sub\nc",
            &["Top  {a()}", "Sub b {}", "Top  {c()}"],
        ),
        // Lone carriage returns, no line end at all, letters of any script.
        ("Sub a()\rb\rEnd Sub", &["Sub a {b()}"]),
        ("Sub Größe請求_1(): x", &["Sub größe請求_1 {x()}"]),
        ("Sub a()\nsub = 1\nEnd Sub", &["Sub a {sub = 1}"]),
    ] {
        assert_eq!(read(text).procedures(), expected, "{text}");
    }
}

#[test]
fn parameters_are_as_declared() {
    let read = read(
        "Function F(ByVal a As X.Y, Optional ByRef b% = &H10, c() As Long, Optional d = \"x\", \
         ParamArray e()) As String\nEnd Function",
    );
    let shown: Vec<String> = read
        .syntax
        .parameters
        .iter()
        .map(|one| {
            let variable = read.variable(one.variable);
            let default = read.expr(one.default);
            format!("{variable}|{}|{}|{default}", one.by_reference, one.rest)
        })
        .collect();
    assert_eq!(
        shown,
        [
            "a x.y|false|false|-",
            "b integer|true|false|16",
            "c() long|true|false|-",
            "d|true|false|\"x\"",
            "e()|true|true|-",
        ]
    );
    assert_eq!(
        read.syntax.procedures[0].returns.map(|one| read.name(one)),
        Some("string")
    );
}

#[test]
fn attributes_and_headers_execute_nothing_and_hide_nothing() {
    let read = read(
        "VERSION 1.0 CLASS\nBEGIN\n  MultiUse = -1  'True\nEND\n\
         Attribute VB_Name = \"A\" : x\nAttribute P.VB_UserMemId = 0\n\
         Sub P()\nAttribute P.VB_ProcData.VB_Invoke_Func = \" \\n14\"\nEnd Sub\n",
    );
    let shown: Vec<String> = read
        .syntax
        .attributes
        .iter()
        .map(|one| {
            let of = one.of.map_or("", |of| read.name(of));
            format!("{of} {} {}", read.name(one.name), read.span(one.value))
        })
        .collect();
    assert_eq!(
        shown,
        [
            " vb_name \"A\"",
            "p vb_usermemid 0",
            "p vb_invoke_func \" \\n14\""
        ]
    );
    assert_eq!(read.procedures(), ["Top  {x()}", "Sub p {}"]);
    // Not the header of a form: code.
    let code = self::read("VERSION 5\nBEGIN\nf x\nEND\n");
    assert_eq!(code.procedures().join(" "), "Top  {f(x); Exit Program}");
}

#[test]
fn branches_that_no_office_compiles_are_marked() {
    let dead = |condition: &str| {
        let text = format!("Sub P()\n{condition} Then\na\n#Else\nb\n#End If\nEnd Sub");
        let read = read(&text);
        let marks = read.syntax.places.iter().map(|place| place & DEAD != 0);
        marks.collect::<Vec<bool>>()
    };
    for (condition, expected) in [
        ("#If VBA7", [false, false]),
        ("#If Win64 And VBA7", [false, false]),
        ("#If Mac", [false, false]),
        ("#If Win32", [false, true]),
        ("#If Win16", [true, false]),
        ("#If Not Win32", [true, false]),
        ("#If Win16 Or Mac", [false, false]),
        ("#If Win16 And Mac", [true, false]),
        ("#If 0", [true, false]),
        ("#If 1 = 1", [false, true]),
        ("#If False", [true, false]),
        ("#If True", [false, true]),
        // The project may define it.
        ("#If Other", [false, false]),
        ("#If Other = \"x\"", [false, false]),
        ("#If f(1)", [false, false]),
        ("#If", [false, false]),
        ("#Const K = 0\n#If K", [true, false]),
        ("#Const K = -1\n#If K", [false, true]),
        ("#Const K = 1\n#Const K = 0\n#If K", [false, false]),
    ] {
        assert_eq!(dead(condition), expected, "{condition}");
    }
    // Within a branch that is not compiled nothing is; after one that is, no other is.
    let read = read(
        "#If Win16 Then\n#If VBA7 Then\nDim a\n#Else\nDim b\n#End If\n\
         #ElseIf Win32 Then\nDim c\n#ElseIf VBA7 Then\nDim d\n#Else\nDim e\n#End If\nDim f",
    );
    assert_eq!(
        fields(&read),
        ["dead a", "dead b", "c", "dead d", "dead e", "f"]
    );
    let read = self::read("#If Win16 Then\nSub a(): b: End Sub\n#End If\n#Error \"x\"\n");
    assert_eq!(read.procedures(), ["dead Sub a {dead: b()}"]);
    assert!(read.syntax.unread.is_empty());
}

#[test]
fn a_body_may_start_in_several_branches() {
    let read = read(
        "#If VBA7 Then\nSub A(x As LongPtr)\nDim p\n#Else\nSub A(x As Long)\n#End If\nb\nEnd Sub\n\
         Sub C()\nEnd Sub",
    );
    assert_eq!(
        read.procedures(),
        ["Sub a {Dim p; b()}", "Sub a {b()}", "Sub c {}"]
    );
    // An `If` or a loop may, too; and where only one branch opens it, it stays open.
    assert_eq!(
        body(
            "If a Then\n#If VBA7 Then\nIf b Then\n#Else\nIf q Then r\nIf c Then\n#End If\nd\n\
             End If\nEnd If"
        )
        .join("; "),
        "If a next 8 end 8; If b next 7 end 7; If q next 4 end 4; r(); EndIf; \
         If c next 7 end 7; d(); EndIf; EndIf"
    );
    assert_eq!(
        body("#If VBA7 Then\nWith b\n#Else\n#End If\nd\n#If VBA7 Then\nEnd With\n#End If"),
        ["With b end 2", "d()", "EndWith"]
    );
}
