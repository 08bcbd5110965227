// What the handlers of scripts share: one script's answer, check and save, form checks.
// Thread: an executor thread. Owner: nobody. Flow: script.*, library.* → here → store.
#pragma once

#include "server/api/dispatch/call.h"

namespace cohort::api {

// A script as script.list shows it.
Result<QJsonObject> scriptAnswer(Call& call, ScriptId script);
// Checks a source (blocks up to 5 s) with its helpers. Errors: SandboxUnsafe, Timeout, WrongValue (helper's size).
Result<ScriptCheck> checkSource(Call& call, const QString& source, const QJsonObject& helpers);

struct NewVersion
{
    ScriptId script;
    int base = 0;
    QString source;
    QJsonObject helpers;
    QString comment;
};
// Checks it and stores it, refused or not; inside a transaction. The value: {id, number, accepted, faults}.
Result<QJsonObject> saveVersion(Call& call, const NewVersion& version);
Result<QJsonObject> saveChecked(Call& call, const NewVersion& version, const ScriptCheck& checked);
// Whether the values fit the manifest's form. Errors: WrongValue, naming the parameter.
Result<void> checkForm(const QJsonObject& manifest, const QJsonObject& values);
// The roles that may change what runs live. Errors: AccessDenied.
Result<void> requireLiveRight(const Call& call);
// Tells the console and composer that this script changed.
void noteScript(Call& call, ScriptId script);

} // namespace cohort::api
