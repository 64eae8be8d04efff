//! Section `[outage]`, or `[[outage]]` where the policy year has several.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use super::scenario::{Overrides, sound_id};
use super::section::{At, Section};
use super::value::{Day, LONGEST, Ladder, LocalTime};
use crate::outage::{Cause, Circumstances, Days, Interruptions, Outage, Struck};
use crate::profile::{Calendar, CalendarError};
use crate::quantity::Hours;
use crate::scenario::Past;

/// The outages of a file, in date order, on one calendar.
pub(super) struct Outages {
    pub calendar: Calendar,
    /// The last of them, which is projected.
    pub outage: Outage,
    /// The durations for which it is.
    pub durations: Vec<Hours>,
    /// Those before it.
    pub earlier: Vec<Past>,
    pub policy_year: Option<Days>,
}

impl Outages {
    /// Returns the start of the first.
    pub fn first(&self) -> Hours {
        self.earlier.first().map_or(self.outage.start, |past| past.outage.start)
    }

    /// Returns the hours from the start of the first to the end of the last to end.
    pub fn span(&self) -> Hours {
        let longest = self.durations.iter().copied().fold(Hours::ZERO, Hours::max);
        let ends = self.earlier.iter().map(|past| past.outage.start + past.duration);
        ends.fold(self.outage.start + longest, Hours::max) - self.first()
    }

    /// Returns how long the longest of them lasts.
    pub fn longest(&self) -> Hours {
        let earlier = self.earlier.iter().map(|past| past.duration);
        self.durations.iter().copied().chain(earlier).fold(Hours::ZERO, Hours::max)
    }

    /// Returns every outage.
    pub fn all(&self) -> impl Iterator<Item = &Outage> {
        self.earlier.iter().map(|past| &past.outage).chain([&self.outage])
    }

    /// Returns the local day of each.
    pub fn days(&self) -> Vec<Date> {
        let outages = self.earlier.iter().map(|past| &past.outage).chain([&self.outage]);
        outages.map(|outage| outage.start_local.date()).collect()
    }

    /// Returns whether each says why it happened.
    pub fn state_causes(&self) -> bool {
        self.outage.cause.is_some() && self.earlier.iter().all(|past| past.outage.cause.is_some())
    }
}

/// Reads the policy year and the outages in it.
pub(super) fn outages(
    section: &mut Section<'_>,
    zone: Option<&At<String>>,
    overrides: &Overrides,
) -> Option<Outages> {
    let policy_year = section.section(
        "policy_year",
        false,
        "the year whose aggregates and reinstatements outages share; needed where there are several",
        policy_year,
    );
    let read = section.one_or_several(
        "outage",
        "when service stops, why, and the durations to project",
        |part, several| outage(part, zone, overrides, several),
    );
    let given = section.length("outage");
    if given == 0 && section.is_list("outage") {
        section.error_at("outage", "there is no outage in the list", "give at least one [[outage]]");
    }
    if read.is_empty() || read.len() < given {
        return None;
    }
    let policy_year = policy_year.flatten();
    if given > 1 && !section.has("policy_year") {
        section.error(
            read[0].span.clone(),
            "several outages share a policy year, and the file does not say when it starts",
            "give policy_year = { starts = \"2026-01-01\" } before the first section",
        );
    }
    in_order(section, read, policy_year, zone, overrides)
}

fn policy_year(section: &mut Section<'_>) -> Option<Days> {
    let starts = section.required::<Day>("starts", "its first day, such as 2026-01-01")?;
    match Days::year(starts.value.0) {
        Ok(year) => Some(year),
        Err(error) => {
            section.error(starts.span, error.to_string(), "give the first day of the policy year");
            None
        }
    }
}

/// Puts outages in the order of their starts; those of one moment stay as they came.
fn in_order(
    section: &Section<'_>,
    mut read: Vec<At<Happening>>,
    policy_year: Option<Days>,
    zone: Option<&At<String>>,
    overrides: &Overrides,
) -> Option<Outages> {
    let reference = read[0].value.calendar.clone();
    let moment = |outage: &Happening| outage.start + outage.calendar.hours_since(&reference);
    read.sort_by(|a, b| moment(&a.value).0.total_cmp(&moment(&b.value).0));
    let before_last = read.len().checked_sub(2).map(|place| moment(&read[place].value));
    let last = read.last_mut()?;
    if let (Some(earlier), Some(start)) = (before_last, &overrides.start) {
        let asked = At { value: LocalTime(start.clone()), span: last.span.clone() };
        (last.value.calendar, last.value.start_local, last.value.start) =
            locate(section, zone?, &asked, true)?;
        if moment(&last.value) < earlier {
            let message = format!(
                "asked for in place of this start: {start} is before another outage, and only the last \
                 is projected"
            );
            section.error(last.span.clone(), message, "ask for a start after the other outages");
            return None;
        }
    }
    let calendar = read[0].value.calendar.clone();
    for At { value: outage, span } in &read {
        let day = outage.start_local.date();
        if let Some(year) = policy_year
            && !year.holds(day)
        {
            let (first, last) = (year.first(), year.last());
            let message = format!("the outage of {day} is not in the policy year from {first} to {last}");
            section.error(span.clone(), message, "give the policy year in which it falls");
        }
    }
    let At { value: last, span: last_span } = read.pop()?;
    let mut earlier = Vec::with_capacity(read.len());
    let mut sound = true;
    for At { value: outage, span } in read {
        let ([duration], false) = (outage.durations.as_slice(), outage.ladder) else {
            let message = format!("outage {:?} has a ladder of durations and is not the last", outage.id);
            section.error(span, message, "give its `duration`; the last by date is projected");
            sound = false;
            continue;
        };
        let duration = *duration;
        let outage = outage.on(&calendar);
        let next = earlier.last().map(|past: &Past| (past.outage.start + past.duration, &past.outage.id));
        if let Some((ends, id)) = next
            && outage.start < ends
        {
            lasts_into(section, span, id, &outage.id);
        }
        earlier.push(Past { outage, duration });
    }
    let durations = overrides.durations.clone().unwrap_or_else(|| last.durations.clone());
    let outage = last.on(&calendar);
    if let Some(past) = earlier.last()
        && outage.start < past.outage.start + past.duration
    {
        lasts_into(section, last_span, &past.outage.id, &outage.id);
    }
    sound.then_some(Outages { calendar, outage, durations, earlier, policy_year })
}

fn lasts_into(section: &Section<'_>, span: std::ops::Range<usize>, one: &str, next: &str) {
    let message = format!("outage {one:?} still lasts when {next:?} starts; their hours count twice");
    section.warning(span, message, "let one end before the next starts, or make one outage of them");
}

/// An outage as its section tells it.
struct Happening {
    id: String,
    calendar: Calendar,
    start_local: DateTime,
    start: Hours,
    cause: Option<Cause>,
    interruptions: Interruptions,
    circumstances: Circumstances,
    durations: Vec<Hours>,
    /// Whether the durations stand in a list.
    ladder: bool,
}

impl Happening {
    /// The outage, its start counted from the origin of an earlier calendar.
    fn on(self, calendar: &Calendar) -> Outage {
        let start = self.start + self.calendar.hours_since(calendar);
        let Self { id, start_local, cause, interruptions, circumstances, .. } = self;
        let struck = Struck::default();
        Outage { id, start_local, start, cause, interruptions, struck, circumstances }
    }
}

fn outage(
    section: &mut Section<'_>,
    zone: Option<&At<String>>,
    overrides: &Overrides,
    several: bool,
) -> Option<Happening> {
    let id = if several { id(section) } else { Some(String::new()) };
    let start = section.required::<LocalTime>("start", "local time at which service stops");
    let ladder = "durations to project, such as [\"4h\", \"3d\"]";
    let (duration, durations) = if several {
        let duration = section.optional::<Hours>("duration", "how long it lasts");
        (duration, section.optional::<Ladder>("durations", "the last outage only: durations to project"))
    } else {
        (None, section.required::<Ladder>("durations", ladder))
    };
    let cause =
        section.choice("cause", false, "why service stops; needed where a cover names perils", &Cause::ALL);
    let circumstances = super::circumstances::circumstances(section);
    // A line's path is one for all outages: it cannot follow the interruptions of each.
    let interruptions =
        if several { Some(Interruptions::default()) } else { super::interruptions::interruptions(section) };
    let gives = ["duration", "durations"].map(|key| section.has(key));
    if several && gives == [false, false] {
        let mend = "give duration = \"12h\", or for the last outage the durations to project";
        section.error(section.head(), "the outage does not say how long it lasts", mend);
    }
    if gives == [true, true] && several {
        let mend = "keep `duration`, or for the last outage `durations`";
        section.error_at("durations", "the outage says twice how long it lasts", mend);
    }

    let durations = match (&overrides.durations, duration) {
        (None, Some(At { value: duration, span })) => {
            if !(duration > Hours::ZERO && duration <= LONGEST) {
                section.error(span, "an outage of this length cannot be projected", "give up to 366 days");
                return None;
            }
            Some(vec![duration])
        }
        (Some(durations), None) => Some(durations.clone()),
        // Another ladder is asked of the last outage; this may not be it.
        (Some(_), Some(At { value: duration, .. })) => Some(vec![duration]),
        (None, None) => durations.map(|At { value: Ladder(durations), span }| {
            let twice = |(place, hours): &(usize, &Hours)| durations[..*place].contains(hours);
            if durations.iter().enumerate().any(|pair| twice(&pair)) {
                section.warning(span, "a duration stands twice", "keep each once");
            }
            durations
        }),
    };
    let zone = zone?;
    let asked = overrides.start.as_ref().filter(|_| !several);
    let start_at = match asked {
        Some(start) => At { value: LocalTime(start.clone()), span: section.span_of("start") },
        None => start?,
    };
    let (calendar, start_local, start) = locate(section, zone, &start_at, asked.is_some())?;
    let (id, cause, ladder) = (id?, cause.map(|at| at.value), gives[1]);
    let (interruptions, durations) = (interruptions?, durations?);
    if overrides.durations.is_none() {
        super::interruptions::durations(section, &interruptions, &durations);
    }
    Some(Happening {
        id,
        calendar,
        start_local,
        start,
        cause,
        interruptions,
        circumstances,
        durations,
        ladder,
    })
}

fn id(section: &mut Section<'_>) -> Option<String> {
    let At { value: id, span } = section.required::<String>("id", "a name of its own")?;
    if sound_id(&id) {
        return Some(id);
    }
    let message = format!("id {id:?} has a character that ids cannot have");
    section.error(span, message, "use a-z, A-Z, 0-9, - and _");
    None
}

/// Finds a start on the calendar of its year, or says why it cannot be.
fn locate(
    section: &Section<'_>,
    zone: &At<String>,
    start: &At<LocalTime>,
    asked: bool,
) -> Option<(Calendar, DateTime, Hours)> {
    match calendar(&zone.value, &start.value.0) {
        Ok(found) => Some(found),
        Err((Culprit::Zone, message)) => {
            section.error(zone.span.clone(), message, "write an IANA name such as \"Asia/Seoul\"");
            None
        }
        Err((Culprit::Start, message)) => {
            let asked = if asked { "asked for in place of this start: " } else { "" };
            let message = format!("{asked}{message}");
            let mend =
                "write a local time such as \"2022-10-15T15:30\", with its offset where it comes twice";
            section.error(start.span.clone(), message, mend);
            None
        }
    }
}

enum Culprit {
    Zone,
    Start,
}

/// Lays out the years of a start, given as local time or with an offset.
fn calendar(zone: &str, start: &str) -> Result<(Calendar, DateTime, Hours), (Culprit, String)> {
    let wrong = |error: CalendarError| match error {
        CalendarError::UnknownZone(_) => (Culprit::Zone, error.to_string()),
        _ => (Culprit::Start, error.to_string()),
    };
    if let Ok(instant) = start.parse::<Timestamp>() {
        // The instant's local year is the calendar's, and only the zone knows it.
        let utc_year = jiff::tz::TimeZone::UTC.to_datetime(instant).year();
        let rough = Calendar::new(zone, utc_year).map_err(wrong)?;
        let year = rough.local(rough.elapsed(instant)).year();
        let calendar = Calendar::new(zone, year).map_err(wrong)?;
        let elapsed = calendar.elapsed(instant);
        return Ok((calendar.clone(), calendar.local(elapsed), elapsed));
    }
    let local = start.parse::<DateTime>().ok().filter(|_| start.contains(':'));
    let local = local.ok_or_else(|| (Culprit::Start, format!("{start:?} is not a date and a time")))?;
    let calendar = Calendar::new(zone, local.year()).map_err(wrong)?;
    let instant = calendar.instant(local).map_err(wrong)?;
    let elapsed = calendar.elapsed(instant);
    Ok((calendar, local, elapsed))
}
