//! Grid: the law of a sum on points of equal distance, its atoms apart.

/// The distance between points: an amount in so many parts, so that a point which
/// is a multiple of the amount has no rounding error.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub amount: f64,
    pub parts: f64,
}

impl Step {
    pub(super) fn length(self) -> f64 {
        self.amount / self.parts
    }

    fn times(self, place: usize) -> f64 {
        self.amount * place as f64 / self.parts
    }
}

/// The law of an amount, from 0 up to the end of a grid.
///
/// What is spread out stands on the grid by the method of local moment matching.
/// Summed up to a point it is then the mean of its distribution function over the
/// cell behind the point, and summed twice it is the function's integral. Between
/// points the function is the parabola that has the cell's mean.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    spacing: Step,
    step: f64,
    /// Probability of the atom at each point.
    atoms: Vec<f64>,
    /// The sum of the atoms up to each point, and of amount times atom.
    below: Vec<[f64; 2]>,
    /// The mean of the spread part's distribution function over each cell.
    cells: Vec<f64>,
    /// The function at each point.
    points: Vec<f64>,
    /// Its integral up to each point.
    integral: Vec<f64>,
}

impl Grid {
    /// Takes the masses on each point: those of atoms, and the others.
    pub(super) fn new(spacing: Step, atoms: Vec<f64>, spread: &[f64]) -> Self {
        let step = spacing.length();
        let mut below = Vec::with_capacity(atoms.len());
        let mut sum = [0.0; 2];
        for (place, atom) in atoms.iter().enumerate() {
            sum = [sum[0] + atom, sum[1] + atom * place as f64 * step];
            below.push(sum);
        }
        let mut total = 0.0;
        let cells: Vec<f64> = spread
            .iter()
            .map(|mass| {
                total += mass;
                total
            })
            .collect();
        let cell = |place: isize| {
            let last = cells.len() as isize - 1;
            if place < 0 { 0.0 } else { cells[place.min(last) as usize] }
        };
        // The value at a point from the means of the four cells around it.
        let point = |place: usize| {
            let [a, b, c, d] = [-2, -1, 0, 1].map(|by| cell(place as isize + by));
            if place == 0 { 0.0 } else { (7.0 * (b + c) - a - d) / 12.0 }
        };
        let points = (0..cells.len()).map(point).collect();
        let mut sum = 0.0;
        let integral = cells
            .iter()
            .map(|cell| {
                let so_far = sum;
                sum += cell * step;
                so_far
            })
            .collect();
        Self { spacing, step, atoms, below, cells, points, integral }
    }

    /// Returns where the grid ends.
    pub(super) fn end(&self) -> f64 {
        (self.cells.len() - 2) as f64 * self.step
    }

    /// The cell of an amount, and the part of it that lies below.
    fn cell(&self, amount: f64) -> (usize, f64) {
        let place = ((amount / self.step).floor() as usize).min(self.cells.len() - 2);
        (place, (amount / self.step - place as f64).clamp(0.0, 1.0))
    }

    /// How far the parabola of a cell rises above the straight line at most.
    fn bow(&self, cell: usize) -> [f64; 3] {
        let (from, to) = (self.points[cell], self.points[cell + 1]);
        [from, to, 6.0 * (self.cells[cell] - f64::midpoint(from, to))]
    }

    fn spread_below(&self, cell: usize, part: f64) -> f64 {
        let [from, to, bow] = self.bow(cell);
        from * (1.0 - part) + to * part + bow * part * (1.0 - part)
    }

    /// Returns the probability of no more than an amount.
    pub(super) fn below(&self, amount: f64) -> f64 {
        let (cell, part) = self.cell(amount);
        self.below[cell][0] + self.spread_below(cell, part)
    }

    /// Returns the mean of what lies below an amount: `E[min(S, amount)]`.
    ///
    /// # Formula
    ///
    /// ```text
    /// E[min(S, x)] = x - ∫₀ˣ F(y) dy
    /// ```
    pub(super) fn limited(&self, amount: f64) -> f64 {
        let (cell, part) = self.cell(amount);
        let [from, to, bow] = self.bow(cell);
        let square = part * part;
        let inside =
            from * (part - square / 2.0) + to * square / 2.0 + bow * (square / 2.0 - square * part / 3.0);
        let [mass, moment] = self.below[cell];
        amount - (amount * mass - moment) - self.integral[cell] - self.step * inside
    }

    /// Returns `∫ E[min(S, x)] dx` up to an amount, by the rule of trapezia.
    pub(super) fn integral_of_limited(&self, amount: f64) -> f64 {
        let (cell, part) = self.cell(amount);
        let mut sum = 0.0;
        let mut last = 0.0;
        for place in 1..=cell {
            let next = self.limited(place as f64 * self.step);
            sum += f64::midpoint(last, next);
            last = next;
        }
        (sum + part * f64::midpoint(last, self.limited(amount))) * self.step
    }

    /// Returns the smallest amount that is not passed with a probability; nothing
    /// where the grid ends before.
    pub(super) fn quantile(&self, probability: f64) -> Option<f64> {
        let at = |place: usize| self.below[place][0] + self.points[place];
        let within = 0..self.cells.len() - 1;
        // The spread part is monotone but for the last digits of a transform.
        let place = within.into_iter().find(|place| at(*place) >= probability)?;
        let before = at(place) - self.atoms[place];
        if place == 0 || before < probability {
            return Some(self.spacing.times(place));
        }
        let cell = place - 1;
        let reached = |part: f64| self.below[cell][0] + self.spread_below(cell, part) >= probability;
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            if reached(middle) { high = middle } else { low = middle }
        }
        Some((cell as f64 + high) * self.step)
    }
}
