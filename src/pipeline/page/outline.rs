//! What is said of a page where the page itself is not shown: by feeds.

use super::Composer;
use crate::config::LanguageIndex;
use crate::pipeline::catalogue::EntryId;
use crate::pipeline::publication::Publication;

/// What the template of a page sees too, and heads do not have.
pub struct Outline {
    /// The address that search engines should know the page by.
    pub permalink: String,
    /// The labels of its tags.
    pub labels: Vec<String>,
    /// The address of its image.
    pub image: Option<String>,
}

/// The outline of page `id` in `language`; none when it has no such edition. What is wrong with it is said of the
/// page itself.
pub fn outline(publication: &Publication, id: EntryId, language: LanguageIndex) -> Option<Outline> {
    let edition = publication.catalogue.edition(id, language)?;
    let mut composer = Composer::new(publication, id, language, edition);
    let tags = composer.tags(&edition.document).into_iter();
    Some(Outline {
        permalink: composer.canonical(&composer.part_address(0)),
        labels: tags.map(|tag| tag.label.into_owned()).collect(),
        image: composer.image(&edition.document),
    })
}
