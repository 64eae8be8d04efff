//! Other insurance: how covers that answer for one loss share it.

use super::claim::Claim;
use crate::mitigation::Head;
use crate::quantity::Money;
use crate::reason::Reason;
use crate::term::term;

term! {
    pub const OTHER_INSURANCE: Term = {
        key: "other_insurance",
        korean: "중복보험 분담",
        english: "Other insurance",
        file_key: "cover.other_insurance",
        unit: "money",
        formula: "by_limits               min(Iᵢ, x · Lᵢ / ΣL)\nindependent_liability   min(Iᵢ, x · Iᵢ / ΣI)\nexcess                  min(Iᵢ, x - what the others pay)",
        order: "After the limit of the occurrence and before anything of the year",
        source: "Other-insurance clauses in their standard forms: rateable proportion and excess",
    };
}

/// What a cover says of other insurance for the same loss.
///
/// # Formula
///
/// For a loss `x`, with `Lᵢ` the limit of cover `i` and `Iᵢ` what it would pay if it
/// stood alone:
///
/// ```text
/// by_limits               payᵢ = min(Iᵢ, x · Lᵢ / ΣL)
/// independent_liability   payᵢ = min(Iᵢ, x · Iᵢ / ΣI)
/// excess                  payᵢ = min(Iᵢ, x - what the others pay)
/// ```
///
/// The covers together never pay more than the loss. By limits a cover owes no
/// more than its part, though another, for a term of its own, pays less than its:
/// what falls between them stays with the insured. Covers that are all in excess
/// of one another share by independent liability.
///
/// # Order of application
///
/// After the limit of the occurrence and before anything of the year.
///
/// # Source
///
/// The rateable proportion of other-insurance clauses, in its two standard forms,
/// and the excess clause. No one publication fixes them: the policy's words do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherInsurance {
    /// In proportion to limits.
    ByLimits,
    /// In proportion to what each would pay alone.
    IndependentLiability,
    /// After all covers that do not say so.
    Excess,
}

impl OtherInsurance {
    /// Every clause, under the name that it has in a scenario file.
    pub const ALL: [(&'static str, Self); 3] = [
        ("by_limits", Self::ByLimits),
        ("independent_liability", Self::IndependentLiability),
        ("excess", Self::Excess),
    ];

    /// Returns the clause's name in a scenario file.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

/// A cover that answers for a loss beside others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contributor {
    /// What it says of other insurance.
    pub clause: OtherInsurance,
    /// What it would pay alone.
    pub alone: Money,
    /// Its limit; none is endless, and counts as the loss.
    pub limit: Option<Money>,
}

/// Returns what each cover pays of a loss.
///
/// ```
/// use netloss::cover::{Contributor, OtherInsurance, contribute};
/// use netloss::quantity::Money;
/// let cover = |alone, limit| Contributor {
///     clause: OtherInsurance::IndependentLiability,
///     alone: Money(alone),
///     limit: Some(Money(limit)),
/// };
/// let paid = contribute(Money(300.0), &[cover(200.0, 200.0), cover(300.0, 400.0)]);
/// assert_eq!(paid, [Money(120.0), Money(180.0)]);
/// ```
#[must_use]
pub fn contribute(loss: Money, covers: &[Contributor]) -> Vec<Money> {
    let all_excess = covers.iter().all(|cover| cover.clause == OtherInsurance::Excess);
    let first = |cover: &Contributor| all_excess || cover.clause != OtherInsurance::Excess;
    let primary = share(loss, covers, first);
    let left = (loss - primary.iter().copied().sum()).positive();
    let excess = share(left, covers, |cover| !first(cover));
    primary.into_iter().zip(excess).map(|(primary, excess)| primary + excess).collect()
}

/// Shares a loss among the covers that `asked` picks out; the others pay nothing.
fn share(loss: Money, covers: &[Contributor], asked: impl Fn(&Contributor) -> bool) -> Vec<Money> {
    let by_limits = covers.iter().any(|c| asked(c) && c.clause == OtherInsurance::ByLimits);
    let weight = |cover: &Contributor| match cover {
        cover if !asked(cover) => Money::ZERO,
        cover if by_limits => cover.limit.unwrap_or(loss),
        cover => cover.alone,
    };
    let all: Money = covers.iter().map(weight).sum();
    let paid = covers.iter().map(|cover| cover.alone.min(loss * weight(cover).part_of(all)));
    paid.collect()
}

/// Leaves to other insurance what it pays.
pub(super) fn take(claim: &mut Claim<'_>) {
    let Some(paid) = claim.measured.contribution else { return };
    for ((_, head), paid) in Head::ALL.into_iter().zip(paid) {
        let others = (claim.heads[head as usize] - paid).positive();
        claim.keep_head(head, Reason::OtherInsurance, others);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_covers_share_a_loss_as_their_clauses_say() {
        use OtherInsurance::*;
        for (loss, clauses, alone, limits, paid, because) in [
            (300.0, [ByLimits; 2], [200.0, 300.0], [200.0, 400.0], [100.0, 200.0], "a third and two"),
            (
                300.0,
                [IndependentLiability; 2],
                [200.0, 300.0],
                [200.0, 400.0],
                [120.0, 180.0],
                "two fifths and three of what each would pay",
            ),
            (300.0, [IndependentLiability, Excess], [200.0, 300.0], [200.0, 400.0], [200.0, 100.0], "last"),
            (300.0, [Excess, ByLimits], [200.0, 300.0], [200.0, 400.0], [0.0, 300.0], "nothing is left"),
            (300.0, [Excess; 2], [200.0, 300.0], [200.0, 400.0], [120.0, 180.0], "none gives way"),
            (900.0, [ByLimits; 2], [200.0, 400.0], [200.0, 400.0], [200.0, 400.0], "both are used up"),
            (300.0, [ByLimits; 2], [200.0, 50.0], [200.0, 400.0], [100.0, 50.0], "150 falls between"),
            (300.0, [IndependentLiability; 2], [0.0, 0.0], [1.0, 1.0], [0.0, 0.0], "neither pays"),
        ] {
            let cover = |place: usize| Contributor {
                clause: clauses[place],
                alone: Money(alone[place]),
                limit: Some(Money(limits[place])),
            };
            let got = contribute(Money(loss), &[cover(0), cover(1)]);
            assert_eq!(got, paid.map(Money), "{because}");
        }
    }

    #[test]
    fn clauses_stand_in_the_order_of_their_list() {
        for (place, (key, clause)) in OtherInsurance::ALL.into_iter().enumerate() {
            assert_eq!((clause as usize, clause.key()), (place, key));
        }
    }
}
