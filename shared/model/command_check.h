// Whether a command may set what it wants to set, by the table of device types; the same for console, API, page, scripts and
// the actions of alerts.
// Thread: any. Owner: nobody. Flow: whoever wants a command → here → what goes to the device.
// Source: device-protocol.md, "The channel for commands".
#pragma once

#include "shared/base/result.h"
#include "shared/model/device_types.h"

#include <QJsonArray>

namespace cohort::model {

// The parameters as the device is to get them: [{"name","index","value"}], on and off as 1 and 0 (as a text where a text
// came), numbers within their range, choices as they are written in the table. A device of type 0, or of one that is not in
// the table, takes any plain value. An index is judged as an upload's is. Errors: WrongValue, which says what is allowed.
Result<QJsonArray> checkedCommand(int deviceType, const QJsonArray& parameters);

// "on or off (1 or 0)", "a number from 0 to 100 %", "one of low, high".
QString allowedText(const TypeParameter& parameter);

} // namespace cohort::model
