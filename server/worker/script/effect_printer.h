// Prints effects, oldest first, as text or as a JSON object a line; and keeps which alerts are open.
// Thread: the owner's. Owner: Runner. Flow: run + its effects → lines → standard output.
// Source: composer.md, "Limits": an alert that is open is not raised again.
#pragma once

#include "server/engine/instance.h"

#include <QSet>
#include <QString>
#include <QTimeZone>

class QTextStream;

namespace cohort::worker {

class EffectPrinter
{
public:
    EffectPrinter(QTextStream& out, const engine::HomeInfo& home, bool json);

    // An alert that is open already, and resolving or cancelling what is not there, change nothing and are not printed.
    // `timers`: those that ran before this run. A line of JSON: time (home.now, with the home's offset), kind, the
    // payload's members, handler; a fact's own time, where it has one, is fact_time.
    void print(const engine::Run& run, const std::string& handler, const engine::Effect& effect,
               const std::vector<engine::Timer>& timers);
    // ISO 8601 with the home's offset; milliseconds only where there are some.
    QString timeOf(Timestamp time) const;

private:
    bool changesSomething(engine::EffectKind kind, const QString& key, const std::vector<engine::Timer>& timers);

    QTextStream& m_out;
    QTimeZone m_zone;
    QSet<QString> m_open; // keys of alerts
    bool m_json;
};

} // namespace cohort::worker
