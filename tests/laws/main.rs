//! Laws: what must hold for every business, every programme and every outage.
//!
//! A random business is described once, in the plain words of the slow twin, and
//! given to both engines. They must agree to the last digit that rounding leaves;
//! the laws after that are about the engine alone.
//!
//! Runs repeat: `PROPTEST_RNG_SEED=7` looks at other businesses, and
//! `PROPTEST_CASES=20000` at more of them.

mod businesses;
mod engine;
mod agreement;
mod covers;
mod losses;
mod measured;
mod towers;
mod turns;
mod extensions;
mod outages;
mod hours;
mod found;
mod recovery;
mod costs;
mod hedges;
mod perils;
mod columns;
mod edges;
mod twin;

use std::sync::OnceLock;

pub(crate) use agreement::*;
pub(crate) use businesses::*;
pub(crate) use columns::*;
pub(crate) use covers::*;
pub(crate) use engine::*;
use jiff::civil::date;
pub(crate) use losses::*;
use netloss::annual::PolicyYear;
use netloss::cost::Allocation;
use netloss::cover::{
    AggregateDeductible, Cover, DailyAverage, Deductible, IndemnityPeriod, Order, PercentageOf,
    PeriodLimits, Reading, RunsFrom, Sublimit, WaitingPeriod,
};
use netloss::hedge::{Parametric, PerHour, Schedule};
use netloss::mitigation::{Amount, Discontinued, Fade, Head, Outflow, Recapture};
use netloss::outage::{
    BreakPoint, Cause, Circumstances, Interruptions, Outage, Perils, ServicePath, Stage, Struck,
};
use netloss::profile::{Calendar, HOURS_OF_WEEK, Level, Profile, WeekShape};
use netloss::projection::{Projection, Subject};
use netloss::quantity::{Hours, Met, Money, MoneyPerHour, Share};
use netloss::reason::Reason;
use netloss::scenario::{Label, Line, Named, ParametricPolicy, Policy, Scenario};
use netloss::steps::Steps;
use netloss::tower::{Carrier, Layer, Tower};
use netloss::waterfall::Waterfall;
pub(crate) use perils::*;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use proptest::test_runner::RngSeed;
pub(crate) use turns::*;
use twin::{Business, Minutes};

/// As many cases as a law is worth, always the same ones unless the environment asks for others.
fn cases(cases: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    let is_set = |name: &str| std::env::var_os(name).is_some();
    ProptestConfig {
        cases: if is_set("PROPTEST_CASES") { asked.cases } else { cases },
        rng_seed: if is_set("PROPTEST_RNG_SEED") { asked.rng_seed } else { RngSeed::Fixed(20_221_015) },
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..asked
    }
}
