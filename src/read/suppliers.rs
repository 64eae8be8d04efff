//! Section `[[supplier]]`: what a provider gives back, and what it answers for.

use super::quality;
use super::scenario::{Context, Heading};
use super::section::{At, Section};
use super::value::MoneyOrNone;
use crate::mitigation::Head;
use crate::outage::{Cause, Perils, UptimeError, UptimeTier, UptimeTiers};
use crate::quantity::{Hours, Money, Share, TOLERANCE};
use crate::recovery::{Inures, Liability, PaidAs, ServiceCredit, Split, Supplier};
use crate::scenario::Named;

pub(super) fn supplier(section: &mut Section<'_>, context: &Context<'_>) -> Option<Named<Supplier>> {
    let heading = Heading::read(section, context);
    let perils = perils(section);
    let credit = section.section("credit", false, "what it gives back of its fee for a bad month", credit);
    let liability =
        section.section("liability", false, "what it can be held to for its part in the outage", liability);
    let sole_remedy = section.optional::<bool>(
        "sole_remedy",
        "whether the credit is all that it owes; needed where liability stands beside it",
    );
    let quality = quality::own(section);
    match (section.has("credit"), section.has("liability")) {
        (false, false) => {
            let mend = "give its credit, its liability or both";
            section.error(section.head(), "the supplier gives nothing back and answers for nothing", mend);
        }
        (true, true) if !section.has("sole_remedy") => {
            let message = "it is not said whether the credit is the sole remedy";
            let mend = "give sole_remedy = true, and nothing is claimed beside it, or sole_remedy = false";
            section.error(section.head(), message, mend);
        }
        (true, true) => {}
        _ if section.has("sole_remedy") => {
            let message = "`sole_remedy` says nothing where credit and liability do not stand together";
            section.error_at("sole_remedy", message, "leave `sole_remedy` out");
        }
        _ => {}
    }
    if let Some(At { value: true, span }) = &sole_remedy
        && section.has("liability")
    {
        let mend = "leave `liability` out, or give sole_remedy = false";
        section.warning(span.clone(), "nothing is claimed: the credit is the sole remedy", mend);
    }
    Some(heading?.over(Supplier {
        perils: perils?,
        credit: credit.flatten(),
        liability: liability.flatten(),
        sole_remedy: sole_remedy.is_some_and(|at| at.value),
        quality,
    }))
}

/// Reads the causes that are the supplier's failure: any, unless some are named.
fn perils(section: &mut Section<'_>) -> Option<Perils> {
    let meaning = "causes of an outage that are its failure; any unless said";
    let Some(At { value: causes, span }) = section.choices("perils", false, meaning, &Cause::ALL) else {
        return (!section.has("perils")).then_some(Perils::Any);
    };
    if causes.is_empty() {
        section.error(span, "no outage is the supplier's failure", "name a cause, or leave `perils` out");
        return None;
    }
    Some(Perils::Named(causes))
}

fn credit(section: &mut Section<'_>) -> Option<ServiceCredit> {
    let fee = section.required::<Money>("monthly_fee", "what it is paid a month");
    let month = section.required::<Hours>("month", "length of the month by which uptime is measured");
    let tiers = section.sections("tiers", "uptimes that are promised, highest first", |tier| {
        let below = tier.required::<Share>("below", "uptime below which the credit is owed");
        let credit = tier.required::<Share>("credit", "part of the monthly fee");
        Some(UptimeTier { below: below?.value, credit: credit?.value })
    });
    let down_before = section.optional::<Hours>(
        "down_before",
        "downtime of the same month before this outage; none unless said",
    );
    let cap = section.optional::<Share>("cap", "most of a month's fee; all of it unless said");
    let claimed = section.required::<bool>("claimed", "whether it is asked for: unclaimed, it is lost");
    let paid_as =
        section.choice("paid_as", true, "how it is given", &[("money", false), ("later_bills", true)]);
    let stays =
        section.optional::<Share>("stays", "chance that we stay to be billed; needed with \"later_bills\"");
    let inures = section.choice("inures", true, "whose loss it reduces", &Inures::ALL);

    let paid_as = match (paid_as?.value, stays) {
        (true, Some(stays)) => PaidAs::LaterBills { stays: stays.value },
        (false, None) => PaidAs::Money,
        (true, None) => {
            let mend = "give stays = \"90%\", or \"100%\" where the bills are sure to come";
            section.error_at("paid_as", "a credit against later bills needs `stays`", mend);
            return None;
        }
        (false, Some(stays)) => {
            section.error(stays.span, "`stays` says nothing beside money", "leave `stays` out");
            return None;
        }
    };
    if !section.has("tiers") {
        let mend = "give tiers = [{ below = \"99.9%\", credit = \"10%\" }]";
        section.error(section.head(), "the credit does not say its tiers", mend);
        return None;
    }
    if tiers.len() < section.length("tiers") {
        return None;
    }
    let tiers = match UptimeTiers::new(month?.value, tiers.into_iter().map(|tier| tier.value).collect()) {
        Ok(tiers) => tiers,
        Err(error @ UptimeError::Month(_)) => {
            section.error_at("month", error.to_string(), "give month = \"30d\"");
            return None;
        }
        Err(error) => {
            let mend = "order the tiers by uptime, highest first, each owing more than the one before it";
            section.error_at("tiers", error.to_string(), mend);
            return None;
        }
    };
    if fee.as_ref().is_some_and(|at| at.value == Money::ZERO) {
        let mend = "give what the provider is paid a month, or leave `credit` out";
        section.error_at("monthly_fee", "the credit can never be anything: the fee is 0", mend);
    }
    Some(ServiceCredit {
        monthly_fee: fee?.value,
        tiers,
        down_before: down_before.map_or(Hours::ZERO, |at| at.value),
        cap: cap.map_or(Share::ALL, |at| at.value),
        claimed: claimed?.value,
        paid_as,
        inures: inures?.value,
    })
}

/// A split by its word, before `our_part` is read.
#[derive(Clone, Copy, PartialEq)]
enum Word {
    MadeWhole,
    ProRata,
    InsurerFirst,
    Contract,
}

fn liability(section: &mut Section<'_>) -> Option<Liability> {
    let heads = heads(section);
    let fault = section.required::<Share>("fault_share", "its part in the fault");
    let cap = section.required::<MoneyOrNone>("cap", "most that it owes, or \"none\"");
    let success = section.required::<Share>("success", "chance that the claim succeeds");
    let cost = section.required::<Money>("legal_cost", "what it costs to claim; 0 if nothing");
    let split = section.choice(
        "split",
        true,
        "who comes first in what it pays, we or the insurers",
        &[
            ("made_whole", Word::MadeWhole),
            ("pro_rata", Word::ProRata),
            ("insurer_first", Word::InsurerFirst),
            ("contract", Word::Contract),
        ],
    );
    let ours = section.optional::<Share>("our_part", "our part of it; needed with \"contract\"");
    let waived = section.optional::<bool>(
        "subrogation_waived",
        "whether the insurers waived their part; false unless said",
    );
    let nothing = [
        ("fault_share", fault.as_ref().is_some_and(|at| at.value == Share::NONE)),
        ("cap", cap.as_ref().is_some_and(|at| at.value.0 == Some(Money::ZERO))),
        ("success", success.as_ref().is_some_and(|at| at.value == Share::NONE)),
    ];
    for (key, _) in nothing.into_iter().filter(|(_, nothing)| *nothing) {
        let message = format!("the claim can never bring anything: its {} is 0", key.replace('_', " "));
        section.error_at(key, message, "give more than 0, or leave `liability` out");
    }
    let split = match (split?.value, ours) {
        (Word::Contract, Some(ours)) => Split::Contract { ours: ours.value },
        (Word::Contract, None) => {
            section.error_at("split", "a split by contract needs `our_part`", "give our_part = \"50%\"");
            return None;
        }
        (_, Some(ours)) => {
            let mend = "leave `our_part` out, or give split = \"contract\"";
            section.error(ours.span, "`our_part` says nothing beside this split", mend);
            return None;
        }
        (Word::MadeWhole, None) => Split::MadeWhole,
        (Word::ProRata, None) => Split::ProRata,
        (Word::InsurerFirst, None) => Split::InsurerFirst,
    };
    Some(Liability {
        heads: heads?,
        fault_share: fault?.value,
        cap: cap?.value.0,
        success: success?.value,
        legal_cost: cost?.value,
        split,
        subrogation_waived: waived.is_some_and(|at| at.value),
    })
}

fn heads(section: &mut Section<'_>) -> Option<Vec<Head>> {
    let mut words = vec![("any", None)];
    words.extend(Head::ALL.map(|(word, head)| (word, Some(head))));
    let meaning = "heads of loss for which it answers, or [\"any\"]; many contracts leave lost_profit out";
    let At { value: named, span } = section.choices("heads", true, meaning, &words)?;
    let heads: Vec<Head> = named.iter().copied().flatten().collect();
    match (named.len() - heads.len(), heads.len()) {
        (0, 0) => section.error(span, "the supplier answers for no head of loss", "name one, or [\"any\"]"),
        (_, 0) => return Some(Head::ALL.map(|(_, head)| head).to_vec()),
        (0, _) => return Some(heads),
        _ => section.error(span, "\"any\" stands beside other heads", "keep \"any\" or the others"),
    }
    None
}

/// Notes suppliers whose faults together are more than the whole, and perils that
/// cannot be told.
pub(super) fn compare(section: &Section<'_>, suppliers: &[At<Named<Supplier>>], cause_stated: bool) {
    for At { value: supplier, span } in suppliers {
        if let (Perils::Named(_), false) = (&supplier.terms.perils, cause_stated) {
            let message =
                format!("supplier {:?} names perils, and the outage does not say its cause", supplier.id);
            section.error(span.clone(), message, "give `cause` in [outage], or leave `perils` out");
        }
    }
    let faults = suppliers.iter().filter_map(|at| at.value.terms.liability());
    let faults: f64 = faults.map(|liability| liability.fault_share.get()).sum();
    if faults > 1.0 + TOLERANCE {
        let message = format!("the suppliers' faults come to {}%", (faults * 1e6).round() / 1e4);
        let span = suppliers.last().map_or(section.head(), |at| at.span.clone());
        section.error(span, message, "share 100% of the fault between them, or less");
    }
}
