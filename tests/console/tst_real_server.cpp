// The window over a real server: the stove's story to its end, a first script, scripts that misbehave.
// With COHORT_PICTURES=FOLDER what is seen is saved there.

#include "console/editor/script_editor.h"
#include "console/pages/composer_dialogs.h"
#include "console/pages/main_window.h"
#include "console/pages/notice_bar.h"
#include "console/pages/page.h"
#include "console/pages/sign_in_page.h"
#include "console/resources/theme.h"
#include "tests/console/look.h"
#include "tests/console/real_server.h"

#include <QCheckBox>
#include <QElapsedTimer>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

const QString Email = u"vera@example.org"_s, Password = u"a-long-test-password"_s;
constexpr qint64 Minute = 60'000;
constexpr int Gateway = 20001, Motion = 20010, StoveGuard = 20016, Lamp = 20017; // types of devices
constexpr int Soon = 20'000; // ms: far more than it takes, on a slow machine too

// All that is read on a page: labels, tables, lists, texts.
QString seen(const QWidget* widget)
{
    QStringList texts{plainText(widget)};
    for (const QAbstractItemView* view : widget->findChildren<QAbstractItemView*>()) {
        const QAbstractItemModel* model = view->isVisible() ? view->model() : nullptr;
        for (int row = 0; model && row < model->rowCount(); ++row) {
            for (int column = 0; column < model->columnCount(); ++column)
                texts.append(model->index(row, column).data().toString());
        }
    }
    for (const QPlainTextEdit* text : widget->findChildren<QPlainTextEdit*>())
        texts.append(text->isVisible() ? text->toPlainText() : QString());
    return texts.join(u'\n');
}

const char* const LampScript = R"("""Tells a resident that the lamp has been on for a long time."""
from composer import app, on

app(
    title="Lamp left on",
    reads={"power": "to see that the lamp is on"},
    notifies=["resident"],
    texts={"on": {"en": "The lamp is on.", "de": "Die Lampe ist an."}},
)


@on.measurement("power", use="lamp")
def look(home, event):
    home.because("the lamp draws " + str(event.value))
    home.alert("lamp", text="on", severity="low", to=["resident"])
)";

const char* const LoopScript = R"("""Never ends."""
from composer import app, on

app(title="Endless", reads={"power": "to begin"})


@on.measurement("power", use="lamp")
def look(home, event):
    while True:
        pass
)";

// An action that may do harm asks once.
void sureOfIt()
{
    child<QPushButton>(QApplication::activeModalWidget(), u"act"_s)->click();
}

} // namespace

class TestRealServer : public QObject
{
    Q_OBJECT

private:
    RealServer m_server{QStringLiteral(COHORT_BIN_DIR)};
    std::unique_ptr<RpcClient> m_client;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<MainWindow> m_window;
    QJsonObject m_place;
    QString m_token;
    qint64 m_at = 0; // the home's time, ms

    void picture(const QString& name)
    {
        const QString folder = qEnvironmentVariable("COHORT_PICTURES");
        if (!folder.isEmpty())
            m_window->grab().save(folder + u"/real-"_s + name + u".png"_s);
    }
    static qint64 id(const QJsonObject& object) { return object.value("id"_L1).toInteger(); }
    // A deployment with one home in the clock of its data, a stove, a lamp and motion behind a gateway.
    void makeHome()
    {
        const QString name = QString::fromLatin1(QTest::currentTestFunction());
        const qint64 deployment =
            id(m_server.call(u"deployment.create"_s, {{u"name"_s, name}, {u"timeZone"_s, u"Europe/Berlin"_s}}));
        m_place = m_server.call(u"location.create"_s, {{u"deployment"_s, deployment},
                                                       {u"name"_s, u"Donaustraße 4"_s},
                                                       {u"timeZone"_s, u"Europe/Berlin"_s},
                                                       {u"clock"_s, u"events"_s}});
        m_token = add(u"gateway"_s, {}, {}, Gateway);
        QVERIFY(!m_token.isEmpty());
        add(u"stove"_s, u"stove"_s, u"kitchen"_s, StoveGuard);
        add(u"kitchen"_s, {}, u"kitchen"_s, Motion);
        add(u"living"_s, {}, u"living"_s, Motion);
        add(u"lamp"_s, u"lamp"_s, u"living"_s, Lamp);
        m_at = QDateTime::currentMSecsSinceEpoch() - 600 * Minute;
    }
    QString key(const QString& device) const { return u"%1-%2"_s.arg(id(m_place)).arg(device); }
    QString add(const QString& device, const QString& use, const QString& room, int deviceType)
    {
        const bool token = deviceType == Gateway;
        QJsonObject wanted{
            {u"location"_s, id(m_place)}, {u"key"_s, key(device)}, {u"type"_s, deviceType}, {u"token"_s, token}};
        if (!use.isEmpty())
            wanted.insert(u"use"_s, use);
        if (!room.isEmpty())
            wanted.insert(u"roomKind"_s, room);
        if (!token)
            wanted.insert(u"gateway"_s, key(u"gateway"_s));
        return m_server.call(u"device.register"_s, wanted).value("token"_L1).toString();
    }
    void measure(double minutes, const QString& device, const QString& parameter, double value)
    {
        m_at += static_cast<qint64>(minutes * Minute);
        const QJsonObject one{{u"name"_s, parameter}, {u"value"_s, value}};
        const QJsonObject measure{{u"deviceId"_s, key(device)}, {u"timestamp"_s, m_at}, {u"params"_s, QJsonArray{one}}};
        QCOMPARE(
            m_server.post(m_token, {{u"version"_s, 2}, {u"sequenceNumber"_s, 1}, {u"measures"_s, QJsonArray{measure}}}),
            u"ACK"_s);
    }
    void forgetTheStove()
    {
        measure(1, u"kitchen"_s, u"motion"_s, 1);
        measure(1, u"stove"_s, u"outletStatus"_s, 1);
        measure(0, u"stove"_s, u"power"_s, 1450);
        measure(1, u"kitchen"_s, u"motion"_s, 0);
        measure(11, u"living"_s, u"motion"_s, 1);
    }
    void openWindow(const QString& page)
    {
        m_client = std::make_unique<RpcClient>(RpcOptions{});
        m_workspace = std::make_unique<Workspace>(*m_client);
        m_window = std::make_unique<MainWindow>(*m_workspace);
        m_window->resize(1280, 720);
        m_window->open(page);
        m_window->show();
        m_window->signInPage()->setAddress(m_server.address());
        m_window->signInPage()->setEmail(Email);
        m_window->signInPage()->setPassword(Password);
        m_window->signInPage()->submit();
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->signInPage()->isVisible(), Soon);
        m_workspace->choose(DeploymentId{m_place.value("deployment"_L1).toInteger()});
    }
    Page* page(const QString& name) { return m_window->page(name); }
    QPushButton* button(QWidget* on, const QString& text)
    {
        QPushButton* found = nullptr;
        std::ignore = QTest::qWaitFor(
            [&] {
                for (QPushButton* one : on->findChildren<QPushButton*>()) {
                    if (one->isVisible() && one->text() == text)
                        found = one;
                }
                return found != nullptr;
            },
            Soon);
        return found;
    }
    template <typename Dialog>
    Dialog* dialog()
    {
        Dialog* found = nullptr;
        std::ignore = QTest::qWaitFor(
            [&] { return (found = m_window->findChild<Dialog*>()) != nullptr && found->isVisible(); }, Soon);
        return found;
    }
    void installStoveScript()
    {
        child<QPushButton>(page(u"composer"_s), u"library"_s)->click();
        auto* library = dialog<LibraryDialog>();
        QVERIFY(library);
        auto* list = child<QListView>(library, u"scripts"_s);
        QTRY_VERIFY_WITH_TIMEOUT(list->model()->rowCount() > 1, Soon);
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            if (list->model()->index(row, 0).data().toString().contains(u"Stove"_s))
                list->setCurrentIndex(list->model()->index(row, 0));
        }
        const auto* homes = child<QListWidget>(library, u"homes"_s);
        QCOMPARE(homes->item(0)->checkState(), Qt::Checked); // its devices are what the script needs
        QTest::qWait(100);                                   // for the picture
        if (!qEnvironmentVariableIsEmpty("COHORT_PICTURES"))
            library->grab().save(qEnvironmentVariable("COHORT_PICTURES") + u"/real-library.png"_s);
        child<QPushButton>(library, u"install"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(seen(page(u"composer"_s)).contains(u"Stove left on"_s), Soon);
    }
    // Types a new script, saves it and takes it live in all homes.
    void writeScript(const QString& name, const QString& source)
    {
        QTimer::singleShot(200, this, [this, name] {
            if (auto* ask = dialog<QInputDialog>()) {
                ask->setTextValue(name);
                ask->accept();
            }
        });
        child<QPushButton>(page(u"composer"_s), u"newScript"_s)->click();
        auto* editor = child<ScriptEditor>(page(u"composer"_s), u"editor"_s);
        QTRY_VERIFY_WITH_TIMEOUT(editor->source().contains(u"My script"_s), Soon);
        type(source);
    }
    void type(const QString& source) // QScintilla's header does not go with QT_NO_KEYWORDS
    {
        for (QAbstractScrollArea* text :
             child<ScriptEditor>(page(u"composer"_s), u"editor"_s)->findChildren<QAbstractScrollArea*>()) {
            if (text->inherits("QsciScintilla"))
                QVERIFY(QMetaObject::invokeMethod(text, "setText", Q_ARG(QString, source)));
        }
    }
    void saveAndDeploy()
    {
        QTRY_VERIFY_WITH_TIMEOUT(seen(page(u"composer"_s)).contains(u"accepted"_s), Soon);
        QTimer::singleShot(200, this, [this] {
            if (auto* ask = dialog<QInputDialog>())
                ask->accept();
        });
        child<QPushButton>(page(u"composer"_s), u"save"_s)->click();
        auto* deploy = child<QPushButton>(page(u"composer"_s), u"deploy"_s);
        QTRY_VERIFY_WITH_TIMEOUT(deploy->isEnabled(), Soon);
        deploy->click();
        auto* where = dialog<DeployDialog>();
        QVERIFY(where);
        child<QCheckBox>(where, u"allHomes"_s)->setChecked(true);
        child<QPushButton>(where, u"deploy"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(seen(page(u"composer"_s)).contains(u"live"_s), Soon);
        QTest::qWait(1500); // Composer takes the home up within a second
    }

private Q_SLOTS:
    void initTestCase()
    {
        applyTheme(*qApp, ThemeChoice::Light);
        const QString trouble = m_server.start(Email, Password);
        QVERIFY2(trouble.isEmpty(), qPrintable(trouble));
    }
    void cleanup()
    {
        m_window.reset();
        m_workspace.reset();
        m_client.reset();
    }

    void theStoveIsSwitchedOff()
    {
        makeHome();
        openWindow(u"composer"_s);
        installStoveScript();
        picture(u"composer"_s);
        QTest::qWait(1500);
        m_window->open(u"alerts"_s);
        forgetTheStove();
        QElapsedTimer clock;
        clock.start();
        QTRY_VERIFY_WITH_TIMEOUT(seen(page(u"alerts"_s)).contains(u"nobody is in the kitchen"_s), Soon);
        qInfo("the alert is seen %lld ms after the last post's ACK", static_cast<long long>(clock.elapsed()));
        picture(u"alert"_s);
        child<QTableView>(page(u"alerts"_s), u"alerts"_s)->selectRow(0);
        QPushButton* off = button(page(u"alerts"_s), u"Switch it off"_s);
        QVERIFY(off);
        off->click();
        sureOfIt();
        const QString command = m_server.pollCommand(m_token, key(u"gateway"_s));
        QVERIFY(!command.isEmpty());
        const QJsonObject done{{u"commandId"_s, command.toLongLong()}, {u"result"_s, 1}};
        QCOMPARE(
            m_server.post(m_token, {{u"version"_s, 2}, {u"sequenceNumber"_s, 1}, {u"responses"_s, QJsonArray{done}}}),
            u"ACK"_s);
        QTRY_VERIFY_WITH_TIMEOUT(seen(page(u"alerts"_s)).contains(u"executed"_s), Soon);
        picture(u"alert-executed"_s);
        m_window->open(u"home/devices"_s);
        QTRY_VERIFY_WITH_TIMEOUT(seen(page(u"home"_s)).contains(u"executed"_s), Soon);
        picture(u"home-devices"_s);
        m_window->open(u"home/timeline"_s);
        QTRY_VERIFY_WITH_TIMEOUT(seen(page(u"home"_s)).contains(u"nobody is in the kitchen"_s), Soon);
        picture(u"home-timeline"_s);
    }

    void theStoveIsOffline()
    {
        makeHome();
        openWindow(u"composer"_s);
        installStoveScript();
        QTest::qWait(1500);
        m_window->open(u"alerts"_s);
        forgetTheStove();
        QTRY_VERIFY_WITH_TIMEOUT(seen(page(u"alerts"_s)).contains(u"nobody is in the kitchen"_s), Soon);
        child<QTableView>(page(u"alerts"_s), u"alerts"_s)->selectRow(0);
        QPushButton* off = button(page(u"alerts"_s), u"Switch it off"_s);
        QVERIFY(off);
        off->click();
        sureOfIt();
        QTRY_VERIFY_WITH_TIMEOUT(seen(page(u"alerts"_s)).contains(u"expired"_s), 90'000);
        picture(u"alert-expired"_s);
    }

    void aFirstScriptRuns()
    {
        makeHome();
        openWindow(u"composer"_s);
        writeScript(u"Lamp"_s, u"import os\n"_s + QString::fromUtf8(LampScript));
        QTRY_VERIFY_WITH_TIMEOUT(seen(page(u"composer"_s)).contains(u"1 problem"_s), Soon);
        auto* problems = child<QListWidget>(page(u"composer"_s), u"problems"_s);
        QVERIFY2(problems->item(0)->text().contains(u"Line 1"_s), qPrintable(problems->item(0)->text()));
        picture(u"script-refused"_s);
        type(QString::fromUtf8(LampScript));
        saveAndDeploy();
        measure(1, u"lamp"_s, u"power"_s, 42);
        QTRY_VERIFY_WITH_TIMEOUT(seen(page(u"composer"_s)).contains(u"the lamp draws 42"_s), Soon);
        picture(u"script-runs"_s);
    }

    void anEndlessScriptIsPausedWithItsReason()
    {
        makeHome();
        openWindow(u"composer"_s);
        writeScript(u"Endless"_s, QString::fromUtf8(LoopScript));
        saveAndDeploy();
        for (int i = 0; i < 8; ++i) {
            measure(1, u"lamp"_s, u"power"_s, i);
            QTest::qWait(200);
        }
        Page* composer = page(u"composer"_s);
        QTRY_VERIFY_WITH_TIMEOUT(seen(composer).contains(u"took too long"_s), 60'000);
        // Without another look from the person: the page says so itself, and why.
        QTRY_COMPARE_WITH_TIMEOUT(child<QLabel>(composer, u"status"_s)->text(), u"errors"_s, 60'000);
        picture(u"script-endless"_s);
        auto* tabs = child<QTabWidget>(composer, u"tabs"_s);
        tabs->setCurrentWidget(child<QWidget>(composer, u"homesTab"_s));
        QTRY_VERIFY_WITH_TIMEOUT(
            seen(composer).contains(u"paused by errors"_s) && seen(composer).contains(u"of CPU time"_s), Soon);
        picture(u"script-endless-homes"_s);
        child<QAbstractButton>(composer, u"back"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(seen(composer).contains(u"1 with errors"_s), Soon);
        picture(u"composer-endless"_s);
    }
};

QTEST_MAIN(TestRealServer)
#include "tst_real_server.moc"
