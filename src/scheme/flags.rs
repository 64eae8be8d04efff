//! Flags: what two claims should not have in common, and what no claim can be.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

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
        self.iter().any(Flag::holds)
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

/// The marks of all claims so far, and the row in which each stood first.
#[derive(Debug, Default)]
pub struct Register {
    business: HashMap<u128, u64>,
    account: HashMap<u128, (u64, Option<u128>)>,
    papers: HashMap<u128, u64>,
    sales: HashMap<u128, u64>,
}

impl Register {
    /// Raises the flags of a claim against all before it, and returns the row of the
    /// first that has something in common with it.
    pub fn enter(&mut self, marks: &Marks, row: u64, flags: &mut Flags) -> Option<u64> {
        let mut first: Option<u64> = None;
        let mut meet = |flag, at: Option<u64>| {
            if let Some(at) = at {
                flags.raise(flag);
                first = Some(first.map_or(at, |earlier| earlier.min(at)));
            }
        };
        meet(Flag::SameBusiness, entered(&mut self.business, marks.business, row));
        if let Some(account) = marks.account {
            match self.account.entry(account) {
                // The owner of two shops may have one account: that is told by its number.
                Entry::Occupied(held) if marks.business.is_none() || held.get().1 != marks.business => {
                    meet(Flag::SameAccount, Some(held.get().0));
                }
                Entry::Occupied(_) => {}
                Entry::Vacant(free) => {
                    free.insert((row, marks.business));
                }
            }
        }
        meet(Flag::SamePapers, entered(&mut self.papers, marks.papers, row));
        meet(Flag::SameSales, entered(&mut self.sales, marks.sales, row));
        first
    }
}

fn entered(rows: &mut HashMap<u128, u64>, mark: Option<u128>, row: u64) -> Option<u64> {
    match rows.entry(mark?) {
        Entry::Occupied(held) => Some(*held.get()),
        Entry::Vacant(free) => {
            free.insert(row);
            None
        }
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
        let mark = |place: usize| Some(marks[place]).filter(|mark| *mark > 0);
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
