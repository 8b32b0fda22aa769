#!/usr/bin/env python3
"""Holds the encrypted fixtures, and what the program opens, against msoffcrypto-tool and LibreOffice.

    python3 -m venv VENV && VENV/bin/pip install msoffcrypto-tool
    VENV/bin/python tests/msoffcrypto.py

1. Each fixture of crates/testkit is opened by msoffcrypto-tool, and is the plain document then.
2. What msoffcrypto-tool encrypts is opened by the program, and is the plain document then.
3. What LibreOffice saves under a password is opened by the program.

One line for each; what is not installed is said and left out. Exit status 1 if any is wrong.
"""

import hashlib
import io
import json
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

# This file bears the name of the module that it imports.
sys.path.pop(0)

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "inert"
wrong = 0


def say(ok, what):
    global wrong
    wrong += not ok
    print(("ok      " if ok else "WRONG   ") + what, flush=True)


def cargo(*arguments):
    subprocess.run(["cargo", "run", "--quiet", *arguments], cwd=ROOT, check=True)


def scan(path, password):
    """The record of one file."""
    command = ["cargo", "run", "--quiet", "-p", "macrosift-cli", "--", "scan", "--hash", "all"]
    command += ["--format", "ndjson", "--password", password, str(path)]
    lines = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE).stdout.splitlines()
    return json.loads(lines[0])


def opened(record):
    """Where the password came from, and the hash of the layer that it opened."""
    codes = [one["detail"] for one in record["observations"] if one["code"] == "crypto.opened"]
    layers = [one["sha256"] for one in record["layers"] if one.get("parent") == 0]
    return (codes or [""])[0], (layers or [""])[0]


def streams(data):
    import olefile

    file = olefile.OleFileIO(io.BytesIO(data))
    return {"/".join(name): file.openstream(name).read() for name in file.listdir()}


def records(stream):
    """The records of a workbook, without the one that says that it is encrypted."""
    at, found = 0, []
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + size]
        if kind == 0 and size == 0:
            break
        if kind == 0x85:
            body = body[4:]  # the place of the sheet is behind one record more or less
        if kind not in (0, 0x2F):
            found.append((kind, body))
        at += 4 + size
    return found


def same(name, plain, other):
    """Whether what msoffcrypto-tool opened is the plain document."""
    if name.endswith("m"):
        return plain == other
    plain, other = streams(plain), streams(other)
    if name.endswith(".xls"):
        one, two = records(plain.pop("Workbook")), records(other.pop("Workbook"))
        return one == two and plain == other
    if name.endswith(".doc"):
        document, table = plain["WordDocument"], plain["1Table"]
        text = slice(0x600, None)
        return (
            document[text] == other["WordDocument"][text]
            and other["1Table"].rstrip(b"\0").endswith(table.rstrip(b"\0"))
            and plain["Data"] == other["Data"]
        )
    one, two = plain["PowerPoint Document"], other["PowerPoint Document"]
    objects = one.index(b"\x00\x00\x72\x17")
    return one[:objects] == two[:objects]


def fixtures(folder):
    try:
        import msoffcrypto
    except ImportError:
        print("skipped msoffcrypto-tool is not installed")
        return
    print("msoffcrypto-tool opens our fixtures")
    cargo("-p", "macrosift-testkit", "--example", "encrypted", "--", str(folder))
    for path in sorted(folder.glob("*.plain")):
        sealed = path.with_suffix("")
        output = io.BytesIO()
        try:
            with open(sealed, "rb") as file:
                document = msoffcrypto.OfficeFile(file)
                # It takes the hash for longer than that of SHA1 is.
                checks = sealed.suffix == ".docm" and "sha1" not in sealed.name
                more = {"verify_password": True} if checks else {}
                document.load_key(password=PASSWORD, **more)
                document.decrypt(output)
            right = same(sealed.name, path.read_bytes(), output.getvalue())
        except Exception as error:  # noqa: BLE001
            right, sealed = False, f"{sealed.name}: {error!r}"
        say(right, getattr(sealed, "name", sealed))

    print("the program opens what msoffcrypto-tool encrypts")
    from msoffcrypto.format.ooxml import OOXMLFile

    for path in sorted(folder.glob("agile-*.plain"))[:1]:
        sealed = folder / f"tool-{path.stem}"
        with open(path, "rb") as plain, open(sealed, "wb") as output:
            OOXMLFile(plain).encrypt(PASSWORD, output)
        told, layer = opened(scan(sealed, PASSWORD))
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        say(told.endswith("given") and layer == digest, f"{sealed.name}: {told}")


SAVE = r"""
import sys, time, uno
from com.sun.star.beans import NamedValue, PropertyValue
source, target, kind, password, pipe = sys.argv[1:]
def value(name, what):
    one = PropertyValue()
    one.Name, one.Value = name, what
    return one
context = uno.getComponentContext()
resolver = context.ServiceManager.createInstanceWithContext(
    "com.sun.star.bridge.UnoUrlResolver", context)
for _ in range(120):
    try:
        remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.5)
desktop = remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
document = desktop.loadComponentFromURL("file://" + source, "_blank", 0, (value("Hidden", True),))
how = [value("FilterName", kind), value("Password", password)]
if target.endswith("x"):
    data = (NamedValue("CryptoType", "Standard"), NamedValue("OOXPassword", password))
    how.append(value("EncryptionData", uno.Any("[]com.sun.star.beans.NamedValue", data)))
document.storeToURL("file://" + target, tuple(how))
document.close(True)
"""

FILTERS = {
    ".docx": "MS Word 2007 XML",
    ".doc": "MS Word 97",
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xls": "MS Excel 97",
    ".pptx": "Impress MS PowerPoint 2007 XML",
}


def libre_office(folder):
    office = shutil.which("soffice")
    python = "/usr/bin/python3"
    uno = [python, "-c", "import uno"]
    if office is None or subprocess.run(uno, stderr=subprocess.DEVNULL).returncode != 0:
        print("skipped LibreOffice with its bridge to Python is not installed")
        return
    print("the program opens what LibreOffice saves under a password")
    pipe = f"macrosift{folder.name}"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    accept = f"--accept=pipe,name={pipe};urp;"
    process = subprocess.Popen(
        [office, "--headless", "--norestore", profile, accept],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for text, suffixes in (("a,b\n1,2\n", (".xlsx", ".xls")), ("inert\n", (".docx", ".doc"))):
            source = folder / ("source.csv" if "," in text else "source.txt")
            source.write_text(text)
            for suffix in suffixes:
                for password in (PASSWORD, "請求書"):
                    name = "ascii" if password == PASSWORD else "japanese"
                    target = folder / f"office-{name}{suffix}"
                    command = [python, "-c", SAVE, source, target, FILTERS[suffix], password, pipe]
                    saved = subprocess.run(command, stderr=subprocess.PIPE, timeout=180)
                    if saved.returncode != 0:
                        print(f"skipped {target.name}: LibreOffice did not save it")
                        continue
                    record = scan(target, password)
                    told, _ = opened(record)
                    right = told.endswith("given") and record["verdict"] == "clean"
                    say(right, f"{target.name}: {told} {record['verdict']}")
    finally:
        process.terminate()
        process.wait(60)


def main():
    with tempfile.TemporaryDirectory() as name:
        fixtures(Path(name))
        libre_office(Path(name))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
