#include "server/api/operations/csv.h"

#include <QTest>

using namespace cohort;
using namespace cohort::api;

class TestCsv : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesCellsHarmless_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("cell");
        const auto row = [](const char* name, const char* text, const char* cell) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(cell);
        };
        row("plain", "open", "open");
        row("formula", "=HYPERLINK(1)", "'=HYPERLINK(1)");
        row("plus", "+1", "'+1");
        row("minus", "-1", "'-1");
        row("at", "@SUM(1)", "'@SUM(1)");
        row("tab", "\tx", "'\tx");
        row("comma", "a,b", "\"a,b\"");
        row("quote", "a\"b", "\"a\"\"b\"");
        row("formula with comma", "=A(1,2)", "\"'=A(1,2)\"");
        row("line", "a\nb", "\"a\nb\"");
        row("empty", "", "");
    }

    void makesCellsHarmless()
    {
        QFETCH(QString, text);
        QFETCH(QString, cell);
        QCOMPARE(csvText(text), cell);
    }

    void keepsEveryDigitOfANumber()
    {
        QCOMPARE(csvNumber(0.1).toDouble(), 0.1);
        QCOMPARE(csvNumber(-1e-300).toDouble(), -1e-300);
        QCOMPARE(csvNumber(-5), QStringLiteral("-5")); // a number is never a formula
    }

    void readsWhatItWrote()
    {
        const QString text = QStringLiteral("a,\"b,\"\"c\"\"\nd\",\r\ne,f,g");
        const auto rows = parseCsv(text, 10);
        QVERIFY(rows);
        QCOMPARE(rows->size(), std::size_t{2});
        QCOMPARE((*rows)[0], QStringList({QStringLiteral("a"), QStringLiteral("b,\"c\"\nd"), QString()}));
        QCOMPARE((*rows)[1].last(), QStringLiteral("g"));
    }

    void refusesAnOpenQuote()
    {
        const auto rows = parseCsv(QStringLiteral("a,\"b"), 10);
        QVERIFY(!rows);
        QCOMPARE(rows.error().code, ErrorCode::CannotParse);
    }

    void refusesTooManyRows()
    {
        const auto rows = parseCsv(QStringLiteral("a\n").repeated(12), 10);
        QVERIFY(!rows);
        QCOMPARE(rows.error().code, ErrorCode::TooLarge);
    }

    void skipsEmptyLines()
    {
        const auto rows = parseCsv(QStringLiteral("\n\na\n\n"), 10);
        QVERIFY(rows);
        QCOMPARE(rows->size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestCsv)
#include "tst_csv.moc"
