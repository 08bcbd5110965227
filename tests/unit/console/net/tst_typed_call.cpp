// Each member of each answer and notification is taken away, renamed and retyped: every time the error names it.

#include "console/net/session.h"
#include "console/net/typed_call.h"
#include "shared/protocol/notification.h"
#include "shared/protocol/operations/alert.h"
#include "shared/protocol/operations/device.h"
#include "shared/protocol/operations/measurement.h"
#include "shared/protocol/operations/message.h"
#include "shared/protocol/operations/participant.h"
#include "shared/protocol/operations/place.h"
#include "shared/protocol/operations/script.h"
#include "shared/protocol/operations/server.h"
#include "shared/protocol/operations/session.h"
#include "tests/console/filled.h"
#include "tests/console/peer.h"
#include "tests/kit/damage.h"

#include <QSignalSpy>
#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace cohort::protocol;
using namespace Qt::StringLiterals;

namespace {

template <typename... T>
struct Types
{
};

using Operations =
    Types<AlertList, AlertGet, AlertAcknowledge, AlertResolve, AlertDismiss, AlertComment, AlertAct, DeviceTypes,
          DeviceList, DeviceGet, DeviceRegister, DeviceUpdate, DeviceNewToken, DeviceRetire, DeviceCommand, CommandList,
          CommandGet, CommandCancel, MeasurementQuery, MeasurementExport, MeasurementImport, FactQuery, TimelineQuery,
          MessageList, MessageConversations, MessageRead, MessageSend, QuestionAsk, QuestionAnswers, ParticipantList,
          ParticipantGet, ParticipantCreate, ParticipantEnrolmentCode, DeploymentList, DeploymentCreate,
          DeploymentUpdate, LocationList, LocationGet, LocationCreate, LocationUpdate, RoomCreate, RoomUpdate,
          LibraryList, LibraryInstall, ScriptCreate, ScriptList, ScriptGet, ScriptVersions, ScriptVersionGet,
          ScriptCheck, ScriptSaveVersion, ScriptDeploy, ScriptPause, ScriptResume, ScriptRollback, ScriptSetParameters,
          ScriptRuns, OperatorList, OperatorAdd, OperatorUpdate, ServerList, MetricsQuery, AuditQuery, OverviewGet,
          SessionSignIn, SessionFirstAdmin, SessionResume, ServerInfoGet, Subscribe>;
using Items = Types<SampleArrived, AlertChanged, CommandChanged, MessageChanged, ScriptChanged, RunRecorded,
                    PresenceChanged, TimelineAdded, MetricsSampled, ConfigurationChanged>;

// The error of an object as it was read; nothing: it was taken for good.
using Reads = std::function<std::optional<Error>(const QJsonObject&)>;

void expectNamed(const QString& source, const testkit::Damaged& damaged, const Reads& reads)
{
    const auto error = reads(damaged.answer);
    QVERIFY2(error, qPrintable(source + u": nothing was said of "_s + damaged.path));
    QCOMPARE(error->code, ErrorCode::CannotParse);
    const QString fault = damaged.damage == testkit::Damage::Retyped ? u"must be"_s : u"is missing"_s;
    QVERIFY2(error->detail.startsWith(source + u": '"_s + damaged.path + u'\'') && error->detail.contains(fault),
             qPrintable(error->detail));
}

// How many damages there were, each of which must be named.
template <typename T>
int spoil(const char* source, const Reads& reads)
{
    const QJsonObject good = model::toJson(filled<T>());
    if (const auto error = reads(good)) {
        qWarning("%s", qPrintable(error->detail));
        return 0;
    }
    const auto all = testkit::damagesOf(model::describe<T>(), good);
    for (const auto& damaged : all)
        expectNamed(QString::fromLatin1(source), damaged, reads);
    return static_cast<int>(all.size());
}

template <typename Operation>
int spoilAnswer()
{
    return spoil<typename Operation::Answer>(Operation::Name, [](const QJsonObject& object) -> std::optional<Error> {
        const auto answer = answerOf<Operation>(object);
        return answer ? std::optional<Error>() : answer.error();
    });
}

template <typename Item>
int spoilItem()
{
    return spoil<Item>(Item::Topic, [](const QJsonObject& object) -> std::optional<Error> {
        const auto items = itemsOf<Item>({object});
        return items ? std::optional<Error>() : items.error();
    });
}

} // namespace

class TestTypedCall : public QObject
{
    Q_OBJECT

private:
    template <typename... T>
    static void spoilAnswers(Types<T...>)
    {
        const QList<std::pair<const char*, int>> counts{{T::Name, spoilAnswer<T>()}...};
        int all = 0;
        for (const auto& [name, count] : counts) {
            QVERIFY2(count > 0, name);
            all += count;
        }
        qInfo("%d spoilt answers of %d operations", all, static_cast<int>(sizeof...(T)));
    }
    template <typename... T>
    static void spoilItems(Types<T...>)
    {
        for (const auto& [name, count] : QList<std::pair<const char*, int>>{{T::Topic, spoilItem<T>()}...})
            QVERIFY2(count > 0, name);
    }

private Q_SLOTS:
    void namesEachMemberOfEachAnswer() { spoilAnswers(Operations{}); }
    void namesEachMemberOfEachNotification() { spoilItems(Items{}); }

    void sendsParametersByTheirNamesAndLeavesOutWhatHasNothing()
    {
        Peer peer;
        fillPeer(peer, u"empty"_s);
        QVERIFY(peer.listen());
        peer.on(u"device.list"_s, [](const QJsonObject&) { return model::toJson(DeviceList::Answer{{}, true}); });
        RpcClient client;
        client.open(peer.url());
        QTRY_COMPARE(client.state(), LinkState::Open);
        const auto future = console::call(client, DeviceList{.deployment = DeploymentId{3},
                                                             .location = {},
                                                             .state = DeviceStateFilter::Silent,
                                                             .search = {},
                                                             .limit = 50,
                                                             .after = {}});
        QTRY_VERIFY(future.isFinished());
        QVERIFY(future.result());
        QVERIFY(future.result()->more);
        QCOMPARE(peer.lastOf(u"device.list"_s),
                 (QJsonObject{{u"deployment"_s, 3}, {u"limit"_s, 50}, {u"state"_s, u"silent"_s}}));
    }

    void passesTheServersErrorOn()
    {
        const auto answer = answerOf<DeviceList>(fail(ErrorCode::AccessDenied, u"no"_s));
        QCOMPARE(answer.error().code, ErrorCode::AccessDenied);
        QCOMPARE(answer.error().detail, u"no"_s);
    }

    void readsNotificationsByTheirStructAndFailsWithThem()
    {
        Peer peer;
        fillPeer(peer, u"empty"_s);
        QVERIFY(peer.listen());
        RpcClient client;
        client.open(peer.url());
        QTRY_COMPARE(client.state(), LinkState::Open);
        session::signIn(client, u"a@b.c"_s, u"x"_s);
        QList<ScriptChanged> heard;
        const auto subscription = console::subscribe<ScriptChanged>(
            client, filterBy(DeploymentId{4}), this, [&](const QList<ScriptChanged>& items) { heard.append(items); });
        QSignalSpy failed(subscription.get(), &Subscription::failed);
        QTRY_VERIFY(peer.isSubscribed(u"scripts"_s));
        QCOMPARE(peer.lastOf(u"subscribe"_s).value("filter"_L1).toObject(), (QJsonObject{{u"deployment"_s, 4}}));
        peer.notify(u"scripts"_s, {QJsonObject{{u"script"_s, 9}}});
        QTRY_COMPARE(heard.size(), 1);
        QCOMPARE(heard.first().script, ScriptId{9});
        peer.notify(u"scripts"_s, {QJsonObject{{u"script"_s, 10}}, QJsonObject{{u"script"_s, u"x"_s}}});
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed.first().first().value<Error>().detail, u"scripts: 'script' must be an id"_s);
        QCOMPARE(heard.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestTypedCall)
#include "tst_typed_call.moc"
