//! A fit as JSON, `netloss.fit/1`: unrounded, times in hours.

use serde_json::{Map, Value, json};

use super::{peril, qq};
use crate::fit::{Family, Figure, Fit, NoTail, Study};

/// Shares of outages for which a law says what they pass.
const SHARES: [(&str, f64); 4] = [("2", 0.5), ("10", 0.1), ("20", 0.05), ("100", 0.01)];

/// Writes a study as JSON.
#[must_use]
pub fn json(study: &Study, seed: u64) -> String {
    let hours = study.sample.hours();
    let best = study.best();
    let at_least = study.sample.at_least().map(|least| least.0);
    let document = json!({
        "schema": "netloss.fit/1",
        "outages": {
            "n": hours.len(),
            "shortest": hours[0],
            "median": study.sample.median().0,
            "longest": hours[hours.len() - 1],
            "at_least": at_least,
            "left_out": study.left_out,
        },
        "span": {
            "from": study.span.from.to_string(),
            "until": study.span.until.to_string(),
            "stated": study.span.stated,
        },
        "resamples": study.resamples,
        "seed": seed,
        "laws": study.fits.iter().map(|(family, fit)| law(study, *family, fit.as_ref())).collect::<Vec<_>>(),
        "best": best.map(|fit| fit.curve.family.key()),
        "qq": best.map(|fit| {
            let pair = |(law, observed)| json!({ "law": law, "observed": observed });
            qq::points(&study.sample, fit).into_iter().map(pair).collect::<Vec<_>>()
        }),
        "mean_excess": study.mean_excess.iter().map(|excess| json!({
            "over": excess.over.0,
            "outages": excess.outages,
            "mean": excess.mean.value,
            "se": excess.mean.error,
        })).collect::<Vec<_>>(),
        "tail": study.tail.map(|tail| json!({
            "threshold": tail.threshold.0,
            "outages": tail.outages,
            "hill_alpha": figure(tail.hill),
            "shape": figure(tail.shape),
            "scale": figure(tail.scale),
        })),
        "frequency": frequency(study),
        "peril": peril::toml(study),
        "peril_with_tail": study.tailed().map(|tailed| match tailed {
            Ok(tailed) => json!({
                "usable": true,
                "because": null,
                "one_outage_in_100_passes": tailed.exceeded_by(0.01).0,
                "peril": peril::tailed(study, &tailed),
            }),
            Err(reason) => json!({
                "usable": false,
                "because": match reason {
                    NoTail::NoError => "no_standard_error",
                    NoTail::Uncertain => "shape_spans_0_and_1",
                    NoTail::Apart => "apart_from_the_law",
                },
                "one_outage_in_100_passes": null,
                "peril": null,
            }),
        }),
    });
    format!("{document:#}\n")
}

fn figure(figure: Figure) -> Value {
    json!({ "value": figure.value, "se": figure.error })
}

fn law(study: &Study, family: Family, fit: Option<&Fit>) -> Value {
    let Some(fit) = fit else {
        return json!({ "law": family.key(), "fitted": false });
    };
    let keys = family.parameters().into_iter().zip(fit.curve.parameters.into_iter().zip(fit.errors));
    let parameters: Map<String, Value> =
        keys.map(|(key, (value, error))| (key.to_owned(), figure(Figure { value, error }))).collect();
    let passed: Map<String, Value> = SHARES
        .iter()
        .map(|(key, share)| ((*key).to_owned(), json!(fit.exceeded_by(*share, study.sample.at_least()).0)))
        .collect();
    let lowest = study.best().map_or(fit.aic, |best| best.aic);
    let (distances, probability) = (fit.goodness.distances, fit.goodness.probability);
    json!({
        "law": family.key(),
        "fitted": true,
        "parameters": parameters,
        "log_likelihood": fit.log_likelihood,
        "aic": fit.aic,
        "aic_above_best": fit.aic - lowest,
        "ks": { "distance": distances.kolmogorov_smirnov, "p": probability.kolmogorov_smirnov },
        "ad": { "distance": distances.anderson_darling, "p": probability.anderson_darling },
        "one_outage_in_passes": passed,
        "reported": study.sample.at_least().map(|least| fit.curve.reaching(least.0)),
    })
}

fn frequency(study: &Study) -> Value {
    let years = study
        .years
        .iter()
        .map(|year| json!({ "year": year.year, "observed": year.observed, "outages": year.outages }));
    json!({
        "by_year": years.collect::<Vec<_>>(),
        "years": study.pace.map(|pace| pace.years),
        "outages": study.pace.map(|pace| pace.outages),
        "poisson": study.pace.map(|pace| figure(pace.mean)),
        "clusters": study.pace.and_then(|pace| pace.clusters).map(|clusters| json!({
            "variance": clusters.variance,
            "index": clusters.index,
            "p": clusters.probability,
            "mean_se": clusters.mean_error,
            "beyond_chance": clusters.plain(),
        })),
    })
}
