// What can be done with a deployment, a home, a person or a device that is there: edit, take off, retire.
// Thread: GUI. Owner: DeploymentsPage. Flow: chosen node → actions → dialogs, questions → changed….
#pragma once

#include "console/models/community_tree.h"
#include "console/models/upkeep.h"
#include "console/pages/notice_bar.h"

#include <QMenu>

#include <functional>

namespace cohort::console {

class ObjectMenu : public QMenu
{
    Q_OBJECT
public:
    // Dialogs open over `page`.
    ObjectMenu(Workspace& workspace, NoticeBar* notices, QWidget* page);

    // Offers what this operator may do with what stands there; false: nothing.
    bool offer(const CommunityTree& tree, const QModelIndex& index);

Q_SIGNALS:
    void deploymentsChanged();
    void homesChanged(cohort::DeploymentId deployment);
    void homeChanged(cohort::LocationId home);

private:
    void add(const char* name, const QString& text, std::function<void()> then);
    void offerDeployment(const model::Deployment& one);
    void offerHome(const model::Location& one);
    void offerPerson(const model::Participant& one, LocationId home);
    void offerDevice(const model::Device& one);
    void editStreamsNow(DeviceId id);
    void editPersonNow(ParticipantId id, LocationId home);
    void endParticipation(const model::Participant& one, model::ParticipationEnd how, LocationId home);
    void retireHome(const model::Location& one);
    void retireDevice(const model::Device& one);
    void endTokens(const model::Device& one);

    Workspace& m_workspace;
    NoticeBar* m_notices;
    QWidget* m_page;
};

} // namespace cohort::console
