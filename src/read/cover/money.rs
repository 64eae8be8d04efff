//! Amounts of a cover: deductible and sublimits.

use crate::cover::{
    ByHead, DailyAverage, Deductible, InvalidDeductible, PercentageOf, Sublimit, Sublimits,
};
use crate::mitigation::Head;
use crate::quantity::{Money, Share};
use crate::read::lines::MET;
use crate::read::section::Section;
use crate::read::value::{MoneyOrNone, Number};

const KINDS: [&str; 7] = [
    "straight",
    "franchise",
    "disappearing",
    "percentage",
    "average_daily_value",
    "per_head",
    "largest_of_heads",
];

/// Keys of which each belongs to some kinds only.
const KEYS: [&str; 12] = [
    "amount",
    "met",
    "vanishes_at",
    "share",
    "minimum",
    "maximum",
    "of",
    "of_amount",
    "days",
    "average",
    "working_days_a_week",
    "heads",
];

pub(super) fn deductible(section: &mut Section<'_>) -> Option<Deductible> {
    let kinds = KINDS.map(|kind| (kind, kind));
    let kind = section.choice("kind", true, "how it is counted", &kinds);
    let amount = section.optional::<Money>("amount", "the amount; of a franchise the loss to be passed");
    let met = section.choice("met", false, "how a franchise is passed", &MET);
    let vanishes_at =
        section.optional::<Money>("vanishes_at", "loss from which on a disappearing one is gone");
    let share = section.optional::<Share>("share", "part of the loss that a percentage takes");
    let minimum = section.optional::<Money>("minimum", "the least that a percentage takes; 0 unless said");
    let maximum =
        section.optional::<MoneyOrNone>("maximum", "the most that a percentage takes, or \"none\"");
    let base = percentage_of(section);
    let days = section.optional::<Number>("days", "average days that an average daily value takes");
    let averages = [("value", DailyAverage::Value), ("loss", DailyAverage::Loss)];
    let average = section.choice("average", false, "of what a day is the average", &averages);
    let week = section.optional::<Number>("working_days_a_week", "working days of a week, 7 at most");
    let heads = section.section("heads", false, "the amount of each head", by_head);

    let kind = kind?.value;
    let said = format!("{} {}", if kind.starts_with('a') { "an" } else { "a" }, kind.replace('_', " "));
    let (keys, more): (&[&str], &[&str]) = match kind {
        "straight" => (&["amount"], &[]),
        "franchise" => (&["amount", "met"], &[]),
        "disappearing" => (&["amount", "vanishes_at"], &[]),
        "percentage" => (&["share", "maximum"], &["minimum", "of", "of_amount"]),
        "average_daily_value" => (&["days", "average", "working_days_a_week"], &[]),
        _ => (&["heads"], &[]),
    };
    for key in keys.iter().filter(|key| !section.has(key)) {
        let message = format!("{said} deductible needs `{key}`");
        section.error(section.head(), message, format!("give `{key}` beside kind = {kind:?}"));
    }
    for key in KEYS {
        if section.has(key) && !keys.contains(&key) && !more.contains(&key) {
            let message = format!("`{key}` says nothing of {said} deductible");
            section.error_at(key, message, format!("leave `{key}` out"));
        }
    }
    let checked = match kind {
        "straight" => Ok(Deductible::Straight(amount?.value)),
        "franchise" => Ok(Deductible::Franchise { threshold: amount?.value, met: met?.value }),
        "disappearing" => Deductible::disappearing(amount?.value, vanishes_at?.value),
        "percentage" => {
            let minimum = minimum.map_or(Money::ZERO, |at| at.value);
            Deductible::percentage(share?.value, base?, minimum, maximum?.value.0)
        }
        "average_daily_value" => {
            Deductible::average_daily_value(days?.value.0, average?.value, week?.value.0)
        }
        "per_head" => Ok(Deductible::PerHead(heads?)),
        _ => Ok(Deductible::LargestOfHeads(heads?)),
    };
    match checked {
        Ok(deductible) => Some(deductible),
        Err(error) => {
            let mend = match error {
                InvalidDeductible::Days(_) | InvalidDeductible::Week(_) => {
                    "give days as a number, such as 2 or 5"
                }
                _ => "let the deductible vanish above its amount, and its most be above its least",
            };
            section.error(section.head(), error.to_string(), mend);
            None
        }
    }
}

/// Puts the occurrence limit into a deductible that is a percentage of it.
pub(super) fn of_limit(section: &Section<'_>, deductible: Deductible, limit: Option<Money>) -> Deductible {
    let Deductible::Percentage { share, base: PercentageOf::Limit(_), minimum, maximum } = deductible
    else {
        return deductible;
    };
    if limit.is_none() {
        let message = "the deductible is a percentage of the limit, and the cover has no occurrence_limit";
        section.error_at("deductible", message, "give occurrence_limit, or another `of`");
    }
    let base = PercentageOf::Limit(limit.unwrap_or(Money::ZERO));
    Deductible::Percentage { share, base, minimum, maximum }
}

fn percentage_of(section: &mut Section<'_>) -> Option<PercentageOf> {
    let words = PercentageOf::NAMES.map(|name| (name, name));
    let of = section.choice("of", false, "what a percentage is a part of; the loss unless said", &words);
    let amount = section.optional::<Money>("of_amount", "sum insured or annual value that `of` names");
    let of = of.map_or("loss", |at| at.value);
    match (of, amount) {
        ("loss", None) => Some(PercentageOf::Loss),
        ("limit", None) => Some(PercentageOf::Limit(Money::ZERO)),
        ("sum_insured", Some(amount)) => Some(PercentageOf::SumInsured(amount.value)),
        ("annual_value", Some(amount)) => Some(PercentageOf::AnnualValue(amount.value)),
        (of @ ("sum_insured" | "annual_value"), None) => {
            let message = format!("a percentage of {of:?} needs `of_amount`");
            section.error(section.head(), message, "give `of_amount`: the amount itself");
            None
        }
        (of, _) => {
            let message = format!("`of_amount` says nothing of a percentage of {of:?}");
            section.error_at("of_amount", message, "leave `of_amount` out");
            None
        }
    }
}

fn by_head(section: &mut Section<'_>) -> ByHead {
    Head::ALL.map(|(name, _)| {
        section.optional::<Money>(name, "deductible of this head").map_or(Money::ZERO, |at| at.value)
    })
}

/// Reads the insured's share: one of all heads, or of all but a few.
pub(super) fn insured_share(section: &mut Section<'_>) -> Option<(Share, Vec<Head>)> {
    let share = section.required::<Share>("share", "the part");
    let free = section.choices("no_share", true, "heads of which the insured keeps none", &Head::ALL);
    Some((share?.value, free?.value))
}

pub(super) fn sublimits(section: &mut Section<'_>) -> Sublimits {
    Head::ALL.map(|(name, _)| {
        section
            .value_or_section::<MoneyOrNone, _>(
                name,
                "most for this head, or \"none\"",
                |at| Some(at.value.0.map(Sublimit::of)),
                |part| {
                    let most = part.required::<Money>("limit", "most for this head");
                    let in_addition = part.optional::<bool>(
                        "in_addition",
                        "true where it comes on top of the occurrence limit; part of it unless said",
                    );
                    let net = part.optional::<bool>(
                        "net_of_deductible",
                        "true where the deductible comes off before it; after it unless said",
                    );
                    Some(Some(Sublimit {
                        most: most?.value,
                        in_addition: in_addition.is_some_and(|at| at.value),
                        net_of_deductible: net.is_some_and(|at| at.value),
                    }))
                },
            )
            .flatten()
    })
}
