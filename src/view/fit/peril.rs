//! A fit as a section `[[peril]]` that a scenario can hold.

use super::tables::days;
use super::words::six;
use crate::fit::{Proposal, Study};

/// Writes the section; none where the history does not say how often.
pub fn toml(study: &Study) -> Option<String> {
    let proposal = study.proposal()?;
    let Proposal { curve, at_most, mean, variance, .. } = proposal;
    let frequency = match variance {
        Some(variance) => {
            format!("negative_binomial = {{ mean = {}, variance = {} }}", six(mean), six(variance))
        }
        None => format!("poisson = {}", six(mean)),
    };
    let parameter = |place: usize| {
        let (key, value) = (curve.family.parameters()[place], six(curve.parameters[place]));
        if curve.family.in_hours()[place] {
            format!("{key} = \"{value}h\"")
        } else {
            format!("{key} = {value}")
        }
    };
    let law = format!("{} = {{ {}, {} }}", curve.family.key(), parameter(0), parameter(1));
    let at_most = at_most.map_or_else(String::new, |most| format!(", at_most = \"{}h\"", six(most.0)));
    let (from, last) = days(study);
    let (name, n) = (curve.family.key(), study.sample.hours().len());
    let least = study.sample.at_least();
    let least = least.map_or_else(String::new, |least| format!(" of {} h and more", six(least.0)));
    Some(format!(
        "# netloss fit: {name}, {n} outages{least}, {from} to {last}\n[[peril]]\nid = \"outage\"\nfrequency = {{ {frequency} }}\nduration = {{ {law}{at_most} }}\n\
         start = \"any_moment\"\n"
    ))
}
