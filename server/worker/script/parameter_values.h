// The parameters of a script from its manifest's form and what `--parameter name=value` gave.
// Thread: pure function. Owner: nobody. Flow: manifest + options → JSON → SetInstance.
// Source: composer.md, "A script".
#pragma once

#include "shared/base/result.h"

#include <QStringList>

#include <string>

namespace cohort::worker {

// `form` is Manifest::parameters; `given` are texts name=value. Every parameter of the form, defaults filled
// in, as JSON. Errors: WrongValue (unknown name, no '=', a value of another type or out of range).
Result<std::string> parameterValues(const std::string& form, const QStringList& given);

} // namespace cohort::worker
