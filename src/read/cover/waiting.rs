//! Waiting period of a cover.

use super::clock::clock;
use crate::cover::{Clock, Reading, WaitingPeriod};
use crate::quantity::Met;
use crate::read::lines::MET;
use crate::read::scenario::Context;
use crate::read::section::{At, Section};
use crate::read::value::HoursOfKey;

pub(super) fn waiting_period(
    section: &mut Section<'_>,
    has_deductible: bool,
    context: &Context<'_>,
) -> Option<(WaitingPeriod, Clock)> {
    let hours = section.required::<HoursOfKey>("hours", "its length");
    let reading = section.choice("reading", true, "what becomes of the hours inside it", &Reading::ALL);
    let met = section.choice("met", false, "how it is met; needed where the reading has a cliff", &MET);
    let clock = clock(section, context);
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
        Ok(wait) => Some((wait, clock?)),
        Err(error) => {
            section.error(span, error.to_string(), "give hours, such as 12");
            None
        }
    }
}
