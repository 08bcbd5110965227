// What was made is edited, taken off and retired in the window: what is asked before, and what is sent then.

#include "console/editor/script_editor.h"
#include "console/pages/data_table.h"
#include "console/pages/diff_dialog.h"
#include "console/pages/form_dialog.h"
#include "console/pages/import_csv.h"
#include "console/pages/rooms_dialog.h"
#include "console/resources/theme.h"
#include "shared/protocol/operations/device.h"
#include "shared/protocol/operations/measurement.h"
#include "shared/protocol/operations/participant.h"
#include "shared/protocol/operations/place.h"
#include "shared/protocol/operations/script.h"
#include "shared/protocol/operations/server.h"
#include "tests/console/in_tree.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QTemporaryFile>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestUndo : public QObject, private InTree
{
    Q_OBJECT

private:
    void openScript(model::OperatorRole role = model::OperatorRole::Coordinator)
    {
        m_page = m_at.open(u"composer"_s, role);
        QVERIFY(m_page);
        child<DataTable>(m_page, u"scripts"_s)->selectId(1);
        QVERIFY(PeerWindow::press(m_page, u"edit"_s));
        QVERIFY(m_at.settle());
    }
    QWidget* script() const { return m_page->findChild<QWidget*>(u"ScriptPage"_s); }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { m_at.end(); }

    void finding_G22_aDeploymentIsEdited()
    {
        open();
        answerFilled<protocol::DeploymentUpdate>(m_at.peer());
        QVERIFY(choose({u"Safe at home 2026"_s}));
        QVERIFY(act(u"editDeployment"_s));
        auto* dialog = m_at.dialog<FormDialog>();
        QVERIFY(dialog);
        QCOMPARE(text(dialog, u"name"_s)->text(), u"Safe at home 2026"_s);
        text(dialog, u"name"_s)->setText(u"Safe at home 2027"_s);
        child<QCheckBox>(dialog, u"tokenless"_s)->setChecked(true);
        QVERIFY(PeerWindow::press(dialog, u"ok"_s));
        QVERIFY(m_at.settle());
        const QJsonObject sent = m_at.peer().lastOf(u"deployment.update"_s);
        QCOMPARE(sent.value("id"_L1).toInt(), 1);
        QCOMPARE(sent.value("name"_L1).toString(), u"Safe at home 2027"_s);
        QCOMPARE(sent.value("allowTokenlessDevices"_L1).toBool(), true);
        QCOMPARE(sent.size(), 3); // what nobody touched is not sent
    }

    void finding_G22_aHomeIsEditedAndRetired()
    {
        open();
        answerFilled<protocol::LocationUpdate>(m_at.peer());
        answerFilled<protocol::LocationRetire>(m_at.peer());
        QVERIFY(choose({u"Safe at home 2026"_s, u"Lindenweg 4"_s}));
        QVERIFY(act(u"editHome"_s));
        auto* dialog = m_at.dialog<FormDialog>();
        QVERIFY(dialog);
        text(dialog, u"name"_s)->clear();
        QVERIFY(PeerWindow::press(dialog, u"ok"_s)); // says what is missing
        QCOMPARE(m_at.peer().count(u"location.update"_s), 0);
        text(dialog, u"name"_s)->setText(u"Lindenweg 4a"_s);
        QVERIFY(PeerWindow::press(dialog, u"ok"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"location.update"_s).value("name"_L1).toString(), u"Lindenweg 4a"_s);
        QVERIFY(choose({u"Safe at home 2026"_s, u"Lindenweg 4"_s}));
        QVERIFY(act(u"retireHome"_s));
        QVERIFY(answerQuestion(false).contains(u"“Lindenweg 4”"_s));
        QCOMPARE(m_at.peer().count(u"location.retire"_s), 0); // asked once, and Cancel is Cancel
        QVERIFY(act(u"retireHome"_s));
        QVERIFY(answerQuestion(true).contains(u"6 device(s)"_s));
        QCOMPARE(m_at.peer().lastOf(u"location.retire"_s), (QJsonObject{{u"id"_s, 1}}));
    }

    void finding_G22_roomsAreMadeRenamedAndRemoved()
    {
        open();
        answerFilled<protocol::RoomCreate>(m_at.peer());
        answerFilled<protocol::RoomUpdate>(m_at.peer());
        answerFilled<protocol::RoomRemove>(m_at.peer());
        QVERIFY(choose({u"Safe at home 2026"_s, u"Lindenweg 4"_s}));
        QVERIFY(act(u"rooms"_s));
        auto* rooms = m_at.dialog<RoomsDialog>();
        QVERIFY(rooms);
        QCOMPARE(child<QListWidget>(rooms, u"rooms"_s)->count(), 5);
        child<QListWidget>(rooms, u"rooms"_s)->setCurrentRow(0);
        QVERIFY(PeerWindow::press(rooms, u"edit"_s));
        auto* form = m_at.dialog<FormDialog>();
        QVERIFY(form);
        text(form, u"name"_s)->setText(u"Big kitchen"_s);
        QVERIFY(PeerWindow::press(form, u"ok"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"room.update"_s),
                 (QJsonObject{{u"id"_s, 1}, {u"kind"_s, u"kitchen"_s}, {u"name"_s, u"Big kitchen"_s}}));
        QVERIFY(PeerWindow::press(rooms, u"add"_s));
        form = m_at.dialog<FormDialog>();
        QVERIFY(form);
        text(form, u"name"_s)->setText(u"Cellar"_s);
        QVERIFY(PeerWindow::press(form, u"ok"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"room.create"_s).value("name"_L1).toString(), u"Cellar"_s);
        child<QListWidget>(rooms, u"rooms"_s)->setCurrentRow(0);
        QVERIFY(PeerWindow::press(rooms, u"remove"_s));
        QVERIFY(answerQuestion(true).contains(u"stay in the home"_s));
        QCOMPARE(m_at.peer().lastOf(u"room.remove"_s), (QJsonObject{{u"id"_s, 1}}));
    }

    void finding_G22_aPersonIsEditedAsTheServerHasThem()
    {
        open();
        answer<protocol::ParticipantGet>(m_at.peer(), [](const auto& wanted) {
            auto person = filled<model::Participant>();
            person.id = wanted.id;
            person.deployment = DeploymentId{1};
            person.roles = {{LocationId{1}, u"Lindenweg 4"_s, model::HomeRole::Resident, 1, {}}};
            person.personal = model::PersonalData{u"Martha S."_s, {}, {}};
            return person;
        });
        answerFilled<protocol::ParticipantUpdate>(m_at.peer());
        QVERIFY(choose({u"Safe at home 2026"_s, u"Lindenweg 4"_s, u"Martha Seidel"_s}));
        QVERIFY(act(u"editPerson"_s));
        auto* dialog = m_at.dialog<FormDialog>();
        QVERIFY(dialog);
        QCOMPARE(text(dialog, u"name"_s)->text(), u"Martha S."_s); // not what the tree still shows
        text(dialog, u"phone"_s)->setText(u"0123"_s);
        auto* home = child<QComboBox>(dialog, u"home"_s);
        home->setCurrentIndex(home->findData(qint64{2}));
        child<QComboBox>(dialog, u"role"_s)->setCurrentIndex(1);
        QVERIFY(PeerWindow::press(dialog, u"ok"_s));
        QVERIFY(m_at.settle());
        const QJsonObject sent = m_at.peer().lastOf(u"participant.update"_s);
        QCOMPARE(sent.value("id"_L1).toInt(), 21);
        QCOMPARE(sent.value("phone"_L1).toString(), u"0123"_s);
        QCOMPARE(sent.value("roles"_L1).toArray().size(), 2);
        QCOMPARE(sent.value("roles"_L1).toArray().at(1)["role"_L1].toString(), u"caregiver"_s);
    }

    void finding_G22_aParticipationEndsOnceItWasAsked_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("how");
        QTest::newRow("completed") << u"complete"_s << u"completed"_s;
        QTest::newRow("withdrawn") << u"withdraw"_s << u"withdrawn"_s;
    }

    void finding_G22_aParticipationEndsOnceItWasAsked()
    {
        QFETCH(QString, action);
        QFETCH(QString, how);
        open();
        answerFilled<protocol::ParticipantEnd>(m_at.peer());
        QVERIFY(choose({u"Safe at home 2026"_s, u"Lindenweg 4"_s, u"Martha Seidel"_s}));
        QVERIFY(act(action));
        const QString asked = answerQuestion(true);
        QVERIFY(asked.contains(u"Martha Seidel"_s));
        QVERIFY(asked.contains(u"Lindenweg 4"_s)); // the role that ends
        QCOMPARE(m_at.peer().lastOf(u"participant.end"_s), (QJsonObject{{u"id"_s, 21}, {u"how"_s, how}}));
    }

    void finding_G22_aDeviceIsEditedRetiredAndLosesItsTokens()
    {
        open();
        answer<protocol::DeviceGet>(m_at.peer(), [](const auto& wanted) {
            auto device = filled<model::Device>();
            device.id = wanted.id;
            device.key = u"stove-plug"_s;
            device.use = u"stove"_s;
            return device;
        });
        answerFilled<protocol::DeviceUpdate>(m_at.peer());
        answerFilled<protocol::DeviceRevokeTokens>(m_at.peer());
        answerFilled<protocol::DeviceRetire>(m_at.peer());
        const QStringList stove{u"Safe at home 2026"_s, u"Lindenweg 4"_s, u"Stove plug"_s};
        QVERIFY(choose(stove));
        QVERIFY(act(u"editDevice"_s));
        auto* dialog = m_at.dialog<FormDialog>();
        QVERIFY(dialog);
        text(dialog, u"description"_s)->setText(u"The stove"_s);
        child<QComboBox>(dialog, u"room"_s)->setCurrentIndex(0); // none
        QVERIFY(PeerWindow::press(dialog, u"ok"_s));
        QVERIFY(m_at.settle());
        const QJsonObject sent = m_at.peer().lastOf(u"device.update"_s);
        QCOMPARE(sent.value("id"_L1).toInt(), 11);
        QCOMPARE(sent.value("description"_L1).toString(), u"The stove"_s);
        QCOMPARE(sent.value("use"_L1).toString(), u"stove"_s);
        QVERIFY(sent.value("room"_L1).isNull());
        QVERIFY(choose(stove));
        QVERIFY(act(u"endTokens"_s));
        QVERIFY(answerQuestion(true).contains(u"Stove plug"_s));
        QCOMPARE(m_at.peer().lastOf(u"device.revokeTokens"_s), (QJsonObject{{u"id"_s, 11}}));
        QVERIFY(choose(stove));
        QVERIFY(act(u"retireDevice"_s));
        QVERIFY(answerQuestion(true).contains(u"in Lindenweg 4"_s));
        QCOMPARE(m_at.peer().lastOf(u"device.retire"_s), (QJsonObject{{u"id"_s, 11}}));
    }

    void finding_F6_aDeviceIsMovedBehindAnotherGateway()
    {
        open();
        answer<protocol::DeviceGet>(m_at.peer(), [](const auto& wanted) {
            auto device = filled<model::Device>();
            device.id = wanted.id;
            device.place.gatewayKey = u"GW1"_s;
            return device;
        });
        answerFilled<protocol::DeviceUpdate>(m_at.peer());
        const QStringList stove{u"Safe at home 2026"_s, u"Lindenweg 4"_s, u"Stove plug"_s};
        for (const QString& behind : {u"GW1"_s, u" GW2 "_s, u""_s}) {
            QVERIFY(choose(stove));
            QVERIFY(act(u"editDevice"_s));
            auto* dialog = m_at.dialog<FormDialog>();
            QVERIFY(dialog);
            QCOMPARE(text(dialog, u"gateway"_s)->text(), u"GW1"_s);
            text(dialog, u"gateway"_s)->setText(behind);
            QVERIFY(PeerWindow::press(dialog, u"ok"_s));
            QVERIFY(m_at.settle());
            const QJsonObject sent = m_at.peer().lastOf(u"device.update"_s);
            QCOMPARE(sent.contains("gateway"_L1), behind != u"GW1"_s);
            QCOMPARE(sent.value("gateway"_L1).toString(), behind == u"GW1"_s ? QString() : behind.trimmed());
            QCOMPARE(sent.contains("room"_L1), behind == u"GW1"_s); // it may be in another home then
        }
    }

    void finding_F3_aStreamsKindIsChangedWhereNoTypeSaysIt()
    {
        open();
        answer<protocol::DeviceGet>(m_at.peer(), [](const auto& wanted) {
            auto device = filled<model::Device>();
            device.id = wanted.id;
            device.type = 10014;
            device.streams = {{StreamId{5}, u"power"_s, {}, u"W"_s, {}, model::StreamKind::Number},
                              {StreamId{6}, u"level"_s, {}, {}, {}, model::StreamKind::Number},
                              {StreamId{7}, u"mode"_s, u"2"_s, {}, {}, model::StreamKind::Text}};
            return device;
        });
        answerFilled<protocol::StreamUpdate>(m_at.peer());
        QVERIFY(choose({u"Safe at home 2026"_s, u"Lindenweg 4"_s, u"Stove plug"_s}));
        QVERIFY(act(u"editStreams"_s));
        auto* dialog = m_at.dialog<FormDialog>();
        QVERIFY(dialog);
        auto* stream = child<QComboBox>(dialog, u"stream"_s);
        auto* kind = child<QComboBox>(dialog, u"kind"_s);
        QCOMPARE(stream->count(), 2); // a smart plug's power is a number
        QCOMPARE(kind->currentIndex(), 0);
        stream->setCurrentIndex(1);
        QCOMPARE(stream->currentText(), u"mode 2"_s);
        QCOMPARE(kind->currentIndex(), 1); // as it is
        kind->setCurrentIndex(0);
        QVERIFY(PeerWindow::press(dialog, u"ok"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"stream.update"_s), (QJsonObject{{u"id"_s, 7}, {u"kind"_s, u"number"_s}}));
    }

    void finding_G22_historyIsImportedFromAFile()
    {
        open();
        answer<protocol::MeasurementImport>(m_at.peer(), [](const auto&) {
            model::ImportReport report;
            report.stored = 2;
            report.already = 1;
            report.refusedCount = 1'001; // of which the server lists some
            report.noValue = 3;
            report.refused = {{4, u"'yesterday' is no time"_s}};
            return report;
        });
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("time,device_id,parameter,value\n");
        file.close();
        const auto homes = m_at.workspace().community().homes(DeploymentId{1});
        QVERIFY(m_at.settle());
        importCsvFrom(file.fileName(), m_at.workspace(), homes.result()->items.first(), m_page->notices(), m_page);
        auto* report = m_at.dialog<QMessageBox>();
        QVERIFY(report);
        QCOMPARE(m_at.peer().lastOf(u"measurement.import"_s),
                 (QJsonObject{{u"location"_s, 1}, {u"csv"_s, u"time,device_id,parameter,value\n"_s}}));
        QCOMPARE(report->text(), u"New: 2. There before: 1. Refused: 1001. Without a value: 3.\n"
                                 "The first 1 of those that were refused are listed."_s); // finding_F20
        QCOMPARE(report->detailedText(), u"Line 4: 'yesterday' is no time"_s);
        QVERIFY(file.open());
        file.write("time,device_id,parameter,value,unit\n2026-01-01T00:00:00Z,t,temp,1,\xb0"
                   "C\n"); // Latin-1, finding_F18
        file.close();
        importCsvFrom(file.fileName(), m_at.workspace(), homes.result()->items.first(), m_page->notices(), m_page);
        QTRY_VERIFY(m_page->notices()->text().contains(u"save it as UTF-8"_s));
        QCOMPARE(m_at.peer().count(u"measurement.import"_s), 1);
    }

    void finding_import_theTitleSaysWhatWasTaken()
    {
        open();
        answer<protocol::MeasurementImport>(m_at.peer(), [](const auto&) {
            model::ImportReport report;
            report.refusedCount = 2;
            report.refused = {{2, u"no device 'thermo-1' in this home"_s}, {3, u"something new"_s}};
            return report;
        });
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("time,device_id,parameter,value\n");
        file.close();
        const auto homes = m_at.workspace().community().homes(DeploymentId{1});
        QVERIFY(m_at.settle());
        importCsvFrom(file.fileName(), m_at.workspace(), homes.result()->items.first(), m_page->notices(), m_page);
        auto* report = m_at.dialog<QMessageBox>();
        QVERIFY(report);
        QVERIFY2(report->windowTitle().startsWith(u"Nothing imported into"_s), qPrintable(report->windowTitle()));
        QCOMPARE(report->detailedText(),
                 u"Line 2: there is no device “thermo-1” in this home\nLine 3: something new"_s);
    }

    void finding_G22_anOperatorIsEdited()
    {
        m_page = m_at.open(u"operators"_s, model::OperatorRole::Admin);
        QVERIFY(m_page);
        answerFilled<protocol::OperatorUpdate>(m_at.peer());
        auto* table = child<DataTable>(m_page, u"operators"_s);
        table->selectRow(1); // not oneself
        QVERIFY(PeerWindow::press(m_page, u"edit"_s));
        auto* dialog = m_at.dialog<FormDialog>();
        QVERIFY(dialog);
        text(dialog, u"name"_s)->setText(u"Another name"_s);
        QVERIFY(PeerWindow::press(dialog, u"ok"_s));
        QVERIFY(m_at.settle());
        const QJsonObject sent = m_at.peer().lastOf(u"operator.update"_s);
        QCOMPARE(sent.value("name"_L1).toString(), u"Another name"_s);
        QVERIFY(!sent.contains("password"_L1));
    }

    void finding_G22_theOwnPasswordIsChanged()
    {
        open(model::OperatorRole::Analyst);
        answerFilled<protocol::SessionChangePassword>(m_at.peer());
        QVERIFY(PeerWindow::press(&m_at.window(), u"password"_s));
        auto* dialog = m_at.dialog<FormDialog>();
        QVERIFY(dialog);
        text(dialog, u"old"_s)->setText(u"old one"_s);
        text(dialog, u"new"_s)->setText(u"a new one"_s);
        text(dialog, u"again"_s)->setText(u"another one"_s);
        QVERIFY(PeerWindow::press(dialog, u"ok"_s));
        QCOMPARE(m_at.peer().count(u"session.changePassword"_s), 0);
        text(dialog, u"again"_s)->setText(u"a new one"_s);
        QVERIFY(PeerWindow::press(dialog, u"ok"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"session.changePassword"_s),
                 (QJsonObject{{u"old"_s, u"old one"_s}, {u"new"_s, u"a new one"_s}}));
    }

    void finding_G22_whoMayNotIsOfferedNothing()
    {
        open(model::OperatorRole::Analyst);
        for (const QStringList& path :
             {QStringList{u"Safe at home 2026"_s}, QStringList{u"Safe at home 2026"_s, u"Lindenweg 4"_s},
              QStringList{u"Safe at home 2026"_s, u"Lindenweg 4"_s, u"Stove plug"_s}}) {
            QVERIFY(choose(path));
            QVERIFY(!child<QWidget>(m_page, u"change"_s)->isVisible());
        }
    }

    void finding_G16_aScriptIsTakenOffChosenHomesAfterSayingWhatEnds()
    {
        openScript();
        answerFilled<protocol::ScriptUndeploy>(m_at.peer());
        QVERIFY(act(u"takeOff"_s));
        auto* dialog = m_at.dialog<FormDialog>();
        QVERIFY(dialog);
        auto* homes = child<QListWidget>(dialog, u"homes"_s);
        QCOMPARE(homes->count(), 2);
        homes->item(1)->setCheckState(Qt::Checked); // stays there
        QVERIFY(PeerWindow::press(dialog, u"ok"_s));
        const QString asked = answerQuestion(true);
        for (const QString& line :
             {u"off Lindenweg 4?"_s, u"stops in 1 home"_s, u"1 open alert"_s, u"2 question"_s, u"1 timer"_s})
            QVERIFY2(asked.contains(line), qPrintable(asked));
        QCOMPARE(m_at.peer().lastOf(u"script.undeploy"_s),
                 (QJsonObject{{u"id"_s, 1}, {u"locations"_s, QJsonArray{1}}}));
    }

    void finding_G16_aScriptIsRetiredAfterSayingWhatEnds()
    {
        openScript();
        answerFilled<protocol::ScriptRetire>(m_at.peer());
        QVERIFY(act(u"retire"_s));
        QVERIFY(answerQuestion(false).contains(u"stops in 2 home"_s));
        QCOMPARE(m_at.peer().count(u"script.retire"_s), 0);
        QVERIFY(act(u"retire"_s));
        QVERIFY(answerQuestion(true).contains(u"“Stove left on”"_s));
        QCOMPARE(m_at.peer().lastOf(u"script.retire"_s), (QJsonObject{{u"id"_s, 1}}));
        QVERIFY(child<DataTable>(m_page, u"scripts"_s)->isVisible()); // back at the list
    }

    void finding_G22_anOlderVersionHasABannerAndIsComparedAndPutLive()
    {
        openScript();
        auto* banner = child<QLabel>(script(), u"banner"_s);
        QVERIFY(!banner->isVisible()); // the newest is live
        answer<protocol::ScriptVersionGet>(m_at.peer(), [](const auto&) {
            auto version = filled<model::ScriptVersionText>();
            version.version.number = 1;
            return version;
        });
        answer<protocol::ScriptDiff>(m_at.peer(), [](const auto& wanted) {
            return model::ScriptDiff{wanted.from,
                                     wanted.to,
                                     {{model::DiffKind::Same, u"script"_s, 1, 1, u"a"_s},
                                      {model::DiffKind::Removed, u"script"_s, 2, 0, u"<b>"_s},
                                      {model::DiffKind::Added, u"helper"_s, 0, 1, u"c"_s}}};
        });
        answerFilled<protocol::ScriptRollback>(m_at.peer());
        Q_EMIT child<DataTable>(script(), u"versions"_s)->opened(2);
        QVERIFY(m_at.settle());
        QVERIFY(banner->isVisible());
        QCOMPARE(banner->text(), u"Version 1; live is 3, the newest is 3."_s);
        QVERIFY(act(u"compare"_s));
        auto* form = m_at.dialog<FormDialog>();
        QVERIFY(form);
        QVERIFY(PeerWindow::press(form, u"ok"_s));
        auto* diff = m_at.dialog<DiffDialog>();
        QVERIFY(diff);
        QCOMPARE(m_at.peer().lastOf(u"script.diff"_s), (QJsonObject{{u"id"_s, 1}, {u"from"_s, 1}, {u"to"_s, 3}}));
        QCOMPARE(child<QPlainTextEdit>(diff, u"lines"_s)->toPlainText(), u"  a\n− <b>\n── helper\n+ c"_s);
        diff->close();
        QVERIFY(act(u"rollBack"_s));
        form = m_at.dialog<FormDialog>();
        QVERIFY(form);
        QVERIFY(PeerWindow::press(form, u"ok"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"script.rollback"_s), (QJsonObject{{u"id"_s, 1}, {u"version"_s, 1}}));
    }

    void finding_G16_analystsTakeOffNoLiveScript()
    {
        openScript(model::OperatorRole::Analyst);
        QVERIFY(!m_page->findChild<QAction*>(u"takeOff"_s));
        QVERIFY(!m_page->findChild<QAction*>(u"retire"_s));
        QVERIFY(!m_page->findChild<QAction*>(u"rollBack"_s));
        QVERIFY(m_page->findChild<QAction*>(u"compare"_s));
    }
};

QTEST_MAIN(TestUndo)
#include "tst_undo.moc"
