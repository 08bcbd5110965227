// What the types of a home's devices let an effect do, as the server decides it: a command that they do not allow is refused,
// an alert is raised without such an action. Thread: pure function. Owner: nobody. Flow: effect of a run → here → EffectPrinter.
// Source: device-protocol.md, "The channel for commands".
#pragma once

#include "server/engine/model.h"

#include <QStringList>

namespace cohort::worker {

struct TypeChecked
{
    engine::Effect effect; // as the server carries it out
    bool isRefused = false;
    QStringList why; // for people: a sentence for each thing that is not done
};
// A device without a type may be told anything.
TypeChecked checkedByType(const engine::Effect& effect, const engine::HomeInfo& home);

} // namespace cohort::worker
