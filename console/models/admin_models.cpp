#include "console/models/admin_models.h"

#include "console/models/words.h"
#include "shared/protocol/notification.h"

#include <QJsonDocument>
#include <QPointer>

#include <chrono>

namespace cohort::console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int AuditRowsAtOnce = 200;

QVariant toneOf(const words::Word& word, int role)
{
    return role == ToneRole ? QVariant::fromValue(word.tone) : QVariant();
}

words::Word aliveOf(const model::Server& node)
{
    return node.alive ? words::Word{Models::tr("running"), Tone::Good}
                      : words::Word{Models::tr("not answering"), Tone::Bad};
}

QString rolesOf(const model::Operator& one, const Workspace& workspace)
{
    QStringList parts;
    for (const model::OperatorGrant& role : one.roles) {
        QString where = role.deployment ? u"#%1"_s.arg(role.deployment.value) : Models::tr("everywhere");
        for (const model::Deployment& deployment : workspace.deployments()) {
            if (deployment.id == role.deployment)
                where = deployment.name;
        }
        parts.append(words::operatorRole(role.role) + u" ("_s + where + u')');
    }
    return parts.join(u", "_s);
}

words::Word activeOf(const model::Operator& one)
{
    return one.active ? words::Word{Models::tr("active"), Tone::Good}
                      : words::Word{Models::tr("locked out"), Tone::Neutral};
}

// Of many devices the first three.
QString namesOf(const model::Attention& attention)
{
    const auto named = attention.text.count(u", "_s) + 1;
    return attention.count > named ? attention.text + u", …"_s : attention.text;
}

// Several homes of a study at once, or one home.
QString offlineReason(const model::Attention& attention)
{
    if (!attention.location)
        return Models::tr("%n homes lost connection: %1", nullptr, attention.count)
            .arg(words::momentHere(attention.since));
    return Models::tr("The home lost connection, with %n devices: %1", nullptr, attention.count)
        .arg(namesOf(attention));
}

QString silentReason(const model::Attention& attention)
{
    if (!attention.location)
        return Models::tr("No data from devices in %n homes", nullptr, attention.count);
    return attention.count > 1
               ? Models::tr("No data from %n devices: %1", nullptr, attention.count).arg(namesOf(attention))
               : Models::tr("No data from %1").arg(attention.text);
}

// The server names the device or quotes the question; the sentence around it is ours.
QString reasonOf(const model::Attention& attention)
{
    switch (attention.kind) {
    case model::AttentionKind::HomeOffline:
        return offlineReason(attention);
    case model::AttentionKind::GatewayOffline:
        return Models::tr("%1 lost connection, and with it what is behind it: %n devices in all", nullptr,
                          attention.count)
            .arg(attention.text);
    case model::AttentionKind::DeviceOffline:
        return attention.count > 1
                   ? Models::tr("%n devices lost connection: %1", nullptr, attention.count).arg(namesOf(attention))
                   : Models::tr("%1 lost connection").arg(attention.text);
    case model::AttentionKind::SilentDevice:
        return silentReason(attention);
    case model::AttentionKind::UnreadMessage:
        return Models::tr("%n new message(s) from %1", nullptr, attention.count).arg(attention.text);
    case model::AttentionKind::Unanswered:
        return attention.count > 1 ? Models::tr("No answer to %n questions", nullptr, attention.count)
                                   : Models::tr("No answer to: %1").arg(attention.text);
    case model::AttentionKind::ScriptError:
        if (attention.count > 1)
            return Models::tr("In %n homes: %1", nullptr, attention.count).arg(attention.text);
        break;
    case model::AttentionKind::ScriptPaused:
        if (attention.count > 1)
            return Models::tr("“%1” is live and paused in %n homes", nullptr, attention.count).arg(attention.text);
        return attention.location ? Models::tr("“%1” is live and paused in this home").arg(attention.text)
                                  : Models::tr("“%1” is live and paused in all homes").arg(attention.text);
    case model::AttentionKind::Alert:
        break;
    }
    return attention.text;
}

QList<Column<model::Attention>> attentionColumns(const std::shared_ptr<QHash<LocationId, QTimeZone>>& zones)
{
    using Row = model::Attention;
    return {{QT_TRANSLATE_NOOP("Models", "What"), [](const Row& a) { return words::attentionKind(a.kind).text; },
             [](const Row& a, int role) { return toneOf(words::attentionKind(a.kind), role); }},
            {QT_TRANSLATE_NOOP("Models", "Why"), [](const Row& a) { return reasonOf(a); }},
            {QT_TRANSLATE_NOOP("Models", "Home"), [](const Row& a) { return a.locationName; }},
            {QT_TRANSLATE_NOOP("Models", "Since"), [](const Row& a) { return words::agoNow(a.since); },
             [zones](const Row& a, int role) {
                 const QTimeZone zone = zones->value(a.location, QTimeZone::systemTimeZone());
                 return role == Qt::ToolTipRole ? QVariant(words::moment(a.since, zone)) : QVariant();
             }}};
}

QList<Column<model::Server>> serverColumns()
{
    return {{QT_TRANSLATE_NOOP("Models", "Server"), [](const model::Server& n) { return n.name; }},
            {QT_TRANSLATE_NOOP("Models", "State"), [](const model::Server& n) { return aliveOf(n).text; },
             [](const model::Server& n, int role) { return toneOf(aliveOf(n), role); }},
            {QT_TRANSLATE_NOOP("Models", "Roles"), [](const model::Server& n) { return n.roles.join(u", "_s); }},
            {QT_TRANSLATE_NOOP("Models", "Connections"),
             [](const model::Server& n) { return u"%1 / %2"_s.arg(n.connections).arg(n.capacity); }},
            {QT_TRANSLATE_NOOP("Models", "Address for devices"), [](const model::Server& n) { return n.deviceioUrl; }},
            {QT_TRANSLATE_NOOP("Models", "Version"), [](const model::Server& n) { return n.version; }}};
}

QList<Column<model::Operator>> operatorColumns(Workspace& workspace)
{
    return {{QT_TRANSLATE_NOOP("Models", "Name"), [](const model::Operator& o) { return o.account.name; }},
            {QT_TRANSLATE_NOOP("Models", "E-mail"), [](const model::Operator& o) { return o.account.email; }},
            {QT_TRANSLATE_NOOP("Models", "Rights"),
             [&workspace](const model::Operator& o) { return rolesOf(o, workspace); }},
            {QT_TRANSLATE_NOOP("Models", "Sees names"),
             [](const model::Operator& o) { return o.account.maySeeNames ? Models::tr("yes") : Models::tr("no"); }},
            {QT_TRANSLATE_NOOP("Models", "State"), [](const model::Operator& o) { return activeOf(o).text; },
             [](const model::Operator& o, int role) { return toneOf(activeOf(o), role); }}};
}

// The parameters in one line, as they were sent.
QString detailOf(const model::AuditRow& row)
{
    return row.detail.isEmpty() ? QString()
                                : QString::fromUtf8(QJsonDocument(row.detail).toJson(QJsonDocument::Compact));
}

QList<Column<model::AuditRow>> auditColumns()
{
    return {{QT_TRANSLATE_NOOP("Models", "Time"), [](const model::AuditRow& e) { return words::momentHere(e.at); }},
            {QT_TRANSLATE_NOOP("Models", "Who"),
             [](const model::AuditRow& e) { return e.actorName.isEmpty() ? words::actor(e.actor) : e.actorName; }},
            {QT_TRANSLATE_NOOP("Models", "Did what"), [](const model::AuditRow& e) { return words::deed(e.action); },
             [](const model::AuditRow& e, int role) {
                 return role == Qt::ToolTipRole ? QVariant(words::deed(e.action) + u" ("_s + e.action + u')')
                        : role == KindRole      ? QVariant(e.action)
                                                : QVariant();
             }},
            {QT_TRANSLATE_NOOP("Models", "To what"), [](const model::AuditRow& e) { return words::object(e.object); }},
            {QT_TRANSLATE_NOOP("Models", "From"), [](const model::AuditRow& e) { return e.address; }},
            {QT_TRANSLATE_NOOP("Models", "Details"), [](const model::AuditRow& e) { return detailOf(e); }}};
}

} // namespace

OverviewModel::OverviewModel(Workspace& workspace, QObject* parent)
    : OverviewModel(workspace, parent, std::make_shared<Zones>())
{
}

OverviewModel::OverviewModel(Workspace& workspace, QObject* parent, const std::shared_ptr<Zones>& zones)
    : RowsOf<model::Attention>(attentionColumns(zones), parent), m_workspace(workspace), m_zones(zones)
{
    m_again.setInterval(5s);
    connect(&m_again, &QTimer::timeout, this, [this] {
        if (m_workspace.client().state() == LinkState::Online && !isLoading())
            reload();
    });
}

void OverviewModel::show(DeploymentId deployment)
{
    if (deployment != m_deployment)
        forget();
    m_deployment = deployment;
    m_alerts.reset();
    m_again.start();
    if (!deployment) {
        reload();
        return;
    }
    m_alerts = subscribe<protocol::AlertChanged>(m_workspace.client(), filterBy(deployment), this,
                                                 [this](const auto&) { reload(); });
    connect(m_alerts.get(), &Subscription::reloadNeeded, this, [this] { reload(); });
    connect(m_alerts.get(), &Subscription::failed, this, [this] { reload(); });
}

void OverviewModel::forget()
{
    m_deployment = {}; // an answer under way is of the one before
    clear();
    if (std::exchange(m_figures, {}))
        Q_EMIT figuresChanged();
}

void OverviewModel::putHomes(const QList<model::Location>& homes)
{
    m_zones->clear();
    for (const model::Location& home : homes)
        m_zones->insert(home.id, words::zoneOf(home.timeZone));
}

void OverviewModel::stop()
{
    m_again.stop();
    m_alerts.reset();
}

QFuture<Result<Listing<model::Attention>>> OverviewModel::load(const model::Attention*)
{
    const QPointer<OverviewModel> self(this);
    const protocol::OverviewGet wanted{m_deployment ? std::optional(m_deployment) : std::nullopt};
    return call(m_workspace.client(), wanted)
        .then([self, asked = m_deployment](const Result<model::Overview>& answer) -> Result<Listing<model::Attention>> {
            if (!answer)
                return fail(answer.error());
            if (self && self->m_deployment == asked) { // else another is looked at now
                self->m_figures = *answer;
                Q_EMIT self->figuresChanged();
            }
            return Listing<model::Attention>{answer->attention, false};
        });
}

qint64 OverviewModel::idOf(const model::Attention& row) const
{
    return static_cast<qint64>(qHashMulti(0, static_cast<int>(row.kind), row.object, row.location.value) >> 1U);
}

ServersModel::ServersModel(Workspace& workspace, QObject* parent)
    : RowsOf<model::Server>(serverColumns(), parent), m_workspace(workspace)
{
}

QFuture<Result<Listing<model::Server>>> ServersModel::load(const model::Server*)
{
    return call(m_workspace.client(), protocol::ServerList{});
}

OperatorsModel::OperatorsModel(Workspace& workspace, QObject* parent)
    : RowsOf<model::Operator>(operatorColumns(workspace), parent), m_workspace(workspace)
{
}

QFuture<Result<Listing<model::Operator>>> OperatorsModel::load(const model::Operator*)
{
    return call(m_workspace.client(), protocol::OperatorList{});
}

QFuture<Result<model::Operator>> OperatorsModel::add(const protocol::OperatorAdd& wanted)
{
    return call(m_workspace.client(), wanted);
}

QFuture<Result<model::Operator>> OperatorsModel::setActive(OperatorId id, bool active)
{
    protocol::OperatorUpdate wanted;
    wanted.id = id;
    wanted.active = active;
    return call(m_workspace.client(), wanted);
}

AuditModel::AuditModel(Workspace& workspace, QObject* parent)
    : RowsOf<model::AuditRow>(auditColumns(), parent), m_workspace(workspace)
{
}

void AuditModel::show(DeploymentId deployment)
{
    m_deployment = deployment;
    clear();
    reload();
}

QFuture<Result<Listing<model::AuditRow>>> AuditModel::load(const model::AuditRow* last)
{
    protocol::AuditQuery wanted;
    if (m_deployment)
        wanted.deployment = m_deployment;
    wanted.limit = AuditRowsAtOnce;
    if (last)
        wanted.after = last->id;
    return call(m_workspace.client(), wanted);
}

} // namespace cohort::console
