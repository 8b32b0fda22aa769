//! The classes of objects: what is made by name, number or moniker, and what it can do.
//!
//! Names of classes are facts about Windows and Office. A class that is in no table is one of
//! somebody's own, and is told as that.

use std::sync::LazyLock;

use hashbrown::HashMap;

/// What an object is, as far as it matters to what its members do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Family {
    /// The libraries of the language: `VBA`, `Interaction`.
    Language,
    /// A program of Office: the one that runs the code, or another.
    Application,
    /// Some object of Office.
    Office,
    /// What a document holds: its text, cells, properties, forms.
    Content,
    /// `Workbooks`, `Documents`, `Presentations`.
    Files,
    /// `QueryTables`, `Pictures`, `Shapes`: what is added can come from elsewhere.
    Inserted,
    /// `AddIns`, `COMAddIns`.
    AddIns,
    /// Macros as objects: `VBE`, `VBProject`, `VBComponents`.
    Project,
    /// The code of a module: `CodeModule`.
    CodeModule,
    /// `WordBasic`
    WordBasic,
    /// `RecentFiles`, `Tasks`: whether somebody works here.
    Traces,
    /// Outlook, and what leads to its messages.
    Outlook,
    /// A message.
    Mail,
    /// `WScript.Shell`
    ScriptHost,
    /// What `CreateShortcut` gives.
    Shortcut,
    /// `Shell.Application`, and windows of the desktop.
    Desktop,
    /// A folder of the desktop, or something in one.
    DesktopItem,
    /// The management interface of Windows.
    Wmi,
    /// A class of it.
    WmiClass,
    /// The registry through it.
    WmiRegistry,
    /// Requests over the network.
    Http,
    /// A browser.
    Browser,
    /// A page in memory.
    Html,
    /// XML.
    Dom,
    /// An element of XML, which decodes what it holds.
    DomNode,
    /// `ADODB.Stream`
    Stream,
    /// `Scripting.FileSystemObject`
    FileSystem,
    /// A text file that it opened.
    TextFile,
    /// A file or a folder that it knows.
    FileItem,
    /// The engine of other script languages.
    ScriptControl,
    /// The task scheduler.
    Scheduler,
    /// The management console.
    Console,
    /// The object of the script that runs: `WScript`.
    Script,
    /// The installer of Windows.
    Installer,
    /// What starts programs for LibreOffice.
    UnoShell,
    /// What makes objects of Windows for LibreOffice.
    UnoFactory,
    /// The files of LibreOffice, which can lie on another machine.
    UnoFiles,
    /// `Scripting.Dictionary`
    Dictionary,
    /// `Collection`
    Collection,
    /// `System.Collections.ArrayList`
    List,
    /// Known, and nothing that it does matters.
    Plain,
    /// Of no class that is known here.
    Foreign,
    /// Made by a name or number that is not known.
    Obscure,
    /// The path of the file that the code is in.
    OwnPath,
}

/// A class.
#[derive(Debug)]
pub(super) struct Class {
    /// Its name, without a version.
    pub(super) name: &'static str,
    /// What it is.
    pub(super) family: Family,
    /// The rule that making one is told by; empty for none.
    pub(super) rule: &'static str,
}

const fn class(name: &'static str, family: Family, rule: &'static str) -> Class {
    Class { name, family, rule }
}

const fn plain(name: &'static str) -> Class {
    class(name, Family::Plain, "")
}

const SCRIPT_HOST: &str = "execution.script-host";
const DESKTOP: &str = "execution.shell-application";
const WMI: &str = "execution.wmi";
const HTTP: &str = "network.http";
const ENGINE: &str = "execution.script-control";
const HTML: &str = "execution.html-engine";

/// Classes by the name that `CreateObject` takes, and by that of their type library.
const CLASSES: &[Class] = &[
    // They start programs.
    class("WScript.Shell", Family::ScriptHost, SCRIPT_HOST),
    class(
        "IWshRuntimeLibrary.WshShell",
        Family::ScriptHost,
        SCRIPT_HOST,
    ),
    class(
        "IWshRuntimeLibrary.IWshShell",
        Family::ScriptHost,
        SCRIPT_HOST,
    ),
    class("WshShell", Family::ScriptHost, SCRIPT_HOST),
    class("IWshShell", Family::ScriptHost, SCRIPT_HOST),
    class("Shell.Application", Family::Desktop, DESKTOP),
    class("Shell32.Shell", Family::Desktop, DESKTOP),
    class("Shell32.IShellDispatch", Family::Desktop, DESKTOP),
    class("Shell32.ShellDispatch", Family::Desktop, DESKTOP),
    class("Shell32.Folder", Family::DesktopItem, ""),
    class("Shell32.FolderItem", Family::DesktopItem, ""),
    class("Shell32.FolderItems", Family::DesktopItem, ""),
    class("ShellWindows", Family::Desktop, DESKTOP),
    class("SHDocVw.ShellWindows", Family::Desktop, DESKTOP),
    class("ShellBrowserWindow", Family::Desktop, DESKTOP),
    class("SHDocVw.ShellBrowserWindow", Family::Desktop, DESKTOP),
    class("MMC20.Application", Family::Console, DESKTOP),
    class("WbemScripting.SWbemLocator", Family::Wmi, WMI),
    class("WbemScripting.SWbemServices", Family::Wmi, WMI),
    class("WbemScripting.SWbemObject", Family::WmiClass, ""),
    class("WbemScripting.SWbemObjectEx", Family::WmiClass, ""),
    class("WbemScripting.SWbemObjectSet", Family::Plain, ""),
    class("SWbemLocator", Family::Wmi, WMI),
    class("SWbemServices", Family::Wmi, WMI),
    class("Schedule.Service", Family::Scheduler, "execution.task"),
    class(
        "TaskScheduler.TaskScheduler",
        Family::Scheduler,
        "execution.task",
    ),
    class(
        "MSScriptControl.ScriptControl",
        Family::ScriptControl,
        ENGINE,
    ),
    class("ScriptControl", Family::ScriptControl, ENGINE),
    class("Scriptlet.TypeLib", Family::Plain, ""),
    class(
        "WindowsInstaller.Installer",
        Family::Installer,
        "execution.load-library",
    ),
    class("WSMan.Automation", Family::Obscure, WMI),
    class(
        "com.sun.star.system.SystemShellExecute",
        Family::UnoShell,
        "execution.uno-shell",
    ),
    class(
        "com.sun.star.bridge.OleObjectFactory",
        Family::UnoFactory,
        "",
    ),
    class(
        "com.sun.star.bridge.oleautomation.Factory",
        Family::UnoFactory,
        "",
    ),
    class("com.sun.star.ucb.SimpleFileAccess", Family::UnoFiles, ""),
    // They fetch.
    class("MSXML2.XMLHTTP", Family::Http, HTTP),
    class("Microsoft.XMLHTTP", Family::Http, HTTP),
    class("MSXML.XMLHTTPRequest", Family::Http, HTTP),
    class("MSXML2.XMLHTTPRequest", Family::Http, HTTP),
    class("MSXML2.ServerXMLHTTP", Family::Http, HTTP),
    class("MSXML2.IXMLHTTPRequest", Family::Http, HTTP),
    class("MSXML2.IServerXMLHTTPRequest", Family::Http, HTTP),
    class("Microsoft.ServerXMLHTTP", Family::Http, HTTP),
    class("WinHttp.WinHttpRequest", Family::Http, HTTP),
    class("XMLHTTP", Family::Http, HTTP),
    class("ServerXMLHTTP", Family::Http, HTTP),
    class("IXMLHTTPRequest", Family::Http, HTTP),
    class("IServerXMLHTTPRequest", Family::Http, HTTP),
    class("WinHttpRequest", Family::Http, HTTP),
    class("InetCtls.Inet", Family::Http, HTTP),
    class("MSWinsock.Winsock", Family::Http, HTTP),
    class("Microsoft.BITS", Family::Http, HTTP),
    class("InternetExplorer.Application", Family::Browser, HTML),
    class("InternetExplorer.ApplicationMedium", Family::Browser, HTML),
    class("SHDocVw.InternetExplorer", Family::Browser, HTML),
    class("SHDocVw.InternetExplorerMedium", Family::Browser, HTML),
    class("SHDocVw.WebBrowser", Family::Browser, HTML),
    class("InternetExplorer", Family::Browser, HTML),
    class("InternetExplorerMedium", Family::Browser, HTML),
    class("htmlfile", Family::Html, HTML),
    class("MSHTML.HTMLDocument", Family::Html, ""),
    class("HTMLDocument", Family::Html, ""),
    class("Chromium.WebDriver", Family::Plain, HTML),
    class("Selenium.WebDriver", Family::Plain, HTML),
    class("Selenium.ChromeDriver", Family::Plain, HTML),
    // They write.
    class("ADODB.Stream", Family::Stream, "write.stream"),
    class("Stream", Family::Stream, "write.stream"),
    class("Scripting.FileSystemObject", Family::FileSystem, ""),
    class("FileSystemObject", Family::FileSystem, ""),
    class("Scripting.TextStream", Family::TextFile, ""),
    class("TextStream", Family::TextFile, ""),
    class("Scripting.File", Family::FileItem, ""),
    class("Scripting.Folder", Family::FileItem, ""),
    // They send.
    class("Outlook.Application", Family::Outlook, ""),
    class("Outlook.Namespace", Family::Outlook, ""),
    class("Outlook.MailItem", Family::Mail, ""),
    class("Outlook.MeetingItem", Family::Mail, ""),
    class("Outlook.AppointmentItem", Family::Mail, ""),
    class("Outlook.TaskItem", Family::Mail, ""),
    class("CDO.Message", Family::Mail, ""),
    class("CDO.Configuration", Family::Plain, ""),
    class("MAPI.Session", Family::Outlook, ""),
    class("MSMAPI.MAPIMessages", Family::Mail, ""),
    class("MSMAPI.MAPISession", Family::Outlook, ""),
    class("Redemption.SafeMailItem", Family::Mail, ""),
    class("Redemption.RDOSession", Family::Outlook, ""),
    class("Notes.NotesSession", Family::Outlook, ""),
    class("Lotus.NotesSession", Family::Outlook, ""),
    class("Novell.GroupWareSession", Family::Outlook, ""),
    // Programs of Office.
    class("Excel.Application", Family::Application, ""),
    class("Word.Application", Family::Application, ""),
    class("PowerPoint.Application", Family::Application, ""),
    class("Access.Application", Family::Application, ""),
    class("Visio.Application", Family::Application, ""),
    class("Visio.InvisibleApp", Family::Application, ""),
    class("Publisher.Application", Family::Application, ""),
    class("MSProject.Application", Family::Application, ""),
    class("OneNote.Application", Family::Plain, ""),
    class("Application", Family::Application, ""),
    class("Excel.Workbook", Family::Office, ""),
    class("Excel.Sheet", Family::Office, ""),
    class("Excel.Worksheet", Family::Office, ""),
    class("Excel.Range", Family::Content, ""),
    class("Excel.Chart", Family::Office, ""),
    class("Excel.AddIn", Family::Office, ""),
    class("Excel.QueryTable", Family::Office, ""),
    class("Word.Document", Family::Office, ""),
    class("Word.Range", Family::Content, ""),
    class("PowerPoint.Presentation", Family::Office, ""),
    class("PowerPoint.Slide", Family::Office, ""),
    class("Workbook", Family::Office, ""),
    class("Worksheet", Family::Office, ""),
    class("Range", Family::Content, ""),
    class("Document", Family::Office, ""),
    class("Presentation", Family::Office, ""),
    class("Slide", Family::Office, ""),
    class("Chart", Family::Office, ""),
    class("ChartObject", Family::Office, ""),
    class("Shape", Family::Content, ""),
    class("Table", Family::Content, ""),
    class("PivotTable", Family::Office, ""),
    class("PivotCache", Family::Office, ""),
    class("ListObject", Family::Content, ""),
    class("QueryTable", Family::Office, ""),
    class("Selection", Family::Content, ""),
    class("InlineShape", Family::Content, ""),
    class("ContentControl", Family::Content, ""),
    class("CommandBar", Family::Office, ""),
    class("CommandBarButton", Family::Office, ""),
    class("CommandBarControl", Family::Office, ""),
    class("CommandBarPopup", Family::Office, ""),
    class("FileDialog", Family::Office, ""),
    class("IRibbonUI", Family::Plain, ""),
    class("IRibbonControl", Family::Plain, ""),
    class("VBIDE.VBProject", Family::Project, ""),
    class("VBIDE.VBComponent", Family::Project, ""),
    class("VBIDE.CodeModule", Family::CodeModule, ""),
    class("VBProject", Family::Project, ""),
    class("VBComponent", Family::Project, ""),
    class("CodeModule", Family::CodeModule, ""),
    class("MSForms.TextBox", Family::Content, ""),
    class("MSForms.ComboBox", Family::Content, ""),
    class("MSForms.ListBox", Family::Content, ""),
    class("MSForms.Label", Family::Content, ""),
    class("MSForms.Control", Family::Content, ""),
    class("MSForms.UserForm", Family::Content, ""),
    // Data.
    class("MSXML2.DOMDocument", Family::Dom, ""),
    class("MSXML2.FreeThreadedDOMDocument", Family::Dom, ""),
    class("Microsoft.XMLDOM", Family::Dom, ""),
    class("Msxml.DOMDocument", Family::Dom, ""),
    class("Microsoft.FreeThreadedXMLDOM", Family::Dom, ""),
    class("DOMDocument", Family::Dom, ""),
    class("MSXML2.IXMLDOMElement", Family::DomNode, ""),
    class("MSXML2.IXMLDOMNode", Family::DomNode, ""),
    class("IXMLDOMElement", Family::DomNode, ""),
    class("IXMLDOMNode", Family::DomNode, ""),
    class("Scripting.Dictionary", Family::Dictionary, ""),
    class("Dictionary", Family::Dictionary, ""),
    class("Collection", Family::Collection, ""),
    class("VBA.Collection", Family::Collection, ""),
    class("System.Collections.ArrayList", Family::List, ""),
    plain("VBScript.RegExp"),
    plain("RegExp"),
    plain("ADODB.Connection"),
    plain("ADODB.Recordset"),
    plain("ADODB.Command"),
    plain("ADODB.Parameter"),
    plain("ADODB.Record"),
    plain("ADODB.Field"),
    plain("ADOX.Catalog"),
    plain("ADOX.Table"),
    plain("ADOX.Column"),
    plain("ADOX.Key"),
    plain("ADOX.Index"),
    plain("ADOMD.Catalog"),
    plain("ADOMD.Cellset"),
    plain("JRO.JetEngine"),
    plain("DAO.DBEngine"),
    plain("DAO.Database"),
    plain("DAO.Recordset"),
    plain("DAO.PrivateDBEngine"),
    plain("OracleInProcServer.XOraSession"),
    plain("Microsoft.ADOCE.Connection"),
    plain("ADsNameSpaces"),
    plain("ADSystemInfo"),
    plain("NameTranslate"),
    plain("WinNTSystemInfo"),
    plain("WScript.Network"),
    plain("WshNetwork"),
    plain("IWshRuntimeLibrary.WshNetwork"),
    plain("WbemScripting.SWbemDateTime"),
    plain("WbemScripting.SWbemSink"),
    plain("WbemScripting.SWbemNamedValueSet"),
    plain("MSXML2.SAXXMLReader"),
    plain("MSXML2.MXXMLWriter"),
    plain("MSXML2.XSLTemplate"),
    plain("MSXML2.XMLSchemaCache"),
    plain("System.Collections.SortedList"),
    plain("System.Collections.Queue"),
    plain("System.Collections.Stack"),
    plain("System.Collections.Hashtable"),
    plain("System.Text.StringBuilder"),
    plain("System.Text.UTF8Encoding"),
    plain("System.Text.UnicodeEncoding"),
    plain("System.Text.ASCIIEncoding"),
    plain("System.Security.Cryptography.MD5CryptoServiceProvider"),
    plain("System.Security.Cryptography.SHA1Managed"),
    plain("System.Security.Cryptography.SHA1CryptoServiceProvider"),
    plain("System.Security.Cryptography.SHA256Managed"),
    plain("System.Security.Cryptography.SHA512Managed"),
    plain("System.Security.Cryptography.HMACSHA1"),
    plain("System.Security.Cryptography.HMACSHA256"),
    plain("System.Security.Cryptography.HMACSHA512"),
    plain("System.Security.Cryptography.HMACMD5"),
    plain("System.Security.Cryptography.RijndaelManaged"),
    plain("System.Security.Cryptography.TripleDESCryptoServiceProvider"),
    plain("System.Security.Cryptography.AesManaged"),
    plain("System.Random"),
    plain("System.Globalization.CultureInfo"),
    plain("CAPICOM.HashedData"),
    plain("CAPICOM.Utilities"),
    plain("Forms.CommandButton"),
    plain("Forms.TextBox"),
    plain("Forms.Label"),
    plain("Forms.Form"),
    plain("Forms.CheckBox"),
    plain("Forms.ComboBox"),
    plain("Forms.ListBox"),
    plain("Forms.Frame"),
    plain("Forms.Image"),
    plain("Forms.OptionButton"),
    plain("MSForms.DataObject"),
    plain("DataObject"),
    plain("MSComDlg.CommonDialog"),
    plain("UserAccounts.CommonDialog"),
    plain("SAFRCFileDlg.FileOpen"),
    plain("MSComctlLib.TreeCtrl"),
    plain("MSComctlLib.ListViewCtrl"),
    plain("MSComctlLib.ProgCtrl"),
    plain("MSComCtl2.DTPicker"),
    plain("MSCAL.Calendar"),
    plain("MSGraph.Chart"),
    plain("MSGraph.Application"),
    plain("Equation"),
    plain("OWC.Chart"),
    plain("OWC11.Spreadsheet"),
    plain("SAPI.SpVoice"),
    plain("SAPI.SpFileStream"),
    plain("SAPI.SpSharedRecognizer"),
    plain("WMPlayer.OCX"),
    plain("MediaPlayer.MediaPlayer"),
    plain("QuickTime.QuickTime"),
    plain("iTunes.Application"),
    plain("WIA.ImageFile"),
    plain("WIA.ImageProcess"),
    plain("WIA.Vector"),
    plain("WIA.CommonDialog"),
    plain("WIA.DeviceManager"),
    plain("MODI.Document"),
    plain("AcroExch.App"),
    plain("AcroExch.AVDoc"),
    plain("AcroExch.PDDoc"),
    plain("AcroExch.HiliteList"),
    plain("AcroExch.Rect"),
    plain("AcroPDF.PDF"),
    plain("AFormAut.App"),
    plain("PDFCreator.clsPDFCreator"),
    plain("PDFCreator.JobQueue"),
    plain("PdfCreatorBeta.JobQueue"),
    plain("PdfDistiller.PdfDistiller"),
    plain("Photoshop.Application"),
    plain("Illustrator.Application"),
    plain("InDesign.Application"),
    plain("CorelDRAW.Application"),
    plain("AutoCAD.Application"),
    plain("AutoCAD.AcadApplication"),
    plain("AcadApplication"),
    plain("SldWorks.Application"),
    plain("Inventor.Application"),
    plain("CATIA.Application"),
    plain("SolidEdge.Application"),
    plain("Revit.Application"),
    plain("MapInfo.Application"),
    plain("MapPoint.Application"),
    plain("Matlab.Application"),
    plain("MathCad.Application"),
    plain("Minitab.Application"),
    plain("SPSS.Application"),
    plain("SAS.Application"),
    plain("Origin.ApplicationSI"),
    plain("StatConnectorSrv.StatConnector"),
    plain("RCOMServerLib.InternalRCOM"),
    plain("SASObjectManager.ObjectFactory"),
    plain("LABVIEW.Application"),
    plain("SAP.Functions"),
    plain("SAP.LogonControl"),
    plain("SAP.BAPI"),
    plain("SAP.TableFactory"),
    plain("SAPGUI"),
    plain("SAPGUI.ScriptingCtrl"),
    plain("SapROTWr.SapROTWrapper"),
    plain("SAPAnalysis.Application"),
    plain("SAPBEx.Application"),
    plain("SBOP.AdvancedAnalysis.Addin"),
    plain("BusinessObjects.Application"),
    plain("CrystalRuntime.Application"),
    plain("Crystal.CRPE.Application"),
    plain("BExAnalyzer.Application"),
    plain("Essbase.Application"),
    plain("Hyperion.CommonAddin"),
    plain("HyperionCommonAddin"),
    plain("Bloomberg.Data"),
    plain("Reuters.Application"),
    plain("QBXMLRP2.RequestProcessor"),
    plain("QBFC.QBSessionManager"),
    plain("Quickbooks.Application"),
    plain("Navision.Application"),
    plain("PCOMM.autECLSession"),
    plain("PCOMM.autECLConnList"),
    plain("autECLPS.Session"),
    plain("EXTRA.System"),
    plain("BlueZone.Application"),
    plain("BZWhll.WhllObj"),
    plain("Reflection.Session"),
    plain("Attachmate.Reflection"),
    plain("SecureCRT.Application"),
    plain("Rumba.Application"),
    plain("SAS.LocalSession"),
    plain("Google.Earth"),
    plain("GoogleEarth.ApplicationGE"),
    plain("Publisher.Document"),
    plain("Word.Basic"),
    plain("InfoPath.Application"),
    plain("FrontPage.Application"),
    plain("SharePoint.OpenDocuments"),
    plain("SharePoint.SpreadsheetLauncher"),
    plain("Microsoft.Office.List.OLEDB"),
    plain("DTS.Package"),
    plain("SQLDMO.SQLServer"),
    plain("LTShell.Application"),
    plain("HNetCfg.FwPolicy2"),
    plain("HNetCfg.FwMgr"),
    plain("Microsoft.Update.Session"),
    plain("com.sun.star.ServiceManager"),
    plain("SOAP.SoapClient"),
    plain("MSSOAP.SoapClient"),
    plain("MSSOAP.SoapClient30"),
    plain("Excel4MacroSheet"),
    plain("OLEObject"),
    plain("Font"),
    plain("StdFont"),
    plain("StdPicture"),
    plain("IPictureDisp"),
    plain("ErrObject"),
];

/// Classes by number.
const NUMBERS: &[(&str, &str)] = &[
    ("72C24DD5-D70A-438B-8A42-98424B88AFB8", "WScript.Shell"),
    ("F935DC22-1CF0-11D0-ADB9-00C04FD58A0B", "WScript.Shell"),
    ("13709620-C279-11CE-A49E-444553540000", "Shell.Application"),
    ("9BA05972-F6A8-11CF-A442-00A0C90A8F39", "ShellWindows"),
    ("C08AFD90-F2A1-11D1-8455-00A0C91F3880", "ShellBrowserWindow"),
    ("49B2791A-B1AE-4C90-9B8E-E860BA07F889", "MMC20.Application"),
    (
        "0E59F1D5-1FBE-11D0-8FF2-00A0D10038BC",
        "MSScriptControl.ScriptControl",
    ),
    ("0F87369F-A4E5-4CFC-BD3E-73E6154572DD", "Schedule.Service"),
    (
        "76A64158-CB41-11D1-8B02-00600806D9B6",
        "WbemScripting.SWbemLocator",
    ),
    (
        "4590F811-1D3A-11D0-891F-00AA004B2E24",
        "WbemScripting.SWbemLocator",
    ),
    (
        "2087C2F4-2CEF-4953-A8AB-66779B670495",
        "WinHttp.WinHttpRequest",
    ),
    ("88D96A0A-F192-11D4-A65F-0040963251E5", "MSXML2.XMLHTTP"),
    (
        "88D96A0B-F192-11D4-A65F-0040963251E5",
        "MSXML2.ServerXMLHTTP",
    ),
    ("F5078F35-C551-11D3-89B9-0000F81FE221", "MSXML2.XMLHTTP"),
    ("F6D90F16-9C73-11D3-B32E-00C04F990BB4", "MSXML2.XMLHTTP"),
    ("ED8C108E-4349-11D2-91A4-00C04F7969E8", "MSXML2.XMLHTTP"),
    (
        "0002DF01-0000-0000-C000-000000000046",
        "InternetExplorer.Application",
    ),
    ("25336920-03F9-11CF-8FD0-00AA00686F13", "htmlfile"),
    ("00000566-0000-0010-8000-00AA006D2EA4", "ADODB.Stream"),
    (
        "0D43FE01-F093-11CF-8940-00A0C9054228",
        "Scripting.FileSystemObject",
    ),
    (
        "EE09B103-97E0-11CF-978F-00A02463E06F",
        "Scripting.Dictionary",
    ),
    ("00024500-0000-0000-C000-000000000046", "Excel.Application"),
    ("000209FF-0000-0000-C000-000000000046", "Word.Application"),
    (
        "0006F03A-0000-0000-C000-000000000046",
        "Outlook.Application",
    ),
    ("1C3B4210-F441-11CE-B9EA-00AA006B1A69", "MSForms.DataObject"),
];

/// The class of a name that `CreateObject`, `New` or `As` gives.
pub(super) fn by_name(name: &str) -> Option<&'static Class> {
    static BY_NAME: LazyLock<HashMap<String, &'static Class>> = LazyLock::new(|| {
        CLASSES
            .iter()
            .map(|class| (class.name.to_ascii_lowercase(), class))
            .collect()
    });
    let name = name.trim().to_ascii_lowercase();
    if let Some(class) = BY_NAME.get(&name) {
        return Some(class);
    }
    let bare = without_version(&name);
    if name.starts_with("com.sun.star.") {
        // The services of LibreOffice are a thousand.
        return BY_NAME.get("com.sun.star.servicemanager").copied();
    }
    BY_NAME.get(bare).copied().or_else(|| {
        // A type of a library that has only one of that name.
        let (library, last) = bare.rsplit_once('.')?;
        let known = matches!(
            library,
            "msxml2" | "winhttp" | "scripting" | "wbemscripting" | "iwshruntimelibrary"
        ) || matches!(
            library,
            "shdocvw" | "mshtml" | "excel" | "word" | "powerpoint" | "office"
        );
        known.then(|| BY_NAME.get(last).copied())?
    })
}

/// The class of a number, with or without braces.
pub(super) fn by_number(number: &str) -> Option<&'static Class> {
    let number = number.trim_matches(['{', '}', ' ']);
    let (_, name) = NUMBERS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(number))?;
    by_name(name)
}

/// A name without the version that may end it: `.6.0`, `60`.
fn without_version(name: &str) -> &str {
    let mut bare = name;
    while let Some((head, tail)) = bare.rsplit_once('.')
        && !tail.is_empty()
        && tail.bytes().all(|byte| byte.is_ascii_digit())
    {
        bare = head;
    }
    bare.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// What a moniker names: what `GetObject` is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moniker<'m> {
    /// The management interface, and the path in it.
    Management(&'m str),
    /// A class by number or name: what follows `new:` or `clsid:`.
    Class(&'m str),
    /// A script: what follows `script:`.
    Script(&'m str),
    /// A directory of users and machines.
    Directory,
    /// A file.
    File,
}

/// Reads a moniker.
pub(super) fn moniker(text: &str) -> Moniker<'_> {
    let Some((scheme, rest)) = text.trim_start().split_once(':') else {
        return Moniker::File;
    };
    let is = |name: &str| scheme.eq_ignore_ascii_case(name);
    if is("winmgmts") || is("wmi") {
        Moniker::Management(rest)
    } else if is("new") || is("clsid") {
        Moniker::Class(rest)
    } else if is("script") || is("scriptlet") || is("soap") {
        Moniker::Script(rest)
    } else if is("ldap") || is("winnt") || is("gc") || is("iis") {
        Moniker::Directory
    } else {
        Moniker::File
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_known_by_all_its_names() {
        for (name, family) in [
            ("WScript.Shell", Family::ScriptHost),
            ("wscript.shell.1", Family::ScriptHost),
            ("WshShell3", Family::ScriptHost),
            ("IWshRuntimeLibrary.IWshShell3", Family::ScriptHost),
            ("IWshRuntimeLibrary.WshShell", Family::ScriptHost),
            ("MSXML2.XMLHTTP.6.0", Family::Http),
            ("MSXML2.XMLHTTP60", Family::Http),
            ("Msxml2.ServerXMLHTTP.3.0", Family::Http),
            ("WinHttp.WinHttpRequest.5.1", Family::Http),
            ("XMLHTTP60", Family::Http),
            ("ADODB.Stream", Family::Stream),
            ("MSXML2.DOMDocument60", Family::Dom),
            ("Excel.Application.16", Family::Application),
            ("Excel.Worksheet", Family::Office),
            ("Scripting.Dictionary", Family::Dictionary),
            ("Shell32.Shell", Family::Desktop),
            ("MMC20.Application.1", Family::Console),
        ] {
            assert_eq!(
                by_name(name).map(|class| class.family),
                Some(family),
                "{name}"
            );
        }
        for foreign in ["Acme.Server", "", ".", "1.2", "Acme.Shell"] {
            assert!(by_name(foreign).is_none(), "{foreign}");
        }
        let shell = by_number("{72c24dd5-d70a-438b-8a42-98424b88afb8}");
        assert_eq!(shell.map(|class| class.family), Some(Family::ScriptHost));
    }

    #[test]
    fn every_number_is_of_a_class_and_no_class_stands_twice() {
        for (number, name) in NUMBERS {
            assert_eq!(by_number(number).map(|class| class.name), Some(*name));
        }
        let mut names: Vec<String> = CLASSES
            .iter()
            .map(|class| class.name.to_ascii_lowercase())
            .collect();
        names.sort_unstable();
        let twice: Vec<_> = names.windows(2).filter(|two| two[0] == two[1]).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn every_rule_that_a_class_names_is_there() {
        let matcher = crate::indicator::Matcher::new();
        for class in CLASSES {
            let there = class.rule.is_empty() || matcher.rule(class.rule).is_some();
            assert!(there, "{}", class.rule);
        }
    }

    #[test]
    fn a_moniker_is_read_by_its_scheme() {
        assert_eq!(
            moniker("winmgmts:\\\\.\\root\\cimv2:Win32_Process"),
            Moniker::Management("\\\\.\\root\\cimv2:Win32_Process")
        );
        assert_eq!(moniker("new:{0}"), Moniker::Class("{0}"));
        assert_eq!(
            moniker("SCRIPT:http://inert.invalid"),
            Moniker::Script("http://inert.invalid")
        );
        assert_eq!(moniker("C:\\inert.xls"), Moniker::File);
        assert_eq!(moniker("LDAP://rootDSE"), Moniker::Directory);
    }
}
