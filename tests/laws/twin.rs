//! The slow twin: a second engine, written to be read and not to be fast.
//!
//! It walks through an outage minute by minute and puts each sentence of a rule
//! into one `if` or one loop. It shares no code with the engine that it checks.
//! Every moment is a whole minute, so a straight slope is worth in each minute
//! what it is at the minute's middle, and the sums are exact.

use std::collections::BTreeMap;

/// Whole minutes: a length of time, or a moment counted from the outage's start.
pub type Minutes = i64;

/// Amounts under a name: of a head of loss, or of a reason to keep it.
pub type Amounts = BTreeMap<&'static str, f64>;

/// A business, the outage that befalls it, and what it bought against it.
#[derive(Clone, Debug)]
pub struct Business {
    /// When the outage starts, on the axis on which profiles are laid.
    pub starts: Minutes,
    pub cause: Option<&'static str>,
    pub lines: Vec<Line>,
    pub outflows: Vec<Outflow>,
    pub covers: Vec<Cover>,
    pub parametrics: Vec<Parametric>,
    pub premium_counts: bool,
}

/// A business line: revenue of each hour, starting again after the last one.
#[derive(Clone, Debug)]
pub struct Line {
    pub revenue: Vec<f64>,
    /// When the first of these hours begins.
    pub first_hour: Minutes,
    pub dependency: f64,
    pub stages: Vec<Stage>,
    pub ramp_up: Minutes,
    pub recapture: f64,
    pub fade: Fade,
    pub saved: f64,
}

/// A stage of the outage. It ends after so many quarters of it and minutes more.
#[derive(Clone, Copy, Debug)]
pub struct Stage {
    pub quarters: i64,
    pub minutes: Minutes,
    /// Share lost at its first and at its last moment.
    pub lost: (f64, f64),
}

/// How recapture declines with duration.
#[derive(Clone, Copy, Debug)]
pub enum Fade {
    None,
    Exponential(Minutes),
    Linear(Minutes),
}

/// A cost that the outage causes.
#[derive(Clone, Debug)]
pub struct Outflow {
    pub head: &'static str,
    pub amount: Amount,
}

/// How much an outflow comes to.
#[derive(Clone, Debug)]
pub enum Amount {
    Fixed(f64),
    PerHour { rate: f64, after: Minutes },
    ShareOfLostRevenue { share: f64, lines: Vec<usize> },
    Tiered(Steps),
}

/// Amounts by duration: the last step reached counts.
#[derive(Clone, Debug)]
pub struct Steps {
    pub steps: Vec<(Minutes, f64)>,
    pub at_least: bool,
}

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

/// A waiting period.
#[derive(Clone, Copy, Debug)]
pub struct Wait {
    pub minutes: Minutes,
    pub reading: Reading,
    pub at_least: bool,
}

/// What becomes of the minutes of a waiting period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    TimeDeductible,
    ProRata,
    Qualifying,
    GreaterOf,
    Cumulative,
    QualifyingThenMoney,
}

/// What the insured bears first.
#[derive(Clone, Copy, Debug)]
pub enum Deductible {
    Straight(f64),
    Franchise { threshold: f64, at_least: bool },
    Disappearing { amount: f64, vanishes_at: f64 },
    Percentage { share: f64, minimum: f64, maximum: Option<f64> },
}

impl Deductible {
    /// The same rule with every amount put through `change`.
    pub fn map(self, change: impl Fn(f64) -> f64) -> Self {
        match self {
            Self::Straight(amount) => Self::Straight(change(amount)),
            Self::Franchise { threshold, at_least } => {
                Self::Franchise { threshold: change(threshold), at_least }
            }
            Self::Disappearing { amount, vanishes_at } => {
                Self::Disappearing { amount: change(amount), vanishes_at: change(vanishes_at) }
            }
            Self::Percentage { share, minimum, maximum } => {
                Self::Percentage { share, minimum: change(minimum), maximum: maximum.map(change) }
            }
        }
    }
}

/// An indemnity period.
#[derive(Clone, Copy, Debug)]
pub struct Indemnity {
    pub minutes: Minutes,
    pub from_end_of_wait: bool,
}

/// A layer of a tower and the shares of it that carriers took.
#[derive(Clone, Debug)]
pub struct Layer {
    pub from: f64,
    pub width: Option<f64>,
    pub shares: Vec<f64>,
}

/// A parametric cover.
#[derive(Clone, Debug)]
pub struct Parametric {
    pub pays: Pays,
    pub limit: Option<f64>,
    pub premium: f64,
}

/// What a parametric cover pays by duration.
#[derive(Clone, Debug)]
pub enum Pays {
    Steps(Steps),
    PerHour { rate: f64, from: Minutes, to: Option<Minutes>, whole_hours: bool },
}

/// What an outage comes to.
#[derive(Clone, Debug)]
pub struct Priced {
    pub gross: f64,
    pub recaptured: f64,
    pub saved: f64,
    pub outflows: Vec<f64>,
    pub economic_loss: f64,
    pub answers: Vec<Answer>,
    pub payouts: Vec<f64>,
    pub retained: Amounts,
    /// What payouts bring beyond all that is retained.
    pub gain: f64,
    pub net: f64,
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
struct Claim {
    profit_by_minute: Vec<f64>,
    others: Amounts,
}

/// Prices an outage of so many minutes.
pub fn price(business: &Business, duration: Minutes) -> Priced {
    let (mut gross, mut recaptured, mut saved, mut lost_of_line) = (0.0, 0.0, 0.0, Vec::new());
    let mut claims = vec![Claim::default(); business.covers.len()];
    let mut retained = Amounts::new();

    for (place, line) in business.lines.iter().enumerate() {
        let lost = lost_by_minute(line, business.starts, duration);
        let all: f64 = lost.iter().sum();
        let made_up = line.recapture * not_yet_faded(line.fade, duration);
        gross += all;
        recaptured += all * made_up;
        saved += all * (1.0 - made_up) * line.saved;
        lost_of_line.push(all);
        let profit: Vec<f64> = lost.iter().map(|it| it * (1.0 - made_up) * (1.0 - line.saved)).collect();
        let names = |cover: &Cover| cover.heads.contains(&"lost_profit") && cover.lines.contains(&place);
        match owner(business, names) {
            Some(cover) => add_by_minute(&mut claims[cover].profit_by_minute, &profit),
            None => keep(&mut retained, "not_covered", profit.iter().sum()),
        }
    }

    let mut outflows = Vec::new();
    for outflow in &business.outflows {
        let amount = outflow_of(&outflow.amount, duration, &lost_of_line);
        match owner(business, |cover| cover.heads.contains(&outflow.head)) {
            Some(cover) => *claims[cover].others.entry(outflow.head).or_default() += amount,
            None => keep(&mut retained, "not_covered", amount),
        }
        outflows.push(amount);
    }

    let mut answers = Vec::new();
    for (cover, claim) in business.covers.iter().zip(claims) {
        answers.push(answer(cover, business.cause, duration, claim, &mut retained));
    }
    let payouts: Vec<f64> = business.parametrics.iter().map(|it| payout(it, duration)).collect();

    let economic_loss = gross - recaptured - saved + outflows.iter().sum::<f64>();
    let paid: f64 = answers.iter().map(|answer| answer.paid).sum();
    let paid_out: f64 = payouts.iter().sum();
    let gain = (paid_out - sum(&retained)).max(0.0);
    let mut net = economic_loss - paid - paid_out;
    if business.premium_counts {
        net += business.covers.iter().map(|cover| cover.premium).sum::<f64>();
        net += business.parametrics.iter().map(|hedge| hedge.premium).sum::<f64>();
    }
    Priced { gross, recaptured, saved, outflows, economic_loss, answers, payouts, retained, gain, net }
}

/// Revenue lost in each minute, up to the end of the ramp after the outage.
fn lost_by_minute(line: &Line, starts: Minutes, duration: Minutes) -> Vec<f64> {
    let mut lost = Vec::new();
    for minute in 0..duration + line.ramp_up {
        let on_profile = starts - line.first_hour + minute;
        let hour = on_profile.div_euclid(60).rem_euclid(line.revenue.len() as i64);
        let revenue = line.revenue[hour as usize] / 60.0;
        lost.push(revenue * lost_share(line, duration, minute as f64 + 0.5) * line.dependency);
    }
    lost
}

/// Share of a line that is lost at one moment of the outage or of the ramp after it.
fn lost_share(line: &Line, duration: Minutes, at: f64) -> f64 {
    let (mut from, mut level) = (0, 0.0);
    for stage in &line.stages {
        assert_eq!(duration * stage.quarters % 4, 0, "a stage must end on a whole minute");
        let planned = duration * stage.quarters / 4 + stage.minutes;
        // An outage that ends earlier ends the stage with it.
        let to = planned.min(duration);
        if to <= from {
            continue;
        }
        let share_at = |moment: f64| {
            let passed = (moment - from as f64) / (planned - from) as f64;
            stage.lost.0 + (stage.lost.1 - stage.lost.0) * passed
        };
        if at < to as f64 {
            return share_at(at);
        }
        (from, level) = (to, share_at(to as f64));
    }
    // After the last stage the ramp leads from where that stage stopped to nothing.
    let passed = at - from as f64;
    let ramp_up = line.ramp_up as f64;
    if passed < ramp_up { level * (1.0 - passed / ramp_up) } else { 0.0 }
}

/// Part of the recapture that is left after an outage of this duration.
fn not_yet_faded(fade: Fade, duration: Minutes) -> f64 {
    match fade {
        Fade::None => 1.0,
        Fade::Exponential(tau) => (-(duration as f64) / tau as f64).exp(),
        Fade::Linear(tau) if duration >= tau => 0.0,
        Fade::Linear(tau) => 1.0 - duration as f64 / tau as f64,
    }
}

/// What an outflow comes to.
fn outflow_of(amount: &Amount, duration: Minutes, lost_of_line: &[f64]) -> f64 {
    if duration == 0 {
        return 0.0;
    }
    match amount {
        Amount::Fixed(amount) => *amount,
        Amount::PerHour { after, .. } if duration <= *after => 0.0,
        Amount::PerHour { rate, after } => rate * (duration - after) as f64 / 60.0,
        Amount::ShareOfLostRevenue { share, lines } => {
            lines.iter().map(|line| share * lost_of_line[*line]).sum()
        }
        Amount::Tiered(steps) => last_reached(steps, duration),
    }
}

/// The amount of the last step that the duration reaches.
fn last_reached(steps: &Steps, duration: Minutes) -> f64 {
    let mut amount = 0.0;
    for (at, amount_from_here) in &steps.steps {
        if reaches(duration, *at, steps.at_least) {
            amount = *amount_from_here;
        }
    }
    amount
}

/// Whether a duration is "at least" or, in the other wording, "more than" a threshold.
fn reaches(duration: Minutes, threshold: Minutes, at_least: bool) -> bool {
    if at_least { duration >= threshold } else { duration > threshold }
}

/// The first cover that names the loss and answers to the cause; else the first that names it.
fn owner(business: &Business, names: impl Fn(&Cover) -> bool) -> Option<usize> {
    for (place, cover) in business.covers.iter().enumerate() {
        if names(cover) && answers_to(cover, business.cause) {
            return Some(place);
        }
    }
    business.covers.iter().position(names)
}

/// Whether the cover answers to the cause. No named peril fits a cause that nobody stated.
fn answers_to(cover: &Cover, cause: Option<&'static str>) -> bool {
    match (&cover.perils, cause) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(named), Some(cause)) => named.contains(&cause),
    }
}

/// Takes a claim through the terms of its cover, one after the other.
fn answer(
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

/// What the insured bears of a loss before the cover pays.
fn borne_first(deductible: Deductible, loss: f64) -> f64 {
    match deductible {
        Deductible::Straight(amount) => amount,
        Deductible::Franchise { threshold, at_least } => {
            let passed = if at_least { loss >= threshold } else { loss > threshold };
            if passed { 0.0 } else { loss }
        }
        Deductible::Disappearing { amount, vanishes_at } => {
            if loss <= amount {
                amount
            } else if loss >= vanishes_at {
                0.0
            } else {
                amount * (vanishes_at - loss) / (vanishes_at - amount)
            }
        }
        Deductible::Percentage { share, minimum, maximum } => {
            let mut borne = share * loss;
            if borne < minimum {
                borne = minimum;
            }
            if let Some(maximum) = maximum
                && borne > maximum
            {
                borne = maximum;
            }
            borne
        }
    }
}

/// The minute at which the indemnity period ends, where there is one.
fn indemnity_ends(cover: &Cover) -> Option<Minutes> {
    let period = cover.indemnity?;
    let wait = cover.wait.map_or(0, |wait| wait.minutes);
    Some(if period.from_end_of_wait { period.minutes + wait } else { period.minutes })
}

/// Profit lost after the indemnity period is not covered.
fn end_with_indemnity_period(cover: &Cover, claim: &mut Claim, retained: &mut Amounts) {
    let Some(ends) = indemnity_ends(cover) else { return };
    for (minute, profit) in claim.profit_by_minute.iter_mut().enumerate() {
        if minute as Minutes >= ends {
            keep(retained, "indemnity_period", *profit);
            *profit = 0.0;
        }
    }
}

/// Under the readings that deduct time, the insured keeps the profit of the waiting period.
fn deduct_time(cover: &Cover, duration: Minutes, claim: &mut Claim, retained: &mut Amounts) {
    let Some(wait) = cover.wait else { return };
    let span = indemnity_ends(cover).map_or(duration, |ends| ends.min(duration));
    for (minute, profit) in claim.profit_by_minute.iter_mut().enumerate() {
        let part = match wait.reading {
            // What was really lost in those minutes ...
            Reading::TimeDeductible | Reading::Cumulative if (minute as Minutes) < wait.minutes => 1.0,
            Reading::TimeDeductible | Reading::Cumulative => 0.0,
            // ... or as large a part of every minute as the wait is of the covered span.
            Reading::ProRata => (wait.minutes as f64 / span.max(1) as f64).min(1.0),
            Reading::Qualifying | Reading::GreaterOf | Reading::QualifyingThenMoney => 0.0,
        };
        keep(retained, "waiting_period", *profit * part);
        *profit -= *profit * part;
    }
}

/// Walks up the loss band by band: each band lies in one layer, in a gap, or above all layers.
fn through_tower(tower: &[Layer], loss: f64, retained: &mut Amounts) -> Vec<(f64, f64)> {
    let mut tower = tower.to_vec();
    tower.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut layers = Vec::new();
    let mut at = 0.0;
    for layer in &tower {
        let gap = loss.min(layer.from) - at;
        if gap > 0.0 {
            keep(retained, "layer_gap", gap);
            at += gap;
        }
        let top = layer.width.map_or(loss, |width| loss.min(layer.from + width));
        let in_layer = (top - at).max(0.0);
        let placed: f64 = layer.shares.iter().sum();
        keep(retained, "unplaced_share", in_layer * (1.0 - placed));
        layers.push((in_layer, in_layer * placed));
        at += in_layer;
    }
    keep(retained, "above_limit", loss - at);
    layers
}

/// What a parametric cover pays: it looks at the clock and at nothing else.
fn payout(hedge: &Parametric, duration: Minutes) -> f64 {
    let scheduled = match &hedge.pays {
        Pays::Steps(steps) => last_reached(steps, duration),
        Pays::PerHour { rate, from, to, whole_hours } => {
            let mut paid_minutes = 0;
            for minute in 0..duration {
                if minute >= *from && to.is_none_or(|to| minute < to) {
                    paid_minutes += 1;
                }
            }
            if *whole_hours {
                paid_minutes -= paid_minutes % 60;
            }
            rate * f64::from(paid_minutes) / 60.0
        }
    };
    hedge.limit.map_or(scheduled, |limit| scheduled.min(limit))
}

/// A claim as amounts by head.
fn by_head(claim: &Claim) -> Amounts {
    let mut heads = claim.others.clone();
    *heads.entry("lost_profit").or_default() += claim.profit_by_minute.iter().sum::<f64>();
    heads
}

/// Takes an amount off the sum of the heads, or all there is, from each head in proportion.
fn take(heads: &mut Amounts, amount: f64, reason: &'static str, retained: &mut Amounts) {
    let total = sum(heads);
    let taken = amount.min(total);
    keep(retained, reason, taken);
    for head in heads.values_mut() {
        *head = if total > 0.0 { *head * (1.0 - taken / total) } else { 0.0 };
    }
}

/// Adds one line's minutes to those of another; the longer of the two decides the length.
fn add_by_minute(all: &mut Vec<f64>, more: &[f64]) {
    all.resize(all.len().max(more.len()), 0.0);
    for (minute, amount) in more.iter().enumerate() {
        all[minute] += amount;
    }
}

/// Notes why an amount stays with the insured.
fn keep(retained: &mut Amounts, reason: &'static str, amount: f64) {
    *retained.entry(reason).or_default() += amount;
}

/// All the amounts together.
fn sum(amounts: &Amounts) -> f64 {
    amounts.values().sum()
}
