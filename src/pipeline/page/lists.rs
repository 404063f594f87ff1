//! The lists a page shows: its section's pages, in parts; the events of a timeline.

use std::collections::BTreeMap;

use serde::Serialize;

use super::event::EventView;
use super::view::{FeedView, ListView, PaginationView};
use super::{Body, Composer};
use crate::config::LanguageIndex;
use crate::pipeline::catalogue::{EntryId, Origin};
use crate::pipeline::document::front_matter::{Kind, Role};
use crate::pipeline::document::identity::PagePlace;
use crate::pipeline::names;
use crate::pipeline::publication::Publication;

/// The events of a section, in the order of time.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineView {
    /// The events.
    pub events: Vec<EventView>,
    /// The years that have any.
    pub years: Vec<i16>,
    /// The roles that occur, with how many events have each.
    pub roles: Vec<RoleView>,
    /// The first year.
    pub first_year: i16,
    /// The last year.
    pub last_year: i16,
}

/// A role of events.
#[derive(Clone, Debug, Serialize)]
pub struct RoleView {
    /// Its keyword.
    pub id: String,
    /// Its name.
    pub label: String,
    /// How many events have it.
    pub count: usize,
}

/// The events of timeline `section` in `language`, without their texts; empty when there is no such
/// edition.
pub fn events(
    publication: &Publication,
    section: EntryId,
    language: LanguageIndex,
) -> Vec<(EntryId, EventView)> {
    let listed = publication.listed(section, language);
    listed
        .filter_map(|id| {
            let edition = publication.catalogue.edition(id, language)?;
            let Kind::Event(event) = &edition.document.front.kind else {
                return None;
            };
            let composer = Composer::new(publication, id, language, edition);
            Some((id, composer.event(id, event)))
        })
        .collect()
}

impl Composer<'_> {
    /// Part `part` of the pages of this section; none for a page that is no section.
    pub(super) fn list(&self, part: usize) -> Option<ListView> {
        let entry = self.entry();
        if !matches!(entry.place, PagePlace::Home | PagePlace::Section) {
            return None;
        }
        let pages: Vec<EntryId> = self.publication.listed(self.id, self.language).collect();
        let size = self.publication.part_size(self.id);
        let total = self.publication.parts(self.id, self.language);
        let shown = pages.iter().skip(part * size).take(size);
        Some(ListView {
            pages: shown.filter_map(|id| self.teaser(*id)).collect(),
            pagination: (total > 1).then(|| PaginationView {
                current: part + 1,
                total,
                previous: part.checked_sub(1).map(|part| self.part_address(part)),
                next: (part + 1 < total).then(|| self.part_address(part + 1)),
            }),
        })
    }

    /// The address of part `part` of this page's list.
    pub(super) fn part_address(&self, part: usize) -> String {
        let path = self.publication.part_path(self.id, part);
        self.publication.addresses.page(self.language, &path)
    }

    /// The files that this page's timeline is offered as.
    pub(super) fn downloads(&self) -> Vec<FeedView> {
        if !self.publication.is_timeline(self.id) || self.edition.origin == Origin::Fallback {
            return Vec::new();
        }
        let path = &self.entry().path;
        let known = [
            (names::CALENDAR, "text/calendar", "calendar_file"),
            (names::DATA, "application/json", "data_file"),
        ];
        known
            .into_iter()
            .map(|(ending, media_type, key)| FeedView {
                media_type: media_type.to_string(),
                title: self.publication.string(self.language, key).to_string(),
                url: (self.publication.addresses).of(self.language, &format!("{path}{ending}")),
            })
            .collect()
    }

    /// The events of this section and the bodies of their pages.
    pub(super) fn timeline(&mut self) -> (TimelineView, Vec<Body>) {
        let mut events = Vec::new();
        let mut bodies = Vec::new();
        let ids: Vec<EntryId> = self.publication.listed(self.id, self.language).collect();
        let mut before = None;
        for id in ids {
            let Some(edition) = self.publication.catalogue.edition(id, self.language) else {
                continue;
            };
            let document = edition.document.clone();
            let Kind::Event(event) = &document.front.kind else {
                continue;
            };
            let own = std::mem::replace(&mut self.edition, edition);
            let own_conversion = std::mem::replace(
                &mut self.conversion,
                self.publication.conversion(edition, self.language),
            );
            let mut view = self.event(id, event);
            view.gap_years = before.map_or(0.0, |before| view.year_fraction - before);
            before = Some(view.year_fraction);
            events.push(view);
            bodies.push(Body {
                pieces: self.body(&document),
                document: document.clone(),
            });
            self.edition = own;
            self.conversion = own_conversion;
        }
        let mut years: Vec<i16> = events.iter().map(|event| event.year).collect();
        years.dedup();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for event in &events {
            *counts.entry(&event.role).or_default() += 1;
        }
        let strings = self.publication.strings(self.language);
        let roles = Role::ALL
            .into_iter()
            .map(Role::as_str)
            .filter_map(|role| {
                let label = strings.get(&format!("role_{role}"));
                Some(RoleView {
                    count: *counts.get(role)?,
                    label: label.map_or(role, String::as_str).to_string(),
                    id: role.to_string(),
                })
            })
            .collect();
        let timeline = TimelineView {
            first_year: years.first().copied().unwrap_or(0),
            last_year: years.last().copied().unwrap_or(0),
            years,
            roles,
            events,
        };
        (timeline, bodies)
    }
}
