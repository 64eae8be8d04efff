//! What an outflow says of itself where a cover takes it in beside lost profit.

use super::section::{At, Section};
use crate::mitigation::{Amount, DailyShortfall, Fee, Head, Outflow};
use crate::quantity::{Hours, Money, Share};

/// The keys of an outflow that only some covers ask for.
pub(super) struct Addition {
    /// Days of fewer sales.
    pub daily: Option<DailyShortfall>,
    normal: Option<At<Money>>,
    fee: Option<At<Fee>>,
}

pub(super) fn read(section: &mut Section<'_>) -> Addition {
    let daily =
        section.section("daily", false, "profit that days after the outage bring less", daily).flatten();
    let normal = section.optional::<Money>(
        "normal",
        "what would have been spent anyway, of the amount or of each hour; none unless said",
    );
    let fee = section.choice(
        "fee_for",
        false,
        "what a fee for work on the claim is paid for; preparing it unless said",
        &Fee::ALL,
    );
    Addition { daily, normal, fee }
}

fn daily(section: &mut Section<'_>) -> Option<DailyShortfall> {
    let expected = section.required::<Money>("expected", "sales of a day, but for the outage");
    let actual = section.required::<Vec<f64>>("actual", "sales of each day after restoration");
    let margin = section.required::<Share>("margin", "profit as a share of sales");
    let At { value: actual, span } = actual?;
    let actual = actual.into_iter().map(Money).collect();
    match DailyShortfall::new(expected?.value, actual, margin?.value) {
        Ok(days) => Some(days),
        Err(error) => {
            section.error(span, error.to_string(), "list the sales of each day, 0 or more");
            None
        }
    }
}

impl Addition {
    /// Puts the keys onto an outflow, or notes that they say nothing of it.
    pub fn onto(self, section: &Section<'_>, outflow: Outflow) -> Outflow {
        let daily = matches!(outflow.amount, Amount::Daily(_));
        if daily != (outflow.head == Head::Reputation) {
            let message = "`daily` and the head `reputation` need one another";
            section.error(section.span_of("head"), message, "give both, or neither");
        }
        if let Some(At { span, .. }) = &self.fee
            && outflow.head != Head::ClaimsPreparation
        {
            let message = "`fee_for` speaks of work on the claim";
            let mend = "leave it out, or write head = \"claims_preparation\"";
            section.error(span.clone(), message, mend);
        }
        if let Some(At { value: normal, span }) = &self.normal {
            let spent = match &outflow.amount {
                Amount::Fixed(amount) => Some(*amount),
                Amount::PerHour { rate, .. } => Some(*rate * Hours(1.0)),
                _ => None,
            };
            match spent {
                Some(spent) if *normal <= spent => {}
                Some(spent) => {
                    let message = format!("of {spent} spent, {normal} would have been spent anyway");
                    section.error(span.clone(), message, "give what is spent, and of it what is normal");
                }
                None => {
                    let message = "`normal` says nothing of an outflow in this form";
                    section.error(span.clone(), message, "give it beside `amount` or `per_hour`");
                }
            }
        }
        let normal = self.normal.map_or(Money::ZERO, |at| at.value);
        Outflow { normal, fee: self.fee.map_or(Fee::default(), |at| at.value), ..outflow }
    }
}

/// Returns a duration as a count of days, or notes that it is none.
pub(super) fn whole_days(section: &Section<'_>, length: Option<At<Hours>>) -> Option<usize> {
    let At { value: Hours(hours), span } = length?;
    if hours % 24.0 == 0.0 {
        return Some((hours / 24.0) as usize);
    }
    section.error(
        span,
        format!("{hours} hours are no whole number of days"),
        "write days, such as \"30d\"",
    );
    None
}
