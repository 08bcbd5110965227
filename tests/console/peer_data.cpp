#include "shared/protocol/operations/alert.h"
#include "shared/protocol/operations/message.h"
#include "shared/protocol/operations/script.h"
#include "shared/protocol/operations/server.h"
#include "shared/protocol/operations/session.h"
#include "tests/console/answers.h"

#include <QDateTime>
#include <QFile>
#include <QJsonDocument>

#include <cmath>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

// "@-90s" becomes that time before now, so that the stored community never grows old.
QJsonValue freshened(const QJsonValue& value)
{
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            it.value() = freshened(it.value());
        return object;
    }
    if (value.isArray()) {
        QJsonArray array;
        for (const auto& one : value.toArray())
            array.append(freshened(one));
        return array;
    }
    const QString text = value.toString();
    if (!text.startsWith(u'@'))
        return value;
    const qint64 seconds = text.mid(1, text.size() - 2).toLongLong();
    return QDateTime::currentDateTimeUtc().addSecs(seconds).toString(Qt::ISODateWithMs);
}

QJsonObject community()
{
    QFile file(QStringLiteral(COHORT_PEER_DATA));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return freshened(QJsonDocument::fromJson(file.readAll()).object()).toObject();
}

model::MetricSamples metricSamples()
{
    model::MetricSamples answer;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (int i = 720; i >= 0; --i) {
        const qint64 at = now - i * 5000;
        const auto t = static_cast<double>(at);
        const double wave = 0.5 + 0.5 * std::sin(t / 400'000);
        const double noise = std::fabs(std::sin(t * 12.9898)) * 0.08;
        answer.samples.append({.at = at,
                               .cpu = {.deviceio = 0.12 + 0.1 * wave + noise,
                                       .api = 0.04 + noise / 3,
                                       .composer = 0.18 + 0.2 * wave + noise,
                                       .database = 0.22 + 0.12 * wave + noise,
                                       .other = 0.03},
                               .connections = 1180 + 30 * wave,
                               .postsPerSecond = 210 + 90 * wave + 200 * noise,
                               .measurementsPerSecond = 640 + 240 * wave + 500 * noise,
                               .ingestP50Ms = 2.1 + wave + 3 * noise,
                               .ingestP99Ms = 9 + 5 * wave + 40 * noise,
                               .runsPerSecond = 96 + 40 * wave,
                               .effectsPerSecond = 2.0,
                               .queue = 0});
    }
    return answer;
}

// The operation's answer as the file has it; ends the program where that is none.
template <typename Operation>
QJsonObject stored(const QJsonObject& all)
{
    const auto answer =
        model::fromJson<typename Operation::Answer>(all.value(QLatin1StringView(Operation::Name)).toObject());
    if (!answer)
        qFatal("peer_data.json: %s: %s", Operation::Name, qPrintable(answer.error().detail));
    return model::toJson(*answer);
}

model::CheckResult check(const protocol::ScriptCheck& wanted)
{
    model::CheckResult result;
    const QStringList lines = wanted.source.split(u'\n');
    for (int i = 0; i < lines.size(); ++i) {
        if (lines.at(i).startsWith(u"import os"_s))
            result.faults.append(
                {u"script"_s, i + 1, 8, u"'os' cannot be imported here; allowed are math, statistics, datetime, …"_s});
    }
    result.accepted = result.faults.isEmpty();
    return result;
}

// The alert of this number among those of the file.
model::Alert alertOf(const QJsonObject& all, AlertId id)
{
    const auto known = model::fromJson<protocol::AlertList::Answer>(stored<protocol::AlertList>(all));
    for (const model::Alert& alert : known->items) {
        if (alert.id == id)
            return alert;
    }
    qFatal("peer_data.json has no alert %lld", static_cast<long long>(id.value));
}

template <typename... Operation>
void answerWithAlert(Peer& peer, const QJsonObject& all)
{
    (answer<Operation>(peer, [all](const Operation& wanted) { return alertOf(all, wanted.id); }), ...);
}

// What the file has under the operations' names, read and written by their structs.
template <typename... Operation>
void fromData(Peer& peer, const QJsonObject& all)
{
    (peer.on(QString::fromLatin1(Operation::Name),
             [result = stored<Operation>(all)](const QJsonObject&) { return result; }),
     ...);
}

void fillSession(Peer& peer)
{
    const auto session = [](const auto&) {
        return model::OperatorSession{u"t1"_s,
                                      fromMs(QDateTime::currentMSecsSinceEpoch() + 86'400'000),
                                      {OperatorId{1}, u"vera@example.org"_s, u"Vera Brandt"_s, true},
                                      {{{}, model::OperatorRole::Admin}}};
    };
    answer<protocol::SessionFirstAdmin>(peer, session);
    answer<protocol::SessionResume>(peer, session);
    peer.on(u"session.signIn"_s, [session](const QJsonObject& parameters) -> PeerAnswer {
        if (parameters.value("password"_L1).toString() == "wrong"_L1)
            return PeerError{u"wrong-credentials"_s, {}};
        return model::toJson(session(parameters));
    });
    peer.on(u"session.firstAdmin"_s,
            [session](const QJsonObject& parameters) -> PeerAnswer { return model::toJson(session(parameters)); });
    answer<protocol::SessionSignOut>(peer, [](const auto&) { return model::Nothing{}; });
}

} // namespace

void fillPeer(Peer& peer, const QString& mode)
{
    fillSession(peer);
    // What has no rows has its figures all the same.
    answer<protocol::OverviewGet>(peer, [](const auto&) { return model::Overview{}; });
    answer<protocol::MetricsQuery>(peer, [](const auto&) { return model::MetricSamples{}; });
    answer<protocol::ScriptRuns>(peer, [](const auto&) { return model::RunPage{}; });
    if (mode == "empty"_L1)
        return;
    const QJsonObject all = community();
    if (mode == "error"_L1) {
        fillDeployments(peer);
        const auto lost = [](const QJsonObject&) { return PeerError{u"database-lost"_s, {}}; };
        peer.on(u"overview.get"_s, lost);
        peer.on(u"metrics.query"_s, lost);
        peer.onOther(lost);
        return;
    }
    fillHomes(peer);
    answer<protocol::MetricsQuery>(peer, [](const auto&) { return metricSamples(); });
    fromData<protocol::ServerList, protocol::OperatorList, protocol::OperatorAdd, protocol::OperatorUpdate,
             protocol::AuditQuery, protocol::OverviewGet>(peer, all);
    fromData<protocol::LibraryList, protocol::LibraryInstall, protocol::ScriptList, protocol::ScriptGet,
             protocol::ScriptCreate, protocol::ScriptDeploy, protocol::ScriptPause, protocol::ScriptResume,
             protocol::ScriptSetParameters, protocol::ScriptSaveVersion, protocol::ScriptVersions,
             protocol::ScriptVersionGet, protocol::ScriptRuns>(peer, all);
    answer<protocol::ScriptCheck>(peer, check);
    fromData<protocol::AlertList, protocol::MessageList, protocol::MessageConversations, protocol::MessageRead,
             protocol::MessageSend, protocol::QuestionAsk, protocol::ServerInfoGet>(peer, all);
    answerWithAlert<protocol::AlertGet, protocol::AlertAcknowledge, protocol::AlertResolve, protocol::AlertDismiss,
                    protocol::AlertComment>(peer, all);
    answer<protocol::AlertAct>(peer, [all](const protocol::AlertAct& wanted) {
        const model::Alert alert = alertOf(all, wanted.id);
        model::Command command;
        command.id = CommandId{70};
        command.device = alert.origin.device;
        command.location = alert.origin.location;
        command.alert = alert.id;
        return model::ActedAlert{alert, command};
    });
}

} // namespace cohort::console
