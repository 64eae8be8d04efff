//! A cover: which losses it answers for, and its terms one after the other.

use super::*;

/// An indemnity cover.
#[derive(Clone, Debug)]
pub struct Cover {
    pub heads: Vec<&'static str>,
    pub lines: Vec<usize>,
    /// Causes named; none answers to every cause.
    pub perils: Option<Vec<&'static str>>,
    pub wait: Option<Wait>,
    pub indemnity: Option<Indemnity>,
    pub sublimits: Vec<(&'static str, f64)>,
    pub deductible: Deductible,
    pub insured_share: f64,
    pub limit: Option<f64>,
    pub tower: Option<Vec<Layer>>,
    pub premium: f64,
}

/// What one cover answers.
#[derive(Clone, Debug)]
pub struct Answer {
    pub presented: f64,
    pub covered: Amounts,
    /// Of each layer, from the lowest: what falls into it, and what it pays.
    pub layers: Vec<(f64, f64)>,
    pub paid: f64,
}

/// The loss that is presented to one cover.
#[derive(Clone, Debug, Default)]
pub(super) struct Claim {
    pub(super) profit_by_minute: Vec<f64>,
    pub(super) others: Amounts,
}

/// The first cover that names the loss and answers to the cause; else the first that names it.
pub(super) fn owner(business: &Business, names: impl Fn(&Cover) -> bool) -> Option<usize> {
    for (place, cover) in business.covers.iter().enumerate() {
        if names(cover) && answers_to(cover, business.cause) {
            return Some(place);
        }
    }
    business.covers.iter().position(names)
}

/// Whether the cover answers to the cause. No named peril fits a cause that nobody stated.
pub(super) fn answers_to(cover: &Cover, cause: Option<&'static str>) -> bool {
    match (&cover.perils, cause) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(named), Some(cause)) => named.contains(&cause),
    }
}

/// Takes a claim through the terms of its cover, one after the other.
pub(super) fn answer(
    cover: &Cover,
    cause: Option<&'static str>,
    duration: Minutes,
    mut claim: Claim,
    retained: &mut Amounts,
) -> Answer {
    let presented = sum(&by_head(&claim));
    let nothing = vec![(0.0, 0.0); cover.tower.iter().flatten().count()];
    let refusal = Answer { presented, covered: Amounts::new(), layers: nothing, paid: 0.0 };
    if !answers_to(cover, cause) {
        keep(retained, "excluded_peril", presented);
        return refusal;
    }
    if cover.wait.is_some_and(|wait| !reaches(duration, wait.minutes, wait.at_least)) {
        keep(retained, "waiting_period", presented);
        return refusal;
    }
    end_with_indemnity_period(cover, &mut claim, retained);
    let wait = cover.wait.map_or(0, |wait| wait.minutes);
    let inside_wait: f64 = claim.profit_by_minute.iter().take(wait as usize).sum();
    deduct_time(cover, duration, &mut claim, retained);

    let mut heads = by_head(&claim);
    for (head, most) in &cover.sublimits {
        if let Some(claimed) = heads.get_mut(head)
            && *claimed > *most
        {
            keep(retained, "sublimit", *claimed - most);
            *claimed = *most;
        }
    }
    let greater_of = cover.wait.is_some_and(|wait| wait.reading == Reading::GreaterOf);
    let borne = borne_first(cover.deductible, sum(&heads));
    if greater_of && inside_wait > borne {
        take(&mut heads, inside_wait, "waiting_period", retained);
    } else {
        take(&mut heads, borne, "deductible", retained);
    }
    let insured_share = sum(&heads) * cover.insured_share;
    take(&mut heads, insured_share, "insured_share", retained);
    if let Some(limit) = cover.limit {
        let above = (sum(&heads) - limit).max(0.0);
        take(&mut heads, above, "above_limit", retained);
    }

    let (mut layers, mut paid) = (vec![], sum(&heads));
    if let Some(tower) = &cover.tower {
        layers = through_tower(tower, paid, retained);
        paid = layers.iter().map(|(_, paid)| paid).sum();
    }
    Answer { presented, covered: heads, layers, paid }
}

/// A claim as amounts by head.
pub(super) fn by_head(claim: &Claim) -> Amounts {
    let mut heads = claim.others.clone();
    *heads.entry("lost_profit").or_default() += claim.profit_by_minute.iter().sum::<f64>();
    heads
}

/// Takes an amount off the sum of the heads, or all there is, from each head in proportion.
pub(super) fn take(heads: &mut Amounts, amount: f64, reason: &'static str, retained: &mut Amounts) {
    let total = sum(heads);
    let taken = amount.min(total);
    keep(retained, reason, taken);
    for head in heads.values_mut() {
        *head = if total > 0.0 { *head * (1.0 - taken / total) } else { 0.0 };
    }
}
