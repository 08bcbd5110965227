// What the database can hold, to the last byte and day: the limits themselves are in, what is beyond is told by name.
#include "server/store/log/storable.h"

#include <QTest>

#include <limits>

using namespace cohort;
using namespace cohort::store;

namespace {

constexpr std::int64_t Year2200Ms = 7'258'118'400'000;
const Timestamp Time = fromMs(1'760'000'000'000);
using Change = std::function<void(NewMeasurement&)>;
using EventChange = std::function<void(LogRow&)>;

// The letter ü, so many times: two bytes each.
std::string umlauts(std::size_t count)
{
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += "\xc3\xbc";
    return text;
}

Submission measured(const Change& change)
{
    Submission submission;
    submission.measurements = {{DeviceId{1}, LocationId{2}, "power", "0", "W", Time, Value::ofNumber(1), 0},
                               {DeviceId{1}, LocationId{2}, "power", "1", "W", Time, Value::ofNumber(1), 0}};
    change(submission.measurements.back());
    return submission;
}

Submission happened(const EventChange& change)
{
    LogRow row;
    row.kind = RowKind::Signal;
    row.location = LocationId{2};
    row.time = Time;
    row.name = "evening";
    row.data = "{}";
    change(row);
    Submission submission;
    submission.events = {row};
    return submission;
}

Submission discovered(std::string key)
{
    Submission submission;
    submission.devices = {{DeploymentId{1}, LocationId{2}, DeviceId{1}, std::move(key), 5}};
    return submission;
}

} // namespace

Q_DECLARE_METATYPE(cohort::store::Submission)

class TestStorable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holds_data();
    void holds();
    void refuses_data();
    void refuses();
    void timesHaveTheirPartitions_data();
    void timesHaveTheirPartitions();
};

void TestStorable::holds_data()
{
    QTest::addColumn<Submission>("submission");
    const auto value = [](const char* name, const Value& kept) {
        QTest::newRow(name) << measured([&](NewMeasurement& one) { one.value = kept; });
    };
    QTest::newRow("nothing") << Submission();
    value("a number", Value::ofNumber(-0.0));
    value("the greatest number", Value::ofNumber(std::numeric_limits<double>::max()));
    value("the least above zero", Value::ofNumber(std::numeric_limits<double>::denorm_min()));
    value("a text of a kibibyte", Value::ofText(std::string(1'024, 'x')));
    value("a kibibyte of umlauts", Value::ofText(umlauts(512)));
    value("an empty text", Value::ofText(""));
    value("finding_F3: no value", Value::none());
    value("finding_F21: an integer with every digit", Value::ofInteger(9007199254740993));
    value("outside the first plane", Value::ofText("\xf0\x9f\x98\x80"));
    QTest::newRow("a long name") << measured([](NewMeasurement& one) { one.name = std::string(256, 'n'); });
    QTest::newRow("long index and unit") << measured([](NewMeasurement& one) { one.index = one.unit = umlauts(128); });
    QTest::newRow("no index, no unit") << measured([](NewMeasurement& one) { one.index = one.unit = ""; });
    QTest::newRow("1970") << measured([](NewMeasurement& one) { one.time = fromMs(0); });
    QTest::newRow("the end of 2199") << measured([](NewMeasurement& one) { one.time = fromMs(Year2200Ms - 1); });
    QTest::newRow("an event") << happened([](LogRow&) {});
    QTest::newRow("an event of no device, name and data") << happened([](LogRow& row) { row.name = row.data = ""; });
    QTest::newRow("a mebibyte of data") << happened([](LogRow& row) { row.data = std::string(1'024 * 1'024, ' '); });
    QTest::newRow("a device") << discovered(std::string(256, 'k'));
}

void TestStorable::holds()
{
    QFETCH(Submission, submission);
    const auto storable = checkStorable(submission);
    QVERIFY2(storable, storable ? "" : qPrintable(storable.error().detail));
}

void TestStorable::refuses_data()
{
    QTest::addColumn<Submission>("submission");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    const auto measurement = [](const char* name, const char* says, const Change& change) {
        QTest::newRow(name) << measured(change) << int(ErrorCode::WrongMeasurement) << QString::fromLatin1(says);
    };
    const auto value = [&](const char* name, const Value& kept) {
        measurement(name, "a value is", [&](NewMeasurement& one) { one.value = kept; });
    };
    const double infinite = std::numeric_limits<double>::infinity();
    value("digits without a number", Value{{}, {}, 1});
    value("not a number", Value::ofNumber(std::numeric_limits<double>::quiet_NaN()));
    value("endless", Value::ofNumber(infinite));
    value("endless below", Value::ofNumber(-infinite));
    value("endless with digits", Value{infinite, "1"});
    value("a number and a text", Value{1.0, "1"});
    value("a byte too long", Value::ofText(std::string(1'025, 'x')));
    value("umlauts, a byte too long", Value::ofText(umlauts(512) + "x"));
    value("NUL", Value::ofText(std::string("a\0b", 3)));
    value("NUL among umlauts", Value::ofText(std::string("\xc3\xbc\0", 3)));
    value("half an umlaut", Value::ofText("\xc3"));
    value("overlong", Value::ofText("\xc0\xaf"));
    value("a surrogate", Value::ofText("\xed\xa0\x80"));
    value("over U+10FFFF", Value::ofText("\xf4\x90\x80\x80"));
    measurement("no name", "a name", [](NewMeasurement& one) { one.name = ""; });
    measurement("a long name", "a name", [](NewMeasurement& one) { one.name = std::string(257, 'n'); });
    measurement("a broken index", "a name", [](NewMeasurement& one) { one.index = "\xff"; });
    measurement("a long unit", "a name", [](NewMeasurement& one) { one.unit = std::string(257, 'u'); });
    measurement("before 1970", "a time", [](NewMeasurement& one) { one.time = fromMs(-1); });
    measurement("2200", "a time", [](NewMeasurement& one) { one.time = fromMs(Year2200Ms); });
    measurement("of no device", "needs its device", [](NewMeasurement& one) { one.device = {}; });
    measurement("of no home", "needs its device", [](NewMeasurement& one) { one.location = {}; });
    const auto event = [](const char* name, const char* says, const EventChange& change) {
        QTest::newRow(name) << happened(change) << int(ErrorCode::WrongValue) << QString::fromLatin1(says);
    };
    event("a measurement", "are no events", [](LogRow& row) { row.kind = RowKind::Measurement; });
    event("a fact", "are no events", [](LogRow& row) { row.kind = RowKind::Fact; });
    event("an event nowhere", "an event needs", [](LogRow& row) { row.location = {}; });
    event("an event's long name", "an event needs", [](LogRow& row) { row.name = std::string(257, 'n'); });
    event("an event's long data", "an event needs",
          [](LogRow& row) { row.data = std::string(1'024 * 1'024 + 1, ' '); });
    event("an event's broken data", "an event needs", [](LogRow& row) { row.data = "{\"a\":\"\xff\"}"; });
    event("an event in 2200", "an event needs", [](LogRow& row) { row.time = fromMs(Year2200Ms); });
    for (const auto& [name, key] : {std::pair{"a device without an id", std::string()},
                                    {"a device's long id", std::string(257, 'k')},
                                    {"a device's broken id", std::string("\xfe")}})
        QTest::newRow(name) << discovered(key) << int(ErrorCode::WrongValue) << QStringLiteral("a device's id");
}

void TestStorable::refuses()
{
    QFETCH(Submission, submission);
    QFETCH(QString, says);
    const auto storable = checkStorable(submission);
    QVERIFY(!storable);
    QTEST(int(storable.error().code), "code");
    QVERIFY2(storable.error().detail.contains(says), qPrintable(storable.error().detail));
}

void TestStorable::timesHaveTheirPartitions_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<bool>("isInRange");
    QTest::newRow("long ago") << std::numeric_limits<qint64>::min() / 2 << false;
    QTest::newRow("just before") << qint64(-1) << false;
    QTest::newRow("the first") << qint64(0) << true;
    QTest::newRow("the last") << qint64(Year2200Ms - 1) << true;
    QTest::newRow("just after") << qint64(Year2200Ms) << false;
    QTest::newRow("the end of time") << std::numeric_limits<qint64>::max() / 2 << false;
}

void TestStorable::timesHaveTheirPartitions()
{
    QFETCH(qint64, ms);
    QTEST(isMeasurable(fromMs(ms)), "isInRange");
}

QTEST_GUILESS_MAIN(TestStorable)
#include "tst_storable.moc"
