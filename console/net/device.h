// Commands as alerts tell them.
// Thread: values. Owner: Alert. Flow: alert.* → here → models.
#pragma once

#include "console/net/typed_call.h"
#include "shared/base/ids.h"

#include <QVariant>

namespace cohort::console {

struct CommandParameter
{
    QString name;
    int index = 0;
    QVariant value; // double or QString

    static CommandParameter fromJson(const QJsonObject& object);
};

struct Command
{
    CommandId id;
    DeviceId device;
    LocationId location;
    QString deviceKey, state, requestedBy;
    int result = -1; // as the device answered; -1: nothing
    QList<CommandParameter> parameters;
    QDateTime createdAt, expiresAt, sentAt, receivedAt, finishedAt;

    static Command fromJson(const QJsonObject& object);
    bool isFinished() const { return finishedAt.isValid(); }
};

} // namespace cohort::console
