//! Rules of the category `structure`.

use super::super::rules::Rule;

pub(super) const RULES: &[Rule] = &[];
