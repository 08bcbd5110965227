// What the overview says beside its figures, the badges on the pages' names, and what opening a conversation does.

#include "console/models/alerts_model.h"
#include "console/pages/data_table.h"
#include "console/resources/theme.h"
#include "shared/protocol/notification.h"
#include "shared/protocol/operations/message.h"
#include "shared/protocol/operations/place.h"
#include "shared/protocol/operations/server.h"
#include "tests/console/filled.h"
#include "tests/console/peer_window.h"

#include <QComboBox>
#include <QToolButton>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestAttention : public QObject
{
    Q_OBJECT

private:
    PeerWindow m_at;

    QString nameOf(const QString& page)
    {
        for (const auto* button : child<QWidget>(&m_at.window(), u"navigation"_s)->findChildren<QToolButton*>()) {
            if (button->text().trimmed().startsWith(page))
                return button->text().trimmed();
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { m_at.end(); }

    void finding_F24_allIsWellIsSaidOnlyWhereItIs_data()
    {
        QTest::addColumn<int>("devices");
        QTest::addColumn<int>("connected");
        QTest::addColumn<int>("reporting");
        QTest::addColumn<int>("alerts");
        QTest::addColumn<QString>("said");
        QTest::newRow("all are there") << 55 << 55 << 55 << 0 << u"All is well"_s;
        QTest::newRow("no devices yet") << 0 << 0 << 0 << 0 << u"All is well"_s;
        QTest::newRow("none is there") << 55 << 0 << 0 << 0 << u"No device is there"_s;
        QTest::newRow("none connected, some report") << 55 << 0 << 20 << 0 << u"Nothing needs your attention now"_s;
        QTest::newRow("all only post") << 55 << 0 << 55 << 0 << u"Nothing needs your attention now"_s;
        QTest::newRow("alerts are put off") << 55 << 55 << 55 << 1 << u"Nothing needs your attention now"_s;
        QTest::newRow("one never reported") << 55 << 55 << 54 << 0 << u"Nothing needs your attention now"_s;
    }
    void finding_F24_allIsWellIsSaidOnlyWhereItIs()
    {
        QFETCH(int, devices);
        QFETCH(int, connected);
        QFETCH(int, reporting);
        QFETCH(int, alerts);
        QFETCH(QString, said);
        m_at.start();
        model::Overview overview;
        overview.figures.devices = devices;
        overview.figures.openAlerts = alerts;
        overview.figures.devicesConnected = connected;
        overview.figures.devicesReporting = reporting;
        answer<protocol::OverviewGet>(m_at.peer(), [overview](const auto&) { return overview; });
        auto* page = m_at.enter(u"overview"_s);
        QVERIFY(page);
        const auto* table = child<DataTable>(page, u"attention"_s);
        QTRY_COMPARE(table->accessibleDescription().section(u'\n', 0, 0), said);
    }

    // What is kept from the list's reader, and a Composer that is off, are not known to be well.
    void finding_F24_wellIsNotSaidOfWhatNobodySees_data()
    {
        QTest::addColumn<model::OperatorRole>("role");
        QTest::addColumn<int>("scripts");
        QTest::addColumn<model::ComposerStatus>("composer");
        QTest::addColumn<QString>("said");
        using Role = model::OperatorRole;
        using Composer = model::ComposerStatus;
        QTest::newRow("an analyst") << Role::Analyst << 0 << Composer::Running << u"The figures alone"_s;
        QTest::newRow("scripts run") << Role::Coordinator << 2 << Composer::Running << u"All is well"_s;
        QTest::newRow("no script is meant to run") << Role::Coordinator << 0 << Composer::Off << u"All is well"_s;
        QTest::newRow("scripts do not run")
            << Role::Coordinator << 2 << Composer::Off << u"Nothing needs your attention now"_s;
    }
    void finding_F24_wellIsNotSaidOfWhatNobodySees()
    {
        QFETCH(model::OperatorRole, role);
        QFETCH(int, scripts);
        QFETCH(model::ComposerStatus, composer);
        QFETCH(QString, said);
        m_at.start();
        m_at.beAn(role);
        model::Overview overview;
        overview.figures.openAlerts = role == model::OperatorRole::Analyst ? 3 : 0;
        overview.figures.scriptsRunning = scripts;
        overview.composer.status = composer;
        answer<protocol::OverviewGet>(m_at.peer(), [overview](const auto&) { return overview; });
        auto* page = m_at.enter(u"overview"_s);
        QVERIFY(page && m_at.settle());
        QTRY_COMPARE(child<DataTable>(page, u"attention"_s)->accessibleDescription().section(u'\n', 0, 0), said);
    }

    void finding_F26_nothingOfTheStudyBeforeIsOnTheOverview()
    {
        m_at.start();
        auto* page = m_at.enter(u"overview"_s);
        QVERIFY(page);
        const auto* rows = child<DataTable>(page, u"attention"_s)->model();
        QTRY_VERIFY(rows->rowCount() > 0);
        m_at.breakIt(u"overview.get"_s);
        m_at.workspace().choose(DeploymentId{2});
        QCOMPARE(rows->rowCount(), 0); // before anything is answered
        QVERIFY(m_at.settle());
        QCOMPARE(rows->rowCount(), 0);
    }

    void finding_F25_badgesFollowWhatWaits()
    {
        m_at.start();
        QVERIFY(m_at.enter(u"deployments"_s));
        QTRY_COMPARE(nameOf(u"Messages"_s), u"Messages (2)"_s);
        QCOMPARE(nameOf(u"Alerts"_s), u"Alerts (3)"_s);
        QCOMPARE(nameOf(u"Overview"_s), u"Overview (4)"_s);
        QCOMPARE(nameOf(u"Composer"_s), u"Composer (1)"_s);
        QCOMPARE(nameOf(u"Home"_s), u"Home"_s);
        answer<protocol::OverviewGet>(m_at.peer(), [](const auto&) { return model::Overview{}; });
        m_at.window().open(u"home"_s); // what was done on the page before may have ended some
        QTRY_COMPARE(nameOf(u"Messages"_s), u"Messages"_s);
        QCOMPARE(nameOf(u"Overview"_s), u"Overview"_s);
    }

    void finding_F25_whatIsOpenedIsReadOnce()
    {
        m_at.start();
        QVERIFY(m_at.enter(u"messages"_s));
        QCOMPARE(m_at.peer().count(u"message.read"_s), 0); // all of the first one's was read
        model::Message written;
        written.id = MessageId{90};
        written.participant = ParticipantId{21};
        written.direction = model::MessageDirection::FromParticipant;
        written.text = u"Are you there?"_s;
        notify<protocol::MessageChanged>(m_at.peer(), {{written}});
        QTRY_COMPARE(m_at.peer().count(u"message.read"_s), 1);
        QCOMPARE(m_at.peer().lastOf(u"message.read"_s), (QJsonObject{{u"participant"_s, 21}, {u"upTo"_s, 90}}));
        notify<protocol::MessageChanged>(m_at.peer(), {{written}});
        written.participant = ParticipantId{22}; // another one's, which nobody looks at
        written.id = MessageId{91};
        notify<protocol::MessageChanged>(m_at.peer(), {{written}});
        QTest::qWait(300);
        QCOMPARE(m_at.peer().count(u"message.read"_s), 1);
        m_at.window().setWindowState(Qt::WindowMinimized); // nobody reads what comes now
        written.participant = ParticipantId{21};
        written.id = MessageId{92};
        notify<protocol::MessageChanged>(m_at.peer(), {{written}});
        QTest::qWait(300);
        QCOMPARE(m_at.peer().count(u"message.read"_s), 1);
        m_at.window().setWindowState(Qt::WindowNoState);
        QTRY_COMPARE(m_at.peer().lastOf(u"message.read"_s).value("upTo"_L1).toInt(), 92);
    }

    // A device that was retired elsewhere stayed on the home's page, and a study's homes were counted as before.
    void finding_whatOthersChangeInTheStudyIsSeen()
    {
        auto* page = m_at.open(u"home/devices"_s, model::OperatorRole::Coordinator);
        QVERIFY(page);
        QTRY_VERIFY(m_at.peer().isSubscribed(u"configuration"_s));
        const auto* devices = child<DataTable>(page, u"devices"_s);
        QTRY_COMPARE(devices->model()->rowCount(), 6);
        const int lists = m_at.peer().count(u"deployment.list"_s);
        auto home = filled<model::Home>();
        home.location.id = LocationId{m_at.peer().lastOf(u"location.get"_s).value("id"_L1).toInteger()};
        answer<protocol::LocationGet>(m_at.peer(), [home](const auto&) { return home; });
        for (int i = 0; i < 3; ++i)
            notify<protocol::ConfigurationChanged>(m_at.peer(), {{u"device"_s, u"device:11"_s}});
        QTRY_COMPARE(m_at.peer().count(u"deployment.list"_s), lists + 1);
        QTRY_COMPARE(devices->model()->rowCount(), static_cast<int>(home.devices.size()));
        m_at.workspace().leave();
        QTRY_VERIFY(!m_at.peer().isSubscribed(u"configuration"_s));
    }

    // "No deployment yet" stood beside sixty devices.
    void finding_theFirstStudyThatIsMadeElsewhereIsSeen()
    {
        m_at.start(u"empty"_s);
        QVERIFY(m_at.enter(u"overview"_s));
        QVERIFY(m_at.workspace().deployments().isEmpty());
        model::Overview overview;
        overview.figures.deployments = 1;
        overview.figures.devices = 60;
        answer<protocol::OverviewGet>(m_at.peer(), [overview](const auto&) { return overview; });
        answer<protocol::DeploymentList>(m_at.peer(), [](const auto&) {
            return protocol::DeploymentList::Answer{{filled<model::Deployment>()}, false};
        });
        m_at.workspace().choose(DeploymentId{9}); // what makes the badges look again at once
        QTRY_COMPARE(m_at.workspace().deployments().size(), 1);
        QTRY_COMPARE(child<QComboBox>(&m_at.window(), u"deployment"_s)->currentText(),
                     filled<model::Deployment>().name);
    }

    // Who presses twice, or while another operator does it, hits no other button.
    void finding_F31_theButtonsOfAnAlertStayInTheirPlaces()
    {
        auto* page = m_at.open(u"alerts"_s, model::OperatorRole::Coordinator);
        QVERIFY(page);
        model::Alert alert;
        alert.id = AlertId{3};
        alert.origin.deployment = DeploymentId{1};
        alert.origin.location = LocationId{4};
        alert.life.at = alert.life.createdAt = fromMs(QDateTime::currentMSecsSinceEpoch() - 1000);
        alert.text = u"The stove is on."_s;
        const auto placesIn = [&](model::AlertState state) {
            alert.life.state = state;
            notify<protocol::AlertChanged>(m_at.peer(), {{alert}});
            m_at.settle();
            QTest::qWait(100);
            QList<QRect> places;
            for (const QString& name : {u"snooze"_s, u"resolve"_s, u"history"_s, u"comment"_s})
                places.append(child<QWidget>(page, name)->geometry());
            return places;
        };
        const auto open = placesIn(model::AlertState::Open);
        QVERIFY(PeerWindow::canPress(page, u"acknowledge"_s));
        QCOMPARE(placesIn(model::AlertState::Acknowledged), open);
        QVERIFY(!PeerWindow::canPress(page, u"acknowledge"_s));
        QCOMPARE(placesIn(model::AlertState::Resolved), open);
    }

    void finding_badge_followsAnAlertThatWasResolvedAtOnce()
    {
        m_at.start();
        QVERIFY(m_at.enter(u"deployments"_s));
        QTRY_COMPARE(nameOf(u"Alerts"_s), u"Alerts (3)"_s);
        answer<protocol::OverviewGet>(m_at.peer(), [](const auto&) { return model::Overview{}; });
        auto alert = filled<model::Alert>();
        alert.id = AlertId{3};
        notify<protocol::AlertChanged>(m_at.peer(), {{alert}});
        QTRY_COMPARE_WITH_TIMEOUT(nameOf(u"Alerts"_s), u"Alerts"_s, 3000);
    }

    void finding_badge_theNextOperatorSeesNoneOfTheOneBefore()
    {
        m_at.start();
        QVERIFY(m_at.enter(u"deployments"_s));
        QTRY_COMPARE(nameOf(u"Alerts"_s), u"Alerts (3)"_s);
        QVERIFY(PeerWindow::press(&m_at.window(), u"signOut"_s));
        QCOMPARE(nameOf(u"Alerts"_s), u"Alerts"_s);
        QTRY_COMPARE(m_at.peer().count(u"session.signOut"_s), 1);
        m_at.peer().on(u"overview.get"_s, [](const QJsonObject&) { return PeerAnswer::none(); });
        m_at.beAn(model::OperatorRole::Analyst);
        m_at.window().signInPage()->setPassword(u"right"_s);
        QVERIFY(m_at.enter(u"deployments"_s));
        QCOMPARE(nameOf(u"Alerts"_s), u"Alerts"_s);
    }
};

QTEST_MAIN(TestAttention)
#include "tst_attention.moc"
