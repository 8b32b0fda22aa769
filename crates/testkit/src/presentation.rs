//! Writers of records of PowerPoint 97, [MS-PPT].
