//! Section `[[equity_put]]`: puts on our own shares, in a panel of their own.

use super::premium::premium;
use super::scenario::{Context, Heading};
use super::section::Section;
use super::value::Number;
use crate::hedge::{EquityPut, InvalidEquityPut};
use crate::quantity::Money;
use crate::scenario::{EquityHedge, Named};

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Put,
    Spread,
    Catastrophe,
}

pub(super) fn equity_put(section: &mut Section<'_>, context: &Context<'_>) -> Option<Named<EquityHedge>> {
    let heading = Heading::read(section, context);
    let kinds = [("put", Kind::Put), ("put_spread", Kind::Spread), ("catastrophe_put", Kind::Catastrophe)];
    let kind = section.choice("kind", true, "what it is", &kinds);
    let shares = section.required::<Number>("shares", "number of our own shares");
    let strike = section.required::<Money>("strike", "price at which they can be sold");
    let lower =
        section.optional::<Money>("lower_strike", "strike of the put that is sold; of a put_spread");
    let trigger =
        section.optional::<Money>("loss_more_than", "loss that has to be passed; of a catastrophe_put");
    let before = section.required::<Money>("price_before", "share price before the outage");
    let after = section.required::<Money>("price_after", "share price after it");
    let legal_basis =
        section.optional::<String>("legal_basis", "why we may hold an option on our own shares");
    let premium = premium(section, None);

    let (kind, strike) = (kind?.value, strike?.value);
    let (before, after) = (before?.value, after?.value);
    for (key, of) in [("lower_strike", Kind::Spread), ("loss_more_than", Kind::Catastrophe)] {
        let word = kinds.iter().find(|(_, other)| *other == of).map_or("", |(word, _)| word);
        if section.has(key) && kind != of {
            let message = format!("`{key}` says something about a {word} alone");
            section.error_at(key, message, format!("leave it out, or let kind = {word:?}"));
        } else if !section.has(key) && kind == of {
            let message = format!("a {word} needs `{key}`");
            section.error(section.head(), message, format!("give `{key}`"));
        }
    }
    if legal_basis.is_none() && !section.has("legal_basis") {
        let message = "an option on our own shares may need leave of law, charter or exchange";
        section.warning(section.span_of("kind"), message, "say in `legal_basis` why it may be held");
    }
    if after > before {
        let message = format!("the share price rises from {before} to {after}: no put pays");
        section.warning(section.span_of("price_after"), message, "are the two prices exchanged?");
    }
    let shares = shares?.value.0;
    let put = match kind {
        Kind::Put => EquityPut::put(shares, strike),
        Kind::Spread => EquityPut::spread(shares, strike, lower?.value),
        Kind::Catastrophe => EquityPut::catastrophe(shares, strike, trigger?.value),
    };
    let put = match put {
        Ok(put) => put,
        Err(error) => {
            let (key, mend) = match error {
                InvalidEquityPut::Shares(_) => ("shares", "give the number of shares"),
                InvalidEquityPut::Strike(_) => ("strike", "give the price at which they can be sold"),
                InvalidEquityPut::Spread { .. } => ("lower_strike", "let it be below `strike`"),
            };
            section.error_at(key, error.to_string(), mend);
            return None;
        }
    };
    let legal_basis = legal_basis.map(|at| at.value);
    Some(heading?.over(EquityHedge {
        put,
        price_before: before,
        price_after: after,
        premium: premium?,
        legal_basis,
    }))
}
