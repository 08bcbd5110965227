// Files come from spreadsheets and from people: what can be read is read alike everywhere, what cannot is
// named with its line and what to mend.
#include "shared/base/csv.h"

#include <QBuffer>
#include <QTemporaryDir>
#include <QTest>

using namespace cohort;

namespace {

QString latin1(const char* text)
{
    return QString::fromLatin1(text);
}

// Rows as "line:cell|cell", or what is wrong.
QStringList read(const QByteArray& text, CsvLimits limits = {}, char separator = ',')
{
    QBuffer source;
    source.setData(text);
    source.open(QIODevice::ReadOnly);
    CsvReader reader(latin1("f"), source, limits, separator);
    QStringList rows;
    for (;;) {
        auto row = reader.next();
        if (!row)
            return rows << latin1(row.error().name()) + u' ' + row.error().detail;
        if (!*row)
            return rows;
        rows << QString::number((*row)->line) + u':' + (*row)->cells.join(u'|');
    }
}

// Gives its bytes one at a time, as a pipe may.
class Dripping : public QBuffer
{
protected:
    qint64 readData(char* data, qint64) override { return QBuffer::readData(data, 1); }
};

class Broken : public QIODevice
{
protected:
    qint64 readData(char*, qint64) override { return -1; }
    qint64 writeData(const char*, qint64) override { return -1; }
};

} // namespace

class TestCsv : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsRows_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("rows");
        const auto row = [](const char* name, const QByteArray& text, const QStringList& rows) {
            QTest::newRow(name) << text << rows;
        };
        const auto list = [](std::initializer_list<const char*> texts) {
            QStringList rows;
            for (const char* text : texts)
                rows << QString::fromUtf8(text);
            return rows;
        };
        row("empty", "", {});
        row("one cell", "a", list({"1:a"}));
        row("LF", "a,b\nc,d\n", list({"1:a|b", "2:c|d"}));
        row("CRLF", "a,b\r\nc,d\r\n", list({"1:a|b", "2:c|d"}));
        row("CR", "a,b\rc,d\r", list({"1:a|b", "2:c|d"}));
        row("no last line end", "a\nb", list({"1:a", "2:b"}));
        row("empty cells", ",\n,,\n", list({"1:|", "2:||"}));
        row("comma at the end", "a,", list({"1:a|"}));
        row("blank lines", "\n\r\n  \na\n\n\nb\n\n", list({"4:a", "7:b"}));
        row("byte order mark",
            "\xef\xbb\xbf"
            "a,b\n",
            list({"1:a|b"}));
        row("byte order mark and quote",
            "\xef\xbb\xbf"
            "\"a\",b\n",
            list({"1:a|b"}));
        row("a second mark is text",
            "\xef\xbb\xbf\xef\xbb\xbf"
            "a\n",
            list({"1:\xef\xbb\xbf"
                  "a"}));
        row("quoted", "\"a,b\",\"c\"\"d\"\n", list({"1:a,b|c\"d"}));
        row("only quotes", "\"\"\"\"\n", list({"1:\""}));
        row("an empty quoted cell is a row", "\"\"\n", list({"1:"}));
        row("lines in a cell", "\"a\nb\r\nc\",d\ne,f\n", list({"1:a\nb\r\nc|d", "4:e|f"}));
        row("CRLF between quotes", "\"a\r\n\"\r\nb", list({"1:a\r\n", "3:b"}));
        row("UTF-8", "\xc3\xa4,\xe2\x82\xac\n", list({"1:\xc3\xa4|\xe2\x82\xac"}));
        row("spaces stay", " a , b \n", list({"1: a | b "}));
    }
    void readsRows()
    {
        QFETCH(QByteArray, text);
        QTEST(read(text), "rows");
    }

    void finding_F18_readsOtherSeparators_data()
    {
        QTest::addColumn<char>("separator");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("rows");
        QTest::newRow("semicolon") << ';' << QByteArray("a;1,5\n\"b;c\";\n") << latin1("1:a|1,5 2:b;c|");
        QTest::newRow("tab") << '\t' << QByteArray("a\tb\r\n\tc\r\n") << latin1("1:a|b 2:|c");
        QTest::newRow("bar") << '|' << QByteArray("a|b") << latin1("1:a|b");
        QTest::newRow("blank") << ' ' << QByteArray("a b\nc  d\n") << latin1("1:a|b 2:c|d");
        QTest::newRow("blanks around") << ' ' << QByteArray("  a b  \n\n c ") << latin1("1:a|b 3:c");
        QTest::newRow("a quoted blank") << ' ' << QByteArray("\"a,b\" c\n") << latin1("1:a,b|c");
    }
    void finding_F18_readsOtherSeparators()
    {
        QFETCH(char, separator);
        QFETCH(QByteArray, text);
        QTEST(read(text, {}, separator).join(u' '), "rows");
    }

    void namesLineAndRemedy_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const QByteArray& text, const char* says) {
            QTest::newRow(name) << text << latin1(says);
        };
        row("open quote", "a\n\"b\nc\n", "cannot-parse f:2: a quote is not closed");
        row("open quote at the very end", "a,\"", "cannot-parse f:1: a quote is not closed");
        row("quote inside", "a\nb\"c\n",
            "cannot-parse f:2: a quote inside a cell; quote the whole cell and double the quote");
        row("text behind", "\"a\" \n",
            "cannot-parse f:1: text after a closing quote; double the quotes inside a quoted cell");
        row("text behind lines", "\"a\n\"b\n",
            "cannot-parse f:2: text after a closing quote; double the quotes inside a quoted cell");
        row("not UTF-8", "a\n\xe4,b\n", "cannot-parse f:2: not UTF-8; save the file as UTF-8");
        row("not UTF-8 at the end", "a,b\xc3", "cannot-parse f:1: not UTF-8; save the file as UTF-8");
    }
    void namesLineAndRemedy()
    {
        QFETCH(QByteArray, text);
        QTEST(read(text).last(), "says");
    }

    void holdsItsBounds()
    {
        QCOMPARE(read("a,b\n", {.columns = 2}), QStringList{latin1("1:a|b")});
        QCOMPARE(read("a,b,\n", {.columns = 2}), QStringList{latin1("too-large f:1: over 2 columns")});
        QCOMPARE(read("a,b\nc,d", {.rowBytes = 4}).size(), 2);
        QCOMPARE(read("a,b\ncc,d", {.rowBytes = 3}).last(),
                 latin1("too-large f:1: a row of over 3 bytes; is a quote not closed?"));
        QCOMPARE(read("a\n\"\n\n\n\n\n", {.rowBytes = 4}).last(),
                 latin1("too-large f:2: a row of over 4 bytes; is a quote not closed?"));
        QCOMPARE(read("a\n\nb\n", {.rows = 2}).size(), 2); // blank lines do not count
        QCOMPARE(read("a\n\nb\nc", {.rows = 2}).last(), latin1("too-large f:4: at most 2 rows; split it"));
        QCOMPARE(read("a\nb\n", {.bytes = 4}).size(), 2);
        QCOMPARE(read("a\nb\n", {.bytes = 3}).last(), latin1("too-large f:1: at most 3 bytes in all; split it"));
    }

    void readsAcrossPieces()
    {
        QByteArray text("\xc3\xa4,\"x,\"\"\r\ny\"\r\n");
        for (int i = 0; i < 20'000; ++i) // over several pieces of 64 KiB
            text += "\"line " + QByteArray::number(i) + "\",\xe2\x82\xac\r\n";
        const QStringList rows = read(text);
        QCOMPARE(rows.size(), 20'001);
        QCOMPARE(rows.at(0), QString::fromUtf8("1:\xc3\xa4|x,\"\r\ny"));
        QCOMPARE(rows.last(), QString::fromUtf8("20002:line 19999|\xe2\x82\xac"));
    }

    void readsFromASlowSource()
    {
        Dripping source;
        source.setData("a,\"b\r\nc\"\r\nd,e");
        source.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
        CsvReader reader(latin1("f"), source);
        QCOMPARE((*reader.next())->cells, QStringList({latin1("a"), latin1("b\r\nc")}));
        const auto second = reader.next();
        QCOMPARE((*second)->line, 3);
        QCOMPARE((*second)->cells, QStringList({latin1("d"), latin1("e")}));
        QVERIFY(!*reader.next());
    }

    void saysThatASourceCannotBeRead()
    {
        Broken source;
        source.open(QIODevice::ReadOnly);
        CsvReader reader(latin1("f"), source);
        const auto row = reader.next();
        QVERIFY(!row);
        QCOMPARE(row.error().code, ErrorCode::Unavailable);
    }

    void readsATable()
    {
        const auto table = parseCsv(latin1("f"), " a ,b\n 1 ,2\n\n3,4\n", {latin1("a"), latin1("b")});
        QVERIFY(table);
        QCOMPARE(table->columns, QStringList({latin1("a"), latin1("b")}));
        QCOMPARE(table->rows.size(), std::size_t(2));
        QCOMPARE(table->cell(table->rows[0], "a"), latin1("1"));
        QCOMPARE(table->cell(table->rows[1], "b"), latin1("4"));
        QCOMPARE(table->cell(table->rows[1], "none"), QString());
        QCOMPARE(table->place(table->rows[1], "b", latin1("is odd")), latin1("f:4:2: b: is odd"));
    }

    void namesWhatATableLacks_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << QByteArray() << latin1("f:1: the file is empty; its first line must be a,b");
        QTest::newRow("column missing") << QByteArray("\na,c\n")
                                        << latin1("f:2: the header must have the column 'b' once");
        QTest::newRow("column twice") << QByteArray("a,b,b\n")
                                      << latin1("f:1: the header must have the column 'b' once");
        QTest::newRow("too few cells") << QByteArray("a,b\n1,2\n3\n") << latin1("f:3: 1 cells where the header has 2");
        QTest::newRow("too many cells") << QByteArray("a,b\n1,2,3\n") << latin1("f:2: 3 cells where the header has 2");
    }
    void namesWhatATableLacks()
    {
        QFETCH(QByteArray, text);
        const auto table = parseCsv(latin1("f"), text, {latin1("a"), latin1("b")});
        QVERIFY(!table);
        QCOMPARE(table.error().code, ErrorCode::WrongValue);
        QTEST(table.error().detail, "says");
    }

    void readsAFile()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(latin1("f.csv"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("a\n1\n");
        file.close();
        const auto table = readCsv(path, {latin1("a")});
        QVERIFY(table);
        QCOMPARE(table->file, path);
        QCOMPARE(table->rows.size(), std::size_t(1));
        QCOMPARE(readCsv(path, {}, {.rows = 1}).error().code, ErrorCode::TooLarge);
        const auto missing = readCsv(latin1("/nowhere/at/all.csv"), {});
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, ErrorCode::NotFound);
        QVERIFY(missing.error().detail.contains(latin1("/nowhere/at/all.csv")));
    }

    void survivesAnyBytes()
    {
        QByteArray text("a,b\n\"x\"\"\",y\n");
        int good = 0;
        for (int i = 0; i < 50'000; ++i) {
            text[i % text.size()] = "a,\nb\",x\xc3"[(i * 7 + i / 13) % 8];
            const auto table = parseCsv(latin1("x"), text, {});
            good += table ? 1 : 0;
            for (const CsvRow& row : table ? table->rows : std::vector<CsvRow>())
                QCOMPARE(row.cells.size(), table->columns.size());
        }
        QVERIFY(good > 0);
    }

    void makesCellsHarmless_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("cell");
        const auto row = [](const char* name, const char* text, const char* cell) {
            QTest::newRow(name) << latin1(text) << latin1(cell);
        };
        row("plain", "open", "open");
        row("formula", "=HYPERLINK(1)", "'=HYPERLINK(1)");
        row("plus", "+1", "'+1");
        row("minus", "-1", "'-1");
        row("at", "@SUM(1)", "'@SUM(1)");
        row("tab", "\tx", "'\tx");
        row("return", "\rx", "\"'\rx\"");
        row("inside", "a=b", "a=b");
        row("harmless already", "'=1", "''=1");
        row("an apostrophe", "'t Zand", "'t Zand");
        row("comma", "a,b", "\"a,b\"");
        row("quote", "a\"b", "\"a\"\"b\"");
        row("formula with comma", "=A(1,2)", "\"'=A(1,2)\"");
        row("line", "a\nb", "\"a\nb\"");
        row("line's other end", "a\rb", "\"a\rb\"");
        row("empty", "", "");
    }
    void makesCellsHarmless()
    {
        QFETCH(QString, text);
        QTEST(csvText(text), "cell");
        if (!csvText(text).startsWith(u'"'))
            QCOMPARE(csvPlain(csvText(text)), text);
    }

    void readsWhatItWrote()
    {
        const QStringList cells{latin1("a,b"), latin1("c\"d\""), latin1("e\r\nf"), QString(), QStringLiteral("ä€")};
        QStringList written;
        for (const QString& cell : cells)
            written << csvText(cell);
        const auto table = parseCsv(latin1("f"), written.join(u',').toUtf8() + '\n', {});
        QVERIFY(table);
        QCOMPARE(table->columns, cells);
    }

    void keepsEveryDigitOfANumber()
    {
        QCOMPARE(csvNumber(0.1), latin1("0.1"));
        QCOMPARE(csvNumber(-1e-300).toDouble(), -1e-300);
        QCOMPARE(csvNumber(1.0 / 3).toDouble(), 1.0 / 3);
        QCOMPARE(csvNumber(-5), latin1("-5")); // a number is never a formula
    }
};

QTEST_GUILESS_MAIN(TestCsv)
#include "tst_csv.moc"
