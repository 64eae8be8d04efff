//! Rules: what a scheme pays, in five total functions and no language.

use super::band::{Band, Due};
use super::claim::Claim;
use super::exact::{Rate, Won};
use crate::quantity::Met;
use crate::scenario::Label;

/// What a class of claimants is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The class, by its place in the scheme; nothing for a rule for everybody.
    pub class: Option<u8>,
    /// The clause that says so.
    pub clause: Label,
    /// How the amount is found.
    pub form: Form,
    /// How long the service must have been away.
    pub wait: Option<Wait>,
    /// The least that is paid to whom anything is due.
    pub floor: Option<Won>,
    /// The most that is paid.
    pub cap: Option<Won>,
}

/// How an amount is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// An amount for each band of the loss of sales, in won.
    OnLoss(Vec<Band>),
    /// An amount for each band of days without service.
    OnDays {
        /// The bands, in days.
        bands: Vec<Band>,
        /// What a part of a day counts.
        part: PartDay,
    },
    /// The loss of sales by factors, one after another.
    Formula(Vec<Factor>),
    /// A multiple of the fee that is paid for the service.
    OfFee {
        /// Hours of the month by which the fee of a month is divided.
        month: u32,
        /// For which time.
        time: FeeTime,
        /// How many times.
        times: Rate,
    },
    /// The same for everybody.
    Flat(Won),
}

/// What a part of a day without service counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartDay {
    /// A whole day.
    Whole,
    /// Nothing.
    Nothing,
}

/// A factor of a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// Operating margin; one below zero counts as nothing.
    Margin,
    /// Operating margin and the labour and rent that go on.
    MarginAndFixedCosts,
    /// The part of sales that comes through the platform.
    PlatformShare,
    /// What was not kept by other ways to order.
    NotSubstituted,
    /// The days for which the loss counts.
    Days,
    /// A number of the scheme.
    Times(Rate),
}

impl Factor {
    /// Returns the factor of a claim, where the claim gives it.
    #[must_use]
    #[inline]
    pub fn of(self, claim: &Claim<'_>) -> Option<Rate> {
        match self {
            Self::Margin => claim.margin.map(Rate::positive),
            Self::MarginAndFixedCosts => claim.margin?.plus(claim.fixed_costs?).map(Rate::positive),
            Self::PlatformShare => claim.platform_share,
            Self::NotSubstituted => claim.substitution?.rest(),
            Self::Days => Rate::new(claim.days?.into(), 1),
            Self::Times(rate) => Some(rate),
        }
    }
}

/// The time whose fee is paid back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeeTime {
    /// As long as the service was away.
    Outage,
    /// So many seconds for everybody.
    Fixed(i64),
}

/// How long the service must have been away: either will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// In one piece, in seconds.
    pub outage: Option<(Met, i64)>,
    /// Added up over the month, in seconds.
    pub month: Option<(Met, i64)>,
}

impl Wait {
    /// Returns whether a claim has waited long enough; nothing where nobody says how long.
    #[must_use]
    #[inline]
    pub fn met(self, claim: &Claim<'_>) -> Option<bool> {
        let reached = |(met, least): (Met, i64), seconds: i64| match met {
            Met::MoreThan => seconds > least,
            Met::AtLeast => seconds >= least,
        };
        let pieces = [(self.outage, claim.outage), (self.month, claim.outage_of_month)];
        let mut known = false;
        for (threshold, seconds) in pieces {
            let (Some(threshold), Some(seconds)) = (threshold, seconds) else { continue };
            if reached(threshold, seconds) {
                return Some(true);
            }
            known = true;
        }
        known.then_some(false)
    }
}

impl Rule {
    /// Returns the bands of the rule, in its own unit.
    #[must_use]
    pub fn bands(&self) -> &[Band] {
        match &self.form {
            Form::OnLoss(bands) | Form::OnDays { bands, .. } => bands,
            _ => &[],
        }
    }

    /// Returns the factors of a claim in a band, by which a loss is multiplied.
    #[must_use]
    pub fn factors(&self, band: Option<u8>) -> &[Factor] {
        match (&self.form, band.and_then(|band| self.bands().get(usize::from(band)))) {
            (Form::Formula(factors), _) => factors,
            (_, Some(Band { factors, .. })) => factors,
            _ => &[],
        }
    }

    /// Returns whether the rule asks for a loss of sales.
    #[must_use]
    pub fn needs_loss(&self) -> bool {
        matches!(self.form, Form::OnLoss(_) | Form::Formula(_))
    }

    /// Returns whether a person may have to assess a claim.
    #[must_use]
    pub fn reviews(&self) -> bool {
        self.bands().iter().any(|band| matches!(band.due, Due::Review { .. }))
    }
}
