// The parts of a simulated home: its devices, its stove, how warm it is, its way to the server, its times in words.
#include "server/sim/climate.h"
#include "server/sim/home_devices.h"
#include "server/sim/local_time_text.h"
#include "server/sim/stove.h"
#include "server/sim/uplink.h"
#include "shared/model/device_types.h"
#include "shared/model/places.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace cohort;
using namespace cohort::sim;
using namespace std::chrono_literals;

namespace {

const Timestamp Start = fromMs(1'772'406'000'000); // 2026-03-02 00:00 in Berlin

} // namespace

class TestHomeParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void devicesAreOfTypesThatMeasureWhatTheyReport()
    {
        for (const HomeDevice& device : homeDevices()) {
            const model::DeviceType* type = model::findDeviceType(device.type);
            QVERIFY2(type != nullptr, std::string(device.name).c_str());
            QVERIFY2(std::any_of(type->parameters.begin(), type->parameters.end(),
                                 [&](const auto& one) { return one.name == device.parameter; }),
                     std::string(device.name).c_str());
            const auto& rooms = model::roomKinds();
            QVERIFY2(std::any_of(rooms.begin(), rooms.end(), [&](const auto& kind) { return kind.key == device.room; }),
                     std::string(device.name).c_str());
        }
    }

    void aDeviceWithTwoParametersIsRegisteredOnce()
    {
        const auto devices = wantedDevices(QStringLiteral("x-"));
        std::set<QString> keys;
        for (const WantedDevice& device : devices) {
            QVERIFY(device.key.startsWith(QStringLiteral("x-")));
            QVERIFY2(keys.insert(device.key).second, qPrintable(device.key));
        }
        QCOMPARE(devices.size() + 1, homeDevices().size()); // the stove has two
        QVERIFY(keys.count(QStringLiteral("x-stove")) == 1);
    }

    void aStoveDrawsWhenKnobAndOutletAreOn()
    {
        Stove stove;
        QCOMPARE(stove.power(Start).value, 0.0);
        QCOMPARE(stove.outletStatus(Start).value, 1.0);
        stove.turn(true);
        QVERIFY(stove.isDrawing());
        QVERIFY(stove.power(Start).value > 1'000);
        stove.switchOutlet(false); // a command
        QVERIFY(!stove.isDrawing());
        QCOMPARE(stove.power(Start).value, 0.0);
        QCOMPARE(stove.outletStatus(Start).value, 0.0);
        stove.switchOutlet(true); // the knob is where it was
        QVERIFY(stove.isDrawing());
        stove.switchOutlet(false);
        stove.turn(false);
        QCOMPARE(stove.outletStatus(Start).value, 0.0);
        stove.turn(true); // whoever cooks switches it on
        QVERIFY(stove.isDrawing());
    }

    void roomsAreCoolestAtSixAndWarmestInTheEvening()
    {
        Climate climate(1, 1, QTimeZone("Europe/Berlin"));
        const auto at = [&](int hour) { return climate.at(Start + std::chrono::hours(hour)); };
        const auto six = at(6), noon = at(12), evening = at(18);
        QCOMPARE(six.size(), std::size_t(2));
        for (std::size_t i = 0; i < six.size(); ++i) {
            QVERIFY(six[i].value < noon[i].value && noon[i].value < evening[i].value);
            QVERIFY(six[i].value >= 16 && evening[i].value <= 25); // nothing to warn of
            QCOMPARE(six[i].parameter, std::string_view("temperature"));
            const double tenths = six[i].value * 10;
            QCOMPARE(tenths, std::round(tenths));
        }
        QVERIFY(six[0].device != six[1].device);
    }

    void dataArrivesInOrderAndAfterItWasSent()
    {
        Uplink uplink(1, 1, Start);
        Timestamp last{};
        int late = 0;
        for (Timestamp sent = Start; sent < Start + 90 * 24h; sent += 60s) {
            const Timestamp arrival = uplink.arrival(sent);
            QVERIFY(arrival > sent && arrival >= last);
            QVERIFY(arrival - sent <= 91min);
            late += arrival - sent > 5min ? 1 : 0;
            last = arrival;
        }
        QVERIFY(late > 0); // an outage in three months, and not only outages
        QVERIFY(late < 90 * 24 * 60 / 20);
    }

    void timesAreWrittenWithTheOffsetOfTheirDay_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QString>("utc");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* zone, const char* utc, const char* text) {
            QTest::addRow("%s %s", zone, utc)
                << QByteArray(zone) << QString::fromLatin1(utc) << QString::fromLatin1(text);
        };
        row("Europe/Berlin", "2026-03-02T06:15:03.000Z", "2026-03-02T07:15:03+01:00");
        row("Europe/Berlin", "2026-03-29T00:59:59.000Z", "2026-03-29T01:59:59+01:00");
        row("Europe/Berlin", "2026-03-29T01:00:00.000Z", "2026-03-29T03:00:00+02:00");
        row("Europe/Berlin", "2026-10-25T00:59:59.999Z", "2026-10-25T02:59:59.999+02:00");
        row("Europe/Berlin", "2026-10-25T01:00:00.001Z", "2026-10-25T02:00:00.001+01:00");
        row("UTC", "2026-12-31T23:59:59.050Z", "2026-12-31T23:59:59.050+00:00");
        row("America/St_Johns", "2026-01-01T03:29:59.000Z", "2025-12-31T23:59:59-03:30");
        row("Asia/Kathmandu", "2000-02-29T18:15:00.000Z", "2000-03-01T00:00:00+05:45");
    }

    void timesAreWrittenWithTheOffsetOfTheirDay()
    {
        QFETCH(QByteArray, zone);
        QFETCH(QString, utc);
        QFETCH(QString, text);
        const auto time = fromIso(utc.toStdString());
        QVERIFY(time);
        LocalTimeText write{QTimeZone(zone)};
        QCOMPARE(QString::fromStdString(write(*time)), text);
        const auto again = fromIso(write(*time));
        QVERIFY(again);
        QCOMPARE(toMs(*again), toMs(*time));
    }

    void oneWriterCrossesAChangeOfClocks()
    {
        LocalTimeText write{QTimeZone("Europe/Berlin")};
        const auto before = fromIso("2026-03-29T00:59:59Z");
        QCOMPARE(write(*before), std::string("2026-03-29T01:59:59+01:00"));
        QCOMPARE(write(*before + 1s), std::string("2026-03-29T03:00:00+02:00"));
        QCOMPARE(write(*before), std::string("2026-03-29T01:59:59+01:00"));
    }
};

QTEST_GUILESS_MAIN(TestHomeParts)
#include "tst_home_parts.moc"
