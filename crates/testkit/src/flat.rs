//! Writers of documents in one XML file.
