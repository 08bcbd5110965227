#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/composer/feed/row_input.h"
#include "server/composer/instances/instance_codec.h"
#include "server/store/repositories/run_log_repository.h"
#endif

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace cohort;
using namespace cohort::composer;
using store::RowKind;

namespace {

InstanceEntry entryOf()
{
    InstanceEntry entry;
    entry.key = {ScriptId{5}, LocationId{7}, Mode::Live};
    auto home = std::make_shared<engine::HomeInfo>();
    home->devices = {{DeviceId{3}, "bed", 1, "bed", "bedroom", ""}};
    entry.home = home;
    return entry;
}

std::optional<InputRow> read(const store::LogRow& row)
{
    store::LogBatch batch;
    batch.writer = 2;
    batch.number = 9;
    batch.arrival = fromMs(5'000);
    return inputOf(batch, row);
}

} // namespace

class TestRowInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFactComesBackAsItWasSet();
    void aFactFromTheDatabaseKeepsItsDepth();
    void finding_F3_aTextOfAStreamOfTextsIsToldAsOne();
    void aSignalComesBackWithItsScriptAndData();
    void finding_C9_everyDigitIsKept_data();
    void finding_C9_everyDigitIsKept();
    void aFactOfAnUnknownDeviceIsNoRow();
    void firingsAndConfigurationStartNothing();
    void answersAndInstallationsAreForOneScript();
    void positionsSurviveTheirJson();
    void theFurtherOfTwoPositionsIsTakenWriterByWriter();
    void anInstanceSurvivesItsRow();
};

void TestRowInput::aFactComesBackAsItWasSet()
{
    const QJsonObject payload{{QStringLiteral("name"), QStringLiteral("asleep")},
                              {QStringLiteral("value"), true},
                              {QStringLiteral("device"), QStringLiteral("bed")},
                              {QStringLiteral("time"), QStringLiteral("1970-01-01T00:00:01.000Z")}};
    const auto row = factRow(entryOf(), payload, fromMs(4'000), 2);
    QVERIFY(row);
    QCOMPARE(row->name, std::string("syn.asleep"));
    QCOMPARE(toMs(row->time), 1'000);
    const auto back = read(*row);
    QVERIFY(back);
    QCOMPARE(back->input->name, std::string("asleep"));
    QCOMPARE(back->input->value.number, std::optional(1.0));
    QCOMPARE(back->input->device, DeviceId{3});
    QCOMPARE(back->input->script, ScriptId{5});
    QCOMPARE(back->input->depth, 2);
    QVERIFY(!back->only);
}

void TestRowInput::aFactFromTheDatabaseKeepsItsDepth()
{
    store::LogRow row;
    row.kind = RowKind::Fact;
    row.name = "syn.a";
    row.flags = 3 << store::DepthShift;
    QCOMPARE(read(row)->input->depth, 3);
}

void TestRowInput::finding_F3_aTextOfAStreamOfTextsIsToldAsOne()
{
    store::LogRow row;
    row.name = "mode";
    row.value = Value::ofText("eco");
    QVERIFY(!read(row)->input->isOfTexts);
    row.flags = store::NoClockFlag | store::OfTextsFlag;
    QVERIFY(read(row)->input->isOfTexts);
    row.kind = RowKind::Fact; // its flags are its depth
    QVERIFY(!read(row)->input->isOfTexts);
}

void TestRowInput::aSignalComesBackWithItsScriptAndData()
{
    store::LogRow row = signalRow(entryOf(), R"({"name":"left","data":[1,2]})", fromMs(1), 1);
    row.script = {}; // as it is read from the database
    const auto back = read(row);
    QCOMPARE(back->input->script, ScriptId{5});
    QCOMPARE(back->input->data, std::string("[1,2]"));
    QCOMPARE(back->input->kind, engine::EventKind::Signal);
}

void TestRowInput::finding_C9_everyDigitIsKept_data()
{
    QTest::addColumn<QString>("digits");
    QTest::addColumn<bool>("exact"); // more than a double has
    QTest::newRow("2^53") << "9007199254740992" << false;
    QTest::newRow("2^53 + 1") << "9007199254740993" << true;
    QTest::newRow("2^63 - 1") << "9223372036854775807" << true;
    QTest::newRow("-2^63 + 1") << "-9223372036854775807" << true;
    QTest::newRow("2^63") << "9223372036854775808" << false;
}

void TestRowInput::finding_C9_everyDigitIsKept()
{
    QFETCH(QString, digits);
    QFETCH(bool, exact);
    const std::string number = digits.toStdString();
    const QJsonObject fact = QJsonDocument::fromJson(R"({"name":"a","value":)" + digits.toLatin1() + "}").object();
    const auto row = factRow(entryOf(), fact, fromMs(1), 0);
    QCOMPARE(row->value.integer.has_value(), exact);
    QCOMPARE(QString::number(*row->value.number, 'f', 0), QString::number(digits.toDouble(), 'f', 0));
    if (exact)
        QCOMPARE(*row->value.integer, digits.toLongLong());
    store::LogRow signal = signalRow(entryOf(), R"({"name":"s","data":{"n":)" + number + "}}", fromMs(1), 1);
    signal.script = {};
    QCOMPARE(read(signal)->input->data, "{\"n\":" + number + "}");
    engine::Firing firing;
    firing.data = number;
    QVERIFY(firingRow(entryOf(), firing).data.find("\"data\":" + number) != std::string::npos);
}

void TestRowInput::aFactOfAnUnknownDeviceIsNoRow()
{
    const QJsonObject payload{{QStringLiteral("name"), QStringLiteral("a")},
                              {QStringLiteral("value"), 1},
                              {QStringLiteral("device"), QStringLiteral("gone")}};
    QVERIFY(!factRow(entryOf(), payload, fromMs(1), 0));
}

void TestRowInput::firingsAndConfigurationStartNothing()
{
    engine::Firing firing;
    firing.name = "t";
    firing.data = "{\"a\":1}";
    const store::LogRow row = firingRow(entryOf(), firing);
    QCOMPARE(row.kind, RowKind::Timer);
    const QJsonObject data = QJsonDocument::fromJson(QByteArray::fromStdString(row.data)).object();
    QCOMPARE(data.value(QStringLiteral("script")).toInt(), 5);
    QCOMPARE(data.value(QStringLiteral("data")).toObject().value(QStringLiteral("a")).toInt(), 1);
    QVERIFY(!read(row));
    store::LogRow configuration;
    configuration.kind = RowKind::Configuration;
    QVERIFY(!read(configuration));
}

void TestRowInput::answersAndInstallationsAreForOneScript()
{
    QCOMPARE(read(installedRow(LocationId{7}, ScriptId{5}, fromMs(1)))->only, ScriptId{5});
    store::LogRow answer;
    answer.kind = RowKind::AlertAnswered;
    answer.data = R"({"alert":1,"answer":"act"})";
    QVERIFY(!read(answer)->only);
    answer.data = R"({"alert":1,"script":8})";
    QCOMPARE(read(answer)->only, ScriptId{8});
}

void TestRowInput::positionsSurviveTheirJson()
{
    engine::LogPosition position;
    position.points[1] = {42, -1};
    position.points[3] = {7, 12};
    const QJsonObject engine{{QStringLiteral("applied"), positionJson(position)}};
    QVERIFY(positionOf(engine).points == position.points);
    QVERIFY(positionOf({}).points.empty());
    const auto points = logPoints(position);
    QCOMPARE(points.front().ordinal, std::numeric_limits<std::int32_t>::max());
    QCOMPARE(points.back().ordinal, 12);
}

void TestRowInput::theFurtherOfTwoPositionsIsTakenWriterByWriter()
{
    engine::LogPosition a, b;
    a.points[1] = {10, 3};
    a.points[2] = {5, -1};
    b.points[1] = {10, -1};
    b.points[3] = {1, 0};
    const engine::LogPosition both = further(a, b);
    QVERIFY((both.points.at(1) == engine::LogPosition::Point{10, -1}));
    QVERIFY((both.points.at(2) == engine::LogPosition::Point{5, -1}));
    QVERIFY((both.points.at(3) == engine::LogPosition::Point{1, 0}));
}

void TestRowInput::anInstanceSurvivesItsRow()
{
    InstanceEntry entry = entryOf();
    entry.key.mode = Mode::Shadow;
    auto version = std::make_shared<engine::Manifest>();
    entry.version =
        std::make_shared<const Version>(Version{VersionId{2}, ScriptId{5}, 1, {}, {}, version, Interest(*version)});
    engine::InstanceState state;
    state.state = R"({"count":3})";
    state.timers = {{"t", fromMs(99), "[1]"}};
    state.latest = {{DeviceId{}, "occupied", "", Value::ofNumber(1), fromMs(50), true}};
    state.applied.points[1] = {4, 2};
    entry.instance = std::make_unique<engine::Instance>(version, entry.home, ScriptId{5}, state);
    const auto stored = rowToStore(entry, false);
    QVERIFY(stored);
    QVERIFY(stored->row.timersChanged);
    const engine::InstanceState back = stateOf(stored->row);
    QCOMPARE(back.state, state.state);
    QCOMPARE(back.timers.size(), std::size_t{1});
    QCOMPARE(back.timers.front().data, std::string("[1]"));
    QCOMPARE(back.latest.size(), std::size_t{1}); // a shadow's facts are nowhere else
    QVERIFY(back.applied.points == state.applied.points);
    entry.stored = stored->stored;
    QVERIFY(!rowToStore(entry, false)); // nothing changed since
    QVERIFY(rowToStore(entry, true));
}

QTEST_GUILESS_MAIN(TestRowInput)
#include "tst_row_input.moc"
