//! Random perils: years with no outage, one and several, on the very moments of terms
//! and beside them.

use netloss::peril::{Duration, Frequency, Hits, Law, Moment, Peril, Severity, Start};

use super::*;

/// How long the outages of a peril last.
#[derive(Clone, Debug)]
pub(crate) enum Lasts {
    /// As long as some terms of the business say, or minutes more or less.
    AsTermsSay(Vec<(Index, Minutes)>),
    Law(Law),
}

/// A peril of a business that is not known yet.
#[derive(Clone, Debug)]
pub(crate) struct PlainPeril {
    frequency: Frequency,
    lasts: Lasts,
    start: Start,
    severity: Severity,
    hits: Hits,
    cause: Option<&'static str>,
}

pub(crate) fn peril() -> impl Strategy<Value = PlainPeril> {
    let frequency = prop_oneof![
        (0.1..3.0).prop_map(|mean| Frequency::poisson(mean).unwrap()),
        (0.2..2.0, 0.5..4.0)
            .prop_map(|(mean, more)| Frequency::negative_binomial(mean, mean + more).unwrap()),
        (0..4_u32).prop_map(Frequency::fixed),
        proportion().prop_map(|probability| Frequency::bernoulli(probability).unwrap()),
    ];
    let nudge = select(vec![0, 0, 0, 1, -1, 60]);
    let lasts = prop_oneof![
        3 => prop::collection::vec((any::<Index>(), nudge), 1..5).prop_map(Lasts::AsTermsSay),
        1 => (1.0..40.0, 0.2..1.5)
            .prop_map(|(median, sigma)| Lasts::Law(Law::Lognormal { median, sigma })),
        1 => (0.5..20.0, 0.8..3.0).prop_map(|(minimum, alpha)| Lasts::Law(Law::Pareto { minimum, alpha })),
    ];
    let moment = || select(vec![Moment::Any, Moment::FullHour]);
    let week = prop::collection::vec(select(vec![0.0, 1.0, 3.0]), HOURS_OF_WEEK);
    let start = prop_oneof![
        2 => moment().prop_map(Start::even),
        1 => (week, moment()).prop_map(|(week, moment)| {
            WeekShape::of_week(&week).map_or(Start::even(moment), |week| Start::weekly(week, moment))
        }),
    ];
    let severity = prop_oneof![
        3 => Just(Severity::default()),
        1 => proportion().prop_map(|factor| Severity::new(Law::Fixed(factor), None).unwrap()),
        1 => Just(Severity::new(Law::Empirical(vec![0.0, 0.5, 1.0, 1.5]), None).unwrap()),
        1 => (0.5..4.0).prop_map(|shape| {
            Severity::new(Law::Gamma { shape, scale: 1.0 / shape }, Some(3.0)).unwrap()
        }),
    ];
    let hits = prop_oneof![
        2 => Just(Hits::every_line()),
        1 => (prop::collection::vec(proportion(), 1..=3), proportion()).prop_map(|(chances, together)| {
            Hits::new(&chances.into_iter().map(share).collect::<Vec<_>>(), share(together))
        }),
    ];
    let cause = prop::option::weighted(0.8, select(Cause::ALL.map(|(name, _)| name).to_vec()));
    (frequency, lasts, start, severity, hits, cause).prop_map(
        |(frequency, lasts, start, severity, hits, cause)| PlainPeril {
            frequency,
            lasts,
            start,
            severity,
            hits,
            cause,
        },
    )
}

impl PlainPeril {
    /// The peril as it strikes a business, for its own cause or for one that all share.
    pub(crate) fn of(&self, business: &Business, shared: bool) -> Peril {
        let said = moments(business);
        let law = match &self.lasts {
            Lasts::Law(law) => law.clone(),
            Lasts::AsTermsSay(_) if said.is_empty() => Law::Fixed(7.0),
            Lasts::AsTermsSay(places) => {
                let minutes = places.iter().map(|(place, nudge)| (place.get(&said) + nudge).max(1));
                let mut minutes: Vec<Minutes> = minutes.collect();
                minutes.sort_unstable();
                Law::Empirical(minutes.into_iter().map(|minutes| hours(minutes).0).collect())
            }
        };
        Peril {
            frequency: self.frequency,
            duration: Duration::new(law, Some(Hours(400.0))).unwrap(),
            start: self.start.clone(),
            severity: self.severity.clone(),
            hits: self.hits.clone(),
            cause: if shared { business.cause } else { self.cause }.map(cause),
        }
    }
}
