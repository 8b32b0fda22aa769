//! Workbooks of offices: tables, files, printing, charts.

use super::{Case, add_in, excel, held};
use crate::sketch::Office::Excel;

pub(super) const CASES: &[Case] = &[
    excel(
        "PDF of a sheet",
        "the workbook writes itself in another form",
        r#"
'# standard Export
Sub ExportPdf()
    Dim f As String
    f = ThisWorkbook.Path & "\" & Range("B2").Value & "_" & Format(Now, "yyyymmdd_hhnn") & ".pdf"
    ActiveSheet.ExportAsFixedFormat Type:=xlTypePDF, Filename:=f, Quality:=xlQualityStandard, OpenAfterPublish:=True
End Sub
"#,
    ),
    excel(
        "a query by ADO, put together over lines",
        "a query is text for a database",
        r#"
'# standard Query
Const SERVER As String = "db01.invalid"
Sub LoadOrders()
    Dim cn As New ADODB.Connection, rs As New ADODB.Recordset, sql As String
    sql = "SELECT o.id, o.created, c.name, SUM(p.amount * p.price) AS total " & _
          "FROM orders o INNER JOIN customers c ON c.id = o.customer " & _
          "INNER JOIN positions p ON p.order_id = o.id " & _
          "WHERE o.created >= '" & Format(Range("B1").Value, "yyyy-mm-dd") & "' "
    If Range("B2").Value <> "" Then sql = sql & "AND c.name LIKE '%" & Replace(Range("B2").Value, "'", "''") & "%' "
    sql = sql & "GROUP BY o.id, o.created, c.name " & _
          "ORDER BY o.created"
    cn.Open "Driver={SQL Server};Server=" & SERVER & ";Database=shop;Trusted_Connection=yes;"
    rs.Open sql, cn, 3, 1
    Range("A5").CopyFromRecordset rs
    rs.Close: cn.Close
End Sub
"#,
    ),
    excel(
        "the same query each time the workbook is opened",
        "a database is no address to fetch programs from",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    Dim cn As Object, cmd As Object
    Set cn = CreateObject("ADODB.Connection")
    cn.ConnectionString = "Provider=Microsoft.ACE.OLEDB.12.0;Data Source=" & ThisWorkbook.Path & "\stock.accdb;"
    cn.Open
    Set cmd = CreateObject("ADODB.Command")
    Set cmd.ActiveConnection = cn
    cmd.CommandText = "UPDATE users SET last_seen = Now() WHERE name = '" & Environ$("USERNAME") & "'"
    cmd.Execute
    cn.Close
End Sub
"#,
    ),
    excel(
        "tables of Access by DAO",
        "the engine of a database",
        r#"
'# standard Dao
Sub ExportToAccess()
    Dim db As DAO.Database, rs As DAO.Recordset, r As Long
    Set db = DBEngine.OpenDatabase(ThisWorkbook.Path & "\archive.accdb")
    db.Execute "DELETE FROM import", dbFailOnError
    Set rs = db.OpenRecordset("import", dbOpenDynaset)
    For r = 2 To Cells(Rows.Count, 1).End(xlUp).Row
        rs.AddNew
        rs!article = Cells(r, 1).Value
        rs("amount") = Cells(r, 2).Value
        rs.Update
    Next r
    rs.Close
End Sub
"#,
    ),
    excel(
        "all files of a folder and those below",
        "names and sizes are listed",
        r#"
'# standard Files
Dim row As Long
Sub ListFiles()
    Dim fso As Object
    row = 2
    Set fso = CreateObject("Scripting.FileSystemObject")
    With Application.FileDialog(msoFileDialogFolderPicker)
        If .Show <> -1 Then Exit Sub
        Walk fso.GetFolder(.SelectedItems(1))
    End With
End Sub
Private Sub Walk(ByVal folder As Object)
    Dim f As Object
    For Each f In folder.Files
        Cells(row, 1).Value = f.Path
        Cells(row, 2).Value = f.Size
        Cells(row, 3).Value = f.DateLastModified
        row = row + 1
    Next f
    For Each f In folder.SubFolders
        Walk f
    Next f
End Sub
"#,
    ),
    excel(
        "all workbooks of a folder are put into one",
        "workbooks are opened by the names that Dir gives",
        r#"
'# standard Merge
Sub MergeBooks()
    Dim p As String, f As String, b As Workbook
    p = ThisWorkbook.Path & "\in\"
    f = Dir(p & "*.xlsx")
    Application.ScreenUpdating = False
    Do While f <> ""
        Set b = Workbooks.Open(p & f, ReadOnly:=True)
        b.Sheets(1).UsedRange.Offset(1).Copy ThisWorkbook.Sheets(1).Cells(Rows.Count, 1).End(xlUp).Offset(1)
        b.Close SaveChanges:=False
        f = Dir()
    Loop
    Application.ScreenUpdating = True
End Sub
"#,
    ),
    excel(
        "CSV is read line by line",
        "text of a table file into cells",
        r#"
'# standard Csv
Sub ImportCsv()
    Dim f As Variant, line As String, parts() As String, r As Long, c As Long, n As Integer
    f = Application.GetOpenFilename("CSV (*.csv), *.csv")
    If VarType(f) = vbBoolean Then Exit Sub
    n = FreeFile
    Open f For Input As #n
    Do Until EOF(n)
        Line Input #n, line
        parts = Split(Replace(line, Chr(34), ""), ",")
        r = r + 1
        For c = 0 To UBound(parts)
            Cells(r, c + 1).Value = Trim$(parts(c))
        Next c
    Loop
    Close #n
End Sub
"#,
    ),
    excel(
        "CSV with quotes is written",
        "quotes by number are how VBA writes them",
        r#"
'# standard Csv
Public Function Quoted(ByVal s As String) As String
    Quoted = Chr(34) & Replace(s, Chr(34), Chr(34) & Chr(34)) & Chr(34)
End Function
Sub ExportCsv()
    Dim r As Range, c As Range, line As String, ts As Object
    Set ts = CreateObject("Scripting.FileSystemObject").CreateTextFile(ThisWorkbook.Path & "\out.csv", True)
    For Each r In ActiveSheet.UsedRange.Rows
        line = ""
        For Each c In r.Cells
            line = line & IIf(line = "", "", Chr(44)) & Quoted(c.Text)
        Next c
        ts.Write line & Chr(13) & Chr(10)
    Next r
    ts.Close
End Sub
"#,
    ),
    excel(
        "a text file is imported as a query table",
        "the connection is a file",
        r#"
'# standard Import
Sub ImportText()
    With ActiveSheet.QueryTables.Add("TEXT;" & ThisWorkbook.Path & "\data.txt", Range("A1"))
        .TextFileParseType = xlDelimited
        .TextFileTabDelimiter = True
        .TextFilePlatform = 65001
        .Refresh BackgroundQuery:=False
        .Delete
    End With
End Sub
"#,
    ),
    excel(
        "rates of exchange behind a button",
        "the user asks for them",
        r#"
'# standard Rates
Sub GetRates_Click()
    Dim h As Object, d As Object, n As Object, r As Long
    Set h = CreateObject("MSXML2.XMLHTTP")
    h.Open "GET", "https://rates.example.invalid/eurofxref-daily.xml", False
    h.send
    If h.Status <> 200 Then MsgBox "No connection": Exit Sub
    Set d = CreateObject("MSXML2.DOMDocument")
    d.LoadXML h.responseText
    For Each n In d.getElementsByTagName("Cube")
        r = r + 1
        Cells(r, 1).Value = n.getAttribute("currency")
        Cells(r, 2).Value = Val(n.getAttribute("rate"))
    Next n
End Sub
"#,
    ),
    held(
        Excel,
        "rates of exchange when the workbook is opened",
        "a start and the network, and nothing more",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    Dim h As New WinHttp.WinHttpRequest
    h.Open "GET", "https://rates.example.invalid/usd.txt"
    h.send
    Sheets(1).Range("A1").Value = Val(h.responseText)
End Sub
"#,
    ),
    excel(
        "a web page in a query table, behind a button",
        "the address stands there and gives a table",
        r#"
'# sheet Sheet1
Attribute VB_Control = "cmdLoad, 1, 0, MSForms, CommandButton"
Private Sub cmdLoad_Click()
    With ActiveSheet.QueryTables.Add("URL;https://www.example.invalid/table.html", Range("A10"))
        .WebSelectionType = xlSpecifiedTables
        .WebTables = "2"
        .Refresh False
    End With
End Sub
"#,
    ),
    excel(
        "sheets are protected when the workbook is opened",
        "protection of sheets is for the user",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    Dim s As Worksheet
    For Each s In ThisWorkbook.Worksheets
        s.Unprotect Password:="sales" & 2019
        s.Range("A:A").Locked = True
        s.Protect Password:="sales" & 2019, UserInterfaceOnly:=True, AllowFiltering:=True
    Next s
    Sheets("Start").Activate
End Sub
"#,
    ),
    excel(
        "a password of sheets that is not to be seen",
        "what is hidden is given to Unprotect",
        r#"
'# workbook ThisWorkbook
Private Function Pw() As String
    Dim c
    For Each c In Array(83, 97, 108, 101, 115, 49)
        Pw = Pw & Chr(c)
    Next
End Function
Private Sub Workbook_Open()
    ActiveSheet.Unprotect Pw()
    Range("A1").Value = Date
    ActiveSheet.Protect Pw()
End Sub
"#,
    ),
    excel(
        "functions for cells",
        "they compute",
        r#"
'# standard Functions
Option Explicit
Public Function NetDays(ByVal a As Date, ByVal b As Date) As Long
    Do While a < b
        If Weekday(a, vbMonday) < 6 Then NetDays = NetDays + 1
        a = a + 1
    Loop
End Function
Public Function ISBN10(ByVal s As String) As Boolean
    Dim i As Integer, t As Long
    s = UCase(Replace(s, "-", ""))
    For i = 1 To 9
        t = t + (11 - i) * Val(Mid(s, i, 1))
    Next i
    t = t + IIf(Right(s, 1) = "X", 10, Val(Right(s, 1)))
    ISBN10 = (t Mod 11 = 0)
End Function
Public Function ColumnLetter(ByVal n As Long) As String
    Do While n > 0
        ColumnLetter = Chr(65 + (n - 1) Mod 26) & ColumnLetter
        n = (n - 1) \ 26
    Loop
End Function
"#,
    ),
    excel(
        "a checksum",
        "exclusive or is arithmetic too",
        r#"
'# standard Crc
Private table(255) As Long
Public Function Crc32(ByVal s As String) As String
    Dim i As Long, j As Integer, c As Long
    For i = 0 To 255
        c = i
        For j = 0 To 7
            If c And 1 Then c = ((c And &HFFFFFFFE) \ 2 And &H7FFFFFFF) Xor &HEDB88320 Else c = (c And &HFFFFFFFE) \ 2 And &H7FFFFFFF
        Next j
        table(i) = c
    Next i
    c = &HFFFFFFFF
    For i = 1 To Len(s)
        c = (((c And &HFFFFFF00) \ &H100) And &HFFFFFF) Xor table((c And &HFF) Xor Asc(Mid$(s, i, 1)))
    Next i
    Crc32 = Hex$(Not c)
End Function
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    Sheets(1).Range("B1").Value = Crc32(Sheets(1).Range("A1").Text)
End Sub
"#,
    ),
    excel(
        "a bar code of letters",
        "characters by number are what a font of bars needs",
        r#"
'# standard Code128
Public Function Code128(ByVal s As String) As String
    Dim i As Integer, sum As Long, v As Integer
    Code128 = Chr(209)
    sum = 104
    For i = 1 To Len(s)
        v = Asc(Mid(s, i, 1)) - 32
        sum = sum + v * i
        Code128 = Code128 & Mid(s, i, 1)
    Next i
    v = sum Mod 103
    Code128 = Code128 & IIf(v < 95, Chr(v + 32), Chr(v + 105)) & Chr(211)
End Function
'# sheet Sheet1
Private Sub Worksheet_Change(ByVal Target As Range)
    If Target.Column = 1 Then Target.Offset(0, 1).Value = Code128(Target.Text)
End Sub
"#,
    ),
    excel(
        "the page is set up before it is printed",
        "headers and footers",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_BeforePrint(Cancel As Boolean)
    With ActiveSheet.PageSetup
        .LeftFooter = "&F" & Chr(10) & "&A"
        .RightFooter = "Page &P of &N"
        .CenterHeader = "&""Arial,Bold""&14" & Range("A1").Text
        .Zoom = False
        .FitToPagesWide = 1
    End With
End Sub
"#,
    ),
    excel(
        "labels are printed on another printer",
        "the printer is chosen and put back",
        r#"
'# standard Labels
Sub PrintLabels()
    Dim old As String, i As Long
    old = Application.ActivePrinter
    Application.ActivePrinter = "Zebra LP 2844 on Ne02:"
    For i = 2 To 31
        Sheets("Label").Range("B2").Value = Sheets("Data").Cells(i, 1).Value
        Sheets("Label").PrintOut Copies:=1, Collate:=True
    Next i
    Application.ActivePrinter = old
End Sub
"#,
    ),
    excel(
        "charts are made and exported as pictures",
        "pictures of the workbook itself",
        r#"
'# standard Charts
Sub ExportCharts()
    Dim c As ChartObject
    ActiveSheet.Shapes.AddChart2(201, xlColumnClustered).Chart.SetSourceData Range("A1:C13")
    For Each c In ActiveSheet.ChartObjects
        c.Chart.ChartTitle.Text = Range("A1").Text & " " & Year(Date)
        c.Chart.SeriesCollection(1).Format.Fill.ForeColor.RGB = &HC07000
        c.Chart.Export ThisWorkbook.Path & "\" & c.Name & ".png", "PNG"
    Next c
End Sub
"#,
    ),
    excel(
        "a change is taken back and logged",
        "soft starts and cells",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_SheetChange(ByVal Sh As Object, ByVal Target As Range)
    Dim v As Variant
    On Error GoTo done
    Application.EnableEvents = False
    If Target.HasFormula Then
        Application.Undo
        MsgBox "Formulas must not be changed.", vbExclamation
    Else
        v = Target.Value
        With Sheets("Log").Cells(Rows.Count, 1).End(xlUp).Offset(1)
            .Value = Now
            .Offset(0, 1).Value = Application.UserName
            .Offset(0, 2).Value = Sh.Name & "!" & Target.Address
        End With
    End If
done:
    Application.EnableEvents = True
End Sub
"#,
    ),
    excel(
        "sorting in memory",
        "arrays and swaps",
        r#"
'# standard Sort
Sub QuickSort(a As Variant, ByVal lo As Long, ByVal hi As Long)
    Dim i As Long, j As Long, p As Variant, t As Variant
    i = lo: j = hi: p = a((lo + hi) \ 2)
    While i <= j
        While a(i) < p And i < hi: i = i + 1: Wend
        While p < a(j) And j > lo: j = j - 1: Wend
        If i <= j Then t = a(i): a(i) = a(j): a(j) = t: i = i + 1: j = j - 1
    Wend
    If lo < j Then QuickSort a, lo, j
    If i < hi Then QuickSort a, i, hi
End Sub
Sub SortSelection()
    Dim v, k
    v = Application.Transpose(Selection.Value)
    QuickSort v, LBound(v), UBound(v)
    Selection.Value = Application.Transpose(v)
End Sub
"#,
    ),
    excel(
        "text is cleaned",
        "many replacements, none of which builds anything to run",
        r#"
'# standard Clean
Public Function CleanName(ByVal s As String) As String
    Dim x
    s = Replace(Replace(Replace(Replace(s, vbCr, ""), vbLf, " "), Chr(160), " "), vbTab, " ")
    For Each x In Array("\", "/", ":", "*", "?", Chr(34), "<", ">", "|")
        s = Replace(s, x, "_")
    Next
    Do While InStr(s, "  ") > 0
        s = Replace(s, "  ", " ")
    Loop
    CleanName = StrConv(Trim(s), vbProperCase)
End Function
'# sheet Sheet1
Private Sub Worksheet_SelectionChange(ByVal Target As Range)
    Application.StatusBar = CleanName(Target.Cells(1).Text)
End Sub
"#,
    ),
    excel(
        "colours",
        "numbers in hexadecimal",
        r#"
'# sheet Sheet1
Private Sub Worksheet_SelectionChange(ByVal Target As Range)
    Cells.Interior.ColorIndex = xlNone
    Target.EntireRow.Interior.Color = &HCCFFFF
    Target.Interior.Color = RGB(&HFF, &HC0, 0)
    Target.Font.Color = CLng("&H" & Right("000000" & Hex(255), 6))
End Sub
Private Sub Worksheet_BeforeDoubleClick(ByVal Target As Range, Cancel As Boolean)
    If Target.Column = 3 Then Target.Value = IIf(Target.Value = ChrW(&H2713), "", ChrW(&H2713)): Cancel = True
End Sub
"#,
    ),
    excel(
        "a clock",
        "a macro of the project starts itself again",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    Tick
End Sub
Private Sub Workbook_BeforeClose(Cancel As Boolean)
    On Error Resume Next
    Application.OnTime NextTick, "Tick", , False
End Sub
'# standard Clock
Public NextTick As Date
Sub Tick()
    Sheets(1).Range("A1").Value = Time
    NextTick = Now + TimeValue("00:00:01")
    Application.OnTime NextTick, "Tick"
End Sub
"#,
    ),
    excel(
        "keys for macros of the workbook",
        "the macros are its own",
        r##"
'# workbook ThisWorkbook
Private Sub Workbook_Activate()
    Application.OnKey "^+p", "PrintReport"
    Application.OnKey "{F9}", "'SetColour 3'"
End Sub
Private Sub Workbook_Deactivate()
    Application.OnKey "^+p"
    Application.OnKey "{F9}"
End Sub
'# standard Keys
Sub PrintReport()
    ActiveSheet.PrintPreview
End Sub
Sub SetColour(n As Integer)
    Selection.Interior.ColorIndex = n
End Sub
"##,
    ),
    excel(
        "events of the application in a class",
        "the class looks at what is opened",
        r#"
'# workbook ThisWorkbook
Private watcher As AppWatcher
Private Sub Workbook_Open()
    Set watcher = New AppWatcher
    Set watcher.App = Application
End Sub
'# class AppWatcher
Public WithEvents App As Application
Private Sub App_WorkbookOpen(ByVal Wb As Workbook)
    If Wb.Name Like "Report*" Then Wb.Windows(1).Zoom = 85
End Sub
Private Sub App_SheetActivate(ByVal Sh As Object)
    Application.StatusBar = Sh.Name
End Sub
"#,
    ),
    excel(
        "properties of own objects by their names",
        "CallByName asks objects of the project",
        r#"
'# standard Fields
Sub Fill()
    Dim p As New Person, n As Variant, c As Long
    p.First = "Ada": p.Last = "L."
    For Each n In Array("First", "Last")
        c = c + 1
        Cells(1, c).Value = CallByName(p, n, VbGet)
    Next n
    CallByName p, Range("A5").Value, VbLet, Range("B5").Value
End Sub
'# class Person
Public First As String
Public Last As String
"#,
    ),
    excel(
        "a formula is evaluated",
        "functions of the sheet",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    Dim n As Long
    n = Evaluate("SUMPRODUCT((A2:A500<>"""")*(B2:B500>0))")
    Sheets(1).Range("D1").Value = n + [COUNTA(C:C)]
    Sheets(1).Range("D2").Formula = "=IF(" & Range("A1").Address & ">0,""yes"",""no"")"
End Sub
"#,
    ),
    excel(
        "a macro of the personal workbook",
        "the user's own, behind a button",
        r#"
'# standard Module1
Sub Button7_Click()
    Application.Run "PERSONAL.XLSB!FormatTable"
End Sub
"#,
    ),
    excel(
        "the macro whose name stands in a list is run",
        "behind a button; nothing is hidden",
        r#"
'# standard Module1
Sub RunSelected()
    Application.Run Sheets("Menu").Range("B" & ActiveCell.Row).Value
End Sub
Sub Task_A()
    Range("A1").Value = 1
End Sub
"#,
    ),
    excel(
        "the ribbon is hidden by a function of Excel 4.0",
        "the function only shows and hides",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    Application.ExecuteExcel4Macro "SHOW.TOOLBAR(""Ribbon"",False)"
    ActiveWindow.DisplayHeadings = False
    Application.DisplayFormulaBar = False
End Sub
Private Sub Workbook_BeforeClose(Cancel As Boolean)
    Application.ExecuteExcel4Macro "SHOW.TOOLBAR(""Ribbon"",True)"
    Range("A1").Value = ExecuteExcel4Macro("GET.DOCUMENT(50)")
End Sub
"#,
    ),
    excel(
        "a cell of a closed workbook",
        "a reference for Excel 4.0, put together from names",
        r#"
'# standard Closed
Function ClosedValue(p As String, f As String, s As String, a As String) As Variant
    ClosedValue = ExecuteExcel4Macro("'" & p & "[" & f & "]" & s & "'!" & Range(a).Address(, , xlR1C1))
End Function
Sub ReadAll()
    Dim r As Long
    For r = 2 To 13
        Cells(r, 2).Value = ClosedValue(ThisWorkbook.Path & "\", Cells(r, 1).Value, "Total", "F20")
    Next r
End Sub
"#,
    ),
    excel(
        "a copy of the workbook when it is closed",
        "workbooks are copied, old ones removed",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_BeforeClose(Cancel As Boolean)
    Dim p As String, f As String
    p = ThisWorkbook.Path & "\backup\"
    If Dir(p, vbDirectory) = "" Then MkDir p
    ThisWorkbook.SaveCopyAs p & Format(Now, "yyyymmdd-hhnnss") & " " & ThisWorkbook.Name
    f = p & Format(Date - 30, "yyyymmdd") & ".xlsm"
    If Dir(f) <> "" Then Kill f
End Sub
"#,
    ),
    excel(
        "who opened the workbook is noted in a file",
        "a line of text in a log",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    Dim n As Integer
    On Error Resume Next
    n = FreeFile
    Open ThisWorkbook.Path & "\usage.log" For Append As #n
    Print #n, Format(Now, "yyyy-mm-dd hh:nn:ss") & vbTab & Environ("USERNAME") & vbTab & ThisWorkbook.Name
    Close #n
End Sub
"#,
    ),
    excel(
        "a workbook that expires",
        "it closes itself",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    If Date > DateSerial(2031, 12, 31) Then
        MsgBox "This version has expired.", vbCritical
        ThisWorkbook.Close SaveChanges:=False
    End If
    If LCase(Environ("USERDOMAIN")) <> "office" Then MsgBox "Use outside the office is not supported."
End Sub
"#,
    ),
    excel(
        "settings of the program itself",
        "SaveSetting has a key of its own",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    Sheets(1).Range("B1").Value = GetSetting("Planner", "Options", "LastUser", "")
End Sub
Private Sub Workbook_BeforeClose(Cancel As Boolean)
    SaveSetting "Planner", "Options", "LastUser", Application.UserName
End Sub
"#,
    ),
    excel(
        "how long it took",
        "counters of the system",
        r#"
'# standard Timing
#If VBA7 Then
Private Declare PtrSafe Function QueryPerformanceCounter Lib "kernel32" (c As Currency) As Long
Private Declare PtrSafe Function QueryPerformanceFrequency Lib "kernel32" (c As Currency) As Long
Private Declare PtrSafe Function GetTickCount Lib "kernel32" () As Long
Private Declare PtrSafe Sub Sleep Lib "kernel32" (ByVal ms As Long)
#Else
Private Declare Function GetTickCount Lib "kernel32" () As Long
Private Declare Sub Sleep Lib "kernel32" (ByVal ms As Long)
#End If
Sub Measure()
    Dim a As Currency, b As Currency, f As Currency
    QueryPerformanceFrequency f
    QueryPerformanceCounter a
    Sleep 10
    Application.Calculate
    QueryPerformanceCounter b
    Debug.Print (b - a) / f, GetTickCount
End Sub
"#,
    ),
    excel(
        "a bar of progress",
        "a form, and a pause",
        r#"
'# standard Progress
Private Declare PtrSafe Sub Sleep Lib "kernel32" (ByVal dwMilliseconds As Long)
Sub Auto_Open()
    Dim i As Long
    frmProgress.Show vbModeless
    For i = 1 To 100
        frmProgress.Bar.Width = i * 2
        frmProgress.Caption = i & " %"
        DoEvents
        Sleep 5
    Next i
    Unload frmProgress
End Sub
'# form frmProgress
Private Sub UserForm_Initialize()
    Bar.Width = 0
End Sub
"#,
    ),
    excel(
        "a form without a title bar",
        "its window is found and drawn anew",
        r#"
'# form frmPlain
Private Declare PtrSafe Function FindWindow Lib "user32" Alias "FindWindowA" (ByVal c As String, ByVal n As String) As LongPtr
Private Declare PtrSafe Function GetWindowLong Lib "user32" Alias "GetWindowLongA" (ByVal h As LongPtr, ByVal i As Long) As Long
Private Declare PtrSafe Function SetWindowLong Lib "user32" Alias "SetWindowLongA" (ByVal h As LongPtr, ByVal i As Long, ByVal v As Long) As Long
Private Declare PtrSafe Function DrawMenuBar Lib "user32" (ByVal h As LongPtr) As Long
Private Sub UserForm_Initialize()
    Dim h As LongPtr
    h = FindWindow("ThunderDFrame", Me.Caption)
    SetWindowLong h, -16, GetWindowLong(h, -16) And Not &HC00000
    DrawMenuBar h
End Sub
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    frmPlain.Show
End Sub
"#,
    ),
    excel(
        "the ribbon is found again after an error",
        "a pointer is copied, and no memory made",
        r#"
'# standard Restore
#If VBA7 Then
Private Declare PtrSafe Sub CopyMemory Lib "kernel32" Alias "RtlMoveMemory" (destination As Any, source As Any, ByVal length As LongPtr)
#Else
Private Declare Sub CopyMemory Lib "kernel32" Alias "RtlMoveMemory" (destination As Any, source As Any, ByVal length As Long)
#End If
Public Ribbon As IRibbonUI
Sub OnRibbonLoad(r As IRibbonUI)
    Set Ribbon = r
    ThisWorkbook.Names.Add "RibbonPointer", ObjPtr(r)
    ThisWorkbook.Saved = True
End Sub
Function GetRibbon(ByVal p As LongPtr) As Object
    Dim o As Object
    CopyMemory o, p, LenB(p)
    Set GetRibbon = o
    CopyMemory o, 0&, LenB(p)
End Function
"#,
    ),
    excel(
        "a file is chosen by the dialog of the system",
        "the dialog gives a name",
        r#"
'# standard Dialogs
Private Type OPENFILENAME
    lStructSize As Long
    hwndOwner As LongPtr
    lpstrFilter As String
    lpstrFile As String
    nMaxFile As Long
    flags As Long
End Type
Private Declare PtrSafe Function GetOpenFileName Lib "comdlg32.dll" Alias "GetOpenFileNameA" (o As OPENFILENAME) As Long
Function Choose_File() As String
    Dim o As OPENFILENAME
    o.lStructSize = LenB(o)
    o.lpstrFilter = "Workbooks" & Chr(0) & "*.xls;*.xlsx" & Chr(0) & Chr(0)
    o.lpstrFile = String(257, 0)
    o.nMaxFile = Len(o.lpstrFile) - 1
    If GetOpenFileName(o) Then Choose_File = Left(o.lpstrFile, InStr(o.lpstrFile, Chr(0)) - 1)
End Function
"#,
    ),
    excel(
        "files of the month are moved into an archive",
        "tables and letters change their folders",
        r#"
'# standard Archive
Sub ArchiveFiles()
    Dim f As String, src As String, dst As String
    src = ThisWorkbook.Path & "\out\"
    dst = ThisWorkbook.Path & "\archive\" & Year(Date) & "\"
    If Dir(dst, vbDirectory) = "" Then MkDir dst
    f = Dir(src & "*.pdf")
    Do Until f = ""
        FileCopy src & f, dst & f
        Kill src & f
        f = Dir
    Loop
    Name src & "list.xlsx" As dst & "list " & Format(Date, "mm") & ".xlsx"
End Sub
"#,
    ),
    add_in(
        "a menu when the add-in is opened",
        "what the menu calls is its own",
        r#"
'# standard Menu
Sub Auto_Open()
    Dim m As CommandBarPopup, v As Variant
    Auto_Close
    Set m = CommandBars(1).Controls.Add(msoControlPopup, , , , True)
    m.Caption = "&Tools of the office"
    m.Tag = "OfficeTools"
    For Each v In Array("UpperCase", "LowerCase", "Trim")
        With m.Controls.Add(msoControlButton)
            .Caption = v
            .OnAction = "'" & ThisWorkbook.Name & "'!Do" & v
        End With
    Next v
End Sub
Sub Auto_Close()
    On Error Resume Next
    CommandBars(1).FindControl(Tag:="OfficeTools").Delete
End Sub
Sub DoUpperCase()
    Dim c: For Each c In Selection: c.Value = UCase(c.Value): Next
End Sub
Sub DoLowerCase()
    Dim c: For Each c In Selection: c.Value = LCase(c.Value): Next
End Sub
Sub DoTrim()
    Dim c: For Each c In Selection: c.Value = Trim(c.Value): Next
End Sub
"#,
    ),
    excel(
        "modules are exported for a backup",
        "code is read, and not changed",
        r#"
'# standard Developer
Sub ExportModules()
    Dim c As Object
    For Each c In ThisWorkbook.VBProject.VBComponents
        If c.Type = 1 Then c.Export ThisWorkbook.Path & "\src\" & c.Name & ".bas"
    Next c
End Sub
"#,
    ),
    excel(
        "modules are brought up to date",
        "a tool for programmers, which nothing starts; with a start it is held",
        r#"
'# standard Developer
Sub ImportModules()
    Dim f As String
    f = Dir(ThisWorkbook.Path & "\src\*.bas")
    Do While f <> ""
        ThisWorkbook.VBProject.VBComponents.Import ThisWorkbook.Path & "\src\" & f
        f = Dir
    Loop
End Sub
"#,
    ),
];
