//! Cells as code addresses them.

use super::super::world::{Call, World};
use super::{Part, address, certainty, known, text_of, value_of, whole};
use crate::source::eval::{Array, Origin, Value, What};
use crate::source::{Content, Item, Texts};

/// The last row and column of a sheet.
pub(super) const LAST_ROW: u32 = 1 << 20;
pub(super) const LAST_COLUMN: u32 = 1 << 14;
/// How many cells are read at once.
const MOST_AT_ONCE: usize = 1 << 14;

/// Some cells of a sheet, rows and columns from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in super::super) struct Area {
    pub(super) sheet: Item,
    pub(super) top: u32,
    pub(super) left: u32,
    pub(super) bottom: u32,
    pub(super) right: u32,
}

impl Area {
    /// All cells of a sheet.
    pub(super) const fn whole(sheet: Item) -> Self {
        Self {
            sheet,
            top: 1,
            left: 1,
            bottom: LAST_ROW,
            right: LAST_COLUMN,
        }
    }

    const fn is_whole(&self) -> bool {
        self.bottom == LAST_ROW && self.right == LAST_COLUMN
    }

    /// Whether it is one cell.
    pub(super) const fn is_one(&self) -> bool {
        self.top == self.bottom && self.left == self.right
    }

    /// One cell by its place from here, (1, 1) for the first; it may lie outside.
    fn at(&self, row: i64, column: i64) -> Option<Self> {
        let place = |from: u32, by: i64, last: u32| {
            let at = u32::try_from(i64::from(from) + by - 1).ok()?;
            (1..=last).contains(&at).then_some(at)
        };
        let (row, column) = (
            place(self.top, row, LAST_ROW)?,
            place(self.left, column, LAST_COLUMN)?,
        );
        Some(Self {
            top: row,
            left: column,
            bottom: row,
            right: column,
            ..*self
        })
    }

    /// The cell of that number, row by row.
    fn nth(&self, number: usize) -> Option<Self> {
        let (number, width) = (number.checked_sub(1)? as u64, u64::from(self.width()));
        let (row, column) = (number / width, number % width);
        self.at(
            i64::try_from(row).ok()? + 1,
            i64::try_from(column).ok()? + 1,
        )
    }

    const fn width(&self) -> u32 {
        self.right - self.left + 1
    }

    const fn height(&self) -> u32 {
        self.bottom - self.top + 1
    }

    /// As far as the sheet holds anything.
    fn used(&self, texts: &Texts) -> Option<Self> {
        let [top, left, bottom, right] = texts.cells(self.sheet)?.used()?;
        let used = Self {
            sheet: self.sheet,
            top: self.top.max(top),
            left: self.left.max(left),
            bottom: self.bottom.min(bottom),
            right: self.right.min(right),
        };
        (used.top <= used.bottom && used.left <= used.right).then_some(used)
    }

    /// Its cells as far as the sheet holds anything, row by row.
    pub(super) fn each(&self, texts: &Texts, most: usize) -> Vec<Part> {
        let Some(used) = self.used(texts) else {
            return Vec::new();
        };
        (1_usize..=most)
            .map_while(|number| used.nth(number).filter(|cell| cell.top <= used.bottom))
            .map(Part::Cells)
            .collect()
    }
}

/// The cells of an area that are not computed.
pub(super) fn constants(area: Area, texts: &Texts) -> Vec<Part> {
    let Some(cells) = texts.cells(area.sheet) else {
        return Vec::new();
    };
    let places = cells.constants().into_iter();
    places
        .filter(|(row, column)| {
            (area.top..=area.bottom).contains(row) && (area.left..=area.right).contains(column)
        })
        .map(|(row, column)| {
            Part::Cells(Area {
                sheet: area.sheet,
                top: row,
                left: column,
                bottom: row,
                right: column,
            })
        })
        .collect()
}

/// A member of cells, or of a sheet.
pub(super) fn member(
    world: &mut World<'_>,
    call: &Call<'_>,
    area: Area,
    key: &str,
    texts: &Texts,
) -> Option<Value> {
    let number = |index: usize, name: &str| -> Option<i64> {
        match call.argument(index, name).what {
            What::Number(number) if number.abs() < 1e9 => Some(number as i64),
            What::Missing => Some(1),
            _ => None,
        }
    };
    let found = match key {
        "range" => {
            let (first, last) = (call.argument(0, "cell1"), call.argument(1, "cell2"));
            let first = corner(world, &first, area, texts)?;
            match last.what {
                What::Missing => first,
                _ => {
                    let last = corner(world, &last, area, texts)?;
                    Area {
                        top: first.top.min(last.top),
                        left: first.left.min(last.left),
                        bottom: first.bottom.max(last.bottom),
                        right: first.right.max(last.right),
                        ..first
                    }
                }
            }
        }
        "cells" | "item" if call.arguments.is_empty() => area,
        "cells" | "item" => match call.arguments {
            [_] => area.nth(whole(&call.argument(0, "rowindex"))?)?,
            _ => {
                let column = call.argument(1, "columnindex");
                let column = match column.as_whole_text() {
                    Some(letters) => {
                        i64::from(address::area(&format!("{letters}1"), area.sheet, texts)?.left)
                    }
                    None => number(1, "columnindex")?,
                };
                area.at(number(0, "rowindex")?, column)?
            }
        },
        "offset" if area.is_one() => {
            let (row, column) = (
                offset(call, 0, "rowoffset")?,
                offset(call, 1, "columnoffset")?,
            );
            area.at(row + 1, column + 1)?
        }
        "rows" if call.arguments.is_empty() => area,
        "rows" => {
            let row = area.at(number(0, "rowindex")?, 1)?.top;
            Area {
                top: row,
                bottom: row,
                ..area
            }
        }
        "columns" if call.arguments.is_empty() => area,
        "columns" => {
            let letters = call.argument(0, "columnindex");
            let column = match letters.as_whole_text() {
                Some(letters) => address::area(&format!("{letters}1"), area.sheet, texts)?.left,
                None => area.at(1, number(0, "columnindex")?)?.left,
            };
            Area {
                left: column,
                right: column,
                ..area
            }
        }
        "usedrange" | "currentregion" => area.used(texts)?,
        "specialcells" => {
            // `xlCellTypeConstants`
            let constants = number(0, "type") == Some(2);
            return constants
                .then(|| world.document.object(Part::Constants(area)))
                .flatten();
        }
        _ if area.is_whole() => return None,
        "value" | "value2" | "text" | "formula" | "_default" => {
            return if area.is_one() {
                value(world, area, key, texts)
            } else {
                values(world, area, texts)
            };
        }
        "row" => return Some(Value::number(f64::from(area.top))),
        "column" => return Some(Value::number(f64::from(area.left))),
        "count" => {
            let count = u64::from(area.width()) * u64::from(area.height());
            return Some(Value::number(count as f64));
        }
        "comment" | "commentthreaded" | "notetext" => {
            let Some(Content::Item(list)) = texts.member(area.sheet, "comments") else {
                return None;
            };
            let comment = texts.named(list, &area.name())?;
            let part = Part::Item(comment);
            return match (key, texts.member(comment, "text")) {
                ("notetext", Some(text)) => Some(known(world, part, "text", text)),
                _ => world.document.object(part),
            };
        }
        "parent" | "worksheet" => return world.document.item(area.sheet),
        "areas" | "mergearea" | "resize" if area.is_one() && call.arguments.is_empty() => area,
        _ => return None,
    };
    world.document.object(Part::Cells(found))
}

impl Area {
    /// `ab12` of its first cell.
    fn name(&self) -> String {
        let mut letters = Vec::new();
        let mut column = self.left;
        while column > 0 {
            column -= 1;
            letters.push(b'a' + (column % 26) as u8);
            column /= 26;
        }
        letters.reverse();
        format!("{}{}", String::from_utf8_lossy(&letters), self.top)
    }
}

fn offset(call: &Call<'_>, index: usize, name: &str) -> Option<i64> {
    match call.argument(index, name).what {
        What::Number(number) if number.abs() < 1e9 => Some(number as i64),
        What::Missing => Some(0),
        _ => None,
    }
}

/// A corner of a range: a reference, or cells.
fn corner(world: &World<'_>, value: &Value, area: Area, texts: &Texts) -> Option<Area> {
    if let Some(Part::Cells(found)) = world.document.part(value) {
        return Some(found);
    }
    let found = address::area(value.as_whole_text()?, area.sheet, texts)?;
    if area.is_whole() || found.sheet != area.sheet {
        return Some(found);
    }
    // Within cells it counts from their corner.
    Some(Area {
        top: found.top + area.top - 1,
        left: found.left + area.left - 1,
        bottom: (found.bottom + area.top - 1).min(LAST_ROW),
        right: (found.right + area.left - 1).min(LAST_COLUMN),
        ..found
    })
}

/// What one cell holds.
fn value(world: &mut World<'_>, area: Area, key: &str, texts: &Texts) -> Option<Value> {
    let cells = texts.cells(area.sheet)?;
    let part = Part::Cells(area);
    let formula = cells.formula(area.top, area.left);
    if key == "formula"
        && let Some(formula) = formula.filter(|formula| !formula.is_empty())
    {
        let sure = world.document.is_as_stored();
        return Some(text_of(world, part, "formula", formula, sure));
    }
    match texts.cell(area.sheet, area.top, area.left) {
        Some(Content::Text(text)) => {
            // What it is when it is calculated again, the file does not say.
            let sure = formula.is_none() && world.document.is_as_stored();
            Some(text_of(world, part, "value", text, sure))
        }
        Some(Content::Number(number)) if key == "text" => {
            Some(value_of(number.to_string().into(), false))
        }
        Some(content) => {
            let value = known(world, part, key, content);
            Some(Value {
                origin: value.origin.and(certainty(formula.is_none())),
                ..value
            })
        }
        // Nothing, or more than what is kept.
        None => Some(Value {
            what: What::Empty,
            origin: certainty(false),
        }),
    }
}

/// What several cells hold, as an array from 1.
fn values(world: &mut World<'_>, area: Area, texts: &Texts) -> Option<Value> {
    let used = area.used(texts)?;
    // It is as large as the area is, of which what is not used is empty.
    let rows = used.bottom - area.top + 1;
    let columns = used.right - area.left + 1;
    let (rows, columns) = (rows as usize, columns as usize);
    let count = rows.checked_mul(columns)?;
    if count > MOST_AT_ONCE || !world.afford(count * 16) {
        return None;
    }
    let elements = (1..=rows as i64)
        .flat_map(|row| (1..=columns as i64).map(move |column| (row, column)))
        .map(|(row, column)| {
            let cell = area.at(row, column)?;
            value(world, cell, "value", texts)
        })
        .map(|value| value.unwrap_or(Value::unknown_from(Origin::DOCUMENT)))
        .collect();
    let array = Array {
        dimensions: vec![(1, rows), (1, columns)],
        elements,
    };
    Some(Value {
        what: What::Array(array.into()),
        origin: Origin::DOCUMENT,
    })
}
