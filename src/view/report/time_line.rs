//! The time line of a policy year: its outages, and what each leaves.

use super::super::number::duration;
use super::super::table::{Column, draw};
use super::super::words::Word;
use super::Page;
use crate::outage::Outage;
use crate::quantity::Money;
use crate::waterfall::Waterfall;

impl Page<'_> {
    /// Tells a year of several outages: a row for each, and for the last a row for
    /// each of its durations.
    pub(super) fn time_line(&self) -> String {
        if self.scenario.earlier.is_empty() {
            return String::new();
        }
        let rows = self.outages();
        let words = |heading: Word, cell: &dyn Fn(&Outage, &Waterfall<'_>) -> String| {
            Column::words(self.say(heading), rows.iter().map(|(outage, row)| cell(outage, row)))
        };
        let numbers = |heading: &str, cell: &dyn Fn(usize) -> i128| {
            Column::numbers(heading, (0..rows.len()).map(|row| self.write(cell(row))))
        };
        let name = words(Word::OutageName, &|outage, _| outage.id.clone());
        let starts =
            words(Word::Start, &|outage, _| outage.start_local.strftime("%Y-%m-%d %H:%M").to_string());
        let lasts = words(Word::Lasts, &|_, row| duration(row.duration, self.language));

        let payers = self.payers();
        let paid: Vec<Vec<i128>> = rows.iter().map(|(_, row)| self.paid(row, &payers)).collect();
        let round = |amount: Money| self.unit.round(amount);
        let mut columns = vec![starts, lasts];
        columns.push(numbers(self.say(Word::EconomicLoss), &|row| round(rows[row].1.economic_loss)));
        for (place, payer) in payers.iter().enumerate() {
            columns.push(numbers(&self.payer_name(*payer), &|row| paid[row][place]).kept());
        }
        columns.push(numbers(self.say(Word::ProgrammeCost), &|row| round(rows[row].1.programme_cost)));
        columns.push(numbers(self.say(Word::NetLoss), &|row| round(rows[row].1.net)));
        let before: Money = self.projection.year.earlier.iter().map(|row| row.net).sum();
        let so_far = |row: usize| {
            let earlier = &self.projection.year.earlier;
            let nets = earlier.iter().take(row + 1).map(|row| row.net);
            if row < earlier.len() { nets.sum() } else { before + rows[row].1.net }
        };
        columns.push(numbers(self.say(Word::YearSoFar), &|row| round(so_far(row))));
        self.titled(Word::TimeLine, draw(&name, &columns, self.width))
    }

    /// Tells what each outage leaves of what the year limits.
    pub(super) fn left(&self) -> String {
        let rows = self.outages();
        let columns = self.balances(&rows);
        if columns.iter().all(Column::is_empty) {
            return String::new();
        }
        let name = |(outage, row): &(&Outage, &Waterfall<'_>)| match outage.id.as_str() {
            "" => duration(row.duration, self.language),
            id if row.duration == rows[0].1.duration && rows.len() == 1 => id.to_owned(),
            id => format!("{id}, {}", duration(row.duration, self.language)),
        };
        let names = Column::words(self.say(Word::OutageName), rows.iter().map(name));
        self.titled(Word::LeftInYear, draw(&names, &columns, self.width))
    }

    /// A column for each amount that the year limits, and for what reinstating costs.
    fn balances(&self, rows: &[(&Outage, &Waterfall<'_>)]) -> Vec<Column> {
        let mut columns = Vec::new();
        for (cover, policy) in self.scenario.covers.iter().enumerate() {
            for (place, layer) in
                policy.terms.tower.iter().flat_map(|tower| tower.layers().iter().enumerate())
            {
                let left = |row: &Waterfall<'_>| layer.left_in_year(row.year.tower(cover).used(place));
                let cells = rows.iter().filter_map(|(_, row)| left(row));
                let cells: Vec<String> = cells.map(|left| self.amount(left)).collect();
                if !cells.is_empty() {
                    columns.push(Column::numbers(&format!("{}/{}", policy.id, layer.id()), cells).kept());
                }
            }
        }
        let premium = rows.iter().map(|(_, row)| self.show(row.reinstatement_premium()));
        columns.push(Column::numbers(self.say(Word::ReinstatementPremium), premium));
        columns
    }

    /// An amount that is told even where it is nothing.
    fn amount(&self, amount: Money) -> String {
        match self.show(amount) {
            nothing if nothing == "-" => "0".to_owned(),
            shown => shown,
        }
    }

    /// Every outage with its waterfall, the last once for each duration.
    fn outages(&self) -> Vec<(&Outage, &Waterfall<'_>)> {
        let last = self.projection.rows.iter().map(|row| (&self.scenario.outage, row));
        self.projection.year.outages().chain(last).collect()
    }
}
