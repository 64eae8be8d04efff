//! What a file of claims comes to, as JSON, `netloss.compensation/1`: whole won.

use serde_json::{Map, Value, json};

use super::{Batch, rows};
use crate::scheme::{By, Flag, Reason, Status, Tally};

/// Writes a batch as JSON.
#[must_use]
pub fn json(batch: &Batch<'_>) -> String {
    let totals = batch.totals;
    let reasons: Map<String, Value> = Reason::ALL
        .into_iter()
        .filter(|reason| totals.all.of(*reason) > 0)
        .map(|reason| {
            let told =
                json!({ "claims": totals.all.of(reason), "amount": won(totals.all.amount_of(reason)) });
            (reason.key().to_owned(), told)
        })
        .collect();
    let bands: Vec<_> = totals
        .bands
        .iter()
        .map(|((rule, band), tally)| {
            let mut told = tallied(tally);
            told.insert("rule".into(), json!(rule + 1));
            told.insert("band".into(), json!(band.map(|band| band + 1)));
            Value::Object(told)
        })
        .collect();
    let groups = |by: By| -> Value {
        let groups = totals.by(by);
        let named =
            groups.into_iter().flat_map(|groups| &groups.named).map(|(word, tally)| (json!(word), tally));
        let others = groups.map(|groups| &groups.others).filter(|others| others.rows() > 0);
        let all = named.chain(others.map(|others| (Value::Null, others)));
        let told = all.map(|(name, tally)| {
            let mut told = Map::new();
            told.insert("name".into(), name);
            told.extend(tallied(tally));
            Value::Object(told)
        });
        told.collect()
    };
    let flags: Map<String, Value> = Flag::ALL
        .into_iter()
        .map(|flag| (flag.key().to_owned(), json!(totals.flags[flag as usize])))
        .collect();
    let mut document = json!({
        "schema": "netloss.compensation/1",
        "scheme": batch.scheme.id,
        "claims": batch.claims,
        "encoding": batch.encoding,
        "rows": totals.all.rows(),
        "ends": Status::ALL.into_iter().map(|status| (rows::status(status).to_owned(), json!(totals.all.with(status)))).collect::<Map<_, _>>(),
        "amount": won(totals.all.total()),
        "pending": won(totals.all.pending()),
        "reasons": reasons,
        "bands": bands,
        "industries": groups(By::Industry),
        "regions": groups(By::Region),
        "services": groups(By::Service),
        "flags": flags,
        "rejects": totals.rejects,
        "unchecked": batch.unchecked.iter().map(|what| what.key()).collect::<Vec<_>>(),
        "columns_passed_over": batch.passed_over,
        "assumptions": batch.scheme.assumptions.iter().map(|text| json!({ "ko": text.ko, "en": text.en })).collect::<Vec<_>>(),
    });
    if let Value::Object(document) = &mut document {
        document.extend(super::lab::json(batch).into_iter().map(|(key, value)| (key.to_owned(), value)));
    }
    format!("{document:#}\n")
}

/// A sum beyond the integers of JSON's readers is text, digit by digit.
pub(super) fn won(amount: i128) -> Value {
    const EXACT: i128 = 9_007_199_254_740_992;
    match i64::try_from(amount) {
        Ok(amount) if i128::from(amount).abs() <= EXACT => json!(amount),
        _ => json!(amount.to_string()),
    }
}

fn tallied(tally: &Tally) -> Map<String, Value> {
    let mut told = Map::new();
    told.insert("claims".into(), json!(tally.rows()));
    for status in [Status::Paid, Status::Zero, Status::Review] {
        told.insert(rows::status(status).into(), json!(tally.with(status)));
    }
    told.insert("amount".into(), won(tally.total()));
    told
}
