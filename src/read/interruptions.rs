//! Key `interruptions` of `[outage]`: service that comes back in between.

use super::section::{At, Section};
use super::value::Until;
use crate::outage::Interruptions;
use crate::quantity::Hours;

pub(super) fn interruptions(section: &mut Section<'_>) -> Option<Interruptions> {
    let stretches = section.sections(
        "interruptions",
        "stretches for which service is out, where it comes back in between; one unless said",
        |part| {
            let from = part.required::<Hours>("from", "when service goes, after the outage's start");
            let to = part.required::<Until>("to", "when it comes back, or \"end\"");
            Some((from?.value, to?.value))
        },
    );
    if !section.has("interruptions") {
        return Some(Interruptions::default());
    }
    if stretches.len() < section.length("interruptions") {
        return None;
    }
    let stretches = stretches.into_iter().map(|At { value: (from, to), .. }| match to {
        Until::After(to) => (from, Some(to)),
        Until::End => (from, None),
    });
    match Interruptions::new(stretches.collect()) {
        Ok(interruptions) => Some(interruptions),
        Err(error) => {
            let mend =
                "begin with { from = \"0h\", … }, keep them apart and in order, and end with to = \"end\"";
            section.error_at("interruptions", error.to_string(), mend);
            None
        }
    }
}

/// Notes durations to project at which service is back in between.
pub(super) fn durations(section: &Section<'_>, interruptions: &Interruptions, durations: &[Hours]) {
    for duration in durations {
        let dark = interruptions.dark(*duration);
        if dark.ends() < *duration {
            let (lasts, ends) = (duration.0, dark.ends().0);
            let message =
                format!("service is back from {ends} h on: an outage of {lasts} h lasts {ends} h");
            section.warning(
                section.span_of("durations"),
                message,
                "project durations at which service is out",
            );
        }
    }
}
