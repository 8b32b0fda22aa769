//! Texts as they are hidden, and what they hide. Nothing here would run: names end in `.invalid`.

use std::time::{Duration, Instant};

use super::*;

/// Plenty for the texts here.
const MOST: usize = 1 << 20;

fn check(table: &[(&str, &str)]) {
    let wrong: Vec<_> = table
        .iter()
        .map(|(text, expected)| (*text, unfold(text, MOST), *expected))
        .filter(|(_, found, expected)| !found.iter().any(|text| text.contains(expected)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn base64(bytes: &[u8], alphabet: &[u8; 64]) -> String {
    let digits = |chunk: &[u8]| -> String {
        let mut bits = [0; 4];
        bits[1..=chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes(bits);
        let digit = |at: usize| char::from(alphabet[(bits >> (18 - 6 * at) & 63) as usize]);
        (0..=chunk.len()).map(digit).collect()
    };
    bytes.chunks(3).map(digits).collect()
}

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn base64_is_decoded_wherever_it_stands() {
    check(&[
        // RFC 4648 10 and longer.
        ("aHR0cDovL2luZXJ0LmludmFsaWQv", "http://inert.invalid/"),
        (
            "x = 'aHR0cDovL2luZXJ0LmludmFsaWQvYQ==';",
            "http://inert.invalid/a",
        ),
        (
            "FromBase64String('aHR0cDovL2luZXJ0LmludmFsaWQvYQ')",
            "http://inert.invalid/a",
        ),
        // `inert` in UTF-16, after the shortest name of the option and a longer one.
        ("powershell -e aQBuAGUAcgB0AA==", "inert"),
        ("powershell.exe -NoP -EncodedCom aQBuAGUAcgB0AA==", "inert"),
        ("powershell /ec aQBuAGUAcgB0AA", "inert"),
        ("-enc \"aQBlAHgA\"", "iex"),
    ]);
    let sentence = "start the program ??? >>> inert.invalid/ûÿ";
    for alphabet in [STANDARD, URL_SAFE] {
        for bytes in [sentence.as_bytes().to_vec(), wide(sentence)] {
            let text = format!("({})", base64(&bytes, alphabet));
            assert!(unfold(&text, MOST).contains(&sentence.to_owned()), "{text}");
        }
    }
    let long = base64("inert.invalid, ".repeat(20).as_bytes(), STANDARD);
    let mut lines = String::new();
    for (at, letter) in long.chars().enumerate() {
        if at > 0 && at.is_multiple_of(76) {
            lines.push_str("\r\n");
        }
        lines.push(letter);
    }
    let found = unfold(&lines, MOST);
    assert!(found.contains(&"inert.invalid, ".repeat(20)));
}

#[test]
fn words_are_no_base64() {
    for text in [
        "ThisDocumentHasAVeryLongNameWithoutBlanks",
        "C:/Users/Public/Documents/Reports/Quarter/File.xlsx",
        "d41d8cd98f00b204e9800998ecf8427e",
        "{6B29FC40-CA47-1067-B31D-00DD010662DA}",
        "SELECT Customer, Amount FROM Invoices WHERE Paid = 0",
        "aQBuAGUAcgA",
        "Please wait until the report is done. 10, 20, 30, 40 and 50 files are left",
    ] {
        assert_eq!(unfold(text, MOST), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn numbers_are_taken_for_characters() {
    check(&[
        ("696e6572742e696e76616c6964", "inert.invalid"),
        ("0x696e6572742e696e76616c6964", "inert.invalid"),
        ("69 6E 65 72 74 2E 69 6E 76 61 6C 69 64", "inert.invalid"),
        ("696e6572 742e696e 76616c69 6421", "inert.invali"),
        (r"\x69\x6e\x65\x72\x74\x2e\x69\x6e", "inert.in"),
        (
            r"\u0069\u006e\u0065\u0072\u0074\u002e\u0069\u006e",
            "inert.in",
        ),
        ("%69%6e%65%72%74%2e%69%6e", "inert.in"),
        ("0x69,0x6e,0x65,0x72,0x74,0x2e,0x69,0x6e", "inert.in"),
        ("&H69,&H6E,&H65,&H72,&H74,&H2E,&H69,&H6E", "inert.in"),
        (
            "Chr(&H69) & Chr(&H6E) & Chr(&H65) & Chr(&H72) & Chr(&H74) & Chr(&H2E) & Chr(&H69) & Chr(&H6E)",
            "inert.in",
        ),
        ("105,110,101,114,116,46,105,110", "inert.in"),
        ("[105; 110; 101; 114; 116; 46; 105; 110]", "inert.in"),
        (
            "[char]105+[char]110+[char]101+[char]114+[char]116+[char]46+[char]105+[char]110",
            "inert.in",
        ),
        (
            "String.fromCharCode(105,110,101,114,116,46,105,110)",
            "inert.in",
        ),
        ("-join [char[]](105,110,101,114,116,46,105,110)", "inert.in"),
        // UTF-16.
        ("69006e0065007200740021006900", "inert!i"),
    ]);
}

#[test]
fn a_key_of_one_byte_is_found() {
    let plain = b"http://inert.invalid/a";
    let hidden: Vec<u8> = plain.iter().map(|byte| byte ^ 0xA5).collect();
    let hex: String = hidden.iter().map(|byte| format!("{byte:02x}")).collect();
    let list: Vec<String> = hidden.iter().map(u8::to_string).collect();
    for text in [hex, list.join(","), base64(&hidden, STANDARD)] {
        let found = unfold(&text, MOST);
        assert!(
            found.contains(&"http://inert.invalid/a".to_owned()),
            "{text}"
        );
    }
    // Letters alone, which some key makes of anything, are not enough.
    let hidden: Vec<u8> = b"just some letters"
        .iter()
        .map(|byte| byte ^ 0xA5)
        .collect();
    let hex: String = hidden.iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(unfold(&hex, MOST).is_empty());
}

#[test]
fn texts_written_backwards_are_turned() {
    check(&[
        ("dilavni.treni//:ptth", "http://inert.invalid"),
        ("dilavni.treni c- LLEHSREWOP", "POWERSHELL -c inert.invalid"),
        ("exe.treni\\pmet", "temp\\inert.exe"),
        ("run exe.treni", "inert.exe nur"),
        ("tcejbOetaerC", "CreateObject"),
        ("dilavni c/ dmc", "cmd /c invalid"),
    ]);
    for text in [
        "Copy inert.exe. Then wait.",
        "the file is inert.exe.config",
        "exe. ",
    ] {
        assert!(unfold(text, MOST).is_empty(), "{text}");
    }
}

#[test]
fn command_lines_are_read_as_cmd_reads_them() {
    check(&[
        ("c^m^d /c p^o^w^e^r^s^h^e^l^l", "cmd /c powershell"),
        ("c^md ^^ ^& inert", "cmd ^ & inert"),
        ("po\"\"wer\"\"shell -c", "powershell -c"),
        ("p\"o\"w\"e\"r", "power"),
        (
            "%comspec% /c inert",
            r"C:\WINDOWS\system32\cmd.exe /c inert",
        ),
        ("%ComSpec:~-7,3% /c", "cmd /c"),
        ("%ProgramFiles:~0,1%md", "Cmd"),
        ("%PUBLIC:~4,1%%PUBLIC:~6,1% now", "sr now"),
        ("%windir:~3,-3%", "WIN"),
        ("%comspec:C:\\WINDOWS\\system32\\=% /c", "cmd.exe /c"),
        ("cmd /v:on /c set x=inert&&!x! a", "inert a"),
        ("set a=ine&&set b=rt&&call %a%%b% now", "inert now"),
        ("set a=ine&set b=rt&call %%a%%%%b%% now", "inert"),
        ("set \"a=inert.invalid\" & %a% now", "inert.invalid now"),
        ("set a=ine&&set b=%a%rt&&%b% now", "inert now"),
        ("SET  A=in^ert\r\n%a%!", "inert!"),
        (
            "set x=abcdefghijklmnopqrstuvwxyz&&%x:~8,1%%x:~13,1%%x:~4,1%%x:~17,1%%x:~19,1% now",
            "inert now",
        ),
        ("set x=iXneXrt&&call %x:X=% now", "inert now"),
    ]);
    for text in [
        "100 % of all % are %unknown% and !exclaimed!",
        "for /f %i in (list) do echo %i",
        "reset a=b & %a%",
        "he said \"no\" and \"yes\"",
        "set x=1",
        "^[a-z]+$ and x^2 and [^y]",
    ] {
        assert!(
            unfold(text, MOST).is_empty(),
            "{text}: {:?}",
            unfold(text, MOST)
        );
    }
}

#[test]
fn expressions_of_scripts_are_reduced() {
    check(&[
        ("p`ow`ersh`ell -c", "powershell -c"),
        ("&('in'+'ert') now", "&inert now"),
        ("\"in\" + \"ert\" + \".invalid\"", "inert.invalid"),
        (
            "CreateObject(\"Inert\" & \".Invalid\")",
            "CreateObject Inert.Invalid",
        ),
        ("('{1}{0}' -f 'ert','in') now", "inert now"),
        ("(\"{0}{2}{1}\"-f'i','ert','n') now", "inert now"),
        (
            "powershell \"& ('{1}{0}' -f 'ert','in')\" now",
            "& inert\" now",
        ),
        ("-join('i','n','e','r','t') now", "inert now"),
        ("('i','n','ert') -join '' now", "inert now"),
        ("'iXneXrt' -replace 'x','' now", "inert now"),
        ("'iXneXrt' -creplace 'X' now", "inert now"),
        ("'i~ne~rt'.Replace('~','') now", "inert now"),
        ("('i~n'+'e~rt').replace('~',('')) now", "inert now"),
        ("'i'+[char]110+[char]0x65+'rt' now", "inert now"),
        ("'it''s'+' inert'", "it's inert"),
        ("& ($ShellId[1]+$shellid[13]+'X') now", "& ieX now"),
        ("&($env:ComSpec[4,24,25]-join'') now", "&Iex now"),
        ("$PSHOME[4]+$PSHOME[30]+'x' now", "iex now"),
        (
            "$VerbosePreference.ToString()[1,3]+'x'-join'' now",
            "iex now",
        ),
        ("((('a'+'b')+('c'+'d')))", "abcd"),
        ("'a'+$unknown+'b'+'c'", "'a'+$unknown+bc"),
        ("('{0}' -f $x) + ('a'+'b')", "('{0}' -f $x) + ab"),
        ("'a'+'b' 'c'+'d'", "ab cd"),
    ]);
    for text in [
        "it's what 'you' make (of 'it')",
        "'a', 'b' -f",
        "('a'",
        "'{5}' -f 'a'",
        "'a' + 5",
        "\"one\" \"two\"",
        "use `Import` and ``down``",
    ] {
        assert!(
            unfold(text, MOST).is_empty(),
            "{text}: {:?}",
            unfold(text, MOST)
        );
    }
}

#[test]
fn one_decoding_feeds_the_next() {
    let inner = "set x=inert.inv&&call %x%alid now";
    let carets: String = inner.chars().rev().collect();
    let layers = [
        base64(inner.as_bytes(), STANDARD),
        base64(base64(inner.as_bytes(), STANDARD).as_bytes(), STANDARD),
    ];
    for text in layers {
        let found = unfold(&text, MOST);
        assert!(
            found.iter().any(|text| text.contains("inert.invalid now")),
            "{text}"
        );
    }
    // Three deep and no deeper.
    let mut text = carets;
    for _ in 0..4 {
        text = base64(text.as_bytes(), STANDARD);
    }
    assert_eq!(unfold(&text, MOST).len(), 3);
}

#[test]
fn what_is_found_stays_within_the_bytes_allowed() {
    let text = "c^m^d aHR0cDovL2luZXJ0LmludmFsaWQv ".repeat(100);
    for most in [0, 1, 10, 100, 1000, 10_000] {
        let found = unfold(&text, most);
        let all: usize = found.iter().map(String::len).sum();
        assert!(all <= most, "{all} of {most}");
    }
    // A text that multiplies.
    let mut bomb = String::from("set a=inertinert");
    for _ in 0..60 {
        bomb.push_str("&set a=%a%%a%");
    }
    let all: usize = unfold(&bomb, MOST).iter().map(String::len).sum();
    assert!(all <= MOST, "{all}");
}

#[test]
fn work_is_linear_in_hostile_texts() {
    let n = 15_000;
    let a = "a".repeat(n);
    let texts = [
        "'".repeat(n),
        "\"".repeat(n + 1),
        "`''".repeat(n),
        "`\"".repeat(n),
        "(".repeat(n),
        "('a'+".repeat(n),
        format!("{}{}", "('a'+".repeat(n), "'b')".repeat(n)),
        "'a','b',".repeat(n),
        "'{0}' -f ".repeat(n),
        format!("'{}'{}", a, ".replace('a','b')".repeat(n)),
        format!("'{}' -f '{a}'", "{0}".repeat(n)),
        format!("'{a}'{}", " -replace 'a','aa'".repeat(n)),
        "%".repeat(n),
        "%a".repeat(n),
        "%%a".repeat(n),
        format!("set a={a}&{}", "%a%".repeat(n)),
        format!("set a={a}&{}", "%a:~1,1%".repeat(n)),
        format!("set a={a}&{}", "%a:a=bb%".repeat(n)),
        "set a=".repeat(n),
        "set \"a=&".repeat(n),
        "^".repeat(n),
        "\"a".repeat(n),
        format!("{}\r\n", "A".repeat(64)).repeat(n / 16),
        "\r\n".repeat(n),
        "AAAAAAAAAAAAAAAA=".repeat(n),
        "1,".repeat(n),
        "ff ".repeat(n),
        "fe fd fc fb fa f9 f8 f7 . ".repeat(n / 8),
        "0x".repeat(n),
        "exe.".repeat(n),
        "//:ptth".repeat(n),
        "[char]".repeat(n),
        "$shellid[".repeat(n),
        "$shellid[1]+".repeat(n),
        "-join ".repeat(n),
        "\u{FFFC}😀'".repeat(n),
    ];
    let start = Instant::now();
    for text in &texts {
        let found = unfold(text, 1 << 18);
        assert!(found.iter().map(String::len).sum::<usize>() <= 1 << 18);
    }
    // Squares of these lengths would take a minute or more.
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
}
