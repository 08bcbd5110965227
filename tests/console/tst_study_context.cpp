// The study of the side bar: what is looked at never changes it, nothing of another one is seen, dialogs name it.

#include "console/models/plain_text.h"
#include "console/pages/dialogs.h"
#include "console/resources/theme.h"
#include "shared/protocol/operations/alert.h"
#include "tests/console/in_tree.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTreeView>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestStudyContext : public QObject, private InTree
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { m_at.end(); }

    void finding_F26_whatWasDoneInTheStudyBeforeComesIntoNoOthersList()
    {
        m_page = m_at.open(u"alerts"_s, model::OperatorRole::Coordinator);
        QVERIFY(m_page);
        answer<protocol::AlertList>(m_at.peer(), [](const auto&) { return model::Page<model::Alert>{}; });
        QVERIFY(PeerWindow::press(m_page, u"acknowledge"_s));
        m_at.workspace().choose(DeploymentId{2}); // before it is answered
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"alert.acknowledge"_s), 1);
        QCOMPARE(child<QTableView>(m_page, u"alerts"_s)->model()->rowCount(), 0);
    }

    void anActionTakenInTheStudyBeforeComesIntoNoOthersList()
    {
        m_page = m_at.open(u"alerts"_s, model::OperatorRole::Coordinator);
        QVERIFY(m_page);
        answer<protocol::AlertList>(m_at.peer(), [](const auto&) { return model::Page<model::Alert>{}; });
        auto* action = child<QWidget>(m_page, u"actions"_s)->findChild<QPushButton*>();
        QVERIFY(action && action->isEnabled());
        action->click();
        m_at.workspace().choose(DeploymentId{2}); // before it is answered
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"alert.act"_s), 1);
        QCOMPARE(child<QTableView>(m_page, u"alerts"_s)->model()->rowCount(), 0);
    }

    // It is said, but not offered to be tried again from the page of another study.
    void finding_F26_whatFailsOfTheStudyBeforeIsNotTriedAgain()
    {
        m_page = m_at.open(u"alerts"_s, model::OperatorRole::Coordinator);
        QVERIFY(m_page);
        m_at.breakIt(u"alert.resolve"_s);
        QVERIFY(PeerWindow::press(m_page, u"resolve"_s));
        m_at.workspace().choose(DeploymentId{2});
        QTRY_VERIFY(m_page->notices()->isShown());
        QVERIFY(m_at.settle());
        const auto* retry = m_page->notices()->findChild<QPushButton*>();
        QVERIFY(retry && !retry->isVisible());
    }

    void finding_F27_whatIsChosenInTheTreeNeverChangesTheStudy()
    {
        open(model::OperatorRole::Coordinator);
        int changes = 0;
        QObject context;
        QObject::connect(&m_at.workspace(), &Workspace::deploymentChanged, &context, [&changes] { ++changes; });
        QVERIFY(choose({u"Safe at home 2026"_s}));
        QVERIFY(chooseDevice());
        QVERIFY(choosePerson());
        QCOMPARE(changes, 0);
        m_at.workspace().choose(DeploymentId{2});
        const auto* chooser = child<QComboBox>(&m_at.window(), u"deployment"_s);
        QCOMPARE(chooser->toolTip(), plainToolTip(chooser->currentText()));
        for (const QString& page : {u"overview"_s, u"home"_s, u"deployments"_s, u"alerts"_s, u"deployments"_s}) {
            QVERIFY(m_at.enter(page));
            m_tree->setFocus();
            QCOMPARE(m_at.workspace().deployment(), DeploymentId{2});
        }
        QCOMPARE(changes, 1);
    }

    void finding_F27_nothingOfAnotherStudyIsInTheTree()
    {
        open(model::OperatorRole::Coordinator);
        QVERIFY(chooseDevice());
        QVERIFY(PeerWindow::canPress(m_page, u"newToken"_s));
        m_at.workspace().choose(DeploymentId{2});
        QVERIFY(m_at.settle());
        for (const QString& name : {u"Safe at home 2026"_s, u"Lindenweg 4"_s, u"Stove plug"_s, u"Martha Seidel"_s})
            QVERIFY2(!find(name).isValid(), qPrintable(name));
        QVERIFY(!PeerWindow::canPress(m_page, u"newToken"_s));
        QVERIFY(!PeerWindow::canPress(m_page, u"openHome"_s));
        child<QLineEdit>(m_page, u"search"_s)->setText(u"stove"_s); // nor is it found
        QVERIFY(m_at.settle());
        QVERIFY(!find(u"Stove plug"_s).isValid());
    }

    void finding_F27_dialogsNameTheStudyAndTheHome_data()
    {
        QTest::addColumn<QString>("button");
        for (const QString& name : {u"newHome"_s, u"newParticipant"_s, u"newDevice"_s})
            QTest::newRow(qPrintable(name)) << name;
    }
    void finding_F27_dialogsNameTheStudyAndTheHome()
    {
        QFETCH(QString, button);
        open(model::OperatorRole::Coordinator);
        QVERIFY(PeerWindow::press(m_page, button));
        auto* dialog = m_at.dialog<QDialog>();
        QVERIFY(dialog);
        QVERIFY2(dialog->windowTitle().contains(u"Safe at home 2026"_s), qPrintable(dialog->windowTitle()));
        QCOMPARE(child<QLabel>(dialog, u"study"_s)->text(), u"Safe at home 2026"_s);
        dialog->reject();
        QVERIFY(choosePerson());
        QVERIFY(PeerWindow::press(m_page, u"newCode"_s));
        auto* secret = m_at.dialog<SecretDialog>();
        QVERIFY(secret);
        QCOMPARE(child<QLabel>(secret, u"study"_s)->text(), u"Safe at home 2026 · Lindenweg 4"_s);
    }
};

QTEST_MAIN(TestStudyContext)
#include "tst_study_context.moc"
