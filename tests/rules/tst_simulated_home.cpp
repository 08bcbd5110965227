// The library over days that cohort-sim records, whose every visit is known; runs everywhere, from a clone alone.
#include "simulated_home.h"

#include <QtTest>

#include <set>

using namespace cohort::test;

namespace {

constexpr int Days14 = 14;

const SimulatedHome& recorded()
{
    static const SimulatedHome fortnight(Days14);
    return fortnight;
}

} // namespace

class TestSimulatedHome : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsTheVisits()
    {
        const LabelledHome home = recorded().home();
        const Outcome outcome = home.run("night_bathroom");
        QVERIFY2(outcome.code == 0, outcome.trouble.constData());
        const auto visits = timesOf(outcome.of("set_fact", "visit"));
        const auto labels = home.labels("Toileting");
        QVERIFY(labels.size() >= 2 * Days14);
        const int hits = matched(visits, labels);
        qInfo("%d visits, %d labels, %d matched", int(visits.size()), int(labels.size()), hits);
        // Each visit flushes; two within five minutes are one to the script.
        QCOMPARE(hits, int(visits.size()));
        QVERIFY(hits >= 0.85 * double(labels.size()));
    }
    void countsTheNights()
    {
        const LabelledHome home = recorded().home();
        const auto nights = home.run("night_bathroom").of("set_fact", "night_visits");
        QCOMPARE(nights.size(), std::size_t(Days14 - 1)); // the first had begun before the script
        QVERIFY(nightsAsLabelled(nights, home.labels("Toileting")) >= Days14 - 3);
    }
    void givesTheSameAgain()
    {
        const QByteArray once = recorded().home().run("night_bathroom").out;
        QVERIFY(!once.isEmpty());
        QCOMPARE(recorded().home().run("night_bathroom").out, once);
    }
    void knowsWhenNobodyIsAtHome()
    {
        const LabelledHome home = recorded().home();
        const Outcome outcome = home.run("home_occupied");
        QVERIFY2(outcome.code == 0, outcome.trouble.constData());
        std::set<QDateTime> left;
        for (const QJsonObject& fact : outcome.of("set_fact", "occupied")) {
            if (fact.value(QStringLiteral("value")).toInt() == 0)
                left.insert(QDateTime::fromString(fact.value(QStringLiteral("time")).toString(), Qt::ISODate));
        }
        // Only while out, and whenever out for longer than the half hour it waits.
        std::size_t longOnes = 0;
        const auto outings = home.labels("Leaving");
        for (const Label& label : outings)
            longOnes += label.start.secsTo(label.end) > 31 * 60 ? 1 : 0;
        QVERIFY(longOnes >= 5);
        QCOMPARE(left.size(), longOnes);
        for (const QDateTime& time : left)
            QVERIFY(std::any_of(outings.begin(), outings.end(),
                                [&](const Label& label) { return label.start <= time && time <= label.end; }));
    }
    void theRestOfTheLibraryHasNothingToSay_data()
    {
        QTest::addColumn<QByteArray>("script");
        for (const char* script : {"stove_unattended", "front_door_night", "room_temperature", "no_movement"})
            QTest::newRow(script) << QByteArray(script);
    }
    void theRestOfTheLibraryHasNothingToSay()
    {
        QFETCH(QByteArray, script);
        const Outcome outcome = recorded().home().run(script.constData());
        QVERIFY2(outcome.code == 0, outcome.trouble.constData());
        QVERIFY2(outcome.of("alert").empty(), outcome.out.constData());
    }
};

QTEST_GUILESS_MAIN(TestSimulatedHome)
#include "tst_simulated_home.moc"
