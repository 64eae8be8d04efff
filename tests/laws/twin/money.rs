//! Terms of a cover that count money, and their orders.

use super::*;

/// What the insured bears first.
#[derive(Clone, Debug)]
pub enum Deductible {
    Straight(f64),
    Franchise {
        threshold: f64,
        at_least: bool,
    },
    Disappearing {
        amount: f64,
        vanishes_at: f64,
    },
    /// A part of the loss, or of an amount that the policy states.
    Percentage {
        share: f64,
        of: Option<f64>,
        minimum: f64,
        maximum: Option<f64>,
    },
    /// So many average days, of which a week has so many: of profit that would have
    /// been made, or of what was lost.
    AverageDays {
        days: f64,
        in_a_week: f64,
        of_loss: bool,
    },
    /// Each head bears its own.
    PerHead(Vec<(&'static str, f64)>),
    /// The largest of the amounts of the heads that lost anything.
    LargestOfHeads(Vec<(&'static str, f64)>),
}

impl Deductible {
    /// The same rule with every amount put through `change`.
    pub fn map(&self, change: impl Fn(f64) -> f64) -> Self {
        let each = |heads: &Vec<(&'static str, f64)>| {
            heads.iter().map(|(head, amount)| (*head, change(*amount))).collect()
        };
        match self.clone() {
            Self::Straight(amount) => Self::Straight(change(amount)),
            Self::Franchise { threshold, at_least } => {
                Self::Franchise { threshold: change(threshold), at_least }
            }
            Self::Disappearing { amount, vanishes_at } => {
                Self::Disappearing { amount: change(amount), vanishes_at: change(vanishes_at) }
            }
            Self::Percentage { share, of, minimum, maximum } => Self::Percentage {
                share,
                of: of.map(&change),
                minimum: change(minimum),
                maximum: maximum.map(&change),
            },
            Self::PerHead(heads) => Self::PerHead(each(&heads)),
            Self::LargestOfHeads(heads) => Self::LargestOfHeads(each(&heads)),
            days @ Self::AverageDays { .. } => days,
        }
    }
}

/// The most for one head of loss.
#[derive(Clone, Copy, Debug)]
pub struct Sublimit {
    pub head: &'static str,
    pub most: f64,
    /// Whether it comes on top of the limit of the occurrence.
    pub in_addition: bool,
    /// Whether the deductible comes off first.
    pub net_of_deductible: bool,
}

/// What the insured bears over the year.
#[derive(Clone, Copy, Debug)]
pub enum AggregateDeductible {
    None,
    /// The first amounts of the year that would be paid.
    Absorb(f64),
    /// All deductibles of the year together come to no more than an amount.
    CapOnRetentions {
        amount: f64,
        maintenance: f64,
    },
}

/// What a cover remembers of the year's earlier outages.
#[derive(Clone, Copy, Debug, Default)]
pub struct CoverYear {
    /// What the aggregate deductible has taken.
    pub borne: f64,
    /// What was paid within the aggregate limit.
    pub paid: f64,
}

/// In which order the terms are applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Standard,
    DeductibleFirst,
    LimitFirst,
    ShareLast,
    GreaterOfOnProfitOnly,
    CapsAfterWaiting,
}

/// A term that counts money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Term {
    Sublimits,
    Deductible,
    SublimitsOfWhatIsLeft,
    Share,
    Limit,
    AggregateDeductible,
    AggregateLimit,
}

/// The terms as an order has them: each is the usual one with a term moved.
pub(super) fn in_order(order: Order) -> Vec<Term> {
    let mut terms = vec![
        Term::Sublimits,
        Term::Deductible,
        Term::SublimitsOfWhatIsLeft,
        Term::Share,
        Term::Limit,
        Term::AggregateDeductible,
        Term::AggregateLimit,
    ];
    let mut put = |moved: Term, before: Option<Term>| {
        terms.retain(|term| *term != moved);
        let place = terms.iter().position(|term| Some(*term) == before).unwrap_or(terms.len());
        terms.insert(place, moved);
    };
    match order {
        Order::Standard | Order::GreaterOfOnProfitOnly | Order::CapsAfterWaiting => {}
        Order::DeductibleFirst => put(Term::Deductible, Some(Term::Sublimits)),
        Order::LimitFirst => put(Term::Limit, Some(Term::Deductible)),
        Order::ShareLast => put(Term::Share, None),
    }
    terms
}

/// A claim once its time has been cut, with what the terms need to know of it.
pub(super) struct Account {
    pub heads: Amounts,
    /// Heads under which anything was lost at all.
    pub involved: Vec<&'static str>,
    pub inside_wait: f64,
    pub normal_profit: f64,
    pub duration: Minutes,
    /// What the insured has borne first, once that term has had its turn.
    pub deducted: Option<f64>,
}

/// Applies one term.
pub(super) fn apply(
    term: Term,
    cover: &Cover,
    account: &mut Account,
    year: &mut CoverYear,
    retained: &mut Amounts,
) {
    match term {
        Term::Sublimits => {
            let waits = |it: &Sublimit| it.net_of_deductible && account.deducted.is_none();
            for it in cover.sublimits.iter().filter(|it| !waits(it)) {
                cut_head(&mut account.heads, it, retained);
            }
        }
        Term::SublimitsOfWhatIsLeft => {
            for it in cover.sublimits.iter().filter(|it| it.net_of_deductible) {
                cut_head(&mut account.heads, it, retained);
            }
        }
        Term::Deductible => bear_first(cover, account, year, retained),
        Term::Share => {
            for (head, claimed) in &mut account.heads {
                if !cover.no_share.contains(head) {
                    keep(retained, "insured_share", *claimed * cover.insured_share);
                    *claimed -= *claimed * cover.insured_share;
                }
            }
        }
        Term::Limit => {
            let Some(limit) = cover.limit else { return };
            let eroded = if cover.erodes { account.deducted.unwrap_or(0.0) } else { 0.0 };
            let room = (limit - eroded).max(0.0);
            let on_top = |head: &str| cover.sublimits.iter().any(|it| it.in_addition && it.head == head);
            let (mut beside, mut under) = (Amounts::new(), Amounts::new());
            for (head, claimed) in &account.heads {
                if on_top(head) { &mut beside } else { &mut under }.insert(head, *claimed);
            }
            let above = (sum(&under) - room).max(0.0);
            take(&mut under, above, "above_limit", retained);
            under.extend(beside);
            account.heads = under;
        }
        Term::AggregateDeductible => {
            if let AggregateDeductible::Absorb(amount) = cover.aggregate_deductible {
                let borne = sum(&account.heads).min((amount - year.borne).max(0.0));
                take(&mut account.heads, borne, "aggregate_deductible", retained);
                year.borne += borne;
            }
        }
        Term::AggregateLimit => {
            let Some(limit) = cover.aggregate_limit else { return };
            let above = (sum(&account.heads) - (limit - year.paid).max(0.0)).max(0.0);
            take(&mut account.heads, above, "aggregate_limit", retained);
            year.paid += sum(&account.heads);
        }
    }
}

fn cut_head(heads: &mut Amounts, sublimit: &Sublimit, retained: &mut Amounts) {
    if let Some(claimed) = heads.get_mut(sublimit.head)
        && *claimed > sublimit.most
    {
        keep(retained, "sublimit", *claimed - sublimit.most);
        *claimed = sublimit.most;
    }
}

/// Takes off what the insured bears before the cover pays.
fn bear_first(cover: &Cover, account: &mut Account, year: &mut CoverYear, retained: &mut Amounts) {
    let greater_of = cover.wait.is_some_and(|wait| wait.reading == Reading::GreaterOf);
    let inside_wait = if greater_of { account.inside_wait } else { 0.0 };
    let before = sum(&account.heads);
    if let Deductible::PerHead(own) = &cover.deductible {
        for (head, claimed) in &mut account.heads {
            let own = own.iter().filter(|(name, _)| name == head).map(|(_, amount)| *amount).sum::<f64>();
            let inside_wait = if *head == "lost_profit" { inside_wait } else { 0.0 };
            let reason = if inside_wait > own.min(*claimed) { "waiting_period" } else { "deductible" };
            let borne = own.max(inside_wait).min(*claimed);
            keep(retained, reason, borne);
            *claimed -= borne;
        }
    } else {
        let on_profit_only = greater_of && cover.order == Order::GreaterOfOnProfitOnly;
        let mut bearing = account.heads.clone();
        bearing.retain(|head, _| !on_profit_only || *head == "lost_profit");
        let mut borne = borne_first(&cover.deductible, sum(&bearing), account);
        if let AggregateDeductible::CapOnRetentions { amount, maintenance } = cover.aggregate_deductible {
            borne = borne.min((amount - year.borne).max(0.0)).max(maintenance).min(sum(&bearing));
        }
        if inside_wait > borne {
            take(&mut bearing, inside_wait, "waiting_period", retained);
        } else {
            take(&mut bearing, borne, "deductible", retained);
            if matches!(cover.aggregate_deductible, AggregateDeductible::CapOnRetentions { .. }) {
                year.borne += borne;
            }
        }
        account.heads.extend(bearing);
    }
    account.deducted = Some(before - sum(&account.heads));
}

/// What the insured bears of a loss before the cover pays.
fn borne_first(deductible: &Deductible, loss: f64, account: &Account) -> f64 {
    let borne = match deductible {
        Deductible::Straight(amount) => *amount,
        Deductible::Franchise { threshold, at_least } => {
            let passed = if *at_least { loss >= *threshold } else { loss > *threshold };
            if passed { 0.0 } else { loss }
        }
        Deductible::Disappearing { amount, vanishes_at } => {
            if loss <= *amount {
                *amount
            } else if loss >= *vanishes_at {
                0.0
            } else {
                amount * (vanishes_at - loss) / (vanishes_at - amount)
            }
        }
        Deductible::Percentage { share, of, minimum, maximum } => {
            let mut borne = share * of.unwrap_or(loss);
            if borne < *minimum {
                borne = *minimum;
            }
            if let Some(maximum) = maximum
                && borne > *maximum
            {
                borne = *maximum;
            }
            borne
        }
        Deductible::AverageDays { days, in_a_week, of_loss } => {
            let working_days = account.duration as f64 / (24.0 * 60.0) * in_a_week / 7.0;
            let value = if *of_loss { loss } else { account.normal_profit };
            if working_days > 0.0 { days * value / working_days } else { 0.0 }
        }
        Deductible::LargestOfHeads(heads) => {
            let involved = heads.iter().filter(|(head, _)| account.involved.contains(head));
            involved.map(|(_, amount)| *amount).fold(0.0, f64::max)
        }
        Deductible::PerHead(_) => unreachable!("each head bears its own"),
    };
    borne.min(loss)
}
