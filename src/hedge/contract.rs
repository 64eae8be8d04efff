//! Contract: a hedge that is no insurance, and what it settles at.

use super::call_spread::CallSpread;
use super::cat_bond::CatBond;
use super::index::{Index, Level, Seen};
use super::industry_loss_warranty::{IndustryLossWarranty, WarrantyForm};
use super::revenue_swap::RevenueSwap;
use super::swap::{Cap, Collar, SoldFloor, Swap};
use crate::quantity::{Hours, Money};

/// A hedge: what it measures, and what it pays on that.
#[derive(Clone, Debug)]
pub struct Hedge {
    /// What is measured.
    pub index: Index,
    /// What is paid on it.
    pub contract: Contract,
}

/// The form of a hedge.
#[derive(Clone, Debug, PartialEq)]
pub enum Contract {
    /// So much for each unit between two strikes.
    CallSpread(CallSpread),
    /// A fixed level against the index.
    Swap(Swap),
    /// So much for each unit above a strike.
    Cap(Cap),
    /// A cost for each unit below a strike.
    SoldFloor(SoldFloor),
    /// A cap, paid for by a sold floor.
    Collar(Collar),
    /// A share of revenue against a fixed amount.
    RevenueSwap(RevenueSwap),
    /// Principal that investors lose.
    CatBond(CatBond),
    /// Cover that needs a loss of the industry.
    Warranty(IndustryLossWarranty),
}

/// What a hedge read, and what it settles at.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Settlement {
    /// What the index reads.
    pub level: Level,
    /// What earlier outages of the year have taken of a payoff that is paid once.
    pub cut_by_year: Money,
    /// What it gives up because payers together pay more than was lost.
    pub given_up: Money,
    /// What is paid to us; below zero it is what we pay.
    pub payoff: Money,
}

/// What turns a payoff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bend {
    /// It starts to pay.
    Starts,
    /// An amount is paid at once.
    Step,
    /// It pays no more for another unit.
    Ends,
    /// The limit is reached.
    Limit,
    /// It stops to cost: the index leaves the sold floor.
    FloorLeft,
    /// A loss comes to meet its trigger.
    TriggerMet,
    /// The index itself runs another way.
    Index,
}

impl Contract {
    /// Returns the form's name in a scenario file.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::CallSpread(_) => "call_spread",
            Self::Swap(_) => "swap",
            Self::Cap(_) => "cap",
            Self::SoldFloor(_) => "sold_floor",
            Self::Collar(_) => "collar",
            Self::RevenueSwap(_) => "revenue_swap",
            Self::CatBond(_) => "cat_bond",
            Self::Warranty(_) => "industry_loss_warranty",
        }
    }

    /// Returns what is paid in an outage of `duration` on which the index reads `level`.
    #[must_use]
    pub fn payoff(&self, duration: Hours, level: Level) -> Money {
        match self {
            Self::CallSpread(spread) => spread.payoff(level),
            Self::Swap(swap) => swap.payoff(level),
            Self::Cap(cap) => cap.payoff(level),
            Self::SoldFloor(floor) => floor.payoff(level),
            Self::Collar(collar) => collar.payoff(level),
            Self::RevenueSwap(swap) => swap.payoff(Money(level.0)),
            Self::CatBond(bond) => bond.reduction(level),
            Self::Warranty(warranty) => warranty.payoff(duration, Money(level.0)),
        }
    }

    /// Returns the amount that is paid once and then gone: principal and limits are,
    /// the legs of swaps and options are not.
    #[must_use]
    pub fn paid_once(&self) -> Option<Money> {
        match self {
            Self::CatBond(bond) => Some(bond.principal()),
            Self::Warranty(warranty) => Some(warranty.limit()),
            _ => None,
        }
    }

    /// Returns whether an index has passed each level at which the payoff bends:
    /// always as many, in the same order.
    #[must_use]
    pub fn marks(&self, duration: Hours, level: Level) -> Vec<(Bend, bool)> {
        match self {
            Self::CallSpread(spread) => {
                vec![(Bend::Starts, level > spread.lower()), (Bend::Ends, level > spread.upper())]
            }
            Self::Swap(_) | Self::RevenueSwap(_) => vec![],
            Self::Cap(cap) => vec![(Bend::Starts, level > cap.strike)],
            Self::SoldFloor(floor) => vec![(Bend::FloorLeft, level > floor.strike)],
            Self::Collar(collar) => vec![
                (Bend::FloorLeft, level > collar.floor().strike),
                (Bend::Starts, level > collar.cap().strike),
            ],
            Self::CatBond(bond) => {
                vec![(Bend::Starts, level > bond.attachment()), (Bend::Ends, level > bond.exhaustion())]
            }
            Self::Warranty(warranty) => warranty_marks(warranty, duration, Money(level.0)),
        }
    }
}

fn warranty_marks(warranty: &IndustryLossWarranty, duration: Hours, own: Money) -> Vec<(Bend, bool)> {
    let industry = warranty.industry().of(duration);
    let (industry_met, own_met) = (warranty.industry_met(duration), warranty.own_met(own));
    match warranty.form() {
        WarrantyForm::Binary => vec![(Bend::TriggerMet, industry_met), (Bend::TriggerMet, own_met)],
        WarrantyForm::Indemnity => vec![
            (Bend::TriggerMet, industry_met),
            (Bend::Starts, own > warranty.own_trigger()),
            (Bend::Limit, own - warranty.own_trigger() > warranty.limit()),
        ],
        WarrantyForm::ProRata(full) => vec![
            (Bend::TriggerMet, own_met),
            (Bend::Starts, industry > warranty.industry_trigger()),
            (Bend::Limit, industry > full),
        ],
    }
}

impl Hedge {
    /// Returns what the hedge reads of an outage and what it settles at, after what
    /// it has paid in the year.
    #[must_use]
    pub fn settle(&self, seen: &dyn Seen, paid_in_year: Money) -> Settlement {
        let level = self.index.read(seen);
        let event = self.contract.payoff(seen.duration(), level);
        let left = self.contract.paid_once().map(|most| (most - paid_in_year).positive());
        let payoff = event.at_most(left);
        Settlement { level, cut_by_year: event - payoff, given_up: Money::ZERO, payoff }
    }

    /// Returns marks that change wherever the payoff turns: always as many, in the
    /// same order.
    #[must_use]
    pub fn marks(&self, seen: &dyn Seen) -> Vec<(Bend, bool)> {
        let mut marks = self.contract.marks(seen.duration(), self.index.read(seen));
        marks.extend(self.index.marks(seen));
        marks
    }
}
