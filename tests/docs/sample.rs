//! A small site in memory that has one of everything a template can see.

use std::sync::Arc;

use jiff::tz::TimeZone;
use tongwen::diagnostic::{Diagnostic, any_error};
use tongwen::digest::Digest;
use tongwen::pipeline::inputs::{FileInput, Inputs, Options};
use tongwen::pipeline::memo::Memo;
use tongwen::pipeline::plan::{self, Plan};
use tongwen::pipeline::publication::{Publication, publish};
use tongwen::source::{SitePath, Source};

/// The files of a site, by path.
pub type Files = Vec<(&'static str, String)>;

const SITE: &str = r##"
base_url = "https://example.org"
title = "同文"
description = "一套文字"
author = "編輯組"
theme_color = "#13567a"
pagination = 1
[languages.zh-Hant-HK]
label = "繁體"
[languages.zh-Hans-CN]
label = "简体"
path = "hans"
derive = { from = "zh-Hant-HK", using = "hk2s" }
[languages.en]
label = "English"
path = "en"
missing = "fallback"
[[menus.main]]
page = "index.md"
children = [{ page = "about.md" }]
[extra]
motto = "一簡一繁"
"##;

const HOME: &str = "---\ntitle: 首頁\nconvert: { using: hk2s }\n---\n本站簡介。\n";

const ABOUT: &str = r#"---
title: 關於
description: 這個網站的來歷。
date: 2026-02-10
updated: 2026-03-01
as_of: 2026-03-01
tags: [會議]
image: https://example.org/card.png
image_alt: 一張圖
robots: noindex
facts: [F1]
sources: [B]
takeaways: [第一句。]
extra: { motto: 來日方長 }
---
正文引用一個來源[@A]。

## 第一節

### 第一小節

::: probe who="王先生"

內容。

:::
"#;

const SOURCES: &str = r#"---
title: 來源
kind: sources
entries:
  - { id: A, title: 甲報, publisher: 甲社, date: 2026-01, url: "https://example.org/a", note: 網上版 }
  - { id: B, title: The Gazette, lang: en }
fact_index:
  F1: { sources: [A] }
conflicts: [{ question: 哪一日, decision: 取前者, sources: [A] }]
corrections: [{ date: 2026-02-02, was: 甲, now: 乙, reason: 筆誤 }]
---
"#;

const EVENT: &str = r#"---
title: 上海會議
kind: event
start: 2001-10-20
end: 2001-10-21
status: held
role: host_year
city: 上海
economy: 中國
meeting_no: 9
theme: { text: 新世紀, en: New century }
outcomes: [{ title: 宣言, en: Declaration, type: declaration, fact: F1 }]
aims: [{ text: 目標, fact: F1 }]
why: 首次。
legacy: 仍在用。
claims: [{ speaker: 某人, role: 部長, date: 2001-10, place: 上海, text: 好, fact: F1 }]
conflicts: [兩說並存。]
sources: [A]
facts: [F1]
---
事件。
"#;

/// The sample, ready for a test to add to.
pub fn files() -> Files {
    let article = |title: &str| format!("---\ntitle: {title}\ndate: 2026-01-02\n---\n一篇。\n");
    vec![
        ("site.toml", SITE.to_string()),
        ("content/index.md", HOME.to_string()),
        ("content/about.md", ABOUT.to_string()),
        ("content/sources.md", SOURCES.to_string()),
        ("content/news/_index.md", article("消息")),
        ("content/news/one.md", article("其一")),
        ("content/news/two.md", article("其二")),
        ("content/news/three.md", article("其三")),
        ("content/timeline/_index.md", article("時間線")),
        ("content/timeline/2001.md", EVENT.to_string()),
        (
            "content/timeline/2014.md",
            EVENT.replace("2001-10", "2014-11").replace("上海", "北京"),
        ),
        (
            "templates/components/probe.html",
            "<b>{{ args.who }}</b>".to_string(),
        ),
    ]
}

/// Publishes `files`; later files of a path replace earlier ones.
///
/// # Errors
/// What was noted.
pub fn publication(files: &[(impl AsRef<str>, String)]) -> Result<Publication, Vec<Diagnostic>> {
    let mut sources: Vec<Source> = Vec::new();
    for (path, text) in files {
        sources.retain(|source| source.path().as_str() != path.as_ref());
        sources.push(Source::new(SitePath::new(path.as_ref()), text.clone()));
    }
    sources.sort_by(|a, b| a.path().cmp(b.path()));
    let of = |wanted: &dyn Fn(&str) -> bool| -> Vec<Source> {
        let found = sources
            .iter()
            .filter(|source| wanted(source.path().as_str()));
        found.cloned().collect()
    };
    let config = of(&|path| path == "site.toml").pop();
    let inputs = Inputs {
        config: config.expect("the files have a site.toml"),
        review: None,
        pages: of(&|path| path.starts_with("content/") && path.ends_with(".md")),
        glossaries: of(&|path| path.ends_with("glossary.toml")),
        templates: of(&|path| path.starts_with("templates/")),
        assets: Vec::new(),
        static_files: vec![FileInput {
            path: SitePath::new("static/mine.css"),
            digest: Digest::of(b""),
        }],
        zone: TimeZone::UTC,
        opencc: None,
        options: Options {
            future: true,
            ..Options::default()
        },
    };
    let made = publish(Arc::new(inputs), &mut Memo::default());
    match made.value {
        Some(publication) if !any_error(&made.notes) => Ok(publication),
        _ => Err(made.notes),
    }
}

/// Makes every file of a site; what was noted. `look` sees each page's path and text.
pub fn make_all(publication: &Publication, mut look: impl FnMut(&str, &str)) -> Vec<Diagnostic> {
    let planned = Plan::of(publication);
    let mut notes = planned.notes;
    for (path, work) in planned.value.works() {
        let made = plan::make(publication, path, work);
        notes.extend(made.notes);
        if let Some(output) = made.value
            && let tongwen::pipeline::output::Body::Bytes(bytes) = &output.body
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            look(path.as_str(), text);
        }
    }
    notes
}
