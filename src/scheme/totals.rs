//! Totals: what all claims come to, in all and by what they have in common.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::assess::Assessment;
use super::flags::{Flag, Flags};
use super::tally::Tally;

/// By what claims are added up, beside rule and band.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// Industry.
    Industry,
    /// Region.
    Region,
    /// Service that failed.
    Service,
}

impl By {
    /// Each, in the order in which they are told.
    pub const ALL: [Self; 3] = [Self::Industry, Self::Region, Self::Service];
}

/// The most groups that are told apart; what comes after them is one group.
const MOST_GROUPS: usize = 1_000;

/// Words that are looked for one by one before they are looked up.
const FEW: usize = 16;

/// Counts claims by few bands and words, without a look-up for each.
#[derive(Clone, Debug, Default)]
pub struct Few {
    bands: Vec<((u8, Option<u8>), Tally)>,
    words: [Words; 3],
}

#[derive(Clone, Debug, Default)]
struct Words {
    few: Vec<(String, Tally)>,
}

impl Words {
    /// Returns the tally of a word, where there is room for it.
    #[inline]
    fn of(&mut self, word: &str) -> Option<&mut Tally> {
        // Byte by byte: a call costs more than short words are worth.
        let same = |known: &str| {
            known.len() == word.len()
                && known.bytes().rev().zip(word.bytes().rev()).all(|(one, other)| one == other)
        };
        let place = match self.few.iter().position(|(known, _)| same(known)) {
            Some(place) => place,
            None if self.few.len() < FEW => {
                self.few.push((word.to_owned(), Tally::default()));
                self.few.len() - 1
            }
            None => return None,
        };
        Some(&mut self.few[place].1)
    }
}

/// What all claims of a file come to; totals of parts add up in any order as long as
/// there are no more groups than are told apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// All rows.
    pub all: Tally,
    /// By rule and band, each by its place.
    pub bands: BTreeMap<(u8, Option<u8>), Tally>,
    /// By industry, region and service.
    pub groups: [Groups; 3],
    /// Claims with each flag.
    pub flags: [u64; Flag::ALL.len()],
    /// Rows that are no claim, by reason.
    pub rejects: BTreeMap<Cow<'static, str>, u64>,
}

impl Totals {
    /// Counts a claim with its words for industry, region and service, where claims say any;
    /// what is counted in `few` is taken in by [`Self::take_in`].
    #[inline]
    pub fn add(&mut self, assessment: &Assessment, flags: Flags, words: [Option<&str>; 3], few: &mut Few) {
        self.all.add(assessment);
        if let Some(rule) = assessment.rule {
            let band = (rule, assessment.band);
            match few.bands.iter_mut().find(|(known, _)| *known == band) {
                Some((_, tally)) => tally.add(assessment),
                None => {
                    few.bands.push((band, Tally::default()));
                    few.bands.last_mut().expect("just added").1.add(assessment);
                }
            }
        }
        for ((groups, few), word) in self.groups.iter_mut().zip(&mut few.words).zip(words) {
            let Some(word) = word else { continue };
            match few.of(word) {
                Some(tally) => tally.add(assessment),
                None => groups.of(word).add(assessment),
            }
        }
        if flags != Flags::default() {
            flags.iter().for_each(|flag| self.flags[flag as usize] += 1);
        }
    }

    /// Adds what was counted by few bands and words.
    pub fn take_in(&mut self, few: &mut Few) {
        for (band, tally) in few.bands.drain(..) {
            self.bands.entry(band).or_default().merge(&tally);
        }
        for (groups, few) in self.groups.iter_mut().zip(&mut few.words) {
            for (word, tally) in few.few.drain(..) {
                groups.of(&word).merge(&tally);
            }
        }
    }

    /// Counts a row that is no claim.
    pub fn reject(&mut self, why: &'static str) {
        self.all.reject();
        *self.rejects.entry(Cow::Borrowed(why)).or_default() += 1;
    }

    /// Adds what another part has counted.
    pub fn merge(&mut self, other: &Self) {
        self.all.merge(&other.all);
        for (key, tally) in &other.bands {
            self.bands.entry(*key).or_default().merge(tally);
        }
        for (groups, others) in self.groups.iter_mut().zip(&other.groups) {
            for (word, tally) in &others.named {
                groups.of(word).merge(tally);
            }
            groups.others.merge(&others.others);
        }
        for (count, more) in self.flags.iter_mut().zip(other.flags) {
            *count += more;
        }
        for (why, count) in &other.rejects {
            *self.rejects.entry(why.clone()).or_default() += count;
        }
    }

    /// Returns the groups of a kind; nothing where no claim says any.
    #[must_use]
    pub fn by(&self, by: By) -> Option<&Groups> {
        let groups = &self.groups[by as usize];
        let said = groups.named.keys().any(|word| !word.is_empty()) || groups.others.rows() > 0;
        said.then_some(groups)
    }
}

/// Claims by a word of theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    /// Under the words of the file; an empty word is that of a claim that says none.
    pub named: BTreeMap<String, Tally>,
    /// All groups beyond the most that are told apart.
    pub others: Tally,
}

impl Groups {
    fn of(&mut self, word: &str) -> &mut Tally {
        // Two look-ups cost less than a copy of the word for every claim.
        if self.named.contains_key(word) {
            return self.named.get_mut(word).expect("it was there");
        }
        if self.named.len() >= MOST_GROUPS {
            return &mut self.others;
        }
        self.named.entry(word.to_owned()).or_default()
    }
}
