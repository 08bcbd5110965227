// Effects that other people or devices notice, as actions records them.
// Thread: the connection's, inside the commit's transaction. Owner: CommitWriter. Flow: decided effect → actions::… →
// what became of it. Source: composer.md, "home": effects.
#pragma once

#include "server/actions/actions.h"
#include "server/bus/bus.h"
#include "server/composer/commit/effects.h"
#include "server/composer/instances/instance_entry.h"

namespace cohort::composer {

// Whose effect it is.
struct EffectSource
{
    const InstanceEntry& entry;
    RunId run;
    EffectId effect;
    Timestamp at;
};

struct Carried
{
    QString refused;                  // why nothing was recorded; empty: it was, or it is not for actions
    QString heldBack;                 // why it did not reach somebody, where the reason is a budget
    std::vector<bus::Notice> notices; // for after the commit
};

// Records an alert, message, question or command. Errors: those of Connection; a refusal is no error.
Result<Carried> carryOut(store::Connection& connection, const EffectSource& source, const Decided& effect);
// Tells the coordinators that a script was paused in a home.
Result<Carried> raisePausedAlert(store::Connection& connection, const InstanceEntry& entry, Timestamp at);
// Tells the coordinators that a script sends more than its budgets in a home allow: once, and at most once an hour.
Result<Carried> raiseHeldBackAlert(store::Connection& connection, const InstanceEntry& entry, Timestamp at,
                                   const QString& why);

} // namespace cohort::composer
