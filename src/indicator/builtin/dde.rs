//! Rules of the category `dde`.

use super::super::rules::Rule;

pub(super) const RULES: &[Rule] = &[];
