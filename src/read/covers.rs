//! Section `[[cover]]`, with its layers.

use super::lines::{MET, lines_named};
use super::scenario::{Context, Heading};
use super::section::{At, Section};
use super::value::{HoursOfKey, MoneyOrNone, Shares};
use crate::cover::{Cover, Deductible, IndemnityPeriod, Reading, RunsFrom, WaitingPeriod};
use crate::mitigation::{Head, Outflow};
use crate::outage::{Cause, Perils};
use crate::quantity::{Hours, Met, Money, Share};
use crate::scenario::{Named, Policy};
use crate::tower::{Carrier, Layer, Tower};

pub(super) fn cover(section: &mut Section<'_>, context: &Context<'_>) -> Option<Named<Policy>> {
    let heading = Heading::read(section, context);
    let heads = section.choices("heads", true, "heads of loss that the cover names", &Head::ALL);
    let lines =
        section.optional::<Vec<String>>("lines", "lines whose lost profit it covers; all unless said");
    let perils = perils(section);
    let deductible = section.value_or_section::<Money, _>(
        "deductible",
        "what the insured bears first, once per occurrence; 0 unless said",
        |at| Some(Deductible::Straight(at.value)),
        deductible,
    );
    let has_deductible = section.has("deductible");
    let waiting = section
        .section(
            "waiting_period",
            false,
            "hours before the cover responds, and what becomes of them",
            |part| waiting_period(part, has_deductible),
        )
        .flatten();
    let indemnity = section.value_or_section::<Hours, _>(
        "indemnity_period",
        "longest span for which lost profit is covered; endless unless said",
        |at| Some((at, RunsFrom::Outage)),
        |part| {
            let length = part.required::<Hours>("length", "its length");
            let from = part.choice(
                "from",
                true,
                "from when it is counted",
                &[("outage", RunsFrom::Outage), ("end_of_waiting", RunsFrom::EndOfWaiting)],
            );
            Some((length?, from?.value))
        },
    );
    let sublimits = section.section("sublimits", false, "most for one head", sublimits);
    let insured_share = section
        .optional::<Share>("insured_share", "part of each loss that the insured keeps; none unless said");
    let limit = section.optional::<MoneyOrNone>(
        "occurrence_limit",
        "most for one event, or \"none\"; needed unless layers say it",
    );
    let layers = section.sections("layer", "a layer of the tower: so much in excess of so much", layer);
    let premium =
        section.required::<Money>("premium", "premium of the year; 0 where it is not to be counted");

    if !section.has("occurrence_limit") && !section.has("layer") {
        let mend = "give occurrence_limit = 3_000_000_000, or \"none\" where there is no limit";
        section.error(section.head(), "the cover does not say its limit", mend);
    }
    let indemnity_period =
        indemnity.and_then(|(length, from)| match IndemnityPeriod::new(length.value, from) {
            Ok(period) => Some(period),
            Err(error) => {
                section.error(length.span, error.to_string(), "give its length, or leave the key out");
                None
            }
        });
    if let (Some(wait), Some(period)) = (waiting, indemnity_period)
        && period.runs_from() == RunsFrom::Outage
        && wait.hours() >= period.ends(wait.hours())
    {
        let (wait_hours, ends) = (wait.hours().0, period.ends(wait.hours()).0);
        let message = format!(
            "the waiting period of {wait_hours} h is not over before the indemnity period of {ends} h is"
        );
        let mend = "shorten the wait, or count the indemnity period from \"end_of_waiting\"";
        if wait.reading().goes_back() {
            section.warning(section.span_of("waiting_period"), message, mend);
        } else {
            section.error_at("waiting_period", message, mend);
        }
    }
    let limit = limit.and_then(|at| at.value.0);
    let tower = tower(section, layers, limit);
    let share = insured_share.map_or(Share::NONE, |at| at.value);
    never_pays(section, limit, share);

    let lines = lines_named(section, lines, context);
    Some(heading?.over(Policy {
        cover: Cover {
            heads: heads?.value,
            lines,
            perils: perils?,
            waiting_period: waiting,
            indemnity_period,
            sublimits: sublimits.unwrap_or_default(),
            deductible: deductible.unwrap_or(Deductible::NONE),
            insured_share: share,
            occurrence_limit: limit,
        },
        tower,
        premium: premium?.value,
    }))
}

fn perils(section: &mut Section<'_>) -> Option<Perils> {
    let mut words = vec![("any", None)];
    words.extend(Cause::ALL.map(|(word, cause)| (word, Some(cause))));
    let At { value: named, span } =
        section.choices("perils", true, "causes to which the cover answers, or [\"any\"]", &words)?;
    let causes: Vec<Cause> = named.iter().copied().flatten().collect();
    match (named.len() - causes.len(), causes.len()) {
        (0, 0) => section.error(
            span,
            "the cover can never pay: it names no peril",
            "write [\"any\"] or the causes",
        ),
        (_, 0) => return Some(Perils::Any),
        (0, _) => return Some(Perils::Named(causes)),
        _ => section.error(
            span,
            "\"any\" leaves nothing for other perils to add",
            "keep \"any\" or the causes",
        ),
    }
    None
}

fn deductible(section: &mut Section<'_>) -> Option<Deductible> {
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
            Deductible::percentage(share?.value, minimum, maximum?.value.0)
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

fn waiting_period(section: &mut Section<'_>, has_deductible: bool) -> Option<WaitingPeriod> {
    let hours = section.required::<HoursOfKey>("hours", "its length");
    let reading = section.choice("reading", true, "what becomes of the hours inside it", &Reading::ALL);
    let met = section.choice("met", false, "how it is met; needed where the reading has a cliff", &MET);
    let reading = reading?;
    if reading.value.goes_back() && met.is_none() {
        let message = format!(
            "under {:?} an outage of just the waiting period is paid or not by its wording",
            reading.value.key()
        );
        section.error(reading.span.clone(), message, "give met = \"more_than\" or met = \"at_least\"");
        return None;
    }
    if reading.value.needs_deductible() && !has_deductible {
        let message = format!("{:?} speaks of a deductible, and the cover has none", reading.value.key());
        section.error(reading.span, message, "give `deductible`, or another reading");
        return None;
    }
    let At { value: HoursOfKey(hours), span } = hours?;
    match WaitingPeriod::new(hours, reading.value, met.map_or(Met::MoreThan, |at| at.value)) {
        Ok(wait) => Some(wait),
        Err(error) => {
            section.error(span, error.to_string(), "give hours, such as 12");
            None
        }
    }
}

fn sublimits(section: &mut Section<'_>) -> [Option<Money>; Head::COUNT] {
    Head::ALL.map(|(name, _)| {
        let limit = section.optional::<MoneyOrNone>(name, "most for this head, or \"none\"");
        limit.and_then(|at| at.value.0)
    })
}

fn layer(section: &mut Section<'_>) -> Option<Layer> {
    let id = section.required::<String>("id", "a name of its own");
    let limit = section.required::<MoneyOrNone>("limit", "width of the layer, or \"none\"");
    let attachment = section.required::<Money>("attachment", "covered loss at which it starts");
    let shares =
        section.optional::<Shares>("shares", "carriers and their parts; all with one carrier unless said");
    let id = id?.value;
    let whole = || vec![Carrier { name: id.clone(), share: Share::ALL }];
    let shares = shares.map(|At { value: Shares(shares), .. }| {
        shares.into_iter().map(|(name, share)| Carrier { name, share }).collect::<Vec<_>>()
    });
    let mut carriers = shares.unwrap_or_else(whole);
    let stated = carriers.iter().position(|carrier| carrier.name == UNPLACED);
    let stated = stated.map(|place| carriers.remove(place).share);
    let (limit, attachment) = (limit?.value.0, attachment?.value);
    let layer = match Layer::new(id.clone(), limit, attachment, carriers) {
        Ok(layer) => layer,
        Err(error) => {
            section.error_at("shares", error.to_string(), "let the shares add up to 100% or less");
            // Its place in the tower is known all the same.
            let whole = vec![Carrier { name: id.clone(), share: Share::ALL }];
            return Layer::new(id, limit, attachment, whole).ok();
        }
    };
    let unplaced = layer.placed().rest();
    match stated {
        Some(stated) if (stated.get() - unplaced.get()).abs() > 1e-9 => {
            let message = format!(
                "layer {:?} is {stated} unplaced by its words and {unplaced} by its shares",
                layer.id()
            );
            section.error_at("shares", message, "let carriers and `unplaced` add up to 100%");
        }
        None if unplaced.get() > 1e-9 && layer.placed() > Share::NONE => {
            let message =
                format!("{unplaced} of layer {:?} is unplaced and stays with the insured", layer.id());
            let mend = format!("place it, or say so: {UNPLACED} = \"{unplaced}\"");
            section.warning(section.span_of("shares"), message, mend);
        }
        _ => {}
    }
    Some(layer)
}

/// The word in `shares` for the part that no carrier took.
const UNPLACED: &str = "unplaced";

fn tower(section: &Section<'_>, layers: Vec<At<Layer>>, limit: Option<Money>) -> Option<Tower> {
    if layers.is_empty() || layers.len() < section.ids("layer").len() {
        return None;
    }
    for At { value: layer, span } in &layers {
        let beyond = limit.is_some_and(|limit| layer.attachment() >= limit);
        let (why, mend) = match layer {
            layer if layer.limit() == Some(Money::ZERO) => {
                ("its limit is 0", "give its width, or \"none\"")
            }
            layer if layer.placed() == Share::NONE => {
                ("it has no carrier", "name carriers with their shares")
            }
            _ if beyond => {
                ("it attaches above the occurrence limit", "raise the limit, or leave the layer out")
            }
            _ => continue,
        };
        section.error(span.clone(), format!("layer {:?} can never pay: {why}", layer.id()), mend);
    }
    let spans: Vec<_> = layers.iter().map(|layer| (layer.value.attachment(), layer.span.clone())).collect();
    let first = layers[0].span.clone();
    match Tower::new(layers.into_iter().map(|layer| layer.value).collect()) {
        Ok(tower) => {
            for (from, to) in tower.gaps() {
                let above = spans.iter().find(|(attachment, _)| *attachment == to);
                let span = above.map_or_else(|| first.clone(), |(_, span)| span.clone());
                let mend = "let the layer attach where the one below is used up, or keep the gap knowingly";
                section.warning(span, format!("no layer holds the loss from {from} to {to}"), mend);
            }
            Some(tower)
        }
        Err(error) => {
            section.error(first, error.to_string(), "let each layer attach where the one below is used up");
            None
        }
    }
}

fn never_pays(section: &Section<'_>, limit: Option<Money>, share: Share) {
    if limit == Some(Money::ZERO) {
        section.error_at(
            "occurrence_limit",
            "the cover can never pay: its limit is 0",
            "give the limit, or \"none\"",
        );
    }
    if share == Share::ALL {
        section.error_at(
            "insured_share",
            "the cover can never pay: the insured keeps all of it",
            "give a share below 100%",
        );
    }
}

/// Notes covers that answer for the same loss, and covers that answer for none.
pub(super) fn compare(
    section: &Section<'_>,
    covers: &[At<Named<Policy>>],
    outflows: &[At<Named<Outflow>>],
    cause_stated: bool,
) {
    let overlap = |a: &Cover, b: &Cover| {
        let perils = match (&a.perils, &b.perils) {
            (Perils::Named(a), Perils::Named(b)) => a.iter().any(|cause| b.contains(cause)),
            _ => true,
        };
        let shared = a.heads.iter().find(|head| b.heads.contains(head)).copied();
        shared.filter(|head| {
            perils && (*head != Head::LostProfit || a.lines.iter().any(|l| b.lines.contains(l)))
        })
    };
    for (place, At { value: policy, span }) in covers.iter().enumerate() {
        let cover = &policy.terms.cover;
        for earlier in &covers[..place] {
            if let Some(head) = overlap(&earlier.value.terms.cover, cover) {
                let message =
                    format!("covers {:?} and {:?} both name {}", earlier.value.id, policy.id, head.key());
                section.warning(
                    span.clone(),
                    message,
                    format!("{:?} is asked first and answers alone", earlier.value.id),
                );
            }
        }
        if let (Perils::Named(_), false) = (&cover.perils, cause_stated) {
            let message =
                format!("cover {:?} names perils, and the outage does not say its cause", policy.id);
            section.error(span.clone(), message, "give `cause` in [outage], or perils = [\"any\"]");
        }
        let arises = |head: &Head| {
            let unread = outflows.len() < section.ids("outflow").len();
            *head == Head::LostProfit
                || unread
                || outflows.iter().any(|flow| flow.value.terms.head == *head)
        };
        if !cover.heads.iter().any(arises) {
            let message =
                format!("cover {:?} can never pay: nothing in the file falls under its heads", policy.id);
            section.error(span.clone(), message, "name a head of loss that arises, or add the [[outflow]]");
        }
    }
}
