//! The simulation in the layout of Open Results Data, for users of catastrophe models.
//!
//! A perspective has tables of its own, and none of them tells which it is: that is
//! in the name of the file and in the words beside it. Fields, their order and types
//! stand in `data/open-results-data.csv`.

mod words;

pub use words::{metadata, read_me};

use super::Shown;
use crate::frame::{Cells, Frame};
use crate::risk::{Distribution, Events, Exposure, Losses, Measure, QUANTILES, Year};

/// The largest number that a period or an event can have.
pub const LARGEST: u64 = i32::MAX as u64;

/// The one summary: the company as a whole.
const SUMMARY: i32 = 1;
/// An outage has one loss: the first sample, and the only one.
const SAMPLE: i32 = 1;
/// `SampleType` of a mean of samples; 1 is a mean by integration.
const BY_SAMPLE: i32 = 2;
/// `EPCalc` of a curve of all samples, each of them a year of its own.
const FULL_UNCERTAINTY: i32 = 2;

/// Whose loss a table tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Perspective {
    /// Economic loss, before the programme.
    GroundUp,
    /// What the programme leaves with us, before its own cost.
    Net,
}

impl Perspective {
    /// All that are written.
    pub const ALL: [Self; 2] = [Self::GroundUp, Self::Net];

    /// Returns the code that files of the standard's own engine begin with.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::GroundUp => "gul",
            Self::Net => "ri",
        }
    }

    /// Returns the name of a table's file, without its end.
    #[must_use]
    pub fn file(self, table: &str) -> String {
        format!("{}_S{SUMMARY}_{table}", self.code())
    }

    /// The measures of the worst outage and of the year.
    fn measures(self) -> [Measure; 2] {
        match self {
            Self::GroundUp => [Measure::WorstGross, Measure::Gross],
            Self::Net => [Measure::WorstNet, Measure::NetBeforeCost],
        }
    }
}

/// The table of outages, by the end of its file's name.
pub const OUTAGES: &str = "splt";

/// Makes a table of years.
pub type Table = fn(Perspective, &Shown<'_>) -> Frame;

/// The tables that years alone give, by the end of the file's name.
pub const OF_YEARS: [(&str, Table); 3] =
    [("ept", exceedance), ("palt", average), ("summary-info", summary_info)];

/// What a table of outages needs to know besides the losses.
#[derive(Clone, Debug)]
pub struct About {
    /// The year that is drawn: each period is another draw of it.
    pub year: Year,
    /// Revenue that outages can reach.
    pub exposure: Exposure,
    /// How many years are drawn.
    pub periods: u64,
}

impl About {
    /// Returns the sample period loss table of a block: the outages with a loss, or with
    /// a gain where recoveries bring more than was lost, in order of years and of time.
    ///
    /// Outages are numbered on from `before`, as each is an event of its own.
    ///
    /// # Panics
    ///
    /// Beyond [`LARGEST`] years or outages.
    #[must_use]
    pub fn outages(&self, of: Perspective, before: u64, events: &Events, losses: &Losses) -> Frame {
        // The first columns of outages are gross and net loss, in the order of perspectives.
        let column = losses.outages.iter().flatten().nth(of as usize).map_or(&[][..], Vec::as_slice);
        let places = events.active().flat_map(|(year, places)| places.map(move |at| (year, at)));
        let rows: Vec<(usize, usize)> =
            places.filter(|(_, at)| column[*at].is_finite() && column[*at] != 0.0).collect();
        let small = |number: u64| i32::try_from(number).expect("a number of 32 bits");
        let each = |of: &dyn Fn(usize, usize) -> i32| {
            Cells::Smalls(rows.iter().map(|(year, at)| of(*year, *at)).collect())
        };
        let local: Vec<_> = rows.iter().map(|(_, at)| self.year.local(events.outage(*at).start)).collect();
        let clock =
            |of: &dyn Fn(&jiff::civil::DateTime) -> i32| Cells::Smalls(local.iter().map(of).collect());
        let exposed = rows.iter().map(|(_, at)| self.exposure.hit(events.outage(*at).struck).0).collect();
        let mut frame = Frame::default();
        frame.column("Period", each(&|year, _| small(events.first() + year as u64 + 1)));
        frame.column("PeriodWeight", Cells::Numbers(vec![1.0 / self.periods as f64; rows.len()]));
        frame.column("EventId", each(&|_, at| small(before + at as u64 + 1)));
        frame.column("Year", clock(&|at| at.year().into()));
        frame.column("Month", clock(&|at| at.month().into()));
        frame.column("Day", clock(&|at| at.day().into()));
        frame.column("Hour", clock(&|at| at.hour().into()));
        frame.column("Minute", clock(&|at| at.minute().into()));
        frame.column("SummaryId", each(&|_, _| SUMMARY));
        frame.column("SampleId", each(&|_, _| SAMPLE));
        frame.column("Loss", Cells::Numbers(rows.iter().map(|(_, at)| column[*at]).collect()));
        frame.column("ImpactedExposure", Cells::Numbers(exposed));
        frame
    }
}

/// Returns the exceedance probability table: of the worst outage, of its tail, of the
/// year and of its tail, as far as the years drawn reach.
fn exceedance(of: Perspective, shown: &Shown<'_>) -> Frame {
    let [worst, year] = of.measures();
    let at_risk: fn(&Distribution, f64) -> f64 = |years, p| years.value_at_risk(p).value.0;
    let tail: fn(&Distribution, f64) -> f64 = |years, p| years.tail_value_at_risk(p).value.0;
    let curves = [(1, worst, at_risk), (2, worst, tail), (3, year, at_risk), (4, year, tail)];
    let reached = |(_, period): &(f64, u32)| u64::from(*period) <= shown.summary.years;
    let rows: Vec<(i32, u32, f64)> = curves
        .into_iter()
        .filter_map(|(kind, measure, loss)| Some((kind, shown.summary.get(measure)?, loss)))
        .flat_map(|(kind, years, loss)| {
            QUANTILES.into_iter().filter(reached).map(move |(p, period)| (kind, period, loss(years, p)))
        })
        .filter(|(.., loss)| loss.is_finite())
        .collect();
    let mut frame = Frame::default();
    frame.column("SummaryId", Cells::Smalls(vec![SUMMARY; rows.len()]));
    frame.column("EPCalc", Cells::Smalls(vec![FULL_UNCERTAINTY; rows.len()]));
    frame.column("EPType", Cells::Smalls(rows.iter().map(|(kind, ..)| *kind).collect()));
    frame.column("ReturnPeriod", Cells::Numbers(rows.iter().map(|row| f64::from(row.1)).collect()));
    frame.column("Loss", Cells::Numbers(rows.iter().map(|(.., loss)| *loss).collect()));
    frame
}

/// Returns the average loss table: mean and standard deviation of a year.
fn average(of: Perspective, shown: &Shown<'_>) -> Frame {
    let [_, year] = of.measures();
    let years = shown.summary.get(year).map(|years| (years.mean().value.0, years.deviation().0));
    let years: Vec<_> = years.into_iter().filter(|(mean, sd)| mean.is_finite() && sd.is_finite()).collect();
    let mut frame = Frame::default();
    frame.column("SummaryId", Cells::Smalls(vec![SUMMARY; years.len()]));
    frame.column("SampleType", Cells::Smalls(vec![BY_SAMPLE; years.len()]));
    frame.column("MeanLoss", Cells::Numbers(years.iter().map(|(mean, _)| *mean).collect()));
    frame.column("SDLoss", Cells::Numbers(years.iter().map(|(_, sd)| *sd).collect()));
    frame
}

/// Returns what the summary is of, and the revenue that a year normally brings.
fn summary_info(_: Perspective, shown: &Shown<'_>) -> Frame {
    let mut frame = Frame::default();
    frame.column("summary_id", Cells::Smalls(vec![SUMMARY]));
    frame.column(
        "PortName",
        Cells::Texts([crate::view::clean(&shown.subject.name.en)].into_iter().collect()),
    );
    frame.column("tiv", Cells::Numbers(vec![shown.subject.revenue.0]));
    frame
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Overrides, read};
    use crate::risk::{Pricing, Rule, Scratch, Simulation, Subject, Summary, Tallies};
    use crate::scenario::Scenario;

    /// Two lines of which an outage hits one or both, and a cover that costs 7 a year.
    const SHOP: &str = r#"format = 1
name = "Shop"
currency = "KRW"
timezone = "Asia/Seoul"
outage = { start = "2026-03-01T00:00", durations = ["4h"] }
[[line]]
id = "web"
revenue = { per_hour = 100 }
[[line]]
id = "desk"
revenue = { per_hour = 10 }
[[cover]]
id = "bi"
heads = ["lost_profit"]
perils = ["any"]
waiting_period = { hours = 2, reading = "time_deductible" }
occurrence_limit = 500
premium = 7
[[peril]]
id = "outage"
frequency = { poisson = 0.8 }
duration = { lognormal = { median = "6h", sigma = 1 } }
start = "any_moment"
hits = { web = "100%", desk = "50%" }
"#;

    const YEARS: usize = 200;

    struct Run {
        about: About,
        events: Events,
        losses: Losses,
        subject: Subject,
        summary: Summary,
    }

    impl Run {
        fn new() -> Self {
            let reading = read(SHOP, None, &Overrides::default());
            let scenario: Scenario = reading.scenario.unwrap_or_else(|| panic!("{:?}", reading.findings));
            let simulation = Simulation::new(&scenario, 1).unwrap();
            let pricing = Pricing::new(&scenario, &simulation);
            let mut events = Events::default();
            let mut losses = Losses { outages: Some(vec![]), ..Losses::default() };
            simulation.draw(0, YEARS, &mut events);
            pricing.price(&events, &mut losses, &mut Scratch::default());
            losses.with_net_before_cost(pricing.measures());
            let measures = [pricing.measures(), &[Measure::NetBeforeCost]].concat();
            let tallies = Tallies::of(&losses, &Rule::all(&measures, None));
            Self {
                about: About {
                    year: simulation.year().clone(),
                    exposure: Exposure::of(&scenario),
                    periods: YEARS as u64,
                },
                events,
                losses,
                subject: Subject::of(&scenario),
                summary: Summary::new(&measures, tallies).unwrap(),
            }
        }

        fn outages(&self, of: Perspective) -> Frame {
            self.about.outages(of, 0, &self.events, &self.losses)
        }

        fn shown(&self) -> Shown<'_> {
            Shown {
                subject: &self.subject,
                summary: &self.summary,
                stopped_before: None,
                cost_of_capital: None,
                tolerable: None,
                exact: vec![],
                not_exact: vec![],
            }
        }
    }

    fn smalls<'f>(frame: &'f Frame, name: &str) -> &'f [i32] {
        let Some(Cells::Smalls(cells)) = frame.get(name) else { panic!("no whole numbers {name}") };
        cells
    }

    fn numbers<'f>(frame: &'f Frame, name: &str) -> &'f [f64] {
        let Some(Cells::Numbers(cells)) = frame.get(name) else { panic!("no numbers {name}") };
        cells
    }

    #[test]
    fn fields_order_and_types_are_those_of_the_standard() {
        let run = Run::new();
        let mut list =
            csv::Reader::from_reader(include_str!("../../../data/open-results-data.csv").as_bytes());
        let list: Vec<csv::StringRecord> = list.records().map(Result::unwrap).collect();
        for of in Perspective::ALL {
            let tables = [
                ("SPLT", run.outages(of)),
                ("EPT", exceedance(of, &run.shown())),
                ("ALT", average(of, &run.shown())),
            ];
            for (table, frame) in tables {
                let asked = list.iter().filter(|field| &field[0] == table);
                let asked: Vec<(&str, &str)> = asked.map(|field| (&field[1], &field[2])).collect();
                let kind = |cells: &Cells| match cells {
                    Cells::Smalls(_) => "32-bit integer",
                    Cells::Numbers(_) => "float",
                    Cells::Integers(_) | Cells::Texts(_) => "none of the standard's",
                };
                let written = frame.columns.iter().map(|(name, cells)| (name.as_str(), kind(cells)));
                assert_eq!(written.collect::<Vec<_>>(), asked, "{table}");
                assert!(frame.columns.iter().all(|(_, cells)| cells.len() == frame.rows()), "{table}");
                assert!(frame.rows() > 0, "{table}");
            }
        }
    }

    #[test]
    fn outages_of_a_perspective_add_up_to_its_mean_year() {
        let run = Run::new();
        for of in Perspective::ALL {
            let outages = run.outages(of);
            let weighed = numbers(&outages, "Loss").iter().zip(numbers(&outages, "PeriodWeight"));
            let mean: f64 = weighed.map(|(loss, weight)| loss * weight).sum();
            let average = average(of, &run.shown());
            assert!((mean - numbers(&average, "MeanLoss")[0]).abs() < 1e-9, "{of:?}");
        }
    }

    #[test]
    fn the_worst_outage_of_each_period_gives_the_curve_of_type_1() {
        let run = Run::new();
        let outages = run.outages(Perspective::Net);
        let mut worst = [0.0_f64; YEARS];
        for (period, loss) in smalls(&outages, "Period").iter().zip(numbers(&outages, "Loss")) {
            let worst = &mut worst[*period as usize - 1];
            *worst = worst.max(*loss);
        }
        worst.sort_by(f64::total_cmp);
        let curve = exceedance(Perspective::Net, &run.shown());
        assert_eq!((smalls(&curve, "EPType")[1], numbers(&curve, "ReturnPeriod")[1]), (1, 20.0));
        assert_eq!(numbers(&curve, "Loss")[1], worst[189], "the 190th of 200 years");
    }

    #[test]
    fn a_curve_reaches_no_further_than_the_years_drawn() {
        let run = Run::new();
        let curve = exceedance(Perspective::GroundUp, &run.shown());
        let kinds = [1, 2, 3, 4].map(|kind| [kind; 5]).concat();
        assert_eq!(smalls(&curve, "EPType"), kinds);
        assert_eq!(numbers(&curve, "ReturnPeriod")[..5], [10.0, 20.0, 50.0, 100.0, 200.0]);
    }

    #[test]
    fn events_are_numbered_on_and_start_in_the_drawn_calendar_year() {
        let run = Run::new();
        let outages = run.about.outages(Perspective::GroundUp, 1_000, &run.events, &run.losses);
        let all: Vec<i32> = (1..=run.events.outages() as i32).map(|event| 1_000 + event).collect();
        assert_eq!(smalls(&outages, "EventId"), all);
        assert!(smalls(&outages, "Year").iter().all(|year| *year == 2026));
        let first = run.about.year.local(run.events.outage(0).start);
        let clock = ["Month", "Day", "Hour", "Minute"].map(|name| smalls(&outages, name)[0]);
        assert_eq!(clock, [first.month(), first.day(), first.hour(), first.minute()].map(i32::from));
        let exposed = numbers(&outages, "ImpactedExposure");
        assert!([876_000.0, 963_600.0].iter().all(|revenue| exposed.contains(revenue)), "{exposed:?}");
    }

    #[test]
    fn an_outage_without_a_loss_or_without_bound_has_no_row() {
        let mut run = Run::new();
        let net = &mut run.losses.outages.as_mut().unwrap()[1];
        net[..4].copy_from_slice(&[0.0, f64::INFINITY, f64::NAN, -3.0]);
        let outages = run.outages(Perspective::Net);
        assert_eq!((smalls(&outages, "EventId")[0], numbers(&outages, "Loss")[0]), (4, -3.0));
    }
}
