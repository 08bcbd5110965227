// One home as coordinators watch it: its figures live, its charts, its timeline, an empty one.

#include "console/charts/stream_chart.h"
#include "console/models/home_tables.h"
#include "console/models/plain_text.h"
#include "console/pages/data_table.h"
#include "console/pages/small_widgets.h"
#include "console/resources/theme.h"
#include "shared/protocol/notification.h"
#include "shared/protocol/operations/alert.h"
#include "shared/protocol/operations/server.h"
#include "tests/console/filled.h"
#include "tests/console/peer_window.h"

#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestHomePage : public QObject
{
    Q_OBJECT

private:
    PeerWindow m_at;
    Page* m_page = nullptr;

    void open(const QString& tab, model::OperatorRole role = model::OperatorRole::Coordinator,
              const QString& mode = u"full"_s)
    {
        m_page = m_at.open(u"home/"_s + tab, role, mode);
        QVERIFY(m_page);
    }
    QString pill(const QString& name) const { return child<Pill>(m_page, name)->text(); }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { m_at.end(); }

    void theHeadCountsWhatIsConnectedAndReports()
    {
        open(u"data"_s);
        QCOMPARE(pill(u"connectedPill"_s), u"5 of 6 connected"_s);
        QCOMPARE(pill(u"reportingPill"_s), u"4 of 6 reporting"_s);
        QVERIFY(pill(u"alertPill"_s).startsWith(u"2 open alert"_s));
        QVERIFY(!child<Pill>(m_page, u"clockPill"_s)->isVisible());
        QCOMPARE(child<QLabel>(m_page, u"zone"_s)->text(), u"Europe/Berlin"_s);
    }

    void finding_C12_whatARuleHasGivenUpOnIsSaidOnTheHomesPageAndTheOverview()
    {
        const QString gaveUp = u"Stove plug draws power nearly all the time and is not watched any more."_s;
        auto alert = filled<model::Alert>();
        alert.severity = model::Severity::Low;
        alert.text = gaveUp;
        alert.life.state = model::AlertState::Open;
        alert.origin.deployment = DeploymentId{1};
        alert.origin.location = LocationId{1};
        alert.origin.timeZone = u"Europe/Berlin"_s;
        auto urgent = alert;
        urgent.id = AlertId{9};
        urgent.text = u"The stove is on."_s;
        urgent.severity = model::Severity::Urgent;
        m_at.start();
        m_at.beAn(model::OperatorRole::Coordinator);
        answer<protocol::AlertList>(m_at.peer(), [alert, urgent](const protocol::AlertList& wanted) {
            using Page = model::Page<model::Alert>;
            return wanted.location == LocationId{1} ? Page{{alert, urgent}, false} : Page{};
        });
        answer<protocol::OverviewGet>(m_at.peer(), [gaveUp](const auto&) {
            auto overview = filled<model::Overview>();
            overview.attention = {
                {model::AttentionKind::Alert, gaveUp, u"alert:1"_s, LocationId{1}, u"Lindenweg 4"_s, {}, 1}};
            return overview;
        });
        m_page = m_at.enter(u"home/data"_s);
        QVERIFY(m_page);
        const QStringList lines = child<QLabel>(m_page, u"alertTexts"_s)->text().split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines.first().startsWith(u"The stove is on. (urgent, since "_s)); // the worst first
        QVERIFY2(lines.last().startsWith(gaveUp + u" (low, since "_s), qPrintable(lines.last()));
        QVERIFY(lines.last().endsWith(u" CET)"_s) || lines.last().endsWith(u" CEST)"_s));
        urgent.life.state = model::AlertState::Resolved;
        notify<protocol::AlertChanged>(m_at.peer(), {{urgent}});
        QTRY_VERIFY(child<QLabel>(m_page, u"alertTexts"_s)->text().startsWith(gaveUp));
        QVERIFY(PeerWindow::press(m_page, u"showAlert"_s));
        QVERIFY(m_at.settle());
        QVERIFY(m_at.window().page(u"alerts"_s)->isVisible());
        m_page = m_at.enter(u"overview"_s);
        QVERIFY(m_page);
        const auto* table = child<DataTable>(m_page, u"attention"_s)->model();
        QCOMPARE(table->index(0, 1).data().toString(), gaveUp);
    }

    void presenceIsFollowedForThisHomeOnly()
    {
        open(u"data"_s);
        const Timestamp now = fromMs(QDateTime::currentMSecsSinceEpoch());
        notify<protocol::PresenceChanged>(m_at.peer(), {{DeviceId{16}, LocationId{1}, true, now}});
        QTRY_COMPARE(pill(u"connectedPill"_s), u"6 of 6 connected"_s);
        notify<protocol::PresenceChanged>(m_at.peer(), {{DeviceId{11}, LocationId{1}, false, now}});
        notify<protocol::PresenceChanged>(m_at.peer(), {{DeviceId{12}, LocationId{1}, false, now}});
        QTRY_COMPARE(pill(u"connectedPill"_s), u"4 of 6 connected"_s);
    }

    void anotherHomeIsShownAsAWhole()
    {
        open(u"timeline"_s);
        auto* homes = child<QComboBox>(m_page, u"homes"_s);
        QCOMPARE(homes->count(), 7);
        homes->setCurrentIndex(2);
        Q_EMIT homes->activated(2);
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"location.get"_s).value("id"_L1).toInt(), 3);
        QCOMPARE(homes->toolTip(), plainToolTip(homes->currentText()));
    }

    void theTimelineGrowsInFront()
    {
        open(u"timeline"_s);
        const QAbstractItemModel* timeline = child<DataTable>(m_page, u"timeline"_s)->model();
        QTRY_COMPARE(timeline->rowCount(), 10);
        const Timestamp now = fromMs(QDateTime::currentMSecsSinceEpoch());
        notify<protocol::TimelineAdded>(m_at.peer(), {{{now, model::TimelineKind::Fact, u"asleep = 1"_s, {}}}});
        QTRY_COMPARE(timeline->rowCount(), 11);
        QCOMPARE(timeline->index(0, TimelineModel::Text).data().toString(), u"asleep = 1"_s);
    }

    void streamsCanBeHiddenAndShownAgain()
    {
        open(u"data"_s);
        QMenu* streams = child<QToolButton>(m_page, u"streams"_s)->menu();
        QCOMPARE(streams->actions().size(), 8);
        for (QAction* entry : streams->actions())
            entry->setChecked(false);
        QVERIFY(!child<QWidget>(m_page, u"chartCard"_s)->isVisible());
        QCOMPARE(child<QLabel>(m_page, u"empty"_s)->text(), u"No stream is chosen. Choose one under “Streams”."_s);
        QVERIFY(!PeerWindow::canPress(m_page, u"earlier"_s));
        QVERIFY(PeerWindow::canPress(m_page, u"exportCsv"_s));
        streams->actions().first()->setChecked(true);
        QVERIFY(child<QWidget>(m_page, u"chartCard"_s)->isVisible());
        QVERIFY(!child<QWidget>(m_page, u"empty"_s)->isVisible());
    }

    void goingBackStopsTheLiveViewAndLiveReturns()
    {
        open(u"data"_s);
        auto* chart = m_page->findChild<StreamChart*>();
        const qint64 span = chart->to() - chart->from();
        const qint64 from = chart->from();
        QVERIFY(!PeerWindow::canPress(m_page, u"later"_s)); // than now
        QVERIFY(PeerWindow::press(m_page, u"earlier"_s));
        QVERIFY(std::abs(chart->from() - (from - span / 2)) < 5000);
        QCOMPARE(chart->to() - chart->from(), span);
        QVERIFY(!child<QPushButton>(m_page, u"live"_s)->isChecked());
        QVERIFY(PeerWindow::press(m_page, u"later"_s));
        if (PeerWindow::canPress(m_page, u"later"_s)) // the clock went on meanwhile
            QVERIFY(PeerWindow::press(m_page, u"later"_s));
        QVERIFY(child<QPushButton>(m_page, u"live"_s)->isChecked()); // it is now again
        QVERIFY(!PeerWindow::canPress(m_page, u"later"_s));
        QVERIFY(PeerWindow::press(m_page, u"earlier"_s));
        QVERIFY(PeerWindow::press(m_page, u"live"_s));
        QVERIFY(child<QPushButton>(m_page, u"live"_s)->isChecked());
        QVERIFY(chart->to() >= from + span);
    }

    void withoutAHomeItSaysWhereToMakeOne()
    {
        open(u"data"_s, model::OperatorRole::Admin, u"empty"_s);
        QVERIFY(!child<QComboBox>(m_page, u"homes"_s)->isEnabled());
        QVERIFY(plainText(m_page).contains(u"No home in this deployment yet."_s));
        QVERIFY(!child<QWidget>(m_page, u"chartCard"_s)->isVisible());
        QVERIFY(!child<QWidget>(m_page, u"connectedPill"_s)->isVisible());
        for (const QString& name : {u"live"_s, u"earlier"_s, u"later"_s, u"streams"_s, u"exportCsv"_s})
            QVERIFY2(!PeerWindow::canPress(m_page, name), qPrintable(name));
        QCOMPARE(m_at.peer().count(u"location.get"_s), 0);
    }

    void leavingThePageEndsItsSubscriptions()
    {
        open(u"data"_s);
        QVERIFY(m_at.peer().isSubscribed(u"measurements"_s));
        m_at.window().open(u"audit"_s);
        QTRY_VERIFY(!m_at.peer().isSubscribed(u"measurements"_s));
        QVERIFY(!m_at.peer().isSubscribed(u"presence"_s));
    }
};

QTEST_MAIN(TestHomePage)
#include "tst_home_page.moc"
