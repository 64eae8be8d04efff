//! One row for each claim, for a CSV file.

use super::number::digits;
use crate::scheme::{Assessment, Due, Exact, Flags, Rule, Status, Step, Won};

/// The headings: what is paid and why, and then how it came about.
pub const HEAD: [&str; 14] = [
    "id",
    "amount",
    "reason",
    "status",
    "rule",
    "band",
    "usual_sales",
    "outage_sales",
    "loss",
    "due",
    "before_rounding",
    "flags",
    "same_as_row",
    "row",
];

/// The headings of rows that are no claim.
pub const REJECTS: [&str; 8] = ["row", "line", "id", "reason", "column", "value", "message", "mend"];

/// Names a status in files.
#[must_use]
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Paid => "paid",
        Status::Zero => "zero",
        Status::Review => "review",
        Status::Rejected => "rejected",
    }
}

/// Writes the cells of a claim under [`HEAD`]. Amounts that are no whole won are
/// written to the millionth; rules and bands by their number, from 1.
#[must_use]
pub fn cells(
    id: &str,
    told: &Assessment,
    rules: &[Rule],
    steps: &[Step],
    flags: Flags,
    first: Option<u64>,
    row: u64,
) -> [String; 14] {
    let number =
        |place: Option<u8>| place.map_or_else(String::new, |place| (u32::from(place) + 1).to_string());
    let amount = |amount: Option<Exact>| amount.map_or_else(String::new, digits);
    let sales = steps.iter().find_map(|step| match step {
        Step::Loss(found) => found.sales,
        _ => None,
    });
    let mut due = None;
    let mut before = None;
    for step in steps {
        match *step {
            Step::Factor { after, .. } | Step::Fee { fee: after, .. } | Step::Times { after, .. } => {
                due = Some(after);
            }
            Step::Flat(won) | Step::Assessed(won) => due = Some(won.into()),
            Step::Band(band) => due = banded(told, rules, band).map(Exact::from),
            Step::Rounded { from, .. } => before = Some(from),
            _ => {}
        }
    }
    let flags: Vec<_> = flags.iter().map(|flag| flag.key()).collect();
    [
        id.to_owned(),
        told.amount.0.to_string(),
        told.reason.key().to_owned(),
        status(told.reason.status()).to_owned(),
        number(told.rule),
        number(told.band),
        amount(sales.map(|sales| sales.0)),
        amount(sales.map(|sales| sales.1)),
        amount(told.loss),
        amount(due),
        amount(before),
        flags.join(" "),
        first.map_or_else(String::new, |row| row.to_string()),
        row.to_string(),
    ]
}

fn banded(told: &Assessment, rules: &[Rule], band: u8) -> Option<Won> {
    match rules.get(usize::from(told.rule?))?.bands().get(usize::from(band))?.due {
        Due::Amount(amount) => Some(amount),
        Due::Review { .. } | Due::OfLoss { .. } => None,
    }
}
