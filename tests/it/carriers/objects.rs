//! Objects in compound files: packages, links, classes.
