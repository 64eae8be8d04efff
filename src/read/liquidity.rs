//! Sections `[cash]`, `[[reserve]]` and `[[credit_line]]`: money to meet a loss
//! with, which makes the loss no smaller.

use super::scenario::{Context, Heading};
use super::section::Section;
use crate::cost::{Cash, CreditLine, InvalidCreditLine, Need, Reserve};
use crate::quantity::{Money, Months, Share};
use crate::scenario::Named;

pub(super) fn cash(section: &mut Section<'_>) -> Option<Cash> {
    let at_hand = section.required::<Money>("at_hand", "money that is free when the outage comes");
    let need =
        section.choice("need", true, "what has to be met in cash: before recoveries or after", &Need::ALL);
    Some(Cash { at_hand: at_hand?.value, need: need?.value })
}

/// Refuses money to meet a loss with where nothing says how much has to be met.
pub(super) fn compare(section: &Section<'_>) {
    for (kind, what) in [("reserve", "a reserve fund"), ("credit_line", "a credit line")] {
        if section.has(kind) && !section.has("cash") {
            let message = format!("{what} has nothing to meet: the file does not say what cash there is");
            let mend = "give [cash] with at_hand and need; at_hand = 0 where there is none";
            section.error_at(kind, message, mend);
        }
    }
}

pub(super) fn reserve(section: &mut Section<'_>, context: &Context<'_>) -> Option<Named<Reserve>> {
    let heading = Heading::read(section, context);
    let opening = section.required::<Money>("opening", "what the fund holds when the year begins");
    let earned = section.required::<Share>("yield", "what it earns, a year");
    let contribution =
        section.optional::<Money>("contribution", "what is paid in by the year's end; none unless said");
    let hurdle =
        section.required::<Share>("hurdle_rate", "return a year that the money would have elsewhere");
    let average =
        section.optional::<Money>("average_balance", "balance over the year; the opening unless said");
    let contribution = contribution.map_or(Money::ZERO, |at| at.value);
    let (opening, earned, hurdle) = (opening?.value, earned?.value, hurdle?);
    match Reserve::new(opening, earned, contribution, hurdle.value) {
        Ok(mut fund) => {
            fund.average = average.map(|at| at.value);
            Some(heading?.over(fund))
        }
        Err(error) => {
            let mend = "are `yield` and `hurdle_rate` exchanged?";
            section.error(hurdle.span, error.to_string(), mend);
            None
        }
    }
}

pub(super) fn credit_line(section: &mut Section<'_>, context: &Context<'_>) -> Option<Named<CreditLine>> {
    let heading = Heading::read(section, context);
    let facility = section.required::<Money>("facility", "what can be drawn");
    let rate = section.required::<Share>("rate", "interest a year on what is drawn");
    let front_end =
        section.required::<Share>("front_end_fee", "fee for opening it, of the facility; 0 for none");
    let standby = section.required::<Share>("standby_fee", "fee a year for what is not drawn; 0 for none");
    let term = section.required::<Months>("months", "how long it is committed");
    let drawn_for =
        section.required::<Months>("drawn_for_months", "how long a draw stands before it is repaid");
    let most_drawn =
        section.optional::<Money>("most_drawn", "most that one outage draws; the facility unless said");
    let blocked = section.optional::<Share>(
        "blocked",
        "probability that a covenant or an adverse change blocks it; none unless said",
    );
    if let (Some(most), Some(facility)) = (&most_drawn, &facility)
        && most.value > facility.value
    {
        let message = format!("{} cannot be drawn on a facility of {}", most.value, facility.value);
        section.error(most.span.clone(), message, "draw no more than the facility");
    }
    let (front_end, standby) = (front_end?.value, standby?.value);
    match CreditLine::new(facility?.value, rate?.value, term?.value, drawn_for?.value) {
        Ok(mut line) => {
            (line.front_end, line.standby) = (front_end, standby);
            line.most_drawn = most_drawn.map(|at| at.value);
            line.blocked = blocked.map_or(Share::NONE, |at| at.value);
            Some(heading?.over(line))
        }
        Err(error) => {
            let (key, mend) = match error {
                InvalidCreditLine::Facility(_) => {
                    ("facility", "give what can be drawn, or leave the line out")
                }
                InvalidCreditLine::Term(_) => ("months", "give the months for which it is committed"),
                InvalidCreditLine::Draw { .. } => {
                    ("drawn_for_months", "let the draw be repaid within the term")
                }
            };
            section.error_at(key, error.to_string(), mend);
            None
        }
    }
}
