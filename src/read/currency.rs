//! Foreign money: rates under `[fx]`, terms in another currency, forwards.

use super::scenario::{Context, Heading};
use super::section::{At, Section};
use super::value::Number;
use crate::hedge::{Compounding, Forward};
use crate::quantity::{Months, Share};
use crate::scenario::{CurrencyHedge, Flow, Foreign, Named};

/// A currency that a file gives a rate for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rate {
    pub code: String,
    pub spot: f64,
}

/// Reads `[fx]`: the name of each entry is a currency.
pub(super) fn rates(section: &mut Section<'_>, home: Option<&At<String>>) -> Vec<Rate> {
    let rates = section.map("fx", "rates of exchange, by the currency", rate);
    let rates = rates.into_iter().map(|(code, spot)| Rate { code, spot });
    rates.filter(|rate| is_foreign(section, &rate.code, home)).collect()
}

fn is_foreign(section: &Section<'_>, code: &str, home: Option<&At<String>>) -> bool {
    if !(code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())) {
        let message = format!("{code:?} is not a currency code");
        section.error_at("fx", message, "write [fx.USD] or [fx.JPY]");
        return false;
    }
    if home.is_some_and(|home| home.value == code) {
        let message = format!("{code} is the currency of the file, and needs no rate");
        section.error_at("fx", message, "leave it out, or give the rate of the foreign currency");
        return false;
    }
    true
}

fn rate(section: &mut Section<'_>) -> Option<f64> {
    let spot = section.required::<Number>("spot", "home money for one of the foreign unit")?;
    if spot.value.0 > 0.0 {
        return Some(spot.value.0);
    }
    section.error(spot.span, "money cannot be changed at 0", "give home money for one of the foreign unit");
    None
}

/// Reads the currency of a section, and lets every amount in it be changed.
///
/// It comes before any other key: amounts that were read already stay.
pub(super) fn currency(section: &mut Section<'_>, context: &Context<'_>) -> Option<Foreign> {
    let code =
        section.optional::<String>("currency", "currency of its amounts; that of the file unless said")?;
    if Some(&code.value) == context.currency.as_ref() {
        return None;
    }
    let Some(rate) = context.rates.iter().find(|rate| rate.code == code.value) else {
        let message = format!("amounts in {} have no rate of exchange", code.value);
        let mend =
            format!("give [fx.{}] with its spot, or the amounts in the currency of the file", code.value);
        section.error(code.span, message, mend);
        return None;
    };
    section.change_money_at(rate.spot);
    Some(Foreign { currency: code.value, rate: rate.spot })
}

pub(super) fn currency_hedge(
    section: &mut Section<'_>,
    context: &Context<'_>,
) -> Option<Named<CurrencyHedge>> {
    let heading = Heading::read(section, context);
    let code = section.required::<String>("currency", "the foreign currency");
    let flow = section.choice(
        "flow",
        true,
        "what is hedged: a premium is certain, a claim is not",
        &[("premium", Flow::Premium), ("claim", Flow::Claim)],
    );
    let amount = section.required::<Number>("amount", "the amount, in the foreign currency");
    let hedged = section.required::<Share>("hedged", "part of it that is fixed forward");
    let spot_then = section.required::<Number>("spot_then", "spot rate of the day on which it is changed");
    let home = section.required::<Share>("home_rate", "interest a year on home money");
    let foreign = section.required::<Share>("foreign_rate", "interest a year on the foreign money");
    let term = section.required::<Months>("months", "months until then");
    let compounding =
        section.choice("compounding", true, "how interest is counted over the term", &Compounding::ALL);

    let code = code?;
    let Some(rate) = context.rates.iter().find(|rate| rate.code == code.value) else {
        let message = format!("{} has no rate of exchange", code.value);
        section.error(code.span, message, format!("give [fx.{}] with its spot", code.value));
        return None;
    };
    let (flow, hedged) = (flow?.value, hedged?);
    if flow == Flow::Claim && hedged.value == Share::ALL {
        let message = "a claim that may never come is sold forward in full";
        let mend = "hedge the part that its probability bears, or use an option";
        section.warning(hedged.span, message, mend);
    }
    match Forward::new(rate.spot, home?.value, foreign?.value, term?.value, compounding?.value) {
        Ok(forward) => Some(heading?.over(CurrencyHedge {
            currency: code.value,
            flow,
            amount: amount?.value.0,
            hedged: hedged.value,
            forward,
            spot_then: spot_then?.value.0,
        })),
        Err(error) => {
            section.error_at("months", error.to_string(), "give the months until the money is changed");
            None
        }
    }
}
