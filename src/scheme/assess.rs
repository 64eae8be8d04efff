//! Assessment: one claim under one scheme.

use std::cmp::Ordering;

use super::band::{Band, Due, place};
use super::baseline::loss;
use super::calendar::{Column, Unfit, Windows};
use super::claim::Claim;
use super::exact::{Exact, Rate, Won};
use super::reason::Reason;
use super::rounding::Level;
use super::rule::{Factor, FeeTime, Form, PartDay, Rule};
use super::step::{Observer, Step};
use super::{Scheme, Size};

/// What a claim comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// What is paid.
    pub amount: Won,
    /// Why.
    pub reason: Reason,
    /// What would be paid if the person who looks at it had nothing to say against it;
    /// zero where nobody has to look.
    pub pending: Won,
    /// The place of the rule that it fell under.
    pub rule: Option<u8>,
    /// The place of the band that it fell into.
    pub band: Option<u8>,
    /// The loss of sales, where the rule asks for one.
    pub loss: Option<Exact>,
}

/// A scheme made ready for records of one calendar.
#[derive(Clone, Debug)]
pub struct Assessor<'s> {
    scheme: &'s Scheme,
    windows: Option<Windows>,
    outage_days: i64,
    /// A bit for each paper that has to be there.
    papers: u32,
}

const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;

impl<'s> Assessor<'s> {
    /// Makes a scheme ready for records in these columns, of which there may be none.
    ///
    /// # Errors
    ///
    /// Says which days have no column, where there are any at all.
    pub fn new(scheme: &'s Scheme, calendar: &[Column]) -> Result<Self, Unfit> {
        let windows = match (&scheme.measure, scheme.dates()) {
            (Some(measure), Some(dates)) if !calendar.is_empty() => {
                Some(Windows::new(measure.baseline, dates, calendar)?)
            }
            _ => None,
        };
        let papers = (1_u32 << scheme.papers.len()) - 1;
        Ok(Self {
            scheme,
            windows,
            outage_days: scheme.dates().map_or(0, super::Dates::outage_days),
            papers,
        })
    }

    /// Returns the scheme.
    #[must_use]
    pub fn scheme(&self) -> &'s Scheme {
        self.scheme
    }

    /// Returns the columns that its baseline reads.
    #[must_use]
    pub fn windows(&self) -> Option<&Windows> {
        self.windows.as_ref()
    }

    /// Works out what a claim comes to, and shows an observer each step.
    ///
    /// # Formula
    ///
    /// ```text
    /// loss   = usual sales - sales of the outage        (rounded here, or)
    /// due    = band(loss) | step(days) | loss × factors | fee × times | flat
    /// amount = round(min(max(due, floor), cap))         (rounded here)
    /// ```
    #[inline]
    pub fn assess(&self, claim: &Claim<'_>, seen: &mut impl Observer) -> Assessment {
        let mut told = Assessment {
            amount: Won::ZERO,
            reason: Reason::Paid,
            pending: Won::ZERO,
            rule: None,
            band: None,
            loss: None,
        };
        match self.amount(claim, &mut told, seen) {
            Ok((amount, reason)) => (told.amount, told.reason) = (amount, reason),
            Err(reason) => told.reason = reason,
        }
        told
    }

    #[inline]
    fn amount(
        &self,
        claim: &Claim<'_>,
        told: &mut Assessment,
        seen: &mut impl Observer,
    ) -> Result<(Won, Reason), Reason> {
        let rule = self.rule(claim, told)?;
        self.admitted(claim)?;
        if let Some(wait) = rule.wait
            && !wait.met(claim).ok_or(Reason::NoOutage)?
        {
            return Err(Reason::TooShort);
        }
        let due = self.due(rule, claim, told, seen)?;
        let found = match due {
            Found::Amount { due, floor, cap } => {
                let limits = (floor.or(rule.floor), cap.or(rule.cap));
                self.limited(limits, due, Reason::Paid, seen)
            }
            Found::Review { at_least } => match claim.assessed {
                None => {
                    told.pending = at_least;
                    Err(Reason::Individual)
                }
                Some(assessed) => {
                    seen.see(Step::Assessed(assessed));
                    if assessed < at_least {
                        seen.see(Step::Floor(at_least));
                    }
                    let limits = (rule.floor, rule.cap);
                    self.limited(limits, assessed.max(at_least).into(), Reason::PaidAssessed, seen)
                }
            },
        };
        // Whoever is held back is told how much it would be.
        let short = claim.papers.is_some_and(|papers| papers & self.papers != self.papers);
        let undated = claim.undated && self.scheme.period.is_some();
        if !claim.held && !short && !undated {
            return found;
        }
        match found {
            Ok((amount, _)) => told.pending = amount,
            Err(Reason::Individual) => {}
            Err(other) => return Err(other),
        }
        Err(match (claim.held, short) {
            (true, _) => Reason::Flagged,
            (false, true) => Reason::PaperMissing,
            (false, false) => Reason::Undated,
        })
    }

    #[inline]
    fn rule(&self, claim: &Claim<'_>, told: &mut Assessment) -> Result<&'s Rule, Reason> {
        let fits = |rule: &Rule| rule.class.is_none() || rule.class == claim.class;
        let place = self.scheme.rules.iter().position(fits).ok_or(Reason::NoClass)?;
        told.rule = Some(place as u8);
        Ok(&self.scheme.rules[place])
    }

    #[inline]
    fn admitted(&self, claim: &Claim<'_>) -> Result<(), Reason> {
        if let Some(period) = &self.scheme.period
            && let Some(received) = claim.received
            && !period.contains(&received)
        {
            return Err(Reason::OutsidePeriod);
        }
        if self.scheme.standing && claim.outage_from.is_some_and(|from| !self.scheme.holds_on(from.date()))
        {
            return Err(Reason::NotInForce);
        }
        let fits = |(place, size): &(usize, &Size)| {
            size.industries.is_empty() || claim.industry == Some(*place as u8)
        };
        if let Some((_, size)) = self.scheme.sizes.iter().enumerate().find(fits) {
            let annual = claim.annual_sales.ok_or(Reason::NoAnnualSales)?;
            if !size.annual_sales.holds(annual.0.cmp(&size.annual_sales.at)) {
                return Err(Reason::TooLarge);
            }
        }
        Ok(())
    }

    #[inline]
    fn due(
        &self,
        rule: &Rule,
        claim: &Claim<'_>,
        told: &mut Assessment,
        seen: &mut impl Observer,
    ) -> Result<Found, Reason> {
        let exact = |found: Option<Exact>| found.ok_or(Reason::OutOfRange);
        match &rule.form {
            Form::OnLoss(bands) => {
                let loss = self.loss(claim, told, seen)?;
                let found = place(bands, |end| loss.against(Won(end))).ok_or(Reason::NoLoss)?;
                let band = &bands[found];
                match banded(band, found, told, seen) {
                    Banded::Found(due) => Ok(due),
                    Banded::OfLoss(floor, cap) => {
                        let due = multiplied(loss, &band.factors, claim, seen)?;
                        Ok(Found::Amount { due, floor, cap })
                    }
                }
            }
            Form::OnDays { bands, part } => {
                let seconds = claim.outage.ok_or(Reason::NoOutage)?;
                let days = match part {
                    PartDay::Whole => seconds.div_euclid(DAY) + i64::from(seconds.rem_euclid(DAY) > 0),
                    PartDay::Nothing => seconds.div_euclid(DAY),
                };
                seen.see(Step::Days(days));
                if days <= 0 {
                    return Err(Reason::TooShort);
                }
                let found = place(bands, |end| days.cmp(&end)).ok_or(Reason::TooShort)?;
                match banded(&bands[found], found, told, seen) {
                    Banded::Found(due) => Ok(due),
                    Banded::OfLoss(..) => Err(Reason::NoSales),
                }
            }
            Form::Formula(factors) => {
                let loss = self.loss(claim, told, seen)?;
                Ok(Found::amount(multiplied(loss, factors, claim, seen)?))
            }
            Form::OfFee { month, time, times } => {
                let fee = claim.fee.ok_or(Reason::NoFee)?;
                let seconds = match time {
                    FeeTime::Outage => claim.outage.ok_or(Reason::NoOutage)?,
                    FeeTime::Fixed(seconds) => *seconds,
                };
                let part = Rate::new(seconds, i64::from(*month) * HOUR).ok_or(Reason::OutOfRange)?;
                let of_time = exact(Exact::from(fee).times(part))?;
                seen.see(Step::Fee { month: fee, seconds, fee: of_time });
                let due = exact(of_time.times(*times))?;
                if *times != Rate::ONE {
                    seen.see(Step::Times { rate: *times, after: due });
                }
                Ok(Found::amount(due))
            }
            Form::Flat(amount) => {
                seen.see(Step::Flat(*amount));
                Ok(Found::amount((*amount).into()))
            }
        }
    }

    #[inline]
    fn loss(
        &self,
        claim: &Claim<'_>,
        told: &mut Assessment,
        seen: &mut impl Observer,
    ) -> Result<Exact, Reason> {
        let measure = self.scheme.measure.as_ref().ok_or(Reason::NoSales)?;
        let found = loss(measure.baseline, self.outage_days, self.windows.as_ref(), claim)?;
        seen.see(Step::Loss(found));
        told.loss = Some(found.loss);
        let mut loss = found.loss;
        if self.scheme.rounding.at == Level::Loss && loss.is_positive() {
            let rounded = self.scheme.rounding.apply(loss).ok_or(Reason::OutOfRange)?;
            seen.see(Step::LossRounded { from: loss, to: rounded });
            loss = rounded.into();
            told.loss = Some(loss);
        }
        if loss.is_positive() || self.scheme.pays_without_loss { Ok(loss) } else { Err(Reason::NoLoss) }
    }

    /// Applies floor, cap and rounding, in that order.
    #[inline]
    fn limited(
        &self,
        (floor, cap): (Option<Won>, Option<Won>),
        due: Exact,
        reason: Reason,
        seen: &mut impl Observer,
    ) -> Result<(Won, Reason), Reason> {
        let (mut due, mut reason) = (due, reason);
        if let Some(floor) = floor
            && due.against(floor) == Ordering::Less
        {
            seen.see(Step::Floor(floor));
            (due, reason) = (floor.into(), Reason::PaidFloor);
        }
        if let Some(cap) = cap
            && due.against(cap) == Ordering::Greater
        {
            seen.see(Step::Cap(cap));
            (due, reason) = (cap.into(), Reason::PaidCap);
        }
        let amount = match self.scheme.rounding.at {
            Level::Payment => self.scheme.rounding.apply(due),
            // A rounded loss may still come to a part of a won by its rates.
            Level::Loss => due.rounded(super::Mode::Down, Won(1)),
        };
        let amount = amount.ok_or(Reason::OutOfRange)?;
        seen.see(Step::Rounded { from: due, to: amount });
        if amount > Won::ZERO { Ok((amount, reason)) } else { Err(Reason::RoundsToNothing) }
    }
}

enum Found {
    /// What is due, and the limits that its band sets in place of the rule's.
    Amount {
        due: Exact,
        floor: Option<Won>,
        cap: Option<Won>,
    },
    Review {
        at_least: Won,
    },
}

impl Found {
    fn amount(due: Exact) -> Self {
        Self::Amount { due, floor: None, cap: None }
    }
}

enum Banded {
    Found(Found),
    OfLoss(Option<Won>, Option<Won>),
}

#[inline]
fn banded(band: &Band, place: usize, told: &mut Assessment, seen: &mut impl Observer) -> Banded {
    seen.see(Step::Band(place as u8));
    told.band = Some(place as u8);
    match band.due {
        Due::Amount(amount) => Banded::Found(Found::amount(amount.into())),
        Due::Review { at_least } => Banded::Found(Found::Review { at_least }),
        Due::OfLoss { at_least, at_most } => Banded::OfLoss(at_least, at_most),
    }
}

#[inline]
fn multiplied(
    loss: Exact,
    factors: &[Factor],
    claim: &Claim<'_>,
    seen: &mut impl Observer,
) -> Result<Exact, Reason> {
    let mut due = loss;
    for (place, factor) in factors.iter().enumerate() {
        let rate = factor.of(claim).ok_or(Reason::NoRate)?;
        due = due.times(rate).ok_or(Reason::OutOfRange)?;
        seen.see(Step::Factor { place: place as u8, rate, after: due });
    }
    Ok(due)
}
