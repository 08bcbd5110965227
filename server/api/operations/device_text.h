// What the database cannot say of devices and commands: a type's name, a state in plain words.
// Thread: pure functions. Owner: nobody. Flow: views → here → answers and notifications.
#pragma once

#include <QJsonObject>

namespace cohort::api {

QJsonObject withTypeName(QJsonObject device);
QJsonObject withTypeNames(QJsonObject page);
QJsonObject withStateText(QJsonObject command);
QJsonObject withStateTexts(QJsonObject page);

} // namespace cohort::api
