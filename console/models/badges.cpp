#include "console/models/badges.h"

#include "console/net/typed_call.h"
#include "shared/base/when_done.h"
#include "shared/protocol/notification.h"
#include "shared/protocol/operations/server.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace cohort::console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Badges::Badges(Workspace& workspace, QObject* parent) : QObject(parent), m_workspace(workspace)
{
    m_again.setInterval(10s);
    connect(&m_again, &QTimer::timeout, this, &Badges::look);
    m_soon.setSingleShot(true);
    m_soon.setInterval(500ms);
    connect(&m_soon, &QTimer::timeout, this, &Badges::look);
    connect(&workspace, &Workspace::deploymentChanged, this, [this] {
        if (!m_again.isActive())
            return;
        listen();
        look();
    });
}

void Badges::start()
{
    m_again.start();
    listen();
    look();
}

void Badges::listen()
{
    m_alerts.reset();
    m_messages.reset();
    const DeploymentId study = m_workspace.deployment();
    if (!study)
        return;
    const auto soon = [this](const auto&) { m_soon.start(); };
    m_alerts = subscribe<protocol::AlertChanged>(m_workspace.client(), filterBy(study), this, soon);
    if (m_workspace.mayCoordinate())
        m_messages = subscribe<protocol::MessageChanged>(m_workspace.client(), filterBy(study), this, soon);
}

void Badges::stop()
{
    m_again.stop();
    m_soon.stop();
    m_alerts.reset();
    m_messages.reset();
    ++m_round;
    m_asking = m_askAgain = false;
    m_counts.clear();
    m_fault.clear();
    Q_EMIT changed();
}

void Badges::look()
{
    if (!m_again.isActive() || m_workspace.client().state() != LinkState::Online)
        return;
    if (m_asking) {
        m_askAgain = true;
        return;
    }
    m_asking = true;
    const DeploymentId asked = m_workspace.deployment();
    const protocol::OverviewGet wanted{asked ? std::optional(asked) : std::nullopt};
    whenDone(this, call(m_workspace.client(), wanted), [this, asked, round = m_round](const auto& answer) {
        if (round != m_round)
            return;
        m_asking = false;
        if (m_again.isActive() && asked == m_workspace.deployment())
            answer ? put(*answer) : forget(answer.error());
        if (std::exchange(m_askAgain, false))
            look();
    });
}

void Badges::forget(const Error& error)
{
    if (error.code != ErrorCode::CannotParse)
        return; // the connection says what became of it, and what was counted stands with its state
    if (std::exchange(m_fault, error.detail) != error.detail)
        Q_EMIT m_workspace.failed(error);
    if (m_counts.isEmpty())
        return;
    m_counts.clear();
    Q_EMIT changed();
}

void Badges::put(const model::Overview& overview)
{
    m_fault.clear();
    if (m_workspace.deployments().isEmpty() && overview.figures.deployments > 0)
        m_workspace.reloadDeployments(); // the first was made elsewhere: no topic tells of it
    const auto scripts =
        std::count_if(overview.attention.begin(), overview.attention.end(), [](const model::Attention& one) {
            return one.kind == model::AttentionKind::ScriptError || one.kind == model::AttentionKind::ScriptPaused;
        });
    const QMap<QString, int> counts{{u"overview"_s, static_cast<int>(overview.attention.size())},
                                    {u"alerts"_s, overview.figures.openAlerts},
                                    {u"messages"_s, overview.figures.unreadMessages},
                                    {u"composer"_s, static_cast<int>(scripts)}};
    if (counts == m_counts)
        return;
    m_counts = counts;
    Q_EMIT changed();
}

} // namespace cohort::console
