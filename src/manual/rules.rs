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
//! Where a word could be part of a chain, the code is read as code, and its calls are followed:
//! what starts it, along which path the start reaches an act, and what the act is given. What was
//! seen that way is a finding with a [`Flow`](crate::indicator::Flow), and takes the place of the
//! words that say the same. Words stay where they say more than a call can: in strings, and in
//! lines that were not understood. An act is of level 3 if what it is given is known, and so is
//! what was found in a text that the code computes; what a start reaches is of level 4.
//!
//! # How a verdict is made
//!
//! A finding moves a verdict by the [`Role`](crate::indicator::Role) of its rule, and hardly ever
//! alone. The unit of judgement is the chain within one project. Each act of a project has a
//! *reach*: the strongest start that gets to it. Where that is not known (there is no flow),
//! whatever starts the project may reach it.
//!
//! | reach | how the act is reached |
//! |---|---|
//! | auto | the document is opened or closed, or a control is drawn |
//! | soft | somebody works in the document: changes, selects, saves |
//! | click | somebody presses a button |
//! | unknown | no start was found; there may be one that is not known |
//! | dead | never, as the code stands |
//!
//! The verdict's own rules are a table in `src/verdict/rules.rs`, worst first; the first that holds
//! gives the reason. `macrosift rules` lists them with the others, and each can be explained:
//!
//! | rule | asks for | verdict |
//! |---|---|---|
//! | `verdict.auto-act` | a program that is started, or memory that is run, by auto or soft | malicious |
//! | `verdict.download` | a file that is fetched by auto or soft, or a request to an address that is a number or gives a program | malicious |
//! | `verdict.fetch-and-use` | something that is fetched and something that is started or written as a program: by soft, one of them; in a project with an auto start, unless it is seen that a click alone reaches both | malicious |
//! | `verdict.opaque-call` | a call by auto whose name is hidden on purpose | malicious |
//! | `verdict.cut-path` | a call by auto whose name cannot be read, and a program that nothing is seen to start | malicious |
//! | `verdict.planted-program` | a program, or the command for one, put by auto where Windows starts it; or a library that is written and loaded by auto | malicious |
//! | `verdict.held-act` | a program, memory or a file that is fetched, by click or unknown | suspicious |
//! | `verdict.dead-act` | the same, dead, in a project with an auto or soft start | suspicious |
//! | `verdict.opaque-start` | a call by auto whose name cannot be read; by soft, if it is hidden; by anything, if it is hidden in the code of a project that also fetches, writes or has command lines | suspicious |
//! | `verdict.drop-program` | a program that is written by auto | suspicious |
//! | `verdict.reached-act` | another act, from the start on that the table `ALONE` gives for its role | suspicious |
//! | `verdict.weaken` | something that weakens the protection of Office or Windows, by click or more | suspicious |
//! | none of them | | macro |
//!
//! All rules ask whether something is there and none whether something is missing, so that one
//! finding more never makes a verdict milder. A test holds them to it.
//!
//! A project whose [`identity`](crate::source::identity) is on the list of
//! [`Builder::allow`](crate::Builder::allow) is `macro` where it would be suspicious, unless it
//! runs something that the document holds: the list knows the code, and not the text around it.
//!
//! Beside the projects, observations and gaps set a floor: see [`coverage`](super::coverage). The
//! worst of all wins.
//!
//! # How a role is chosen
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
//!    A rule of what only a call shows has no patterns: a row names it in the tables of
//!    `src/indicator/conduct/`: `objects` (classes), `members`, `functions`, `apis` (functions of
//!    the system).
//! 4. Run `cargo test -p macrosift indicator verdict`. The tests build an example for every pattern and
//!    demand that it is found where it counts, and not in a comment nor as a part of a longer word.
//!    They also hold the tables against a few rules of form.
//! 5. Add two examples by hand: one that has to be found to
//!    `what_other_scanners_miss_is_found`, and the benign one that looks like it to
//!    `what_other_scanners_mistake_moves_nothing` (`src/indicator/tests.rs`).
//! 6. A new chain belongs to `src/verdict/rules.rs`, with a table of what makes it hold and what is
//!    milder by one step in `src/verdict/rules/tests.rs`.
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
