//! The names that the language and its library give a meaning, known by number.
//!
//! Words of the grammar first ([MS-VBAL] 3.3.5.2), then the functions of the library (6.1), then
//! names that a `match` elsewhere asks for. The order is free; a name stands here once.

use std::sync::LazyLock;

use super::names::{Names, Symbol};

macro_rules! words {
    ($($name:ident $text:literal)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Place { $($name),* }
        $(
            #[doc = concat!("`", $text, "`")]
            pub const $name: Symbol = Symbol::known(Place::$name as usize);
        )*
        const TEXTS: &[&str] = &[$($text),*];
    };
}

words! {
    // Grammar.
    ADDRESSOF "addressof" ALIAS "alias" AND "and" AS "as" ATTRIBUTE "attribute" BYREF "byref"
    BYVAL "byval" CALL "call" CASE "case" CLASS "class" CONST "const" DECLARE "declare" DIM "dim" DO "do"
    EACH "each" ELSE "else" ELSEIF "elseif" EMPTY "empty" END "end" ENDIF "endif" ENUM "enum"
    EQV "eqv" ERASE "erase" EVENT "event" EXIT "exit" FALSE "false" FOR "for" FRIEND "friend"
    FUNCTION "function" GET "get" GLOBAL "global" GOSUB "gosub" GOTO "goto" IF "if" IMP "imp"
    IMPLEMENTS "implements" IN "in" IS "is" LET "let" LIB "lib" LIKE "like" LOOP "loop"
    LSET "lset" ME "me" MOD "mod" NEW "new" NEXT "next" NOT "not" NOTHING "nothing" NULL "null"
    ON "on" OPTION "option" OPTIONAL "optional" OR "or" PARAMARRAY "paramarray"
    PRESERVE "preserve" PRIVATE "private" PROPERTY "property" PTRSAFE "ptrsafe" PUBLIC "public"
    RAISEEVENT "raiseevent" REDIM "redim" REM "rem" RESUME "resume" RETURN "return" RSET "rset"
    SELECT "select" SET "set" STATIC "static" STEP "step" STOP "stop" SUB "sub" THEN "then"
    TO "to" TRUE "true" TYPE "type" TYPEOF "typeof" UNTIL "until" WEND "wend" WHILE "while"
    WITH "with" WITHEVENTS "withevents" XOR "xor"
    // Statements on files.
    OPEN "open" CLOSE "close" PRINT "print" WRITE "write" PUT "put" INPUT "input"
    LINE_INPUT "line input" NAME "name" KILL "kill" LOCK "lock" UNLOCK "unlock" SEEK "seek"
    WIDTH "width" RESET "reset" APPEND "append" BINARY "binary" OUTPUT "output" RANDOM "random"
    ACCESS "access" READ "read" SHARED "shared" LINE "line" LEN "len"
    // Functions of the library that compute.
    CHR "chr" CHRB "chrb" CHRW "chrw" ASC "asc" ASCB "ascb" ASCW "ascw" STRCONV "strconv"
    ESCAPE "escape" UNESCAPE "unescape" LENB "lenb" LEFT "left" LEFTB "leftb" RIGHT "right"
    RIGHTB "rightb" MID "mid" MIDB "midb" LCASE "lcase" UCASE "ucase" TRIM "trim" LTRIM "ltrim"
    RTRIM "rtrim" SPACE "space" STRING "string" STRREVERSE "strreverse" REPLACE "replace"
    INSTR "instr" INSTRB "instrb" INSTRREV "instrrev" STRCOMP "strcomp" ARRAY "array"
    UBOUND "ubound" LBOUND "lbound" SPLIT "split" JOIN "join" FILTER "filter" ABS "abs" SGN "sgn"
    INT "int" FIX "fix" SQR "sqr" SIN "sin" COS "cos" TAN "tan" ATN "atn" EXP "exp" LOG "log"
    ROUND "round" RGB "rgb" QBCOLOR "qbcolor" CSTR "cstr" CVAR "cvar" CBOOL "cbool" CBYTE "cbyte"
    CINT "cint" CLNG "clng" CLNGLNG "clnglng" CLNGPTR "clngptr" CDBL "cdbl" CSNG "csng" CDEC "cdec"
    CCUR "ccur" CDATE "cdate" VAL "val" STR "str" HEX "hex" OCT "oct" FORMAT "format"
    DATESERIAL "dateserial" TIMESERIAL "timeserial" YEAR "year" MONTH "month" DAY "day" HOUR "hour"
    MINUTE "minute" SECOND "second" ISEMPTY "isempty" ISNULL "isnull" ISNUMERIC "isnumeric"
    ISARRAY "isarray" ISOBJECT "isobject" ISMISSING "ismissing" VARTYPE "vartype"
    TYPENAME "typename" IIF "iif" CHOOSE "choose" SWITCH "switch"
    // Parameters of these, which calls may name.
    NUMBER "number" EXPRESSION "expression" LENGTH "length" START "start" COUNT "count"
    COMPARE "compare" FIND "find" DELIMITER "delimiter" LIMIT "limit" SOURCEARRAY "sourcearray"
    MATCH "match" INCLUDE "include" STRING1 "string1" STRING2 "string2" STRINGCHECK "stringcheck"
    STRINGMATCH "stringmatch" CHARCODE "charcode" CHARACTER "character" CONVERSION "conversion"
    LOCALEID "localeid" ARRAYNAME "arrayname" DIMENSION "dimension" VARNAME "varname"
    NUMDIGITSAFTERDECIMAL "numdigitsafterdecimal" RED "red" GREEN "green" BLUE "blue" COLOR "color"
    DATE "date" TIME "time" TRUEPART "truepart" FALSEPART "falsepart"
    // Types, modules of the library, and the member that is meant where none is named.
    BOOLEAN "boolean" BYTE "byte" CURRENCY "currency" DOUBLE "double" INTEGER "integer" LONG "long"
    LONGLONG "longlong" LONGPTR "longptr" SINGLE "single" VARIANT "variant" VBA "vba"
    STRINGS "strings" INTERACTION "interaction" FILESYSTEM "filesystem" DATETIME "datetime"
    INFORMATION "information" MATH "math" CONSTANTS "constants" ITEM "item" VALUE "value"
    // Words that the grammar knows in one place.
    BEGIN "begin" BEGINPROPERTY "beginproperty" CDECL "cdecl" DEFAULT "default"
    DEFBOOL "defbool" DEFBYTE "defbyte" DEFCUR "defcur" DEFDATE "defdate" DEFDBL "defdbl"
    DEFDEC "defdec" DEFINT "defint" DEFLNG "deflng" DEFLNGLNG "deflnglng"
    DEFLNGPTR "deflngptr" DEFOBJ "defobj" DEFSNG "defsng" DEFSTR "defstr" DEFVAR "defvar"
    ENDPROPERTY "endproperty" ERROR "error" GO "go" LOCAL "local" OBJECT "object"
    VERSION "version" WIN16 "win16" WIN32 "win32" BASE "base" EXPLICIT "explicit" TEXT "text"
}

/// The names of a project, as they are before any of it is read.
#[must_use]
pub fn names() -> Names {
    static NAMES: LazyLock<Names> = LazyLock::new(|| Names::with_known(TEXTS));
    NAMES.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_once_and_in_small_letters() {
        let names = names();
        assert_eq!(names.len(), TEXTS.len());
        for text in TEXTS {
            assert_eq!(*text, text.to_lowercase());
        }
        assert_eq!(names.text(XOR), "xor");
    }
}
