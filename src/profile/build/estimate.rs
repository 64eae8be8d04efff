//! Week, season, trend and named days out of days of sales.

use std::fmt;

use jiff::civil::Date;

use super::cells::Day;
use super::figures::{Figure, Growth, Outlier};
use super::question::{Growing, Question, SeasonBy};
use crate::profile::{HOURS_OF_WEEK, ShapeError, WeekShape};

/// A local day.
#[derive(Clone, Debug, PartialEq)]
pub struct DayOfSales {
    /// Which day.
    pub date: Date,
    /// What each hour brought.
    pub amounts: [f64; 24],
    /// How long each hour was, in hours; 0 where it does not count.
    pub hours: [f64; 24],
    /// The kind of a named day, as a place in a list.
    pub kind: Option<usize>,
}

/// What was found in the days.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// Money an hour in the ordinary week, at the middle of the days and at a season of 1.
    pub week: Vec<Figure>,
    /// What was asked.
    pub question: Question,
    /// Factor of each part of the year; one of 1 where there is no season.
    pub season: Vec<Figure>,
    /// The trend, where there is one.
    pub growth: Option<Growth>,
    /// Factor of each kind of named day; none where no such day is in the data.
    pub kinds: Vec<Option<Figure>>,
    /// The day to which the week's level belongs.
    pub middle: Date,
    /// Ordinary days.
    pub ordinary: usize,
    /// Figures that were estimated on them.
    pub parameters: usize,
    /// Rounds of the iteration.
    pub rounds: u32,
    /// Ordinary days far from what they should have brought, the farthest first.
    pub outliers: Vec<Outlier>,
}

impl Estimate {
    /// Returns the week with an average hour of 1, and the money that such an hour brings.
    ///
    /// # Errors
    ///
    /// Refuses a week without any sale.
    pub fn relative(&self) -> Result<(Vec<Figure>, f64), ShapeError> {
        let weights: Vec<f64> = self.week.iter().map(|hour| hour.value).collect();
        let shape = WeekShape::of_week(&weights)?;
        let mean = shape.weights().iter().sum::<f64>() / HOURS_OF_WEEK as f64;
        Ok((self.week.iter().map(|hour| hour.times(1.0 / mean)).collect(), mean))
    }
}

/// No factor moves by more than this part of itself when it is settled.
const SETTLED: f64 = 1e-13;

/// Rounds after which an estimate that has not settled never will.
const ROUNDS: u32 = 20_000;

/// Days of a year, as calendars count them in the long run.
const YEAR: f64 = 365.2425;

/// An outlier lies this many robust standard deviations away, in logarithms.
const FAR: f64 = 6.0;

/// Days that all but agree have no outliers: the scale is at least this, in logarithms.
const LEAST: f64 = 0.05;

/// Standard deviation of a normal law over its median absolute deviation.
const ROBUST: f64 = 1.4826;

/// Estimates week, season and trend on ordinary days, and then the named days.
///
/// # Formula
///
/// See [`crate::profile::build`]. With `F` for season and trend of a day, `e` for the
/// length of an hour and `E` for what the week makes of a day, a round is
///
/// ```text
/// week(h)   = Σ y / Σ e·F                over the hours h of the days
/// season(p) = Σ Y / Σ E·exp(g·x)         over the days of p, then brought to mean 1
/// g         = g + Σ x·(Y - E·F) / Σ x²·E·F
/// ```
///
/// and rounds go on until nothing moves. Then, over the named days of a kind:
///
/// ```text
/// kind(k)   = Σ Y / Σ E·F
/// ```
///
/// # Errors
///
/// Refuses an hour of the week that no day has, sums below zero, and what does not settle.
pub fn estimate(days: &[DayOfSales], question: Question, kinds: usize) -> Result<Estimate, EstimateError> {
    let ordinary: Vec<&DayOfSales> = days.iter().filter(|day| day.kind.is_none()).collect();
    let (Some(first), Some(last)) = (ordinary.first(), ordinary.last()) else {
        return Err(EstimateError::NoDay);
    };
    let middle = i32::midpoint(Day::of(first.date).0, Day::of(last.date).0);
    let mut model = Model::new(question, middle);
    let rounds = model.settle(&ordinary)?;
    let settled: Vec<Settled<'_>> = ordinary.iter().map(|day| model.settled(day)).collect();
    let week = (0..HOURS_OF_WEEK).map(|hour| model.hour(hour, &settled)).collect();
    let season = (0..question.season.parts()).map(|part| model.part(part, &settled)).collect();
    let of_kind = |kind: usize| -> Result<Option<Figure>, EstimateError> {
        let named = days.iter().filter(|day| day.kind == Some(kind));
        let named: Vec<(f64, f64)> =
            named.map(|day| model.settled(day)).map(|day| (day.brought, day.expected)).collect();
        match Figure::of(named.into_iter()) {
            Some(figure) if figure.value < 0.0 => Err(EstimateError::NegativeKind { kind }),
            figure => Ok(figure),
        }
    };
    Ok(Estimate {
        week,
        season,
        growth: model.growth(&settled),
        kinds: (0..kinds).map(of_kind).collect::<Result<_, _>>()?,
        middle: Day(middle).date(),
        ordinary: ordinary.len(),
        parameters: HOURS_OF_WEEK + question.season.parts() - 1
            + usize::from(question.growing == Growing::Estimated),
        rounds,
        outliers: outliers(&settled),
        question,
    })
}

/// The factors, as they stand in a round.
struct Model {
    question: Question,
    middle: i32,
    week: [f64; HOURS_OF_WEEK],
    season: Vec<f64>,
    /// Logarithm of a year's growth.
    growth: f64,
}

/// A day beside what the model makes of it.
struct Settled<'d> {
    day: &'d DayOfSales,
    weekday: usize,
    part: usize,
    x: f64,
    /// Season and trend.
    factor: f64,
    brought: f64,
    expected: f64,
}

impl Model {
    fn new(question: Question, middle: i32) -> Self {
        let growth = match question.growing {
            Growing::Given(per_year) => libm::log1p(per_year),
            Growing::Not | Growing::Estimated => 0.0,
        };
        let season = vec![1.0; question.season.parts()];
        Self { question, middle, week: [1.0; HOURS_OF_WEEK], season, growth }
    }

    fn settled<'d>(&self, day: &'d DayOfSales) -> Settled<'d> {
        let at = Day::of(day.date);
        let (weekday, part) = (at.weekday(), self.question.season.part(day.date));
        let x = f64::from(at.0 - self.middle) / YEAR;
        let factor = self.season[part] * libm::exp(self.growth * x);
        let week = &self.week[weekday * 24..][..24];
        let of_week: f64 = week.iter().zip(day.hours).map(|(weight, length)| weight * length).sum();
        // What does not count did not bring anything either.
        let counted = day.amounts.iter().zip(day.hours).filter(|(_, length)| *length > 0.0);
        let brought = counted.map(|(amount, _)| amount).sum();
        Settled { day, weekday, part, x, factor, brought, expected: of_week * factor }
    }

    fn settle(&mut self, days: &[&DayOfSales]) -> Result<u32, EstimateError> {
        for round in 1..=ROUNDS {
            let (week, season, growth) = (self.week, self.season.clone(), self.growth);
            self.week_from(days)?;
            self.season_from(days)?;
            if self.question.growing == Growing::Estimated {
                self.growth_from(days);
            }
            let apart = |now: f64, before: f64| (now - before).abs() / now.abs().max(f64::MIN_POSITIVE);
            let mut moved = (self.growth - growth).abs();
            let pairs = self.week.iter().zip(&week).chain(self.season.iter().zip(&season));
            pairs.for_each(|(now, before)| moved = moved.max(apart(*now, *before)));
            let alone = self.season.len() == 1 && self.question.growing != Growing::Estimated;
            if moved < SETTLED || alone && round > 1 {
                return Ok(round);
            }
        }
        Err(EstimateError::NotSettled)
    }

    fn week_from(&mut self, days: &[&DayOfSales]) -> Result<(), EstimateError> {
        let (mut brought, mut units) = ([0.0; HOURS_OF_WEEK], [0.0; HOURS_OF_WEEK]);
        for day in days {
            let Settled { weekday, factor, .. } = self.settled(day);
            for hour in (0..24).filter(|hour| day.hours[*hour] > 0.0) {
                brought[weekday * 24 + hour] += day.amounts[hour];
                units[weekday * 24 + hour] += day.hours[hour] * factor;
            }
        }
        for hour in 0..HOURS_OF_WEEK {
            if units[hour] <= 0.0 {
                return Err(EstimateError::HourNeverSeen { hour });
            }
            if brought[hour] < 0.0 {
                return Err(EstimateError::NegativeHour { hour, total: brought[hour] });
            }
            self.week[hour] = brought[hour] / units[hour];
        }
        Ok(())
    }

    fn season_from(&mut self, days: &[&DayOfSales]) -> Result<(), EstimateError> {
        let by = self.question.season;
        if by == SeasonBy::None {
            return Ok(());
        }
        let (mut brought, mut units) = (vec![0.0; by.parts()], vec![0.0; by.parts()]);
        for settled in days.iter().map(|day| self.settled(day)) {
            brought[settled.part] += settled.brought;
            units[settled.part] += settled.expected / self.season[settled.part].max(f64::MIN_POSITIVE);
        }
        for part in 0..by.parts() {
            if brought[part] < 0.0 {
                return Err(EstimateError::NegativePart { part });
            }
            // A part of the year in which every weekday that is open was left out.
            self.season[part] = if units[part] > 0.0 { brought[part] / units[part] } else { 1.0 };
            // Nothing at all would never come back from nothing.
            self.season[part] = self.season[part].max(NOTHING);
        }
        let mean = (0..by.parts()).map(|part| by.days(part) * self.season[part]).sum::<f64>() / 365.0;
        self.season.iter_mut().for_each(|factor| *factor /= mean);
        self.week.iter_mut().for_each(|weight| *weight *= mean);
        Ok(())
    }

    fn growth_from(&mut self, days: &[&DayOfSales]) {
        let (mut score, mut information) = (0.0, 0.0);
        for Settled { x, brought, expected, .. } in days.iter().map(|day| self.settled(day)) {
            score += x * (brought - expected);
            information += x * x * expected;
        }
        if information > 0.0 {
            self.growth += (score / information).clamp(-1.0, 1.0);
        }
    }

    fn hour(&self, hour: usize, days: &[Settled<'_>]) -> Figure {
        let of_hour = days.iter().filter(|day| day.weekday == hour / 24);
        let counted = of_hour.filter(|day| day.day.hours[hour % 24] > 0.0);
        let pair = |day: &Settled<'_>| (day.day.amounts[hour % 24], day.day.hours[hour % 24] * day.factor);
        Figure::of(counted.map(pair)).unwrap_or_default()
    }

    fn part(&self, part: usize, days: &[Settled<'_>]) -> Figure {
        let season = self.season[part];
        if self.question.season == SeasonBy::None {
            return Figure { value: 1.0, count: days.len(), ..Figure::default() };
        }
        let of_part = days.iter().filter(|day| day.part == part);
        let pairs = of_part.map(|day| (day.brought, day.expected / season));
        let figure = Figure::of(pairs).unwrap_or_default();
        Figure { value: if season <= 2.0 * NOTHING { 0.0 } else { season }, ..figure }
    }

    /// # Formula
    ///
    /// The error allows for the season, of whose parts each has a mean `x` of its own:
    ///
    /// ```text
    /// error(g)² = Σ (Y - E·F)² / E·F / (n - p) / Σ E·F·(x - mean x of the part)²
    /// ```
    fn growth(&self, days: &[Settled<'_>]) -> Option<Growth> {
        let per_year = libm::expm1(self.growth);
        match self.question.growing {
            Growing::Not => None,
            Growing::Given(_) => Some(Growth { per_year, error: None }),
            Growing::Estimated => {
                let parts = self.season.len();
                let (mut weight, mut first) = (vec![0.0; parts], vec![0.0; parts]);
                for day in days {
                    weight[day.part] += day.expected;
                    first[day.part] += day.expected * day.x;
                }
                let (mut information, mut apart) = (0.0, 0.0);
                for day in days.iter().filter(|day| day.expected > 0.0) {
                    let x = day.x - first[day.part] / weight[day.part];
                    information += day.expected * x * x;
                    apart += (day.brought - day.expected) * (day.brought - day.expected) / day.expected;
                }
                let free = days.len() as f64 - (7 + parts) as f64;
                let error = (information > 0.0 && free > 0.0).then(|| (apart / free / information).sqrt());
                Some(Growth { per_year, error: error.map(|error| error * (1.0 + per_year)) })
            }
        }
    }
}

/// Stands for a part of the year that brings nothing, while the iteration goes on.
const NOTHING: f64 = 1e-12;

/// Days far from the middle of their weekday and of their part of the year: a median
/// is not moved by the very day that is looked for, as the estimate is.
fn outliers(days: &[Settled<'_>]) -> Vec<Outlier> {
    let sold: Vec<&Settled<'_>> =
        days.iter().filter(|day| day.expected > 0.0 && day.brought != 0.0).collect();
    let mut expected: Vec<f64> = sold.iter().map(|day| day.expected).collect();
    let logarithm = |day: &Settled<'_>, expected: f64| libm::log((day.brought / expected).max(NOTHING));
    let groups: [&dyn Fn(&Settled<'_>) -> usize; 2] = [&|day| day.weekday, &|day| day.part];
    for group in groups {
        for of in 0..days.iter().map(group).max().map_or(0, |last| last + 1) {
            let those: Vec<usize> = (0..sold.len()).filter(|place| group(sold[*place]) == of).collect();
            let middle = median(those.iter().map(|place| logarithm(sold[*place], expected[*place])));
            those.iter().for_each(|place| expected[*place] *= libm::exp(middle));
        }
    }
    let apart = |(day, expected): (&Settled<'_>, f64)| logarithm(day, expected).abs();
    let pairs = || sold.iter().copied().zip(expected.iter().copied());
    let scale = ROBUST * median(pairs().map(apart));
    let mut found: Vec<_> = pairs().filter(|pair| apart(*pair) > FAR * scale.max(LEAST)).collect();
    found.sort_by(|a, b| apart(*b).total_cmp(&apart(*a)));
    let outlier = |(day, expected): (&Settled<'_>, f64)| Outlier {
        date: day.day.date,
        brought: day.brought,
        expected,
    };
    found.into_iter().map(outlier).collect()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => 0.0,
        n if n % 2 == 1 => values[n / 2],
        n => f64::midpoint(values[n / 2 - 1], values[n / 2]),
    }
}

/// Days out of which no profile can be made.
#[derive(Clone, Debug, PartialEq)]
pub enum EstimateError {
    /// There is no ordinary day.
    NoDay,
    /// No day has this hour of the week.
    HourNeverSeen {
        /// Which, from Monday 00:00 on.
        hour: usize,
    },
    /// More was given back in this hour of the week than was sold.
    NegativeHour {
        /// Which, from Monday 00:00 on.
        hour: usize,
        /// The sum.
        total: f64,
    },
    /// More was given back in this part of the year than was sold.
    NegativePart {
        /// Which, counted from 0.
        part: usize,
    },
    /// More was given back on named days of this kind than was sold.
    NegativeKind {
        /// Which, as a place in the list.
        kind: usize,
    },
    /// The rounds do not come to an end.
    NotSettled,
}

impl fmt::Display for EstimateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DAYS: [&str; 7] =
            ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        match self {
            Self::NoDay => write!(f, "there is no ordinary day to estimate from"),
            Self::HourNeverSeen { hour } => {
                write!(f, "no ordinary day has {} {:02}:00", DAYS[hour / 24], hour % 24)
            }
            Self::NegativeHour { hour, total } => {
                let (day, hour) = (DAYS[hour / 24], hour % 24);
                write!(f, "on {day} {hour:02}:00 refunds outweigh sales by {:.0}", -total)
            }
            Self::NegativePart { part } => {
                write!(f, "in part {} of the year refunds outweigh sales", part + 1)
            }
            Self::NegativeKind { .. } => write!(f, "on days of one name refunds outweigh sales"),
            Self::NotSettled => write!(f, "season and trend cannot be told apart in these days"),
        }
    }
}

impl std::error::Error for EstimateError {}

#[cfg(test)]
mod tests;
