//! Both engines come to the same, and the engine's own books balance.

use super::*;

pub(crate) fn agree(business: &Business, duration: Minutes) -> Result<(), TestCaseError> {
    let slow = twin::price(business, duration);
    let scenario = scenario(business, &[duration]);
    come_to_the_same(&Waterfall::new(&scenario, hours(duration)), &slow)
}

/// The outages of a year, one after the other, each with what those before it left.
pub(crate) fn agree_over_a_year(business: &Business, durations: &[Minutes]) -> Result<(), TestCaseError> {
    let scenario = scenario(business, durations);
    let (mut slow_year, mut fast_year) = (twin::Year::new(), PolicyYear::default());
    for duration in durations {
        let slow = twin::price_in_year(business, *duration, &mut slow_year);
        let fast = Waterfall::after(&scenario, &scenario.outage, hours(*duration), &fast_year);
        come_to_the_same(&fast, &slow)?;
        fast_year = fast.year;
    }
    Ok(())
}

fn come_to_the_same(fast: &Waterfall<'_>, slow: &twin::Priced) -> Result<(), TestCaseError> {
    let scale = slow.gross.max(slow.economic_loss);
    same("gross", fast.gross.0, slow.gross, scale)?;
    same("recaptured", fast.recaptured.0, slow.recaptured, scale)?;
    same("saved", fast.saved.0, slow.saved, scale)?;
    same("economic loss", fast.economic_loss.0, slow.economic_loss, scale)?;
    for (place, (fast, slow)) in fast.outflows.iter().zip(&slow.outflows).enumerate() {
        same(&format!("outflow {place}"), fast.0, *slow, scale)?;
    }
    for (place, (fast, slow)) in fast.covers.iter().zip(&slow.answers).enumerate() {
        let presented = fast.response.presented.iter().copied().sum::<Money>();
        same(&format!("presented to cover {place}"), presented.0, slow.presented, scale)?;
        for (name, head) in Head::ALL {
            let covered = slow.covered.get(name).copied().unwrap_or_default();
            same(
                &format!("{name} of cover {place}"),
                fast.response.covered[head as usize].0,
                covered,
                scale,
            )?;
        }
        let layers = fast.tower.as_ref().map_or(&[][..], |tower| &tower.layers);
        prop_assert_eq!(layers.len(), slow.layers.len());
        for (layer, (fast, (in_layer, paid))) in layers.iter().zip(&slow.layers).enumerate() {
            same(&format!("in layer {layer} of cover {place}"), fast.in_layer.0, *in_layer, scale)?;
            same(&format!("paid by layer {layer} of cover {place}"), fast.paid.0, *paid, scale)?;
        }
        same(&format!("paid by cover {place}"), fast.paid.0, slow.paid, scale)?;
    }
    for (place, (fast, slow)) in fast.payouts.iter().zip(&slow.payouts).enumerate() {
        same(&format!("payout {place}"), fast.0, *slow, *slow)?;
    }
    for (name, reason) in Reason::ALL {
        let kept = slow.retained.get(name).copied().unwrap_or_default();
        same(name, fast.retained[reason].0, kept, scale)?;
    }
    let payouts: f64 = slow.payouts.iter().sum();
    same("met by payouts", fast.met.payouts.0, payouts - slow.gain, scale.max(payouts))?;
    same("recovery above loss", fast.recovery_above_loss.0, slow.gain, scale.max(payouts))?;
    same("net", fast.net.0, slow.net, scale.max(payouts))
}

/// The waterfall, added up again by its lines and by its reasons.
pub(crate) fn reconcile(business: &Business, duration: Minutes) -> Result<(), TestCaseError> {
    read(business, duration, |waterfall| {
        let scale = waterfall.gross.0.max(waterfall.economic_loss.0);
        let sum = |amounts: &[Money]| amounts.iter().map(|amount| amount.0).sum::<f64>();
        let outflows = sum(&waterfall.outflows);
        let recovered: f64 = waterfall.covers.iter().map(|cover| cover.paid.0).sum();
        let (payouts, cost) = (sum(&waterfall.payouts), waterfall.programme_cost.0);
        let loss = waterfall.gross.0 - waterfall.recaptured.0 - waterfall.saved.0 + outflows;
        same("economic loss", waterfall.economic_loss.0, loss, scale)?;
        same("net by lines", waterfall.net.0, loss - recovered - payouts + cost, scale)?;

        let kept: f64 = waterfall.retained.iter().map(|(_, amount)| amount.0).sum();
        let (met, gain) = (waterfall.met.payouts.0, waterfall.recovery_above_loss.0);
        same("net by reason", waterfall.net.0, kept - met - gain + cost, scale)?;
        same("paid or kept", kept + recovered, loss, scale)?;
        same("payouts", met + gain, payouts, payouts)?;
        prop_assert!(met >= 0.0 && gain >= 0.0, "{met} met, {gain} above the loss");
        at_most("met by payouts", met, kept, scale)?;
        for (reason, amount) in waterfall.retained.iter() {
            at_most(reason.key(), 0.0, amount.0, scale)?;
        }
        for cover in &waterfall.covers {
            let (presented, kept) = (sum(&cover.response.presented), cover.response.retained.total().0);
            same("covered or kept", sum(&cover.response.covered) + kept, presented, scale)?;
            same(
                "after the last step",
                cover.response.after.last().unwrap().1.0,
                sum(&cover.response.covered),
                scale,
            )?;
            let steps: Vec<f64> =
                [presented].into_iter().chain(cover.response.after.iter().map(|it| it.1.0)).collect();
            for step in steps.windows(2) {
                at_most("a step", step[1], step[0], scale)?;
            }
        }
        Ok(())
    })
}

proptest! {
    #![proptest_config(cases(1200))]

    #[test]
    fn both_engines_agree((business, duration) in outage(Shape::Any)) {
        agree(&business, duration)?;
    }

    #[test]
    fn both_engines_agree_over_a_year(
        (mut business, first) in outage(Shape::Any),
        later in prop::collection::vec(clock(60), 1..4),
    ) {
        // The premium is charged once a year, which is no matter of the covers.
        business.premium_counts = false;
        let durations: Vec<Minutes> =
            [first].into_iter().chain(later).map(|duration| whole_minutes(&business, duration)).collect();
        agree_over_a_year(&business, &durations)?;
        // Outages that fall on the limits of the year, wherever the first one did.
        agree_over_a_year(&business, &[first, first, first])?;
    }

    #[test]
    fn every_won_has_an_owner((business, duration) in outage(Shape::Any)) {
        reconcile(&business, duration)?;
    }
}
