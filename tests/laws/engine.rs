//! The same business as the engine takes it.

use super::*;

pub(crate) fn hours(minutes: Minutes) -> Hours {
    Hours(minutes as f64 / 60.0)
}

pub(crate) fn share(proportion: f64) -> Share {
    Share::new(proportion).unwrap()
}

pub(crate) fn met(at_least: bool) -> Met {
    if at_least { Met::AtLeast } else { Met::MoreThan }
}

pub(crate) fn named<T>(place: usize, terms: T) -> Named<T> {
    let (id, label) = (place.to_string(), Label::default());
    Named { id, label, clause: None, sources: vec![], assumption: None, terms }
}

pub(crate) fn each<A, B>(items: &[A], make: impl Fn(&A) -> B) -> Vec<Named<B>> {
    items.iter().enumerate().map(|(place, item)| named(place, make(item))).collect()
}

pub(crate) fn head(name: &str) -> Head {
    Head::ALL.iter().find(|(key, _)| *key == name).unwrap().1
}

pub(crate) fn cause(name: &str) -> Cause {
    Cause::ALL.iter().find(|(key, _)| *key == name).unwrap().1
}

pub(crate) fn reading(reading: twin::Reading) -> Reading {
    match reading {
        twin::Reading::TimeDeductible => Reading::TimeDeductible,
        twin::Reading::ProRata => Reading::TimeDeductibleProRata,
        twin::Reading::Qualifying => Reading::Qualifying,
        twin::Reading::GreaterOf => Reading::GreaterOf,
        twin::Reading::Cumulative => Reading::Cumulative,
        twin::Reading::QualifyingThenMoney => Reading::QualifyingThenMoney,
    }
}

/// A week that begins where the calendar does is laid over the calendar; other hours come as they are.
pub(crate) fn to_profile(line: &twin::Line) -> Profile {
    static FROM_A_MONDAY: OnceLock<Calendar> = OnceLock::new();
    if line.first_hour == 0 && line.revenue.len() == HOURS_OF_WEEK && line.revenue[..9].contains(&0.0) {
        let calendar = FROM_A_MONDAY.get_or_init(|| Calendar::new("UTC", 2024).unwrap());
        if let Ok(week) = WeekShape::of_week(&line.revenue) {
            return week.over(calendar, Level::AsGiven).unwrap();
        }
    }
    Profile::new(line.revenue.iter().map(|rate| MoneyPerHour(*rate)).collect()).unwrap()
}

pub(crate) fn to_line(line: &twin::Line) -> Line {
    let stage = |stage: &twin::Stage| {
        let until = BreakPoint::at_share(share(stage.quarters as f64 / 4.0), hours(stage.minutes));
        Stage { until, lost_from: share(stage.lost.0), lost_to: share(stage.lost.1) }
    };
    let fade = match line.fade {
        twin::Fade::None => Fade::None,
        twin::Fade::Exponential(tau) => Fade::Exponential(hours(tau)),
        twin::Fade::Linear(tau) => Fade::Linear(hours(tau)),
    };
    Line {
        profile: to_profile(line),
        origin: hours(line.first_hour),
        profile_from: String::new(),
        dependency: share(line.dependency),
        provider: None,
        without_measure: None,
        salvage: Money::ZERO,
        path: ServicePath::new(line.stages.iter().map(stage).collect(), hours(line.ramp_up)).unwrap(),
        recapture: Recapture { fade, ..Recapture::even(share(line.recapture)) },
        saved_cost_rate: share(line.saved),
        discontinued: Discontinued::default(),
        damage: None,
    }
}

pub(crate) fn to_steps(steps: &twin::Steps) -> Steps {
    let list = steps.steps.iter().map(|(at, amount)| (hours(*at), Money(*amount))).collect();
    Steps::new(list, met(steps.at_least)).unwrap()
}

pub(crate) fn to_outflow(outflow: &twin::Outflow) -> Outflow {
    let amount = match &outflow.amount {
        twin::Amount::Fixed(amount) => Amount::Fixed(Money(*amount)),
        twin::Amount::PerHour { rate, after } => {
            Amount::PerHour { rate: MoneyPerHour(*rate), after: hours(*after), most: None }
        }
        twin::Amount::ShareOfLostRevenue { share: part, lines } => {
            Amount::ShareOfLostRevenue { share: share(*part), lines: lines.clone() }
        }
        twin::Amount::Tiered(steps) => Amount::Tiered(to_steps(steps)),
    };
    Outflow::new(head(outflow.head), amount)
}

pub(crate) fn to_tower(layers: &[twin::Layer]) -> Tower {
    let layer = |layer: &twin::Layer| {
        let carriers =
            layer.shares.iter().map(|part| Carrier { name: String::new(), share: share(*part) }).collect();
        Layer::new(String::new(), layer.width.map(Money), Money(layer.from), carriers).unwrap()
    };
    Tower::new(layers.iter().map(layer).collect()).unwrap()
}

pub(crate) fn by_head(amounts: &[(&str, f64)]) -> [Money; Head::COUNT] {
    let mut by_head = [Money::ZERO; Head::COUNT];
    for (name, amount) in amounts {
        by_head[head(name) as usize] = Money(*amount);
    }
    by_head
}

pub(crate) fn to_order(order: twin::Order) -> Order {
    match order {
        twin::Order::Standard => Order::Standard,
        twin::Order::DeductibleFirst => Order::DeductibleFirst,
        twin::Order::LimitFirst => Order::LimitFirst,
        twin::Order::ShareLast => Order::ShareLast,
        twin::Order::GreaterOfOnProfitOnly => Order::GreaterOfOnLostProfitOnly,
        twin::Order::CapsAfterWaiting => Order::CapsAfterWaiting,
    }
}

pub(crate) fn to_deductible(deductible: &twin::Deductible) -> Deductible {
    match deductible.clone() {
        twin::Deductible::Straight(amount) => Deductible::Straight(Money(amount)),
        twin::Deductible::Franchise { threshold, at_least } => {
            Deductible::Franchise { threshold: Money(threshold), met: met(at_least) }
        }
        twin::Deductible::Disappearing { amount, vanishes_at } => {
            Deductible::disappearing(Money(amount), Money(vanishes_at)).unwrap()
        }
        twin::Deductible::Percentage { share: part, of, minimum, maximum } => {
            let of = of.map_or(PercentageOf::Loss, |amount| PercentageOf::SumInsured(Money(amount)));
            Deductible::percentage(share(part), of, Money(minimum), maximum.map(Money)).unwrap()
        }
        twin::Deductible::AverageDays { days, in_a_week, of_loss } => {
            let average = if of_loss { DailyAverage::Loss } else { DailyAverage::Value };
            Deductible::average_daily_value(days, average, in_a_week).unwrap()
        }
        twin::Deductible::PerHead(heads) => Deductible::PerHead(by_head(&heads)),
        twin::Deductible::LargestOfHeads(heads) => Deductible::LargestOfHeads(by_head(&heads)),
    }
}

pub(crate) fn to_policy(cover: &twin::Cover) -> Policy {
    let mut sublimits = [None; Head::COUNT];
    for it in &cover.sublimits {
        let (in_addition, net_of_deductible) = (it.in_addition, it.net_of_deductible);
        sublimits[head(it.head) as usize] =
            Some(Sublimit { most: Money(it.most), in_addition, net_of_deductible });
    }
    let period_limits = PeriodLimits {
        hour: cover.most_in.hour.map(MoneyPerHour),
        day: cover.most_in.day.map(Money),
        month: cover.most_in.month.map(Money),
    };
    let aggregate_deductible = match cover.aggregate_deductible {
        twin::AggregateDeductible::None => None,
        twin::AggregateDeductible::Absorb(amount) => Some(AggregateDeductible::Absorb(Money(amount))),
        twin::AggregateDeductible::CapOnRetentions { amount, maintenance } => {
            let (amount, maintenance) = (Money(amount), Money(maintenance));
            Some(AggregateDeductible::CapOnRetentions { amount, maintenance })
        }
    };
    let wait = |wait: twin::Wait| {
        WaitingPeriod::new(hours(wait.minutes), reading(wait.reading), met(wait.at_least)).unwrap()
    };
    let indemnity = |it: twin::Indemnity| {
        let from = if it.from_end_of_wait { RunsFrom::EndOfWaiting } else { RunsFrom::Outage };
        IndemnityPeriod::new(hours(it.minutes), from).unwrap()
    };
    let perils = |causes: &Vec<&str>| Perils::Named(causes.iter().map(|name| cause(name)).collect());
    Policy {
        cover: Cover {
            heads: cover.heads.iter().map(|name| head(name)).collect(),
            lines: cover.lines.clone(),
            perils: cover.perils.as_ref().map_or(Perils::Any, perils),
            waiting_period: cover.wait.map(wait),
            indemnity_period: cover.indemnity.map(indemnity),
            sublimits,
            period_limits,
            deductible: to_deductible(&cover.deductible),
            no_share: cover.no_share.iter().map(|name| head(name)).collect(),
            deductible_erodes_limit: cover.erodes,
            aggregate_deductible,
            aggregate_limit: cover.aggregate_limit.map(Money),
            order: to_order(cover.order),
            insured_share: share(cover.insured_share),
            occurrence_limit: cover.limit.map(Money),
            ..Cover::plain()
        },
        tower: cover.tower.as_deref().map(to_tower),
        quality: None,
        premium: Money(cover.premium).into(),
        stated_in: None,
    }
}

pub(crate) fn to_parametric(hedge: &twin::Parametric) -> ParametricPolicy {
    let schedule = match &hedge.pays {
        twin::Pays::Steps(steps) => Schedule::Steps(to_steps(steps)),
        twin::Pays::PerHour { rate, from, to, whole_hours } => Schedule::PerHour(
            PerHour::new(MoneyPerHour(*rate), hours(*from), to.map(hours), *whole_hours).unwrap(),
        ),
    };
    let parametric = Parametric::on_hours(schedule, hedge.limit.map(Money));
    ParametricPolicy { parametric, premium: Money(hedge.premium).into(), quality: None, stated_in: None }
}

pub(crate) fn scenario(business: &Business, durations: &[Minutes]) -> Scenario {
    let outage = Outage {
        id: String::new(),
        start_local: date(2024, 1, 1).at(0, 0, 0, 0),
        start: hours(business.starts),
        cause: business.cause.map(cause),
        interruptions: Interruptions::default(),
        struck: Struck::default(),
        circumstances: Circumstances::default(),
    };
    let durations = durations.iter().map(|duration| hours(*duration)).collect();
    Scenario {
        premium_counted: if business.premium_counts { Allocation::Full } else { Allocation::None },
        lines: each(&business.lines, to_line),
        outflows: each(&business.outflows, to_outflow),
        covers: each(&business.covers, to_policy),
        parametrics: each(&business.parametrics, to_parametric),
        ..Scenario::plain(outage, durations)
    }
}

/// Reads something off the engine's waterfall of one outage.
pub(crate) fn read<T>(business: &Business, duration: Minutes, read: impl FnOnce(&Waterfall<'_>) -> T) -> T {
    let scenario = scenario(business, &[duration]);
    read(&Waterfall::new(&scenario, hours(duration)))
}

/// What each cover pays.
pub(crate) fn paid(business: &Business, duration: Minutes) -> Vec<f64> {
    read(business, duration, |waterfall| waterfall.covers.iter().map(|cover| cover.paid.0).collect())
}

/// What rounding may do to an amount that is made from amounts as large as `scale`.
pub(crate) fn slack(scale: f64) -> f64 {
    1e-6 + 1e-9 * scale.abs()
}

pub(crate) fn same(what: &str, one: f64, other: f64, scale: f64) -> Result<(), TestCaseError> {
    prop_assert!((one - other).abs() <= slack(scale), "{what}: {one} against {other}");
    Ok(())
}

pub(crate) fn at_most(what: &str, small: f64, large: f64, scale: f64) -> Result<(), TestCaseError> {
    prop_assert!(small <= large + slack(scale), "{what}: {small} is more than {large}");
    Ok(())
}
