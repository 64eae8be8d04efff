//! Breaks: where fields and lines end, eight bytes at a time.

/// The places of commas and ends of lines among bytes, in order.
#[derive(Clone, Debug)]
pub struct Breaks<'b> {
    eights: std::slice::Iter<'b, [u8; 8]>,
    /// What is left behind them, zeros behind it.
    rest: Option<[u8; 8]>,
    /// Where the eight bytes begin of which some marks are left.
    at: usize,
    /// The highest bit of each of these bytes that is a break yet to be told.
    marks: u64,
}

impl<'b> Breaks<'b> {
    /// Begins at the first byte.
    #[inline]
    pub fn new(bytes: &'b [u8]) -> Self {
        let (eights, rest) = bytes.as_chunks();
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        // The first step is onto the first byte.
        Self { eights: eights.iter(), rest: Some(last), at: 0_usize.wrapping_sub(8), marks: 0 }
    }
}

impl Iterator for Breaks<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.marks == 0 {
            let eight = match self.eights.next() {
                Some(eight) => *eight,
                None => self.rest.take()?,
            };
            self.at = self.at.wrapping_add(8);
            self.marks = marks(eight);
        }
        let place = self.marks.trailing_zeros() as usize / 8;
        // The lowest mark is taken off.
        self.marks &= self.marks - 1;
        Some(self.at + place)
    }
}

/// Marks the breaks among eight bytes.
#[inline]
fn marks(eight: [u8; 8]) -> u64 {
    let eight = u64::from_le_bytes(eight);
    zeros(eight ^ all(b',')) | zeros(eight ^ all(b'\n'))
}

/// Returns eight times the same byte.
const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Marks the bytes that are zero, and no others.
#[inline]
fn zeros(eight: u64) -> u64 {
    const LOW: u64 = all(0x7f);
    // No sum of seven bits leaves its byte, so that none is marked for its neighbour.
    !(((eight & LOW) + LOW) | eight | LOW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_comma_and_line_end_at_its_place_among_any_bytes() {
        for len in 0..40 {
            for seed in 0..200_u64 {
                let byte = |place: usize| {
                    let mixed = (seed * 41 + place as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
                    // Among them the neighbours of both, and both with their highest bit set.
                    [b',', b'\n', b'+', b'-', 0x0b, 9, 0, 0xac, 0x8a, 0xff, b'7', 0x80][mixed as usize % 12]
                };
                let bytes: Vec<u8> = (0..len).map(byte).collect();
                let breaks = |place: &usize| matches!(bytes[*place], b',' | b'\n');
                let expected: Vec<usize> = (0..len).filter(breaks).collect();
                assert_eq!(Breaks::new(&bytes).collect::<Vec<_>>(), expected, "{bytes:?}");
            }
        }
    }
}
