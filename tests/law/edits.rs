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
    /// Nothing at a path: it is this day now, counted from 1 January 1970. It may be an earlier one.
    Wait(i64),
}

const EXTRA_HEAD: &str = "templates/partials/extra_head.html";

/// Lines of front matter that move a page, or files that tell of it.
const MOVING: &[&str] = &[
    "date: 1970-01-01",
    "slug: elsewhere",
    "path: b/moved",
    "tags: [後頁, 另一個]",
    "aliases: [old]",
    "sitemap: false",
    "robots: noindex",
    "kind: event\nstart: 1970-01-02\nstatus: held",
    "title: 又一個", // twice: it cannot be read
];

/// Texts with links from the root: two that lead somewhere as long as nothing moves, and one that never does.
const ROOTED: &[&str] = &["[總覽](/a/)", "[一](/one/)", "[沒有](/nowhere/)"];

/// Folders that go and come.
const FOLDERS: &[(&str, &str)] = &[
    ("content/a", "content/c"),
    ("content/c", "content/a"),
    ("content/b", "content/a/b"),
    ("content/a/b", "content/b"),
    ("templates", "away"),
    ("away", "templates"),
];

/// An asset without its page, a page without its asset.
const BUNDLES: &[(&str, &str)] = &[
    ("content/b/four/picture.svg", "content/b/four/other.svg"),
    ("content/b/four/other.svg", "content/b/four/picture.svg"),
    ("content/b/four", "content/a/four"),
    ("content/a/four", "content/b/four"),
];

const BROKEN: &[(&str, &str)] = &[
    (EXTRA_HEAD, "{% if %}"),
    (EXTRA_HEAD, "{{ page.nothing.at.all }}"),
    ("site.toml", "title = "),
    ("glossary.toml", "[[term]]\nis = 1\n"),
    (
        "templates/partials/footer.html",
        "{% include \"none.html\" %}",
    ),
];

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
        let new = format!("content/a/new{}.md", number % 3);
        match random.below(28) {
            0 | 1 => Edit::Write(page, format!("{text}\n又一段：裏面有 {number} 個字。\n")),
            2 => Edit::Write(
                page,
                text.replacen("title: ", &format!("title: 新{number}"), 1),
            ),
            3 => Edit::Write(
                new,
                format!(
                    "---\ntitle: 新頁{number}\nweight: {}\n---\n\n後。\n",
                    number % 9
                ),
            ),
            4 => Edit::Delete(new),
            5 => Edit::Rename(new, format!("content/b/moved{}.md", number % 2)),
            6 => renamed(random, FOLDERS),
            7 => renamed(random, BUNDLES),
            8 => Edit::Write(
                "content/b/four/picture.svg".into(),
                format!("<svg id=\"n{number}\"/>"),
            ),
            9 => Edit::Write("static/note.txt".into(), number.to_string()),
            // A file of the theme's own, and one that is the site's alone.
            10 => write_or_delete(random, "static/site.css", "body { color: red }"),
            11 => write_or_delete(random, "static/more.txt", "又一個"),
            12 => Edit::Write(
                EXTRA_HEAD.into(),
                format!("<meta name=\"own\" content=\"{number}\">"),
            ),
            13 => write_or_delete(random, "templates/partials/footer.html", "<p>頁尾</p>"),
            14 => Edit::Write(
                "glossary.toml".into(),
                format!("[[term]]\nis = \"資訊科技\"\n\"zh-Hans-CN\" = \"信息{number}\"\n"),
            ),
            15 => write_or_delete(
                random,
                "content/a/glossary.toml",
                "[[term]]\nis = \"後面\"\n\"zh-Hans-CN\" = \"後邊\"\n",
            ),
            16 => Edit::Write("site.toml".into(), configured(random, number)),
            // A page that waits for its day, and the day.
            17 => Edit::Write(
                new,
                format!(
                    "---\ntitle: 將來\ndate: 1970-01-{:02}\n---\n",
                    number % 30 + 1
                ),
            ),
            18 => Edit::Wait((number % 40) as i64),
            // Broken front matter, a dead link, a broken template, a broken configuration; a later edit of
            // the same file mends it.
            19 => Edit::Write(page, text.replacen("title", "titel", 1)),
            20 => Edit::Write(
                "content/one.md".into(),
                SITE[3].1.replace("two.md", "gone.md"),
            ),
            22 | 23 => {
                let (name, text) = SITE[2 + random.below(4)];
                let line = MOVING[random.below(MOVING.len())];
                Edit::Write(
                    name.into(),
                    text.replacen("---\n", &format!("---\n{line}\n"), 1),
                )
            }
            24 => Edit::Write(
                page,
                format!("{text}\n{}\n", ROOTED[random.below(ROOTED.len())]),
            ),
            // The page of one language written by hand.
            25 => write_or_delete(
                random,
                "content/a/two.zh-Hans-CN.md",
                "---\ntitle: 手写的第二页\ntags: [手写]\n---\n\n简体。\n",
            ),
            21 => {
                let (name, text) = BROKEN[random.below(BROKEN.len())];
                Edit::Write(name.into(), text.into())
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
            Edit::Wait(_) => Vec::new(),
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

fn renamed(random: &mut Random, pairs: &[(&str, &str)]) -> Edit {
    let (from, to) = pairs[random.below(pairs.len())];
    Edit::Rename(from.into(), to.into())
}

fn write_or_delete(random: &mut Random, name: &str, text: &str) -> Edit {
    match random.below(2) {
        0 => Edit::Delete(name.into()),
        _ => Edit::Write(name.into(), text.into()),
    }
}

/// The configuration with something of it changed.
fn configured(random: &mut Random, number: usize) -> String {
    let (from, to) = match random.below(4) {
        0 => ("title = \"網站\"", format!("title = \"網站{number}\"")),
        1 => ("/base\"", format!("/base{number}\"")),
        2 => ("path = \"hans\"", format!("path = \"s{number}\"")),
        _ => ("[[menus.main]]\npage = \"a/_index.md\"\n", String::new()),
    };
    SITE[0].1.replace(from, &to)
}
