//! Word and PowerPoint: letters, forms, talks.

use super::{Case, slides, word};

pub(super) const CASES: &[Case] = &[
    word(
        "fields are updated when a letter is opened",
        "the document works on itself",
        r#"
'# standard NewMacros
Sub AutoOpen()
    Dim s As Range
    For Each s In ActiveDocument.StoryRanges
        s.Fields.Update
    Next s
    ActiveDocument.TablesOfContents(1).Update
End Sub
"#,
    ),
    word(
        "the date and the name go into a new letter",
        "a template sets itself up",
        r#"
'# standard Letter
Sub AutoNew()
    With ActiveDocument
        .Bookmarks("date").Range.Text = Format(Date, "d. mmmm yyyy")
        .Bookmarks("author").Range.Text = Application.UserName
        .BuiltInDocumentProperties("Title").Value = "Letter"
        .Variables("number").Value = System.PrivateProfileString(Options.DefaultFilePath(wdUserTemplatesPath) & "\letter.ini", "Letters", "Next")
    End With
    Selection.GoTo What:=wdGoToBookmark, Name:="address"
End Sub
"#,
    ),
    word(
        "mail merge into single files",
        "each record becomes a document",
        r#"
'# standard Merge
Sub MergeToFiles()
    Dim i As Long, d As Document, p As String
    p = ActiveDocument.Path & "\out\"
    With ActiveDocument.MailMerge
        .OpenDataSource Name:=ActiveDocument.Path & "\addresses.xlsx", SQLStatement:="SELECT * FROM `Sheet1$`"
        For i = 1 To .DataSource.RecordCount
            .DataSource.FirstRecord = i
            .DataSource.LastRecord = i
            .Destination = wdSendToNewDocument
            .Execute
            ActiveDocument.SaveAs2 p & .DataSource.DataFields("name").Value & ".pdf", wdFormatPDF
            ActiveDocument.Close False
        Next i
    End With
End Sub
"#,
    ),
    word(
        "a field is checked when it is left",
        "content controls of a form",
        r#"
'# document ThisDocument
Private Sub Document_ContentControlOnExit(ByVal CC As ContentControl, Cancel As Boolean)
    Select Case CC.Tag
        Case "date"
            If Not IsDate(CC.Range.Text) Then MsgBox "A date, please.": Cancel = True
        Case "amount"
            If IsNumeric(CC.Range.Text) Then CC.Range.Text = Format(CC.Range.Text, "0.00")
    End Select
End Sub
"#,
    ),
    word(
        "a footer when the letter is saved",
        "a command of Word is replaced by itself and a little more",
        r#"
'# standard Commands
Sub FileSave()
    ActiveDocument.Sections(1).Footers(wdHeaderFooterPrimary).Range.Text = ActiveDocument.FullName
    ActiveDocument.Save
End Sub
Sub FilePrint()
    ActiveDocument.Fields.Update
    Dialogs(wdDialogFilePrint).Show
End Sub
"#,
    ),
    word(
        "quotes and blanks are mended",
        "find and replace",
        r#"
'# standard Typography
Sub Mend()
    Dim a, i As Integer
    a = Array("  ", " ", " ,", ",", "--", ChrW(8211), Chr(34), ChrW(8222), "...", ChrW(&H2026))
    For i = 0 To UBound(a) Step 2
        With ActiveDocument.Content.Find
            .ClearFormatting
            .MatchWildcards = False
            .Execute FindText:=a(i), ReplaceWith:=a(i + 1), Replace:=wdReplaceAll
        End With
    Next i
End Sub
"#,
    ),
    word(
        "a number from a file of the office",
        "a counter is read and written",
        r#"
'# document ThisDocument
Private Sub Document_New()
    Dim f As String, n As Long
    f = ThisDocument.Path & "\counter.txt"
    If Dir(f) <> "" Then
        Open f For Input As #1
        Input #1, n
        Close #1
    End If
    n = n + 1
    Open f For Output As #1
    Print #1, n
    Close #1
    ActiveDocument.FormFields("number").Result = Format(n, "00000")
End Sub
"#,
    ),
    word(
        "a form asks for the recipient",
        "a form fills bookmarks",
        r#"
'# document ThisDocument
Private Sub Document_New()
    frmRecipient.Show
End Sub
'# form frmRecipient
Private Sub UserForm_Initialize()
    Dim rs As Object
    Set rs = CreateObject("ADODB.Recordset")
    rs.Open "SELECT name FROM people ORDER BY name", "Provider=Microsoft.Jet.OLEDB.4.0;Data Source=S:\office\people.mdb"
    Do Until rs.EOF
        cboName.AddItem rs!Name
        rs.MoveNext
    Loop
End Sub
Private Sub cmdOK_Click()
    ActiveDocument.Bookmarks("name").Range.Text = cboName.Text
    Unload Me
End Sub
"#,
    ),
    slides(
        "pages are numbered while the talk runs",
        "text of slides",
        r#"
'# standard Numbers
Sub OnSlideShowPageChange(ByVal w As SlideShowWindow)
    On Error Resume Next
    w.View.Slide.Shapes("Number").TextFrame.TextRange.Text = w.View.CurrentShowPosition & "/" & ActivePresentation.Slides.Count
End Sub
"#,
    ),
    slides(
        "an agenda is built",
        "titles are collected",
        r#"
'# standard Agenda
Sub BuildAgenda()
    Dim s As Slide, t As String
    For Each s In ActivePresentation.Slides
        If s.Shapes.HasTitle Then t = t & s.Shapes.Title.TextFrame.TextRange.Text & vbCr
    Next s
    ActivePresentation.Slides.Add(2, ppLayoutText).Shapes(2).TextFrame.TextRange.Text = t
End Sub
"#,
    ),
];
