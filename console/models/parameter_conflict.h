// A script's parameters, which somebody else has set since they were read: both values of each, in words.
// Thread: GUI. Owner: ScriptPage. Flow: conflict → here → confirm_parameters' question.
#pragma once

#include <QJsonObject>
#include <QStringList>

namespace cohort::console {

// One line a parameter that was set there and is another here, by name: "Patience: yours 20, there now 30".
QStringList bothValues(const QJsonObject& mine, const QJsonObject& there);

// "how_long" reads "How long".
QString readableName(QString name);

} // namespace cohort::console
