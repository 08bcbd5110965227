// One home as coordinators watch it: its figures live, its devices and commands, its timeline, an empty one.

#include "console/charts/stream_chart.h"
#include "console/models/home_tables.h"
#include "console/pages/data_table.h"
#include "console/pages/small_widgets.h"
#include "console/resources/theme.h"
#include "shared/protocol/operations/device.h"
#include "tests/console/peer_window.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTabWidget>
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
    DataTable* m_devices = nullptr;

    void open(const QString& tab, model::OperatorRole role = model::OperatorRole::Coordinator,
              const QString& mode = u"full"_s)
    {
        m_page = m_at.open(u"home/"_s + tab, role, mode);
        QVERIFY(m_page);
        m_devices = child<DataTable>(m_page, u"devices"_s);
    }
    QString pill(const QString& name) const { return child<Pill>(m_page, name)->text(); }
    QLineEdit* value() const { return child<QLineEdit>(m_page, u"value"_s); }
    QWidget* sendCard() const { return child<QWidget>(m_page, u"sendCard"_s); }
    // Sends what is typed; the value as it went out.
    QJsonValue sent(const QString& typed)
    {
        value()->setText(typed);
        if (!PeerWindow::press(sendCard(), u"send"_s) || !m_at.settle())
            return {};
        return m_at.peer()
            .lastOf(u"device.command"_s)
            .value("parameters"_L1)
            .toArray()
            .first()
            .toObject()
            .value("value"_L1);
    }

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

    void aSampleShowsInTheTableOfDevices()
    {
        open(u"devices"_s);
        QTRY_COMPARE(m_devices->model()->rowCount(), 6);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        notify<protocol::SampleArrived>(m_at.peer(), {{{.stream = StreamId{6},
                                                        .device = DeviceId{14},
                                                        .name = u"pressure"_s,
                                                        .index = {},
                                                        .time = now,
                                                        .value = Value::ofNumber(77),
                                                        .isFact = false}}});
        const auto latest = [this] {
            for (int row = 0; row < 6; ++row) {
                const QModelIndex index = m_devices->model()->index(row, HomeDevicesModel::Latest);
                if (index.data(IdRole).toLongLong() == 14)
                    return index.data().toString();
            }
            return QString();
        };
        QTRY_VERIFY2(latest().contains(u"77"_s), qPrintable(latest()));
    }

    void aCommandNeedsADeviceAndAValue()
    {
        open(u"devices"_s);
        QTRY_COMPARE(m_devices->model()->rowCount(), 6);
        QVERIFY(!PeerWindow::canPress(sendCard(), u"send"_s));
        QCOMPARE(child<QLabel>(sendCard(), u"device"_s)->text(), u"Choose a device"_s);
        m_devices->selectId(11);
        QCOMPARE(child<QLabel>(sendCard(), u"device"_s)->text(), u"Stove plug"_s);
        value()->setText(u"  "_s);
        QVERIFY(PeerWindow::press(sendCard(), u"send"_s));
        QVERIFY(m_page->notices()->text().contains(u"Choose a device, a parameter and a value."_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"device.command"_s), 0);
    }

    void whatIsTypedBecomesANumberWhereItIsOne()
    {
        open(u"devices"_s);
        QTRY_COMPARE(m_devices->model()->rowCount(), 6);
        m_devices->selectId(11);
        QCOMPARE(sent(u"ON"_s), QJsonValue(1));
        QCOMPARE(sent(u" off "_s), QJsonValue(0));
        QCOMPARE(sent(u"true"_s), QJsonValue(1));
        QCOMPARE(sent(u"-2.5e1"_s), QJsonValue(-25));
        QCOMPARE(sent(u" Warm White "_s), QJsonValue(u"Warm White"_s)); // as it is written
        QCOMPARE(m_at.peer().count(u"device.command"_s), 5);
        QCOMPARE(m_at.peer().lastOf(u"device.command"_s).value("id"_L1).toInt(), 11);
    }

    void enterTwiceCommandsOnce()
    {
        open(u"devices"_s);
        QTRY_COMPARE(m_devices->model()->rowCount(), 6);
        m_devices->selectId(11);
        value()->setText(u"on"_s);
        QTest::keyClick(value(), Qt::Key_Return);
        QTest::keyClick(value(), Qt::Key_Return);
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"device.command"_s), 1);
        QVERIFY(PeerWindow::canPress(sendCard(), u"send"_s));
    }

    void parametersAreThoseThatCanBeCommandedElseWhatIsMeasured()
    {
        open(u"devices"_s);
        QTRY_COMPARE(m_devices->model()->rowCount(), 6);
        const auto* parameters = child<QComboBox>(sendCard(), u"parameter"_s);
        m_devices->selectId(11);
        QCOMPARE(parameters->count(), 1); // power cannot be set
        m_devices->selectId(13);
        QCOMPARE(parameters->count(), 2);
        QCOMPARE(parameters->itemText(1), u"humidity"_s);
    }

    void whatBecameOfACommandIsShownOnceAndLive()
    {
        open(u"devices"_s);
        const QAbstractItemModel* commands = child<DataTable>(m_page, u"commands"_s)->model();
        QTRY_COMPARE(commands->rowCount(), 3);
        m_devices->selectId(11);
        QCOMPARE(sent(u"off"_s), QJsonValue(0));
        QTRY_COMPARE(commands->rowCount(), 4);
        model::Command done;
        done.id = CommandId{7};
        done.device = DeviceId{11};
        done.location = LocationId{1};
        done.life.state = model::CommandState::Executed;
        const QString before = commands->index(0, CommandsModel::State).data().toString();
        notify<protocol::CommandChanged>(m_at.peer(), {{done}});
        QTRY_VERIFY(commands->index(0, CommandsModel::State).data().toString() != before);
        QCOMPARE(commands->rowCount(), 4);
    }

    void analystsCommandNothing()
    {
        open(u"devices"_s, model::OperatorRole::Analyst);
        QTRY_COMPARE(m_devices->model()->rowCount(), 6);
        QVERIFY(!sendCard()->isVisible());
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
        QVERIFY(PeerWindow::press(m_page, u"earlier"_s));
        QVERIFY(std::abs(chart->from() - (from - span / 2)) < 5000);
        QCOMPARE(chart->to() - chart->from(), span);
        QVERIFY(!child<QPushButton>(m_page, u"live"_s)->isChecked());
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
