//! What a measure, a clock and an indemnity period say to one another.

use crate::cover::{Clock, IndemnityPeriod, RunsFrom, WaitingPeriod};
use crate::mitigation::Head;
use crate::quantity::Hours;
use crate::read::section::{At, Section};

/// Notes terms of one cover that have nothing to act on.
pub(super) fn check(
    section: &Section<'_>,
    heads: Option<&At<Vec<Head>>>,
    wait: Option<(WaitingPeriod, &Clock)>,
    period: Option<IndemnityPeriod>,
) {
    let names_profit = heads.is_none_or(|heads| heads.value.contains(&Head::LostProfit));
    for key in ["measure", "extended_period"].into_iter().filter(|key| !names_profit && section.has(key)) {
        let message = format!("`{key}` is of lost profit, and the cover does not name it");
        section.error_at(key, message, format!("add \"lost_profit\" to heads, or leave `{key}` out"));
    }
    let (Some((wait, clock)), Some(period)) = (wait, period) else { return };
    let over = wait.hours() + clock.notice_after;
    let ends = period.ends(over);
    let told = wait.hours() >= ends;
    let late = clock.notice_after > Hours::ZERO && over >= ends && !told;
    if late && period.runs_from() == RunsFrom::Outage && !wait.reading().goes_back() {
        let message = format!(
            "counted from the notice, the waiting period is over at {} h and the indemnity period of {} h is not longer",
            over.0, ends.0
        );
        let mend = "shorten the wait, or count the indemnity period from \"end_of_waiting\"";
        section.error_at("waiting_period", message, mend);
    }
}
