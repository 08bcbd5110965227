// A script's form: which values its parameters may be given.
// Thread: pure functions. Owner: nobody. Flow: script.setParameters, library.install → here; composer → here, for the
// values that a run sees. Source: composer.md, "Life of a script".
#pragma once

#include "shared/base/result.h"
#include "shared/model/script.h"

namespace cohort::model {

using ParameterForm = QMap<QString, ScriptParameter>; // by the parameter's name

// What the value must be instead ("at least 1", "one of low, high"); empty where it may be given.
QString wantedInstead(const ScriptParameter& field, const QJsonValue& value);

// Whether all of these values may be set. Errors: WrongValue, naming the parameter and what it may be.
Result<void> checkForm(const ParameterForm& form, const QJsonObject& values);

// The parameters that have not the same value in both, or are in one only, by name; 20 and 20.0 are the same.
QStringList differingNames(const QJsonObject& one, const QJsonObject& other);

} // namespace cohort::model
