//! What policies measure and how waits are counted, minute by minute.
//!
//! The slow way knows no intervals: it asks of each minute whether service is out,
//! whether the minute counts, and whether its loss is paid.

use netloss::cover::{
    Average, Basis, Books, Clock, Counts, Form, Measure, RateOfGrossProfit, Restarts, Savings, ValueAtRisk,
};
use netloss::profile::{OpenWeek, Trend};

use super::*;

/// A line that is lost in flat stages, and slow to come back.
#[derive(Clone, Debug)]
struct Shop {
    revenue: Vec<f64>,
    /// Ends of stages that keep their clock, each with the share lost until then;
    /// none follows the outage.
    stages: Vec<(Minutes, f64)>,
    /// Share lost from the last stage to the end of the outage.
    last: f64,
    ramp_up: Minutes,
    recapture: f64,
    provider: Option<u8>,
}

#[derive(Clone, Debug)]
enum Counting {
    EveryMinute,
    Open(Vec<(u8, u16, u16)>),
    Trading,
}

/// A cover with a measure of its own and a wait on any clock.
#[derive(Clone, Debug)]
struct Policied {
    starts: Minutes,
    /// First and last minute of each gap in the outage.
    gaps: Vec<(Minutes, Minutes)>,
    shops: Vec<Shop>,
    rate: f64,
    savings: f64,
    until_restored: bool,
    indemnity: Option<(Minutes, bool)>,
    extended: Option<Minutes>,
    wait: Minutes,
    at_least: bool,
    reading: Reading,
    counting: Counting,
    notice: Minutes,
    service_below: Option<f64>,
    /// A gap over which stretches are merged, or one over which they add up.
    restarts: (bool, Minutes),
    per_provider: bool,
    sum_insured: f64,
    value: f64,
    declared: Option<f64>,
}

/// What the slow way comes to.
#[derive(Clone, Debug, Default)]
struct Slow {
    our_own: f64,
    insured: f64,
    late: f64,
    waited: f64,
    averaged: f64,
    above: f64,
    paid: f64,
}

impl Shop {
    /// Share lost in a minute of the outage, and of the ramp after it.
    fn lost(&self, gaps: &[(Minutes, Minutes)], duration: Minutes, minute: Minutes) -> f64 {
        let restored = self.restored(duration);
        if minute < restored {
            return self.lost_in_outage(gaps, minute);
        }
        let passed = (minute - restored) as f64 + 0.5;
        let level = if restored > 0 { self.lost_in_outage(gaps, restored - 1) } else { 0.0 };
        if passed < self.ramp_up as f64 { level * (1.0 - passed / self.ramp_up as f64) } else { 0.0 }
    }

    fn lost_in_outage(&self, gaps: &[(Minutes, Minutes)], minute: Minutes) -> f64 {
        if self.follows() {
            return if gaps.iter().any(|(back, out)| (*back..*out).contains(&minute)) { 0.0 } else { 1.0 };
        }
        let stage = self.stages.iter().find(|(until, _)| minute < *until);
        stage.map_or(self.last, |(_, lost)| *lost)
    }

    /// When its service is back.
    fn restored(&self, duration: Minutes) -> Minutes {
        let last = self.stages.last().map_or(0, |(until, _)| *until);
        if self.last > 0.0 { duration } else { last.min(duration) }
    }

    /// Whether it is lost whenever the service is out.
    fn follows(&self) -> bool {
        self.stages.is_empty() && self.last == 1.0
    }

    fn revenue(&self, starts: Minutes, minute: Minutes) -> f64 {
        self.revenue[((starts + minute).div_euclid(60)).rem_euclid(self.revenue.len() as i64) as usize]
    }
}

/// Lets one group of shops wait, and says of each minute what becomes of its loss.
struct Waited {
    /// For each run: its first minute, whether it is met, when it is over, and the
    /// minutes that count.
    runs: Vec<(Minutes, bool, Minutes, Vec<Minutes>)>,
}

impl Policied {
    fn groups(&self) -> Vec<Vec<usize>> {
        let all: Vec<usize> = (0..self.shops.len()).collect();
        if !self.per_provider {
            return vec![all];
        }
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for shop in all {
            let provider = self.shops[shop].provider;
            let same = groups
                .iter_mut()
                .find(|group| provider.is_some() && self.shops[group[0]].provider == provider);
            match same {
                Some(group) => group.push(shop),
                None => groups.push(vec![shop]),
            }
        }
        groups
    }

    fn open(&self, minute: Minutes, group: &[usize]) -> bool {
        match &self.counting {
            Counting::EveryMinute => true,
            Counting::Trading => {
                group.iter().any(|shop| self.shops[*shop].revenue(self.starts, minute) > 0.0)
            }
            Counting::Open(times) => {
                let of_week = (self.starts + minute).rem_euclid(7 * 1440);
                times.iter().any(|(day, opens, closes)| {
                    let from = i64::from(*day) * 1440 + i64::from(*opens);
                    let past_midnight = if closes <= opens { 1440 } else { 0 };
                    let to = i64::from(*day) * 1440 + i64::from(*closes) + past_midnight;
                    (from..to).contains(&of_week) || (from..to).contains(&(of_week + 7 * 1440))
                })
            }
        }
    }

    fn wait_out(&self, group: &[usize], duration: Minutes) -> Waited {
        let lost = |shop: &usize, minute| self.shops[*shop].lost_in_outage(&self.gaps, minute);
        let dark = |minute: Minutes| {
            if self.per_provider {
                group.iter().any(|shop| lost(shop, minute) > 0.0)
            } else {
                !self.gaps.iter().any(|(back, out)| (*back..*out).contains(&minute))
            }
        };
        let (adds_up, gap) = self.restarts;
        let mut stretches: Vec<Vec<Minutes>> = Vec::new();
        for minute in (0..duration).filter(|minute| dark(*minute)) {
            let before = stretches.last().and_then(|run| run.last()).copied();
            let joins = before.is_some_and(|before| {
                let between = minute - before - 1;
                between == 0 || if adds_up { between <= gap } else { between < gap }
            });
            if joins {
                let run = stretches.last_mut().unwrap();
                if !adds_up {
                    run.extend(before.unwrap() + 1..minute);
                }
                run.push(minute);
            } else {
                stretches.push(vec![minute]);
            }
        }
        let runs = stretches.into_iter().map(|run| {
            let from = run[0];
            let counts = |minute: &&Minutes| {
                let below = self
                    .service_below
                    .is_none_or(|level| group.iter().any(|shop| 1.0 - lost(shop, **minute) < level));
                **minute - from >= self.notice && self.open(**minute, group) && below
            };
            let counted: Vec<Minutes> = run.iter().filter(counts).copied().collect();
            let length = counted.len() as i64;
            let met = if self.at_least { length >= self.wait } else { length > self.wait };
            let over = if met { counted[self.wait as usize - 1] + 1 } else { i64::MAX };
            (from, met, over, counted)
        });
        Waited { runs: runs.collect() }
    }

    fn slow(&self, duration: Minutes) -> Slow {
        let most = duration + self.shops.iter().map(|shop| shop.ramp_up).max().unwrap();
        let sold = |shop: &Shop, minute| {
            let lost = shop.lost(&self.gaps, duration, minute);
            shop.revenue(self.starts, minute) / 60.0 * lost * (1.0 - shop.recapture)
        };
        let mut slow = Slow::default();
        for shop in &self.shops {
            slow.our_own += (0..most).map(|minute| sold(shop, minute)).sum::<f64>();
        }
        let reduction = self.rate * slow.our_own;
        slow.insured = (reduction - self.savings).max(0.0);
        let kept = if reduction > 0.0 { slow.insured / reduction } else { 0.0 };
        let groups = self.groups();
        let waits: Vec<Waited> = groups.iter().map(|group| self.wait_out(group, duration)).collect();
        if !waits.iter().any(|waited| waited.runs.iter().any(|run| run.1)) {
            slow.waited = slow.insured;
            return slow;
        }
        let mut covered = 0.0;
        for (group, waited) in groups.iter().zip(&waits) {
            let first = waited.runs.iter().find(|run| run.1).map_or(0, |run| run.2);
            let ends = self
                .indemnity
                .map_or(i64::MAX, |(length, after)| if after { first + length } else { length });
            let mut of_run = vec![0.0; waited.runs.len()];
            for shop in group.iter().map(|shop| &self.shops[*shop]) {
                let restored = shop.restored(duration);
                let until = if self.until_restored { ends.min(restored) } else { ends };
                for minute in 0..most {
                    let loss = sold(shop, minute) * self.rate * kept;
                    let extended = self.extended.unwrap_or(0);
                    if minute >= until && !(restored..restored + extended).contains(&minute) {
                        slow.late += loss;
                        continue;
                    }
                    let run = waited.runs.iter().rposition(|run| run.0 <= minute).unwrap_or(0);
                    let Some((_, met, over, _)) = waited.runs.get(run) else { continue };
                    let pays = match self.reading {
                        Reading::TimeDeductible => minute >= *over,
                        _ => *met,
                    };
                    if pays {
                        covered += loss
                    } else {
                        slow.waited += loss
                    }
                    if *met {
                        of_run[run] += loss;
                    }
                }
            }
            if self.reading == Reading::TimeDeductibleProRata {
                for ((_, met, _, counted), loss) in waited.runs.iter().zip(of_run) {
                    if *met {
                        let span = counted.iter().filter(|minute| **minute < ends).count();
                        let part = (self.wait as f64 / span as f64).min(1.0);
                        covered -= loss * part;
                        slow.waited += loss * part;
                    }
                }
            }
        }
        slow.averaged = covered * (1.0 - (self.sum_insured / self.value).min(1.0));
        let left = covered - slow.averaged;
        slow.above = self.declared.map_or(0.0, |most| (left - most).max(0.0));
        slow.paid = left - slow.above;
        slow
    }

    fn scenario(&self) -> Scenario {
        let stretches = [0].into_iter().chain(self.gaps.iter().map(|(_, out)| *out));
        let ends = self.gaps.iter().map(|(back, _)| Some(hours(*back))).chain([None]);
        let interruptions = Interruptions::new(stretches.map(hours).zip(ends).collect()).unwrap();
        let outage = Outage {
            start_local: date(2024, 1, 1).at(0, 0, 0, 0),
            start: hours(self.starts),
            interruptions: interruptions.clone(),
            ..scenario(
                &Business {
                    starts: 0,
                    cause: None,
                    lines: vec![],
                    outflows: vec![],
                    covers: vec![],
                    parametrics: vec![],
                    premium_counts: false,
                },
                &[],
            )
            .outage
        };
        let line = |shop: &Shop| {
            let stage = |until, lost| Stage { until, lost_from: share(lost), lost_to: share(lost) };
            let path = if shop.follows() {
                interruptions.path()
            } else {
                let stages =
                    shop.stages.iter().map(|(until, lost)| stage(BreakPoint::after(hours(*until)), *lost));
                let last = (shop.last > 0.0).then(|| stage(BreakPoint::END, shop.last));
                ServicePath::new(stages.chain(last).collect(), Hours::ZERO).unwrap()
            };
            Line {
                path: path.with_ramp_up(hours(shop.ramp_up)).unwrap(),
                recapture: Recapture::even(share(shop.recapture)),
                provider: shop.provider.map(|provider| provider.to_string()),
                ..to_line(&twin::Line {
                    revenue: shop.revenue.clone(),
                    first_hour: 0,
                    dependency: 1.0,
                    stages: vec![twin::Stage { quarters: 4, minutes: 0, lost: (1.0, 1.0) }],
                    ramp_up: 0,
                    recapture: 0.0,
                    fade: twin::Fade::None,
                    saved: 0.0,
                })
            }
        };
        let form = if self.until_restored { Form::GrossEarnings } else { Form::GrossProfit };
        let rate = RateOfGrossProfit::new(Books::Stated(share(self.rate)), Trend::NONE).unwrap();
        let counts = match &self.counting {
            Counting::EveryMinute => Counts::EveryHour,
            Counting::Trading => Counts::TradingHours,
            Counting::Open(times) => {
                static FROM_A_MONDAY: OnceLock<Calendar> = OnceLock::new();
                let calendar = FROM_A_MONDAY.get_or_init(|| Calendar::new("UTC", 2024).unwrap());
                Counts::OpenHours(OpenWeek::new(times.iter().copied()).unwrap().over(calendar))
            }
        };
        let restarts = match self.restarts {
            (true, within) => Restarts::AddUp { within: hours(within) },
            (false, gap) => Restarts::Apart { merge_gap: hours(gap) },
        };
        let basis = match self.declared {
            Some(estimate) => Basis::Declared { estimate: Money(estimate), up_to: 1.0 },
            None => Basis::Proportional {
                sum_insured: Money(self.sum_insured),
                value: ValueAtRisk::Iso {
                    coinsurance: share(0.5),
                    net_income: Money(-self.value),
                    operating_expenses: Money(self.value * 4.0),
                    less: Money(self.value),
                },
            },
        };
        let runs_from = |after| if after { RunsFrom::EndOfWaiting } else { RunsFrom::Outage };
        let cover = Cover {
            lines: (0..self.shops.len()).collect(),
            measure: Some(Measure { form, rate, savings: Savings::Amount(Money(self.savings)) }),
            waiting_period: Some(
                WaitingPeriod::new(hours(self.wait), self.reading, met(self.at_least)).unwrap(),
            ),
            clock: Clock {
                counts,
                notice_after: hours(self.notice),
                service_below: self.service_below.map(share),
                restarts,
                per_provider: self.per_provider,
            },
            indemnity_period: self
                .indemnity
                .map(|(length, after)| IndemnityPeriod::new(hours(length), runs_from(after)).unwrap()),
            extended_period: self.extended.map(hours),
            average: Some(Average { basis, applies_to_icow: false }),
            ..Cover::plain()
        };
        let policy =
            Policy { cover, tower: None, quality: None, premium: Money::ZERO.into(), stated_in: None };
        Scenario {
            lines: each(&self.shops, line),
            covers: vec![named(0, policy)],
            ..Scenario::plain(outage, vec![])
        }
    }

    fn priced(&self, duration: Minutes) -> Slow {
        let scenario = self.scenario();
        let waterfall = Waterfall::new(&scenario, hours(duration));
        let (recovery, kept) = (&waterfall.covers[0], |reason| waterfall.retained[reason].0);
        let profit = |amounts: netloss::cover::ByHead| amounts[Head::LostProfit as usize].0;
        Slow {
            our_own: profit(recovery.response.presented),
            insured: profit(recovery.response.insured),
            late: kept(Reason::IndemnityPeriod),
            waited: kept(Reason::WaitingPeriod),
            averaged: kept(Reason::Average),
            above: kept(Reason::AboveLimit),
            paid: recovery.paid.0,
        }
    }
}

fn quarters(most: i64) -> impl Strategy<Value = Minutes> {
    (1..=most * 4).prop_map(|quarters| quarters * 15)
}

fn shop() -> impl Strategy<Value = Shop> {
    let rate = prop_oneof![1 => Just(0.0), 3 => 1.0..2_000.0];
    let level = select(vec![0.0, 0.2, 0.4, 0.5, 0.6, 1.0]);
    let stages = prop_oneof![
        2 => Just((vec![], 1.0)),
        1 => (quarters(20), level.clone(), level.clone())
            .prop_map(|(until, first, last)| (vec![(until, first)], last)),
        1 => (quarters(20), quarters(10), level.clone(), level.clone(), level)
            .prop_map(|(one, more, a, b, c)| (vec![(one, a), (one + more, b)], c)),
    ];
    let ramp = prop_oneof![Just(0), quarters(6)];
    let provider = prop::option::of(0_u8..2);
    (prop::collection::vec(rate, 1..30), stages, ramp, select(vec![0.0, 0.3]), provider).prop_map(
        |(revenue, (stages, last), ramp_up, recapture, provider)| Shop {
            revenue,
            stages,
            last,
            ramp_up,
            recapture,
            provider,
        },
    )
}

fn counting() -> impl Strategy<Value = Counting> {
    let opening = (0_u8..7, (0_u16..96).prop_map(|q| q * 15), (0_u16..=96).prop_map(|q| q * 15));
    prop_oneof![
        2 => Just(Counting::EveryMinute),
        1 => Just(Counting::Trading),
        1 => prop::collection::vec(opening, 1..9).prop_map(Counting::Open),
    ]
}

prop_compose! {
    fn policied()(
        starts in 0..20_000_i64,
        gaps in prop::collection::vec((quarters(8), quarters(6)), 0..4),
        shops in prop::collection::vec(shop(), 1..4),
        rate in 0.05..=1.0,
        savings in prop_oneof![Just(0.0), 1.0..4_000.0],
        until_restored in any::<bool>(),
        indemnity in prop::option::of((quarters(30), any::<bool>())),
        extended in prop::option::of(quarters(8)),
        wait in quarters(12),
        at_least in any::<bool>(),
        reading in select(vec![Reading::TimeDeductible, Reading::TimeDeductibleProRata, Reading::Qualifying]),
        counting in counting(),
        notice in prop_oneof![3 => Just(0), 1 => quarters(4)],
        service_below in prop::option::of(select(vec![0.3, 0.5, 0.9])),
        restarts in (any::<bool>(), prop_oneof![Just(0), quarters(8)]),
        (per_provider, sum_insured, value, declared) in
            (any::<bool>(), 1.0..2e5, 1.0..2e5, prop::option::of(1.0..2e4)),
    ) -> Policied {
        let mut at = 0;
        let gaps = gaps.into_iter().map(|(out, back)| {
            let gap = (at + out, at + out + back);
            at = gap.1;
            gap
        });
        let (gaps, sum_insured) = (gaps.collect(), if declared.is_some() { value } else { sum_insured });
        Policied {
            starts, gaps, shops, rate, savings, until_restored, indemnity, extended, wait, at_least, reading,
            counting, notice, service_below, restarts, per_provider, sum_insured, value, declared,
        }
    }
}

/// Durations on the quarters of an hour at which terms turn, and between them.
fn lasting() -> impl Strategy<Value = Minutes> {
    prop_oneof![quarters(40), 1..2_400_i64]
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn minute_by_minute_it_is_the_same(policied in policied(), duration in lasting()) {
        let (quick, slow) = (policied.priced(duration), policied.slow(duration));
        let scale = slow.our_own;
        same("our own loss", quick.our_own, slow.our_own, scale)?;
        same("insured", quick.insured, slow.insured, scale)?;
        same("after the indemnity period", quick.late, slow.late, scale)?;
        same("waited", quick.waited, slow.waited, scale)?;
        same("average", quick.averaged, slow.averaged, scale)?;
        same("above the declaration", quick.above, slow.above, scale)?;
        same("paid", quick.paid, slow.paid, scale)?;
    }

}

proptest! {
    #![proptest_config(cases(250))]

    #[test]
    fn a_cover_pays_no_more_than_it_measures(policied in policied(), duration in lasting()) {
        let quick = policied.priced(duration);
        at_most("nothing", 0.0, quick.paid, quick.our_own)?;
        at_most("paid", quick.paid, quick.insured, quick.our_own)?;
        let kept = quick.late + quick.waited + quick.averaged + quick.above;
        same("all of it", quick.paid + kept, quick.insured, quick.our_own)?;
    }

    #[test]
    fn better_terms_never_pay_less(policied in policied(), duration in lasting(), more in quarters(6)) {
        let worse = policied.priced(duration).paid;
        let longer = policied.extended.map_or(more, |extended| extended + more);
        let better = [
            ("longer extended period", Policied { extended: Some(longer), ..policied.clone() }),
            ("larger sum insured", Policied { sum_insured: policied.sum_insured * 2.0, ..policied.clone() }),
            ("no savings", Policied { savings: 0.0, ..policied.clone() }),
            ("until results are normal", Policied { until_restored: false, ..policied.clone() }),
        ];
        for (what, better) in better {
            at_most(what, worse, better.priced(duration).paid, worse.max(1.0))?;
        }
    }

    #[test]
    fn a_time_deductible_pays_no_more_than_cover_from_the_first_minute(
        policied in policied(),
        duration in lasting(),
    ) {
        let paid = |reading| Policied { reading, ..policied.clone() }.priced(duration).paid;
        let from_the_first = paid(Reading::Qualifying);
        at_most("time deductible", paid(Reading::TimeDeductible), from_the_first, from_the_first)?;
        at_most("its average", paid(Reading::TimeDeductibleProRata), from_the_first, from_the_first)?;
    }

    #[test]
    fn on_a_flat_loss_the_average_is_what_was_really_lost(mut policied in policied(), duration in lasting()) {
        for shop in &mut policied.shops {
            *shop = Shop { revenue: vec![60.0], stages: vec![], last: 1.0, ramp_up: 0, ..shop.clone() };
        }
        // Hours that do not count are not waited for at an average.
        policied = Policied {
            gaps: vec![], counting: Counting::EveryMinute, notice: 0, service_below: None, ..policied
        };
        policied.indemnity = policied.indemnity.map(|(length, _)| (length, false));
        let paid = |reading| Policied { reading, extended: None, ..policied.clone() }.priced(duration).paid;
        let (average, really) = (paid(Reading::TimeDeductibleProRata), paid(Reading::TimeDeductible));
        same("average", average, really, 1e4)?;
    }

    #[test]
    fn a_finer_grid_changes_nothing(policied in policied(), duration in lasting()) {
        // An hour of the fine grid stands for half an hour: half the money, twice the time.
        let policied = Policied { counting: Counting::EveryMinute, ..policied };
        let twice = |minutes: Minutes| 2 * minutes;
        let mut fine = policied.clone();
        fine.starts = twice(fine.starts);
        fine.gaps.iter_mut().for_each(|(back, out)| (*back, *out) = (twice(*back), twice(*out)));
        for shop in &mut fine.shops {
            shop.revenue = shop.revenue.iter().flat_map(|rate| [rate / 2.0; 2]).collect();
            shop.stages.iter_mut().for_each(|(until, _)| *until = twice(*until));
            shop.ramp_up = twice(shop.ramp_up);
        }
        fine.indemnity = fine.indemnity.map(|(length, after)| (twice(length), after));
        fine.extended = fine.extended.map(twice);
        (fine.wait, fine.notice, fine.restarts.1) = (twice(fine.wait), twice(fine.notice), twice(fine.restarts.1));
        let (coarse, fine) = (policied.priced(duration), fine.priced(twice(duration)));
        same("paid", fine.paid, coarse.paid, coarse.our_own)?;
        same("waited", fine.waited, coarse.waited, coarse.our_own)?;
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn no_jump_is_missed(policied in policied()) {
        const BESIDE: f64 = 1e-6;
        let until = 30 * 60;
        let scenario = Scenario { durations: vec![hours(until)], ..policied.scenario() };
        let kinks = Projection::new(&scenario).kinks;
        let net = |at: f64| Waterfall::new(&scenario, Hours(at)).net.0;
        let scale = Waterfall::new(&scenario, hours(until)).gross.0;
        // Every moment at which a term of these policies can jump is a quarter of an hour.
        for quarter in 1..until / 15 {
            let at = hours(15 * quarter).0;
            let jump = net(at + BESIDE) - net(at - BESIDE);
            let told = kinks.iter().find(|kink| (kink.at.0 - at).abs() < BESIDE && kink.jump.0 != 0.0);
            if jump.abs() > 1e-4 * scale {
                prop_assert!(told.is_some(), "net jumps by {jump} at {at} h: {kinks:?}");
            }
        }
    }
}
