//! Which code the user knows: the identities of projects, held against the list of allowed code.

use std::collections::BTreeSet;

use crate::report::{Module, Project, Sha256};
use crate::source::identity;

/// The projects of an input by number, with their identities.
pub(super) fn projects(names: Vec<String>, project_of: &[u32], modules: &[Module]) -> Vec<Project> {
    let mut projects: Vec<Project> = names
        .into_iter()
        .map(|name| Project {
            layer: 0,
            name,
            modules: Vec::new(),
            identity: None,
        })
        .collect();
    for ((number, project), module) in (0..).zip(project_of).zip(modules) {
        if let Some(project) = projects.get_mut(*project as usize) {
            project.layer = module.layer;
            project.modules.push(number);
        }
    }
    for project in &mut projects {
        let own = project.modules.iter();
        let own = own.filter_map(|number| modules.get(*number as usize));
        project.identity = identity::of_project(
            own.filter_map(|module| Some((module.name.as_str(), module.identity?))),
        );
    }
    projects
}

/// For each project, whether it is on the list: itself, or each of its modules that has code.
pub(super) fn allowed(
    list: &BTreeSet<Sha256>,
    projects: &[Project],
    modules: &[Module],
) -> Vec<bool> {
    let listed = |identity: Option<Sha256>| identity.is_some_and(|one| list.contains(&one));
    projects
        .iter()
        .map(|project| {
            let own = project.modules.iter();
            let mut own = own.filter_map(|number| modules.get(*number as usize)?.identity);
            // A project without code has no identity, and nothing to allow.
            listed(project.identity)
                || project.identity.is_some() && own.all(|identity| list.contains(&identity))
        })
        .collect()
}
