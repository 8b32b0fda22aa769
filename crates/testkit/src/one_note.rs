//! Writers of OneNote sections, [MS-ONESTORE].
