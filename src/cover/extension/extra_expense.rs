//! Extra expense: what is spent beyond the normal, and whether it has to pay for itself.

use super::ProfitSaved;
use crate::quantity::Money;
use crate::term::term;

term! {
    pub const EXTRA_EXPENSE: Term = {
        key: "extra_expense",
        korean: "특별비용",
        english: "Extra expense",
        file_key: "cover.extra_expense",
        unit: "money",
        formula: "Σ (incurred - normal), at most the sublimit; at most the profit saved with the economic cap",
        order: "With the additions, before sublimits",
        source: "US business income and extra expense forms: necessary expense that would not have been incurred; Alesco, Power wordings debunked (2020)",
    };
}

/// How a cover answers for extra expense.
///
/// # Formula
///
/// ```text
/// extra expense = Σ (incurred - normal)
/// payable       = extra expense outside the waiting period, where that applies to it
///               = min(extra expense, profit saved)           with the economic cap
/// ```
///
/// The sublimit of the head comes later, with the others. What an outage of just
/// the waiting period would have cost is what falls inside it.
///
/// # Order of application
///
/// With the additions to lost profit, before sublimits. Most wordings let no
/// waiting period stand before extra expense; some do.
///
/// # Source
///
/// US business income and extra expense forms: necessary expense during the
/// period of restoration "that you would not have incurred"; expense that reduces
/// loss is paid to the extent that it reduces loss. Alesco, "Power wordings
/// debunked", 2020, on expediting and extra expense.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ExtraExpense {
    /// The profit saved, beyond which nothing is paid; none where it need save none.
    pub economic_cap: Option<ProfitSaved>,
    /// Whether what is spent inside the waiting period stays with the insured.
    pub waits: bool,
}

/// What becomes of an extra expense.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ExtraExpenseAnswer {
    /// What was spent beyond the normal.
    pub spent: Money,
    /// The part of it that falls inside the waiting period.
    pub inside_wait: Money,
    /// The part of the rest that is beyond the profit saved.
    pub beyond_saving: Money,
}

impl ExtraExpense {
    /// Returns what becomes of an expense, of which `by_wait` was spent by the end
    /// of the waiting period.
    #[must_use]
    pub fn answer(self, spent: Money, by_wait: Money, turnover_by_paths: Money) -> ExtraExpenseAnswer {
        let inside_wait = if self.waits { by_wait.min(spent) } else { Money::ZERO };
        let left = spent - inside_wait;
        let most = self.economic_cap.map(|saved| saved.of(turnover_by_paths));
        ExtraExpenseAnswer { spent, inside_wait, beyond_saving: left - left.at_most(most) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cover::TurnoverSaved;
    use crate::quantity::Share;

    #[test]
    fn expense_waits_and_pays_for_itself_only_where_the_wording_says_so() {
        let worth_50 =
            ProfitSaved { rate: Share::new(0.5).unwrap(), turnover: TurnoverSaved::Stated(Money(100.0)) };
        for (cap, waits, paid, because) in [
            (None, false, 65.0, "all of it"),
            (None, true, 45.0, "20 was spent inside the waiting period"),
            (Some(worth_50), false, 50.0, "it saved 50"),
            (Some(worth_50), true, 45.0, "what waits is not capped again"),
        ] {
            let answer =
                ExtraExpense { economic_cap: cap, waits }.answer(Money(65.0), Money(20.0), Money::ZERO);
            assert_eq!(answer.spent - answer.inside_wait - answer.beyond_saving, Money(paid), "{because}");
        }
    }
}
