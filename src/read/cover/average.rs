//! Key `average` of a cover: what a sum insured that is too low does.

use crate::cover::{
    Average, Basis, Books, DECLARED_LIMIT, Form, Measure, RateOfGrossProfit, ValueAtRisk, sum_insured,
};
use crate::profile::{Trend, Turnover};
use crate::quantity::{Hours, Money, Share};
use crate::read::section::{At, Section};
use crate::read::value::MoneyOrLoss;

const OPTIONS: [(&str, &str); 4] =
    [("iso", "iso"), ("gp", "gp"), ("declared", "declared"), ("agreed_value", "agreed_value")];

/// What belongs to each option, and what may stand beside it.
const KEYS: [(&str, &[&str], &[&str]); 4] = [
    (
        "iso",
        &["sum_insured", "coinsurance", "net_income", "operating_expenses"],
        &["less", "applies_to_icow"],
    ),
    ("gp", &["sum_insured", "annual_turnover"], &["rate", "applies_to_icow"]),
    ("declared", &["estimate"], &["up_to"]),
    ("agreed_value", &[], &[]),
];

/// Reads the clause; `measure` is the cover's own, whose rate it may take.
pub(super) fn average(section: &mut Section<'_>, measure: Option<Measure>) -> Option<Average> {
    let option = section.choice("option", true, "what the sum insured is held against", &OPTIONS);
    let insured = section.value_or_section::<Money, _>(
        "sum_insured",
        "the sum insured, or the figures from which it was worked out",
        |at| Some(at.value),
        sum_of_figures,
    );
    let coinsurance =
        section.optional::<Share>("coinsurance", "percentage of the value that should be insured");
    let net_income =
        section.optional::<MoneyOrLoss>("net_income", "net income of twelve months, below zero for a loss");
    let expenses = section.optional::<Money>("operating_expenses", "operating expenses of the same months");
    let less = section.optional::<Money>("less", "items that the form takes off; 0 unless said");
    let stated = section.optional::<Share>("rate", "rate of gross profit; that of `measure` unless said");
    let turnover = section.value_or_section::<Money, _>(
        "annual_turnover",
        "turnover of the twelve months before the event, with its trend",
        |at| Some(at.value),
        annual_turnover,
    );
    let estimate = section.optional::<Money>("estimate", "annual profit as it was declared");
    let up_to = section.optional::<f64>("up_to", "times the estimate that is paid; 4/3 unless said");
    let icow = section.optional::<bool>(
        "applies_to_icow",
        "whether extra expense and increased cost of working are cut too; yes under gp, no under iso unless said",
    );

    let option = option?.value;
    let (_, needs, may) = KEYS.into_iter().find(|(name, ..)| *name == option)?;
    for key in needs.iter().filter(|key| !section.has(key)) {
        let message = format!("average by {option:?} needs `{key}`");
        section.error(section.head(), message, format!("give `{key}` beside option = {option:?}"));
    }
    let all = KEYS.iter().flat_map(|(_, needs, may)| needs.iter().chain(*may));
    let mut told: Vec<&str> = needs.iter().chain(may).copied().collect();
    for key in all {
        if section.has(key) && !told.contains(key) {
            let message = format!("`{key}` says nothing of average by {option:?}");
            section.error_at(key, message, format!("leave `{key}` out"));
            told.push(key);
        }
    }
    let basis = match option {
        "iso" => {
            let value = ValueAtRisk::Iso {
                coinsurance: coinsurance?.value,
                net_income: net_income?.value.0,
                operating_expenses: expenses?.value,
                less: less.map_or(Money::ZERO, |at| at.value),
            };
            Basis::Proportional { sum_insured: insured?, value }
        }
        "gp" => {
            let of_measure = measure.filter(|measure| measure.form == Form::GrossProfit);
            let rate = match stated {
                Some(At { value, .. }) => RateOfGrossProfit::new(Books::Stated(value), Trend::NONE).ok(),
                None => of_measure.map(|measure| measure.rate),
            };
            let Some(rate) = rate else {
                let message = "average by \"gp\" needs a rate of gross profit, and the cover measures none";
                let mend = "give `rate` here, or measure = { form = \"gross_profit\", … }";
                section.error(section.head(), message, mend);
                return None;
            };
            let value = ValueAtRisk::GrossProfit { rate, annual_turnover: turnover? };
            Basis::Proportional { sum_insured: insured?, value }
        }
        "declared" => {
            let up_to = up_to.map_or(DECLARED_LIMIT, |at| at.value);
            if up_to < 1.0 {
                let message = format!("cover up to {up_to} times the estimate is less than the estimate");
                section.error_at("up_to", message, "give 1 or more; 4/3 is usual");
                return None;
            }
            Basis::Declared { estimate: estimate?.value, up_to }
        }
        _ => Basis::AgreedValue,
    };
    if matches!(basis, Basis::Proportional { sum_insured, .. } if sum_insured == Money::ZERO) {
        section.error_at(
            "sum_insured",
            "the cover can never pay: nothing is insured",
            "give the sum insured",
        );
        return None;
    }
    Some(Average { basis, applies_to_icow: icow.map_or(option == "gp", |at| at.value) })
}

fn sum_of_figures(section: &mut Section<'_>) -> Option<Money> {
    let profit = section
        .required::<MoneyOrLoss>("operating_profit", "operating profit of a year, below zero for a loss");
    let fixed = section.required::<Money>("fixed_costs", "fixed costs of the same year");
    let period = section.required::<Hours>("period", "how long it is to last, such as \"12 months\"");
    Some(sum_insured(profit?.value.0, fixed?.value, period?.value).positive())
}

fn annual_turnover(section: &mut Section<'_>) -> Option<Money> {
    let last =
        section.optional::<Money>("last_12_months", "turnover of the twelve months before the event");
    let since = section.optional::<Money>("since_opening", "turnover of a business younger than a year");
    let open_for = section.optional::<Hours>("open_for", "how long it has been open, such as \"5 months\"");
    let trend =
        section.required::<f64>("trend", "what it would have become: 1.08 for 8% more, 1 for no change");
    let At { value: trend, span } = trend?;
    let trend = match Trend::new(trend) {
        Ok(trend) => trend,
        Err(error) => {
            section.error(span, error.to_string(), "give 1.08 for 8% more, 1 for no change");
            return None;
        }
    };
    let turnover = match (last, since, open_for) {
        (Some(last), None, None) => Ok(Turnover::LastYear(last.value)),
        (None, Some(since), Some(open_for)) => Turnover::since_opening(since.value, open_for.value),
        _ => {
            let message = "the turnover is that of the last 12 months, or that since the business opened";
            section.error(section.head(), message, "give last_12_months, or since_opening with open_for");
            return None;
        }
    };
    match turnover {
        Ok(turnover) => Some(turnover.annual(trend)),
        Err(error) => {
            section.error_at(
                "open_for",
                error.to_string(),
                "give last_12_months of a business of a year and more",
            );
            None
        }
    }
}
