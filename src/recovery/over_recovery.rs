//! Over-recovery: what happens where payers together pay more than was lost.

use crate::quantity::Money;
use crate::term::term;

term! {
    /// Indemnity makes good and does no more; a payout on an index may. The last
    /// layer of the last cover gives first.
    pub const OVER_RECOVERY: Term = {
        key: "over_recovery",
        korean: "초과 회수",
        english: "Over-recovery rule",
        file_key: "over_recovery",
        unit: "money",
        formula: "excess = (covers + hedges + third party - economic loss)⁺\nreport         nothing is reduced, the excess is a line of its own\ncap_indemnity  the covers give up to the excess, last layer first\ncap_all        the covers, and then the hedges, give up to the excess",
        order: "after the third-party recoveries, before the haircuts",
        source: "the principle of indemnity; the project's own order of reduction",
    };
}

/// What happens where payers together pay more than was lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OverRecovery {
    /// Each pays what it owes; the excess is shown.
    #[default]
    Report,
    /// Indemnity covers are reduced until recoveries come to the loss.
    CapIndemnity,
    /// Indemnity covers are reduced, and then hedges.
    CapAll,
}

/// By how much each payer is reduced.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reductions {
    /// Of each indemnity payment, in the order given.
    pub indemnity: Vec<Money>,
    /// Of each hedge, in the order given.
    pub hedges: Vec<Money>,
}

impl OverRecovery {
    /// Each word of a scenario file, with what it means.
    pub const ALL: [(&'static str, Self); 3] =
        [("report", Self::Report), ("cap_indemnity", Self::CapIndemnity), ("cap_all", Self::CapAll)];

    /// Returns the word for it in a scenario file.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// Returns by how much each payer is reduced, the last one first.
    ///
    /// `indemnity` holds each layer of each cover in order, `hedges` each hedge,
    /// and `other` what comes in from others and is never reduced.
    ///
    /// # Formula
    ///
    /// ```text
    /// excess = (Σ indemnity + Σ hedges + other - loss)⁺
    /// ```
    ///
    /// A hedge that costs money gives nothing.
    #[must_use]
    pub fn reductions(
        self,
        loss: Money,
        indemnity: &[Money],
        hedges: &[Money],
        other: Money,
    ) -> Reductions {
        let recovered: Money = indemnity.iter().chain(hedges).copied().sum::<Money>() + other;
        let mut excess = (recovered - loss).positive();
        let mut give = |payers: &[Money], bound: bool| {
            let mut reductions = vec![Money::ZERO; payers.len()];
            for (reduction, paid) in reductions.iter_mut().zip(payers).rev().filter(|_| bound) {
                *reduction = excess.min(paid.positive());
                excess -= *reduction;
            }
            reductions
        };
        let indemnity = give(indemnity, self != Self::Report);
        let hedges = give(hedges, self == Self::CapAll);
        Reductions { indemnity, hedges }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_excess_of_250_under_each_rule() {
        let (layers, hedges) = ([100.0, 80.0].map(Money), [-20.0, 90.0, 100.0].map(Money));
        for (rule, of_layers, of_hedges, because) in [
            (OverRecovery::Report, [0.0, 0.0], [0.0, 0.0, 0.0], "the excess is shown"),
            (OverRecovery::CapIndemnity, [100.0, 80.0], [0.0, 0.0, 0.0], "hedges keep what they paid"),
            (OverRecovery::CapAll, [100.0, 80.0], [0.0, 0.0, 70.0], "the last hedge gives first"),
        ] {
            let reductions = rule.reductions(Money(110.0), &layers, &hedges, Money(10.0));
            assert_eq!(reductions.indemnity, of_layers.map(Money), "{because}");
            assert_eq!(reductions.hedges, of_hedges.map(Money), "{because}");
        }
        let reductions = OverRecovery::CapIndemnity.reductions(Money(330.0), &layers, &hedges, Money(10.0));
        assert_eq!(reductions.indemnity, [0.0, 30.0].map(Money), "the last layer gives first");
    }

    #[test]
    fn words_stand_in_the_order_of_their_list() {
        for (place, (_, rule)) in OverRecovery::ALL.into_iter().enumerate() {
            assert_eq!(rule as usize, place);
        }
    }
}
