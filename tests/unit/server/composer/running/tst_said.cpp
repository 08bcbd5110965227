#include "server/composer/running/said.h"

#include <QTest>

using namespace cohort;
using namespace cohort::composer;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestSaid : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatStaysIsSaidOnceAMinute()
    {
        Said said;
        const SteadyTime begin;
        int lines = 0;
        for (auto second = 0s; second < 10min; second += 1s)
            lines += said.isNew(u"other servers own all shards"_s, begin + second) ? 1 : 0;
        QCOMPARE(lines, 10);
    }

    void aChangeIsSaidAtOnce()
    {
        Said said;
        const SteadyTime begin;
        QVERIFY(said.isNew(u"other servers own all shards"_s, begin));
        QVERIFY(!said.isNew(u"other servers own all shards"_s, begin + 1s));
        QVERIFY(said.isNew(u"no connection"_s, begin + 2s));
        QVERIFY(!said.isNew(u"no connection"_s, begin + 61s));
        QVERIFY(said.isNew(u"other servers own all shards"_s, begin + 62s));
    }

    void whatComesAgainAfterItsEndIsNew()
    {
        Said said;
        const SteadyTime begin;
        QVERIFY(said.isNew(u"no connection"_s, begin));
        said.forget();
        QVERIFY(said.isNew(u"no connection"_s, begin + 1s));
    }
};

QTEST_GUILESS_MAIN(TestSaid)
#include "tst_said.moc"
