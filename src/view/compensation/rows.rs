//! One row for each claim, for a CSV file.

use super::lines::{Line, Lines};
use crate::scheme::{Assessment, Due, Exact, Flag, Flags, Observer, Rule, Status, Step};

/// A column of the file of claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Name of the claim.
    Id,
    /// What is paid, in won.
    Amount,
    /// Why.
    Reason,
    /// What became of the claim.
    Status,
    /// Number of its rule, from 1.
    Rule,
    /// Number of its band, from 1.
    Band,
    /// Usual sales.
    UsualSales,
    /// Sales of the outage.
    OutageSales,
    /// Loss of sales.
    Loss,
    /// What was due before limits.
    Due,
    /// What was rounded.
    BeforeRounding,
    /// Flags.
    Flags,
    /// Row of the first claim that has something in common with it.
    SameAsRow,
    /// Its own row.
    Row,
    /// Industry, as the claim says it.
    Industry,
    /// Region, as the claim says it.
    Region,
    /// Service, as the claim says it.
    Service,
}

impl Column {
    /// Each; those up to the row are written where nobody says which.
    pub const ALL: [Self; 17] = [
        Self::Id,
        Self::Amount,
        Self::Reason,
        Self::Status,
        Self::Rule,
        Self::Band,
        Self::UsualSales,
        Self::OutageSales,
        Self::Loss,
        Self::Due,
        Self::BeforeRounding,
        Self::Flags,
        Self::SameAsRow,
        Self::Row,
        Self::Industry,
        Self::Region,
        Self::Service,
    ];

    /// What is paid and why, and then how it came about.
    #[must_use]
    pub fn usual() -> &'static [Self] {
        &Self::ALL[..=Self::Row as usize]
    }

    /// Returns its heading.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Amount => "amount",
            Self::Reason => "reason",
            Self::Status => "status",
            Self::Rule => "rule",
            Self::Band => "band",
            Self::UsualSales => "usual_sales",
            Self::OutageSales => "outage_sales",
            Self::Loss => "loss",
            Self::Due => "due",
            Self::BeforeRounding => "before_rounding",
            Self::Flags => "flags",
            Self::SameAsRow => "same_as_row",
            Self::Row => "row",
            Self::Industry => "industry",
            Self::Region => "region",
            Self::Service => "service",
        }
    }
}

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

/// What one row tells.
#[derive(Clone, Copy, Debug)]
pub struct Cells<'r> {
    /// Name of the claim.
    pub id: &'r str,
    /// Industry, region and service, as the claim says them.
    pub words: [&'r str; 3],
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

    /// Returns the amount of a column that holds one.
    #[inline]
    pub(super) fn amount(&self, column: Column, rules: &[Rule]) -> Option<Exact> {
        match column {
            Column::UsualSales => self.course.sales.map(|(usual, _)| usual),
            Column::OutageSales => self.course.sales.map(|(_, outage)| outage),
            Column::Loss => self.told.loss,
            Column::Due => self.due(rules),
            Column::BeforeRounding => self.course.before_rounding,
            _ => None,
        }
    }

    /// Returns the number of a column that holds one, where there is any.
    #[inline]
    pub(super) fn number(&self, column: Column) -> Option<u64> {
        match column {
            Column::Amount => Some(self.told.amount.0.unsigned_abs()),
            Column::Rule => self.told.rule.map(|place| u64::from(place) + 1),
            Column::Band => self.told.band.map(|place| u64::from(place) + 1),
            Column::SameAsRow => self.first,
            Column::Row => Some(self.row),
            _ => None,
        }
    }

    /// Writes these columns as a line of a CSV file. Amounts that are no whole won are written
    /// to the millionth; rules and bands by their number, from 1.
    #[inline]
    pub fn csv(&self, columns: &[Column], rules: &[Rule], out: &mut Lines) {
        let free = columns.iter().any(|column| *column as usize >= Column::Industry as usize);
        let words = if free { self.words.iter().map(|word| word.len()).sum() } else { 0 };
        out.add(words, |line| {
            for (place, column) in columns.iter().enumerate() {
                if place > 0 {
                    line.byte(b',');
                }
                self.cell(*column, rules, line);
            }
            line.byte(b'\n');
        });
    }

    #[inline]
    fn cell(&self, column: Column, rules: &[Rule], line: &mut Line<'_>) {
        match column {
            // The names of claims have neither commas nor quotes in them.
            Column::Id => line.text(self.id),
            Column::Reason => line.reason(self.told.reason),
            Column::Status => line.status(self.told.reason.status()),
            Column::Flags if self.flags == Flags::default() => {}
            Column::Flags => line.text(&self.flags()),
            Column::Industry => line.free(self.words[0]),
            Column::Region => line.free(self.words[1]),
            Column::Service => line.free(self.words[2]),
            Column::Amount | Column::Rule | Column::Band | Column::SameAsRow | Column::Row => {
                if let Some(number) = self.number(column) {
                    line.whole(number);
                }
            }
            Column::UsualSales
            | Column::OutageSales
            | Column::Loss
            | Column::Due
            | Column::BeforeRounding => {
                if let Some(amount) = self.amount(column, rules) {
                    line.exact(amount);
                }
            }
        }
    }
}
