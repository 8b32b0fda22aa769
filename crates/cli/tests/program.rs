//! The program from outside: exit status, records, order.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests fail as tests do"
)]

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A folder of its own for one test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A picture: to any scanner, nothing that carries macros.
const OTHER: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0";

fn macrosift<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_macrosift"));
    command
        .args(args)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "C")
        .stdin(Stdio::null());
    command
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("ended by a signal")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn records(output: &Output) -> Vec<Value> {
    let lines = text(&output.stdout).lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn scan(paths: &[&Path], options: &[&str]) -> Output {
    let options = ["scan", "--format", "ndjson"].iter().chain(options);
    let args = options
        .map(OsStr::new)
        .chain(paths.iter().map(|p| p.as_os_str()));
    macrosift(args).output().unwrap()
}

#[test]
fn a_folder_gives_a_record_a_file_and_a_summary() {
    let folder = Folder::new("records");
    folder.write("b.png", OTHER);
    folder.write("a/c.png", OTHER);
    let output = scan(&[&folder.0], &[]);
    assert_eq!(status(&output), 0, "{output:?}");
    let records = records(&output);
    let [first, second, summary] = &records[..] else {
        panic!("{records:?}");
    };
    assert_eq!(first["path"], folder.0.join("a/c.png").to_str().unwrap());
    assert_eq!(second["path"], folder.0.join("b.png").to_str().unwrap());
    assert_eq!(second["type"], "document");
    assert_eq!(second["schema"], 1);
    assert_eq!(second["size"], OTHER.len());
    assert_eq!(second["verdict"], "other");
    assert_eq!(second.get("elapsed_us"), None);
    assert_eq!(summary["type"], "summary");
    assert_eq!(summary["inputs"], 2);
    assert_eq!(summary["bytes"], 2 * OTHER.len());
    assert_eq!(summary["verdicts"]["other"], 2);
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn timings_are_in_every_record_when_asked_for() {
    let folder = Folder::new("timings");
    folder.write("a.png", OTHER);
    let missing = folder.0.join("none");
    let output = scan(&[&folder.0, &missing], &["--timings"]);
    for record in records(&output) {
        assert!(record["elapsed_us"].is_u64(), "{record}");
    }
}

#[test]
fn output_is_the_same_on_any_number_of_threads() {
    let folder = Folder::new("order");
    for at in 0..300_usize {
        // Of different sizes, so that the threads do not keep step by themselves.
        let bytes = OTHER.repeat(1 + (at * 7919 % 13) * 500);
        folder.write(&format!("{}/{at}", at % 7), &bytes);
    }
    let expected = scan(&[&folder.0], &["--jobs", "1"]);
    assert_eq!(records(&expected).len(), 301);
    for jobs in ["2", "8"] {
        let output = scan(&[&folder.0], &["--jobs", jobs]);
        assert!(output.stdout == expected.stdout, "{jobs} jobs");
    }
    let order = |format| {
        let args = ["scan", "--format", format, "--jobs", "8"].map(OsStr::new);
        let args = args.into_iter().chain([folder.0.as_os_str()]);
        macrosift(args).output().unwrap().stdout
    };
    assert!(order("text") == order("text"));
}

#[test]
fn what_cannot_be_opened_is_an_error_record_and_status_2() {
    let folder = Folder::new("missing");
    let missing = folder.0.join("none.doc");
    let good = folder.write("a.png", OTHER);
    let output = scan(&[&missing, &good], &[]);
    assert_eq!(status(&output), 2);
    let records = records(&output);
    assert_eq!(records[0]["type"], "error");
    assert_eq!(records[0]["path"], missing.to_str().unwrap());
    let message = records[0]["message"].as_str().unwrap();
    assert!(message.contains("os error 2"), "{message}");
    assert_eq!(records[1]["type"], "document");
    assert_eq!(records[2]["errors"], 1);
    assert_eq!(records[2]["inputs"], 1);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_or_folder_does_not_stop_the_others() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("unreadable");
    let file = folder.write("a.doc", OTHER);
    let closed = folder.0.join("b");
    fs::create_dir(&closed).unwrap();
    folder.write("c.png", OTHER);
    let mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(&file, 0o000);
    mode(&closed, 0o000);
    let all_powerful = fs::read(&file).is_ok();
    let output = scan(&[&folder.0], &[]);
    mode(&closed, 0o755);
    if all_powerful {
        println!("skipped: this user may read everything");
        return;
    }
    assert_eq!(status(&output), 2);
    let kinds: Vec<_> = records(&output).iter().map(|r| r["type"].clone()).collect();
    assert_eq!(kinds, ["error", "error", "document", "summary"]);
}

#[cfg(unix)]
#[test]
fn symlinks_are_followed_on_the_command_line_only() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("symlinks");
    folder.write("real/a.png", OTHER);
    symlink("..", folder.0.join("real/up")).unwrap();
    symlink("loop", folder.0.join("real/loop")).unwrap();
    symlink("real", folder.0.join("link")).unwrap();
    let output = scan(&[&folder.0.join("link")], &[]);
    assert_eq!(status(&output), 0);
    let records = records(&output);
    let seen: Vec<_> = records
        .iter()
        .map(|r| (r["type"].as_str().unwrap(), r["reason"].as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            ("document", None),
            ("skipped", Some("symlink")),
            ("skipped", Some("symlink")),
            ("summary", None)
        ]
    );
    assert_eq!(records[3]["skipped"], 2);
    let output = scan(&[&folder.0.join("real/loop")], &[]);
    assert_eq!(status(&output), 2);
}

#[cfg(unix)]
#[test]
fn pipes_sockets_and_devices_are_not_opened() {
    let folder = Folder::new("fifo");
    let fifo = folder.0.join("a");
    let made = Command::new("mkfifo").arg(&fifo).status();
    if !made.is_ok_and(|status| status.success()) {
        println!("skipped: no mkfifo here");
        return;
    }
    let short = std::env::temp_dir().join(format!("macrosift-socket-{}", std::process::id()));
    let _socket = std::os::unix::net::UnixListener::bind(&short).unwrap();
    let output = scan(&[&folder.0, &short, Path::new("/dev/null")], &[]);
    fs::remove_file(short).unwrap();
    assert_eq!(status(&output), 0);
    let reasons: Vec<_> = records(&output)
        .iter()
        .map(|r| r["reason"].clone())
        .collect();
    assert_eq!(
        reasons,
        ["fifo".into(), "socket".into(), "device".into(), Value::Null]
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_that_is_named_is_read() {
    let folder = Folder::new("named-fifo");
    let fifo = folder.0.join("a");
    let made = Command::new("mkfifo").arg(&fifo).status();
    if !made.is_ok_and(|status| status.success()) {
        println!("skipped: no mkfifo here");
        return;
    }
    let writer = {
        let fifo = fifo.clone();
        std::thread::spawn(move || fs::write(fifo, OTHER))
    };
    let output = scan(&[&fifo], &[]);
    writer.join().unwrap().unwrap();
    assert_eq!(records(&output)[0]["type"], "document");
    assert_eq!(records(&output)[0]["size"], OTHER.len());
}

/// A file of /proc has more content than its size says.
#[cfg(target_os = "linux")]
#[test]
fn a_growing_file_is_not_judged() {
    let output = scan(&[Path::new("/proc/self/status")], &[]);
    assert_eq!(status(&output), 2);
    assert_eq!(records(&output)[0]["reason"], "growing");
}

#[cfg(target_os = "linux")]
#[test]
fn a_path_that_is_not_utf8_keeps_its_bytes() {
    use base64::Engine;
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new("bytes");
    let path = folder.0.join(OsStr::from_bytes(b"\xFF\x1b.doc"));
    fs::write(&path, OTHER).unwrap();
    let output = scan(&[&folder.0], &[]);
    assert_eq!(status(&output), 0);
    let name = records(&output)[0]["path"]["base64"].clone();
    let bytes = base64::engine::general_purpose::STANDARD.decode(name.as_str().unwrap());
    assert_eq!(bytes.unwrap(), path.as_os_str().as_bytes());
    let args = [OsStr::new("scan"), path.as_os_str()];
    let output = macrosift(args).output().unwrap();
    assert!(text(&output.stdout).contains("\\xFF\\u{1b}.doc"));
}

#[test]
fn names_cannot_speak_to_the_terminal() {
    let folder = Folder::new("hidden");
    folder.write("a\u{202e}gnp.png", OTHER);
    for (format, shown) in [("text", "a\\u{202e}gnp"), ("ndjson", "a\\u202egnp")] {
        let args = ["scan", "--format", format].map(OsStr::new);
        let args = args.into_iter().chain([folder.0.as_os_str()]);
        let output = macrosift(args).output().unwrap();
        let out = text(&output.stdout);
        assert!(out.contains(shown) && !out.contains('\u{202e}'), "{out}");
    }
}

#[test]
fn standard_input_is_an_input() {
    let run = |args: &[&str]| {
        let mut child = macrosift(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(OTHER).unwrap();
        child.wait_with_output().unwrap()
    };
    let output = run(&["scan", "--format", "ndjson", "-"]);
    assert_eq!(status(&output), 0);
    let records = records(&output);
    assert_eq!(records[0]["path"], "-");
    assert_eq!(records[0]["size"], OTHER.len());
    let output = macrosift(["scan", "-", "-"]).output().unwrap();
    assert_eq!(status(&output), 2);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let folder = Folder::new("pipe");
    for at in 0..2_000 {
        folder.write(&at.to_string(), OTHER);
    }
    for format in ["text", "ndjson"] {
        let args = ["scan", "--format", format].map(OsStr::new);
        let mut child = macrosift(args.into_iter().chain([folder.0.as_os_str()]))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(status(&output), 0);
        assert_eq!(text(&output.stderr), "");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_status_2() {
    let folder = Folder::new("full");
    let path = folder.write("a.png", OTHER);
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = macrosift([OsStr::new("scan"), path.as_os_str()])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(status(&output), 2);
    assert!(text(&output.stderr).contains("cannot write"));
}

#[test]
fn a_command_line_that_is_wrong_says_what_to_do() {
    for (args, part) in [
        (&["scan"][..], "name files or folders"),
        (&["scan", "--limit", "seconds=1", "x"], "input-bytes"),
        (&["scan", "--jobs", "0", "x"], "1..=1024"),
        (
            &["scan", "--password-file", "no/such", "x"],
            "no/such: cannot read",
        ),
        (&["extract", "."], "is a folder"),
        (&["rules", "no.such.rule"], "no.such.rule"),
        (&["frobnicate"], "frobnicate"),
    ] {
        let output = macrosift(args).output().unwrap();
        assert_eq!(status(&output), 2, "{args:?}");
        let message = text(&output.stderr);
        assert!(message.contains(part), "{args:?}: {message}");
        assert_eq!(text(&output.stdout), "");
    }
}

#[test]
fn the_help_tells_statuses_and_examples() {
    let output = macrosift(["scan", "--help"]).output().unwrap();
    assert_eq!(status(&output), 0);
    let help = text(&output.stdout);
    for part in ["Exit status:", "Examples:", "unscannable", "--fail-on"] {
        assert!(help.contains(part), "{part}");
    }
}

#[test]
fn everything_that_can_be_generated_is() {
    for what in ["man", "bash", "zsh", "fish", "powershell", "elvish"] {
        let output = macrosift(["generate", what]).output().unwrap();
        assert_eq!(status(&output), 0, "{what}");
        assert!(text(&output.stdout).contains("fail-on") || what == "man");
    }
    let manual = macrosift(["generate", "man"]).output().unwrap().stdout;
    let manual = text(&manual);
    for part in [".TH ", ".SH SCAN", "fail\\-on", "Exit status"] {
        assert!(manual.contains(part), "{part}");
    }
}

#[test]
fn the_person_at_a_japanese_quarantine_is_told_in_japanese() {
    let folder = Folder::new("japanese");
    let path = folder.write("a.png", OTHER);
    let args = [OsStr::new("scan"), path.as_os_str()];
    let output = macrosift(args).env("LANG", "ja_JP.UTF-8").output().unwrap();
    assert!(text(&output.stdout).contains("判定の対象外です。"));
    let output = macrosift(args).env("LC_ALL", "C").output().unwrap();
    assert!(!text(&output.stdout).contains("判定"));
}

#[test]
fn code_on_the_list_is_not_held_until_it_changes() {
    let folder = Folder::new("allow");
    let code = "Sub Start_Click()\n  Shell \"inert-test.invalid\"\nEnd Sub\n";
    let held = folder.write("a.bas", code.as_bytes());
    let output = scan(&[&held], &[]);
    assert_eq!(status(&output), 1, "{output:?}");
    let first = records(&output).remove(0);
    assert_eq!(first["verdict"], "suspicious");
    let identity = first["projects"][0]["identity"].as_str().unwrap();
    let shown = macrosift([OsStr::new("scan"), held.as_os_str()]);
    let shown = { shown }.output().unwrap().stdout;
    assert!(text(&shown).contains(&format!("identity of the code: {identity}")));

    let list = format!("# known\n\n{}  # the button\n", identity.to_uppercase());
    let list = folder.write("known.txt", list.as_bytes());
    let list = list.to_str().unwrap();
    let spaced = code
        .to_uppercase()
        .replace("INERT-TEST.INVALID", "inert-test.invalid");
    let spaced = format!(
        "Attribute VB_Name = \"a\"\r\n\r\n{}",
        spaced.replace("  ", "\t")
    );
    let same = folder.write("same/a.bas", spaced.as_bytes());
    let output = scan(&[&held, &same], &["--allow", list]);
    assert_eq!(status(&output), 0, "{output:?}");
    for record in &records(&output)[..2] {
        assert_eq!(record["verdict"], "macro");
        let reason = record["reasons"][0].as_str().unwrap();
        assert!(reason.contains("--allow"), "{reason}");
    }
    let other = folder.write("other/a.bas", code.replace("inert", "other").as_bytes());
    assert_eq!(status(&scan(&[&other], &["--allow", list])), 1);
}

#[test]
fn a_list_of_code_that_cannot_be_read_is_a_usage_error() {
    let folder = Folder::new("bad-allow");
    let file = folder.write("a.png", OTHER);
    let list = folder.write("known.txt", b"# known\nabc\n");
    let missing = folder.0.join("none");
    for (list, part) in [
        (&list, "known.txt: line 2 is no identity"),
        (&missing, "none: cannot"),
    ] {
        let output = scan(&[&file], &["--allow", list.to_str().unwrap()]);
        assert_eq!(status(&output), 2);
        assert_eq!(text(&output.stdout), "");
        assert!(text(&output.stderr).contains(part), "{output:?}");
    }
}
