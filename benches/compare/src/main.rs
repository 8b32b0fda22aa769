//! The readers of `cfb`, `ovba` and `calamine` and ours, over the same bytes in the same run.
//!
//! A pair is timed on the inputs that both read; on how many each succeeded stands beside it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use calamine::Reader;
use macrosift::zip::{Archive, Inflater};
use macrosift::{Ledger, Limits, Scanner, Scratch, cfb as ours_cfb, ovba as ours_ovba};

/// The best of so many rounds counts: others may use the machine.
const ROUNDS: usize = 7;

/// How much was read; `None` if it could not be read whole.
type Task<'t> = &'t dyn Fn(&[u8]) -> Option<usize>;

fn main() {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("usage: macrosift-compare FOLDER");
        std::process::exit(2);
    };
    std::panic::set_hook(Box::new(|_| {}));
    let files = files(Path::new(&folder));
    let compound = compound_files(&files);
    let projects: Vec<Vec<u8>> = compound
        .iter()
        .filter(|data| has_project(data))
        .cloned()
        .collect();
    let (scanner, scratch) = (Scanner::new(), RefCell::new(Scratch::new()));
    let workbooks: Vec<Vec<u8>> = files
        .iter()
        .filter(|data| is_workbook(&scanner, data))
        .cloned()
        .collect();
    println!(
        "{} files: {} compound files (nested ones too), {} of them vbaProject.bin; {} workbooks with modules",
        files.len(),
        compound.len(),
        projects.len(),
        workbooks.len()
    );
    println!(
        "| rival | task | inputs | it read | panics | we read | both: MB | it, ms | we, ms | ratio |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    pair(
        "cfb",
        "read every stream",
        &compound,
        &cfb_streams,
        &our_streams,
    );
    pair(
        "ovba",
        "source of all modules",
        &projects,
        &ovba_modules,
        &our_modules,
    );
    pair(
        "calamine::vba",
        "source of all modules",
        &projects,
        &calamine_project,
        &our_modules,
    );
    let scan = |data: &[u8]| {
        let report = scanner.scan_with(&mut scratch.borrow_mut(), data, None);
        Some(
            report
                .modules()
                .iter()
                .map(|module| module.size as usize)
                .sum(),
        )
    };
    pair(
        "calamine",
        "open a workbook, source of all modules (we: whole scan)",
        &workbooks,
        &calamine_workbook,
        &scan,
    );
}

/// One line of the table.
fn pair(rival: &str, task: &str, inputs: &[Vec<u8>], theirs: Task<'_>, ours: Task<'_>) {
    let mut panics = 0;
    let mut try_all = |task: Task<'_>| -> Vec<Option<usize>> {
        let guarded = |data: &Vec<u8>| {
            catch_unwind(AssertUnwindSafe(|| task(data))).unwrap_or_else(|_| {
                panics += 1;
                None
            })
        };
        inputs.iter().map(guarded).collect()
    };
    let we = try_all(ours);
    let it = try_all(theirs);
    let both: Vec<&Vec<u8>> = inputs
        .iter()
        .zip(we.iter().zip(&it))
        .filter(|(_, (we, it))| we.is_some() && it.is_some())
        .map(|(data, _)| data)
        .collect();
    // In turns, so that a busy moment of the machine hits both.
    let (mut it_took, mut we_took) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        it_took = it_took.min(time(&both, theirs));
        we_took = we_took.min(time(&both, ours));
    }
    let size: usize = both.iter().map(|data| data.len()).sum();
    println!(
        "| {rival} | {task} | {} | {} | {panics} | {} | {:.1} | {:.1} | {:.1} | {:.1} |",
        inputs.len(),
        it.iter().flatten().count(),
        we.iter().flatten().count(),
        size as f64 / 1e6,
        it_took.as_secs_f64() * 1e3,
        we_took.as_secs_f64() * 1e3,
        it_took.as_secs_f64() / we_took.as_secs_f64()
    );
}

fn time(inputs: &[&Vec<u8>], task: Task<'_>) -> Duration {
    let start = Instant::now();
    for data in inputs {
        black_box(task(black_box(data)));
    }
    start.elapsed()
}

fn cfb_streams(data: &[u8]) -> Option<usize> {
    let mut file = cfb::CompoundFile::open(Cursor::new(data)).ok()?;
    let paths: Vec<PathBuf> = file
        .walk()
        .filter(cfb::Entry::is_stream)
        .map(|entry| entry.path().to_owned())
        .collect();
    let (mut buffer, mut size) = (Vec::new(), 0);
    for path in paths {
        buffer.clear();
        size += file.open_stream(path).ok()?.read_to_end(&mut buffer).ok()?;
    }
    Some(size)
}

fn our_streams(data: &[u8]) -> Option<usize> {
    let mut ledger = Ledger::new(Limits::unbounded());
    let file = ours_cfb::File::parse(data, &mut ledger).ok()?;
    let streams = file.entries().iter().filter(|entry| entry.is_stream());
    Some(
        streams
            .map(|entry| black_box(file.stream(entry, &mut ledger)).len())
            .sum(),
    )
}

/// Its interface takes the bytes for good, so the copy is part of it.
fn ovba_modules(data: &[u8]) -> Option<usize> {
    let project = ovba::open_project(data.to_vec()).ok()?;
    let mut size = 0;
    for module in &project.modules {
        size += project.module_source_raw(&module.name).ok()?.len();
    }
    Some(size)
}

fn calamine_project(data: &[u8]) -> Option<usize> {
    let project = calamine::vba::VbaProject::new(&mut Cursor::new(data), data.len()).ok()?;
    module_sizes(&project)
}

fn calamine_workbook(data: &[u8]) -> Option<usize> {
    let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(data)).ok()?;
    module_sizes(&book.vba_project().ok()??)
}

fn module_sizes(project: &calamine::vba::VbaProject) -> Option<usize> {
    let names = project.get_module_names();
    let sizes = names
        .into_iter()
        .map(|name| project.get_module_raw(name).ok().map(<[u8]>::len));
    sizes.sum()
}

fn our_modules(data: &[u8]) -> Option<usize> {
    let mut ledger = Ledger::new(Limits::unbounded());
    let file = ours_cfb::File::parse(data, &mut ledger).ok()?;
    let survey = file.survey(&mut ledger);
    let mut text = Vec::new();
    let projects = ours_ovba::read_projects(&file, &survey, &mut text, &mut ledger);
    (!projects.is_empty()).then_some(text.len())
}

/// All files of a folder by path, in memory.
fn files(folder: &Path) -> Vec<Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(data) = std::fs::read(&path) {
                found.insert(path, data);
            }
        }
    }
    found.into_values().collect()
}

/// Files that are compound files, and members of archives that are.
fn compound_files(files: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut inflater = Inflater::new();
    let mut found = Vec::new();
    for data in files {
        if ours_cfb::is_cfb(data) {
            found.push(data.clone());
        }
        let mut ledger = Ledger::new(Limits::unbounded());
        let Ok(archive) = Archive::parse(data, &mut ledger) else {
            continue;
        };
        for member in archive.members() {
            let mut head = [0; 8];
            if inflater.prefix(member, &mut head) == 8 && ours_cfb::is_cfb(&head) {
                let mut content = Vec::new();
                let _ = inflater.read(member, &mut content, &mut ledger);
                found.push(content);
            }
        }
    }
    found
}

/// Whether it is what `vbaProject.bin` is: a project right below the root.
fn has_project(data: &[u8]) -> bool {
    let mut ledger = Ledger::new(Limits::unbounded());
    let Ok(file) = ours_cfb::File::parse(data, &mut ledger) else {
        return false;
    };
    let root = file.root().map(ours_cfb::Entry::id);
    root.and_then(|root| file.child(root, "VBA"))
        .is_some_and(|vba| file.child(vba.id(), "dir").is_some())
}

fn is_workbook(scanner: &Scanner, data: &[u8]) -> bool {
    let report = scanner.scan(data);
    matches!(report.format(), "xls" | "xlsm" | "xlsb" | "xlam" | "xltm")
        && !report.modules().is_empty()
}
