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
    pub most_in: MostIn,
    pub sublimits: Vec<Sublimit>,
    pub deductible: Deductible,
    pub insured_share: f64,
    /// Heads of which the insured keeps no share.
    pub no_share: Vec<&'static str>,
    pub limit: Option<f64>,
    /// Whether what the insured bears first comes off the limit as well.
    pub erodes: bool,
    pub aggregate_deductible: AggregateDeductible,
    pub aggregate_limit: Option<f64>,
    pub order: Order,
    pub tower: Option<Vec<Layer>>,
    pub premium: f64,
}

impl Cover {
    /// A cover of lost profit on the first line, with no other term.
    pub fn plain() -> Self {
        Self {
            heads: vec!["lost_profit"],
            lines: vec![0],
            perils: None,
            wait: None,
            indemnity: None,
            most_in: MostIn::default(),
            sublimits: vec![],
            deductible: Deductible::Straight(0.0),
            insured_share: 0.0,
            no_share: vec![],
            limit: None,
            erodes: false,
            aggregate_deductible: AggregateDeductible::None,
            aggregate_limit: None,
            order: Order::Standard,
            tower: None,
            premium: 0.0,
        }
    }
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
    /// Whether a minute is one that the cover still looks at.
    pub(super) counts: Vec<bool>,
    pub(super) others: Amounts,
    /// When the last of its lines is back.
    pub(super) ends: Minutes,
    /// Profit that its lines would have made while the outage lasted.
    pub(super) normal_profit: f64,
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
        // Planned work is no peril, not even of a cover against any.
        (_, Some("planned_maintenance")) => false,
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
    year: &mut CoverYear,
    retained: &mut Amounts,
) -> Answer {
    let presented = by_head(&claim);
    let total = sum(&presented);
    let nothing = vec![(0.0, 0.0); cover.tower.iter().flatten().count()];
    let refusal = Answer { presented: total, covered: Amounts::new(), layers: nothing, paid: 0.0 };
    if !answers_to(cover, cause) {
        keep(retained, "excluded_peril", total);
        return refusal;
    }
    if cover.wait.is_some_and(|wait| !reaches(duration, wait.minutes, wait.at_least)) {
        keep(retained, "waiting_period", total);
        return refusal;
    }
    // An hour that the outage only begins is no whole hour.
    let ends = claim.ends.max(duration);
    claim.counts = (0..claim.profit_by_minute.len() as Minutes).map(|minute| minute < ends).collect();
    end_with_indemnity_period(cover, &mut claim, retained);
    let inside_wait = if cover.order == Order::CapsAfterWaiting {
        let inside_wait = deduct_time(cover, duration, &mut claim, retained);
        cut_by_period(&cover.most_in, &mut claim, retained);
        inside_wait
    } else {
        cut_by_period(&cover.most_in, &mut claim, retained);
        deduct_time(cover, duration, &mut claim, retained)
    };
    let mut account = Account {
        involved: presented.into_iter().filter(|(_, amount)| *amount > 0.0).map(|(head, _)| head).collect(),
        heads: by_head(&claim),
        inside_wait,
        normal_profit: claim.normal_profit,
        duration,
        deducted: None,
    };
    for term in in_order(cover.order) {
        apply(term, cover, &mut account, year, retained);
    }

    let heads = account.heads;
    let (mut layers, mut paid) = (vec![], sum(&heads));
    if let Some(tower) = &cover.tower {
        layers = through_tower(tower, paid, retained);
        paid = layers.iter().map(|(_, paid)| paid).sum();
    }
    Answer { presented: total, covered: heads, layers, paid }
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
