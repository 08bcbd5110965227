#include "console/models/alerts_model.h"

#include "console/models/words.h"

namespace cohort::console {

namespace {

constexpr int AlertsAtOnce = 200;

QVariant toneOf(const words::Word& word, int role)
{
    return role == ToneRole ? QVariant::fromValue(word.tone) : QVariant();
}

QList<Column<model::Alert>> columns()
{
    using Row = model::Alert;
    return {{QT_TRANSLATE_NOOP("Models", "Severity"), [](const Row& a) { return words::severity(a.severity).text; },
             [](const Row& a, int role) { return toneOf(words::severity(a.severity), role); }},
            {QT_TRANSLATE_NOOP("Models", "State"), [](const Row& a) { return words::alertState(a.life.state).text; },
             [](const Row& a, int role) { return toneOf(words::alertState(a.life.state), role); }},
            {QT_TRANSLATE_NOOP("Models", "Alert"), [](const Row& a) { return a.text; }},
            {QT_TRANSLATE_NOOP("Models", "Home"), [](const Row& a) { return a.origin.locationName; }},
            {QT_TRANSLATE_NOOP("Models", "Since"),
             [](const Row& a) { return words::moment(a.life.at, words::zoneOf(a.origin.timeZone)); }}};
}

} // namespace

AlertsModel::AlertsModel(Workspace& workspace, QObject* parent)
    : RowsOf<model::Alert>(columns(), parent), m_workspace(workspace)
{
}

void AlertsModel::show(DeploymentId deployment, LocationId home, Filter filter)
{
    m_deployment = deployment;
    m_home = home;
    m_filter = filter;
    m_subscription.reset();
    clear();
    if (!deployment) {
        settleEmpty();
        return;
    }
    m_subscription =
        subscribe<protocol::AlertChanged>(m_workspace.client(), filterBy(deployment), this, &AlertsModel::take);
    follow(*m_subscription);
}

void AlertsModel::take(const QList<protocol::AlertChanged>& items)
{
    for (const protocol::AlertChanged& item : items)
        put(item.alert);
}

void AlertsModel::put(const model::Alert& alert)
{
    if (m_home && alert.origin.location != m_home)
        return;
    // What is resolved stays in sight until the next load, so that nothing vanishes under the hand.
    if (m_filter == Filter::All || alert.isOpen() || find(alert.id.value) >= 0)
        upsert(alert, true);
}

QFuture<Result<model::Alert>> AlertsModel::acknowledge(AlertId id, std::optional<int> snoozeMinutes)
{
    return call(m_workspace.client(), protocol::AlertAcknowledge{id, snoozeMinutes});
}

QFuture<Result<model::Alert>> AlertsModel::resolve(AlertId id)
{
    return call(m_workspace.client(), protocol::AlertResolve{id});
}

QFuture<Result<model::Alert>> AlertsModel::dismiss(AlertId id)
{
    return call(m_workspace.client(), protocol::AlertDismiss{id, {}});
}

QFuture<Result<model::Alert>> AlertsModel::comment(AlertId id, const QString& text)
{
    return call(m_workspace.client(), protocol::AlertComment{id, text});
}

QFuture<Result<model::Alert>> AlertsModel::act(AlertId id, qint64 action)
{
    return call(m_workspace.client(), protocol::AlertAct{id, action})
        .then([](const Result<model::ActedAlert>& answer) -> Result<model::Alert> {
            if (!answer)
                return fail(answer.error());
            return answer->alert;
        });
}

QFuture<Result<Listing<model::Alert>>> AlertsModel::load(const model::Alert* last)
{
    protocol::AlertList wanted;
    wanted.deployment = m_deployment;
    if (m_home)
        wanted.location = m_home;
    wanted.state = m_filter;
    wanted.limit = AlertsAtOnce;
    if (last)
        wanted.after = last->id;
    return call(m_workspace.client(), wanted);
}

} // namespace cohort::console
