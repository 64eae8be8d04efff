//! The projection as Parquet: the columns of the CSV view.

use polars::prelude::{Column, DataFrame, ParquetWriter, PolarsError};

use crate::projection::Projection;
use crate::scenario::Scenario;

/// Writes a projection as Parquet.
///
/// # Errors
///
/// Returns what the data-frame library could not do.
pub fn write(scenario: &Scenario, projection: &Projection<'_>) -> Result<Vec<u8>, PolarsError> {
    let columns = super::csv::columns(scenario, projection);
    let columns = columns.into_iter().map(|(name, cells)| Column::new(name.into(), cells)).collect();
    let mut frame = DataFrame::new_infer_height(columns)?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame)?;
    Ok(bytes)
}
