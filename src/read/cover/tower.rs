//! Layers of a cover, as `[[cover.layer]]`.

use crate::quantity::{Money, Share};
use crate::read::section::{At, Section};
use crate::read::value::{MoneyOrNone, Shares};
use crate::tower::{Carrier, Layer, Tower};

pub(super) fn layer(section: &mut Section<'_>) -> Option<Layer> {
    let id = section.required::<String>("id", "a name of its own");
    let limit = section.required::<MoneyOrNone>("limit", "width of the layer, or \"none\"");
    let attachment = section.required::<Money>("attachment", "covered loss at which it starts");
    let shares =
        section.optional::<Shares>("shares", "carriers and their parts; all with one carrier unless said");
    let id = id?.value;
    let whole = || vec![Carrier { name: id.clone(), share: Share::ALL }];
    let shares = shares.map(|At { value: Shares(shares), .. }| {
        shares.into_iter().map(|(name, share)| Carrier { name, share }).collect::<Vec<_>>()
    });
    let mut carriers = shares.unwrap_or_else(whole);
    let stated = carriers.iter().position(|carrier| carrier.name == UNPLACED);
    let stated = stated.map(|place| carriers.remove(place).share);
    let (limit, attachment) = (limit?.value.0, attachment?.value);
    let layer = match Layer::new(id.clone(), limit, attachment, carriers) {
        Ok(layer) => layer,
        Err(error) => {
            section.error_at("shares", error.to_string(), "let the shares add up to 100% or less");
            // Its place in the tower is known all the same.
            let whole = vec![Carrier { name: id.clone(), share: Share::ALL }];
            return Layer::new(id, limit, attachment, whole).ok();
        }
    };
    let unplaced = layer.placed().rest();
    match stated {
        Some(stated) if (stated.get() - unplaced.get()).abs() > 1e-9 => {
            let message = format!(
                "layer {:?} is {stated} unplaced by its words and {unplaced} by its shares",
                layer.id()
            );
            section.error_at("shares", message, "let carriers and `unplaced` add up to 100%");
        }
        None if unplaced.get() > 1e-9 && layer.placed() > Share::NONE => {
            let message =
                format!("{unplaced} of layer {:?} is unplaced and stays with the insured", layer.id());
            let mend = format!("place it, or say so: {UNPLACED} = \"{unplaced}\"");
            section.warning(section.span_of("shares"), message, mend);
        }
        _ => {}
    }
    Some(layer)
}

/// The word in `shares` for the part that no carrier took.
const UNPLACED: &str = "unplaced";

pub(super) fn tower(section: &Section<'_>, layers: Vec<At<Layer>>, limit: Option<Money>) -> Option<Tower> {
    if layers.is_empty() || layers.len() < section.ids("layer").len() {
        return None;
    }
    for At { value: layer, span } in &layers {
        let beyond = limit.is_some_and(|limit| layer.attachment() >= limit);
        let (why, mend) = match layer {
            layer if layer.limit() == Some(Money::ZERO) => {
                ("its limit is 0", "give its width, or \"none\"")
            }
            layer if layer.placed() == Share::NONE => {
                ("it has no carrier", "name carriers with their shares")
            }
            _ if beyond => {
                ("it attaches above the occurrence limit", "raise the limit, or leave the layer out")
            }
            _ => continue,
        };
        section.error(span.clone(), format!("layer {:?} can never pay: {why}", layer.id()), mend);
    }
    let spans: Vec<_> = layers.iter().map(|layer| (layer.value.attachment(), layer.span.clone())).collect();
    let first = layers[0].span.clone();
    match Tower::new(layers.into_iter().map(|layer| layer.value).collect()) {
        Ok(tower) => {
            for (from, to) in tower.gaps() {
                let above = spans.iter().find(|(attachment, _)| *attachment == to);
                let span = above.map_or_else(|| first.clone(), |(_, span)| span.clone());
                let mend = "let the layer attach where the one below is used up, or keep the gap knowingly";
                section.warning(span, format!("no layer holds the loss from {from} to {to}"), mend);
            }
            Some(tower)
        }
        Err(error) => {
            section.error(first, error.to_string(), "let each layer attach where the one below is used up");
            None
        }
    }
}
