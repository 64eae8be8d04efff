//! Losses: what the years of a block come to, column by column.

use crate::reason::Reason;

/// What a year is measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Economic loss of all outages.
    Gross,
    /// Net loss of all outages, with the programme's cost.
    Net,
    /// Net loss of all outages, without the programme's cost; only where it is asked for
    /// ([`Losses::with_net_before_cost`]).
    NetBeforeCost,
    /// Economic loss of the worst outage.
    WorstGross,
    /// Net loss of the worst outage, without the programme's cost; nothing where
    /// every outage left a gain.
    WorstNet,
    /// What all covers and payouts bring beyond the loss that was left.
    AboveLoss,
    /// What the programme costs.
    Cost,
    /// What a cover pays.
    Cover(usize),
    /// What a parametric cover pays.
    Payout(usize),
    /// What a hedge brings; below zero it costs.
    Hedge(usize),
    /// What a supplier gives back and answers for.
    Supplier(usize),
    /// What a cover of the year as a whole pays.
    Annual(usize),
    /// What a layer of a cover's tower pays.
    Layer(usize, usize),
    /// Whether a cover's limit is used up: 1 or 0.
    Exhausted(usize),
    /// Whether a layer of a cover's tower is used up: 1 or 0.
    LayerExhausted(usize, usize),
}

impl Measure {
    /// Measures of which the worst years are kept: the first ones of every list.
    pub const WITH_TAIL: [Self; 5] =
        [Self::Gross, Self::Net, Self::WorstGross, Self::WorstNet, Self::AboveLoss];

    /// Returns whether its worst years are kept.
    #[must_use]
    pub fn has_tail(&self) -> bool {
        Self::WITH_TAIL.contains(self) || *self == Self::NetBeforeCost
    }

    /// Returns whether it is what one payer pays, all its layers together.
    #[must_use]
    pub fn is_payer(&self) -> bool {
        matches!(
            self,
            Self::Cover(_) | Self::Payout(_) | Self::Hedge(_) | Self::Supplier(_) | Self::Annual(_)
        )
    }
}

/// Years whose retained loss is added up together.
pub const BATCH: usize = 1_024;

/// What the years of a block come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Losses {
    /// One column for each measure, with an amount for each year.
    pub columns: Vec<Vec<f64>>,
    /// Loss that stays with us, by reason, of each [`BATCH`] of years.
    pub retained: Vec<[f64; Reason::COUNT]>,
    /// The same for each outage, where that is asked for: gross, net before the
    /// programme's cost, and what each payer pays.
    pub outages: Option<Vec<Vec<f64>>>,
}

impl Losses {
    /// Sets so many columns of so many years to nothing.
    pub(super) fn clear(&mut self, measures: usize, years: usize) {
        self.outages.iter_mut().flatten().for_each(Vec::clear);
        self.columns.resize_with(measures, Vec::new);
        for column in &mut self.columns {
            column.clear();
            column.resize(years, 0.0);
        }
        self.retained.clear();
        self.retained.resize(years.div_ceil(BATCH), [0.0; Reason::COUNT]);
    }

    /// Adds [`Measure::NetBeforeCost`] as the last column of a subject's measures.
    ///
    /// # Panics
    ///
    /// Where there is no column of net loss, or none of cost.
    pub fn with_net_before_cost(&mut self, measures: &[Measure]) {
        let column = |wanted| {
            let place = measures.iter().position(|measure| *measure == wanted);
            &self.columns[place.expect("every subject has net loss and cost")]
        };
        let years = column(Measure::Net).iter().zip(column(Measure::Cost));
        let before_cost = years.map(|(net, cost)| net - cost).collect();
        self.columns.push(before_cost);
    }

    /// Writes down what each outage comes to by one measure, where that is asked for.
    pub(super) fn note(&mut self, place: usize, column: &[f64]) {
        if let Some(outages) = &mut self.outages {
            outages[place].extend_from_slice(column);
        }
    }
}
