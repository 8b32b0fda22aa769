//! Rules: how they work, and how to add one.
//!
//! # From text to verdict
//!
//! A [`Rule`](crate::indicator::Rule) is data: a list of patterns and what finding one means. The
//! patterns of all rules go into one automaton, and the text of a module is searched once,
//! whatever the number of rules. A row more costs nothing.
//!
//! A text that matches counts only in its [`Context`](crate::indicator::Context): a procedure's
//! name after `Sub`, a member after a dot, a word in a string. Words in comments never judge; they
//! are findings of level 1, as are words in strings for rules that ask for code. What counts is of
//! level 2.
//!
//! A finding moves a verdict by the [`Role`](crate::indicator::Role) of its rule, and hardly ever
//! alone. The unit of judgement is the chain within one project:
//!
//! | in one project | verdict |
//! |---|---|
//! | a trigger, and something that starts a program or runs memory | malicious |
//! | a trigger, and something that is fetched and used | malicious |
//! | a trigger that needs nobody, and a call whose name is hidden on purpose | malicious |
//! | the same, started by ordinary work in the document | suspicious |
//! | a trigger, and a part of one of these | suspicious |
//! | one of the first two whole, and no trigger that is known | suspicious |
//! | something that weakens the protection of Office or Windows | suspicious |
//! | anything else | macro |
//!
//! So that a role is right, ask what a benign file with it looks like. `CreateObject` is in every
//! second business macro, and its rule is no more than a note.
//!
//! # The fields of a rule
//!
//! | field | holds |
//! |---|---|
//! | `id` | `category.name`; it is part of the outward contract and does not change |
//! | `category` | the family, and the first part of the id |
//! | `attack` | technique ids of ATT&CK |
//! | `role` | what its findings are to a verdict |
//! | `does` | what such code does, as the end of a sentence that starts with "The code" |
//! | `means` | one sentence: why it matters |
//! | `benign` | one sentence: how benign files look the same |
//! | `patterns` | what it looks for, and where that counts |
//!
//! All of them can be read at run time:
//!
//! ```
//! let scanner = macrosift::Scanner::new();
//! let shell = scanner.rules().iter().find(|rule| rule.id == "execution.shell").unwrap();
//! assert!(shell.patterns.iter().any(|pattern| pattern.text == "Shell"));
//! println!("{} {}", shell.means, shell.benign);
//! ```
//!
//! `macrosift rules` prints the list, `macrosift rules ID` one of them.
//!
//! # How to add a pattern or a rule
//!
//! 1. Find the table in `src/indicator/builtin/`: one file a category.
//! 2. Is there a rule with the same `does`? Then add a pattern to it: `member("Text")`,
//!    `call("Text")`, `fragment("text")` … The helpers are at the head of `builtin/mod.rs`, the
//!    contexts in `rules.rs`. Take the narrowest that holds what you have seen.
//! 3. Else write a rule. Every field is a sentence that a person at a quarantine reads. Choose the
//!    mildest role that does the work; `Note` if in doubt.
//! 4. Run `cargo test -p macrosift indicator verdict`. The tests build an example for every pattern and
//!    demand that it is found where it counts, and not in a comment nor as a part of a longer word.
//!    They also hold the tables against a few rules of form.
//! 5. Add two examples by hand: one that has to be found to
//!    `what_other_scanners_miss_is_found`, and the benign one that looks like it to
//!    `what_other_scanners_mistake_moves_nothing` (`src/indicator/tests.rs`).
//! 6. A new chain belongs to `src/verdict/project.rs`, with an example that is blocked and one that
//!    is released in `src/verdict/tests.rs`.
//! 7. Run the corpus. Where a golden report changes, read why.
//!
//! A scan shows what a rule does:
//!
//! ```
//! let scanner = macrosift::Scanner::new();
//! let source = b"Sub AutoOpen()\r\n  ' Shell in a comment\r\n  MsgBox \"Hello\"\r\nEnd Sub\r\n";
//! let report = scanner.scan(source);
//! let levels: Vec<_> = report.findings().iter().map(|one| (one.rule, one.level)).collect();
//! assert!(levels.contains(&("trigger.document-open", 2)));
//! assert!(levels.iter().all(|&(rule, level)| rule != "execution.shell" || level == 1));
//! ```
//!
//! # Facts without text
//!
//! What the bytes of a file say by themselves, such as a template on another machine, is an
//! observation, and judges by the table in `src/verdict/facts.rs`. The code there and the code
//! that is observed have to be the same word: [`coverage`](super::coverage) lists them.
