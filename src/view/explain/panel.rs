//! Parts beside the net loss: what they do, and what they do not.

use super::Page;
use crate::cost::{Kind, Need};
use crate::hedge::{Compounding, EquityKind};
use crate::panel;
use crate::quantity::{Money, Share};
use crate::scenario::Flow;
use crate::view::number::percent;
use crate::view::words;
use crate::waterfall::Priced;

impl Page<'_> {
    /// Explains a reserve fund, a credit line, a put on our shares or a forward.
    pub(super) fn beside_the_net(&mut self, name: &str) -> Option<()> {
        let scenario = self.scenario();
        if let Some(place) = scenario.reserves.iter().position(|part| part.id == name) {
            self.reserve(place);
        } else if let Some(place) = scenario.credit_lines.iter().position(|part| part.id == name) {
            self.credit_line(place);
        } else if let Some(place) = scenario.equity_puts.iter().position(|part| part.id == name) {
            self.equity_put(place);
        } else {
            let place = scenario.currency_hedges.iter().position(|part| part.id == name)?;
            self.currency_hedge(place);
        }
        Some(())
    }

    /// Says what has to be met, and from which money before this one.
    fn need(&mut self) {
        let scenario = self.scenario();
        let (Some(cash), Some(met)) = (scenario.cash, self.waterfall.liquidity.clone()) else { return };
        let place = self.place("cash");
        let basis = match cash.need {
            Need::EconomicLoss => self.of("손실 전부", "the whole loss"),
            Need::Retained => self.of("회수 후 손실", "the loss after recoveries"),
        };
        let word = self.of("필요액", "needed");
        self.sum(format!("  {word}: {basis}{place}"), met.need);
        for (fund, used) in scenario.reserves.iter().zip(&met.from_reserves) {
            self.sum(format!("  - {}", fund.id), -*used);
        }
        let at_hand = self.of("보유 현금", "cash at hand");
        self.sum(format!("  - {at_hand} {}", self.money(cash.at_hand)), -met.from_cash);
        self.sum(format!("  = {}", self.of("부족액", "gap")), met.gap);
    }

    fn reserve(&mut self, place: usize) {
        let part = &self.scenario().reserves[place];
        let (fund, path) = (part.terms, self.place(&format!("reserve.{}", part.id)));
        self.heading(self.context.language.label(&part.label), &part.id);
        let word = self.of("손해 전 잔액", "balance before the loss");
        self.sum(format!("  {word}{path}"), fund.balance());
        self.need();
        if let Some(view) = panel::cash(self.scenario(), &self.scenario().outage, self.waterfall) {
            self.sum(self.of("= 사용", "= used").to_owned(), view.met.from_reserves[place]);
            self.sum(self.of("= 잔액", "= left in it").to_owned(), view.left_in_reserves[place]);
        }
        let (hurdle, earned) = (percent(fund.hurdle().get()), percent(fund.earned().get()));
        let average = self.money(fund.average());
        let word = words::cost(Kind::OpportunityCost, self.context.language);
        self.sum(format!("  {word} ({hurdle} - {earned}) × {average}"), fund.opportunity_cost());
        self.price_alone();
        self.charged(Priced::Reserve(place));
        self.origin(part);
    }

    fn credit_line(&mut self, place: usize) {
        let part = &self.scenario().credit_lines[place];
        let (line, path) = (part.terms, self.place(&format!("credit_line.{}", part.id)));
        self.heading(self.context.language.label(&part.label), &part.id);
        if let Some(clause) = &part.clause {
            self.say(format!("  {clause}"));
        }
        let word = self.of("약정액", "facility");
        self.sum(format!("  {word}{path}"), line.facility());
        self.need();
        let drawn = self.waterfall.liquidity.as_ref().map_or(Money::ZERO, |met| met.drawn[place]);
        self.sum(self.of("= 인출", "= drawn").to_owned(), drawn);
        let costs = line.costs(drawn);
        let (facility, months) = (self.money(line.facility()), line.drawn_for().0);
        let expected = drawn * line.blocked.rest();
        let undrawn = self.money(line.facility() - expected);
        let standing = line.term().0 - months;
        let word = |kind| words::cost(kind, self.context.language);
        let front = format!("  {} {} × {facility}", word(Kind::FrontEndFee), percent(line.front_end.get()));
        let standby = format!(
            "  {} {} × ({facility} × {standing}/12 + {undrawn} × {months}/12)",
            word(Kind::StandbyFee),
            percent(line.standby.get()),
        );
        let interest = format!(
            "  {} {} × {} × {months}/12",
            word(Kind::Interest),
            percent(line.rate().get()),
            self.money(expected),
        );
        self.sum(front, costs[Kind::FrontEndFee]);
        self.sum(standby, costs[Kind::StandbyFee]);
        self.sum(interest, costs[Kind::Interest]);
        if line.blocked != Share::NONE {
            let word = self.of("인출이 막힐 확률", "probability that it is blocked");
            self.say(format!("  {word} {}", percent(line.blocked.get())));
        }
        self.price_alone();
        self.charged(Priced::CreditLine(place));
        self.origin(part);
    }

    fn equity_put(&mut self, place: usize) {
        let part = &self.scenario().equity_puts[place];
        let (hedge, view) = (&part.terms, panel::equity(self.scenario(), self.waterfall)[place]);
        self.heading(self.context.language.label(&part.label), &part.id);
        if let Some(clause) = &part.clause {
            self.say(format!("  {clause}"));
        }
        let at = self.place(&format!("equity_put.{}.strike", part.id));
        let (shares, strike) = (Money(hedge.put.shares()), self.money(hedge.put.strike()));
        let price = self.money(hedge.price_after);
        let rule = match hedge.put.kind() {
            EquityKind::Put | EquityKind::Catastrophe { .. } => format!("({strike} - {price})⁺"),
            EquityKind::Spread { lower } => {
                let lower = self.money(lower);
                format!("(({strike} - {price})⁺ - ({lower} - {price})⁺)")
            }
        };
        self.sum(format!("  {shares} × {rule}{at}"), view.payoff);
        if let EquityKind::Catastrophe { trigger } = hedge.put.kind() {
            let at = self.place(&format!("equity_put.{}.loss_more_than", part.id));
            let sign = if view.triggered { ">" } else { "≤" };
            let (loss, trigger) = (self.money(self.waterfall.economic_loss), self.money(trigger));
            let word = self.of("손실", "loss");
            self.say(format!("  {word} {loss} {sign} {trigger}{at}"));
            let word = self.of("자본 조달 (희석)", "capital raised (dilutes)");
            self.sum(format!("  {word} {shares} × {strike}"), view.capital_raised);
        }
        let word = self.of("시가 하락", "market value lost");
        self.sum(format!("  {word}"), view.market_value_lost);
        self.sum(format!("  {}", self.of("비용", "cost")), view.costs.total());
        match &hedge.legal_basis {
            Some(basis) => {
                let word = self.of("자기주식 옵션의 근거", "why we may hold it");
                self.say(format!("  {word}: {basis}"));
            }
            None => self.say(
                self.of(
                    "  자기주식 옵션은 법률·정관·거래소 규정상 제한될 수 있음",
                    "  An option on our own shares may need leave of law, charter or exchange",
                )
                .to_owned(),
            ),
        }
        self.unchanged();
        self.origin(part);
    }

    fn currency_hedge(&mut self, place: usize) {
        let part = &self.scenario().currency_hedges[place];
        let (hedge, view) = (&part.terms, panel::currency(self.scenario())[place]);
        self.heading(self.context.language.label(&part.label), &part.id);
        let at = self.place(&format!("currency_hedge.{}", part.id));
        let (spot, rate) = (Money(hedge.forward.spot()), view.forward);
        let (home, foreign) = (percent(hedge.forward.home().get()), percent(hedge.forward.foreign().get()));
        let months = hedge.forward.term().0;
        let word = self.of("선물환율", "forward");
        let growth = |rate: String| match hedge.forward.compounding() {
            Compounding::Simple => format!("(1 + {rate} × {months}/12)"),
            Compounding::Annual => format!("(1 + {rate})^({months}/12)"),
        };
        let (home, foreign) = (growth(home), growth(foreign));
        self.say(format!("  {word} {spot} × {home} / {foreign} = {rate:.4}{at}"));
        let word = self.of("스왑포인트", "forward points");
        self.say(format!("  {word} {:.4}", view.points));
        let amount = format!("{} {}", hedge.currency, Money(hedge.amount));
        let (part_of, then) = (percent(hedge.hedged.get()), Money(hedge.spot_then));
        let hedged = self.of("헤지 시", "hedged");
        let (at, rest) = (self.of("@", "at"), self.of("나머지", "the rest at"));
        let rate = format!("{rate:.2}");
        self.sum(format!("  {hedged}: {amount}, {part_of} {at} {rate}, {rest} {then}"), Money(view.hedged));
        let bare = self.of("헤지 없이", "unhedged, at");
        self.sum(format!("  {bare} {then}"), Money(view.unhedged));
        self.sum(self.of("= 헤지 손익", "= gain of the hedge").to_owned(), Money(view.gain));
        if hedge.flow == Flow::Claim && hedge.hedged != Share::NONE {
            let text = "  보험금이 오지 않으면 선물환은 미결제 포지션으로 남음";
            let english = "  If the claim never comes, the forward is an open position";
            self.say(self.of(text, english).to_owned());
        }
        self.unchanged();
        self.origin(part);
    }

    fn price_alone(&mut self) {
        let text = self.of(
            "  손실은 그대로: 그 비용만 순손실에 듦",
            "  The loss stays what it was: its cost alone is in the net loss",
        );
        self.say(text.to_owned());
    }

    fn unchanged(&mut self) {
        let text = self.of(
            "  손실은 그대로: 순손실에 들지 않음",
            "  The loss stays what it was: no part of the net loss",
        );
        self.say(text.to_owned());
    }

    fn charged(&mut self, of: Priced) {
        let charge = self.waterfall.charges.iter().find(|charge| charge.of == of);
        let total = charge.map_or(Money::ZERO, |charge| charge.costs.total());
        let (word, key) = (
            self.of("= 이 사고에 부과된 비용", "= cost charged to the event"),
            self.scenario().premium_counted.key(),
        );
        self.sum(format!("{word} ({key})"), total);
    }
}
