// Every table against the stand-in server, watched by QAbstractItemModelTester: loading, paging, live changes, errors.

#include "console/models/admin_models.h"
#include "console/models/alerts_model.h"
#include "console/models/home_tables.h"
#include "console/models/message_models.h"
#include "console/models/script_models.h"
#include "shared/protocol/notification.h"
#include "shared/protocol/operations/script.h"
#include "tests/console/signed_in.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

model::Alert alertOf(int id, model::AlertState state = model::AlertState::Open)
{
    model::Alert alert;
    alert.id = AlertId{id};
    alert.text = u"<b>alert %1</b>"_s.arg(id);
    alert.origin.deployment = DeploymentId{1};
    alert.origin.location = LocationId{1};
    alert.life.state = state;
    return alert;
}

// Alerts with the numbers from `from` on.
model::Page<model::Alert> alertsFrom(int from, int count, bool more)
{
    model::Page<model::Alert> page{{}, more};
    for (int id = from; id < from + count; ++id)
        page.items.append(alertOf(id));
    return page;
}

} // namespace

class TestTables : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<SignedIn> m_console;

    Peer& peer() { return m_console->peer; }
    Workspace& workspace() { return m_console->workspace; }

    void start(const QString& mode)
    {
        m_console = std::make_unique<SignedIn>(mode);
        QVERIFY(m_console->isIn);
    }
    static void ask(RowsModel& model)
    {
        for (int row = 0; row < model.rowCount(); ++row) {
            for (int column = 0; column < model.columnCount(); ++column) {
                for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(IdRole), int(ToneRole)})
                    model.index(row, column).data(role);
            }
        }
    }

private Q_SLOTS:
    void cleanup() { m_console.reset(); }

    void showsWhatTheServerHas()
    {
        start(u"full"_s);
        const DeploymentId deployment{1};
        AlertsModel alerts(workspace(), nullptr);
        ScriptsModel scripts(workspace(), nullptr);
        LibraryModel library(workspace(), nullptr);
        VersionsModel versions(workspace(), nullptr);
        RunsModel runs(workspace(), nullptr);
        MessagesModel messages(workspace(), nullptr);
        ConversationsModel conversations(workspace(), nullptr);
        CommandsModel commands(workspace(), nullptr);
        TimelineModel timeline(workspace(), nullptr);
        OverviewModel overview(workspace(), nullptr);
        ServersModel servers(workspace(), nullptr);
        OperatorsModel operators(workspace(), nullptr);
        AuditModel audit(workspace(), nullptr);
        const QList<RowsModel*> all{&alerts,   &scripts,  &library,  &versions, &runs,      &messages, &conversations,
                                    &commands, &timeline, &overview, &servers,  &operators, &audit};
        for (RowsModel* model : all)
            new QAbstractItemModelTester(model, QAbstractItemModelTester::FailureReportingMode::QtTest, model);
        alerts.show(deployment, {}, AlertsModel::Filter::Open);
        scripts.show(deployment);
        library.show(deployment);
        versions.show(ScriptId{1});
        runs.show(ScriptId{1});
        messages.show(deployment, ParticipantId{21});
        conversations.show(deployment);
        commands.show(LocationId{1});
        timeline.show(LocationId{1}, QTimeZone("Europe/Berlin"));
        overview.show(deployment);
        servers.reload();
        operators.reload();
        audit.show(deployment);
        for (RowsModel* model : all) {
            QTRY_VERIFY(model->isLoaded());
            QVERIFY(model->rowCount() > 0);
            ask(*model);
        }
        QCOMPARE(overview.figures()->figures.openAlerts, 3);
        QCOMPARE(messages.at(2)->answer->text, u"so-so"_s);
    }

    void fetchesMoreAsOneScrolls()
    {
        start(u"empty"_s);
        answer<protocol::AlertList>(peer(), [](const protocol::AlertList& wanted) {
            return wanted.after ? alertsFrom(static_cast<int>(wanted.after->value) + 1, 30, false)
                                : alertsFrom(1, 200, true);
        });
        AlertsModel model(workspace(), nullptr);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.show(DeploymentId{1}, {}, AlertsModel::Filter::All);
        QTRY_VERIFY(model.rowCount() >= 200);
        if (model.canFetchMore({}))
            model.fetchMore({});
        QTRY_COMPARE(model.rowCount(), 230);
        QVERIFY(!model.canFetchMore({}));
        QCOMPARE(peer().count(u"alert.list"_s), 2);
    }

    void staysLiveAndKeepsItsPlaces()
    {
        start(u"empty"_s);
        answer<protocol::AlertList>(peer(), [](const auto&) { return alertsFrom(1, 3, false); });
        AlertsModel model(workspace(), nullptr);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.show(DeploymentId{1}, {}, AlertsModel::Filter::Open);
        QTRY_COMPARE(model.rowCount(), 3);
        const QPersistentModelIndex second = model.index(1, 0);
        const auto send = [this](int id, model::AlertState state) {
            notify<protocol::AlertChanged>(peer(), {{alertOf(id, state)}});
        };
        send(9, model::AlertState::Open); // a new one comes on top
        QTRY_COMPARE(model.rowCount(), 4);
        QCOMPARE(model.at(0)->id, AlertId{9});
        QCOMPARE(second.row(), 2);
        send(2, model::AlertState::Resolved); // a known one changes where it is
        QTRY_COMPARE(model.at(2)->life.state, model::AlertState::Resolved);
        QCOMPARE(model.rowCount(), 4);
        send(10, model::AlertState::Resolved); // a closed one that was not there does not come
        send(11, model::AlertState::Open);
        QTRY_COMPARE(model.rowCount(), 5);
        QCOMPARE(model.find(10), -1);
    }

    void showsTextOfPeopleAsPlainTips()
    {
        start(u"empty"_s);
        answer<protocol::AlertList>(peer(), [](const auto&) { return alertsFrom(1, 1, false); });
        AlertsModel model(workspace(), nullptr);
        model.show(DeploymentId{1}, {}, AlertsModel::Filter::Open);
        QTRY_COMPARE(model.rowCount(), 1);
        const QModelIndex cell = model.index(0, AlertsModel::Text);
        QCOMPARE(cell.data().toString(), u"<b>alert 1</b>"_s);
        QCOMPARE(cell.data(Qt::ToolTipRole).toString(), u"<span>&lt;b&gt;alert 1&lt;/b&gt;</span>"_s);
    }

    void saysWhatFailedAndLoadsWhenAskedAgain()
    {
        start(u"empty"_s);
        peer().on(u"operator.list"_s, [](const QJsonObject&) { return PeerError{u"access-denied"_s, {}}; });
        OperatorsModel model(workspace(), nullptr);
        QSignalSpy failed(&model, &RowsModel::failed);
        QSignalSpy loading(&model, &RowsModel::loadingChanged);
        model.reload();
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::AccessDenied);
        QVERIFY(!model.isLoaded());
        QCOMPARE(loading.count(), 2);
        answer<protocol::OperatorList>(peer(), [](const auto&) {
            return model::Page<model::Operator>{{{{OperatorId{1}, u"a@b.c"_s, u"A"_s, false}, true, {}}}, false};
        });
        model.reload();
        QTRY_COMPARE(model.rowCount(), 1);
    }

    void anAnswerForTheChoiceBeforeIsLeftOut()
    {
        start(u"empty"_s);
        answer<protocol::ScriptVersions>(peer(), [](const protocol::ScriptVersions& wanted) {
            model::ScriptVersion version;
            version.id = VersionId{wanted.id.value * 100};
            version.script = wanted.id;
            return model::Page<model::ScriptVersion>{{version}, false};
        });
        VersionsModel model(workspace(), nullptr);
        model.show(ScriptId{1});
        model.show(ScriptId{2});
        QTRY_COMPARE(model.rowCount(), 1);
        QTest::qWait(50);
        QCOMPARE(model.at(0)->id, VersionId{200});
    }

    void loadsAgainAfterTheConnectionWasLost()
    {
        start(u"empty"_s);
        AlertsModel model(workspace(), nullptr);
        model.show(DeploymentId{1}, {}, AlertsModel::Filter::Open);
        QTRY_VERIFY(model.isLoaded());
        QCOMPARE(model.rowCount(), 0);
        answer<protocol::AlertList>(peer(), [](const auto&) { return alertsFrom(1, 2, false); });
        peer().hangUp();
        QTRY_COMPARE(model.rowCount(), 2);
    }

    void runsComeLiveAndSayWhatCameOfThem()
    {
        start(u"full"_s);
        RunsModel model(workspace(), nullptr);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.show(ScriptId{1});
        QTRY_COMPARE(model.rowCount(), 4);
        model::Run run;
        run.id = RunId{900};
        run.script = ScriptId{1};
        run.location = LocationId{1};
        run.handler = u"unattended"_s;
        run.trigger = {{u"kind"_s, u"timer"_s}, {u"name"_s, u"patience"_s}};
        run.outcome.status = model::RunStatus::StateTooLarge;
        run.outcome.effects = {{EffectId{1}, model::EffectKind::Alert, {{u"key"_s, u"a"_s}}, {}}};
        notify<protocol::RunRecorded>(peer(), {{run}});
        QTRY_COMPARE(model.rowCount(), 5);
        QCOMPARE(model.index(0, RunsModel::Status).data().toString(), u"state too large"_s);
        QCOMPARE(model.index(0, RunsModel::Outcome).data().toString(), u"alert"_s);
        const QString description = RunsModel::description(*model.at(0));
        QVERIFY2(description.contains(u"kind: timer, name: patience"_s), qPrintable(description));
        QVERIFY2(description.contains(u"alert: key: a"_s), qPrintable(description));
    }

    void finding_G14_tellsHowManyLinesAreKept()
    {
        start(u"full"_s);
        RunsModel model(workspace(), nullptr);
        QCOMPARE(model.keptLines(), QString());
        model.show(ScriptId{1});
        QTRY_COMPARE(model.rowCount(), 4);
        QVERIFY(model.keptLines().startsWith(u"Runs that did nothing"_s)); // finding_runs: why there are fewer here
        QCOMPARE(model.keptLines().section(u". "_s, 1),
                 u"The last %1 lines of log of each home are kept. Lines of all homes when this was "
                 "loaded: %2."_s.arg(QLocale().toString(1000), QLocale().toString(2310)));
        model.show({});
        QCOMPARE(model.keptLines(), QString()); // that was another script's
    }

    void aNotificationThatCannotBeReadSaysSo()
    {
        start(u"full"_s);
        RunsModel model(workspace(), nullptr);
        QSignalSpy failed(&model, &RowsModel::failed);
        model.show(ScriptId{1});
        QTRY_COMPARE(model.rowCount(), 4);
        peer().notify(u"runs"_s, {QJsonObject{{u"run"_s, QJsonObject{{u"id"_s, 7}}}}});
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed.first().first().value<Error>().detail, u"runs: 'run.script' is missing"_s);
        QCOMPARE(model.rowCount(), 4);
    }

    void answersToAlertsAreAskedForByTheirNames()
    {
        start(u"full"_s);
        AlertsModel model(workspace(), nullptr);
        const auto done = [](const QFuture<Result<model::Alert>>& future) {
            return QTest::qWaitFor([&] { return future.isFinished(); }, 5000) && future.result().has_value();
        };
        QVERIFY(done(model.acknowledge(AlertId{3})));
        QCOMPARE(peer().lastOf(u"alert.acknowledge"_s), (QJsonObject{{u"id"_s, 3}}));
        QVERIFY(done(model.acknowledge(AlertId{3}, 15)));
        QCOMPARE(peer().lastOf(u"alert.acknowledge"_s), (QJsonObject{{u"id"_s, 3}, {u"snoozeMinutes"_s, 15}}));
        QVERIFY(done(model.resolve(AlertId{3})));
        QVERIFY(done(model.dismiss(AlertId{3})));
        QVERIFY(done(model.comment(AlertId{3}, u"seen"_s)));
        QCOMPARE(peer().lastOf(u"alert.comment"_s), (QJsonObject{{u"id"_s, 3}, {u"comment"_s, u"seen"_s}}));
        QVERIFY(done(model.act(AlertId{3}, 1)));
        QCOMPARE(peer().lastOf(u"alert.act"_s), (QJsonObject{{u"id"_s, 3}, {u"action"_s, 1}}));
    }

    void newMessagesComeAtTheEndAndOnlyOfThisPerson()
    {
        start(u"full"_s);
        MessagesModel model(workspace(), nullptr);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.show(DeploymentId{1}, ParticipantId{21});
        QTRY_COMPARE(model.rowCount(), 4);
        const auto send = [this](int id, int participant) {
            model::Message message;
            message.id = MessageId{id};
            message.participant = ParticipantId{participant};
            message.direction = model::MessageDirection::FromParticipant;
            message.text = u"hello"_s;
            notify<protocol::MessageChanged>(peer(), {{message}});
        };
        send(90, 22);
        send(91, 21);
        QTRY_COMPARE(model.rowCount(), 5);
        QCOMPARE(model.at(4)->id, MessageId{91});
    }
};

Q_DECLARE_METATYPE(cohort::Error)
QTEST_GUILESS_MAIN(TestTables)
#include "tst_tables.moc"
