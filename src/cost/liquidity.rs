//! Liquidity: with what money a loss is met on the day, and what is missing.

use super::{CreditLine, Reserve};
use crate::annual::Needed;
use crate::quantity::Money;
use crate::term::term;

term! {
    pub const CASH_VIEW: Term = {
        key: "cash",
        korean: "유동성 부족액",
        english: "Liquidity gap",
        file_key: "cash",
        unit: "money",
        formula: "gap      = need - reserves used - cash at hand used\ngap left = gap - drawn of credit lines",
        order: "Beside the net loss, which it does not change, before any cost of the programme",
        source: "World Bank Treasury, Contingent financing",
    };
}

/// Cash that a loss can be met from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cash {
    /// Money that is free when the outage comes.
    pub at_hand: Money,
    /// What has to be met with it.
    pub need: Need,
}

/// What has to be met in cash: practice differs, so a file says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The whole loss: recoveries come months later.
    EconomicLoss,
    /// The loss that is left after recoveries and payouts.
    Retained,
}

impl Need {
    /// Every reading, under the name that it has in a file.
    pub const ALL: [(&'static str, Self); 2] =
        [("economic_loss", Self::EconomicLoss), ("retained", Self::Retained)];
}

/// With what money a need is met, source by source.
///
/// # Formula
///
/// ```text
/// reserve used = min(balance, retained, need)     fund by fund
/// cash used    = min(cash at hand, rest)
/// gap          = what is still missing
/// drawn        = min(line, gap)                   line by line
/// gap left     = gap - drawn
/// ```
///
/// Our own money goes first, since a line costs interest.
///
/// # Source
///
/// The gap is counted as by World Bank Treasury, Contingent financing; the order
/// of the sources is a choice of this program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Liquidity {
    /// What has to be met.
    pub need: Money,
    /// What each reserve fund pays of it.
    pub from_reserves: Vec<Money>,
    /// What is taken from the cash at hand.
    pub from_cash: Money,
    /// What is missing then.
    pub gap: Money,
    /// What is drawn of each line.
    pub drawn: Vec<Money>,
    /// What is still missing.
    pub gap_left: Money,
}

impl Liquidity {
    /// Meets a need from funds, cash and lines, in this order.
    #[must_use]
    pub fn meet<'t>(
        needed: Needed,
        at_hand: Money,
        reserves: impl Iterator<Item = &'t Reserve>,
        lines: impl Iterator<Item = &'t CreditLine>,
    ) -> Self {
        let need = needed.cash.positive();
        let (mut left, mut retained) = (need, needed.retained);
        let mut take = |fund: &Reserve| {
            let used = fund.used(retained).min(left);
            left -= used;
            retained -= used;
            used
        };
        let from_reserves: Vec<Money> = reserves.map(&mut take).collect();
        let from_cash = at_hand.min(left);
        let gap = left - from_cash;
        let mut gap_left = gap;
        let mut draw = |line: &CreditLine| {
            let drawn = line.draw(gap_left);
            gap_left -= drawn;
            drawn
        };
        let drawn: Vec<Money> = lines.map(&mut draw).collect();
        Self { need, from_reserves, from_cash, gap, drawn, gap_left }
    }

    /// Returns what was added since an earlier moment of the year.
    #[must_use]
    pub fn since(self, before: &Self) -> Self {
        let less = |now: Vec<Money>, then: &[Money]| -> Vec<Money> {
            now.into_iter().zip(then).map(|(now, then)| now - *then).collect()
        };
        Self {
            need: self.need - before.need,
            from_reserves: less(self.from_reserves, &before.from_reserves),
            from_cash: self.from_cash - before.from_cash,
            gap: self.gap - before.gap,
            drawn: less(self.drawn, &before.drawn),
            gap_left: self.gap_left - before.gap_left,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::{Months, Share};

    #[test]
    fn our_own_money_goes_before_the_banks() {
        let share = |part| Share::new(part).unwrap();
        let fund = Reserve::new(Money(100.0), Share::NONE, Money::ZERO, share(0.08)).unwrap();
        let mut line = CreditLine::new(Money(500.0), share(0.06), Months(12.0), Months(9.0)).unwrap();
        line.most_drawn = Some(Money(300.0));
        for (need, retained, used, cash, gap, drawn, left, because) in [
            (90.0, 90.0, 90.0, 0.0, 0.0, 0.0, 0.0, "the fund meets it all"),
            (400.0, 60.0, 60.0, 340.0, 0.0, 0.0, 0.0, "the fund pays no more than is retained"),
            (900.0, 900.0, 100.0, 350.0, 450.0, 300.0, 150.0, "the line closes what it can"),
            (-20.0, -20.0, 0.0, 0.0, 0.0, 0.0, 0.0, "a gain needs no money"),
        ] {
            let needed = Needed { cash: Money(need), retained: Money(retained) };
            let met = Liquidity::meet(needed, Money(350.0), [&fund].into_iter(), [&line].into_iter());
            let figures = [met.from_reserves[0], met.from_cash, met.gap, met.drawn[0], met.gap_left];
            assert_eq!(figures, [used, cash, gap, drawn, left].map(Money), "{because}");
        }
    }
}
