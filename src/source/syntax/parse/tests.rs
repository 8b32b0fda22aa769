use super::super::{Kind, Op};
use crate::source::Language;

mod modules;
mod show;

use show::{fields, read, read_as};

/// The statements of a procedure with that body.
fn body(text: &str) -> Vec<String> {
    let text = format!("Sub P()\n{text}\nEnd Sub\n");
    read(&text).statements()
}

/// The only statement of a procedure with that body.
fn one(text: &str) -> String {
    let mut all = body(text);
    assert_eq!(all.len(), 1, "{text}: {all:?}");
    all.remove(0)
}

#[test]
fn calls_and_assignments_are_told_apart() {
    for (text, expected) in [
        ("f", "f()"),
        ("f a, b", "f(a, b)"),
        ("f(a)", "f(a)"),
        ("f (a), b", "f(a, b)"),
        ("f (a) & b, c", "f((a Concat b), c)"),
        ("f (a) = b", "f(a) = b"),
        ("f -1", "f((-1))"),
        ("f , , 3", "f(, , 3)"),
        ("f a, , c", "f(a, , c)"),
        ("f x:=1, Name:=2", "f(x:=1, name:=2)"),
        ("f ByVal a, New B.C", "f(a, New b.c)"),
        ("f(a)(b) c", "f(a)(b)(c)"),
        ("Call f", "f()"),
        ("Call f(a)", "f(a)"),
        ("Call a.b(c)", "a.b(c)"),
        ("a.b(c).d = e", "a.b(c).d = e"),
        ("a.b c", "a.b(c)"),
        ("a.b!c.d e", "a.b.c.d(e)"),
        ("a(1).b", "a(1).b()"),
        ("VBA.Shell(x), 1", "vba.shell(x, 1)"),
        ("Set x = New Y", "Set x = New y"),
        ("Let x = 1", "x = 1"),
        ("LSet x = y", "x = y"),
        ("Mid(s, 1, 1) = x", "mid(s, 1, 1) = x"),
        ("Mid$(s, 2) = x", "mid(s, 2) = x"),
        ("s$ = Chr$(65)", "s = chr(65)"),
        ("Debug.Print a; b,", "debug.print(a, b)"),
        ("Erase a, b", "erase(a, b)"),
        ("Error 5", "error(5)"),
        ("RaiseEvent E(1)", "RaiseEvent e(1)"),
        ("RaiseEvent E", "RaiseEvent e()"),
        // Names that are words elsewhere: what follows decides.
        ("Name = 5", "name = 5"),
        ("Input = 5", "input = 5"),
        ("Type.x = 5", "type.x = 5"),
        ("Text = Name", "text = name"),
        ("x.Open y, x.Type", "x.open(y, x.type)"),
        ("x.End.Next = x.If(1)", "x.end.next = x.if(1)"),
        // A name in brackets is a name; what is none, the application evaluates.
        ("[Shell] x, 0", "shell(x, 0)"),
        ("[A1].Value = 1", "a1.value = 1"),
        ("x = [A1:B2]", "x = [A1:B2]"),
        ("[A1:B2] = 1", "[A1:B2] = 1"),
        ("x.[a b] 1", "x.a b(1)"),
    ] {
        assert_eq!(one(text), expected, "{text}");
    }
}

#[test]
fn members_without_an_object_belong_to_the_innermost_with() {
    assert_eq!(
        body("With a.b\n.x = 1\n.y .z, !w\nf .x\n!k = 2\nEnd With"),
        [
            "With a.b end 5",
            "With.x = 1",
            "With.y(With.z, With.w)",
            "f(With.x)",
            "With.k = 2",
            "EndWith",
        ]
    );
    // On a continued line the member is that of what stands before it.
    assert_eq!(
        body("With a\nb _\n .c\nEnd With\nb .c"),
        ["With a end 2", "b.c()", "EndWith", "b.c()"]
    );
}

#[test]
fn operators_bind_as_specified() {
    for (text, expected) in [
        ("a + b * c", "(a Plus (b Times c))"),
        ("a - b - c", "((a Minus b) Minus c)"),
        ("-2 ^ 2", "(-(2 Power 2))"),
        ("2 ^ -1 * 3", "((2 Power (-1)) Times 3)"),
        ("a * b \\ c Mod d", "(((a Times b) IntegerDivide c) Mod d)"),
        ("a & b + c", "(a Concat (b Plus c))"),
        ("a = b & c", "(a Equal (b Concat c))"),
        ("a = b = c", "((a Equal b) Equal c)"),
        ("Not a = b", "(Not (a Equal b))"),
        ("Not a And b Or c", "(((Not a) And b) Or c)"),
        ("a Imp b Eqv c Xor d", "(a Imp (b Eqv (c Xor d)))"),
        ("a < > b", "(a NotEqual b)"),
        ("a =< b", "(a LessEqual b)"),
        ("a => b", "(a GreaterEqual b)"),
        ("(a + b) * c", "((a Plus b) Times c)"),
        ("TypeOf a Is B.C And d", "((a Is b.c) And d)"),
        ("a Like \"*\" & b", "(a Like (\"*\" Concat b))"),
        ("f(-a, , b:=c)(d).e!g", "f((-a), , b:=c)(d).e.g"),
        ("f() + g", "(f() Plus g)"),
        ("AddressOf M.f", "AddressOf f"),
        ("True & Nothing", "(True Concat Nothing)"),
        ("#1/2/2000# + 1", "(#1/2/2000# Plus 1)"),
        ("EOF(#1)", "eof(1)"),
        // What is missing is not known; what is there is kept.
        ("", "?"),
        ("a +", "(a Plus ?)"),
        ("f(a, (b", "f(a, b)"),
        ("f(a,", "f(a)"),
        ("f(,)", "f(, )"),
    ] {
        assert_eq!(
            one(&format!("x = {text}")),
            format!("x = {expected}"),
            "{text}"
        );
    }
}

#[test]
fn type_characters_are_no_operators() {
    for (text, expected) in [
        ("a& & b%", "(a Concat b)"),
        ("a& And b", "(a And b)"),
        ("a!b + c! + d#", "((a.b Plus c) Plus d)"),
        ("a&b", "(a Concat b)"),
        ("\"a\"&b&\"c\"", "((\"a\" Concat b) Concat \"c\")"),
        ("1&\"x\"", "(1 Concat \"x\")"),
        ("b$(1) & Chr$(2)", "(b(1) Concat chr(2))"),
    ] {
        assert_eq!(
            one(&format!("x = {text}")),
            format!("x = {expected}"),
            "{text}"
        );
    }
    assert_eq!(one("Dim a$"), "Dim a string");
    assert_eq!(
        body("Dim b&, c%(), d!, e#, f@, g^"),
        [
            "Dim b long",
            "Dim c() integer",
            "Dim d single",
            "Dim e double",
            "Dim f currency",
            "Dim g longlong",
        ]
    );
    assert_eq!(
        body("For i& = 1 To n& Step 2"),
        ["For i = 1 To n Step 2 end 1"]
    );
}

#[test]
fn numbers_have_the_value_of_their_type() {
    for (text, value) in [
        ("12", 12.0),
        ("1.5", 1.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
        ("1.5D-1", 0.15),
        ("7#", 7.0),
        ("7&", 7.0),
        ("&H41", 65.0),
        ("&hFF", 255.0),
        ("&HFFFF", -1.0),
        ("&HFFFF&", 65535.0),
        ("&HFFFFFFFF", -1.0),
        ("&O17", 15.0),
        ("&17", 15.0),
    ] {
        let read = read(&format!("Sub P()\nx = {text}\nEnd Sub"));
        assert_eq!(read.syntax.ops[1..], [Op::Number(value)], "{text}");
    }
}

#[test]
fn an_if_on_one_line_is_a_block() {
    for (text, expected) in [
        ("If a Then b", "If a next 2 end 2; b(); EndIf"),
        (
            "If a Then b Else c",
            "If a next 2 end 4; b(); Else end 4; c(); EndIf",
        ),
        ("If a Then: b", "If a next 2 end 2; b(); EndIf"),
        ("If a Then b: c", "If a next 3 end 3; b(); c(); EndIf"),
        ("If a Then b: End If", "If a next 2 end 2; b(); EndIf"),
        (
            "If a Then Else b",
            "If a next 1 end 3; Else end 3; b(); EndIf",
        ),
        ("If a Then 10", "If a next 2 end 2; GoTo 10; EndIf"),
        (
            "If a Then GoTo 10 Else 20",
            "If a next 2 end 4; GoTo 10; Else end 4; GoTo 20; EndIf",
        ),
        ("If a GoTo 10", "If a next 2 end 2; GoTo 10; EndIf"),
        (
            "If a Then f x Else g y",
            "If a next 2 end 4; f(x); Else end 4; g(y); EndIf",
        ),
        ("If a Then Rem b\nEnd If", "If a next 1 end 1; EndIf"),
        (
            "If a Then If b Then c Else d Else e",
            "If a next 6 end 8; If b next 3 end 5; c(); Else end 5; d(); EndIf; Else end 8; \
             e(); EndIf",
        ),
        (
            "If a Then b Else If c Then d Else e",
            "If a next 2 end 8; b(); Else end 8; If c next 5 end 7; d(); Else end 7; e(); \
             EndIf; EndIf",
        ),
    ] {
        assert_eq!(body(text).join("; "), expected, "{text}");
    }
}

#[test]
fn blocks_are_linked() {
    for (text, expected) in [
        (
            "If a Then\nb\nElseIf c Then\nd\nElse\ne\nEnd If",
            "If a next 2 end 6; b(); ElseIf c next 4 end 6; d(); Else end 6; e(); EndIf",
        ),
        (
            "If a Then\nb\nElse If c Then\nd\nEnd If",
            "If a next 2 end 4; b(); ElseIf c next 4 end 4; d(); EndIf",
        ),
        (
            "If a Then\nb: Else: c\nEndIf",
            "If a next 2 end 4; b:; Else end 4; c(); EndIf",
        ),
        (
            "For i = 1 To 3\na\nNext",
            "For i = 1 To 3 Step - end 2; a(); Next start 0",
        ),
        (
            "For Each x In y: For i = 1 To 2 Step -1: Next i, x",
            "For Each x In y end 3; For i = 1 To 2 Step (-1) end 2; Next start 1; Next start 0",
        ),
        ("Do\nLoop Until a", "Do false - end 1; Loop true a start 0"),
        ("Do While a: Loop", "Do false a end 1; Loop false - start 0"),
        ("Do Until a: Loop", "Do true a end 1; Loop false - start 0"),
        (
            "While a\nb\nWend",
            "Do false a end 2; b(); Loop false - start 0",
        ),
        ("With a\nEnd With", "With a end 1; EndWith"),
        (
            "Select Case x\nCase 1, 2 To 3, Is > 4: a\nCase = 5, < 6\nCase Else\nb\nEnd Select",
            "Select x next 1 end 9; Case 1 body 4 next 2 end 9; Case 2 To 3 body 4 next 3 end 9; \
             Case Greater 4 body 4 next 5 end 9; a(); Case Equal 5 body 7 next 6 end 9; \
             Case Less 6 body 7 next 7 end 9; Case Else body 8 next 9 end 9; b(); EndSelect",
        ),
        // Without its end a block ends with the procedure, and an end without a block is its own.
        ("If a Then\nb", "If a next 2 end 2; b()"),
        (
            "For i = 1 To 2\nIf a Then\nNext",
            "For i = 1 To 2 Step - end 2; If a next 3 end 3; Next start 0",
        ),
        (
            "If a Then\nElse\nElse\nElseIf b Then\nc\nEnd If",
            "If a next 1 end 5; Else end 5; Unread Else; Unread ElseIf b Then; c(); EndIf",
        ),
        (
            "Next\nLoop\nEnd If\nEnd With\nElse",
            "Next start 0; Loop false - start 1",
        ),
        (
            "Select Case x\nCase 1",
            "Select x next 1 end 2; Case 1 body 2 next 2 end 2",
        ),
    ] {
        assert_eq!(body(text).join("; "), expected, "{text}");
    }
}

#[test]
fn jumps_name_their_labels() {
    for (text, expected) in [
        ("GoTo a: a: b", "GoTo a; a(); b()"),
        ("a: b", "a:; b()"),
        ("10 x = 1\n020: y", "10:; x = 1; 20:; y()"),
        ("Go To 10", "GoTo 10"),
        ("On Error GoTo a", "OnError a"),
        ("On Error GoTo 0", "OnError 0"),
        ("On Error GoTo -1", ""),
        ("On Error Resume Next: a", "OnError Resume; a()"),
        ("On Local Error GoTo a", "OnError a"),
        ("Resume Next", ""),
        ("Resume a", "GoTo a"),
        ("Return", "Exit Procedure"),
        ("Exit Sub", "Exit Procedure"),
        ("Exit For: Exit Do", "Exit For; Exit Do"),
        ("End: Stop", "Exit Program; Exit Program"),
        // It comes back, so what follows is reached.
        ("GoSub a", "If ? next 2 end 2; GoTo a; EndIf"),
        (
            "On n GoTo a, 10",
            "Select n next 1 end 5; Case 1 body 2 next 3 end 5; GoTo a; \
             Case 2 body 4 next 5 end 5; GoTo 10; EndSelect",
        ),
    ] {
        assert_eq!(body(text).join("; "), expected, "{text}");
    }
}

#[test]
fn statements_on_files_have_their_number_first() {
    for (text, expected) in [
        (
            "Open p For Binary Access Read Write As #1",
            "open(p, binary, 1)",
        ),
        (
            "Open p & q For Output Lock Write As f Len = 5",
            "open((p Concat q), output, f)",
        ),
        ("Open p As #1", "open(p, random, 1)"),
        ("Print #1, a; b", "print(1, a, b)"),
        ("Write #1, a", "write(1, a)"),
        ("Put #1, , x", "put(1, , x)"),
        ("Get 1, 2, x", "get(1, 2, x)"),
        ("Line Input #1, s", "line input(1, s)"),
        ("Input #1, a, b", "input(1, a, b)"),
        ("Close", "close()"),
        ("Close #1, #2", "close(1, 2)"),
        ("Close#1", "close(1)"),
        ("Lock #1, 1 To 3", "lock(1, 1, to:=3)"),
        ("Seek #1, 5", "seek(1, 5)"),
        ("Name a & b As c", "name((a Concat b), c)"),
        ("Kill x", "kill(x)"),
        ("Kill (x)", "kill(x)"),
    ] {
        assert_eq!(one(text), format!("File {expected}"), "{text}");
    }
    // `#1:Close#` is no date.
    assert_eq!(body("Close#1:Close#2"), ["File close(1)", "File close(2)"]);
    // A script has none of them.
    let script = read_as("Open p\nClose", Language::VbScript);
    assert_eq!(script.statements(), ["open(p)", "close()"]);
}

#[test]
fn declarations_in_a_procedure_are_statements() {
    for (text, expected) in [
        (
            "Dim a, b As New X.Y, c() As Long",
            "Dim a; Dim b New x.y; Dim c() long",
        ),
        (
            "Dim a(1 To 3, 4) As String * 5",
            "Dim a() string; ReDim a(1, to:=3, 4)",
        ),
        ("Static Name As String: x", "Dim name string; x()"),
        (
            "Const a As Long = 1, b$ = \"x\"",
            "Const a = 1; Const b = \"x\"",
        ),
        (
            "ReDim Preserve a(1 To 2), b.c(n) As Long",
            "ReDim Preserve a(1, to:=2); ReDim Preserve b.c(n)",
        ),
    ] {
        assert_eq!(body(text).join("; "), expected, "{text}");
    }
}

#[test]
fn scripts_are_read_as_scripts() {
    let script = |text: &str| read_as(text, Language::VbScript).statements().join("; ");
    for (text, expected) in [
        // No labels, no type characters, comments that end with their line.
        ("a : b", "a(); b()"),
        (
            "x = a&b&(c)&1&\"d\"",
            "x = ((((a Concat b) Concat c) Concat 1) Concat \"d\")",
        ),
        ("' a _\nb", "b()"),
        ("x = \"a _\ny = 1", "x = \"a _; y = 1"),
        ("If a Then b End If", "If a next 2 end 2; b(); EndIf"),
        (
            "If a Then b Else c End If",
            "If a next 2 end 4; b(); Else end 4; c(); EndIf",
        ),
        (
            "If a Then\nElse If b Then\nc\nEnd If\nEnd If",
            "If a next 1 end 5; Else end 5; If b next 4 end 4; c(); EndIf; EndIf",
        ),
        ("Execute \"a\"&Chr(10)", "execute((\"a\" Concat chr(10)))"),
        (
            "CreateObject(\"a\").Run \"b\", 0",
            "createobject(\"a\").run(\"b\", 0)",
        ),
        (
            "For i=1To 5: z: Next",
            "For i = 1 To 5 Step - end 2; z(); Next start 0",
        ),
        ("Attribute VB_x = 1", "attribute((vb_x Equal 1))"),
    ] {
        assert_eq!(script(text), expected, "{text}");
    }
    let read = read_as(
        "Dim g(5)\nClass C\nPrivate p\nPublic Default Property Get V: V = p: End Property\n\
         Private Sub Class_Initialize: p = 1: End Sub\nEnd Class\na\nFunction F: F = 1: End Function\nb",
        Language::VbScript,
    );
    assert_eq!(
        read.procedures(),
        [
            "Top  {ReDim g(5)}",
            "Get v {v = p}",
            "Sub class_initialize {p = 1}",
            "Top  {a()}",
            "Function f {f = 1}",
            "Top  {b()}",
        ]
    );
    assert_eq!(fields(&read), ["g()", "p"]);
}

#[test]
fn what_is_not_understood_is_kept_and_costs_only_its_statement() {
    for (text, expected) in [
        ("` ~: a", "Unread ` ~; a()"),
        ("x = 1 2\na", "x = 1; Unread 2; a()"),
        ("Dim\na", "Unread Dim; a()"),
        ("\0\0\na", "Unread \0\0; a()"),
        ("Exit x: a", "Unread Exit x; a()"),
        (
            "If a b Then c\nd",
            "If a next 2 end 2; Unread b Then c; EndIf; d()",
        ),
        ("f *", "Unread f *"),
        ("x = [a", "x = ?; Unread [a"),
    ] {
        assert_eq!(body(text).join("; "), expected, "{text}");
    }
    let outside = read("` x\nSub a()\nEnd Sub");
    assert_eq!(outside.span(outside.syntax.unread[0]), "` x");
    assert_eq!(outside.procedures(), ["Sub a {}"]);
}

#[test]
fn statements_stand_where_they_start() {
    let text = "Sub P()\n  Call f(a): x = 1\n  If a Then b\nEnd Sub";
    let read = read(text);
    let starts: Vec<&str> = read
        .syntax
        .places
        .iter()
        .map(|place| {
            let rest = text.get(*place as usize..).unwrap();
            rest.split([' ', '\n']).next().unwrap()
        })
        .collect();
    assert_eq!(starts, ["Call", "x", "If", "b", ""]);
    assert_eq!(read.syntax.procedures[0].kind, Kind::Sub);
}

#[test]
fn depth_costs_no_stack_and_length_no_time() {
    // Quadratic work would take minutes, recursion would overflow.
    let parentheses = format!("x = {}1{}", "(".repeat(100_000), ")".repeat(100_000));
    assert_eq!(one(&parentheses), "x = 1");
    let calls = read(&format!("x = {}", "f(".repeat(200_000)));
    assert_eq!(calls.syntax.ops.len(), 400_001);
    let joined = read(&format!("x = a{}", " & a".repeat(200_000)));
    assert_eq!(joined.syntax.ops.len(), 400_002);
    let continued = read(&format!("x = 1{} + 2", " _\r\n".repeat(300_000)));
    assert_eq!(continued.statements(), ["x = (1 Plus 2)"]);
    let blocks = read(&format!(
        "{}{}",
        "If a Then\n".repeat(100_000),
        "Next\n".repeat(100_000)
    ));
    assert_eq!(blocks.syntax.statements.len(), 200_000);
    let lines = read(&format!(
        "{}{}",
        "If a Then ".repeat(50_000),
        "Else ".repeat(100_000)
    ));
    assert_eq!(lines.syntax.statements.len(), 150_000);
    let branches = "#If a Then\n".repeat(20_000)
        + &"If b Then\n".repeat(20_000)
        + &"#Else\n#End If\n".repeat(20_000);
    assert_eq!(read(&branches).syntax.statements.len(), 20_000);
    let name = "a".repeat(60_000);
    assert_eq!(one(&name), format!("{name}()"));
}
