//! Fields and links that start programs.
