// The community as coordinators see and change it: what the tree tells, who may make what where, codes and tokens.

#include "console/models/community_tree.h"
#include "console/pages/dialogs.h"
#include "console/pages/small_widgets.h"
#include "console/resources/theme.h"
#include "shared/protocol/operations/place.h"
#include "tests/console/in_tree.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTreeView>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestDeploymentsPage : public QObject, private InTree
{
    Q_OBJECT

private:
    // Answers the question that is open with its own word; what it said comes back.
    QString agree()
    {
        auto* box = m_at.dialog<QMessageBox>();
        auto* act = box ? box->findChild<QPushButton*>(u"act"_s) : nullptr;
        const QString said = box ? box->informativeText() : QString();
        if (act)
            act->click();
        return act ? said : QString();
    }
    QString detail() const { return child<QLabel>(m_page, u"detailText"_s)->text(); }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { m_at.end(); }

    void theFirstDeploymentIsOpenAndOthersLoadWhenTheyAreOpened()
    {
        open(model::OperatorRole::Coordinator);
        QTRY_COMPARE(m_tree->model()->rowCount(find(u"Safe at home 2026"_s)), 7);
        QCOMPARE(m_at.peer().lastOf(u"location.list"_s).value("deployment"_L1).toInt(), 1);
        QVERIFY(!find(u"Student dormitory"_s).isValid()); // another study's
        m_at.workspace().choose(DeploymentId{2});
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"location.list"_s).value("deployment"_L1).toInt(), 2);
    }

    void aDeploymentTellsItsRules()
    {
        open(model::OperatorRole::Coordinator);
        QVERIFY(choose({u"Safe at home 2026"_s}));
        QVERIFY(detail().contains(u"Every device needs a token."_s));
        QVERIFY(detail().contains(u"Devices: 42, connected: 41"_s));
        m_at.workspace().choose(DeploymentId{2});
        QVERIFY(choose({u"Student dormitory"_s}));
        QVERIFY(detail().contains(u"Devices without tokens are allowed."_s));
        QVERIFY(detail().contains(u"No consent is asked for"_s));
        QVERIFY(!PeerWindow::canPress(m_page, u"openHome"_s));
    }

    void aHomeTellsItsClockAndRooms()
    {
        open(model::OperatorRole::Coordinator);
        QVERIFY(choose({u"Safe at home 2026"_s, u"Home A (replay)"_s}));
        QVERIFY(detail().contains(u"Clock: that of its events"_s));
        QVERIFY(detail().contains(u"Rooms: Kitchen, Bathroom, Bedroom, Living room, Hall"_s));
        QVERIFY(PeerWindow::canPress(m_page, u"openHome"_s));
        QVERIFY(!PeerWindow::canPress(m_page, u"newCode"_s));
        QVERIFY(!PeerWindow::canPress(m_page, u"newToken"_s));
    }

    void aDeviceTellsWhatItMeasuresAndOffersAToken()
    {
        open(model::OperatorRole::Coordinator);
        QVERIFY(chooseDevice());
        for (const QString& line : {u"Identifier: stove-plug"_s, u"Room: Kitchen"_s, u"Connected"_s,
                                    u"Behind the gateway gw-lindenweg"_s, u"  outletStatus: 1"_s})
            QVERIFY2(detail().split(u'\n').contains(line), qPrintable(detail()));
        QVERIFY(!PeerWindow::canPress(m_page, u"newCode"_s));
        QVERIFY(PeerWindow::press(m_page, u"newToken"_s));
        QVERIFY(agree().contains(u"The old one works until"_s));
        auto* secret = m_at.dialog<SecretDialog>();
        QVERIFY(secret);
        QCOMPARE(m_at.peer().lastOf(u"device.newToken"_s), (QJsonObject{{u"id"_s, 11}}));
        QCOMPARE(child<CopyField>(secret, u"first"_s)->text(), u"cdt_7aKe1"_s);
        QVERIFY(plainText(secret).contains(u"cannot show it again"_s));
        QVERIFY(!child<QWidget>(secret, u"qr"_s)->isVisible());
        QVERIFY(PeerWindow::press(secret, u"done"_s));
        QTRY_VERIFY(m_page->findChildren<SecretDialog*>().isEmpty()); // nothing of it is kept
    }

    void aPersonTellsHowToReachThemAndOffersACode()
    {
        open(model::OperatorRole::Coordinator);
        QVERIFY(choosePerson());
        for (const QString& line : {u"Code: P-0107"_s, u"Language: Deutsch"_s, u"martha@example.org"_s})
            QVERIFY2(detail().split(u'\n').contains(line), qPrintable(detail()));
        QVERIFY(!PeerWindow::canPress(m_page, u"newToken"_s));
        QVERIFY(PeerWindow::press(m_page, u"newCode"_s));
        auto* secret = m_at.dialog<SecretDialog>();
        QVERIFY(secret);
        QCOMPARE(m_at.peer().lastOf(u"participant.enrolmentCode"_s), (QJsonObject{{u"id"_s, 21}}));
        QCOMPARE(child<QLabel>(secret, u"heading"_s)->text(), u"Code for Martha Seidel"_s);
        QCOMPARE(child<CopyField>(secret, u"first"_s)->text(), u"https://cohort.example.org/inbox/#K7MQ4-XW2PD"_s);
        QVERIFY(!child<QWidget>(secret, u"second"_s)->isVisible());
    }

    void aRefusedTokenIsSaidAndNoSecretShown()
    {
        open(model::OperatorRole::Coordinator);
        QVERIFY(chooseDevice());
        m_at.breakIt(u"device.newToken"_s, u"access-denied"_s);
        QVERIFY(PeerWindow::press(m_page, u"newToken"_s));
        QVERIFY(agree().contains(u"The old one works until"_s));
        QTRY_VERIFY(m_page->notices()->isShown());
        QVERIFY(m_page->notices()->text().contains(u"Your role does not allow this."_s));
        QVERIFY(m_page->findChildren<SecretDialog*>().isEmpty());
    }

    void coordinatorsMakeAllButDeployments()
    {
        open(model::OperatorRole::Coordinator);
        QVERIFY(!child<QWidget>(m_page, u"newDeployment"_s)->isVisible());
        for (const QString& name : {u"newHome"_s, u"newParticipant"_s, u"newDevice"_s})
            QVERIFY2(PeerWindow::canPress(m_page, name), qPrintable(name));
    }

    void analystsSeeAllAndMakeNothing()
    {
        open(model::OperatorRole::Analyst);
        for (const QString& name : {u"newDeployment"_s, u"newHome"_s, u"newParticipant"_s, u"newDevice"_s})
            QVERIFY2(!PeerWindow::canPress(m_page, name), qPrintable(name));
        QVERIFY(chooseDevice());
        QVERIFY(!PeerWindow::canPress(m_page, u"newToken"_s));
        QVERIFY(PeerWindow::canPress(m_page, u"openHome"_s));
    }

    void whatMayBeMadeFollowsTheStudyOfTheSideBar()
    {
        open(model::OperatorRole::Coordinator, DeploymentId{1});
        QVERIFY(PeerWindow::canPress(m_page, u"newHome"_s));
        m_at.workspace().choose(DeploymentId{2});
        QVERIFY(choose({u"Student dormitory"_s}));
        QVERIFY(!PeerWindow::canPress(m_page, u"newHome"_s));
        QVERIFY(!PeerWindow::canPress(m_page, u"newDevice"_s));
        m_at.workspace().choose(DeploymentId{1});
        QVERIFY(choosePerson());
        QVERIFY(PeerWindow::canPress(m_page, u"newHome"_s));
        QVERIFY(PeerWindow::canPress(m_page, u"newCode"_s));
    }

    void aDeploymentChosenElsewhereStaysWhenTheTreeIsLoadedAgain()
    {
        open(model::OperatorRole::Coordinator);
        QVERIFY(choose({u"Safe at home 2026"_s, u"Lindenweg 4"_s}));
        m_at.window().open(u"overview"_s);
        m_at.workspace().choose(DeploymentId{2});
        QVERIFY(m_at.enter(u"deployments"_s));
        QCOMPARE(m_at.workspace().deployment(), DeploymentId{2});
    }

    void theFirstDeploymentOpensTheWayToTheFirstHome()
    {
        open(model::OperatorRole::Admin, {}, u"empty"_s);
        QVERIFY(detail().startsWith(u"Make a deployment first"_s));
        QVERIFY(!PeerWindow::canPress(m_page, u"newHome"_s));
        QVERIFY(PeerWindow::press(m_page, u"newDeployment"_s));
        auto* dialog = m_at.dialog<DeploymentDialog>();
        QVERIFY(dialog);
        fillHomes(m_at.peer());
        child<QLineEdit>(dialog, u"name"_s)->setText(u"Safe at home 2026"_s);
        QVERIFY(PeerWindow::press(dialog, u"ok"_s));
        QTRY_VERIFY(find(u"Safe at home 2026"_s).isValid());
        QVERIFY(m_at.settle());
        QVERIFY(PeerWindow::canPress(m_page, u"newHome"_s));
        QVERIFY(PeerWindow::canPress(m_page, u"newDevice"_s));
    }

    void aNewHomeAppearsInTheTree()
    {
        open(model::OperatorRole::Coordinator);
        QTRY_VERIFY(find(u"Lindenweg 4"_s).isValid());
        QVERIFY(PeerWindow::press(m_page, u"newHome"_s));
        auto* dialog = m_at.dialog<HomeDialog>();
        QVERIFY(dialog);
        answer<protocol::LocationList>(m_at.peer(), [](const auto&) {
            model::Location made;
            made.id = LocationId{77};
            made.deployment = DeploymentId{1};
            made.name = u"Am Ufer 1"_s;
            return model::Page<model::Location>{{made}, false};
        });
        child<QLineEdit>(dialog, u"name"_s)->setText(u"Am Ufer 1"_s);
        QVERIFY(PeerWindow::press(dialog, u"ok"_s));
        QTRY_VERIFY(find(u"Am Ufer 1"_s).isValid());
        QTRY_VERIFY(m_page->findChildren<HomeDialog*>().isEmpty());
    }

    void aDialogBeginsWithTheHomeThatIsChosen()
    {
        open(model::OperatorRole::Coordinator);
        QVERIFY(choose({u"Safe at home 2026"_s, u"Marktplatz 2"_s}));
        QVERIFY(PeerWindow::press(m_page, u"newParticipant"_s));
        auto* dialog = m_at.dialog<ParticipantDialog>();
        QVERIFY(dialog);
        QCOMPARE(child<QComboBox>(dialog, u"home"_s)->currentText(), u"Marktplatz 2"_s);
    }

    void whenHomesCannotBeListedNoDialogOpensAndRetryOpensIt()
    {
        open(model::OperatorRole::Coordinator);
        m_at.breakIt(u"location.list"_s);
        QVERIFY(PeerWindow::press(m_page, u"newDevice"_s));
        QTRY_VERIFY(m_page->notices()->isShown());
        QVERIFY(m_page->findChildren<DeviceDialog*>().isEmpty());
        fillHomes(m_at.peer());
        for (auto* button : m_page->notices()->findChildren<QPushButton*>())
            button->click();
        QVERIFY(m_at.dialog<DeviceDialog>());
        QVERIFY(!m_page->notices()->isShown());
    }

    void searchFindsWhatIsNotLoadedYetAndHidesTheRest()
    {
        open(model::OperatorRole::Coordinator);
        QTRY_VERIFY(find(u"Am Anger 12"_s).isValid());
        QVERIFY(!find(u"Stove plug"_s).isValid());
        child<QLineEdit>(m_page, u"search"_s)->setText(u" STOVE "_s);
        QTRY_VERIFY(find(u"Stove plug"_s).isValid());
        QCOMPARE(m_at.peer().lastOf(u"device.list"_s).value("search"_L1).toString(), u"STOVE"_s);
        QVERIFY(!find(u"Am Anger 12"_s).isValid());
        QVERIFY(!find(u"Bed mat"_s).isValid());
        child<QLineEdit>(m_page, u"search"_s)->clear();
        QTRY_VERIFY(find(u"Am Anger 12"_s).isValid());
    }

    void typingAsksOnceWhenItPauses()
    {
        open(model::OperatorRole::Coordinator);
        QTest::keyClicks(child<QLineEdit>(m_page, u"search"_s), u"stove"_s);
        QTRY_VERIFY(m_at.peer().count(u"device.list"_s) > 0);
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"device.list"_s), 1);
    }
};

QTEST_MAIN(TestDeploymentsPage)
#include "tst_deployments_page.moc"
