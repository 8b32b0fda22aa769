//! opc
