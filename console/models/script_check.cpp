#include "console/models/script_check.h"

#include "shared/base/when_done.h"

#include <chrono>

namespace cohort::console {

using namespace std::chrono_literals;

ScriptCheck::ScriptCheck(RpcClient& client, QObject* parent) : QObject(parent), m_client(client)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(600ms);
    connect(&m_settle, &QTimer::timeout, this, &ScriptCheck::checkNow);
}

void ScriptCheck::setSource(const QString& source)
{
    m_source = source;
    ++m_generation; // what is under way belongs to the text before
    m_settle.start();
}

void ScriptCheck::checkNow()
{
    m_settle.stop();
    const int generation = ++m_generation;
    Q_EMIT started();
    whenDone(this, scripts::check(m_client, m_source), [this, generation](const Result<CheckResult>& answer) {
        if (generation != m_generation)
            return;
        if (answer)
            Q_EMIT checked(*answer);
        else
            Q_EMIT failed(answer.error());
    });
}

} // namespace cohort::console
