// What the cells of each table say and mean, in the reader's words and in the home's time.

#include "console/models/admin_models.h"
#include "console/models/alerts_model.h"
#include "console/models/home_tables.h"
#include "console/models/message_models.h"
#include "console/models/script_models.h"
#include "console/models/words.h"
#include "tests/console/filled.h"
#include "tests/console/signed_in.h"

#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestCells : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<SignedIn> m_console;

    Peer& peer() { return m_console->peer; }
    Workspace& workspace() { return m_console->workspace; }
    // The operation answers with these rows; waits until the model has them.
    template <typename Operation, typename Model, typename Show>
    bool fill(Model& model, const typename Operation::Answer& page, Show show)
    {
        answer<Operation>(peer(), [page](const auto&) { return page; });
        show(model);
        return SignedIn::until([&] { return model.rowCount() == page.items.size() && !model.isLoading(); });
    }
    static QString text(const RowsModel& model, int row, int column)
    {
        return model.index(row, column).data().toString();
    }
    static QVariant tone(const RowsModel& model, int row, int column)
    {
        return model.index(row, column).data(ToneRole);
    }
    static QVariant is(Tone tone) { return QVariant::fromValue(tone); }

private Q_SLOTS:
    void init()
    {
        m_console = std::make_unique<SignedIn>(u"full"_s);
        QVERIFY(m_console->isIn);
    }
    void cleanup() { m_console.reset(); }

    void anAlertsSeverityAndStateAreToned()
    {
        auto alert = filled<model::Alert>();
        alert.severity = model::Severity::Urgent;
        alert.life.state = model::AlertState::Acknowledged;
        alert.origin.locationName = u"Am Anger 12"_s;
        AlertsModel model(workspace(), nullptr);
        QVERIFY(fill<protocol::AlertList>(model, {{alert}, false}, [](AlertsModel& one) {
            one.show(DeploymentId{1}, {}, AlertsModel::Filter::Open);
        }));
        QCOMPARE(text(model, 0, AlertsModel::Severity), u"urgent"_s);
        QCOMPARE(tone(model, 0, AlertsModel::Severity), is(Tone::Bad));
        QCOMPARE(text(model, 0, AlertsModel::State), u"acknowledged"_s);
        QCOMPARE(tone(model, 0, AlertsModel::State), is(Tone::Warning));
        QCOMPARE(text(model, 0, AlertsModel::Home), u"Am Anger 12"_s);
        QVERIFY(!tone(model, 0, AlertsModel::Home).isValid());
        QVERIFY(!model.data(QModelIndex(), Qt::DisplayRole).isValid());
    }

    // An alert is told in its home's time wherever it is shown, as the home's timeline tells it.
    void finding_F29_anAlertIsToldInItsHomesTime()
    {
        const QDateTime utc(QDate(2026, 11, 26), QTime(1, 37), Qt::UTC);
        for (const auto& zone : {u"Europe/Vienna"_s, u"Asia/Kathmandu"_s, u"America/New_York"_s}) {
            auto alert = filled<model::Alert>();
            alert.life.at = fromMs(utc.toMSecsSinceEpoch());
            alert.origin.timeZone = zone;
            AlertsModel model(workspace(), nullptr);
            QVERIFY(fill<protocol::AlertList>(model, {{alert}, false}, [](AlertsModel& one) {
                one.show(DeploymentId{1}, {}, AlertsModel::Filter::Open);
            }));
            QCOMPARE(text(model, 0, AlertsModel::Since), words::moment(utc, QTimeZone(zone.toLatin1())));
        }
    }

    void titlesStandAsTheirCellsDo()
    {
        const ScriptsModel model(workspace(), nullptr);
        const auto alignment = [&](int column) {
            return model.headerData(column, Qt::Horizontal, Qt::TextAlignmentRole);
        };
        QCOMPARE(model.headerData(ScriptsModel::Cpu, Qt::Horizontal, Qt::DisplayRole).toString(), u"CPU"_s);
        QVERIFY(!alignment(ScriptsModel::Name).isValid());
        QVERIFY(!alignment(ScriptsModel::Status).isValid());
        for (const int column : {ScriptsModel::Runs, ScriptsModel::Effects, ScriptsModel::Errors, ScriptsModel::Cpu})
            QCOMPARE(alignment(column).toInt(), int(Qt::AlignRight | Qt::AlignVCenter));
        QVERIFY(!model.headerData(-1, Qt::Horizontal, Qt::DisplayRole).isValid());
        QVERIFY(!model.headerData(ScriptsModel::ColumnCount, Qt::Horizontal, Qt::DisplayRole).isValid());
        QVERIFY(!model.headerData(0, Qt::Vertical, Qt::DisplayRole).isValid());
    }

    void aScriptSaysWhichVersionRunsAndWhereItFails()
    {
        auto script = filled<model::Script>();
        script.liveVersion = 0;
        script.version = 3;
        script.status = model::ScriptStatus::Errors;
        script.figures = {5, 0, 1234, 2, 7, 1540, {}, u"<i>ValueError</i>"_s};
        model::Script behind = script;
        behind.id = ScriptId{2};
        behind.liveVersion = 2;
        behind.figures.homesWithErrors = 1;
        model::Script same = script;
        same.id = ScriptId{3};
        same.liveVersion = 3;
        ScriptsModel model(workspace(), nullptr);
        QVERIFY(fill<protocol::ScriptList>(model, {{script, behind, same}, false},
                                           [](ScriptsModel& one) { one.show(DeploymentId{1}); }));
        QCOMPARE(text(model, 0, ScriptsModel::Version), u"3"_s);
        QCOMPARE(text(model, 1, ScriptsModel::Version), u"3, live 2"_s);
        QCOMPARE(text(model, 2, ScriptsModel::Version), u"3"_s);
        QVERIFY(ScriptsModel::stateOf(script).text == u"errors"_s);
        script.status = model::ScriptStatus::Live; // it runs, and some runs of it failed
        QCOMPARE(ScriptsModel::stateOf(script).text, u"live, 2 failed"_s);
        QCOMPARE(ScriptsModel::stateOf(script).tone, Tone::Warning);
        script.figures.errors = 0;
        QCOMPARE(ScriptsModel::stateOf(script).text, u"live"_s);
        QCOMPARE(text(model, 0, ScriptsModel::Homes), u"5"_s);
        QCOMPARE(text(model, 1, ScriptsModel::Homes), u"5, 1 with errors"_s);
        QCOMPARE(text(model, 0, ScriptsModel::Cpu), u"1.5 s"_s);
        QCOMPARE(tone(model, 0, ScriptsModel::Status), is(Tone::Bad));
        QCOMPARE(model.index(0, ScriptsModel::Status).data(Qt::ToolTipRole).toString(),
                 u"<span>&lt;i&gt;ValueError&lt;/i&gt;</span>"_s);
    }

    void onlyWhatStandsStillGoesOnAndOnlyWhatRunsStops()
    {
        using S = model::ScriptStatus;
        for (const S status : {S::Live, S::Shadow})
            QVERIFY(ScriptsModel::canPause(status) && !ScriptsModel::canResume(status));
        QVERIFY(!ScriptsModel::canPause(S::Paused) && ScriptsModel::canResume(S::Paused));
        QVERIFY(ScriptsModel::canPause(S::Errors) && ScriptsModel::canResume(S::Errors)); // some homes run, some do not
        QVERIFY(!ScriptsModel::canPause(S::Draft) && !ScriptsModel::canResume(S::Draft));
    }

    void anOperatorsRightsNameTheirDeployment()
    {
        using R = model::OperatorRole;
        const model::Operator one{{OperatorId{1}, u"a@b.c"_s, u"A"_s, true},
                                  true,
                                  {{DeploymentId{2}, R::Coordinator}, {{}, R::Analyst}, {DeploymentId{99}, R::Admin}}};
        const model::Operator locked{{OperatorId{2}, u"d@e.f"_s, u"D"_s, false}, false, {}};
        OperatorsModel model(workspace(), nullptr);
        QVERIFY(fill<protocol::OperatorList>(model, {{one, locked}, false}, [](OperatorsModel& m) { m.reload(); }));
        QCOMPARE(text(model, 0, OperatorsModel::Roles),
                 u"coordinator (Student dormitory), analyst (everywhere), administrator (#99)"_s);
        QCOMPARE(text(model, 1, OperatorsModel::Roles), QString());
        QCOMPARE(text(model, 0, OperatorsModel::Names), u"yes"_s);
        QCOMPARE(text(model, 1, OperatorsModel::Names), u"no"_s);
        QCOMPARE(tone(model, 0, OperatorsModel::Active), is(Tone::Good));
        QCOMPARE(text(model, 1, OperatorsModel::Active), u"locked out"_s);
        QCOMPARE(tone(model, 1, OperatorsModel::Active), is(Tone::Neutral));
    }

    void aServerThatIsSilentIsBad()
    {
        auto alive = filled<model::Server>();
        alive.name = u"one"_s;
        alive.connections = 3;
        alive.capacity = 10;
        alive.roles = {u"api"_s, u"composer"_s};
        auto silent = alive;
        silent.name = u"two"_s;
        silent.alive = false;
        ServersModel model(workspace(), nullptr);
        QVERIFY(fill<protocol::ServerList>(model, {{alive, silent}, false}, [](ServersModel& one) { one.reload(); }));
        QCOMPARE(text(model, 0, 1), u"running"_s);
        QCOMPARE(tone(model, 0, 1), is(Tone::Good));
        QCOMPARE(text(model, 1, 1), u"not answering"_s);
        QCOMPARE(tone(model, 1, 1), is(Tone::Bad));
        QCOMPARE(text(model, 0, 2), u"api, composer"_s);
        QCOMPARE(text(model, 0, 3), u"3 / 10"_s);
    }

    void theAuditNamesWhoAsWellAsItCan()
    {
        auto named = filled<model::AuditRow>();
        named.actor = u"operator:3"_s;
        named.actorName = u"vera@example.org"_s;
        named.detail = {{u"name"_s, u"x"_s}, {u"active"_s, false}};
        auto unnamed = named;
        unnamed.id = 2;
        unnamed.actorName.clear();
        unnamed.detail = {};
        AuditModel model(workspace(), nullptr);
        QVERIFY(fill<protocol::AuditQuery>(model, {{named, unnamed}, false},
                                           [](AuditModel& one) { one.show(DeploymentId{1}); }));
        QCOMPARE(text(model, 0, 1), u"vera@example.org"_s);
        QCOMPARE(text(model, 1, 1), u"operator 3"_s);
        QCOMPARE(text(model, 0, 5), u"{\"active\":false,\"name\":\"x\"}"_s);
        QCOMPARE(text(model, 1, 5), QString());
        QCOMPARE(model.index(1, 5).data(Qt::ToolTipRole).toString(), QString()); // no empty tip
    }

    void finding_F24_attentionNamesTheCauseAndHowMany()
    {
        using K = model::AttentionKind;
        const auto since = fromMs(QDateTime::currentMSecsSinceEpoch() - 185'000);
        model::Overview overview;
        overview.attention = {{K::HomeOffline, {}, u"deployment:1"_s, {}, {}, since, 6},
                              {K::HomeOffline, u"gw, bed"_s, u"location:4"_s, LocationId{4}, u"H"_s, since, 9},
                              {K::GatewayOffline, u"gw"_s, u"device:1"_s, LocationId{1}, u"H"_s, since, 3},
                              {K::DeviceOffline, u"a, b, c"_s, u"location:2"_s, LocationId{2}, u"H"_s, since, 4},
                              {K::DeviceOffline, u"<b>a</b>"_s, u"device:7"_s, LocationId{2}, u"H"_s, since, 1},
                              {K::SilentDevice, u"a, b"_s, u"location:3"_s, LocationId{3}, u"H"_s, since, 2},
                              {K::SilentDevice, {}, u"deployment:1"_s, {}, {}, since, 7},
                              {K::UnreadMessage, u"P-1"_s, u"participant:7"_s, LocationId{3}, u"H"_s, since, 2},
                              {K::ScriptError, u"Stove: line 3: %n"_s, u"script:1"_s, {}, {}, since, 12},
                              {K::Unanswered, {}, u"deployment:1"_s, {}, {}, since, 40},
                              {K::ScriptPaused, u"Heat"_s, u"script:2"_s, {}, {}, since, 1},
                              {K::ScriptPaused, u"Bed"_s, u"script:3"_s, {}, {}, since, 2}};
        answer<protocol::OverviewGet>(peer(), [overview](const auto&) { return overview; });
        OverviewModel model(workspace(), nullptr);
        model.show({});
        QTRY_COMPARE(model.rowCount(), 12);
        QCOMPARE(text(model, 10, OverviewModel::Text), u"“Heat” is live and paused in all homes"_s);
        QCOMPARE(text(model, 11, OverviewModel::Text), u"“Bed” is live and paused in 2 homes"_s);
        QCOMPARE(text(model, 8, OverviewModel::Text), u"In 12 homes: Stove: line 3: %n"_s);
        QCOMPARE(text(model, 9, OverviewModel::Text), u"No answer to 40 questions"_s);
        QVERIFY(text(model, 0, OverviewModel::Text).startsWith(u"6 homes lost connection: "_s));
        QCOMPARE(text(model, 1, OverviewModel::Text), u"The home lost connection, with 9 devices: gw, bed, …"_s);
        QCOMPARE(text(model, 2, OverviewModel::Text),
                 u"gw lost connection, and with it what is behind it: 3 devices in all"_s);
        QCOMPARE(text(model, 3, OverviewModel::Text), u"4 devices lost connection: a, b, c, …"_s);
        QCOMPARE(text(model, 4, OverviewModel::Text), u"<b>a</b> lost connection"_s);
        QCOMPARE(text(model, 5, OverviewModel::Text), u"No data from 2 devices: a, b"_s);
        QCOMPARE(text(model, 6, OverviewModel::Text), u"No data from devices in 7 homes"_s);
        QVERIFY(text(model, 7, OverviewModel::Text).startsWith(u"2 new message"_s));
        QCOMPARE(tone(model, 0, OverviewModel::Kind), is(Tone::Bad));
        QCOMPARE(tone(model, 4, OverviewModel::Kind), is(Tone::Warning));
    }

    void attentionSaysWhyInASentence()
    {
        using K = model::AttentionKind;
        const auto since = fromMs(QDateTime::currentMSecsSinceEpoch() - 185'000);
        model::Overview overview;
        overview.attention = {{K::SilentDevice, u"Bed mat"_s, u"device:14"_s, LocationId{1}, u"Home"_s, since},
                              {K::Unanswered, u"How many %1 glasses?"_s, u"message:4"_s, LocationId{1}, {}, {}},
                              {K::Alert, u"The stove is on."_s, u"alert:3"_s, LocationId{1}, {}, since},
                              {K::ScriptError, u"ValueError"_s, u"script:1"_s, {}, {}, since}};
        answer<protocol::OverviewGet>(peer(), [overview](const auto&) { return overview; });
        OverviewModel model(workspace(), nullptr);
        model.show({});
        QTRY_COMPARE(model.rowCount(), 4);
        QCOMPARE(text(model, 0, OverviewModel::Text), u"No data from Bed mat"_s);
        QCOMPARE(text(model, 1, OverviewModel::Text), u"No answer to: How many %1 glasses?"_s);
        QCOMPARE(text(model, 2, OverviewModel::Text), u"The stove is on."_s);
        QCOMPARE(text(model, 3, OverviewModel::Text), u"ValueError"_s);
        QCOMPARE(text(model, 0, OverviewModel::Since), u"3 min ago"_s);
        QCOMPARE(text(model, 1, OverviewModel::Since), u"never"_s);
        QCOMPARE(tone(model, 0, OverviewModel::Kind), is(Tone::Warning));
        QCOMPARE(tone(model, 3, OverviewModel::Kind), is(Tone::Bad));
    }

    void aRunSaysTheMostImportantOfWhatCameOfIt()
    {
        auto run = filled<model::Run>();
        QList<model::RunOutcome> outcomes(5);
        outcomes[0].error = u"Traceback:\n  line 3\nValueError: late\n"_s;
        outcomes[0].log = {u"began"_s};
        outcomes[1].effects = {{EffectId{1}, model::EffectKind::SetFact, {}, {}},
                               {EffectId{2}, model::EffectKind::Notify, {}, u"nobody"_s}};
        outcomes[1].because = u"it is late"_s;
        outcomes[2].because = u"nobody is in"_s;
        outcomes[2].log = {u"looked"_s};
        outcomes[3].log = {u"first"_s, u"last"_s};
        QList<model::Run> runs;
        for (const model::RunOutcome& outcome : outcomes) {
            run.id = RunId{run.id.value + 1};
            run.outcome = outcome;
            runs.append(run);
        }
        RunsModel model(workspace(), nullptr);
        QVERIFY(fill<protocol::ScriptRuns>(model, {runs, false}, [](RunsModel& one) { one.show(ScriptId{1}); }));
        QCOMPARE(text(model, 0, RunsModel::Outcome), u"ValueError: late"_s);
        QCOMPARE(text(model, 1, RunsModel::Outcome), u"fact · message · it is late"_s);
        QCOMPARE(text(model, 2, RunsModel::Outcome), u"nobody is in"_s);
        QCOMPARE(text(model, 3, RunsModel::Outcome), u"last"_s);
        QCOMPARE(text(model, 4, RunsModel::Outcome), QString());
    }

    void aRunsDescriptionIsWholeWhateverItsHomeIsCalled()
    {
        model::Run run;
        run.handler = u"on_%3"_s;
        run.locationName = u"Home %1"_s;
        run.version = 12;
        run.at = fromMs(0);
        run.trigger = {{u"kind"_s, u"timer"_s}};
        run.outcome.cpuUs = 1500;
        run.outcome.effects = {{EffectId{1}, model::EffectKind::Notify, {{u"text"_s, u"a"_s}}, u"nobody is there"_s},
                               {EffectId{2}, model::EffectKind::Emit, {{u"name"_s, u"b"_s}}, {}}};
        run.outcome.log = {u"one"_s, QString(), u"two"_s};
        run.outcome.error = u"ValueError"_s;
        const QStringList lines = RunsModel::description(run).split(u'\n');
        QCOMPARE(lines.first(), u"on_%3 in Home %1, version 12"_s);
        QVERIFY(lines.at(1).contains(u"1970"_s));
        QCOMPARE(lines.mid(2), (QStringList{u"Trigger: kind: timer"_s,
                                            u"CPU: 1.5 ms"_s,
                                            u"→ message: text: a"_s,
                                            u"   refused: nobody is there"_s,
                                            u"→ signal: name: b"_s,
                                            {},
                                            u"Log:"_s,
                                            u"one"_s,
                                            {},
                                            u"two"_s,
                                            {},
                                            u"ValueError"_s}));
    }

    void theTimelineIsInTheHomesTime()
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const QTimeZone tokyo("Asia/Tokyo"), newYork("America/New_York");
        auto entry = filled<model::TimelineEntry>();
        entry.time = fromMs(now.toMSecsSinceEpoch());
        entry.kind = model::TimelineKind::AlertAnswer;
        TimelineModel model(workspace(), nullptr);
        QVERIFY(fill<protocol::TimelineQuery>(model, {{entry}, false},
                                              [&](TimelineModel& one) { one.show(LocationId{1}, tokyo); }));
        QCOMPARE(text(model, 0, TimelineModel::Time), words::moment(now, tokyo));
        QCOMPARE(text(model, 0, TimelineModel::Kind), u"answer"_s);
        QCOMPARE(tone(model, 0, TimelineModel::Kind), is(Tone::Good));
        QVERIFY(fill<protocol::TimelineQuery>(model, {{entry}, false},
                                              [&](TimelineModel& one) { one.show(LocationId{2}, newYork); }));
        QCOMPARE(text(model, 0, TimelineModel::Time), words::moment(now, newYork));
    }

    void aCommandIsReadAsWhatItSets()
    {
        QCOMPARE(commandText({}), u"–"_s);
        QCOMPARE(commandText({{u"outletStatus"_s, {}, true}, {u"mode"_s, u"2"_s, u"eco"_s}, {u"level"_s, u""_s, 2.50}}),
                 u"outletStatus = 1, mode 2 = eco, level = 2.5"_s);
        QCOMPARE(commandText({{u"until"_s, {}, qint64(1'767'225'600'000)}}), u"until = 1767225600000"_s);
    }

    void aDeviceShowsThreeOfItsStreamsAndItsKeyAsTip()
    {
        auto home = filled<model::Home>();
        home.location.id = LocationId{1};
        model::Device& device = home.devices.first();
        device.key = u"plug-1"_s;
        device.description = u"Stove plug"_s;
        device.streams.clear();
        for (const QString& name : {u"a"_s, u"b"_s, u"c"_s, u"d"_s})
            device.streams.append({StreamId{1}, name, {}, u"W"_s, model::Sample{Value::ofNumber(-0.001), fromMs(1)}});
        device.streams[1].latest = {};
        home.devices.append(device);
        home.devices[1].id = DeviceId{2};
        home.devices[1].streams.clear();
        answer<protocol::LocationGet>(peer(), [home](const auto&) { return home; });
        HomeModel source(workspace(), nullptr);
        HomeDevicesModel model(source, nullptr);
        source.show(LocationId{1});
        QTRY_COMPARE(model.rowCount(), 2);
        QCOMPARE(text(model, 0, HomeDevicesModel::Latest), u"a 0\u202fW  ·  b –  ·  c 0\u202fW"_s);
        QCOMPARE(text(model, 1, HomeDevicesModel::Latest), u"–"_s);
        QCOMPARE(text(model, 0, HomeDevicesModel::Name), u"Stove plug"_s);
        QCOMPARE(model.index(0, HomeDevicesModel::Name).data(Qt::ToolTipRole).toString(), u"<span>plug-1</span>"_s);
    }

    void aConversationSaysWhatWaitsForWhom()
    {
        QList<model::Conversation> all(4);
        for (qsizetype i = 0; i < all.size(); ++i)
            all[i].participant = ParticipantId{i + 1};
        all[0].code = u"P-0101"_s;
        all[0].name = QString(); // known to have none
        all[0].unread = 2;
        all[0].openQuestions = 1;
        all[0].lastText = u"  two\n lines "_s;
        all[1].openQuestions = 1;
        all[1].lastAt = fromMs(0);
        all[1].timeZone = u"Asia/Tokyo"_s;
        all[2].unread = 1;
        all[3].code = u"P-0104"_s;
        all[3].status = model::ParticipantStatus::Paused;
        ConversationsModel model(workspace(), nullptr);
        QVERIFY(fill<protocol::MessageConversations>(model, {all, false},
                                                     [](ConversationsModel& one) { one.show(DeploymentId{1}); }));
        QCOMPARE(text(model, 0, ConversationsModel::Person), u"P-0101"_s);
        QCOMPARE(text(model, 3, ConversationsModel::Person), u"P-0104 · paused"_s);
        QCOMPARE(text(model, 0, ConversationsModel::LastText), u"two lines"_s);
        QCOMPARE(text(model, 0, ConversationsModel::Waiting), u"2 new, 1 open question(s)"_s);
        QCOMPARE(text(model, 0, ConversationsModel::LastAt), u"–"_s);
        QVERIFY(text(model, 1, ConversationsModel::LastAt).contains(u" 09:00:00 "_s));
        QCOMPARE(tone(model, 0, ConversationsModel::Waiting), is(Tone::Warning));
        QCOMPARE(tone(model, 1, ConversationsModel::Waiting), is(Tone::Info));
        QCOMPARE(tone(model, 2, ConversationsModel::Waiting), is(Tone::Warning));
        QCOMPARE(text(model, 3, ConversationsModel::Waiting), QString());
        QVERIFY(!tone(model, 3, ConversationsModel::Waiting).isValid());
    }

    void aVersionSaysWhetherTheCheckTookIt()
    {
        auto accepted = filled<model::ScriptVersion>();
        accepted.author = u"system"_s;
        accepted.authorName.clear();
        auto refused = accepted;
        refused.id = VersionId{2};
        refused.accepted = false;
        VersionsModel model(workspace(), nullptr);
        QVERIFY(fill<protocol::ScriptVersions>(model, {{accepted, refused}, false},
                                               [](VersionsModel& one) { one.show(ScriptId{1}); }));
        QCOMPARE(text(model, 0, VersionsModel::Author), u"the server"_s);
        QCOMPARE(text(model, 0, VersionsModel::Check), u"accepted"_s);
        QCOMPARE(tone(model, 0, VersionsModel::Check), is(Tone::Good));
        QCOMPARE(text(model, 1, VersionsModel::Check), u"refused"_s);
        QCOMPARE(tone(model, 1, VersionsModel::Check), is(Tone::Bad));
    }
};

QTEST_GUILESS_MAIN(TestCells)
#include "tst_cells.moc"
