// What somebody has begun to note on an alert: it is that alert's, comes back with it and is asked about before it is lost;
// and what its history says of its end.

#include "console/pages/data_table.h"
#include "console/resources/theme.h"
#include "shared/protocol/notification.h"
#include "tests/console/alert_history.h"
#include "tests/console/peer_window.h"

#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestAlertNotes : public QObject
{
    Q_OBJECT

private:
    PeerWindow m_at;
    Page* m_page = nullptr;
    DataTable* m_table = nullptr;

    void open()
    {
        m_page = m_at.open(u"alerts"_s, model::OperatorRole::Coordinator);
        QVERIFY(m_page);
        m_table = child<DataTable>(m_page, u"alerts"_s);
    }
    QLineEdit* note() const { return child<QLineEdit>(m_page, u"comment"_s); }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { m_at.end(); }

    void aNoteIsItsAlertsAndComesBackWithIt()
    {
        open();
        m_table->selectId(3);
        note()->setText(u"half a sen"_s);
        m_table->selectId(1);
        QVERIFY(note()->text().isEmpty());
        note()->setText(u"of the first"_s);
        m_table->selectId(3);
        QCOMPARE(note()->text(), u"half a sen"_s);
        QVERIFY(m_at.enter(u"overview"_s));
        QVERIFY(m_at.enter(u"alerts"_s));
        m_table->selectId(1);
        QCOMPARE(note()->text(), u"of the first"_s);
    }

    void whatWasAddedDoesNotComeBack()
    {
        open();
        m_table->selectId(1);
        note()->setText(u" called her "_s);
        QVERIFY(PeerWindow::press(m_page, u"addComment"_s));
        m_table->selectId(3); // before it is answered
        QVERIFY(m_at.settle());
        const QJsonObject wanted{{u"id"_s, 1}, {u"comment"_s, u"called her"_s}};
        QCOMPARE(m_at.peer().lastOf(u"alert.comment"_s), wanted);
        QVERIFY(m_at.workspace().drafts().alerts().isEmpty());
        m_table->selectId(1);
        QVERIFY(note()->text().isEmpty());
    }

    void aNoteIsAskedAboutBeforeSigningOut()
    {
        open();
        m_table->selectId(3);
        note()->setText(u"half a sen"_s);
        m_table->selectId(1);
        QVERIFY(PeerWindow::press(&m_at.window(), u"signOut"_s));
        auto* question = m_at.dialog<QMessageBox>();
        QVERIFY(question);
        QVERIFY2(question->text().contains(u"is not added: “half a sen”"_s), qPrintable(question->text()));
        QVERIFY(PeerWindow::press(question, u"keep"_s));
        QTRY_VERIFY(m_at.window().signInPage()->isVisible());
        const QJsonObject wanted{{u"id"_s, 3}, {u"comment"_s, u"half a sen"_s}};
        QCOMPARE(m_at.peer().lastOf(u"alert.comment"_s), wanted);
        QVERIFY(m_at.workspace().drafts().alerts().isEmpty());
    }

    // What happened ended without it.
    void finding_theHistoryTellsThatAScriptEndedIt()
    {
        open();
        m_table->selectId(3);
        model::Alert ended;
        ended.id = AlertId{3};
        ended.origin.deployment = DeploymentId{1};
        ended.origin.location = LocationId{4};
        ended.text = u"ended"_s;
        ended.life.state = model::AlertState::Resolved;
        ended.life.at = ended.life.createdAt = fromMs(QDateTime::currentMSecsSinceEpoch() - 100'000);
        ended.origin.scriptName = u"Hitzealarm"_s;
        ended.life.stateBy = u"script:4"_s;
        ended.life.stateAt = ended.life.createdAt + std::chrono::minutes(1);
        notify<protocol::AlertChanged>(m_at.peer(), {{ended}});
        QTRY_COMPARE(historyOf(m_page), (QStringList{u"The alert was raised"_s, u"resolved by Hitzealarm"_s}));
        ended.life.stateBy = u"operator:1"_s; // the answer says it
        ended.answers = {{*ended.life.stateAt, u"operator:1"_s, u"Vera"_s, model::AnswerKind::Resolve, {}, {}}};
        notify<protocol::AlertChanged>(m_at.peer(), {{ended}});
        QTRY_COMPARE(historyOf(m_page).size(), 2);
        QTRY_VERIFY(historyOf(m_page).at(1).startsWith(u"Vera"_s));
    }
};

QTEST_MAIN(TestAlertNotes)
#include "tst_alert_notes.moc"
