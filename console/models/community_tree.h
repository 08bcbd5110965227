// Deployments → homes → participants and devices as a tree; a branch is loaded when it is opened.
// Thread: GUI. Owner: DeploymentsPage. Flow: deployment.list, location.list, location.get → nodes.
#pragma once

#include "console/models/rows_model.h"
#include "console/models/workspace.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace cohort::console {

class CommunityTree : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum class Kind { Root, Deployment, Home, Participant, Device };
    enum Where { Name, Details, State, ColumnCount };

    CommunityTree(Workspace& workspace, QObject* parent);
    ~CommunityTree() override;

    Kind kind(const QModelIndex& index) const;
    // Null where the node is of another kind.
    const Deployment* deployment(const QModelIndex& index) const;
    const Home* home(const QModelIndex& index) const;
    const Participant* participant(const QModelIndex& index) const;
    const Device* device(const QModelIndex& index) const;
    // Loads the branches in which people or devices match, so that a filter over the tree finds them.
    void search(const QString& text);
    // Loads the branch again: a deployment's homes or a home's people and devices.
    void reload(DeploymentId deployment);
    void reload(LocationId home);

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void failed(const cohort::Error& error);

private:
    struct Node;
    Node* nodeOf(const QModelIndex& index) const;
    QModelIndex indexOf(Node* node) const;
    Node* findHome(LocationId home) const;
    void takeDeployments();
    void loadHomes(Node* node);
    void loadContents(Node* node);
    void setChildren(Node* node, std::vector<std::unique_ptr<Node>> children);

    Workspace& m_workspace;
    std::unique_ptr<Node> m_root;
};

} // namespace cohort::console
