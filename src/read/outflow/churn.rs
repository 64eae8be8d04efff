//! Customers who leave: `churn` of an outflow.

use super::forms::month;
use crate::mitigation::{Churn, ChurnCurve, Communication, LifetimeValue};
use crate::quantity::{Hours, Money, Share};
use crate::read::section::{At, Section};
use crate::read::value::Number;

pub(super) fn churn(section: &mut Section<'_>) -> Option<Churn> {
    let exposed = section.required::<Number>("exposed", "customers who feel the outage");
    let curve = section.section("curve", true, "how many leave, by duration", curve).flatten();
    let anyway = section.section("anyway", false, "customers who would have left in the time", |part| {
        let share = part.required::<Share>("share", "share of customers who leave in a month");
        let month = month(part, "length of that month, such as \"30d\"");
        Some((share?.value, month?))
    });
    let value = section.value_or_section::<Money, _>(
        "value",
        "what each who leaves would still have brought",
        |At { value, .. }| Some(value),
        value,
    );
    let win_back = section.optional::<Share>("win_back", "share of those lost who are won back");
    let notice = section.section("communication", false, "a notice that keeps some of them", communication);
    if !section.has("value") {
        let mend = "give value = 81_600, or its margin, retention and discount";
        section.error(section.head(), "it is not said what a customer is worth", mend);
    }
    let mut churn = Churn::new(exposed?.value.0, curve?, value?);
    if let Some(anyway) = anyway {
        (churn.anyway, churn.month) = anyway?;
    }
    if let Some(notice) = notice {
        churn.communication = Some(notice?);
    }
    churn.win_back = win_back.map_or(Share::NONE, |at| at.value);
    Some(churn)
}

fn curve(section: &mut Section<'_>) -> Option<ChurnCurve> {
    let kinds = ["weibull", "logistic", "table"].map(|kind| (kind, kind));
    let kind = section.choice("kind", true, "form of the curve", &kinds);
    let most = section.optional::<Share>("most", "most customers who leave, however long it takes");
    let scale = section.optional::<Hours>("scale", "weibull: duration at which 63 % of them have left");
    let shape = section.optional::<Number>("shape", "weibull: above 1 the first hours are forgiven");
    let midpoint =
        section.optional::<Hours>("midpoint", "logistic: duration at which half of them have left");
    let spread = section.optional::<Hours>("spread", "logistic: how slowly the curve turns there");
    let points =
        section.sections("points", "table: shares by duration, straight between points", |point| {
            let at = point.required::<Hours>("at", "duration of the point");
            let share = point.required::<Share>("share", "share of customers who leave");
            Some((at?.value, share?.value))
        });
    let kind = kind?.value;
    let needs: &[&str] = match kind {
        "weibull" => &["most", "scale", "shape"],
        "logistic" => &["most", "midpoint", "spread"],
        _ => &["points"],
    };
    let mut complete = true;
    for key in needs.iter().filter(|key| !section.has(key)) {
        complete = false;
        let message = format!("a {kind} curve needs `{key}`");
        section.error(section.head(), message, format!("give `{key}` beside kind = {kind:?}"));
    }
    for key in ["most", "scale", "shape", "midpoint", "spread", "points"] {
        if section.has(key) && !needs.contains(&key) {
            complete = false;
            let message = format!("`{key}` says nothing of a {kind} curve");
            section.error_at(key, message, format!("leave `{key}` out"));
        }
    }
    if !complete || points.len() < section.length("points") {
        return None;
    }
    let curve = match kind {
        "weibull" => ChurnCurve::weibull(most?.value, scale?.value, shape?.value.0),
        "logistic" => ChurnCurve::logistic(most?.value, midpoint?.value, spread?.value),
        _ => ChurnCurve::table(points.into_iter().map(|point| point.value).collect()),
    };
    match curve {
        Ok(curve) => Some(curve),
        Err(error) => {
            section.error(section.head(), error.to_string(), "give a curve by which customers can leave");
            None
        }
    }
}

fn value(section: &mut Section<'_>) -> Option<Money> {
    let margin = section.required::<Money>("margin", "margin of a period");
    let retention = section.required::<Share>("retention", "share of customers who stay a period");
    let discount = section.required::<Share>("discount", "discount rate of a period");
    let this_period = section.optional::<bool>(
        "this_period",
        "whether this period's margin counts as well; false unless said: lost revenue has it",
    );
    match LifetimeValue::new(margin?.value, retention?.value, discount?.value) {
        Ok(value) if this_period.is_some_and(|at| at.value) => Some(value.with_this_period()),
        Ok(value) => Some(value.residual()),
        Err(error) => {
            section.error(section.head(), error.to_string(), "give a retention below 100%, or a discount");
            None
        }
    }
}

/// Reads a notice to customers.
pub(in crate::read) fn communication(section: &mut Section<'_>) -> Option<Communication> {
    let effect =
        section.required::<Share>("effect", "part of leaving customers whom a timely notice keeps");
    let within = section.required::<Hours>("within", "time within which a notice is timely");
    let notice =
        section.required::<Hours>("notice", "when the first notice comes, after the outage's start");
    let fades = section.optional::<Hours>("fades_over", "time constant of the decline after that");
    let (within, At { value: notice, span }) = (within?.value, notice?);
    let late = notice > within;
    let fades_over = match fades {
        Some(At { value, span }) if value <= Hours::ZERO => {
            section.error(span, "a decline over no time is none", "give fades_over = \"6h\"");
            return None;
        }
        Some(at) => at.value,
        None if late => {
            let message = format!(
                "the notice comes at {} h, after the {} h in which it is timely",
                notice.0, within.0
            );
            section.error(span, message, "give fades_over = \"6h\", over which its effect declines");
            return None;
        }
        None => Hours(1.0),
    };
    Some(Communication { effect: effect?.value, within, notice, fades_over })
}
