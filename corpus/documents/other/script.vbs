If Now > 0 Then WScript.Quit
WScript.Echo "INERT TEST DOCUMENT"
