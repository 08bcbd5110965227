// The values of a script's parameters that a run sees.
// Thread: pure functions. Owner: nobody. Flow: manifest + values of all homes + values of one home → home.parameters.
// Source: composer.md, "Life of a script".
#pragma once

#include "server/engine/model.h"

#include <QJsonObject>

namespace cohort::composer {

// Every parameter of the manifest: its default, else the value for all homes, else the home's own. What the manifest
// does not know, or does not allow any more, is left out.
QJsonObject mergedParameters(const engine::Manifest& manifest, const QJsonObject& allHomes, const QJsonObject& home);

} // namespace cohort::composer
