//! Section `[basis]`: outages over which hedges are held against losses.

use super::super::section::{At, Section};
use super::super::value::Number;
use crate::hedge::{Asked, Basis, LossMeasure};
use crate::quantity::{Hours, Money, Share};

pub(in super::super) fn basis(section: &mut Section<'_>) -> Option<Basis> {
    let outages = section.sections("outages", "outages of which one comes, with their chances", |outage| {
        let lasts = outage.required::<Hours>("lasts", "how long the outage lasts");
        let probability =
            outage.required::<Share>("probability", "how likely it is, of all that are listed");
        let At { value: lasts, span } = lasts?;
        if lasts <= Hours::ZERO {
            outage.error(span, "an outage of no length is none", "give a duration, such as \"6h\"");
            return None;
        }
        Some((lasts, probability?.value))
    });
    let measure = section.choice("loss", true, "the loss that payouts are held against", &LossMeasure::ALL);
    let false_negative_above = section
        .optional::<Money>("false_negative_above", "loss above which an outage should have been paid");
    let false_positive_up_to = section
        .optional::<Money>("false_positive_up_to", "loss up to which an outage should not have been paid");
    let tau = section.optional::<Share>("tau", "weight of a shortfall in the expectile loss");
    let exposure = section.optional::<Number>("exposure", "what is hedged, in the unit of contracts");
    let size = section.optional::<Number>("contract_size", "what one contract is for");

    if section.length("outages") == 0 {
        let mend = "give outages = [{ lasts = \"6h\", probability = \"100%\" }]";
        section.error_at("outages", "no outage is listed", mend);
        return None;
    }
    if outages.len() < section.length("outages") {
        return None;
    }
    let contracts = match (exposure, size) {
        (None, None) => None,
        (Some(exposure), Some(size)) if size.value.0 > 0.0 => Some((exposure.value.0, size.value.0)),
        (Some(_), Some(size)) => {
            section.error(
                size.span,
                "a contract for nothing hedges nothing",
                "give what one contract is for",
            );
            return None;
        }
        (Some(At { span, .. }), None) | (None, Some(At { span, .. })) => {
            let mend = "give both, or leave both out";
            section.error(span, "`exposure` and `contract_size` need one another", mend);
            return None;
        }
    };
    let asked = Asked {
        false_negative_above: false_negative_above.map(|at| at.value),
        false_positive_up_to: false_positive_up_to.map(|at| at.value),
        tau: tau.map(|at| at.value),
    };
    let outages = outages.into_iter().map(|outage| outage.value).collect();
    match Basis::new(outages, measure?.value, asked, contracts) {
        Ok(basis) => Some(basis),
        Err(error) => {
            section.error_at("outages", error.to_string(), "let the probabilities add up to 100%");
            None
        }
    }
}
