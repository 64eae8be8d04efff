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

    /// Every outage with its waterfall, the last once for each duration.
    fn outages(&self) -> Vec<(&Outage, &Waterfall<'_>)> {
        let last = self.projection.rows.iter().map(|row| (&self.scenario.outage, row));
        self.projection.year.outages().chain(last).collect()
    }
}
