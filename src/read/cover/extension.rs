//! Extensions of a cover: what it asks about the outage, and what it takes in.

use crate::cover::{
    Access, ClaimsPreparation, Extensions, ExtraExpense, IncreasedCost, ProfitSaved, ProviderSchedule,
    Reputation, TurnoverSaved, Unnamed, Utility,
};
use crate::mitigation::{Fee, Head};
use crate::outage::PlaceTest;
use crate::quantity::{Hours, Money, Share};
use crate::read::addition::whole_days;
use crate::read::lines::MET;
use crate::read::section::{At, Section};
use crate::read::value::MoneyOrNone;

/// Reads every extension of a cover that names these heads.
pub(super) fn extensions(section: &mut Section<'_>, heads: &[Head]) -> Extensions {
    let dependent = section
        .section("dependent", false, "providers whose outage the cover answers for", dependent)
        .flatten();
    let utility = section
        .section("utility", false, "what the cover asks of the failure of a utility", utility)
        .flatten();
    let access = section
        .section("access", false, "what the cover asks of premises that nobody may enter", access)
        .flatten();
    let increased_cost = section
        .section("increased_cost", false, "how increased cost of working is paid", increased_cost)
        .flatten();
    let extra_expense = section
        .section("extra_expense", false, "how extra expense is paid; in full unless said", extra_expense)
        .flatten();
    let reputation = section
        .section("reputation", false, "how days of fewer sales after the outage are paid", reputation)
        .flatten();
    let claims_preparation = section
        .section("claims_preparation", false, "how work on the claim is paid", claims_preparation)
        .flatten();
    for (key, head, needed) in [
        ("increased_cost", Head::IncreasedCost, true),
        ("reputation", Head::Reputation, true),
        ("claims_preparation", Head::ClaimsPreparation, true),
        ("extra_expense", Head::ExtraExpense, false),
    ] {
        let named = heads.contains(&head);
        if named && needed && !section.has(key) {
            let message = format!("the cover names {key} and does not say how it pays for it");
            section.error_at("heads", message, format!("give {key} = {{ … }}, or leave the head out"));
        }
        if !named && !heads.is_empty() && section.has(key) {
            let message = format!("`{key}` says nothing: the cover does not name that head");
            section.error_at(key, message, format!("add {key:?} to `heads`, or leave `{key}` out"));
        }
    }
    Extensions {
        dependent,
        utility,
        access,
        increased_cost,
        extra_expense: extra_expense.unwrap_or_default(),
        reputation,
        claims_preparation,
    }
}

const LIMIT: &str = "most that the extension pays for one outage, or \"none\"";

fn dependent(section: &mut Section<'_>) -> Option<ProviderSchedule> {
    let named = section.required::<Vec<String>>("providers", "names in the schedule of providers");
    let limit = section.required::<MoneyOrNone>("limit", LIMIT);
    let words = [("covered", true), ("not_covered", false)];
    let unnamed = section.choice("unnamed", true, "what of a provider that is not named", &words);
    let unnamed_limit = section
        .optional::<MoneyOrNone>("unnamed_limit", "most for a provider that is not named, or \"none\"");
    let unnamed = match (unnamed?.value, unnamed_limit) {
        (true, Some(limit)) => Unnamed::Covered(limit.value.0),
        (true, None) => {
            let mend = "give `unnamed_limit`, or \"none\" where there is no limit";
            section.error(section.head(), "it is not said how much of an unnamed provider is paid", mend);
            return None;
        }
        (false, Some(At { span, .. })) => {
            let message = "`unnamed_limit` says nothing of providers that are not covered";
            section.error(span, message, "leave it out, or write unnamed = \"covered\"");
            return None;
        }
        (false, None) => Unnamed::NotCovered,
    };
    Some(ProviderSchedule { named: named?.value, named_limit: limit?.value.0, unnamed })
}

/// Reads what a wording asks of the place, with damage `where_damaged`.
fn place(section: &mut Section<'_>, damage: &'static str) -> Option<PlaceTest> {
    let needs_damage = section.required::<bool>("needs_damage", damage);
    let within_km = section
        .optional::<f64>("within_km", "farthest from the premises, in kilometres; anywhere unless said");
    let (needs_damage, within_km) = (needs_damage?.value, within_km.map(|at| at.value));
    Some(PlaceTest { needs_damage, within_km, no_overhead_line: false })
}

fn utility(section: &mut Section<'_>) -> Option<Utility> {
    let limit = section.required::<MoneyOrNone>("limit", LIMIT);
    let place = place(section, "whether the supplier's property must be damaged");
    let words = [("covered", false), ("excluded", true)];
    let overhead = section.choice("overhead_lines", true, "what of overhead lines", &words);
    let place = PlaceTest { no_overhead_line: overhead?.value, ..place? };
    Some(Utility { place, limit: limit?.value.0 })
}

fn access(section: &mut Section<'_>) -> Option<Access> {
    let minimum = section.required::<Hours>("minimum", "shortest closure that counts");
    let met = section.choice("met", true, "how the minimum is met", &MET);
    let most = section.required::<Hours>("most", "longest span of a closure that is paid");
    let limit = section.required::<MoneyOrNone>("limit", LIMIT);
    let place = place(section, "whether something nearby must be damaged");
    let At { value: minimum, span } = minimum?;
    match Access::new(minimum, met?.value, most?.value) {
        Ok(access) => Some(access.at(place?, limit?.value.0)),
        Err(error) => {
            section.error(span, error.to_string(), "let `most` be longer than `minimum`");
            None
        }
    }
}

fn profit_saved(section: &mut Section<'_>) -> Option<ProfitSaved> {
    let rate = section.required::<Share>("rate_of_gross_profit", "gross profit as a share of turnover");
    let turnover = section.optional::<Money>(
        "turnover_saved",
        "turnover that the measure saved; what the lines' `without_measure` tells unless said",
    );
    let turnover = turnover.map_or(TurnoverSaved::ByPaths, |at| TurnoverSaved::Stated(at.value));
    Some(ProfitSaved { rate: rate?.value, turnover })
}

fn increased_cost(section: &mut Section<'_>) -> Option<IncreasedCost> {
    let saved = profit_saved(section);
    let gross_profit =
        section.optional::<Money>("gross_profit", "insured gross profit; needed beside uninsured charges");
    let uninsured = section.optional::<Money>(
        "uninsured_standing_charges",
        "standing charges that are not insured; none unless said",
    );
    let additional = section.optional::<Money>(
        "additional",
        "sublimit of additional increased cost, which need save nothing; none unless said",
    );
    let insured_part = match (gross_profit, uninsured) {
        (Some(profit), Some(charges)) => IncreasedCost::insured_part(profit.value, charges.value),
        (None, None) => Share::ALL,
        (Some(At { span, .. }), None) | (None, Some(At { span, .. })) => {
            let message = "gross profit and uninsured standing charges are told by one another";
            section.error(span, message, "give both, or leave both out");
            return None;
        }
    };
    let additional = additional.map_or(Money::ZERO, |at| at.value);
    Some(IncreasedCost { saved: saved?, insured_part, additional })
}

fn extra_expense(section: &mut Section<'_>) -> Option<ExtraExpense> {
    let waits = section.optional::<bool>(
        "waits",
        "whether what is spent inside the waiting period stays with the insured; false unless said",
    );
    let economic_cap = section
        .section("economic_cap", false, "profit that the expense must save to be paid", profit_saved)
        .flatten();
    Some(ExtraExpense { economic_cap, waits: waits.is_some_and(|at| at.value) })
}

fn reputation(section: &mut Section<'_>) -> Option<Reputation> {
    let waiting = section.required::<Hours>("waiting", "days after restoration that are not paid");
    let period = section.required::<Hours>("period", "last day that is paid, counted from restoration");
    let attribution = section.required::<Share>("attribution", "part put down to the outage");
    let (waiting, period) = (whole_days(section, waiting)?, whole_days(section, period)?);
    match Reputation::new(waiting, period, attribution?.value) {
        Ok(reputation) => Some(reputation),
        Err(error) => {
            section.error_at("period", error.to_string(), "let the period be longer than the wait");
            None
        }
    }
}

fn claims_preparation(section: &mut Section<'_>) -> Option<ClaimsPreparation> {
    let pays_for = section.choices("pays_for", true, "kinds of fee that are paid", &Fee::ALL);
    let words = [("passes_by", false), ("applies", true)];
    let deductible =
        section.choice("deductible", false, "whether it comes off the fees; passes_by unless said", &words);
    let pays_for = pays_for?;
    if pays_for.value.is_empty() {
        section.error(pays_for.span, "the list names no fee", "name the fees that are paid");
    }
    let deductible_applies = deductible.is_some_and(|at| at.value);
    Some(ClaimsPreparation { pays_for: pays_for.value, deductible_applies })
}
