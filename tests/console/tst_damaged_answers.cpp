// The window over a real server, a proxy between them that damages each member of each answer in turn: the page names it.
// Overview, one way for each member; with COHORT_LONG=1 (packaging/test.sh --long) every page and way, which takes minutes
// for a page.
#include "console/pages/data_table.h"
#include "console/pages/main_window.h"
#include "console/pages/notice_bar.h"
#include "console/pages/page.h"
#include "console/pages/sign_in_page.h"
#include "console/resources/theme.h"
#include "shared/protocol/operation.h"
#include "tests/console/damaging_proxy.h"
#include "tests/console/real_server.h"

#include <QTabWidget>
#include <QTreeView>
#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

const QString Email = u"vera@example.org"_s, Password = u"a-long-test-password"_s;
constexpr int Soon = 20'000; // ms: far more than it takes, on a slow machine too

qint64 id(const QJsonObject& object)
{
    return object.value("id"_L1).toInteger();
}

// Everything that is in it is opened, as far as it is there by now: branches, tabs, rows. True: something was.
bool openWhatIsInside(const QWidget& page)
{
    bool opened = false;
    for (auto* tree : page.findChildren<QTreeView*>()) {
        if (!tree->isVisible() || !tree->model())
            continue;
        const int before = tree->property("opened").toInt();
        int rows = 0;
        for (QModelIndex at = tree->model()->index(0, 0); at.isValid(); at = tree->indexBelow(at), ++rows)
            tree->expand(at);
        tree->setProperty("opened", rows);
        opened = opened || rows > before;
    }
    for (auto* tabs : page.findChildren<QTabWidget*>()) {
        const int next = tabs->property("opened").toInt() + 1;
        if (!tabs->isVisible() || next > tabs->count())
            continue;
        tabs->setCurrentIndex(next % tabs->count()); // and ends at the first
        tabs->setProperty("opened", next);
        opened = true;
    }
    for (auto* table : page.findChildren<DataTable*>()) {
        if (!table->isVisible() || table->model()->rowCount() == 0 || table->property("opened").toBool())
            continue;
        table->setProperty("opened", true);
        table->selectRow(0);
        Q_EMIT table->opened(0);
        return true; // it may have led elsewhere
    }
    return opened;
}

} // namespace

class TestDamagedAnswers : public QObject
{
    Q_OBJECT

private:
    // One of everything, so that no list is empty.
    void fill()
    {
        const qint64 deployment = id(
            m_server.call(u"deployment.create"_s, {{u"name"_s, u"Lindenhof"_s}, {u"timeZone"_s, u"Europe/Berlin"_s}}));
        const QJsonObject room{{u"kind"_s, u"kitchen"_s}, {u"name"_s, u"Kitchen"_s}};
        const qint64 home = id(m_server.call(
            u"location.create"_s,
            {{u"deployment"_s, deployment}, {u"name"_s, u"Lindenweg 4"_s}, {u"rooms"_s, QJsonArray{room}}}));
        const QJsonObject role{{u"location"_s, home}, {u"role"_s, u"resident"_s}};
        const qint64 person = id(m_server.call(
            u"participant.create"_s,
            {{u"deployment"_s, deployment}, {u"roles"_s, QJsonArray{role}}, {u"name"_s, u"Erna Muster"_s}}));
        const auto plug = m_server.call(
            u"device.register"_s,
            {{u"location"_s, home}, {u"key"_s, u"plug"_s}, {u"type"_s, 10014}, {u"roomKind"_s, u"kitchen"_s}});
        m_server.call(u"device.command"_s,
                      {{u"id"_s, id(plug)},
                       {u"parameters"_s, QJsonArray{QJsonObject{{u"name"_s, u"outletStatus"_s}, {u"value"_s, 1}}}}});
        m_server.call(u"library.install"_s,
                      {{u"deployment"_s, deployment}, {u"name"_s, u"no_movement"_s}, {u"deploy"_s, true}});
        m_server.call(u"message.send"_s, {{u"participant"_s, person}, {u"text"_s, u"Good morning!"_s}});
        m_server.call(u"question.ask"_s,
                      {{u"participant"_s, person}, {u"text"_s, u"Did you sleep?"_s}, {u"type"_s, u"yes-no"_s}});
        const QJsonObject one{{u"name"_s, u"power"_s}, {u"value"_s, 12}};
        const QJsonObject measure{{u"deviceId"_s, u"plug"_s},
                                  {u"timestamp"_s, QDateTime::currentMSecsSinceEpoch()},
                                  {u"params"_s, QJsonArray{one}}};
        const QJsonObject jammed{{u"deviceId"_s, u"plug"_s},
                                 {u"alertId"_s, u"a1"_s},
                                 {u"alertType"_s, u"error"_s},
                                 {u"paramsMap"_s, QJsonObject{{u"error"_s, u"jammed"_s}}}};
        QCOMPARE(m_server.post(plug.value("token"_L1).toString(), {{u"version"_s, 2},
                                                                   {u"sequenceNumber"_s, 1},
                                                                   {u"measures"_s, QJsonArray{measure}},
                                                                   {u"alerts"_s, QJsonArray{jammed}}}),
                 u"ACK"_s);
    }
    // A window of its own, so that whatever the page asks for is asked for again; signed in, on this page.
    void openWindow(const QString& name)
    {
        m_window.reset();
        m_workspace.reset();
        m_client = std::make_unique<RpcClient>(RpcOptions{});
        m_workspace = std::make_unique<Workspace>(*m_client);
        m_window = std::make_unique<MainWindow>(*m_workspace);
        m_window->open(name);
        m_window->show();
        m_window->signInPage()->setAddress(m_proxy->address());
        m_window->signInPage()->setEmail(Email);
        m_window->signInPage()->setPassword(Password);
        m_window->signInPage()->submit();
    }
    // What is wrong, as the window says it.
    QString said() const
    {
        QStringList texts;
        for (const auto* bar : m_window->findChildren<NoticeBar*>())
            if (bar->isShown())
                texts.append(bar->text());
        return texts.join(u'\n');
    }
    // Every answer that the page and what is in it have asked for when nothing comes any more.
    std::map<QString, QJsonObject> answersOf(const QString& name)
    {
        m_proxy->forget();
        openWindow(name);
        std::ignore = QTest::qWaitFor([&] { return m_window->page(name)->isVisible(); }, Soon);
        bool opened = false;
        std::size_t before = 0;
        do {
            before = m_proxy->answers().size();
            QTest::qWait(500); // what is asked for after an answer
            opened = m_window->page(name)->isVisible() && openWhatIsInside(*m_window->page(name));
        } while (opened || m_proxy->waiting() > 0 || m_proxy->answers().size() != before);
        return m_proxy->answers();
    }
    // Damages this member and waits until the page says so; empty, or what it says instead.
    QString namesIt(const QString& name, const Target& target)
    {
        m_proxy->damage(target);
        openWindow(name);
        const QString wanted = u'\'' + target.path + u'\'';
        const auto lookFurther = [&] {
            if (said().contains(wanted))
                return true;
            if (m_window->page(name)->isVisible() && m_proxy->waiting() == 0)
                openWhatIsInside(*m_window->page(name));
            return false;
        };
        const bool named = QTest::qWaitFor(lookFurther, 5'000);
        const QString instead = m_proxy->damagedCount() > 0 ? u"says: "_s + said() : u"was not asked for"_s;
        m_proxy->damage(std::nullopt);
        return named ? QString() : instead;
    }

private Q_SLOTS:
    void initTestCase()
    {
        applyTheme(*qApp, ThemeChoice::Light);
        QCOMPARE(m_server.start(Email, Password), QString());
        fill();
        QUrl url(m_server.address());
        url.setScheme(u"ws"_s);
        url.setPath(u"/console"_s);
        m_proxy = std::make_unique<DamagingProxy>(url);
        QVERIFY(m_proxy->listen());
    }

    void eachPageNamesEachDamagedMember_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("overview") << u"overview"_s;
        if (!m_isLong)
            return;
        for (const char* name :
             {"deployments", "home", "alerts", "composer", "messages", "server", "operators", "audit"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void eachPageNamesEachDamagedMember()
    {
        QFETCH(QString, name);
        const auto answers = answersOf(name);
        QVERIFY(!answers.empty());
        QCOMPARE(said(), QString());
        QStringList faults;
        int tried = 0, members = 0;
        QString member;
        QStringList operations;
        for (const auto& [operation, answer] : answers) {
            if (operation == u"subscribe"_s) // no page shows what it answers
                continue;
            const auto* row = protocol::findOperation(operation.toStdString());
            operations.append(operation);
            for (const auto& one : testkit::damagesOf(row->result, answer)) {
                members += one.path == member ? 0 : 1;
                member = one.path;
                if (!m_isLong && members % 3 != static_cast<int>(one.damage))
                    continue;
                const auto fault = namesIt(name, {operation, one.path, one.damage});
                if (!fault.isEmpty())
                    faults.append(u"%1 %2: %3"_s.arg(operation, one.path, fault));
                ++tried;
            }
        }
        qInfo("%d damages of %s, %d not named", tried, qPrintable(operations.join(u", "_s)), int(faults.size()));
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }

private:
    const bool m_isLong = qEnvironmentVariableIsSet("COHORT_LONG");
    RealServer m_server{QStringLiteral(COHORT_BIN_DIR)};
    std::unique_ptr<DamagingProxy> m_proxy;
    std::unique_ptr<RpcClient> m_client;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestDamagedAnswers)
#include "tst_damaged_answers.moc"
