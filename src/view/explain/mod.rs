//! One number walked back to its inputs: formula, figures, clause, and place in
//! the file. It reads the values that were added up, and computes none again.

mod clock;
mod basis;
mod annual;
mod course;
mod hedge;
mod hours_clause;
mod extension;
mod line;
mod measure;
mod measured;
mod money;
mod outflow;
mod panel;
mod payer;
mod supplier;
mod price;
mod tower;

use std::collections::BTreeMap;

use unicode_width::UnicodeWidthStr;

use super::number::{duration, full, percent};
use super::table::{clean, wrap};
use super::words::{self, Word};
use crate::outage::Outage;
use crate::quantity::{Hours, Money};
use crate::read::Places;
use crate::read::library::{self, Source};
use crate::reason::Reason;
use crate::scenario::{Named, Scenario};
use crate::steps::Steps;
use crate::view::Language;
use crate::waterfall::Waterfall;
use crate::year::Year;

/// What is to be explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The net loss, with every part of it.
    Net,
    /// A line or an outflow.
    Line(String),
    /// A cover, indemnity or parametric, or a hedge.
    Cover(String),
    /// A supplier.
    Supplier(String),
}

/// The scenario and what is known of its file.
#[derive(Clone, Copy, Debug)]
pub struct Context<'c> {
    /// The scenario.
    pub scenario: &'c Scenario,
    /// Where each value stands.
    pub places: &'c Places,
    /// Sources that the file brings itself.
    pub sources: &'c BTreeMap<String, Source>,
    /// Name of the file.
    pub file: &'c str,
    /// Language.
    pub language: Language,
}

impl Context<'_> {
    fn place(&self, path: &str) -> String {
        let place = self.places.get(path);
        place.map_or(String::new(), |place| format!(" ({}:{})", self.file, place.line))
    }
}

/// Which outage of the policy year a number is of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moment {
    /// The outage that is projected, of this duration.
    Projected(Hours),
    /// One before it, by its place among them.
    Earlier(usize),
}

/// Explains a number of one outage; nothing where no part has the name.
#[must_use]
pub fn explain(context: Context<'_>, moment: Moment, focus: &Focus) -> Option<String> {
    let year = Year::new(context.scenario);
    let (outage, waterfall) = match moment {
        Moment::Projected(duration) => (&context.scenario.outage, year.last(duration)),
        Moment::Earlier(place) => {
            (&context.scenario.earlier.get(place)?.outage, year.earlier.get(place)?.clone())
        }
    };
    let mut page = Page { context, outage, waterfall: &waterfall, lines: Vec::new() };
    match focus {
        Focus::Net => page.net(),
        Focus::Line(name) => page.line_or_outflow(name)?,
        Focus::Cover(name) => page.payer(name).or_else(|| page.beside_the_net(name))?,
        Focus::Supplier(name) => page.supplier(name)?,
    }
    Some(page.finish())
}

struct Page<'p> {
    context: Context<'p>,
    outage: &'p Outage,
    waterfall: &'p Waterfall<'p>,
    lines: Vec<(String, Option<String>)>,
}

impl<'p> Page<'p> {
    fn of<'w>(&self, korean: &'w str, english: &'w str) -> &'w str {
        self.context.language.of(korean, english)
    }

    fn scenario(&self) -> &'p Scenario {
        self.context.scenario
    }

    fn hours(&self, hours: Hours) -> String {
        duration(hours, self.context.language)
    }

    fn money(&self, amount: Money) -> String {
        full(amount, &self.context.scenario.currency, self.context.language)
    }

    /// Where a value stands in the file: ` (f1.toml:24)`.
    fn place(&self, path: &str) -> String {
        self.context.place(path)
    }

    fn say(&mut self, text: impl Into<String>) {
        self.lines.push((clean(&text.into()), None));
    }

    fn sum(&mut self, text: impl Into<String>, amount: Money) {
        let amount = self.money(amount);
        self.lines.push((clean(&text.into()), Some(amount)));
    }

    fn finish(self) -> String {
        const WIDTH: usize = 80;
        const AMOUNT: usize = 20;
        let mut text = String::new();
        for (line, amount) in self.lines {
            let indent = " ".repeat(line.len() - line.trim_start().len() + 2);
            let room = if amount.is_some() { WIDTH - AMOUNT } else { WIDTH };
            let wrapped =
                wrap(line.trim_start(), room - indent.len()).replace('\n', &format!("\n{indent}"));
            let wrapped = format!("{}{wrapped}", &indent[2..]);
            text.push_str(wrapped.trim_end());
            if let Some(amount) = amount {
                let last = wrapped.lines().last().unwrap_or_default().width();
                let gap = (WIDTH - AMOUNT).saturating_sub(last) + AMOUNT.saturating_sub(amount.width());
                text.push_str(&" ".repeat(gap.max(1)));
                text.push_str(&amount);
            }
            text.push('\n');
        }
        text
    }

    fn heading(&mut self, label: &str, id: &str) {
        let outage = self.of("장애", "outage of");
        let name = if label == id { id.to_owned() } else { format!("{label} ({id})") };
        let text = format!("{name}, {outage} {}{}", self.hours(self.waterfall.duration), self.which());
        self.say(text);
    }

    /// Names the outage among those of its policy year: ` (spring, 2026-03-02 00:00)`.
    fn which(&self) -> String {
        let Outage { id, start_local, .. } = self.outage;
        if id.is_empty() {
            String::new()
        } else {
            format!(" ({id}, {})", start_local.strftime("%Y-%m-%d %H:%M"))
        }
    }

    fn net(&mut self) {
        let waterfall = self.waterfall;
        let scenario = self.scenario();
        let outage = self.of("장애", "Outage of");
        let (lasts, which) = (self.hours(waterfall.duration), self.which());
        let title = format!("{outage} {lasts}{which} · {}", scenario.currency);
        self.say(title);
        self.sum(self.of("매출 손실", "Lost revenue").to_owned(), waterfall.gross);
        self.unless_zero(self.of("- 이연 회복", "- made up later").to_owned(), -waterfall.recaptured);
        self.unless_zero(self.of("- 절감 비용", "- costs saved").to_owned(), -waterfall.saved);
        for (outflow, amount) in scenario.outflows.iter().zip(&waterfall.outflows) {
            self.sum(format!("+ {}", self.context.language.label(&outflow.label)), *amount);
        }
        self.credits();
        self.sum(self.of("= 손실", "= loss").to_owned(), waterfall.economic_loss);
        for (policy, recovery) in scenario.covers.iter().zip(&waterfall.covers) {
            let why = self.why_nothing(policy, recovery).map_or(String::new(), |why| format!(": {why}"));
            self.sum(format!("- {}{}{why}", policy.id, clause(policy)), -recovery.paid);
        }
        for (hedge, paid) in scenario.parametrics.iter().zip(&waterfall.payouts) {
            self.sum(format!("- {}{}", hedge.id, clause(hedge)), -*paid);
        }
        for (hedge, settled) in scenario.hedges.iter().zip(&waterfall.hedges) {
            let sign = if settled.payoff < Money::ZERO { "+" } else { "-" };
            self.sum(format!("{sign} {}{}", hedge.id, clause(hedge)), -settled.payoff);
        }
        self.annuals();
        self.suppliers_and_haircuts();
        let cost = self.cost_word();
        self.unless_zero(format!("+ {cost}"), waterfall.programme_cost);
        if !waterfall.is_plain_premium() {
            self.costs("    ");
        }
        self.sum(self.of("= 순손실", "= net loss").to_owned(), waterfall.net);
        self.say("");
        self.say(self.of("우리 부담의 사유", "What stays with us, and why").to_owned());
        for (reason, amount) in waterfall.retained.iter().filter(|(_, amount)| *amount != Money::ZERO) {
            let by = self.kept_by(reason);
            self.sum(format!("  {}{by}", words::reason(reason, self.context.language)), amount);
        }
        let met = [
            (Word::MetByCredits, waterfall.met.credits),
            (Word::MetByPayouts, waterfall.met.payouts),
            (Word::MetByThirdParty, waterfall.met.third_party),
            (Word::MetByAnnualCovers, waterfall.met.annual),
        ];
        for (word, amount) in met {
            let word = word.say(self.context.language).to_lowercase();
            self.unless_zero(format!("  - {word}"), -amount);
        }
        self.unless_zero(
            self.of("  - 손실 초과 회수", "  - recovery above loss").to_owned(),
            -waterfall.recovery_above_loss,
        );
        self.unless_zero(
            self.of("  + 헤지 지급액", "  + paid on hedges").to_owned(),
            waterfall.paid_on_hedges(),
        );
        self.unless_zero(format!("  + {cost}"), waterfall.programme_cost);
        self.sum(self.of("= 순손실", "= net loss").to_owned(), waterfall.net_by_reason());
        self.say("");
        if let Some(resilience) = waterfall.resilience().filter(|part| part.abs() > 1e-9) {
            let word = self.of(
                "복원력 계수 (최악의 매출 손실 가운데 면한 몫)",
                "Resilience factor (part of the worst loss of sales that was avoided or made up)",
            );
            self.say(format!("{word}: {}", percent(resilience)));
        }
        let more = self.of(
            "더 보기: --line 이름, --cover 이름, --supplier 이름",
            "More: --line NAME, --cover NAME or --supplier NAME",
        );
        self.say(more.to_owned());
    }

    fn cost_word(&self) -> &'static str {
        let plain = self.waterfall.is_plain_premium();
        let word = if plain { Word::ProgrammeCost } else { Word::PremiumAndCosts };
        match self.context.language {
            crate::view::Language::Ko => word.say(self.context.language),
            crate::view::Language::En if plain => "premium",
            crate::view::Language::En => "premium and costs",
        }
    }

    /// Names the covers, with their clauses, that keep loss for a reason.
    fn kept_by(&self, reason: Reason) -> String {
        let covers = self.scenario().covers.iter().zip(&self.waterfall.covers);
        let names: Vec<String> = covers
            .filter(|(_, recovery)| {
                let tower = recovery.tower.as_ref().map_or(Money::ZERO, |tower| tower.retained[reason]);
                recovery.response.retained[reason] + tower != Money::ZERO
            })
            .map(|(policy, _)| format!("{}{}", policy.id, clause(policy)))
            .collect();
        if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) }
    }

    fn unless_zero(&mut self, text: String, amount: Money) {
        if amount != Money::ZERO {
            self.sum(text, amount);
        }
    }

    /// Says which step an outage of this duration reaches, of those there are.
    fn step_reached(&self, steps: &Steps) -> String {
        self.step_reached_at(steps, self.waterfall.duration)
    }

    /// Says which step so many hours reach.
    fn step_reached_at(&self, steps: &Steps, hours: Hours) -> String {
        let all = steps.durations().map(|at| self.hours(at)).collect::<Vec<_>>().join(", ");
        let reached = steps.durations().filter(|at| steps.met().by(hours, *at)).last();
        match (self.context.language, reached) {
            (Language::Ko, Some(at)) => format!("{} 단계 ({all} 중)", self.hours(at)),
            (Language::Ko, None) => format!("도달한 단계 없음 ({all} 중)"),
            (Language::En, Some(at)) => format!("step {} (of {all})", self.hours(at)),
            (Language::En, None) => format!("no step reached (of {all})"),
        }
    }

    /// Says what is assumed in a part, and what its figures come from.
    fn origin<T>(&mut self, part: &Named<T>) {
        if let Some(assumption) = &part.assumption {
            let word = self.of("가정", "assumption");
            self.say(format!("  {word}: {}", self.context.language.label(assumption)));
        }
        self.cite(&part.sources);
    }

    fn cite(&mut self, keys: &[String]) {
        for key in keys {
            let source = self.context.sources.get(key).or_else(|| library::sources().get(key));
            let Some(source) = source else { continue };
            let more = [&source.publisher, &source.date, &source.confidence];
            let more: Vec<&str> = more
                .into_iter()
                .filter_map(|part| part.as_deref())
                .filter(|part| !part.is_empty())
                .collect();
            let url = source.url.as_deref().unwrap_or_default();
            let word = self.of("출처", "source");
            self.say(format!("  {word} {key}: {} ({}) {url}", source.title, more.join(", ")));
        }
    }
}

fn clause<T>(part: &Named<T>) -> String {
    part.clause.as_ref().map_or(String::new(), |clause| format!(" [{clause}]"))
}
