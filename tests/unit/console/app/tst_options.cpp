// The command line: every option, and clear words for what is wrong.

#include "console/app/options.h"

#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAll()
    {
        const Result<Options> options =
            Options::parse({u"cohort-console"_s, u"--server"_s, u"https://h:1"_s, u"--user"_s, u"a@b.c"_s, u"--page"_s,
                            u"home/timeline"_s, u"--theme"_s, u"dark"_s, u"--screenshot"_s, u"x.png"_s,
                            u"--screenshot-after"_s, u"50"_s});
        QVERIFY(options);
        QCOMPARE(options->server, u"https://h:1"_s);
        QCOMPARE(options->page, u"home/timeline"_s);
        QCOMPARE(options->screenshotAfterMs, 50);
        QVERIFY(!options->help);
    }

    void finding_F33_aValueMayStandBehindAnEqualsSign()
    {
        const Result<Options> options =
            Options::parse({u"c"_s, u"--server=https://h:1/?a=b"_s, u"--page=home"_s, u"--screenshot-after=50"_s});
        QVERIFY(options);
        QCOMPARE(options->server, u"https://h:1/?a=b"_s);
        QCOMPARE(options->page, u"home"_s);
        QCOMPARE(options->screenshotAfterMs, 50);
    }
    void refusesWithTheOptionsName_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("named");
        QTest::newRow("unknown") << QStringList{u"c"_s, u"--nope"_s} << u"--nope"_s;
        QTest::newRow("no value") << QStringList{u"c"_s, u"--user"_s} << u"--user"_s;
        QTest::newRow("no number") << QStringList{u"c"_s, u"--screenshot-after"_s, u"soon"_s}
                                   << u"--screenshot-after"_s;
        QTest::newRow("negative") << QStringList{u"c"_s, u"--screenshot-after"_s, u"-4"_s} << u"--screenshot-after"_s;
        QTest::newRow("finding_F33_page") << QStringList{u"c"_s, u"--page"_s, u"loud"_s} << u"overview, deployments"_s;
        QTest::newRow("finding_F33_language") << QStringList{u"c"_s, u"--language"_s, u"fr"_s} << u"en or de"_s;
        QTest::newRow("theme") << QStringList{u"c"_s, u"--theme"_s, u"pink"_s} << u"--theme"_s;
    }
    void refusesWithTheOptionsName()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, named);
        const Result<Options> options = Options::parse(arguments);
        QVERIFY(!options);
        QVERIFY(options.error().detail.contains(named));
    }

    void helpNamesEveryOption()
    {
        for (const QString& name : {u"--server"_s, u"--password-file"_s, u"--screenshot-after"_s, u"--language"_s})
            QVERIFY(Options::helpText().contains(name));
    }
};

QTEST_GUILESS_MAIN(TestOptions)
#include "tst_options.moc"
