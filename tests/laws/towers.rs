//! Towers against a slow twin that walks up a loss unit by unit, and what holds
//! for every tower and every row of losses.

use super::*;
use netloss::cover::ByHead;
use netloss::tower::{
    Captive, Corridor, Counted, DropDown, Erosion, Exclusion, LayerTerms, ProRata, Reinstatements,
    TowerYear, View,
};

/// Units in the smallest amount of a contract.
const GRAIN: usize = 8;

/// A layer in plain words. Widths and attachments are counted in grains.
#[derive(Clone, Debug)]
struct Plain {
    gap: usize,
    width: usize,
    placed: f64,
    annual: Annual,
    drop_down: DropDown,
    corridor: Option<(usize, usize, f64, bool)>,
    excludes: Option<Erosion>,
    captive: bool,
}

#[derive(Clone, Debug)]
enum Annual {
    Endless,
    Aggregate(usize),
    Tranches(Vec<f64>),
}

#[derive(Clone, Debug)]
struct PlainTower {
    retention: usize,
    from_the_ground: bool,
    group: bool,
    layers: Vec<Plain>,
}

/// A loss of two heads, the second of which a layer may exclude, and when in the
/// year it comes.
type Loss = (usize, usize, f64);

fn a_layer() -> impl Strategy<Value = Plain> {
    let annual = prop_oneof![
        2 => Just(Annual::Endless),
        2 => (0..12_usize).prop_map(Annual::Aggregate),
        2 => prop::collection::vec(select(vec![0.0, 0.5, 1.0, 1.25]), 1..3).prop_map(Annual::Tranches),
    ];
    let drop_down =
        select(vec![DropDown::None, DropDown::KeepRetention, DropDown::UnderlyingBecomesRetention]);
    let corridor = (0..4_usize, 1..4_usize, select(vec![0.0, 0.5, 1.0]), any::<bool>())
        .prop_map(|(from, wide, share, erodes)| (from, from + wide, share, erodes));
    let excludes = prop_oneof![
        4 => Just(None),
        1 => Just(Some(Erosion::All)),
        1 => Just(Some(Erosion::CoveredOnly)),
    ];
    let corridor = prop_oneof![2 => Just(None), 1 => corridor.prop_map(Some)];
    let place = (prop_oneof![3 => Just(0), 1 => 1..3_usize], 1..8_usize, select(vec![1.0, 0.75, 0.5]));
    (place, annual, drop_down, corridor, excludes, any::<bool>()).prop_map(
        |((gap, width, placed), annual, drop_down, corridor, excludes, captive)| Plain {
            gap,
            width,
            placed,
            annual,
            drop_down,
            corridor,
            excludes,
            captive,
        },
    )
}

fn a_tower() -> impl Strategy<Value = PlainTower> {
    (0..3_usize, any::<bool>(), any::<bool>(), prop::collection::vec(a_layer(), 1..5)).prop_map(
        |(retention, from_the_ground, group, layers)| PlainTower {
            retention,
            from_the_ground,
            group,
            layers,
        },
    )
}

fn some_losses() -> impl Strategy<Value = Vec<Loss>> {
    let when = select(vec![1.0, 0.75, 0.5, 0.25]);
    prop::collection::vec((0..24_usize, prop_oneof![Just(0), 0..12_usize], when), 1..5)
}

fn money(grains: usize) -> Money {
    Money((grains * GRAIN) as f64)
}

/// The tower as the engine takes it.
fn to_engine(plain: &PlainTower) -> Tower {
    let mut at = if plain.from_the_ground { plain.retention } else { 0 };
    let mut layers = Vec::new();
    for (place, layer) in plain.layers.iter().enumerate() {
        at += layer.gap;
        let carriers = vec![Carrier { name: "carrier".into(), share: share(layer.placed) }];
        let bare = Layer::new(place.to_string(), Some(money(layer.width)), money(at), carriers).unwrap();
        let (aggregate, reinstatements) = match &layer.annual {
            Annual::Endless => (None, None),
            Annual::Aggregate(most) => (Some(money(*most)), None),
            Annual::Tranches(parts) => {
                let terms = Reinstatements::new(parts.clone(), Money(45.0), ProRata::AmountAndTime);
                (None, Some(terms.unwrap()))
            }
        };
        let terms = LayerTerms {
            exclusion: layer.excludes.map(|erosion| Exclusion { heads: vec![Head::Refund], erosion }),
            aggregate,
            reinstatements,
            drop_down: layer.drop_down,
            corridor: layer.corridor.map(|(from, to, part, erodes)| {
                Corridor::new(money(from), Some(money(to)), share(part), erodes).unwrap()
            }),
            captive: layer.captive.then(Captive::default),
        };
        layers.push(bare.under(terms).unwrap());
        at += layer.width;
    }
    let counted = if plain.from_the_ground { Counted::GroundUp } else { Counted::AboveRetention };
    let tower = Tower::new(layers).unwrap().above(money(plain.retention), counted).unwrap();
    tower.seen_by(if plain.group { View::Group } else { View::Opco })
}

fn by_head((profit, refunds, _): &Loss) -> ByHead {
    let mut heads = ByHead::default();
    heads[Head::LostProfit as usize] = money(*profit);
    heads[Head::Refund as usize] = money(*refunds);
    heads
}

/// Whose a unit of loss is, if it comes to be lost.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Owner {
    Layer(usize),
    Gap,
    UsedUp,
}

/// What a slow layer has left.
#[derive(Clone, Debug)]
struct Left {
    /// For the next loss.
    next: f64,
    /// Of the aggregate, where there is one.
    aggregate: f64,
    /// Of each reinstatement.
    tranches: Vec<f64>,
}

/// What a slow layer makes of a loss.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    in_layer: f64,
    paid: f64,
    reinstated: f64,
    premium: f64,
}

#[derive(Debug)]
struct Slow<'p> {
    plain: &'p PlainTower,
    left: Vec<Left>,
}

impl<'p> Slow<'p> {
    fn new(plain: &'p PlainTower) -> Self {
        let left = plain.layers.iter().map(|layer| {
            let width = (layer.width * GRAIN) as f64;
            let aggregate = match layer.annual {
                Annual::Aggregate(most) => (most * GRAIN) as f64,
                _ => f64::INFINITY,
            };
            let tranches = match &layer.annual {
                Annual::Tranches(parts) => vec![width; parts.len()],
                _ => vec![],
            };
            Left { next: width.min(aggregate), aggregate, tranches }
        });
        Self { plain, left: left.collect() }
    }

    /// Says of each piece above the retention whose it is and how long, from the
    /// lowest up. A layer's last piece may be part of a unit.
    fn owners(&self) -> Vec<(Owner, f64)> {
        let (mut owners, mut top): (Vec<(Owner, f64)>, f64) = (Vec::new(), 0.0);
        let long = |owners: &[(Owner, f64)]| owners.iter().map(|(_, length)| length).sum::<f64>();
        for (place, layer) in self.plain.layers.iter().enumerate() {
            let gap = (layer.gap * GRAIN) as f64;
            if layer.drop_down == DropDown::None {
                owners.push((Owner::UsedUp, top - long(&owners)));
            }
            owners.push((Owner::Gap, gap));
            let mut left = self.left[place].next;
            for unit in 0..layer.width * GRAIN {
                let (_, costs) = self.unit(place, unit);
                if left <= 1e-9 {
                    break;
                }
                let length = if costs > left { left / costs } else { 1.0 };
                owners.push((Owner::Layer(place), length));
                left -= costs * length;
            }
            top += gap + (layer.width * GRAIN) as f64;
        }
        owners.push((Owner::UsedUp, top - long(&owners)));
        owners
    }

    /// What carriers pay of the layer's unit, and what it uses up.
    fn unit(&self, place: usize, unit: usize) -> (f64, f64) {
        match self.plain.layers[place].corridor {
            Some((from, to, part, erodes)) if (from * GRAIN..to * GRAIN).contains(&unit) => {
                (1.0 - part, if erodes { 1.0 } else { 1.0 - part })
            }
            _ => (1.0, 1.0),
        }
    }

    fn retention(&self) -> usize {
        let lowest = self.left.iter().position(|left| left.next > 0.0);
        match lowest {
            Some(lowest)
                if lowest > 0
                    && self.plain.layers[lowest].drop_down == DropDown::UnderlyingBecomesRetention =>
            {
                0
            }
            _ => self.plain.retention * GRAIN,
        }
    }

    fn respond(
        &mut self,
        loss: &Loss,
        kept: &mut std::collections::BTreeMap<&'static str, f64>,
    ) -> Vec<Part> {
        let (profit, refunds, time_left) = (loss.0 * GRAIN, loss.1 * GRAIN, loss.2);
        let all = profit + refunds;
        let retention = self.retention().min(all);
        *kept.entry("deductible").or_default() += retention as f64;
        let lost = all - retention;
        // The retention comes off both heads in proportion.
        let followed = if all == 0 { 0.0 } else { profit as f64 * lost as f64 / all as f64 };
        let owners = self.owners();
        let lost = lost as f64;
        let within = |owner: Owner, up_to: f64| {
            let (mut at, mut found) = (0.0, 0.0);
            for (whose, length) in &owners {
                if *whose == owner {
                    found += length.min((up_to - at).max(0.0));
                }
                at += length;
            }
            found
        };
        let top: f64 = owners.iter().map(|(_, length)| length).sum();
        *kept.entry("layer_gap").or_default() += within(Owner::Gap, lost);
        *kept.entry("layer_exhausted").or_default() += within(Owner::UsedUp, lost);
        *kept.entry("above_limit").or_default() += (lost - top).max(0.0);
        let mut parts = Vec::new();
        for (place, layer) in self.plain.layers.iter().enumerate() {
            let in_layer = within(Owner::Layer(place), lost);
            let takes = match layer.excludes {
                None => in_layer,
                Some(Erosion::All) => in_layer.min(followed),
                Some(Erosion::CoveredOnly) => within(Owner::Layer(place), followed),
            };
            let (mut whole, mut uses) = (0.0, 0.0);
            for unit in 0..takes.ceil() as usize {
                let part = (takes - unit as f64).min(1.0);
                let (paid, costs) = self.unit(place, unit);
                whole += paid * part;
                uses += costs * part;
            }
            let paid = whole * layer.placed;
            let (reinstated, premium) = self.use_up(place, uses, time_left);
            *kept.entry("not_followed").or_default() += in_layer - takes;
            *kept.entry("corridor").or_default() += takes - whole;
            *kept.entry("unplaced_share").or_default() += whole - paid;
            let within_group = layer.captive && self.plain.group;
            if within_group {
                *kept.entry("captive_layer").or_default() += paid;
            }
            let paid = if within_group { 0.0 } else { paid };
            parts.push(Part { in_layer, paid, reinstated, premium: premium * layer.placed });
        }
        parts
    }

    fn use_up(&mut self, place: usize, uses: f64, time_left: f64) -> (f64, f64) {
        let width = (self.plain.layers[place].width * GRAIN) as f64;
        let left = &mut self.left[place];
        left.aggregate -= uses;
        let (mut reinstated, mut premium) = (0.0, 0.0);
        if let Annual::Tranches(parts) = &self.plain.layers[place].annual {
            for (tranche, part) in left.tranches.iter_mut().zip(parts) {
                let back = tranche.min(uses - reinstated);
                *tranche -= back;
                reinstated += back;
                premium += 45.0 * back / width * part * time_left;
            }
            left.next = left.next - uses + reinstated;
        } else {
            left.next = width.min(left.aggregate);
        }
        (reinstated, premium)
    }
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn a_tower_agrees_with_its_slow_twin(plain in a_tower(), losses in some_losses()) {
        let (tower, mut slow) = (to_engine(&plain), Slow::new(&plain));
        let mut year = TowerYear::default();
        for loss in &losses {
            let response = tower.respond(&by_head(loss), &year, share(loss.2));
            let mut kept = std::collections::BTreeMap::new();
            let parts = slow.respond(loss, &mut kept);
            let scale = 1000.0;
            for (place, (fast, slow)) in response.layers.iter().zip(&parts).enumerate() {
                same(&format!("in layer {place}"), fast.in_layer.0, slow.in_layer, scale)?;
                same(&format!("paid by layer {place}"), fast.paid.0, slow.paid, scale)?;
                same(&format!("reinstated of layer {place}"), fast.reinstated.0, slow.reinstated, scale)?;
                let premium = fast.reinstatement_premium.0;
                same(&format!("premium of layer {place}"), premium, slow.premium, scale)?;
            }
            for (reason, amount) in response.retained.iter() {
                let slow = kept.get(reason.key()).copied().unwrap_or_default();
                same(reason.key(), amount.0, slow, scale)?;
            }
            let presented: Money = by_head(loss).iter().copied().sum();
            same("paid and retained", (response.paid() + response.retained.total()).0, presented.0, scale)?;
            year = response.year;
        }
    }

    #[test]
    fn a_year_pays_no_more_than_it_has_and_reinstates_for_no_more_than_it_costs(
        plain in a_tower(),
        losses in some_losses(),
    ) {
        let tower = to_engine(&plain);
        let mut year = TowerYear::default();
        for loss in &losses {
            year = tower.respond(&by_head(loss), &year, Share::ALL).year;
        }
        for (place, (layer, plain)) in tower.layers().iter().zip(&plain.layers).enumerate() {
            let limit = layer.limit().unwrap().0;
            if let Annual::Tranches(parts) = &plain.annual {
                let most = limit * (parts.len() as f64 + 1.0);
                at_most("paid in a year", year.used(place).0, most, most)?;
                let dearest = 45.0 * parts.iter().sum::<f64>();
                at_most("premium", year.reinstatement_premium[place].0, dearest, dearest)?;
            }
            if let Annual::Aggregate(most) = plain.annual {
                let most = money(most).0;
                at_most("paid in a year", year.used(place).0, most, most)?;
            }
        }
    }

    #[test]
    fn before_anything_is_used_a_layer_that_drops_down_attaches_where_it_says(
        plain in a_tower(),
        loss in some_losses(),
    ) {
        let dropping = |drop_down| {
            let mut plain = plain.clone();
            plain.layers.iter_mut().for_each(|layer| {
                layer.drop_down = drop_down;
                // An aggregate below the limit is erosion before the first loss.
                if let Annual::Aggregate(most) = &mut layer.annual {
                    *most += layer.width;
                }
            });
            to_engine(&plain).respond(&by_head(&loss[0]), &TowerYear::default(), Share::ALL)
        };
        prop_assert_eq!(dropping(DropDown::None), dropping(DropDown::KeepRetention));
        prop_assert_eq!(dropping(DropDown::None), dropping(DropDown::UnderlyingBecomesRetention));
    }

    #[test]
    fn cutting_a_layer_of_the_year_in_two_changes_nothing(
        retention in 0..3_usize,
        (width, below) in (2..9_usize, 1..8_usize),
        losses in some_losses(),
    ) {
        // Where each part has the whole year to itself, a cut is seen by nobody.
        let layer = |gap, width| Plain {
            gap,
            width,
            placed: 0.75,
            annual: Annual::Endless,
            drop_down: DropDown::None,
            corridor: None,
            excludes: None,
            captive: false,
        };
        let below = below.min(width - 1);
        let tower = |layers| {
            to_engine(&PlainTower { retention, from_the_ground: false, group: false, layers })
        };
        let (one, two) =
            (tower(vec![layer(1, width)]), tower(vec![layer(1, below), layer(0, width - below)]));
        let (mut of_one, mut of_two) = (TowerYear::default(), TowerYear::default());
        for loss in &losses {
            let one = one.respond(&by_head(loss), &of_one, Share::ALL);
            let two = two.respond(&by_head(loss), &of_two, Share::ALL);
            same("two layers", two.paid().0, one.paid().0, 1000.0)?;
            prop_assert_eq!(one.retained, two.retained);
            (of_one, of_two) = (one.year, two.year);
        }
    }
}
