//! `macrosift generate`: what a package puts beside the program.

use std::io;
use std::process::ExitCode;

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;

use crate::args::{Args, Artefact, Generate};

/// Prints the manual page or completions.
pub(crate) fn run(args: &Generate) -> Result<ExitCode, String> {
    let mut text = Vec::new();
    let mut complete = |shell| {
        let name = "macrosift";
        clap_complete::generate(shell, &mut Args::command(), name, &mut text);
        Ok(())
    };
    match args.what {
        Artefact::Bash => complete(Shell::Bash),
        Artefact::Zsh => complete(Shell::Zsh),
        Artefact::Fish => complete(Shell::Fish),
        Artefact::PowerShell => complete(Shell::PowerShell),
        Artefact::Elvish => complete(Shell::Elvish),
        Artefact::Man => manual(&mut text),
    }
    .and_then(|()| crate::print(&text))
    .map_err(|error| format!("cannot write to standard output: {error}"))?;
    Ok(ExitCode::SUCCESS)
}

/// One page for the program and all its commands.
fn manual(out: &mut Vec<u8>) -> io::Result<()> {
    let mut command = Args::command();
    command.build();
    let man = Man::new(command.clone());
    man.render_title(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    let commands = command.get_subcommands();
    for command in commands.filter(|command| command.get_name() != "help") {
        let heading = command.get_name().to_uppercase();
        out.extend_from_slice(format!(".SH {heading}\n").as_bytes());
        out.extend_from_slice(&section(command)?);
    }
    notes(&command, out);
    man.render_version_section(out)
}

/// What a page of its own would say of a command, one level down.
fn section(command: &Command) -> io::Result<Vec<u8>> {
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    notes(command, &mut page);
    let page = String::from_utf8_lossy(&page);
    Ok(page.replace("\n.SH ", "\n.SS ").into_bytes())
}

/// The examples and tables below the help, in lines as they are.
fn notes(command: &Command, out: &mut Vec<u8>) {
    let Some(text) = command.get_after_help() else {
        return;
    };
    let text = text.to_string();
    out.extend_from_slice(b"\n.SH NOTES\n.nf\n");
    for line in text.lines() {
        let line = line.replace('\\', "\\e").replace('-', "\\-");
        // A dot or an apostrophe in front would make a request of the line.
        out.extend_from_slice(format!("\\&{line}\n").as_bytes());
    }
    out.extend_from_slice(b".fi\n");
}
