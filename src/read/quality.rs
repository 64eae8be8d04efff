//! How good a recovery is: section `[recovery_quality]`, and `quality` of a payer.

use super::section::{At, Section};
use super::value::Number;
use crate::quantity::Share;
use crate::recovery::{
    CounterpartyDefault, Dispute, Instalment, Outcome, Payments, ProgrammeQuality, Quality,
};

/// A loss given default below this needs a reliable basis.
const RELIABLE: f64 = 0.5;

/// Recoveries that `[recovery_quality]` can hold for.
#[derive(Clone, Copy, PartialEq)]
enum Of {
    Covers,
    Hedges,
    Suppliers,
}

pub(super) fn programme(section: &mut Section<'_>) -> Option<ProgrammeQuality> {
    let words = [("covers", Of::Covers), ("hedges", Of::Hedges), ("suppliers", Of::Suppliers)];
    let of = section.choices("of", true, "recoveries that it holds for, unless they say their own", &words);
    let quality = terms(section);
    let At { value: of, span } = of?;
    if of.is_empty() {
        section.error(span, "the quality holds for no recovery", "name covers, hedges or suppliers");
    }
    let [of_covers, of_hedges, of_suppliers] =
        [Of::Covers, Of::Hedges, Of::Suppliers].map(|one| of.contains(&one));
    Some(ProgrammeQuality { quality: quality?, of_covers, of_hedges, of_suppliers })
}

/// Reads the quality that a payer states for itself.
pub(super) fn own(section: &mut Section<'_>) -> Option<Quality> {
    let meaning = "how good its money is, in place of [recovery_quality]: disputes, default, delay";
    section.section("quality", false, meaning, terms).flatten()
}

fn terms(section: &mut Section<'_>) -> Option<Quality> {
    let dispute = dispute(section);
    let default =
        section.section("default", false, "the chance that the payer fails before it has paid", default);
    let payments =
        section.section("payments", false, "when the recovery is paid, and what waiting costs", payments);
    let keys = ["dispute", "default", "payments"];
    if !keys.iter().any(|key| section.has(key)) {
        let mend = "give dispute, default or payments, or leave the section out";
        section.error(section.head(), "the quality of the recovery is not said", mend);
    }
    Some(Quality { dispute, default: default.flatten(), payments: payments.flatten() })
}

fn dispute(section: &mut Section<'_>) -> Option<Dispute> {
    let meaning = "outcomes of a claim, with their chances";
    let outcomes = section.sections("dispute", meaning, |outcome| {
        let chance = outcome.required::<Share>("chance", "how likely the outcome is");
        let paid = outcome.required::<Share>("paid", "part of the recovery that is then paid");
        Some(Outcome { chance: chance?.value, paid: paid?.value })
    });
    if !section.has("dispute") || outcomes.len() < section.length("dispute") {
        return None;
    }
    match Dispute::new(outcomes.into_iter().map(|outcome| outcome.value).collect()) {
        Ok(dispute) => Some(dispute),
        Err(error) => {
            let mend = "name every outcome, so that the chances come to 100%";
            section.error_at("dispute", error.to_string(), mend);
            None
        }
    }
}

fn default(section: &mut Section<'_>) -> Option<CounterpartyDefault> {
    let chance = section.required::<Share>("chance_per_year", "chance that the payer fails within a year");
    let years = section.required::<Number>("years", "for how many years it owes");
    let loss = section.required::<Share>("loss_given_default", "part of the debt that is lost if it fails");
    let secured =
        section.required::<Share>("collateralised", "part of the debt that is secured; 0 if none");
    let (chance, years, loss, secured) = (chance?, years?, loss?, secured?);
    if loss.value.get() < RELIABLE && secured.value < Share::ALL {
        let message = format!("a loss given default of {} is below the 50% that is prudent", loss.value);
        section.warning(loss.span, message, "keep it where there is a reliable basis, or give 50% or more");
    }
    match CounterpartyDefault::new(chance.value, years.value.0, loss.value, secured.value) {
        Ok(default) => Some(default),
        Err(error) => {
            section.error(years.span, error.to_string(), "give years of 0 or more");
            None
        }
    }
}

fn payments(section: &mut Section<'_>) -> Option<Payments> {
    let rate = section.required::<Share>("rate", "what waiting costs a year");
    let instalments = section.sections("instalments", "parts of the recovery and when they come", |part| {
        let month = part.required::<Number>("month", "months from the loss");
        let of = part.required::<Share>("part", "part of the recovery");
        Some(Instalment { month: month?.value.0, part: of?.value })
    });
    if !section.has("instalments") {
        let mend = "give instalments = [{ month = 4, part = \"40%\" }, { month = 14, part = \"60%\" }]";
        section.error(section.head(), "it is not said when the recovery is paid", mend);
        return None;
    }
    if instalments.len() < section.length("instalments") {
        return None;
    }
    match Payments::new(rate?.value, instalments.into_iter().map(|part| part.value).collect()) {
        Ok(payments) => Some(payments),
        Err(error) => {
            let mend = "order the instalments by month, and let their parts come to 100%";
            section.error_at("instalments", error.to_string(), mend);
            None
        }
    }
}
