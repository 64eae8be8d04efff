//! Exact: amounts payable to a person, in whole numbers from input to payment.

use std::cmp::Ordering;

/// A whole number of won, the smallest unit in which anything is paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Won(pub i64);

impl Won {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The largest amount of one claim: ten trillion. What is more is a wrong unit.
    pub const MOST: Self = Self(10_000_000_000_000);
}

/// A pure number as a fraction: 18.5 % is 37/200, or 185/1000.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    parts: i64,
    of: i64,
}

impl Rate {
    /// One.
    pub const ONE: Self = Self { parts: 1, of: 1 };

    /// Takes a fraction, and returns nothing where it has no value.
    ///
    /// ```
    /// use netloss::scheme::Rate;
    /// assert_eq!(Rate::new(185, 1000), Rate::new(37, 200));
    /// assert_eq!(Rate::new(1, 0), None);
    /// ```
    #[must_use]
    pub fn new(parts: i64, of: i64) -> Option<Self> {
        (of > 0 && parts != i64::MIN).then_some(Self { parts, of })
    }

    /// Takes so many parts of a power of ten, up to the eighteenth.
    ///
    /// ```
    /// use netloss::scheme::Rate;
    /// assert_eq!(Rate::decimal(185, 3), Rate::new(185, 1000).unwrap());
    /// ```
    #[must_use]
    #[inline]
    pub fn decimal(parts: u32, places: u32) -> Self {
        Self { parts: parts.into(), of: 10_i64.pow(places) }
    }

    /// Returns how many parts, in lowest terms.
    #[must_use]
    pub fn parts(self) -> i64 {
        self.parts / self.common()
    }

    /// Returns of how many, in lowest terms.
    #[must_use]
    pub fn of(self) -> i64 {
        self.of / self.common()
    }

    fn common(self) -> i64 {
        gcd(self.parts.unsigned_abs().into(), self.of.unsigned_abs().into()) as i64
    }

    /// Returns whether it is below zero.
    #[must_use]
    #[inline]
    pub fn is_negative(self) -> bool {
        self.parts < 0
    }

    /// Returns whether it is no more than a whole number.
    #[must_use]
    #[inline]
    pub fn is_at_most(self, whole: i64) -> bool {
        i128::from(self.parts) <= i128::from(self.of) * i128::from(whole)
    }

    /// Returns its opposite.
    #[must_use]
    #[inline]
    pub fn negative(self) -> Self {
        Self { parts: -self.parts, ..self }
    }

    /// Returns what is left of one, where that can be told.
    #[must_use]
    #[inline]
    pub fn rest(self) -> Option<Self> {
        Self::new(self.of.checked_sub(self.parts)?, self.of)
    }

    /// Returns the sum, where it can be told.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let parts = i128::from(self.parts) * i128::from(other.of);
        let parts = parts.checked_add(i128::from(other.parts) * i128::from(self.of))?;
        let of = i128::from(self.of) * i128::from(other.of);
        let common = gcd(parts.unsigned_abs(), of.unsigned_abs()) as i128;
        Self::new((parts / common).try_into().ok()?, (of / common).try_into().ok()?)
    }

    /// Returns the rate, and zero for one below zero.
    #[must_use]
    pub fn positive(self) -> Self {
        if self.parts < 0 { Self { parts: 0, of: 1 } } else { self }
    }
}

/// Rates are the same where their values are.
impl PartialEq for Rate {
    fn eq(&self, other: &Self) -> bool {
        i128::from(self.parts) * i128::from(other.of) == i128::from(other.parts) * i128::from(self.of)
    }
}

impl Eq for Rate {}

/// An amount in won before it is rounded: a fraction of whole numbers.
///
/// Every operation gives the exact result or nothing, never a near one.
///
/// ```
/// use netloss::scheme::{Exact, Rate, Won};
/// let loss = Exact::from(Won(2_950_000));
/// assert_eq!(loss.times(Rate::new(185, 1000).unwrap()), Some(Exact::from(Won(545_750))));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Exact {
    over: i128,
    under: i128,
}

impl From<Won> for Exact {
    fn from(won: Won) -> Self {
        Self { over: won.0.into(), under: 1 }
    }
}

impl Exact {
    /// Nothing.
    pub const ZERO: Self = Self { over: 0, under: 1 };

    /// Takes a fraction, and returns nothing where it has no value.
    #[must_use]
    pub fn new(over: i128, under: i128) -> Option<Self> {
        (under > 0).then_some(Self { over, under })
    }

    /// Returns the amount above the fraction's line, in lowest terms.
    #[must_use]
    pub fn over(self) -> i128 {
        self.lowest().over
    }

    /// Returns the number below the fraction's line, in lowest terms.
    #[must_use]
    pub fn under(self) -> i128 {
        self.lowest().under
    }

    /// Returns what stands above the fraction's line and below it, not in lowest terms.
    #[must_use]
    #[inline]
    pub fn as_it_stands(self) -> (i128, i128) {
        (self.over, self.under)
    }

    fn lowest(self) -> Self {
        let common = gcd(self.over.unsigned_abs(), self.under.unsigned_abs()).max(1) as i128;
        Self { over: self.over / common, under: self.under / common }
    }

    /// Multiplies; nothing where the result cannot be held.
    #[must_use]
    #[inline]
    pub fn times(self, rate: Rate) -> Option<Self> {
        let product = |value: Self| {
            let under = product(value.under, rate.of)?;
            Some(Self { over: product(value.over, rate.parts)?, under })
        };
        product(self).or_else(|| product(self.lowest()))
    }

    /// Adds; nothing where the result cannot be held.
    #[must_use]
    #[inline]
    pub fn plus(self, other: Self) -> Option<Self> {
        let sum = |one: Self, two: Self| {
            if one.under == two.under {
                return Some(Self { over: one.over.checked_add(two.over)?, under: one.under });
            }
            let left = one.over.checked_mul(two.under)?;
            let over = left.checked_add(two.over.checked_mul(one.under)?)?;
            Some(Self { over, under: one.under.checked_mul(two.under)? })
        };
        sum(self, other).or_else(|| sum(self.lowest(), other.lowest()))
    }

    /// Subtracts; nothing where the result cannot be held.
    #[must_use]
    #[inline]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self { over: other.over.checked_neg()?, ..other })
    }

    /// Returns whether there is any of it.
    #[must_use]
    #[inline]
    pub fn is_positive(self) -> bool {
        self.over > 0
    }

    /// Compares with a whole amount.
    #[must_use]
    #[inline]
    pub fn against(self, won: Won) -> Ordering {
        match product(self.under, won.0) {
            Some(other) => self.over.cmp(&other),
            // So much above the line of such a fraction is beyond any whole amount of won.
            None => self.over.div_euclid(self.under).cmp(&i128::from(won.0)).then(Ordering::Greater),
        }
    }

    /// Returns the whole amount, where it is one and can be held.
    #[must_use]
    pub fn whole(self) -> Option<Won> {
        let Self { over, under } = self.lowest();
        (under == 1).then(|| over.try_into().ok().map(Won)).flatten()
    }

    /// Returns the nearest number of 64 bits, or one of its two neighbours: for tables, and
    /// for nothing that is paid.
    #[must_use]
    #[inline]
    pub fn nearest(self) -> f64 {
        let near = |whole: i128| i64::try_from(whole).map_or_else(|_| whole as f64, |whole| whole as f64);
        near(self.over) / near(self.under)
    }

    /// Rounds an amount that is not below zero; nothing where it cannot be held.
    #[must_use]
    #[inline]
    pub fn rounded(self, mode: Mode, unit: Won) -> Option<Won> {
        let step = product(self.under, unit.0)?;
        let (whole, rest) = divided(self.over, step);
        let half = rest.cmp(&(step - rest));
        let up = match mode {
            Mode::Down => false,
            Mode::Up => rest > 0,
            Mode::HalfUp => half != Ordering::Less,
            Mode::HalfEven => half == Ordering::Greater || half == Ordering::Equal && whole % 2 != 0,
        };
        let units: i64 = (whole + i128::from(up)).try_into().ok()?;
        units.checked_mul(unit.0).map(Won)
    }
}

/// Fractions are the same where their values are.
impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        let (one, two) = (self.lowest(), other.lowest());
        (one.over, one.under) == (two.over, two.under)
    }
}

impl Eq for Exact {}

/// What becomes of the part below the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It is dropped (절사).
    Down,
    /// It counts as a whole unit (절상).
    Up,
    /// From half a unit on it counts as a whole one (반올림).
    HalfUp,
    /// Exactly half a unit goes to the even neighbour.
    HalfEven,
}

/// Multiplies; nothing where the result cannot be held.
#[inline]
fn product(one: i128, other: i64) -> Option<i128> {
    match i64::try_from(one) {
        // Two words by two are four, always, and many times faster.
        Ok(one) => Some(i128::from(one) * i128::from(other)),
        Err(_) => one.checked_mul(other.into()),
    }
}

/// Divides downwards; the rest is never below zero.
#[inline]
fn divided(over: i128, under: i128) -> (i128, i128) {
    match (u64::try_from(over), u64::try_from(under)) {
        (Ok(over), Ok(under)) => ((over / under).into(), (over % under).into()),
        _ => (over.div_euclid(under), over.rem_euclid(under)),
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    // Two words are many times faster than four, and nearly always enough.
    while b != 0 {
        if let (Ok(small_a), Ok(small_b)) = (u64::try_from(a), u64::try_from(b)) {
            return gcd_of_words(small_a, small_b).into();
        }
        (a, b) = (b, a % b);
    }
    a
}

/// By halves and differences: a division takes as long as ten of them.
fn gcd_of_words(mut a: u64, mut b: u64) -> u64 {
    if a == 0 || b == 0 {
        return a | b;
    }
    let twos = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    loop {
        b >>= b.trailing_zeros();
        (a, b) = (a.min(b), a.abs_diff(b));
        if b == 0 {
            return a << twos;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Mode::*, *};

    fn rate(parts: i64, of: i64) -> Rate {
        Rate::new(parts, of).unwrap()
    }

    #[test]
    fn the_part_below_the_unit_goes_where_the_clause_says() {
        let amount = |over, under| Exact::new(over, under).unwrap();
        for (value, unit, down, up, half_up, half_even) in [
            (amount(305_625, 1), 10, 305_620, 305_630, 305_630, 305_620),
            (amount(305_635, 1), 10, 305_630, 305_640, 305_640, 305_640),
            (amount(11_000, 3), 1, 3_666, 3_667, 3_667, 3_667),
            (amount(5, 2), 1, 2, 3, 3, 2),
            (amount(7, 2), 1, 3, 4, 4, 4),
            (amount(50_000, 1), 1_000, 50_000, 50_000, 50_000, 50_000),
            (amount(0, 1), 10, 0, 0, 0, 0),
        ] {
            for (mode, expected) in [(Down, down), (Up, up), (HalfUp, half_up), (HalfEven, half_even)] {
                assert_eq!(value.rounded(mode, Won(unit)), Some(Won(expected)), "{value:?} {mode:?}");
            }
        }
    }

    #[test]
    fn one_won_more_is_never_lost() {
        // Numbers that 32 or 64 binary digits of a fraction cannot tell apart.
        for won in [68_212_208, 20_000_001, 9_007_199_254_740_993] {
            let product = Exact::from(Won(won)).times(rate(3, 10)).unwrap();
            assert_eq!(product.times(rate(10, 3)).unwrap().whole(), Some(Won(won)));
        }
    }

    #[test]
    fn a_result_that_cannot_be_held_is_nothing_and_never_a_near_one() {
        let mut value = Exact::from(Won::MOST);
        let mut held = 0;
        while let Some(more) = value.times(rate(999_999, 1_000_000)) {
            value = more;
            held += 1;
        }
        assert!(held >= 4, "a claim at the limit bears {held} rates of six digits");
    }

    #[test]
    fn a_fraction_is_compared_without_being_rounded() {
        let third = Exact::new(900_001, 3).unwrap();
        assert_eq!(third.against(Won(300_000)), Ordering::Greater);
        assert_eq!(Exact::new(900_000, 3).unwrap().against(Won(300_000)), Ordering::Equal);
        assert_eq!(Exact::new(i128::MAX / 2, i128::MAX / 4).unwrap().against(Won(9_000)), Ordering::Less);
        assert_eq!(rate(1, 3).plus(rate(1, 6)), Some(rate(1, 2)));
        assert_eq!(rate(1, 5).rest(), Some(rate(4, 5)));
    }
}
