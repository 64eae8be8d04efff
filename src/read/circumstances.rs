//! Facts of the outage on which extensions of cover turn.

use std::ops::Range;

use super::section::{At, Section};
use crate::cover::{Cover, Extensions, OtherInsurance};
use crate::mitigation::{Head, Outflow};
use crate::outage::{Circumstances, Outage, PlaceTest};
use crate::quantity::Money;
use crate::scenario::{Line, Named, Policy, Scenario};
use crate::waterfall::Waterfall;

/// Reads what an outage says of itself beside its cause.
pub(super) fn circumstances(section: &mut Section<'_>) -> Circumstances {
    let provider = section.optional::<String>("provider", "the provider that failed");
    let damage = section
        .optional::<bool>("damage", "whether property was damaged: at the supplier, or near the premises");
    let distance_km = section.optional::<f64>("distance_km", "how far from the premises, in kilometres");
    let overhead_line = section.optional::<bool>("overhead_line", "whether an overhead line failed");
    let adverse_publicity =
        section.optional::<bool>("adverse_publicity", "whether the public spoke ill of the business");
    Circumstances {
        provider: provider.map(|at| at.value),
        damage: damage.map(|at| at.value),
        distance_km: distance_km.map(|at| at.value),
        overhead_line: overhead_line.map(|at| at.value),
        adverse_publicity: adverse_publicity.map(|at| at.value),
    }
}

/// Notes what covers ask of the outage and the outage does not say.
pub(super) fn compare(
    section: &Section<'_>,
    covers: &[At<Named<Policy>>],
    lines: &[At<Named<Line>>],
    outflows: &[At<Named<Outflow>>],
    outages: &[&Outage],
) {
    for At { value: policy, span } in covers {
        let cover = &policy.terms.cover;
        let extensions = &cover.extensions;
        for outage in outages {
            for (key, what) in unsaid(extensions, outage) {
                let of = if outage.id.is_empty() { String::new() } else { format!(" {:?}", outage.id) };
                let message = format!("cover {:?} asks {what}, and the outage{of} does not say", policy.id);
                section.error(span.clone(), message, format!("give `{key}` in [outage]"));
            }
        }
        let measured = cover
            .lines
            .iter()
            .any(|line| lines.get(*line).is_some_and(|line| line.value.terms.without_measure.is_some()));
        if cover.extensions.counts_saving() && !measured {
            let message = format!("cover {:?} does not learn what the measure saved", policy.id);
            let mend = "give `turnover_saved`, or `without_measure` on a line that the cover names";
            section.error(span.clone(), message, mend);
        }
    }
    let heads = |head| outflows.iter().find(|flow| flow.value.terms.head == head);
    if let (Some(harm), Some(_)) = (heads(Head::Reputation), heads(Head::Churn)) {
        let message = "sales that stay away and customers who leave may be the same money";
        section.warning(harm.span.clone(), message, "count each lost sale under one of the two");
    }
    share(section, covers);
}

/// Returns what extensions ask of an outage and it does not say: each key with its question.
fn unsaid(extensions: &Extensions, outage: &Outage) -> Vec<(&'static str, &'static str)> {
    let (cause, facts) = (outage.cause, &outage.circumstances);
    let mut asked = Vec::new();
    let mut ask = |unsaid: bool, key, what| {
        if unsaid && !asked.contains(&(key, what)) {
            asked.push((key, what));
        }
    };
    let by_cause =
        extensions.dependent.is_some() || extensions.utility.is_some() || extensions.access.is_some();
    ask(by_cause && cause.is_none(), "cause", "why service stopped");
    let scheduled = extensions.dependent(cause).is_some();
    ask(scheduled && facts.provider.is_none(), "provider", "which provider failed");
    let places = [
        extensions.utility(cause).map(|terms| terms.place),
        extensions.access(cause).map(|terms| terms.place),
    ];
    for PlaceTest { needs_damage, within_km, no_overhead_line } in places.into_iter().flatten() {
        ask(needs_damage && facts.damage.is_none(), "damage", "whether property was damaged");
        ask(within_km.is_some() && facts.distance_km.is_none(), "distance_km", "how far away it happened");
        let overhead = no_overhead_line && facts.overhead_line.is_none();
        ask(overhead, "overhead_line", "whether an overhead line failed");
    }
    let harm = extensions.reputation.is_some() && facts.adverse_publicity.is_none();
    ask(harm, "adverse_publicity", "whether there was adverse publicity");
    asked
}

/// Warns of measures that cost more than the profit that they save.
pub(super) fn measures(section: &Section<'_>, scenario: &Scenario, spans: &[Range<usize>]) {
    if scenario.covers.iter().all(|policy| policy.terms.cover.extensions.increased_cost.is_none()) {
        return;
    }
    let rows: Vec<_> =
        scenario.durations.iter().map(|hours| (*hours, Waterfall::new(scenario, *hours))).collect();
    for (place, policy) in scenario.covers.iter().enumerate() {
        let dear = rows.iter().filter_map(|(hours, row)| {
            let answer = row.covers[place].response.extended.increased_cost?;
            (answer.beyond_saving() > Money::ZERO).then(|| format!("{} h", hours.0))
        });
        let dear: Vec<String> = dear.collect();
        let Some(span) = spans.get(place).filter(|_| !dear.is_empty()) else { continue };
        let message = format!(
            "the measure behind cover {:?} costs more than it saves in outages of {}",
            policy.id,
            dear.join(", ")
        );
        section.warning(span.clone(), message, "spend less, or look at the loss without the measure");
    }
}

/// Notes covers whose clauses on other insurance do not go together.
fn share(section: &Section<'_>, covers: &[At<Named<Policy>>]) {
    let clause = |at: &At<Named<Policy>>| at.value.terms.cover.other_insurance;
    let with_clause: Vec<_> = covers.iter().filter(|at| clause(at).is_some()).collect();
    let common = |a: &Cover, b: &Cover| a.heads.iter().any(|head| b.heads.contains(head));
    for (place, later) in with_clause.iter().enumerate() {
        for earlier in &with_clause[..place] {
            let (a, b) = (&earlier.value.terms.cover, &later.value.terms.cover);
            if !common(a, b) {
                continue;
            }
            let ids = format!("covers {:?} and {:?}", earlier.value.id, later.value.id);
            let profit = a.heads.contains(&Head::LostProfit) && b.heads.contains(&Head::LostProfit);
            let overlap = a.lines.iter().any(|line| b.lines.contains(line));
            let same = a.lines.len() == b.lines.len() && a.lines.iter().all(|line| b.lines.contains(line));
            if profit && overlap && !same {
                let message = format!("{ids} share some of their lines and not others");
                section.error(later.span.clone(), message, "let covers that share name the same lines");
            }
            let rateable = |clause| {
                matches!(clause, Some(OtherInsurance::ByLimits | OtherInsurance::IndependentLiability))
            };
            if rateable(clause(earlier)) && rateable(clause(later)) && clause(earlier) != clause(later) {
                let message = format!("{ids} share by different rules");
                section.error(later.span.clone(), message, "give both the same `other_insurance`");
            }
        }
        let terms = &later.value.terms.cover;
        if terms.other_insurance == Some(OtherInsurance::ByLimits) && terms.occurrence_limit.is_none() {
            let message = format!("cover {:?} shares by limits and has none", later.value.id);
            section.error(later.span.clone(), message, "give `occurrence_limit`, or another clause");
        }
    }
}
