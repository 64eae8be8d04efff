//! How an outage takes a line, what is made up, and what it costs beside: each rule
//! once more, minute by minute or sentence by sentence.

use netloss::loss::LostRevenue;
use netloss::measure::{FalseAlarms, Measure, Part, WayChange};
use netloss::mitigation::{
    Churn, ChurnCurve, Communication, Fine, Goodwill, Headroom, LostProfit, OfLine, Overtime, Queue,
    Refund, SlaPenalty, Threshold,
};
use netloss::outage::{Curved, EarlyWarning, Failover, RAMP_ERROR, RampUp, UptimeTier, UptimeTiers};

use super::*;

/// A line of flat stages on whole minutes, with what may help it.
#[derive(Clone, Debug)]
struct Taken {
    revenue: Vec<f64>,
    /// Minute at which each stage ends, and the share lost in it.
    stages: Vec<(Minutes, f64)>,
    failover: Option<(Minutes, f64, f64)>,
    warning: Option<(Minutes, Minutes, f64, f64)>,
    duration: Minutes,
}

fn taken() -> impl Strategy<Value = Taken> {
    let stages = prop::collection::vec((clock(40), proportion()), 1..4).prop_map(|mut stages| {
        stages.sort_by_key(|(until, _)| *until);
        stages.dedup_by_key(|(until, _)| *until);
        stages.retain(|(until, _)| *until > 0);
        if stages.is_empty() { vec![(60, 1.0)] } else { stages }
    });
    let failover = prop::option::of((clock(20), proportion(), proportion()));
    let warning = prop::option::of((clock(4), clock(4), proportion(), proportion()));
    (prop::collection::vec(amount(1000.0), 24), stages, failover, warning, clock(48)).prop_map(
        |(revenue, stages, failover, warning, duration)| Taken {
            revenue,
            stages,
            failover,
            warning,
            duration,
        },
    )
}

impl Taken {
    fn path(&self) -> ServicePath {
        let stage = |(until, lost): &(Minutes, f64)| Stage {
            until: BreakPoint::after(hours(*until)),
            lost_from: share(*lost),
            lost_to: share(*lost),
        };
        let mut path = ServicePath::new(self.stages.iter().map(stage).collect(), Hours::ZERO).unwrap();
        if let Some((after, carries, success)) = self.failover {
            let (carries, success) = (share(carries), share(success));
            path = path.with_failover(Failover { after: hours(after), carries, success });
        }
        if let Some((lead, preparation, carries, detection)) = self.warning {
            let (carries, detection) = (share(carries), share(detection));
            let (lead, preparation) = (hours(lead), hours(preparation));
            path = path.with_early_warning(EarlyWarning { lead, preparation, carries, detection });
        }
        path
    }

    fn profile(&self) -> Profile {
        Profile::new(self.revenue.iter().map(|rate| MoneyPerHour(*rate)).collect()).unwrap()
    }

    /// What is lost if a spare carries a share from a minute on; nobody does where there is none.
    fn lost_with(&self, spare: Option<(Minutes, f64)>) -> f64 {
        let mut lost = 0.0;
        for minute in 0..self.duration {
            let stage = self.stages.iter().find(|(until, _)| minute < *until);
            let mut level = stage.map_or(0.0, |(_, lost)| *lost);
            if let Some((from, carries)) = spare
                && minute >= from
                && level > 1.0 - carries
            {
                level = 1.0 - carries;
            }
            lost += level * self.revenue[(minute / 60 % 24) as usize] / 60.0;
        }
        lost
    }

    /// What is expected to be lost: each course with its chance.
    fn expected(&self) -> f64 {
        let unhelped = self.lost_with(None);
        let unwarned = match self.failover {
            None => unhelped,
            Some((after, carries, success)) => {
                success * self.lost_with(Some((after, carries))) + (1.0 - success) * unhelped
            }
        };
        match self.warning {
            Some((lead, preparation, carries, detection)) if lead >= preparation => {
                detection * self.lost_with(Some((0, carries))) + (1.0 - detection) * unwarned
            }
            _ => unwarned,
        }
    }
}

/// What a queue serves, hour by hour after restoration; the second is the hours.
fn serve(
    mut waiting: f64,
    room: impl Fn(Minutes) -> f64,
    abandon: f64,
    patience: Option<Minutes>,
) -> (f64, usize) {
    let (mut served, mut hours, first) = (0.0, 0, waiting);
    let mut minute = 0;
    while waiting > first * 1e-12 && patience.is_none_or(|patience| minute < patience) && hours < 8784 {
        let mut capacity = 0.0;
        let mut passed = 0;
        while passed < 60 && patience.is_none_or(|patience| minute < patience) {
            capacity += room(minute);
            minute += 1;
            passed += 1;
        }
        let now = if capacity < waiting { capacity } else { waiting };
        served += now;
        waiting -= now;
        if passed == 60 {
            waiting -= waiting * abandon;
        }
        hours += 1;
    }
    (served, hours)
}

fn curve() -> impl Strategy<Value = ChurnCurve> {
    let points = prop::collection::vec((clock(48), proportion()), 1..5).prop_map(|mut points| {
        points.sort_by_key(|(at, _)| *at);
        points.dedup_by_key(|(at, _)| *at);
        points.retain(|(at, _)| *at > 0);
        points.push((60 * 60, 0.5));
        ChurnCurve::table(points.into_iter().map(|(at, part)| (hours(at), share(part))).collect()).unwrap()
    });
    prop_oneof![
        (proportion(), 1.0..60.0, 0.3..4.0).prop_map(|(most, scale, shape)| {
            ChurnCurve::weibull(share(most), Hours(scale), shape).unwrap()
        }),
        (proportion(), 0.0..60.0, 0.5..20.0).prop_map(|(most, middle, spread)| {
            ChurnCurve::logistic(share(most), Hours(middle), Hours(spread)).unwrap()
        }),
        points,
    ]
}

fn leave(curve: &ChurnCurve, hours: f64) -> f64 {
    match curve {
        ChurnCurve::Weibull { most, scale, shape } => {
            most.get() * (1.0 - (-(hours / scale.0).powf(*shape)).exp())
        }
        ChurnCurve::Logistic { most, midpoint, spread } => {
            most.get() / (1.0 + (-(hours - midpoint.0) / spread.0).exp())
        }
        ChurnCurve::Table(points) => {
            let (mut before, mut left) = ((0.0, 0.0), None);
            for (at, part) in points {
                if left.is_none() && hours < at.0 {
                    left =
                        Some(before.1 + (part.get() - before.1) * (hours - before.0) / (at.0 - before.0));
                }
                before = (at.0, part.get());
            }
            left.unwrap_or(before.1)
        }
    }
}

/// A measure of every kind of change, on the first line.
fn measures() -> impl Strategy<Value = Vec<Measure>> {
    let plain = |part, upkeep| Measure {
        part,
        upkeep: Money(upkeep),
        of_event: Money::ZERO,
        false_alarms: FalseAlarms::default(),
        lines: vec![0],
        way: WayChange::default(),
        recapture: None,
        outflows: vec![],
        communication: None,
        transfers: part == Part::FinancialRiskTransfer,
    };
    let spare = (clock(6), proportion(), proportion()).prop_map(|(after, carries, success)| Failover {
        after: hours(after),
        carries: share(carries),
        success: share(success),
    });
    (spare, proportion(), amount(1000.0), amount(1000.0)).prop_map(
        move |(spare, recapture, cost, event)| {
            let way = WayChange { failover: Some(spare), ..WayChange::default() };
            vec![
                Measure { way, ..plain(Part::Contingency, cost) },
                Measure {
                    recapture: Some(Recapture::even(share(recapture))),
                    of_event: Money(event),
                    ..plain(Part::ContinuityPlan, 0.0)
                },
                plain(Part::FinancialRiskTransfer, 0.0),
            ]
        },
    )
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn an_outage_runs_its_courses_each_with_its_chance(taken in taken()) {
        let profile = taken.profile();
        let lost =
            LostRevenue::new(&profile, Hours::ZERO, Share::ALL, &taken.path(), hours(taken.duration));
        same("expected loss", lost.total().0, taken.expected(), lost.total().0)?;
        let chances: f64 = taken.path().courses(hours(taken.duration)).iter().map(|it| it.chance.get()).sum();
        prop_assert!((chances - 1.0).abs() < 1e-9, "chances add up to {chances}");
        let unhelped = taken.lost_with(None);
        at_most("with help", lost.total().0, unhelped, unhelped)?;
    }

    #[test]
    fn a_curved_ramp_is_as_near_the_curve_as_it_says(
        revenue in prop::collection::vec(amount(1000.0), 24),
        theta in 0.5..30.0_f64,
        level in prop::option::of(proportion()),
        horizon in prop::option::of(1.0..60.0_f64),
        duration in 1..600_i64,
    ) {
        let ramp = Curved::new(Hours(theta), level.map(share), horizon.map(Hours)).unwrap();
        let length = ramp.length(Share::ALL);
        let path = ServicePath::total().with_ramp_up(RampUp::Curved(ramp)).unwrap();
        let profile = Profile::new(revenue.iter().map(|rate| MoneyPerHour(*rate)).collect()).unwrap();
        let lost = LostRevenue::new(&profile, Hours::ZERO, Share::ALL, &path, hours(duration));
        let back = hours(duration);
        let got = lost.between(back, back + length).0;
        let (mut curve, mut normally) = (0.0, 0.0);
        let steps = 4000;
        for step in 0..steps {
            let x = length.0 * (f64::from(step) + 0.5) / f64::from(steps);
            let rate = revenue[((back.0 + x).floor() as usize) % 24];
            curve += rate * (1.0 - level.unwrap_or(0.0)) * (-x / theta).exp() * length.0 / f64::from(steps);
            normally += rate * length.0 / f64::from(steps);
        }
        // The sum itself takes an hour's edge where a step lies on it.
        let slack = RAMP_ERROR * normally + 1000.0 * length.0 / f64::from(steps) + 1e-6;
        prop_assert!((got - curve).abs() <= slack, "{got} against {curve}, slack {slack}");
    }

    #[test]
    fn a_queue_is_served_hour_by_hour(
        taken in taken(),
        waits in proportion(),
        headroom in proportion(),
        abandon in proportion(),
        patience in prop::option::of(clock(30)),
        overtime in (amount(100.0), proportion()),
        saved in 0.0..0.9_f64,
        charges in amount(3000.0),
    ) {
        let profile = taken.profile();
        let (path, duration) = (taken.path(), hours(taken.duration));
        let lost = LostRevenue::new(&profile, Hours::ZERO, Share::ALL, &path, duration);
        let (gross, back) = (lost.total().0, lost.restored().0);
        let queue = Queue {
            headroom: Headroom::Share(share(headroom)),
            abandon: share(abandon),
            within: patience.map(hours),
        };
        let (fixed, part) = overtime;
        let recapture = Recapture {
            queue: Some(queue),
            overtime: Overtime { fixed: Money(fixed), share: share(part) },
            ..Recapture::even(share(waits))
        };
        let profit = LostProfit::new(lost, recapture, share(saved), duration);
        let from = (back * 60.0).round() as Minutes;
        let room = |minute: Minutes| {
            headroom * taken.revenue[((from + minute) / 60 % 24) as usize] / 60.0
        };
        let (served, _) = serve(gross * waits, room, abandon, patience);
        same("made up", profit.recaptured().0, served, gross)?;
        at_most("made up", served, gross * waits, gross)?;

        let discontinued = Discontinued { amount: Money(charges), ..Discontinued::default() };
        let profit = profit.with_discontinued(discontinued, duration);
        let net = gross - served;
        let overtime = if profit.recaptured() > Money::ZERO { fixed + part * served } else { 0.0 };
        let stops = if taken.duration > 0 { charges.min(net * (1.0 - saved)) } else { 0.0 };
        same("saved", profit.saved().0, saved * net + stops - overtime, gross + fixed)?;
        same("lost profit", profit.total().0, net * (1.0 - saved) - stops + overtime, gross + fixed)?;
        same("by hours", profit.between(Hours::ZERO, Hours(200.0)).0, profit.by_hours().0, gross)?;
        prop_assert!(profit.total().0 >= -1e-6, "lost profit is {}", profit.total().0);
    }

    #[test]
    fn room_without_end_makes_a_queue_no_queue(taken in taken(), waits in proportion()) {
        let profile = taken.profile();
        let (path, duration) = (taken.path(), hours(taken.duration));
        let lost = || LostRevenue::new(&profile, Hours::ZERO, Share::ALL, &path, duration);
        let endless = Headroom::PerHour(MoneyPerHour(1e9));
        let queue = Some(Queue { headroom: endless, abandon: share(1.0), within: None });
        let plain = Recapture::even(share(waits));
        let queued = LostProfit::new(lost(), Recapture { queue, ..plain }, Share::NONE, duration);
        let plain = LostProfit::new(lost(), plain, Share::NONE, duration);
        same("made up", queued.recaptured().0, plain.recaptured().0, plain.lost_revenue().total().0)?;
        let all = LostProfit::new(lost(), Recapture::even(Share::ALL), Share::NONE, duration);
        same("all is made up", all.total().0, 0.0, all.lost_revenue().total().0)?;
        let none = LostProfit::new(lost(), Recapture::even(Share::NONE), Share::NONE, duration);
        same("nothing is", none.total().0, none.lost_revenue().total().0, none.total().0)?;
    }

    #[test]
    fn each_form_of_outflow_says_what_its_sentence_says(
        minutes in 1..20_000_i64,
        users in 0.0..1e6_f64,
        fee in amount(10_000.0),
        part in proportion(),
        other in proportion(),
        factor in 0.0..5.0_f64,
        used in 0..3000_i64,
        from in prop::option::of((clock(48), any::<bool>())),
        (curve, late, effect) in (curve(), clock(20), proportion()),
    ) {
        let duration = hours(minutes);
        let reached = from.is_none_or(|(at, least)| if least { minutes >= at } else { minutes > at });
        let threshold = from.map(|(at, least)| Threshold { at: hours(at), met: met(least) });
        let value = |amount: Amount| Outflow::new(Head::Other, amount).of(duration, &[OfLine::default()]).0;

        let refund = Refund {
            users, monthly_fee: Money(fee), month: Hours(720.0), multiple: factor, from: threshold,
        };
        let expected = if reached { users * fee * minutes as f64 / 43_200.0 * factor } else { 0.0 };
        same("refund", value(Amount::Refund(refund)), expected, expected)?;

        let gift = Goodwill {
            users, amount: Money(fee), take_up: share(part), cost: share(other), from: threshold,
        };
        let expected = if reached { users * fee * part * other } else { 0.0 };
        same("goodwill", value(Amount::Goodwill(gift)), expected, expected)?;

        let fine = Fine {
            base: Money(users), rate: share(part), aggravation: factor, mitigation: 0.5,
            cap: Some(Money(fee)), of_turnover: Some((share(0.1), Money(users))),
            probability: share(other), from: threshold,
        };
        let most = if users * 0.1 > fee { users * 0.1 } else { fee };
        let assessed = users * part * factor * 0.5;
        let imposed = if assessed > most { most } else { assessed };
        same("fine", value(Amount::Fine(fine)), if reached { imposed * other } else { 0.0 }, imposed)?;

        // Of a month of 10,000 minutes, so that tiers end on whole minutes.
        let promised = [(0.999, 0.1), (0.99, 0.25), (0.95, 1.0)];
        let tier = |(below, credit): (f64, f64)| UptimeTier { below: share(below), credit: share(credit) };
        let tiers = UptimeTiers::new(hours(10_000), promised.map(tier).to_vec()).unwrap();
        let penalty = SlaPenalty { tiers, fees: Money(fee), cap: share(part), used: hours(used) };
        let owed = |down: i64| {
            let mut credit = 0.0;
            for (allowed, owes) in [(10, 0.1), (100, 0.25), (500, 1.0)] {
                if down > allowed {
                    credit = owes;
                }
            }
            fee * if credit > part { part } else { credit }
        };
        same("sla", value(Amount::Sla(penalty)), owed(used + minutes) - owed(used), fee)?;

        let notice = Communication {
            effect: share(effect), within: Hours(2.0), notice: hours(late), fades_over: Hours(6.0),
        };
        let churn = Churn {
            anyway: share(0.02), win_back: share(other), communication: Some(notice),
            ..Churn::new(users, curve.clone(), Money(fee))
        };
        let after = (late as f64 / 60.0 - 2.0).max(0.0);
        let kept = effect * (-after / 6.0).exp();
        let lost = users * leave(&curve, minutes as f64 / 60.0) * (1.0 - kept)
            - users * 0.02 * minutes as f64 / 43_200.0;
        let expected = lost.max(0.0) * fee * (1.0 - other);
        same("churn", value(Amount::Churn(churn)), expected, users * fee)?;
    }

    #[test]
    fn a_measure_that_is_left_out_leaves_no_trace(
        (business, duration) in outage(Shape::Any),
        measures in measures(),
        kept in prop::collection::vec(any::<bool>(), 3),
    ) {
        let bare = scenario(&business, &[duration]);
        let net = |scenario: &Scenario| Waterfall::new(scenario, hours(duration)).net.0;
        let scale = scale_of(&business, duration) + 1e4;
        let all = bare.clone().with_measures(each(&measures, Measure::clone));
        let planned = all.without(|place| !kept[place]);
        // The same scenario by hand: each measure's words put into the file itself.
        let mut by_hand = bare;
        if kept[0] {
            let line = &mut by_hand.lines[0].terms;
            line.path = line.path.clone().with_failover(measures[0].way.failover.unwrap());
        }
        if kept[1] {
            by_hand.lines[0].terms.recapture = measures[1].recapture.unwrap();
            let amount = Amount::Fixed(measures[1].of_event);
            by_hand.outflows.push(named(99, Outflow::new(Head::ExtraExpense, amount)));
        }
        if !kept[2] {
            by_hand.covers.clear();
            by_hand.parametrics.clear();
        }
        let upkeep = if kept[0] && business.premium_counts { measures[0].upkeep.0 } else { 0.0 };
        same("net", net(&planned), net(&by_hand) + upkeep, scale)?;
        same("twice", net(&planned.without(|_| false)), net(&planned), scale)?;
    }
}
