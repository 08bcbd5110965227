// Tables while something happens: news change, bring and keep out rows; what is lost is loaded again; nothing chosen asks nothing.

#include "console/models/admin_models.h"
#include "console/models/alerts_model.h"
#include "console/models/home_tables.h"
#include "console/models/message_models.h"
#include "console/models/script_models.h"
#include "tests/console/filled.h"
#include "tests/console/signed_in.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

model::Command commandOf(qint64 id, model::CommandState state)
{
    auto command = filled<model::Command>();
    command.id = CommandId{id};
    command.life.state = state;
    return command;
}

model::Overview overviewOf(int openAlerts)
{
    model::Overview overview;
    overview.figures.openAlerts = openAlerts;
    return overview;
}

} // namespace

class TestLiveRows : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<SignedIn> m_console;

    Peer& peer() { return m_console->peer; }
    Workspace& workspace() { return m_console->workspace; }
    static void watch(RowsModel& model)
    {
        new QAbstractItemModelTester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest, &model);
    }

private Q_SLOTS:
    void init()
    {
        m_console = std::make_unique<SignedIn>(u"full"_s);
        QVERIFY(m_console->isIn);
    }
    void cleanup() { m_console.reset(); }

    void aCommandChangesWhereItStandsAndANewOneComesOnTop()
    {
        CommandsModel model(workspace(), nullptr);
        watch(model);
        model.show(LocationId{1});
        QTRY_COMPARE(model.rowCount(), 3);
        QCOMPARE(peer().lastOf(u"subscribe"_s),
                 (QJsonObject{{u"topic"_s, u"commands"_s}, {u"filter"_s, QJsonObject{{u"location"_s, 1}}}}));
        const QPersistentModelIndex failed = model.index(2, CommandsModel::State);
        QCOMPARE(failed.data().toString(), u"failed"_s);
        notify<protocol::CommandChanged>(
            peer(), {{commandOf(8, model::CommandState::Sent)}, {commandOf(4, model::CommandState::Executed)}});
        QTRY_COMPARE(model.rowCount(), 4);
        QCOMPARE(model.at(0)->id, CommandId{8});
        QCOMPARE(failed.row(), 3);
        QCOMPARE(failed.data().toString(), u"executed"_s);
        QCOMPARE(failed.data(ToneRole).value<Tone>(), Tone::Good);
    }

    void whatWasNotSentHasNoRow()
    {
        CommandsModel model(workspace(), nullptr);
        model.show(LocationId{1});
        QTRY_COMPARE(model.rowCount(), 3);
        model.put(model::Command{}); // of an alert's action that had none
        QCOMPARE(model.rowCount(), 3);
        const auto sent = SignedIn::answerOf(model.send(DeviceId{11}, {{u"outletStatus"_s, {}, 0}}, u"request-1"_s));
        QVERIFY(sent);
        model.put(*sent);
        QCOMPARE(model.at(0)->id, CommandId{7});
        const QJsonObject parameter{{u"name"_s, u"outletStatus"_s}, {u"index"_s, QJsonValue()}, {u"value"_s, 0}};
        QCOMPARE(
            peer().lastOf(u"device.command"_s),
            (QJsonObject{{u"id"_s, 11}, {u"parameters"_s, QJsonArray{parameter}}, {u"requestId"_s, u"request-1"_s}}));
    }

    void aMomentOfTheTimelineIsShownOnceHoweverOftenItComes()
    {
        TimelineModel model(workspace(), nullptr);
        watch(model);
        model.show(LocationId{1}, QTimeZone::utc());
        QTRY_COMPARE(model.rowCount(), 10);
        model::TimelineEntry entry{fromMs(1'760'000'000'000), model::TimelineKind::Fact, u"asleep = 1"_s, u"fact:9"_s};
        notify<protocol::TimelineAdded>(peer(), {{entry}, {entry}});
        notify<protocol::TimelineAdded>(peer(), {{entry}});
        entry.kind = model::TimelineKind::Event; // another thing of the same moment
        notify<protocol::TimelineAdded>(peer(), {{entry}});
        entry.text = u"asleep = 0"_s;
        notify<protocol::TimelineAdded>(peer(), {{entry}});
        QTRY_COMPARE(model.rowCount(), 13);
        QCOMPARE(model.at(0)->text, u"asleep = 0"_s);
        QCOMPARE(model.at(2)->kind, model::TimelineKind::Fact);
    }

    void alertsOfAnotherHomeStayOut()
    {
        AlertsModel model(workspace(), nullptr);
        watch(model);
        model.show(DeploymentId{1}, LocationId{1}, AlertsModel::Filter::Open);
        QTRY_VERIFY(model.isLoaded());
        const int before = model.rowCount();
        auto alert = filled<model::Alert>();
        alert.id = AlertId{500};
        alert.origin.location = LocationId{2};
        notify<protocol::AlertChanged>(peer(), {{alert}});
        alert.id = AlertId{501};
        alert.origin.location = LocationId{1};
        alert.life.state = model::AlertState::Acknowledged; // still open
        notify<protocol::AlertChanged>(peer(), {{alert}});
        QTRY_COMPARE(model.rowCount(), before + 1);
        QCOMPARE(model.at(0)->id, AlertId{501});
        QCOMPARE(model.find(500), -1);
    }

    void allAlertsTakeWhatIsClosedToo()
    {
        AlertsModel model(workspace(), nullptr);
        model.show(DeploymentId{1}, {}, AlertsModel::Filter::All);
        QTRY_VERIFY(model.isLoaded());
        auto alert = filled<model::Alert>();
        alert.id = AlertId{500};
        alert.life.state = model::AlertState::Dismissed;
        notify<protocol::AlertChanged>(peer(), {{alert}});
        QTRY_COMPARE(model.at(0)->id, AlertId{500});
    }

    void anyMessageLoadsTheConversationsAgain()
    {
        ConversationsModel model(workspace(), nullptr);
        watch(model);
        model.show(DeploymentId{1});
        QTRY_COMPARE(peer().count(u"message.conversations"_s), 1);
        QTRY_VERIFY(model.isLoaded());
        model::Conversation only;
        only.participant = ParticipantId{22};
        answer<protocol::MessageConversations>(peer(), [only](const auto&) {
            return model::Page<model::Conversation>{{only}, false};
        });
        notify<protocol::MessageChanged>(peer(), {{filled<model::Message>()}});
        QTRY_COMPARE(model.rowCount(), 1);
        QCOMPARE(model.at(0)->participant, ParticipantId{22});
        QCOMPARE(peer().count(u"message.conversations"_s), 2);
    }

    void manyChangesOfScriptsLoadTheListOnce()
    {
        ScriptsModel model(workspace(), nullptr);
        model.show(DeploymentId{1});
        QTRY_COMPARE(peer().count(u"script.list"_s), 1);
        for (qint64 id = 1; id <= 30; ++id)
            notify<protocol::ScriptChanged>(peer(), {{ScriptId{id}}});
        QTRY_COMPARE(peer().count(u"script.list"_s), 2);
        QTest::qWait(1200);
        QCOMPARE(peer().count(u"script.list"_s), 2);
    }

    void aListThatWasLeftIsNotLoadedForItsLastChange()
    {
        ScriptsModel model(workspace(), nullptr);
        QSignalSpy failed(&model, &RowsModel::failed);
        model.show(DeploymentId{1});
        QTRY_COMPARE(peer().count(u"script.list"_s), 1);
        QTRY_VERIFY(model.isLoaded());
        notify<protocol::ScriptChanged>(peer(), {{ScriptId{1}}});
        QVERIFY(m_console->answerOf(m_console->client.call(u"server.info"_s))); // the news are here too
        model.show({});
        QTest::qWait(1200);
        QCOMPARE(peer().count(u"script.list"_s), 1);
        QCOMPARE(failed.count(), 0);
    }

    void nothingChosenIsEmptyAndAsksNothing()
    {
        AlertsModel alerts(workspace(), nullptr);
        CommandsModel commands(workspace(), nullptr);
        TimelineModel timeline(workspace(), nullptr);
        MessagesModel messages(workspace(), nullptr);
        ConversationsModel conversations(workspace(), nullptr);
        ScriptsModel scripts(workspace(), nullptr);
        RunsModel runs(workspace(), nullptr);
        const QList<RowsModel*> all{&alerts, &commands, &timeline, &messages, &conversations, &scripts, &runs};
        commands.show(LocationId{1});
        QTRY_COMPARE(commands.rowCount(), 3);
        QTRY_VERIFY(peer().isSubscribed(u"commands"_s));
        QList<std::shared_ptr<QSignalSpy>> loaded;
        for (RowsModel* model : all)
            loaded.append(std::make_shared<QSignalSpy>(model, &RowsModel::loaded));
        const qsizetype asked = peer().calls().size();
        alerts.show({}, {}, AlertsModel::Filter::Open);
        commands.show({});
        timeline.show({}, QTimeZone::utc());
        messages.show(DeploymentId{1}, {});
        conversations.show({});
        scripts.show({});
        runs.show({});
        for (qsizetype i = 0; i < all.size(); ++i) {
            QCOMPARE(loaded.at(i)->count(), 1);
            QVERIFY(all.at(i)->isLoaded());
            QVERIFY(!all.at(i)->isLoading());
            QCOMPARE(all.at(i)->rowCount(), 0);
        }
        QTRY_VERIFY(!peer().isSubscribed(u"commands"_s));
        QCOMPARE(peer().calls().size(), asked + 1); // the end of that subscription
    }

    void aRefusedSubscriptionIsSaidAndTheListNotLoaded()
    {
        peer().on(u"subscribe"_s, [](const QJsonObject&) { return PeerError{u"access-denied"_s, u"not here"_s}; });
        RunsModel model(workspace(), nullptr);
        QSignalSpy failed(&model, &RowsModel::failed);
        model.show(ScriptId{3});
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::AccessDenied);
        QCOMPARE(failed.first().first().value<Error>().detail, u"not here"_s);
        QCOMPARE(peer().count(u"script.runs"_s), 0);
        QVERIFY(!model.isLoaded());
    }

    void whatWasLostIsLoadedInsteadOfShownInPart()
    {
        CommandsModel model(workspace(), nullptr);
        model.show(LocationId{1});
        QTRY_COMPARE(model.rowCount(), 3);
        notify<protocol::CommandChanged>(peer(), {{commandOf(20, model::CommandState::Sent)}});
        QTRY_COMPARE(model.rowCount(), 4);
        answer<protocol::CommandList>(peer(), [](const auto&) {
            return model::Page<model::Command>{
                {commandOf(22, model::CommandState::Sent), commandOf(21, model::CommandState::Sent)}, false};
        });
        peer().loseOne(u"commands"_s);
        notify<protocol::CommandChanged>(peer(), {{commandOf(22, model::CommandState::Sent)}});
        QTRY_COMPARE(model.rowCount(), 2);
        QCOMPARE(model.at(1)->id, CommandId{21});
        QCOMPARE(peer().count(u"command.list"_s), 2);
        peer().resync(u"commands"_s);
        QTRY_COMPARE(peer().count(u"command.list"_s), 3);
    }

    void theOverviewFollowsTheAlerts()
    {
        answer<protocol::OverviewGet>(peer(), [](const auto&) { return overviewOf(1); });
        OverviewModel model(workspace(), nullptr);
        QVERIFY(!model.figures());
        model.show(DeploymentId{2});
        QTRY_VERIFY(model.figures());
        QCOMPARE(model.figures()->figures.openAlerts, 1);
        QCOMPARE(peer().lastOf(u"overview.get"_s), (QJsonObject{{u"deployment"_s, 2}}));
        answer<protocol::OverviewGet>(peer(), [](const auto&) { return overviewOf(2); });
        notify<protocol::AlertChanged>(peer(), {{filled<model::Alert>()}});
        QTRY_COMPARE(model.figures()->figures.openAlerts, 2);
        model.stop();
        QTRY_VERIFY(!peer().isSubscribed(u"alerts"_s));
        model.show({});
        QTRY_COMPARE(peer().lastOf(u"overview.get"_s), QJsonObject());
        QVERIFY(!peer().isSubscribed(u"alerts"_s));
    }

    void theOverviewLoadsEvenWhereItMayNotListen()
    {
        peer().on(u"subscribe"_s, [](const QJsonObject&) { return PeerError{u"busy"_s, {}}; });
        OverviewModel model(workspace(), nullptr);
        model.show(DeploymentId{1});
        QTRY_VERIFY(model.isLoaded());
        QVERIFY(model.figures());
    }

    void figuresOfTheDeploymentBeforeAreLeftOut()
    {
        OverviewModel model(workspace(), nullptr);
        QSignalSpy failed(&model, &RowsModel::failed);
        answer<protocol::OverviewGet>(peer(), [&](const protocol::OverviewGet& wanted) {
            if (wanted.deployment == DeploymentId{1})
                model.show(DeploymentId{2}); // while the answer for the first is under way
            return overviewOf(static_cast<int>(wanted.deployment->value));
        });
        QList<int> shown;
        connect(&model, &OverviewModel::figuresChanged, this,
                [&] { shown.append(model.figures() ? model.figures()->figures.openAlerts : 0); });
        model.show(DeploymentId{1});
        QTRY_VERIFY(!shown.isEmpty());
        QVERIFY(peer().count(u"overview.get"_s) >= 2); // it is asked for again every few seconds
        QCOMPARE(QSet<int>(shown.begin(), shown.end()), QSet<int>{2});
        QCOMPARE(failed.count(), 0);
    }

    void rowsStayInSightWhileTheServerIsAway()
    {
        CommandsModel model(workspace(), nullptr);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy failed(&model, &RowsModel::failed);
        model.show(LocationId{1});
        QTRY_COMPARE(model.rowCount(), 3);
        const auto resets = reset.count();
        connect(&m_console->client, &RpcClient::lost, &model, [&model] { model.reload(); });
        peer().hangUp();
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::Unavailable);
        QCOMPARE(model.rowCount(), 3);
        QTRY_COMPARE(m_console->client.state(), LinkState::Online);
        QTRY_COMPARE(peer().count(u"command.list"_s), 2);
        QTRY_VERIFY(!model.isLoading());
        QCOMPARE(reset.count(), resets); // the same rows: no place is lost
        notify<protocol::CommandChanged>(peer(), {{commandOf(9, model::CommandState::Sent)}});
        QTRY_COMPARE(model.rowCount(), 4); // and it hears again
    }
};

QTEST_GUILESS_MAIN(TestLiveRows)
#include "tst_live_rows.moc"
