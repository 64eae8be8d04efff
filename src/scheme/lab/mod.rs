//! Policy lab: the same claims under other rules, the cliffs of a rule, whom to audit, and what
//! a scheme will cost before anybody has claimed.

mod cliff;
mod compare;
mod estimate;
mod population;
mod sample;

pub use cliff::{Cliff, Cliffs, Even};
pub use compare::{Change, Spread};
pub use estimate::{Against, Estimate, Lacking, Likely, Outlook, Places, Priced, price};
pub use population::{Group, Range};
pub use sample::{Drawn, Layer, Sample, Stratum};

/// A scheme that pays a loss as it is, for tests.
#[cfg(test)]
fn tests_scheme() -> crate::scheme::Scheme {
    use crate::scenario::Label;
    use crate::scheme::*;
    let label = || Label::same("x");
    Scheme {
        id: "x".into(),
        name: label(),
        payer: label(),
        from: None,
        until: None,
        standing: false,
        period: None,
        event: Event::default(),
        measure: Some(Measure { baseline: Baseline::Modelled, per_day: false, dates: None, clause: None }),
        industry_hours: vec![],
        pays_without_loss: false,
        classes: vec![],
        rules: vec![Rule {
            class: None,
            clause: label(),
            form: Form::Formula(vec![]),
            wait: None,
            floor: None,
            cap: None,
        }],
        sizes: vec![],
        papers: vec![],
        rounding: Rounding { mode: Mode::Down, unit: Won(1), at: Level::Payment },
        in_kind: None,
        appeal: None,
        assumptions: vec![],
        notes: vec![],
        sources: vec![],
    }
}
