//! How an outage takes a line: stages, ramp-up, failover and early warning.

use super::scenario::Context;
use super::section::{At, Section};
use super::value::{HoursOrNone, Until};
use crate::outage::{BreakPoint, Curved, EarlyWarning, Failover, RampUp, ServicePath, Stage};
use crate::quantity::{Hours, Share};

/// What a section says of the path; a measure may say a part of it.
pub(super) struct PathKeys {
    /// Stages, or the moment of restoration.
    pub stages: Option<ServicePath>,
    /// The ramp after them.
    pub ramp_up: Option<RampUp>,
    /// The spare that takes over.
    pub failover: Option<Failover>,
    /// The warning ahead.
    pub early_warning: Option<EarlyWarning>,
}

/// Reads the keys of a path; nothing if one is at fault.
pub(super) fn keys(section: &mut Section<'_>) -> Option<PathKeys> {
    let restored = section.optional::<Hours>(
        "restored",
        "when the line is back by its own clock; the end of the outage unless said",
    );
    let stages = section.sections("stages", "how service comes back, stage by stage", stage);
    let ramp_up = section.value_or_section::<Hours, _>(
        "ramp_up",
        "time from restoration to normal sales in a straight line, or a curve",
        |At { value, .. }| Some(RampUp::Straight(value)),
        ramp_up,
    );
    let failover =
        section.section("failover", false, "a spare that takes over, and how surely", failover).flatten();
    let warning = section.section("early_warning", false, "a warning ahead of the outage", |part| {
        early_warning(part, failover)
    });
    let warning = warning.flatten();
    let stages = match (restored, stages.is_empty()) {
        (Some(At { span, .. }), false) => {
            section.error(
                span,
                "`restored` and `stages` both say when service is back",
                "keep one of them",
            );
            return None;
        }
        (Some(At { value, .. }), true) => Some(Ok(ServicePath::restored(BreakPoint::after(value)))),
        (None, true) => None,
        (None, false) => {
            let stages = stages.into_iter().map(|stage| stage.value).collect();
            Some(ServicePath::new(stages, Hours::ZERO))
        }
    };
    let stages = match stages.transpose() {
        Ok(stages) => stages,
        Err(error) => {
            section.error_at("stages", error.to_string(), "let each stage end after the one before it");
            return None;
        }
    };
    let read = |key: &str, given: bool| given || !section.has(key);
    let complete = read("ramp_up", ramp_up.is_some())
        && read("failover", failover.is_some())
        && read("early_warning", warning.is_some());
    complete.then_some(PathKeys { stages, ramp_up, failover, early_warning: warning })
}

/// Reads the path of a line.
pub(super) fn path(section: &mut Section<'_>, context: &Context<'_>) -> Option<ServicePath> {
    let PathKeys { stages, ramp_up, failover, early_warning } = keys(section)?;
    let path = stages.unwrap_or_else(|| context.interruptions.path());
    let mut path = match path.with_ramp_up(ramp_up.unwrap_or(RampUp::NONE)) {
        Ok(path) => path,
        Err(error) => {
            section.error_at("ramp_up", error.to_string(), "give a length of time");
            return None;
        }
    };
    if let Some(failover) = failover {
        path = path.with_failover(failover);
    }
    if let Some(warning) = early_warning {
        path = path.with_early_warning(warning);
    }
    Some(path)
}

fn stage(section: &mut Section<'_>) -> Option<Stage> {
    let until =
        section.required::<Until>("until", "when the stage ends: so long after the start, or \"end\"");
    let share =
        section.optional::<Share>("until_share", "a share of the outage's duration, added to `until`");
    let lost = section.value_or_section::<Share, _>(
        "lost",
        "share of the line that is lost, even or from one level to another",
        |At { value, .. }| Some((value, value)),
        |slope| {
            let from = slope.required::<Share>("from", "share lost when the stage begins");
            let to = slope.required::<Share>("to", "share lost when it ends");
            Some((from?.value, to?.value))
        },
    );
    if !section.has("lost") {
        section.error(
            section.head(),
            "the stage does not say what is lost",
            "give `lost`, such as \"100%\"",
        );
    }
    let (lost_from, lost_to) = lost?;
    let until = match (until?.value, share) {
        (Until::End, None) => BreakPoint::END,
        (Until::End, Some(At { span, .. })) => {
            section.error(span, "the end of the outage needs no share", "leave `until_share` out");
            return None;
        }
        (Until::After(offset), None) => BreakPoint::after(offset),
        (Until::After(offset), Some(share)) => BreakPoint::at_share(share.value, offset),
    };
    Some(Stage { until, lost_from, lost_to })
}

fn ramp_up(section: &mut Section<'_>) -> Option<RampUp> {
    let curve = section.choice("curve", true, "how sales return", &[("exponential", ())]);
    let time =
        section.required::<Hours>("time_constant", "time over which what is missing falls by a factor e");
    let starts_at = section
        .optional::<Share>("starts_at", "level of sales at restoration; where service stood unless said");
    let horizon = section.optional::<HoursOrNone>(
        "horizon",
        "how long sales are followed; until 0.5 % is missing unless said",
    );
    let horizon = horizon.and_then(|at| at.value.0);
    curve?;
    match Curved::new(time?.value, starts_at.map(|at| at.value), horizon) {
        Ok(curve) => Some(RampUp::Curved(curve)),
        Err(error) => {
            section.error(section.head(), error.to_string(), "give time_constant = \"3h\"");
            None
        }
    }
}

fn failover(section: &mut Section<'_>) -> Option<Failover> {
    let after = section.required::<Hours>("after", "time until the spare has taken over (RTO)");
    let carries = section.required::<Share>("carries", "share of the line that the spare carries");
    let success =
        section.required::<Share>("success", "chance that taking over succeeds; \"100%\" where it is sure");
    Some(Failover { after: after?.value, carries: carries?.value, success: success?.value })
}

fn early_warning(section: &mut Section<'_>, failover: Option<Failover>) -> Option<EarlyWarning> {
    let lead = section.required::<Hours>("lead", "time between the warning and the outage");
    let preparation = section.required::<Hours>("preparation", "time that preparing takes");
    let detection = section.required::<Share>("detection", "chance that the outage is seen coming");
    let carries = section.optional::<Share>(
        "carries",
        "share of the line that a prepared spare carries from the start; that of `failover` unless said",
    );
    let carries = carries.map(|at| at.value).or(failover.map(|failover| failover.carries));
    let Some(carries) = carries else {
        let mend = "give `carries`, or a `failover` that is prepared by the warning";
        section.error(section.head(), "a warning helps by what is prepared, and nothing is", mend);
        return None;
    };
    let warning = EarlyWarning {
        lead: lead?.value,
        preparation: preparation?.value,
        carries,
        detection: detection?.value,
    };
    if !warning.in_time() {
        let (lead, needs) = (warning.lead.0, warning.preparation.0);
        let message = format!("a warning {lead} h ahead comes too late: preparing takes {needs} h");
        section.warning(section.span_of("lead"), message, "a warning in time has a lead of at least that");
    }
    Some(warning)
}
