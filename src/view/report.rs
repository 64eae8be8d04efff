//! The projection as a page of text: tables, kinks, chart, assumptions.

mod time_line;

use super::basis;
use super::chart;
use super::clock;
use super::number::{Unit, duration};
use super::panels;
use super::table::{Column, bullet, clean, draw, wrap};
use super::words::{self, Word};
use crate::mitigation::LostProfit;
use crate::outage::Outage;
use crate::projection::{Kink, KinkCause, Projection, Subject};
use crate::quantity::{Hours, Money, MoneyPerHour};
use crate::reason::Reason;
use crate::recovery::OverRecovery;
use crate::scenario::{Label, Named, Policy, Scenario};
use crate::view::Language;
use crate::waterfall::{Priced, Waterfall};

/// How a page is written.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Language.
    pub language: Language,
    /// Unit of amounts; chosen by the largest of them unless given.
    pub unit: Option<Unit>,
    /// Columns of the terminal.
    pub width: usize,
}

/// Writes the whole page.
#[must_use]
pub fn page(scenario: &Scenario, projection: &Projection<'_>, style: Style) -> String {
    let language = style.language;
    let largest = projection.rows.iter().map(|row| row.economic_loss).fold(Money::ZERO, Money::max);
    let unit = style.unit.unwrap_or_else(|| Unit::auto(largest, &scenario.currency, language));
    let page = Page { scenario, projection, language, unit, width: style.width };
    let sections = [
        page.head(),
        page.time_line(),
        page.by_duration(),
        page.left(),
        page.by_line(),
        page.by_reason(),
        panels::costs(&page),
        super::measures::tables(&page),
        page.borne(),
        page.chart(),
        page.kinks(),
        page.stretches(),
        panels::cash(&page),
        panels::equity(&page),
        panels::currency(&page),
        basis::table(&page),
        page.assumptions(),
        page.reported(),
    ];
    let said: Vec<String> = sections.into_iter().filter(|section| !section.is_empty()).collect();
    format!("{}\n", said.join("\n\n"))
}

pub(super) struct Page<'p> {
    pub(super) scenario: &'p Scenario,
    pub(super) projection: &'p Projection<'p>,
    pub(super) language: Language,
    pub(super) unit: Unit,
    pub(super) width: usize,
}

impl Page<'_> {
    pub(super) fn say(&self, word: Word) -> &'static str {
        word.say(self.language)
    }

    pub(super) fn label<'l>(&self, label: &'l Label) -> &'l str {
        self.language.label(label)
    }

    fn write(&self, rounded: i128) -> String {
        self.unit.write(rounded, self.language)
    }

    pub(super) fn show(&self, amount: Money) -> String {
        self.unit.show(amount, self.language)
    }

    pub(super) fn durations(&self) -> Column {
        let cells = self.projection.rows.iter().map(|row| duration(row.duration, self.language));
        Column::words(self.say(Word::Duration), cells)
    }

    /// A column of amounts, one for each duration.
    fn amounts(&self, heading: &str, amount: impl Fn(usize, &Waterfall<'_>) -> i128) -> Column {
        let rows = self.projection.rows.iter().enumerate();
        Column::numbers(heading, rows.map(|(place, row)| self.write(amount(place, row))))
    }

    fn head(&self) -> String {
        let Scenario { outage: Outage { start_local, cause, .. }, timezone, currency, .. } = self.scenario;
        let cause = cause.map(|cause| format!(" · {}", words::cause(cause, self.language)));
        let start = start_local.strftime("%Y-%m-%d %H:%M");
        let begin = format!("{} {start} {timezone}{}", self.say(Word::Start), cause.unwrap_or_default());
        let mut lines = vec![clean(self.label(&self.scenario.name))];
        lines.extend(self.scenario.description.iter().map(|text| clean(self.label(text))));
        lines.push(begin);
        let reading = |policy: &Named<Policy>| {
            let wait = policy.terms.cover.waiting_period?;
            let hours = duration(wait.hours(), self.language);
            let word = words::reason(Reason::WaitingPeriod, self.language);
            let meaning = words::reading(wait.reading(), self.language);
            let clock = clock::words(&policy.terms.cover.clock, self.language);
            Some(format!("{}: {word} {hours}, {} ({meaning}){clock}", policy.id, wait.reading().key()))
        };
        lines.extend(self.scenario.covers.iter().filter_map(reading));
        if !self.scenario.covers.is_empty() {
            let order = |policy: &Named<Policy>| policy.terms.cover.order.key();
            let mut orders: Vec<&str> = self.scenario.covers.iter().map(order).collect();
            orders.dedup();
            let said = match orders.as_slice() {
                [order] => (*order).to_owned(),
                _ => {
                    let covers = self.scenario.covers.iter();
                    covers
                        .map(|policy| format!("{} {}", policy.id, order(policy)))
                        .collect::<Vec<_>>()
                        .join(", ")
                }
            };
            lines.push(format!("{}: {said}", self.say(Word::Order)));
        }
        if self.scenario.over_recovery != OverRecovery::Report {
            lines.push(format!("{}: {}", self.say(Word::OverRecovery), self.scenario.over_recovery.key()));
        }
        lines.push(format!("{}: {}", self.say(Word::Unit), self.unit.title(currency, self.language)));
        lines.iter().map(|line| wrap(line, self.width)).collect::<Vec<_>>().join("\n")
    }

    pub(super) fn titled(&self, title: Word, body: String) -> String {
        format!("{}\n{body}", self.say(title))
    }

    fn by_duration(&self) -> String {
        let payers = self.payers();
        let paid: Vec<Vec<i128>> = self.projection.rows.iter().map(|row| self.paid(row, &payers)).collect();
        let round = |amount: Money| self.unit.round(amount);
        let mut columns = vec![self.amounts(self.say(Word::LostRevenue), |_, row| round(row.gross))];
        // What lies between lost revenue and loss is rounded so that it leads there.
        let between: Vec<Vec<i128>> = self.projection.rows.iter().map(|row| self.between(row)).collect();
        for (place, word) in
            [Word::Recaptured, Word::Saved, Word::Outflows, Word::Credits].into_iter().enumerate()
        {
            columns.push(self.amounts(self.say(word), |row, _| between[row][place]));
        }
        columns.push(self.amounts(self.say(Word::EconomicLoss), |_, row| round(row.economic_loss)));
        for (place, payer) in payers.iter().enumerate() {
            let column = self.amounts(&self.payer_name(*payer), |row, _| paid[row][place]);
            // A payer who pays nothing is told as well.
            columns.push(if *payer == Payer::Haircuts { column } else { column.kept() });
        }
        columns.push(self.amounts(self.cost_word(), |_, row| round(row.programme_cost)));
        columns.push(self.amounts(self.say(Word::NetLoss), |_, row| round(row.net)).kept());
        self.titled(Word::NetLossByDuration, draw(&self.durations(), &columns, self.width))
    }

    fn cost_word(&self) -> &'static str {
        let plain = self.projection.rows.iter().all(Waterfall::is_plain_premium);
        self.say(if plain { Word::ProgrammeCost } else { Word::PremiumAndCosts })
    }

    /// Made up, saved, outflows and credits, signed, rounded to lead from gross to loss.
    fn between(&self, row: &Waterfall<'_>) -> Vec<i128> {
        let outflows: Money = row.outflows.iter().copied().sum();
        let total = self.unit.round(row.economic_loss) - self.unit.round(row.gross);
        self.unit.round_parts(&[-row.recaptured, -row.saved, outflows, -row.credited()], total)
    }

    /// What each payer pays, rounded to lead from loss to net.
    fn paid(&self, row: &Waterfall<'_>, payers: &[Payer]) -> Vec<i128> {
        let parts: Vec<Money> = payers.iter().map(|payer| -payer.pays(row)).collect();
        let round = |amount: Money| self.unit.round(amount);
        let total = round(row.net) - round(row.programme_cost) - round(row.economic_loss);
        self.unit.round_parts(&parts, total)
    }

    fn payers(&self) -> Vec<Payer> {
        let covers =
            self.scenario.covers.iter().enumerate().flat_map(|(cover, policy)| match &policy.terms.tower {
                Some(tower) => (0..tower.layers().len()).map(|layer| Payer::Layer(cover, layer)).collect(),
                None => vec![Payer::Cover(cover)],
            });
        let parametrics = (0..self.scenario.parametrics.len()).map(Payer::Parametric);
        let hedges = (0..self.scenario.hedges.len()).map(Payer::Hedge);
        let suppliers = (0..self.scenario.suppliers.len()).map(Payer::Supplier);
        let annuals = (0..self.scenario.annuals.len()).map(Payer::Annual);
        covers
            .chain(parametrics)
            .chain(hedges)
            .chain(suppliers)
            .chain(annuals)
            .chain([Payer::Haircuts])
            .collect()
    }

    fn payer_name(&self, payer: Payer) -> String {
        match payer {
            Payer::Cover(cover) => self.label(&self.scenario.covers[cover].label).to_owned(),
            Payer::Parametric(cover) => self.label(&self.scenario.parametrics[cover].label).to_owned(),
            Payer::Hedge(hedge) => self.label(&self.scenario.hedges[hedge].label).to_owned(),
            Payer::Supplier(supplier) => self.label(&self.scenario.suppliers[supplier].label).to_owned(),
            Payer::Annual(annual) => self.label(&self.scenario.annuals[annual].label).to_owned(),
            Payer::Haircuts => self.say(Word::Haircuts).to_owned(),
            Payer::Layer(cover, layer) => {
                let policy = &self.scenario.covers[cover];
                let tower = policy.terms.tower.as_ref().expect("a layer stands in a tower");
                format!("{}/{}", policy.id, tower.layers()[layer].id())
            }
        }
    }

    fn by_line(&self) -> String {
        let Scenario { lines, outflows, .. } = self.scenario;
        if lines.len() + outflows.len() < 2 {
            return String::new();
        }
        let parts: Vec<Vec<i128>> = self
            .projection
            .rows
            .iter()
            .map(|row| {
                // Outflows and credits as the first table has them, and profits what they leave.
                let [outflows, credits] = [OUTFLOWS, CREDITS].map(|place| self.between(row)[place]);
                let profits: Vec<Money> = row.lines.iter().map(LostProfit::total).collect();
                let mut parts = self
                    .unit
                    .round_parts(&profits, self.unit.round(row.economic_loss) - outflows - credits);
                parts.extend(self.unit.round_parts(&row.outflows, outflows));
                parts.push(credits);
                parts
            })
            .collect();
        let labels = lines.iter().map(|line| &line.label).chain(outflows.iter().map(|out| &out.label));
        let names = labels.map(|label| self.label(label)).chain([self.say(Word::Credits)]);
        let columns: Vec<Column> =
            names.enumerate().map(|(place, name)| self.amounts(name, |row, _| parts[row][place])).collect();
        self.titled(Word::LossByLine, draw(&self.durations(), &columns, self.width))
    }

    fn by_reason(&self) -> String {
        if self.scenario.nobody_pays() {
            return String::new();
        }
        let parts: Vec<Vec<i128>> = self
            .projection
            .rows
            .iter()
            .map(|row| {
                let mut parts: Vec<Money> = row.retained.iter().map(|(_, amount)| amount).collect();
                let met = row.met;
                parts.extend([
                    -met.credits,
                    -met.payouts,
                    -met.third_party,
                    -met.annual,
                    -row.recovery_above_loss,
                    row.paid_on_hedges(),
                ]);
                let round = |amount: Money| self.unit.round(amount);
                self.unit.round_parts(&parts, round(row.net) - round(row.programme_cost))
            })
            .collect();
        let mut names: Vec<&str> =
            Reason::ALL.iter().map(|(_, reason)| words::reason(*reason, self.language)).collect();
        names.extend([
            self.say(Word::MetByCredits),
            self.say(Word::MetByPayouts),
            self.say(Word::MetByThirdParty),
            self.say(Word::MetByAnnualCovers),
            self.say(Word::RecoveryAboveLoss),
            self.say(Word::PaidOnHedges),
        ]);
        let mut columns: Vec<Column> = names
            .iter()
            .enumerate()
            .map(|(place, name)| self.amounts(name, |row, _| parts[row][place]))
            .collect();
        let cost = |_: usize, row: &Waterfall<'_>| self.unit.round(row.programme_cost);
        columns.push(self.amounts(self.cost_word(), cost));
        columns.push(self.amounts(self.say(Word::NetLoss), |_, row| self.unit.round(row.net)).kept());
        self.titled(Word::RetainedByReason, draw(&self.durations(), &columns, self.width))
    }

    /// What each payer bears over every order, rounded to come to what all pay.
    fn borne(&self) -> String {
        let Some(rows) = &self.projection.borne else { return String::new() };
        let Scenario { covers, parametrics, hedges, .. } = self.scenario;
        let parts: Vec<Vec<i128>> = rows
            .iter()
            .map(|row| {
                let parts: Vec<Money> = row.all().collect();
                self.unit.round_parts(&parts, self.unit.round(row.total()))
            })
            .collect();
        let names = covers.iter().map(|part| &part.label).chain(parametrics.iter().map(|part| &part.label));
        let names = names.chain(hedges.iter().map(|part| &part.label));
        let mut columns: Vec<Column> = names
            .enumerate()
            .map(|(place, name)| self.amounts(self.label(name), |row, _| parts[row][place]).kept())
            .collect();
        columns.push(self.amounts(self.say(Word::Together), |row, _| parts[row].iter().sum()));
        self.titled(Word::Attribution, draw(&self.durations(), &columns, self.width))
    }

    fn chart(&self) -> String {
        let legend = format!("━ {}   · {}", self.say(Word::NetLoss), self.say(Word::EconomicLoss));
        let title = self.unit.title(&self.scenario.currency, self.language);
        let drawn =
            chart::draw(self.scenario, self.projection, &self.told(), self.unit, self.width, self.language);
        format!("{title}   {legend}\n{}", drawn.trim_end_matches('\n'))
    }

    fn kinks(&self) -> String {
        let kinks = self.told();
        if kinks.is_empty() {
            return String::new();
        }
        let mut marks = chart::MARKS.chars();
        let mark = kinks.iter().map(|_| marks.next().map(String::from).unwrap_or_default());
        let number = Column::words("", mark);
        let words = |heading: Word, cell: &dyn Fn(&Kink) -> String| {
            Column::words(self.say(heading), kinks.iter().map(|kink| cell(kink)))
        };
        let numbers = |heading: Word, cell: &dyn Fn(&Kink) -> Money| {
            Column::numbers(self.say(heading), kinks.iter().map(|kink| self.show(cell(kink))))
        };
        let slope = |slope: MoneyPerHour| {
            let shown = self.unit.finer().show(slope * Hours(1.0), self.language);
            if shown == "-" { "0".to_owned() } else { shown }
        };
        let when = words(Word::Duration, &|kink| duration(kink.at, self.language));
        let per_hour = |kink: &Kink| format!("{} → {}", slope(kink.slope_before), slope(kink.slope_after));
        let per_hour = kinks.iter().map(|kink| per_hour(kink));
        let per_hour = Column::numbers(self.say(Word::AnotherHour), per_hour);
        let own =
            kinks.iter().map(|kink| self.unit.finer().show(kink.own_change * Hours(1.0), self.language));
        let own = Column::numbers(self.say(Word::OwnChange), own);
        let jump = numbers(Word::Jump, &|kink| kink.own_jump);
        let net = numbers(Word::NetLoss, &|kink| kink.net);
        let room = self.width.saturating_sub(
            number.taken() + [&when, &per_hour, &own, &jump, &net].map(Column::taken).iter().sum::<usize>(),
        );
        let turns = words(Word::WhatTurns, &|kink| wrap(&self.turn(kink), room.max(24)));
        let columns = [when, turns, per_hour, own, jump, net];
        self.titled(Word::Kinks, draw(&number, &columns, self.width))
    }

    /// The kinks that are told one by one: of a cover that pays hour by hour only
    /// the first of many steps.
    fn told(&self) -> Vec<&Kink> {
        let kinks = self.projection.kinks.iter().enumerate();
        let earlier = |place: usize, kink: &Kink| {
            self.projection.kinks[..place].iter().any(|other| is_step_like(other, kink))
        };
        let told = kinks.filter(|(place, kink)| {
            !is_step_like(kink, kink) || self.steps(kink).len() <= MOST_STEPS || !earlier(*place, kink)
        });
        told.map(|(_, kink)| kink).collect()
    }

    /// All steps that the subject of a kink takes as it takes this one.
    fn steps(&self, kink: &Kink) -> Vec<Hours> {
        let steps = self.projection.kinks.iter().filter(|other| is_step_like(other, kink));
        steps.map(|kink| kink.at).collect()
    }

    fn turn(&self, kink: &Kink) -> String {
        let Scenario { lines, outflows, covers, parametrics, hedges, suppliers, .. } = self.scenario;
        let subject = match (kink.subject, kink.cause) {
            (Subject::Cover(cover) | Subject::Price(Priced::Cover(cover)), cause)
                if cause.layer().is_some() =>
            {
                self.payer_name(Payer::Layer(cover, cause.layer().unwrap_or_default()))
            }
            (Subject::Line(line), _) => self.label(&lines[line].label).to_owned(),
            (Subject::Outflow(outflow), _) => self.label(&outflows[outflow].label).to_owned(),
            (Subject::Cover(cover), _) => covers[cover].id.clone(),
            (Subject::Parametric(cover), _) => parametrics[cover].id.clone(),
            (Subject::Hedge(hedge), _) => hedges[hedge].id.clone(),
            (Subject::Annual(annual), _) => self.scenario.annuals[annual].id.clone(),
            (Subject::Supplier(supplier), _) => suppliers[supplier].id.clone(),
            (Subject::Price(of), _) => super::prices::id(self.scenario, of).to_owned(),
        };
        let clause = super::clause(self.scenario, kink.subject).map(|clause| format!(" [{clause}]"));
        let mut turns = words::kink(kink.cause, self.language);
        let steps = self.steps(kink);
        if is_step_like(kink, kink) && steps.len() > MOST_STEPS {
            let last = duration(steps[steps.len() - 1], self.language);
            turns = match self.language {
                Language::Ko => format!("{turns} ({}회, {last}까지)", steps.len()),
                Language::En => format!("{turns} ({} times, to {last})", steps.len()),
            };
        }
        clean(&format!("{subject}: {turns}{}", clause.unwrap_or_default()))
    }

    fn stretches(&self) -> String {
        let range = |from: Hours, to: Hours| {
            format!("{}–{}", duration(from, self.language), duration(to, self.language))
        };
        let mut lines = Vec::new();
        if !self.scenario.nobody_pays() {
            let zones: Vec<_> =
                self.projection.dead_zones.iter().map(|(from, to)| range(*from, *to)).collect();
            let zones = if zones.is_empty() { self.say(Word::None).to_owned() } else { zones.join(", ") };
            lines.push(format!("{}: {zones}", self.say(Word::DeadZones)));
        }
        let falls = self.projection.falls.iter().map(|fall| {
            let when = if fall.from == fall.to {
                duration(fall.from, self.language)
            } else {
                range(fall.from, fall.to)
            };
            format!("{when} ({})", self.show(-fall.by))
        });
        let mut falls: Vec<_> = falls.collect();
        if falls.len() > MOST_STEPS {
            let more = falls.split_off(MOST_STEPS).len();
            falls.push(format!("+{more}"));
        }
        if !falls.is_empty() {
            lines.push(format!("{}: {}", self.say(Word::Falls), falls.join(", ")));
        }
        lines.iter().map(|line| wrap(line, self.width)).collect::<Vec<_>>().join("\n")
    }

    fn assumptions(&self) -> String {
        let Scenario { assumptions, .. } = self.scenario;
        let origins = self.scenario.origins();
        let parts = origins.iter().filter_map(|part| Some((part.label, part.assumption?)));
        let whole = assumptions.iter().map(|assumption| self.label(assumption).to_owned());
        let said: Vec<String> = whole
            .chain(parts.map(|(label, text)| format!("{}: {}", self.label(label), self.label(text))))
            .map(|text| bullet(&text, self.width))
            .collect();
        if said.is_empty() { String::new() } else { self.titled(Word::Assumptions, said.join("\n")) }
    }

    fn reported(&self) -> String {
        let said: Vec<String> = self
            .scenario
            .reported
            .iter()
            .map(|reported| {
                let up_to = reported.up_to.map(|amount| format!("–{}", self.show(amount)));
                let amount = format!("{}{}", self.show(reported.amount), up_to.unwrap_or_default());
                bullet(&format!("{amount}  {}", self.label(&reported.label)), self.width)
            })
            .collect();
        if said.is_empty() { String::new() } else { self.titled(Word::Reported, said.join("\n")) }
    }
}

/// The place of outflows among what lies between lost revenue and loss.
const OUTFLOWS: usize = 2;

/// The place of suppliers' credits there.
const CREDITS: usize = 3;

/// More steps than this, or falls, are told by the first and their number.
const MOST_STEPS: usize = 6;

/// Returns whether a kink is a step of the same payer, of a kind that comes many times.
fn is_step_like(kink: &Kink, other: &Kink) -> bool {
    let many = matches!(
        kink.cause,
        KinkCause::PayoutStep | KinkCause::HedgeStep | KinkCause::QueueHour | KinkCause::PeriodLimit(_)
    );
    many && (kink.subject, kink.cause) == (other.subject, other.cause)
}

/// Who pays: a cover, a layer of its tower, a parametric cover, a hedge or a supplier.
#[derive(Clone, Copy, PartialEq)]
enum Payer {
    Cover(usize),
    Layer(usize, usize),
    Parametric(usize),
    Hedge(usize),
    /// A supplier, with what it pays us beside the loss.
    Supplier(usize),
    /// A cover of the policy year as a whole.
    Annual(usize),
    /// All payers, with what they fall short by.
    Haircuts,
}

impl Payer {
    fn pays(self, row: &Waterfall<'_>) -> Money {
        match self {
            Self::Cover(cover) => row.covers[cover].paid,
            Self::Layer(cover, layer) => {
                row.covers[cover].tower.as_ref().map_or(Money::ZERO, |tower| tower.layers[layer].paid)
            }
            Self::Parametric(cover) => row.payouts[cover],
            Self::Hedge(hedge) => row.hedges[hedge].payoff,
            Self::Supplier(supplier) => row.third_party[supplier],
            Self::Annual(annual) => row.annual[annual],
            Self::Haircuts => -row.haircuts(),
        }
    }
}
