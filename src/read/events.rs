//! The event library: outages of the past, and every figure published of them.
//!
//! Figures that disagree stand as rows of their own. What a row says, by whom and
//! how surely, is told in `data/README.md`.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::outage::Cause;
use crate::quantity::Hours;
use crate::replay::Reported;
use crate::scenario::Label;

/// An outage of the past.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its name on the command line.
    pub id: String,
    /// Its name for people.
    pub name: Label,
    /// Whose loss it is.
    pub company: Label,
    /// Country, as two letters of ISO 3166.
    pub country: String,
    /// Why it happened: our classification.
    pub cause: Cause,
    /// Local start, as far as it is known: a minute, a day or a month.
    pub start: String,
    /// What a reader should know of it; empty where nothing is.
    pub note: Label,
}

/// What a figure measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// How long service was out or disturbed.
    Duration,
    /// Another length of time: of a tail, or of a part.
    OtherDuration,
    /// Revenue of a period.
    Revenue,
    /// Revenue of an hour.
    RevenuePerHour,
    /// Profit, or its fall.
    Profit,
    /// Revenue lost.
    LostRevenue,
    /// Cost that the outage caused.
    ExtraCost,
    /// Cost that it saved.
    SavedCost,
    /// The loss before anybody pays, as its publisher meant it.
    GrossLoss,
    /// Paid to customers.
    Compensation,
    /// Fine or settlement with an authority.
    Fine,
    /// Received from own insurers.
    Insurance,
    /// What insurers pay, all together.
    InsuredLoss,
    /// Received from those who answer for it.
    Recourse,
    /// Claimed from those who answer for it.
    Claim,
    /// What stayed.
    NetLoss,
    /// A term of a scheme, contract or model.
    Rule,
    /// A part of something, in percent.
    Share,
    /// A number of people, firms or cases.
    Count,
}

impl Kind {
    /// Returns whether it is a loss, of which a list of events shows one.
    #[must_use]
    pub fn is_loss(self) -> bool {
        matches!(self, Self::GrossLoss | Self::LostRevenue | Self::InsuredLoss | Self::Compensation)
    }
}

/// How a figure is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// As it stands.
    Exact,
    /// Rounded, or loosely told.
    About,
    /// So much or more.
    Lower,
    /// So much or less.
    Upper,
    /// From the value to the upper end.
    Range,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SaidBy {
    /// The company.
    Company,
    /// A regulator, ministry or authority.
    Official,
    /// A court, or what a party told it.
    Court,
    /// An analyst, broker or consultant.
    Analyst,
    /// A model.
    Model,
    /// The press.
    Press,
    /// An association of a trade.
    TradeBody,
    /// Nobody: our own arithmetic on published figures.
    Own,
}

/// One published figure of an event, or one of ours made of such.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The event.
    pub event: String,
    /// Its name among the figures of the event.
    #[serde(rename = "figure")]
    pub id: String,
    /// What it measures.
    #[serde(rename = "measure")]
    pub kind: Kind,
    label_en: String,
    label_ko: String,
    /// The value, or the lower end of a range.
    pub value: f64,
    /// The upper end of a range.
    pub up_to: Option<f64>,
    /// ISO 4217 code of its currency, `h`, `%`, or what is counted.
    pub unit: String,
    /// How it is meant.
    pub bound: Bound,
    /// Who says so.
    pub said_by: SaidBy,
    /// How sure it is: high, medium or low.
    pub confidence: String,
    /// Key of its source.
    pub source: String,
    /// The figure that it disagrees with; empty where there is none.
    pub conflicts_with: String,
    /// How it was worked out; empty where it stands in the source.
    pub how: String,
    /// What a reader should know of it; empty where nothing is.
    pub note: String,
}

impl Figure {
    /// Returns what it is called.
    #[must_use]
    pub fn label(&self) -> Label {
        Label { ko: self.label_ko.clone(), en: self.label_en.clone() }
    }

    /// Returns whether the unit is a currency.
    #[must_use]
    pub fn is_money(&self) -> bool {
        self.unit.len() == 3 && self.unit.bytes().all(|byte| byte.is_ascii_uppercase())
    }

    /// Returns its end: the value, or the upper end of a range.
    #[must_use]
    pub fn end(&self) -> f64 {
        self.up_to.unwrap_or(self.value)
    }

    /// Returns it as something to be held against: percent as a part from 0 to 1.
    #[must_use]
    pub fn reported(&self) -> Reported {
        let scale = if self.unit == "%" { 100.0 } else { 1.0 };
        let (value, end) = (self.value / scale, self.end() / scale);
        match self.bound {
            Bound::Exact | Bound::About => Reported::Figure(value),
            Bound::Lower => Reported::AtLeast(value),
            Bound::Upper => Reported::AtMost(value),
            Bound::Range => Reported::Range(value, end),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    event: String,
    name_en: String,
    name_ko: String,
    company_en: String,
    company_ko: String,
    country: String,
    cause: String,
    start: String,
    note_en: String,
    note_ko: String,
}

impl From<Row> for Event {
    fn from(row: Row) -> Self {
        let cause = Cause::ALL.into_iter().find(|(key, _)| *key == row.cause);
        let (_, cause) = cause.unwrap_or_else(|| panic!("{} has the cause {:?}", row.event, row.cause));
        Self {
            id: row.event,
            name: Label { ko: row.name_ko, en: row.name_en },
            company: Label { ko: row.company_ko, en: row.company_en },
            country: row.country,
            cause,
            start: row.start,
            note: Label { ko: row.note_ko, en: row.note_en },
        }
    }
}

impl Event {
    /// Returns its figures, in the order of the file.
    pub fn figures(&self) -> impl Iterator<Item = &'static Figure> {
        figures().iter().filter(|figure| figure.event == self.id)
    }

    /// Returns the year of its start.
    #[must_use]
    pub fn year(&self) -> Option<i16> {
        self.start.get(..4)?.parse().ok()
    }

    /// Returns how long it lasted, where that was published: the longest, where
    /// figures differ.
    #[must_use]
    pub fn longest(&self) -> Option<Hours> {
        let durations = self.figures().filter(|figure| figure.kind == Kind::Duration);
        durations.map(|figure| Hours(figure.end())).reduce(Hours::max)
    }

    /// Returns the first loss among its figures that is not of our making.
    #[must_use]
    pub fn first_loss(&self) -> Option<&'static Figure> {
        let loss = |figure: &&Figure| figure.kind.is_loss() && figure.said_by != SaidBy::Own;
        self.figures().find(|figure| figure.id == "loss").or_else(|| self.figures().find(loss))
    }
}

fn rows<T: for<'d> Deserialize<'d>>(text: &str) -> Vec<T> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("bundled events")).collect()
}

/// Returns every event, in order of time.
///
/// # Panics
///
/// If a bundled file is at fault, which a test would have found.
#[must_use]
pub fn events() -> &'static [Event] {
    static EVENTS: LazyLock<Vec<Event>> = LazyLock::new(|| {
        let read: Vec<Row> = rows(include_str!("../../data/events.csv"));
        read.into_iter().map(Event::from).collect()
    });
    &EVENTS
}

/// Returns every figure of every event.
///
/// # Panics
///
/// As [`events`].
#[must_use]
pub fn figures() -> &'static [Figure] {
    static FIGURES: LazyLock<Vec<Figure>> =
        LazyLock::new(|| rows(include_str!("../../data/event-figures.csv")));
    &FIGURES
}

/// Returns the event of that name.
#[must_use]
pub fn event(id: &str) -> Option<&'static Event> {
    events().iter().find(|event| event.id == id)
}

/// Returns a figure by its name, or by `event/figure` where it is another event's.
#[must_use]
pub fn figure(event: &str, name: &str) -> Option<&'static Figure> {
    let (event, name) = name.split_once('/').unwrap_or((event, name));
    figures().iter().find(|figure| figure.event == event && figure.id == name)
}
