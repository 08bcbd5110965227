// What the participants' page says, in the shipped languages.
"use strict";

const TEXTS = {
  en: {
    language: "Language", signOut: "Sign out", offline: "No connection. Trying again …",
    enrolTitle: "Welcome", enrolHelp: "Type the code from your letter and choose a name and a password.",
    code: "Code", username: "Name to sign in with", newPassword: "New password (at least 8 characters)", enrol: "Begin",
    haveAccount: "I have a name and a password already", signInTitle: "Sign in", password: "Password", signIn: "Sign in",
    haveCode: "I have a code", nothing: "Nothing to do.", nothingMore: "New messages appear here by themselves.",
    writeLabel: "Write to the people who look after this programme", send: "Send", sent: "Sent.",
    takeCare: "I take care of it", dismiss: "It is fine, close this", answer: "Answer", yes: "Yes", no: "No",
    you: "You", them: "Your programme", answered: "Your answer:", takenCareOf: "Somebody takes care of it.",
    problem: "That did not work:", again: "Please try again.", urgent: "Urgent", openAlert: "Please look",
    resolved: "This is over.", commandIs: "Your instruction:",
    states: {queued: "waiting for the device …", sent: "sent to the device …", received: "the device has it …",
             executed: "done", failed: "the device could not do it", expired: "not confirmed: the device did not answer",
             cancelled: "cancelled"},
  },
  de: {
    language: "Sprache", signOut: "Abmelden", offline: "Keine Verbindung. Neuer Versuch läuft …",
    enrolTitle: "Willkommen", enrolHelp: "Geben Sie den Code aus Ihrem Brief ein und wählen Sie einen Namen und ein Passwort.",
    code: "Code", username: "Name zum Anmelden", newPassword: "Neues Passwort (mindestens 8 Zeichen)", enrol: "Beginnen",
    haveAccount: "Ich habe schon einen Namen und ein Passwort", signInTitle: "Anmelden", password: "Passwort", signIn: "Anmelden",
    haveCode: "Ich habe einen Code", nothing: "Nichts zu tun.", nothingMore: "Neue Nachrichten erscheinen hier von selbst.",
    writeLabel: "Schreiben Sie den Menschen, die dieses Programm betreuen", send: "Senden", sent: "Gesendet.",
    takeCare: "Ich kümmere mich darum", dismiss: "Alles in Ordnung, schließen", answer: "Antworten", yes: "Ja", no: "Nein",
    you: "Sie", them: "Ihr Programm", answered: "Ihre Antwort:", takenCareOf: "Jemand kümmert sich darum.",
    problem: "Das hat nicht geklappt:", again: "Bitte versuchen Sie es noch einmal.", urgent: "Dringend", openAlert: "Bitte ansehen",
    resolved: "Das ist erledigt.", commandIs: "Ihre Anweisung:",
    states: {queued: "wartet auf das Gerät …", sent: "an das Gerät gesendet …", received: "das Gerät hat sie …",
             executed: "ausgeführt", failed: "das Gerät konnte es nicht", expired: "nicht bestätigt: das Gerät hat nicht geantwortet",
             cancelled: "abgebrochen"},
  },
};
