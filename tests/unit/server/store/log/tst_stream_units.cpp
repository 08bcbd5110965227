// A stream has one unit: what a device's type, that came later, names differently is converted to the unit of what is stored.
#include "server/store/log/committer.h"
#include "tests/kit/sample_data.h"
#include "tests/kit/wait_until.h"

#include <QTest>

#include <atomic>

using namespace cohort;
using namespace cohort::store;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::int64_t T0 = 1'760'000'000'000; // in October 2025

struct Bench
{
    testkit::TestDatabase database;
    testkit::SampleHome home = testkit::makeHome(database);
    std::unique_ptr<Committer> committer;

    Bench()
    {
        CommitterOptions options;
        options.database = database.settings();
        options.node = u"node"_s;
        committer = std::make_unique<Committer>(
            options, [](const LogBatchPtr&) {}, [](CommandId, LocationId) {});
        if (const auto started = committer->start(); !started)
            qFatal("%s", qPrintable(started.error().message()));
    }
    // What it was refused for; empty: it was stored. `kind`: decided by the device's type, which names `unit`, too.
    QString store(double value, const char* unit, model::StreamKind kind = model::StreamKind::Undecided)
    {
        Submission submission;
        submission.measurements = {{.device = home.sensor,
                                    .location = home.location,
                                    .name = "power",
                                    .index = {},
                                    .unit = unit,
                                    .time = fromMs(T0 + ++m_count),
                                    .value = Value::ofNumber(value),
                                    .kind = kind}};
        QString said = u"no answer"_s;
        std::atomic<bool> isAnswered = false;
        const bool isTaken = committer->submit(std::move(submission), [&](const Result<Committed>& done) {
            if (done)
                said = done->refused.empty() ? QString()
                                             : QString::fromLatin1(errorInfo(done->refused.front().why.code).name);
            isAnswered = true;
        });
        return isTaken && testkit::waitUntil([&] { return isAnswered.load(); }) ? said : u"not taken"_s;
    }
    QString stored() const
    {
        return database.value("SELECT string_agg(number::text, ' ' ORDER BY time) || ' ' || min(s.unit) FROM "
                              "measurement m JOIN stream s ON s.id = m.stream_id");
    }

private:
    int m_count = 0;
};

} // namespace

class TestStreamUnits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_F5_aTypeThatComesLaterIsConverted()
    {
        Bench bench;
        QCOMPARE(bench.store(1.5, "kW"), QString());
        QCOMPARE(bench.store(800, "W", model::StreamKind::Number), QString());
        QCOMPARE(bench.store(2, "kW"), QString()); // by a node that has not heard of the type
        QCOMPARE(bench.stored(), u"1.5 0.8 2 kW"_s);
    }

    void finding_F5_whatCannotBeConvertedIsRefused()
    {
        Bench bench;
        QCOMPARE(bench.store(1.5, "furlong"), QString());
        QCOMPARE(bench.store(800, "W", model::StreamKind::Number), u"unknown-unit"_s);
        QCOMPARE(bench.stored(), u"1.5 furlong"_s);
    }

    void aTypesUnitIsThatOfAStreamWithoutOne()
    {
        Bench bench;
        QCOMPARE(bench.store(1.5, ""), QString());
        QCOMPARE(bench.store(800, "W", model::StreamKind::Number), QString());
        QCOMPARE(bench.stored(), u"1.5 800 W"_s);
    }
};

QTEST_GUILESS_MAIN(TestStreamUnits)
#include "tst_stream_units.moc"
