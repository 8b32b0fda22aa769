//! Writers of fixtures. Shares no code with the readers.
