//! Strata: draws spread evenly over a block of years, in an order left to chance.

use super::{Dimension, Draws};

/// Spreads a column of draws evenly: the range from 0 to 1 is cut into as many strata as
/// there are draws, each stratum gets one, and chance says which.
///
/// Each draw by itself is as even as before, so that no mean is biased; together they
/// leave out no part of the range, so that means are known better. `of` says what is
/// drawn: strata of different dimensions do not know of one another.
///
/// # Formula
///
/// ```text
/// u'ᵢ = (π(i) + uᵢ) / n          π a random order of 0 … n - 1
/// ```
///
/// # Source
///
/// Latin hypercube sampling: McKay, Beckman and Conover, Technometrics 21 (1979).
pub(super) fn spread(draws: Draws, first: u64, of: u32, column: &mut [f64]) {
    let order = order(draws, first, of, column.len());
    let strata = column.len() as f64;
    for (draw, stratum) in column.iter_mut().zip(order) {
        // The last stratum's upper end rounds to 1, which no draw may be.
        *draw = ((f64::from(stratum) + *draw) / strata).min(1.0 - f64::EPSILON / 2.0);
    }
}

/// A random order of so many places (Fisher and Yates).
fn order(draws: Draws, first: u64, of: u32, length: usize) -> Vec<u32> {
    let mut order: Vec<u32> = (0..length as u32).collect();
    let turns: Vec<u32> = (0..length as u32).collect();
    let (mut one, mut two) = (vec![0.0; length], vec![0.0; length]);
    let events = vec![of; length];
    draws.pairs(first, (&turns, &events), Dimension::Strata, [&mut one, &mut two]);
    for place in (1..length).rev() {
        let other = (one[place] * (place + 1) as f64) as usize;
        order.swap(place, other.min(place));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stratum_gets_one_draw() {
        let mut column = vec![0.5; 1_000];
        spread(Draws::new(3), 16_384, 7, &mut column);
        let drawn = column.clone();
        column.sort_unstable_by(f64::total_cmp);
        for (stratum, draw) in column.iter().enumerate() {
            assert!((draw - (stratum as f64 + 0.5) / 1_000.0).abs() < 1e-12);
        }
        assert_ne!(drawn, column, "in an order left to chance");
        let mut other = vec![0.5; 1_000];
        spread(Draws::new(3), 16_384, 8, &mut other);
        assert_ne!(drawn, other, "another dimension has another order");
    }
}
