//! Tables of a fit.

use super::WIDTH;
use super::words::{law, length, parameter, probability, three, with_error};
use crate::fit::{Figure, Fit, Study};
use crate::view::Language;
use crate::view::table::{Column, draw};

/// Returns the first and the last day of the span.
pub fn days(study: &Study) -> (String, String) {
    let until = study.span.until;
    // A stated span ends with the first moment of the day after its last.
    let last =
        if study.span.stated { until.date().yesterday().unwrap_or(until.date()) } else { until.date() };
    (study.span.from.date().to_string(), last.to_string())
}

/// The laws by their distance from the history, the best first.
pub fn laws(study: &Study, language: Language) -> String {
    let fits = ranked(study);
    let lowest = fits.first().map_or(0.0, |fit| fit.aic);
    let column = |heading: &str, cell: &dyn Fn(&Fit) -> String| {
        Column::numbers(heading, fits.iter().map(|fit| cell(fit))).kept()
    };
    let parameters = |fit: &&Fit| {
        let family = fit.curve.family;
        let one = |place: usize| {
            let figure = Figure { value: fit.curve.parameters[place], error: fit.errors[place] };
            let unit = if family.in_hours()[place] { language.of("시간", " h") } else { "" };
            let name = parameter(family.parameters()[place], language);
            format!("{name} {}{unit}", with_error(figure))
        };
        format!("{}, {}", one(0), one(1))
    };
    let distance = |of: fn(&Fit) -> f64| move |fit: &Fit| format!("{:.2}", of(fit));
    draw(
        &Column::words(
            language.of("법칙", "Law"),
            fits.iter().map(|fit| law(fit.curve.family, language).into()),
        ),
        &[
            Column::words(language.of("모수", "Parameters"), fits.iter().map(parameters)),
            column("AIC", &|fit| format!("{:+.1}", fit.aic - lowest)),
            column("KS", &distance(|fit| fit.goodness.distances.kolmogorov_smirnov)),
            column("p", &|fit| probability(fit.goodness.probability.kolmogorov_smirnov)),
            column("AD", &distance(|fit| fit.goodness.distances.anderson_darling)),
            column("p", &|fit| probability(fit.goodness.probability.anderson_darling)),
        ],
        WIDTH,
    )
}

fn ranked(study: &Study) -> Vec<&Fit> {
    let mut fits: Vec<&Fit> = study.fits.iter().filter_map(|(_, fit)| fit.as_ref()).collect();
    fits.sort_by(|a, b| a.aic.total_cmp(&b.aic));
    fits
}

/// What each law says that a share of the outages passes, and what they did pass.
pub fn passed(study: &Study, language: Language) -> String {
    const ONE_IN: [usize; 4] = [2, 10, 20, 100];
    let fits = ranked(study);
    let hours = study.sample.hours();
    let n = hours.len();
    let names = fits.iter().map(|fit| law(fit.curve.family, language).to_owned());
    let history = language.of("이력", "history").to_owned();
    let columns = ONE_IN.map(|one_in| {
        let says = |fit: &&Fit| three(fit.exceeded_by(1.0 / one_in as f64, study.sample.at_least()).0);
        // The outage that just so many passed; a history too short for it has none.
        let seen = if one_in == 2 {
            three(study.sample.median().0)
        } else if n >= one_in {
            three(hours[n - n / one_in])
        } else {
            "-".into()
        };
        let heading = match language {
            Language::Ko => format!("{one_in}건에 1건"),
            Language::En => format!("1 in {one_in}"),
        };
        Column::numbers(&heading, fits.iter().map(says).chain([seen]))
    });
    draw(&Column::words(language.of("법칙", "Law"), names.chain([history])), &columns, WIDTH)
}

/// How much longer outages go on that have lasted for some time.
pub fn excess(study: &Study, language: Language) -> String {
    let rows = &study.mean_excess;
    if rows.is_empty() {
        return String::new();
    }
    draw(
        &Column::words(
            language.of("이미 지난 시간", "Already dark"),
            rows.iter().map(|row| length(row.over, language)),
        ),
        &[
            Column::numbers(language.of("건수", "Went on"), rows.iter().map(|row| row.outages.to_string())),
            Column::numbers(
                language.of("평균 더 간 시간", "Mean h more"),
                rows.iter().map(|row| with_error(row.mean)),
            ),
        ],
        WIDTH,
    )
}

/// Outages by calendar year.
pub fn years(study: &Study, language: Language) -> String {
    let rows = &study.years;
    let most = rows.iter().map(|year| year.outages).max().unwrap_or(0).max(1) as usize;
    let bar = |outages: u32| {
        let length = if most <= 40 { outages as usize } else { outages as usize * 40 / most };
        "#".repeat(length)
    };
    draw(
        &Column::words(language.of("연도", "Year"), rows.iter().map(|year| year.year.to_string())),
        &[
            Column::numbers(
                language.of("관찰", "Observed"),
                rows.iter().map(|year| format!("{:.0}%", 100.0 * year.observed)),
            ),
            Column::numbers(
                language.of("장애", "Outages"),
                rows.iter().map(|year| year.outages.to_string()),
            )
            .kept(),
            Column::words("", rows.iter().map(|year| bar(year.outages))),
        ],
        WIDTH,
    )
}
