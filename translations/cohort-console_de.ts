<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>Charts</name>
  <message>
   <source>No figures yet; the first come within seconds.</source>
   <translation>Noch keine Werte; die ersten kommen in wenigen Sekunden.</translation>
  </message>
  <message>
   <source>Ctrl and the wheel zoom, dragging moves through time.</source>
   <translation>Strg und Mausrad vergrößern, Ziehen bewegt durch die Zeit.</translation>
  </message>
  <message numerus="yes">
   <source>numbers; %n text(s) not drawn</source>
   <translation>
    <numerusform>Zahlen; %n Text nicht gezeichnet</numerusform>
    <numerusform>Zahlen; %n Texte nicht gezeichnet</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Editor</name>
  <message>
   <source>Script's source</source>
   <translation>Quelltext des Skripts</translation>
  </message>
 </context>
 <context>
  <name>Models</name>
  <message>
   <source>running</source>
   <translation>läuft</translation>
  </message>
  <message>
   <source>not answering</source>
   <translation>antwortet nicht</translation>
  </message>
  <message>
   <source>everywhere</source>
   <translation>überall</translation>
  </message>
  <message>
   <source>active</source>
   <translation>aktiv</translation>
  </message>
  <message>
   <source>locked out</source>
   <translation>ausgesperrt</translation>
  </message>
  <message numerus="yes">
   <source>%n homes lost connection: %1</source>
   <translation>
    <numerusform>%n Wohnung hat die Verbindung verloren: %1</numerusform>
    <numerusform>%n Wohnungen haben die Verbindung verloren: %1</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>The home lost connection, with %n devices: %1</source>
   <translation>
    <numerusform>Die Wohnung hat die Verbindung verloren, mit %n Gerät: %1</numerusform>
    <numerusform>Die Wohnung hat die Verbindung verloren, mit %n Geräten: %1</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>No data from devices in %n homes</source>
   <translation>
    <numerusform>Keine Daten von Geräten in %n Wohnung</numerusform>
    <numerusform>Keine Daten von Geräten in %n Wohnungen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>No data from %n devices: %1</source>
   <translation>
    <numerusform>Keine Daten von %n Gerät: %1</numerusform>
    <numerusform>Keine Daten von %n Geräten: %1</numerusform>
   </translation>
  </message>
  <message>
   <source>No data from %1</source>
   <translation>Keine Daten von %1</translation>
  </message>
  <message numerus="yes">
   <source>%1 lost connection, and with it what is behind it: %n devices in all</source>
   <translation>
    <numerusform>%1 hat die Verbindung verloren und damit alles dahinter: insgesamt %n Gerät</numerusform>
    <numerusform>%1 hat die Verbindung verloren und damit alles dahinter: insgesamt %n Geräte</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n devices lost connection: %1</source>
   <translation>
    <numerusform>%n Gerät hat die Verbindung verloren: %1</numerusform>
    <numerusform>%n Geräte haben die Verbindung verloren: %1</numerusform>
   </translation>
  </message>
  <message>
   <source>%1 lost connection</source>
   <translation>%1 hat die Verbindung verloren</translation>
  </message>
  <message numerus="yes">
   <source>%n new message(s) from %1</source>
   <translation>
    <numerusform>%n neue Nachricht von %1</numerusform>
    <numerusform>%n neue Nachrichten von %1</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>No answer to %n questions</source>
   <translation>
    <numerusform>Keine Antwort auf %n Frage</numerusform>
    <numerusform>Keine Antwort auf %n Fragen</numerusform>
   </translation>
  </message>
  <message>
   <source>No answer to: %1</source>
   <translation>Keine Antwort auf: %1</translation>
  </message>
  <message numerus="yes">
   <source>In %n homes: %1</source>
   <translation>
    <numerusform>In %n Wohnung: %1</numerusform>
    <numerusform>In %n Wohnungen: %1</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>“%1” is live and paused in %n homes</source>
   <translation>
    <numerusform>„%1“ ist im Einsatz und in %n Wohnung angehalten</numerusform>
    <numerusform>„%1“ ist im Einsatz und in %n Wohnungen angehalten</numerusform>
   </translation>
  </message>
  <message>
   <source>“%1” is live and paused in this home</source>
   <translation>„%1“ ist im Einsatz und in dieser Wohnung angehalten</translation>
  </message>
  <message>
   <source>“%1” is live and paused in all homes</source>
   <translation>„%1“ ist im Einsatz und in allen Wohnungen angehalten</translation>
  </message>
  <message>
   <source>What</source>
   <translation>Was</translation>
  </message>
  <message>
   <source>Why</source>
   <translation>Warum</translation>
  </message>
  <message>
   <source>Home</source>
   <translation>Wohnung</translation>
  </message>
  <message>
   <source>Since</source>
   <translation>Seit</translation>
  </message>
  <message>
   <source>Server</source>
   <translation>Server</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Zustand</translation>
  </message>
  <message>
   <source>Roles</source>
   <translation>Aufgaben</translation>
  </message>
  <message>
   <source>Connections</source>
   <translation>Verbindungen</translation>
  </message>
  <message>
   <source>Address for devices</source>
   <translation>Adresse für Geräte</translation>
  </message>
  <message>
   <source>Version</source>
   <translation>Version</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>E-mail</source>
   <translation>E-Mail</translation>
  </message>
  <message>
   <source>Rights</source>
   <translation>Rechte</translation>
  </message>
  <message>
   <source>Sees names</source>
   <translation>Sieht Namen</translation>
  </message>
  <message>
   <source>yes</source>
   <translation>ja</translation>
  </message>
  <message>
   <source>no</source>
   <translation>nein</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>Zeit</translation>
  </message>
  <message>
   <source>Who</source>
   <translation>Wer</translation>
  </message>
  <message>
   <source>Did what</source>
   <translation>Tat was</translation>
  </message>
  <message>
   <source>To what</source>
   <translation>Woran</translation>
  </message>
  <message>
   <source>From</source>
   <translation>Von</translation>
  </message>
  <message>
   <source>Details</source>
   <translation>Einzelheiten</translation>
  </message>
  <message>
   <source>Severity</source>
   <translation>Stufe</translation>
  </message>
  <message>
   <source>Alert</source>
   <translation>Alarm</translation>
  </message>
  <message numerus="yes">
   <source>%n home(s)</source>
   <translation>
    <numerusform>%n Wohnung</numerusform>
    <numerusform>%n Wohnungen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n device(s)</source>
   <translation>
    <numerusform>%n Gerät</numerusform>
    <numerusform>%n Geräte</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n person(s)</source>
   <translation>
    <numerusform>%n Person</numerusform>
    <numerusform>%n Personen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n alert(s)</source>
   <translation>
    <numerusform>%n Alarm</numerusform>
    <numerusform>%n Alarme</numerusform>
   </translation>
  </message>
  <message>
   <source>%1 of %2 reporting</source>
   <translation>%1 von %2 melden</translation>
  </message>
  <message>
   <source>computed by a script</source>
   <translation>von einem Skript berechnet</translation>
  </message>
  <message>
   <source>computed by “%1”</source>
   <translation>von „%1“ berechnet</translation>
  </message>
  <message>
   <source>no longer here</source>
   <translation>nicht mehr hier</translation>
  </message>
  <message>
   <source>connected</source>
   <translation>verbunden</translation>
  </message>
  <message>
   <source>offline</source>
   <translation>getrennt</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <source>Room</source>
   <translation>Raum</translation>
  </message>
  <message>
   <source>Connection</source>
   <translation>Verbindung</translation>
  </message>
  <message>
   <source>Data</source>
   <translation>Daten</translation>
  </message>
  <message>
   <source>Latest</source>
   <translation>Zuletzt</translation>
  </message>
  <message>
   <source>Command</source>
   <translation>Befehl</translation>
  </message>
  <message>
   <source>What came of it</source>
   <translation>Was daraus wurde</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>Text</translation>
  </message>
  <message numerus="yes">
   <source>%n new</source>
   <translation>
    <numerusform>%n neue</numerusform>
    <numerusform>%n neue</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n open question(s)</source>
   <translation>
    <numerusform>%n offene Frage</numerusform>
    <numerusform>%n offene Fragen</numerusform>
   </translation>
  </message>
  <message>
   <source>Participant</source>
   <translation>Teilnehmer</translation>
  </message>
  <message>
   <source>Last message</source>
   <translation>Letzte Nachricht</translation>
  </message>
  <message>
   <source>Waiting</source>
   <translation>Wartet</translation>
  </message>
  <message>
   <source>the default</source>
   <translation>die Vorgabe</translation>
  </message>
  <message>
   <source>%1: yours %2, there now %3</source>
   <translation>%1: Ihr Wert %2, dort steht jetzt %3</translation>
  </message>
  <message>
   <source>%1, live %2</source>
   <translation>%1, im Einsatz %2</translation>
  </message>
  <message numerus="yes">
   <source>%1, %n with errors</source>
   <translation>
    <numerusform>%1, %n mit Fehlern</numerusform>
    <numerusform>%1, %n mit Fehlern</numerusform>
   </translation>
  </message>
  <message>
   <source>Script</source>
   <translation>Skript</translation>
  </message>
  <message>
   <source>Status</source>
   <translation>Zustand</translation>
  </message>
  <message>
   <source>Homes</source>
   <translation>Wohnungen</translation>
  </message>
  <message>
   <source>Runs, 24 h</source>
   <translation>Läufe, 24 h</translation>
  </message>
  <message>
   <source>Effects</source>
   <translation>Wirkungen</translation>
  </message>
  <message>
   <source>Errors</source>
   <translation>Fehler</translation>
  </message>
  <message>
   <source>CPU</source>
   <translation>CPU</translation>
  </message>
  <message>
   <source>Comment</source>
   <translation>Anmerkung</translation>
  </message>
  <message>
   <source>Author</source>
   <translation>Von wem</translation>
  </message>
  <message>
   <source>Check</source>
   <translation>Prüfung</translation>
  </message>
  <message>
   <source>accepted</source>
   <translation>angenommen</translation>
  </message>
  <message>
   <source>refused</source>
   <translation>abgelehnt</translation>
  </message>
  <message>
   <source>Function</source>
   <translation>Funktion</translation>
  </message>
  <message numerus="yes">
   <source>%1, %n failed</source>
   <translation>
    <numerusform>%1, %n Fehler</numerusform>
    <numerusform>%1, %n Fehler</numerusform>
   </translation>
  </message>
  <message>
   <source>Runs that did nothing, wrote nothing and gave no reason are counted, and not listed here.</source>
   <translation>Läufe, die nichts taten, nichts schrieben und keinen Grund nannten, sind gezählt und hier nicht aufgeführt.</translation>
  </message>
  <message>
   <source>The last %1 lines of log of each home are kept. Lines of all homes when this was loaded: %2.</source>
   <translation>Die letzten %1 Protokollzeilen jeder Wohnung bleiben erhalten. Zeilen aller Wohnungen beim Laden: %2.</translation>
  </message>
  <message>
   <source>%1 in %2, version %3</source>
   <translation>%1 in %2, Version %3</translation>
  </message>
  <message>
   <source>Home's time: %1</source>
   <translation>Zeit der Wohnung: %1</translation>
  </message>
  <message>
   <source>Trigger: %1</source>
   <translation>Auslöser: %1</translation>
  </message>
  <message>
   <source>CPU: %1 ms</source>
   <translation>CPU: %1 ms</translation>
  </message>
  <message>
   <source>Because: %1</source>
   <translation>Weil: %1</translation>
  </message>
  <message>
   <source>   refused: %1</source>
   <translation>   abgelehnt: %1</translation>
  </message>
  <message>
   <source>Log:</source>
   <translation>Protokoll:</translation>
  </message>
  <message>
   <source>the device did not say why</source>
   <translation>das Gerät hat nicht gesagt, warum</translation>
  </message>
  <message>
   <source>the device answered %1</source>
   <translation>das Gerät hat %1 geantwortet</translation>
  </message>
  <message>
   <source>the device did it all the same, its answer came late</source>
   <translation>das Gerät hat es doch noch getan, seine Antwort kam spät</translation>
  </message>
  <message>
   <source>its answer came late: %1</source>
   <translation>seine Antwort kam spät: %1</translation>
  </message>
  <message>
   <source>waiting for the device</source>
   <translation>wartet auf das Gerät</translation>
  </message>
  <message>
   <source>sent, not yet received</source>
   <translation>gesendet, noch nicht empfangen</translation>
  </message>
  <message>
   <source>received, not yet done</source>
   <translation>empfangen, noch nicht getan</translation>
  </message>
  <message>
   <source>the device did not confirm it in time</source>
   <translation>das Gerät hat es nicht rechtzeitig bestätigt</translation>
  </message>
  <message>
   <source>the device was not reached in time</source>
   <translation>das Gerät war nicht rechtzeitig erreichbar</translation>
  </message>
  <message>
   <source>it had gone out, the device may have done it</source>
   <translation>er war schon gesendet, das Gerät hat ihn vielleicht ausgeführt</translation>
  </message>
  <message>
   <source>before it went out, or with its device or script</source>
   <translation>bevor er gesendet war, oder mit seinem Gerät oder Skript</translation>
  </message>
  <message>
   <source>it had gone out, then a newer one took its place</source>
   <translation>er war gesendet, dann trat ein neuerer an seine Stelle</translation>
  </message>
  <message>
   <source>a newer one took its place, too many were waiting</source>
   <translation>ein neuerer trat an seine Stelle, es warteten zu viele</translation>
  </message>
  <message>
   <source>something happened</source>
   <translation>etwas ist geschehen</translation>
  </message>
  <message>
   <source>(%1)</source>
   <translation>(%1)</translation>
  </message>
  <message numerus="yes">
   <source>Possible again in %n second(s).</source>
   <translation>
    <numerusform>Wieder möglich in %n Sekunde.</numerusform>
    <numerusform>Wieder möglich in %n Sekunden.</numerusform>
   </translation>
  </message>
  <message>
   <source>never</source>
   <translation>nie</translation>
  </message>
  <message>
   <source>now</source>
   <translation>jetzt</translation>
  </message>
  <message numerus="yes">
   <source>%n s ago</source>
   <translation>
    <numerusform>vor %n s</numerusform>
    <numerusform>vor %n s</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n min ago</source>
   <translation>
    <numerusform>vor %n min</numerusform>
    <numerusform>vor %n min</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n h ago</source>
   <translation>
    <numerusform>vor %n h</numerusform>
    <numerusform>vor %n h</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n day(s) ago</source>
   <translation>
    <numerusform>vor %n Tag</numerusform>
    <numerusform>vor %n Tagen</numerusform>
   </translation>
  </message>
  <message>
   <source>CPU by part, % of one core</source>
   <translation>CPU je Teil, % eines Kerns</translation>
  </message>
  <message>
   <source>Time until a post is stored, ms</source>
   <translation>Zeit, bis eine Sendung gespeichert ist, ms</translation>
  </message>
  <message>
   <source>Throughput</source>
   <translation>Durchsatz</translation>
  </message>
  <message>
   <source>Device IO</source>
   <translation>Geräte-IO</translation>
  </message>
  <message>
   <source>%</source>
   <translation>%</translation>
  </message>
  <message>
   <source>API</source>
   <translation>API</translation>
  </message>
  <message>
   <source>Composer</source>
   <translation>Composer</translation>
  </message>
  <message>
   <source>Database</source>
   <translation>Datenbank</translation>
  </message>
  <message>
   <source>Other</source>
   <translation>Übriges</translation>
  </message>
  <message>
   <source>p50</source>
   <translation>p50</translation>
  </message>
  <message>
   <source>ms</source>
   <translation>ms</translation>
  </message>
  <message>
   <source>p99</source>
   <translation>p99</translation>
  </message>
  <message>
   <source>open</source>
   <translation>offen</translation>
  </message>
  <message>
   <source>Posts</source>
   <translation>Sendungen</translation>
  </message>
  <message>
   <source>/s</source>
   <translation>/s</translation>
  </message>
  <message>
   <source>Measurements</source>
   <translation>Messwerte</translation>
  </message>
  <message>
   <source>Script runs</source>
   <translation>Skriptläufe</translation>
  </message>
  <message>
   <source>kitchen</source>
   <translation>Küche</translation>
  </message>
  <message>
   <source>bathroom</source>
   <translation>Bad</translation>
  </message>
  <message>
   <source>bedroom</source>
   <translation>Schlafzimmer</translation>
  </message>
  <message>
   <source>living room</source>
   <translation>Wohnzimmer</translation>
  </message>
  <message>
   <source>hall</source>
   <translation>Flur</translation>
  </message>
  <message>
   <source>entrance</source>
   <translation>Eingang</translation>
  </message>
  <message>
   <source>toilet</source>
   <translation>Toilette</translation>
  </message>
  <message>
   <source>study</source>
   <translation>Arbeitszimmer</translation>
  </message>
  <message>
   <source>basement</source>
   <translation>Keller</translation>
  </message>
  <message>
   <source>other room</source>
   <translation>anderer Raum</translation>
  </message>
  <message>
   <source>stove</source>
   <translation>Herd</translation>
  </message>
  <message>
   <source>motion</source>
   <translation>Bewegung</translation>
  </message>
  <message>
   <source>door</source>
   <translation>Tür</translation>
  </message>
  <message>
   <source>front door</source>
   <translation>Haustür</translation>
  </message>
  <message>
   <source>bed</source>
   <translation>Bett</translation>
  </message>
  <message>
   <source>fridge</source>
   <translation>Kühlschrank</translation>
  </message>
  <message>
   <source>medication box</source>
   <translation>Medikamentenbox</translation>
  </message>
  <message>
   <source>lamp</source>
   <translation>Lampe</translation>
  </message>
  <message>
   <source>outlet</source>
   <translation>Steckdose</translation>
  </message>
  <message>
   <source>climate</source>
   <translation>Raumklima</translation>
  </message>
  <message>
   <source>meter</source>
   <translation>Zähler</translation>
  </message>
  <message>
   <source>Smart plug</source>
   <translation>Schaltsteckdose</translation>
  </message>
  <message>
   <source>Gateway</source>
   <translation>Gateway</translation>
  </message>
  <message>
   <source>Gateway of other makers</source>
   <translation>Gateway anderer Hersteller</translation>
  </message>
  <message>
   <source>Gateway of other makers, second generation</source>
   <translation>Gateway anderer Hersteller, zweite Generation</translation>
  </message>
  <message>
   <source>Temperature and humidity of other makers</source>
   <translation>Temperatur und Feuchte anderer Hersteller</translation>
  </message>
  <message>
   <source>Motion sensor</source>
   <translation>Bewegungsmelder</translation>
  </message>
  <message>
   <source>Door and drawer contact</source>
   <translation>Tür- und Schubladenkontakt</translation>
  </message>
  <message>
   <source>Bed sensor</source>
   <translation>Bettsensor</translation>
  </message>
  <message>
   <source>Toilet sensor</source>
   <translation>Toilettensensor</translation>
  </message>
  <message>
   <source>Temperature and humidity</source>
   <translation>Temperatur und Feuchte</translation>
  </message>
  <message>
   <source>Medication box</source>
   <translation>Medikamentenbox</translation>
  </message>
  <message>
   <source>Stove guard</source>
   <translation>Herdwächter</translation>
  </message>
  <message>
   <source>Lamp</source>
   <translation>Lampe</translation>
  </message>
  <message>
   <source>Call button</source>
   <translation>Rufknopf</translation>
  </message>
  <message>
   <source>Power meter</source>
   <translation>Stromzähler</translation>
  </message>
  <message>
   <source>Pressure mat</source>
   <translation>Druckmatte</translation>
  </message>
  <message>
   <source>Flush sensor</source>
   <translation>Spülsensor</translation>
  </message>
  <message>
   <source>Thermometer</source>
   <translation>Thermometer</translation>
  </message>
  <message>
   <source>Thermostat</source>
   <translation>Thermostat</translation>
  </message>
  <message>
   <source>Message display</source>
   <translation>Anzeige für Mitteilungen</translation>
  </message>
  <message>
   <source>Other device</source>
   <translation>Anderes Gerät</translation>
  </message>
  <message>
   <source>operator %1</source>
   <translation>Bediener %1</translation>
  </message>
  <message>
   <source>participant %1</source>
   <translation>Teilnehmer %1</translation>
  </message>
  <message>
   <source>script %1</source>
   <translation>Skript %1</translation>
  </message>
  <message>
   <source>the server</source>
   <translation>der Server</translation>
  </message>
  <message>
   <source>signed in</source>
   <translation>hat sich angemeldet</translation>
  </message>
  <message>
   <source>could not sign in</source>
   <translation>konnte sich nicht anmelden</translation>
  </message>
  <message>
   <source>became the first administrator</source>
   <translation>wurde der erste Verwalter</translation>
  </message>
  <message>
   <source>went on with a session</source>
   <translation>hat eine Sitzung fortgesetzt</translation>
  </message>
  <message>
   <source>signed out</source>
   <translation>hat sich abgemeldet</translation>
  </message>
  <message>
   <source>changed the own password</source>
   <translation>hat das eigene Passwort geändert</translation>
  </message>
  <message>
   <source>asked what server this is</source>
   <translation>hat gefragt, welcher Server das ist</translation>
  </message>
  <message>
   <source>began to hear of changes</source>
   <translation>hat begonnen, von Änderungen zu hören</translation>
  </message>
  <message>
   <source>stopped hearing of changes</source>
   <translation>hört nicht mehr von Änderungen</translation>
  </message>
  <message>
   <source>looked at the deployments</source>
   <translation>hat die Vorhaben angesehen</translation>
  </message>
  <message>
   <source>made a deployment</source>
   <translation>hat ein Vorhaben angelegt</translation>
  </message>
  <message>
   <source>changed a deployment</source>
   <translation>hat ein Vorhaben geändert</translation>
  </message>
  <message>
   <source>looked at the homes</source>
   <translation>hat die Wohnungen angesehen</translation>
  </message>
  <message>
   <source>looked at a home</source>
   <translation>hat eine Wohnung angesehen</translation>
  </message>
  <message>
   <source>made a home</source>
   <translation>hat eine Wohnung angelegt</translation>
  </message>
  <message>
   <source>changed a home</source>
   <translation>hat eine Wohnung geändert</translation>
  </message>
  <message>
   <source>retired a home</source>
   <translation>hat eine Wohnung stillgelegt</translation>
  </message>
  <message>
   <source>made a room</source>
   <translation>hat einen Raum angelegt</translation>
  </message>
  <message>
   <source>changed a room</source>
   <translation>hat einen Raum geändert</translation>
  </message>
  <message>
   <source>removed a room</source>
   <translation>hat einen Raum entfernt</translation>
  </message>
  <message>
   <source>looked at the participants</source>
   <translation>hat die Teilnehmer angesehen</translation>
  </message>
  <message>
   <source>looked at a participant</source>
   <translation>hat einen Teilnehmer angesehen</translation>
  </message>
  <message>
   <source>enrolled a participant</source>
   <translation>hat einen Teilnehmer aufgenommen</translation>
  </message>
  <message>
   <source>took up the own enrolment code</source>
   <translation>hat den eigenen Aufnahmecode eingelöst</translation>
  </message>
  <message>
   <source>made an enrolment code</source>
   <translation>hat einen Aufnahmecode angelegt</translation>
  </message>
  <message>
   <source>changed a participant</source>
   <translation>hat einen Teilnehmer geändert</translation>
  </message>
  <message>
   <source>ended a participation</source>
   <translation>hat eine Teilnahme beendet</translation>
  </message>
  <message>
   <source>looked at the types of devices</source>
   <translation>hat die Gerätetypen angesehen</translation>
  </message>
  <message>
   <source>looked at the devices</source>
   <translation>hat die Geräte angesehen</translation>
  </message>
  <message>
   <source>looked at a device</source>
   <translation>hat ein Gerät angesehen</translation>
  </message>
  <message>
   <source>registered a device</source>
   <translation>hat ein Gerät angemeldet</translation>
  </message>
  <message>
   <source>changed a device</source>
   <translation>hat ein Gerät geändert</translation>
  </message>
  <message>
   <source>a device moved behind another gateway</source>
   <translation>ein Gerät ist hinter ein anderes Gateway gezogen</translation>
  </message>
  <message>
   <source>made a device's token</source>
   <translation>hat ein Token eines Geräts angelegt</translation>
  </message>
  <message>
   <source>ended a device's tokens</source>
   <translation>hat die Token eines Geräts ungültig gemacht</translation>
  </message>
  <message>
   <source>retired a device</source>
   <translation>hat ein Gerät außer Betrieb genommen</translation>
  </message>
  <message>
   <source>sent a command</source>
   <translation>hat einen Befehl gesendet</translation>
  </message>
  <message>
   <source>took a command back</source>
   <translation>hat einen Befehl zurückgenommen</translation>
  </message>
  <message>
   <source>looked at the commands</source>
   <translation>hat die Befehle angesehen</translation>
  </message>
  <message>
   <source>looked at a command</source>
   <translation>hat einen Befehl angesehen</translation>
  </message>
  <message>
   <source>looked at measurements</source>
   <translation>hat Messwerte angesehen</translation>
  </message>
  <message>
   <source>exported measurements</source>
   <translation>hat Messwerte exportiert</translation>
  </message>
  <message>
   <source>imported measurements</source>
   <translation>hat Messwerte importiert</translation>
  </message>
  <message>
   <source>changed a stream</source>
   <translation>hat eine Messreihe geändert</translation>
  </message>
  <message>
   <source>looked at facts</source>
   <translation>hat Fakten angesehen</translation>
  </message>
  <message>
   <source>looked at a timeline</source>
   <translation>hat einen Verlauf angesehen</translation>
  </message>
  <message>
   <source>looked at the library</source>
   <translation>hat die Bibliothek angesehen</translation>
  </message>
  <message>
   <source>installed a script of the library</source>
   <translation>hat ein Skript der Bibliothek installiert</translation>
  </message>
  <message>
   <source>made a script</source>
   <translation>hat ein Skript angelegt</translation>
  </message>
  <message>
   <source>looked at the scripts</source>
   <translation>hat die Skripte angesehen</translation>
  </message>
  <message>
   <source>looked at a script</source>
   <translation>hat ein Skript angesehen</translation>
  </message>
  <message>
   <source>looked at a script's versions</source>
   <translation>hat die Versionen eines Skripts angesehen</translation>
  </message>
  <message>
   <source>looked at a version of a script</source>
   <translation>hat eine Version eines Skripts angesehen</translation>
  </message>
  <message>
   <source>checked a script</source>
   <translation>hat ein Skript geprüft</translation>
  </message>
  <message>
   <source>saved a version of a script</source>
   <translation>hat eine Version eines Skripts gespeichert</translation>
  </message>
  <message>
   <source>deployed a script</source>
   <translation>hat ein Skript eingesetzt</translation>
  </message>
  <message>
   <source>paused a script</source>
   <translation>hat ein Skript angehalten</translation>
  </message>
  <message>
   <source>let a script go on</source>
   <translation>hat ein Skript fortgesetzt</translation>
  </message>
  <message>
   <source>rolled a script back</source>
   <translation>hat ein Skript zurückgesetzt</translation>
  </message>
  <message>
   <source>took a script off</source>
   <translation>hat ein Skript herausgenommen</translation>
  </message>
  <message>
   <source>retired a script</source>
   <translation>hat ein Skript stillgelegt</translation>
  </message>
  <message>
   <source>compared versions of a script</source>
   <translation>hat Versionen eines Skripts verglichen</translation>
  </message>
  <message>
   <source>set a script's parameters</source>
   <translation>hat Parameter eines Skripts gesetzt</translation>
  </message>
  <message>
   <source>looked at a script's runs</source>
   <translation>hat die Läufe eines Skripts angesehen</translation>
  </message>
  <message>
   <source>looked at the alerts</source>
   <translation>hat die Alarme angesehen</translation>
  </message>
  <message>
   <source>looked at an alert</source>
   <translation>hat einen Alarm angesehen</translation>
  </message>
  <message>
   <source>takes care of an alert</source>
   <translation>kümmert sich um einen Alarm</translation>
  </message>
  <message>
   <source>resolved an alert</source>
   <translation>hat einen Alarm erledigt</translation>
  </message>
  <message>
   <source>dismissed an alert</source>
   <translation>hat einen Alarm verworfen</translation>
  </message>
  <message>
   <source>noted something on an alert</source>
   <translation>hat etwas zu einem Alarm notiert</translation>
  </message>
  <message>
   <source>took an alert's action</source>
   <translation>hat zu einem Alarm gehandelt</translation>
  </message>
  <message>
   <source>looked at a conversation</source>
   <translation>hat ein Gespräch angesehen</translation>
  </message>
  <message>
   <source>looked at the conversations</source>
   <translation>hat die Gespräche angesehen</translation>
  </message>
  <message>
   <source>read what a participant wrote</source>
   <translation>hat gelesen, was ein Teilnehmer schrieb</translation>
  </message>
  <message>
   <source>wrote to a participant</source>
   <translation>hat einem Teilnehmer geschrieben</translation>
  </message>
  <message>
   <source>wrote a message</source>
   <translation>hat eine Nachricht geschrieben</translation>
  </message>
  <message>
   <source>asked a participant</source>
   <translation>hat einen Teilnehmer gefragt</translation>
  </message>
  <message>
   <source>answered a question</source>
   <translation>hat eine Frage beantwortet</translation>
  </message>
  <message>
   <source>looked at the answers</source>
   <translation>hat die Antworten angesehen</translation>
  </message>
  <message>
   <source>looked at the operators</source>
   <translation>hat die Bediener angesehen</translation>
  </message>
  <message>
   <source>added an operator</source>
   <translation>hat einen Bediener hinzugefügt</translation>
  </message>
  <message>
   <source>changed an operator</source>
   <translation>hat einen Bediener geändert</translation>
  </message>
  <message>
   <source>looked at the servers</source>
   <translation>hat die Server angesehen</translation>
  </message>
  <message>
   <source>looked at the servers' figures</source>
   <translation>hat die Zahlen der Server angesehen</translation>
  </message>
  <message>
   <source>looked at the audit log</source>
   <translation>hat den Nachweis angesehen</translation>
  </message>
  <message>
   <source>looked at the overview</source>
   <translation>hat den Überblick angesehen</translation>
  </message>
  <message>
   <source>deployment %1</source>
   <translation>Vorhaben %1</translation>
  </message>
  <message>
   <source>home %1</source>
   <translation>Wohnung %1</translation>
  </message>
  <message>
   <source>room %1</source>
   <translation>Raum %1</translation>
  </message>
  <message>
   <source>device %1</source>
   <translation>Gerät %1</translation>
  </message>
  <message>
   <source>command %1</source>
   <translation>Befehl %1</translation>
  </message>
  <message>
   <source>stream %1</source>
   <translation>Messreihe %1</translation>
  </message>
  <message>
   <source>version %1</source>
   <translation>Version %1</translation>
  </message>
  <message>
   <source>alert %1</source>
   <translation>Alarm %1</translation>
  </message>
  <message>
   <source>message %1</source>
   <translation>Nachricht %1</translation>
  </message>
  <message>
   <source>waiting</source>
   <translation>wartet</translation>
  </message>
  <message>
   <source>sent</source>
   <translation>gesendet</translation>
  </message>
  <message>
   <source>received</source>
   <translation>empfangen</translation>
  </message>
  <message>
   <source>executed</source>
   <translation>ausgeführt</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>gescheitert</translation>
  </message>
  <message>
   <source>expired</source>
   <translation>abgelaufen</translation>
  </message>
  <message>
   <source>taken back</source>
   <translation>zurückgenommen</translation>
  </message>
  <message>
   <source>replaced</source>
   <translation>ersetzt</translation>
  </message>
  <message>
   <source>an error of the hub</source>
   <translation>ein Fehler der Zentrale</translation>
  </message>
  <message>
   <source>not supported by the hub</source>
   <translation>die Zentrale kann das nicht</translation>
  </message>
  <message>
   <source>the hub does not know the device</source>
   <translation>die Zentrale kennt das Gerät nicht</translation>
  </message>
  <message>
   <source>not supported by the device</source>
   <translation>das Gerät kann das nicht</translation>
  </message>
  <message>
   <source>no connection to the device</source>
   <translation>keine Verbindung zum Gerät</translation>
  </message>
  <message>
   <source>the device could not do it</source>
   <translation>das Gerät konnte es nicht tun</translation>
  </message>
  <message>
   <source>wrong format</source>
   <translation>falsches Format</translation>
  </message>
  <message>
   <source>nothing yet</source>
   <translation>noch nichts</translation>
  </message>
  <message>
   <source>reporting</source>
   <translation>meldet</translation>
  </message>
  <message>
   <source>silent</source>
   <translation>still</translation>
  </message>
  <message>
   <source>invited</source>
   <translation>eingeladen</translation>
  </message>
  <message>
   <source>paused</source>
   <translation>angehalten</translation>
  </message>
  <message>
   <source>completed</source>
   <translation>abgeschlossen</translation>
  </message>
  <message>
   <source>withdrawn</source>
   <translation>ausgeschieden</translation>
  </message>
  <message>
   <source>resident</source>
   <translation>Bewohner</translation>
  </message>
  <message>
   <source>caregiver</source>
   <translation>Angehöriger</translation>
  </message>
  <message>
   <source>supporter</source>
   <translation>Helfer</translation>
  </message>
  <message>
   <source>student</source>
   <translation>Student</translation>
  </message>
  <message>
   <source>measurement</source>
   <translation>Messwert</translation>
  </message>
  <message>
   <source>fact</source>
   <translation>Tatsache</translation>
  </message>
  <message>
   <source>alert</source>
   <translation>Alarm</translation>
  </message>
  <message>
   <source>answer</source>
   <translation>Antwort</translation>
  </message>
  <message>
   <source>command</source>
   <translation>Befehl</translation>
  </message>
  <message>
   <source>message</source>
   <translation>Nachricht</translation>
  </message>
  <message>
   <source>run</source>
   <translation>Lauf</translation>
  </message>
  <message>
   <source>script</source>
   <translation>Skript</translation>
  </message>
  <message>
   <source>event</source>
   <translation>Ereignis</translation>
  </message>
  <message>
   <source>lost its connection</source>
   <translation>hat die Verbindung verloren</translation>
  </message>
  <message>
   <source>reports again</source>
   <translation>meldet wieder</translation>
  </message>
  <message>
   <source>reports nothing any more</source>
   <translation>meldet nichts mehr</translation>
  </message>
  <message>
   <source>an alert was answered</source>
   <translation>ein Alarm wurde beantwortet</translation>
  </message>
  <message>
   <source>a question was answered</source>
   <translation>eine Frage wurde beantwortet</translation>
  </message>
  <message>
   <source>a participant wrote</source>
   <translation>ein Teilnehmer hat geschrieben</translation>
  </message>
  <message>
   <source>a command ended</source>
   <translation>ein Befehl ist beendet</translation>
  </message>
  <message>
   <source>a script's timer went off</source>
   <translation>der Zeitgeber eines Skripts ist abgelaufen</translation>
  </message>
  <message>
   <source>a script's signal</source>
   <translation>ein Signal eines Skripts</translation>
  </message>
  <message>
   <source>a script began to run here</source>
   <translation>ein Skript läuft jetzt hier</translation>
  </message>
  <message>
   <source>what scripts can see was changed</source>
   <translation>was Skripte sehen können, wurde geändert</translation>
  </message>
  <message>
   <source>a measurement</source>
   <translation>ein Messwert</translation>
  </message>
  <message>
   <source>a fact</source>
   <translation>eine Tatsache</translation>
  </message>
  <message>
   <source>there is no device “%1” in this home</source>
   <translation>in dieser Wohnung gibt es kein Gerät „%1“</translation>
  </message>
  <message>
   <source>“%1” is no time; write it as 2026-01-31T12:00:00Z</source>
   <translation>„%1“ ist keine Zeit; schreiben Sie sie als 2026-01-31T12:00:00Z</translation>
  </message>
  <message>
   <source>the time “%1” lacks its zone; end it with Z or an offset such as +01:00</source>
   <translation>der Zeit „%1“ fehlt die Zone; schreiben Sie Z oder einen Abstand wie +01:00 dahinter</translation>
  </message>
  <message>
   <source>“%1” is no time: there is no such day, or no such time of a day</source>
   <translation>„%1“ ist keine Zeit: diesen Tag oder diese Uhrzeit gibt es nicht</translation>
  </message>
  <message>
   <source>the time is missing</source>
   <translation>die Zeit fehlt</translation>
  </message>
  <message>
   <source>the time is more than 5 minutes in the future</source>
   <translation>die Zeit liegt mehr als 5 Minuten in der Zukunft</translation>
  </message>
  <message>
   <source>“%1” has a point in a file with decimal commas</source>
   <translation>„%1“ hat einen Punkt in einer Datei mit Dezimalkommas</translation>
  </message>
  <message>
   <source>a number seems to be cut at its comma; put it in quotes</source>
   <translation>eine Zahl scheint an ihrem Komma zerschnitten; setzen Sie sie in Anführungszeichen</translation>
  </message>
  <message>
   <source>Something went wrong inside the server. It was logged; try again.</source>
   <translation>Im Server ging etwas schief. Es ist protokolliert; versuchen Sie es noch einmal.</translation>
  </message>
  <message>
   <source>Sign in first.</source>
   <translation>Melden Sie sich zuerst an.</translation>
  </message>
  <message>
   <source>There is no such home, or you may not see it.</source>
   <translation>Diese Wohnung gibt es nicht, oder Sie dürfen sie nicht sehen.</translation>
  </message>
  <message>
   <source>There is no such device, or you may not see it.</source>
   <translation>Dieses Gerät gibt es nicht, oder Sie dürfen es nicht sehen.</translation>
  </message>
  <message>
   <source>There is no such gateway, or you may not see it.</source>
   <translation>Dieses Gateway gibt es nicht, oder Sie dürfen es nicht sehen.</translation>
  </message>
  <message>
   <source>There is no such thing, or you may not see it.</source>
   <translation>Das gibt es nicht, oder Sie dürfen es nicht sehen.</translation>
  </message>
  <message>
   <source>Your role does not allow this.</source>
   <translation>Ihre Rolle erlaubt das nicht.</translation>
  </message>
  <message>
   <source>A value is not acceptable.</source>
   <translation>Ein Wert ist nicht zulässig.</translation>
  </message>
  <message>
   <source>A value is missing.</source>
   <translation>Ein Wert fehlt.</translation>
  </message>
  <message>
   <source>Wrong e-mail address or password.</source>
   <translation>E-Mail-Adresse oder Passwort ist falsch.</translation>
  </message>
  <message>
   <source>Console and server do not understand each other; they may differ in version.</source>
   <translation>Konsole und Server verstehen einander nicht; vielleicht sind ihre Versionen verschieden.</translation>
  </message>
  <message>
   <source>This account is locked. An administrator can open it.</source>
   <translation>Dieses Konto ist gesperrt. Ein Verwalter kann es öffnen.</translation>
  </message>
  <message>
   <source>The device is offline; the command waits for it.</source>
   <translation>Das Gerät ist getrennt; der Befehl wartet darauf.</translation>
  </message>
  <message>
   <source>The device belongs to another home.</source>
   <translation>Das Gerät gehört zu einer anderen Wohnung.</translation>
  </message>
  <message>
   <source>The server is busy. Try again in a moment.</source>
   <translation>Der Server ist ausgelastet. Versuchen Sie es gleich noch einmal.</translation>
  </message>
  <message>
   <source>Too many attempts. Wait before you try again.</source>
   <translation>Zu viele Versuche. Warten Sie, bevor Sie es wieder versuchen.</translation>
  </message>
  <message>
   <source>There is one with this name already.</source>
   <translation>Diesen Namen gibt es schon.</translation>
  </message>
  <message>
   <source>Somebody changed it meanwhile. Load it again.</source>
   <translation>Jemand hat es inzwischen geändert. Laden Sie es neu.</translation>
  </message>
  <message>
   <source>This is larger than the limit.</source>
   <translation>Das ist größer als erlaubt.</translation>
  </message>
  <message>
   <source>The server did not answer in time.</source>
   <translation>Der Server hat nicht rechtzeitig geantwortet.</translation>
  </message>
  <message>
   <source>Cancelled.</source>
   <translation>Abgebrochen.</translation>
  </message>
  <message>
   <source>This is not available now.</source>
   <translation>Das ist gerade nicht verfügbar.</translation>
  </message>
  <message>
   <source>The server has lost its database. Try again in a moment.</source>
   <translation>Der Server hat seine Datenbank verloren. Versuchen Sie es gleich noch einmal.</translation>
  </message>
  <message>
   <source>The server's database refused this.</source>
   <translation>Die Datenbank des Servers hat das abgelehnt.</translation>
  </message>
  <message>
   <source>Too many commands wait at this gateway. Wait until some have ended, or take some back.</source>
   <translation>An dieser Zentrale warten zu viele Befehle. Warten Sie, bis einige zu Ende sind, oder nehmen Sie welche zurück.</translation>
  </message>
  <message>
   <source>Composer is off: the self-test of its sandbox failed on the server.</source>
   <translation>Composer ist aus: Der Selbsttest seiner Sandbox ist auf dem Server gescheitert.</translation>
  </message>
  <message>
   <source>The check refused the script.</source>
   <translation>Die Prüfung hat das Skript abgelehnt.</translation>
  </message>
  <message>
   <source>This server does not know the request; it may be older than the console.</source>
   <translation>Dieser Server kennt die Anfrage nicht; er ist vielleicht älter als die Konsole.</translation>
  </message>
  <message>
   <source>acknowledged</source>
   <translation>in Arbeit</translation>
  </message>
  <message>
   <source>resolved</source>
   <translation>erledigt</translation>
  </message>
  <message>
   <source>dismissed</source>
   <translation>verworfen</translation>
  </message>
  <message>
   <source>low</source>
   <translation>gering</translation>
  </message>
  <message>
   <source>normal</source>
   <translation>normal</translation>
  </message>
  <message>
   <source>urgent</source>
   <translation>dringend</translation>
  </message>
  <message>
   <source>took an action</source>
   <translation>hat gehandelt</translation>
  </message>
  <message>
   <source>dismissed it</source>
   <translation>hat ihn verworfen</translation>
  </message>
  <message>
   <source>takes care of it</source>
   <translation>kümmert sich</translation>
  </message>
  <message>
   <source>resolved it</source>
   <translation>hat ihn erledigt</translation>
  </message>
  <message>
   <source>noted</source>
   <translation>vermerkte</translation>
  </message>
  <message>
   <source>delivered</source>
   <translation>zugestellt</translation>
  </message>
  <message>
   <source>read</source>
   <translation>gelesen</translation>
  </message>
  <message>
   <source>answered</source>
   <translation>beantwortet</translation>
  </message>
  <message>
   <source>draft</source>
   <translation>Entwurf</translation>
  </message>
  <message>
   <source>live</source>
   <translation>im Einsatz</translation>
  </message>
  <message>
   <source>shadow</source>
   <translation>Schatten</translation>
  </message>
  <message>
   <source>errors</source>
   <translation>Fehler</translation>
  </message>
  <message>
   <source>paused by errors</source>
   <translation>durch Fehler angehalten</translation>
  </message>
  <message>
   <source>resuming</source>
   <translation>läuft wieder an</translation>
  </message>
  <message>
   <source>ok</source>
   <translation>gut</translation>
  </message>
  <message>
   <source>error</source>
   <translation>Fehler</translation>
  </message>
  <message>
   <source>took too long</source>
   <translation>dauerte zu lange</translation>
  </message>
  <message>
   <source>too much memory</source>
   <translation>zu viel Speicher</translation>
  </message>
  <message>
   <source>ended by force</source>
   <translation>gewaltsam beendet</translation>
  </message>
  <message>
   <source>looping</source>
   <translation>im Kreis</translation>
  </message>
  <message>
   <source>too many effects</source>
   <translation>zu viele Wirkungen</translation>
  </message>
  <message>
   <source>state too large</source>
   <translation>Zustand zu groß</translation>
  </message>
  <message>
   <source>alert resolved</source>
   <translation>Alarm erledigt</translation>
  </message>
  <message>
   <source>question</source>
   <translation>Frage</translation>
  </message>
  <message>
   <source>timer started</source>
   <translation>Zeitgeber gestartet</translation>
  </message>
  <message>
   <source>timer stopped</source>
   <translation>Zeitgeber angehalten</translation>
  </message>
  <message>
   <source>signal</source>
   <translation>Signal</translation>
  </message>
  <message>
   <source>home offline</source>
   <translation>Wohnung getrennt</translation>
  </message>
  <message>
   <source>gateway offline</source>
   <translation>Gateway getrennt</translation>
  </message>
  <message>
   <source>device offline</source>
   <translation>Gerät getrennt</translation>
  </message>
  <message>
   <source>silent device</source>
   <translation>Gerät still</translation>
  </message>
  <message>
   <source>new message</source>
   <translation>neue Nachricht</translation>
  </message>
  <message>
   <source>not answered</source>
   <translation>unbeantwortet</translation>
  </message>
  <message>
   <source>script error</source>
   <translation>Skriptfehler</translation>
  </message>
  <message>
   <source>script paused</source>
   <translation>Skript angehalten</translation>
  </message>
  <message>
   <source>Running</source>
   <translation>Läuft</translation>
  </message>
  <message>
   <source>Off</source>
   <translation>Aus</translation>
  </message>
  <message>
   <source>administrator</source>
   <translation>Verwalter</translation>
  </message>
  <message>
   <source>coordinator</source>
   <translation>Koordinator</translation>
  </message>
  <message>
   <source>analyst</source>
   <translation>Auswerter</translation>
  </message>
 </context>
 <context>
  <name>Net</name>
  <message>
   <source>What answers at %1, port %2, does not speak https. Look at the port (usually 8460), or write http:// if this server runs without encryption.</source>
   <translation>Was bei %1, Port %2, antwortet, spricht kein https. Prüfen Sie den Port (meist 8460) oder schreiben Sie http://, wenn dieser Server ohne Verschlüsselung läuft.</translation>
  </message>
  <message>
   <source>What answers at %1, port %2, is not a Cohort server's console. Look at the port (usually 8460; 8461 is for devices), or write https:// if this server is encrypted.</source>
   <translation>Was bei %1, Port %2, antwortet, ist nicht der Zugang eines Cohort-Servers für die Konsole. Prüfen Sie den Port (meist 8460; 8461 ist für Geräte) oder schreiben Sie https://, wenn die Verbindung zu diesem Server verschlüsselt ist.</translation>
  </message>
  <message>
   <source>The server at %1, port %2, cannot take anybody now. Wait a moment, or ask whether it runs.</source>
   <translation>Der Server auf %1, Port %2, kann gerade niemanden annehmen. Warten Sie einen Moment, oder fragen Sie, ob er läuft.</translation>
  </message>
  <message>
   <source>There is no computer called %1. Look at the server's address, and whether the network is there.</source>
   <translation>Es gibt keinen Rechner namens %1. Prüfen Sie die Adresse des Servers und ob das Netz da ist.</translation>
  </message>
  <message>
   <source>Nothing listens at %1, port %2. Look at the port (usually 8460), or ask whether the server runs.</source>
   <translation>Bei %1, Port %2, antwortet nichts. Prüfen Sie den Port (meist 8460) oder fragen Sie, ob der Server läuft.</translation>
  </message>
  <message>
   <source>There is no way to %1 now. Look at the network, and whether a firewall lets port %2 through.</source>
   <translation>%1 ist jetzt nicht erreichbar. Prüfen Sie das Netz und ob eine Firewall den Port %2 durchlässt.</translation>
  </message>
  <message>
   <source>There is no connection to %1, port %2. Look at the address and the network.</source>
   <translation>Es gibt keine Verbindung zu %1, Port %2. Prüfen Sie die Adresse und das Netz.</translation>
  </message>
  <message>
   <source>“%1” is no address of a server; write for example https://cohort.example.org:8460</source>
   <translation>„%1“ ist keine Adresse eines Servers; schreiben Sie zum Beispiel https://cohort.example.org:8460</translation>
  </message>
  <message>
   <source>too many requests are under way</source>
   <translation>zu viele Anfragen sind unterwegs</translation>
  </message>
  <message>
   <source>the connection to the server was lost</source>
   <translation>die Verbindung zum Server ging verloren</translation>
  </message>
  <message>
   <source>there is no connection to the server now</source>
   <translation>gerade besteht keine Verbindung zum Server</translation>
  </message>
  <message>
   <source>%1 is missing</source>
   <translation>%1 fehlt</translation>
  </message>
  <message>
   <source>The server does not answer.</source>
   <translation>Der Server antwortet nicht.</translation>
  </message>
  <message>
   <source>The server closed the connection.</source>
   <translation>Der Server hat die Verbindung beendet.</translation>
  </message>
 </context>
 <context>
  <name>Pages</name>
  <message>
   <source>No operators</source>
   <translation>Keine Bediener</translation>
  </message>
  <message>
   <source>Only administrators see and add operators.</source>
   <translation>Nur Verwalter sehen Bediener und legen sie an.</translation>
  </message>
  <message>
   <source>Let in again</source>
   <translation>Wieder zulassen</translation>
  </message>
  <message>
   <source>Lock out</source>
   <translation>Aussperren</translation>
  </message>
  <message>
   <source>Lock out %1?</source>
   <translation>%1 aussperren?</translation>
  </message>
  <message>
   <source>All sessions of this operator end at once. Roles stay; “Let in again” gives the way back.</source>
   <translation>Alle Sitzungen dieses Bedieners enden sofort. Die Rollen bleiben; „Wieder zulassen“ macht es rückgängig.</translation>
  </message>
  <message>
   <source>Nothing recorded yet</source>
   <translation>Noch nichts verzeichnet</translation>
  </message>
  <message>
   <source>Every change and every view of names appears here.</source>
   <translation>Jede Änderung und jeder Blick auf Namen erscheint hier.</translation>
  </message>
  <message>
   <source>%1 by %2</source>
   <translation>%1: %2</translation>
  </message>
  <message numerus="yes">
   <source>%n minute(s)</source>
   <translation>
    <numerusform>%n Minute</numerusform>
    <numerusform>%n Minuten</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n hour(s)</source>
   <translation>
    <numerusform>%n Stunde</numerusform>
    <numerusform>%n Stunden</numerusform>
   </translation>
  </message>
  <message>
   <source>%1, since %2</source>
   <translation>%1, seit %2</translation>
  </message>
  <message>
   <source>Script: %1</source>
   <translation>Skript: %1</translation>
  </message>
  <message>
   <source>Device: %1</source>
   <translation>Gerät: %1</translation>
  </message>
  <message>
   <source>Snoozed until %1</source>
   <translation>Zurückgestellt bis %1</translation>
  </message>
  <message>
   <source>Sends a command to %1</source>
   <translation>Sendet einen Befehl an %1</translation>
  </message>
  <message>
   <source>Answers the script; no device does anything</source>
   <translation>Antwortet dem Skript; kein Gerät tut etwas</translation>
  </message>
  <message>
   <source>Set %1 of “%2”?</source>
   <translation>%1 bei „%2“ setzen?</translation>
  </message>
  <message>
   <source>The alert was raised</source>
   <translation>Der Alarm wurde ausgelöst</translation>
  </message>
  <message>
   <source>Shown to %1</source>
   <translation>%1 hat ihn gesehen</translation>
  </message>
  <message>
   <source>Goes to %1</source>
   <translation>Geht an %1</translation>
  </message>
  <message>
   <source>Command to %1 (%2): %3</source>
   <translation>Befehl an %1 (%2): %3</translation>
  </message>
  <message>
   <source>Open alerts</source>
   <translation>Offene Alarme</translation>
  </message>
  <message>
   <source>All alerts</source>
   <translation>Alle Alarme</translation>
  </message>
  <message>
   <source>No open alerts</source>
   <translation>Keine offenen Alarme</translation>
  </message>
  <message>
   <source>When a script, a device or the data raises one, it appears here at once.</source>
   <translation>Löst ein Skript, ein Gerät oder die Datenlage einen aus, erscheint er sofort hier.</translation>
  </message>
  <message>
   <source>%1 to %2</source>
   <translation>%1 bis %2</translation>
  </message>
  <message>
   <source>at least %1</source>
   <translation>mindestens %1</translation>
  </message>
  <message>
   <source>at most %1</source>
   <translation>höchstens %1</translation>
  </message>
  <message>
   <source>Value</source>
   <translation>Wert</translation>
  </message>
  <message>
   <source>On</source>
   <translation>Ein</translation>
  </message>
  <message>
   <source>Off</source>
   <translation>Aus</translation>
  </message>
  <message>
   <source>on or off</source>
   <translation>ein oder aus</translation>
  </message>
  <message>
   <source>one of %1</source>
   <translation>eins von %1</translation>
  </message>
  <message>
   <source>a text</source>
   <translation>ein Text</translation>
  </message>
  <message>
   <source>a number</source>
   <translation>eine Zahl</translation>
  </message>
  <message>
   <source>a number, %1</source>
   <translation>eine Zahl, %1</translation>
  </message>
  <message>
   <source>Installed as a draft: a coordinator takes it live.</source>
   <translation>Wird als Entwurf eingerichtet: Ein Koordinator setzt ihn ein.</translation>
  </message>
  <message>
   <source>%1: has all that is needed</source>
   <translation>%1: hat alles, was nötig ist</translation>
  </message>
  <message>
   <source>%1: lacks %2</source>
   <translation>%1: es fehlt %2</translation>
  </message>
  <message>
   <source>Choose at least one home, or all.</source>
   <translation>Wählen Sie mindestens eine Wohnung oder alle.</translation>
  </message>
  <message>
   <source>Deploy the newest version of “%1” to:</source>
   <translation>Die neueste Version von „%1“ einsetzen in:</translation>
  </message>
  <message>
   <source>No scripts yet</source>
   <translation>Noch keine Skripte</translation>
  </message>
  <message>
   <source>Install a ready-made one from the library, or write your own.</source>
   <translation>Richten Sie ein fertiges aus der Bibliothek ein oder schreiben Sie ein eigenes.</translation>
  </message>
  <message>
   <source>New script</source>
   <translation>Neues Skript</translation>
  </message>
  <message>
   <source>Name:</source>
   <translation>Name:</translation>
  </message>
  <message>
   <source>“%1” is installed.</source>
   <translation>„%1“ ist eingerichtet.</translation>
  </message>
  <message>
   <source>Send command</source>
   <translation>Befehl senden</translation>
  </message>
  <message>
   <source>This acts in the home “%1” at once and may do harm there.</source>
   <translation>Das wirkt sofort in der Wohnung „%1“ und kann dort Schaden anrichten.</translation>
  </message>
  <message>
   <source>Parameters were changed</source>
   <translation>Parameter wurden geändert</translation>
  </message>
  <message>
   <source>Somebody has set parameters of “%1” since they were read here.</source>
   <translation>Jemand hat Parameter von „%1“ gesetzt, seit sie hier gelesen wurden.</translation>
  </message>
  <message>
   <source>Apply mine</source>
   <translation>Meine anwenden</translation>
  </message>
  <message>
   <source>Take what is there</source>
   <translation>Nehmen, was dort steht</translation>
  </message>
  <message>
   <source>Connect now</source>
   <translation>Jetzt verbinden</translation>
  </message>
  <message>
   <source>What you see is from %1.</source>
   <translation>Was Sie sehen, ist von %1.</translation>
  </message>
  <message>
   <source>This page was not loaded.</source>
   <translation>Diese Seite wurde nicht geladen.</translation>
  </message>
  <message>
   <source>Connected to %1. Everything is live.</source>
   <translation>Verbunden mit %1. Alles ist aktuell.</translation>
  </message>
  <message numerus="yes">
   <source>Nothing heard from %1 for %n second(s).</source>
   <translation>
    <numerusform>Seit %n Sekunde nichts von %1 gehört.</numerusform>
    <numerusform>Seit %n Sekunden nichts von %1 gehört.</numerusform>
   </translation>
  </message>
  <message>
   <source>No connection to %1.</source>
   <translation>Keine Verbindung zu %1.</translation>
  </message>
  <message numerus="yes">
   <source>Next try in %n second(s).</source>
   <translation>
    <numerusform>Nächster Versuch in %n Sekunde.</numerusform>
    <numerusform>Nächster Versuch in %n Sekunden.</numerusform>
   </translation>
  </message>
  <message>
   <source>Connecting to %1…</source>
   <translation>Verbindung zu %1 wird aufgebaut …</translation>
  </message>
  <message>
   <source>Not connected.</source>
   <translation>Nicht verbunden.</translation>
  </message>
  <message>
   <source>Answer: %1</source>
   <translation>Antwort: %1</translation>
  </message>
  <message>
   <source>question</source>
   <translation>Frage</translation>
  </message>
  <message>
   <source>Message</source>
   <translation>Nachricht</translation>
  </message>
  <message>
   <source>Question: yes or no</source>
   <translation>Frage: ja oder nein</translation>
  </message>
  <message>
   <source>Question: one of</source>
   <translation>Frage: eins von mehreren</translation>
  </message>
  <message>
   <source>Question: text</source>
   <translation>Frage: Text</translation>
  </message>
  <message>
   <source>Question: number</source>
   <translation>Frage: Zahl</translation>
  </message>
  <message>
   <source>Messages are shown to those who coordinate the study.</source>
   <translation>Nachrichten sehen die, die das Vorhaben koordinieren.</translation>
  </message>
  <message>
   <source>Choose a person to read and write.</source>
   <translation>Wählen Sie eine Person, um zu lesen und zu schreiben.</translation>
  </message>
  <message>
   <source>Not connected</source>
   <translation>Nicht verbunden</translation>
  </message>
  <message>
   <source>Loading …</source>
   <translation>Wird geladen …</translation>
  </message>
  <message>
   <source>Not loaded</source>
   <translation>Nicht geladen</translation>
  </message>
  <message>
   <source>Write the question. Ctrl+Enter sends it.</source>
   <translation>Schreiben Sie die Frage. Strg+Eingabe sendet sie.</translation>
  </message>
  <message>
   <source>Write a message. Ctrl+Enter sends it.</source>
   <translation>Schreiben Sie eine Nachricht. Strg+Eingabe sendet sie.</translation>
  </message>
  <message>
   <source>Give at least two choices, separated by semicolons.</source>
   <translation>Geben Sie mindestens zwei Antworten an, getrennt durch Semikolon.</translation>
  </message>
  <message>
   <source>What was shown here last is gone; it comes with the connection.</source>
   <translation>Was hier zuletzt stand, ist weg; es kommt mit der Verbindung wieder.</translation>
  </message>
  <message>
   <source>What went wrong stands above; “Retry” tries again.</source>
   <translation>Was schiefging, steht oben; „Noch einmal“ versucht es wieder.</translation>
  </message>
  <message>
   <source>Time zone: %1</source>
   <translation>Zeitzone: %1</translation>
  </message>
  <message>
   <source>Homes: %1</source>
   <translation>Wohnungen: %1</translation>
  </message>
  <message>
   <source>Participants: %1</source>
   <translation>Teilnehmer: %1</translation>
  </message>
  <message>
   <source>Devices: %1, connected: %2</source>
   <translation>Geräte: %1, verbunden: %2</translation>
  </message>
  <message>
   <source>Devices without tokens are allowed.</source>
   <translation>Geräte ohne Token sind erlaubt.</translation>
  </message>
  <message>
   <source>Every device needs a token.</source>
   <translation>Jedes Gerät braucht ein Token.</translation>
  </message>
  <message>
   <source>A script may send %1 messages an hour to a person, and %2 alerts and %3 commands an hour in a home.</source>
   <translation>Ein Skript darf pro Stunde %1 Nachrichten an eine Person senden und in einer Wohnung %2 Alarme auslösen und %3 Befehle geben.</translation>
  </message>
  <message>
   <source>No consent is asked for (simulation, teaching, own devices).</source>
   <translation>Es wird keine Einwilligung verlangt (Simulation, Lehre, eigene Geräte).</translation>
  </message>
  <message>
   <source>Clock: real</source>
   <translation>Uhr: die wirkliche</translation>
  </message>
  <message>
   <source>Clock: that of its events</source>
   <translation>Uhr: die ihrer Ereignisse</translation>
  </message>
  <message>
   <source>Rooms: %1</source>
   <translation>Räume: %1</translation>
  </message>
  <message>
   <source>none</source>
   <translation>keine</translation>
  </message>
  <message>
   <source>Devices: %1, connected: %2, reporting: %3</source>
   <translation>Geräte: %1, verbunden: %2, melden: %3</translation>
  </message>
  <message>
   <source>Last measurement: %1</source>
   <translation>Letzter Messwert: %1</translation>
  </message>
  <message>
   <source>Code: %1</source>
   <translation>Code: %1</translation>
  </message>
  <message>
   <source>Language: %1</source>
   <translation>Sprache: %1</translation>
  </message>
  <message numerus="yes">
   <source>%n question(s) without answer</source>
   <translation>
    <numerusform>%n Frage ohne Antwort</numerusform>
    <numerusform>%n Fragen ohne Antwort</numerusform>
   </translation>
  </message>
  <message>
   <source>Identifier: %1</source>
   <translation>Kennung: %1</translation>
  </message>
  <message>
   <source>Type: %1</source>
   <translation>Typ: %1</translation>
  </message>
  <message>
   <source>Use: %1</source>
   <translation>Verwendung: %1</translation>
  </message>
  <message>
   <source>Room: %1</source>
   <translation>Raum: %1</translation>
  </message>
  <message>
   <source>Behind the gateway %1</source>
   <translation>Hinter dem Gateway %1</translation>
  </message>
  <message>
   <source>Connected</source>
   <translation>Verbunden</translation>
  </message>
  <message>
   <source>New token</source>
   <translation>Neues Token</translation>
  </message>
  <message>
   <source>Make a new token for “%1”?</source>
   <translation>Ein neues Token für „%1“ machen?</translation>
  </message>
  <message>
   <source>It is shown once. The old one works until %1; by then the new one has to be in the device.</source>
   <translation>Es wird einmal gezeigt. Das alte gilt bis %1; bis dahin muss das neue im Gerät sein.</translation>
  </message>
  <message>
   <source>Make it</source>
   <translation>Machen</translation>
  </message>
  <message>
   <source>Nothing chosen</source>
   <translation>Nichts gewählt</translation>
  </message>
  <message>
   <source>Make a deployment first: it holds the homes, people and devices of one study.</source>
   <translation>Legen Sie zuerst ein Vorhaben an: Es enthält die Wohnungen, Menschen und Geräte einer Studie.</translation>
  </message>
  <message>
   <source>Choose a deployment, a home, a person or a device on the left.</source>
   <translation>Wählen Sie links ein Vorhaben, eine Wohnung, eine Person oder ein Gerät.</translation>
  </message>
  <message>
   <source>Nothing found for “%1”.</source>
   <translation>Nichts gefunden für „%1“.</translation>
  </message>
  <message>
   <source>An e-mail address looks like anna@example.org.</source>
   <translation>Eine E-Mail-Adresse sieht so aus: anna@example.org.</translation>
  </message>
  <message>
   <source>A telephone number looks like +43 1 2345678.</source>
   <translation>Eine Telefonnummer sieht so aus: +43 1 2345678.</translation>
  </message>
  <message>
   <source>name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Real: a lived-in home</source>
   <translation>Wirklich: eine bewohnte Wohnung</translation>
  </message>
  <message>
   <source>Of its events: replay, teaching, simulation</source>
   <translation>Die ihrer Ereignisse: Wiedergabe, Lehre, Simulation</translation>
  </message>
  <message>
   <source>Make a home first; a person belongs to one.</source>
   <translation>Legen Sie zuerst eine Wohnung an; eine Person gehört zu einer.</translation>
  </message>
  <message>
   <source>identifier</source>
   <translation>Kennung</translation>
  </message>
  <message>
   <source>Make a home first; a device belongs to one.</source>
   <translation>Legen Sie zuerst eine Wohnung an; ein Gerät gehört zu einer.</translation>
  </message>
  <message>
   <source>everywhere</source>
   <translation>überall</translation>
  </message>
  <message>
   <source>e-mail address</source>
   <translation>E-Mail-Adresse</translation>
  </message>
  <message>
   <source>first password</source>
   <translation>erstes Passwort</translation>
  </message>
  <message>
   <source>“%1”, from version %2 to version %3: lines that went %4, lines that came %5.</source>
   <translation>„%1“, von Version %2 zu Version %3: weggefallene Zeilen %4, neue Zeilen %5.</translation>
  </message>
  <message>
   <source>Time zone</source>
   <translation>Zeitzone</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Sprache</translation>
  </message>
  <message>
   <source>Deployment: %1</source>
   <translation>Vorhaben: %1</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Allow devices without tokens</source>
   <translation>Geräte ohne Token erlauben</translation>
  </message>
  <message>
   <source>Devices ask again for their server after</source>
   <translation>Geräte fragen wieder nach ihrem Server nach</translation>
  </message>
  <message>
   <source> s</source>
   <translation> s</translation>
  </message>
  <message>
   <source>What each script may do, by the home's clock. What is more is held back, and the coordinators are told.</source>
   <translation>Was jedes Skript darf, nach der Uhr der Wohnung. Was darüber hinausgeht, wird zurückgehalten, und die Koordinatoren erfahren es.</translation>
  </message>
  <message>
   <source> an hour</source>
   <translation> pro Stunde</translation>
  </message>
  <message>
   <source>Messages and questions to a person</source>
   <translation>Nachrichten und Fragen an eine Person</translation>
  </message>
  <message>
   <source>Alerts in a home</source>
   <translation>Alarme in einer Wohnung</translation>
  </message>
  <message>
   <source>Commands in a home</source>
   <translation>Befehle in einer Wohnung</translation>
  </message>
  <message>
   <source>Edit deployment</source>
   <translation>Vorhaben bearbeiten</translation>
  </message>
  <message>
   <source>Edit home</source>
   <translation>Wohnung bearbeiten</translation>
  </message>
  <message>
   <source>Edit room</source>
   <translation>Raum bearbeiten</translation>
  </message>
  <message>
   <source>New room</source>
   <translation>Neuer Raum</translation>
  </message>
  <message>
   <source>Home: %1</source>
   <translation>Wohnung: %1</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>Art</translation>
  </message>
  <message>
   <source>Roles</source>
   <translation>Rollen</translation>
  </message>
  <message>
   <source>And in</source>
   <translation>Und in</translation>
  </message>
  <message>
   <source>as</source>
   <translation>als</translation>
  </message>
  <message>
   <source>no other home</source>
   <translation>keiner weiteren Wohnung</translation>
  </message>
  <message>
   <source>Edit person</source>
   <translation>Person bearbeiten</translation>
  </message>
  <message>
   <source>E-mail</source>
   <translation>E-Mail</translation>
  </message>
  <message>
   <source>Telephone</source>
   <translation>Telefon</translation>
  </message>
  <message>
   <source>A person has a role in at least one home; to end all of them, use “End participation…”.</source>
   <translation>Eine Person hat eine Rolle in mindestens einer Wohnung; um alle zu beenden, wählen Sie „Teilnahme beenden …“.</translation>
  </message>
  <message>
   <source>Edit device</source>
   <translation>Gerät bearbeiten</translation>
  </message>
  <message>
   <source>%1 in %2</source>
   <translation>%1 in %2</translation>
  </message>
  <message>
   <source>What people call it</source>
   <translation>Wie man es nennt</translation>
  </message>
  <message>
   <source>Type</source>
   <translation>Typ</translation>
  </message>
  <message>
   <source>Use</source>
   <translation>Verwendung</translation>
  </message>
  <message>
   <source>Room</source>
   <translation>Raum</translation>
  </message>
  <message>
   <source>Gateway</source>
   <translation>Gateway</translation>
  </message>
  <message>
   <source>The ID of the gateway behind which it is. One of another home of the study takes it there; empty: it holds a connection of its own.</source>
   <translation>Die Kennung des Gateways, hinter dem es ist. Eines aus einer anderen Wohnung der Studie holt es dorthin; leer: Es hält eine eigene Verbindung.</translation>
  </message>
  <message>
   <source>Numbers or texts</source>
   <translation>Zahlen oder Texte</translation>
  </message>
  <message>
   <source>Parameter</source>
   <translation>Parameter</translation>
  </message>
  <message>
   <source>Its values are</source>
   <translation>Seine Werte sind</translation>
  </message>
  <message>
   <source>numbers</source>
   <translation>Zahlen</translation>
  </message>
  <message>
   <source>texts</source>
   <translation>Texte</translation>
  </message>
  <message>
   <source>From now on: where they are numbers, a text that is none is refused; where they are texts, a number is kept as its text. What is stored stays.</source>
   <translation>Von jetzt an: Sind es Zahlen, wird ein Text abgelehnt, der keine ist; sind es Texte, wird eine Zahl als Text aufbewahrt. Was gespeichert ist, bleibt.</translation>
  </message>
  <message>
   <source>no other deployment</source>
   <translation>keinem weiteren Vorhaben</translation>
  </message>
  <message>
   <source>Edit operator</source>
   <translation>Bediener bearbeiten</translation>
  </message>
  <message>
   <source>New password</source>
   <translation>Neues Passwort</translation>
  </message>
  <message>
   <source>stays where it is empty</source>
   <translation>leer: bleibt, wie es ist</translation>
  </message>
  <message>
   <source>May see names and contacts</source>
   <translation>Darf Namen und Kontakte sehen</translation>
  </message>
  <message>
   <source>Change password</source>
   <translation>Passwort ändern</translation>
  </message>
  <message>
   <source>Of %1. Your other sessions end.</source>
   <translation>Für %1. Ihre anderen Sitzungen enden.</translation>
  </message>
  <message>
   <source>Password until now</source>
   <translation>Bisheriges Passwort</translation>
  </message>
  <message>
   <source>Once more</source>
   <translation>Noch einmal</translation>
  </message>
  <message>
   <source>password until now</source>
   <translation>bisheriges Passwort</translation>
  </message>
  <message>
   <source>new password</source>
   <translation>neues Passwort</translation>
  </message>
  <message>
   <source>The new password was typed in two different ways.</source>
   <translation>Das neue Passwort wurde zweimal verschieden eingegeben.</translation>
  </message>
  <message>
   <source>%1 to %2, usually %3</source>
   <translation>%1 bis %2, üblich %3</translation>
  </message>
  <message>
   <source>not known</source>
   <translation>nicht bekannt</translation>
  </message>
  <message>
   <source>Fill in: %1</source>
   <translation>Bitte ausfüllen: %1</translation>
  </message>
  <message>
   <source>“%1” cannot be written: %2</source>
   <translation>„%1“ kann nicht geschrieben werden: %2</translation>
  </message>
  <message>
   <source>10 minutes</source>
   <translation>10 Minuten</translation>
  </message>
  <message>
   <source>1 hour</source>
   <translation>1 Stunde</translation>
  </message>
  <message>
   <source>6 hours</source>
   <translation>6 Stunden</translation>
  </message>
  <message>
   <source>1 day</source>
   <translation>1 Tag</translation>
  </message>
  <message>
   <source>1 week</source>
   <translation>1 Woche</translation>
  </message>
  <message>
   <source>4 weeks</source>
   <translation>4 Wochen</translation>
  </message>
  <message>
   <source>1 year</source>
   <translation>1 Jahr</translation>
  </message>
  <message>
   <source>No stream is chosen. Choose one under “Streams”.</source>
   <translation>Keine Messreihe ist gewählt. Wählen Sie eine unter „Messreihen“.</translation>
  </message>
  <message>
   <source>No home in this deployment yet. Make one on the page “Deployments”.</source>
   <translation>Noch keine Wohnung in diesem Vorhaben. Legen Sie eine auf der Seite „Vorhaben“ an.</translation>
  </message>
  <message>
   <source>No device in this home yet. Register one on the page “Deployments”; its data appears here.</source>
   <translation>Noch kein Gerät in dieser Wohnung. Melden Sie eines auf der Seite „Vorhaben“ an; seine Daten erscheinen hier.</translation>
  </message>
  <message>
   <source>Nothing measured yet. As soon as a device posts, its streams appear here.</source>
   <translation>Noch nichts gemessen. Sobald ein Gerät sendet, erscheinen seine Messreihen hier.</translation>
  </message>
  <message>
   <source>Export CSV</source>
   <translation>CSV ausgeben</translation>
  </message>
  <message>
   <source>CSV (*.csv)</source>
   <translation>CSV (*.csv)</translation>
  </message>
  <message>
   <source>Saved as %1</source>
   <translation>Gespeichert als %1</translation>
  </message>
  <message>
   <source>Nothing happened yet</source>
   <translation>Noch ist nichts geschehen</translation>
  </message>
  <message>
   <source>Measurements, facts, alerts, commands and messages of this home appear here.</source>
   <translation>Messwerte, Tatsachen, Alarme, Befehle und Nachrichten dieser Wohnung erscheinen hier.</translation>
  </message>
  <message>
   <source>No home yet</source>
   <translation>Noch keine Wohnung</translation>
  </message>
  <message>
   <source>%1 (%2, since %3)</source>
   <translation>%1 (%2, seit %3)</translation>
  </message>
  <message numerus="yes">
   <source>and %n more</source>
   <translation>
    <numerusform>und %n weiterer</numerusform>
    <numerusform>und %n weitere</numerusform>
   </translation>
  </message>
  <message>
   <source>clock of its events</source>
   <translation>Uhr ihrer Ereignisse</translation>
  </message>
  <message>
   <source>%1 of %2 connected</source>
   <translation>%1 von %2 verbunden</translation>
  </message>
  <message>
   <source>%1 of %2 reporting</source>
   <translation>%1 von %2 melden</translation>
  </message>
  <message numerus="yes">
   <source>%n open alert(s)</source>
   <translation>
    <numerusform>%n offener Alarm</numerusform>
    <numerusform>%n offene Alarme</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n person(s) paused</source>
   <translation>
    <numerusform>%n Person pausiert</numerusform>
    <numerusform>%n Personen pausiert</numerusform>
   </translation>
  </message>
  <message>
   <source>No devices</source>
   <translation>Keine Geräte</translation>
  </message>
  <message>
   <source>Register one on the page “Deployments”.</source>
   <translation>Melden Sie eines auf der Seite „Vorhaben“ an.</translation>
  </message>
  <message>
   <source>No commands yet</source>
   <translation>Noch keine Befehle</translation>
  </message>
  <message>
   <source>Choose a device above and send it one; what becomes of it appears here.</source>
   <translation>Wählen Sie oben ein Gerät und senden Sie ihm einen; was daraus wird, erscheint hier.</translation>
  </message>
  <message>
   <source>Choose a device</source>
   <translation>Gerät wählen</translation>
  </message>
  <message>
   <source>takes no commands</source>
   <translation>nimmt keine Befehle an</translation>
  </message>
  <message>
   <source>Choose a device, a parameter and a value.</source>
   <translation>Wählen Sie Gerät, Größe und Wert.</translation>
  </message>
  <message>
   <source>Give a value for “%1”: %2.</source>
   <translation>Geben Sie einen Wert für „%1“ an: %2.</translation>
  </message>
  <message>
   <source>Set “%1” of “%2” to “%3”?</source>
   <translation>„%1“ von „%2“ auf „%3“ setzen?</translation>
  </message>
  <message>
   <source>Pause participation…</source>
   <translation>Teilnahme pausieren…</translation>
  </message>
  <message>
   <source>Resume participation</source>
   <translation>Teilnahme fortsetzen</translation>
  </message>
  <message>
   <source>Nobody is enrolled here yet.</source>
   <translation>Hier ist noch niemand aufgenommen.</translation>
  </message>
  <message>
   <source>“%1” cannot be read: %2</source>
   <translation>„%1“ kann nicht gelesen werden: %2</translation>
  </message>
  <message>
   <source>“%1” is larger than 3.5 MB: split it, each part with the first line.</source>
   <translation>„%1“ ist größer als 3,5 MB: Teilen Sie die Datei, jeder Teil mit der ersten Zeile.</translation>
  </message>
  <message>
   <source>“%1” is not UTF-8: save it as UTF-8 and import it again.</source>
   <translation>„%1“ ist nicht UTF-8: speichern Sie die Datei als UTF-8 und lesen Sie sie noch einmal ein.</translation>
  </message>
  <message>
   <source>Imported into %1</source>
   <translation>In %1 eingelesen</translation>
  </message>
  <message>
   <source>Imported into %1 in part</source>
   <translation>Zum Teil in %1 eingelesen</translation>
  </message>
  <message>
   <source>Nothing imported into %1</source>
   <translation>Nichts in %1 eingelesen</translation>
  </message>
  <message>
   <source>Line %1: %2</source>
   <translation>Zeile %1: %2</translation>
  </message>
  <message>
   <source>New: %1. There before: %2. Refused: %3.</source>
   <translation>Neu: %1. Schon da: %2. Abgelehnt: %3.</translation>
  </message>
  <message>
   <source>Without a value: %1.</source>
   <translation>Ohne Wert: %1.</translation>
  </message>
  <message>
   <source>The first %1 of those that were refused are listed.</source>
   <translation>Die ersten %1 der abgelehnten sind aufgeführt.</translation>
  </message>
  <message>
   <source>Import CSV into %1</source>
   <translation>CSV in %1 einlesen</translation>
  </message>
  <message>
   <source>Sign out</source>
   <translation>Abmelden</translation>
  </message>
  <message>
   <source>Overview</source>
   <translation>Übersicht</translation>
  </message>
  <message>
   <source>Deployments</source>
   <translation>Vorhaben</translation>
  </message>
  <message>
   <source>Home</source>
   <translation>Wohnung</translation>
  </message>
  <message>
   <source>Alerts</source>
   <translation>Alarme</translation>
  </message>
  <message>
   <source>Composer</source>
   <translation>Composer</translation>
  </message>
  <message>
   <source>Messages</source>
   <translation>Nachrichten</translation>
  </message>
  <message>
   <source>Server</source>
   <translation>Server</translation>
  </message>
  <message>
   <source>Operators</source>
   <translation>Bediener</translation>
  </message>
  <message>
   <source>Audit</source>
   <translation>Nachweis</translation>
  </message>
  <message numerus="yes">
   <source>%n text(s) that the operator before had not saved or sent are gone.</source>
   <translation>
    <numerusform>%n Text, den der Bediener davor nicht gespeichert oder gesendet hatte, ist verworfen.</numerusform>
    <numerusform>%n Texte, die der Bediener davor nicht gespeichert oder gesendet hatte, sind verworfen.</numerusform>
   </translation>
  </message>
  <message>
   <source>What you wrote to %1 is not sent: “%2”</source>
   <translation>Was Sie an %1 geschrieben haben, ist nicht gesendet: „%2“</translation>
  </message>
  <message>
   <source>Send</source>
   <translation>Senden</translation>
  </message>
  <message>
   <source>Your note on the alert “%1” is not added: “%2”</source>
   <translation>Ihre Notiz zum Alarm „%1“ ist nicht hinzugefügt: „%2“</translation>
  </message>
  <message>
   <source>Add</source>
   <translation>Hinzufügen</translation>
  </message>
  <message>
   <source>Not saved</source>
   <translation>Nicht gespeichert</translation>
  </message>
  <message numerus="yes">
   <source>Close with %n text(s) that are not saved or sent?</source>
   <translation>
    <numerusform>Schließen, obwohl %n Text nicht gespeichert oder gesendet ist?</numerusform>
    <numerusform>Schließen, obwohl %n Texte nicht gespeichert oder gesendet sind?</numerusform>
   </translation>
  </message>
  <message>
   <source>They come back when their operator signs in again, and are lost when the window is closed.</source>
   <translation>Sie kommen zurück, wenn ihr Bediener sich wieder anmeldet, und gehen verloren, wenn das Fenster geschlossen wird.</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>No deployment yet</source>
   <translation>Noch kein Vorhaben</translation>
  </message>
  <message>
   <source>The password is changed; your other sessions have ended.</source>
   <translation>Das Passwort ist geändert; Ihre anderen Sitzungen sind beendet.</translation>
  </message>
  <message>
   <source>Nobody to write to yet</source>
   <translation>Noch niemand zum Anschreiben</translation>
  </message>
  <message>
   <source>Enrol a person on the page “Deployments”; who has a code can read and answer here.</source>
   <translation>Nehmen Sie auf der Seite „Vorhaben“ eine Person auf; wer einen Code hat, kann hier lesen und antworten.</translation>
  </message>
  <message>
   <source>Retry</source>
   <translation>Noch einmal</translation>
  </message>
  <message>
   <source>Dismiss</source>
   <translation>Verwerfen</translation>
  </message>
  <message>
   <source>Edit deployment…</source>
   <translation>Vorhaben bearbeiten …</translation>
  </message>
  <message>
   <source>Edit home…</source>
   <translation>Wohnung bearbeiten …</translation>
  </message>
  <message>
   <source>Rooms…</source>
   <translation>Räume …</translation>
  </message>
  <message>
   <source>Import CSV…</source>
   <translation>CSV einlesen …</translation>
  </message>
  <message>
   <source>Retire home…</source>
   <translation>Wohnung stilllegen …</translation>
  </message>
  <message>
   <source>Edit person…</source>
   <translation>Person bearbeiten …</translation>
  </message>
  <message>
   <source>End participation: completed…</source>
   <translation>Teilnahme beenden: abgeschlossen …</translation>
  </message>
  <message>
   <source>End participation: withdrawn…</source>
   <translation>Teilnahme beenden: ausgeschieden …</translation>
  </message>
  <message>
   <source>Edit device…</source>
   <translation>Gerät bearbeiten …</translation>
  </message>
  <message>
   <source>Numbers or texts…</source>
   <translation>Zahlen oder Texte …</translation>
  </message>
  <message>
   <source>End all tokens…</source>
   <translation>Alle Token ungültig machen …</translation>
  </message>
  <message>
   <source>Retire device…</source>
   <translation>Gerät stilllegen …</translation>
  </message>
  <message>
   <source>%1 has measured nothing yet.</source>
   <translation>%1 hat noch nichts gemessen.</translation>
  </message>
  <message>
   <source>The type of %1 says what all its values are.</source>
   <translation>Der Typ von %1 sagt, was alle seine Werte sind.</translation>
  </message>
  <message>
   <source>These roles end: %1.</source>
   <translation>Diese Rollen enden: %1.</translation>
  </message>
  <message numerus="yes">
   <source>The page, its login and codes end, and %n question(s) without answer are taken back.</source>
   <translation>
    <numerusform>Die Seite, die Anmeldung und die Codes der Person enden, und %n Frage ohne Antwort wird zurückgenommen.</numerusform>
    <numerusform>Die Seite, die Anmeldung und die Codes der Person enden, und %n Fragen ohne Antwort werden zurückgenommen.</numerusform>
   </translation>
  </message>
  <message>
   <source>What was stored stays. To take part again, the person is enrolled anew.</source>
   <translation>Was gespeichert ist, bleibt. Um wieder teilzunehmen, wird die Person neu aufgenommen.</translation>
  </message>
  <message>
   <source>End participation</source>
   <translation>Teilnahme beenden</translation>
  </message>
  <message>
   <source>Has %1 completed the study?</source>
   <translation>Hat %1 die Studie abgeschlossen?</translation>
  </message>
  <message>
   <source>Does %1 withdraw from the study?</source>
   <translation>Scheidet %1 aus der Studie aus?</translation>
  </message>
  <message>
   <source>Completed</source>
   <translation>Abgeschlossen</translation>
  </message>
  <message>
   <source>Withdrawn</source>
   <translation>Ausgeschieden</translation>
  </message>
  <message>
   <source>It has %1 device(s) and %2 people: the server refuses until they are retired and their roles have ended.</source>
   <translation>Geräte: %1, Personen: %2. Der Server lehnt ab, bis die Geräte stillgelegt und die Rollen der Personen beendet sind.</translation>
  </message>
  <message>
   <source>It goes from all lists; scripts end there with their state and open alerts. What was stored stays, and the name can be used again. This cannot be undone.</source>
   <translation>Sie verschwindet aus allen Listen; Skripte enden dort mit ihrem Zustand und ihren offenen Alarmen. Was gespeichert ist, bleibt, und der Name kann wieder verwendet werden. Das lässt sich nicht rückgängig machen.</translation>
  </message>
  <message>
   <source>Retire home</source>
   <translation>Wohnung stilllegen</translation>
  </message>
  <message>
   <source>Retire the home “%1”?</source>
   <translation>Die Wohnung „%1“ stilllegen?</translation>
  </message>
  <message>
   <source>Retire</source>
   <translation>Stilllegen</translation>
  </message>
  <message>
   <source>Retire device</source>
   <translation>Gerät stilllegen</translation>
  </message>
  <message>
   <source>Retire “%1” in %2?</source>
   <translation>„%1“ in %2 stilllegen?</translation>
  </message>
  <message>
   <source>What it posts from now on is refused, and scripts do not see it any more. What it measured stays. This cannot be undone.</source>
   <translation>Was es von jetzt an sendet, wird abgelehnt, und Skripte sehen es nicht mehr. Was es gemessen hat, bleibt. Das lässt sich nicht rückgängig machen.</translation>
  </message>
  <message>
   <source>End all tokens</source>
   <translation>Alle Token ungültig machen</translation>
  </message>
  <message>
   <source>End all tokens of “%1” in %2?</source>
   <translation>Alle Token von „%1“ in %2 ungültig machen?</translation>
  </message>
  <message>
   <source>Within two seconds it, and what is behind it, can neither post nor take commands, until it has a new token.</source>
   <translation>Nach höchstens zwei Sekunden kann das Gerät, und was dahinter ist, weder senden noch Befehle annehmen, bis es ein neues Token hat.</translation>
  </message>
  <message>
   <source>End tokens</source>
   <translation>Ungültig machen</translation>
  </message>
  <message>
   <source>All its tokens have ended. “New token…” makes another.</source>
   <translation>Alle Token des Geräts sind ungültig. „Neues Token …“ legt ein anderes an.</translation>
  </message>
  <message>
   <source>Participants</source>
   <translation>Teilnehmer</translation>
  </message>
  <message>
   <source>Devices connected</source>
   <translation>Geräte verbunden</translation>
  </message>
  <message>
   <source>Devices reporting</source>
   <translation>Geräte melden</translation>
  </message>
  <message>
   <source>Posts per second</source>
   <translation>Sendungen je Sekunde</translation>
  </message>
  <message>
   <source>Time to store, all studies</source>
   <translation>Zeit bis gespeichert, gesamt</translation>
  </message>
  <message>
   <source>Scripts running</source>
   <translation>Laufende Skripte</translation>
  </message>
  <message>
   <source>Composer, all studies</source>
   <translation>Composer, alle Vorhaben</translation>
  </message>
  <message>
   <source>Make the first one on the page “Deployments”, then a home in it.</source>
   <translation>Legen Sie das erste auf der Seite „Vorhaben“ an, dann eine Wohnung darin.</translation>
  </message>
  <message>
   <source>The figures alone</source>
   <translation>Nur die Zahlen</translation>
  </message>
  <message>
   <source>What needs attention is shown to those who coordinate the study.</source>
   <translation>Was Aufmerksamkeit braucht, sehen die, die die Studie koordinieren.</translation>
  </message>
  <message>
   <source>No device is there</source>
   <translation>Kein Gerät ist da</translation>
  </message>
  <message>
   <source>None is connected, and none sends data.</source>
   <translation>Keines ist verbunden, und keines sendet Daten.</translation>
  </message>
  <message>
   <source>Nothing needs your attention now</source>
   <translation>Gerade braucht nichts Ihre Aufmerksamkeit</translation>
  </message>
  <message>
   <source>No script runs on this server: the tile “Composer” says why.</source>
   <translation>Auf diesem Server läuft kein Skript: Die Kachel „Composer“ sagt, warum.</translation>
  </message>
  <message>
   <source>Open alerts are put off: the page “Alerts” shows them.</source>
   <translation>Offene Alarme sind zurückgestellt: Die Seite „Alarme“ zeigt sie.</translation>
  </message>
  <message>
   <source>Not every device sends data: the page “Deployments” shows which.</source>
   <translation>Nicht jedes Gerät sendet Daten: Die Seite „Vorhaben“ zeigt, welche.</translation>
  </message>
  <message>
   <source>Every device sends data; none keeps a connection.</source>
   <translation>Jedes Gerät sendet Daten; keines hält eine Verbindung.</translation>
  </message>
  <message>
   <source>All is well</source>
   <translation>Alles in Ordnung</translation>
  </message>
  <message>
   <source>Nothing needs your attention now.</source>
   <translation>Gerade braucht nichts Ihre Aufmerksamkeit.</translation>
  </message>
  <message>
   <source>of %1</source>
   <translation>von %1</translation>
  </message>
  <message numerus="yes">
   <source>%n urgent</source>
   <translation>
    <numerusform>%n dringend</numerusform>
    <numerusform>%n dringend</numerusform>
   </translation>
  </message>
  <message>
   <source>all studies</source>
   <translation>alle Vorhaben</translation>
  </message>
  <message>
   <source>slowest 1 %: %1</source>
   <translation>langsamstes 1 %: %1</translation>
  </message>
  <message>
   <source>Not known now</source>
   <translation>Gerade nicht bekannt</translation>
  </message>
  <message>
   <source>The server is not heard; what needs attention meanwhile is not known.</source>
   <translation>Vom Server ist nichts zu hören; was inzwischen Aufmerksamkeit braucht, ist nicht bekannt.</translation>
  </message>
  <message>
   <source> min</source>
   <translation> min</translation>
  </message>
  <message>
   <source> h</source>
   <translation> h</translation>
  </message>
  <message>
   <source>Pause participation</source>
   <translation>Teilnahme pausieren</translation>
  </message>
  <message>
   <source>Pause the participation of %1?</source>
   <translation>Die Teilnahme von %1 pausieren?</translation>
  </message>
  <message>
   <source>Until it is resumed, new alerts and what scripts write or ask do not reach this person. What you write does, and the devices of the home go on.</source>
   <translation>Bis sie fortgesetzt wird, erreichen neue Alarme und was Skripte schreiben oder fragen diese Person nicht. Was Sie schreiben, erreicht sie; die Geräte der Wohnung laufen weiter.</translation>
  </message>
  <message>
   <source>No device stands in it.</source>
   <translation>Darin steht kein Gerät.</translation>
  </message>
  <message numerus="yes">
   <source>%n device(s) in it stay in the home, without a room: scripts that look for this room do not find them any more.</source>
   <translation>
    <numerusform>%n Gerät darin bleibt in der Wohnung, ohne Raum: Skripte, die diesen Raum suchen, finden es nicht mehr.</numerusform>
    <numerusform>%n Geräte darin bleiben in der Wohnung, ohne Raum: Skripte, die diesen Raum suchen, finden sie nicht mehr.</numerusform>
   </translation>
  </message>
  <message>
   <source>Remove room</source>
   <translation>Raum entfernen</translation>
  </message>
  <message>
   <source>Remove the room “%1” of %2?</source>
   <translation>Den Raum „%1“ von %2 entfernen?</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Version %1; the newest is %2.</source>
   <translation>Version %1; die neueste ist %2.</translation>
  </message>
  <message>
   <source>Version %1, which is live; the newest is %2.</source>
   <translation>Version %1, die im Einsatz ist; die neueste ist %2.</translation>
  </message>
  <message>
   <source>Version %1; live is %2.</source>
   <translation>Version %1; im Einsatz ist %2.</translation>
  </message>
  <message>
   <source>Version %1; live is %2, the newest is %3.</source>
   <translation>Version %1; im Einsatz ist %2, die neueste ist %3.</translation>
  </message>
  <message numerus="yes">
   <source>It stops in %n home(s); what it remembers there is gone.</source>
   <translation>
    <numerusform>Es endet in %n Wohnung; was es sich dort gemerkt hat, ist weg.</numerusform>
    <numerusform>Es endet in %n Wohnungen; was es sich dort gemerkt hat, ist weg.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n open alert(s) are resolved.</source>
   <translation>
    <numerusform>%n offener Alarm gilt dann als erledigt.</numerusform>
    <numerusform>%n offene Alarme gelten dann als erledigt.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n question(s) without answer are taken back.</source>
   <translation>
    <numerusform>%n Frage ohne Antwort wird zurückgenommen.</numerusform>
    <numerusform>%n Fragen ohne Antwort werden zurückgenommen.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n timer(s) end.</source>
   <translation>
    <numerusform>%n Zeitgeber endet.</numerusform>
    <numerusform>%n Zeitgeber enden.</numerusform>
   </translation>
  </message>
  <message>
   <source>Its facts and runs stay stored.</source>
   <translation>Seine Tatsachen und Läufe bleiben gespeichert.</translation>
  </message>
  <message>
   <source>It runs live: until somebody lets it go on, it raises no alert and asks, sends and switches nothing.</source>
   <translation>Es ist im Einsatz: Bis es jemand fortsetzt, löst es keinen Alarm aus und fragt, sendet und schaltet nichts.</translation>
  </message>
  <message>
   <source>It runs in shadow: until somebody lets it go on, it notes nothing.</source>
   <translation>Es läuft im Schatten: Bis es jemand fortsetzt, merkt es nichts an.</translation>
  </message>
  <message>
   <source>What is measured meanwhile it is not told later; what it remembers stays.</source>
   <translation>Was inzwischen gemessen wird, erfährt es auch später nicht; was es sich gemerkt hat, bleibt.</translation>
  </message>
  <message>
   <source>Only who coordinates the study can let it go on.</source>
   <translation>Fortsetzen kann es nur, wer das Vorhaben koordiniert.</translation>
  </message>
  <message>
   <source>Pause script</source>
   <translation>Skript anhalten</translation>
  </message>
  <message numerus="yes">
   <source>Pause “%1” in %n home(s)?</source>
   <translation>
    <numerusform>„%1“ in %n Wohnung anhalten?</numerusform>
    <numerusform>„%1“ in %n Wohnungen anhalten?</numerusform>
   </translation>
  </message>
  <message>
   <source>Pause “%1”?</source>
   <translation>„%1“ anhalten?</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Compare versions…</source>
   <translation>Versionen vergleichen …</translation>
  </message>
  <message>
   <source>Put another version live…</source>
   <translation>Andere Version einsetzen …</translation>
  </message>
  <message>
   <source>Take off homes…</source>
   <translation>Aus Wohnungen nehmen …</translation>
  </message>
  <message>
   <source>Retire script…</source>
   <translation>Skript stilllegen …</translation>
  </message>
  <message>
   <source>%1: %2</source>
   <translation>%1: %2</translation>
  </message>
  <message>
   <source>Compare versions</source>
   <translation>Versionen vergleichen</translation>
  </message>
  <message>
   <source>Version</source>
   <translation>Version</translation>
  </message>
  <message>
   <source>with version</source>
   <translation>mit Version</translation>
  </message>
  <message>
   <source>Compare</source>
   <translation>Vergleichen</translation>
  </message>
  <message>
   <source>Put another version live</source>
   <translation>Andere Version einsetzen</translation>
  </message>
  <message>
   <source>“%1” runs live in version %2. The other takes its place in the same homes; what it remembers there stays, shadows stay as they are.</source>
   <translation>„%1“ ist in Version %2 im Einsatz. Die andere tritt in denselben Wohnungen an ihre Stelle; was das Skript sich dort gemerkt hat, bleibt, und Schatten bleiben, wie sie sind.</translation>
  </message>
  <message>
   <source>Put it live</source>
   <translation>Einsetzen</translation>
  </message>
  <message>
   <source>Take off homes</source>
   <translation>Aus Wohnungen nehmen</translation>
  </message>
  <message>
   <source>“%1” stays where it is checked.</source>
   <translation>„%1“ bleibt in den Wohnungen, die angehakt sind.</translation>
  </message>
  <message>
   <source>Homes</source>
   <translation>Wohnungen</translation>
  </message>
  <message>
   <source>Next…</source>
   <translation>Weiter …</translation>
  </message>
  <message>
   <source>Uncheck the homes that it is taken off.</source>
   <translation>Nehmen Sie den Haken bei den Wohnungen weg, aus denen das Skript genommen wird.</translation>
  </message>
  <message>
   <source>Take “%1” off all homes, also those that are made later?</source>
   <translation>„%1“ aus allen Wohnungen nehmen, auch aus solchen, die später angelegt werden?</translation>
  </message>
  <message>
   <source>Take “%1” off %2?</source>
   <translation>„%1“ aus %2 nehmen?</translation>
  </message>
  <message>
   <source>Take off</source>
   <translation>Herausnehmen</translation>
  </message>
  <message>
   <source>Retire script</source>
   <translation>Skript stilllegen</translation>
  </message>
  <message>
   <source>Retire “%1”?</source>
   <translation>„%1“ stilllegen?</translation>
  </message>
  <message>
   <source>The script goes from the list, and its name can be used again. This cannot be undone.</source>
   <translation>Das Skript verschwindet aus der Liste, und sein Name kann wieder verwendet werden. Das lässt sich nicht rückgängig machen.</translation>
  </message>
  <message>
   <source>All homes</source>
   <translation>Alle Wohnungen</translation>
  </message>
  <message>
   <source>taken off</source>
   <translation>herausgenommen</translation>
  </message>
  <message>
   <source>paused</source>
   <translation>angehalten</translation>
  </message>
  <message>
   <source>deployed</source>
   <translation>eingesetzt</translation>
  </message>
  <message>
   <source>Not deployed anywhere yet.</source>
   <translation>Noch nirgends eingesetzt.</translation>
  </message>
  <message>
   <source>checking…</source>
   <translation>prüfe …</translation>
  </message>
  <message>
   <source>not checked</source>
   <translation>nicht geprüft</translation>
  </message>
  <message>
   <source>No runs recorded</source>
   <translation>Keine Läufe verzeichnet</translation>
  </message>
  <message>
   <source>A run appears here when it has an effect or an error, writes a line or says why it did nothing.</source>
   <translation>Ein Lauf erscheint hier, wenn er wirkt, scheitert, eine Zeile schreibt oder sagt, warum er nichts tat.</translation>
  </message>
  <message>
   <source>Mode</source>
   <translation>Art</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Zustand</translation>
  </message>
  <message>
   <source>Details</source>
   <translation>Einzelheiten</translation>
  </message>
  <message>
   <source>Problems</source>
   <translation>Beanstandungen</translation>
  </message>
  <message>
   <source>Problems (%1)</source>
   <translation>Beanstandungen (%1)</translation>
  </message>
  <message>
   <source>accepted</source>
   <translation>angenommen</translation>
  </message>
  <message numerus="yes">
   <source>%n problem(s)</source>
   <translation>
    <numerusform>%n Beanstandung</numerusform>
    <numerusform>%n Beanstandungen</numerusform>
   </translation>
  </message>
  <message>
   <source>Save version</source>
   <translation>Version speichern</translation>
  </message>
  <message>
   <source>What changed:</source>
   <translation>Was ist anders:</translation>
  </message>
  <message>
   <source>Version %1 is saved.</source>
   <translation>Version %1 ist gespeichert.</translation>
  </message>
  <message>
   <source>Version %1 is saved, but the check refused it: it cannot be deployed.</source>
   <translation>Version %1 ist gespeichert, aber die Prüfung hat sie abgelehnt: Sie kann nicht eingesetzt werden.</translation>
  </message>
  <message>
   <source>The parameters of “%1” are changed and not applied.</source>
   <translation>Die Parameter von „%1“ sind geändert und nicht angewendet.</translation>
  </message>
  <message>
   <source>Apply to all homes</source>
   <translation>Auf alle Wohnungen anwenden</translation>
  </message>
  <message>
   <source>The script “%1” has changes that are not saved.</source>
   <translation>Das Skript „%1“ hat Änderungen, die nicht gespeichert sind.</translation>
  </message>
  <message>
   <source>Leave without saving a version? The changes are lost.</source>
   <translation>Verlassen, ohne eine Version zu speichern? Die Änderungen gehen verloren.</translation>
  </message>
  <message>
   <source>Leave without applying the parameters? The changes are lost.</source>
   <translation>Verlassen, ohne die Parameter anzuwenden? Die Änderungen gehen verloren.</translation>
  </message>
  <message>
   <source>Unsaved changes</source>
   <translation>Nicht gespeicherte Änderungen</translation>
  </message>
  <message numerus="yes">
   <source>%1, %2, %n run(s) failed: %3</source>
   <translation>
    <numerusform>%1, %2, %n Lauf misslang: %3</numerusform>
    <numerusform>%1, %2, %n Läufe misslangen: %3</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n run(s) failed in the last 24 hours; the last: %1</source>
   <translation>
    <numerusform>%n Lauf misslang in den letzten 24 Stunden: %1</numerusform>
    <numerusform>%n Läufe misslangen in den letzten 24 Stunden; der letzte: %1</numerusform>
   </translation>
  </message>
  <message>
   <source>No problems.</source>
   <translation>Keine Beanstandungen.</translation>
  </message>
  <message>
   <source>Enrolment code</source>
   <translation>Aufnahmecode</translation>
  </message>
  <message>
   <source>Code for %1</source>
   <translation>Code für %1</translation>
  </message>
  <message>
   <source>Give this code to the person, or let the picture be photographed. It is good once, and only shown now.</source>
   <translation>Geben Sie der Person diesen Code oder lassen Sie das Bild fotografieren. Er gilt einmal und wird nur jetzt gezeigt.</translation>
  </message>
  <message>
   <source>Good until %1</source>
   <translation>Gültig bis %1</translation>
  </message>
  <message>
   <source>Address of the participants’ page</source>
   <translation>Adresse der Seite für Teilnehmer</translation>
  </message>
  <message>
   <source>Device registered</source>
   <translation>Gerät angemeldet</translation>
  </message>
  <message>
   <source>Put this token into the device now: the server keeps no copy and cannot show it again.</source>
   <translation>Tragen Sie dieses Token jetzt im Gerät ein: Der Server behält keine Kopie und kann es nicht noch einmal zeigen.</translation>
  </message>
  <message>
   <source>The device posts without a token of its own.</source>
   <translation>Das Gerät sendet ohne eigenes Token.</translation>
  </message>
  <message>
   <source>Token</source>
   <translation>Token</translation>
  </message>
  <message>
   <source>Try it from a terminal</source>
   <translation>Im Terminal ausprobieren</translation>
  </message>
  <message>
   <source>Your session is over. Sign in again.</source>
   <translation>Ihre Sitzung ist zu Ende. Melden Sie sich wieder an.</translation>
  </message>
  <message>
   <source>Set up the first administrator of a new server.</source>
   <translation>Den ersten Verwalter eines neuen Servers einrichten.</translation>
  </message>
  <message>
   <source>Sign in to your server.</source>
   <translation>Melden Sie sich an Ihrem Server an.</translation>
  </message>
  <message>
   <source>Set up</source>
   <translation>Einrichten</translation>
  </message>
  <message>
   <source>Sign in</source>
   <translation>Anmelden</translation>
  </message>
  <message>
   <source>Sign in instead</source>
   <translation>Stattdessen anmelden</translation>
  </message>
  <message>
   <source>First administrator…</source>
   <translation>Erster Verwalter …</translation>
  </message>
  <message>
   <source>Fill in e-mail address and password.</source>
   <translation>Füllen Sie E-Mail-Adresse und Passwort aus.</translation>
  </message>
  <message>
   <source>New server</source>
   <translation>Neuer Server</translation>
  </message>
  <message>
   <source>This is the first contact with this server. Compare its fingerprint with the one that the server prints or that its administrator tells you:</source>
   <translation>Dies ist der erste Kontakt mit diesem Server. Vergleichen Sie seinen Fingerabdruck mit dem, den der Server ausgibt oder den sein Verwalter Ihnen nennt:</translation>
  </message>
  <message>
   <source>It is the same</source>
   <translation>Er ist derselbe</translation>
  </message>
  <message>
   <source>Do not connect</source>
   <translation>Nicht verbinden</translation>
  </message>
  <message>
   <source>Stopped: the server shows another certificate than before. Somebody may be in between, or the server was set up anew; ask its administrator.
Known: %1…
Shown: %2…</source>
   <translation>Angehalten: Der Server zeigt ein anderes Zertifikat als bisher. Jemand kann dazwischen sein, oder der Server wurde neu eingerichtet; fragen Sie seinen Verwalter.
Bekannt: %1 …
Gezeigt: %2 …</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>Copied</source>
   <translation>Kopiert</translation>
  </message>
  <message>
   <source>QR code</source>
   <translation>QR-Code</translation>
  </message>
  <message>
   <source>Discard</source>
   <translation>Verwerfen</translation>
  </message>
  <message>
   <source>Stay</source>
   <translation>Bleiben</translation>
  </message>
  <message>
   <source>There is a newer version</source>
   <translation>Es gibt eine neuere Version</translation>
  </message>
  <message>
   <source>“%1” has version %2 by now; what is written here came from version %3. It is not saved.</source>
   <translation>„%1“ hat inzwischen Version %2; der Text hier kam aus Version %3. Er ist nicht gespeichert.</translation>
  </message>
  <message>
   <source>Saved on top, the text here is the newest, without what came since.</source>
   <translation>Darüber gespeichert, ist der Text hier der neueste, ohne das, was seither kam.</translation>
  </message>
  <message>
   <source>Show what came since</source>
   <translation>Zeigen, was seither kam</translation>
  </message>
  <message>
   <source>Save on top</source>
   <translation>Darüber speichern</translation>
  </message>
  <message>
   <source>Keep editing</source>
   <translation>Weiter bearbeiten</translation>
  </message>
  <message>
   <source>Take care of it</source>
   <translation>Übernehmen</translation>
  </message>
  <message>
   <source>Snooze</source>
   <translation>Zurückstellen</translation>
  </message>
  <message>
   <source>Resolve</source>
   <translation>Erledigen</translation>
  </message>
  <message>
   <source>What happened</source>
   <translation>Was geschah</translation>
  </message>
  <message>
   <source>Add a note</source>
   <translation>Notiz hinzufügen</translation>
  </message>
  <message>
   <source>Open the home</source>
   <translation>Wohnung öffnen</translation>
  </message>
  <message>
   <source>Choose an alert to see why it came and what can be done.</source>
   <translation>Wählen Sie einen Alarm, um zu sehen, warum er kam und was zu tun ist.</translation>
  </message>
  <message>
   <source>Load again</source>
   <translation>Neu laden</translation>
  </message>
  <message>
   <source>Resume</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <source>Edit</source>
   <translation>Bearbeiten</translation>
  </message>
  <message>
   <source>New script…</source>
   <translation>Neues Skript …</translation>
  </message>
  <message>
   <source>From the library…</source>
   <translation>Aus der Bibliothek …</translation>
  </message>
  <message>
   <source>Choices, separated by semicolons</source>
   <translation>Antworten, getrennt durch Semikolon</translation>
  </message>
  <message>
   <source>Deploy</source>
   <translation>Einsetzen</translation>
  </message>
  <message>
   <source>Live: its effects happen</source>
   <translation>Im Einsatz: Die Wirkungen geschehen</translation>
  </message>
  <message>
   <source>Shadow: its effects are only recorded</source>
   <translation>Schatten: Die Wirkungen werden nur verzeichnet</translation>
  </message>
  <message>
   <source>All homes, also those that come later</source>
   <translation>Alle Wohnungen, auch spätere</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>New deployment</source>
   <translation>Neues Vorhaben</translation>
  </message>
  <message>
   <source>&amp;Name</source>
   <translation>&amp;Name</translation>
  </message>
  <message>
   <source>Time &amp;zone</source>
   <translation>Zeit&amp;zone</translation>
  </message>
  <message>
   <source>&amp;Language of its people</source>
   <translation>&amp;Sprache der Menschen</translation>
  </message>
  <message>
   <source>Create</source>
   <translation>Anlegen</translation>
  </message>
  <message>
   <source>New deployment…</source>
   <translation>Vorhaben …</translation>
  </message>
  <message>
   <source>New home…</source>
   <translation>Wohnung …</translation>
  </message>
  <message>
   <source>Enrol a person…</source>
   <translation>Person aufnehmen …</translation>
  </message>
  <message>
   <source>Register a device…</source>
   <translation>Gerät anmelden …</translation>
  </message>
  <message>
   <source>Search homes, people, devices</source>
   <translation>Wohnungen, Menschen, Geräte suchen</translation>
  </message>
  <message>
   <source>Open home</source>
   <translation>Wohnung öffnen</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>Ändern</translation>
  </message>
  <message>
   <source>New code…</source>
   <translation>Neuer Code …</translation>
  </message>
  <message>
   <source>New token…</source>
   <translation>Neues Token …</translation>
  </message>
  <message>
   <source>Register a device</source>
   <translation>Gerät anmelden</translation>
  </message>
  <message>
   <source>&amp;Home</source>
   <translation>&amp;Wohnung</translation>
  </message>
  <message>
   <source>&amp;Identifier</source>
   <translation>&amp;Kennung</translation>
  </message>
  <message>
   <source>for example kitchen-motion-1</source>
   <translation>zum Beispiel kueche-bewegung-1</translation>
  </message>
  <message>
   <source>&amp;Type</source>
   <translation>&amp;Typ</translation>
  </message>
  <message>
   <source>&amp;Use</source>
   <translation>&amp;Verwendung</translation>
  </message>
  <message>
   <source>&amp;Room</source>
   <translation>&amp;Raum</translation>
  </message>
  <message>
   <source>&amp;Gateway</source>
   <translation>&amp;Gateway</translation>
  </message>
  <message>
   <source>Its identifier, when one speaks for the device</source>
   <translation>Seine Kennung, wenn eines für das Gerät spricht</translation>
  </message>
  <message>
   <source>&amp;Description</source>
   <translation>&amp;Beschreibung</translation>
  </message>
  <message>
   <source>Make a token for it</source>
   <translation>Ein Token dafür anlegen</translation>
  </message>
  <message>
   <source>Register</source>
   <translation>Anmelden</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Speichern</translation>
  </message>
  <message>
   <source>Live</source>
   <translation>Live</translation>
  </message>
  <message>
   <source>Earlier</source>
   <translation>Früher</translation>
  </message>
  <message>
   <source>Later</source>
   <translation>Später</translation>
  </message>
  <message>
   <source>Streams</source>
   <translation>Messreihen</translation>
  </message>
  <message>
   <source>Commands</source>
   <translation>Befehle</translation>
  </message>
  <message>
   <source>Take back</source>
   <translation>Zurücknehmen</translation>
  </message>
  <message>
   <source>Ends the chosen command. What went out already may still be done.</source>
   <translation>Beendet den gewählten Befehl. Was schon gesendet ist, wird vielleicht noch ausgeführt.</translation>
  </message>
  <message>
   <source>New home</source>
   <translation>Neue Wohnung</translation>
  </message>
  <message>
   <source>&amp;Clock</source>
   <translation>&amp;Uhr</translation>
  </message>
  <message>
   <source>&amp;Rooms</source>
   <translation>&amp;Räume</translation>
  </message>
  <message>
   <source>Show alert</source>
   <translation>Alarm zeigen</translation>
  </message>
  <message>
   <source>Data</source>
   <translation>Daten</translation>
  </message>
  <message>
   <source>Devices and commands</source>
   <translation>Geräte und Befehle</translation>
  </message>
  <message>
   <source>Timeline</source>
   <translation>Verlauf</translation>
  </message>
  <message>
   <source>People and messages</source>
   <translation>Menschen und Nachrichten</translation>
  </message>
  <message>
   <source>Install from the library</source>
   <translation>Aus der Bibliothek einrichten</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>About this script</source>
   <translation>Über dieses Skript</translation>
  </message>
  <message>
   <source>Install</source>
   <translation>Einrichten</translation>
  </message>
  <message>
   <source>Cohort</source>
   <translation>Cohort</translation>
  </message>
  <message>
   <source>The deployment that is looked at</source>
   <translation>Das Vorhaben, das gezeigt wird</translation>
  </message>
  <message>
   <source>Change password…</source>
   <translation>Passwort ändern …</translation>
  </message>
  <message>
   <source>New operator</source>
   <translation>Neuer Bediener</translation>
  </message>
  <message>
   <source>&amp;E-mail</source>
   <translation>&amp;E-Mail</translation>
  </message>
  <message>
   <source>First &amp;password</source>
   <translation>Erstes &amp;Passwort</translation>
  </message>
  <message>
   <source>&amp;Role</source>
   <translation>&amp;Rolle</translation>
  </message>
  <message>
   <source>&amp;Where</source>
   <translation>&amp;Wo</translation>
  </message>
  <message>
   <source>Edit…</source>
   <translation>Bearbeiten …</translation>
  </message>
  <message>
   <source>New operator…</source>
   <translation>Neuer Bediener …</translation>
  </message>
  <message>
   <source>Needs attention</source>
   <translation>Braucht Aufmerksamkeit</translation>
  </message>
  <message>
   <source>Enrol a person</source>
   <translation>Person aufnehmen</translation>
  </message>
  <message>
   <source>The person gets a code, and with it chooses a password on the participants’ page.</source>
   <translation>Die Person bekommt einen Code und wählt damit auf der Seite für Teilnehmer ein Passwort.</translation>
  </message>
  <message>
   <source>&amp;Language</source>
   <translation>&amp;Sprache</translation>
  </message>
  <message>
   <source>&amp;Phone</source>
   <translation>&amp;Telefon</translation>
  </message>
  <message>
   <source>Create code</source>
   <translation>Code anlegen</translation>
  </message>
  <message>
   <source>Rooms</source>
   <translation>Räume</translation>
  </message>
  <message>
   <source>New room…</source>
   <translation>Neuer Raum …</translation>
  </message>
  <message>
   <source>Remove…</source>
   <translation>Entfernen …</translation>
  </message>
  <message>
   <source>Save version…</source>
   <translation>Version speichern …</translation>
  </message>
  <message>
   <source>Deploy…</source>
   <translation>Einsetzen …</translation>
  </message>
  <message>
   <source>More</source>
   <translation>Mehr</translation>
  </message>
  <message>
   <source>Runs</source>
   <translation>Läufe</translation>
  </message>
  <message>
   <source>Choose a run to see its effects, log and error.</source>
   <translation>Wählen Sie einen Lauf, um Wirkungen, Protokoll und Fehler zu sehen.</translation>
  </message>
  <message>
   <source>Parameters</source>
   <translation>Parameter</translation>
  </message>
  <message>
   <source>Versions</source>
   <translation>Versionen</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>&amp;Server</source>
   <translation>&amp;Server</translation>
  </message>
  <message>
   <source>https://cohort.example.org:8460</source>
   <translation>https://cohort.example.org:8460</translation>
  </message>
  <message>
   <source>One-time &amp;code</source>
   <translation>Einmaliger &amp;Code</translation>
  </message>
  <message>
   <source>Printed by the server at its first start</source>
   <translation>Vom Server beim ersten Start ausgegeben</translation>
  </message>
  <message>
   <source>Your &amp;name</source>
   <translation>Ihr &amp;Name</translation>
  </message>
  <message>
   <source>&amp;Password</source>
   <translation>&amp;Passwort</translation>
  </message>
  <message>
   <source>This connection is not encrypted: others in the network can read along.</source>
   <translation>Diese Verbindung ist nicht verschlüsselt: Andere im Netz können mitlesen.</translation>
  </message>
 </context>
</TS>
