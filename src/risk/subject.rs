//! Subject: whose years were drawn, and who pays in them.

use super::exposure::Exposure;
use super::losses::Measure;
use crate::annual::PolicyYear;
use crate::cost::{Costs, Premium};
use crate::quantity::Money;
use crate::scenario::{Label, Scenario};

/// What has to be known of a scenario to read its years: kept with them, so that
/// shards can be put together without it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Subject {
    /// Name for people.
    pub name: Label,
    /// Currency of every amount, as an ISO 4217 code.
    pub currency: String,
    /// Seed of the draws.
    pub seed: u64,
    /// Whether draws were spread evenly over each block of years.
    pub stratified: bool,
    /// Revenue that a year normally brings.
    pub revenue: Money,
    /// Amount whose passing is counted, where one is asked for.
    pub appetite: Option<Money>,
    /// Why outages were priced one by one, where they were.
    pub needs_waterfall: Option<String>,
    /// Everybody who pays, in the order of the measures.
    pub payers: Vec<Payer>,
}

/// Somebody who pays.
#[derive(Clone, Debug, PartialEq)]
pub struct Payer {
    /// What it is.
    pub kind: PayerKind,
    /// Its name in the file.
    pub id: String,
    /// Its gross premium; nothing for a supplier.
    pub premium: Money,
    /// What it costs in a year without a loss: premium, tax, fees and carry.
    pub cost: Money,
    /// The layers of its tower; none where one carrier pays.
    pub layers: Vec<String>,
}

/// What pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayerKind {
    /// An indemnity cover.
    Cover,
    /// A parametric cover.
    Payout,
    /// A hedge that is no insurance.
    Hedge,
    /// A supplier.
    Supplier,
    /// A cover of the year as a whole.
    Annual,
}

impl PayerKind {
    /// Every kind, under the name that it has in output, in the order of the measures.
    pub const ALL: [(&'static str, Self); 5] = [
        ("cover", Self::Cover),
        ("payout", Self::Payout),
        ("hedge", Self::Hedge),
        ("supplier", Self::Supplier),
        ("annual", Self::Annual),
    ];

    /// Returns the kind of that name.
    #[must_use]
    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(name, _)| *name == key).map(|(_, kind)| kind)
    }

    /// Returns its name in output.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// Returns what the payer at a place among its kind is measured by.
    #[must_use]
    pub fn measure(self, place: usize) -> Measure {
        match self {
            Self::Cover => Measure::Cover(place),
            Self::Payout => Measure::Payout(place),
            Self::Hedge => Measure::Hedge(place),
            Self::Supplier => Measure::Supplier(place),
            Self::Annual => Measure::Annual(place),
        }
    }
}

impl Subject {
    /// Reads a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let quiet = PolicyYear::default();
        let payer = |kind, id: &str, premium: Option<(&Premium, Costs)>, layers| Payer {
            kind,
            id: id.to_owned(),
            premium: premium.as_ref().map_or(Money::ZERO, |(premium, _)| premium.gross),
            cost: premium.map_or(Money::ZERO, |(_, costs)| costs.total()),
            layers,
        };
        let priced = |premium, claims| Some((premium, Premium::costs(premium, claims)));
        let covers = scenario.covers.iter().map(|policy| {
            let layers = policy.terms.tower.iter().flat_map(|tower| tower.layers());
            let layers = layers.map(|layer| layer.id().to_owned()).collect();
            payer(PayerKind::Cover, &policy.id, priced(&policy.terms.premium, quiet.claims(0)), layers)
        });
        let payouts = scenario.parametrics.iter().map(|policy| {
            payer(PayerKind::Payout, &policy.id, priced(&policy.terms.premium, quiet.payout(0)), vec![])
        });
        let hedges = scenario.hedges.iter().map(|hedge| {
            payer(PayerKind::Hedge, &hedge.id, priced(&hedge.terms.premium, quiet.settled(0)), vec![])
        });
        let suppliers = scenario
            .suppliers
            .iter()
            .map(|supplier| payer(PayerKind::Supplier, &supplier.id, None, vec![]));
        let annuals = scenario.annuals.iter().map(|annual| {
            payer(PayerKind::Annual, &annual.id, priced(&annual.terms.premium, quiet.claims(0)), vec![])
        });
        Self {
            name: scenario.name.clone(),
            currency: scenario.currency.clone(),
            revenue: Exposure::of(scenario).total(),
            payers: covers.chain(payouts).chain(hedges).chain(suppliers).chain(annuals).collect(),
            ..Self::default()
        }
    }

    /// Returns the payers of a kind, in order.
    pub fn of_kind(&self, kind: PayerKind) -> impl Iterator<Item = &Payer> {
        self.payers.iter().filter(move |payer| payer.kind == kind)
    }

    /// Returns each payer with what it is measured by.
    pub fn measured(&self) -> impl Iterator<Item = (&Payer, Measure)> {
        PayerKind::ALL.into_iter().flat_map(|(_, kind)| {
            self.of_kind(kind).enumerate().map(move |(place, payer)| (payer, kind.measure(place)))
        })
    }

    /// Returns all that a year is measured by: first the measures whose worst years
    /// are kept, then cost, payers and limits that are used up.
    #[must_use]
    pub fn measures(&self) -> Vec<Measure> {
        let mut all = Measure::WITH_TAIL.to_vec();
        all.push(Measure::Cost);
        all.extend(self.measured().map(|(_, measure)| measure));
        for (cover, payer) in self.of_kind(PayerKind::Cover).enumerate() {
            if payer.layers.is_empty() {
                all.push(Measure::Exhausted(cover));
            }
            for layer in 0..payer.layers.len() {
                all.extend([Measure::Layer(cover, layer), Measure::LayerExhausted(cover, layer)]);
            }
        }
        all
    }

    /// Returns the name of a measure in a table.
    ///
    /// # Panics
    ///
    /// For a measure that is none of the subject's.
    #[must_use]
    pub fn column(&self, measure: Measure) -> String {
        let id = |kind: PayerKind, place: usize| {
            let payer = self.of_kind(kind).nth(place).expect("a measure of the subject");
            format!("{}.{}", kind.key(), payer.id)
        };
        let layer = |cover: usize, place: usize| {
            let payer = self.of_kind(PayerKind::Cover).nth(cover).expect("a measure of the subject");
            format!("{}.{}", payer.id, payer.layers[place])
        };
        match measure {
            Measure::Gross => "gross".into(),
            Measure::Net => "net".into(),
            Measure::NetBeforeCost => "net_before_programme_cost".into(),
            Measure::WorstGross => "worst_gross".into(),
            Measure::WorstNet => "worst_net".into(),
            Measure::AboveLoss => "recovery_above_loss".into(),
            Measure::Cost => "programme_cost".into(),
            Measure::Cover(place) => id(PayerKind::Cover, place),
            Measure::Payout(place) => id(PayerKind::Payout, place),
            Measure::Hedge(place) => id(PayerKind::Hedge, place),
            Measure::Supplier(place) => id(PayerKind::Supplier, place),
            Measure::Annual(place) => id(PayerKind::Annual, place),
            Measure::Exhausted(cover) => format!("exhausted.{}", id(PayerKind::Cover, cover)),
            Measure::Layer(cover, place) => format!("layer.{}", layer(cover, place)),
            Measure::LayerExhausted(cover, place) => format!("exhausted.layer.{}", layer(cover, place)),
        }
    }
}
