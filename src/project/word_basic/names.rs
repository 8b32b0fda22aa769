//! The numbers of WordBasic: its words and signs, the commands and functions of Word 6, and the
//! arguments of commands. Each list is in the order of the numbers.

/// A word or a sign by its token.
pub(super) fn keyword(token: u8) -> Option<&'static str> {
    let at = KEYWORDS.binary_search_by_key(&token, |(number, _)| *number);
    KEYWORDS.get(at.ok()?).map(|(_, word)| *word)
}

/// A command or function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Command {
    pub(super) name: &'static str,
    /// Whether it is one of Visual Basic as well, and no member of `WordBasic`.
    pub(super) plain: bool,
}

/// A command or function by its number.
pub(super) fn command(number: u16) -> Option<Command> {
    let find = |list: &[(u16, &'static str)]| {
        let at = list.binary_search_by_key(&number, |(number, _)| *number);
        list.get(at.ok()?).map(|(_, name)| *name)
    };
    let plain = find(FUNCTIONS).map(|name| Command { name, plain: true });
    plain.or_else(|| find(COMMANDS).map(|name| Command { name, plain: false }))
}

/// The name of an argument by its number.
pub(super) fn argument(number: u16) -> Option<&'static str> {
    let at = ARGUMENTS.binary_search_by_key(&number, |(number, _)| *number);
    ARGUMENTS.get(at.ok()?).map(|(_, name)| *name)
}

/// Words and signs.
#[rustfmt::skip]
const KEYWORDS: &[(u8, &str)] = &[
    (0x01, "-"), (0x02, "Not"), (0x03, "And"), (0x04, "Or"), (0x05, "("), (0x06, ")"), (0x07, "+"),
    (0x08, "-"), (0x09, "/"), (0x0a, "*"), (0x0b, "Mod"), (0x0c, "="), (0x0d, "<>"), (0x0e, "<"),
    (0x0f, ">"), (0x10, "<="), (0x11, ">="), (0x12, ","), (0x18, "Resume"), (0x19, ":"),
    (0x1a, "End"), (0x1b, "Sub"), (0x1c, "Function"), (0x1d, "If"), (0x1e, "Then"),
    (0x1f, "ElseIf"), (0x20, "Else"), (0x21, "While"), (0x22, "Wend"), (0x23, "For"), (0x24, "To"),
    (0x25, "Step"), (0x26, "Next"), (0x28, ";"), (0x29, "Call"), (0x2a, "GoTo"), (0x2c, "On"),
    (0x2d, "Error"), (0x2e, "Let"), (0x2f, "Dim"), (0x30, "Shared"), (0x31, "Select"), (0x32, "Is"),
    (0x33, "Case"), (0x34, "As"), (0x35, "ReDim"), (0x36, "Print"), (0x37, "Input"), (0x38, "Line"),
    (0x39, "Write"), (0x3a, "Name"), (0x3b, "Output"), (0x3c, "Append"), (0x3d, "Open"),
    (0x3e, "GetCurValues"), (0x3f, "Dialog"), (0x40, "Super"), (0x41, "Declare"), (0x42, "Double"),
    (0x43, "Integer"), (0x44, "Long"), (0x45, "Single"), (0x46, "String"), (0x47, "CDecl"),
    (0x48, "Alias"), (0x49, "Any"), (0x4a, "ToolsGetSpelling"), (0x4b, "ToolsGetSynonyms"),
    (0x4c, "Close"), (0x4d, "Begin"), (0x4e, "Lib"), (0x4f, "Read"), (0x50, "CheckDialog"),
    (0x51, " "), (0x52, "\t"), (0x54, "End If"), (0x71, "#"), (0x72, "\\"),
];

/// What Visual Basic has as well.
#[rustfmt::skip]
const FUNCTIONS: &[(u16, &str)] = &[
    (0x8000, "Abs"), (0x8001, "Sgn"), (0x8002, "Int"), (0x8003, "Len"), (0x8004, "Asc"),
    (0x8005, "Chr$"), (0x8006, "Val"), (0x8007, "Str$"), (0x8008, "Left$"), (0x8009, "Right$"),
    (0x800a, "Mid$"), (0x800b, "String$"), (0x800c, "Date$"), (0x800d, "Time$"), (0x800e, "Rnd"),
    (0x800f, "InStr"), (0x802b, "MsgBox"), (0x802c, "Beep"), (0x802d, "Shell"),
    (0x805c, "DDEInitiate"), (0x805d, "DDETerminate"), (0x805e, "DDETerminateAll"),
    (0x805f, "DDEExecute"), (0x8060, "DDEPoke"), (0x8061, "DDERequest$"), (0x8063, "AppActivate"),
    (0x8064, "SendKeys"), (0x80a7, "Input$"), (0x80a8, "Seek"), (0x80a9, "EOF"), (0x80aa, "LOF"),
    (0x80ab, "Kill"), (0x80ac, "ChDir"), (0x80ad, "MkDir"), (0x80ae, "RmDir"), (0x80af, "UCase$"),
    (0x80b0, "LCase$"), (0x80b1, "InputBox$"), (0x80ea, "LTrim$"), (0x80eb, "RTrim$"),
    (0x80ee, "Environ$"), (0x80f0, "DateSerial"), (0x80f1, "DateValue"), (0x80f2, "Day"),
    (0x80f4, "Hour"), (0x80f5, "Minute"), (0x80f6, "Month"), (0x80f7, "Now"), (0x80f9, "Year"),
    (0x80ff, "Second"), (0x8100, "TimeValue"), (0x8103, "SetAttr"), (0x8107, "AppActivate"),
    (0x810f, "GetAttr"), (0x8147, "Stop"),
];

/// What only Word has.
#[rustfmt::skip]
const COMMANDS: &[(u16, &str)] = &[
    (0x0004, "HelpActivateWindow"), (0x0009, "HelpAbout"), (0x000c, "ShrinkFont"),
    (0x0016, "NextWindow"), (0x0017, "PrevWindow"), (0x001c, "DeleteWord"), (0x001e, "EditClear"),
    (0x0045, "GoBack"), (0x0046, "SaveTemplate"), (0x0048, "Cancel"),
    (0x004e, "DocumentStatistics"), (0x004f, "FileNew"), (0x0050, "FileOpen"), (0x0053, "FileSave"),
    (0x0054, "FileSaveAs"), (0x0056, "FileSummaryInfo"), (0x0057, "FileTemplates"),
    (0x0058, "FilePrint"), (0x0061, "FilePrintSetup"), (0x0063, "FileFind"), (0x006c, "EditCut"),
    (0x006d, "EditCopy"), (0x006e, "EditPaste"), (0x0070, "EditFind"),
    (0x0074, "EditFindClearFormatting"), (0x0075, "EditReplace"),
    (0x0079, "EditReplaceClearFormatting"), (0x007a, "EditGoTo"), (0x007b, "EditAutoText"),
    (0x0093, "ViewPage"), (0x0098, "ToolsCustomize"), (0x009b, "NormalViewHeaderArea"),
    (0x009f, "InsertBreak"), (0x00a2, "InsertSymbol"), (0x00a4, "InsertFile"),
    (0x00a8, "EditBookmark"), (0x00ac, "InsertObject"), (0x00ae, "FormatFont"),
    (0x00af, "FormatParagraph"), (0x00b2, "FilePageSetup"), (0x00bf, "ToolsSpelling"),
    (0x00ca, "ToolsOptions"), (0x00cb, "ToolsOptionsGeneral"), (0x00cc, "ToolsOptionsView"),
    (0x00d1, "ToolsOptionsSave"), (0x00d3, "ToolsOptionsSpelling"),
    (0x00d5, "ToolsOptionsUserInfo"), (0x00d7, "ToolsMacro"), (0x00de, "Organizer"),
    (0x00e1, "ToolsOptionsFileLocations"), (0x00e4, "ToolsWordCount"), (0x00e9, "DocRestore"),
    (0x00ed, "EditSelectAll"), (0x00f3, "ClosePane"), (0x0129, "UserDialog"), (0x012c, "CopyFile"),
    (0x012d, "FileNewDefault"), (0x012e, "FilePrintDefault"), (0x0143, "ViewToolbars"),
    (0x015d, "TextFormField"), (0x0161, "FormFieldOptions"), (0x0172, "InsertFootnote"),
    (0x0179, "DrawRectangle"), (0x017a, "ToolsAutoCorrect"), (0x01a4, "Connect"),
    (0x01a5, "WW2_EditFind"), (0x01a6, "WW2_EditReplace"), (0x01b0, "ToolsCustomizeKeyboard"),
    (0x01b1, "ToolsCustomizeMenus"), (0x01d2, "DrawBringToFront"), (0x01d3, "DrawSendToBack"),
    (0x01e3, "InsertFormField"), (0x01f7, "ToolsProtectDocument"), (0x0202, "ShrinkFontOnePoint"),
    (0x0209, "ToolsUnprotectDocument"), (0x022f, "DrawFlipHorizontal"),
    (0x0235, "FormatDrawingObject"), (0x0241, "ViewZoom"), (0x0246, "ToggleFull"),
    (0x024a, "NewToolbar"), (0x0265, "FileSendMail"), (0x0267, "ToolsCustomizeMenuBar"),
    (0x0270, "FileRoutingSlip"), (0x0273, "ChooseButtonImage"), (0x027b, "HelpTipOfTheDay"),
    (0x0290, "MicrosoftMail"), (0x0299, "ScreenRefresh"), (0x02b0, "HelpContents"),
    (0x8012, "Insert"), (0x8013, "InsertPara"), (0x8015, "Selection$"),
    (0x801b, "ExistingBookmark"), (0x8023, "IsDocumentDirty"), (0x8024, "SetDocumentDirty"),
    (0x8025, "FileName$"), (0x8026, "CountFiles"), (0x8027, "GetAutoText$"),
    (0x8028, "CountAutoTextEntries"), (0x802a, "SetAutoText"), (0x802f, "ResetPara"),
    (0x8032, "DocMove"), (0x8033, "DocSize"), (0x8034, "VLine"), (0x803a, "CountWindows"),
    (0x803b, "WindowName$"), (0x803e, "Window"), (0x8041, "AppMinimize"), (0x8042, "AppMaximize"),
    (0x8043, "AppRestore"), (0x8044, "DocMaximize"), (0x8045, "GetProfileString$"),
    (0x8046, "SetProfileString"), (0x8047, "CharColor"), (0x8048, "Bold"), (0x8049, "Italic"),
    (0x804e, "Underline"), (0x8053, "CenterPara"), (0x8054, "LeftPara"), (0x8055, "RightPara"),
    (0x8056, "JustifyPara"), (0x8062, "Activate"), (0x806f, "ViewStatusBar"),
    (0x8071, "ViewRibbon"), (0x8073, "ViewPage"), (0x8075, "ViewNormal"), (0x8079, "Overtype"),
    (0x807a, "Font$"), (0x807b, "CountFonts"), (0x807c, "Font"), (0x807d, "FontSize"),
    (0x8081, "WW6_EditClear"), (0x8082, "FileList"), (0x8083, "File1"), (0x8098, "ExtendSelection"),
    (0x809e, "DisableInput"), (0x809f, "DocClose"), (0x80a0, "FileClose"), (0x80a1, "Files$"),
    (0x80a2, "FileExit"), (0x80a3, "FileSaveAll"), (0x80b3, "OnTime"), (0x80b5, "AppInfo$"),
    (0x80b6, "SelInfo"), (0x80b7, "CountMacros"), (0x80b8, "MacroName$"),
    (0x80b9, "CountFoundFiles"), (0x80ba, "FoundFileName$"), (0x80be, "MacroDesc$"),
    (0x80bf, "CountKeys"), (0x80c1, "KeyMacro$"), (0x80c2, "MacroCopy"), (0x80c3, "IsExecuteOnly"),
    (0x80c7, "OKButton"), (0x80c8, "CancelButton"), (0x80c9, "Text"), (0x80ca, "GroupBox"),
    (0x80cb, "OptionButton"), (0x80cc, "PushButton"), (0x80d5, "ExitWindows"),
    (0x80d6, "DisableAutoMacros"), (0x80d7, "EditFindFound"), (0x80d8, "CheckBox"),
    (0x80d9, "TextBox"), (0x80da, "ListBox"), (0x80db, "OptionGroup"), (0x80dc, "ComboBox"),
    (0x80de, "WindowList"), (0x80e8, "CountDirectories"), (0x80e9, "GetDirectory$"),
    (0x80ef, "WaitCursor"), (0x80f8, "Weekday"), (0x80fa, "DocWindowHeight"),
    (0x80fb, "DocWindowWidth"), (0x80fc, "DOSToWin$"), (0x80fd, "WinToDOS$"), (0x8101, "Today"),
    (0x8105, "DocMinimize"), (0x8108, "AppCount"), (0x8109, "AppGetNames"), (0x810a, "AppHide"),
    (0x810b, "AppIsRunning"), (0x810c, "GetSystemInfo$"), (0x810d, "GetPrivateProfileString$"),
    (0x810e, "SetPrivateProfileString"), (0x8111, "ScreenUpdating"), (0x8116, "SelectCurWord"),
    (0x8118, "IsTemplateDirty"), (0x8119, "SetTemplateDirty"), (0x811b, "DlgEnable"),
    (0x811d, "DlgVisible"), (0x811f, "DlgText$"), (0x8121, "AppShow"), (0x8122, "DlgListBoxArray"),
    (0x8125, "Picture"), (0x8126, "DlgSetPicture"), (0x8131, "WW2_Files$"), (0x8138, "DlgFocus"),
    (0x813b, "BorderLineStyle"), (0x813d, "MenuItemText$"), (0x813e, "MenuItemMacro$"),
    (0x813f, "CountMenus"), (0x8140, "MenuText$"), (0x8141, "CountMenuItems"),
    (0x8145, "DocWindowPosTop"), (0x8146, "DocWindowPosLeft"), (0x8148, "DropListBox"),
    (0x8149, "RenameMenu"), (0x814a, "FileCloseAll"), (0x814b, "SortArray"),
    (0x814c, "SetDocumentVar"), (0x814d, "GetDocumentVar$"), (0x8152, "IsMacro"),
    (0x8153, "FileNameFromWindow$"), (0x815b, "MoveToolbar"), (0x816e, "MacID$"),
    (0x8170, "GetSelEndPos"), (0x8171, "SetSelRange"), (0x8172, "GetText$"),
    (0x8174, "DeleteButton"), (0x8175, "AddButton"), (0x8177, "DeleteAddIn"), (0x8178, "AddAddIn"),
    (0x8179, "GetAddInName$"), (0x817c, "ResetButtonImage"), (0x8180, "GetAddInID"),
    (0x8181, "CountAddIns"), (0x8182, "ClearAddIns"), (0x8183, "AddInState"),
    (0x818c, "DefaultDir$"), (0x818d, "FileNameInfo$"), (0x818e, "MacroFileName$"),
    (0x818f, "ViewHeader"), (0x8190, "ViewFooter"), (0x8192, "CopyButtonImage"),
    (0x8195, "CountToolbars"), (0x8196, "ToolbarName$"), (0x8198, "ChDefaultDir"),
    (0x8199, "EditUndo"), (0x81a0, "GetAutoCorrect$"), (0x81a2, "FileQuit"),
    (0x81a4, "FileConfirmConversions"), (0x81d3, "SelectionFileName$"),
    (0x81d9, "CountToolbarButtons"), (0x81da, "ToolbarButtonMacro$"), (0x81db, "WW2_Insert"),
    (0x81dc, "AtEndOfDocument"), (0x81fc, "GetDocumentProperty$"), (0x81fd, "GetDocumentProperty"),
    (0x8201, "DocumentPropertyName$"), (0x820e, "SpellChecked"), (0xc000, "CharLeft"),
    (0xc001, "CharRight"), (0xc002, "WordLeft"), (0xc003, "WordRight"), (0xc004, "EndOfLine"),
    (0xc007, "ParaDown"), (0xc008, "LineUp"), (0xc009, "LineDown"), (0xc00a, "PageUp"),
    (0xc00c, "StartOfLine"), (0xc00d, "EndOfLine"), (0xc010, "StartOfDocument"),
    (0xc011, "EndOfDocument"), (0xc012, "EditClear"), (0xc024, "BorderTop"), (0xc025, "BorderLeft"),
    (0xc026, "BorderBottom"), (0xc027, "BorderRight"),
];

/// Arguments of commands.
#[rustfmt::skip]
const ARGUMENTS: &[(u16, &str)] = &[
    (0x0001, "Name"), (0x0002, "KeyCode"), (0x0003, "Context"), (0x0004, "ResetAll"),
    (0x0007, "Menu"), (0x0008, "MenuText"), (0x000b, "Delete"), (0x0012, "SavedBy"),
    (0x0021, "Font"), (0x0022, "Points"), (0x0023, "Color"), (0x0024, "Bold"), (0x0025, "Italic"),
    (0x0027, "Hidden"), (0x0028, "Underline"), (0x0034, "AutoSave"), (0x0037, "SummaryPrompt"),
    (0x0052, "Template"), (0x0060, "Password"), (0x0062, "Title"), (0x0063, "Subject"),
    (0x0064, "Author"), (0x0065, "Keywords"), (0x0066, "Comments"), (0x0067, "FileName"),
    (0x0068, "Directory"), (0x0074, "Rename"), (0x0075, "NewName"), (0x007f, "Source"),
    (0x0080, "Reference"), (0x0085, "Insert"), (0x0086, "Destination"), (0x0087, "Type"),
    (0x0091, "Entry"), (0x0092, "Range"), (0x0095, "Link"), (0x0098, "Add"),
    (0x009b, "NewTemplate"), (0x009f, "ReadOnly"), (0x00b9, "NumCopies"), (0x00ba, "From"),
    (0x00bb, "To"), (0x00cb, "Format"), (0x00cd, "Replace"), (0x00ce, "WholeWord"),
    (0x00cf, "MatchCase"), (0x00d7, "CreateBackup"), (0x00d8, "LockAnnot"), (0x00d9, "Direction"),
    (0x012e, "Update"), (0x0131, "Text"), (0x0136, "Description"), (0x0139, "Setting"),
    (0x0148, "Category"), (0x0149, "ConfirmConversions"), (0x0150, "Show"), (0x0156, "FastSaves"),
    (0x0157, "SaveInterval"), (0x0190, "Options"), (0x0194, "Find"), (0x0196, "Path"),
    (0x01a9, "SearchPath"), (0x01b4, "Button"), (0x01b9, "Remove"), (0x01ba, "Protect"),
    (0x01d7, "Store"), (0x01da, "Class"), (0x01de, "Hide"), (0x01df, "Toolbar"),
    (0x01e0, "ReplaceAll"), (0x01eb, "Address"), (0x01f4, "SelectedFile"), (0x01f5, "Run"),
    (0x01f6, "Edit"), (0x0234, "SetDesc"), (0x0255, "AddToMru"), (0x0272, "With"), (0x0285, "Goto"),
    (0x0287, "Copy"), (0x02ac, "MenuType"), (0x02c8, "WritePassword"),
    (0x02c9, "RecommendReadOnly"), (0x02ca, "DocumentPassword"), (0x0308, "EmbedFonts"),
    (0x0316, "SendMailAttach"), (0x031e, "FormsData"), (0x032a, "Message"), (0x0366, "SearchName"),
    (0x0378, "SubDir"), (0x039d, "NativePictureFormat"), (0x03ac, "GlobalDotPrompt"),
    (0x03db, "SaveAsAOCELetter"), (0x045e, "VirusProtection"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        assert!(KEYWORDS.is_sorted_by(|a, b| a.0 < b.0));
        for list in [FUNCTIONS, COMMANDS, ARGUMENTS] {
            assert!(list.is_sorted_by(|a, b| a.0 < b.0));
        }
        assert_eq!(keyword(0x1B), Some("Sub"));
        assert_eq!(command(0x802D).map(|one| one.plain), Some(true));
        assert_eq!(command(0x80C2).map(|one| one.name), Some("MacroCopy"));
    }
}
