//! The replays as a page of documentation, in Markdown.

use super::{Language, Row, TESTS, measure, percent, rows, summary, test, verdict};
use crate::read::events::{self, SaidBy};
use crate::read::replay::{Factor, NotReplayed, Replayed};
use crate::replay::REPRODUCED_WITHIN;
use crate::view::figure;
use crate::view::number::duration;

const LANGUAGE: Language = Language::En;

/// Writes the page.
#[must_use]
pub fn markdown(replayed: &[Replayed<'_>], left: &[NotReplayed]) -> String {
    let mut page = format!(
        "# Replay\n\nWritten by `netloss replay --format markdown`. Every event of the library with enough \
         published inputs is projected by the engine as any scenario is, and the number stands beside those \
         that were reported. Nothing is fitted, and a miss is shown as a miss.\n\n\
         *Reproduced*: off by {}% at most. *In range*: inside a reported range, or on the right side of a \
         bound. Error: (ours − reported) / reported, to the nearer end of a range. The median is of its \
         size, over comparisons with a single figure. Cases share inputs, so they are not independent.\n\n",
        REPRODUCED_WITHIN * 100.0
    );
    page.push_str("| | comparisons | reproduced | in range | missed | median error | largest |\n");
    page.push_str("|---|---:|---:|---:|---:|---:|---:|\n");
    for kind in TESTS {
        let summary = summary(replayed, kind);
        page.push_str(&format!(
            "| {} | {} | {} | {} | {} | {} | {} |\n",
            test(kind, LANGUAGE).0,
            summary.of,
            summary.reproduced,
            summary.within,
            summary.missed,
            percent(summary.median_error),
            percent(summary.largest_error)
        ));
    }
    for kind in TESTS {
        let (title, meaning) = test(kind, LANGUAGE);
        page.push_str(&format!("\n## {title}\n\n{meaning}\n\n"));
        page.push_str("| event | case | number | ours | reported | by | error | verdict | why |\n");
        page.push_str("|---|---|---|---:|---:|---|---:|---|---|\n");
        for row in rows(replayed).filter(|row| row.asked.test == kind) {
            page.push_str(&line(&row));
        }
    }
    page.push_str(
        "\n## Inputs\n\nEach with the figures that it is made of (`netloss events ID` shows them ",
    );
    page.push_str("with their sources), and what is assumed.\n");
    for replayed in replayed {
        page.push_str(&inputs(replayed));
    }
    page.push_str("\n## Not replayed\n\n");
    for left in left {
        page.push_str(&format!("- {}: {}\n", left.event, left.reason.en));
    }
    page
}

fn line(row: &Row<'_>) -> String {
    let case = row.replayed.case;
    let unit = if row.figure.is_money() {
        format!("{} ", row.replayed.scenario().currency)
    } else {
        String::new()
    };
    let at = duration(row.asked.at(row.replayed.scenario()), LANGUAGE);
    format!(
        "| {} | {} | {}, {at} | {unit}{} | {unit}{} | {} | {} | {} | {} |\n",
        case.event,
        case.id,
        measure(row.asked.measure(), LANGUAGE),
        row.ours(LANGUAGE),
        row.reported(LANGUAGE),
        figure::said_by(row.figure.said_by, LANGUAGE),
        row.error(LANGUAGE),
        verdict(row.comparison.verdict, LANGUAGE),
        row.asked.reason().map_or_else(String::new, |reason| reason.en)
    )
}

fn inputs(replayed: &Replayed<'_>) -> String {
    let case = replayed.case;
    let mut text = format!("\n### {}\n\n{}.\n\n", case.id, case.name.en);
    for input in &case.inputs {
        let factor = |factor: &Factor| match factor {
            Factor::Number(number) => number.to_string(),
            Factor::Figure(name) => {
                let figure = events::figure(&case.event, name.trim_end_matches(".up_to"));
                let told = figure.map_or_else(String::new, |figure| {
                    let by = match figure.said_by {
                        SaidBy::Own => "ours",
                        by => figure::said_by(by, LANGUAGE),
                    };
                    format!(" ({}, {by})", figure::full(figure, LANGUAGE))
                });
                format!("{name}{told}")
            }
        };
        let joined =
            |factors: &[Factor], sign: &str| factors.iter().map(factor).collect::<Vec<_>>().join(sign);
        let mut formula = joined(&input.times, " × ");
        if !input.over.is_empty() {
            formula.push_str(&format!(" / {}", joined(&input.over, " / ")));
        }
        text.push_str(&format!("- `{}` = {formula}\n", input.key));
    }
    for path in &case.assumed {
        text.push_str(&format!("- `{path}`: assumed\n"));
    }
    for assumption in &replayed.scenario().assumptions {
        text.push_str(&format!("- Assumed: {}.\n", assumption.en));
    }
    text
}
