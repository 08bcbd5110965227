// What a seed gives must be the same on every machine and for ever: recordings are made again from it.
#include "server/sim/random.h"

#include <QTest>

#include <set>
#include <vector>

using namespace cohort::sim;

class TestRandom : public QObject
{
    Q_OBJECT

private:
    static std::vector<int> draw(std::uint64_t seed, std::uint32_t home, Random::Purpose purpose, int count = 20)
    {
        Random random(seed, home, purpose);
        std::vector<int> drawn;
        drawn.reserve(static_cast<std::size_t>(count));
        for (int i = 0; i < count; ++i)
            drawn.push_back(random.between(0, 999));
        return drawn;
    }

private Q_SLOTS:
    void givesTheNumbersThatTheStandardLaysDown()
    {
        QCOMPARE(draw(1, 1, Random::Purpose::Life, 6), (std::vector<int>{661, 830, 725, 445, 979, 941}));
    }

    void anotherSeedHomeOrPurposeGivesOthers()
    {
        const std::set<std::vector<int>> all{
            draw(1, 1, Random::Purpose::Life),    draw(2, 1, Random::Purpose::Life),
            draw(1, 2, Random::Purpose::Life),    draw(1ULL << 32U, 1, Random::Purpose::Life),
            draw(1, 1, Random::Purpose::Climate), draw(1, 1, Random::Purpose::Uplink)};
        QCOMPARE(all.size(), std::size_t(6));
    }

    void bothEndsOfARangeAreInIt()
    {
        Random random(3, 1, Random::Purpose::Life);
        std::set<int> seen;
        for (int i = 0; i < 500; ++i)
            seen.insert(random.between(-2, 2));
        QCOMPARE(seen, (std::set<int>{-2, -1, 0, 1, 2}));
        QCOMPARE(random.between(7, 7), 7);
    }

    void aChanceIsWithinItsShare()
    {
        Random random(4, 1, Random::Purpose::Life);
        int hits = 0;
        for (int i = 0; i < 10'000; ++i) {
            QVERIFY(!random.chance(0));
            QVERIFY(random.chance(100));
            hits += random.chance(18) ? 1 : 0;
        }
        QVERIFY2(hits > 1'600 && hits < 2'000, qPrintable(QString::number(hits)));
    }
};

QTEST_GUILESS_MAIN(TestRandom)
#include "tst_random.moc"
