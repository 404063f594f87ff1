//! What merely writing a site costs: the same folders and files, of the same lengths, and nothing else.
//!
//! `floor FOLDER THREADS < list`, where each line of the list is a length and a path. Compiled by
//! `run.py` with `rustc -O`.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let root = Path::new(&arguments[1]);
    let threads: usize = arguments[2].parse().expect("a number of threads");
    let mut list = String::new();
    std::io::stdin()
        .read_to_string(&mut list)
        .expect("a list of files");
    let files: Vec<(usize, &str)> = list
        .lines()
        .filter_map(|line| {
            let (length, path) = line.split_once(' ')?;
            Some((length.parse().ok()?, path))
        })
        .collect();
    let longest = files.iter().map(|(length, _)| *length).max().unwrap_or(0);
    let bytes = &vec![b'x'; longest];
    let share = files.len().div_ceil(threads).max(1);
    fs::create_dir_all(root).expect("the folder can be made");
    std::thread::scope(|scope| {
        for part in files.chunks(share) {
            scope.spawn(move || {
                let mut made = "";
                for (length, path) in part {
                    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                    if folder != made {
                        fs::create_dir_all(root.join(folder)).expect("a folder can be made");
                        made = folder;
                    }
                    let mut file = fs::File::create(root.join(path)).expect("a file can be made");
                    file.write_all(&bytes[..*length]).expect("and written");
                }
            });
        }
    });
}
