//! Rules of the category `object`.

use super::super::rules::Rule;

pub(super) const RULES: &[Rule] = &[];
