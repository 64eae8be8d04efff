//! Wide: loops over columns, compiled for the widest registers of the machine.
//!
//! The loops are ordinary ones; the compiler is only told that it may use what
//! the processor was found to have. It fuses no multiplication with an addition, so
//! that every machine gives the same bits.

use pulp::{Arch, Simd, WithSimd};

/// A loop over columns. Its `run` and all that it calls stand in line
/// (`#[inline(always)]`), or they are compiled for the narrowest machine.
pub trait Columns {
    /// What the loop comes to.
    type Output;

    /// Runs the loop.
    fn run(self) -> Self::Output;
}

/// Runs a loop in its widest form.
pub fn wide<C: Columns>(columns: C) -> C::Output {
    Arch::new().dispatch(Op(columns))
}

struct Op<C>(C);

impl<C: Columns> WithSimd for Op<C> {
    type Output = C::Output;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> C::Output {
        self.0.run()
    }
}
