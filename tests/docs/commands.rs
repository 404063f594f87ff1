//! The page of commands has every command and every flag.

use std::fs;

use clap::CommandFactory;
use tongwen::cli::Cli;

use crate::root;

#[test]
fn every_command_and_flag_is_described() {
    let text = fs::read_to_string(root().join("docs/commands.md")).expect("the page is there");
    let (top, _) = text.split_once("\n## ").expect("it has sections");
    let root = Cli::command();
    let flags = |command: &clap::Command| -> Vec<String> {
        let flags = command.get_arguments().filter_map(clap::Arg::get_long);
        flags.map(|long| format!("`--{long}`")).collect()
    };
    let mut missing = Vec::new();
    missing.extend(flags(&root).into_iter().filter(|flag| !top.contains(flag)));
    for command in root.get_subcommands() {
        let heading = format!("\n## `{}`\n", command.get_name());
        let Some((_, section)) = text.split_once(&heading) else {
            missing.push(heading);
            continue;
        };
        let section = section.split("\n## ").next().unwrap_or(section);
        let own = flags(command).into_iter();
        missing.extend(own.filter(|flag| {
            let plain = flag.trim_matches('`');
            !section.contains(plain) && !top.contains(flag)
        }));
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
