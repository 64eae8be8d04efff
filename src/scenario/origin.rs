//! Origin: what the figures of each part rest on, sources and assumptions.

use super::{Label, Named, Scenario};

/// What a part of a scenario says about its figures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Origin<'s> {
    /// Name of the part in the file.
    pub id: &'s str,
    /// Name for people.
    pub label: &'s Label,
    /// What in it is an assumption, in words.
    pub assumption: Option<&'s Label>,
    /// Keys of its sources.
    pub sources: &'s [String],
}

impl<'s> Origin<'s> {
    fn of<T>(part: &'s Named<T>) -> Self {
        let Named { id, label, assumption, sources, .. } = part;
        Self { id, label, assumption: assumption.as_ref(), sources }
    }
}

impl Scenario {
    /// Returns what each part rests on: lines, outflows, measures in force, covers,
    /// hedges, suppliers, annual covers and what stands beside the net loss.
    ///
    /// A measure that costs something in the event is told once, as that outflow.
    #[must_use]
    pub fn origins(&self) -> Vec<Origin<'_>> {
        let charged = |id: &str| self.outflows.iter().any(|outflow| outflow.id == id);
        let measures = self.plan.iter().flat_map(|plan| plan.in_force().map(|(_, measure)| measure));
        let measures = measures.filter(|measure| !charged(&measure.id));
        let all = self.lines.iter().map(Origin::of);
        let all = all.chain(self.outflows.iter().map(Origin::of)).chain(measures.map(Origin::of));
        let all = all.chain(self.covers.iter().map(Origin::of));
        let all = all.chain(self.parametrics.iter().map(Origin::of));
        let all = all.chain(self.hedges.iter().map(Origin::of));
        let all = all.chain(self.suppliers.iter().map(Origin::of));
        let all = all.chain(self.annuals.iter().map(Origin::of));
        let all = all.chain(self.reserves.iter().map(Origin::of));
        let all = all.chain(self.credit_lines.iter().map(Origin::of));
        let all = all.chain(self.equity_puts.iter().map(Origin::of));
        all.chain(self.currency_hedges.iter().map(Origin::of)).collect()
    }
}
