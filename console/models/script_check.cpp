#include "console/models/script_check.h"

#include "shared/base/when_done.h"
#include "shared/protocol/operations/script.h"

#include <chrono>

namespace cohort::console {

using namespace std::chrono_literals;

ScriptCheck::ScriptCheck(Workspace& workspace, QObject* parent) : QObject(parent), m_workspace(workspace)
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
    const auto asked = call(m_workspace.client(), protocol::ScriptCheck{m_source, {}});
    whenDone(this, asked, [this, generation](const Result<model::CheckResult>& answer) {
        if (generation != m_generation)
            return;
        if (answer)
            Q_EMIT checked(*answer);
        else
            Q_EMIT failed(answer.error());
    });
}

} // namespace cohort::console
