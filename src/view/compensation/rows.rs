//! One row for each claim, for a CSV file.

use super::lines::{Line, Lines};
use crate::scheme::{Assessment, Due, Exact, Flag, Flags, Observer, Rule, Status, Step};

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
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Paid => "paid",
        Status::Zero => "zero",
        Status::Review => "review",
        Status::Rejected => "rejected",
    }
}

/// How an amount came about, as far as a row tells it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Course {
    /// Usual sales and those of the outage.
    pub sales: Option<(Exact, Exact)>,
    /// What was due before limits.
    pub due: Option<Exact>,
    /// What was rounded.
    pub before_rounding: Option<Exact>,
}

impl Observer for Course {
    #[inline]
    fn see(&mut self, step: Step) {
        match step {
            Step::Loss(found) => self.sales = found.sales,
            Step::Factor { after, .. } | Step::Fee { fee: after, .. } | Step::Times { after, .. } => {
                self.due = Some(after);
            }
            Step::Flat(won) | Step::Assessed(won) => self.due = Some(won.into()),
            Step::Rounded { from, .. } => self.before_rounding = Some(from),
            _ => {}
        }
    }
}

/// One row under [`HEAD`].
#[derive(Clone, Copy, Debug)]
pub struct Cells<'r> {
    /// Name of the claim.
    pub id: &'r str,
    /// What it comes to.
    pub told: &'r Assessment,
    /// How.
    pub course: Course,
    /// Its flags.
    pub flags: Flags,
    /// The row of the first claim that has something in common with it.
    pub first: Option<u64>,
    /// Its own row.
    pub row: u64,
}

impl Cells<'_> {
    /// Returns what was due before limits; a band's own amount is what its scheme says.
    #[must_use]
    pub fn due(&self, rules: &[Rule]) -> Option<Exact> {
        self.course.due.or_else(|| {
            let band =
                rules.get(usize::from(self.told.rule?))?.bands().get(usize::from(self.told.band?))?;
            match band.due {
                Due::Amount(amount) => Some(amount.into()),
                Due::Review { .. } | Due::OfLoss { .. } => None,
            }
        })
    }

    /// Returns the names of its flags.
    pub fn flags(&self) -> String {
        self.flags.iter().map(Flag::key).collect::<Vec<_>>().join(" ")
    }

    /// Writes the row as a line of a CSV file. Amounts that are no whole won are written to
    /// the millionth; rules and bands by their number, from 1. No cell needs quotes: the
    /// names of claims have no commas in them.
    #[inline]
    pub fn csv(&self, rules: &[Rule], out: &mut Lines) {
        out.add(|line| self.line(rules, line));
    }

    #[inline]
    fn line(&self, rules: &[Rule], out: &mut Line<'_>) {
        let told = self.told;
        out.text(self.id);
        out.byte(b',');
        out.whole(told.amount.0.unsigned_abs());
        out.byte(b',');
        out.reason(told.reason);
        for place in [told.rule, told.band] {
            out.byte(b',');
            if let Some(place) = place {
                out.whole(u64::from(place) + 1);
            }
        }
        let (usual, outage) = self.course.sales.unzip();
        for amount in [usual, outage, told.loss, self.due(rules), self.course.before_rounding] {
            out.byte(b',');
            if let Some(amount) = amount {
                out.exact(amount);
            }
        }
        out.byte(b',');
        if self.flags != Flags::default() {
            out.text(&self.flags());
        }
        out.byte(b',');
        if let Some(first) = self.first {
            out.whole(first);
        }
        out.byte(b',');
        out.whole(self.row);
        out.byte(b'\n');
    }
}
