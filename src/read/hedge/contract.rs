//! Section `[[hedge]]`: options, swaps, bonds and warranties.

use super::super::currency::currency;
use super::super::lines::{MET, checked_steps, lines_named, steps};
use super::super::scenario::{Context, Heading};
use super::super::section::{At, Section};
use super::super::value::Strike;
use super::super::{premium, quality};
use super::{index, keys_of, level};
use crate::hedge::{
    CallSpread, Cap, CatBond, Collar, Contract, Hedge, Index, IndustryLoss, IndustryLossWarranty, Level,
    RevenueSwap, SoldFloor, StrikesError, Swap, WarrantyForm,
};
use crate::quantity::{Hours, Met, Money, MoneyPerHour, Share};
use crate::scenario::{HedgePosition, Named};

/// Each kind, with the keys that it needs.
const KINDS: [(&str, &[&str]); 8] = [
    ("call_spread", &["index", "from", "to"]),
    ("swap", &["index", "strike"]),
    ("cap", &["index", "strike"]),
    ("sold_floor", &["index", "strike"]),
    ("collar", &["index", "floor", "cap"]),
    ("revenue_swap", &["notional", "fixed", "period"]),
    ("cat_bond", &["index", "principal", "attachment", "exhaustion", "spread", "collateral_yield"]),
    (
        "industry_loss_warranty",
        &["index", "form", "limit", "industry_trigger", "own_trigger", "met", "industry_loss"],
    ),
];

const KEYS: [&str; 22] = [
    "index",
    "tick",
    "from",
    "to",
    "strike",
    "floor",
    "cap",
    "notional",
    "fixed",
    "period",
    "lines",
    "principal",
    "attachment",
    "exhaustion",
    "spread",
    "collateral_yield",
    "form",
    "limit",
    "industry_trigger",
    "own_trigger",
    "met",
    "industry_loss",
];

/// Reads one hedge.
pub(in super::super) fn hedge(
    section: &mut Section<'_>,
    context: &Context<'_>,
) -> Option<Named<HedgePosition>> {
    let stated_in = currency(section, context);
    let heading = Heading::read(section, context);
    let kind = section.choice("kind", true, "its form", &KINDS.map(|(kind, keys)| (kind, (kind, keys))));
    let index = index::index(section, context);
    let strikes = Strikes::read(section);
    let swap = RevenueKeys::read(section, context);
    let bond = BondKeys::read(section);
    let warranty = WarrantyKeys::read(section);
    let premium = premium::of_hedge(section);
    let quality = quality::own(section);

    let At { value: (kind, needs), .. } = kind?;
    let form = format!("kind = {kind:?}");
    let of_hours = index.as_ref().is_none_or(Index::is_of_hours);
    let linked = needs.contains(&"index") && !["cat_bond", "industry_loss_warranty"].contains(&kind);
    let mut needs = needs.to_vec();
    if linked && of_hours {
        needs.push("tick");
    }
    let may: &[&str] = match kind {
        "revenue_swap" => &["lines"],
        "industry_loss_warranty" => &["full_at"],
        _ => &[],
    };
    if !keys_of(section, &form, &needs, may, &KEYS) {
        return None;
    }
    if kind == "cat_bond" && section.has("premium") {
        let mend = "leave `premium` out: a year costs principal times spread";
        section.error_at("premium", "the spread says what the bond costs", mend);
    } else if kind != "cat_bond" && !section.has("premium") {
        let mend = "give `premium`, 0 where it is not to be counted";
        section.error(section.head(), format!("{form} needs `premium`"), mend);
        return None;
    }
    let hedge = match kind {
        "revenue_swap" => swap.hedge()?,
        "cat_bond" => bond.hedge(section, index?)?,
        "industry_loss_warranty" => warranty.hedge(section, index?)?,
        _ => strikes.hedge(section, kind, index?)?,
    };
    let premium = match &hedge.contract {
        Contract::CatBond(bond) => bond.cost_of_year().into(),
        _ => premium?,
    };
    Some(heading?.over(HedgePosition { hedge, quality, premium, stated_in }))
}

/// Keys of options and swaps on an index.
struct Strikes {
    tick: Option<At<Money>>,
    from: Option<At<Strike>>,
    to: Option<At<Strike>>,
    strike: Option<At<Strike>>,
    floor: Option<At<Strike>>,
    cap: Option<At<Strike>>,
}

impl Strikes {
    fn read(section: &mut Section<'_>) -> Self {
        Self {
            tick: section
                .optional::<Money>("tick", "money for each hour of the index; a loss is paid as it is"),
            from: section.optional::<Strike>("from", "lower strike of a call spread: hours, or an amount"),
            to: section.optional::<Strike>("to", "its upper strike"),
            strike: section.optional::<Strike>("strike", "strike of a swap, cap or floor"),
            floor: section.optional::<Strike>("floor", "strike of a collar's sold floor"),
            cap: section.optional::<Strike>("cap", "strike of a collar's cap"),
        }
    }

    fn hedge(self, section: &Section<'_>, kind: &str, index: Index) -> Option<Hedge> {
        let tick = if index.is_of_hours() { self.tick?.value } else { Money(1.0) };
        let read = |strike: Option<At<Strike>>| level(section, &index, strike);
        let contract = match kind {
            "call_spread" => {
                let (from, to) = (read(self.from)?, read(self.to)?);
                Contract::CallSpread(checked(section, "to", CallSpread::new(tick, from, to))?)
            }
            "collar" => {
                let (floor, cap) = (read(self.floor)?, read(self.cap)?);
                Contract::Collar(checked(section, "cap", Collar::new(tick, floor, cap))?)
            }
            _ => {
                let strike = read(self.strike)?;
                match kind {
                    "swap" => Contract::Swap(Swap { tick, strike }),
                    "cap" => Contract::Cap(Cap { tick, strike }),
                    _ => Contract::SoldFloor(SoldFloor { tick, strike }),
                }
            }
        };
        Some(Hedge { index, contract })
    }
}

fn checked<T>(section: &Section<'_>, key: &str, made: Result<T, StrikesError>) -> Option<T> {
    made.map_err(|error| section.error_at(key, error.to_string(), "let the upper level be above the lower"))
        .ok()
}

/// Keys of a revenue swap.
struct RevenueKeys {
    notional: Option<At<Share>>,
    fixed: Option<At<Money>>,
    period: Option<At<Hours>>,
    lines: Vec<usize>,
}

impl RevenueKeys {
    fn read(section: &mut Section<'_>, context: &Context<'_>) -> Self {
        let notional =
            section.optional::<Share>("notional", "share of revenue that a revenue swap exchanges");
        let fixed = section.optional::<Money>("fixed", "fixed revenue of its period");
        let period = section.optional::<Hours>("period", "its period, from the outage's start");
        let lines =
            section.optional::<Vec<String>>("lines", "lines whose revenue is the proxy; all unless said");
        Self { notional, fixed, period, lines: lines_named(section, lines, context) }
    }

    fn hedge(self) -> Option<Hedge> {
        let swap = RevenueSwap { notional: self.notional?.value, fixed: self.fixed?.value };
        let index = Index::Revenue { lines: self.lines, period: self.period?.value };
        Some(Hedge { index, contract: Contract::RevenueSwap(swap) })
    }
}

/// Keys of a catastrophe bond.
struct BondKeys {
    principal: Option<At<Money>>,
    attachment: Option<At<Strike>>,
    exhaustion: Option<At<Strike>>,
    spread: Option<At<Share>>,
    collateral_yield: Option<At<Share>>,
}

impl BondKeys {
    fn read(section: &mut Section<'_>) -> Self {
        Self {
            principal: section.optional::<Money>("principal", "principal of a bond that is our part of it"),
            attachment: section.optional::<Strike>("attachment", "level from which principal is lost"),
            exhaustion: section.optional::<Strike>("exhaustion", "level at which all of it is lost"),
            spread: section.optional::<Share>("spread", "spread a year that the sponsor pays"),
            collateral_yield: section
                .optional::<Share>("collateral_yield", "yield a year of its collateral"),
        }
    }

    fn hedge(self, section: &Section<'_>, index: Index) -> Option<Hedge> {
        let (attachment, exhaustion): (Level, Level) =
            (level(section, &index, self.attachment)?, level(section, &index, self.exhaustion)?);
        let (spread, collateral) = (self.spread?.value, self.collateral_yield?.value);
        let bond = CatBond::new(self.principal?.value, attachment, exhaustion, spread, collateral);
        Some(Hedge { index, contract: Contract::CatBond(checked(section, "exhaustion", bond)?) })
    }
}

/// Keys of an industry loss warranty.
struct WarrantyKeys {
    form: Option<At<&'static str>>,
    full_at: Option<At<Money>>,
    limit: Option<At<Money>>,
    industry_trigger: Option<At<Money>>,
    own_trigger: Option<At<Money>>,
    met: Option<At<Met>>,
    industry: Option<IndustryLoss>,
}

impl WarrantyKeys {
    fn read(section: &mut Section<'_>) -> Self {
        let forms = ["binary", "indemnity", "pro_rata"].map(|form| (form, form));
        Self {
            form: section.choice("form", false, "what a warranty pays once it is triggered", &forms),
            full_at: section
                .optional::<Money>("full_at", "industry loss at which the pro-rata form pays its limit"),
            limit: section.optional::<Money>("limit", "the most that a warranty pays"),
            industry_trigger: section
                .optional::<Money>("industry_trigger", "industry loss that triggers it"),
            own_trigger: section.optional::<Money>("own_trigger", "loss of our own that it needs as well"),
            met: section.choice("met", false, "how both triggers are met", &MET),
            industry: section.value_or_section::<Money, _>(
                "industry_loss",
                "what the industry loses: an amount, or by duration",
                |at| Some(IndustryLoss::Fixed(at.value)),
                industry,
            ),
        }
    }

    fn hedge(self, section: &Section<'_>, index: Index) -> Option<Hedge> {
        if !matches!(index, Index::Loss(_)) {
            let mend = "write index = \"economic_loss\" or index = \"after_covers\"";
            section.error_at("index", "a warranty measures our own loss", mend);
            return None;
        }
        let form = match (self.form?.value, self.full_at) {
            ("binary", None) => WarrantyForm::Binary,
            ("indemnity", None) => WarrantyForm::Indemnity,
            ("pro_rata", Some(full)) => WarrantyForm::ProRata(full.value),
            (form, _) => {
                let mend = "give `full_at` with the pro-rata form, and with no other";
                section.error(section.head(), format!("form = {form:?} and `full_at` do not agree"), mend);
                return None;
            }
        };
        let (limit, industry_trigger) = (self.limit?.value, self.industry_trigger?.value);
        let (own_trigger, met) = (self.own_trigger?.value, self.met?.value);
        let warranty =
            IndustryLossWarranty::new(limit, industry_trigger, own_trigger, met, form, self.industry?);
        match warranty {
            Ok(warranty) => Some(Hedge { index, contract: Contract::Warranty(warranty) }),
            Err(error) => {
                section.error_at("full_at", error.to_string(), "let it lie above the industry trigger");
                None
            }
        }
    }
}

fn industry(section: &mut Section<'_>) -> Option<IndustryLoss> {
    let per_hour = section.optional::<Money>("per_hour", "so much for each hour of the outage");
    let steps = steps(section, "amounts by duration; the highest step reached counts");
    let met = section.choice("met", false, "how a step is reached; needed with `steps`", &MET);
    match (per_hour, section.has("steps")) {
        (Some(rate), false) => Some(IndustryLoss::PerHour(MoneyPerHour(rate.value.0))),
        (None, true) => checked_steps(section, steps, met.map(|at| at.value)).map(IndustryLoss::Steps),
        _ => {
            section.error(
                section.head(),
                "it is not clear what the industry loses",
                "give per_hour or steps",
            );
            None
        }
    }
}
