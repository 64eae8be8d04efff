//! Premium: the price of a cover in a policy year, with all that comes on top
//! of it and all that is given back.

use std::fmt;

use jiff::civil::Date;

use super::{Carry, Costs, Kind, NoClaimsBonus, ProfitCommission, Swing};
use crate::annual::Claims;
use crate::quantity::{Money, Share, TOLERANCE};
use crate::term::term;

term! {
    pub const PREMIUM: Term = {
        key: "premium",
        korean: "보험료·ROL",
        english: "Premium and rate on line",
        file_key: "cover.premium",
        unit: "money a policy year",
        formula: "cash cost      = gross · (1 + tax) + fee\nnet to insurer = gross · (1 - brokerage)\nrate on line   = gross / limit\npayback        = 1 / rate on line, in years",
        order: "Last, with the cost of the programme, after every recovery and haircut",
        source: "D. Clark, Basics of Reinsurance Pricing (CAS study note); InsureTutor, Surplus lines tax calculations",
    };
}

term! {
    pub const INSTALMENTS: Term = {
        key: "instalments",
        korean: "보험료 분납",
        english: "Instalments",
        file_key: "cover.premium.instalments",
        unit: "money on a day",
        formula: "sum of the parts = gross premium\nstill due = parts whose day is that of the outage or later",
        order: "Beside the net loss, in the cash view",
        source: "A usual clause of commercial policies",
    };
}

/// The price of a cover.
///
/// # Formula
///
/// ```text
/// cash cost      = gross · (1 + tax) + fee
/// net to insurer = gross · (1 - brokerage)
/// rate on line   = gross / limit
/// payback        = 1 / rate on line, in years
/// ```
///
/// Over a year with claims, `gross` becomes the swing premium where there is
/// one, reinstatement premium comes on top and is taxed as the rest, a bonus and
/// a profit commission are given back, and carry is added. Brokerage is part of
/// the gross premium: it tells who gets it, and costs nothing more. The rate of
/// tax is always the file's: it differs by country and by cover.
///
/// # Source
///
/// Rate on line and payback: D. Clark, Basics of Reinsurance Pricing (CAS study
/// note). Tax on gross premium and fees beside it: surplus-lines practice.
///
/// # Example
///
/// ```
/// use netloss::cost::Premium;
/// use netloss::quantity::{Money, Share};
/// let share = |part| Share::new(part).unwrap();
/// let premium = Premium {
///     tax: share(0.1),
///     fee: Money(1.0),
///     brokerage: share(0.15),
///     ..Premium::plain(Money(45.0))
/// };
/// assert_eq!(premium.cash_cost(), Money(50.5));
/// assert_eq!(premium.net_to_insurer(), Money(38.25));
/// assert_eq!(premium.rate_on_line(Money(300.0)), Some(0.15));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Premium {
    /// The premium as agreed; the deposit where it swings.
    pub gross: Money,
    /// Tax, as a part of premium.
    pub tax: Share,
    /// Fees beside the premium.
    pub fee: Money,
    /// Part of the premium that the broker keeps.
    pub brokerage: Share,
    /// When it is paid; none where it is all paid at inception.
    pub instalments: Option<Instalments>,
    /// How it follows the year's losses.
    pub swing: Option<Swing>,
    /// What is given back for a year without claims.
    pub no_claims_bonus: Option<NoClaimsBonus>,
    /// What is given back of the insurer's profit.
    pub profit_commission: Option<ProfitCommission>,
    /// What it costs to hold the cover beside its premium.
    pub carry: Option<Carry>,
}

impl From<Money> for Premium {
    fn from(gross: Money) -> Self {
        Self::plain(gross)
    }
}

impl Premium {
    /// A premium without anything on top.
    #[must_use]
    pub fn plain(gross: Money) -> Self {
        Self { gross, ..Self::default() }
    }

    /// Returns the gross premium of a year in which `paid` was paid.
    #[must_use]
    pub fn of_year(&self, paid: Money) -> Money {
        self.swing.map_or(self.gross, |swing| swing.premium(paid))
    }

    /// Returns the claims of a year at which the profit that is shared is used up, or
    /// comes up again as the premium swings.
    #[must_use]
    pub fn commission_turns(&self) -> Vec<Money> {
        let Some(terms) = self.profit_commission else { return vec![] };
        let (kept, deficit) = (terms.expense.rest().get(), terms.deficit.0);
        let flat = |premium: Money| premium.0 * kept - deficit;
        let Some(swing) = self.swing else { return vec![Money(flat(self.gross))] };
        let (load, least, most) = (swing.load(), swing.minimum().0, swing.maximum().0);
        let growth = load * kept - 1.0;
        let rising = if growth == 0.0 { f64::INFINITY } else { deficit / growth };
        let turns = [
            (flat(swing.minimum()), 0.0, least / load),
            (rising, least / load, most / load),
            (flat(swing.maximum()), most / load, f64::INFINITY),
        ];
        let inside = turns.into_iter().filter(|(at, from, to)| at.is_finite() && (from..=to).contains(&at));
        inside.map(|(at, ..)| Money(at)).collect()
    }

    /// Returns what a policy year with these claims costs, by kind.
    #[must_use]
    pub fn costs(&self, claims: Claims) -> Costs {
        let mut costs = self.carry.map_or_else(Costs::default, Carry::costs);
        let earned = self.of_year(claims.paid);
        costs[Kind::Premium] = self.gross;
        costs[Kind::Swing] = earned - self.gross;
        costs[Kind::Reinstatement] = claims.reinstatement;
        costs[Kind::Tax] = (earned + claims.reinstatement) * self.tax;
        costs[Kind::Fee] = self.fee;
        let bonus = self.no_claims_bonus.map(|bonus| bonus.given_back(earned, claims.paid));
        let commission = self.profit_commission.map(|terms| terms.given_back(earned, claims.paid));
        // From nothing, so that nothing given back is not a negative zero.
        costs[Kind::NoClaimsBonus] -= bonus.unwrap_or_default();
        costs[Kind::ProfitCommission] -= commission.unwrap_or_default();
        costs
    }

    /// Returns what is paid for the cover at inception: premium, tax and fees.
    #[must_use]
    pub fn cash_cost(&self) -> Money {
        self.gross + self.gross * self.tax + self.fee
    }

    /// Returns what the broker keeps of the gross premium.
    #[must_use]
    pub fn brokerage(&self) -> Money {
        self.gross * self.brokerage
    }

    /// Returns what the insurer gets of the gross premium.
    #[must_use]
    pub fn net_to_insurer(&self) -> Money {
        self.gross - self.brokerage()
    }

    /// Returns the premium as a part of the limit; nothing for a limit of nothing.
    #[must_use]
    pub fn rate_on_line(&self, limit: Money) -> Option<f64> {
        (limit > Money::ZERO).then(|| self.gross.0 / limit.0)
    }

    /// Returns the years of premium that pay for one full limit; nothing where
    /// the cover is free.
    #[must_use]
    pub fn payback(&self, limit: Money) -> Option<f64> {
        (self.gross > Money::ZERO).then(|| limit.0 / self.gross.0)
    }
}

/// A part of the premium and the day on which it is due.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Instalment {
    /// The day.
    pub due: Date,
    /// The part.
    pub amount: Money,
}

/// The days on which a premium is paid, in order, adding up to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Instalments(Vec<Instalment>);

impl Instalments {
    /// Checks instalments against the premium that they pay.
    ///
    /// # Errors
    ///
    /// Refuses instalments that do not add up to the premium, and days that do
    /// not follow each other.
    pub fn new(parts: Vec<Instalment>, premium: Money) -> Result<Self, InvalidInstalments> {
        let sum: Money = parts.iter().map(|part| part.amount).sum();
        if let Some(pair) = parts.windows(2).find(|pair| pair[0].due >= pair[1].due) {
            return Err(InvalidInstalments::Order(pair[0].due, pair[1].due));
        }
        if (sum - premium).0.abs() > TOLERANCE.max(1e-12 * premium.0) {
            return Err(InvalidInstalments::Sum { sum, premium });
        }
        Ok(Self(parts))
    }

    /// Returns them in the order of their days.
    #[must_use]
    pub fn parts(&self) -> &[Instalment] {
        &self.0
    }

    /// Returns what falls due on a day or after it.
    #[must_use]
    pub fn due_from(&self, day: Date) -> Money {
        self.0.iter().filter(|part| part.due >= day).map(|part| part.amount).sum()
    }
}

/// Instalments that do not pay the premium.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum InvalidInstalments {
    /// They come to another amount.
    Sum {
        /// What they come to.
        sum: Money,
        /// What they should.
        premium: Money,
    },
    /// A day does not come after the one before it.
    Order(Date, Date),
}

impl fmt::Display for InvalidInstalments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sum { sum, premium } => {
                write!(f, "the instalments come to {sum}, the premium to {premium}")
            }
            Self::Order(first, second) => {
                write!(f, "the instalment of {second} stands after that of {first}")
            }
        }
    }
}

impl std::error::Error for InvalidInstalments {}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn share(part: f64) -> Share {
        Share::new(part).unwrap()
    }

    #[test]
    fn costs_of_a_year_by_kind() {
        let premium = Premium {
            tax: share(0.1),
            fee: Money(1.0),
            swing: Some(Swing::new(1.25, Money(40.0), Money(100.0)).unwrap()),
            no_claims_bonus: Some(NoClaimsBonus { share: share(0.1), claims_up_to: Money::ZERO }),
            profit_commission: Some(ProfitCommission {
                share: share(0.2),
                expense: share(0.25),
                deficit: Money::ZERO,
            }),
            ..Premium::plain(Money(50.0))
        };
        for (paid, reinstatement, kind, amount, because) in [
            (0.0, 0.0, Kind::Premium, 50.0, "the deposit stands as it was paid"),
            (0.0, 0.0, Kind::Swing, -10.0, "a year without loss costs the least of 40"),
            (0.0, 0.0, Kind::Tax, 4.0, "a tenth of 40"),
            (0.0, 0.0, Kind::NoClaimsBonus, -4.0, "a tenth of 40"),
            (0.0, 0.0, Kind::ProfitCommission, -6.0, "a fifth of three quarters of 40"),
            (64.0, 0.0, Kind::Swing, 30.0, "64 loaded by a quarter are 80"),
            (64.0, 0.0, Kind::NoClaimsBonus, 0.0, "a claim was paid"),
            (64.0, 0.0, Kind::ProfitCommission, 0.0, "three quarters of 80 are less than the losses"),
            (64.0, 20.0, Kind::Tax, 10.0, "premium for restored limit is taxed as the rest"),
            (64.0, 20.0, Kind::Fee, 1.0, "the fee follows nothing"),
        ] {
            let claims = Claims { paid: Money(paid), reinstatement: Money(reinstatement) };
            assert_eq!(premium.costs(claims)[kind], Money(amount), "{because}");
        }
    }

    #[test]
    fn shared_profit_may_be_used_up_come_again_and_be_used_up_once_more() {
        let terms = |expense, deficit| {
            Some(ProfitCommission { share: share(0.2), expense: share(expense), deficit: Money(deficit) })
        };
        let swing = Some(Swing::new(2.0, Money(60.0), Money(120.0)).unwrap());
        for (swing, terms, turns, because) in [
            (None, terms(0.25, 30.0), vec![60.0], "three quarters of 120 less 30"),
            (swing, terms(0.5, 40.0), vec![], "half of any premium is less than losses and deficit"),
            (
                swing,
                terms(0.25, 18.0),
                vec![27.0, 36.0, 72.0],
                "at the least, while it swings, at the most",
            ),
            (None, None, vec![], "there is nothing to share"),
        ] {
            let premium = Premium { swing, profit_commission: terms, ..Premium::plain(Money(120.0)) };
            let turns: Vec<Money> = turns.into_iter().map(Money).collect();
            assert_eq!(premium.commission_turns(), turns, "{because}");
        }
    }

    #[test]
    fn a_rate_needs_a_line_and_a_payback_a_price() {
        assert_eq!(Premium::plain(Money(45.0)).rate_on_line(Money::ZERO), None);
        assert_eq!(Premium::plain(Money::ZERO).payback(Money(300.0)), None);
        let years = Premium::plain(Money(45.0)).payback(Money(300.0)).unwrap();
        assert!((years - 6.666_666_667).abs() < 1e-9);
    }

    #[test]
    fn instalments_add_up_in_the_order_of_their_days() {
        let part = |month, amount| Instalment { due: date(2026, month, 1), amount: Money(amount) };
        let paid = Instalments::new(vec![part(1, 25.0), part(7, 20.0)], Money(45.0)).unwrap();
        assert_eq!(paid.due_from(date(2026, 1, 1)), Money(45.0));
        assert_eq!(paid.due_from(date(2026, 1, 2)), Money(20.0));
        for (parts, said) in [
            (vec![part(1, 25.0), part(7, 19.0)], "come to 44"),
            (vec![part(7, 25.0), part(1, 20.0)], "stands after"),
            (vec![part(7, 25.0), part(7, 20.0)], "stands after"),
        ] {
            let refused = Instalments::new(parts, Money(45.0)).unwrap_err();
            assert!(refused.to_string().contains(said), "{refused}");
        }
    }
}
