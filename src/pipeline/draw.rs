//! Drawing a composed page: components first, then the page's own template around them.

use tera::{Context, Value};

use super::edition::{Piece, body::Drawn};
use super::page::{Body, Page};
use super::render::{Templates, component_template};
use crate::diagnostic::Diagnostic;

/// Bytes that most templates write around a text; the buffer of a page begins with room for both.
const AROUND: usize = 8 << 10;

/// The page as HTML.
///
/// # Errors
/// What a template could not do.
pub fn draw(page: Page<'_>, templates: &Templates) -> Result<Vec<u8>, Box<Diagnostic>> {
    let (template, view, body) = filled(page, templates)?;
    if !templates.has(&template) {
        return Err(Box::new(missing(&body, &template)));
    }
    let mut html = Vec::with_capacity(body.text_len() + AROUND);
    let source = body.document.source.path().as_str();
    templates.render(&template, &view, source, &mut html)?;
    Ok(html)
}

/// The name of the page's template, and all that it gets to see, as JSON.
///
/// # Errors
/// What a component's template could not do.
pub fn view(
    page: Page<'_>,
    templates: &Templates,
) -> Result<(String, serde_json::Value), Box<Diagnostic>> {
    let (template, view, _) = filled(page, templates)?;
    Ok((template, super::render::as_json(&view)))
}

fn filled(
    page: Page<'_>,
    templates: &Templates,
) -> Result<(String, Context, Body), Box<Diagnostic>> {
    let Page {
        mut view,
        mut page,
        body,
        timeline,
    } = page;
    // Components see the page without its content, which they are part of. Most pages have none.
    if body.has_components() || timeline.is_some() {
        view.insert("page", &page);
    }
    let content = match body.pieces.as_slice() {
        [Piece::Html(html)] => Value::safe_string(html),
        _ => Value::safe_string(&draw_body(&body, &view, templates)?),
    };
    match timeline {
        Some((mut timeline, bodies)) => {
            for (event, body) in timeline.events.iter_mut().zip(&bodies) {
                event.content = draw_body(body, &view, templates)?;
            }
            view.insert("timeline", &timeline);
        }
        None => view.insert_value("timeline", Value::none()),
    }
    page.content = Some(content);
    view.insert("page", &page);
    Ok((page.template.into_owned(), view, body))
}

/// The page's text alone, with its components drawn and without the template around it.
///
/// # Errors
/// What a component's template could not do.
pub fn content(page: &Page<'_>, templates: &Templates) -> Result<String, Box<Diagnostic>> {
    let mut view = page.view.clone();
    view.insert("page", &page.page);
    draw_body(&page.body, &view, templates)
}

fn draw_body(
    body: &Body,
    view: &Context,
    templates: &Templates,
) -> Result<String, Box<Diagnostic>> {
    let mut html = String::with_capacity(body.text_len());
    draw_pieces(&body.pieces, body, view, templates, &mut html)?;
    Ok(html)
}

fn draw_pieces(
    pieces: &[Piece],
    body: &Body,
    view: &Context,
    templates: &Templates,
    html: &mut String,
) -> Result<(), Box<Diagnostic>> {
    for piece in pieces {
        match piece {
            Piece::Html(part) => html.push_str(part),
            Piece::Component(drawn) => draw_component(drawn, body, view, templates, html)?,
        }
    }
    Ok(())
}

fn draw_component(
    drawn: &Drawn,
    body: &Body,
    view: &Context,
    templates: &Templates,
    html: &mut String,
) -> Result<(), Box<Diagnostic>> {
    let component = &body.document.markdown.body.components[drawn.number];
    let template = component_template(&component.name);
    if !templates.has(&template) {
        // The composition has said so.
        return Ok(());
    }
    let mut inner = String::new();
    draw_pieces(&drawn.body, body, view, templates, &mut inner)?;
    let mut args = tera::Map::default();
    for (key, value) in &drawn.args {
        args.insert(key.clone().into(), Value::from(value.as_str()));
    }
    let mut view = view.clone();
    view.insert_value("args", Value::from(args));
    view.insert_value("body", Value::safe_string(&inner));
    let source = body.document.source.path().as_str();
    let mut part = Vec::new();
    match templates.render(&template, &view, source, &mut part) {
        Ok(()) => {
            html.push_str(&String::from_utf8_lossy(&part));
            Ok(())
        }
        Err(mut fault) => {
            let place = component.place.start as usize..component.place.end as usize;
            let used = (
                body.document.source.span(place),
                crate::diagnostic::Label::UsedHere,
            );
            fault.related.push(used);
            Err(fault)
        }
    }
}

fn missing(body: &Body, template: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(crate::diagnostic::Code::TemplateMissing).with("name", template);
    match &body.document.front.template {
        Some(written) => diagnostic.at(&body.document.source, written.range()),
        None => diagnostic.in_file(body.document.source.path()),
    }
}
