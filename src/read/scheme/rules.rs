//! Rules of a scheme file.

use super::super::section::Section;
use super::super::value::{Fault, Words};
use super::values::{Times, end, seconds, threshold, times};
use crate::quantity::Hours;
use crate::scenario::Label;
use crate::scheme::{Band, Class, Due, Factor, FeeTime, Form, PartDay, Rate, Rule, Wait, Won};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    BandOfLoss,
    BandOfDays,
    Formula,
    Fee,
    Flat,
}

const FORMS: [(&str, Kind); 5] = [
    ("band_of_loss", Kind::BandOfLoss),
    ("band_of_days", Kind::BandOfDays),
    ("formula", Kind::Formula),
    ("fee", Kind::Fee),
    ("flat", Kind::Flat),
];

/// Reads one rule.
pub fn rule(section: &mut Section<'_>, classes: &[Class]) -> Option<Rule> {
    let class = section.optional::<String>("for", "class of claimants [default: everybody]");
    let clause = section.required::<Label>("clause", "the words or the clause that say so");
    let kind = section.choice("form", true, "how the amount is found", &FORMS);
    let bands_are_days = kind.as_ref().is_some_and(|kind| kind.value == Kind::BandOfDays);
    let bands = section.sections("band", "bands in rising order, the last without an end", |section| {
        band(section, bands_are_days)
    });
    let bands: Vec<Band> = bands.into_iter().map(|at| at.value).collect();
    let part = section.choice(
        "part_of_a_day",
        false,
        "for band_of_days: what a part of a day counts",
        &[("whole", PartDay::Whole), ("nothing", PartDay::Nothing)],
    );
    let factors = section.optional::<Words>(
        "factors",
        "for formula: margin, margin_and_fixed_costs, platform_share, not_substituted, days, or a number",
    );
    let fee = section.section("fee", false, "for fee: which part of it, and how many times", fee);
    let pays = section.optional::<Won>("pays", "for flat: the amount");
    let wait = section.section("wait", false, "how long the service must have been away", |section| {
        let outage = section.section("outage", false, "in one piece", threshold).flatten();
        let month = section.section("month", false, "added up over the month", threshold).flatten();
        if !section.has("outage") && !section.has("month") {
            section.error(
                section.head(),
                "the wait has no threshold",
                "write { outage = { at_least = \"2h\" } }",
            );
        }
        Wait { outage, month }
    });
    let floor = section.optional::<Won>("floor", "the least that is paid to whom anything is due");
    let cap = section.optional::<Won>("cap", "the most that is paid");
    if let (Some(floor), Some(cap)) = (&floor, &cap)
        && floor.value > cap.value
    {
        section.error(
            cap.span.clone(),
            "the cap is below the floor",
            "give a cap of no less than the floor",
        );
    }
    let place = class.as_ref().map(|named| {
        let place = classes.iter().position(|class| class.id == named.value);
        if place.is_none() {
            let known = classes.iter().map(|class| class.id.as_str()).collect::<Vec<_>>().join(", ");
            let mend = if known.is_empty() {
                "add a [[class]] of this id".into()
            } else {
                format!("known: {known}")
            };
            section.error(named.span.clone(), format!("no class has the id {:?}", named.value), mend);
        }
        place
    });
    let missing = |name: &str| {
        section.error(section.head(), format!("the form needs `{name}`"), format!("give `{name}`"));
        None
    };
    let form = match kind?.value {
        Kind::BandOfLoss | Kind::BandOfDays if section.length("band") == 0 => missing("band"),
        Kind::BandOfLoss => in_order(section, bands).map(Form::OnLoss),
        Kind::BandOfDays => match part {
            None if section.has("part_of_a_day") => None,
            None => missing("part_of_a_day"),
            Some(part) => in_order(section, bands).map(|bands| Form::OnDays { bands, part: part.value }),
        },
        Kind::Formula => match factors {
            None if section.has("factors") => None,
            None => missing("factors"),
            Some(words) => match words.value.0.iter().map(|word| factor(word)).collect() {
                Ok(factors) => Some(Form::Formula(factors)),
                Err(fault) => {
                    section.error(words.span, fault.message, fault.mend);
                    None
                }
            },
        },
        Kind::Fee => {
            if section.has("fee") {
                fee.flatten()
            } else {
                missing("fee")
            }
        }
        Kind::Flat if !section.has("pays") => missing("pays"),
        Kind::Flat => pays.map(|pays| Form::Flat(pays.value)),
    };
    Some(Rule {
        class: match place {
            Some(place) => Some(place? as u8),
            None => None,
        },
        clause: clause?.value,
        form: form?,
        wait,
        floor: floor.map(|at| at.value),
        cap: cap.map(|at| at.value),
    })
}

fn band(section: &mut Section<'_>, days: bool) -> Option<Band> {
    let to = if days { end::<u32>(section, i64::from) } else { end::<Won>(section, |won| won.0) };
    let due = section.value_or_section::<Won, _>(
        "pays",
        "the amount; { review_at_least = 50_000 } for what a person assesses; { factors = [\"margin\"] } of the loss",
        |amount| Some((Due::Amount(amount.value), vec![])),
        |section| {
            of_loss(section, days)
        },
    );
    let clause = section.required::<Label>("clause", "the words or the clause that say so");
    if due.is_none() && !section.has("pays") {
        section.error(
            section.head(),
            "the band does not say what it `pays`",
            "give an amount, 0 for nothing",
        );
    }
    let (due, factors) = due?;
    Some(Band { to, due, factors, clause: clause?.value })
}

/// Reads what a band pays that is no amount.
fn of_loss(section: &mut Section<'_>, days: bool) -> Option<(Due, Vec<Factor>)> {
    let review = section.optional::<Won>("review_at_least", "the least that a person may assess");
    let words = section.optional::<Words>("factors", "the loss by these, as for the form `formula`");
    let at_least = section.optional::<Won>("at_least", "the least that the band pays");
    let at_most = section.optional::<Won>("at_most", "the most that the band pays");
    let refuse = |message: &str, mend: &str| {
        section.error(section.head(), message, mend);
        None
    };
    match (review, words) {
        (Some(least), None) if at_least.is_none() && at_most.is_none() => {
            Some((Due::Review { at_least: least.value }, vec![]))
        }
        (None, Some(_)) if days => refuse("a band of days knows no loss to multiply", "give an amount"),
        (None, Some(words)) => match words.value.0.iter().map(|word| factor(word)).collect() {
            Ok(factors) => {
                let limit = |limit: Option<super::super::section::At<Won>>| limit.map(|limit| limit.value);
                let (at_least, at_most) = (limit(at_least), limit(at_most));
                if at_least.zip(at_most).is_some_and(|(least, most)| least > most) {
                    return refuse("`at_most` is below `at_least`", "put the limits in order");
                }
                Some((Due::OfLoss { at_least, at_most }, factors))
            }
            Err(fault) => refuse(&fault.message, &fault.mend),
        },
        _ => refuse("the band pays by `review_at_least` or by `factors`", "give one of them"),
    }
}

fn in_order(section: &Section<'_>, bands: Vec<Band>) -> Option<Vec<Band>> {
    let span = section.span_of("band");
    if bands.len() < section.length("band") {
        return None;
    }
    if bands.len() > 250 {
        section.error(span, "a rule has more than 250 bands", "write a formula");
        return None;
    }
    for pair in bands.windows(2) {
        let rises = match (pair[0].to, pair[1].to) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(first), Some(second)) => first.at < second.at,
        };
        if !rises {
            section.error(
                span,
                "the ends of the bands do not rise",
                "order the bands by their ends, the last without one",
            );
            return None;
        }
    }
    if bands.last().is_some_and(|band| band.to.is_some()) {
        let mend = "end with a band that has neither `up_to` nor `below`; it may pay 0";
        section.error(span, "the last band has an end, and nothing says what is due beyond it", mend);
        return None;
    }
    Some(bands)
}

fn factor(word: &str) -> Result<Factor, Fault> {
    Ok(match word.trim() {
        "margin" => Factor::Margin,
        "margin_and_fixed_costs" => Factor::MarginAndFixedCosts,
        "platform_share" => Factor::PlatformShare,
        "not_substituted" => Factor::NotSubstituted,
        "days" => Factor::Days,
        number if number.starts_with(|c: char| c.is_ascii_digit()) => Factor::Times(times(number)?),
        other => {
            let known = "margin, margin_and_fixed_costs, platform_share, not_substituted, days, or \"80%\"";
            return Err(Fault::new(format!("{other:?} is no factor"), format!("write {known}")));
        }
    })
}

fn fee(section: &mut Section<'_>) -> Option<Form> {
    let month =
        section.required::<u32>("month_hours", "hours of the month by which a month's fee is divided");
    let times = section.required::<Times>("times", "how many times the fee of the time is paid");
    let time = section.choice_or_section(
        "of",
        "\"outage\" for as long as the service was away, or { hours = \"15h\" } for everybody",
        &[("outage", FeeTime::Outage)],
        |time| time,
        |section| {
            let fixed = section.required::<Hours>("hours", "the time whose fee is paid")?;
            Some(FeeTime::Fixed(seconds(fixed.value)))
        },
    );
    let month = month?;
    if !(1..=744).contains(&month.value) {
        section.error(month.span, "no month has so many hours", "give 672 to 744 (720 is 30 days)");
        return None;
    }
    let times: Rate = times?.value.0;
    Some(Form::OfFee { month: month.value, time: time?, times })
}
