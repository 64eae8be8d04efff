//! Source: a file of claims in pieces, whatever form it has.

use std::io::{self, BufRead};

use super::chunk::{Chunk, Chunks, Place};
use super::heads::Heads;
#[cfg(feature = "batch")]
use super::table::Table;

/// The pieces of a file, one after another.
pub enum Source<R> {
    /// Lines of text; places count its bytes.
    Text(Chunks<R>),
    /// Columns; places count its rows.
    #[cfg(feature = "batch")]
    Table(Table),
}

impl<R: BufRead> Source<R> {
    /// Returns what each column holds.
    pub fn heads(&self) -> &Heads {
        match self {
            Self::Text(chunks) => chunks.heads(),
            #[cfg(feature = "batch")]
            Self::Table(table) => table.heads(),
        }
    }

    /// Returns how many rows it has, where places count them.
    pub fn rows(&self) -> Option<u64> {
        match self {
            Self::Text(_) => None,
            #[cfg(feature = "batch")]
            Self::Table(table) => Some(table.rows()),
        }
    }

    /// Returns where the next piece begins.
    pub fn at(&self) -> Place {
        match self {
            Self::Text(chunks) => chunks.at(),
            #[cfg(feature = "batch")]
            Self::Table(table) => table.at(),
        }
    }

    /// Returns the next piece, or nothing at the end.
    ///
    /// # Errors
    ///
    /// Whatever keeps the file from being read.
    pub fn piece(&mut self) -> io::Result<Option<Chunk>> {
        match self {
            Self::Text(chunks) => chunks.piece(),
            #[cfg(feature = "batch")]
            Self::Table(table) => table.piece(),
        }
    }

    /// Goes on at a place that an earlier piece has ended at; `input` opens a text there.
    ///
    /// # Errors
    ///
    /// What keeps the text from being opened.
    pub fn go_on<E>(&mut self, input: impl FnOnce(Place) -> Result<R, E>, at: Place) -> Result<(), E> {
        match self {
            Self::Text(chunks) => chunks.go_on(input(at)?, at),
            #[cfg(feature = "batch")]
            Self::Table(table) => table.go_on(at),
        }
        Ok(())
    }
}
