// The dialogs that make things: they refuse what is missing with a sentence, ask once, and keep what was typed.

#include "console/models/admin_models.h"
#include "console/pages/dialogs.h"
#include "console/pages/small_widgets.h"
#include "console/resources/theme.h"
#include "tests/console/in_dialog.h"

#include <QCheckBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTimeZone>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestDialogs : public QObject, private InDialog
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { end(); }

    void aDeploymentNeedsAName()
    {
        begin();
        show<DeploymentDialog>();
        line(u"name"_s)->setText(u"  "_s);
        QVERIFY(submit());
        QCOMPARE(bar()->text(), u"Fill in: name"_s);
        QVERIFY(m_dialog->isVisible());
        QCOMPARE(m_at.peer().count(u"deployment.create"_s), 0);
    }

    void aDeploymentIsMadeAsItWasFilledIn()
    {
        begin();
        show<DeploymentDialog>();
        QSignalSpy made(static_cast<DeploymentDialog*>(m_dialog.get()), &DeploymentDialog::made);
        QCOMPARE(box(u"zone"_s)->currentText(), QString::fromLatin1(QTimeZone::systemTimeZoneId()));
        line(u"name"_s)->setText(u" Winter "_s);
        box(u"zone"_s)->setCurrentText(u"Europe/Lisbon"_s);
        box(u"language"_s)->setCurrentIndex(1);
        child<QCheckBox>(m_dialog.get(), u"tokenless"_s)->setChecked(true);
        QVERIFY(submit());
        QCOMPARE(m_at.peer().count(u"deployment.create"_s), 1);
        QCOMPARE(m_at.peer().lastOf(u"deployment.create"_s), (QJsonObject{{u"name"_s, u"Winter"_s},
                                                                          {u"timeZone"_s, u"Europe/Lisbon"_s},
                                                                          {u"language"_s, u"de"_s},
                                                                          {u"allowTokenlessDevices"_s, true}}));
        QCOMPARE(made.count(), 1);
        QVERIFY(!m_dialog->isVisible());
    }

    void aRefusalIsSaidAndTheFormStaysAsItWas()
    {
        begin();
        show<DeploymentDialog>();
        QSignalSpy made(static_cast<DeploymentDialog*>(m_dialog.get()), &DeploymentDialog::made);
        m_at.breakIt(u"deployment.create"_s, u"already-exists"_s);
        line(u"name"_s)->setText(u"Winter"_s);
        QVERIFY(submit());
        QVERIFY(bar()->text().contains(u"There is one with this name already."_s));
        QVERIFY(m_dialog->isVisible());
        QCOMPARE(line(u"name"_s)->text(), u"Winter"_s);
        QCOMPARE(made.count(), 0);
        fillHomes(m_at.peer());
        QVERIFY(submit()); // it can be pressed again
        QCOMPARE(m_at.peer().count(u"deployment.create"_s), 2);
        QVERIFY(!m_dialog->isVisible());
    }

    void cancellingAsksNothing()
    {
        begin();
        show<HomeDialog>();
        line(u"name"_s)->setText(u"Am Ufer 1"_s);
        QVERIFY(PeerWindow::press(m_dialog.get(), u"cancel"_s));
        QVERIFY(m_at.settle());
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(m_at.peer().count(u"location.create"_s), 0);
    }

    void aHomeHasTheRoomsThatAreChecked()
    {
        begin();
        show<HomeDialog>();
        line(u"name"_s)->setText(u"Am Ufer 1"_s);
        box(u"clock"_s)->setCurrentIndex(1);
        box(u"zone"_s)->setCurrentText(u"  "_s); // the deployment's
        auto* rooms = child<QListWidget>(m_dialog.get(), u"rooms"_s);
        for (int row = 0; row < rooms->count(); ++row)
            rooms->item(row)->setCheckState(row == 3 ? Qt::Checked : Qt::Unchecked);
        QVERIFY(submit());
        const QJsonObject room{{u"kind"_s, u"living"_s}, {u"name"_s, u"living room"_s}};
        QCOMPARE(m_at.peer().count(u"location.create"_s), 1);
        QCOMPARE(m_at.peer().lastOf(u"location.create"_s), (QJsonObject{{u"deployment"_s, 1},
                                                                        {u"name"_s, u"Am Ufer 1"_s},
                                                                        {u"clock"_s, u"events"_s},
                                                                        {u"rooms"_s, QJsonArray{room}}}));
    }

    void aPersonBelongsToAHome()
    {
        begin();
        show<ParticipantDialog>(QList<model::Location>(), LocationId());
        line(u"name"_s)->setText(u"Martha"_s);
        QVERIFY(submit());
        QVERIFY(bar()->text().startsWith(u"Make a home first"_s));
        QCOMPARE(line(u"name"_s)->text(), u"Martha"_s);
        QCOMPARE(m_at.peer().count(u"participant.create"_s), 0);
    }

    void aPersonIsEnrolledOnceWithWhatIsKnown()
    {
        begin();
        show<ParticipantDialog>(homes(), LocationId{2});
        QSignalSpy made(static_cast<ParticipantDialog*>(m_dialog.get()), &ParticipantDialog::made);
        box(u"role"_s)->setCurrentIndex(1);
        box(u"language"_s)->setCurrentIndex(1);
        line(u"name"_s)->setText(u" Jonas Seidel "_s);
        line(u"email"_s)->setText(u" "_s);
        QVERIFY(submit());
        QCOMPARE(m_at.peer().count(u"participant.create"_s), 1);
        const QJsonObject sent = m_at.peer().lastOf(u"participant.create"_s);
        QCOMPARE(sent.value("roles"_L1).toArray(), (QJsonArray{QJsonObject{{u"location"_s, 2},
                                                                           {u"role"_s, u"caregiver"_s},
                                                                           {u"callingOrder"_s, QJsonValue()},
                                                                           {u"until"_s, QJsonValue()}}}));
        QCOMPARE(sent.value("name"_L1).toString(), u"Jonas Seidel"_s);
        QCOMPARE(sent.value("language"_L1).toString(), u"de"_s);
        QVERIFY(!sent.contains("email"_L1)); // nothing is not an empty address
        QVERIFY(!sent.contains("phone"_L1));
        QCOMPARE(made.count(), 1);
    }

    void whoMayNotSeeNamesIsNotAskedForThem()
    {
        begin(model::OperatorRole::Coordinator, false);
        show<ParticipantDialog>(homes(), LocationId{1});
        for (const QString& name : {u"name"_s, u"email"_s, u"phone"_s})
            QVERIFY2(!line(name)->isVisible(), qPrintable(name));
        QVERIFY(box(u"role"_s)->isVisible());
        QVERIFY(submit());
        QVERIFY(!m_at.peer().lastOf(u"participant.create"_s).contains("name"_L1));
    }

    void aDeviceNeedsIdentifierAndHome()
    {
        begin();
        show<DeviceDialog>(QList<model::Location>(), LocationId());
        line(u"description"_s)->setText(u"At the door"_s);
        QVERIFY(submit());
        QCOMPARE(bar()->text(), u"Fill in: identifier"_s);
        QCOMPARE(m_dialog->focusWidget(), line(u"key"_s));
        line(u"key"_s)->setText(u"door-1"_s);
        QVERIFY(submit());
        QVERIFY(bar()->text().startsWith(u"Make a home first"_s));
        QCOMPARE(line(u"description"_s)->text(), u"At the door"_s);
        QCOMPARE(m_at.peer().count(u"device.register"_s), 0);
    }

    void aDeviceIsRegisteredWithOnlyWhatWasGiven()
    {
        begin();
        show<DeviceDialog>(homes(), LocationId{3});
        line(u"key"_s)->setText(u" door-1 "_s);
        QVERIFY(submit());
        QCOMPARE(m_at.peer().count(u"device.register"_s), 1);
        QCOMPARE(m_at.peer().lastOf(u"device.register"_s),
                 (QJsonObject{{u"location"_s, 3}, {u"key"_s, u"door-1"_s}, {u"token"_s, true}}));
    }

    void aUseFromTheListIsTheProtocolsWordAndOneTypedIsItself()
    {
        begin();
        for (const auto& [shown, sent] :
             {std::pair(u"medication box"_s, u"medication"_s), std::pair(u"aquarium"_s, u"aquarium"_s)}) {
            show<DeviceDialog>(homes(), LocationId{1});
            line(u"key"_s)->setText(u"k"_s);
            box(u"use"_s)->setEditText(shown);
            box(u"type"_s)->setCurrentText(u"Motion sensor"_s);
            box(u"room"_s)->setCurrentText(u"Bathroom"_s);
            line(u"gateway"_s)->setText(u"gw-1"_s);
            child<QCheckBox>(m_dialog.get(), u"token"_s)->setChecked(false);
            QVERIFY(submit());
            const QJsonObject asked = m_at.peer().lastOf(u"device.register"_s);
            QCOMPARE(asked.value("use"_L1).toString(), sent);
            QCOMPARE(asked.value("type"_L1).toInt(), 12);
            QCOMPARE(asked.value("room"_L1).toInt(), 2);
            QCOMPARE(asked.value("gateway"_L1).toString(), u"gw-1"_s);
            QCOMPARE(asked.value("token"_L1).toBool(true), false);
        }
    }

    void theRoomsAreThoseOfTheHome()
    {
        begin();
        QList<model::Location> two = homes().mid(0, 2);
        two[1].rooms = {{RoomId{9}, u"study"_s, u"Library"_s}};
        show<DeviceDialog>(two, LocationId{1});
        QCOMPARE(box(u"room"_s)->count(), 6);
        box(u"home"_s)->setCurrentIndex(1);
        QCOMPARE(box(u"room"_s)->count(), 2);
        QCOMPARE(box(u"room"_s)->itemText(1), u"Library"_s);
    }

    void anOperatorNeedsNameAddressAndPassword()
    {
        begin();
        OperatorsModel operators(m_at.workspace(), nullptr);
        m_dialog = std::make_unique<OperatorDialog>(m_at.workspace(), operators, nullptr);
        m_dialog->show();
        QCOMPARE(line(u"password"_s)->echoMode(), QLineEdit::Password);
        const QList<std::pair<QString, QString>> steps{
            {u"name"_s, u"name"_s}, {u"email"_s, u"e-mail address"_s}, {u"password"_s, u"first password"_s}};
        for (const auto& [field, called] : steps) {
            QVERIFY(submit());
            QCOMPARE(bar()->text(), u"Fill in: "_s + called);
            line(field)->setText(u"x@example.org"_s);
        }
        QCOMPARE(m_at.peer().count(u"operator.add"_s), 0);
        m_dialog.reset(); // before the model it uses
    }

    void anOperatorGetsTheRoleWhereItWasChosen()
    {
        begin();
        OperatorsModel operators(m_at.workspace(), nullptr);
        m_dialog = std::make_unique<OperatorDialog>(m_at.workspace(), operators, nullptr);
        m_dialog->show();
        line(u"name"_s)->setText(u"Li Wei"_s);
        line(u"email"_s)->setText(u" li@example.org "_s);
        line(u"password"_s)->setText(u" spaces count "_s);
        box(u"role"_s)->setCurrentIndex(1);
        box(u"deployment"_s)->setCurrentText(u"Student dormitory"_s);
        QVERIFY(submit());
        QCOMPARE(m_at.peer().count(u"operator.add"_s), 1);
        const QJsonObject sent = m_at.peer().lastOf(u"operator.add"_s);
        QCOMPARE(sent.value("email"_L1).toString(), u"li@example.org"_s);
        QCOMPARE(sent.value("password"_L1).toString(), u" spaces count "_s);
        QCOMPARE(sent.value("maySeeNames"_L1).toBool(true), false);
        QCOMPARE(sent.value("roles"_L1).toArray(),
                 (QJsonArray{QJsonObject{{u"deployment"_s, 2}, {u"role"_s, u"analyst"_s}}}));
        m_dialog.reset();
    }

    void aDeviceWithoutATokenIsShownNone()
    {
        SecretDialog secret(u"Door"_s, model::DeviceSecret{{}, u"curl x"_s}, nullptr);
        secret.show();
        QVERIFY(plainText(&secret).contains(u"posts without a token"_s));
        QVERIFY(!child<QWidget>(&secret, u"first"_s)->isVisible());
        QCOMPARE(child<CopyField>(&secret, u"second"_s)->text(), u"curl x"_s);
    }

    void namesInSecretsAreNoMarkup()
    {
        model::EnrolmentCode code;
        code.enrolmentCode = u"<i>K7</i>"_s;
        SecretDialog secret(u"<b>Eve</b>"_s, code, nullptr);
        QCOMPARE(child<QLabel>(&secret, u"code"_s)->textFormat(), Qt::PlainText);
        QCOMPARE(child<QLabel>(&secret, u"heading"_s)->textFormat(), Qt::PlainText);
        QCOMPARE(child<QLabel>(&secret, u"heading"_s)->text(), u"Code for <b>Eve</b>"_s);
    }
};

QTEST_MAIN(TestDialogs)
#include "tst_dialogs.moc"
