// A script's parameters: what its form allows, and the values that a run sees.
// Thread: pure functions. Owner: nobody. Flow: manifest + values of all homes + values of one home → home.parameters.
// Source: composer.md, "Life of a script".
#pragma once

#include "server/engine/model.h"
#include "shared/base/result.h"

#include <QJsonObject>

#include <string>

namespace cohort::composer {

// Every parameter of the manifest: its default, else the value for all homes, else the home's own. What the manifest
// does not know, or does not allow any more, is left out.
QJsonObject mergedParameters(const engine::Manifest& manifest, const QJsonObject& allHomes, const QJsonObject& home);

// Whether a form's values may be set. Errors: WrongValue, naming the parameter and what it may be.
Result<void> checkParameters(const engine::Manifest& manifest, const QJsonObject& values);

} // namespace cohort::composer
