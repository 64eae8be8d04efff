//! Seen: which of very many names and numbers stood in a file before, in few bytes each.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Digests a text; of what kind it is counts too.
#[must_use]
pub fn digest(kind: &str, bytes: &[u8]) -> u128 {
    let half = |which: u8| {
        let mut hasher = DefaultHasher::new();
        (which, kind, bytes).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}

/// Tables of which a digest belongs to one by its first 12 bits.
const TABLES: usize = 1 << 12;

/// Bits of a digest that a table keeps, beside the 12 that name it.
const KEPT: u32 = 56;

/// Digests, each kept to 68 bits, with what was noted of the first of each.
///
/// # Formula
///
/// Two of `n` different texts are taken for one with a chance of `n² / 2⁶⁹`: one in
/// 24 million for 5 million claims, one in 240,000 for 50 million.
#[derive(Clone, Debug)]
pub(super) struct Seen<T> {
    tables: Vec<Table<T>>,
}

#[derive(Clone, Debug)]
struct Table<T> {
    /// Seven bytes for each digest; all zero where there is none.
    slots: Vec<[u8; 7]>,
    notes: Vec<T>,
    /// Slots that are the home of some digest; what found its own taken stands behind it.
    homes: usize,
    used: usize,
}

impl<T> Default for Seen<T> {
    fn default() -> Self {
        Self { tables: Vec::new() }
    }
}

impl<T: Copy + Default> Seen<T> {
    /// Enters a digest, or returns what was noted of it when it was first seen.
    pub(super) fn enter(&mut self, digest: u128, note: T) -> Option<T> {
        if self.tables.is_empty() {
            self.tables.resize_with(TABLES, || Table { slots: vec![], notes: vec![], homes: 0, used: 0 });
        }
        let table = &mut self.tables[(digest >> 116) as usize];
        let kept = ((digest >> 60) as u64) & ((1 << KEPT) - 1);
        table.enter(kept.max(1), note)
    }
}

/// Slots behind the last home, where digests begin to stand that found it taken.
const SPILL: usize = 64;

impl<T: Copy + Default> Table<T> {
    /// Digests stand in their order, each at its home or behind it, so that a table that is
    /// nearly full tells after a few steps that one is not there, and grows in one pass.
    fn enter(&mut self, kept: u64, note: T) -> Option<T> {
        // Small steps: memory is what is short here, and a table fits the processor's cache.
        if self.used * 10 >= self.homes * 9 {
            self.grow();
        }
        let before = |slot: &[u8; 7]| word(*slot) != 0 && word(*slot) < kept;
        let home = self.home(kept);
        let at = home + self.slots[home..].iter().take_while(|slot| before(slot)).count();
        if self.slots.get(at).is_some_and(|slot| word(*slot) == kept) {
            return Some(self.notes[at]);
        }
        let taken = self.slots[at..].iter().take_while(|slot| word(**slot) != 0).count();
        if at + taken == self.slots.len() {
            self.spill();
        }
        self.slots.copy_within(at..at + taken, at + 1);
        self.notes.copy_within(at..at + taken, at + 1);
        (self.slots[at], self.notes[at]) = (bytes(kept), note);
        self.used += 1;
        None
    }

    fn home(&self, kept: u64) -> usize {
        ((u128::from(kept) * self.homes as u128) >> KEPT) as usize
    }

    /// Adds slots behind the last home.
    #[cold]
    fn spill(&mut self) {
        self.slots.reserve_exact(SPILL);
        self.notes.reserve_exact(SPILL);
        self.slots.resize(self.slots.len() + SPILL, [0; 7]);
        self.notes.resize(self.notes.len() + SPILL, T::default());
    }

    fn grow(&mut self) {
        self.homes += self.homes / 16 + 8;
        let slots = std::mem::replace(&mut self.slots, vec![[0; 7]; self.homes + SPILL]);
        let notes = std::mem::replace(&mut self.notes, vec![T::default(); self.homes + SPILL]);
        let mut next = 0;
        for (slot, note) in slots.into_iter().zip(notes).filter(|(slot, _)| word(*slot) != 0) {
            let at = self.home(word(slot)).max(next);
            if at == self.slots.len() {
                self.spill();
            }
            (self.slots[at], self.notes[at]) = (slot, note);
            next = at + 1;
        }
    }
}

fn word(slot: [u8; 7]) -> u64 {
    let [a, b, c, d, e, f, g] = slot;
    u64::from_le_bytes([a, b, c, d, e, f, g, 0])
}

fn bytes(kept: u64) -> [u8; 7] {
    let [a, b, c, d, e, f, g, _] = kept.to_le_bytes();
    [a, b, c, d, e, f, g]
}

/// Names that count up: `A-0001`, `A-0002` and so on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What stands before the number.
    pub prefix: String,
    /// Digits of the number.
    pub width: u8,
    /// The first number.
    pub from: u64,
    /// The number after the last.
    pub to: u64,
}

impl Run {
    fn name(&self, number: u64, into: &mut String) {
        into.clear();
        let width = usize::from(self.width);
        let _ = write!(into, "{}{number:0width$}", self.prefix);
    }
}

/// Parts a name into what stands before its last number, and that number's digits.
fn parted(name: &str) -> Option<(&str, &str)> {
    let digits = name.bytes().rev().take(18).take_while(u8::is_ascii_digit).count();
    (digits > 0).then(|| name.split_at(name.len() - digits))
}

/// Names of some claims, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    kind: Kind,
    /// The name that would follow the last one, where it counts up.
    next: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// Names that mostly count up.
    Runs(Vec<Run>),
    /// Digests of any others.
    Digests(Vec<u128>),
}

impl Default for Names {
    fn default() -> Self {
        Self { kind: Kind::Runs(vec![]), next: vec![] }
    }
}

/// Runs of one list of names, up to which a run takes less than its digests.
const FEW: usize = 32;

impl Names {
    /// Adds a name.
    #[inline]
    pub fn push(&mut self, name: &str) {
        if let Kind::Runs(runs) = &mut self.kind
            && let Some(last) = runs.last_mut()
            && self.next == name.as_bytes()
        {
            last.to += 1;
            count_up(&mut self.next, last.width);
        } else {
            self.push_other(name);
        }
    }

    /// Adds a name that does not follow the last one.
    fn push_other(&mut self, name: &str) {
        if let Kind::Runs(runs) = &mut self.kind {
            let told = parted(name)
                .and_then(|(prefix, digits)| Some((prefix, digits, digits.parse::<u64>().ok()?)));
            if let Some((prefix, digits, number)) = told
                && runs.len() < FEW
            {
                let width = digits.len() as u8;
                runs.push(Run { prefix: prefix.to_owned(), width, from: number, to: number + 1 });
                self.next.clear();
                self.next.extend_from_slice(name.as_bytes());
                count_up(&mut self.next, width);
                return;
            }
            self.kind = Kind::Digests(digests(runs));
        }
        if let Kind::Digests(digests) = &mut self.kind {
            digests.push(digest("id", name.as_bytes()));
        }
    }
}

/// Adds one to the digits at the end of a name; where they are too few, no name follows.
#[inline]
fn count_up(name: &mut Vec<u8>, width: u8) {
    for digit in name.iter_mut().rev().take(width.into()) {
        if *digit < b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    name.clear();
}

fn digests(runs: &[Run]) -> Vec<u128> {
    let (mut found, mut name) = (Vec::new(), String::new());
    for run in runs {
        for number in run.from..run.to {
            run.name(number, &mut name);
            found.push(digest("id", name.as_bytes()));
        }
    }
    found
}

/// Stretches that are kept as such; beyond them names are kept as digests.
const MOST_STRETCHES: usize = 10_000;

/// The names of all claims so far. Names that count up take no memory and are told apart
/// exactly; any others take some ten bytes each, as digests.
#[derive(Clone, Debug)]
pub struct Ids {
    kept: Kept,
}

/// Stretches of numbers by what stands before them and their digits, each with its end.
type Stretches = BTreeMap<(String, u8), BTreeMap<u64, u64>>;

#[derive(Clone, Debug)]
enum Kept {
    Stretches(Stretches, usize),
    Digests(Seen<()>),
}

impl Default for Ids {
    fn default() -> Self {
        Self { kept: Kept::Stretches(BTreeMap::new(), 0) }
    }
}

impl Ids {
    /// Enters a name, and returns whether no claim had it before.
    pub fn enter(&mut self, name: &str) -> bool {
        let mut names = Names::default();
        names.push(name);
        let mut again = vec![];
        self.enter_all(&names, &mut again);
        again.is_empty()
    }

    /// Enters names in their order, and adds the places of those that stood before.
    pub fn enter_all(&mut self, names: &Names, again: &mut Vec<u32>) {
        if let (Kept::Stretches(stretches, count), Kind::Runs(runs)) = (&mut self.kept, &names.kind)
            && *count + runs.len() < MOST_STRETCHES
        {
            let mut place = 0;
            for run in runs {
                enter_run(stretches, run, place, again);
                place += (run.to - run.from) as u32;
            }
            *count = stretches.values().map(BTreeMap::len).sum();
            return;
        }
        if let Kept::Stretches(stretches, _) = &self.kept {
            let mut seen = Seen::default();
            for digest in digests(&runs(stretches)) {
                seen.enter(digest, ());
            }
            self.kept = Kept::Digests(seen);
        }
        let Kept::Digests(seen) = &mut self.kept else { return };
        let mut enter = |digests: &[u128]| {
            for (place, digest) in digests.iter().enumerate() {
                if seen.enter(*digest, ()).is_some() {
                    again.push(place as u32);
                }
            }
        };
        match &names.kind {
            Kind::Runs(runs) => enter(&digests(runs)),
            Kind::Digests(digests) => enter(digests),
        }
    }

    /// Returns all names, where all of them count up.
    #[must_use]
    pub fn runs(&self) -> Option<Vec<Run>> {
        match &self.kept {
            Kept::Stretches(stretches, _) => Some(runs(stretches)),
            Kept::Digests(_) => None,
        }
    }

    /// Takes names that count up as those of all claims so far.
    #[must_use]
    pub fn of_runs(runs: &[Run]) -> Self {
        let mut stretches = BTreeMap::new();
        for run in runs {
            enter_run(&mut stretches, run, 0, &mut vec![]);
        }
        let count = stretches.values().map(BTreeMap::len).sum();
        Self { kept: Kept::Stretches(stretches, count) }
    }
}

fn runs(stretches: &Stretches) -> Vec<Run> {
    let of = |((prefix, width), ends): (&(String, u8), &BTreeMap<u64, u64>)| {
        let (prefix, width) = (prefix.clone(), *width);
        ends.iter()
            .map(|(from, to)| Run { prefix: prefix.clone(), width, from: *from, to: *to })
            .collect::<Vec<_>>()
    };
    stretches.iter().flat_map(of).collect()
}

fn enter_run(stretches: &mut Stretches, run: &Run, place: u32, again: &mut Vec<u32>) {
    let ends = stretches.entry((run.prefix.clone(), run.width)).or_default();
    let overlaps = |ends: &BTreeMap<u64, u64>, from: u64, to: u64| {
        ends.range(..to).next_back().is_some_and(|(_, end)| *end > from)
    };
    if !overlaps(ends, run.from, run.to) {
        join(ends, run.from, run.to);
        return;
    }
    for number in run.from..run.to {
        if overlaps(ends, number, number + 1) {
            again.push(place + (number - run.from) as u32);
        } else {
            join(ends, number, number + 1);
        }
    }
}

/// Adds a stretch that no other touches inside, and joins it to its neighbours.
fn join(ends: &mut BTreeMap<u64, u64>, from: u64, to: u64) {
    let before = ends.range(..from).next_back().filter(|(_, end)| **end == from).map(|(start, _)| *start);
    let end = ends.remove(&to).unwrap_or(to);
    ends.insert(before.unwrap_or(from), end);
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_that_count_up_are_one_stretch_whatever_their_number() {
        let mut ids = Ids::default();
        for from in (0..1_000_u64).map(|chunk| chunk * 1_000) {
            let mut names = Names::default();
            (from..from + 1_000).for_each(|number| names.push(&format!("M-{number:07}")));
            let mut again = vec![];
            ids.enter_all(&names, &mut again);
            assert!(again.is_empty());
        }
        assert_eq!(ids.runs().unwrap(), [Run { prefix: "M-".into(), width: 7, from: 0, to: 1_000_000 }]);
        assert!(!ids.enter("M-0500000"));
        assert!(ids.enter("M-500000"), "another number of digits is another name");
        assert!(ids.enter("N-0500000"));
    }

    #[test]
    fn the_second_of_a_name_is_told_as_a_plain_set_tells_it() {
        // Names that count up, jump, come back, and have no number at all.
        let name = |n: u64| match n % 7 {
            0..=3 => format!("A{}", n / 3),
            4 => format!("B{}", n % 50),
            5 => format!("x{:04x}", n.wrapping_mul(0x9e37_79b9) % 997),
            _ => "ABC".chars().cycle().take((n % 13) as usize + 1).collect(),
        };
        for chunk in [1, 7, 100, 1_000] {
            let (mut ids, mut set) = (Ids::default(), HashSet::new());
            for from in (0..20_000).step_by(chunk) {
                let mut names = Names::default();
                let all: Vec<_> = (from..from + chunk as u64).map(name).collect();
                all.iter().for_each(|name| names.push(name));
                let mut again = vec![];
                ids.enter_all(&names, &mut again);
                let expected: Vec<_> = (0_u32..)
                    .zip(&all)
                    .filter(|(_, name)| !set.insert((*name).clone()))
                    .map(|(place, _)| place)
                    .collect();
                assert_eq!(again, expected, "from {from} on, {chunk} at a time");
            }
        }
    }

    #[test]
    fn digests_that_crowd_at_one_end_are_told_apart_too() {
        for crowd in [0, 1 << 115, u128::MAX << 88] {
            let mut seen = Seen::default();
            for round in 0..2 {
                for number in 0..1_000_u32 {
                    // In any order, as the multiple of an odd number is.
                    let place = number * 389 % 1_000;
                    let first = seen.enter(crowd | u128::from(place + 1) << 60, place);
                    assert_eq!(first, (round == 1).then_some(place));
                }
            }
        }
    }

    #[test]
    fn a_hundred_thousand_digests_are_told_apart_and_keep_their_notes() {
        let mut seen = Seen::default();
        for round in 0..2 {
            for number in 0..100_000_u32 {
                let first = seen.enter(digest("row", &number.to_le_bytes()), number);
                assert_eq!(first, (round == 1).then_some(number));
            }
        }
    }
}
