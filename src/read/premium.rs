//! Key `premium` of covers and hedges: an amount, or all that goes with one.

use super::section::{At, Section};
use super::value::{Day, MoneyOrShare, Number, Ratio};
use crate::cost::{
    Allocation, Carry, Instalment, Instalments, NoClaimsBonus, Premium, ProfitCommission, Swing,
};
use crate::quantity::{Money, Months, Share, TOLERANCE};

/// Reads the price of a cover whose limit, where it has one, is known.
pub(super) fn premium(section: &mut Section<'_>, limit: Option<Money>) -> Option<Premium> {
    section.required_value_or_section::<Money, _>(
        "premium",
        "premium of the year; 0 where it is not to be counted",
        |at| Some(Premium::plain(at.value)),
        |part| in_full(part, limit),
    )
}

/// Reads the price of a hedge, which a bond need not have beside its spread.
pub(super) fn of_hedge(section: &mut Section<'_>) -> Option<Premium> {
    section.value_or_section::<Money, _>(
        "premium",
        "what holding it costs in a year, 0 where that is not to be counted; a bond's spread says it",
        |at| Some(Premium::plain(at.value)),
        |part| in_full(part, None),
    )
}

/// Reads how much of the year's cost the event is charged.
pub(super) fn counted(section: &mut Section<'_>) -> Option<Allocation> {
    let words = ["full", "none", "per_event"].map(|word| (word, word));
    let word = section.choice(
        "premium_counted",
        false,
        "how much of the year's premium one event is charged; full unless said",
        &words,
    );
    let expected = section.optional::<Number>(
        "expected_events",
        "events that a year is expected to bring; needed where premium is counted per_event",
    );
    let word = word.map_or("full", |at| at.value);
    match (word, expected) {
        ("per_event", None) => {
            let mend = "give expected_events = 0.5 for one event in two years";
            section.error_at("premium_counted", "premium per event needs the events of a year", mend);
            None
        }
        ("per_event", Some(At { value, span })) => match Allocation::per_event(value.0) {
            Ok(allocation) => Some(allocation),
            Err(error) => {
                section.error(span, error.to_string(), "count premium as \"none\", or expect an event");
                None
            }
        },
        (word, Some(At { span, .. })) => {
            let message = format!("`expected_events` says nothing where premium is counted {word}");
            section.error(span, message, "leave it out, or let premium_counted = \"per_event\"");
            None
        }
        ("none", None) => Some(Allocation::None),
        _ => Some(Allocation::Full),
    }
}

fn in_full(section: &mut Section<'_>, limit: Option<Money>) -> Option<Premium> {
    let gross =
        section.optional::<Money>("gross", "premium of the year before tax; the deposit of a swing");
    let rate_on_line =
        section.optional::<Share>("rate_on_line", "premium as a part of the limit, in place of `gross`");
    let tax = section.optional::<Share>("tax", "tax on premium; none unless said");
    let fee = section.optional::<Money>("fee", "fees beside the premium; none unless said");
    let brokerage = section
        .optional::<Share>("brokerage", "part of the premium that the broker keeps; none unless said");
    let swing = section.section("swing", false, "how the premium follows the year's losses", swing);
    let bonus = section.section("no_claims_bonus", false, "what a year without claims gives back", bonus);
    let commission =
        section.section("profit_commission", false, "what the insurer's profit gives back", commission);
    let carry = section.section("carry", false, "what it costs to hold, beside its premium", carry);
    // Each of them says its own faults; one that is given and not read is no premium.
    let given = [swing.is_some_and(|s| s.is_none()), bonus.is_some_and(|b| b.is_none())];
    let given = given
        .into_iter()
        .chain([commission.is_some_and(|c| c.is_none()), carry.is_some_and(|c| c.is_none())]);
    let unread = given.into_iter().any(|unread| unread);
    let (swing, bonus) = (swing.flatten(), bonus.flatten());
    let gross = amount(section, gross, rate_on_line, swing, limit);
    let parts = section.sections("instalments", "days on which the premium is due, in order", instalment);
    let instalments = gross.and_then(|gross| instalments(section, parts, gross));
    if section.has("instalments") && instalments.is_none() || unread {
        return None;
    }
    Some(Premium {
        gross: gross?,
        tax: tax.map_or(Share::NONE, |at| at.value),
        fee: fee.map_or(Money::ZERO, |at| at.value),
        brokerage: brokerage.map_or(Share::NONE, |at| at.value),
        instalments,
        swing,
        no_claims_bonus: bonus,
        profit_commission: commission.flatten(),
        carry: carry.flatten(),
    })
}

/// The premium itself: as an amount, by its rate on line, or the least of a swing.
fn amount(
    section: &Section<'_>,
    gross: Option<At<Money>>,
    rate_on_line: Option<At<Share>>,
    swing: Option<Swing>,
    limit: Option<Money>,
) -> Option<Money> {
    match (section.has("gross"), section.has("rate_on_line")) {
        (true, true) => {
            let mend = "keep one: a rate on line is the premium over the limit";
            section.error_at("rate_on_line", "the premium is given twice", mend);
            None
        }
        (false, true) => {
            let At { value: rate, span } = rate_on_line?;
            if limit.is_none() {
                let message = "a rate on line needs a limit, and the cover has none";
                section.error(span, message, "give the premium as `gross`, or the cover a limit");
            }
            Some(limit? * rate)
        }
        (true, false) => {
            let At { value: gross, span } = gross?;
            if let Some(swing) = swing
                && !(swing.minimum()..=swing.maximum()).contains(&gross)
            {
                let message = format!(
                    "the deposit of {gross} lies outside the swing from {} to {}",
                    swing.minimum(),
                    swing.maximum()
                );
                section.error(span, message, "deposit at least the minimum and at most the maximum");
            }
            Some(gross)
        }
        (false, false) if section.has("swing") => swing.map(Swing::minimum),
        (false, false) => {
            let mend = "give gross = 45_000_000, or rate_on_line = \"15%\"";
            section.error(section.head(), "the premium does not say its amount", mend);
            None
        }
    }
}

fn instalment(section: &mut Section<'_>) -> Option<(Day, MoneyOrShare)> {
    let due = section.required::<Day>("due", "day on which it is due");
    let amount = section.required::<MoneyOrShare>("amount", "its amount, or its part of the premium");
    Some((due?.value, amount?.value))
}

fn instalments(
    section: &Section<'_>,
    parts: Vec<At<(Day, MoneyOrShare)>>,
    gross: Money,
) -> Option<Instalments> {
    let span = parts.last()?.span.clone();
    if parts.len() < section.length("instalments") {
        return None;
    }
    let part = |At { value: (due, amount), .. }: At<(Day, MoneyOrShare)>| {
        let amount = match amount {
            MoneyOrShare::Money(amount) => amount,
            MoneyOrShare::Share(share) => gross * share,
        };
        Instalment { due: due.0, amount }
    };
    match Instalments::new(parts.into_iter().map(part).collect(), gross) {
        Ok(instalments) => Some(instalments),
        Err(error) => {
            section.error(
                span,
                error.to_string(),
                "let them add up to the premium, in the order of their days",
            );
            None
        }
    }
}

fn swing(section: &mut Section<'_>) -> Option<Swing> {
    let load = section.required::<Ratio>("load", "what losses are multiplied by, such as \"100/70\"");
    let base = section.optional::<Money>("subject_base", "base of which the bounds are parts");
    let minimum = section.required::<MoneyOrShare>("minimum", "least premium, or its part of the base");
    let maximum = section.required::<MoneyOrShare>("maximum", "greatest premium, or its part of the base");
    let bound = |name: &str, bound: Option<At<MoneyOrShare>>| {
        let At { value, span } = bound?;
        match value {
            MoneyOrShare::Money(amount) => Some(amount),
            MoneyOrShare::Share(share) => {
                if base.is_none() {
                    let message = format!("`{name}` is a part of a subject base that is not given");
                    section.error(span, message, "give subject_base beside it, or the bound as an amount");
                }
                base.as_ref().map(|base| base.value * share)
            }
        }
    };
    let (minimum, maximum) = (bound("minimum", minimum), bound("maximum", maximum));
    match Swing::new(load?.value.0, minimum?, maximum?) {
        Ok(swing) => Some(swing),
        Err(error) => {
            let mend = "give a load above 0, and a maximum no smaller than the minimum";
            section.error(section.head(), error.to_string(), mend);
            None
        }
    }
}

fn bonus(section: &mut Section<'_>) -> Option<NoClaimsBonus> {
    let share = section.required::<Share>("share", "part of the premium that is given back");
    let up_to =
        section.optional::<Money>("claims_up_to", "claims of the year that do not lose it; 0 unless said");
    let claims_up_to = up_to.map_or(Money::ZERO, |at| at.value);
    Some(NoClaimsBonus { share: share?.value, claims_up_to })
}

fn commission(section: &mut Section<'_>) -> Option<ProfitCommission> {
    let share = section.required::<Share>("share", "part of the profit that is given back");
    let expense = section.required::<Share>("expense", "part of the premium that the insurer spends");
    let deficit =
        section.optional::<Money>("deficit", "deficit brought forward from earlier years; 0 unless said");
    let deficit = deficit.map_or(Money::ZERO, |at| at.value);
    Some(ProfitCommission { share: share?.value, expense: expense?.value, deficit })
}

fn carry(section: &mut Section<'_>) -> Option<Carry> {
    let collateral = section.optional::<Money>("collateral", "money set aside; none unless said");
    let funding = section.optional::<Share>("funding_rate", "what that money costs a year");
    let earned = section.optional::<Share>("collateral_yield", "what it earns meanwhile, a year");
    let term = section.optional::<Months>("months", "how long it is set aside");
    let roll = section.optional::<Money>("roll", "cost of renewing it within the term; none unless said");
    let commitment = section.optional::<Money>("commitment_fee", "fees for commitments; none unless said");
    let set_aside = collateral.as_ref().map_or(Money::ZERO, |at| at.value);
    if set_aside.0 > TOLERANCE {
        for key in ["funding_rate", "collateral_yield", "months"] {
            if !section.has(key) {
                let message = format!("collateral without `{key}` has no price");
                section.error_at("collateral", message, format!("give `{key}` beside it"));
            }
        }
    }
    let priced = set_aside.0 <= TOLERANCE || funding.is_some() && earned.is_some() && term.is_some();
    priced.then(|| Carry {
        collateral: set_aside,
        funding: funding.map_or(Share::NONE, |at| at.value),
        earned: earned.map_or(Share::NONE, |at| at.value),
        term: term.map_or(Months::ZERO, |at| at.value),
        roll: roll.map_or(Money::ZERO, |at| at.value),
        commitment: commitment.map_or(Money::ZERO, |at| at.value),
    })
}
