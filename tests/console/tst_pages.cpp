// The whole window against the stand-in server: every page full, empty and failing; the ways through it that people take.
// With COHORT_PICTURES=FOLDER what is seen is saved there.

#include "console/models/words.h"
#include "console/pages/deployments_page.h"
#include "console/pages/dialogs.h"
#include "console/pages/home_data_view.h"
#include "console/pages/home_page.h"
#include "console/pages/main_window.h"
#include "console/pages/notice_bar.h"
#include "console/pages/parameter_form.h"
#include "console/pages/sign_in_page.h"
#include "console/pages/small_widgets.h"
#include "console/resources/theme.h"
#include "tests/console/answers.h"
#include "tests/console/look.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTreeView>
#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

const QStringList PageNames{u"overview"_s, u"deployments"_s, u"home"_s,      u"alerts"_s, u"composer"_s,
                            u"messages"_s, u"server"_s,      u"operators"_s, u"audit"_s};

void picture(QWidget* widget, const QString& name)
{
    const QString folder = qEnvironmentVariable("COHORT_PICTURES");
    if (!folder.isEmpty())
        widget->grab().save(folder + u'/' + name + u".png"_s);
}

} // namespace

class TestPages : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Peer> m_peer;
    std::unique_ptr<RpcClient> m_client;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<MainWindow> m_window;

    void start(const QString& mode, const QString& page = {})
    {
        m_peer = std::make_unique<Peer>();
        fillPeer(*m_peer, mode);
        QVERIFY(m_peer->listen());
        m_client = std::make_unique<RpcClient>(RpcOptions{.firstRetry = std::chrono::milliseconds(50)});
        m_workspace = std::make_unique<Workspace>(*m_client);
        m_window = std::make_unique<MainWindow>(*m_workspace);
        m_window->open(page);
        m_window->show();
        SignInPage* signIn = m_window->signInPage();
        signIn->setAddress(u"http://127.0.0.1:%1"_s.arg(m_peer->url().port()));
        signIn->setEmail(u"vera@example.org"_s);
    }
    void signIn()
    {
        m_window->signInPage()->setPassword(u"right"_s);
        m_window->signInPage()->submit();
        QTRY_VERIFY(!m_window->signInPage()->isVisible());
    }
    template <typename Dialog>
    Dialog* dialog()
    {
        Dialog* found = nullptr;
        const bool came = QTest::qWaitFor(
            [&] { return (found = m_window->findChild<Dialog*>()) != nullptr && found->isVisible(); }, 5000);
        return came ? found : nullptr;
    }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup()
    {
        m_window.reset();
        m_workspace.reset();
        m_client.reset();
        m_peer.reset();
    }

    void everyPageOpens_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("page");
        for (const QString& mode : {u"full"_s, u"empty"_s, u"error"_s}) {
            for (const QString& page : PageNames)
                QTest::addRow("%s, %s", qPrintable(page), qPrintable(mode)) << mode << page;
        }
    }
    void everyPageOpens()
    {
        QFETCH(QString, mode);
        QFETCH(QString, page);
        start(mode, page);
        signIn();
        Page* shown = m_window->page(page);
        QTRY_VERIFY(shown->isVisible());
        if (mode == "error"_L1) {
            QTRY_VERIFY(shown->notices()->isShown());
            QVERIFY(shown->notices()->text().contains(u"database"_s));
        }
        if (mode == "full"_L1) {
            QTest::qWait(100);
            QVERIFY2(!shown->notices()->isShown(), qPrintable(shown->notices()->text()));
        }
        m_window->open(u"overview"_s); // leaving lets go of everything without a word
        m_window->open(page);
        QTest::qWait(20);
    }

    void errorsGoAwayWithRetry()
    {
        start(u"error"_s, u"overview"_s);
        signIn();
        Page* page = m_window->page(u"overview"_s);
        QTRY_VERIFY(page->notices()->isShown());
        fillPeer(*m_peer, u"full"_s);
        for (QPushButton* button : page->notices()->findChildren<QPushButton*>())
            button->click();
        QTRY_COMPARE(child<QTableView>(page, u"attention"_s)->model()->rowCount(), 4);
        QTRY_VERIFY(!page->notices()->isShown());
    }

    void wrongPasswordSaysSoAndStays()
    {
        start(u"full"_s);
        m_window->signInPage()->setPassword(u"wrong"_s);
        m_window->signInPage()->submit();
        auto* bar = m_window->signInPage()->findChild<NoticeBar*>();
        QTRY_VERIFY(bar->isShown());
        QVERIFY(bar->text().contains(u"Wrong"_s));
        QVERIFY(m_window->signInPage()->isVisible());
        picture(m_window.get(), u"sign-in-wrong"_s);
        signIn(); // over the same connection
    }

    void aServerThatIsNotThereSaysSo()
    {
        start(u"full"_s);
        m_peer.reset();
        m_window->signInPage()->setPassword(u"right"_s);
        m_window->signInPage()->submit();
        auto* bar = m_window->signInPage()->findChild<NoticeBar*>();
        QTRY_VERIFY(bar->isShown());
        QCOMPARE(m_client->state(), LinkState::Closed);
    }

    void theFirstAdministratorIsAskedForMore()
    {
        start(u"full"_s);
        SignInPage* page = m_window->signInPage();
        QVERIFY(!child<QLineEdit>(page, u"code"_s)->isVisible());
        child<QPushButton>(page, u"firstAdmin"_s)->click();
        QVERIFY(child<QLineEdit>(page, u"code"_s)->isVisible());
        picture(m_window.get(), u"sign-in-first"_s);
        child<QLineEdit>(page, u"code"_s)->setText(u"one-time"_s);
        signIn();
        QCOMPARE(m_peer->count(u"session.firstAdmin"_s), 1);
    }

    void shortcutsOpenPages()
    {
        start(u"full"_s);
        signIn();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_window->activateWindow();
        QTest::keyClick(m_window.get(), Qt::Key_4, Qt::ControlModifier);
        QTRY_VERIFY(m_window->page(u"alerts"_s)->isVisible());
    }

    void theStatusBarSaysWhatIsStale()
    {
        start(u"full"_s);
        signIn();
        auto* bar = child<QWidget>(m_window.get(), u"statusBar"_s);
        QTRY_VERIFY(plainText(bar).contains(u"live"_s));
        const quint16 port = static_cast<quint16>(m_peer->url().port());
        m_peer.reset();
        QTRY_VERIFY(plainText(bar).contains(u"No connection to"_s));
        m_peer = std::make_unique<Peer>();
        fillPeer(*m_peer, u"full"_s);
        QVERIFY(m_peer->listen(port));
        QTRY_VERIFY_WITH_TIMEOUT(plainText(bar).contains(u"live"_s), 20'000);
    }

    void anAlertIsAnswered()
    {
        start(u"full"_s, u"alerts"_s);
        signIn();
        Page* page = m_window->page(u"alerts"_s);
        QTRY_VERIFY(plainText(page).contains(u"nobody is in the kitchen"_s));
        child<QPushButton>(page, u"acknowledge"_s)->click();
        QTRY_COMPARE(m_peer->count(u"alert.acknowledge"_s), 1);
        QPushButton* action = nullptr;
        for (QPushButton* button : page->findChildren<QPushButton*>()) {
            if (button->text() == "Switch it off"_L1)
                action = button;
        }
        QVERIFY(action);
        action->click();
        QTRY_COMPARE(m_peer->count(u"alert.act"_s), 1);
        QTRY_COMPARE(m_peer->lastOf(u"alert.act"_s).value("action"_L1).toInt(), 1);
    }

    void aDeviceIsRegisteredAndItsTokenShownOnce()
    {
        start(u"full"_s, u"deployments/device"_s);
        signIn();
        auto* form = dialog<DeviceDialog>();
        QVERIFY(form);
        child<QPushButton>(form, u"ok"_s)->click();
        QVERIFY(form->findChild<NoticeBar*>()->isShown()); // the identifier is missing
        child<QLineEdit>(form, u"key"_s)->setText(u"front-door"_s);
        picture(form, u"dialog-device"_s);
        child<QPushButton>(form, u"ok"_s)->click();
        auto* secret = dialog<SecretDialog>();
        QVERIFY(secret);
        picture(secret, u"dialog-token"_s);
        QVERIFY(child<CopyField>(secret, u"first"_s)->text().startsWith(u"cdt_"_s));
        QVERIFY(child<CopyField>(secret, u"second"_s)->text().startsWith(u"curl "_s));
    }

    void aPersonIsEnrolledWithCodeAndPicture()
    {
        start(u"full"_s, u"deployments/person"_s);
        signIn();
        auto* form = dialog<ParticipantDialog>();
        QVERIFY(form);
        picture(form, u"dialog-person"_s);
        child<QPushButton>(form, u"ok"_s)->click();
        auto* secret = dialog<SecretDialog>();
        QVERIFY(secret);
        picture(secret, u"dialog-code"_s);
        QCOMPARE(child<QLabel>(secret, u"code"_s)->text(), u"K7MQ4-XW2PD"_s);
        QTRY_VERIFY(m_peer->count(u"participant.create"_s) == 1);
    }

    void aHomeIsMadeWithRooms()
    {
        m_peer.reset();
        start(u"full"_s, u"deployments/home"_s);
        signIn();
        auto* form = dialog<HomeDialog>();
        QVERIFY(form);
        child<QLineEdit>(form, u"name"_s)->setText(u"Am Ufer 1"_s);
        picture(form, u"dialog-home"_s);
        child<QPushButton>(form, u"ok"_s)->click();
        QTRY_COMPARE(m_peer->count(u"location.create"_s), 1);
        for (const Peer::Call& call : m_peer->calls()) {
            if (call.method == "location.create"_L1) {
                QCOMPARE(call.parameters.value("clock"_L1).toString(), u"real"_s);
                QCOMPARE(call.parameters.value("rooms"_L1).toArray().size(), 5);
            }
        }
    }

    void aCommandIsSentFromTheHome()
    {
        start(u"full"_s, u"home/devices"_s);
        signIn();
        Page* page = m_window->page(u"home"_s);
        auto* devices = child<QTableView>(page, u"devices"_s);
        QTRY_COMPARE(devices->model()->rowCount(), 6);
        devices->selectRow(0);
        QCOMPARE(child<QComboBox>(page, u"parameter"_s)->currentText(), u"outletStatus"_s);
        child<QComboBox>(page, u"choice"_s)->setCurrentText(u"Off"_s);
        QTimer::singleShot(0, page, [] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            for (QAbstractButton* one : box ? box->buttons() : QList<QAbstractButton*>())
                if (box->buttonRole(one) == QMessageBox::DestructiveRole)
                    return one->click();
        });
        auto* view = child<QWidget>(page, u"sendCard"_s);
        child<QPushButton>(view, u"send"_s)->click();
        QTRY_COMPARE(m_peer->count(u"device.command"_s), 1);
        const QJsonObject parameter =
            m_peer->lastOf(u"device.command"_s).value("parameters"_L1).toArray().first().toObject();
        QCOMPARE(parameter.value("value"_L1).toDouble(-1), 0.0);
        picture(m_window.get(), u"home-command"_s);
    }

    void aStreamIsSavedAsCsv()
    {
        start(u"full"_s, u"home"_s);
        signIn();
        Page* page = m_window->page(u"home"_s);
        auto* view = page->findChild<HomeDataView*>();
        QTRY_VERIFY(m_peer->count(u"measurement.query"_s) > 0);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"s.csv"_s);
        view->exportTo(StreamId{1}, path);
        QTRY_VERIFY(QFile::exists(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readLine().startsWith("time,device_id,parameter"));
        QTRY_VERIFY(page->notices()->isShown());
        view->exportTo(StreamId{1}, u"/nowhere/at/all.csv"_s);
        QTRY_VERIFY(page->notices()->text().contains(u"/nowhere/at/all.csv"_s));
    }

    void aMessageIsSentAndItsAnswerSeen()
    {
        start(u"full"_s, u"messages"_s);
        signIn();
        Page* page = m_window->page(u"messages"_s);
        auto* list = child<QAbstractItemView>(page, u"messages"_s);
        QTRY_COMPARE(list->model()->rowCount(), 4);
        child<QPlainTextEdit>(page, u"text"_s)->setPlainText(u"Good evening"_s);
        child<QPushButton>(page, u"send"_s)->click();
        QTRY_COMPARE(list->model()->rowCount(), 5);
        QVERIFY(child<QPlainTextEdit>(page, u"text"_s)->toPlainText().isEmpty());
        model::Message message;
        message.id = MessageId{99};
        message.participant = ParticipantId{21};
        message.direction = model::MessageDirection::FromParticipant;
        message.text = u"<i>hi</i>"_s;
        notify<protocol::MessageChanged>(*m_peer, {{message}});
        QTRY_COMPARE(list->model()->rowCount(), 6);
    }

    void aScriptIsEditedCheckedAndInstalled()
    {
        start(u"full"_s, u"composer/editor"_s);
        signIn();
        Page* page = m_window->page(u"composer"_s);
        QTRY_VERIFY(plainText(page).contains(u"accepted"_s));
        picture(m_window.get(), u"composer-script"_s);
        child<QPushButton>(page, u"deploy"_s)->click();
        QTRY_VERIFY(m_peer->count(u"location.list"_s) > 0);
    }

    void theFormFollowsTheParameters()
    {
        ParameterForm form;
        using model::ParameterType;
        const QMap<QString, model::ScriptParameter> parameters{
            {u"patience"_s, {ParameterType::Minutes, u"help"_s, 10, 1, 120, {}}},
            {u"kind"_s, {ParameterType::Choice, {}, u"b"_s, {}, {}, {u"a"_s, u"b"_s}}},
            {u"insist"_s, {ParameterType::Boolean, {}, true, {}, {}, {}}},
            {u"start"_s, {ParameterType::Time, {}, u"22:30"_s, {}, {}, {}}},
            {u"count"_s, {ParameterType::Integer, {}, 3, 0, 5, {}}},
            {u"share"_s, {ParameterType::Number, {}, 0.5, {}, {}, {}}},
            {u"note"_s, {ParameterType::Text, {}, u"x"_s, {}, {}, {}}}};
        form.setParameters(parameters, {{u"patience"_s, 500}, {u"note"_s, u"own"_s}});
        // 500 minutes are more than the field takes.
        QCOMPARE(form.values(), (QJsonObject{{u"patience"_s, 120},
                                             {u"kind"_s, u"b"_s},
                                             {u"insist"_s, true},
                                             {u"start"_s, u"22:30"_s},
                                             {u"count"_s, 3},
                                             {u"share"_s, 0.5},
                                             {u"note"_s, u"own"_s}}));
        form.setParameters({}, {});
        QVERIFY(form.isEmpty());
    }

    void analystsAreNotOfferedWhatTheyMayNot()
    {
        start(u"full"_s);
        answer<protocol::SessionSignIn>(*m_peer, [](const auto&) {
            return model::OperatorSession{u"t"_s,
                                          fromMs(QDateTime::currentMSecsSinceEpoch() + 60'000),
                                          {OperatorId{3}, u"l@e.org"_s, {}, false},
                                          {{DeploymentId{1}, model::OperatorRole::Analyst}}};
        });
        signIn();
        m_window->open(u"deployments"_s);
        Page* page = m_window->page(u"deployments"_s);
        QTRY_VERIFY(page->isVisible());
        QVERIFY(!child<QPushButton>(page, u"newDevice"_s)->isEnabled());
        QVERIFY(!child<QPushButton>(page, u"newDeployment"_s)->isVisible());
    }

    void signingOutForgetsEverything()
    {
        start(u"full"_s);
        signIn();
        child<QAbstractButton>(m_window.get(), u"signOut"_s)->click();
        QTRY_VERIFY(m_window->signInPage()->isVisible());
        QVERIFY(!m_workspace->me().account.id);
        QTRY_COMPARE(m_client->state(), LinkState::Closed);
    }
};

QTEST_MAIN(TestPages)
#include "tst_pages.moc"
