//! Section `[[annual]]`: covers of the policy year as a whole.

use super::premium;
use super::scenario::{Context, Heading};
use super::section::{At, Section};
use super::value::{MoneyOrNone, Part};
use crate::annual::{Annual, Measure, Span};
use crate::quantity::Money;
use crate::scenario::{AnnualPolicy, Named, Policy};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Basket,
    StopLoss,
}

const KINDS: [(&str, Kind); 2] = [("basket", Kind::Basket), ("stop_loss", Kind::StopLoss)];

pub(super) fn annual(section: &mut Section<'_>, context: &Context<'_>) -> Option<Named<AnnualPolicy>> {
    let heading = Heading::read(section, context);
    let kind = section.choice("kind", true, "what it measures over the year", &KINDS);
    let covers = section.optional::<Vec<String>>("covers", "of a basket: the covers that count together");
    let attachment = measure(section, "attachment", "what the year has to come to before anything is paid");
    let limit = section.value_or_section::<MoneyOrNone, _>(
        "limit",
        "most that it pays in the year, or \"none\"",
        |at| Some(at.value.0.map(Measure::Amount)),
        |part| part_of(part).map(Some),
    );
    for key in ["attachment", "limit"].into_iter().filter(|key| !section.has(key)) {
        let mend =
            format!("give {key} = 400_000_000, or {key} = {{ part = \"105%\", of = 1_000_000_000 }}");
        section.error(section.head(), format!("the annual cover does not say its {key}"), mend);
    }
    let premium = premium::of_hedge(section);
    let kind = kind?.value;
    let named = covers_named(section, kind, covers, &context.covers);

    let (attachment, limit) = (attachment?, limit?);
    let span = match Span::new(attachment, limit) {
        Ok(span) => span,
        Err(error) => {
            section.error_at("attachment", error.to_string(), "give amounts of 0 or more");
            return None;
        }
    };
    if span.limit() == Some(Money::ZERO) {
        let mend = "give the limit, or \"none\"";
        section.error_at("limit", "the annual cover can never pay: its limit is 0", mend);
    }
    let annual = match kind {
        Kind::Basket => Annual::Basket(named?, span),
        Kind::StopLoss => Annual::StopLoss(span),
    };
    Some(heading?.over(AnnualPolicy { annual, premium: premium? }))
}

fn measure(section: &mut Section<'_>, name: &'static str, meaning: &'static str) -> Option<Measure> {
    section.value_or_section::<Money, _>(name, meaning, |at| Some(Measure::Amount(at.value)), part_of)
}

fn part_of(section: &mut Section<'_>) -> Option<Measure> {
    let part = section.required::<Part>("part", "so much of a base, such as \"105%\"");
    let base = section.required::<Money>("of", "the base, such as the year's premium or revenue");
    Some(Measure::PartOf { ratio: part?.value.0, base: base?.value })
}

/// Finds the covers that a basket names, and refuses them of a stop loss.
fn covers_named(
    section: &Section<'_>,
    kind: Kind,
    covers: Option<At<Vec<String>>>,
    known: &[String],
) -> Option<Vec<usize>> {
    if kind == Kind::StopLoss {
        if section.has("covers") {
            let mend = "leave `covers` out; a basket counts covers";
            section.error_at("covers", "a stop loss measures all that is retained", mend);
        }
        return None;
    }
    let Some(At { value: names, span }) = covers else {
        if !section.has("covers") {
            let mend = "give covers = [\"…\", \"…\"]";
            section.error(section.head(), "the basket does not say which covers it counts", mend);
        }
        return None;
    };
    let mut places = Vec::new();
    for name in &names {
        match known.iter().position(|id| id == name) {
            Some(place) if places.contains(&place) => {
                let message = format!("the basket counts cover {name:?} twice");
                section.error(span.clone(), message, "name each cover once");
            }
            Some(place) => places.push(place),
            None => {
                let message = format!("the basket counts cover {name:?}, and the file has none of that id");
                let nearest = super::section::nearest(name, known.iter().map(String::as_str));
                let mend = nearest.map_or_else(
                    || "give the ids of covers".to_owned(),
                    |near| format!("did you mean {near:?}?"),
                );
                section.error(span.clone(), message, mend);
            }
        }
    }
    if names.is_empty() {
        section.error(span, "the annual cover can never pay: its basket counts no cover", "name covers");
    }
    (!places.is_empty() && places.len() == names.len()).then_some(places)
}

/// Notes annual covers that answer for the same loss.
pub(super) fn compare(
    section: &Section<'_>,
    annuals: &[At<Named<AnnualPolicy>>],
    covers: &[At<Named<Policy>>],
) {
    for (place, At { value: policy, span }) in annuals.iter().enumerate() {
        for At { value: earlier, .. } in &annuals[..place] {
            match (&earlier.terms.annual, &policy.terms.annual) {
                (Annual::Basket(one, _), Annual::Basket(other, _)) => {
                    let Some(shared) = one.iter().find(|cover| other.contains(cover)) else { continue };
                    let id = covers.get(*shared).map_or("?", |cover| cover.value.id.as_str());
                    let message = format!("baskets {:?} and {:?} both count {id:?}", earlier.id, policy.id);
                    section.warning(span.clone(), message, "count what a cover retains in one of them");
                }
                (Annual::StopLoss(one), Annual::StopLoss(other)) if overlap(*one, *other) => {
                    let message =
                        format!("stop losses {:?} and {:?} pay for the same loss", earlier.id, policy.id);
                    section.error(span.clone(), message, "let one attach where the other is used up");
                }
                _ => {}
            }
        }
    }
}

fn overlap(one: Span, other: Span) -> bool {
    let ends = |span: Span| span.limit().map_or(Money(f64::INFINITY), |limit| span.attachment() + limit);
    one.attachment() < ends(other) && other.attachment() < ends(one)
}
