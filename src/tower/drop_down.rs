//! Drop-down: where a layer attaches once earlier losses have eroded those below.

use crate::term::term;

term! {
    /// Only payment erodes: a layer comes down for what those below have paid, not
    /// for what they refuse, settle for less or cannot pay. Where wordings leave
    /// the retention open, `underlying_becomes_retention` is read as follows: once
    /// nothing is left below the layer, that nothing is all that stands below it,
    /// and the retention no longer applies.
    pub const DROP_DOWN: Term = {
        key: "drop_down",
        korean: "소진·하향적용",
        english: "Exhaustion and drop-down",
        file_key: "cover.layer.drop_down",
        unit: "money",
        formula: "none    min(clamp(y - Aᵢ, 0, Lᵢ), left in i), at the attachment of the contract\nothers  min(rest above the layers below, left in i), on what is left of them",
        order: "in the tower, layer by layer from the lowest, with what the year has left in each",
        source: "LegalClarity, How standalone excess insurance drop-down provisions work",
    };
}

/// What a layer does when those below it are eroded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DropDown {
    /// It stays where it is; what is missing below stays with the insured.
    #[default]
    None,
    /// It sits on what is left below it, and the retention applies to each loss.
    KeepRetention,
    /// It sits on what is left below it; where nothing is left, the retention goes too.
    UnderlyingBecomesRetention,
}

impl DropDown {
    /// Each, under the name that it has in a scenario file.
    pub const ALL: [(&'static str, Self); 3] = [
        ("none", Self::None),
        ("keep_retention", Self::KeepRetention),
        ("underlying_becomes_retention", Self::UnderlyingBecomesRetention),
    ];

    /// Returns the name in a scenario file.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}
