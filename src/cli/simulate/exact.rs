//! Means and laws of a year that are worked out and not drawn.

use super::{Format, ShownWith};
use crate::cli::error::Error;
use crate::cli::output::To;
use crate::risk::exact::{Mean, Refused, means, year};
use crate::risk::{Measure, PayerKind, Subject, Summary};
use crate::scenario::Scenario;
use crate::view::simulation::ExactMean;
use crate::view::simulation::exact::{Exact, Figures, json, page};

/// Means that were found by integration, before any year is drawn.
pub struct Means {
    found: Vec<(Measure, Result<Mean, Refused>)>,
}

impl Means {
    /// Works the means out.
    pub fn of(scenario: &Scenario) -> Result<Self, Error> {
        let means = means(scenario).map_err(|why| {
            Error::Input(format!(
                "error: no mean can be found by integration: {why}\n  hint: draw the years without --check-exact"
            ))
        })?;
        let found = |mean: Mean| {
            if !mean.before_year {
                return (mean.measure, Ok(mean));
            }
            // Outages share the terms of the year: the law of the year's total has them.
            let of_year = year(scenario, mean.measure).map(|law| Mean { figure: law.mean(), ..mean });
            (mean.measure, of_year)
        };
        Ok(Self { found: means.into_iter().map(found).collect() })
    }

    /// Sets them beside the means drawn; with those that take a draw, and why.
    pub fn beside(&self, subject: &Subject, summary: &Summary) -> (Vec<ExactMean>, Vec<(String, Refused)>) {
        let (mut exact, mut not_exact) = (Vec::new(), Vec::new());
        for (measure, found) in &self.found {
            let (name, drawn) = (subject.column(*measure), summary.mean(*measure));
            let never = *measure == Measure::AboveLoss && drawn.value.0 == 0.0;
            match found {
                _ if never => {}
                Ok(Mean { figure, .. }) => {
                    exact.push(ExactMean { name, exact: figure.value, bound: figure.error, drawn });
                }
                Err(why) => not_exact.push((name, *why)),
            }
        }
        (exact, not_exact)
    }
}

/// Works out the laws of a year and shows them.
pub fn run(scenario: &Scenario, shown: &ShownWith) -> Result<(), Error> {
    let subject = Subject::of(scenario);
    let mut exact = Exact { subject: &subject, known: vec![], unknown: vec![] };
    let paid = subject.measured().map(|(payer, measure)| (payer.kind, measure));
    let (asked, others): (Vec<_>, Vec<_>) =
        paid.partition(|(kind, _)| matches!(kind, PayerKind::Cover | PayerKind::Payout));
    let asked = std::iter::once(Measure::Gross).chain(asked.into_iter().map(|(_, measure)| measure));
    for measure in asked {
        match year(scenario, measure) {
            Ok(law) => exact.known.push((measure, Figures::of(&law))),
            Err(why) => exact.unknown.push((subject.column(measure), why)),
        }
    }
    if exact.known.is_empty() {
        let why = exact.unknown.first().map(|(_, why)| why.to_string()).unwrap_or_default();
        return Err(Error::Input(format!(
            "error: nothing can be worked out without a draw: {why}\n  hint: draw the years without --exact"
        )));
    }
    let others = others.into_iter().map(|(_, measure)| measure);
    let no_sums = std::iter::once(Measure::Net).chain(others);
    exact.unknown.extend(no_sums.map(|measure| (subject.column(measure), Refused::NoSum)));
    let text = match shown.format {
        Format::Json => json(&exact),
        Format::Table => page(&exact, shown.lang.into()),
    };
    To::named(shown.output.clone(), shown.force).write(text.as_bytes())
}
