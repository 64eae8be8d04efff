//! The tower of a cover: `tower` and its `[[cover.layer]]` sections.

use std::ops::Range;

use super::layer;
use crate::mitigation::Head;
use crate::quantity::{Money, Share};
use crate::read::scenario::Context;
use crate::read::section::{At, Section};
use crate::read::value::{MoneyOrNone, Shares};
use crate::tower::{
    Carrier, Counted, DropDown, Layer, LayerError, LayerTerms, ProRata, Reinstatements, Tower,
};

/// A layer as its section tells it.
pub(super) struct Told {
    layer: Layer,
    says_drop_down: bool,
}

/// What the insured keeps below all layers, and from where they are counted.
#[derive(Clone, Copy)]
pub(super) struct Below {
    retention: Money,
    counted: Counted,
}

pub(super) fn layer(section: &mut Section<'_>) -> Option<Told> {
    let id = section.required::<String>("id", "a name of its own");
    let limit = section.required::<MoneyOrNone>("limit", "width of the layer, or \"none\"");
    let attachment = section.required::<Money>("attachment", "covered loss at which it starts");
    let shares =
        section.optional::<Shares>("shares", "carriers and their parts; all with one carrier unless said");
    let terms = layer::terms(section);
    let id = id?.value;
    let whole = || vec![Carrier { name: id.clone(), share: Share::ALL }];
    let shares = shares.map(|At { value: Shares(shares), .. }| {
        shares.into_iter().map(|(name, share)| Carrier { name, share }).collect::<Vec<_>>()
    });
    let mut carriers = shares.unwrap_or_else(whole);
    let stated = carriers.iter().position(|carrier| carrier.name == UNPLACED);
    let stated = stated.map(|place| carriers.remove(place).share);
    let (limit, attachment) = (limit?.value.0, attachment?.value);
    let says_drop_down = section.has("drop_down");
    let layer = match Layer::new(id.clone(), limit, attachment, carriers) {
        Ok(layer) => layer,
        Err(error) => {
            section.error_at("shares", error.to_string(), "let the shares add up to 100% or less");
            // Its place in the tower is known all the same.
            let whole = vec![Carrier { name: id.clone(), share: Share::ALL }];
            let layer = Layer::new(id, limit, attachment, whole).ok()?;
            return Some(Told { layer, says_drop_down });
        }
    };
    let unplaced = layer.placed().rest();
    match stated {
        Some(stated) if (stated.get() - unplaced.get()).abs() > 1e-9 => {
            let message = format!(
                "layer {:?} is {stated} unplaced by its words and {unplaced} by its shares",
                layer.id()
            );
            section.error_at("shares", message, "let carriers and `unplaced` add up to 100%");
        }
        None if unplaced.get() > 1e-9 && layer.placed() > Share::NONE => {
            let message =
                format!("{unplaced} of layer {:?} is unplaced and stays with the insured", layer.id());
            let mend = format!("place it, or say so: {UNPLACED} = \"{unplaced}\"");
            section.warning(section.span_of("shares"), message, mend);
        }
        _ => {}
    }
    let layer = match terms {
        Some(terms) => layer::under(section, layer, terms),
        None => layer,
    };
    seldom_used(section, &layer);
    Some(Told { layer, says_drop_down })
}

/// Notes an aggregate below the limit, which is then never paid in full.
fn seldom_used(section: &Section<'_>, layer: &Layer) {
    if let (Some(most), Some(limit)) = (layer.terms().aggregate, layer.limit())
        && most < limit
        && most > Money::ZERO
    {
        let message =
            format!("layer {:?} never pays its limit of {limit}: its aggregate is {most}", layer.id());
        section.warning(section.span_of("aggregate"), message, "raise the aggregate, or lower the limit");
    }
}

/// The word in `shares` for the part that no carrier took.
const UNPLACED: &str = "unplaced";

/// Reads what lies below the layers.
pub(super) fn below(section: &mut Section<'_>) -> Option<Below> {
    let read = section.section(
        "tower",
        false,
        "what the insured keeps of each loss below the layers; nothing unless said",
        |part| {
            let retention =
                part.required::<Money>("retention", "what the insured keeps of each loss first");
            let counted = part.choice(
                "attachment_counted",
                true,
                "from where the layers' attachments are counted",
                &Counted::ALL,
            );
            Some(Below { retention: retention?.value, counted: counted?.value })
        },
    );
    if section.has("tower") && !section.has("layer") {
        let message = "the cover has a retention below layers, and no layer";
        section.error_at("tower", message, "give [[cover.layer]], or a `deductible` in its place");
    }
    match read {
        None if !section.has("tower") => {
            Some(Below { retention: Money::ZERO, counted: Counted::AboveRetention })
        }
        read => read.flatten(),
    }
}

pub(super) fn tower(
    section: &Section<'_>,
    told: Vec<At<Told>>,
    (below, limit): (Option<Below>, Option<Money>),
    heads: Option<&[Head]>,
    context: &Context<'_>,
) -> Option<Tower> {
    if told.is_empty() || told.len() < section.ids("layer").len() {
        return None;
    }
    let below = below?;
    for At { value: Told { layer, .. }, span } in &told {
        never_pays(section, span.clone(), layer, (below, limit), heads);
        asks_of_the_file(section, span.clone(), layer.terms(), context);
    }
    says_what_drops(section, &told);
    let spans: Vec<_> =
        told.iter().map(|told| (told.value.layer.attachment(), told.span.clone())).collect();
    let first = told[0].span.clone();
    let raised = |error: LayerError| {
        let mend = match error {
            LayerError::WithinRetention(_) => {
                "let the layer attach above it, or count attachments from \"above_retention\""
            }
            _ => "let each layer attach where the one below is used up",
        };
        section.error(first.clone(), error.to_string(), mend);
    };
    let tower = Tower::new(told.into_iter().map(|told| told.value.layer).collect()).map_err(raised).ok()?;
    let lowered = if below.counted == Counted::GroundUp { below.retention } else { Money::ZERO };
    let tower = tower.above(below.retention, below.counted).map_err(raised).ok()?;
    for (from, to) in tower.gaps() {
        let (from, to) = (from + lowered, to + lowered);
        let above = spans.iter().find(|(attachment, _)| *attachment == to);
        let span = above.map_or_else(|| first.clone(), |(_, span)| span.clone());
        let mend = "let the layer attach where the one below is used up, or keep the gap knowingly";
        section.warning(span, format!("no layer holds the loss from {from} to {to}"), mend);
    }
    Some(tower.seen_by(context.view.unwrap_or_default()))
}

/// Notes a layer that no loss can make pay.
fn never_pays(
    section: &Section<'_>,
    span: Range<usize>,
    layer: &Layer,
    (below, limit): (Below, Option<Money>),
    heads: Option<&[Head]>,
) {
    let from = match below.counted {
        Counted::AboveRetention => layer.attachment() + below.retention,
        Counted::GroundUp => layer.attachment(),
    };
    let follows = |heads: &[Head]| {
        let exclusion = layer.terms().exclusion.as_ref();
        exclusion.is_none_or(|exclusion| heads.iter().any(|head| !exclusion.heads.contains(head)))
    };
    let (why, mend) = if layer.limit() == Some(Money::ZERO) {
        ("its limit is 0", "give its width, or \"none\"")
    } else if layer.placed() == Share::NONE {
        ("it has no carrier", "name carriers with their shares")
    } else if layer.annual_most() == Some(Money::ZERO) {
        ("its aggregate is 0", "give the most that it pays in a year, or \"none\"")
    } else if limit.is_some_and(|limit| from >= limit) {
        ("it attaches above the occurrence limit", "raise the limit, or leave the layer out")
    } else if heads.is_some_and(|heads| !follows(heads)) {
        ("it excludes every head that the cover names", "leave a head in, or the layer out")
    } else {
        return;
    };
    section.error(span, format!("layer {:?} can never pay: {why}", layer.id()), mend);
}

/// Notes what a layer needs of the file as a whole.
fn asks_of_the_file(section: &Section<'_>, span: Range<usize>, terms: &LayerTerms, context: &Context<'_>) {
    let timed = terms.reinstatements.as_ref().map(Reinstatements::pro_rata);
    if timed == Some(ProRata::AmountAndTime) && !context.policy_year {
        let message = "reinstatement as to time needs the policy year, and the file does not say when it \
                       starts";
        section.error(
            span.clone(),
            message,
            "give policy_year = { starts = \"2026-01-01\" } before the first section",
        );
    }
    if terms.captive.is_some() && context.view.is_none() {
        let message = "a captive pays, and the file does not say whose loss is looked at";
        section.error(span, message, "give view = \"opco\" or view = \"group\" before the first section");
    }
}

/// Notes a layer that leaves open whether it drops down, and one that never can.
fn says_what_drops(section: &Section<'_>, told: &[At<Told>]) {
    for At { value: Told { layer, says_drop_down }, span } in told {
        let below =
            told.iter().map(|told| &told.value.layer).filter(|low| low.attachment() < layer.attachment());
        let used_up: Vec<&str> = below.filter(|low| low.annual_most().is_some()).map(Layer::id).collect();
        match used_up.last() {
            Some(low) if !says_drop_down => {
                let message = format!(
                    "layer {low:?} can be used up in the year, and {:?} does not say whether it drops down",
                    layer.id()
                );
                let words = DropDown::ALL.map(|(word, _)| format!("\"{word}\"")).join(", ");
                section.error(span.clone(), message, format!("give drop_down: {words}"));
            }
            None if layer.terms().drop_down != DropDown::None => {
                let message = format!(
                    "layer {:?} drops down, and no layer below it has an aggregate to be used up",
                    layer.id()
                );
                section.warning(
                    span.clone(),
                    message,
                    "give the layer below its aggregate, or leave it out",
                );
            }
            _ => {}
        }
    }
}
