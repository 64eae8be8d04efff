//! A study: years drawn, priced, tallied, and written into tables as they come.

use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::ord::Folder;
use super::sink::Sink;
use super::workers::{Wanted, in_order, stopped};
use super::{for_people, note};
use crate::cli::error::Error;
use crate::quantity::Share;
use crate::risk::{
    BLOCK, Events, Losses, Measure, Part, Pricing, Rule, Simulation, Subject, Summary, Tallies, of_block,
    pilot_blocks,
};
use crate::scenario::Scenario;
use crate::view::simulation::tables;

/// Blocks of years from which on a standard error says something.
const LEAST: u64 = 8;

/// What is to be drawn, and how.
pub struct Study<'s> {
    pub subject: &'s Subject,
    pub part: Part,
    /// Relative standard error at which it is enough.
    pub until: Option<Share>,
    pub threads: usize,
}

/// What was drawn.
pub struct Drawn {
    pub summary: Summary,
    /// The folder of Open Results Data, all outages in it.
    pub ord: Option<Folder>,
    /// Whether it was stopped before all years were drawn.
    pub stopped: bool,
}

impl Study<'_> {
    /// Draws the years, tallies them, and writes the tables.
    pub fn draw(
        &self,
        simulation: &Simulation<'_>,
        pricing: &Pricing<'_>,
        mut tables: Tables<'_>,
    ) -> Result<Drawn, Error> {
        let (wanted, years) = (tables.wanted(), self.part.years);
        let mut measures = pricing.measures().to_vec();
        if wanted.net_before_cost {
            measures.push(Measure::NetBeforeCost);
        }
        let measures = &measures[..];
        let all = self.part.blocks();
        let progress = Progress::new(years);
        let by_outage = wanted.by_outage;
        let keeps = tables.any();
        let mut pilot = Vec::new();
        let first = pilot_blocks(all.end);
        let done = in_order(
            self.threads,
            0..first,
            |desk, block| {
                desk.block(simulation, pricing, wanted, block, years);
                (desk.losses.clone(), by_outage.then(|| desk.events.clone()))
            },
            |block, (losses, events): (Losses, Option<Events>)| -> Result<bool, Error> {
                tables.push(self, block, &losses, events.as_ref())?;
                pilot.push(losses);
                progress.at(block + 1);
                Ok(false)
            },
        )?;
        let level = self.subject.appetite;
        let rule =
            if all.end > first { Rule::about(&pilot, measures, level) } else { Rule::all(measures, level) };
        let mut whole: Option<Tallies> = None;
        pilot.drain(..).for_each(|losses| append(&mut whole, Tallies::of(&losses, &rule)));
        let mut until = done;
        if done == first && !self.enough(whole.as_ref(), done) {
            until = in_order(
                self.threads,
                first..all.end,
                |desk, block| {
                    desk.block(simulation, pricing, wanted, block, years);
                    let kept = keeps.then(|| (desk.losses.clone(), by_outage.then(|| desk.events.clone())));
                    (Tallies::of(&desk.losses, &rule), kept)
                },
                |block, (tallies, kept)| -> Result<bool, Error> {
                    if let Some((losses, events)) = &kept {
                        tables.push(self, block, losses, events.as_ref())?;
                    }
                    append(&mut whole, tallies);
                    progress.at(block + 1);
                    Ok(self.enough(whole.as_ref(), block + 1))
                },
            )?;
        }
        let Some(whole) = whole else {
            return Err(Error::Interrupted("stopped before a year was drawn".into()));
        };
        let stopped = until < all.end && stopped();
        let summary = match Summary::new(measures, whole) {
            // Too few years lay where the first blocks suggested: once more, and keep all.
            None => self.keeping_all(simulation, pricing, wanted, (measures, until))?,
            summary => summary,
        };
        progress.end();
        let summary = if self.subject.stratified { summary.map(Summary::by_blocks) } else { summary };
        let Some(summary) = summary else {
            return Err(Error::Interrupted("stopped before the figures could be found".into()));
        };
        let ord = if stopped { None } else { tables.finish()? };
        Ok(Drawn { summary, ord, stopped })
    }

    /// Draws the blocks up to one once more, and keeps every year of them.
    fn keeping_all(
        &self,
        simulation: &Simulation<'_>,
        pricing: &Pricing<'_>,
        wanted: Wanted,
        (measures, until): (&[Measure], u64),
    ) -> Result<Option<Summary>, Error> {
        let rule = Rule::all(measures, self.subject.appetite);
        let mut whole: Option<Tallies> = None;
        in_order(
            self.threads,
            0..until,
            |desk, block| {
                let wanted = Wanted { by_outage: false, ..wanted };
                desk.block(simulation, pricing, wanted, block, self.part.years);
                Tallies::of(&desk.losses, &rule)
            },
            |_, tallies| -> Result<bool, Error> {
                append(&mut whole, tallies);
                Ok(false)
            },
        )?;
        Ok(whole.and_then(|whole| Summary::new(measures, whole)))
    }

    /// Draws the years of a shard and writes them, without a look at what they come to.
    pub fn write(
        &self,
        simulation: &Simulation<'_>,
        pricing: &Pricing<'_>,
        mut tables: Tables<'_>,
    ) -> Result<(), Error> {
        let (years, blocks) = (self.part.years, self.part.blocks());
        if blocks.is_empty() {
            let (shard, of) = (self.part.shard, self.part.of);
            return Err(Error::usage(
                format!("shard {shard}/{of} of {years} years holds no year"),
                format!("a shard holds at least {BLOCK} years: draw more years or fewer shards"),
            ));
        }
        let wanted = tables.wanted();
        let by_outage = wanted.by_outage;
        let progress = Progress::new((blocks.end - blocks.start) * BLOCK);
        let from = blocks.start;
        let done = in_order(
            self.threads,
            blocks.clone(),
            |desk, block| {
                desk.block(simulation, pricing, wanted, block, years);
                (desk.losses.clone(), by_outage.then(|| desk.events.clone()))
            },
            |block, (losses, events): (Losses, Option<Events>)| -> Result<bool, Error> {
                tables.push(self, block, &losses, events.as_ref())?;
                progress.at(block + 1 - from);
                Ok(false)
            },
        )?;
        progress.end();
        if done < blocks.end {
            return Err(Error::Interrupted(
                "stopped before the shard was drawn; nothing was written".into(),
            ));
        }
        tables.finish().map(|_| ())
    }

    /// Whether the means are known well enough. It is asked at fixed numbers of years
    /// only, so that the answer depends on nothing else.
    fn enough(&self, whole: Option<&Tallies>, blocks: u64) -> bool {
        let (Some(until), Some(whole)) = (self.until, whole) else { return false };
        blocks.is_power_of_two() && blocks >= LEAST && whole.relative_error() <= until.get()
    }
}

/// Puts the tallies of the blocks that follow to those before them.
pub fn append(whole: &mut Option<Tallies>, tallies: Tallies) {
    match whole {
        None => *whole = Some(tallies),
        Some(whole) => whole.append(tallies),
    }
}

/// Tables that grow with the years.
pub struct Tables<'s> {
    perils: Vec<&'s str>,
    years: Option<Sink>,
    outages: Option<Sink>,
    part: Option<Sink>,
    ord: Option<Folder>,
}

impl<'s> Tables<'s> {
    /// Opens the tables that are asked for.
    pub fn open(
        scenario: &'s Scenario,
        years: Option<&Path>,
        outages: Option<&Path>,
        part: Option<&Path>,
        force: bool,
    ) -> Result<Self, Error> {
        let sink = |path: Option<&Path>| path.map(|path| Sink::create(path, force)).transpose();
        Ok(Self {
            perils: scenario.perils.iter().map(|peril| peril.id.as_str()).collect(),
            years: sink(years)?,
            outages: sink(outages)?,
            part: sink(part)?,
            ord: None,
        })
    }

    /// The same, and a folder of Open Results Data.
    pub fn with_ord(self, ord: Option<Folder>) -> Self {
        Self { ord, ..self }
    }

    fn any(&self) -> bool {
        self.years.is_some() || self.outages.is_some() || self.part.is_some() || self.ord.is_some()
    }

    fn wanted(&self) -> Wanted {
        Wanted {
            by_outage: self.outages.is_some() || self.ord.is_some(),
            net_before_cost: self.ord.is_some(),
        }
    }

    fn push(
        &mut self,
        study: &Study<'_>,
        block: u64,
        losses: &Losses,
        events: Option<&Events>,
    ) -> Result<(), Error> {
        let (first, _) = of_block(block, study.part.years);
        let subject = study.subject;
        if let Some(table) = &mut self.years {
            table.push(tables::years(subject, first, losses))?;
        }
        if let (Some(table), Some(events)) = (&mut self.outages, events) {
            table.push(tables::outages(subject, &self.perils, events, losses))?;
        }
        if let (Some(folder), Some(events)) = (&mut self.ord, events) {
            folder.push(events, losses)?;
        }
        if let Some(table) = &mut self.part {
            let header = (block == study.part.blocks().start).then_some(study.part);
            table.push(tables::part(subject, header, first, losses))?;
        }
        Ok(())
    }

    /// Puts the tables in their place; the folder waits for what the years come to.
    fn finish(self) -> Result<Option<Folder>, Error> {
        for table in [self.years, self.outages, self.part].into_iter().flatten() {
            table.finish()?;
        }
        Ok(self.ord)
    }
}

/// How far a run has come, for people who wait longer than a second.
struct Progress {
    bar: ProgressBar,
    began: Instant,
}

impl Progress {
    fn new(years: u64) -> Self {
        let style = "{wide_bar} {human_pos} of {human_len} years · {rate} a second · {eta} left";
        let style = ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar());
        let rate = |state: &ProgressState, text: &mut dyn Write| {
            let _ = write!(text, "{}", HumanCount(state.per_sec() as u64));
        };
        let style = style.with_key("rate", rate);
        let bar = ProgressBar::with_draw_target(Some(years), ProgressDrawTarget::hidden());
        Self { bar: bar.with_style(style), began: Instant::now() }
    }

    fn at(&self, blocks: u64) {
        if self.bar.is_hidden() && for_people() && self.began.elapsed() > Duration::from_secs(1) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        let years = self.bar.length().unwrap_or(u64::MAX);
        self.bar.set_position((blocks * BLOCK).min(years));
    }

    fn end(&self) {
        if stopped() {
            note("stopping where the last block of years ends");
        }
        self.bar.finish_and_clear();
    }
}
