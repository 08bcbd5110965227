// A deployment's budgets and a person's pause in the window: what is shown, what is asked before, what is sent.

#include "console/pages/form_dialog.h"
#include "console/resources/theme.h"
#include "shared/protocol/operations/participant.h"
#include "shared/protocol/operations/place.h"
#include "tests/console/in_tree.h"

#include <QLabel>
#include <QListWidget>
#include <QSpinBox>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestBudgetsAndPauses : public QObject, private InTree
{
    Q_OBJECT

private:
    model::Participant m_paused; // by pauseInPeer

    // The home tells from now on that the person's participation rests.
    void pauseInPeer(ParticipantId id)
    {
        m_at.peer().alter([this, id](const QString& method, const QJsonValue& answered) -> QJsonValue {
            auto home = model::fromJson<model::Home>(answered.toObject());
            if (method != u"location.get"_s || !home)
                return answered;
            for (model::Participant& one : home->participants) {
                if (one.id != id)
                    continue;
                one.status = model::ParticipantStatus::Paused;
                m_paused = one;
            }
            return model::toJson(*home);
        });
    }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { m_at.end(); }

    void finding_G22_aDeploymentsBudgetsAreShownWithTheirBoundsAndOnlyWhatWasTouchedIsSent()
    {
        open();
        answerFilled<protocol::DeploymentUpdate>(m_at.peer());
        QVERIFY(choose({u"Safe at home 2026"_s}));
        QVERIFY(child<QLabel>(m_page, u"detailText"_s)->text().contains(u"10 messages an hour"_s));
        QVERIFY(act(u"editDeployment"_s));
        auto* dialog = m_at.dialog<FormDialog>();
        QVERIFY(dialog);
        const auto number = [dialog](const QString& name) { return child<QSpinBox>(dialog, name); };
        QCOMPARE(number(u"messagesPerHour"_s)->value(), 10);
        QCOMPARE(number(u"messagesPerHour"_s)->suffix(), u" an hour"_s);
        QCOMPARE(number(u"alertsPerHour"_s)->maximum(), 10'000);
        QCOMPARE(number(u"commandsPerHour"_s)->maximum(), 1'000'000);
        QCOMPARE(number(u"serverTtlS"_s)->minimum(), 60);
        QVERIFY(plainText(dialog).contains(u"1 to 10,000, usually 30"_s));
        number(u"messagesPerHour"_s)->setValue(3);
        number(u"commandsPerHour"_s)->setValue(5000);
        QVERIFY(PeerWindow::press(dialog, u"ok"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"deployment.update"_s),
                 (QJsonObject{{u"id"_s, 1}, {u"messagesPerHour"_s, 3}, {u"commandsPerHour"_s, 5000}}));
    }

    void finding_G22_aDeploymentThatNobodyTouchedIsNotSent()
    {
        open();
        QVERIFY(choose({u"Safe at home 2026"_s}));
        QVERIFY(act(u"editDeployment"_s));
        auto* dialog = m_at.dialog<FormDialog>();
        QVERIFY(dialog);
        QVERIFY(PeerWindow::press(dialog, u"ok"_s));
        QTRY_VERIFY(!dialog->isVisible());
        QCOMPARE(m_at.peer().count(u"deployment.update"_s), 0);
    }

    void finding_G22_aPersonIsPausedOnceItWasAskedAndResumed()
    {
        open();
        auto person = filled<model::Participant>();
        answer<protocol::ParticipantUpdate>(m_at.peer(), [&person](const auto&) { return person; });
        QVERIFY(choose({u"Safe at home 2026"_s, u"Lindenweg 4"_s, u"Martha Seidel"_s}));
        QVERIFY(act(u"pausePerson"_s));
        QVERIFY(answerQuestion(false).contains(u"Martha Seidel"_s));
        QCOMPARE(m_at.peer().count(u"participant.update"_s), 0);
        QVERIFY(act(u"pausePerson"_s));
        QVERIFY(answerQuestion(true).contains(u"do not reach this person"_s));
        QCOMPARE(m_at.peer().lastOf(u"participant.update"_s), (QJsonObject{{u"id"_s, 21}, {u"paused"_s, true}}));
        pauseInPeer(ParticipantId{21});
        m_page->deactivate();
        m_page = m_at.enter(u"home/people"_s);
        QVERIFY(m_page);
        QVERIFY(plainText(m_page).contains(u"1 person(s) paused"_s)); // on the home's head
        auto* people = child<QListWidget>(m_page, u"people"_s);
        QVERIFY(people->item(0)->text().contains(u"paused"_s));
        people->setCurrentRow(0);
        person = m_paused;
        person.status = model::ParticipantStatus::Active;
        QVERIFY(PeerWindow::press(m_page, u"pause"_s)); // goes on without a question
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"participant.update"_s), (QJsonObject{{u"id"_s, 21}, {u"paused"_s, false}}));
        QVERIFY(people->item(0)->text().contains(u"active"_s));
        QVERIFY(!plainText(m_page).contains(u"paused"_s));
    }

    void finding_G22_whoIsInvitedCannotBePaused()
    {
        open();
        QVERIFY(choose({u"Safe at home 2026"_s, u"Lindenweg 4"_s, u"Irene Vogt"_s}));
        QVERIFY(!m_page->findChild<QAction*>(u"pausePerson"_s));
        QVERIFY(!m_page->findChild<QAction*>(u"resumePerson"_s));
    }
};

QTEST_MAIN(TestBudgetsAndPauses)
#include "tst_budgets_and_pauses.moc"
