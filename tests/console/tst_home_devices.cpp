// A home's devices on its page: what they report live, and what they are told.

#include "console/models/home_tables.h"
#include "console/pages/data_table.h"
#include "console/resources/theme.h"
#include "shared/protocol/operations/device.h"
#include "tests/console/peer_window.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

// Presses the button of the question that is asked next; what it said.
void answerNext(QObject* page, const QString& button, QString* said)
{
    QTimer::singleShot(0, page, [button, said] {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (!box)
            return;
        *said = box->text();
        for (QAbstractButton* one : box->buttons()) {
            if (one->text().remove(u'&') == button)
                return one->click();
        }
        box->reject();
    });
}

} // namespace

class TestHomeDevices : public QObject
{
    Q_OBJECT

private:
    PeerWindow m_at;
    Page* m_page = nullptr;
    DataTable* m_devices = nullptr;

    void open(model::OperatorRole role = model::OperatorRole::Coordinator)
    {
        m_page = m_at.open(u"home/devices"_s, role);
        QVERIFY(m_page);
        m_devices = child<DataTable>(m_page, u"devices"_s);
    }
    QLineEdit* value() const { return child<QLineEdit>(m_page, u"value"_s); }
    QWidget* sendCard() const { return child<QWidget>(m_page, u"sendCard"_s); }
    QComboBox* choice() const { return child<QComboBox>(m_page, u"choice"_s); }
    // Sends what is typed (or chosen before); the value as it went out.
    QJsonValue sent(const QString& typed = {})
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

    void aSampleShowsInTheTableOfDevices()
    {
        open();
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
        open();
        QTRY_COMPARE(m_devices->model()->rowCount(), 6);
        QVERIFY(!PeerWindow::canPress(sendCard(), u"send"_s));
        QCOMPARE(child<QLabel>(sendCard(), u"device"_s)->text(), u"Choose a device"_s);
        m_devices->selectId(11);
        QCOMPARE(child<QLabel>(sendCard(), u"device"_s)->text(), u"Stove plug"_s);
        QVERIFY(PeerWindow::press(sendCard(), u"send"_s));
        QVERIFY(m_page->notices()->text().contains(u"Give a value for “outletStatus”: on or off."_s));
        m_devices->selectId(15);
        value()->setText(u"  "_s);
        QVERIFY(PeerWindow::press(sendCard(), u"send"_s));
        QVERIFY(m_page->notices()->text().contains(u"Choose a device, a parameter and a value."_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"device.command"_s), 0);
    }

    void whatIsTypedBecomesANumberWhereItIsOne() // where no type says what is wanted
    {
        open();
        QTRY_COMPARE(m_devices->model()->rowCount(), 6);
        m_devices->selectId(15);
        QCOMPARE(sent(u"ON"_s), QJsonValue(1));
        QCOMPARE(sent(u" off "_s), QJsonValue(0));
        QCOMPARE(sent(u"true"_s), QJsonValue(1));
        QCOMPARE(sent(u"-2.5e1"_s), QJsonValue(-25));
        QCOMPARE(sent(u" Warm White "_s), QJsonValue(u"Warm White"_s));           // as it is written
        QCOMPARE(sent(u"9007199254740993"_s).toInteger(), 9'007'199'254'740'993); // finding_F21
        QCOMPARE(m_at.peer().count(u"device.command"_s), 6);
        QCOMPARE(m_at.peer().lastOf(u"device.command"_s).value("id"_L1).toInt(), 15);
    }

    void finding_F9_aSwitchIsASwitchAndAsksOnceWhereItMayHarm()
    {
        open();
        QTRY_COMPARE(m_devices->model()->rowCount(), 6);
        m_devices->selectId(11);
        QVERIFY(choice()->isVisible() && !value()->isVisible());
        QCOMPARE(choice()->count(), 2);
        QCOMPARE(choice()->currentIndex(), -1);
        choice()->setCurrentText(u"Off"_s);
        QString said;
        answerNext(m_page, u"Cancel"_s, &said);
        sent();
        QCOMPARE(said, u"Set “outletStatus” of “Stove plug” to “Off”?"_s);
        QCOMPARE(m_at.peer().count(u"device.command"_s), 0);
        answerNext(m_page, u"Send command"_s, &said);
        QCOMPARE(sent(), QJsonValue(0));
        QCOMPARE(m_at.peer().count(u"device.command"_s), 1);
    }

    void theQuestionIsTheOneOfEverythingThatMayHarm()
    {
        open();
        QTRY_COMPARE(m_devices->model()->rowCount(), 6);
        m_devices->selectId(11);
        choice()->setCurrentText(u"Off"_s);
        QVERIFY(PeerWindow::press(sendCard(), u"send"_s));
        auto* box = m_at.dialog<QMessageBox>();
        QVERIFY(box);
        QCOMPARE(box->icon(), QMessageBox::Warning);
        QVERIFY(box->defaultButton() == box->button(QMessageBox::Cancel)); // Enter must not switch a stove
        QVERIFY(box->informativeText().contains(u"may do harm"_s));
        m_devices->selectId(15); // what was asked about is what is sent
        QVERIFY(PeerWindow::press(box, u"act"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"device.command"_s), 1);
        QCOMPARE(m_at.peer().lastOf(u"device.command"_s).value("id"_L1).toInt(), 11);
    }

    void finding_F9_whatIsNoNumberIsNone_data()
    {
        QTest::addColumn<QString>("typed");
        for (const char* typed : {"nan", "NaN", "inf", "-inf", "Infinity"})
            QTest::newRow(typed) << QString::fromLatin1(typed);
    }
    void finding_F9_whatIsNoNumberIsNone()
    {
        QFETCH(QString, typed);
        open();
        QTRY_COMPARE(m_devices->model()->rowCount(), 6);
        m_devices->selectId(15);
        QCOMPARE(sent(typed), QJsonValue(typed)); // a word, where no type wants a number
    }

    void finding_F9_theFieldIsEmptyForAnotherDeviceOrHome()
    {
        open();
        QTRY_COMPARE(m_devices->model()->rowCount(), 6);
        m_devices->selectId(11);
        choice()->setCurrentText(u"Off"_s);
        m_devices->selectId(15);
        QVERIFY(value()->isVisible() && value()->text().isEmpty());
        value()->setText(u"1"_s);
        m_devices->selectId(11);
        QCOMPARE(choice()->currentIndex(), -1);
        m_devices->selectId(15);
        QVERIFY(value()->text().isEmpty());
        value()->setText(u"1"_s);
        auto* homes = child<QComboBox>(m_page, u"homes"_s);
        homes->setCurrentIndex(2);
        Q_EMIT homes->activated(2);
        QVERIFY(m_at.settle());
        QVERIFY(value()->text().isEmpty());
        QCOMPARE(m_at.peer().count(u"device.command"_s), 0);
    }

    void enterTwiceCommandsOnce()
    {
        open();
        QTRY_COMPARE(m_devices->model()->rowCount(), 6);
        m_devices->selectId(15);
        value()->setText(u"on"_s);
        QTest::keyClick(value(), Qt::Key_Return);
        QTest::keyClick(value(), Qt::Key_Return);
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"device.command"_s), 1);
        QVERIFY(PeerWindow::canPress(sendCard(), u"send"_s));
    }

    void finding_F34_aCommandIsTriedAgainUnderItsName()
    {
        open();
        QTRY_COMPARE(m_devices->model()->rowCount(), 6);
        m_devices->selectId(15);
        m_at.breakIt(u"device.command"_s);
        sent(u"on"_s);
        QTRY_VERIFY(m_page->notices()->isShown());
        const auto name = [this] { return m_at.peer().lastOf(u"device.command"_s).value("requestId"_L1).toString(); };
        const QString first = name();
        QVERIFY(first.size() >= 8);
        for (auto* button : m_page->notices()->findChildren<QPushButton*>())
            button->click(); // Retry
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"device.command"_s), 2);
        QCOMPARE(name(), first);
        sent(u"on"_s); // a second wish
        QVERIFY(name() != first);
    }

    void parametersAreThoseThatCanBeCommandedElseWhatIsMeasured()
    {
        open();
        QTRY_COMPARE(m_devices->model()->rowCount(), 6);
        const auto* parameters = child<QComboBox>(sendCard(), u"parameter"_s);
        m_devices->selectId(11);
        QCOMPARE(parameters->count(), 1); // power cannot be set
        m_devices->selectId(13);          // nothing can
        QCOMPARE(parameters->count(), 0);
        QVERIFY(!PeerWindow::canPress(sendCard(), u"send"_s));
        m_devices->selectId(15); // nobody knows what can
        QCOMPARE(parameters->count(), 1);
        QCOMPARE(parameters->itemText(0), u"motion"_s);
    }

    void whatBecameOfACommandIsShownOnceAndLive()
    {
        open();
        const QAbstractItemModel* commands = child<DataTable>(m_page, u"commands"_s)->model();
        QTRY_COMPARE(commands->rowCount(), 3);
        m_devices->selectId(15);
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

    void oneThatHasNotEndedIsTakenBack()
    {
        open();
        auto* commands = child<DataTable>(m_page, u"commands"_s);
        QTRY_COMPARE(commands->model()->rowCount(), 3);
        const auto canCancel = [this] { return PeerWindow::canPress(m_page, u"cancelCommand"_s); };
        QVERIFY(!canCancel()); // none is chosen
        commands->selectId(6);
        QVERIFY(!canCancel()); // it was executed
        m_devices->selectId(15);
        QCOMPARE(sent(u"off"_s), QJsonValue(0));
        QTRY_COMPARE(commands->model()->rowCount(), 4);
        commands->selectId(7);
        QVERIFY(canCancel());
        QVERIFY(PeerWindow::press(m_page, u"cancelCommand"_s) && m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"command.cancel"_s), (QJsonObject{{u"id"_s, 7}}));
        QTRY_COMPARE(commands->model()->index(0, CommandsModel::State).data().toString(), u"taken back"_s);
        QVERIFY(!canCancel());
    }

    void analystsCommandNothing()
    {
        open(model::OperatorRole::Analyst);
        QTRY_COMPARE(m_devices->model()->rowCount(), 6);
        QVERIFY(!sendCard()->isVisible());
        QVERIFY(!PeerWindow::canPress(m_page, u"cancelCommand"_s));
    }

    // Three Enters within a second were three commands.
    void finding_whatWasSentIsNotSentAgainByEnter()
    {
        open();
        QTRY_COMPARE(m_devices->model()->rowCount(), 6);
        m_devices->selectId(15);
        value()->setText(u"21.5"_s);
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(value(), Qt::Key_Return); // while it is under way
        QVERIFY(!PeerWindow::canPress(sendCard(), u"send"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"device.command"_s), 1);
        QVERIFY(PeerWindow::canPress(sendCard(), u"send"_s));
        QVERIFY(value()->text().isEmpty());
        QTest::keyClick(value(), Qt::Key_Return); // after it was answered
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"device.command"_s), 1);
        value()->setText(u"22"_s);
        m_at.breakIt(u"device.command"_s);
        QTest::keyClick(value(), Qt::Key_Return);
        QVERIFY(m_at.settle());
        QCOMPARE(value()->text(), u"22"_s); // it was not sent
        QVERIFY(PeerWindow::canPress(sendCard(), u"send"_s));
    }

    void finding_F26_aHomeOfTheStudyBeforeIsGoneAtOnce()
    {
        open();
        QVERIFY(m_devices->model()->rowCount() > 0);
        m_at.peer().on(u"location.list"_s, [](const QJsonObject&) { return PeerError{u"database-lost"_s, {}}; });
        m_at.workspace().choose(DeploymentId{2});
        QCOMPARE(child<QComboBox>(m_page, u"homes"_s)->count(), 0); // before anything is answered
        QTRY_COMPARE(m_devices->model()->rowCount(), 0);
        QTRY_VERIFY(!PeerWindow::canPress(sendCard(), u"send"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_devices->model()->rowCount(), 0);
        // What the study before could not do is not tried again in this one.
        m_at.workspace().choose(DeploymentId{1});
        QVERIFY(!m_page->notices()->isShown());
    }
};

QTEST_MAIN(TestHomeDevices)
#include "tst_home_devices.moc"
