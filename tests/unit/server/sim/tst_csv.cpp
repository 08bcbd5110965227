// Recorded homes come as files that people edited: what is wrong with one is named with its line.
#include "server/sim/csv.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cohort;

class TestCsv : public QObject
{
    Q_OBJECT

private:
    QString write(const QByteArray& text)
    {
        const QString path = m_folder.filePath(QStringLiteral("data.csv"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no temporary file");
        file.write(text);
        return path;
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void readsQuotedFieldsAndSkipsEmptyLines()
    {
        const auto table = sim::readCsv(write("a,b\r\n\r\n1,\"two, \"\"quoted\"\"\"\r\n"), {QStringLiteral("a")});
        QVERIFY(table);
        QCOMPARE(table->rows.size(), std::size_t(1));
        QCOMPARE(table->rows[0].at(1), QStringLiteral("two, \"quoted\""));
        QCOMPARE(table->column(QStringLiteral("b")), 1);
    }

    void namesTheLineOfAFault_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("too few fields") << QByteArray("a,b\n1,2\n3\n")
                                        << QStringLiteral(":3: 1 fields, the header has 2");
        QTest::newRow("open quote") << QByteArray("a,b\n1,\"2\n") << QStringLiteral(":2: a quote is not closed");
        QTest::newRow("wanted column") << QByteArray("b,c\n1,2\n") << QStringLiteral("no column 'a'");
        QTest::newRow("empty file") << QByteArray() << QStringLiteral("no column 'a'");
    }

    void namesTheLineOfAFault()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, says);
        const auto table = sim::readCsv(write(text), {QStringLiteral("a")});
        QVERIFY(!table);
        QCOMPARE(table.error().code, ErrorCode::WrongValue);
        QVERIFY2(table.error().detail.contains(says), qPrintable(table.error().detail));
    }

    void saysWhichFileIsMissing()
    {
        const auto table = sim::readCsv(QStringLiteral("/nowhere/at/all.csv"), {});
        QVERIFY(!table);
        QVERIFY(table.error().detail.contains(QStringLiteral("/nowhere/at/all.csv")));
    }
};

QTEST_GUILESS_MAIN(TestCsv)
#include "tst_csv.moc"
