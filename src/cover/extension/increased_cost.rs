//! Increased cost of working: what is spent to keep turnover, as far as it pays.

use crate::quantity::{Money, Share};
use crate::term::term;

term! {
    /// Spend one to save two: a measure that costs more than it saves is paid only
    /// as far as it saves.
    pub const INCREASED_COST: Term = {
        key: "increased_cost",
        korean: "영업계속비용",
        english: "Increased cost of working",
        file_key: "cover.increased_cost",
        unit: "money",
        formula: "payable = min(cost · GP/(GP + uninsured standing charges), rate of gross profit · turnover saved)",
        order: "With the additions, after hours are trimmed and before average and sublimits",
        source: "UK gross profit wordings, increase in cost of working: expenditure for the sole purpose of avoiding or diminishing the reduction in turnover",
    };
}

term! {
    /// It asks for no saving.
    pub const ADDITIONAL_INCREASED_COST: Term = {
        key: "additional_increased_cost",
        korean: "추가 영업계속비용",
        english: "Additional increased cost of working",
        file_key: "cover.increased_cost.additional",
        unit: "money",
        formula: "additional = min(cost - payable, sublimit)",
        order: "After increased cost of working, of what its economic limit leaves",
        source: "Bellrock, ICOW vs AICOW; Manning, Additional increase in cost of working",
    };
}

/// Turnover that a measure saved: what would have been lost without it, less what
/// was lost with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TurnoverSaved {
    /// As the adjusters agree.
    Stated(Money),
    /// Between the lines' service with the measure and their service without it.
    ByPaths,
}

/// The profit that a measure saves: the most that it is worth.
///
/// # Formula
///
/// ```text
/// profit saved = rate of gross profit · turnover saved
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProfitSaved {
    /// Rate of gross profit.
    pub rate: Share,
    /// Turnover that the measure saved.
    pub turnover: TurnoverSaved,
}

impl ProfitSaved {
    /// Returns the profit saved, given the turnover that the lines' paths tell.
    #[must_use]
    pub fn of(self, by_paths: Money) -> Money {
        let turnover = match self.turnover {
            TurnoverSaved::Stated(turnover) => turnover,
            TurnoverSaved::ByPaths => by_paths,
        };
        turnover.positive() * self.rate
    }
}

/// Cover for increased cost of working, with or without its additional part.
///
/// # Formula
///
/// ```text
/// insured part   = gross profit / (gross profit + uninsured standing charges)
/// economic limit = rate of gross profit · turnover saved
/// payable        = min(cost · insured part, economic limit)
/// additional     = min(cost - payable, additional sublimit)
/// ```
///
/// Money that saves nothing is not paid for: without turnover saved the economic
/// limit is 0. The additional part asks for no saving and only for its sublimit.
///
/// # Order of application
///
/// With the additions to lost profit: after the hours are trimmed and before
/// average, sublimits and the deductible.
///
/// # Source
///
/// UK gross profit wordings, increase in cost of working: expenditure "for the
/// sole purpose of avoiding or diminishing the reduction in turnover", not more
/// than the rate of gross profit on the reduction avoided; less the proportion of
/// uninsured standing charges. The additional item is described by Bellrock,
/// "ICOW vs AICOW", and Manning, "Additional increase in cost of working".
///
/// # Example
///
/// 130 is spent and 200 of turnover is saved, of which 60 % is gross profit: the
/// measure is worth 120, and 120 is paid. An additional 8 leaves 2.
///
/// ```
/// use netloss::cover::{IncreasedCost, ProfitSaved, TurnoverSaved};
/// use netloss::quantity::{Money, Share};
/// let saved = ProfitSaved {
///     rate: Share::new(0.6).unwrap(),
///     turnover: TurnoverSaved::Stated(Money(200.0)),
/// };
/// let terms = IncreasedCost { saved, insured_part: Share::ALL, additional: Money(8.0) };
/// let spent = terms.answer(Money(130.0), Money::ZERO);
/// assert_eq!((spent.payable, spent.additional, spent.kept()), (Money(120.0), Money(8.0), Money(2.0)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IncreasedCost {
    /// What the measure saves.
    pub saved: ProfitSaved,
    /// Gross profit as a part of itself and the uninsured standing charges.
    pub insured_part: Share,
    /// Sublimit of the additional cover; nothing where none is bought.
    pub additional: Money,
}

impl IncreasedCost {
    /// Returns the insured part where some standing charges are not insured.
    #[must_use]
    pub fn insured_part(gross_profit: Money, uninsured_standing_charges: Money) -> Share {
        if uninsured_standing_charges > Money::ZERO {
            gross_profit.part_of(gross_profit + uninsured_standing_charges)
        } else {
            Share::ALL
        }
    }

    /// Returns what becomes of a cost, given the turnover that the paths tell.
    #[must_use]
    pub fn answer(self, cost: Money, by_paths: Money) -> IncreasedCostAnswer {
        let economic_limit = self.saved.of(by_paths);
        let payable = (cost * self.insured_part).min(economic_limit);
        let additional = (cost - payable).min(self.additional);
        IncreasedCostAnswer { cost, economic_limit, payable, additional }
    }
}

/// What becomes of an increased cost of working.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IncreasedCostAnswer {
    /// What was spent.
    pub cost: Money,
    /// The profit that it saved.
    pub economic_limit: Money,
    /// What the economic limit lets through.
    pub payable: Money,
    /// What the additional cover takes of the rest.
    pub additional: Money,
}

impl IncreasedCostAnswer {
    /// Returns what stays with the insured.
    #[must_use]
    pub fn kept(self) -> Money {
        (self.cost - self.payable - self.additional).positive()
    }

    /// Returns by how much the measure costs more than it saves, zero where it pays.
    #[must_use]
    pub fn beyond_saving(self) -> Money {
        (self.cost - self.economic_limit).positive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_ladder_of_costs_against_what_they_save() {
        let insured = IncreasedCost::insured_part(Money(7200.0), Money(800.0));
        for (cost, turnover, insured_part, additional, paid, because) in [
            (100.0, 200.0, Share::ALL, 0.0, 100.0, "it saves more than it costs"),
            (130.0, 200.0, Share::ALL, 0.0, 120.0, "no more than the profit saved"),
            (130.0, 200.0, insured, 0.0, 117.0, "a tenth of the standing charges is not insured"),
            (130.0, 0.0, Share::ALL, 0.0, 0.0, "what saves nothing is not paid for"),
            (130.0, 0.0, Share::ALL, 8.0, 8.0, "but by the additional cover"),
            (130.0, 200.0, Share::ALL, 8.0, 128.0, "which asks only for its sublimit"),
            (130.0, 200.0, Share::ALL, 50.0, 130.0, "and pays no more than is left"),
            (180.0, 245.0, insured, 15.0, 162.0, "147 and 15 of the 180"),
        ] {
            let saved = ProfitSaved {
                rate: Share::new(0.6).unwrap(),
                turnover: TurnoverSaved::Stated(Money(turnover)),
            };
            let terms = IncreasedCost { saved, insured_part, additional: Money(additional) };
            let answer = terms.answer(Money(cost), Money::ZERO);
            let got = (answer.payable + answer.additional).0;
            assert!((got - paid).abs() < 1e-9, "{got}: {because}");
            assert!((answer.kept().0 - (cost - paid)).abs() < 1e-9, "{because}");
        }
    }

    #[test]
    fn a_measure_that_costs_more_than_it_saves_is_told() {
        let saved = ProfitSaved { rate: Share::new(0.6).unwrap(), turnover: TurnoverSaved::ByPaths };
        let terms = IncreasedCost { saved, insured_part: Share::ALL, additional: Money::ZERO };
        assert_eq!(terms.answer(Money(180.0), Money(245.0)).beyond_saving(), Money(33.0));
        assert_eq!(terms.answer(Money(100.0), Money(245.0)).beyond_saving(), Money::ZERO);
    }
}
