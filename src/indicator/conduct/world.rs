//! The world as the code sees it: objects, functions, files.
