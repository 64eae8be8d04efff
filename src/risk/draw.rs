//! Draws: random numbers as a pure function of where they stand.
//!
//! A number is a function of the seed, the year, the event and the dimension, and
//! of nothing else. So the years can be drawn in any order, by any number of
//! threads and in any number of shards, and each is the same to the last bit.

use crate::wide::{Columns, wide};

/// A draw's generator: Philox 4×32 with ten rounds.
///
/// # Source
///
/// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3"
/// (SC 2011). The known answers of its authors are among the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draws {
    seed: u64,
}

/// What is drawn: each dimension has numbers of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Dimension {
    /// How often a peril strikes in a year.
    Count = 0,
    /// How long an outage lasts, and when it starts.
    Event = 1,
    /// How severe it is, and what all lines that it may hit have in common.
    Outcome = 2,
    /// In which order strata are drawn.
    Strata = 3,
    /// Whether it hits a line, for the lines two by two from here on.
    Lines = 16,
}

/// Counters that go through the generator together.
const LANES: usize = 16;

type Counters = [[u32; LANES]; 4];

impl Draws {
    /// Numbers of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// Returns two numbers of an event, each above 0 and below 1.
    #[must_use]
    pub fn pair(self, year: u64, event: u32, dimension: Dimension) -> [f64; 2] {
        self.pair_of(year, event, dimension as u32)
    }

    /// Returns the number that decides whether an event hits a line.
    #[must_use]
    pub fn of_line(self, year: u64, event: u32, line: usize) -> f64 {
        let dimension = Dimension::Lines as u32 + (line / 2) as u32;
        self.pair_of(year, event, dimension)[line % 2]
    }

    fn pair_of(self, year: u64, event: u32, dimension: u32) -> [f64; 2] {
        let [a, b, c, d] = philox(counters(|_| (year, event), dimension), self.seed).map(|word| word[0]);
        [unit(a, b), unit(c, d)]
    }

    /// Fills two columns with the numbers of events, as [`Draws::pair`] gives them.
    ///
    /// An event is a year, counted from `first`, and its place in that year.
    pub fn pairs(
        self,
        first: u64,
        (years, events): (&[u32], &[u32]),
        dimension: Dimension,
        into: [&mut [f64]; 2],
    ) {
        wide(Pairs { draws: self, first, years, events, dimension, into });
    }

    /// Fills a column with one number for each year from `first` on: those that say
    /// how often a peril strikes. Two years share the two numbers of a counter.
    pub fn of_years(self, first: u64, peril: u32, column: &mut [f64]) {
        wide(OfYears { draws: self, first, peril, column });
    }
}

struct Pairs<'c> {
    draws: Draws,
    first: u64,
    years: &'c [u32],
    events: &'c [u32],
    dimension: Dimension,
    into: [&'c mut [f64]; 2],
}

impl Columns for Pairs<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { draws, first, years, events, dimension, into: [one, two] } = self;
        let (years, last_years) = years.as_chunks();
        let (events, last_events) = events.as_chunks();
        let (one, last_one) = one.as_chunks_mut();
        let (two, last_two) = two.as_chunks_mut();
        for ((years, events), (one, two)) in years.iter().zip(events).zip(one.iter_mut().zip(two)) {
            [*one, *two] = of_events(draws.seed, first, years, events, dimension);
        }
        let rest = last_years.len();
        let (mut years, mut events) = ([0; LANES], [0; LANES]);
        years[..rest].copy_from_slice(last_years);
        events[..rest].copy_from_slice(last_events);
        let [drawn_one, drawn_two] = of_events(draws.seed, first, &years, &events, dimension);
        last_one.copy_from_slice(&drawn_one[..rest]);
        last_two.copy_from_slice(&drawn_two[..rest]);
    }
}

struct OfYears<'c> {
    draws: Draws,
    first: u64,
    peril: u32,
    column: &'c mut [f64],
}

impl Columns for OfYears<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { draws, first, peril, column } = self;
        let odd = (first % 2) as usize;
        let (head, rest) = column.split_at_mut(odd.min(column.len()));
        if let Some(year) = head.first_mut() {
            *year = draws.pair(first / 2, peril, Dimension::Count)[1];
        }
        let from = first.div_ceil(2);
        let (chunks, last) = rest.as_chunks_mut::<{ 2 * LANES }>();
        let whole = chunks.len();
        for (chunk, years) in chunks.iter_mut().enumerate() {
            *years = of_pairs(draws.seed, from + (chunk * LANES) as u64, peril);
        }
        let drawn = of_pairs(draws.seed, from + (whole * LANES) as u64, peril);
        last.copy_from_slice(&drawn[..last.len()]);
    }
}

// These stand in line where they are called, or a wide loop is none.

/// The numbers of as many events as go through the generator together.
#[inline(always)]
fn of_events(
    seed: u64,
    first: u64,
    years: &[u32; LANES],
    events: &[u32; LANES],
    dimension: Dimension,
) -> [[f64; LANES]; 2] {
    let at = |lane: usize| (first + u64::from(years[lane]), events[lane]);
    units(philox(counters(at, dimension as u32), seed))
}

/// The numbers of as many pairs of years, in order of the years.
#[inline(always)]
fn of_pairs(seed: u64, from: u64, peril: u32) -> [f64; 2 * LANES] {
    let at = |lane: usize| (from + lane as u64, peril);
    let [one, two] = units(philox(counters(at, Dimension::Count as u32), seed));
    let mut drawn = [0.0; 2 * LANES];
    for (pair, (one, two)) in drawn.chunks_exact_mut(2).zip(one.into_iter().zip(two)) {
        pair.copy_from_slice(&[one, two]);
    }
    drawn
}

/// The two numbers of each counter.
#[inline(always)]
fn units([a, b, c, d]: Counters) -> [[f64; LANES]; 2] {
    let (mut one, mut two) = ([0.0; LANES], [0.0; LANES]);
    for lane in 0..LANES {
        one[lane] = unit(a[lane], b[lane]);
        two[lane] = unit(c[lane], d[lane]);
    }
    [one, two]
}

/// A number above 0 and below 1 from the upper 52 bits of two words, at the middle
/// of its step.
#[inline(always)]
fn unit(high: u32, low: u32) -> f64 {
    const ONE: u64 = 0x3FF0_0000_0000_0000;
    const HALF_STEP: f64 = 0.5 / (1_u64 << 52) as f64;
    f64::from_bits(ONE | u64::from(high) << 20 | u64::from(low >> 12)) - (1.0 - HALF_STEP)
}

#[inline(always)]
fn counters(at: impl Fn(usize) -> (u64, u32), dimension: u32) -> Counters {
    let places: [(u64, u32); LANES] = std::array::from_fn(at);
    [
        places.map(|(year, _)| year as u32),
        places.map(|(year, _)| (year >> 32) as u32),
        places.map(|(_, event)| event),
        [dimension; LANES],
    ]
}

#[inline(always)]
fn philox(mut counters: Counters, key: u64) -> Counters {
    const MULTIPLIERS: [u64; 2] = [0xD251_1F53, 0xCD9E_8D57];
    const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
    let mut key = [key as u32, (key >> 32) as u32];
    for _ in 0..10 {
        let mut next = [[0; LANES]; 4];
        for lane in 0..LANES {
            let one = u64::from(counters[0][lane]) * MULTIPLIERS[0];
            let two = u64::from(counters[2][lane]) * MULTIPLIERS[1];
            next[0][lane] = (two >> 32) as u32 ^ counters[1][lane] ^ key[0];
            next[1][lane] = two as u32;
            next[2][lane] = (one >> 32) as u32 ^ counters[3][lane] ^ key[1];
            next[3][lane] = one as u32;
        }
        counters = next;
        key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
    }
    counters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_the_known_answers() {
        for (counter, key, answer) in [
            ([0; 4], 0, [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
            ([u32::MAX; 4], u64::MAX, [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
            (
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                0x299f_31d0_a409_3822,
                [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
            ),
        ] {
            let words = philox(counter.map(|word| [word; LANES]), key);
            assert_eq!(words, answer.map(|word| [word; LANES]));
        }
    }

    #[test]
    fn a_number_is_never_nothing_and_never_all() {
        assert!(unit(0, 0) > 0.0 && unit(u32::MAX, u32::MAX) < 1.0);
        assert_eq!(unit(1 << 31, 0), 0.5 + 0.5_f64.powi(53));
    }

    #[test]
    fn every_coordinate_counts() {
        let draws = Draws::new(7);
        let base = draws.pair(3, 5, Dimension::Event);
        assert_eq!(base, Draws::new(7).pair(3, 5, Dimension::Event));
        for other in [
            Draws::new(8).pair(3, 5, Dimension::Event),
            Draws::new(7 + (1 << 40)).pair(3, 5, Dimension::Event),
            draws.pair(4, 5, Dimension::Event),
            draws.pair(3 + (1 << 40), 5, Dimension::Event),
            draws.pair(3, 6, Dimension::Event),
            draws.pair(3, 5, Dimension::Outcome),
        ] {
            assert_ne!(base, other);
        }
    }

    #[test]
    fn a_column_holds_the_numbers_of_its_events() {
        let draws = Draws::new(11);
        let years: Vec<u32> = (0..37).map(|place| place / 2).collect();
        let events: Vec<u32> = (0..37).map(|place| place % 2).collect();
        let (mut one, mut two) = (vec![0.0; 37], vec![0.0; 37]);
        draws.pairs(100, (&years, &events), Dimension::Event, [&mut one, &mut two]);
        for place in 0..37 {
            let pair = draws.pair(100 + u64::from(years[place]), events[place], Dimension::Event);
            assert_eq!([one[place], two[place]], pair);
        }
    }

    #[test]
    fn a_year_has_its_number_wherever_a_column_begins() {
        let draws = Draws::new(11);
        let mut whole = [0.0; 100];
        draws.of_years(40, 3, &mut whole);
        for (first, years) in [(41, 1), (41, 59), (44, 96), (139, 1)] {
            let mut part = vec![0.0; years];
            draws.of_years(first, 3, &mut part);
            let from = (first - 40) as usize;
            let until = whole.len().min(from + years);
            assert_eq!(part[..until - from], whole[from..until]);
        }
    }
}
