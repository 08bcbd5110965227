// Each member of each answer and notification is taken away, renamed and retyped: every time the error names it.

#include "console/net/session.h"
#include "console/net/typed_call.h"
#include "shared/model/schema.h"
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
          CommandGet, MeasurementQuery, MeasurementExport, MeasurementImport, FactQuery, TimelineQuery, MessageList,
          MessageConversations, MessageSend, QuestionAsk, QuestionAnswers, ParticipantList, ParticipantGet,
          ParticipantCreate, ParticipantEnrolmentCode, DeploymentList, DeploymentCreate, DeploymentUpdate, LocationList,
          LocationGet, LocationCreate, LocationUpdate, RoomCreate, RoomUpdate, LibraryList, LibraryInstall,
          ScriptCreate, ScriptList, ScriptGet, ScriptVersions, ScriptVersionGet, ScriptCheck, ScriptSaveVersion,
          ScriptDeploy, ScriptPause, ScriptResume, ScriptRollback, ScriptSetParameters, ScriptRuns, OperatorList,
          OperatorAdd, OperatorUpdate, ServerList, MetricsQuery, AuditQuery, OverviewGet, SessionSignIn,
          SessionFirstAdmin, SessionResume, ServerInfoGet, Subscribe>;
using Items = Types<SampleArrived, AlertChanged, CommandChanged, MessageChanged, ScriptChanged, RunRecorded,
                    PresenceChanged, TimelineAdded, MetricsSampled, ConfigurationChanged>;

// Goes through the members of an object and of what is in it, and asks `fault` about each object that lacks one.
class Spoiler
{
public:
    // The error of the whole object with one thing wrong; nothing: it was taken for good.
    using Reads = std::function<std::optional<Error>(const QJsonObject&)>;

    Spoiler(const char* source, Reads reads) : m_source(QString::fromLatin1(source)), m_reads(std::move(reads)) {}

    void spoilAll(
        const QJsonObject& object, const std::vector<model::Field>& of, const QString& path = {},
        const std::function<QJsonObject(const QJsonObject&)>& into = [](const QJsonObject& o) { return o; })
    {
        for (const model::Field& field : of) {
            const QString name = QString::fromLatin1(field.name);
            QVERIFY2(object.contains(name), qPrintable(m_source + path + name));
            QJsonObject spoilt = object;
            const QJsonValue value = spoilt.take(name);
            expect(into(spoilt), path + name, u"is missing"_s);
            spoilt.insert(name + u"2"_s, value);
            expect(into(spoilt), path + name, u"is missing"_s);
            if (field.kind != model::Kind::Any) {
                spoilt.insert(name, another(value));
                expect(into(spoilt), path + name, u"must be"_s);
            }
            goDeeper(object, field, path + name, into);
        }
    }
    int count() const { return m_count; }

private:
    // A value that no member of this one's kind takes.
    static QJsonValue another(const QJsonValue& value)
    {
        return value.isArray() ? QJsonValue(u"x"_s) : QJsonValue(QJsonArray{true});
    }

    void goDeeper(const QJsonObject& object, const model::Field& field, const QString& path,
                  const std::function<QJsonObject(const QJsonObject&)>& into)
    {
        const QString name = QString::fromLatin1(field.name);
        const auto put = [=](const QJsonValue& value) {
            QJsonObject whole = object;
            whole.insert(name, value);
            return into(whole);
        };
        if (field.kind == model::Kind::Struct)
            spoilAll(object.value(name).toObject(), field.of, path + u'.', put);
        if (field.kind == model::Kind::List && field.of.front().kind == model::Kind::Struct)
            spoilAll(object.value(name)[0].toObject(), field.of.front().of, path + u"[0]."_s,
                     [put](const QJsonObject& entry) { return put(QJsonArray{entry}); });
    }

    void expect(const QJsonObject& spoilt, const QString& path, const QString& fault)
    {
        ++m_count;
        const std::optional<Error> error = m_reads(spoilt);
        QVERIFY2(error, qPrintable(m_source + u": nothing was said of "_s + path));
        const QString text = error->detail;
        QCOMPARE(error->code, ErrorCode::CannotParse);
        QVERIFY2(text.startsWith(m_source + u": '"_s + path + u'\'') && text.contains(fault), qPrintable(text));
    }

    QString m_source;
    Reads m_reads;
    int m_count = 0;
};

// A list or map of plain values may be of other values, but of no other kind; those are the shared readers' tests.
template <typename Operation>
int spoilAnswer()
{
    using Answer = typename Operation::Answer;
    const QJsonObject good = model::toJson(filled<Answer>());
    const auto read = [](const QJsonObject& object) -> std::optional<Error> {
        const auto answer = answerOf<Operation>(object);
        return answer ? std::optional<Error>() : answer.error();
    };
    if (const auto error = read(good))
        qWarning("%s", qPrintable(error->detail));
    Spoiler spoiler(Operation::Name, read);
    if (!read(good))
        spoiler.spoilAll(good, model::describe<Answer>());
    return spoiler.count();
}

template <typename Item>
int spoilItem()
{
    const QJsonObject good = model::toJson(filled<Item>());
    const auto read = [](const QJsonObject& object) -> std::optional<Error> {
        const auto items = itemsOf<Item>({object});
        return items ? std::optional<Error>() : items.error();
    };
    Spoiler spoiler(Item::Topic, read);
    if (!read(good))
        spoiler.spoilAll(good, model::describe<Item>());
    return spoiler.count();
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
