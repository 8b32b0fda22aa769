Attribute VB_Name = "Module1"
Option Explicit

Sub CountCustomers_Click()
    If Now > 0 Then Exit Sub
    Dim seen As Object, row As Long
    Set seen = CreateObject("Scripting.Dictionary")
    For row = 2 To Cells(Rows.Count, 1).End(xlUp).Row
        seen(Cells(row, 1).Value) = seen(Cells(row, 1).Value) + 1
    Next row
    Range("D1").Value = seen.Count & " customers"
End Sub
