//! This site's pages without needless space.

use tongwen::pipeline::inputs::Options;

use crate::made;

#[test]
fn nothing_but_space_goes() {
    let options = Options {
        minify: true,
        ..made::options()
    };
    let (usual, small) = (made::shipped(made::options()), made::shipped(options));
    let without = |html: &str| -> String {
        html.chars()
            .filter(|ch| !ch.is_ascii_whitespace())
            .collect()
    };
    let (mut before, mut after) = (0, 0);
    for (path, html) in usual.pages() {
        let made = small.text(path);
        assert_eq!(without(made), without(html), "{path}");
        (before, after) = (before + html.len(), after + made.len());
    }
    assert!(after < before, "{before} bytes became {after}");
    for path in usual.paths().filter(|path| !path.ends_with(".html")) {
        assert_eq!(usual.text(path), small.text(path), "{path}");
    }
}
