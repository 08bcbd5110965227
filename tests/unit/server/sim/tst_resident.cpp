// A simulated person must live believable days: the same for the same seed, readings in order, presence that ends.
#include "server/sim/resident.h"

#include <QTest>

#include <map>

using namespace cohort;
using namespace std::chrono_literals;

class TestResident : public QObject
{
    Q_OBJECT

private:
    static std::vector<sim::Reading> live(std::uint64_t seed, int days)
    {
        sim::Resident resident(seed, QTimeZone("Europe/Berlin"));
        Timestamp at = fromMs(1'700'000'000'000);
        const Timestamp end = at + std::chrono::hours(24) * days;
        std::vector<sim::Reading> all;
        while (at < end) {
            const auto more = resident.next(at);
            all.insert(all.end(), more.begin(), more.end());
        }
        return all;
    }

private Q_SLOTS:
    void theSameSeedLivesTheSameDays()
    {
        const auto a = live(7, 3), b = live(7, 3), c = live(8, 3);
        QCOMPARE(a.size(), b.size());
        for (std::size_t i = 0; i < a.size(); ++i)
            QVERIFY(a[i].time == b[i].time && a[i].device == b[i].device);
        QVERIFY(a.size() != c.size() || a.back().time != c.back().time);
    }

    void everyNightHasABedAndEveryWeekAStove()
    {
        std::map<std::string, int> count;
        for (const auto& reading : live(3, 7))
            ++count[reading.device];
        QVERIFY(count["bed"] >= 14); // down and up on seven nights
        QVERIFY(count["stove"] >= 4);
        QVERIFY(count["toilet"] >= 14);
    }

    void whatIsTurnedOnIsTurnedOff()
    {
        std::map<std::string, double> last;
        for (const auto& reading : live(5, 7))
            last[reading.device + reading.parameter] = reading.value;
        QCOMPARE(last["stoveknob"], 0.0);
        QCOMPARE(last["bedpressure"], 0.0);
    }
};

QTEST_GUILESS_MAIN(TestResident)
#include "tst_resident.moc"
