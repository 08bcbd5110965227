// `cohort-server operator first-code` is a command of its own, that needs nothing more and is in the help.
#include "server/app/options.h"

#include <QTest>

using namespace cohort;
using namespace cohort::app;
using namespace Qt::Literals::StringLiterals;

class TestFirstCodeCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_F28_aNewCodeIsMadeByCommand_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("alone") << QStringList{u"operator"_s, u"first-code"_s};
        QTest::newRow("of a folder") << QStringList{u"operator"_s, u"first-code"_s, u"--data"_s, u"/tmp/x"_s};
    }
    void finding_F28_aNewCodeIsMadeByCommand()
    {
        QFETCH(QStringList, arguments);
        const auto options = parseOptions(arguments);
        QVERIFY2(options, qPrintable(options ? QString() : options.error().message()));
        QCOMPARE(options->command, Options::Command::FirstCode);
        QVERIFY(helpText().contains(u"operator first-code"_s));
    }

    void finding_F28_whatIsNoCommandNamesTheCommandsThatThereAre()
    {
        const auto options = parseOptions({u"operator"_s, u"code"_s});
        QVERIFY(!options);
        QVERIFY(options.error().detail.contains(u"operator first-code"_s));
    }
};

QTEST_GUILESS_MAIN(TestFirstCodeCommand)
#include "tst_first_code_command.moc"
