//! Command lines of Windows: what `cmd` makes of carets, quotes and variables.

use std::collections::HashMap;

use super::head;

/// The longest `%name:…%`.
const LONGEST: usize = 256;

/// How often what a line holds may be looked at: enough for an alphabet, from which each letter
/// is taken with ten.
const WORK: usize = 64;

/// Variables that are the same everywhere, in small letters.
const CONSTANT: [(&str, &str); 13] = [
    ("allusersprofile", r"C:\ProgramData"),
    ("commonprogramfiles", r"C:\Program Files\Common Files"),
    ("comspec", r"C:\WINDOWS\system32\cmd.exe"),
    ("os", "Windows_NT"),
    (
        "path",
        r"C:\WINDOWS\system32;C:\WINDOWS;C:\WINDOWS\System32\Wbem;C:\WINDOWS\System32\WindowsPowerShell\v1.0\",
    ),
    (
        "pathext",
        ".COM;.EXE;.BAT;.CMD;.VBS;.VBE;.JS;.JSE;.WSF;.WSH;.MSC",
    ),
    ("programdata", r"C:\ProgramData"),
    ("programfiles", r"C:\Program Files"),
    ("programfiles(x86)", r"C:\Program Files (x86)"),
    ("public", r"C:\Users\Public"),
    ("systemdrive", "C:"),
    ("systemroot", r"C:\WINDOWS"),
    ("windir", r"C:\WINDOWS"),
];

/// The text without carets and the quotes within words, and with the values of variables that are
/// set in it or known: `%x%`, `!x!`, `%x:~1,2%`, `%x:old=new%`. None if that changes nothing. At
/// most `most` bytes.
pub(super) fn plain(text: &str, most: usize) -> Option<String> {
    // Most texts have none of the signs that can change anything.
    let bytes = text.as_bytes();
    if memchr::memchr3(b'^', b'%', b'!', bytes).is_none() && !bytes.contains(&b'"') {
        return None;
    }
    let mut line = Line {
        plain: String::with_capacity(text.len().min(most)),
        tricked: false,
        variables: HashMap::new(),
        left: most,
        work: text.len().saturating_mul(WORK),
    };
    let mut rest = text;
    let mut setting: Option<Setting> = None;
    while let Some(character) = rest.chars().next() {
        let after = rest.get(character.len_utf8()..)?;
        if line.plain.len() >= most {
            break;
        }
        if matches!(character, '&' | '|' | '\n' | '\r') {
            line.set(setting.take());
        } else if matches!(character, 's' | 'S') && setting.is_none() {
            setting = line.setting(rest);
            if let Some(setting) = &setting {
                // The name is not for expanding.
                let end = setting.from - line.plain.len();
                line.plain.push_str(rest.get(..end)?);
                rest = rest.get(end..)?;
                continue;
            }
        }
        rest = match character {
            '^' => {
                let escaped = after.chars().next();
                // As a sign it may stand for itself: in an expression, before a word.
                line.tricked |= line.plain.ends_with(char::is_alphanumeric)
                    && escaped.is_some_and(char::is_alphabetic);
                line.plain.extend(escaped);
                after.get(escaped.map_or(0, char::len_utf8)..)?
            }
            '%' | '!' => line.expand(rest, character)?,
            '"' => line.quotes(rest)?,
            _ => {
                line.plain.push(character);
                after
            }
        };
    }
    line.tricked.then_some(line.plain)
}

/// A command line that is being read.
struct Line {
    /// What it comes to so far.
    plain: String,
    /// Whether that is what hides words.
    tricked: bool,
    /// What was set, by name in small letters.
    variables: HashMap<String, String>,
    /// How many bytes values may yet come to.
    left: usize,
    /// How many bytes of values may yet be looked at.
    work: usize,
}

/// A value that begins.
struct Setting {
    name: String,
    /// Where it begins in what the line comes to.
    from: usize,
    /// Whether a quote ends it.
    quoted: bool,
}

impl Line {
    /// `set name=` or `set "name=` at the start of the rest, if it stands as a word.
    fn setting(&self, rest: &str) -> Option<Setting> {
        if self
            .plain
            .ends_with(|c: char| c.is_alphanumeric() || c == '_')
        {
            return None;
        }
        let head = head(rest, LONGEST);
        let (word, name) = head.split_at_checked(3)?;
        let blank = name.len() - name.trim_start_matches([' ', '\t']).len();
        if !word.eq_ignore_ascii_case("set") || blank == 0 {
            return None;
        }
        let name = name.get(blank..)?;
        let unquoted = name.strip_prefix('"');
        let quoted = unquoted.is_some();
        let name = unquoted.unwrap_or(name);
        let (name, _) = name.split_once('=')?;
        if name.is_empty() || name.contains(['&', '|', '<', '>', '"', '%', '!', '\n', '/']) {
            return None;
        }
        let length = 3 + blank + usize::from(quoted) + name.len() + 1;
        Some(Setting {
            name: name.replace('^', "").to_lowercase(),
            from: self.plain.len() + length,
            quoted,
        })
    }

    /// The value ends here.
    fn set(&mut self, setting: Option<Setting>) {
        let Some(setting) = setting else { return };
        let value = self.plain.get(setting.from..).unwrap_or_default();
        let value = match value.rfind('"') {
            Some(end) if setting.quoted => value.get(..end).unwrap_or_default(),
            _ => value,
        };
        if let Some(left) = self.left.checked_sub(value.len()) {
            self.left = left;
            self.variables.insert(setting.name, value.to_owned());
        }
    }

    /// `%name%` at the start of the rest; gives what is behind it, or behind its first sign if it
    /// is no variable that is known.
    fn expand<'t>(&mut self, rest: &'t str, sign: char) -> Option<&'t str> {
        let after = rest.get(1..)?;
        // `call` expands once more: `%%name%%`.
        if sign == '%' && after.starts_with('%') {
            return Some(after);
        }
        let head = head(after, LONGEST);
        if let Some((inner, _)) = head.split_once(sign)
            && let Some(value) = self.value(inner)
        {
            self.left = self.left.saturating_sub(value.len());
            self.tricked = true;
            self.plain.push_str(&value);
            return after.get(inner.len() + 1..);
        }
        self.plain.push(sign);
        Some(after)
    }

    /// What `name`, `name:~start,length` or `name:old=new` is, if there may be as much.
    fn value(&mut self, inner: &str) -> Option<String> {
        let (name, change) = match inner.split_once(':') {
            Some((name, change)) => (name, Some(change)),
            None => (inner, None),
        };
        let name = name.to_lowercase();
        let constant = || CONSTANT.iter().find(|(known, _)| *known == name);
        let value = match self.variables.get(&name) {
            Some(value) => value,
            None => constant().map(|(_, value)| *value)?,
        };
        self.work = self.work.checked_sub(value.len())?;
        if value.len() > self.left {
            return None;
        }
        let Some(change) = change else {
            return Some(value.to_owned());
        };
        if let Some(range) = change.strip_prefix('~') {
            return part(value, range).map(str::to_owned);
        }
        let (old, new) = change.split_once('=')?;
        let most = value.len().checked_mul(new.len().max(1))?;
        (!old.is_empty() && most <= self.left).then(|| value.replace(old, new))
    }

    /// Quotes at the start of the rest: left out between the letters of a word.
    fn quotes<'t>(&mut self, rest: &'t str) -> Option<&'t str> {
        let after = rest.trim_start_matches('"');
        let within = self.plain.ends_with(char::is_alphanumeric)
            && after.starts_with(|c: char| c.is_alphanumeric() || c == '^');
        if within {
            self.tricked = true;
        } else {
            self.plain.push_str(rest.get(..rest.len() - after.len())?);
        }
        Some(after)
    }
}

/// The characters by `start` or `start,length`, either counted from the end if below zero.
fn part<'t>(value: &'t str, range: &str) -> Option<&'t str> {
    let (start, length) = match range.split_once(',') {
        Some((start, length)) => (start, Some(length)),
        None => (range, None),
    };
    let count = value.chars().count() as i64;
    let number = |text: &str| text.trim().parse::<i32>().ok().map(i64::from);
    let start = match number(start)? {
        start if start < 0 => (count + start).max(0),
        start => start.min(count),
    };
    let end = match length.map(number) {
        None => count,
        Some(length) => match length? {
            length if length < 0 => count + length,
            length => (start + length).min(count),
        },
    };
    let place = |index: i64| {
        let mut places = value.char_indices().map(|(at, _)| at);
        places.nth(index as usize).unwrap_or(value.len())
    };
    value.get(place(start)..place(end.max(start)))
}
