//! What is told of a run: who calls whom, and texts that were put together.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashMap, HashSet};

use super::super::{Edge, Site, Value};
use super::Machine;
use super::frame::{Slot, Spot};

/// A shorter text says nothing.
const SHORTEST_TEXT: usize = 4;
/// So many different texts are told of one place, and of all.
const MOST_AT_ONE_PLACE: u32 = 32;
const MOST_TEXTS: usize = 10_000;

/// What was told.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) edges: Vec<Edge>,
    /// The edge between two procedures.
    pairs: HashMap<(u32, u32), u32>,
    texts: HashSet<u64>,
    at_place: HashMap<Spot, u32>,
    hasher: DefaultHashBuilder,
    /// Bytes of text that may still be told.
    left: u64,
}

impl Told {
    pub(super) fn new(left: u64) -> Self {
        Self {
            edges: Vec::new(),
            pairs: HashMap::new(),
            texts: HashSet::new(),
            at_place: HashMap::new(),
            hasher: DefaultHashBuilder::default(),
            left,
        }
    }

    /// Whether the text was not told yet, and may be.
    fn is_new(&mut self, text: &str, spot: Spot, dead: bool) -> bool {
        let length = text.len() as u64;
        if length > self.left || self.texts.len() >= MOST_TEXTS {
            return false;
        }
        let count = self.at_place.entry(spot).or_insert(0);
        if *count >= MOST_AT_ONE_PLACE {
            return false;
        }
        self.left -= length;
        let new = self.texts.insert(self.hasher.hash_one((text, dead)));
        *count += u32::from(new);
        new
    }
}

impl Machine<'_> {
    /// The procedure under way calls another.
    pub(super) fn edge(&mut self, to: u32, at: u32) {
        let Some(from) = self
            .frame
            .routine
            .or_else(|| self.linked.routine(self.frame.id))
        else {
            return;
        };
        let dead = self.frame.dead_here;
        let at = self.frame.fixed_at.unwrap_or(at);
        let next = self.told.edges.len() as u32;
        let index = *self.told.pairs.entry((from, to)).or_insert(next);
        if index == next {
            let Some(to) = self.linked.routines.get(to as usize) else {
                return;
            };
            self.told.edges.push(Edge {
                from: self.frame.id,
                to: to.id,
                at,
                dead,
            });
        } else if let Some(edge) = self.told.edges.get_mut(index as usize)
            && edge.dead
            && !dead
        {
            edge.dead = false;
            edge.at = at;
        }
    }

    /// Tells the host a text that was put together, once.
    pub(super) fn tell(&mut self, value: &Value, spot: Spot) {
        if !value.origin.is_made() {
            return;
        }
        let Some(text) = value.as_text() else {
            return;
        };
        let dead = self.frame.dead_here && spot.0 == self.frame.id;
        if text.len() < SHORTEST_TEXT || !self.told.is_new(text, spot, dead) {
            return;
        }
        let site = Site {
            program: self.program,
            procedure: spot.0,
            at: spot.1,
            dead,
        };
        self.host.text(&site, value);
    }

    /// Tells the texts that the variables of the procedure under way hold at its end.
    pub(super) fn tell_slots(&mut self) {
        for index in self.frame.slots..self.slots.len() {
            if let Some(Slot::Value(value)) = self.slots.get(index)
                && value.as_text().is_some()
                && let Some(trace) = self.traces.get(index).copied()
            {
                let value = value.clone();
                self.tell(&value, trace.written);
            }
        }
    }

    /// Tells the texts that variables of modules hold at the end.
    pub(super) fn tell_fields(&mut self) {
        self.frame.dead_here = false;
        for variable in std::mem::take(&mut self.fields) {
            if variable.epoch > 0 {
                self.tell(&variable.value, variable.written);
            }
        }
    }
}
