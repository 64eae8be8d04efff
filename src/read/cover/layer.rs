//! Keys of a `[[cover.layer]]` beyond its limit, its attachment and its shares.

use crate::mitigation::Head;
use crate::quantity::{Money, Share};
use crate::read::section::{At, Section};
use crate::read::value::{MoneyOrNone, Parts};
use crate::tower::{
    Captive, Corridor, DropDown, Erosion, Exclusion, Layer, LayerTerms, ProRata, Reinstatements,
};

/// Reads the further terms of a layer; nothing where one of them is wrong.
pub(super) fn terms(section: &mut Section<'_>) -> Option<LayerTerms> {
    let exclusion = exclusion(section);
    let aggregate =
        section.optional::<MoneyOrNone>("aggregate", "most that it pays in the policy year, or \"none\"");
    let reinstatements = section.section(
        "reinstatements",
        false,
        "how its limit comes back after a loss, and for what premium",
        reinstatements,
    );
    let drop_down = section.choice(
        "drop_down",
        false,
        "what it does when layers below are used up; needed above one that can be",
        &DropDown::ALL,
    );
    let limited_by_year = section.has("aggregate") || section.has("reinstatements");
    let corridor = section.section(
        "corridor",
        false,
        "a band of the layer of which the insured keeps a part",
        |part| corridor(part, limited_by_year),
    );
    let captive = section.section(
        "captive",
        false,
        "costs of the year, where our own group's insurer takes the layer",
        captive,
    );
    Some(LayerTerms {
        exclusion: exclusion?,
        aggregate: aggregate.and_then(|at| at.value.0),
        reinstatements: whole(reinstatements)?,
        drop_down: drop_down.map(|at| at.value).unwrap_or_default(),
        corridor: whole(corridor)?,
        captive: whole(captive)?,
    })
}

/// Turns a section that was read badly into nothing, and one that is absent into none.
fn whole<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    match read {
        Some(None) => None,
        Some(read) => Some(read),
        None => Some(None),
    }
}

/// Puts a layer under its further terms.
pub(super) fn under(section: &Section<'_>, layer: Layer, terms: LayerTerms) -> Layer {
    let plain = layer.clone();
    layer.under(terms).unwrap_or_else(|error| {
        let at = if section.has("reinstatements") { "reinstatements" } else { "aggregate" };
        section.error_at(at, error.to_string(), "keep the term that the slip has");
        plain
    })
}

fn exclusion(section: &mut Section<'_>) -> Option<Option<Exclusion>> {
    let heads = section.choices(
        "excludes",
        false,
        "heads of loss that it does not follow; none unless said",
        &Head::ALL,
    );
    let erosion = section.choice(
        "erosion",
        false,
        "what counts as loss below it; needed where it excludes heads",
        &Erosion::ALL,
    );
    match (section.has("excludes"), section.has("erosion")) {
        (false, false) => Some(None),
        (true, true) => Some(Some(Exclusion { heads: heads?.value, erosion: erosion?.value })),
        (true, false) => {
            let message = "the layer excludes heads and does not say whether they use up what is below it";
            section.error_at("excludes", message, "give erosion = \"all\" or \"covered_only\"");
            None
        }
        (false, true) => {
            let message = "`erosion` says nothing of a layer that excludes no head";
            section.error_at("erosion", message, "leave `erosion` out, or give `excludes`");
            None
        }
    }
}

fn reinstatements(section: &mut Section<'_>) -> Option<Reinstatements> {
    let at = section.required::<Parts>(
        "at",
        "part of the layer's premium for each reinstatement, such as [\"100%\"]; a free one is 0",
    );
    let premium =
        section.required::<Money>("of_premium", "premium of all of the layer, from which it is counted");
    let as_to = section.choice("as_to", true, "what the premium is in proportion to", &ProRata::ALL);
    let (at, premium) = (at?, premium?);
    if premium.value == Money::ZERO && at.value.0.iter().any(|part| *part > 0.0) {
        let mend = "give the layer's premium, or reinstate at 0";
        section.error(premium.span, "a part of no premium is charged for reinstatement", mend);
        return None;
    }
    match Reinstatements::new(at.value.0, premium.value, as_to?.value) {
        Ok(reinstatements) => Some(reinstatements),
        Err(error) => {
            section.error(at.span, error.to_string(), "give at = [\"100%\"], or leave the section out");
            None
        }
    }
}

fn corridor(section: &mut Section<'_>, limited_by_year: bool) -> Option<Corridor> {
    let from = section.required::<Money>("from", "where it begins, counted from the layer's attachment");
    let to = section.required::<MoneyOrNone>("to", "where it ends, or \"none\" at the layer's end");
    let share = section.required::<Share>("share", "the insured's part of it");
    let erodes = section.optional::<bool>(
        "erodes_limit",
        "whether that part uses up what the layer has for the year; needed where that is limited",
    );
    if limited_by_year && erodes.is_none() && !section.has("erodes_limit") {
        let message = "the corridor does not say whether it uses up what the layer has for the year";
        section.error(section.head(), message, "give erodes_limit = false or true");
        return None;
    }
    let At { value: to, span } = to?;
    match Corridor::new(from?.value, to.0, share?.value, erodes.is_some_and(|at| at.value)) {
        Ok(corridor) => Some(corridor),
        Err(error) => {
            section.error(span, error.to_string(), "let the corridor end above where it begins");
            None
        }
    }
}

fn captive(section: &mut Section<'_>) -> Option<Captive> {
    let expenses = section.required::<Money>("expenses", "what running the captive costs for this layer");
    let fee = section.required::<Money>("fronting_fee", "fee of the insurer that fronts for it; 0 if none");
    Some(Captive { expenses: expenses?.value, fronting_fee: fee?.value })
}
