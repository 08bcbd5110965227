// Decides which effects of a run are carried out: the worker's answer is not trusted, whatever the check said before.
// Thread: pure functions. Owner: nobody. Flow: RunResult → decide() → commit.
// Source: composer.md, "The sandbox", 5.
#pragma once

#include "server/engine/model.h"

#include <QJsonObject>
#include <QStringList>

#include <vector>

namespace cohort::composer {

struct Decided
{
    engine::EffectKind kind = engine::EffectKind::SetFact;
    QJsonObject payload;   // empty when it could not be read
    QString refused;       // why it is not carried out; empty: it is
    QStringList leftOut{}; // what of it is not, and why: an alert's actions that their device's type does not allow
};

// The effects in their order, each checked against what the script said it does (`reads`, `controls`, `notifies`) and
// against the home's own devices.
std::vector<Decided> decide(const std::vector<engine::Effect>& effects, const engine::Manifest& manifest,
                            const engine::HomeInfo& home);
// A run's log, with what was left out of its effects.
std::vector<std::string> withLeftOut(std::vector<std::string> log, const std::vector<Decided>& effects);
// Turns a result that breaks a limit (effects, state, log, texts that cannot be stored) into one that says so.
void enforceLimits(engine::RunResult& result);
// Text that the database can hold, at most `longest` characters.
QString storable(const std::string& text, qsizetype longest);

} // namespace cohort::composer
