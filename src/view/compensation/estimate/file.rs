//! An estimate as JSON and as an outflow.

use serde_json::{Value, json};

use super::{Estimated, notes, told};
use crate::scheme::lab::{Estimate, Group, Likely, Outlook};
use crate::scheme::{Reason, Scheme};
use crate::view::Language;
use crate::view::table::clean;

/// Writes an estimate as JSON, `netloss.estimate/1`: unrounded won.
#[must_use]
pub fn json(estimated: &Estimated<'_>) -> String {
    let likely = |it: Likely| json!({ "mean": it.mean, "p10": it.p10, "p50": it.p50, "p90": it.p90, "error": it.error });
    let outlook = |it: &Outlook| {
        json!({
            "lost_sales": likely(it.lost_sales),
            "claims": likely(it.claims),
            "paid": likely(it.paid),
            "waiting": likely(it.waiting),
            "budget": likely(it.budget),
        })
    };
    let group = |(group, it): (&Group, &Outlook)| {
        let mut told = outlook(it);
        if let Value::Object(told) = &mut told {
            told.insert("industry".into(), json!(group.industry));
            told.insert("service".into(), json!(group.service));
            told.insert("assumed".into(), json!(group.assumed));
            told.insert("source".into(), json!(group.sources));
        }
        told
    };
    let reason = |(reason, claims): &(Reason, f64)| json!({ "reason": reason.key(), "claims": claims });
    let other = |(scheme, other): &(&Scheme, Estimate)| {
        let against = other.against(estimated.estimate);
        json!({
            "scheme": scheme.id,
            "total": outlook(&other.total),
            "more": likely(against.more),
            "dearer": against.dearer,
            "groups": other.groups.iter().map(outlook).collect::<Vec<_>>(),
        })
    };
    let mut document = json!({
        "schema": "netloss.estimate/1",
        "scheme": estimated.scheme.id,
        "population": estimated.population,
        "draws": estimated.draws.0,
        "seed": estimated.draws.1,
        "assumptions": {
            "en": notes(estimated, Language::En),
            "ko": notes(estimated, Language::Ko),
        },
        "total": outlook(&estimated.estimate.total),
        "reasons": estimated.estimate.reasons.iter().map(reason).collect::<Vec<_>>(),
        "groups": estimated.groups.iter().zip(&estimated.estimate.groups).map(group).collect::<Vec<_>>(),
    });
    if let (Value::Object(document), false) = (&mut document, estimated.others.is_empty()) {
        document.insert("compared".into(), estimated.others.iter().map(other).collect());
    }
    format!("{document:#}\n")
}

/// Writes the mean as an outflow of a scenario file, to paste into it.
#[must_use]
pub fn outflow(estimated: &Estimated<'_>) -> String {
    let text = |text: &str| Value::from(text).to_string();
    let Estimated { scheme, estimate, .. } = estimated;
    let Outlook { paid, waiting, .. } = estimate.total;
    let paid_at = |amount: f64| told(&paid, amount, Language::En);
    let review = match waiting.mean.round() {
        0.0 => String::new(),
        mean => {
            let waits = told(&waiting, mean, Language::En);
            format!("# Not in it: {waits} won or more, on average, that wait for review.\n")
        }
    };
    let (draws, seed) = estimated.draws;
    format!(
        "# The mean of a model and no claim: {} under {}, {draws} draws, seed {seed};\n\
         # 8 times in 10 between {} and {} won.\n{review}[[outflow]]\nid = \"compensation\"\n\
         label = {{ ko = {}, en = {} }}\nhead = \"compensation\"\namount = {}\n",
        clean(estimated.population),
        scheme.id,
        paid_at(paid.p10),
        paid_at(paid.p90),
        text(&scheme.name.ko),
        text(&scheme.name.en),
        paid_at(paid.mean).replace(',', "_"),
    )
}
