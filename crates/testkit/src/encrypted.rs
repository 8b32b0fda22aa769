//! Writers of encrypted documents, [MS-OFFCRYPTO].
