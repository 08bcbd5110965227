// Deployments → homes → participants and devices as a tree; a branch is loaded when it is opened, and
// again when its page asks.
// Thread: GUI. Owner: DeploymentsPage. Flow: deployment.list, location.list, location.get → nodes.
#pragma once

#include "console/models/community_node.h"
#include "console/models/rows_model.h"
#include "console/models/workspace.h"

#include <QAbstractItemModel>

#include <functional>

namespace cohort::console {

class CommunityTree : public QAbstractItemModel
{
    Q_OBJECT
public:
    using Kind = CommunityNode::Kind;
    enum Where { Name, Details, State, ColumnCount };

    CommunityTree(Workspace& workspace, QObject* parent);
    ~CommunityTree() override;

    Kind kind(const QModelIndex& index) const;
    // What stands there, or null where it is something else; valid until the tree changes.
    template <typename T>
    const T* as(const QModelIndex& index) const
    {
        return std::get_if<T>(&nodeOf(index)->thing);
    }
    // Loads the branches in which people or devices match, so that a filter over the tree finds them.
    // `told` hears whether the server found any, or did not answer.
    void search(const QString& typed, const std::function<void(bool found)>& told = {});
    // Loads the branch again: a deployment's homes or a home's people and devices.
    void reload(DeploymentId deployment);
    // `again`: also when it was loaded before.
    void reload(LocationId home, bool again = true);
    // Asks again for what was loaded of the study's homes and in these: their states now. Rows that are still there stay.
    void refresh(DeploymentId study, const QList<LocationId>& open);

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
    CommunityNode* nodeOf(const QModelIndex& index) const;
    QModelIndex indexOf(CommunityNode* node) const;
    CommunityNode* findHome(LocationId id) const;
    void loadHomes(CommunityNode* node);
    void loadContents(CommunityNode* node);
    void putChildren(CommunityNode* node, const QList<CommunityNode::Thing>& things);
    void setChildren(CommunityNode* node, const QList<CommunityNode::Thing>& things);

    Workspace& m_workspace;
    std::unique_ptr<CommunityNode> m_root;
};

} // namespace cohort::console
