#include "console/models/study_news.h"

#include "console/net/typed_call.h"
#include "shared/protocol/notification.h"

#include <chrono>
#include <utility>

namespace cohort::console {

using namespace std::chrono_literals;

StudyNews::StudyNews(Workspace& workspace, QObject* parent) : QObject(parent), m_workspace(workspace)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(500ms);
    connect(&m_settle, &QTimer::timeout, this, [this] {
        m_workspace.reloadDeployments();
        Q_EMIT m_workspace.studyChanged();
    });
    connect(&workspace, &Workspace::deploymentChanged, this, &StudyNews::follow);
    connect(&workspace, &Workspace::left, this, &StudyNews::follow);
}

StudyNews::~StudyNews() = default;

void StudyNews::follow()
{
    m_changes.reset();
    m_settle.stop();
    m_stands = false;
    const DeploymentId study = m_workspace.deployment();
    if (!study)
        return;
    const auto changed = [this] {
        if (!m_settle.isActive())
            m_settle.start();
    };
    m_changes = subscribe<protocol::ConfigurationChanged>(m_workspace.client(), filterBy(study), this,
                                                          [changed](const auto&) { changed(); });
    connect(m_changes.get(), &Subscription::reloadNeeded, this, [this, changed] {
        if (std::exchange(m_stands, true)) // what there was before it stood is loaded by who shows it
            changed();
    });
}

} // namespace cohort::console
