//! Amounts of a cover: deductible and sublimits.

use crate::cover::{Deductible, PercentageOf, Sublimit, Sublimits};
use crate::mitigation::Head;
use crate::quantity::{Money, Share};
use crate::read::lines::MET;
use crate::read::section::Section;
use crate::read::value::MoneyOrNone;

pub(super) fn deductible(section: &mut Section<'_>) -> Option<Deductible> {
    let kinds = ["straight", "franchise", "disappearing", "percentage"].map(|kind| (kind, kind));
    let kind = section.choice("kind", true, "how it is counted", &kinds);
    let amount = section.optional::<Money>("amount", "the amount; of a franchise the loss to be passed");
    let met = section.choice("met", false, "how a franchise is passed", &MET);
    let vanishes_at =
        section.optional::<Money>("vanishes_at", "loss from which on a disappearing one is gone");
    let share = section.optional::<Share>("share", "part of the loss that a percentage takes");
    let minimum = section.optional::<Money>("minimum", "the least that a percentage takes; 0 unless said");
    let maximum =
        section.optional::<MoneyOrNone>("maximum", "the most that a percentage takes, or \"none\"");

    let kind = kind?.value;
    let (keys, more): (&[&str], &[&str]) = match kind {
        "straight" => (&["amount"], &[]),
        "franchise" => (&["amount", "met"], &[]),
        "disappearing" => (&["amount", "vanishes_at"], &[]),
        _ => (&["share", "maximum"], &["minimum"]),
    };
    for key in keys.iter().filter(|key| !section.has(key)) {
        let message = format!("a {kind} deductible needs `{key}`");
        section.error(section.head(), message, format!("give `{key}` beside kind = {kind:?}"));
    }
    for key in ["amount", "met", "vanishes_at", "share", "minimum", "maximum"] {
        if section.has(key) && !keys.contains(&key) && !more.contains(&key) {
            let message = format!("`{key}` says nothing of a {kind} deductible");
            section.error_at(key, message, format!("leave `{key}` out"));
        }
    }
    let checked = match kind {
        "straight" => Ok(Deductible::Straight(amount?.value)),
        "franchise" => Ok(Deductible::Franchise { threshold: amount?.value, met: met?.value }),
        "disappearing" => Deductible::disappearing(amount?.value, vanishes_at?.value),
        _ => {
            let minimum = minimum.map_or(Money::ZERO, |at| at.value);
            Deductible::percentage(share?.value, PercentageOf::Loss, minimum, maximum?.value.0)
        }
    };
    match checked {
        Ok(deductible) => Some(deductible),
        Err(error) => {
            let mend = "let the deductible vanish above its amount, and its most be above its least";
            section.error(section.head(), error.to_string(), mend);
            None
        }
    }
}

pub(super) fn sublimits(section: &mut Section<'_>) -> Sublimits {
    Head::ALL.map(|(name, _)| {
        let limit = section.optional::<MoneyOrNone>(name, "most for this head, or \"none\"");
        limit.and_then(|at| at.value.0).map(Sublimit::of)
    })
}
