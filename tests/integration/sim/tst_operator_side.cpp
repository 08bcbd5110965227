// The simulator as an operator of a real server: its errors by name, and homes that are made once and found again.
#include "server/sim/home_devices.h"
#include "server/sim/typed_call.h"
#include "shared/protocol/operations/place.h"
#include "tests/integration/sim/signed_in_node.h"

#include <QTest>

using namespace cohort;
using namespace cohort::testing;

class TestOperatorSide : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<SignedInNode> m_node;

    sim::WantedLocation wanted(const char* name, const char* deployment = "Study") const
    {
        return {QString::fromLatin1(deployment), QString::fromLatin1(name), QStringLiteral("Europe/Madrid"),
                QStringLiteral("events")};
    }
    QString value(const QByteArray& sql) const { return m_node->running.database.value(sql); }

private Q_SLOTS:
    void initTestCase()
    {
        m_node = std::make_unique<SignedInNode>();
        QVERIFY2(m_node->failure.isEmpty(), qPrintable(m_node->failure));
    }

    void cleanupTestCase() { m_node.reset(); }

    void theServersErrorsKeepTheirNames()
    {
        sim::ApiClient stranger({m_node->running.apiUrl(), {}});
        const auto refused = stranger.signIn(QStringLiteral("x@cohort.example"), QStringLiteral("wrong-password"));
        QVERIFY(!refused);
        QVERIFY2(refused.error().code == ErrorCode::WrongCredentials, qPrintable(refused.error().message()));
        const auto unsigned_ = stranger.call(QStringLiteral("deployment.list"), {});
        QVERIFY(!unsigned_ && unsigned_.error().code == ErrorCode::NotSignedIn);
        const auto unknown = m_node->api.call(QStringLiteral("home.dance"), {});
        QVERIFY(!unknown && unknown.error().code == ErrorCode::UnknownMethod);
        const auto missing = m_node->api.call(QStringLiteral("location.get"), {});
        QVERIFY(!missing && !missing.error().detail.isEmpty());
        const auto path = m_node->api.get(QStringLiteral("/nowhere"));
        QVERIFY(!path && path.error().detail.contains(QStringLiteral("404")));
    }

    void aServerThatIsNotThereIsUnavailable()
    {
        sim::ApiClient nobody({QStringLiteral("http://127.0.0.1:%1").arg(freePort()), {}});
        const auto result = nobody.signIn(QStringLiteral("x"), QStringLiteral("y"));
        QVERIFY(!result);
        QVERIFY(result.error().code == ErrorCode::Unavailable);
        QVERIFY2(result.error().detail.startsWith(QStringLiteral("http://127.0.0.1:")),
                 qPrintable(result.error().detail));
    }

    void aCertificateThatCannotBeReadIsNoConnection()
    {
        sim::ApiClient api({m_node->running.apiUrl().replace(QStringLiteral("http:"), QStringLiteral("https:")),
                            QStringLiteral("/nowhere/ca.pem")});
        QVERIFY(!api.get(QStringLiteral("/espapi/watch")));
    }

    void listsAreReadToTheirEnd()
    {
        sim::Registrar registrar(m_node->api);
        for (int i = 0; i < 7; ++i)
            QVERIFY(registrar.location(wanted(("Page " + std::to_string(i)).c_str(), "Paged")));
        protocol::LocationList list;
        list.deployment = DeploymentId{value("SELECT id FROM deployment WHERE name = 'Paged'").toLongLong()};
        list.limit = 3;
        const auto all = sim::askForAll(m_node->api, list);
        QVERIFY2(all, all ? "" : qPrintable(all.error().message()));
        QCOMPARE(all->size(), 7);
    }

    void aLocationIsMadeOnceAndFoundAgain()
    {
        sim::Registrar registrar(m_node->api);
        const auto made = registrar.location(wanted("Found"));
        QVERIFY2(made, made ? "" : qPrintable(made.error().message()));
        const auto again = registrar.location(wanted("Found"));
        QVERIFY(again && *again == *made);
        const auto anywhere = registrar.location(wanted("Found", ""));
        QVERIFY(anywhere && *anywhere == *made);
        const auto byId = registrar.location(wanted(std::to_string(made->value).c_str(), ""));
        QVERIFY(byId && *byId == *made);
        QCOMPARE(value("SELECT count(*) FROM location WHERE name = 'Found'"), QStringLiteral("1"));
        QCOMPARE(value("SELECT count(*) FROM deployment WHERE name = 'Study'"), QStringLiteral("1"));
        QCOMPARE(value("SELECT time_zone FROM location WHERE name = 'Found'"), QStringLiteral("Europe/Madrid"));
        QCOMPARE(value("SELECT clock FROM location WHERE name = 'Found'"), QStringLiteral("events"));
    }

    void theSameNameInAnotherDeploymentIsAnotherLocation()
    {
        sim::Registrar registrar(m_node->api);
        const auto here = registrar.location(wanted("Twice", "Here")),
                   there = registrar.location(wanted("Twice", "There"));
        QVERIFY(here && there && *here != *there);
    }

    void withoutADeploymentNothingIsMade()
    {
        sim::Registrar registrar(m_node->api);
        const auto missing = registrar.location(wanted("Missing", ""));
        QVERIFY(!missing && missing.error().code == ErrorCode::NotFound);
        QVERIFY2(missing.error().detail.contains(QStringLiteral("--deployment")), qPrintable(missing.error().detail));
        QVERIFY(!registrar.location(wanted("999999", "")));
        const auto zone = registrar.location(
            {QStringLiteral("Z"), QStringLiteral("Z"), QStringLiteral("Mars/Olympus"), QStringLiteral("events")});
        QVERIFY(!zone);
    }

    void aGatewayGetsANewTokenAndKeepsItsDevices()
    {
        sim::Registrar registrar(m_node->api);
        const auto location = registrar.location(wanted("Gateway"));
        QVERIFY(location);
        const QString key = QStringLiteral("g-gateway");
        const auto devices = sim::wantedDevices(QStringLiteral("g-"));
        const auto first = registrar.gateway(*location, key, devices);
        QVERIFY2(first, first ? "" : qPrintable(first.error().message()));
        const auto second = registrar.gateway(*location, key, devices);
        QVERIFY2(second, second ? "" : qPrintable(second.error().message()));
        QVERIFY(!first->token.isEmpty() && !second->token.isEmpty() && first->token != second->token);
        QCOMPARE(second->deviceServer, m_node->running.options.deviceIoUrl);
        QCOMPARE(second->key, key);
        QCOMPARE(value("SELECT count(*) FROM device WHERE key LIKE 'g-%'").toULongLong(),
                 static_cast<qulonglong>(devices.size() + 1));
        QCOMPARE(value("SELECT r.kind FROM device d JOIN room r ON r.id = d.room_id WHERE d.key = 'g-bed'"),
                 QStringLiteral("bedroom"));
    }

    void aKeyThatIsTakenElsewhereIsRefused()
    {
        sim::Registrar registrar(m_node->api);
        const auto one = registrar.location(wanted("One")), other = registrar.location(wanted("Other"));
        QVERIFY(one && other);
        QVERIFY(registrar.gateway(*one, QStringLiteral("taken-gateway"), {}));
        const auto refused = registrar.gateway(*other, QStringLiteral("taken-gateway"), {});
        QVERIFY(!refused);
        QVERIFY2(refused.error().code == ErrorCode::AlreadyExists, refused.error().name());
    }
};

QTEST_GUILESS_MAIN(TestOperatorSide)
#include "tst_operator_side.moc"
