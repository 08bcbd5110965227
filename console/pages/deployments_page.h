// The community as a tree, with search, and what can be made in it.
// Thread: GUI. Owner: MainWindow. Flow: CommunityTree → tree → details; buttons → dialogs → tree.
#pragma once

#include "console/models/community_tree.h"
#include "console/pages/page.h"

#include <QSortFilterProxyModel>
#include <QTimer>

#include <memory>

namespace cohort::console {

namespace Ui {
class DeploymentsPage;
}

class ObjectMenu;

// The tree of the study that the side bar says, searched; nothing of another study gets through.
class StudyFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit StudyFilter(const CommunityTree& tree) : m_tree(tree) {}
    void setStudy(DeploymentId study);
    // By what stands in the tree, and devices by their own ids.
    void find(const QString& text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    const CommunityTree& m_tree;
    DeploymentId m_study;
    QString m_text;
};

class DeploymentsPage : public Page
{
    Q_OBJECT
public:
    DeploymentsPage(Workspace& workspace, QWidget* parent);
    ~DeploymentsPage() override;

    void activate() override;
    // "deployment", "home", "person" or "device": opens the dialog that makes one.
    void make(const QString& what);

private:
    void setUpTree();
    void setUpButtons();
    QModelIndex current() const; // in the CommunityTree
    LocationId currentHome() const;
    DeploymentId currentDeployment() const;
    QString currentHomeName() const;
    void followStudy();
    void refresh();
    void showDetail();
    void showButtons();
    void find();
    void showFound();
    void askNewToken(const model::Device& one);
    void withHomes(const std::function<void(const QList<model::Location>&)>& then);
    void makeDeployment();
    void makeHome();
    void makeParticipant();
    void makeDevice();

    std::unique_ptr<Ui::DeploymentsPage> m_ui;
    CommunityTree m_tree;
    ObjectMenu* m_change; // what can be done with what is chosen
    StudyFilter m_filter{m_tree};
    QTimer m_searchSettle, m_again;
    QString m_unknown; // what was searched and the server does not know either
};

} // namespace cohort::console
