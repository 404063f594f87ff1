//! A feed as JSON Feed 1.1.

use serde::Serialize;

use super::{Channel, Entry};

#[derive(Serialize)]
struct Feed<'c> {
    version: &'static str,
    title: &'c str,
    home_page_url: &'c str,
    feed_url: &'c str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'c str,
    language: &'c str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'c>>,
    items: Vec<Item<'c>>,
}

#[derive(Serialize)]
struct Author<'c> {
    name: &'c str,
}

#[derive(Serialize)]
struct Item<'c> {
    id: &'c str,
    url: &'c str,
    title: &'c str,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'c str,
    /// Every item has one of the two.
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'c str>,
    date_published: &'c str,
    date_modified: &'c str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'c [String],
    language: &'c str,
}

/// The document.
pub fn write(channel: &Channel<'_>) -> Vec<u8> {
    let publication = channel.publication;
    let site = publication.site(channel.language);
    let language = publication.config.language(channel.language).tag.as_str();
    let author = Some(site.author.as_str()).filter(|author| !author.is_empty());
    let feed = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: &site.title,
        home_page_url: &channel.home,
        feed_url: &channel.own,
        description: &site.description,
        language,
        authors: author.map(|name| Author { name }).into_iter().collect(),
        items: channel
            .entries
            .iter()
            .map(|entry| item(entry, language))
            .collect(),
    };
    // Strings written to memory: this cannot fail.
    let mut bytes = serde_json::to_vec(&feed).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn item<'c>(entry: &'c Entry, language: &'c str) -> Item<'c> {
    let text = match (&entry.content, entry.summary.is_empty()) {
        (Some(_), _) => None,
        (None, false) => Some(entry.summary.as_str()),
        (None, true) => Some(entry.title.as_str()),
    };
    Item {
        id: &entry.permalink,
        url: &entry.permalink,
        title: &entry.title,
        summary: &entry.summary,
        content_html: entry.content.as_deref(),
        content_text: text,
        image: entry.image.as_deref(),
        date_published: &entry.published,
        date_modified: &entry.updated,
        tags: &entry.tags,
        language,
    }
}
