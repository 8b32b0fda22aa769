//! What units declare, to themselves and to each other.

use hashbrown::HashMap;

use super::super::super::{ModuleKind, ProcedureId, constants};
use super::{Field, Life, Linker, Listener, Meaning, Property, Routine, Type};
use crate::source::names::Symbol;
use crate::source::syntax::{Kind, Procedure, Syntax};

impl Linker<'_> {
    /// Collects what units show to each other and to themselves.
    pub(super) fn declare(&mut self) {
        let program = self.program;
        self.linked.scope = vec![Meaning::World; program.names.len()];
        for symbol in (0..program.names.len()).map(Symbol::known) {
            if let Some(known) = constants::constant(program.names.text(symbol)) {
                self.show(symbol, Meaning::Known(known));
            }
        }
        for (unit, code) in (0..).zip(&program.units) {
            self.linked.first.push(self.linked.routines.len() as u32);
            let members = self.members(unit, &code.syntax);
            self.linked.members.push(members);
            self.linked.units.entry(code.name).or_insert(unit);
        }
        self.publish();
        self.linked.listeners.sort_by_key(|listener| listener.class);
        let symbols = [
            "class_initialize",
            "userform_initialize",
            "userform_activate",
            "class_terminate",
            "userform_terminate",
        ]
        .map(|name| program.names.get(name));
        for unit in 0..program.units.len() as u32 {
            let own = |name: Option<Symbol>| match self.linked.member(unit, name?) {
                Meaning::Procedure(routine) => Some(routine),
                _ => None,
            };
            let [class, form, activate, terminate, close] = symbols.map(own);
            self.linked.lives.push(Life {
                initialize: class.or(form),
                activate,
                terminate: terminate.or(close),
            });
        }
    }

    fn show(&mut self, name: Symbol, meaning: Meaning) {
        if let Some(place) = self.linked.scope.get_mut(name.index()) {
            *place = meaning;
        }
    }

    /// What a unit declares, by name; of several of one name those that are compiled go first,
    /// then the first of the text.
    fn members(&mut self, unit: u32, syntax: &Syntax) -> Vec<(Symbol, Meaning)> {
        let linked = &mut self.linked;
        let mut members = Vec::new();
        for field in &syntax.fields {
            let variable = field.variable;
            let number = linked.fields.len() as u32;
            linked.fields.push(Field {
                unit,
                variable,
                kind: Type::of(&variable),
                constant: field.constant,
            });
            let meaning = match field.constant {
                Some(_) => Meaning::Constant(number),
                None => Meaning::Field(number),
            };
            members.push((variable.name, field.dead, meaning));
            if let (true, Some(class)) = (field.with_events, variable.class) {
                linked.listeners.push(Listener {
                    class,
                    name: variable.name,
                    unit,
                });
            }
        }
        for (at, declare) in (0..).zip(&syntax.declares) {
            let meaning = Meaning::Declare(linked.declares.len() as u32);
            linked.declares.push((unit, at));
            members.push((declare.name, declare.dead, meaning));
        }
        let mut properties: HashMap<Symbol, u32> = HashMap::new();
        for (at, procedure) in (0..).zip(&syntax.procedures) {
            let number = linked.routines.len() as u32;
            linked.routines.push(Routine {
                id: ProcedureId {
                    unit,
                    procedure: at,
                },
                returns: matches!(procedure.kind, Kind::Function | Kind::Get),
                locals: 0..0,
                gives: 0,
                shares: false,
                kept: Vec::new(),
                twin: number,
            });
            let (name, dead) = (procedure.name, procedure.dead);
            let property = matches!(procedure.kind, Kind::Get | Kind::Let | Kind::Set);
            if property {
                let next = linked.properties.len() as u32;
                let index = *properties.entry(name).or_insert(next);
                if index == next {
                    linked.properties.push(Property::default());
                    members.push((name, dead, Meaning::Property(index)));
                }
                let Some(property) = linked.properties.get_mut(index as usize) else {
                    continue;
                };
                let place = match procedure.kind {
                    Kind::Get => &mut property.get,
                    Kind::Let => &mut property.put,
                    _ => &mut property.set,
                };
                if place.is_none() || !dead {
                    *place = Some(number);
                }
            } else if procedure.kind != Kind::Top {
                members.push((name, dead, Meaning::Procedure(number)));
            }
        }
        members.sort_by_key(|(name, dead, _)| (*name, *dead));
        members.dedup_by_key(|(name, ..)| *name);
        let member = |(name, _, meaning)| (name, meaning);
        members.into_iter().map(member).collect()
    }

    /// What other units see without naming the unit: members of standard modules, then modules
    /// themselves, then the constants of any module. The first module that has a name has it.
    fn publish(&mut self) {
        let program = self.program;
        let all = std::mem::take(&mut self.linked.members);
        let open = |kind| matches!(kind, ModuleKind::Standard | ModuleKind::Unknown);
        for (members, unit) in all.iter().zip(&program.units).rev() {
            for (name, meaning) in members {
                let constant = matches!(meaning, Meaning::Constant(_));
                let declare = matches!(meaning, Meaning::Declare(_)) && open(unit.kind);
                if constant || declare {
                    self.show(*name, *meaning);
                }
            }
        }
        for (at, unit) in program.units.iter().enumerate().rev() {
            self.show(unit.name, Meaning::Unit(at as u32));
        }
        for (members, unit) in all.iter().zip(&program.units).rev() {
            for (name, meaning) in members {
                let procedure = self.procedure_of(*meaning);
                if procedure.is_some_and(|procedure| procedure.private) {
                    continue;
                }
                if !open(unit.kind) {
                    if let Meaning::Procedure(number) = meaning {
                        let method = self.linked.methods.entry(*name);
                        method
                            .and_modify(|known| *known = None)
                            .or_insert(Some(*number));
                    }
                } else if !matches!(meaning, Meaning::Declare(_)) {
                    self.show(*name, *meaning);
                }
            }
        }
        self.linked.members = all;
    }

    /// The procedure that is meant, or one of those of the property.
    fn procedure_of(&self, meaning: Meaning) -> Option<&Procedure> {
        let number = match meaning {
            Meaning::Procedure(number) => number,
            Meaning::Property(index) => {
                let property = self.linked.properties.get(index as usize)?;
                property.get.or(property.put).or(property.set)?
            }
            _ => return None,
        };
        let id = self.linked.routines.get(number as usize)?.id;
        let unit = self.program.units.get(id.unit as usize)?;
        unit.syntax.procedures.get(id.procedure as usize)
    }
}
