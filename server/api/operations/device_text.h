// What the database cannot say of devices: a type's name.
// Thread: pure functions. Owner: nobody. Flow: views → here → answers and notifications.
#pragma once

#include <QJsonObject>

namespace cohort::api {

QJsonObject withTypeName(QJsonObject device);
QJsonObject withTypeNames(QJsonObject page);

} // namespace cohort::api
