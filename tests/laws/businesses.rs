//! Random businesses, in the plain words of the slow twin.

use super::*;

pub(crate) const OUTFLOW_HEADS: [&str; 9] = [
    "extra_expense",
    "communication",
    "sla_penalty",
    "refund",
    "goodwill",
    "compensation",
    "fine",
    "churn",
    "other",
];

/// How freely the curve of net loss may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// With slopes, ramps, fades and averages.
    Any,
    /// With corners and jumps, and straight in between.
    Straight,
}

/// A moment up to so many hours, most often on the hour.
pub(crate) fn clock(hours: Minutes) -> impl Strategy<Value = Minutes> {
    prop_oneof![
        4 => (0..=hours).prop_map(|hour| hour * 60),
        3 => (0..=hours * 5).prop_map(|twelve| twelve * 12),
        1 => 0..=hours * 60,
    ]
}

pub(crate) fn proportion() -> impl Strategy<Value = f64> {
    prop_oneof![
        1 => Just(0.0),
        2 => Just(1.0),
        4 => (1..20_i32).prop_map(|twentieth| f64::from(twentieth) / 20.0),
        2 => 0.0..=1.0,
    ]
}

pub(crate) fn amount(most: f64) -> impl Strategy<Value = f64> {
    let round = |most: f64| (1..=100_i32).prop_map(move |part| most * f64::from(part) / 100.0);
    prop_oneof![round(most), round(most / 10.0), 1.0..=most]
}

pub(crate) fn revenue() -> impl Strategy<Value = Vec<f64>> {
    let rate = || prop_oneof![1 => Just(0.0), 3 => amount(100_000.0)];
    let open = |(rate, from, hours): (f64, usize, usize)| {
        (0..HOURS_OF_WEEK)
            .map(|h| if (from..from + hours).contains(&(h % 24)) { rate } else { 0.0 })
            .collect()
    };
    prop_oneof![
        2 => amount(100_000.0).prop_map(|rate| vec![rate; 24]),
        2 => (amount(100_000.0), 0..16_usize, 2..9_usize).prop_map(open),
        2 => prop::collection::vec(rate(), 1..100),
        3 => prop::collection::vec(rate(), HOURS_OF_WEEK),
    ]
}

pub(crate) fn stages(shape: Shape) -> impl Strategy<Value = Vec<twin::Stage>> {
    let stage = |quarters, minutes, lost| twin::Stage { quarters, minutes, lost };
    let slope = move |(from, to, flat): (f64, f64, bool)| {
        (from, if flat || shape == Shape::Straight { from } else { to })
    };
    let lost = (proportion(), proportion(), any::<bool>()).prop_map(slope);
    let any_stage = (select(vec![0, 0, 1, 2, 3, 4]), prop_oneof![Just(0), clock(40)], lost)
        .prop_map(move |(quarters, minutes, lost)| stage(quarters, minutes, lost));
    let in_order = |stages: Vec<twin::Stage>| {
        let mut kept: Vec<twin::Stage> = Vec::new();
        for next in stages {
            let comes_after = |last: &twin::Stage| {
                last.quarters < 4 && (next.quarters > last.quarters || next.minutes > last.minutes)
            };
            if kept.last().is_none_or(comes_after) {
                kept.push(next);
            }
        }
        kept
    };
    prop_oneof![
        3 => Just(vec![stage(4, 0, (1.0, 1.0))]),
        2 => clock(60).prop_map(move |at| vec![stage(0, at, (1.0, 1.0))]),
        5 => prop::collection::vec(any_stage, 1..5).prop_map(in_order),
    ]
}

pub(crate) fn line(shape: Shape) -> impl Strategy<Value = twin::Line> {
    let tau = || clock(99).prop_map(|minutes| minutes + 1);
    let fade = prop_oneof![
        Just(twin::Fade::None),
        tau().prop_map(twin::Fade::Exponential),
        tau().prop_map(twin::Fade::Linear),
    ];
    let first_hour = prop_oneof![Just(0), -200..200_i64, (-50..50_i64).prop_map(|hour| hour * 60)];
    let ramp_up = prop_oneof![Just(0), clock(10)];
    let dependency = prop_oneof![Just(1.0), proportion()];
    let measures = (prop_oneof![Just(0.0), proportion()], fade, prop_oneof![Just(0.0), 0.0..0.9]);
    (revenue(), first_hour, dependency, stages(shape), ramp_up, measures).prop_map(
        move |(revenue, first_hour, dependency, stages, ramp_up, (recapture, fade, saved))| {
            let straight = shape == Shape::Straight;
            let ramp_up = if straight { 0 } else { ramp_up };
            let fade = if straight { twin::Fade::None } else { fade };
            twin::Line { revenue, first_hour, dependency, stages, ramp_up, recapture, fade, saved }
        },
    )
}

pub(crate) fn steps() -> impl Strategy<Value = twin::Steps> {
    let step = (clock(48).prop_map(|at| at.max(1)), amount(500_000.0));
    (prop::collection::vec(step, 1..5), any::<bool>()).prop_map(|(mut steps, at_least)| {
        steps.sort_by_key(|(at, _)| *at);
        steps.dedup_by_key(|(at, _)| *at);
        twin::Steps { steps, at_least }
    })
}

pub(crate) fn outflow() -> impl Strategy<Value = twin::Outflow> {
    let amount = prop_oneof![
        amount(300_000.0).prop_map(twin::Amount::Fixed),
        (amount(20_000.0), clock(30)).prop_map(|(rate, after)| twin::Amount::PerHour { rate, after }),
        (proportion(), subsequence(vec![0, 1, 2], 0..=3))
            .prop_map(|(share, lines)| twin::Amount::ShareOfLostRevenue { share, lines }),
        steps().prop_map(twin::Amount::Tiered),
    ];
    (select(OUTFLOW_HEADS.to_vec()), amount).prop_map(|(head, amount)| twin::Outflow { head, amount })
}

pub(crate) fn wait(shape: Shape) -> impl Strategy<Value = twin::Wait> {
    let readings = vec![
        twin::Reading::TimeDeductible,
        twin::Reading::Qualifying,
        twin::Reading::GreaterOf,
        twin::Reading::Cumulative,
        twin::Reading::QualifyingThenMoney,
        twin::Reading::ProRata,
    ];
    let readings = if shape == Shape::Straight { readings[..5].to_vec() } else { readings };
    (clock(36), select(readings), any::<bool>()).prop_map(|(minutes, reading, at_least)| twin::Wait {
        minutes,
        reading,
        at_least,
    })
}

pub(crate) fn tower() -> impl Strategy<Value = Vec<twin::Layer>> {
    let gap = prop_oneof![3 => Just(0.0), 1 => amount(200_000.0)];
    let layer = (gap, amount(800_000.0), proportion(), 0..4_usize);
    (prop::collection::vec(layer, 1..5), any::<bool>(), any::<bool>()).prop_map(
        |(layers, endless, top_first)| {
            let (mut tower, mut top, last) = (Vec::new(), 0.0, layers.len() - 1);
            for (place, (gap, width, placed, carriers)) in layers.into_iter().enumerate() {
                let from = top + gap;
                let shares = vec![placed / carriers.max(1) as f64; carriers];
                let endless = endless && place == last;
                tower.push(twin::Layer { from, width: (!endless).then_some(width), shares });
                top = from + width;
            }
            if top_first {
                tower.reverse();
            }
            tower
        },
    )
}

pub(crate) fn deductible(shape: Shape) -> impl Strategy<Value = twin::Deductible> {
    use twin::Deductible::{
        AverageDays, Disappearing, Franchise, LargestOfHeads, PerHead, Percentage, Straight,
    };
    let two = || (amount(600_000.0), amount(900_000.0));
    prop_oneof![
        2 => Just(Straight(0.0)),
        3 => amount(600_000.0).prop_map(Straight),
        1 => (amount(600_000.0), any::<bool>())
            .prop_map(|(threshold, at_least)| Franchise { threshold, at_least }),
        1 => two().prop_map(|(amount, more)| Disappearing { amount, vanishes_at: amount + more + 1.0 }),
        1 => (proportion(), two(), any::<bool>(), prop::option::of(amount(2_000_000.0))).prop_map(
            |(share, (minimum, more), bounded, of)| Percentage {
                share,
                of,
                minimum,
                maximum: bounded.then_some(minimum + more),
            },
        ),
        1 => of_heads(400_000.0).prop_map(LargestOfHeads),
        1 => of_heads(400_000.0).prop_map(PerHead),
        1 => (0.0..3.0, 1..=7_u8, any::<bool>()).prop_map(move |(days, week, of_loss)| {
            // An average over the outage's length is a curve.
            let days = if shape == Shape::Straight { 0.0 } else { days };
            AverageDays { days, in_a_week: f64::from(week), of_loss }
        }),
    ]
}

/// Amounts for a few heads.
pub(crate) fn of_heads(most: f64) -> impl Strategy<Value = Vec<(&'static str, f64)>> {
    let heads: Vec<&'static str> = Head::ALL.iter().map(|(name, _)| *name).collect();
    (subsequence(heads, 0..=4), prop::collection::vec(amount(most), 4))
        .prop_map(|(heads, amounts)| heads.into_iter().zip(amounts).collect())
}

pub(crate) fn sublimits(shape: Shape) -> impl Strategy<Value = Vec<twin::Sublimit>> {
    let straight = shape == Shape::Straight;
    (of_heads(1_000_000.0), any::<[bool; 2]>()).prop_map(
        move |(heads, [in_addition, net_of_deductible])| {
            let sublimit = |(head, most)| twin::Sublimit {
                head,
                most,
                in_addition: in_addition && !straight,
                net_of_deductible: net_of_deductible && !straight,
            };
            heads.into_iter().map(sublimit).collect()
        },
    )
}

pub(crate) fn most_in() -> impl Strategy<Value = twin::MostIn> {
    let hour = prop::option::weighted(0.2, amount(100_000.0));
    let day = prop::option::weighted(0.15, amount(800_000.0));
    let month = prop::option::weighted(0.1, amount(1_500_000.0));
    (hour, day, month).prop_map(|(hour, day, month)| twin::MostIn { hour, day, month })
}

pub(crate) fn aggregate_deductible() -> impl Strategy<Value = twin::AggregateDeductible> {
    use twin::AggregateDeductible::{Absorb, CapOnRetentions, None};
    prop_oneof![
        6 => Just(None),
        1 => amount(500_000.0).prop_map(Absorb),
        1 => (amount(500_000.0), amount(50_000.0))
            .prop_map(|(amount, maintenance)| CapOnRetentions { amount, maintenance }),
    ]
}

pub(crate) fn order() -> impl Strategy<Value = twin::Order> {
    use twin::Order::*;
    let others = vec![DeductibleFirst, LimitFirst, ShareLast, GreaterOfOnProfitOnly, CapsAfterWaiting];
    prop_oneof![Just(Standard), select(others)]
}

pub(crate) fn cover(shape: Shape) -> impl Strategy<Value = twin::Cover> {
    let indemnity = (clock(60), any::<bool>()).prop_map(|(minutes, from_end_of_wait)| twin::Indemnity {
        minutes: minutes + 12,
        from_end_of_wait,
    });
    let time = (prop::option::weighted(0.8, wait(shape)), prop::option::of(indemnity));
    let causes: Vec<&'static str> = Cause::ALL.iter().map(|(name, _)| *name).collect();
    let perils = prop::option::weighted(0.3, subsequence(causes, 1..=7));
    let named = (prop::bool::weighted(0.9), subsequence(OUTFLOW_HEADS.to_vec(), 0..=9)).prop_map(
        |(profit, mut heads)| {
            heads.extend(profit.then_some("lost_profit"));
            heads
        },
    );
    let no_share = prop::option::weighted(0.2, subsequence(OUTFLOW_HEADS.to_vec(), 0..=3));
    let lines = subsequence(vec![0, 1, 2], 1..=3);
    let what = (named, lines, perils);
    let money = (
        prop::option::weighted(0.4, sublimits(shape)),
        deductible(shape),
        prop_oneof![Just(0.0), proportion()],
        no_share,
        (prop::option::of(amount(3_000_000.0)), prop::bool::weighted(0.2)),
    );
    let year = (aggregate_deductible(), prop::option::weighted(0.2, amount(3_000_000.0)));
    let placing = (prop::option::weighted(0.4, tower()), amount(50_000.0));
    (what, time, most_in(), money, year, order(), placing).prop_map(
        move |(what, time, most_in, money, year, order, placing)| {
            let ((heads, lines, perils), (wait, indemnity)) = (what, time);
            let (sublimits, deductible, insured_share, no_share, (limit, erodes)) = money;
            let (mut aggregate_deductible, aggregate_limit) = year;
            let capped = matches!(aggregate_deductible, twin::AggregateDeductible::CapOnRetentions { .. });
            if capped && matches!(deductible, twin::Deductible::PerHead(_)) {
                aggregate_deductible = twin::AggregateDeductible::None;
            }
            let (sublimits, (tower, premium)) = (sublimits.unwrap_or_default(), placing);
            // What is cut from all heads in proportion, and then from each alone, is a curve.
            let straight = shape == Shape::Straight;
            let no_share = no_share.filter(|_| !straight).unwrap_or_default();
            let alone = matches!(deductible, twin::Deductible::PerHead(_)) || !sublimits.is_empty();
            let order = if straight && alone { twin::Order::Standard } else { order };
            twin::Cover {
                heads,
                lines,
                perils,
                wait,
                indemnity,
                most_in,
                sublimits,
                deductible,
                insured_share,
                no_share,
                limit,
                erodes,
                aggregate_deductible,
                aggregate_limit,
                order,
                tower,
                premium,
            }
        },
    )
}

pub(crate) fn parametric() -> impl Strategy<Value = twin::Parametric> {
    let per_hour = (amount(40_000.0), clock(24), prop::option::of(clock(24)), any::<bool>()).prop_map(
        |(rate, from, lasts, whole_hours)| twin::Pays::PerHour {
            rate,
            from,
            to: lasts.map(|lasts| from + lasts.max(1)),
            whole_hours,
        },
    );
    let pays = prop_oneof![steps().prop_map(twin::Pays::Steps), per_hour];
    (pays, prop::option::of(amount(600_000.0)), amount(50_000.0))
        .prop_map(|(pays, limit, premium)| twin::Parametric { pays, limit, premium })
}

pub(crate) fn business(shape: Shape) -> impl Strategy<Value = Business> {
    let cause = prop::option::weighted(0.8, select(Cause::ALL.map(|(name, _)| name).to_vec()));
    (
        (clock(300), cause, any::<bool>()),
        prop::collection::vec(line(shape), 1..=3),
        prop::collection::vec(outflow(), 0..=3),
        prop::collection::vec(cover(shape), 0..=3),
        prop::collection::vec(parametric(), 0..=2),
        prop::option::of((1..48_i64).prop_map(|hours| hours * 60)),
    )
        .prop_map(
            |((starts, cause, premium_counts), lines, mut outflows, mut covers, parametrics, felt_at)| {
                for outflow in &mut outflows {
                    if let twin::Amount::ShareOfLostRevenue { lines: named, .. } = &mut outflow.amount {
                        named.retain(|line| *line < lines.len());
                    }
                }
                for cover in &mut covers {
                    cover.lines.retain(|line| *line < lines.len());
                }
                let business =
                    Business { starts, cause, lines, outflows, covers, parametrics, premium_counts };
                felt_at.map_or(business.clone(), |duration| with_terms_felt_at(duration, business))
            },
        )
}

/// The same business with its covers' amounts in the range of the loss of one outage.
pub(crate) fn with_terms_felt_at(duration: Minutes, mut business: Business) -> Business {
    let answers = twin::price(&business, duration).answers;
    for (cover, answer) in business.covers.iter_mut().zip(answers) {
        if answer.presented > 1000.0 {
            // Powers of two leave layers as contiguous as they were.
            times_cover(cover, (answer.presented / 1e6).log2().round().exp2());
        }
    }
    business
}

/// A business and an outage, which lasts as often as not just as long as some term says.
pub(crate) fn outage(shape: Shape) -> impl Strategy<Value = (Business, Minutes)> {
    let nudge = select(vec![0, 0, 0, 0, 1, -1, 4, -4, 60]);
    (business(shape), any::<Index>(), nudge, prop_oneof![clock(200), clock(48)], any::<bool>()).prop_map(
        |(business, place, nudge, anywhere, near)| {
            let moments = moments(&business);
            let near = near && !moments.is_empty();
            let duration = if near { place.get(&moments) + nudge } else { anywhere };
            let whole = whole_minutes(&business, duration.clamp(0, 200 * 60));
            (business, whole)
        },
    )
}

/// The durations that some term of the business speaks of.
pub(crate) fn moments(business: &Business) -> Vec<Minutes> {
    let mut moments = Vec::new();
    let mut of_steps = |steps: &twin::Steps| moments.extend(steps.steps.iter().map(|(at, _)| *at));
    for outflow in &business.outflows {
        if let twin::Amount::Tiered(steps) = &outflow.amount {
            of_steps(steps);
        }
    }
    for hedge in &business.parametrics {
        if let twin::Pays::Steps(steps) = &hedge.pays {
            of_steps(steps);
        }
    }
    for hedge in &business.parametrics {
        if let twin::Pays::PerHour { from, to, .. } = hedge.pays {
            moments.extend([from, from + 60, from + 180]);
            moments.extend(to);
        }
    }
    for outflow in &business.outflows {
        if let twin::Amount::PerHour { after, .. } = outflow.amount {
            moments.push(after);
        }
    }
    for cover in &business.covers {
        moments.extend(cover.wait.map(|wait| wait.minutes));
        moments.extend(indemnity_ends(cover));
    }
    for line in &business.lines {
        for stage in &line.stages {
            moments.extend((stage.quarters < 4).then(|| 4 * stage.minutes / (4 - stage.quarters)));
        }
        if let twin::Fade::Linear(tau) = line.fade {
            moments.push(tau);
        }
    }
    moments
}

/// When the indemnity period of a cover ends.
pub(crate) fn indemnity_ends(cover: &twin::Cover) -> Option<Minutes> {
    let wait = cover.wait.map_or(0, |wait| wait.minutes);
    cover.indemnity.map(|it| it.minutes + if it.from_end_of_wait { wait } else { 0 })
}

/// The duration cut to what lets every stage end on a whole minute.
pub(crate) fn whole_minutes(business: &Business, duration: Minutes) -> Minutes {
    let stretches = |stage: &twin::Stage| stage.quarters % 4 != 0;
    let quarters = business.lines.iter().any(|line| line.stages.iter().any(stretches));
    if quarters { duration - duration % 4 } else { duration }
}
