//! Draws: random numbers as a pure function of where they stand.
//!
//! A number is a function of the seed, the year, the event and the dimension, and
//! of nothing else. So the years can be drawn in any order, by any number of
//! threads and in any number of shards, and each is the same to the last bit.

/// A draw's generator: Philox 2×64 with ten rounds.
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
    /// How severe it is, and what all lines share of whether they are hit.
    Outcome = 2,
    /// Whether one line is hit; lines have numbers of their own from here on.
    Line = 1 << 16,
}

impl Draws {
    /// Numbers of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// Returns two numbers, each above 0 and below 1.
    #[must_use]
    #[inline]
    pub fn pair(self, year: u64, event: u32, dimension: Dimension) -> [f64; 2] {
        let place = u64::from(event) << 32 | dimension as u64;
        philox([year, place], self.seed).map(unit)
    }

    /// Returns the number of one line, above 0 and below 1.
    #[must_use]
    pub fn of_line(self, year: u64, event: u32, line: usize) -> f64 {
        let place = u64::from(event) << 32 | (Dimension::Line as u64 + line as u64);
        unit(philox([year, place], self.seed)[0])
    }
}

/// A number above 0 and below 1 from the upper 52 bits, at the middle of its step.
#[inline]
fn unit(bits: u64) -> f64 {
    const STEP: f64 = 1.0 / (1_u64 << 52) as f64;
    ((bits >> 12) as f64 + 0.5) * STEP
}

#[inline]
fn philox([mut high, mut low]: [u64; 2], mut key: u64) -> [u64; 2] {
    const MULTIPLIER: u64 = 0xD2B7_4407_B1CE_6E93;
    const WEYL: u64 = 0x9E37_79B9_7F4A_7C15;
    for _ in 0..10 {
        let product = u128::from(high) * u128::from(MULTIPLIER);
        (high, low) = ((product >> 64) as u64 ^ key ^ low, product as u64);
        key = key.wrapping_add(WEYL);
    }
    [high, low]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_the_known_answers() {
        for (counter, key, answer) in [
            ([0, 0], 0, [0xca00_a045_9843_d731, 0x66c2_4222_c9a8_45b5]),
            ([u64::MAX; 2], u64::MAX, [0x65b0_21d6_0cd8_310f, 0x4d02_f322_2f86_df20]),
            (
                [0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344],
                0xa409_3822_299f_31d0,
                [0x0a5e_742c_2997_341c, 0xb0f8_83d3_8000_de5d],
            ),
        ] {
            assert_eq!(philox(counter, key), answer);
        }
    }

    #[test]
    fn a_number_is_never_nothing_and_never_all() {
        assert!(unit(0) > 0.0 && unit(u64::MAX) < 1.0);
    }

    #[test]
    fn every_coordinate_counts() {
        let draws = Draws::new(7);
        let base = draws.pair(3, 5, Dimension::Event);
        assert_eq!(base, Draws::new(7).pair(3, 5, Dimension::Event));
        for other in [
            Draws::new(8).pair(3, 5, Dimension::Event),
            draws.pair(4, 5, Dimension::Event),
            draws.pair(3, 6, Dimension::Event),
            draws.pair(3, 5, Dimension::Outcome),
        ] {
            assert_ne!(base, other);
        }
    }
}
