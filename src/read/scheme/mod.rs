//! Scheme files: a closed form, so that whatever reads is a scheme that ends.

mod hours;
mod rules;
mod values;

use jiff::civil::{DateTime, Weekday};
use toml::de::DeTable;

use super::finding::{Finding, Findings};
use super::section::{Key, Section};
use super::value::{Day, LocalTime, Version, Words};
use crate::quantity::Hours;
use crate::scenario::Label;
use crate::scheme::{
    Baseline, Class, Dates, Event, Level, Measure, Mode, Moment, Paper, Rounding, Scheme, Size, Won,
};
use values::{days, end, seconds};

/// The version of the format of scheme files.
pub const FORMAT: u32 = 1;

/// What reading a scheme file came to.
#[derive(Debug)]
pub struct SchemeReading {
    /// The scheme, where the file has no error.
    pub scheme: Option<Scheme>,
    /// What is wrong with the file, in its order.
    pub findings: Vec<Finding>,
}

/// Reads a scheme file and everything that is wrong with it.
#[must_use]
pub fn scheme(text: &str) -> SchemeReading {
    let findings = Findings::new(text);
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            findings.error(error.span().unwrap_or(0..0), error.message(), "write it as TOML allows");
            return SchemeReading { scheme: None, findings: findings.finish().0 };
        }
    };
    let mut section = Section::file(table.get_ref(), &findings);
    let scheme = file(&mut section);
    section.refuse_unknown_keys();
    let (findings, _) = findings.finish();
    let sound = !findings.iter().any(|finding| finding.severity == super::Severity::Error);
    SchemeReading { scheme: scheme.filter(|_| sound), findings }
}

/// Returns the keys of scheme files.
#[must_use]
pub fn keys() -> Vec<Key> {
    Section::describe(file)
}

fn file(section: &mut Section<'_>) -> Option<Scheme> {
    let format = section.required::<Version>("format", "version of the format, 1");
    if let Some(format) = format.filter(|format| format.value.0 != FORMAT) {
        let message = format!("format {} is not known; this version reads {FORMAT}", format.value.0);
        section.error(format.span, message, format!("write format = {FORMAT}"));
    }
    let id = section.required::<String>("id", "name in files and on the command line");
    let name = section.required::<Label>("name", "name for people");
    let payer = section.required::<Label>("payer", "who pays");
    let from = section.optional::<Day>("from", "the day on which it was decided or came into force");
    let until = section.optional::<Day>("until", "the last day on which it was in force");
    let standing = section.optional::<bool>(
        "standing",
        "whether it holds for every outage of the days in which it is in force [default: false]",
    );
    let period = section.section("claims", false, "the days on which claims were taken", days).flatten();
    let without = section.choice(
        "without_loss",
        false,
        "what is due where sales did not fall",
        &[("nothing", false), ("lowest_band", true)],
    );
    let in_kind = section.optional::<Label>("in_kind", "what is given instead of money");
    let appeal = section.optional::<Label>("appeal", "where to turn against a decision");
    let assumptions =
        section.optional::<Vec<Label>>("assumptions", "what is not published and was assumed");
    let notes = section.optional::<Vec<Label>>("notes", "what a reader should know");
    let sources = section.optional::<Words>("sources", "keys of sources, or words that name them");
    let rounding = section.section("rounding", true, "where it rounds, once", rounding).flatten();
    let measure = section.section("loss", false, "how a loss of sales is measured", measure);
    let industry_hours =
        section.sections("industry_hours", "when industries sell, for modelled", hours::hours);
    let industry_hours: Vec<_> = industry_hours.into_iter().map(|at| at.value).collect();
    let modelled = matches!(&measure, Some(Some(measure)) if measure.baseline == Baseline::Modelled);
    if modelled && section.length("industry_hours") == 0 {
        let mend = "add [[industry_hours]] with industries and a shape, or hours_of_day and days_of_week";
        section.error(section.span_of("loss"), "a modelled loss needs the hours of industries", mend);
    }
    let event = section.section("event", false, "the outage, as far as it is known", event);
    let classes = section.sections("class", "classes of claimants", |section| {
        let (id, name) = named(section)?;
        Some(Class { id, name })
    });
    let classes: Vec<Class> = classes.into_iter().map(|at| at.value).collect();
    let papers = section.sections("paper", "papers that a claimant hands in", |section| {
        let (id, name) = named(section)?;
        Some(Paper { id, name })
    });
    let sizes = section.sections("size", "how large a business may be; the first that fits holds", size);
    let rules = section.sections("rule", "rules; the first that fits a class holds", |section| {
        rules::rule(section, &classes)
    });
    if papers.len() > 30 {
        section.error(section.span_of("paper"), "more than 30 papers", "ask for fewer");
    }
    if section.length("rule") == 0 {
        section.error(section.head(), "the scheme has no rule", "add a [[rule]]");
    }
    let rules: Vec<_> = rules.into_iter().map(|at| at.value).collect();
    let of_loss = rules.iter().any(|rule| rule.needs_loss());
    if of_loss && !section.has("loss") {
        section.error(
            section.head(),
            "a rule asks for a loss, and nothing says how it is measured",
            "add [loss]",
        );
    }
    if of_loss && without.is_none() && !section.has("without_loss") {
        let mend = "write without_loss = \"nothing\" or \"lowest_band\"";
        section.error(section.head(), "nothing says what is due where sales did not fall", mend);
    }
    for (place, class) in classes.iter().enumerate() {
        let ruled = rules.iter().any(|rule| rule.class.is_none_or(|of| usize::from(of) == place));
        if !ruled && section.is_sound() {
            section.error(
                section.span_of("class"),
                format!("no rule is for the class {:?}", class.id),
                format!("add a [[rule]] with for = {:?}", class.id),
            );
        }
    }
    let labels = |list: Option<super::section::At<Vec<Label>>>| list.map(|at| at.value).unwrap_or_default();
    Some(Scheme {
        id: id?.value,
        name: name?.value,
        payer: payer?.value,
        from: from.map(|day| day.value.0),
        until: until.map(|day| day.value.0),
        standing: standing.is_some_and(|at| at.value),
        period,
        event: event.unwrap_or_default(),
        measure: measure.flatten(),
        industry_hours,
        pays_without_loss: without.is_some_and(|without| without.value),
        classes,
        rules,
        sizes: sizes.into_iter().map(|at| at.value).collect(),
        papers: papers.into_iter().map(|at| at.value).collect(),
        rounding: rounding?,
        in_kind: in_kind.map(|at| at.value),
        appeal: appeal.map(|at| at.value),
        assumptions: labels(assumptions),
        notes: labels(notes),
        sources: sources.map(|at| at.value.0).unwrap_or_default(),
    })
}

fn named(section: &mut Section<'_>) -> Option<(String, Label)> {
    let id = section.required::<String>("id", "name in files");
    let name = section.required::<Label>("name", "name for people");
    Some((id?.value, name?.value))
}

fn event(section: &mut Section<'_>) -> Event {
    let time = |section: &mut Section<'_>, name, meaning| {
        let time = section.optional::<LocalTime>(name, meaning)?;
        let read = time.value.0.parse::<DateTime>().ok().and_then(Moment::of);
        if read.is_none() {
            section.error(
                time.span,
                format!("{:?} is not a local time", time.value.0),
                "write \"2022-10-15T15:30\"",
            );
        }
        read
    };
    let from = time(section, "from", "when it began");
    let to = time(section, "to", "when the last service was back");
    let longest = section.optional::<Hours>("longest", "the longest that any service was away");
    Event { from, to, longest: longest.map(|at| seconds(at.value)) }
}

fn rounding(section: &mut Section<'_>) -> Option<Rounding> {
    let modes =
        [("down", Mode::Down), ("up", Mode::Up), ("half_up", Mode::HalfUp), ("half_even", Mode::HalfEven)];
    let mode = section.choice("mode", true, "which way: down (절사), up (절상), half_up (반올림)", &modes);
    let unit = section.required::<Won>("unit", "to multiples of what, such as 10");
    let levels = [("loss", Level::Loss), ("payment", Level::Payment)];
    let at = section.choice("at", true, "what is rounded: the loss, or the payment", &levels);
    let unit = unit?;
    if unit.value == Won::ZERO {
        section.error(unit.span, "nothing is rounded to multiples of 0", "give 1, 10, 100 or 1000");
        return None;
    }
    Some(Rounding { mode: mode?.value, unit: unit.value, at: at?.value })
}

const BASELINES: [(&str, Baseline); 7] = [
    ("best_week", Baseline::BestWeek),
    ("mean_of_same_weekday", Baseline::MeanOfSameWeekday),
    ("median_of_weeks", Baseline::MedianOfWeeks(0)),
    ("same_week_last_year", Baseline::SameWeekLastYear),
    ("annual_by_days", Baseline::AnnualByDays),
    ("modelled", Baseline::Modelled),
    ("given", Baseline::Given),
];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// The most days of a window: two years.
const LONGEST_WINDOW: i32 = 731;

fn measure(section: &mut Section<'_>) -> Option<Measure> {
    let baseline = section.choice("baseline", true, "which sales count as usual", &BASELINES);
    let weeks = section.optional::<u32>("weeks", "for median_of_weeks: of how many");
    let per = [("outage", false), ("day", true)];
    let per = section.choice("per", false, "of what sales are: the outage, or a mean day", &per);
    let clause = section.optional::<Label>("clause", "the words or the clause that say so");
    let week_from = section.choice("week_from", false, "on which day a week begins", &WEEKDAYS);
    let window =
        section.section("window", false, "days in which usual sales are looked for", days).flatten();
    let outage = section.section("outage", false, "days whose sales count as those of the outage", days);
    let baseline = baseline?;
    let value = match (baseline.value, weeks) {
        (Baseline::MedianOfWeeks(_), Some(weeks)) if (1..=52).contains(&weeks.value) => {
            Baseline::MedianOfWeeks(weeks.value as u8)
        }
        (Baseline::MedianOfWeeks(_), _) => {
            section.error(baseline.span, "nothing says of how many weeks", "give weeks = 1 to 52");
            return None;
        }
        (other, _) => other,
    };
    let dates = match (week_from, window, outage.flatten()) {
        (Some(week_from), Some(window), Some(outage)) => {
            Some(Dates { week_from: week_from.value, window, outage })
        }
        _ => None,
    };
    let given = ["week_from", "window", "outage"].iter().all(|name| section.has(name));
    match &dates {
        None if !given && !matches!(value, Baseline::Given | Baseline::Modelled) => {
            let message = "the baseline looks at records, and nothing says of which days";
            section.error(section.head(), message, "give `week_from`, `window` and `outage`");
        }
        Some(dates) => fits(section, value, dates),
        None => {}
    }
    Some(Measure {
        baseline: value,
        per_day: per.is_some_and(|per| per.value),
        dates,
        clause: clause.map(|at| at.value),
    })
}

/// Refuses days that a baseline cannot look at.
fn fits(section: &Section<'_>, baseline: Baseline, dates: &Dates) {
    let window = dates.window.start().until(*dates.window.end());
    if window.map_or(i32::MAX, |span| span.get_days() + 1) > LONGEST_WINDOW {
        section.error(
            section.span_of("window"),
            "the window is longer than two years",
            "give a shorter one",
        );
    }
    let of_weeks = matches!(baseline, Baseline::BestWeek | Baseline::MedianOfWeeks(_));
    if of_weeks && dates.outage_days() != 7 {
        let message = "a week is set against days of the outage that are no week";
        section.error(section.span_of("outage"), message, "give seven days, or take mean_of_same_weekday");
    }
}

fn size(section: &mut Section<'_>) -> Option<Size> {
    let industries = section.optional::<Words>("industries", "for which industries [default: every other]");
    let clause = section.required::<Label>("clause", "the words or the clause that say so");
    let annual =
        section.section("annual_sales", true, "the limit: { up_to = … } or { below = … }", |section| {
            let end = end::<Won>(section, |won| won.0);
            if end.is_none() {
                section.error(
                    section.head(),
                    "the limit says neither `up_to` nor `below`",
                    "give one of them",
                );
            }
            end
        });
    let industries = industries.map(|at| at.value.0).unwrap_or_default();
    Some(Size { industries, annual_sales: annual.flatten()?, clause: clause?.value })
}
