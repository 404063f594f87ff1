"""A Chinese site of N pages, the same on every machine, in the form of each generator.

A page has about 1,700 Han characters: five headings, fifteen paragraphs, links to other pages, a list, a
table, a footnote, an image and code. tongwen gets the Traditional text alone; the others get both texts,
the second converted beforehand by `tongwen convert`, which is not measured.
"""

import json
import pathlib
import subprocess

SECTION = 100  # pages in one section
NEWEST = 20  # pages on the home page and in the feed
TITLE = {"hant": "量度用的網站", "hans": "量度用的网站"}
TAG = {"hant": "zh-Hant-HK", "hans": "zh-Hans-CN"}
MARK = "@@@@"

WORDS = """會議 經濟 發展 合作 地區 城市 成員 貿易 投資 技術 數碼 網絡 社會 教育 環境 能源 運輸 碼頭 機場 鐵路 學校 圖書館
醫院 市場 農業 漁業 製造 服務 旅遊 文化 頭髮 乾淨 乾隆年間 皇后大道 後來 以後 裏面 這裏 臺階 舞台 颱風 準備 標準 批准 關係
聯繫 系統 歷史 日曆 複雜 恢復 答覆 重複 鐘聲 鍾情 麵包 表面 手錶 代表 徵求 長征 範圍 餘下 剩餘 週期 周圍 看着 著作 寫字
討論 計劃 建議 報告 宣言 代表團 記者 文件 議程 目標 方向 機會 挑戰 變化 創新 開放 包容 可持續 互聯互通 供應鏈 中小企業 青年
婦女 健康 安全 氣候 海洋 森林 糧食 水資源 電力 太陽能 人工智能 數據 軟件 硬件""".split()
JOINS = ["", "", "", "與", "和", "在", "對", "為", "把", "的"]
ENDS = ["。", "。", "。", "；", "？", "！"]


class Dice:
    """Numbers that look random and are the same everywhere: Steele and others' SplitMix64."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        mixed = self.state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        return (mixed ^ (mixed >> 31)) % limit

    def one(self, of):
        return of[self.below(len(of))]


def phrases(dice, count, words):
    """Sentences and titles are put together from these, so that ten thousand pages take seconds."""
    return ["".join(dice.one(WORDS) + dice.one(JOINS) for _ in range(words)) + dice.one(WORDS) for _ in range(count)]


class Page:
    """One page in Traditional; `body` names links as `{{link N}}`."""

    def __init__(self, number, count, stock):
        dice = Dice(number * 2 + 1)
        short, long = stock
        self.number = number
        self.count = count
        self.title = dice.one(short)
        self.description = dice.one(long)
        self.date = f"{2000 + number // 336:04}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
        parts = []
        for section in range(5):
            parts.append(f"## {dice.one(short)} {section}")
            for _ in range(3):
                parts.append(self.paragraph(dice, short, long))
            if section == 0:
                parts.append(f"![{dice.one(short)}](/picture.svg)")
            if section == 1:
                parts.append("\n".join(f"- {dice.one(short)}" for _ in range(4)))
            if section == 2:
                rows = [f"| {dice.one(short)} | {dice.one(short)} | {row} |" for row in range(4)]
                parts.append("\n".join(["| 項目 | 說明 | 數量 |", "|---|---|--:|", *rows]))
            if section == 3:
                parts.append(f"{dice.one(long)}[^a]")
                parts.append(f"[^a]: {dice.one(long)}。")
            if section == 4:
                parts.append('```rust\nlet answer = "ok";\n```')
        self.body = "\n\n".join(parts) + "\n"

    def paragraph(self, dice, short, long):
        strong = f"**{dice.one(short)}**，" if self.number % 2 == 0 else ""
        link = f"[{dice.one(short)}]({{{{link {dice.below(self.count)}}}}})，"
        text = [dice.one(long) + dice.one(ENDS) for _ in range(3)]
        return f"「{dice.one(short)}」，{text[0]}{link}{text[1]}{strong}{text[2]}"


def path(number, count):
    """The newest pages lie at the top, where the home page lists them; the others in sections."""
    if number >= count - NEWEST:
        return f"p{number:05}"
    return f"s{number // SECTION:03}/p{number:05}"


def make(count):
    dice = Dice(7)
    stock = phrases(dice, 400, 2), phrases(dice, 2000, 9)
    pages = [Page(number, count, stock) for number in range(count)]
    sections = sorted({path(number, count).split("/")[0] for number in range(count - NEWEST)})
    return pages, sections


def converted(program, text):
    """The text in Simplified, as tongwen has it."""
    done = subprocess.run([program, "convert", "--using", "hk2s"], input=text.encode(), stdout=subprocess.PIPE, check=True)
    return done.stdout.decode().replace("「", "“").replace("」", "”")


def both(program, pages):
    """Each page as title, description and body, in both scripts."""
    hant = [(page.title, page.description, page.body) for page in pages]
    joined = MARK.join(part for page in hant for part in page)
    parts = converted(program, joined).split(MARK)
    hans = list(zip(parts[0::3], parts[1::3], parts[2::3]))
    assert len(hans) == len(hant), "the converted text falls into as many pages"
    return {"hant": hant, "hans": hans}


def linked(body, spell):
    pieces = body.split("{{link ")
    out = [pieces[0]]
    for piece in pieces[1:]:
        number, rest = piece.split("}}", 1)
        out.append(spell(int(number)) + rest)
    return "".join(out)


def front(fence, **fields):
    equals = " = " if fence == "+++" else ": "
    lines = [f"{key}{equals}{json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    return "\n".join([fence, *lines, fence, ""]) + "\n"


class Writer:
    """Writes files below a folder, making the folders they need."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.made = set()

    def __call__(self, name, text):
        place = self.root / name
        if place.parent not in self.made:
            place.parent.mkdir(parents=True, exist_ok=True)
            self.made.add(place.parent)
        place.write_text(text, encoding="utf-8")


def tongwen(put, texts, pages, sections):
    count = len(pages)
    for page in pages:
        up = "../" * path(page.number, count).count("/")
        body = linked(page.body, lambda number: f"{up}{path(number, count)}.md")
        head = f"---\ntitle: {page.title}\ndescription: {page.description}\ndate: {page.date}\n---\n\n"
        put(f"content/{path(page.number, count)}.md", head + body)
    for section in sections:
        put(f"content/{section}/_index.md", f"---\ntitle: 第{section[1:]}欄\n---\n")
    put("content/index.md", "---\ntitle: 首頁\n---\n")


def hugo(put, texts, pages, sections):
    for script in texts:
        folder = "/hans" if script == "hans" else ""
        for page, (title, description, body) in zip(pages, texts[script]):
            name = path(page.number, len(pages))
            body = linked(body, lambda number: f"{folder}/{path(number, len(pages))}/")
            fields = {"title": title, "description": description, "date": page.date}
            put(f"content/{script}/{name}.md", front("---", **fields) + body)
        for section in sections:
            put(f"content/{script}/{section}/_index.md", front("---", title=f"第{section[1:]}" + ("欄" if script == "hant" else "栏")))


def zola(put, texts, pages, sections):
    for script in texts:
        # Zola takes the name of a language for the folder and the ending, and wants it in the standard's form.
        folder, ending = ("/zh-Hans", ".zh-Hans") if script == "hans" else ("", "")
        for page, (title, description, body) in zip(pages, texts[script]):
            name = path(page.number, len(pages))
            body = linked(body, lambda number: f"{folder}/{path(number, len(pages))}/")
            head = f"+++\ntitle = {json.dumps(title, ensure_ascii=False)}\ndescription = {json.dumps(description, ensure_ascii=False)}\ndate = {page.date}\n+++\n\n"
            put(f"content/{name}{ending}.md", head + body)
        for section in sections:
            word = "欄" if script == "hant" else "栏"
            put(f"content/{section}/_index{ending}.md", front("+++", title=f"第{section[1:]}{word}", sort_by="date", transparent=True))
        put(f"content/_index{ending}.md", front("+++", title="首頁" if script == "hant" else "首页", sort_by="date"))


def eleventy(put, texts, pages, sections):
    for script in texts:
        folder = "/hans" if script == "hans" else ""
        put(f"content/{script}/{script}.json", json.dumps({"script": script, "lang": TAG[script], "layout": "page.njk", "tags": [script], "folder": folder}))
        for page, (title, description, body) in zip(pages, texts[script]):
            name = path(page.number, len(pages))
            body = linked(body, lambda number: f"{folder}/{path(number, len(pages))}/")
            fields = {"title": title, "description": description, "date": page.date, "permalink": f"{folder}/{name}/", "section": name.split("/")[0] if "/" in name else ""}
            put(f"content/{script}/{name}.md", front("---", **fields) + body)
        word = "欄" if script == "hant" else "栏"
        put(f"_data/sections{script}.json", json.dumps([{"name": section, "title": f"第{section[1:]}{word}"} for section in sections], ensure_ascii=False))
