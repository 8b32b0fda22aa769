//! What starts code: events by the type of what raises them, magic names where Office honours
//! them, and what the document binds.
