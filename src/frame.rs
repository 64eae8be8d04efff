//! Frame: a table as columns, for CSV and Parquet files.

/// The cells of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Cells {
    /// Whole numbers.
    Integers(Vec<u64>),
    /// Whole numbers of 32 bits.
    Smalls(Vec<i32>),
    /// Amounts, unrounded.
    Numbers(Vec<f64>),
    /// Text; an empty cell says nothing.
    Texts(Texts),
}

/// Many short texts, one behind the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Texts {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Texts {
    /// Adds a text.
    #[inline]
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// Returns how many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Returns the text at a place.
    #[must_use]
    pub fn get(&self, place: usize) -> &str {
        let from = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[from..self.ends[place]]
    }

    /// Returns each text.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|place| self.get(place))
    }

    fn append(&mut self, next: &Self) {
        let before = self.text.len();
        self.text.push_str(&next.text);
        self.ends.extend(next.ends.iter().map(|end| before + end));
    }
}

impl<T: AsRef<str>> FromIterator<T> for Texts {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        let mut all = Self::default();
        texts.into_iter().for_each(|text| all.push(text.as_ref()));
        all
    }
}

impl Cells {
    /// Returns how many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Integers(cells) => cells.len(),
            Self::Smalls(cells) => cells.len(),
            Self::Numbers(cells) => cells.len(),
            Self::Texts(cells) => cells.len(),
        }
    }

    /// Returns whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn text(&self, row: usize) -> String {
        match self {
            Self::Integers(cells) => cells[row].to_string(),
            Self::Smalls(cells) => cells[row].to_string(),
            Self::Numbers(cells) => cells[row].to_string(),
            Self::Texts(cells) => cells.get(row).to_owned(),
        }
    }

    fn append(&mut self, next: Self) {
        match (self, next) {
            (Self::Integers(cells), Self::Integers(mut next)) => cells.append(&mut next),
            (Self::Smalls(cells), Self::Smalls(mut next)) => cells.append(&mut next),
            (Self::Numbers(cells), Self::Numbers(mut next)) => cells.append(&mut next),
            (Self::Texts(cells), Self::Texts(next)) => cells.append(&next),
            (cells, next) => unreachable!("a column keeps its kind: {cells:?} and {next:?}"),
        }
    }
}

/// Columns of equal length under their names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// Each column with its name, in order.
    pub columns: Vec<(String, Cells)>,
}

impl Frame {
    /// Adds a column.
    pub fn column(&mut self, name: impl Into<String>, cells: Cells) {
        self.columns.push((name.into(), cells));
    }

    /// Returns the cells of a column.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Cells> {
        self.columns.iter().find(|(other, _)| other == name).map(|(_, cells)| cells)
    }

    /// Returns how many rows it has.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |(_, cells)| cells.len())
    }

    /// Adds the rows of a frame with the same columns.
    pub fn append(&mut self, next: Self) {
        if self.columns.is_empty() {
            *self = next;
            return;
        }
        for ((_, cells), (_, next)) in self.columns.iter_mut().zip(next.columns) {
            cells.append(next);
        }
    }

    /// Returns the names of the columns.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(name, _)| name.as_str())
    }

    /// Returns the cells of a row as text, amounts with every digit they have.
    pub fn row(&self, row: usize) -> impl Iterator<Item = String> + '_ {
        self.columns.iter().map(move |(_, cells)| cells.text(row))
    }
}

#[cfg(feature = "batch")]
impl Frame {
    /// Returns the same table as a data frame.
    ///
    /// # Errors
    ///
    /// Returns what the data-frame library could not do.
    pub fn into_polars(self) -> Result<polars::prelude::DataFrame, polars::prelude::PolarsError> {
        use polars::prelude::{
            Column, DataFrame, Float64Chunked, Int32Chunked, IntoColumn, NewChunkedArray, StringChunked,
            UInt64Chunked,
        };
        let columns = self.columns.into_iter().map(|(name, cells)| -> Column {
            let name = name.into();
            match cells {
                Cells::Integers(cells) => UInt64Chunked::from_vec(name, cells).into_column(),
                Cells::Smalls(cells) => Int32Chunked::from_vec(name, cells).into_column(),
                // What is no number is nothing, for whoever adds a column up.
                Cells::Numbers(cells) if cells.iter().any(|cell| cell.is_nan()) => {
                    let cells = cells.into_iter().map(|cell| Some(cell).filter(|cell| !cell.is_nan()));
                    Float64Chunked::from_iter_options(name, cells).into_column()
                }
                Cells::Numbers(cells) => Float64Chunked::from_vec(name, cells).into_column(),
                Cells::Texts(cells) => StringChunked::from_iter_values(name, cells.iter()).into_column(),
            }
        });
        DataFrame::new_infer_height(columns.collect())
    }
}
