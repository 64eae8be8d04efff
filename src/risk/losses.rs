//! Losses: what the years of a block come to, column by column.

use super::Events;
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
    /// Measures of which the worst years are kept, beside covers: the first ones of every
    /// list.
    pub const WITH_TAIL: [Self; 5] =
        [Self::Gross, Self::Net, Self::WorstGross, Self::WorstNet, Self::AboveLoss];

    /// The measures with which every list begins.
    pub const FIRST: [Self; 6] =
        [Self::Gross, Self::Net, Self::WorstGross, Self::WorstNet, Self::AboveLoss, Self::Cost];

    /// Returns whether its worst years are kept.
    #[must_use]
    pub fn has_tail(&self) -> bool {
        matches!(self, Self::Cover(_) | Self::NetBeforeCost) || Self::WITH_TAIL.contains(self)
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
pub const BATCH: usize = 128;

/// What the years of a block come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Losses {
    /// How many years there are.
    pub years: usize,
    /// The years with an outage, counted from the first.
    pub active: Vec<u32>,
    /// One column for each measure, with an amount for each year with an outage.
    pub columns: Vec<Vec<f64>>,
    /// What every other year comes to by each measure.
    pub idle: Vec<f64>,
    /// Loss that stays with us, by reason, of each [`BATCH`] of years.
    pub retained: Vec<[f64; Reason::COUNT]>,
    /// The same for each outage, where that is asked for: gross, net before the
    /// programme's cost, and what each payer pays.
    pub outages: Option<Vec<Vec<f64>>>,
}

impl Losses {
    /// Returns the amount of every year by the measure at a place.
    #[must_use]
    pub fn all_years(&self, place: usize) -> Vec<f64> {
        let mut years = vec![self.idle[place]; self.years];
        for (year, amount) in self.active.iter().zip(&self.columns[place]) {
            years[*year as usize] = *amount;
        }
        years
    }

    /// Returns how many years have no outage.
    #[must_use]
    pub fn idle_years(&self) -> u64 {
        (self.years - self.active.len()) as u64
    }

    /// Sets so many columns to nothing, for the years of a block.
    pub(super) fn clear(&mut self, measures: usize, events: &Events) {
        self.outages.iter_mut().flatten().for_each(Vec::clear);
        self.years = events.years();
        self.active.clear();
        self.active.extend_from_slice(&events.active);
        self.idle.clear();
        self.idle.resize(measures, 0.0);
        let active = self.active.len();
        self.columns.resize_with(measures, Vec::new);
        for column in &mut self.columns {
            column.clear();
            column.resize(active, 0.0);
        }
        self.retained.clear();
        self.retained.resize(self.years.div_ceil(BATCH), [0.0; Reason::COUNT]);
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
        // A year without an outage has nothing but the cost.
        self.idle.push(0.0);
    }

    /// Writes down what each outage comes to by one measure, where that is asked for.
    pub(super) fn note(&mut self, place: usize, column: &[f64]) {
        if let Some(outages) = &mut self.outages {
            outages[place].extend_from_slice(column);
        }
    }
}
