//! The forms of an outflow: SLA credits, refunds, gifts, fines, lost data.

use crate::mitigation::{DataLoss, Fine, Goodwill, Refund, SlaPenalty, Threshold};
use crate::outage::{UptimeTier, UptimeTiers};
use crate::quantity::{Hours, Money, Share};
use crate::read::lines::MET;
use crate::read::scenario::Context;
use crate::read::section::{At, Section};
use crate::read::value::{MoneyOrNone, Number};

pub(super) fn sla(section: &mut Section<'_>) -> Option<SlaPenalty> {
    let fees = section.required::<Money>("monthly_fees", "fees of a month, of the customers affected");
    let month = section.required::<Hours>("month", "length of the month by which uptime is measured");
    let tiers = section.sections("tiers", "uptimes that are promised, highest first", |tier| {
        let below = tier.required::<Share>("below", "uptime below which the credit is owed");
        let credit = tier.required::<Share>("credit", "part of the monthly fees");
        Some(UptimeTier { below: below?.value, credit: credit?.value })
    });
    let cap = section.optional::<Share>("cap", "most of a month's fees; all of them unless said");
    let used = section.optional::<Hours>(
        "down_before",
        "downtime of the same month before this outage; none unless said",
    );
    if !section.has("tiers") {
        let mend = "give tiers = [{ below = \"99.9%\", credit = \"10%\" }]";
        section.error(section.head(), "the agreement does not say its tiers", mend);
        return None;
    }
    if tiers.len() < section.length("tiers") {
        return None;
    }
    match UptimeTiers::new(month?.value, tiers.into_iter().map(|tier| tier.value).collect()) {
        Ok(tiers) => Some(SlaPenalty {
            tiers,
            fees: fees?.value,
            cap: cap.map_or(Share::ALL, |at| at.value),
            used: used.map_or(Hours::ZERO, |at| at.value),
        }),
        Err(error) => {
            let mend = "order the tiers by uptime, highest first, each owing more than the one before it";
            section.error_at("tiers", error.to_string(), mend);
            None
        }
    }
}

pub(super) fn refund(section: &mut Section<'_>) -> Option<Refund> {
    let users = section.required::<Number>("users", "paying users");
    let fee = section.required::<Money>("monthly_fee", "what each pays a month");
    let month = month(section, "length of the month that the contract counts, such as \"30d\"");
    let multiple = section.optional::<Number>(
        "multiple",
        "how many times the fee of the time is given back; once unless said",
    );
    let from = threshold(section, "duration from which anything is given back; any unless said");
    Some(Refund {
        users: users?.value.0,
        monthly_fee: fee?.value,
        month: month?,
        multiple: multiple.map_or(1.0, |at| at.value.0),
        from: from?,
    })
}

pub(super) fn goodwill(section: &mut Section<'_>) -> Option<Goodwill> {
    let users = section.required::<Number>("users", "users to whom it is offered");
    let amount = section.required::<Money>("amount", "face amount of each gift");
    let take_up = section.required::<Share>("take_up", "share of users who take it up");
    let cost = section
        .optional::<Share>("cost", "what a gift costs us, as a share of its face; all of it unless said");
    let from = threshold(section, "duration from which it is offered; any unless said");
    Some(Goodwill {
        users: users?.value.0,
        amount: amount?.value,
        take_up: take_up?.value,
        cost: cost.map_or(Share::ALL, |at| at.value),
        from: from?,
    })
}

pub(super) fn fine(section: &mut Section<'_>) -> Option<Fine> {
    let base = section.required::<Money>("base", "what the rate is taken of");
    let rate = section.required::<Share>("rate", "rate of the statute");
    let aggravation =
        section.optional::<Number>("aggravation", "factor for what makes it worse; 1 unless said");
    let mitigation =
        section.optional::<Number>("mitigation", "factor for what makes it better; 1 unless said");
    let cap = section.required::<MoneyOrNone>("cap", "most in money, or \"none\"");
    let share = section.optional::<Share>("cap_share", "most as a share of turnover; the larger cap holds");
    let turnover = section.optional::<Money>("turnover", "turnover of which `cap_share` is taken");
    let probability =
        section.required::<Share>("probability", "chance that it is imposed; \"100%\" where it is sure");
    let from = threshold(section, "duration from which it is imposed; any unless said");
    let of_turnover = match (share, turnover) {
        (Some(share), Some(turnover)) => Some((share.value, turnover.value)),
        (None, None) => None,
        (Some(At { span, .. }), None) => {
            section.error(span, "`cap_share` needs the turnover", "give turnover = …");
            return None;
        }
        (None, Some(At { span, .. })) => {
            section.error(span, "`turnover` says nothing without `cap_share`", "leave `turnover` out");
            return None;
        }
    };
    let factor = |factor: Option<At<Number>>| factor.map_or(1.0, |at| at.value.0);
    Some(Fine {
        base: base?.value,
        rate: rate?.value,
        aggravation: factor(aggravation),
        mitigation: factor(mitigation),
        cap: cap?.value.0,
        of_turnover,
        probability: probability?.value,
        from: from?,
    })
}

pub(super) fn data_loss(section: &mut Section<'_>, context: &Context<'_>) -> Option<DataLoss> {
    let line = section.required::<String>("line", "the line whose spare takes over");
    let point = section.required::<Hours>("rpo", "how much data is lost, in time (RPO)");
    let transactions = section.required::<Number>("transactions_per_hour", "transactions in an hour");
    let rework = section.required::<Money>("rework", "cost of doing one again");
    let At { value: line, span } = line?;
    let Some(place) = context.lines.iter().position(|name| *name == line) else {
        let mend = match crate::read::nearest(&line, context.lines.iter().map(String::as_str)) {
            Some(near) => format!("did you mean {near:?}?"),
            None => format!("lines of this file: {}", context.lines.join(", ")),
        };
        section.error(span, format!("there is no line {line:?}"), mend);
        return None;
    };
    Some(DataLoss {
        line: place,
        point: point?.value,
        transactions: transactions?.value.0,
        rework: rework?.value,
    })
}

/// Reads the length of a month, which must be one.
pub(super) fn month(section: &mut Section<'_>, meaning: &'static str) -> Option<Hours> {
    let At { value: month, span } = section.required::<Hours>("month", meaning)?;
    if month <= Hours::ZERO {
        section.error(span, "a month of no length has no part", "give month = \"30d\"");
        return None;
    }
    Some(month)
}

/// Reads a duration from which something is owed; nothing if it is at fault.
fn threshold(section: &mut Section<'_>, meaning: &'static str) -> Option<Option<Threshold>> {
    let from = section.optional::<Hours>("from", meaning);
    let met = section.choice("met", false, "how `from` is met; needed with it", &MET);
    match (from, met) {
        (Some(from), Some(met)) => Some(Some(Threshold { at: from.value, met: met.value })),
        (None, None) if !section.has("from") && !section.has("met") => Some(None),
        (Some(At { span, .. }), None) => {
            let mend = "give met = \"more_than\" or met = \"at_least\": wordings differ on the very moment";
            section.error(span, "it is not said how `from` is met", mend);
            None
        }
        (None, Some(At { span, .. })) => {
            section.error(span, "`met` says nothing without `from`", "leave `met` out");
            None
        }
        (None, None) => None,
    }
}
