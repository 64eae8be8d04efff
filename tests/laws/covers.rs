//! What holds for every cover, tower and parametric cover.

use super::*;

/// The same business with a term of each cover changed.
pub(crate) fn with_covers(business: &Business, change: impl Fn(&mut twin::Cover)) -> Business {
    let mut changed = business.clone();
    changed.covers.iter_mut().for_each(change);
    changed
}

/// The same business with a waiting period, where there is one, in another reading.
pub(crate) fn in_reading(business: &Business, reading: twin::Reading) -> Business {
    with_covers(business, |cover| {
        if let Some(wait) = &mut cover.wait {
            wait.reading = reading;
        }
    })
}

/// The same business without sublimits on lost profit.
///
/// Such a sublimit may cut away the very loss that `greater_of` measures inside
/// the waiting period and then takes off as well.
pub(crate) fn without_profit_sublimit(business: &Business) -> Business {
    with_covers(business, |cover| cover.sublimits.retain(|sublimit| sublimit.head != "lost_profit"))
}

/// The same business with covers whose money is cut in the usual order, every head alike.
pub(crate) fn every_head_alike(business: &Business) -> Business {
    with_covers(business, |cover| {
        cover.order = twin::Order::Standard;
        (cover.no_share, cover.erodes) = (vec![], false);
        cover.aggregate_deductible = twin::AggregateDeductible::None;
        for sublimit in &mut cover.sublimits {
            (sublimit.in_addition, sublimit.net_of_deductible) = (false, false);
        }
    })
}

pub(crate) fn scale_of(business: &Business, duration: Minutes) -> f64 {
    read(business, duration, |waterfall| waterfall.gross.0.max(waterfall.economic_loss.0))
}

pub(crate) fn never_pays_more(
    what: &str,
    mild: &Business,
    duration: Minutes,
    harsher: impl Fn(&mut twin::Cover),
) -> Result<(), TestCaseError> {
    let scale = scale_of(mild, duration);
    let harsh = paid(&with_covers(mild, harsher), duration);
    for (harsh, mild) in harsh.into_iter().zip(paid(mild, duration)) {
        at_most(what, harsh, mild, scale)?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn a_cover_pays_no_more_than_its_loss_and_its_limits((business, duration) in outage(Shape::Any)) {
        let scenario = scenario(&business, &[duration]);
        let waterfall = Waterfall::new(&scenario, hours(duration));
        let scale = waterfall.economic_loss.0;
        for (cover, policy) in waterfall.covers.iter().zip(&scenario.covers) {
            let terms = &policy.terms.cover;
            let presented: Money = cover.response.presented.iter().copied().sum();
            at_most("nothing", 0.0, cover.paid.0, scale)?;
            at_most("paid", cover.paid.0, presented.0, scale)?;
            if let Some(limit) = terms.occurrence_limit {
                let in_addition = terms.sublimits.iter().flatten().filter(|sublimit| sublimit.in_addition);
                let on_top: f64 = in_addition.map(|sublimit| sublimit.most.0).sum();
                at_most("paid", cover.paid.0, limit.0 + on_top, scale)?;
            }
            if let Some(limit) = terms.aggregate_limit {
                at_most("paid", cover.paid.0, limit.0, scale)?;
            }
            for (place, covered) in cover.response.covered.iter().enumerate() {
                at_most("nothing", 0.0, covered.0, scale)?;
                at_most("covered", covered.0, cover.response.presented[place].0, scale)?;
                if let Some(most) = terms.sublimits[place] {
                    at_most("covered", covered.0, most.most.0, scale)?;
                }
            }
            let layers = policy.terms.tower.iter().flat_map(Tower::layers);
            for (paid, layer) in cover.tower.iter().flat_map(|tower| &tower.layers).zip(layers) {
                at_most("paid by a layer", paid.paid.0, paid.in_layer.0, scale)?;
                if let Some(limit) = layer.limit() {
                    at_most("in a layer", paid.in_layer.0, limit.0, scale)?;
                }
            }
        }
    }

    #[test]
    fn harsher_terms_never_pay_more(
        (business, duration) in outage(Shape::Any),
        longer in clock(24),
        money in amount(600_000.0),
        part in proportion(),
    ) {
        let lower = |limit: Option<f64>| Some(limit.map_or(money, |limit| limit.min(money)));
        never_pays_more("larger deductible", &business, duration, |cover| {
            cover.deductible = cover.deductible.map(|amount| amount + money);
        })?;
        never_pays_more("smaller limit", &business, duration, |cover| cover.limit = lower(cover.limit))?;
        never_pays_more("larger share", &business, duration, |cover| {
            cover.insured_share += (1.0 - cover.insured_share) * part;
        })?;
        never_pays_more("smaller sublimit", &business, duration, |cover| {
            cover.sublimits.iter_mut().for_each(|sublimit| sublimit.most = sublimit.most.min(money));
        })?;
        never_pays_more("smaller limit of the year", &business, duration, |cover| {
            cover.aggregate_limit = lower(cover.aggregate_limit);
        })?;
        never_pays_more("larger aggregate deductible", &business, duration, |cover| {
            if let twin::AggregateDeductible::Absorb(amount)
            | twin::AggregateDeductible::CapOnRetentions { amount, .. } = &mut cover.aggregate_deductible
            {
                *amount += money;
            }
        })?;
        never_pays_more("more heads that bear a share", &business, duration, |cover| cover.no_share.clear())?;
        // A limit that cuts before the greater of deductible and waiting loss comes off
        // may cut the very loss that is then taken as the larger.
        let alike = every_head_alike(&without_profit_sublimit(&business));
        // A limit that cuts before the wait leaves the wait less to take.
        let wait_first = with_covers(&alike, |cover| cover.order = twin::Order::CapsAfterWaiting);
        never_pays_more("smaller limits of hours and days", &wait_first, duration, |cover| {
            cover.most_in.hour = lower(cover.most_in.hour);
            cover.most_in.day = lower(cover.most_in.day);
        })?;
        never_pays_more("shorter indemnity period", &alike, duration, |cover| {
            if let Some(period) = &mut cover.indemnity {
                period.minutes = (period.minutes - longer).max(1);
            }
        })?;
        // Counted from the end of the wait, a longer wait would move the indemnity period too.
        let business = with_covers(&business, |cover| {
            if let Some(period) = &mut cover.indemnity {
                period.from_end_of_wait = false;
            }
        });
        never_pays_more("longer wait", &business, duration, |cover| {
            if let Some(wait) = &mut cover.wait {
                wait.minutes += longer;
            }
        })?;
    }

    #[test]
    fn readings_stand_in_order((business, duration) in outage(Shape::Any)) {
        // A part of the loss is another amount under each reading; one amount is the same.
        let business = with_covers(&every_head_alike(&without_profit_sublimit(&business)), |it| {
            if !matches!(it.deductible, twin::Deductible::Straight(_)) {
                it.deductible = twin::Deductible::Straight(50_000.0);
            }
        });
        let free = with_covers(&business, |it| it.deductible = twin::Deductible::Straight(0.0));
        let scale = scale_of(&business, duration);
        let pays = |business: &Business, reading| paid(&in_reading(business, reading), duration);
        let time_deductible = pays(&business, twin::Reading::TimeDeductible);
        let qualifying = pays(&business, twin::Reading::Qualifying);
        let cumulative = pays(&business, twin::Reading::Cumulative);
        let greater_of = pays(&business, twin::Reading::GreaterOf);
        let then_money = pays(&business, twin::Reading::QualifyingThenMoney);
        let time_alone = pays(&free, twin::Reading::TimeDeductible);
        for place in 0..business.covers.len() {
            if business.covers[place].wait.is_some() {
                at_most("time deductible", time_deductible[place], qualifying[place], scale)?;
                at_most("cumulative", cumulative[place], greater_of[place], scale)?;
                let least = then_money[place].min(time_alone[place]);
                same("greater of the two", greater_of[place], least, scale)?;
            }
        }
    }

    #[test]
    fn on_a_flat_loss_the_average_is_what_was_really_lost((mut business, duration) in outage(Shape::Any)) {
        for line in &mut business.lines {
            line.revenue = vec![line.revenue[0] + 100.0; 5];
            line.stages = vec![twin::Stage { quarters: 4, minutes: 0, lost: (1.0, 1.0) }];
            line.ramp_up = 0;
        }
        let business = with_covers(&business, |cover| cover.most_in = twin::MostIn::default());
        let average = paid(&in_reading(&business, twin::Reading::ProRata), duration);
        let really = paid(&in_reading(&business, twin::Reading::TimeDeductible), duration);
        for (average, really) in average.into_iter().zip(really) {
            same("average", average, really, scale_of(&business, duration))?;
        }
    }

    #[test]
    fn a_wording_matters_only_on_the_threshold((business, duration) in outage(Shape::Any)) {
        let mut other = with_covers(&business, |cover| {
            if let Some(wait) = &mut cover.wait && wait.minutes != duration {
                wait.at_least = !wait.at_least;
            }
        });
        for hedge in &mut other.parametrics {
            let twin::Pays::Steps(steps) = &mut hedge.pays else { continue };
            if steps.steps.iter().all(|(at, _)| *at != duration) {
                steps.at_least = !steps.at_least;
            }
        }
        let net = |business: &Business| read(business, duration, |waterfall| waterfall.net.0);
        prop_assert_eq!(net(&business), net(&other));
    }

    #[test]
    fn cutting_a_layer_in_two_changes_nothing(
        (business, duration) in outage(Shape::Any),
        place in any::<Index>(),
        part in 0.0..=1.0,
    ) {
        let cut = with_covers(&business, |cover| {
            let Some(tower) = &mut cover.tower else { return };
            let layer = place.get(tower).clone();
            let below = layer.width.unwrap_or(500_000.0) * part;
            let low = twin::Layer { width: Some(below), ..layer.clone() };
            let (from, width) = (layer.from + below, layer.width.map(|width| width - below));
            let high = twin::Layer { from, width, ..layer };
            tower.splice(place.index(tower.len())..=place.index(tower.len()), [low, high]);
        });
        let scale = scale_of(&business, duration);
        for (cut, whole) in paid(&cut, duration).into_iter().zip(paid(&business, duration)) {
            same("two layers", cut, whole, scale)?;
        }
    }
}
