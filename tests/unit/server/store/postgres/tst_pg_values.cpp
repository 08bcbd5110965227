// PostgreSQL's texts and codes, value by value: what comes back from a query, what goes into a COPY, which error it was.
#include "server/store/postgres/conninfo.h"
#include "server/store/postgres/copy_buffer.h"
#include "server/store/postgres/pg_error.h"
#include "server/store/postgres/pg_value.h"

#include <QTest>

using namespace cohort;
using namespace cohort::store;

namespace {

constexpr unsigned Bool = 16, Bytea = 17, Int8 = 20, Int2 = 21, Int4 = 23, Text = 25, Float4 = 700, Float8 = 701,
                   TimestampTz = 1184, Numeric = 1700, Jsonb = 3802;

std::string_view viewOf(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

// What a buffer holds behind its head and before its end, in hexadecimal.
QByteArray written(const std::function<void(CopyBuffer&)>& write)
{
    CopyBuffer buffer;
    write(buffer);
    const std::string& all = buffer.finish();
    constexpr std::size_t Head = 19, End = 2;
    return QByteArray(all.data() + Head, static_cast<qsizetype>(all.size() - Head - End)).toHex(' ');
}

} // namespace

class TestPgValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decodes_data();
    void decodes();
    void timesAreRead_data();
    void timesAreRead();
    void copiesAsPostgresSendsIt_data();
    void copiesAsPostgresSendsIt();
    void aCopyCountsItsRows();
    void errorsHaveTheirCode_data();
    void errorsHaveTheirCode();
    void addressesAreCompleted_data();
    void addressesAreCompleted();
    void anotherDatabaseOfTheSameCluster();
};

void TestPgValues::decodes_data()
{
    QTest::addColumn<unsigned>("type");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QVariant>("value");
    const auto row = [](const char* name, unsigned type, const QByteArray& text, const QVariant& value) {
        QTest::newRow(name) << type << text << value;
    };
    row("true", Bool, "t", true);
    row("false", Bool, "f", false);
    row("a small integer", Int2, "-32768", qlonglong(-32768));
    row("an integer", Int4, "2147483647", qlonglong(2147483647));
    row("the greatest integer", Int8, "9223372036854775807", std::numeric_limits<qlonglong>::max());
    row("the least integer", Int8, "-9223372036854775808", std::numeric_limits<qlonglong>::min());
    row("a double", Float8, "0.1", 0.1);
    row("a float", Float4, "1.5", 1.5);
    row("a large double", Float8, "1.7976931348623157e+308", std::numeric_limits<double>::max());
    row("a numeric", Numeric, "12.50", 12.5);
    row("bytes", Bytea, "\\x00ff41",
        QByteArray("\x00\xff"
                   "A",
                   3));
    row("no bytes", Bytea, "\\x", QByteArray(""));
    row("bytes in another format", Bytea, "abc", QByteArray());
    row("a text", Text, "gr\xc3\xbc\xc3\x9f", QString::fromUtf8("gr\xc3\xbc\xc3\x9f"));
    row("an empty text", Text, "", QString());
    row("JSON", Jsonb, "{\"a\": 1}", QStringLiteral("{\"a\": 1}"));
    row("a time", TimestampTz, "2025-10-09 08:53:20.007+00", qlonglong(1'760'000'000'007));
    row("a time that never is", TimestampTz, "infinity", QVariant());
}

void TestPgValues::decodes()
{
    QFETCH(unsigned, type);
    QFETCH(QByteArray, text);
    QFETCH(QVariant, value);
    const QVariant decoded = decodePgText(type, viewOf(text));
    QCOMPARE(decoded.isValid(), value.isValid());
    QCOMPARE(decoded.typeId(), value.typeId());
    QCOMPARE(decoded, value);
}

void TestPgValues::timesAreRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("ms"); // -1: none
    const auto row = [](const char* text, qint64 ms) { QTest::newRow(text) << QByteArray(text) << ms; };
    row("1970-01-01 00:00:00+00", 0);
    row("1970-01-01 00:00:00.1+00", 100);
    row("1970-01-01 00:00:00.12+00", 120);
    row("1970-01-01 00:00:00.123+00", 123);
    row("1970-01-01 00:00:00.1239+00", 123);
    row("1970-01-01 00:00:00.000999+00", 0);
    row("2000-02-29 23:59:59.999999+00", 951'868'799'999);
    row("2199-12-31 23:59:59.999+00", 7'258'118'399'999);
    row("0001-01-01 00:00:00+00", -62'135'596'800'000);
    row("0001-01-01 00:00:00+00 BC", -62'167'219'200'000);
    for (const char* none : {"1970-01-01 00:00:00", "1970-01-01 00:00:00-00", "1970-01-01 00:00:00+01",
                             "1970-01-01 00:00:00.5+05:30", "1970-01-01T00:00:00+00", "1970-01-01", "1970-01",
                             "1970-01-01 00:00+00", "-infinity", "1970/01/01 00:00:00+00", "a-b-c d:e:f+00", " "})
        row(none, -1);
}

void TestPgValues::timesAreRead()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, ms);
    const auto time = parsePgTime(viewOf(text));
    QCOMPARE(time.has_value(), ms != -1);
    if (time)
        QCOMPARE(qint64(toMs(*time)), ms);
}

void TestPgValues::copiesAsPostgresSendsIt_data()
{
    QTest::addColumn<QByteArray>("is");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const std::function<void(CopyBuffer&)>& write, const char* expected) {
        QTest::newRow(name) << written(write) << QByteArray(expected);
    };
    row(
        "nothing", [](CopyBuffer&) {}, "");
    row(
        "a row's head", [](CopyBuffer& buffer) { buffer.beginRow(3); }, "00 03");
    row(
        "a small integer", [](CopyBuffer& buffer) { buffer.add(std::int16_t{-2}); }, "00 00 00 02 ff fe");
    row(
        "an integer", [](CopyBuffer& buffer) { buffer.add(std::int32_t{258}); }, "00 00 00 04 00 00 01 02");
    row(
        "a large integer", [](CopyBuffer& buffer) { buffer.add(std::int64_t{-1}); },
        "00 00 00 08 ff ff ff ff ff ff ff ff");
    row(
        "a double", [](CopyBuffer& buffer) { buffer.add(1.0); }, "00 00 00 08 3f f0 00 00 00 00 00 00");
    row(
        "2000", [](CopyBuffer& buffer) { buffer.add(fromMs(946'684'800'000)); }, "00 00 00 08 00 00 00 00 00 00 00 00");
    row(
        "a millisecond later", [](CopyBuffer& buffer) { buffer.add(fromMs(946'684'800'001)); },
        "00 00 00 08 00 00 00 00 00 00 03 e8");
    row(
        "a millisecond before", [](CopyBuffer& buffer) { buffer.add(fromMs(946'684'799'999)); },
        "00 00 00 08 ff ff ff ff ff ff fc 18");
    row(
        "a text", [](CopyBuffer& buffer) { buffer.add(std::string_view("ab")); }, "00 00 00 02 61 62");
    row(
        "an empty text", [](CopyBuffer& buffer) { buffer.add(std::string_view()); }, "00 00 00 00");
    row(
        "JSON", [](CopyBuffer& buffer) { buffer.addJson("{}"); }, "00 00 00 03 01 7b 7d");
    row(
        "NULL", [](CopyBuffer& buffer) { buffer.addNull(); }, "ff ff ff ff");
    row(
        "no number", [](CopyBuffer& buffer) { buffer.add(std::optional<double>()); }, "ff ff ff ff");
    row(
        "a number that is there", [](CopyBuffer& buffer) { buffer.add(std::optional<std::int16_t>(7)); },
        "00 00 00 02 00 07");
}

void TestPgValues::copiesAsPostgresSendsIt()
{
    QFETCH(QByteArray, is);
    QTEST(is, "expected");
}

void TestPgValues::aCopyCountsItsRows()
{
    CopyBuffer buffer;
    QCOMPARE(buffer.rows(), std::size_t{0});
    for (std::size_t row = 1; row <= 3; ++row) {
        buffer.beginRow(1);
        buffer.addNull();
        QCOMPARE(buffer.rows(), row);
    }
    const std::string& all = buffer.finish();
    QVERIFY(all.starts_with("PGCOPY\n\377\r\n"));
    QVERIFY(all.ends_with("\xff\xff"));
    QCOMPARE(all.size(), std::size_t{19 + 3 * 6 + 2});
}

void TestPgValues::errorsHaveTheirCode_data()
{
    QTest::addColumn<QByteArray>("state");
    QTest::addColumn<int>("code");
    const auto rows = [](ErrorCode code, std::initializer_list<const char*> states) {
        for (const char* state : states)
            QTest::newRow(*state == '\0' ? "none" : state) << QByteArray(state) << int(code);
    };
    rows(ErrorCode::AlreadyExists, {"23505"});
    rows(ErrorCode::Conflict, {"40001", "40P01"});
    rows(ErrorCode::Timeout, {"57014", "55P03"});
    rows(ErrorCode::DatabaseLost, {"", "08000", "08006", "57P01", "57P02", "57P03"});
    rows(ErrorCode::Unavailable, {"53100", "53200", "53300", "58030", "25006"});
    rows(ErrorCode::DatabaseError, {"22012", "23503", "23502", "42601", "42P01", "40002", "57000", "25001", "XX000"});
}

void TestPgValues::errorsHaveTheirCode()
{
    QFETCH(QByteArray, state);
    QTEST(int(errorCodeOf(viewOf(state))), "code");
}

void TestPgValues::addressesAreCompleted_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("keyword");
    QTest::addColumn<QString>("value");
    const auto row = [](const char* name, const char* address, const char* keyword, const char* value) {
        QTest::newRow(name) << QString::fromLatin1(address) << QString::fromLatin1(keyword)
                            << QString::fromLatin1(value);
    };
    row("a host", "host=/run/pg dbname=d", "host", "/run/pg");
    row("a quoted value", "dbname='a b\\'c'", "dbname", "a b'c");
    row("a URL's host", "postgresql://u@h:5433/d", "host", "h");
    row("a URL's port", "postgresql://u@h:5433/d", "port", "5433");
    row("a password with signs", "postgresql://u:p%40%2F@h/d", "password", "p@/");
    row("how long to wait", "dbname=d", "connect_timeout", "10");
    row("how long to wait, as said", "dbname=d connect_timeout=3", "connect_timeout", "3");
    row("a dead peer", "dbname=d", "tcp_user_timeout", "10000");
    row("a quiet peer", "dbname=d", "keepalives_idle", "10");
    row("who we are", "dbname=d", "application_name", "cohort");
    row("who we are, as said", "postgresql:///d?application_name=me", "application_name", "me");
}

void TestPgValues::addressesAreCompleted()
{
    QFETCH(QString, address);
    QFETCH(QString, keyword);
    const auto parsed = parseConninfo(address);
    QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().detail));
    QTEST(parsed->value(keyword), "value");
    const auto again = parseConninfo(joinConninfo(*parsed));
    QVERIFY(again);
    QTEST(again->value(keyword), "value");
}

void TestPgValues::anotherDatabaseOfTheSameCluster()
{
    const auto other =
        conninfoWith(QStringLiteral("postgresql://u:p%27@h/d"), QStringLiteral("dbname"), QStringLiteral("it's"));
    QVERIFY(other);
    const auto parsed = parseConninfo(*other);
    QVERIFY2(parsed, qPrintable(*other));
    QCOMPARE(parsed->value(QStringLiteral("dbname")), QStringLiteral("it's"));
    QCOMPARE(parsed->value(QStringLiteral("password")), QStringLiteral("p'"));
    QCOMPARE(parsed->value(QStringLiteral("host")), QStringLiteral("h"));
    const auto wrong = conninfoWith(QStringLiteral("no such thing"), QStringLiteral("dbname"), QStringLiteral("d"));
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().code, ErrorCode::WrongValue);
}

QTEST_GUILESS_MAIN(TestPgValues)
#include "tst_pg_values.moc"
