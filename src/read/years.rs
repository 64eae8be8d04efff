//! Parts: year tables of shards, read back block by block.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::value::Fault;
use crate::frame::{Cells, Frame, Texts};
use crate::quantity::Money;
use crate::reason::Reason;
use crate::risk::{
    ACTIVE, BATCH, BLOCK, Losses, Part, Payer, PayerKind, RETAINED, RUN, Subject, YEAR, of_block,
};
use crate::scenario::Label;

/// A part that has been opened: of which run it is, and where its rows are.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// Whose years they are.
    pub subject: Subject,
    /// Which of them.
    pub part: Part,
    path: PathBuf,
}

#[derive(Deserialize)]
struct Run {
    schema: String,
    name: Words,
    currency: String,
    seed: u64,
    stratified: bool,
    revenue: f64,
    needs_waterfall: Option<String>,
    payers: Vec<PaidBy>,
    years: u64,
    shard: [u64; 2],
}

#[derive(Deserialize)]
struct Words {
    ko: String,
    en: String,
}

#[derive(Deserialize)]
struct PaidBy {
    kind: String,
    id: String,
    premium: f64,
    cost: f64,
    layers: Vec<String>,
}

/// Opens a part and reads of which run it is.
///
/// # Errors
///
/// Says what is wrong with the file, and how to mend it.
pub fn open(path: &Path) -> Result<Opened, Fault> {
    let mut run = String::new();
    frames(path, &mut |frame: Frame| -> Result<bool, Fault> {
        if let Some(Cells::Texts(texts)) = frame.get(RUN) {
            run = texts.iter().next().unwrap_or_default().to_owned();
        }
        Ok(false)
    })?;
    let run: Run =
        serde_json::from_str(&run).map_err(|_| no_part("its first row does not say of which run"))?;
    if run.schema != "netloss.years/1" {
        return Err(no_part(&format!("it is written as {}, which this version does not read", run.schema)));
    }
    let payers: Option<Vec<Payer>> = run
        .payers
        .into_iter()
        .map(|payer| {
            Some(Payer {
                kind: PayerKind::named(&payer.kind)?,
                id: payer.id,
                premium: Money(payer.premium),
                cost: Money(payer.cost),
                layers: payer.layers,
            })
        })
        .collect();
    let subject = Subject {
        name: Label { ko: run.name.ko, en: run.name.en },
        currency: run.currency,
        seed: run.seed,
        stratified: run.stratified,
        revenue: Money(run.revenue),
        appetite: None,
        needs_waterfall: run.needs_waterfall,
        payers: payers.ok_or_else(|| no_part("it knows a payer that this version does not"))?,
    };
    let [shard, of] = run.shard;
    Ok(Opened { subject, part: Part { years: run.years, shard, of }, path: path.to_owned() })
}

/// Puts parts in order and checks that together they are one run.
///
/// # Errors
///
/// Tells every part that is missing, there twice, or of another run.
pub fn whole(mut parts: Vec<Opened>) -> Result<Vec<Opened>, Vec<Fault>> {
    parts.sort_by_key(|opened| opened.part.shard);
    let Some(first) = parts.first().cloned() else { return Ok(parts) };
    let mut faults = Vec::new();
    let mut found: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    for opened in &parts {
        let name = opened.path.display().to_string();
        let same = opened.subject == first.subject
            && (opened.part.years, opened.part.of) == (first.part.years, first.part.of);
        if !same {
            faults.push(Fault::new(
                format!("{name} is of another run than {}", first.path.display()),
                "merge parts that were drawn with the same scenario, seed, years and number of shards",
            ));
        }
        found.entry(opened.part.shard).or_default().push(name);
    }
    for (shard, names) in &found {
        if names.len() > 1 {
            let message = format!("shard {shard} is there twice: {}", names.join(", "));
            faults.push(Fault::new(message, "name each part once"));
        }
    }
    let missing: Vec<String> = (1..=first.part.of)
        .filter(|shard| !found.contains_key(shard))
        .map(|shard| format!("{shard}/{}", first.part.of))
        .collect();
    if !missing.is_empty() {
        let message = format!("shards are missing: {}", missing.join(", "));
        faults.push(Fault::new(message, "draw them with --shard, and name every part"));
    }
    if faults.is_empty() { Ok(parts) } else { Err(faults) }
}

/// Reads the years of a part, block by block.
///
/// # Errors
///
/// Says what is wrong with the file, or what `take` said.
pub fn blocks<E: From<Fault>>(
    opened: &Opened,
    mut take: impl FnMut(u64, Losses) -> Result<(), E>,
) -> Result<(), E> {
    let measures = opened.subject.measures();
    let mut expected = opened.part.blocks().map(|block| of_block(block, opened.part.years));
    frames(&opened.path, &mut |frame: Frame| {
        let wrong = |message: String| E::from(no_part(&message));
        let Some((first, years)) = expected.next() else {
            return Err(wrong("it has more rows than its shard has years".into()));
        };
        let Some(Cells::Integers(numbers)) = frame.get(YEAR) else {
            return Err(wrong(format!("it has no column {YEAR:?}")));
        };
        if numbers.len() != years || !numbers.iter().copied().eq(first + 1..=first + years as u64) {
            return Err(wrong(format!(
                "years {} to {} are not all there, in order",
                first + 1,
                first + years as u64
            )));
        }
        let Some(Cells::Integers(has_outage)) = frame.get(ACTIVE) else {
            return Err(wrong(format!("it has no column {ACTIVE:?}")));
        };
        let active = (0_u32..).zip(has_outage).filter(|(_, has)| **has > 0).map(|(year, _)| year);
        let mut losses = Losses { years, active: active.collect(), ..Losses::default() };
        let idle = has_outage.iter().position(|has| *has == 0);
        for measure in &measures {
            let name = opened.subject.column(*measure);
            let Some(Cells::Numbers(column)) = frame.get(&name) else {
                return Err(wrong(format!("it has no column {name:?}")));
            };
            losses.columns.push(losses.active.iter().map(|year| column[*year as usize]).collect());
            losses.idle.push(idle.map_or(0.0, |year| column[year]));
        }
        let Some(Cells::Texts(retained)) = frame.get(RETAINED) else {
            return Err(wrong(format!("it has no column {RETAINED:?}")));
        };
        for batch in retained.iter().step_by(BATCH) {
            losses.retained.push(by_reason(batch)?);
        }
        take(first, losses).map(|()| true)
    })?;
    match expected.next() {
        Some((first, _)) => Err(no_part(&format!("it ends before year {}", first + 1)).into()),
        None => Ok(()),
    }
}

fn by_reason(text: &str) -> Result<[f64; Reason::COUNT], Fault> {
    let mut retained = [0.0; Reason::COUNT];
    for pair in text.split(';').filter(|pair| !pair.is_empty()) {
        let (key, amount) = pair.split_once('=').unwrap_or((pair, ""));
        let reason = Reason::ALL.iter().find(|(name, _)| *name == key);
        match (reason, amount.parse()) {
            (Some((_, reason)), Ok(amount)) => retained[*reason as usize] = amount,
            _ => return Err(no_part(&format!("it tells {pair:?} of what is retained"))),
        }
    }
    Ok(retained)
}

fn no_part(why: &str) -> Fault {
    Fault::new(
        format!("the file is no part of a run: {why}"),
        "draw one with: simulate --shard 1/4 -o FILE",
    )
}

/// Reads a file in frames of a block each, until `take` has enough.
fn frames<E: From<Fault>>(path: &Path, take: &mut dyn FnMut(Frame) -> Result<bool, E>) -> Result<(), E> {
    match path.extension().and_then(|end| end.to_str()) {
        Some("csv") => frames_of_csv(path, take),
        #[cfg(feature = "batch")]
        Some("parquet") => super::parquet::frames(path, BLOCK as usize, take),
        #[cfg(not(feature = "batch"))]
        Some("parquet") => {
            let mend = "give .csv parts, or build with Parquet: cargo build --release --features batch";
            Err(Fault::new("this build reads no Parquet", mend).into())
        }
        _ => Err(Fault::new("a part is .csv or .parquet", "name the files that --shard wrote").into()),
    }
}

fn frames_of_csv<E: From<Fault>>(
    path: &Path,
    take: &mut dyn FnMut(Frame) -> Result<bool, E>,
) -> Result<(), E> {
    let fault = |error: csv::Error| Fault::new(error.to_string(), "name a part that can be read");
    let mut reader = csv::Reader::from_path(path).map_err(fault)?;
    let names: Vec<String> = reader.headers().map_err(fault)?.iter().map(str::to_owned).collect();
    let empty = || Frame { columns: names.iter().map(|name| (name.clone(), cells(name))).collect() };
    let (mut frame, mut record, mut row) = (empty(), csv::StringRecord::new(), 1);
    while reader.read_record(&mut record).map_err(fault)? {
        row += 1;
        for ((name, column), text) in frame.columns.iter_mut().zip(&record) {
            let no_number = || no_part(&format!("row {row}: {text:?} in column {name:?} is no number"));
            match column {
                Cells::Integers(cells) => cells.push(text.parse().map_err(|_| no_number())?),
                Cells::Smalls(cells) => cells.push(text.parse().map_err(|_| no_number())?),
                Cells::Numbers(cells) => cells.push(text.parse().map_err(|_| no_number())?),
                Cells::Texts(cells) => cells.push(text),
            }
        }
        if frame.rows() == BLOCK as usize && !take(std::mem::replace(&mut frame, empty()))? {
            return Ok(());
        }
    }
    if frame.rows() > 0 { take(frame).map(|_| ()) } else { Ok(()) }
}

/// The kind of cells that a column of a part has, by its name.
fn cells(name: &str) -> Cells {
    match name {
        YEAR | ACTIVE => Cells::Integers(vec![]),
        RETAINED | RUN => Cells::Texts(Texts::default()),
        _ => Cells::Numbers(vec![]),
    }
}

impl Opened {
    /// Returns where the part is.
    #[must_use]
    pub fn path(&self) -> &PathBuf {
        &self.path
    }
}
