//! What covers of one programme say to one another.

use super::hours_clause;
use crate::cover::Cover;
use crate::mitigation::{Head, Outflow};
use crate::outage::Perils;
use crate::read::section::{At, Section};
use crate::scenario::{Named, Policy};

/// Notes covers that answer for the same loss, and covers that answer for none.
pub(in crate::read) fn compare(
    section: &Section<'_>,
    covers: &[At<Named<Policy>>],
    outflows: &[At<Named<Outflow>>],
    cause_stated: bool,
) {
    let overlap = |a: &Cover, b: &Cover| {
        let perils = match (&a.perils, &b.perils) {
            (Perils::Named(a), Perils::Named(b)) => a.iter().any(|cause| b.contains(cause)),
            _ => true,
        };
        let shared = a.heads.iter().find(|head| b.heads.contains(head)).copied();
        shared.filter(|head| {
            perils && (*head != Head::LostProfit || a.lines.iter().any(|l| b.lines.contains(l)))
        })
    };
    for (place, At { value: policy, span }) in covers.iter().enumerate() {
        let cover = &policy.terms.cover;
        for earlier in &covers[..place] {
            if let Some(head) = overlap(&earlier.value.terms.cover, cover) {
                let message =
                    format!("covers {:?} and {:?} both name {}", earlier.value.id, policy.id, head.key());
                let both = [&earlier.value.terms.cover, cover].iter().all(|c| c.other_insurance.is_some());
                let mend = format!("{:?} is asked first and answers alone", earlier.value.id);
                if !both {
                    section.warning(span.clone(), message, mend);
                }
            }
        }
        if let (Perils::Named(_), false) = (&cover.perils, cause_stated) {
            let message =
                format!("cover {:?} names perils, and the outage does not say its cause", policy.id);
            section.error(span.clone(), message, "give `cause` in [outage], or perils = [\"any\"]");
        }
        hours_clause::needs_cause(
            section,
            &At { value: cover, span: span.clone() },
            &policy.id,
            cause_stated,
        );
        let arises = |head: &Head| {
            let unread = outflows.len() < section.ids("outflow").len();
            *head == Head::LostProfit
                || unread
                || outflows.iter().any(|flow| flow.value.terms.head == *head)
        };
        if !cover.heads.iter().any(arises) {
            let message =
                format!("cover {:?} can never pay: nothing in the file falls under its heads", policy.id);
            section.error(span.clone(), message, "name a head of loss that arises, or add the [[outflow]]");
        }
    }
}
