//! Writers of OLE objects, [MS-OLEDS].
