// What charts show of the server: names, units, and the figure that each line takes from a sample.

#include "console/models/metric_table.h"

#include <QSet>
#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestMetricTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasAUnitForWhatIsNoCount()
    {
        const QList<MetricGroup> groups = metricGroups();
        QCOMPARE(groups.size(), 4);
        const QStringList units{u"%"_s, u"ms"_s, QString(), u"/s"_s};
        for (qsizetype i = 0; i < groups.size(); ++i) {
            QVERIFY(!groups.at(i).metrics.isEmpty());
            QCOMPARE(groups.at(i).isStacked, i == 0); // only parts of one whole stand on one another
            for (const Metric& metric : groups.at(i).metrics) {
                QVERIFY(!metric.name.isEmpty());
                QCOMPARE(metric.unit, units.at(i));
            }
        }
    }

    void takesEachLineFromAFigureOfItsOwn()
    {
        model::MetricSample sample;
        sample.cpu = {.deviceio = 0.01, .api = 0.02, .composer = 0.03, .database = 0.04, .other = 0.05};
        sample.connections = 6;
        sample.postsPerSecond = 7;
        sample.measurementsPerSecond = 8;
        sample.ingestP50Ms = 9;
        sample.ingestP99Ms = 10;
        sample.runsPerSecond = 11;
        QSet<qint64> values;
        for (const MetricGroup& group : metricGroups()) {
            for (const Metric& metric : group.metrics) {
                const auto value = metric.value(sample);
                QVERIFY(value);
                values.insert(qRound64(*value)); // CPU in percent of one core
            }
        }
        QCOMPARE(values, (QSet<qint64>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}));
    }
};

QTEST_APPLESS_MAIN(TestMetricTable)
#include "tst_metric_table.moc"
