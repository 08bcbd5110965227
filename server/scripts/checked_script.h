// What a check of a script found, and a script of the library, as the api has them.
// Thread: values. Owner: whoever holds them. Flow: ScriptChecker, ScriptLibrary → here → api (answers, script_version).
#pragma once

#include "shared/model/script.h"

namespace cohort::scripts {

struct CheckAnswer;

struct CheckedScript
{
    model::CheckResult found;
    QJsonObject manifest; // engine::Manifest as it is stored; empty: the check refused the script
};

// A manifest whose form nobody could read is a fault of the script.
CheckedScript checkedScript(const CheckAnswer& answer);

struct ShippedScript
{
    QString name; // of its folder
    QString page; // Markdown; empty: it has none
    QString source;
    QMap<QString, QString> helpers; // module name → source: the other .py files beside script.py
    CheckedScript checked;          // accepted
};

} // namespace cohort::scripts
