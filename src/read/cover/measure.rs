//! Key `measure` of a cover: what the policy counts as lost profit.

use crate::cover::{Books, Form, Measure, RateOfGrossProfit, Savings};
use crate::profile::Trend;
use crate::quantity::{Money, MoneyPerHour, Share};
use crate::read::section::{At, Section};
use crate::read::value::MoneyOrLoss;

/// Ways to say the rate: the key that tells them apart, the form that they belong
/// to, and the keys that go with it.
struct Way {
    leader: &'static str,
    form: Option<Form>,
    needs: &'static [&'static str],
    may: &'static [&'static str],
}

const WAYS: [Way; 6] = [
    Way { leader: "rate", form: None, needs: &[], may: &["trend"] },
    Way {
        leader: "uninsured_working_expenses",
        form: Some(Form::GrossProfit),
        needs: &["turnover"],
        may: &["opening_stock", "closing_stock", "trend"],
    },
    Way {
        leader: "net_profit",
        form: Some(Form::GrossProfit),
        needs: &["turnover", "standing_charges"],
        may: &["all_standing_charges", "trend"],
    },
    Way {
        leader: "operating_profit",
        form: Some(Form::GrossProfit),
        needs: &["turnover", "fixed_costs"],
        may: &["trend"],
    },
    Way {
        leader: "cost_of_sales",
        form: Some(Form::GrossEarnings),
        needs: &["charges_that_stop"],
        may: &["trend"],
    },
    Way {
        leader: "net_income",
        form: Some(Form::GrossEarnings),
        needs: &["turnover", "continuing_expenses"],
        may: &["trend"],
    },
];

pub(super) fn measure(section: &mut Section<'_>) -> Option<Measure> {
    let form = section.choice("form", true, "which profit the policy insures, and until when", &Form::ALL);
    let savings = section.value_or_section::<Money, _>(
        "savings",
        "insured charges that cease in an outage; none unless said",
        |at| Some(Savings::Amount(at.value)),
        |part| {
            let rate = part.required::<Money>("per_hour", "so much for each hour of outage")?;
            Some(Savings::PerHour(MoneyPerHour(rate.value.0)))
        },
    );
    let has_savings = section.has("savings");
    let rate = rate(section, form.as_ref().map(|at| at.value));
    let savings = if has_savings { savings? } else { Savings::None };
    Some(Measure { form: form?.value, rate: rate?, savings })
}

fn rate(section: &mut Section<'_>, form: Option<Form>) -> Option<RateOfGrossProfit> {
    let rate =
        section.optional::<Share>("rate", "part of each sale that is insured, as the policy states it");
    let mut money = |name, meaning| section.optional::<Money>(name, meaning).map(|at| at.value);
    let turnover = money("turnover", "turnover of the last financial year");
    let uninsured =
        money("uninsured_working_expenses", "costs that vary with turnover and are not insured");
    let opening_stock = money("opening_stock", "stock and work in progress at the year's beginning");
    let closing_stock = money("closing_stock", "stock and work in progress at its end");
    let insured_charges = money("standing_charges", "standing charges that are insured");
    let all_charges = money("all_standing_charges", "all standing charges; needed beside a net loss");
    let fixed_costs = money("fixed_costs", "costs that go on whatever is sold");
    let continuing = money("continuing_expenses", "normal operating expenses that go on");
    let mut result = |name, meaning| section.optional::<MoneyOrLoss>(name, meaning).map(|at| at.value.0);
    let net_profit = result("net_profit", "net profit of the year, below zero for a loss");
    let operating_profit =
        result("operating_profit", "operating profit of the year, below zero for a loss");
    let net_income = result("net_income", "net income of the year, below zero for a loss");
    let cost_of_sales = section.optional::<Share>("cost_of_sales", "cost of sales, as a share of them");
    let charges = section.optional::<Share>(
        "charges_that_stop",
        "charges that need not go on, as a share of sales; \"0%\" where there are none",
    );
    let trend = section.optional::<f64>("trend", "how the rate has moved since; 1 unless said");
    let trend = match trend {
        None => Trend::NONE,
        Some(At { value, span }) => match Trend::new(value) {
            Ok(trend) => trend,
            Err(error) => {
                section.error(span, error.to_string(), "give 1.05 for 5% more, 0.95 for 5% less");
                return None;
            }
        },
    };
    let way = way(section, form)?;
    let zero = |stock: Option<Money>| stock.unwrap_or(Money::ZERO);
    let books = match way.leader {
        "rate" => Books::Stated(rate?.value),
        "uninsured_working_expenses" => Books::Difference {
            turnover: turnover?,
            opening_stock: zero(opening_stock),
            closing_stock: zero(closing_stock),
            uninsured_working_expenses: uninsured?,
        },
        "net_profit" => {
            let (net_profit, insured_charges) = (net_profit?, insured_charges?);
            if net_profit < Money::ZERO && all_charges.is_none() {
                let message =
                    "a net loss is borne by the insured charges as far as they are of all charges";
                section.error_at("net_profit", message, "give all_standing_charges");
                return None;
            }
            let all_charges = all_charges.unwrap_or(insured_charges);
            if all_charges < insured_charges {
                let message = "more standing charges are insured than there are";
                section.error_at("all_standing_charges", message, "give all of them, insured or not");
                return None;
            }
            Books::Additions { turnover: turnover?, net_profit, insured_charges, all_charges }
        }
        "operating_profit" => Books::OperatingProfit {
            turnover: turnover?,
            operating_profit: operating_profit?,
            fixed_costs: fixed_costs?,
        },
        "cost_of_sales" => {
            Books::CostsThatStop { cost_of_sales: cost_of_sales?.value, charges: charges?.value }
        }
        _ => Books::NetIncome {
            turnover: turnover?,
            net_income: net_income?,
            continuing_expenses: continuing?,
        },
    };
    match RateOfGrossProfit::new(books, trend) {
        Ok(rate) => Some(rate),
        Err(error) => {
            section.error_at(
                way.leader,
                error.to_string(),
                "check the figures of the year, and their unit",
            );
            None
        }
    }
}

/// Finds the one way in which the rate is said, with all that belongs to it.
fn way(section: &Section<'_>, form: Option<Form>) -> Option<&'static Way> {
    let given: Vec<&Way> = WAYS.iter().filter(|way| section.has(way.leader)).collect();
    let fits = |way: &&Way| way.form.is_none() || form.is_none() || way.form == form;
    let leaders = || WAYS.iter().filter(fits).map(|way| way.leader).collect::<Vec<_>>().join(", ");
    let [way] = given[..] else {
        let message = match given[..] {
            [] => "the measure does not say its rate of profit".to_owned(),
            _ => {
                let names: Vec<_> = given.iter().map(|way| way.leader).collect();
                format!("the rate of profit is said more than once: {}", names.join(", "))
            }
        };
        section.error(section.head(), message, format!("give one of {} with what goes with it", leaders()));
        return None;
    };
    let way = WAYS.iter().find(|known| known.leader == way.leader)?;
    if !fits(&way) {
        let form = form.map_or("", Form::key);
        let message = format!("`{}` gives no rate of the {form} form", way.leader);
        section.error_at(way.leader, message, format!("give one of {}", leaders()));
        return None;
    }
    let mut complete = true;
    for key in way.needs.iter().filter(|key| !section.has(key)) {
        let message = format!("a rate by `{}` needs `{key}`", way.leader);
        section.error(section.head(), message, format!("give `{key}` beside `{}`", way.leader));
        complete = false;
    }
    let belongs = |key: &str| key == way.leader || way.needs.contains(&key) || way.may.contains(&key);
    let others = WAYS.iter().flat_map(|other| other.needs.iter().chain(other.may)).copied();
    let mut told = Vec::new();
    for key in others.filter(|key| section.has(key) && !belongs(key)) {
        if !told.contains(&key) {
            let message = format!("`{key}` says nothing of a rate by `{}`", way.leader);
            section.error_at(key, message, format!("leave `{key}` out"));
            told.push(key);
        }
    }
    (complete && told.is_empty()).then_some(way)
}
