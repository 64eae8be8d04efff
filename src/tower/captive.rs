//! Captive: a layer that an insurer of our own group takes.

use crate::quantity::Money;
use crate::term::term;

term! {
    /// Which loss is looked at changes the net loss and nothing in the layers. The
    /// premium to the captive is a transfer within the group; its running costs and
    /// the fronting insurer's fee leave it.
    pub const CAPTIVE: Term = {
        key: "captive",
        korean: "캡티브 계층",
        english: "Captive layer",
        file_key: "cover.layer.captive",
        unit: "money",
        formula: "opco   net = loss - every layer's payment\ngroup  net = loss - payments of outside layers + expenses + fronting fee",
        order: "in the tower, after shares; expenses and fee are charged with the programme's cost",
        source: "Spring Group, A guide to total cost of risk; the two views are those of a group's accounts",
    };
}

/// What a captive costs its group in a year, beside the losses that it pays.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Captive {
    /// Running costs of the captive that fall to this layer.
    pub expenses: Money,
    /// Fee of the insurer that fronts for it.
    pub fronting_fee: Money,
}

/// Whose loss is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The operating company's: a captive's payment is a recovery.
    #[default]
    Opco,
    /// The group's: what its own captive pays stays within it.
    Group,
}

impl View {
    /// Each, under the name that it has in a scenario file.
    pub const ALL: [(&'static str, Self); 2] = [("opco", Self::Opco), ("group", Self::Group)];

    /// Returns the name in a scenario file.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}
