//! What covers say of sales made up, beside what the lines do.

use crate::mitigation::{Allocation, Overtime};
use crate::quantity::{Money, Share};
use crate::read::section::{At, Section};
use crate::scenario::{Line, Named, Policy};

/// Notes terms of a cover on sales made up that no line of it gives a meaning.
pub(in crate::read) fn compare(
    section: &Section<'_>,
    covers: &[At<Named<Policy>>],
    lines: &[At<Named<Line>>],
) {
    if lines.len() < section.ids("line").len() {
        return;
    }
    for At { value: policy, span } in covers {
        let (cover, id) = (&policy.terms.cover, &policy.id);
        let of_line = |test: fn(&Line) -> bool| {
            cover.lines.iter().any(|line| lines.get(*line).is_some_and(|line| test(&line.value.terms)))
        };
        let warn = |message: String, mend: &str| section.warning(span.clone(), message, mend);
        if cover.make_up != Allocation::ProRata {
            if !of_line(|line| line.recapture.factor != Share::NONE) {
                let message = format!(
                    "cover {id:?} says whence make-up is taken, and none of its lines makes up any"
                );
                warn(message, "give `recapture` on a line, or leave `make_up_allocation` out");
            } else if cover.waiting_period.is_none() {
                let message = format!(
                    "cover {id:?} takes make-up from hours before or after a wait, and has no wait"
                );
                warn(message, "give `waiting_period`, or leave `make_up_allocation` out");
            }
        }
        if cover.overtime && !of_line(|line| line.recapture.overtime != Overtime::default()) {
            let message = format!("cover {id:?} measures overtime, and none of its lines has any");
            warn(message, "give `overtime` in the `recapture` of a line, or leave it out of the cover");
        }
    }
    for At { value: line, span } in lines {
        let terms = &line.terms;
        let normal = (terms.saved_cost_rate, terms.recapture.factor);
        if terms.salvage > Money::ZERO && (normal.0 == Share::ALL || normal.1 == Share::ALL) {
            let message = format!("salvage of line {:?} takes nothing off: it has no lost profit", line.id);
            section.warning(span.clone(), message, "leave `salvage` out, or say what stays lost");
        }
    }
}
