//! Flags: what two claims should not have in common, and what no claim can be.

use super::seen::Seen;

/// A sign that a person should look at a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Flag {
    /// An earlier claim has the same business number.
    SameBusiness,
    /// No business has this number: its check digit does not fit.
    CheckDigit,
    /// An earlier claim of another business is to be paid to the same account.
    SameAccount,
    /// An earlier claim handed in the same papers.
    SamePapers,
    /// An earlier claim has the same sales to the won, usual and of the outage.
    SameSales,
    /// The service was not away so long, or not then.
    Hours,
}

impl Flag {
    /// Each, in the order in which they are told.
    pub const ALL: [Self; 6] = [
        Self::SameBusiness,
        Self::CheckDigit,
        Self::SameAccount,
        Self::SamePapers,
        Self::SameSales,
        Self::Hours,
    ];

    /// Returns its name in files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::SameBusiness => "same_business_number",
            Self::CheckDigit => "check_digit",
            Self::SameAccount => "same_account",
            Self::SamePapers => "same_papers",
            Self::SameSales => "same_sales",
            Self::Hours => "impossible_hours",
        }
    }

    /// Returns whether a claim waits for a person; the others are told and no more.
    #[must_use]
    pub fn holds(self) -> bool {
        self != Self::SameSales
    }
}

/// Flags of one claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    bits: u8,
}

impl Flags {
    /// Raises a flag.
    pub fn raise(&mut self, flag: Flag) {
        self.bits |= 1 << flag as u8;
    }

    /// Raises all flags that are up in another.
    pub fn raise_all(&mut self, other: Self) {
        self.bits |= other.bits;
    }

    /// Returns whether a flag is up.
    #[must_use]
    pub fn has(self, flag: Flag) -> bool {
        self.bits & 1 << flag as u8 != 0
    }

    /// Returns the flags that are up.
    pub fn iter(self) -> impl Iterator<Item = Flag> {
        Flag::ALL.into_iter().filter(move |flag| self.has(*flag))
    }

    /// Returns whether a claim waits for a person.
    #[must_use]
    pub fn hold(self) -> bool {
        self.bits != 0 && self.iter().any(Flag::holds)
    }
}

/// What a claim is told apart by, each a digest of 128 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Of the business number.
    pub business: Option<u128>,
    /// Of the account.
    pub account: Option<u128>,
    /// Of the papers.
    pub papers: Option<u128>,
    /// Of usual sales and those of the outage.
    pub sales: Option<u128>,
}

impl Marks {
    /// Returns whether nothing tells the claim apart.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The marks of all claims so far, and the row in which each stood first: 13 bytes for
/// each number, 22 for an account.
#[derive(Debug, Default)]
pub struct Register {
    business: Seen<Row>,
    account: Seen<(Row, Owner)>,
    papers: Seen<Row>,
    sales: Seen<Row>,
}

/// A row, up to four thousand million.
type Row = u32;

/// Half of the digest of a business number, in two words; zero where none is given.
type Owner = [u32; 2];

fn owner(business: Option<u128>) -> Owner {
    let half = business.map_or(0, |digest| digest as u64 | 1);
    [(half >> 32) as u32, half as u32]
}

impl Register {
    /// Raises the flags of a claim against all before it, and returns the row of the
    /// first that has something in common with it.
    pub fn enter(&mut self, marks: &Marks, row: u64, flags: &mut Flags) -> Option<u64> {
        let row = Row::try_from(row).unwrap_or(Row::MAX);
        let mut first: Option<Row> = None;
        let mut meet = |flag, at: Option<Row>| {
            if let Some(at) = at {
                flags.raise(flag);
                first = Some(first.map_or(at, |earlier| earlier.min(at)));
            }
        };
        let entered = |seen: &mut Seen<Row>, mark: Option<u128>| seen.enter(mark?, row);
        meet(Flag::SameBusiness, entered(&mut self.business, marks.business));
        if let Some(account) = marks.account {
            let owner = owner(marks.business);
            // The owner of two shops may have one account: that is told by its number.
            let held = self.account.enter(account, (row, owner));
            let other = held.filter(|(_, held)| marks.business.is_none() || *held != owner);
            meet(Flag::SameAccount, other.map(|(row, _)| row));
        }
        meet(Flag::SamePapers, entered(&mut self.papers, marks.papers));
        meet(Flag::SameSales, entered(&mut self.sales, marks.sales));
        first.map(u64::from)
    }
}

/// Returns whether the last of ten digits of a Korean business number fits the others.
///
/// # Formula
///
/// ```text
/// sum   = Σ digit × (1 3 7 1 3 7 1 3 5) + ⌊ninth digit × 5 / 10⌋
/// tenth = (10 - sum mod 10) mod 10
/// ```
///
/// ```
/// # use netloss::scheme::business_number_fits;
/// assert!(business_number_fits(&[1, 2, 0, 8, 1, 4, 7, 5, 2, 1]));
/// assert!(!business_number_fits(&[1, 2, 0, 8, 1, 4, 7, 5, 2, 2]));
/// ```
#[must_use]
pub fn business_number_fits(digits: &[u8; 10]) -> bool {
    const WEIGHTS: [u32; 9] = [1, 3, 7, 1, 3, 7, 1, 3, 5];
    let weighted = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(*digit) * weight);
    let sum = weighted.sum::<u32>() + u32::from(digits[8]) * 5 / 10;
    u32::from(digits[9]) == (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entered(register: &mut Register, row: u64, marks: [u128; 4]) -> (Vec<Flag>, Option<u64>) {
        // Few numbers, of which a table keeps the upper digits.
        let mark = |place: usize| Some(marks[place] << 60).filter(|mark| *mark > 0);
        let marks = Marks { business: mark(0), account: mark(1), papers: mark(2), sales: mark(3) };
        let mut flags = Flags::default();
        let first = register.enter(&marks, row, &mut flags);
        (flags.iter().collect(), first)
    }

    #[test]
    fn the_second_claim_is_flagged_and_points_to_the_first() {
        let mut register = Register::default();
        assert_eq!(entered(&mut register, 1, [1, 1, 1, 1]), (vec![], None));
        assert_eq!(entered(&mut register, 2, [2, 2, 2, 2]), (vec![], None));
        let same = vec![Flag::SameBusiness, Flag::SamePapers];
        assert_eq!(entered(&mut register, 3, [2, 2, 1, 3]), (same, Some(1)));
        assert_eq!(entered(&mut register, 4, [4, 1, 0, 0]), (vec![Flag::SameAccount], Some(1)));
        assert_eq!(entered(&mut register, 5, [5, 0, 0, 2]), (vec![Flag::SameSales], Some(2)));
        assert_eq!(entered(&mut register, 6, [0; 4]), (vec![], None), "nothing said is nothing in common");
    }

    #[test]
    fn the_same_sales_alone_hold_nobody_back() {
        let mut flags = Flags::default();
        flags.raise(Flag::SameSales);
        assert!(!flags.hold());
        flags.raise(Flag::Hours);
        assert!(flags.hold());
    }
}
