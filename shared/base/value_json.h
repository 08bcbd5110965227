// A value in JSON and back, with every digit of an integer. Thread: pure functions. Owner: nobody.
// Flow: Value ⇄ here ⇄ answers, Composer's state.
#pragma once

#include "shared/base/value.h"

#include <QJsonValue>

namespace cohort {

// A number, a text, or null for none.
QJsonValue valueJson(const Value& value);
// A boolean is 1 or 0, null is none. Nothing: it is a list or an object.
std::optional<Value> valueOfJson(const QJsonValue& json);

} // namespace cohort
