//! Schemes: what a small merchant is paid for an outage, to the won.
//!
//! A scheme is data: how a loss is measured, which rule turns it into an amount, how
//! that is rounded, for whom, and who says so. Rules are five total functions (a
//! band of the loss, a step of the duration, a formula, a multiple of the fee, a flat
//! amount), so that every scheme ends, and ends the same way everywhere.
//!
//! From input to payment everything is a whole number or a fraction of two. Pricing a
//! claim allocates nothing and knows no text: a loop over columns can do it. What
//! explains an amount is an [`Observer`] of the same function, never a second one.

mod assess;
mod band;
mod baseline;
mod calendar;
mod claim;
mod exact;
mod flags;
mod hours;
pub mod lab;
mod moment;
mod reason;
mod rounding;
mod rule;
mod seen;
mod step;
mod tally;
mod totals;

pub use assess::{Assessment, Assessor};
pub use band::{Band, Due, Edge, End};
pub use baseline::{Baseline, Dates, Loss, Measure, loss};
pub use calendar::{Column, Stretch, Unfit, Windows};
pub use claim::{Claim, NO_RECORD, Sales};
pub use exact::{Exact, Mode, Rate, Won};
pub use flags::{Flag, Flags, Marks, Register, business_number_fits};
pub use hours::IndustryHours;
pub use moment::Moment;
pub use reason::{Reason, Status};
pub use rounding::{Level, Rounding};
pub use rule::{Factor, FeeTime, Form, PartDay, Rule, Wait};
pub use seen::{Ids, Names, Run, digest};
pub use step::{Observer, Step};
pub use tally::Tally;
pub use totals::{By, Few, Groups, Totals};

use std::ops::RangeInclusive;

use jiff::civil::Date;

use crate::scenario::Label;

/// A compensation scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheme {
    /// Its name in files and on the command line.
    pub id: String,
    /// Its name for people.
    pub name: Label,
    /// Who pays.
    pub payer: Label,
    /// The day on which it was decided or came into force, where that is known.
    pub from: Option<Date>,
    /// The last day on which it was in force, where there is one.
    pub until: Option<Date>,
    /// Whether it is a standing rule, for whatever outage falls into those days.
    pub standing: bool,
    /// The days on which claims were taken.
    pub period: Option<RangeInclusive<Date>>,
    /// The outage itself.
    pub event: Event,
    /// How a loss of sales is measured, where the scheme measures one.
    pub measure: Option<Measure>,
    /// In which hours industries sell, where a loss is modelled.
    pub industry_hours: Vec<IndustryHours>,
    /// Whether claimants without a loss are paid as those of the lowest band.
    pub pays_without_loss: bool,
    /// Classes of claimants.
    pub classes: Vec<Class>,
    /// Rules, the first of which that fits a class is its own.
    pub rules: Vec<Rule>,
    /// How large a business may be; the first limit that fits its industry is its own.
    pub sizes: Vec<Size>,
    /// Papers that a claimant hands in.
    pub papers: Vec<Paper>,
    /// Where it rounds.
    pub rounding: Rounding,
    /// Whether it pays in something else than money.
    pub in_kind: Option<Label>,
    /// Where to turn against a decision.
    pub appeal: Option<Label>,
    /// What is not published and was assumed, each told wherever an amount is shown.
    pub assumptions: Vec<Label>,
    /// What a reader should know.
    pub notes: Vec<Label>,
    /// Keys of the sources.
    pub sources: Vec<String>,
}

/// The outage for which a scheme pays, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// When it began.
    pub from: Option<Moment>,
    /// When the last service was back.
    pub to: Option<Moment>,
    /// The longest that any service was away, in seconds.
    pub longest: Option<i64>,
}

impl Event {
    /// Returns whether an outage so long, or then, can have been this one.
    #[must_use]
    #[inline]
    pub fn allows(&self, outage: Option<i64>, from: Option<Moment>, to: Option<Moment>) -> bool {
        let inside =
            |time: Moment| self.from.is_none_or(|from| time >= from) && self.to.is_none_or(|to| time <= to);
        let short = outage.zip(self.longest).is_none_or(|(outage, longest)| outage <= longest);
        short && from.is_none_or(inside) && to.is_none_or(inside)
    }
}

/// A class of claimants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// Its name in files.
    pub id: String,
    /// Its name for people.
    pub name: Label,
}

/// How large a business may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Size {
    /// Industries for which it holds; none where it holds for every other.
    pub industries: Vec<String>,
    /// The limit of a year's sales.
    pub annual_sales: End,
    /// The clause that says so.
    pub clause: Label,
}

/// A paper that a claimant hands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Its name in files.
    pub id: String,
    /// Its name for people.
    pub name: Label,
}

impl Scheme {
    /// Returns whether terms hold on the day of an outage. A scheme that was made for one
    /// outage is dated after it, and holds for it.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        !self.standing
            || self.from.is_none_or(|from| day >= from) && self.until.is_none_or(|until| day <= until)
    }

    /// Returns the place of a class by its name in files.
    #[must_use]
    pub fn class(&self, id: &str) -> Option<u8> {
        self.classes.iter().position(|class| class.id == id).map(|place| place as u8)
    }

    /// Returns the place of an industry among those that the size limits name.
    #[must_use]
    pub fn industry(&self, name: &str) -> Option<u8> {
        let named = self.sizes.iter().position(|size| size.industries.iter().any(|known| known == name));
        named.map(|place| place as u8)
    }

    /// Returns the place of the hours of an industry, where its losses are modelled.
    #[must_use]
    pub fn hours_of(&self, industry: &str) -> Option<u8> {
        // Most names differ in their first letter, in either case.
        let first = |name: &str| name.bytes().next().map(|byte| byte | 0x20);
        let same = |known: &String| first(known) == first(industry) && known.eq_ignore_ascii_case(industry);
        let place = self.industry_hours.iter().position(|hours| hours.industries.iter().any(same))?;
        u8::try_from(place).ok()
    }

    /// Returns the days that its measure of a loss looks at.
    #[must_use]
    pub fn dates(&self) -> Option<&Dates> {
        self.measure.as_ref()?.dates.as_ref()
    }
}
