//! Make-up: from which hours the sales made up later are taken.

use crate::quantity::{Money, Share};
use crate::term::term;

term! {
    pub const MAKE_UP: Term = {
        key: "make_up",
        korean: "매출 만회와 잔존물",
        english: "Make-up of sales and salvage",
        file_key: "cover.make_up_allocation",
        unit: "money",
        formula: "loss = (lost - made up) · margin + overtime, where measured, - salvage; the hours before or after the wait give first",
        order: "Before waiting periods and limits",
        source: "IRMI, Calculating makeup in business interruption claims",
    };
}

/// Which of the lost hours a sale made up later replaces, as the policy sees it.
///
/// What the line loses in all is the same; what falls inside a waiting period is
/// not.
///
/// # Formula
///
/// For lost profit of which `inside` falls in the waiting period and `after`
/// later, and `made up` of it in all:
///
/// ```text
/// pro_rata              each hour shrinks by made up / (inside + after)
/// covered_hours_first   after  shrinks by min(made up, after), inside by the rest
/// waiting_hours_first   inside shrinks by min(made up, inside), after by the rest
/// ```
///
/// Within the waiting period, and after it, each hour shrinks by the same part.
///
/// # Source
///
/// IRMI, "Calculating makeup in business interruption claims": only sales that
/// replace a lost sale count, and the two sides place them in the hours that suit
/// them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Allocation {
    /// From every lost hour alike.
    #[default]
    ProRata,
    /// From the hours after the waiting period first.
    CoveredHoursFirst,
    /// From the hours of the waiting period first.
    WaitingHoursFirst,
}

/// What is left of each lost hour once the make-up is allocated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Left {
    /// Of the hours inside the waiting period.
    pub inside: Share,
    /// Of the hours after it.
    pub after: Share,
}

impl Allocation {
    /// Every allocation, under the name that it has in a scenario file.
    pub const ALL: [(&'static str, Self); 3] = [
        ("pro_rata", Self::ProRata),
        ("covered_hours_first", Self::CoveredHoursFirst),
        ("waiting_hours_first", Self::WaitingHoursFirst),
    ];

    /// Returns the allocation's name in a scenario file.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// Returns what is left of the hours of which `inside` and `after` was lost,
    /// where this part of it all is made up.
    #[must_use]
    pub fn left(self, inside: Money, after: Money, made_up: Share) -> Left {
        let credit = (inside + after) * made_up;
        let rest = |credit: Money, of: Money| credit.part_of(of).rest();
        match self {
            Self::ProRata => Left { inside: made_up.rest(), after: made_up.rest() },
            Self::CoveredHoursFirst => {
                Left { inside: rest((credit - after).positive(), inside), after: rest(credit, after) }
            }
            Self::WaitingHoursFirst => {
                Left { inside: rest(credit, inside), after: rest((credit - inside).positive(), after) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_make_up_in_three_allocations() {
        let (inside, after) = (Money(168.0), Money(242.0));
        let part = |share| Share::new(share).unwrap();
        for (allocation, made_up, left_inside, left_after, because) in [
            (Allocation::ProRata, 0.3, 117.6, 169.4, "every hour shrinks alike"),
            (Allocation::CoveredHoursFirst, 0.3, 168.0, 119.0, "123 off the covered hours"),
            (Allocation::WaitingHoursFirst, 0.3, 45.0, 242.0, "123 off the waiting hours"),
            (Allocation::CoveredHoursFirst, 0.8, 82.0, 0.0, "328 is more than the covered hours hold"),
            (Allocation::WaitingHoursFirst, 0.8, 0.0, 82.0, "and more than the waiting hours hold"),
            (Allocation::CoveredHoursFirst, 1.0, 0.0, 0.0, "all of it"),
        ] {
            let left = allocation.left(inside, after, part(made_up));
            let got = [(inside * left.inside).0, (after * left.after).0];
            for (got, expected) in got.into_iter().zip([left_inside, left_after]) {
                assert!((got - expected).abs() < 1e-9, "{allocation:?} {got} {expected}: {because}");
            }
        }
    }

    #[test]
    fn allocations_stand_in_the_order_of_their_list() {
        for (place, (key, allocation)) in Allocation::ALL.into_iter().enumerate() {
            assert_eq!((allocation as usize, allocation.key()), (place, key));
        }
    }
}
