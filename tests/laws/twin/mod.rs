//! The slow twin: a second engine, written to be read and not to be fast.
//!
//! It walks through an outage minute by minute and puts each sentence of a rule
//! into one `if` or one loop. It shares no code with the engine that it checks.
//! Every moment is a whole minute, so a straight slope is worth in each minute
//! what it is at the minute's middle, and the sums are exact.
//!
//! A file for each subject: what is lost, what a cover's terms make of it in
//! time and in money, what a tower and a hedge pay. A new rule goes into the
//! file of its subject, and a new kind of part into a file beside these.

mod loss;
mod cover;
mod time;
mod money;
mod tower;
mod hedge;

use std::collections::BTreeMap;

pub use cover::*;
pub use hedge::*;
pub use loss::*;
pub use money::*;
pub use time::*;
pub use tower::*;

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

/// Prices an outage of so many minutes, the first of its year.
pub fn price(business: &Business, duration: Minutes) -> Priced {
    price_in_year(business, duration, &mut Year::new())
}

/// What the year's earlier outages have used up, by cover.
pub type Year = BTreeMap<usize, CoverYear>;

/// Prices an outage of so many minutes, and adds it to the year.
pub fn price_in_year(business: &Business, duration: Minutes, year: &mut Year) -> Priced {
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
            Some(cover) => {
                let claim = &mut claims[cover];
                add_by_minute(&mut claim.profit_by_minute, &profit);
                claim.normal_profit += normal_revenue(line, business.starts, duration) * (1.0 - line.saved);
                claim.ends = claim.ends.max(ends(line, duration));
            }
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
    for ((place, cover), claim) in business.covers.iter().enumerate().zip(claims) {
        let year = year.entry(place).or_default();
        answers.push(answer(cover, business.cause, duration, claim, year, &mut retained));
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

/// Notes why an amount stays with the insured.
pub(super) fn keep(retained: &mut Amounts, reason: &'static str, amount: f64) {
    *retained.entry(reason).or_default() += amount;
}

/// All the amounts together.
pub(super) fn sum(amounts: &Amounts) -> f64 {
    amounts.values().sum()
}
