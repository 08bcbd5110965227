// The window over a real server, a proxy between them that damages each member of each answer in turn: the page names it.
// By hand, as it takes minutes for a page: COHORT_LONG=1, every member in one way, in turns; COHORT_LONG=all, in every way.
#include "console/pages/main_window.h"
#include "console/pages/notice_bar.h"
#include "console/pages/page.h"
#include "console/pages/sign_in_page.h"
#include "console/resources/theme.h"
#include "shared/protocol/operation.h"
#include "tests/console/damaging_proxy.h"
#include "tests/console/real_server.h"

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
        QCOMPARE(m_server.post(plug.value("token"_L1).toString(),
                               {{u"version"_s, 2}, {u"sequenceNumber"_s, 1}, {u"measures"_s, QJsonArray{measure}}}),
                 u"ACK"_s);
    }
    bool isQuiet()
    {
        return QTest::qWaitFor([this] { return m_proxy->waiting() == 0; }, Soon);
    }
    // What is wrong, as the page says it.
    static QString said(const Page* page)
    {
        QStringList texts;
        for (const auto* bar : page->findChildren<NoticeBar*>())
            texts.append(bar->text());
        return texts.join(u'\n');
    }
    void again(Page* page)
    {
        page->deactivate();
        page->activate();
    }
    // Damages this member, opens the page anew, and waits until it says so; empty, or what it says instead.
    QString namesIt(Page* page, const Target& target)
    {
        m_proxy->damage(target);
        again(page);
        const bool came = QTest::qWaitFor([&] { return m_proxy->damagedCount() > 0; }, Soon);
        const QString wanted = u'\'' + target.path + u'\'';
        const bool named = came && QTest::qWaitFor([&] { return said(page).contains(wanted); }, 2'000);
        const QString instead = said(page);
        m_proxy->damage(std::nullopt);
        return named ? QString() : came ? u"says: "_s + instead : u"was not asked for again"_s;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("COHORT_LONG"))
            QSKIP("with COHORT_LONG=1");
        applyTheme(*qApp, ThemeChoice::Light);
        QCOMPARE(m_server.start(Email, Password), QString());
        fill();
        QUrl url(m_server.address());
        url.setScheme(u"ws"_s);
        url.setPath(u"/console"_s);
        m_proxy = std::make_unique<DamagingProxy>(url);
        QVERIFY(m_proxy->listen());
        m_client = std::make_unique<RpcClient>(RpcOptions{});
        m_workspace = std::make_unique<Workspace>(*m_client);
        m_window = std::make_unique<MainWindow>(*m_workspace);
        m_window->show();
        m_window->signInPage()->setAddress(m_proxy->address());
        m_window->signInPage()->setEmail(Email);
        m_window->signInPage()->setPassword(Password);
        m_window->signInPage()->submit();
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->signInPage()->isVisible(), Soon);
    }

    void eachPageNamesEachDamagedMember_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"overview", "deployments", "home", "alerts", "composer", "messages", "server", "operators", "audit"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void eachPageNamesEachDamagedMember()
    {
        QFETCH(QString, name);
        m_window->open(name);
        Page* page = m_window->page(name);
        QVERIFY(isQuiet());
        m_proxy->forget();
        again(page);
        QTest::qWait(300); // what a page asks for after its first answer
        QVERIFY(isQuiet());
        const auto answers = m_proxy->answers();
        QVERIFY(!answers.empty());
        QStringList faults;
        std::size_t turn = 0;
        int tried = 0;
        for (const auto& [operation, answer] : answers) {
            if (operation == u"subscribe"_s) // no page shows what it answers
                continue;
            const auto* row = protocol::findOperation(operation.toStdString());
            for (const auto& one : testkit::damagesOf(row->result, answer)) {
                if (!m_tryAll && static_cast<std::size_t>(one.damage) != turn++ % 3)
                    continue;
                const auto fault = namesIt(page, {operation, one.path, one.damage});
                if (!fault.isEmpty())
                    faults.append(u"%1 %2: %3"_s.arg(operation, one.path, fault));
                ++tried;
            }
        }
        qInfo("%d members damaged, %d not named", tried, int(faults.size()));
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }

private:
    const bool m_tryAll = qEnvironmentVariable("COHORT_LONG") == u"all"_s;
    RealServer m_server{QStringLiteral(COHORT_BIN_DIR)};
    std::unique_ptr<DamagingProxy> m_proxy;
    std::unique_ptr<RpcClient> m_client;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestDamagedAnswers)
#include "tst_damaged_answers.moc"
