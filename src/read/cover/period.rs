//! Key `period` of a cover: the days on which it is in force.

use jiff::civil::Date;

use crate::outage::Days;
use crate::read::section::{At, Section};
use crate::read::value::Day;

pub(super) fn period(section: &mut Section<'_>, days: &[Date]) -> Option<Days> {
    let read =
        section.section("period", false, "days on which it is in force; always unless said", |part| {
            let from = part.required::<Day>("from", "its first day");
            let to = part.required::<Day>("to", "its last day");
            let (from, At { value: to, span }) = (from?.value.0, to?);
            match Days::new(from, to.0) {
                Ok(period) => Some(period),
                Err(error) => {
                    part.error(span, error.to_string(), "let the period end after it begins");
                    None
                }
            }
        });
    let period = read.flatten()?;
    let out: Vec<String> =
        days.iter().filter(|day| !period.holds(**day)).map(ToString::to_string).collect();
    if !out.is_empty() {
        let (first, last) = (period.first(), period.last());
        let message =
            format!("the cover is in force from {first} to {last}, and not on {}", out.join(" and "));
        if out.len() == days.len() {
            let message =
                format!("the cover can never pay: {}", message.replacen("the cover is", "it is", 1));
            section.error_at("period", message, "give the policy that is in force at the outage");
        } else {
            let mend = "give the policy that follows as a cover of its own, or keep the gap knowingly";
            section.warning(section.span_of("period"), message, mend);
        }
    }
    Some(period)
}
