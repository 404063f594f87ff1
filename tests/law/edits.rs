//! A small site, and random edits to it.

use std::fs;
use std::path::Path;

/// The site that every sequence begins with.
const SITE: &[(&str, &str)] = &[
    (
        "site.toml",
        "base_url = \"https://example.org/base\"\ntitle = \"網站\"\n\n[languages.zh-Hant-HK]\nlabel = \"繁體\"\n\n[languages.zh-Hans-CN]\nlabel = \"简体\"\npath = \"hans\"\nderive = { from = \"zh-Hant-HK\", using = \"hk2s\" }\n\n[[menus.main]]\npage = \"a/_index.md\"\n",
    ),
    (
        "glossary.toml",
        "[[term]]\nis = \"資訊科技\"\n\"zh-Hans-CN\" = \"信息技术\"\n",
    ),
    (
        "content/index.md",
        "---\ntitle: 首頁\n---\n\n歡迎到這裏。\n",
    ),
    (
        "content/one.md",
        "---\ntitle: 第一頁\nweight: 2\n---\n\n資訊科技的後面。[第二頁](a/two.md)\n",
    ),
    (
        "content/a/_index.md",
        "---\ntitle: 甲部\nweight: 1\n---\n\n這一部。\n",
    ),
    (
        "content/a/two.md",
        "---\ntitle: 第二頁\n---\n\n## 標題 {#part}\n\n乾*隆*的後面。[回去](../one.md)\n",
    ),
    (
        "content/a/three.md",
        "---\ntitle: 第三頁\ntags: [後頁]\n---\n\n[第二頁的標題](two.md#part)\n",
    ),
    ("content/b/_index.md", "---\ntitle: 乙部\n---\n"),
    (
        "content/b/four/index.md",
        "---\ntitle: 第四頁\n---\n\n![圖](picture.svg)\n",
    ),
    ("content/b/four/picture.svg", "<svg/>"),
    ("static/note.txt", "一"),
    (
        "templates/partials/extra_head.html",
        "<meta name=\"own\" content=\"1\">",
    ),
];

/// A generator of numbers from a seed (xorshift; nothing here needs a better one).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

/// An edit: what is at a path afterwards.
#[derive(Debug)]
pub enum Edit {
    Write(String, String),
    Delete(String),
    Rename(String, String),
}

/// Lays the site out in an empty folder.
pub fn lay_out(root: &Path) {
    for (name, text) in SITE {
        write(root, name, text);
    }
}

impl Edit {
    /// An edit that can be made to the site as it lies there.
    pub fn any(random: &mut Random, root: &Path) -> Edit {
        let pages = [
            "content/one.md",
            "content/a/two.md",
            "content/a/three.md",
            "content/index.md",
        ];
        let page = pages[random.below(pages.len())].to_string();
        let text = fs::read_to_string(root.join(&page)).unwrap_or_default();
        let number = random.below(1000);
        match random.below(14) {
            0 | 1 => Edit::Write(page, format!("{text}\n又一段：裏面有 {number} 個字。\n")),
            2 => Edit::Write(
                page,
                text.replacen("title: ", &format!("title: 新{number}"), 1),
            ),
            3 => Edit::Write(
                format!("content/a/new{}.md", number % 3),
                format!(
                    "---\ntitle: 新頁{number}\nweight: {}\n---\n\n後。\n",
                    number % 9
                ),
            ),
            4 => Edit::Delete(format!("content/a/new{}.md", number % 3)),
            5 => Edit::Rename(
                format!("content/a/new{}.md", number % 3),
                format!("content/b/moved{}.md", number % 2),
            ),
            6 => Edit::Write(
                "templates/partials/extra_head.html".into(),
                format!("<meta name=\"own\" content=\"{number}\">"),
            ),
            7 => Edit::Write(
                "glossary.toml".into(),
                format!("[[term]]\nis = \"資訊科技\"\n\"zh-Hans-CN\" = \"信息{number}\"\n"),
            ),
            8 => Edit::Write(
                "site.toml".into(),
                SITE[0]
                    .1
                    .replace("title = \"網站\"", &format!("title = \"網站{number}\"")),
            ),
            9 => Edit::Write("static/note.txt".into(), number.to_string()),
            // Broken front matter, a dead link, a broken template, a broken configuration; a later edit of
            // the same file mends it.
            10 => Edit::Write(page, text.replacen("title", "titel", 1)),
            11 => Edit::Write(
                "content/one.md".into(),
                SITE[3].1.replace("two.md", "gone.md"),
            ),
            12 => {
                let broken = random.below(2) == 0;
                let text = if broken {
                    "{% if %}"
                } else {
                    "<meta name=\"own\">"
                };
                Edit::Write("templates/partials/extra_head.html".into(), text.into())
            }
            _ => {
                let (name, text) = SITE[random.below(SITE.len())];
                Edit::Write(name.into(), text.into())
            }
        }
    }

    /// Makes the edit; the paths that a watcher would name.
    pub fn make(&self, root: &Path) -> Vec<String> {
        match self {
            Edit::Write(name, text) => {
                write(root, name, text);
                vec![name.clone()]
            }
            Edit::Delete(name) => {
                let _ = fs::remove_file(root.join(name));
                vec![name.clone()]
            }
            Edit::Rename(from, to) => {
                let _ = fs::rename(root.join(from), root.join(to));
                vec![from.clone(), to.clone()]
            }
        }
    }
}

fn write(root: &Path, name: &str, text: &str) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
