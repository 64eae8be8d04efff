//! `--without`: a scenario with some of its measures left out.

use super::error::Error;
use crate::measure::Part;
use crate::scenario::Scenario;

/// The word for every measure.
const ALL: &str = "all";

/// Leaves out the measures of these names: ids, parts of the plan, or `all`.
pub fn leave_out(scenario: &Scenario, names: &[String]) -> Result<Scenario, Error> {
    let measures = scenario.plan.iter().flat_map(|plan| &plan.measures);
    let measures: Vec<(&str, Part)> =
        measures.map(|measure| (measure.id.as_str(), measure.terms.part)).collect();
    let is = |name: &str, (id, part): &(&str, Part)| {
        name == ALL || *id == name || part.key() == name.replace('-', "_")
    };
    for name in names {
        if !measures.iter().any(|measure| is(name, measure)) {
            let known: Vec<String> =
                measures.iter().map(|(id, part)| format!("{id} ({})", part.key())).collect();
            let hint = if known.is_empty() {
                "the scenario has no [[measure]]".to_owned()
            } else {
                format!("measures: {}, or all", known.join(", "))
            };
            return Err(Error::usage(format!("the scenario has no measure {name:?}"), hint));
        }
    }
    Ok(scenario.without(|place| names.iter().any(|name| is(name, &measures[place]))))
}
