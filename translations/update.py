"""Finds every text of the console and brings the .ts files up to date; what is translated stays.

Run: /usr/bin/python3 translations/update.py [--check]. One context a folder (console/pages → Pages), whatever class or
form a text stands in. cohort-console_en.ts holds only the plurals. --check changes nothing and exits 1 when a text of
a full language is missing or an old one is left.
"""

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LUPDATE = "/usr/lib/qt6/bin/lupdate"
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


def found_texts():
    """(context, source, is plural) of all texts, in the order of the contexts' names."""
    texts = {}
    for folder in sorted(path for path in (ROOT / "console").iterdir() if path.is_dir()):
        with tempfile.TemporaryDirectory() as temporary:
            result = Path(temporary) / "found.ts"
            sources = [str(path) for path in sorted(folder.iterdir()) if path.suffix in {".cpp", ".h", ".ui"}]
            subprocess.run([LUPDATE, "-silent", "-tr-function-alias", "QT_TR_NOOP+=WORD", *sources, "-ts", str(result)],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if not result.exists():
                continue
            for message in ElementTree.parse(result).getroot().iter("message"):
                texts[(folder.name.capitalize(), message.findtext("source"))] = message.get("numerus") == "yes"
    return texts


def known_translations(path):
    """(context, source) → list of forms, of what is finished."""
    known = {}
    if not path.exists():
        return known
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type"):
                continue
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            if any(forms):
                known[(context.findtext("name"), message.findtext("source"))] = forms
    return known


def written(language, texts, known):
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    contexts = {}
    for (context, source), plural in texts.items():
        if context not in contexts:
            contexts[context] = ElementTree.SubElement(root, "context")
            ElementTree.SubElement(contexts[context], "name").text = context
        message = ElementTree.SubElement(contexts[context], "message", {"numerus": "yes"} if plural else {})
        ElementTree.SubElement(message, "source").text = source
        forms = known.get((context, source))
        translation = ElementTree.SubElement(message, "translation", {} if forms else {"type": "unfinished"})
        for form in (forms or ["", ""]) if plural else []:
            ElementTree.SubElement(translation, "numerusform").text = form
        if forms and not plural:
            translation.text = forms[0]
    ElementTree.indent(root, " ")
    return HEAD + ElementTree.tostring(root, encoding="unicode") + "\n"


def main():
    check = "--check" in sys.argv
    texts = found_texts()
    faults = 0
    for path in sorted(Path(__file__).parent.glob("cohort-console_*.ts")):
        language = path.stem.split("_")[1]
        wanted = {key: plural for key, plural in texts.items() if plural or language != "en"}
        known = known_translations(path)
        missing = [key for key in wanted if key not in known]
        old = [key for key in known if key not in wanted]
        print(f"{path.name}: {len(wanted)} texts, {len(missing)} not translated, {len(old)} no longer used")
        for context, source in missing + (old if check else []):
            print(f"  {context}: {source}")
        faults += len(missing) + len(old)
        if not check:
            path.write_text(written(language, wanted, known), encoding="utf-8")
    return 1 if check and faults else 0


if __name__ == "__main__":
    sys.exit(main())
