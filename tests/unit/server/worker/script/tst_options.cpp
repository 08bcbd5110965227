// The command line of cohort-script.
#include "server/worker/script/options.h"

#include <QTest>

using namespace cohort;
using namespace Qt::StringLiterals;

class TestOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_F33_aValueMayStandBehindAnEqualsSign()
    {
        const auto options = worker::parseOptions({u"run"_s, u"a=b.py"_s, u"--devices=d.csv"_s, u"--data"_s, u"m.csv"_s,
                                                   u"--timezone=Europe/Berlin"_s, u"--parameter=patience=5"_s});
        QVERIFY2(options, options ? "" : qPrintable(options.error().detail));
        QCOMPARE(options->files, QStringList{u"a=b.py"_s});
        QCOMPARE(options->devices, u"d.csv"_s);
        QCOMPARE(options->data, u"m.csv"_s);
        QCOMPARE(options->timeZone, u"Europe/Berlin"_s);
        QCOMPARE(options->parameters, QStringList{u"patience=5"_s});
        const auto empty =
            worker::parseOptions({u"run"_s, u"a.py"_s, u"--devices="_s, u"--data=m.csv"_s, u"--timezone=UTC"_s});
        QVERIFY(!empty && empty.error().detail.contains(u"--devices is missing"_s));
    }
};

QTEST_GUILESS_MAIN(TestOptions)
#include "tst_options.moc"
