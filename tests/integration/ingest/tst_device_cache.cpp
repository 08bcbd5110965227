#include "server/ingest/device_cache.h"
#include "shared/base/system_clock.h"
#include "tests/kit/sample_data.h"
#include "tests/kit/wait_until.h"

#include <QTest>
#include <sodium.h>

#include <mutex>
#include <optional>
#include <set>

using namespace cohort;
using namespace cohort::ingest;
using namespace cohort::testkit;

namespace {

QByteArray hexHash(const QByteArray& token)
{
    QByteArray hash(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()),
                       reinterpret_cast<const unsigned char*>(token.constData()),
                       static_cast<unsigned long long>(token.size()));
    return hash.toHex();
}

struct Cache
{
    TestDatabase database;
    SampleHome home = makeHome(database);
    bus::Bus bus;
    metrics::Registry metrics;
    SystemClock clock;
    DeviceCache cache;
    std::mutex mutex;
    std::set<DeviceId> invalidated;

    explicit Cache(std::size_t contexts = 60'000) : cache(options(contexts), bus, metrics, clock)
    {
        addToken("secret");
        cache.onInvalidated([this](DeviceId id) {
            const std::lock_guard lock(mutex);
            invalidated.insert(id);
        });
        if (!cache.start())
            qFatal("the cache does not start");
    }
    ~Cache() { cache.stop(); }
    DeviceCacheOptions options(std::size_t contexts) const
    {
        DeviceCacheOptions options;
        options.database = database.settings();
        options.contexts = contexts;
        return options;
    }
    void addToken(const QByteArray& token, const QByteArray& expires = "NULL")
    {
        database.run("INSERT INTO device_token (device_id, token_hash, expires_at) VALUES (" +
                     QByteArray::number(home.gateway.value) + ", '\\x" + hexHash(token) + "', " + expires + ")");
    }
    bool isInvalidated(DeviceId id)
    {
        const std::lock_guard lock(mutex);
        return invalidated.contains(id);
    }
    Result<DeviceContextPtr> wait(const std::function<void(DeviceCache::Found)>& ask) const
    {
        auto answer = std::make_shared<std::optional<Result<DeviceContextPtr>>>();
        auto lock = std::make_shared<std::mutex>();
        ask([answer, lock](Result<DeviceContextPtr> found) {
            const std::lock_guard guard(*lock);
            answer->emplace(std::move(found));
        });
        const bool came = waitUntil([&] {
            const std::lock_guard guard(*lock);
            return answer->has_value();
        });
        return came ? **answer : fail(ErrorCode::Timeout);
    }
    Result<DeviceContextPtr> byToken(const std::string& token, const std::string& id = {})
    {
        return wait([&](DeviceCache::Found found) { cache.findByToken(token, id, std::move(found)); });
    }
    Result<DeviceContextPtr> tokenless(const std::string& id)
    {
        return wait([&](DeviceCache::Found found) { cache.findTokenless(id, std::move(found)); });
    }
};

} // namespace

class TestDeviceCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsAGatewayWithTheDevicesBehindIt();
    void refusesUnknownTokens();
    void refusesIdsThatAreNotTheTokens();
    void findsADeviceThatWasRegisteredAMomentAgo();
    void closesTheChannelOfARevokedToken();
    void revokesWhileAnotherTransactionIsOpen();
    void closesTheChannelWhenAnOverlapEnds();
    void keepsTheOtherTokenOfARotation();
    void closesTheChannelOfARetiredDevice();
    void replacesTheContextWhenADeviceIsAdded();
    void forgetsADeviceThatMovedBehindAnotherGateway();
    void replacesTheContextWhenTheClockChanges();
    void findsTokenlessDevicesOnlyWhereAllowed();
    void keepsItsBound();
    void saysUnavailableWithoutADatabase();
};

void TestDeviceCache::findsAGatewayWithTheDevicesBehindIt()
{
    Cache cache;
    const auto found = cache.byToken("secret", "gateway-a");
    QVERIFY2(found, found ? "" : qPrintable(found.error().message()));
    QCOMPARE((*found)->id, cache.home.gateway);
    QCOMPARE((*found)->key, std::string("gateway-a"));
    QCOMPARE((*found)->location, cache.home.location);
    QCOMPARE((*found)->children.at("sensor-a").id, cache.home.sensor);
    QVERIFY(!(*found)->eventsClock);
    QCOMPARE(cache.cache.current(cache.home.gateway), *found);
    bool atOnce = false;
    cache.cache.findByToken("secret", "sensor-a", [&atOnce](const auto& again) { atOnce = again.has_value(); });
    QVERIFY(atOnce);
}

void TestDeviceCache::refusesUnknownTokens()
{
    Cache cache;
    for (const std::string token : {"", "Secret", "secret ", "' OR 1=1 --"})
        QCOMPARE(cache.byToken(token).error().code, ErrorCode::NotSignedIn);
    QCOMPARE(cache.byToken(std::string(100'000, 'x')).error().code, ErrorCode::NotSignedIn);
    QCOMPARE(cache.byToken(std::string("secret\0", 7)).error().code, ErrorCode::NotSignedIn);
}

void TestDeviceCache::refusesIdsThatAreNotTheTokens()
{
    Cache cache;
    makeHome(cache.database, "b");
    QCOMPARE(cache.byToken("secret", "gateway-b").error().code, ErrorCode::NoSuchDevice);
    QCOMPARE(cache.byToken("secret", "nobody").error().code, ErrorCode::NoSuchDevice);
    QVERIFY(cache.byToken("secret", "sensor-a"));
}

void TestDeviceCache::findsADeviceThatWasRegisteredAMomentAgo()
{
    Cache cache;
    QVERIFY(!cache.byToken("new"));
    cache.addToken("new");
    QVERIFY(waitUntil([&] { return cache.byToken("new").has_value(); }));
}

void TestDeviceCache::closesTheChannelOfARevokedToken()
{
    Cache cache;
    QVERIFY(cache.byToken("secret"));
    cache.database.run("UPDATE device_token SET revoked_at = now()");
    QVERIFY(waitUntil([&] { return cache.isInvalidated(cache.home.gateway); }));
    QCOMPARE(cache.byToken("secret").error().code, ErrorCode::NotSignedIn);
}

void TestDeviceCache::revokesWhileAnotherTransactionIsOpen()
{
    Cache cache;
    QVERIFY(cache.byToken("secret"));
    const auto other = cache.database.connect();
    QVERIFY(other->runScript("BEGIN; UPDATE room SET kind = kind; SELECT pg_current_xact_id();"));
    cache.database.run("UPDATE device_token SET revoked_at = now()");
    QVERIFY(waitUntil([&] { return cache.isInvalidated(cache.home.gateway); }));
    QVERIFY(other->runScript("UPDATE device SET retired_at = now(); COMMIT;"));
    QVERIFY(waitUntil([&] { return !cache.cache.current(cache.home.gateway); }));
}

void TestDeviceCache::closesTheChannelWhenAnOverlapEnds()
{
    Cache cache;
    cache.addToken("old", "now() + interval '700 milliseconds'");
    QVERIFY(waitUntil([&] { return cache.byToken("old").has_value() || cache.isInvalidated(cache.home.gateway); }));
    QVERIFY(waitUntil([&] { return cache.byToken("old").has_value() == false; }));
    QVERIFY(cache.byToken("secret"));
}

void TestDeviceCache::keepsTheOtherTokenOfARotation()
{
    Cache cache;
    cache.addToken("next");
    QVERIFY(cache.byToken("secret"));
    QVERIFY(waitUntil([&] { return cache.byToken("next").has_value(); }));
    cache.database.run("UPDATE device_token SET revoked_at = now() WHERE token_hash = '\\x" + hexHash("secret") + "'");
    QVERIFY(waitUntil([&] { return !cache.byToken("secret"); }));
    QVERIFY(cache.byToken("next"));
}

void TestDeviceCache::closesTheChannelOfARetiredDevice()
{
    Cache cache;
    QVERIFY(cache.byToken("secret"));
    cache.database.run("UPDATE device SET retired_at = now() WHERE gateway_id IS NULL");
    QVERIFY(waitUntil([&] { return cache.isInvalidated(cache.home.gateway); }));
    QCOMPARE(cache.byToken("secret").error().code, ErrorCode::NoSuchDevice);
}

void TestDeviceCache::replacesTheContextWhenADeviceIsAdded()
{
    Cache cache;
    const auto before = cache.byToken("secret");
    QVERIFY(before);
    cache.database.run("INSERT INTO device (deployment_id, location_id, key, gateway_id) "
                       "SELECT deployment_id, location_id, 'new', id FROM device WHERE key = 'gateway-a'");
    cache.bus.publish(bus::ConfigurationChanged{});
    QVERIFY(waitUntil([&] { return cache.cache.current(cache.home.gateway)->children.contains("new"); }));
    QCOMPARE(cache.cache.current(cache.home.gateway)->rate, (*before)->rate);
    cache.database.run("UPDATE device SET retired_at = now() WHERE key = 'new'");
    QVERIFY(waitUntil([&] { return !cache.cache.current(cache.home.gateway)->children.contains("new"); }));
    QVERIFY(!cache.isInvalidated(cache.home.gateway));
}

void TestDeviceCache::forgetsADeviceThatMovedBehindAnotherGateway()
{
    Cache cache;
    const DeviceId second{
        cache.database
            .value("INSERT INTO device (deployment_id, location_id, key, type) SELECT deployment_id, location_id, "
                   "'gateway-2', type FROM device WHERE key = 'gateway-a' RETURNING id")
            .toLongLong()};
    QVERIFY((*cache.byToken("secret"))->children.contains("sensor-a"));
    cache.database.run("UPDATE device SET gateway_id = " + QByteArray::number(second.value) +
                       " WHERE key = 'sensor-a'");
    // As an upload does it that moved the device: the new gateway is read before the change is heard of.
    const auto moved = cache.wait([&](DeviceCache::Found found) { cache.cache.reload(second, std::move(found)); });
    QVERIFY((*moved)->children.contains("sensor-a"));
    QVERIFY(waitUntil([&] { return !cache.cache.current(cache.home.gateway)->children.contains("sensor-a"); }));
    QVERIFY(cache.cache.current(second)->children.contains("sensor-a"));
}

void TestDeviceCache::replacesTheContextWhenTheClockChanges()
{
    Cache cache;
    QVERIFY(cache.byToken("secret"));
    cache.database.run("UPDATE location SET clock = 'events'");
    QVERIFY(waitUntil([&] { return cache.cache.current(cache.home.gateway)->eventsClock; }));
}

void TestDeviceCache::findsTokenlessDevicesOnlyWhereAllowed()
{
    Cache cache;
    QCOMPARE(cache.tokenless("gateway-a").error().code, ErrorCode::NotSignedIn);
    cache.database.run("UPDATE device SET tokenless = true WHERE key = 'sensor-a'");
    QCOMPARE(cache.tokenless("sensor-a").error().code, ErrorCode::NotSignedIn);
    cache.database.run("UPDATE deployment SET allow_tokenless_devices = true");
    QVERIFY(waitUntil([&] { return cache.tokenless("sensor-a").has_value(); }));
    QVERIFY((*cache.tokenless("sensor-a"))->tokenless);
    QCOMPARE(cache.tokenless("gateway-a").error().code, ErrorCode::NotSignedIn);
    for (const std::string id : {"", "\"", "\\", "{}", "\xff"})
        QCOMPARE(cache.tokenless(id).error().code, ErrorCode::NotSignedIn);
    cache.database.run("UPDATE deployment SET allow_tokenless_devices = false");
    QVERIFY(waitUntil([&] { return cache.isInvalidated(cache.home.sensor); }));
    QCOMPARE(cache.tokenless("sensor-a").error().code, ErrorCode::NotSignedIn);
}

void TestDeviceCache::keepsItsBound()
{
    Cache cache(1);
    cache.database.run("UPDATE deployment SET allow_tokenless_devices = true; UPDATE device SET tokenless = true");
    QVERIFY(cache.tokenless("sensor-a"));
    QVERIFY(cache.tokenless("gateway-a"));
    QVERIFY(!cache.cache.current(cache.home.sensor));
    QVERIFY(cache.tokenless("sensor-a"));
    QVERIFY(!cache.isInvalidated(cache.home.sensor));
}

void TestDeviceCache::saysUnavailableWithoutADatabase()
{
    bus::Bus bus;
    metrics::Registry metrics;
    DeviceCacheOptions options;
    options.database.conninfo = QStringLiteral("host=/nowhere user=nobody dbname=none");
    const SystemClock clock;
    DeviceCache cache(options, bus, metrics, clock);
    QVERIFY(cache.start());
    std::atomic<int> code{-1};
    cache.findByToken("secret", {}, [&code](const auto& found) { code = static_cast<int>(found.error().code); });
    QVERIFY(waitUntil([&] { return code.load() >= 0; }));
    QCOMPARE(code.load(), static_cast<int>(ErrorCode::Unavailable));
    cache.stop();
    cache.findByToken("secret", {},
                      [&code](const auto& found) { code = 1'000 + static_cast<int>(found.error().code); });
    QCOMPARE(code.load(), 1'000 + static_cast<int>(ErrorCode::Unavailable));
}

QTEST_GUILESS_MAIN(TestDeviceCache)
#include "tst_device_cache.moc"
