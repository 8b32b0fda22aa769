//! Writers of forms and controls, [MS-OFORMS].
