//! A fit as a section `[[peril]]` that a scenario can hold.

use super::tables::days;
use super::words::six;
use crate::fit::{Proposal, Study, Tailed};
use crate::quantity::Hours;

/// Writes the section; none where the history does not say how often.
pub fn toml(study: &Study) -> Option<String> {
    let proposal = study.proposal()?;
    let at_most = proposal.at_most.map_or_else(String::new, |most| format!(", at_most = {}", hours(most)));
    let duration = format!("duration = {{ {}{at_most} }}", law(&proposal));
    Some(section(study, &proposal, "", &duration))
}

/// Writes the section with a tail. It has the same name, so that no scenario holds both.
pub fn tailed(study: &Study, tailed: &Tailed) -> String {
    let tail = tailed.tail;
    let (from, scale) = (hours(tail.threshold), hours(Hours(tail.scale.value)));
    // A shape near nothing deserves no more digits than one far from it.
    let shape = (1e5 * tail.shape.value).round() / 1e5 + 0.0;
    let mut duration = format!(
        "duration.{}\nduration.tail = {{ from = {from}, scale = {scale}, shape = {shape} }}",
        law(&tailed.plain)
    );
    if let Some(most) = tailed.at_most {
        duration.push_str(&format!("\nduration.at_most = {}", hours(most)));
    }
    section(study, &tailed.plain, " with a tail", &duration)
}

fn hours(hours: Hours) -> String {
    format!("\"{}h\"", six(hours.0))
}

fn law(proposal: &Proposal) -> String {
    let curve = proposal.curve;
    let parameter = |place: usize| {
        let (key, value) = (curve.family.parameters()[place], curve.parameters[place]);
        let in_hours = curve.family.in_hours()[place];
        format!("{key} = {}", if in_hours { hours(Hours(value)) } else { six(value).to_string() })
    };
    format!("{} = {{ {}, {} }}", curve.family.key(), parameter(0), parameter(1))
}

fn section(study: &Study, proposal: &Proposal, with: &str, duration: &str) -> String {
    let mean = six(proposal.mean);
    let frequency = match proposal.variance {
        Some(variance) => {
            format!("negative_binomial = {{ mean = {mean}, variance = {} }}", six(variance))
        }
        None => format!("poisson = {mean}"),
    };
    let (from, last) = days(study);
    let (name, n) = (proposal.curve.family.key(), study.sample.hours().len());
    let least = study.sample.at_least();
    let least = least.map_or_else(String::new, |least| format!(" of {} h and more", six(least.0)));
    format!(
        "# netloss fit: {name}{with}, {n} outages{least}, {from} to {last}\n[[peril]]\nid = \"outage\"\n\
         frequency = {{ {frequency} }}\n{duration}\nstart = \"any_moment\"\n"
    )
}
