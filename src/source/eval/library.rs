//! The functions of the library that compute ([MS-VBAL] 6.1.2).

use super::{Argument, Bounds, Value};
use crate::source::names::Symbol;

/// The value of a call, if the name is one of the library's computing functions and nothing of the
/// outside is needed. An argument that is not known gives [`What::Unknown`](super::What::Unknown)
/// with the origins of all.
pub fn call(name: Symbol, arguments: &[Argument], bounds: &mut Bounds) -> Option<Value> {
    let _ = (name, arguments, bounds);
    None
}
