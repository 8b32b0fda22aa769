//! Workbooks of Japanese offices, stored in code page 932.

use super::{Case, excel, held};
use crate::sketch::Office::Excel;

pub(super) const CASES: &[Case] = &[
    excel(
        "an invoice as PDF",
        "the workbook writes itself in another form",
        r#"
'# standard 帳票出力
Option Explicit
' 請求書をPDFで保存する
Public Sub 請求書PDF出力()
    Dim 保存先 As String, 会社名 As String
    会社名 = Worksheets("請求書").Range("B3").Value
    保存先 = ThisWorkbook.Path & "\請求書_" & 会社名 & "_" & Format(Date, "yyyymmdd") & ".pdf"
    Worksheets("請求書").ExportAsFixedFormat xlTypePDF, 保存先
    MsgBox "保存しました。" & vbCrLf & 保存先, vbInformation, "完了"
End Sub
"#,
    ),
    excel(
        "sums by department when the workbook is opened",
        "a dictionary and cells",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    Call 集計処理
End Sub
'# standard 集計
' 部署別に金額を集計します
Public Sub 集計処理()
    Dim 辞書 As Object, 行 As Long, 最終行 As Long, キー As Variant
    Set 辞書 = CreateObject("Scripting.Dictionary")
    With Sheets("データ")
        最終行 = .Cells(.Rows.Count, 1).End(xlUp).Row
        For 行 = 2 To 最終行
            キー = .Cells(行, 2).Value
            If Not 辞書.Exists(キー) Then 辞書.Add キー, 0
            辞書(キー) = 辞書(キー) + .Cells(行, 5).Value
        Next 行
    End With
    行 = 2
    For Each キー In 辞書.Keys
        Sheets("集計").Cells(行, 1).Value = キー
        Sheets("集計").Cells(行, 2).Value = 辞書(キー)
        行 = 行 + 1
    Next キー
End Sub
"#,
    ),
    excel(
        "text in UTF-8 by a stream, behind a button",
        "a stream of text into a table file",
        r#"
'# sheet Sheet1
Attribute VB_Control = "ボタン1, 1, 0, MSForms, CommandButton"
' CSV出力(UTF-8)
Private Sub ボタン1_Click()
    Dim st As Object, i As Long
    Set st = CreateObject("ADODB.Stream")
    st.Type = 2
    st.Charset = "UTF-8"
    st.LineSeparator = -1
    st.Open
    For i = 2 To Cells(Rows.Count, "A").End(xlUp).Row
        st.WriteText """" & Cells(i, 1).Value & """,""" & StrConv(Cells(i, 2).Value, vbNarrow) & """", 1
    Next i
    st.SaveToFile ThisWorkbook.Path & "\出力データ.csv", 2
    st.Close
    MsgBox "出力が完了しました"
End Sub
"#,
    ),
    excel(
        "files of folders and those below",
        "names are listed",
        r#"
'# standard ファイル一覧
Dim 行番号 As Long
Sub 一覧作成()
    行番号 = 3
    Cells(1, 1).Value = "ファイル一覧 " & Format(Now, "ggge年m月d日")
    Call 再帰検索(CreateObject("Scripting.FileSystemObject").GetFolder(Range("B1").Value))
End Sub
Private Sub 再帰検索(ByVal フォルダ As Object)
    Dim f As Object
    For Each f In フォルダ.Files
        If LCase(f.Name) Like "*.xls*" Then
            ActiveSheet.Hyperlinks.Add Cells(行番号, 1), f.Path, , , f.Name
            行番号 = 行番号 + 1
        End If
    Next
    For Each f In フォルダ.SubFolders
        Call 再帰検索(f)
    Next
End Sub
"#,
    ),
    excel(
        "the Internet Explorer is driven behind a button",
        "a page of the office is filled in",
        r#"
'# standard 勤怠入力
' 勤怠システムにログインして一覧を取得
Sub 勤怠取得()
    Dim objIE As Object, 要素 As Object, i As Long
    Set objIE = CreateObject("InternetExplorer.Application")
    objIE.Visible = True
    objIE.Navigate "https://kintai.example.invalid/login"
    Call 待機(objIE)
    objIE.Document.getElementById("id").Value = Range("B1").Value
    objIE.Document.getElementById("submit").Click
    Call 待機(objIE)
    For Each 要素 In objIE.Document.getElementsByTagName("td")
        i = i + 1
        Cells(i, 5).Value = 要素.innerText
    Next
    objIE.Quit
End Sub
Private Sub 待機(ie As Object)
    Do While ie.Busy = True Or ie.ReadyState < 4
        DoEvents
    Loop
End Sub
"#,
    ),
    excel(
        "a mail is made from a list",
        "Outlook shows it",
        r#"
'# standard メール作成
Sub メール作成()
    Dim 本文 As String, ol As Object, メール As Object
    本文 = Range("B2").Value & " 様" & vbCrLf & vbCrLf
    本文 = 本文 & "いつもお世話になっております。" & vbCrLf
    本文 = 本文 & "添付ファイルをご確認ください。" & vbCrLf
    Set ol = CreateObject("Outlook.Application")
    Set メール = ol.CreateItem(0)
    メール.To = Range("B1").Value
    メール.Subject = "【ご連絡】" & Range("B3").Value
    メール.Body = 本文
    メール.Display
End Sub
"#,
    ),
    excel(
        "years of the era and narrow letters",
        "functions for cells",
        r#"
'# standard 関数
Public Function 和暦(ByVal 日付 As Date) As String
    Select Case 日付
        Case Is >= #5/1/2019#: 和暦 = "令和" & (Year(日付) - 2018) & "年"
        Case Is >= #1/8/1989#: 和暦 = "平成" & (Year(日付) - 1988) & "年"
        Case Else: 和暦 = "昭和" & (Year(日付) - 1925) & "年"
    End Select
    和暦 = Replace(和暦, "和1年", "和元年") & Format(日付, "m月d日")
End Function
Public Function 半角(ByVal 文字列 As String) As String
    半角 = StrConv(StrConv(文字列, vbKatakana), vbNarrow)
End Function
"#,
    ),
    excel(
        "a row is coloured, a mark is set",
        "soft starts and cells",
        r#"
'# sheet Sheet1
' ダブルクリックで○を付ける
Private Sub Worksheet_BeforeDoubleClick(ByVal Target As Range, Cancel As Boolean)
    If Target.Column <> 4 Then Exit Sub
    Cancel = True
    Target.Value = IIf(Target.Value = "○", "", "○")
End Sub
Private Sub Worksheet_Change(ByVal Target As Range)
    If Target.Count > 1 Then Exit Sub
    Application.EnableEvents = False
    If Target.Column = 2 Then Target.Offset(0, 5).Value = Now
    If Target.Value = "済" Then Target.EntireRow.Interior.Color = RGB(217, 217, 217)
    Application.EnableEvents = True
End Sub
"#,
    ),
    excel(
        "the workbook is saved under the date when it is closed",
        "workbooks are copied",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_BeforeClose(Cancel As Boolean)
    Dim バックアップ As String
    If MsgBox("バックアップを作成しますか?", vbYesNo + vbQuestion) = vbNo Then Exit Sub
    バックアップ = ThisWorkbook.Path & "\バックアップ\"
    If Dir(バックアップ, vbDirectory) = "" Then MkDir バックアップ
    ThisWorkbook.SaveCopyAs バックアップ & Format(Now, "yyyymmdd_hhmmss_") & ThisWorkbook.Name
End Sub
"#,
    ),
    excel(
        "a workbook of the file server is read when this one is opened",
        "a table of the office on a server of the office",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    Dim 元 As Workbook
    Application.ScreenUpdating = False
    Set 元 = Workbooks.Open("\\FILESV01\営業部\共有\単価表.xlsx", ReadOnly:=True)
    元.Sheets(1).Range("A1:F200").Copy Me.Sheets("単価").Range("A1")
    元.Close False
    Application.ScreenUpdating = True
End Sub
"#,
    ),
    held(
        Excel,
        "a folder is opened in the Explorer behind a button",
        "a program is started, with a path that is not known",
        r#"
'# sheet Sheet1
Attribute VB_Control = "フォルダ, 1, 0, MSForms, CommandButton"
Private Sub フォルダ_Click()
    Dim パス As String
    パス = Range("C5").Value
    If Dir(パス, vbDirectory) = "" Then MsgBox "フォルダがありません": Exit Sub
    Shell "C:\Windows\explorer.exe """ & パス & """", vbNormalFocus
End Sub
"#,
    ),
];
