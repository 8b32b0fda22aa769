//! What is gone through without being run: statement after statement in the order of the text, no
//! jump taken and nothing repeated. Variables of the rest of the program are then as they were.

use super::super::Origin;
use super::Machine;
use super::frame::{Place, Region, Undo};

impl Machine<'_> {
    /// What decides where to go came through an argument or from the document, or not: what another
    /// call may reach, or another state of the document, is not dead.
    pub(super) fn decided_by(&mut self, origin: Origin) {
        self.frame.given |= may_differ(origin);
    }

    /// Passes over the statements up to `to`, which are not reached because of a value of that
    /// origin. If they were not gone through yet, they are.
    pub(super) fn pass_over(&mut self, from: u32, to: u32, by: Origin) {
        self.decided_by(by);
        if from >= to || self.was_seen(from) {
            return self.go_to(to);
        }
        self.open_region();
        self.frame.linear_until = to;
        self.frame.dead = !may_differ(by);
        self.frame.statement = from;
        self.frame.phase = 0;
    }

    pub(super) fn was_seen(&self, statement: u32) -> bool {
        let unit = self.seen.get(self.frame.unit as usize);
        unit.and_then(|unit| unit.get(statement as usize)) != Some(&0)
    }

    /// The first statement of the procedure from there on that was not gone through.
    pub(super) fn next_unseen(&self, routine: u32, from: u32) -> Option<u32> {
        let end = self.body(routine).end as usize;
        let unit = self.linked.routines.get(routine as usize)?.id.unit;
        let seen = self.seen.get(unit as usize)?;
        let rest = seen.get(from as usize..end.min(seen.len()))?;
        memchr::memchr(0, rest).map(|at| from + at as u32)
    }

    fn open_region(&mut self) {
        self.frame.region = Some(Region {
            mark: self.undo.len(),
            floor: self.floor,
            around: self.region,
        });
        self.floor = self.slots.len();
        self.region_count = self.region_count.wrapping_add(1).max(1);
        self.region = self.region_count;
    }

    /// The end of a region, if the procedure under way has opened one: variables have again what
    /// they had.
    pub(super) fn end_region(&mut self) {
        let Some(region) = self.frame.region.take() else {
            return;
        };
        self.frame.dead = false;
        self.frame.linear_until = 0;
        self.floor = region.floor;
        self.region = region.around;
        while self.undo.len() > region.mark {
            let Some(undo) = self.undo.pop() else {
                break;
            };
            if let Place::Field(field) = undo.place
                && let Some(variable) = self.fields.get_mut(field as usize)
            {
                variable.epoch = undo.epoch;
            }
            if let Some(kept) = self.kept_mut(undo.place) {
                *kept = undo.value;
            }
        }
    }

    /// Notes what a variable has before it gets another value within a region.
    pub(super) fn note(&mut self, place: Place) {
        if self.region == 0 {
            return;
        }
        let (noted, epoch) = match place {
            Place::Slot(slot) if slot as usize >= self.floor => return,
            Place::Slot(slot) => match self.traces.get_mut(slot as usize) {
                Some(trace) => (&mut trace.noted, 0),
                None => return,
            },
            Place::Field(field) => match self.fields.get_mut(field as usize) {
                Some(field) => (&mut field.noted, field.epoch),
                None => return,
            },
        };
        if std::mem::replace(noted, self.region) == self.region {
            return;
        }
        if let Some(value) = self.kept(place).cloned() {
            self.undo.push(Undo {
                place,
                value,
                epoch,
            });
        }
    }

    /// Whether what was not gone through at the end of a procedure cannot be reached.
    pub(super) fn sweeps_dead(&self) -> bool {
        !self.exhausted && !self.frame.given
    }

    /// After the end of a procedure, goes through what was not gone through yet; false if there is
    /// nothing. It is not reached, but for what stands behind a label that something jumps to.
    pub(super) fn sweep(&mut self, routine: u32) -> bool {
        let Some(first) = self.next_unseen(routine, self.body(routine).start) else {
            return false;
        };
        self.end_region();
        self.open_region();
        self.frame.sweeping = true;
        self.frame.linear_until = self.frame.end;
        self.frame.unsure_until = 0;
        self.frame.dead = self.sweeps_dead();
        self.frame.statement = first;
        self.frame.phase = 0;
        true
    }
}

/// Whether a value may be another the next time.
const fn may_differ(origin: Origin) -> bool {
    origin.has(Origin::GIVEN) || origin.has(Origin::DOCUMENT)
}
