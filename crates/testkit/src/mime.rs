//! Writers of archived web pages and ActiveMime.
