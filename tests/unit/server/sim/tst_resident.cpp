// A simulated person must live believable days: the same for the same seed, readings in order, presence that ends,
// and labels that say what the readings came from.
#include "server/sim/resident.h"

#include <QTest>

#include <map>
#include <set>

using namespace cohort;
using namespace std::chrono_literals;

namespace {

const QTimeZone& zone()
{
    static const QTimeZone berlin("Europe/Berlin");
    return berlin;
}

QDateTime local(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(toMs(time), zone());
}

} // namespace

class TestResident : public QObject
{
    Q_OBJECT

private:
    static std::vector<sim::Episode> episodes(std::uint64_t seed, int days)
    {
        sim::Resident resident(seed, 1, zone());
        Timestamp at = fromMs(1'700'000'000'000);
        const Timestamp end = at + std::chrono::hours(24) * days;
        std::vector<sim::Episode> all;
        while (at < end)
            all.push_back(resident.next(at));
        return all;
    }
    static std::vector<sim::Reading> live(std::uint64_t seed, int days)
    {
        std::vector<sim::Reading> all;
        for (const sim::Episode& episode : episodes(seed, days))
            all.insert(all.end(), episode.readings.begin(), episode.readings.end());
        return all;
    }
    static std::vector<sim::Activity> labels(std::uint64_t seed, int days)
    {
        std::vector<sim::Activity> all;
        for (const sim::Episode& episode : episodes(seed, days))
            all.insert(all.end(), episode.activities.begin(), episode.activities.end());
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
        std::map<std::string_view, int> count;
        for (const auto& reading : live(3, 7))
            ++count[reading.device];
        QVERIFY(count["bed"] >= 14); // down and up on seven nights
        QVERIFY(count["stove"] >= 4);
        QVERIFY(count["toilet"] >= 14);
        QVERIFY(count["shower"] >= 8);
        QVERIFY(count["door"] >= 4);
    }

    void whatIsTurnedOnIsTurnedOff()
    {
        std::map<std::pair<std::string_view, std::string_view>, double> last;
        for (const auto& reading : live(5, 7)) {
            double& before = last[{reading.device, reading.parameter}];
            QVERIFY2(before != reading.value, std::string(reading.device).c_str()); // a change each
            before = reading.value;
        }
        for (const auto& [sensor, value] : last)
            QVERIFY2(value == 0, std::string(sensor.first).c_str());
    }

    void readingsAreInOrder()
    {
        const auto all = live(6, 7);
        for (std::size_t i = 1; i < all.size(); ++i)
            QVERIFY2(all[i - 1].time <= all[i].time, qPrintable(local(all[i].time).toString(Qt::ISODate)));
    }

    void labelsFollowEachOtherAndHoldTheirReadings()
    {
        Timestamp before{};
        for (const sim::Episode& episode : episodes(6, 7)) {
            QVERIFY(!episode.activities.empty());
            for (const sim::Activity& activity : episode.activities) {
                QVERIFY(before < activity.start && activity.start < activity.end);
                before = activity.end;
            }
            for (const sim::Reading& reading : episode.readings)
                QVERIFY(reading.time >= episode.activities.front().start && reading.time <= before);
        }
    }

    void eachVisitToTheToiletFlushesOnce()
    {
        for (const sim::Episode& episode : episodes(6, 7)) {
            const auto flushes =
                std::count_if(episode.readings.begin(), episode.readings.end(),
                              [](const sim::Reading& one) { return one.parameter == "flush" && one.value == 1; });
            const auto visits = std::count_if(episode.activities.begin(), episode.activities.end(),
                                              [](const sim::Activity& one) { return one.name == "Toileting"; });
            QCOMPARE(flushes, visits);
        }
    }

    void eatsEachMealOnceADayAtItsTime()
    {
        std::map<std::pair<QDate, std::string_view>, int> meals;
        std::map<std::string_view, int> days;
        for (const sim::Activity& activity : labels(9, 28)) {
            const int hour = local(activity.start).time().hour();
            const std::map<std::string_view, std::pair<int, int>> when{
                {"Breakfast", {7, 11}}, {"Lunch", {12, 15}}, {"Dinner", {18, 21}}};
            const auto found = when.find(activity.name);
            if (found == when.end())
                continue;
            QVERIFY(hour >= found->second.first && hour < found->second.second);
            QCOMPARE(++meals[std::pair(local(activity.start).date(), activity.name)], 1);
            ++days[activity.name];
        }
        for (const char* meal : {"Breakfast", "Lunch", "Dinner"})
            QVERIFY2(days[meal] >= 14 && days[meal] <= 29, meal);
    }

    void sleepsAtNightOnlyAndShowersOnceADay()
    {
        std::set<QDate> showered;
        int asleep = 0;
        for (const sim::Activity& activity : labels(10, 28)) {
            const int hour = local(activity.start).time().hour();
            if (activity.name == "Sleeping") {
                QVERIFY(hour >= 22 || hour < 7);
                ++asleep;
            }
            if (activity.name == "Showering")
                QVERIFY(showered.insert(local(activity.start).date()).second);
        }
        QVERIFY(asleep >= 56); // two stretches a night at least
        QVERIFY(showered.size() >= 20);
    }

    void theNextEpisodeBeginsBehindThisOne()
    {
        sim::Resident resident(11, 1, zone());
        Timestamp at = fromMs(1'700'000'000'000);
        for (int i = 0; i < 200; ++i) {
            const Timestamp start = at;
            const sim::Episode episode = resident.next(at);
            QCOMPARE(toMs(episode.readings.front().time), toMs(start));
            QVERIFY(at >= episode.readings.back().time + 1s);
        }
    }
};

QTEST_GUILESS_MAIN(TestResident)
#include "tst_resident.moc"
