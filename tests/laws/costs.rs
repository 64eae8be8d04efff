//! What the programme costs, and with what money a loss is met, once more and slowly.

use netloss::annual::{Claims, Needed, PolicyYear};
use netloss::cost::{
    Carry, Cash, CreditLine, Kind, Liquidity, Need, NoClaimsBonus, Premium, ProfitCommission, Reserve,
    Swing,
};
use netloss::hedge::{Compounding, EquityPut, Forward};
use netloss::panel;
use netloss::quantity::Months;

use super::*;

/// A price in whole numbers: amounts in units, parts in hundredths.
#[derive(Clone, Debug)]
struct Price {
    gross: u64,
    tax: u64,
    fee: u64,
    /// Load in hundredths, the least, and how much more the most is.
    swing: Option<(u64, u64, u64)>,
    /// Part given back, and claims that do not lose it.
    bonus: Option<(u64, u64)>,
    /// Part of the profit, expense, deficit.
    commission: Option<(u64, u64, u64)>,
    /// Collateral, funding, yield, months, roll.
    carry: Option<(u64, u64, u64, u64, u64)>,
}

fn price() -> impl Strategy<Value = Price> {
    let given_back = (
        prop::option::of((0..=100_u64, 0..300_u64)),
        prop::option::of((0..=100_u64, 0..=100_u64, 0..200_u64)),
    );
    let carry = prop::option::of((0..500_u64, 0..=20_u64, 0..=20_u64, 0..=36_u64, 0..10_u64));
    let swing = prop::option::of((1..=300_u64, 0..200_u64, 0..500_u64));
    (0..400_u64, 0..=30_u64, 0..10_u64, swing, given_back, carry).prop_map(
        |(gross, tax, fee, swing, (bonus, commission), carry)| Price {
            gross,
            tax,
            fee,
            swing,
            bonus,
            commission,
            carry,
        },
    )
}

fn hundredths(part: u64) -> Share {
    share(part as f64 / 100.0)
}

fn units(amount: u64) -> Money {
    Money(amount as f64)
}

fn to_premium(price: &Price) -> Premium {
    let swing = price.swing.map(|(load, least, more)| {
        Swing::new(load as f64 / 100.0, units(least), units(least + more)).unwrap()
    });
    Premium {
        gross: units(price.gross),
        tax: hundredths(price.tax),
        fee: units(price.fee),
        swing,
        no_claims_bonus: price
            .bonus
            .map(|(part, up_to)| NoClaimsBonus { share: hundredths(part), claims_up_to: units(up_to) }),
        profit_commission: price.commission.map(|(part, expense, deficit)| ProfitCommission {
            share: hundredths(part),
            expense: hundredths(expense),
            deficit: units(deficit),
        }),
        carry: price.carry.map(|(collateral, funding, earned, months, roll)| Carry {
            collateral: units(collateral),
            funding: hundredths(funding),
            earned: hundredths(earned),
            term: Months(months as f64),
            roll: units(roll),
            commitment: Money(0.0),
        }),
        ..Premium::default()
    }
}

/// What a year with these claims costs, in the words of the treaty.
fn cost_of_year(price: &Price, paid: f64, reinstatement: f64) -> f64 {
    let mut premium = price.gross as f64;
    if let Some((load, least, more)) = price.swing {
        let loaded = paid * load as f64 / 100.0;
        let (least, most) = (least as f64, (least + more) as f64);
        premium = if loaded < least {
            least
        } else if loaded > most {
            most
        } else {
            loaded
        };
    }
    let mut cost = premium + reinstatement;
    cost += cost * price.tax as f64 / 100.0;
    cost += price.fee as f64;
    if let Some((part, up_to)) = price.bonus
        && paid <= up_to as f64
    {
        cost -= premium * part as f64 / 100.0;
    }
    if let Some((part, expense, deficit)) = price.commission {
        let profit = premium - premium * expense as f64 / 100.0 - paid - deficit as f64;
        if profit > 0.0 {
            cost -= profit * part as f64 / 100.0;
        }
    }
    if let Some((collateral, funding, earned, months, roll)) = price.carry {
        for _ in 0..months {
            cost += collateral as f64 * (funding as f64 - earned as f64) / 100.0 / 12.0;
        }
        cost += roll as f64;
    }
    cost
}

/// A line: facility, most drawn, fees and rate in hundredths of a percent, months, of them drawn.
#[derive(Clone, Debug)]
struct Line {
    facility: u64,
    most: Option<u64>,
    fees: (u64, u64),
    rate: u64,
    months: u64,
    drawn_for: u64,
}

fn credit_line() -> impl Strategy<Value = Line> {
    let fees = (0..200_u64, 0..200_u64);
    (1..300_u64, prop::option::of(0..300_u64), fees, 0..2_000_u64, 1..=36_u64, 0..=36_u64).prop_map(
        |(facility, most, fees, rate, months, drawn_for)| Line {
            facility,
            most: most.map(|most| most.min(facility)),
            fees,
            rate,
            months,
            drawn_for: drawn_for.min(months),
        },
    )
}

fn to_line(line: &Line) -> CreditLine {
    let fine = |part: u64| share(part as f64 / 10_000.0);
    let (months, drawn_for) = (Months(line.months as f64), Months(line.drawn_for as f64));
    let mut to = CreditLine::new(units(line.facility), fine(line.rate), months, drawn_for).unwrap();
    (to.front_end, to.standby) = (fine(line.fees.0), fine(line.fees.1));
    to.most_drawn = line.most.map(units);
    to
}

fn fund(opening: u64) -> Reserve {
    Reserve::new(units(opening), Share::NONE, Money(0.0), share(0.08)).unwrap()
}

/// Meets a need one unit after the other, each from the first money that is left.
fn unit_by_unit(
    (need, retained, cash): (u64, u64, u64),
    funds: &[u64],
    lines: &[Line],
) -> (Vec<u64>, u64, Vec<u64>, u64) {
    let (mut from_funds, mut from_cash) = (vec![0; funds.len()], 0);
    let (mut drawn, mut missing) = (vec![0; lines.len()], 0);
    for _ in 0..need {
        let kept: u64 = from_funds.iter().sum();
        let open = (0..funds.len()).find(|place| from_funds[*place] < funds[*place]);
        let line = (0..lines.len())
            .find(|place| drawn[*place] < lines[*place].most.unwrap_or(lines[*place].facility));
        if let (Some(place), true) = (open, kept < retained) {
            from_funds[place] += 1;
        } else if from_cash < cash {
            from_cash += 1;
        } else if let Some(place) = line {
            drawn[place] += 1;
        } else {
            missing += 1;
        }
    }
    (from_funds, from_cash, drawn, missing)
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn a_year_costs_what_its_treaty_says(price in price(), paid in 0..800_u64, restored in 0..100_u64) {
        let claims = Claims { paid: units(paid), reinstatement: units(restored) };
        let costs = to_premium(&price).costs(claims);
        same("cost", costs.total().0, cost_of_year(&price, paid as f64, restored as f64), 1e3)?;
    }

    #[test]
    fn events_of_a_year_add_up_to_its_cost(
        price in price(),
        events in prop::collection::vec(0..300_u64, 1..6),
    ) {
        let premium = to_premium(&price);
        let at = |paid: u64| premium.costs(Claims { paid: units(paid), ..Claims::default() });
        let quiet = at(0);
        for (allocation, part) in [
            (Allocation::Full, 1.0),
            (Allocation::None, 0.0),
            (Allocation::per_event(4.0).unwrap(), events.len() as f64 / 4.0),
        ] {
            let (mut so_far, mut charged) = (0, 0.0);
            for (place, event) in events.iter().enumerate() {
                let (before, after) = (at(so_far), at(so_far + event));
                charged += allocation.of_event(place == 0, quiet, &before, &after).total().0;
                so_far += event;
            }
            let whole = at(so_far).total().0 - quiet.total().0 + part * quiet.total().0;
            same(allocation.key(), charged, whole, 1e3)?;
        }
    }

    #[test]
    fn a_swing_never_falls_and_stays_between_its_bounds(price in price(), paid in 0..800_u64, more in 0..200_u64) {
        let premium = to_premium(&price);
        let Some(swing) = premium.swing else { return Ok(()) };
        let now = premium.of_year(units(paid));
        at_most("least", swing.minimum().0, now.0, 1e3)?;
        at_most("most", now.0, swing.maximum().0, 1e3)?;
        at_most("falls", now.0, premium.of_year(units(paid + more)).0, 1e3)?;
    }

    #[test]
    fn a_line_costs_its_fees_month_by_month(line in credit_line(), drawn in 0..300_u64) {
        let drawn = drawn.min(line.most.unwrap_or(line.facility));
        let mut cost = line.facility as f64 * line.fees.0 as f64 / 10_000.0;
        for month in 0..line.months {
            let owed = if month < line.drawn_for { drawn } else { 0 };
            cost += (line.facility - owed) as f64 * line.fees.1 as f64 / 10_000.0 / 12.0;
            cost += owed as f64 * line.rate as f64 / 10_000.0 / 12.0;
        }
        same("cost", to_line(&line).costs(units(drawn)).total().0, cost, 1e3)?;
    }

    #[test]
    fn money_is_taken_unit_by_unit_from_the_first_that_has_some(
        asked in (0..900_u64, 0..900_u64, 0..300_u64),
        funds in prop::collection::vec(0..200_u64, 0..3),
        lines in prop::collection::vec(credit_line(), 0..3),
    ) {
        let (need, retained, cash) = asked;
        let reserves: Vec<Reserve> = funds.iter().map(|opening| fund(*opening)).collect();
        let open: Vec<CreditLine> = lines.iter().map(to_line).collect();
        let needed = Needed { cash: units(need), retained: units(retained) };
        let met = Liquidity::meet(needed, units(cash), reserves.iter(), open.iter());
        let (from_funds, from_cash, drawn, missing) = unit_by_unit(asked, &funds, &lines);
        let all = |amounts: &[u64]| amounts.iter().copied().map(units).collect::<Vec<_>>();
        prop_assert_eq!(&met.from_reserves, &all(&from_funds));
        prop_assert_eq!((met.from_cash, met.gap_left), (units(from_cash), units(missing)));
        prop_assert_eq!(&met.drawn, &all(&drawn));
        prop_assert_eq!(met.gap, units(missing + drawn.iter().sum::<u64>()));
    }

    #[test]
    fn a_spread_is_one_put_less_another_and_a_catastrophe_put_all_of_it_or_nothing(
        (shares, strike, less) in (1..1_000_u64, 2..1_000_u64, 1..1_000_u64),
        (price, loss, trigger) in (0..1_200_u64, 0..100_u64, 0..100_u64),
    ) {
        let lower = strike.saturating_sub(less).max(1).min(strike - 1);
        let gained = |strike: u64| (0..shares).map(|_| strike.saturating_sub(price)).sum::<u64>();
        let (price, loss) = (units(price), units(loss));
        let shares = shares as f64;
        let put = EquityPut::put(shares, units(strike)).unwrap();
        prop_assert_eq!(put.payoff(price, loss), units(gained(strike)));
        let spread = EquityPut::spread(shares, units(strike), units(lower)).unwrap();
        prop_assert_eq!(spread.payoff(price, loss), units(gained(strike) - gained(lower)));
        let catastrophe = EquityPut::catastrophe(shares, units(strike), units(trigger)).unwrap();
        let pays = if loss > units(trigger) { gained(strike) } else { 0 };
        prop_assert_eq!(catastrophe.payoff(price, loss), units(pays));
    }

    #[test]
    fn a_forward_leaves_nothing_to_earn_by_borrowing_and_changing(
        (spot, home, foreign) in (1..5_000_u64, 0..=20_u64, 0..=20_u64),
        (years, simple) in (1..=5_u64, any::<bool>()),
    ) {
        let grown = |rate: u64| {
            let mut one = 1.0;
            for _ in 0..years {
                one += if simple { 1.0 } else { one } * rate as f64 / 100.0;
            }
            one
        };
        // One unit of foreign money owed later is borrowed, changed and lent at home.
        let later = 1.0 / grown(foreign) * spot as f64 * grown(home);
        let compounding = if simple { Compounding::Simple } else { Compounding::Annual };
        let (home, foreign, term) = (hundredths(home), hundredths(foreign), Months(12.0 * years as f64));
        let forward = Forward::new(spot as f64, home, foreign, term, compounding).unwrap();
        same("forward", forward.rate(), later, later)?;
        same("points", forward.points(), later - spot as f64, later)?;
    }
}

/// The scenario with money to meet its loss with.
fn with_money(mut scenario: Scenario, cash: u64, need: Need, funds: &[u64], lines: &[Line]) -> Scenario {
    scenario.cash = Some(Cash { at_hand: units(cash), need });
    scenario.reserves = each(funds, |opening| fund(*opening));
    scenario.credit_lines = each(lines, to_line);
    scenario
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn a_line_and_a_fund_change_no_loss_and_no_recovery(
        (business, duration) in outage(Shape::Any),
        (cash, before) in (0..1_000_u64, any::<bool>()),
        funds in prop::collection::vec(0..1_000_u64, 0..3),
        lines in prop::collection::vec(credit_line(), 0..3),
    ) {
        let need = if before { Need::EconomicLoss } else { Need::Retained };
        let bare = scenario(&business, &[duration]);
        let met = with_money(scenario(&business, &[duration]), cash, need, &funds, &lines);
        let (bare, with) = (Waterfall::new(&bare, hours(duration)), Waterfall::new(&met, hours(duration)));
        prop_assert_eq!(with.economic_loss, bare.economic_loss);
        prop_assert_eq!(with.retained, bare.retained);
        prop_assert_eq!(with.recovered(), bare.recovered());
        prop_assert_eq!(with.paid_out(), bare.paid_out());
        let more = with.programme_cost - bare.programme_cost;
        same("net", with.net.0 - bare.net.0, more.0, with.economic_loss.0.max(1e3))?;
        let view = panel::cash(&met, &met.outage, &with).unwrap();
        let sum = |amounts: &[Money]| amounts.iter().copied().sum::<Money>();
        let from_all = sum(&view.met.from_reserves) + view.met.from_cash + sum(&view.met.drawn);
        same("met", (from_all + view.met.gap_left).0, view.met.need.0, with.economic_loss.0)?;
    }

    #[test]
    fn every_event_is_charged_what_it_changes(
        (business, duration) in outage(Shape::Any),
        prices in prop::collection::vec(price(), 4),
        times in 1..4_usize,
    ) {
        let mut priced = scenario(&business, &[duration]);
        let places = priced.covers.iter_mut().map(|part| &mut part.terms.premium);
        let places = places.chain(priced.parametrics.iter_mut().map(|part| &mut part.terms.premium));
        for (premium, price) in places.zip(prices.iter().cycle()) {
            *premium = to_premium(price);
        }
        priced.premium_counted = Allocation::Full;
        let (mut year, mut charged, mut paid) = (PolicyYear::default(), 0.0, vec![0.0; priced.covers.len()]);
        let mut paid_out = vec![0.0; priced.parametrics.len()];
        for _ in 0..times {
            let waterfall = Waterfall::after(&priced, &priced.outage, hours(duration), &year);
            charged += waterfall.programme_cost.0;
            for (paid, cover) in paid.iter_mut().zip(&waterfall.covers) {
                *paid += cover.paid.0;
            }
            for (paid, payout) in paid_out.iter_mut().zip(&waterfall.payouts) {
                *paid += payout.0;
            }
            year = waterfall.year;
        }
        let prices = prices.iter().cycle();
        let whole: f64 =
            paid.iter().chain(&paid_out).zip(prices).map(|(paid, price)| cost_of_year(price, *paid, 0.0)).sum();
        let scale = paid.iter().chain(&paid_out).sum::<f64>().max(1e4);
        same("year", charged, whole, scale)?;
    }
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn between_two_kinks_another_minute_always_costs_the_same(
        price in price(),
        (deductible, limit) in (0..300_u64, 1..600_u64),
        (cash, before) in (0..400_u64, any::<bool>()),
        funds in prop::collection::vec(0..200_u64, 0..2),
        lines in prop::collection::vec(credit_line(), 0..3),
    ) {
        const UNTIL: Minutes = 3 * 60;
        let mut flat = found::one_line();
        flat.lines[0].revenue = vec![240.0];
        flat.covers = vec![found::plain_cover(&["lost_profit"], None)];
        let need = if before { Need::EconomicLoss } else { Need::Retained };
        let mut priced = with_money(scenario(&flat, &[UNTIL]), cash, need, &funds, &lines);
        let policy = &mut priced.covers[0].terms;
        policy.cover.deductible = Deductible::Straight(units(deductible));
        policy.cover.occurrence_limit = Some(units(limit));
        policy.premium = to_premium(&price);
        let projection = Projection::new(&priced);
        let net = |minute: Minutes| Waterfall::new(&priced, hours(minute)).net.0;
        let (mut first, mut second) = (net(1), net(2));
        for minute in 3..=UNTIL {
            let third = net(minute);
            let inside = |at: Hours| at > hours(minute - 2) - Hours(1e-6) && at < hours(minute) + Hours(1e-6);
            if !projection.kinks.iter().any(|kink| inside(kink.at)) {
                let bend = third - second - (second - first);
                prop_assert!(bend.abs() < 1e-6, "bends by {bend} before {} h", hours(minute).0);
            }
            (first, second) = (second, third);
        }
    }
}

#[test]
fn a_rate_on_line_and_its_payback_undo_each_other() {
    for (gross, limit) in [(45.0, 300.0), (1.0, 3.0), (600e6, 15e9)] {
        let premium = Premium::plain(Money(gross));
        let (rate, years) =
            (premium.rate_on_line(Money(limit)).unwrap(), premium.payback(Money(limit)).unwrap());
        assert!((rate * years - 1.0).abs() < 1e-12);
    }
    assert_eq!(Kind::ALL.len(), Kind::COUNT);
}

#[cfg(feature = "cli")]
proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn terms_in_another_currency_are_the_same_terms_at_its_rate(
        (rate, deductible, limit) in (1..2_000_u64, 0..500_u64, 1..2_000_u64),
        (layer, gross, load) in (1..2_000_u64, 1..300_u64, 1..200_u64),
        (per_hour, duration) in (0..50_u64, 1..200_u64),
    ) {
        let file = |at: u64, of: &str| {
            let amount = |units: u64| units * at;
            format!(
                r#"format = 1
name = "Shop"
currency = "KRW"
timezone = "Asia/Seoul"
[fx.USD]
spot = {rate}
[outage]
start = "2022-10-15T15:30"
durations = ["{duration}h"]
[[line]]
id = "shop"
revenue = {{ per_hour = {} }}
[[cover]]
id = "bi"
{of}
heads = ["lost_profit"]
perils = ["any"]
deductible = {{ kind = "percentage", share = "5%", minimum = {}, maximum = {} }}
sublimits = {{ lost_profit = {} }}
premium = {{ gross = {}, fee = {}, swing = {{ load = 1.2, minimum = {}, maximum = {} }} }}
[[cover.layer]]
id = "one"
limit = {}
attachment = {}
[[parametric]]
id = "hourly"
{of}
pays = {{ per_hour = {}, from = "2h", to = "none" }}
limit = {}
premium = 0
"#,
                20 * rate,
                amount(deductible),
                amount(deductible + 5),
                amount(limit),
                amount(gross),
                amount(load),
                amount(gross.saturating_sub(load)),
                amount(gross + load),
                amount(layer),
                amount(deductible),
                amount(per_hour),
                amount(limit),
            )
        };
        let read = |text: &str| {
            let reading = netloss::read::read(text, None, &netloss::read::Overrides::default());
            reading.scenario.ok_or_else(|| TestCaseError::fail(format!("{:?}", reading.findings)))
        };
        let (home, foreign) = (read(&file(rate, ""))?, read(&file(1, "currency = \"USD\""))?);
        let at = hours(60 * duration as Minutes);
        let (home, foreign) = (Waterfall::new(&home, at), Waterfall::new(&foreign, at));
        let scale = home.economic_loss.0;
        same("net", foreign.net.0, home.net.0, scale)?;
        same("recovered", foreign.recovered().0, home.recovered().0, scale)?;
        same("paid out", foreign.paid_out().0, home.paid_out().0, scale)?;
        same("cost", foreign.programme_cost.0, home.programme_cost.0, scale)?;
    }
}
