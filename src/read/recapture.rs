//! Sales made up later: a factor, a bundled factor, or a queue.

use super::section::{At, Section};
use super::starting_values::{recapture_factor, recapture_names};
use super::value::{Factor, HoursOrNone};
use crate::mitigation::{Discontinued, Fade, Headroom, Overtime, Queue, Recapture};
use crate::quantity::{Hours, Money, MoneyPerHour, Share};
use crate::scenario::Label;

/// A recapture, and what must be said of a bundled factor in it, with its source.
pub(super) struct Made {
    pub recapture: Recapture,
    pub caution: Option<(Label, &'static str)>,
}

pub(super) fn recapture(section: &mut Section<'_>) -> Option<Made> {
    // Which bundled factor is meant is only known where it is looked up.
    let place = section.span_of("recapture");
    let read = section.value_or_section::<Factor, _>(
        "recapture",
        "share of lost revenue made up later, or a bundled factor; none unless said",
        |At { value, .. }| Some((value, Recapture::default())),
        parts,
    );
    let (factor, rest) = read?;
    match factor {
        Factor::Share(factor) => Some(Made { recapture: Recapture { factor, ..rest }, caution: None }),
        Factor::Bundled(name) => match recapture_factor(&name) {
            Some(bundled) => {
                let caution = Some((bundled.caution(), bundled.source()));
                Some(Made { recapture: Recapture { factor: bundled.factor(), ..rest }, caution })
            }
            None => {
                let message = format!("recapture factor {name:?} is not known");
                let known = recapture_names();
                let mend = match super::nearest(&name, known.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean {near:?}?"),
                    None => format!("known: {}", known.join(", ")),
                };
                section.error(place, message, mend);
                None
            }
        },
    }
}

fn parts(section: &mut Section<'_>) -> Option<(Factor, Recapture)> {
    let factor = section
        .required::<Factor>("factor", "share made up, or waiting to be, after an outage of no length");
    let fade = section.choice(
        "fade",
        false,
        "how it declines with duration; it does not unless said",
        &[
            ("exponential", Fade::Exponential as fn(Hours) -> Fade),
            ("linear", Fade::Linear as fn(Hours) -> Fade),
        ],
    );
    let over = section.optional::<Hours>("over", "time of the decline: by a factor e, or to nothing");
    let queue = section.section("queue", false, "sales wait, and are served as capacity allows", queue);
    let overtime = section.optional::<Money>("overtime", "what making up costs, once; nothing unless said");
    let overtime_share =
        section.optional::<Share>("overtime_share", "what making up costs, as a share of the sales");

    let said = ["fade", "over", "queue", "overtime", "overtime_share"];
    if !said.into_iter().any(|key| section.has(key)) {
        let mend = "write recapture = \"…%\", or give its fade and over, its queue or its overtime";
        section.error(section.head(), "the recapture says no more than a factor", mend);
        return None;
    }
    let fade = match (fade, over) {
        (None, None) if section.has("fade") || section.has("over") => return None,
        (None, None) => Fade::None,
        (Some(_), Some(At { value: Hours(0.0), span })) => {
            let mend = "give more than 0, or leave `fade` and `over` out";
            section.error(span, "a decline over no time is none", mend);
            return None;
        }
        (Some(fade), Some(over)) => (fade.value)(over.value),
        (Some(At { span, .. }), None) => {
            section.error(span, "a fade needs a time", "give over = \"24h\"");
            return None;
        }
        (None, Some(At { span, .. })) => {
            let mend = "give fade = \"exponential\" or fade = \"linear\"";
            section.error(span, "`over` does not say how recapture fades", mend);
            return None;
        }
    };
    let queue = match queue {
        Some(None) => return None,
        Some(queue) => queue,
        None => None,
    };
    let overtime = Overtime {
        fixed: overtime.map_or(Money::ZERO, |at| at.value),
        share: overtime_share.map_or(Share::NONE, |at| at.value),
    };
    Some((factor?.value, Recapture { factor: Share::NONE, fade, queue, overtime }))
}

fn queue(section: &mut Section<'_>) -> Option<Queue> {
    let headroom = section.value_or_section::<Share, _>(
        "headroom",
        "spare capacity, as a share of what each hour normally brings, or so much an hour",
        |At { value, .. }| Some(Headroom::Share(value)),
        |part| {
            let rate = part.required::<Money>("per_hour", "sales that can be served beside an hour's own");
            Some(Headroom::PerHour(MoneyPerHour(rate?.value.0)))
        },
    );
    let abandon = section.required::<Share>(
        "abandon",
        "share of who still waits that gives up after each hour; \"0%\" where nobody does",
    );
    let within = section.optional::<HoursOrNone>(
        "within",
        "how long after restoration waiting is worth it; without end unless said",
    );
    if !section.has("headroom") {
        let mend = "give headroom = \"25%\", or headroom = { per_hour = 24 }";
        section.error(section.head(), "the queue does not say what can be served", mend);
    }
    let within = within.and_then(|at| at.value.0);
    Some(Queue { headroom: headroom?, abandon: abandon?.value, within })
}

/// Reads the charges that stop with the outage.
pub(super) fn discontinued(section: &mut Section<'_>) -> Discontinued {
    let charges = section.value_or_section::<Money, _>(
        "discontinued_charges",
        "charges that stop with the outage, whatever the sales; none unless said",
        |At { value: amount, .. }| Some(Discontinued { amount, ..Discontinued::default() }),
        |part| {
            let amount = part.optional::<Money>("amount", "what stops in any outage");
            let per_hour = part.required::<Money>("per_hour", "what stops in each hour");
            let after = part.optional::<Hours>("after", "hours that pass before `per_hour` starts");
            Some(Discontinued {
                amount: amount.map_or(Money::ZERO, |at| at.value),
                per_hour: MoneyPerHour(per_hour?.value.0),
                after: after.map_or(Hours::ZERO, |at| at.value),
            })
        },
    );
    charges.unwrap_or_default()
}
