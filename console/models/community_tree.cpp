#include "console/models/community_tree.h"

#include "console/models/plain_text.h"
#include "console/models/words.h"

#include <algorithm>
#include <type_traits>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

constexpr int MostFound = 50; // devices of one search

QString rolesOf(const model::Participant& participant)
{
    QStringList roles;
    for (const model::ParticipantRole& role : participant.roles)
        roles.append(words::homeRole(role.role));
    roles.removeDuplicates();
    return roles.isEmpty() ? u"–"_s : roles.join(u", "_s);
}

QString detailsOf(const model::Deployment& deployment)
{
    return Models::tr("%n home(s)", nullptr, deployment.figures.locations) + u", "_s +
           Models::tr("%n device(s)", nullptr, deployment.figures.devices);
}

QString detailsOf(const model::Location& home)
{
    return Models::tr("%n device(s)", nullptr, home.figures.devices) + u", "_s +
           Models::tr("%n person(s)", nullptr, home.figures.participants);
}

QString detailsOf(const model::Device& device)
{
    QStringList parts;
    if (!device.typeName.isEmpty())
        parts.append(words::deviceType(device.typeName));
    if (device.place.room)
        parts.append(words::roomName(device.place.room));
    return parts.isEmpty() ? u"–"_s : parts.join(u", "_s);
}

words::Word stateOf(const model::Location& home)
{
    const model::LocationFigures& figures = home.figures;
    if (figures.openAlerts > 0)
        return {Models::tr("%n alert(s)", nullptr, figures.openAlerts), Tone::Bad};
    if (figures.devices == 0)
        return {};
    return {Models::tr("%1 of %2 reporting").arg(figures.devicesReporting).arg(figures.devices),
            figures.devicesReporting == figures.devices ? Tone::Good : Tone::Warning};
}

words::Word stateOf(const model::Deployment& deployment)
{
    if (deployment.figures.openAlerts > 0)
        return {Models::tr("%n alert(s)", nullptr, deployment.figures.openAlerts), Tone::Bad};
    return {};
}

bool isSame(const CommunityNode::Thing& one, const CommunityNode::Thing& other)
{
    const auto idOf = [](const auto& thing) -> qint64 {
        if constexpr (std::is_same_v<std::decay_t<decltype(thing)>, std::monostate>)
            return 0;
        else
            return thing.id.value;
    };
    return one.index() == other.index() && std::visit(idOf, one) == std::visit(idOf, other);
}

// After an answer that did not come: what was there before stays.
CommunityNode::Load loadWithout(const CommunityNode& node)
{
    return node.children.empty() ? CommunityNode::Load::None : CommunityNode::Load::Done;
}

template <typename T>
QList<CommunityNode::Thing> thingsOf(const QList<T>& all)
{
    return QList<CommunityNode::Thing>(all.begin(), all.end());
}

} // namespace

CommunityTree::CommunityTree(Workspace& workspace, QObject* parent)
    : QAbstractItemModel(parent), m_workspace(workspace), m_root(std::make_unique<CommunityNode>())
{
    m_root->load = CommunityNode::Load::Done;
    const auto follow = [this] { putChildren(m_root.get(), thingsOf(m_workspace.deployments())); };
    connect(&workspace, &Workspace::deploymentsChanged, this, follow);
    follow();
}

CommunityTree::~CommunityTree() = default;

CommunityNode* CommunityTree::nodeOf(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<CommunityNode*>(index.internalPointer()) : m_root.get();
}

QModelIndex CommunityTree::indexOf(CommunityNode* node) const
{
    return node == m_root.get() ? QModelIndex() : createIndex(node->row(), 0, node);
}

CommunityNode::Kind CommunityTree::kind(const QModelIndex& index) const
{
    return nodeOf(index)->kind();
}

CommunityNode* CommunityTree::findHome(LocationId id) const
{
    for (const auto& deployment : m_root->children) {
        for (const auto& child : deployment->children) {
            const auto* home = std::get_if<model::Location>(&child->thing);
            if (home && home->id == id)
                return child.get();
        }
    }
    return nullptr;
}

// Where they are still the same their rows stay, with what is chosen and open there.
void CommunityTree::putChildren(CommunityNode* node, const QList<CommunityNode::Thing>& things)
{
    const bool same = std::equal(node->children.begin(), node->children.end(), things.begin(), things.end(),
                                 [](const auto& child, const auto& thing) { return isSame(child->thing, thing); });
    if (!same || things.isEmpty())
        return setChildren(node, things);
    node->load = CommunityNode::Load::Done;
    for (qsizetype i = 0; i < things.size(); ++i)
        node->children[static_cast<std::size_t>(i)]->thing = things.at(i);
    const CommunityNode* last = node->children.back().get();
    Q_EMIT dataChanged(indexOf(node->children.front().get()), createIndex(last->row(), ColumnCount - 1, last));
}

void CommunityTree::setChildren(CommunityNode* node, const QList<CommunityNode::Thing>& things)
{
    const QModelIndex parent = indexOf(node);
    if (!node->children.empty()) {
        beginRemoveRows(parent, 0, static_cast<int>(node->children.size()) - 1);
        node->children.clear();
        endRemoveRows();
    }
    node->load = CommunityNode::Load::Done;
    if (things.isEmpty())
        return;
    beginInsertRows(parent, 0, static_cast<int>(things.size()) - 1);
    for (const CommunityNode::Thing& thing : things) {
        node->children.push_back(std::make_unique<CommunityNode>());
        node->children.back()->thing = thing;
        node->children.back()->parent = node;
    }
    endInsertRows();
}

void CommunityTree::loadHomes(CommunityNode* node)
{
    node->load = CommunityNode::Load::Asked;
    const DeploymentId id = std::get<model::Deployment>(node->thing).id;
    whenDone(this, m_workspace.community().homes(id), [this, id](const Result<Listing<model::Location>>& answer) {
        for (const auto& child : m_root->children) {
            if (std::get<model::Deployment>(child->thing).id != id)
                continue;
            if (answer)
                return putChildren(child.get(), thingsOf(answer->items));
            child->load = loadWithout(*child);
            Q_EMIT failed(answer.error());
            return;
        }
    });
}

void CommunityTree::loadContents(CommunityNode* node)
{
    node->load = CommunityNode::Load::Asked;
    const LocationId id = std::get<model::Location>(node->thing).id;
    whenDone(this, call(m_workspace.client(), protocol::LocationGet{id}),
             [this, id](const Result<model::Home>& answer) {
                 CommunityNode* home = findHome(id); // may have gone meanwhile
                 if (!home)
                     return;
                 if (!answer) {
                     home->load = loadWithout(*home);
                     Q_EMIT failed(answer.error());
                     return;
                 }
                 home->thing = answer->location;
                 putChildren(home, thingsOf(answer->participants) + thingsOf(answer->devices));
                 Q_EMIT dataChanged(indexOf(home), createIndex(home->row(), ColumnCount - 1, home));
             });
}

void CommunityTree::search(const QString& typed, const std::function<void(bool found)>& told)
{
    const QString text = typed.trimmed();
    if (text.size() < 2) {
        if (told)
            told(false);
        return;
    }
    const auto left = std::make_shared<int>(2);
    const auto any = std::make_shared<bool>(false);
    const auto answered = [left, any, told](bool found) {
        *any = *any || found;
        if (--*left == 0 && told)
            told(*any);
    };
    // Each home that is known and not yet open is asked for what matches; the server bounds the answer.
    const protocol::DeviceList devices{.deployment = m_workspace.deployment(),
                                       .location = {},
                                       .state = {},
                                       .search = text,
                                       .limit = MostFound,
                                       .after = {}};
    whenDone(this, call(m_workspace.client(), devices), [this, answered](const Result<Listing<model::Device>>& answer) {
        if (!answer)
            Q_EMIT failed(answer.error());
        for (const model::Device& device : answer ? answer->items : QList<model::Device>())
            reload(device.place.location, false);
        answered(!answer || !answer->items.isEmpty());
    });
    const protocol::ParticipantList people{m_workspace.deployment(), {}, ListLimitMost, {}};
    whenDone(this, call(m_workspace.client(), people),
             [this, text, answered](const Result<Listing<model::Participant>>& answer) {
                 bool found = !answer;
                 if (!answer)
                     Q_EMIT failed(answer.error());
                 for (const model::Participant& one : answer ? answer->items : QList<model::Participant>()) {
                     const bool hit = one.code.contains(text, Qt::CaseInsensitive) ||
                                      one.label().contains(text, Qt::CaseInsensitive);
                     found = found || hit;
                     if (hit && !one.roles.isEmpty())
                         reload(one.roles.first().location, false);
                 }
                 answered(found);
             });
}

void CommunityTree::reload(DeploymentId deployment)
{
    for (const auto& child : m_root->children) {
        if (std::get<model::Deployment>(child->thing).id == deployment)
            loadHomes(child.get());
    }
}

void CommunityTree::reload(LocationId home, bool again)
{
    CommunityNode* node = findHome(home);
    if (node && (again || node->load == CommunityNode::Load::None))
        loadContents(node);
}

void CommunityTree::refresh(DeploymentId study, const QList<LocationId>& open)
{
    if (m_workspace.client().state() != LinkState::Online)
        return;
    for (const auto& child : m_root->children) {
        if (std::get<model::Deployment>(child->thing).id == study && child->load == CommunityNode::Load::Done)
            loadHomes(child.get());
    }
    for (const LocationId id : open) {
        CommunityNode* home = findHome(id);
        if (home && home->load == CommunityNode::Load::Done)
            loadContents(home);
    }
}

QModelIndex CommunityTree::index(int row, int column, const QModelIndex& parent) const
{
    const CommunityNode* node = nodeOf(parent);
    if (row < 0 || column < 0 || column >= ColumnCount || static_cast<std::size_t>(row) >= node->children.size() ||
        parent.column() > 0)
        return {};
    return createIndex(row, column, node->children[static_cast<std::size_t>(row)].get());
}

QModelIndex CommunityTree::parent(const QModelIndex& index) const
{
    CommunityNode* parent = index.isValid() ? nodeOf(index)->parent : nullptr;
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
    const CommunityNode* node = nodeOf(parent);
    if (parent.column() > 0 || !node->mayHaveChildren())
        return false;
    return node->load == CommunityNode::Load::Done ? !node->children.empty() : true;
}

bool CommunityTree::canFetchMore(const QModelIndex& parent) const
{
    const CommunityNode* node = nodeOf(parent);
    return node->mayHaveChildren() && node->load == CommunityNode::Load::None;
}

void CommunityTree::fetchMore(const QModelIndex& parent)
{
    CommunityNode* node = nodeOf(parent);
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

Cells cellsOf(const model::Deployment& one)
{
    return {one.name, detailsOf(one), stateOf(one)};
}
Cells cellsOf(const model::Location& one)
{
    return {one.name, detailsOf(one), stateOf(one)};
}
Cells cellsOf(const model::Participant& one)
{
    return {one.label(), rolesOf(one), words::participantStatus(one.status)};
}
Cells cellsOf(const model::Device& one)
{
    return {one.label(), detailsOf(one), words::reporting(one.life.reporting)};
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
    const CommunityNode* node = nodeOf(index);
    if (role == KindRole)
        return static_cast<int>(node->kind());
    if (role == Qt::ToolTipRole) // the column may be too narrow for it
        return plainToolTip(data(index, Qt::DisplayRole).toString());
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
