// The coordinator's path over a real server: devices that lose their connection and come back, a participant who writes.

#include "console/pages/main_window.h"
#include "console/pages/page.h"
#include "console/pages/sign_in_page.h"
#include "console/resources/theme.h"
#include "tests/console/look.h"
#include "tests/console/real_server.h"

#include <QNetworkRequest>
#include <QTableView>
#include <QToolButton>
#include <QWebSocket>
#include <QtTest>

#include <memory>
#include <vector>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

const QString Email = u"vera@example.org"_s, Password = u"a-long-test-password"_s;
constexpr int Soon = 20'000;    // ms
constexpr int AMinute = 60'000; // ms: what the overview may take
constexpr int HomeCount = 5, DevicesOfAHome = 11, DoorType = 20011;

} // namespace

class TestCoordinator : public QObject
{
    Q_OBJECT

private:
    struct Door
    {
        QString key, token;
        std::unique_ptr<QWebSocket> socket;
    };

    RealServer m_server{QStringLiteral(COHORT_BIN_DIR)};
    std::unique_ptr<RpcClient> m_client;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<MainWindow> m_window;
    qint64 m_deployment = 0;
    std::vector<Door> m_doors;

    static qint64 id(const QJsonObject& object) { return object.value("id"_L1).toInteger(); }
    void makeStudy()
    {
        m_deployment = id(m_server.call(u"deployment.create"_s, {{u"name"_s, u"Doors"_s}, {u"timeZone"_s, u"UTC"_s}}));
        for (int home = 1; home <= HomeCount; ++home) {
            const qint64 location = id(m_server.call(
                u"location.create"_s,
                {{u"deployment"_s, m_deployment}, {u"name"_s, u"Home %1"_s.arg(home)}, {u"timeZone"_s, u"UTC"_s}}));
            for (int door = 1; door <= DevicesOfAHome; ++door) {
                const QString key = u"door-%1-%2"_s.arg(home).arg(door);
                const QJsonObject made = m_server.call(
                    u"device.register"_s,
                    {{u"location"_s, location}, {u"key"_s, key}, {u"type"_s, DoorType}, {u"token"_s, true}});
                m_doors.push_back({key, made.value("token"_L1).toString(), nullptr});
                QVERIFY(!m_doors.back().token.isEmpty());
            }
        }
    }
    // Connects it and says once that the door is closed.
    void connectDoor(Door& door)
    {
        QNetworkRequest request(m_server.deviceSocket(door.key));
        request.setRawHeader("Authorization", "Bearer " + door.token.toUtf8());
        door.socket = std::make_unique<QWebSocket>();
        QSignalSpy said(door.socket.get(), &QWebSocket::textMessageReceived);
        door.socket->open(request);
        QTRY_COMPARE_WITH_TIMEOUT(door.socket->state(), QAbstractSocket::ConnectedState, Soon);
        door.socket->sendTextMessage(
            uR"({"version":2,"measures":[{"deviceId":"%1","params":[{"name":"contact","value":0}]}]})"_s.arg(door.key));
        QTRY_VERIFY_WITH_TIMEOUT(!said.isEmpty(), Soon);
    }
    void openWindow()
    {
        m_client = std::make_unique<RpcClient>(RpcOptions{});
        m_workspace = std::make_unique<Workspace>(*m_client);
        m_window = std::make_unique<MainWindow>(*m_workspace);
        m_window->resize(1280, 720);
        m_window->open(u"overview"_s);
        m_window->show();
        m_window->signInPage()->setAddress(m_server.address());
        m_window->signInPage()->setEmail(Email);
        m_window->signInPage()->setPassword(Password);
        m_window->signInPage()->submit();
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->signInPage()->isVisible(), Soon);
        m_workspace->choose(DeploymentId{m_deployment});
    }
    QTableView* attention() const { return child<QTableView>(m_window->page(u"overview"_s), u"attention"_s); }
    QStringList reasons() const
    {
        QStringList texts;
        const auto* model = attention()->model();
        for (int row = 0; row < model->rowCount(); ++row)
            texts.append(model->index(row, 1).data().toString());
        return texts;
    }
    // What stands in the empty list, where it is empty.
    bool saysAllIsWell() const
    {
        return attention()->model()->rowCount() == 0 && attention()->accessibleDescription().contains(u"All is well"_s);
    }
    QString nameOf(const QString& page) const
    {
        for (const auto* button : child<QWidget>(m_window.get(), u"navigation"_s)->findChildren<QToolButton*>()) {
            if (button->text().trimmed().startsWith(page))
                return button->text().trimmed();
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase()
    {
        applyTheme(*qApp, ThemeChoice::Light);
        const QString trouble = m_server.start(Email, Password);
        QVERIFY2(trouble.isEmpty(), qPrintable(trouble));
        makeStudy();
        for (Door& door : m_doors)
            connectDoor(door);
        openWindow();
    }
    void cleanupTestCase()
    {
        m_window.reset();
        m_workspace.reset();
        m_client.reset();
        m_doors.clear();
    }

    void finding_F24_lostConnectionsShowWithinAMinute()
    {
        QTRY_VERIFY_WITH_TIMEOUT(saysAllIsWell(), AMinute);
        for (std::size_t i = 1; i < m_doors.size(); ++i) {
            m_doors.at(i).socket->abort();
            m_doors.at(i).socket.reset();
        }
        QTRY_COMPARE_WITH_TIMEOUT(reasons().size(), HomeCount, AMinute);
        QVERIFY(!saysAllIsWell());
        QCOMPARE(reasons().filter(u"lost connection"_s).size(), HomeCount);
        // Of the home where one stayed.
        QTRY_COMPARE_WITH_TIMEOUT(reasons().filter(u"10 devices lost connection"_s).size(), 1, AMinute);
        QCOMPARE(reasons().size(), HomeCount);
        QTRY_COMPARE_WITH_TIMEOUT(nameOf(u"Overview"_s), u"Overview (5)"_s, Soon);
        for (std::size_t i = 1; i < m_doors.size(); ++i)
            connectDoor(m_doors.at(i));
        QTRY_VERIFY_WITH_TIMEOUT(saysAllIsWell(), AMinute);
        QTRY_COMPARE_WITH_TIMEOUT(nameOf(u"Overview"_s), u"Overview"_s, Soon);
    }

    void finding_F25_aMessageIsABadgeAndARowUntilItIsRead()
    {
        const QJsonObject home = m_server.call(u"location.list"_s, {{u"deployment"_s, m_deployment}})
                                     .value("items"_L1)
                                     .toArray()
                                     .first()
                                     .toObject();
        const QJsonObject role{{u"location"_s, id(home)}, {u"role"_s, u"resident"_s}};
        const QJsonObject invited =
            m_server.call(u"participant.create"_s, {{u"deployment"_s, m_deployment}, {u"roles"_s, QJsonArray{role}}});
        m_server.page(u"/inbox/enrol"_s, {{u"code"_s, invited.value("enrolmentCode"_L1)},
                                          {u"username"_s, u"erna"_s},
                                          {u"password"_s, u"a-long-password"_s}});
        m_server.page(u"/inbox/write"_s, {{u"text"_s, u"The door does not close."_s}});
        QTRY_COMPARE_WITH_TIMEOUT(reasons().filter(u"new message"_s).size(), 1, AMinute);
        QTRY_COMPARE_WITH_TIMEOUT(nameOf(u"Messages"_s), u"Messages (1)"_s, AMinute);
        m_window->open(u"messages"_s); // the only conversation opens by itself
        QTRY_COMPARE_WITH_TIMEOUT(nameOf(u"Messages"_s), u"Messages"_s, AMinute);
        m_window->open(u"overview"_s);
        QTRY_VERIFY_WITH_TIMEOUT(reasons().filter(u"new message"_s).isEmpty(), AMinute);
    }
};

QTEST_MAIN(TestCoordinator)
#include "tst_coordinator.moc"
