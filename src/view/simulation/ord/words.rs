//! What the tables of Open Results Data do not say of themselves: whose loss they tell.

use serde_json::{Value, json};

use super::{Perspective, SUMMARY};
use crate::view::simulation::Shown;

impl Perspective {
    /// What it is, in the words of a reader who knows the standard and not us.
    fn words(self) -> &'static str {
        match self {
            Self::GroundUp => {
                "economic loss before the programme: lost profit and what the outage costs,\n    \
                 Ground-up (0) in the standard's list"
            }
            Self::Net => {
                "what stays with the company after covers, payouts, hedges and suppliers,\n    \
                 before the programme's own cost; Net of all reinsurance (2) there"
            }
        }
    }
}

/// Returns the page that lies beside the tables; `end` is that of their names.
#[must_use]
pub fn read_me(shown: &Shown<'_>, by_outage: bool, end: &str) -> String {
    let name = crate::view::clean(&shown.subject.name.en);
    let (currency, years) = (&shown.subject.currency, shown.summary.years);
    let perspectives = Perspective::ALL.map(|it| format!("{:<4}{}\n", it.code(), it.words())).concat();
    let outages = if by_outage { OF_OUTAGES.replace("{end}", end) } else { String::new() };
    format!(
        "{name}\n{years} years drawn, amounts in {currency}, unrounded\n\n\
         Tables of Open Results Data (ORD), with the whole-number codes of its version 1.\n\
         The first letters of a file tell whose loss it is:\n\n\
         {perspectives}\n\
         The standard looks from the side of an insurer who cedes to reinsurers. Here the\n\
         company stands where that insurer stands, and its programme where they do.\n\n\
         {outages}\
         *_ept.{end}\n    \
         Exceedance. EPType: 1 OEP and 2 its tail mean, of the worst outage of a year; 3 AEP\n    \
         and 4 its tail mean, of all outages of a year. EPCalc 2: every year drawn counts once.\n\
         *_palt.{end}\n    \
         Mean and standard deviation of a year. SampleType 2: over the years drawn.\n\
         *_summary-info.{end}\n    \
         The one summary, with the revenue that a year normally brings as tiv.\n\n\
         From version 2 of the standard on EPCalc is EPMethod (2 is S_FULL), EPType is text\n\
         (1 OEP, 2 TVAR_OEP, 3 AEP, 4 TVAR_AEP), and the table of averages has a column\n\
         LossMethod (STOC).\n"
    )
}

/// The tables of outages, where they were written.
const OF_OUTAGES: &str = "*_splt.{end}
    The outages with a loss, a row each. Period is the number of the year drawn, and
    PeriodWeight one over the number of years; Year to Minute are local time at the start:
    every period is another draw of the same calendar year. EventId numbers the outages
    of the run, with and without loss, as in the rows of --event-loss. SampleId is 1, as
    an outage is drawn once. A loss below zero is a gain. ImpactedExposure is the revenue
    that a year normally brings on the lines that were hit.
";

/// Returns the metadata of the tables, under the names of the standard's schema.
#[must_use]
pub fn metadata(shown: &Shown<'_>, by_outage: bool) -> String {
    let set = |perspective: Perspective| {
        json!({
            "perspective_code": perspective.code(),
            "exposure_summary_level_fields": ["PortName"],
            "summaries": [{
                "id": SUMMARY,
                "description": perspective.words().replace("\n    ", " "),
                "grouping_fields": ["PortName"],
                "ord_output": {
                    "plt_sample": by_outage,
                    "alt_period": true,
                    "ept_full_uncertainty_aep": true,
                    "ept_full_uncertainty_oep": true,
                },
            }],
        })
    };
    let document = json!({
        "analysis_tag": shown.subject.name.en,
        "model_supplier_id": "netloss",
        "model_name_id": "netloss simulate",
        "model_version": env!("CARGO_PKG_VERSION"),
        "currency": [shown.subject.currency],
        "number_of_samples": 1,
        "loss_methods": ["STOC"],
        "ep_methods": ["S_FULL"],
        "event_set": {
            "event_set_id": Value::Null,
            "event_set_description": Value::Null,
            "event_occurrence_id": format!("seed {}", shown.subject.seed),
            "event_occurrence_description": Value::Null,
            "event_occurrence_max_periods": shown.summary.years,
        },
        "output_sets": Perspective::ALL.map(set),
    });
    format!("{document:#}\n")
}
