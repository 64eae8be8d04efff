//! Sharing: what several covers that answer for one loss pay of it together.

use crate::cover::{ByHead, Contributor, OtherInsurance, Response, contribute};
use crate::mitigation::Head;
use crate::quantity::Money;
use crate::reason::{Reason, Retained};
use crate::scenario::Scenario;

/// A loss: its head, the covers that are asked for it, and its amount.
pub(super) type Asked<'a> = (Head, &'a Vec<usize>, Money);

/// Losses for which several covers answer.
pub(super) struct Shared {
    /// What each cover pays of each head, where it shares one.
    paid: Vec<Option<ByHead>>,
    /// What these covers leave with the insured.
    retained: Retained,
}

impl Shared {
    /// Lets the covers of each head share it; nothing where no loss is asked of two.
    ///
    /// `responses` are what each cover would pay alone.
    pub fn new(scenario: &Scenario, losses: &[Asked<'_>], responses: &[Response]) -> Option<Self> {
        let mut paid = vec![None; responses.len()];
        for (_, owners, _) in losses.iter().filter(|(_, owners, _)| owners.len() > 1) {
            for &cover in *owners {
                paid[cover] = Some(responses[cover].alone);
            }
        }
        let covers: Vec<usize> = (0..responses.len()).filter(|cover| paid[*cover].is_some()).collect();
        if covers.is_empty() {
            return None;
        }
        let theirs = |(_, owners, _): &&Asked<'_>| owners.iter().any(|owner| covers.contains(owner));
        let (mut between, mut unpaid) = (Money::ZERO, Money::ZERO);
        for (_, head) in Head::ALL {
            let of_head = |(at, ..): &&Asked<'_>| *at == head;
            let loss: Money =
                losses.iter().filter(theirs).filter(of_head).map(|(_, _, amount)| *amount).sum();
            // Suppliers' credits have met their part of the profit already.
            let credited = covers.iter().map(|cover| responses[*cover].credited);
            let loss = if head == Head::LostProfit { loss - credited.sum() } else { loss };
            let contributor = |&cover: &usize| {
                let terms = &scenario.covers[cover].terms.cover;
                Contributor {
                    clause: terms.other_insurance.unwrap_or(OtherInsurance::IndependentLiability),
                    alone: responses[cover].alone[head as usize],
                    limit: terms.occurrence_limit,
                }
            };
            let contributors: Vec<Contributor> = covers.iter().map(contributor).collect();
            let shares = contribute(loss, &contributors);
            for (&cover, share) in covers.iter().zip(&shares) {
                if let Some(paid) = &mut paid[cover] {
                    paid[head as usize] = *share;
                }
            }
            let alone: Money = contributors.iter().map(|contributor| contributor.alone).sum();
            let together: Money = shares.into_iter().sum();
            between += (alone.min(loss) - together).positive();
            unpaid += (loss - alone).positive();
        }
        let kept = covers.iter().fold(Retained::default(), |mut kept, cover| {
            kept.add(&responses[*cover].kept_alone);
            kept
        });
        // Each cover keeps its own part of the same loss: what none of them pays is
        // put down to all their terms, in proportion to what each of them keeps.
        let mut retained = Retained::default();
        let all: Money = kept.iter().map(|(_, amount)| amount.positive()).sum();
        for (reason, amount) in kept.iter() {
            retained[reason] = unpaid * amount.positive().part_of(all);
        }
        let put_down = if all > Money::ZERO { unpaid } else { Money::ZERO };
        retained[Reason::OtherInsurance] = between + unpaid - put_down;
        Some(Self { paid, retained })
    }

    /// Returns what a cover pays of each head, where it shares one.
    pub fn paid_by(&self, cover: usize) -> Option<ByHead> {
        self.paid[cover]
    }
}

/// Returns what all covers leave with the insured, each won of a shared loss once.
pub(super) fn retained(shared: Option<&Shared>, responses: &[Response]) -> Retained {
    let mut retained = shared.map_or_else(Retained::default, |shared| shared.retained);
    for (cover, response) in responses.iter().enumerate() {
        if shared.is_some_and(|shared| shared.paid[cover].is_some()) {
            retained.add(&response.kept_of_part);
        } else {
            retained.add(&response.retained);
        }
    }
    retained
}
