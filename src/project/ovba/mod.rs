//! VBA projects
