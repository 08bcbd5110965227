#include "console/models/community_tree.h"

#include "console/models/words.h"

#include <QPointer>

#include <variant>

namespace cohort::console {

using namespace Qt::StringLiterals;

struct CommunityTree::Node
{
    std::variant<std::monostate, Deployment, Home, Participant, Device> thing;
    Node* parent = nullptr;
    std::vector<std::unique_ptr<Node>> children;
    enum class Load { None, Asked, Done } load = Load::None;

    Kind kind() const { return static_cast<Kind>(thing.index()); }
    int row() const
    {
        for (std::size_t i = 0; parent && i < parent->children.size(); ++i) {
            if (parent->children[i].get() == this)
                return static_cast<int>(i);
        }
        return 0;
    }
    bool mayHaveChildren() const { return kind() != Kind::Participant && kind() != Kind::Device; }
};

namespace {

QString rolesOf(const Participant& participant)
{
    QStringList roles;
    for (const ParticipantRole& role : participant.roles)
        roles.append(words::participantRole(role.role));
    roles.removeDuplicates();
    return roles.join(u", "_s);
}

QString detailsOf(const Deployment& deployment)
{
    return Models::tr("%n home(s)", nullptr, deployment.locations) + u", "_s +
           Models::tr("%n device(s)", nullptr, deployment.devices);
}

QString detailsOf(const Home& home)
{
    return Models::tr("%n device(s)", nullptr, home.deviceCount) + u", "_s +
           Models::tr("%n person(s)", nullptr, home.participantCount);
}

words::Word stateOf(const Home& home)
{
    if (home.openAlerts > 0)
        return {Models::tr("%n alert(s)", nullptr, home.openAlerts), Tone::Bad};
    if (home.deviceCount == 0)
        return {};
    return {Models::tr("%1 of %2 reporting").arg(home.devicesReporting).arg(home.deviceCount),
            home.devicesReporting == home.deviceCount ? Tone::Good : Tone::Warning};
}

words::Word stateOf(const Deployment& deployment)
{
    if (deployment.openAlerts > 0)
        return {Models::tr("%n alert(s)", nullptr, deployment.openAlerts), Tone::Bad};
    return {};
}

} // namespace

CommunityTree::CommunityTree(Workspace& workspace, QObject* parent)
    : QAbstractItemModel(parent), m_workspace(workspace), m_root(std::make_unique<Node>())
{
    m_root->load = Node::Load::Done;
    connect(&workspace, &Workspace::deploymentsChanged, this, &CommunityTree::takeDeployments);
    takeDeployments();
}

CommunityTree::~CommunityTree() = default;

CommunityTree::Node* CommunityTree::nodeOf(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<Node*>(index.internalPointer()) : m_root.get();
}

QModelIndex CommunityTree::indexOf(Node* node) const
{
    return node == m_root.get() ? QModelIndex() : createIndex(node->row(), 0, node);
}

CommunityTree::Kind CommunityTree::kind(const QModelIndex& index) const
{
    return nodeOf(index)->kind();
}

const Deployment* CommunityTree::deployment(const QModelIndex& index) const
{
    return std::get_if<Deployment>(&nodeOf(index)->thing);
}

const Home* CommunityTree::home(const QModelIndex& index) const
{
    return std::get_if<Home>(&nodeOf(index)->thing);
}

const Participant* CommunityTree::participant(const QModelIndex& index) const
{
    return std::get_if<Participant>(&nodeOf(index)->thing);
}

const Device* CommunityTree::device(const QModelIndex& index) const
{
    return std::get_if<Device>(&nodeOf(index)->thing);
}

CommunityTree::Node* CommunityTree::findHome(LocationId id) const
{
    for (const auto& deployment : m_root->children) {
        for (const auto& child : deployment->children) {
            const Home* home = std::get_if<Home>(&child->thing);
            if (home && home->id == id)
                return child.get();
        }
    }
    return nullptr;
}

void CommunityTree::takeDeployments()
{
    const QList<Deployment>& wanted = m_workspace.deployments();
    bool same = static_cast<std::size_t>(wanted.size()) == m_root->children.size();
    for (std::size_t i = 0; same && i < m_root->children.size(); ++i)
        same = std::get<Deployment>(m_root->children[i]->thing).id == wanted.at(static_cast<qsizetype>(i)).id;
    if (same) {
        for (std::size_t i = 0; i < m_root->children.size(); ++i) {
            m_root->children[i]->thing = wanted.at(static_cast<qsizetype>(i));
            Node* node = m_root->children[i].get();
            Q_EMIT dataChanged(indexOf(node), createIndex(node->row(), ColumnCount - 1, node));
        }
        return;
    }
    std::vector<std::unique_ptr<Node>> children;
    for (const Deployment& deployment : wanted) {
        children.push_back(std::make_unique<Node>());
        children.back()->thing = deployment;
    }
    setChildren(m_root.get(), std::move(children));
}

void CommunityTree::setChildren(Node* node, std::vector<std::unique_ptr<Node>> children)
{
    const QModelIndex parent = indexOf(node);
    if (!node->children.empty()) {
        beginRemoveRows(parent, 0, static_cast<int>(node->children.size()) - 1);
        node->children.clear();
        endRemoveRows();
    }
    node->load = Node::Load::Done;
    if (children.empty())
        return;
    for (auto& child : children)
        child->parent = node;
    beginInsertRows(parent, 0, static_cast<int>(children.size()) - 1);
    node->children = std::move(children);
    endInsertRows();
}

void CommunityTree::loadHomes(Node* node)
{
    node->load = Node::Load::Asked;
    const DeploymentId id = std::get<Deployment>(node->thing).id;
    whenDone(this, community::homes(m_workspace.client(), id), [this, id](const Result<Listing<Home>>& answer) {
        for (const auto& child : m_root->children) {
            if (std::get<Deployment>(child->thing).id != id)
                continue;
            if (!answer) {
                child->load = Node::Load::None;
                Q_EMIT failed(answer.error());
                return;
            }
            std::vector<std::unique_ptr<Node>> homes;
            for (const Home& home : answer->items) {
                homes.push_back(std::make_unique<Node>());
                homes.back()->thing = home;
            }
            setChildren(child.get(), std::move(homes));
            return;
        }
    });
}

void CommunityTree::loadContents(Node* node)
{
    node->load = Node::Load::Asked;
    const LocationId id = std::get<Home>(node->thing).id;
    whenDone(this, community::home(m_workspace.client(), id), [this, id](const Result<Home>& answer) {
        Node* home = findHome(id); // may have gone meanwhile
        if (!home)
            return;
        if (!answer) {
            home->load = Node::Load::None;
            Q_EMIT failed(answer.error());
            return;
        }
        home->thing = *answer;
        std::vector<std::unique_ptr<Node>> contents;
        for (const Participant& participant : answer->participants) {
            contents.push_back(std::make_unique<Node>());
            contents.back()->thing = participant;
        }
        for (const Device& device : answer->devices) {
            contents.push_back(std::make_unique<Node>());
            contents.back()->thing = device;
        }
        setChildren(home, std::move(contents));
        Q_EMIT dataChanged(indexOf(home), createIndex(home->row(), ColumnCount - 1, home));
    });
}

void CommunityTree::search(const QString& text)
{
    if (text.trimmed().size() < 2)
        return;
    // Each home that is known and not yet open is asked for what matches; the server bounds the answer.
    whenDone(this, devices::find(m_workspace.client(), m_workspace.deployment(), text.trimmed()),
             [this](const Result<Listing<Device>>& answer) {
                 for (const Device& device : answer ? answer->items : QList<Device>()) {
                     Node* home = findHome(device.location);
                     if (home && home->load == Node::Load::None)
                         loadContents(home);
                 }
             });
    whenDone(this, community::participants(m_workspace.client(), m_workspace.deployment()),
             [this, text = text.trimmed()](const Result<Listing<Participant>>& answer) {
                 for (const Participant& one : answer ? answer->items : QList<Participant>()) {
                     const bool hit =
                         one.code.contains(text, Qt::CaseInsensitive) || one.name.contains(text, Qt::CaseInsensitive);
                     Node* home = hit && !one.roles.isEmpty() ? findHome(one.roles.first().location) : nullptr;
                     if (home && home->load == Node::Load::None)
                         loadContents(home);
                 }
             });
}

void CommunityTree::reload(DeploymentId deployment)
{
    for (const auto& child : m_root->children) {
        if (std::get<Deployment>(child->thing).id == deployment)
            loadHomes(child.get());
    }
}

void CommunityTree::reload(LocationId home)
{
    if (Node* node = findHome(home))
        loadContents(node);
}

QModelIndex CommunityTree::index(int row, int column, const QModelIndex& parent) const
{
    const Node* node = nodeOf(parent);
    if (row < 0 || column < 0 || column >= ColumnCount || static_cast<std::size_t>(row) >= node->children.size() ||
        parent.column() > 0)
        return {};
    return createIndex(row, column, node->children[static_cast<std::size_t>(row)].get());
}

QModelIndex CommunityTree::parent(const QModelIndex& index) const
{
    Node* parent = index.isValid() ? nodeOf(index)->parent : nullptr;
    return parent ? indexOf(parent) : QModelIndex();
}

int CommunityTree::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
}

int CommunityTree::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

bool CommunityTree::hasChildren(const QModelIndex& parent) const
{
    const Node* node = nodeOf(parent);
    if (parent.column() > 0 || !node->mayHaveChildren())
        return false;
    return node->load == Node::Load::Done ? !node->children.empty() : true;
}

bool CommunityTree::canFetchMore(const QModelIndex& parent) const
{
    const Node* node = nodeOf(parent);
    return node->mayHaveChildren() && node->load == Node::Load::None;
}

void CommunityTree::fetchMore(const QModelIndex& parent)
{
    Node* node = nodeOf(parent);
    if (!canFetchMore(parent))
        return;
    if (node->kind() == Kind::Deployment)
        loadHomes(node);
    else if (node->kind() == Kind::Home)
        loadContents(node);
}

QVariant CommunityTree::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return Models::tr("Name");
    case Details:
        return Models::tr("Details");
    case State:
        return Models::tr("State");
    default:
        return {};
    }
}

namespace {

// The three cells of each kind of node, as words.
struct Cells
{
    QString name, details;
    words::Word state;
};

Cells cellsOf(const Deployment& one)
{
    return {one.name, detailsOf(one), stateOf(one)};
}
Cells cellsOf(const Home& one)
{
    return {one.name, detailsOf(one), stateOf(one)};
}
Cells cellsOf(const Participant& one)
{
    return {one.label(), rolesOf(one), words::participantStatus(one.status)};
}
Cells cellsOf(const Device& one)
{
    const QString room = words::roomName(one.room.kind, one.room.name);
    return {one.label(), one.typeName.isEmpty() ? room : words::deviceType(one.typeName) + u", "_s + room,
            words::reporting(one.reporting)};
}
Cells cellsOf(const std::monostate&)
{
    return {};
}

} // namespace

QVariant CommunityTree::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Node* node = nodeOf(index);
    if (role == KindRole)
        return static_cast<int>(node->kind());
    if (role != Qt::DisplayRole && role != ToneRole)
        return {};
    const Cells cells = std::visit([](const auto& thing) { return cellsOf(thing); }, node->thing);
    if (role == ToneRole)
        return index.column() == State && !cells.state.text.isEmpty() ? QVariant::fromValue(cells.state.tone)
                                                                      : QVariant();
    switch (index.column()) {
    case Name:
        return cells.name;
    case Details:
        return cells.details;
    case State:
        return cells.state.text;
    default:
        return {};
    }
}

} // namespace cohort::console
