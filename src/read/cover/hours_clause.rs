//! Key `hours_clause` of a cover, and the terms beside which it can be counted.

use crate::cover::{AggregateDeductible, Cover, Deductible, Extensions, HoursClause, Order, Reading};
use crate::quantity::Hours;
use crate::read::scenario::Context;
use crate::read::section::{At, Section};

pub(super) fn read(section: &mut Section<'_>, context: &Context<'_>) -> Option<HoursClause> {
    let window = section.optional::<Hours>(
        "hours_clause",
        "hours on end within which outages of one cause are one occurrence, such as \"72h\"; \
         each is its own unless said",
    )?;
    let At { value, span } = window;
    match HoursClause::new(value) {
        Ok(clause) => {
            if context.days.len() == 1 {
                let message = "the hours clause joins outages of one cause, and the file has one outage";
                let mend = "give the others of the year as [[outage]], or leave the key out";
                section.warning(span, message, mend);
            }
            Some(clause)
        }
        Err(error) => {
            section.error(span, error.to_string(), "give the hours of the policy, most often \"72h\"");
            None
        }
    }
}

/// Notes terms that are not counted for several outages as one occurrence.
///
/// What a further outage adds to an occurrence must be no less than nothing and no
/// more than its own claim: only then is the sum of the differences what the
/// occurrence recovers, and the loss of each outage shared out between it and us.
pub(super) fn check(section: &Section<'_>, cover: &Cover) {
    if cover.hours_clause.is_none() {
        return;
    }
    let straight = matches!(cover.deductible, Deductible::Straight(_) | Deductible::PerHead(_));
    let greater = cover.waiting_period.is_some_and(|wait| wait.reading() == Reading::GreaterOf);
    let capped = matches!(cover.aggregate_deductible, Some(AggregateDeductible::CapOnRetentions { .. }));
    let apart = matches!(cover.order, Order::DeductibleFirst | Order::ShareLast);
    let net = cover.sublimits.iter().flatten().any(|sublimit| sublimit.net_of_deductible);
    let beside = [
        (!straight, "a deductible that is no fixed amount"),
        (greater, "the greater of waiting period and deductible"),
        (capped, "a cap on the retentions of the year"),
        (apart, "an order that parts deductible, share and limit"),
        (net, "a sublimit net of the deductible"),
        (cover.other_insurance.is_some(), "a clause on other insurance"),
        (cover.extensions != Extensions::default(), "extensions"),
        (section.has("layer"), "layers"),
    ];
    for (_, term) in beside.into_iter().filter(|(is_there, _)| *is_there) {
        let message = format!("the hours clause cannot be counted beside {term}");
        let mend = "leave one of them out, or give the outages that belong together as one [[outage]]";
        section.error_at("hours_clause", message, mend);
    }
}

/// Notes outages that do not say their cause, where a clause joins those of one.
pub(super) fn needs_cause(section: &Section<'_>, cover: &At<&Cover>, id: &str, cause_stated: bool) {
    if cover.value.hours_clause.is_some() && !cause_stated {
        let message =
            format!("cover {id:?} joins outages of one cause, and an outage does not say its own");
        section.error(
            cover.span.clone(),
            message,
            "give `cause` in each outage, or leave hours_clause out",
        );
    }
}
