//! Patterns of content files to pass over: `*` stands for anything but `/`, `**` for anything, `?` for
//! one character.

/// Whether `pattern` matches the whole of `path`.
pub fn matches(pattern: &str, path: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let path: Vec<char> = path.chars().collect();
    // `reached[i]`: the pattern so far can end after `i` characters of the path.
    let mut reached = vec![false; path.len() + 1];
    reached[0] = true;
    let mut at = 0;
    while at < pattern.len() {
        let mut next = vec![false; path.len() + 1];
        let crosses = pattern[at] == '*' && pattern.get(at + 1) == Some(&'*');
        match pattern[at] {
            '*' => {
                let mut open = false;
                for end in 0..=path.len() {
                    let blocked = end > 0 && !crosses && path[end - 1] == '/';
                    open = reached[end] || (open && !blocked);
                    next[end] = open;
                }
            }
            wanted => {
                for end in 0..path.len() {
                    let fits = path[end] == wanted || (wanted == '?' && path[end] != '/');
                    next[end + 1] = reached[end] && fits;
                }
            }
        }
        reached = next;
        at += if crosses { 2 } else { 1 };
    }
    reached[path.len()]
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns() {
        for (pattern, path, expected) in [
            ("*.psd", "a.psd", true),
            ("*.psd", "b/a.psd", false),
            ("**/*.psd", "b/c/a.psd", true),
            ("**.psd", "b/a.psd", true),
            ("草稿?.md", "草稿1.md", true),
            ("drafts/*", "drafts/a/b", false),
            ("a", "ab", false),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }
}
