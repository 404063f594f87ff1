//! Rows of glossaries that no page uses.

use rayon::prelude::*;

use crate::config::LanguageIndex;
use crate::diagnostic::{Code, Diagnostic};
use crate::hanzi::UsedRules;
use crate::pipeline::catalogue::Origin;
use crate::pipeline::edition::Conversion;
use crate::pipeline::publication::Publication;
use crate::pipeline::review::passage::{self, Passage};

/// Converts all texts of the site once more and says which rows were never met.
pub fn unused(publication: &Publication) -> Vec<Diagnostic> {
    let config = &publication.config;
    let mut jobs: Vec<(Conversion, Vec<Passage<'_>>)> = Vec::new();
    for (position, language) in config.languages.iter().enumerate() {
        let (Some(derive), to) = (&language.derive, LanguageIndex::new(position)) else {
            continue;
        };
        let source = &publication.inputs.config;
        jobs.push((
            publication.site_conversion(to),
            passage::of_config(config, source, derive.from, to),
        ));
        for (_, entry) in publication.catalogue.entries() {
            if let Some(edition) = &entry.editions[position]
                && edition.origin == Origin::Derived
            {
                jobs.push((
                    publication.conversion(edition, to),
                    passage::of_document(&edition.document, edition.written_in, to),
                ));
            }
        }
    }
    let used = jobs
        .par_iter()
        .map(|(conversion, passages)| used_in(conversion, passages))
        .reduce(UsedRules::default, |mut all, some| {
            all.extend(&some);
            all
        });
    let conversions = publication.conversions();
    (0..conversions.rule_count())
        .filter_map(|id| u32::try_from(id).ok())
        .filter(|id| !used.contains(*id))
        .filter_map(|id| conversions.place(id))
        .map(|place| {
            let written = &place.source.text()[place.clamped()];
            let term = written.trim_matches(['"', '\'']);
            Diagnostic::new(Code::UnusedGlossary)
                .with("term", term)
                .at(&place.source, place.range.clone())
        })
        .collect()
}

fn used_in(conversion: &Conversion, passages: &[Passage<'_>]) -> UsedRules {
    let mut used = UsedRules::default();
    if let Conversion::Converted(converted) = conversion {
        let (mut out, mut ends) = (String::new(), Vec::new());
        for passage in passages {
            out.clear();
            converted
                .converter
                .convert_noting(passage.text, &[], &mut out, &mut ends, &mut used);
        }
    }
    used
}
