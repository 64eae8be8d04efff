//! Suppliers, the worth of recoveries and who bears what, once more and slowly.

use netloss::annual::PolicyYear;
use netloss::attribution::{by_shapley, shapley};
use netloss::cover::{Step, Sublimit};
use netloss::outage::{UptimeTier, UptimeTiers};
use netloss::recovery::{
    CounterpartyDefault, Dispute, Instalment, Inures, Liability, Outcome, OverRecovery, PaidAs, Payments,
    ProgrammeQuality, Quality, ServiceCredit, Split, Supplier,
};

use super::found::{one_line, plain_cover};
use super::*;

/// A proportion in hundredths.
fn percent(hundredths: u64) -> Share {
    share(hundredths as f64 / 100.0)
}

fn split() -> impl Strategy<Value = Split> {
    prop_oneof![
        Just(Split::MadeWhole),
        Just(Split::ProRata),
        Just(Split::InsurerFirst),
        (0..=100_u64).prop_map(|ours| Split::Contract { ours: percent(ours) }),
    ]
}

/// Tiers of uptime in ten-thousandths, highest first, with what each owes in hundredths.
fn tiers() -> impl Strategy<Value = Vec<(u64, u64)>> {
    (prop::collection::btree_set(9_000..=10_000_u64, 1..5), prop::collection::btree_set(1..=100_u64, 4))
        .prop_map(|(below, credits)| below.into_iter().rev().zip(credits).collect())
}

fn uptime_tiers(month: u64, tiers: &[(u64, u64)]) -> UptimeTiers {
    let tier = |&(below, credit): &(u64, u64)| UptimeTier {
        below: share(below as f64 / 10_000.0),
        credit: percent(credit),
    };
    UptimeTiers::new(Hours(month as f64 / 60.0), tiers.iter().map(tier).collect()).unwrap()
}

/// Chances in twentieths that come to the whole, each with what is then paid in hundredths.
fn outcomes() -> impl Strategy<Value = Vec<(u64, u64)>> {
    (0..=20_u64, 0..=20_u64, [0..=100_u64, 0..=100, 0..=100]).prop_map(|(one, other, paid)| {
        let (low, high) = (one.min(other), one.max(other));
        vec![(low, paid[0]), (high - low, paid[1]), (20 - high, paid[2])]
    })
}

/// A quality in plain words: outcomes; chance of default, years, loss and security; rate and instalments.
type Plain = (Vec<(u64, u64)>, (u64, u64, u64, u64), (u64, Vec<(u64, u64)>));

fn quality() -> impl Strategy<Value = Plain> {
    let default = (0..=20_u64, 0..=5_u64, 0..=100_u64, 0..=100_u64);
    let instalments = (0..=24_u64, 0..=36_u64, 0..=20_u64)
        .prop_map(|(first, more, part)| vec![(first, part), (first + more, 20 - part)]);
    (outcomes(), default, (0..=15_u64, instalments))
}

fn to_quality((outcomes, (chance, years, loss, secured), (rate, instalments)): &Plain) -> Quality {
    let outcome =
        |&(chance, paid): &(u64, u64)| Outcome { chance: share(chance as f64 / 20.0), paid: percent(paid) };
    let instalment =
        |&(month, part): &(u64, u64)| Instalment { month: month as f64, part: share(part as f64 / 20.0) };
    let default =
        CounterpartyDefault::new(percent(*chance), *years as f64, percent(*loss), percent(*secured));
    let payments = Payments::new(percent(*rate), instalments.iter().map(instalment).collect());
    Quality {
        dispute: Some(Dispute::new(outcomes.iter().map(outcome).collect()).unwrap()),
        default: Some(default.unwrap()),
        payments: Some(payments.unwrap()),
    }
}

/// What is lost of a recovery to dispute, default and delay, year by year and month by month.
fn lost_of(recovery: f64, quality: &Plain) -> [f64; 3] {
    let (outcomes, (chance, years, loss, secured), (rate, instalments)) = quality;
    let recovery = recovery.max(0.0);
    let mut expected = 0.0;
    for (chance, paid) in outcomes {
        expected += recovery * *chance as f64 / 20.0 * *paid as f64 / 100.0;
    }
    let mut still_there = 1.0;
    for _ in 0..*years {
        still_there -= still_there * *chance as f64 / 100.0;
    }
    let open = expected * (100 - secured) as f64 / 100.0;
    let default = open * (1.0 - still_there) * *loss as f64 / 100.0;
    let monthly = (1.0 + *rate as f64 / 100.0).powf(1.0 / 12.0);
    let mut worth = 0.0;
    for (month, part) in instalments {
        let mut part = (expected - default) * *part as f64 / 20.0;
        for _ in 0..*month {
            part /= monthly;
        }
        worth += part;
    }
    [recovery - expected, default, expected - default - worth]
}

/// Deals a recovery out coin by coin: to the first who still lacks something, and to us at the end.
fn deal(coins: u64, first: u64, second: u64) -> (u64, u64, u64) {
    let (mut to_first, mut to_second, mut rest) = (0, 0, 0);
    for _ in 0..coins {
        if to_first < first {
            to_first += 1;
        } else if to_second < second {
            to_second += 1;
        } else {
            rest += 1;
        }
    }
    (to_first, to_second, rest)
}

/// A supplier in a random scenario: separate credit, and a claim.
fn supplier() -> impl Strategy<Value = Supplier> {
    let fee = (1..10_u64, 0..9_u32).prop_map(|(digit, zeros)| digit * 10_u64.pow(zeros));
    let credit = (fee, tiers(), any::<bool>(), prop::option::of(0..=100_u64));
    let credit = (credit, any::<bool>()).prop_map(|((fee, tiers, claimed, stays), inures)| ServiceCredit {
        monthly_fee: Money(fee as f64),
        tiers: uptime_tiers(43_200, &tiers),
        down_before: Hours::ZERO,
        cap: Share::ALL,
        claimed,
        paid_as: stays.map_or(PaidAs::Money, |stays| PaidAs::LaterBills { stays: percent(stays) }),
        inures: if inures { Inures::InsuredLoss } else { Inures::Separate },
    });
    let heads = subsequence(Head::ALL.map(|(_, head)| head).to_vec(), 1..=Head::COUNT);
    let liability = (heads, 0..=50_u64, prop::option::of(0.0..1e9), 0..=100_u64, 0.0..1e6, split());
    let liability =
        (liability, any::<bool>()).prop_map(|((heads, fault, cap, success, cost, split), waived)| {
            Liability {
                heads,
                fault_share: percent(fault),
                cap: cap.map(Money),
                success: percent(success),
                legal_cost: Money(cost),
                split,
                subrogation_waived: waived,
            }
        });
    (prop::option::of(credit), prop::option::of(liability), any::<bool>()).prop_map(
        |(credit, liability, sole_remedy)| Supplier {
            perils: Perils::Any,
            credit,
            liability,
            sole_remedy,
            quality: None,
        },
    )
}

fn rule() -> impl Strategy<Value = OverRecovery> {
    select(OverRecovery::ALL.map(|(_, rule)| rule).to_vec())
}

/// A business with suppliers, a quality of recoveries and a rule for what is above the loss.
fn with_recoveries(
    business: &Business,
    duration: Minutes,
    suppliers: &[Supplier],
    quality: &Plain,
    rule: OverRecovery,
) -> Scenario {
    Scenario {
        suppliers: each(suppliers, Clone::clone),
        recovery_quality: ProgrammeQuality {
            quality: to_quality(quality),
            of_covers: true,
            of_hedges: false,
            of_suppliers: true,
        },
        over_recovery: rule,
        ..scenario(business, &[duration])
    }
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn a_credit_is_that_of_the_worst_tier_missed(
        days in 28..=31_u64, tiers in tiers(), down in 0..60_000_u64, fee in 0..1_000_000_u64,
    ) {
        let month = days * 1_440;
        let terms = uptime_tiers(month, &tiers);
        let up = month.saturating_sub(down);
        let mut owed = 0;
        for (below, credit) in &tiers {
            if up * 10_000 < below * month {
                owed = owed.max(*credit);
            }
        }
        prop_assert_eq!(terms.credit(hours(down as i64)), percent(owed));
        let uptime = terms.uptime(hours(down as i64)).get();
        same("uptime", uptime, up as f64 / month as f64, 1.0)?;
        let credit = ServiceCredit {
            monthly_fee: Money(fee as f64),
            tiers: terms,
            down_before: Hours::ZERO,
            cap: percent(50),
            claimed: true,
            paid_as: PaidAs::LaterBills { stays: percent(80) },
            inures: Inures::Separate,
        };
        let worth = if down == 0 { 0.0 } else { fee as f64 * owed.min(50) as f64 / 100.0 * 0.8 };
        same("worth", credit.worth(hours(down as i64), Hours::ZERO).0, worth, fee as f64)?;
    }

    #[test]
    fn a_claim_is_dealt_out_coin_by_coin(
        parts in 0..=4_u64, insured_parts in 0..=4_u64, fault in 0..=100_u64, success in 0..=100_u64,
        cap in prop::option::of(0..400_u64), cost in 0..20_000_u64, split in split(), waived in any::<bool>(),
    ) {
        let (uninsured, insured) = (parts * 10_000, insured_parts * 10_000);
        let claimable = uninsured + insured;
        let mut claimed = claimable / 100 * fault;
        if let Some(cap) = cap {
            claimed = claimed.min(cap * 100);
        }
        let net = (claimed / 100 * success).saturating_sub(cost);
        let (ours, insurers) = match split {
            Split::MadeWhole => {
                let (ours, insurers, rest) = deal(net, uninsured, insured);
                ((ours + rest) as f64, insurers as f64)
            }
            Split::InsurerFirst => {
                let (insurers, ours, rest) = deal(net, insured, uninsured);
                ((ours + rest) as f64, insurers as f64)
            }
            Split::ProRata if claimable == 0 => (net as f64, 0.0),
            Split::ProRata => {
                let part = |bore: u64| (net * bore) as f64 / claimable as f64;
                (part(uninsured), part(insured))
            }
            Split::Contract { ours } => (net as f64 * ours.get(), net as f64 * (1.0 - ours.get())),
        };
        let liability = Liability {
            heads: vec![Head::LostProfit],
            fault_share: percent(fault),
            cap: cap.map(|cap| Money(cap as f64 * 100.0)),
            success: percent(success),
            legal_cost: Money(cost as f64),
            split,
            subrogation_waived: waived,
        };
        let [all, open, paid] = [claimable, uninsured, insured].map(|amount| Money(amount as f64));
        let claim = liability.claim(all, open, paid);
        same("claimed", claim.claimed.0, claimed as f64, 1e5)?;
        same("net", claim.net.0, net as f64, 1e5)?;
        same("ours", claim.ours.0, ours, 1e5)?;
        same("insurers", claim.insurers.0, if waived { 0.0 } else { insurers }, 1e5)?;
    }

    #[test]
    fn a_recovery_is_worth_what_is_left_of_it_month_by_month(recovery in -1e6..1e9, plain in quality()) {
        let haircut = to_quality(&plain).haircut(Money(recovery));
        let [dispute, default, time] = lost_of(recovery, &plain);
        same("dispute", haircut.dispute.0, dispute, recovery)?;
        same("default", haircut.default.0, default, recovery)?;
        same("time", haircut.time.0, time, recovery)?;
        at_most("lost", haircut.total().0, recovery.max(0.0), recovery.abs())?;
    }

    #[test]
    fn payers_give_up_coin_by_coin_from_the_last(
        covers in prop::collection::vec(0..200_i64, 0..4), hedges in prop::collection::vec(-50..200_i64, 0..4),
        other in 0..100_i64, loss in 0..600_i64, rule in rule(),
    ) {
        let money = |list: &[i64]| list.iter().map(|coins| Money(*coins as f64)).collect::<Vec<_>>();
        let reductions = rule.reductions(Money(loss as f64), &money(&covers), &money(&hedges), Money(other as f64));
        let (mut left, mut left_of_hedges) = (covers.clone(), hedges.clone());
        loop {
            let total: i64 = left.iter().chain(&left_of_hedges).sum::<i64>() + other;
            let mut may = if rule == OverRecovery::Report { vec![] } else { left.iter_mut().rev().collect() };
            if rule == OverRecovery::CapAll {
                may.extend(left_of_hedges.iter_mut().rev());
            }
            match may.into_iter().find(|coins| **coins > 0) {
                Some(coins) if total > loss => *coins -= 1,
                _ => break,
            }
        }
        let given = |before: &[i64], after: &[i64]| {
            money(&before.iter().zip(after).map(|(before, after)| before - after).collect::<Vec<_>>())
        };
        prop_assert_eq!(reductions.indemnity, given(&covers, &left));
        prop_assert_eq!(reductions.hedges, given(&hedges, &left_of_hedges));
    }

    #[test]
    fn each_payer_bears_its_mean_over_every_order(values in prop::collection::vec(0.0..1e6, 32), payers in 0..=5_usize) {
        let value = |present: &[bool]| {
            let group: usize = present.iter().enumerate().map(|(place, is)| usize::from(*is) << place).sum();
            if group == 0 { Money::ZERO } else { Money(values[group]) }
        };
        let mut orders = vec![vec![]];
        for _ in 0..payers {
            let longer = |order: &Vec<usize>| {
                let rest = (0..payers).filter(|payer| !order.contains(payer));
                rest.map(|payer| [order.clone(), vec![payer]].concat()).collect::<Vec<_>>()
            };
            orders = orders.iter().flat_map(longer).collect();
        }
        let mut borne = vec![0.0; payers];
        for order in &orders {
            let mut present = vec![false; payers];
            for &payer in order {
                let before = value(&present);
                present[payer] = true;
                borne[payer] += (value(&present) - before).0 / orders.len() as f64;
            }
        }
        let parts = shapley(payers, value).unwrap();
        for (part, borne) in parts.iter().zip(&borne) {
            same("part", part.0, *borne, 1e6)?;
        }
        let all: f64 = parts.iter().map(|part| part.0).sum();
        same("parts", all, value(&vec![true; payers]).0, 1e6)?;
    }
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn recoveries_come_to_what_a_pencil_makes_of_the_payments(
        (business, duration) in outage(Shape::Any),
        suppliers in prop::collection::vec(supplier(), 0..3),
        quality in quality(),
        rule in rule(),
    ) {
        // A credit that inures changes what covers pay; it has laws of its own.
        let separate = |supplier: &Supplier| {
            let credit = supplier.credit.clone();
            let credit = credit.map(|credit| ServiceCredit { inures: Inures::Separate, ..credit });
            Supplier { credit, ..supplier.clone() }
        };
        let suppliers: Vec<Supplier> = suppliers.iter().map(separate).collect();
        let plain = scenario(&business, &[duration]);
        let plain = Waterfall::new(&plain, hours(duration));
        let scenario = with_recoveries(&business, duration, &suppliers, &quality, rule);
        let waterfall = Waterfall::new(&scenario, hours(duration));
        let loss = plain.economic_loss.0;
        let scale = plain.gross.0.max(loss).max(plain.paid_out().0).max(1e6);

        // Work that was planned is nobody's failure.
        let failed = business.cause != Some("planned_maintenance");
        let credits: Vec<f64> = suppliers
            .iter()
            .map(|supplier| supplier.credit.as_ref().filter(|_| failed))
            .map(|credit| credit.map_or(0.0, |credit| credit.worth(hours(duration), Hours::ZERO).0))
            .collect();
        let mut insured = plain.recovered().0;
        let mut uninsured = (loss - insured - credits.iter().sum::<f64>()).max(0.0);
        let mut third_party = credits.clone();
        for (place, supplier) in suppliers.iter().enumerate() {
            let Some(liability) = &supplier.liability else { continue };
            if !failed || supplier.sole_remedy && supplier.credit.is_some() {
                continue;
            }
            let mut named = 0.0;
            if liability.heads.contains(&Head::LostProfit) {
                named += plain.lines.iter().map(|line| line.total().0).sum::<f64>();
            }
            for (outflow, amount) in business.outflows.iter().zip(&plain.outflows) {
                if liability.heads.contains(&head(outflow.head)) {
                    named += amount.0;
                }
            }
            let claimable = (named - credits[place]).max(0.0).min(uninsured + insured);
            let claim = liability.claim(Money(claimable), Money(uninsured), Money(insured));
            third_party[place] += claim.ours.0;
            uninsured = (uninsured - claim.ours.0).max(0.0);
            insured = (insured - claim.insurers.0).max(0.0);
            at_most("from a supplier", claim.ours.0 + claim.insurers.0, claimable, scale)?;
            let engine = waterfall.suppliers[place].claim.unwrap_or_default();
            same("claimed", engine.claimed.0, claim.claimed.0, scale)?;
            same("for the insurers", engine.insurers.0, claim.insurers.0, scale)?;
        }

        let mut covers: Vec<Vec<f64>> = plain
            .covers
            .iter()
            .map(|cover| cover.by_layer().iter().map(|paid| paid.0).collect())
            .collect();
        let mut payouts: Vec<f64> = plain.payouts.iter().map(|paid| paid.0).collect();
        let received: f64 = third_party.iter().sum();
        let paid = covers.iter().flatten().sum::<f64>() + payouts.iter().sum::<f64>();
        let mut above = (paid + received - loss).max(0.0);
        if rule != OverRecovery::Report {
            for layer in covers.iter_mut().rev().flat_map(|cover| cover.iter_mut().rev()) {
                let given = above.min(*layer);
                *layer -= given;
                above -= given;
            }
        }
        if rule == OverRecovery::CapAll {
            for payout in payouts.iter_mut().rev() {
                let given = above.min(*payout);
                *payout -= given;
                above -= given;
            }
        }

        let mut net = loss + waterfall.programme_cost.0;
        for (cover, engine) in covers.iter().zip(&waterfall.covers) {
            let paid: f64 = cover.iter().sum();
            same("paid by a cover", engine.paid.0, paid, scale)?;
            net += lost_of(paid, &quality).iter().sum::<f64>() - paid;
        }
        for (payout, engine) in payouts.iter().zip(&waterfall.payouts) {
            same("paid out", engine.0, *payout, scale)?;
            net -= payout;
        }
        for (received, engine) in third_party.iter().zip(&waterfall.third_party) {
            same("received", engine.0, *received, scale)?;
            net += lost_of(*received, &quality).iter().sum::<f64>() - received;
        }
        same("net", waterfall.net.0, net, scale)?;
    }

    #[test]
    fn whatever_suppliers_give_the_two_ways_to_the_net_loss_meet(
        (business, duration) in outage(Shape::Any),
        suppliers in prop::collection::vec(supplier(), 1..3),
        quality in quality(),
        rule in rule(),
    ) {
        let scenario = with_recoveries(&business, duration, &suppliers, &quality, rule);
        let waterfall = Waterfall::new(&scenario, hours(duration));
        let scale = waterfall.gross.0.max(waterfall.economic_loss.0).max(waterfall.paid_out().0).max(1e6);
        same("net by reason", waterfall.net_by_reason().0, waterfall.net_by_lines().0, scale)?;

        for (cover, owed) in waterfall.covers.iter().zip(&waterfall.subrogation) {
            at_most("nothing", 0.0, cover.paid.0, scale)?;
            let presented: f64 = cover.response.presented.iter().map(|amount| amount.0).sum();
            let kept = cover.response.retained.total().0 + cover.response.credited.0;
            same("presented", presented, cover.response.total().0 + kept, scale)?;
            for owed in owed {
                at_most("nothing", 0.0, owed.0, scale)?;
            }
        }
        let credited: f64 = waterfall.covers.iter().map(|cover| cover.response.credited.0).sum();
        at_most("taken of the credits", credited, waterfall.credited().0, scale)?;
        let paid = (waterfall.recovered() + waterfall.received_elsewhere()).0;
        at_most("haircuts", waterfall.haircuts().0, paid, scale.max(paid))?;
        if rule == OverRecovery::CapAll && waterfall.received_elsewhere() <= waterfall.economic_loss {
            let all = waterfall.recovered() + waterfall.paid_out() + waterfall.received_elsewhere();
            at_most("recovered", all.0, waterfall.economic_loss.0.max(0.0), scale)?;
        }
    }

    #[test]
    fn what_payers_bear_over_every_order_is_what_they_pay(
        (business, duration) in outage(Shape::Any),
        rule in rule(),
    ) {
        let scenario = Scenario { over_recovery: rule, ..scenario(&business, &[duration]) };
        let borne = by_shapley(&scenario, &[hours(duration)], &PolicyYear::default());
        prop_assert_eq!(borne.is_err(), scenario.covers.len() + scenario.parametrics.len() > 8);
        if let Ok(borne) = borne {
            let waterfall = Waterfall::new(&scenario, hours(duration));
            let paid = (waterfall.recovered() + waterfall.paid_out()).0;
            same("borne", borne[0].total().0, paid, waterfall.gross.0.max(paid))?;
            if let ([cover], []) = (waterfall.covers.as_slice(), waterfall.payouts.as_slice()) {
                same("borne by the one cover", borne[0].covers[0].0, cover.paid.0, paid)?;
            }
        }
    }

    #[test]
    fn a_credit_that_inures_never_raises_what_covers_pay(
        (business, duration) in outage(Shape::Any),
        supplier in supplier(),
    ) {
        let credit = supplier.credit.map(|credit| ServiceCredit { inures: Inures::InsuredLoss, ..credit });
        let supplier = Supplier { perils: Perils::Any, credit, liability: None, sole_remedy: false, quality: None };
        let without = scenario(&business, &[duration]);
        let with = Scenario { suppliers: each(&[supplier], Clone::clone), ..without.clone() };
        let (without, with) = (Waterfall::new(&without, hours(duration)), Waterfall::new(&with, hours(duration)));
        let scale = without.gross.0.max(without.economic_loss.0);
        for (with, without) in with.covers.iter().zip(&without.covers) {
            at_most("paid with a credit", with.response.total().0, without.response.total().0, scale)?;
        }
        same("loss", with.economic_loss.0, without.economic_loss.0 - with.credited().0, scale)?;
    }
}

/// Twelve hours of a cloud provider's failure, from its credit to its liability.
#[test]
fn a_provider_gives_a_credit_and_answers_for_the_rest_of_its_fault() {
    let revenue = [60, 60, 70, 80, 100, 120, 130, 120, 100, 80, 60, 40].map(f64::from);
    let mut business = one_line();
    business.lines[0].revenue = revenue.to_vec();
    (business.lines[0].dependency, business.lines[0].saved) = (0.8, 0.5);
    business.covers = vec![plain_cover(&["lost_profit"], Some((480, twin::Reading::Qualifying)))];

    for (split, ours, insurers) in [
        (Split::MadeWhole, 98.0, 13.8),
        (Split::ProRata, 31.483_908_046, 80.316_091_954),
        (Split::InsurerFirst, 0.0, 111.8),
    ] {
        let mut scenario = scenario(&business, &[720]);
        let terms = &mut scenario.covers[0].terms.cover;
        terms.period_limits.hour = Some(MoneyPerHour(45.0));
        terms.sublimits[Head::LostProfit as usize] = Some(Sublimit::of(Money(250.0)));
        let tier = |below, credit| UptimeTier { below: share(below), credit: share(credit) };
        let tiers = vec![tier(0.9999, 0.1), tier(0.99, 0.3), tier(0.95, 1.0)];
        let credit = ServiceCredit {
            monthly_fee: Money(200.0),
            tiers: UptimeTiers::new(Hours(720.0), tiers).unwrap(),
            down_before: Hours::ZERO,
            cap: Share::ALL,
            claimed: true,
            paid_as: PaidAs::Money,
            inures: Inures::InsuredLoss,
        };
        let liability = Liability {
            heads: vec![Head::LostProfit],
            fault_share: share(0.5),
            cap: Some(Money(12.0 * 200.0 * 0.1)),
            success: share(0.7),
            legal_cost: Money(10.0),
            split,
            subrogation_waived: false,
        };
        let supplier = Supplier {
            perils: Perils::Any,
            credit: Some(credit),
            liability: Some(liability),
            sole_remedy: false,
            quality: None,
        };
        scenario.suppliers = each(&[supplier], Clone::clone);
        let waterfall = Waterfall::new(&scenario, hours(720));
        let (cover, cloud) = (&waterfall.covers[0], waterfall.suppliers[0]);
        let claim = cloud.claim.unwrap();
        for (what, got, expected) in [
            ("lost profit", waterfall.lines[0].total().0, 408.0),
            ("within the hourly limit", cover.response.after(Step::PeriodLimit).0, 395.0),
            ("credit", cloud.credit.0, 60.0),
            ("after the credit", cover.response.after(Step::Additions).0, 335.0),
            ("paid", cover.paid.0, 250.0),
            ("loss", waterfall.economic_loss.0, 348.0),
            ("claimed", claim.claimed.0, 174.0),
            ("net of its cost", claim.net.0, 111.8),
            ("ours", claim.ours.0, ours),
            ("the insurer's", claim.insurers.0, insurers),
            ("net", waterfall.net.0, 98.0 - ours),
        ] {
            assert!((got - expected).abs() < 1e-9, "{split:?}: {what} is {got}, not {expected}");
        }
    }
}
