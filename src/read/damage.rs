//! Damage functions: `damage` of a line or an outflow.

use super::scenario::Context;
use super::section::{At, Section};
use super::starting_values::{damage_function, damage_names};
use super::value::{Number, Signed};
use crate::loss::{Banded, Damage, DamageFunction, Effect, TwoPart};
use crate::quantity::{Hours, Money};

/// Reads `damage`, where it is given.
pub(super) fn damage(section: &mut Section<'_>, context: &Context<'_>) -> Option<Read> {
    let meaning = "what an interruption costs by its duration, where no revenue is known";
    let read = section.section("damage", false, meaning, parts).flatten()?;
    let damage = &read.damage;
    if let Some(stated) = damage.stated_to()
        && context.spans > stated
    {
        let message = format!("the damage function is stated for interruptions of up to {} h", stated.0);
        let mend = "longer ones need another function: what is shown for them only runs on";
        section.warning(section.span_of("damage"), message, mend);
    }
    Some(read)
}

/// A damage function, and the source of a bundled one.
pub(super) struct Read {
    pub damage: Damage,
    pub source: Option<String>,
}

fn parts(section: &mut Section<'_>) -> Option<Read> {
    let function = section.optional::<String>("function", "a bundled function, such as \"kile:trade\"");
    let power = section.section("power", false, "cost = one_hour × D^exponent", |part| {
        let one_hour = part.required::<Number>("one_hour", "cost of one hour");
        let exponent = part.required::<Number>("exponent", "exponent: 1 is in proportion to time");
        Some(DamageFunction::Power { one_hour: one_hour?.value.0, exponent: exponent?.value.0 })
    });
    let points = section.sections("table", "costs by duration, straight between points", |point| {
        let at = point.required::<Hours>("at", "duration of the point");
        let cost = point.required::<Money>("cost", "cost of such an interruption");
        Some((at?.value, cost?.value.0))
    });
    let two_part =
        section.section("two_part", false, "a chance of any cost, times what it then is", two_part);
    let units = section
        .optional::<Number>("units", "how many of what the function counts by, such as kW; 1 unless said");
    let worth = section.optional::<Number>(
        "worth",
        "what one of the function's money is in the scenario's currency; needed with `function`",
    );
    let forms = ["function", "power", "table", "two_part"];
    let given: Vec<_> = forms.into_iter().filter(|form| section.has(form)).collect();
    let mut source = None;
    let function = match given.as_slice() {
        ["function"] => {
            let At { value: name, span } = function?;
            let Some(bundled) = damage_function(&name) else {
                let known = damage_names();
                let mend = match super::nearest(&name, known.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean {near:?}?"),
                    None => format!("known: {}", known.join(", ")),
                };
                section.error(span, format!("damage function {name:?} is not known"), mend);
                return None;
            };
            for key in ["units", "worth"].into_iter().filter(|key| !section.has(key)) {
                let message = format!("{name:?} counts {} for each {}", bundled.money(), bundled.unit());
                let mend = match key {
                    "units" => format!("give units = …, the number of {}", bundled.unit()),
                    _ => format!(
                        "give worth = …, what one {} is in the scenario's currency",
                        bundled.money()
                    ),
                };
                section.error(span.clone(), message, mend);
            }
            source = Some(bundled.source().to_owned());
            DamageFunction::Banded(bundled.bands())
        }
        ["power"] => power??,
        ["two_part"] => DamageFunction::TwoPart(two_part??),
        ["table"] => {
            let points: Vec<_> = points.into_iter().map(|point| point.value).collect();
            if points.len() < section.length("table") {
                return None;
            }
            match Banded::through(&points) {
                Ok(bands) => DamageFunction::Banded(bands),
                Err(error) => {
                    let mend = "order the points by duration; no point costs less than the one before it";
                    section.error_at("table", error.to_string(), mend);
                    return None;
                }
            }
        }
        _ => {
            let mend = format!("give one of {}", forms.join(", "));
            section.error(section.head(), "the damage does not say its function once", mend);
            return None;
        }
    };
    if section.has("function") && !(section.has("units") && section.has("worth")) {
        return None;
    }
    let units = units.map_or(1.0, |at| at.value.0);
    let damage = Damage { function, units, worth: worth.map_or(1.0, |at| at.value.0) };
    Some(Read { damage, source })
}

fn two_part(section: &mut Section<'_>) -> Option<TwoPart> {
    let meaning = "constant, slope and curvature by hours of the probit";
    let chance = section.required::<Vec<Signed>>("chance", meaning);
    let meaning = "constant, slope and curvature by hours of the logarithm of the cost";
    let log_cost = section.required::<Vec<Signed>>("log_cost", meaning);
    let effects = section.sections("effects", "what else is known: customer, season, hour", |part| {
        let name = part.required::<String>("name", "its name");
        let chance = part.required::<Signed>("chance", "what it adds to the probit");
        let log_cost = part.required::<Signed>("log_cost", "what it adds to the logarithm of the cost");
        Some(Effect { name: name?.value, chance: chance?.value.0, log_cost: log_cost?.value.0 })
    });
    let stated_to = section
        .required::<Hours>("stated_to", "longest interruption for which it was estimated, such as \"24h\"");
    let three = |key: &str, list: Option<At<Vec<Signed>>>| {
        let At { value, span } = list?;
        let numbers: Vec<f64> = value.into_iter().map(|number| number.0).collect();
        let three = <[f64; 3]>::try_from(numbers);
        if three.is_err() {
            let message = format!("`{key}` needs three coefficients");
            section.error(
                span,
                message,
                "give [constant, by hour, by hour squared]; 0 where there is none",
            );
        }
        three.ok()
    };
    let (chance, log_cost) = (three("chance", chance), three("log_cost", log_cost));
    let effects = effects.into_iter().map(|effect| effect.value).collect();
    Some(TwoPart { chance: chance?, log_cost: log_cost?, effects, stated_to: stated_to?.value })
}
