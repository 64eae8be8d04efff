//! The rows of the file of claims as columns, for Parquet.

use super::rows::{Cells, Column, status};
use crate::frame::{self, Frame, Texts};
use crate::scheme::{Exact, Rule};

/// Columns while they grow: whole numbers (0 where there is none), amounts as the nearest
/// number of 64 bits (none where there is none), and text.
#[derive(Debug, Default)]
pub struct Columns {
    columns: Vec<(Column, frame::Cells)>,
}

impl Columns {
    /// Begins with no rows.
    #[must_use]
    pub fn new(columns: &[Column], rows: usize) -> Self {
        let empty = |column: &Column| {
            let cells = match column {
                Column::Amount | Column::Rule | Column::Band | Column::SameAsRow | Column::Row => {
                    frame::Cells::Integers(Vec::with_capacity(rows))
                }
                Column::UsualSales
                | Column::OutageSales
                | Column::Loss
                | Column::Due
                | Column::BeforeRounding => frame::Cells::Numbers(Vec::with_capacity(rows)),
                _ => frame::Cells::Texts(Texts::default()),
            };
            (*column, cells)
        };
        Self { columns: columns.iter().map(empty).collect() }
    }

    /// Adds a row.
    #[inline]
    pub fn add(&mut self, row: &Cells<'_>, rules: &[Rule]) {
        for (column, cells) in &mut self.columns {
            match cells {
                frame::Cells::Integers(cells) => cells.push(row.number(*column).unwrap_or_default()),
                frame::Cells::Numbers(cells) => {
                    cells.push(row.amount(*column, rules).map_or(f64::NAN, Exact::nearest));
                }
                frame::Cells::Texts(texts) => match column {
                    Column::Id => texts.push(row.id),
                    Column::Reason => texts.push(row.told.reason.key()),
                    Column::Status => texts.push(status(row.told.reason.status())),
                    Column::Flags => texts.push(&row.flags()),
                    Column::Industry => texts.push(row.words[0]),
                    Column::Region => texts.push(row.words[1]),
                    _ => texts.push(row.words[2]),
                },
                frame::Cells::Smalls(_) => {}
            }
        }
    }

    /// Returns them under their headings.
    #[must_use]
    pub fn into_frame(self) -> Frame {
        let named = |(column, cells): (Column, frame::Cells)| (column.key().to_owned(), cells);
        Frame { columns: self.columns.into_iter().map(named).collect() }
    }
}
