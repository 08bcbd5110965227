// The page of alerts as coordinators use it: what may be pressed, what is asked of which alert, what stays as it was.

#include "console/models/alerts_model.h"
#include "console/pages/data_table.h"
#include "console/resources/theme.h"
#include "tests/console/alert_history.h"
#include "tests/console/peer_window.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QToolButton>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

model::Alert alert(qint64 id, const QString& text, model::AlertState state = model::AlertState::Open)
{
    model::Alert made;
    made.id = AlertId{id};
    made.origin.deployment = DeploymentId{1};
    made.origin.location = LocationId{4};
    made.origin.locationName = u"Bahnhofstraße 31"_s;
    made.text = text;
    made.life.state = state;
    made.life.at = made.life.createdAt = fromMs(QDateTime::currentMSecsSinceEpoch() - 1000);
    return made;
}

} // namespace

class TestAlertsPage : public QObject
{
    Q_OBJECT

private:
    PeerWindow m_at;
    Page* m_page = nullptr;
    DataTable* m_table = nullptr;

    void open(model::OperatorRole role = model::OperatorRole::Coordinator, const QString& mode = u"full"_s)
    {
        m_page = m_at.open(u"alerts"_s, role, mode);
        QVERIFY(m_page);
        m_table = child<DataTable>(m_page, u"alerts"_s);
    }
    QLineEdit* note() const { return child<QLineEdit>(m_page, u"comment"_s); }
    QPushButton* action(const QString& text) const
    {
        for (QPushButton* button : child<QWidget>(m_page, u"actions"_s)->findChildren<QPushButton*>()) {
            if (button->text() == text)
                return button;
        }
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { m_at.end(); }

    void theFirstAlertIsChosenAndExplained()
    {
        open();
        QCOMPARE(m_table->selectedId(), 3);
        const QString facts = child<QLabel>(m_page, u"facts"_s)->text();
        QVERIFY(facts.startsWith(u"Lindenweg 4, since "_s));
        QVERIFY(facts.contains(u"Script: Stove left on\nDevice: stove-plug"_s));
        QVERIFY(!facts.contains(u"Snoozed"_s));
    }

    void theHistoryTellsInOrderWhoSawItAndWhatBecameOfCommands()
    {
        m_at.start();
        m_at.beAn(model::OperatorRole::Coordinator, {}, false); // who may not see names
        m_page = m_at.enter(u"alerts"_s);
        QVERIFY(m_page);
        m_table = child<DataTable>(m_page, u"alerts"_s);
        const QStringList lines = historyOf(m_page);
        QCOMPARE(lines.size(), 4);
        QCOMPARE(lines.at(0), u"The alert was raised"_s);
        QCOMPARE(lines.at(1), u"Shown to P-0107"_s);
        QVERIFY2(lines.at(2).startsWith(u"Command to stove-plug (outletStatus = 0): "_s), qPrintable(lines.at(2)));
        QCOMPARE(lines.at(3), u"Goes to P-0108"_s);
        m_table->selectId(2);
        QCOMPARE(historyOf(m_page).at(2), u"P-0108 takes care of it"_s);
        QCOMPARE(historyOf(m_page).at(3), u"Vera Brandt noted: Called; a cold, the doctor knows."_s);
    }

    void anAnswerByAnActionNamesTheAction()
    {
        open();
        model::Alert acted = alert(3, u"acted"_s);
        acted.actions = {{1, u"off"_s, u"Switch it off"_s, DeviceId{11}, u"stove-plug"_s, {}},
                         {2, u"on"_s, u"Leave it on"_s, DeviceId{11}, u"stove-plug"_s, {}}};
        acted.answers = {{acted.life.at, u"operator:3"_s, {}, model::AnswerKind::Act, 2, {}}};
        notify<protocol::AlertChanged>(m_at.peer(), {{acted}});
        QTRY_COMPARE(historyOf(m_page),
                     (QStringList{u"The alert was raised"_s, u"operator 3 took an action: Leave it on"_s}));
    }

    void eachButtonAsksItsOperationOnceOfTheChosenAlert()
    {
        open();
        m_table->selectId(1);
        const QMap<QString, QString> operations{{u"acknowledge"_s, u"alert.acknowledge"_s},
                                                {u"resolve"_s, u"alert.resolve"_s},
                                                {u"dismiss"_s, u"alert.dismiss"_s}};
        for (const auto& [button, operation] : operations.asKeyValueRange()) {
            QVERIFY(PeerWindow::press(m_page, button));
            QVERIFY(!PeerWindow::press(m_page, button)); // it rests until the answer is there
            QVERIFY(m_at.settle());
            QCOMPARE(m_at.peer().count(operation), 1);
            QCOMPARE(m_at.peer().lastOf(operation), (QJsonObject{{u"id"_s, 1}}));
            QVERIFY(PeerWindow::canPress(m_page, button));
        }
    }

    void snoozingSendsItsMinutes()
    {
        open();
        QStringList texts;
        for (QAction* entry : child<QToolButton>(m_page, u"snooze"_s)->menu()->actions()) {
            texts.append(entry->text());
            entry->trigger();
            QVERIFY(m_at.settle());
        }
        QCOMPARE(texts.size(), 4);
        QList<int> minutes;
        for (const Peer::Call& call : m_at.peer().calls()) {
            if (call.method == "alert.acknowledge"_L1)
                minutes.append(call.parameters.value("snoozeMinutes"_L1).toInt());
        }
        QCOMPARE(minutes, (QList<int>{15, 60, 240, 1440}));
    }

    void anActionPressedTwiceCommandsTheDeviceOnce()
    {
        open();
        QPushButton* off = action(u"Switch it off"_s);
        QVERIFY(off && off->isEnabled());
        off->click();
        off->click();
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"alert.act"_s), 1);
        QCOMPARE(m_at.peer().lastOf(u"alert.act"_s), (QJsonObject{{u"id"_s, 3}, {u"action"_s, 1}}));
    }

    void finding_F9_anActionThatMayHarmAsksOnce()
    {
        open();
        model::Alert one = alert(3, u"on"_s);
        one.actions = {
            {1, u"off"_s, u"Switch it off"_s, DeviceId{11}, u"stove-plug"_s, {{u"outletStatus"_s, {}, 0}}, 31}};
        notify<protocol::AlertChanged>(m_at.peer(), {{one}});
        QTRY_COMPARE(child<QWidget>(m_page, u"actions"_s)->findChildren<QPushButton*>().size(), 1);
        action(u"Switch it off"_s)->click();
        const auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        QVERIFY(box);
        QCOMPARE(box->text(), u"Set outletStatus = 0 of “stove-plug”?"_s);
        QVERIFY(box->informativeText().contains(u"Bahnhofstraße 31"_s));
        QTest::keyClick(QApplication::activeModalWidget(), Qt::Key_Escape);
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"alert.act"_s), 0);
        action(u"Switch it off"_s)->click();
        child<QPushButton>(QApplication::activeModalWidget(), u"act"_s)->click();
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"alert.act"_s), 1);
    }

    void ofAClosedAlertNothingIsOfferedButANote()
    {
        open();
        model::Alert closed = alert(3, u"over"_s, model::AlertState::Resolved);
        closed.actions = {{1, u"off"_s, u"Switch it off"_s, DeviceId{11}, u"stove-plug"_s, {}}};
        notify<protocol::AlertChanged>(m_at.peer(), {{closed}});
        QTRY_VERIFY(plainText(m_page).contains(u"over"_s));
        for (const QString& name : {u"acknowledge"_s, u"snooze"_s, u"resolve"_s, u"dismiss"_s})
            QVERIFY2(!PeerWindow::canPress(m_page, name), qPrintable(name));
        QVERIFY(!action(u"Switch it off"_s)->isEnabled());
        QVERIFY(note()->isVisible());
        QCOMPARE(m_table->model()->rowCount(), 3); // nothing vanishes under the hand
    }

    void whoTakesCareAlreadyNeedNotSayItAgain()
    {
        open();
        m_table->selectId(2);
        QVERIFY(!PeerWindow::canPress(m_page, u"acknowledge"_s));
        QVERIFY(PeerWindow::canPress(m_page, u"snooze"_s));
        QVERIFY(PeerWindow::canPress(m_page, u"resolve"_s));
    }

    void analystsReadAndChangeNothing()
    {
        open(model::OperatorRole::Analyst);
        QVERIFY(plainText(m_page).contains(u"nobody is in the kitchen"_s));
        for (const QString& name : {u"acknowledge"_s, u"snooze"_s, u"resolve"_s, u"dismiss"_s, u"addComment"_s})
            QVERIFY2(!PeerWindow::canPress(m_page, name), qPrintable(name));
        QVERIFY(!note()->isVisible());
        QVERIFY(!action(u"Switch it off"_s)->isEnabled());
        QVERIFY(PeerWindow::canPress(m_page, u"openHome"_s));
    }

    void aNoteIsSentTrimmedAndOnlyWhenThereIsOne()
    {
        open();
        note()->setText(u"   "_s);
        QVERIFY(PeerWindow::press(m_page, u"addComment"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"alert.comment"_s), 0);
        note()->setText(u"  called her "_s);
        QTest::keyClick(note(), Qt::Key_Return);
        QTest::keyClick(note(), Qt::Key_Return);
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"alert.comment"_s), 1);
        QCOMPARE(m_at.peer().lastOf(u"alert.comment"_s), (QJsonObject{{u"id"_s, 3}, {u"comment"_s, u"called her"_s}}));
        QVERIFY(note()->text().isEmpty());
    }

    void aNoteThatFailedIsKept()
    {
        open();
        m_at.breakIt(u"alert.comment"_s);
        note()->setText(u"called her"_s);
        QVERIFY(PeerWindow::press(m_page, u"addComment"_s));
        QTRY_VERIFY(m_page->notices()->isShown());
        QCOMPARE(note()->text(), u"called her"_s);
    }

    void aNoteBeingWrittenSurvivesOtherAnswersAndNews()
    {
        open();
        note()->setText(u"half a sen"_s);
        QVERIFY(PeerWindow::press(m_page, u"acknowledge"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(note()->text(), u"half a sen"_s);
        notify<protocol::AlertChanged>(m_at.peer(), {{alert(3, u"changed"_s)}});
        QTRY_VERIFY(plainText(m_page).contains(u"changed"_s));
        QCOMPARE(note()->text(), u"half a sen"_s);
        m_table->selectId(1); // it was about the other one
        QVERIFY(note()->text().isEmpty());
    }

    void retryAnswersTheAlertThatWasMeant()
    {
        open();
        m_at.breakIt(u"alert.resolve"_s);
        QVERIFY(PeerWindow::press(m_page, u"resolve"_s));
        QTRY_VERIFY(m_page->notices()->isShown());
        m_table->selectId(1);
        for (auto* button : m_page->notices()->findChildren<QPushButton*>())
            button->click();
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"alert.resolve"_s), 2);
        QCOMPARE(m_at.peer().lastOf(u"alert.resolve"_s).value("id"_L1).toInt(), 3);
    }

    void aNewAlertStandsInFrontAndTheChoiceStays()
    {
        open();
        m_table->selectId(2);
        notify<protocol::AlertChanged>(m_at.peer(), {{alert(9, u"<b>Smoke</b>"_s)}});
        QTRY_COMPARE(m_table->model()->rowCount(), 4);
        QCOMPARE(m_table->model()->index(0, AlertsModel::Text).data().toString(), u"<b>Smoke</b>"_s);
        QCOMPARE(m_table->selectedId(), 2);
        QVERIFY(plainText(m_page).contains(u"Seven bathroom visits"_s));
        m_table->selectId(9);
        QCOMPARE(child<QLabel>(m_page, u"text"_s)->textFormat(), Qt::PlainText);
    }

    void theFilterAsksForAllAndNewsOfClosedOnesAreShownOnlyThen()
    {
        open();
        notify<protocol::AlertChanged>(m_at.peer(), {{alert(8, u"long over"_s, model::AlertState::Dismissed)}});
        QVERIFY(m_at.settle());
        QCOMPARE(m_table->model()->rowCount(), 3);
        child<QComboBox>(m_page, u"filter"_s)->setCurrentIndex(1);
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"alert.list"_s).value("state"_L1).toString(), u"all"_s);
        notify<protocol::AlertChanged>(m_at.peer(), {{alert(8, u"long over"_s, model::AlertState::Dismissed)}});
        QTRY_COMPARE(m_table->model()->rowCount(), 4);
    }

    void aSnoozedAlertSaysUntilWhenAndOnlyInTheFuture()
    {
        open();
        model::Alert snoozed = alert(3, u"later"_s, model::AlertState::Acknowledged);
        snoozed.life.snoozedUntil = fromMs(QDateTime::currentMSecsSinceEpoch() + 3'600'000);
        notify<protocol::AlertChanged>(m_at.peer(), {{snoozed}});
        QTRY_VERIFY(child<QLabel>(m_page, u"facts"_s)->text().contains(u"Snoozed until "_s));
        snoozed.life.snoozedUntil = fromMs(QDateTime::currentMSecsSinceEpoch() - 1000);
        notify<protocol::AlertChanged>(m_at.peer(), {{snoozed}});
        QTRY_VERIFY(!child<QLabel>(m_page, u"facts"_s)->text().contains(u"Snoozed"_s));
    }

    void withoutAlertsItSaysWhatTheyWouldBe()
    {
        open(model::OperatorRole::Admin, u"empty"_s);
        QVERIFY(plainText(m_page).contains(u"Choose an alert to see why it came"_s));
        QVERIFY(!child<QWidget>(m_page, u"card"_s)->isVisible());
        QVERIFY(!m_page->notices()->isShown());
    }

    void theHomeOfTheAlertOpens()
    {
        open();
        m_table->selectId(1);
        QVERIFY(PeerWindow::press(m_page, u"openHome"_s));
        QTRY_VERIFY(m_at.window().page(u"home"_s)->isVisible());
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"location.get"_s).value("id"_L1).toInt(), 4);
    }
};

QTEST_MAIN(TestAlertsPage)
#include "tst_alerts_page.moc"
