// Gathers effects and prints them, oldest first, as text or as a JSON object a line; keeps which alerts are
// open. Thread: the owner's. Owner: ScriptRunner. Flow: run + its effects → lines → standard output. Source:
// composer.md, "Limits": an alert that is open is not raised again.
#pragma once

#include "server/engine/instance.h"

#include <QJsonObject>
#include <QSet>
#include <QString>
#include <QTimeZone>

#include <vector>

class QTextStream;

namespace cohort::worker {

class EffectPrinter
{
public:
    EffectPrinter(const engine::HomeInfo& home, bool json);

    // An alert that is open already, and resolving or cancelling what is not there, change nothing and are
    // left out. `timers`: those that ran before this run. A line of JSON: time (with the home's offset),
    // kind, the payload's members, handler. The time is home.now, but of a fact since when it is so; `set_at`
    // is home.now then.
    void print(const engine::Run& run, const std::string& handler, const engine::Effect& effect,
               const std::vector<engine::Timer>& timers);
    // Everything taken, by time; at one time in the order it came.
    void print(QTextStream& out);
    // ISO 8601 with the home's offset; milliseconds only where there are some.
    QString timeOf(Timestamp time) const;

private:
    bool changesSomething(engine::EffectKind kind, const QString& key, const std::vector<engine::Timer>& timers);

    struct Line
    {
        Timestamp time;
        QString text;
    };
    QString jsonLine(Timestamp time, const engine::Run& run, const QString& kind, const QString& handler,
                     QJsonObject payload) const;

    std::vector<Line> m_lines;
    QTimeZone m_zone;
    QSet<QString> m_open; // keys of alerts
    bool m_json;
};

} // namespace cohort::worker
