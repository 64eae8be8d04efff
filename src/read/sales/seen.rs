//! Rows that stand in a file twice, found with a bounded memory.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// Prints that one generation holds; two generations are kept.
const GENERATION: usize = 2_000_000;

/// Fingerprints of the rows so far: of all up to two million, and from there on of the
/// last two to four million.
#[derive(Debug, Default)]
pub struct Seen {
    young: Prints,
    old: Prints,
    turned: bool,
}

type Prints = HashSet<u64, BuildHasherDefault<AsItIs>>;

impl Seen {
    /// Notes a fingerprint and tells whether it was there.
    pub fn again(&mut self, print: u64) -> bool {
        if self.old.contains(&print) || !self.young.insert(print) {
            return true;
        }
        if self.young.len() == GENERATION {
            self.turned |= !self.old.is_empty();
            std::mem::swap(&mut self.young, &mut self.old);
            self.young.clear();
        }
        false
    }

    /// Returns whether every row was compared with all rows before it.
    pub fn all(&self) -> bool {
        !self.turned
    }
}

/// Returns the fingerprint of the fields of a row; two rows that differ have the same
/// one with a chance of one in 2⁶⁴.
pub fn print<'f>(fields: impl Iterator<Item = &'f [u8]>) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    fields.for_each(|field| field.hash(&mut hasher));
    hasher.finish()
}

/// A fingerprint is its own hash.
#[derive(Debug, Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        // Prints are whole numbers; anything else would still be hashed, if badly.
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, print: u64) {
        self.0 = print;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_compared_field_by_field() {
        let of = |fields: &[&str]| print(fields.iter().map(|field| field.as_bytes()));
        assert_eq!(of(&["1", "23"]), of(&["1", "23"]));
        assert_ne!(of(&["1", "23"]), of(&["12", "3"]));
        let mut seen = Seen::default();
        assert!(!seen.again(of(&["a"])) && !seen.again(of(&["b"])) && seen.again(of(&["a"])));
        assert!(seen.all());
    }

    #[test]
    fn memory_is_bounded_and_the_last_two_million_are_always_compared() {
        let mut seen = Seen::default();
        let mixed = |row: u64| row.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let rows = 3 * GENERATION as u64;
        assert!((0..rows).all(|row| !seen.again(mixed(row))));
        assert!(seen.again(mixed(rows - GENERATION as u64)) && !seen.all());
        assert!(seen.young.len() + seen.old.len() <= 2 * GENERATION);
    }
}
