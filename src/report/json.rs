//! The report as the NDJSON contract has it.
