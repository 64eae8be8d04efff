#!/usr/bin/env bash
# The whole test-suite on a fresh machine, fast parts first. It needs Rust, Python
# 3.11 and a C compiler, and installs what else is missing. The build folder
# outlives the clone, so that a second run is short.
set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/netloss/target}"
export CARGO_TERM_COLOR=never

step() { printf '\n== %s (%ss)\n' "$1" "$SECONDS"; }
component() { cargo "$1" --version >/dev/null 2>&1 || rustup component add "$2"; }

component fmt rustfmt
component clippy clippy

step "layout of the code"
cargo fmt --all --check

step "the core alone: no feature, few dependencies"
cargo test --no-default-features

step "lints, on every target"
cargo clippy --all-targets --no-default-features -- -D warnings
cargo clippy --all-targets -- -D warnings

step "the command line, without data frames"
cargo test

step "documentation: every link leads somewhere"
RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

step "notebooks, on fresh results"
python3 tests/notebooks.py "$CARGO_TARGET_DIR/debug/netloss"

step "everything: Parquet through data frames (the long build)"
cargo test --features full --lib --tests
cargo clippy --all-targets --features full -- -D warnings

step "done"
