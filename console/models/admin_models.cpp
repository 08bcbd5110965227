#include "console/models/admin_models.h"

#include "console/models/words.h"

#include <QPointer>

#include <chrono>

namespace cohort::console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QVariant toneOf(const words::Word& word, int role)
{
    return role == ToneRole ? QVariant::fromValue(word.tone) : QVariant();
}

words::Word aliveOf(const ServerNode& node)
{
    if (!node.alive)
        return {Models::tr("not answering"), Tone::Bad};
    return node.draining ? words::Word{Models::tr("draining"), Tone::Warning}
                         : words::Word{Models::tr("running"), Tone::Good};
}

QString rolesOf(const model::Operator& one, const Workspace& workspace)
{
    QStringList parts;
    for (const model::OperatorGrant& role : one.roles) {
        QString where = Models::tr("everywhere");
        for (const Deployment& deployment : workspace.deployments()) {
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

// The server names the device or quotes the question; the sentence around it is ours.
QString reasonOf(const Attention& attention)
{
    if (attention.kind == "silent-device"_L1)
        return Models::tr("No data from %1").arg(attention.text);
    if (attention.kind == "unanswered"_L1)
        return Models::tr("No answer to: %1").arg(attention.text);
    return attention.text;
}

QList<Column<Attention>> attentionColumns()
{
    return {{QT_TRANSLATE_NOOP("Models", "What"), [](const Attention& a) { return words::attentionKind(a.kind).text; },
             [](const Attention& a, int role) {
                 if (role == KindRole)
                     return QVariant(a.kind);
                 return toneOf(words::attentionKind(a.kind), role);
             }},
            {QT_TRANSLATE_NOOP("Models", "Why"), [](const Attention& a) { return reasonOf(a); }},
            {QT_TRANSLATE_NOOP("Models", "Home"), [](const Attention& a) { return a.locationName; }},
            {QT_TRANSLATE_NOOP("Models", "Since"), [](const Attention& a) { return words::agoNow(a.since); }}};
}

QList<Column<ServerNode>> serverColumns()
{
    return {{QT_TRANSLATE_NOOP("Models", "Server"), [](const ServerNode& n) { return n.name; }},
            {QT_TRANSLATE_NOOP("Models", "State"), [](const ServerNode& n) { return aliveOf(n).text; },
             [](const ServerNode& n, int role) { return toneOf(aliveOf(n), role); }},
            {QT_TRANSLATE_NOOP("Models", "Roles"), [](const ServerNode& n) { return n.roles; }},
            {QT_TRANSLATE_NOOP("Models", "Connections"),
             [](const ServerNode& n) { return u"%1 / %2"_s.arg(n.connections).arg(n.capacity); }},
            {QT_TRANSLATE_NOOP("Models", "Address for devices"), [](const ServerNode& n) { return n.deviceioUrl; }},
            {QT_TRANSLATE_NOOP("Models", "Version"), [](const ServerNode& n) { return n.version; }}};
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

QList<Column<AuditEntry>> auditColumns()
{
    return {{QT_TRANSLATE_NOOP("Models", "Time"), [](const AuditEntry& e) { return words::momentHere(e.at); }},
            {QT_TRANSLATE_NOOP("Models", "Who"),
             [](const AuditEntry& e) { return e.actorName.isEmpty() ? words::actor(e.actor) : e.actorName; }},
            {QT_TRANSLATE_NOOP("Models", "Did what"), [](const AuditEntry& e) { return e.action; }},
            {QT_TRANSLATE_NOOP("Models", "To what"), [](const AuditEntry& e) { return e.object; }},
            {QT_TRANSLATE_NOOP("Models", "From"), [](const AuditEntry& e) { return e.address; }},
            {QT_TRANSLATE_NOOP("Models", "Details"), [](const AuditEntry& e) { return e.detail; }}};
}

} // namespace

OverviewModel::OverviewModel(Workspace& workspace, QObject* parent)
    : RowsOf<Attention>(attentionColumns(), parent), m_workspace(workspace)
{
    m_again.setInterval(5s);
    connect(&m_again, &QTimer::timeout, this, [this] {
        if (m_workspace.client().state() == LinkState::Online && !isLoading())
            reload();
    });
}

void OverviewModel::show(DeploymentId deployment)
{
    m_deployment = deployment;
    m_alerts = m_workspace.client().subscribe(u"alerts"_s, {{u"deployment"_s, json::ofId(deployment)}});
    connect(m_alerts.get(), &Subscription::reloadNeeded, this, [this] { reload(); });
    connect(m_alerts.get(), &Subscription::received, this, [this] { reload(); });
    connect(m_alerts.get(), &Subscription::failed, this, [this] { reload(); });
    m_again.start();
}

void OverviewModel::stop()
{
    m_again.stop();
    m_alerts.reset();
}

QFuture<Result<Listing<Attention>>> OverviewModel::load(const Attention*)
{
    const QPointer<OverviewModel> self(this);
    return server::overview(m_workspace.client(), m_deployment)
        .then([self](const Result<Overview>& answer) -> Result<Listing<Attention>> {
            if (!answer)
                return fail(answer.error());
            if (self) {
                self->m_figures = *answer;
                Q_EMIT self->figuresChanged();
            }
            return Listing<Attention>{answer->attention, false};
        });
}

qint64 OverviewModel::idOf(const Attention& row) const
{
    return static_cast<qint64>(qHashMulti(0, row.kind, row.object, row.location.value) >> 1U);
}

ServersModel::ServersModel(Workspace& workspace, QObject* parent)
    : RowsOf<ServerNode>(serverColumns(), parent), m_workspace(workspace)
{
}

QFuture<Result<Listing<ServerNode>>> ServersModel::load(const ServerNode*)
{
    return server::nodes(m_workspace.client());
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
    : RowsOf<AuditEntry>(auditColumns(), parent), m_workspace(workspace)
{
}

void AuditModel::show(DeploymentId deployment)
{
    m_deployment = deployment;
    clear();
    reload();
}

QFuture<Result<Listing<AuditEntry>>> AuditModel::load(const AuditEntry* last)
{
    return server::audit(m_workspace.client(), m_deployment, last ? last->id : 0);
}

} // namespace cohort::console
