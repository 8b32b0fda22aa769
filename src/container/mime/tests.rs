use super::*;
use crate::limits::Limits;

fn bodies(message: &[u8]) -> (Vec<Vec<u8>>, bool) {
    let mut ledger = Ledger::new(Limits::mail());
    let parts = walk(message, &mut ledger);
    let trimmed = |part: &Part<'_>| part.content().trim_ascii().to_vec();
    (parts.all.iter().map(trimmed).collect(), parts.unclosed)
}

/// Whether `inert` is the content of one of the parts.
fn finds(message: &[u8]) -> bool {
    bodies(message).0.iter().any(|body| body == b"%PDF-inert")
}

const DATA: &str = "JVBERi1pbmVydA==";

#[test]
fn rfc_2046_5_1_1_parts_nested_and_closed() {
    let message =
        b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\npreamble\r\n\
        --a\r\nContent-Type: multipart/related;\r\n\tboundary=\"b c\"\r\n\r\n\
        --b c\r\nContent-Type: text/plain\r\n\r\none\r\n--b c--\r\n\
        --a\r\n\r\ntwo\r\n--a--\r\nepilogue";
    let (bodies, unclosed) = bodies(message);
    assert_eq!(bodies, [&b"preamble"[..], b"", b"one", b"two", b"epilogue"]);
    assert!(!unclosed);
}

#[test]
fn headers_and_boundaries_that_break_the_rules() {
    for message in [
        // Junk lines before and in the header, blanks in names.
        format!(
            "junk\n\nMIME - Version : 1.0\nno field\nContent - Type : multipart/x; boundary = a\n\n--a\nContent-Transfer-Encoding : base64\n\n{DATA}\n--a--"
        ),
        // Nothing declares the boundary, or nothing ends the header.
        format!("MIME-Version: 1.0\n\n--zz\nContent-Transfer-Encoding: base64\n\n{DATA}"),
        format!(
            "MIME-Version: 1.0\n--zz\nContent-Type: x/y\nContent-Transfer-Encoding: base64\n\n{DATA}\n--zz--"
        ),
        format!(
            "MIME-Version: 1.0\nContent-Type: multipart/x;\nboundary=a\n--a\nContent-Transfer-Encoding: base64\n{DATA}\n--a--"
        ),
        // In pieces, and the second of two.
        format!("Content-Type: multipart/x; boundary*0=\"a\"; boundary*1=b\n\n--ab\n\n{DATA}"),
        format!("Content-Type: multipart/x; boundary=x; boundary=y\n\n--y\n\n{DATA}\n--y--"),
        // In the preamble, after the end, behind a second header.
        format!("Content-Type: multipart/x; boundary=x\n\n--x--\n--x\n\n{DATA}\n"),
        format!("Content-Type: x/y\n\nContent-Transfer-Encoding: base64\n\n{DATA}\n"),
        // No encoding, another encoding, a comment in the name.
        format!("Content-Type: x/y\nContent-Transfer-Encoding: 8bit\n\n{DATA}"),
        format!("Content-Type: x/y\nContent-Transfer-Encoding: quoted-printable\n\n{DATA}"),
        "Content-Transfer-Encoding (c): x-base64\n\nJVB!ERi1\n\npbm\nVydA".to_owned(),
        // A message in a message.
        format!(
            "Content-Type: message/rfc822\n\nContent-Type: multipart/x; boundary=q\n\n--q\n\n{DATA}\n"
        ),
        // Lines that end in CR.
        format!("Content-Type: multipart/x; boundary=x\r\r--x\r\r{DATA}\r--x--\r"),
    ] {
        assert!(finds(message.as_bytes()), "{message}");
    }
}

#[test]
fn a_multipart_that_does_not_end_says_so() {
    assert!(bodies(b"Content-Type: multipart/x; boundary=a\n\n--a\n\none\n").1);
    assert!(!bodies(b"Content-Type: text/plain\n\none\n").1);
}

#[test]
fn work_is_linear_whatever_the_lines_are() {
    let nested: String = (0_i32..20_000)
        .map(|n| format!("--b{}\nContent-Type: multipart/x; boundary=b{n}\n\n", n - 1))
        .collect();
    let prefix = "--a-and-more\n".repeat(50_000);
    let same = "--a\n".repeat(50_000);
    for body in [nested, prefix, same, "=\n".repeat(100_000)] {
        let message = format!("Content-Type: multipart/x; boundary=a\n\n{body}");
        let mut ledger = Ledger::new(Limits::mail());
        let parts = walk(message.as_bytes(), &mut ledger);
        assert!(parts.all.len() <= 200_000);
        let spent = ledger.budget().spent(Limit::Steps);
        assert!(spent <= message.len() as u64);
    }
}
