#include "console/models/alerts_model.h"

#include "console/models/words.h"

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

QVariant toneOf(const words::Word& word, int role)
{
    return role == ToneRole ? QVariant::fromValue(word.tone) : QVariant();
}

QList<Column<Alert>> columns()
{
    return {{QT_TRANSLATE_NOOP("Models", "Severity"), [](const Alert& a) { return words::severity(a.severity).text; },
             [](const Alert& a, int role) { return toneOf(words::severity(a.severity), role); }},
            {QT_TRANSLATE_NOOP("Models", "State"), [](const Alert& a) { return words::alertState(a.state).text; },
             [](const Alert& a, int role) { return toneOf(words::alertState(a.state), role); }},
            {QT_TRANSLATE_NOOP("Models", "Alert"), [](const Alert& a) { return a.text; }},
            {QT_TRANSLATE_NOOP("Models", "Home"), [](const Alert& a) { return a.locationName; }},
            {QT_TRANSLATE_NOOP("Models", "Since"), [](const Alert& a) { return words::momentHere(a.at); }}};
}

} // namespace

AlertsModel::AlertsModel(Workspace& workspace, QObject* parent)
    : RowsOf<Alert>(columns(), parent), m_workspace(workspace)
{
}

void AlertsModel::show(DeploymentId deployment, LocationId home, const QString& state)
{
    m_deployment = deployment;
    m_home = home;
    m_state = state;
    m_subscription.reset();
    clear();
    if (!deployment) {
        settleEmpty();
        return;
    }
    m_subscription = m_workspace.client().subscribe(u"alerts"_s, {{u"deployment"_s, json::ofId(deployment)}});
    connect(m_subscription.get(), &Subscription::reloadNeeded, this, [this] { reload(); });
    connect(m_subscription.get(), &Subscription::failed, this, &RowsModel::failed);
    connect(m_subscription.get(), &Subscription::received, this, [this](const QJsonArray& items) {
        for (const QJsonValue& item : items)
            put(Alert::fromJson(json::object(item.toObject(), "alert"_L1)));
    });
}

void AlertsModel::put(const Alert& alert)
{
    if (!alert.id || (m_home && alert.location != m_home))
        return;
    // What is resolved stays in sight until the next load, so that nothing vanishes under the hand.
    if (m_state == "all"_L1 || alert.isOpen() || find(alert.id.value) >= 0)
        upsert(alert, true);
}

QFuture<Result<Listing<Alert>>> AlertsModel::load(const Alert* last)
{
    return alerts::list(m_workspace.client(), m_deployment, m_home, m_state, last ? last->id : AlertId{});
}

} // namespace cohort::console
