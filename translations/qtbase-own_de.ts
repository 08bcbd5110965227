<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>QPlatformTheme</name>
  <message><source>OK</source><translation>OK</translation></message>
  <message><source>Save</source><translation>Speichern</translation></message>
  <message><source>Open</source><translation>Öffnen</translation></message>
  <message><source>&amp;Yes</source><translation>&amp;Ja</translation></message>
  <message><source>&amp;No</source><translation>&amp;Nein</translation></message>
  <message><source>Retry</source><translation>Noch einmal</translation></message>
  <message><source>Close</source><translation>Schließen</translation></message>
  <message><source>Cancel</source><translation>Abbrechen</translation></message>
  <message><source>Discard</source><translation>Verwerfen</translation></message>
  <message><source>Help</source><translation>Hilfe</translation></message>
  <message><source>Apply</source><translation>Anwenden</translation></message>
  <message><source>Reset</source><translation>Zurücksetzen</translation></message>
 </context>
 <context>
  <name>QMessageBox</name>
  <message><source>Show Details...</source><translation>Einzelheiten zeigen …</translation></message>
  <message><source>Hide Details...</source><translation>Einzelheiten verbergen …</translation></message>
 </context>
 <context>
  <name>QDialogButtonBox</name>
  <message><source>OK</source><translation>OK</translation></message>
 </context>
 <context>
  <name>QWidgetTextControl</name>
  <message><source>&amp;Undo</source><translation>&amp;Rückgängig</translation></message>
  <message><source>&amp;Redo</source><translation>&amp;Wiederherstellen</translation></message>
  <message><source>Cu&amp;t</source><translation>&amp;Ausschneiden</translation></message>
  <message><source>&amp;Copy</source><translation>&amp;Kopieren</translation></message>
  <message><source>&amp;Paste</source><translation>&amp;Einfügen</translation></message>
  <message><source>Delete</source><translation>Löschen</translation></message>
  <message><source>Select All</source><translation>Alles auswählen</translation></message>
 </context>
 <context>
  <name>QLineEdit</name>
  <message><source>&amp;Undo</source><translation>&amp;Rückgängig</translation></message>
  <message><source>&amp;Redo</source><translation>&amp;Wiederherstellen</translation></message>
  <message><source>Cu&amp;t</source><translation>&amp;Ausschneiden</translation></message>
  <message><source>&amp;Copy</source><translation>&amp;Kopieren</translation></message>
  <message><source>&amp;Paste</source><translation>&amp;Einfügen</translation></message>
  <message><source>Delete</source><translation>Löschen</translation></message>
  <message><source>Select All</source><translation>Alles auswählen</translation></message>
 </context>
</TS>
