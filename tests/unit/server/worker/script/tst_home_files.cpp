#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/worker/script/home_files.h"
#include "server/worker/script/parameter_values.h"
#endif

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace cohort;
using namespace cohort::worker;

namespace {

const QStringList DeviceColumns{QStringLiteral("device_id"), QStringLiteral("room"), QStringLiteral("parameter"),
                                QStringLiteral("use"), QStringLiteral("description")};
const QStringList DataColumns{QStringLiteral("time"), QStringLiteral("device_id"), QStringLiteral("parameter"),
                              QStringLiteral("value")};
const QByteArray Devices("device_id,room,parameter,use,description\n"
                         "zoe,bathroom,flush,toilet,\"Toilet, upstairs\"\n"
                         "amy,kitchen,motion,,\n"
                         "amy,kitchen,contact,,\n");

engine::HomeInfo home()
{
    return *homeFrom(*parseCsv(QStringLiteral("devices.csv"), Devices, DeviceColumns), QStringLiteral("Europe/Madrid"));
}

// All rows of a table, or why the first of the refused ones was.
Result<Rows> rowsOf(const CsvTable& table, const engine::HomeInfo& where = home())
{
    RefusedLines refused;
    Rows rows = rowsFrom(table, where, refused);
    if (!refused.empty())
        return fail(ErrorCode::WrongValue, refused.begin()->second);
    return rows;
}

Result<CsvTable> tableOf(const QByteArray& lines)
{
    return parseCsv(QStringLiteral("data.csv"), "time,device_id,parameter,value\n" + lines, DataColumns, {},
                    OddRows::Apart);
}

Result<Rows> rows(const QByteArray& lines)
{
    COHORT_TRY(table, tableOf(lines));
    return rowsOf(table);
}

const char* Form = "{\"patience\":{\"type\":\"minutes\",\"default\":10,\"min\":1,\"max\":120},"
                   "\"count\":{\"type\":\"integer\",\"default\":2},\"loud\":{\"type\":\"boolean\",\"default\":false},"
                   "\"level\":{\"type\":\"choice\",\"default\":\"low\",\"choices\":[\"low\",\"high\"]},"
                   "\"from\":{\"type\":\"time\",\"default\":\"22:00\"},\"name\":{\"type\":\"text\",\"default\":\"x\"}}";

} // namespace

// The files of cohort-script: what is read, and what is said of what cannot be.
class TestHomeFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void finding_F12_takesOnlyZonesOfTheDatabase_data()
    {
        QTest::addColumn<QString>("zone");
        QTest::addColumn<QString>("near");
        QTest::newRow("an abbreviation") << QStringLiteral("CEST") << QStringLiteral("Europe/");
        QTest::newRow("an offset") << QStringLiteral("UTC+02:00") << QStringLiteral("Europe/");
        QTest::newRow("case") << QStringLiteral("europe/madrid") << QStringLiteral("Europe/Madrid");
    }
    void finding_F12_takesOnlyZonesOfTheDatabase()
    {
        QFETCH(QString, zone);
        QFETCH(QString, near);
        const auto refused = homeFrom(*parseCsv(QStringLiteral("devices.csv"), Devices, DeviceColumns), zone);
        QVERIFY(!refused);
        QVERIFY2(refused.error().detail.contains(near), qPrintable(refused.error().detail));
        QVERIFY(refused.error().detail.contains(QStringLiteral("--timezone")));
    }
    void readsAHome()
    {
        const engine::HomeInfo read = home();
        QCOMPARE(read.devices.size(), std::size_t(2));
        QCOMPARE(read.devices.at(0).key, std::string("amy")); // by key
        QCOMPARE(read.devices.at(1).use, std::string("toilet"));
        QCOMPARE(read.devices.at(1).description, std::string("Toilet, upstairs"));
        QCOMPARE(read.rooms.size(), std::size_t(2));
        QCOMPARE(read.clock, engine::HomeClock::Events);
    }
    void readsRowsInTheOrderOfTheFile()
    {
        const auto read = rows("2026-01-01T10:00:00+01:00,amy,motion,1\n2026-01-01T08:00:00Z,zoe,flush,0.5\n"
                               "2026-01-01T10:00:00+01:00,amy,contact,on\n");
        QVERIFY(read.has_value());
        QCOMPARE(read->size(), std::size_t(4)); // the installation first
        QCOMPARE(read->at(0)->kind, engine::EventKind::Installed);
        QCOMPARE(toIso(read->at(1)->time), std::string("2026-01-01T09:00:00.000Z"));
        QCOMPARE(toIso(read->at(2)->time), std::string("2026-01-01T08:00:00.000Z"));
        QCOMPARE(*read->at(3)->value.text, std::string("on"));
    }
    void finding_F17_aNumberCutAtItsCommaIsRefused()
    {
        const auto read = [](const QByteArray& lines) {
            const auto table =
                parseCsv(QStringLiteral("data.csv"), "time,device_id,parameter,value,index\n" + lines, DataColumns);
            return rowsOf(*table);
        };
        const auto cut = read("2026-01-01T10:00:00Z,amy,motion,21,5\n");
        QVERIFY(!cut);
        QVERIFY2(cut.error().detail.contains(QStringLiteral("cut at its comma")), qPrintable(cut.error().detail));
        QVERIFY(read("2026-01-01T10:00:00Z,amy,motion,21,\n"));
        QVERIFY(read("2026-01-01T10:00:00Z,amy,motion,21,5\n2026-01-01T10:01:00Z,amy,motion,21.5,5\n"));
    }
    void readsRowsInOrderOfArrivalWhereTheFileSaysIt()
    {
        const QByteArray text("arrival,time,device_id,parameter,value\n"
                              "2026-01-01T11:30:00+01:00,2026-01-01T10:00:00+01:00,amy,motion,1\n"
                              "2026-01-01T08:00:01Z,2026-01-01T08:00:00Z,zoe,flush,0.5\n"
                              "2026-01-01T11:30:00+01:00,2026-01-01T10:00:00+01:00,amy,contact,1\n");
        const auto table = parseCsv(QStringLiteral("data.csv"), text, DataColumns);
        QVERIFY(table);
        const auto read = rowsOf(*table);
        QVERIFY(read);
        QStringList told;
        for (std::size_t i = 1; i < read->size(); ++i)
            told.append(QString::fromStdString(read->at(i)->name + ' ' + toIso(read->at(i)->time) + ' ' +
                                               toIso(read->at(i)->arrival)));
        QCOMPARE(told, (QStringList{QStringLiteral("flush 2026-01-01T08:00:00.000Z 2026-01-01T08:00:01.000Z"),
                                    QStringLiteral("motion 2026-01-01T09:00:00.000Z 2026-01-01T10:30:00.000Z"),
                                    QStringLiteral("contact 2026-01-01T09:00:00.000Z 2026-01-01T10:30:00.000Z")}));
    }
    void anArrivalThatIsNoneIsNamed()
    {
        for (const char* cell : {"", "soon", "2026-01-01T10:00:00"}) {
            const auto table = parseCsv(QStringLiteral("data.csv"),
                                        QByteArray("time,device_id,parameter,value,arrival\n"
                                                   "2026-01-01T10:00:00Z,amy,motion,1,") +
                                            cell + '\n',
                                        DataColumns);
            QVERIFY(table);
            const auto read = rowsOf(*table);
            QVERIFY2(!read, cell);
            QVERIFY2(read.error().detail.startsWith(QStringLiteral("data.csv:2:5: arrival: ")),
                     qPrintable(read.error().detail));
        }
    }
    void countsTheSameRowOnce()
    {
        const auto read = rows("2026-01-01T10:00:00+01:00,amy,motion,1\n2026-01-01T09:00:00Z,amy,motion,1.0\n"
                               "2026-01-01T10:00:00+01:00,amy,motion,0\n2026-01-01T10:00:00+01:00,amy,contact,1\n");
        QCOMPARE(read->size(), std::size_t(1 + 3));
    }
    void namesLineAndColumnOfBadRows_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("start");
        const auto row = [](const char* name, const char* line, const char* start) {
            QTest::newRow(name) << QByteArray(line) << QString::fromLatin1(start);
        };
        row("no time", ",amy,motion,1\n", "data.csv:3:1: time: ");
        row("no offset", "2026-01-01T10:00:00,amy,motion,1\n", "data.csv:3:1: time: ");
        row("nonsense time", "yesterday,amy,motion,1\n", "data.csv:3:1: time: ");
        row("before 1970 (finding_F20)", "1899-12-31T23:59:59Z,amy,motion,1\n", "data.csv:3:1: time: not between 1970");
        row("after 2199", "2200-01-01T00:00:00Z,amy,motion,1\n", "data.csv:3:1: time: not between 1970");
        row("a script's name", "2026-01-01T10:00:00Z,amy,syn.sleep,1\n", "data.csv:3:3: parameter: ");
        row("unknown device", "2026-01-01T10:00:00Z,bob,motion,1\n", "data.csv:3:2: device_id: 'bob'");
        row("no parameter", "2026-01-01T10:00:00Z,amy,,1\n", "data.csv:3:3: parameter: ");
        row("not finite", "2026-01-01T10:00:00Z,amy,motion,inf\n", "data.csv:3:4: value: ");
        row("a text among numbers", "2026-01-01T10:00:00Z,amy,motion,on\n", "data.csv:3:4: value: ");
        row("too few cells", "2026-01-01T10:00:00Z,amy,motion\n", "data.csv:3: 3 cells");
        row("too many cells", "2026-01-01T10:00:00Z,amy,motion,1,2\n", "data.csv:3: 5 cells");
        row("open quote", "2026-01-01T10:00:00Z,\"amy,motion,1\n", "data.csv:3: a quote");
        row("not UTF-8", "2026-01-01T10:00:00Z,amy,motion,\xff\n", "data.csv:3: not UTF-8");
    }
    void namesLineAndColumnOfBadRows()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, start);
        const auto read = rows("2026-01-01T09:00:00Z,amy,motion,1\n" + line);
        QVERIFY(!read);
        QVERIFY2(read.error().detail.startsWith(start), qPrintable(read.error().detail));
    }
    void finding_F20_refusesLinesAndGoesOn()
    {
        const auto table = tableOf("2026-01-01T08:00:00Z,amy,motion,1\n"
                                   "1899-12-31T23:59:59Z,amy,motion,1\n"
                                   "\"2026-01-01T08:00:00Z\",bob,\"mo\ntion\",1\n"
                                   "2026-01-01T08:30:00Z,amy,motion\n"
                                   "2026-01-01T09:00:00Z,amy,motion,on\n"
                                   "2026-01-01T09:30:00Z,amy,motion,\"21,5\"\n"
                                   "2026-01-01T10:00:00Z,amy,motion,unavailable\n"
                                   "2026-01-01T10:30:00Z,amy,motion,0\n");
        QVERIFY(table);
        RefusedLines refused;
        const Rows read = rowsFrom(*table, home(), refused);
        QCOMPARE(read.size(), std::size_t(1 + 3));
        QVERIFY(read.at(2)->value.isNone());
        QCOMPARE(read.at(3)->value.number, std::optional(0.0));
        QCOMPARE(read.at(3)->number, std::int64_t(3));
        QList<int> lines;
        for (const auto& [line, why] : refused) {
            lines.append(line);
            QVERIFY2(why.startsWith(QStringLiteral("data.csv:%1:").arg(line)), qPrintable(why));
        }
        QCOMPARE(lines, (QList<int>{3, 4, 6, 7, 8})); // the file's own: a cell of line 4 has a line break
    }
    void refusesWrongDeviceFiles_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("a column missing") << QByteArray("device_id,room,parameter,use\n");
        QTest::newRow("a column twice") << QByteArray("device_id,room,room,parameter,use,description\n");
        QTest::newRow("no id") << QByteArray("device_id,room,parameter,use,description\n,kitchen,motion,,\n");
        QTest::newRow("two rooms") << QByteArray(
            "device_id,room,parameter,use,description\na,kitchen,x,,\na,bath,x,,\n");
        QTest::newRow("many columns") << QByteArray(1'000, ',');
    }
    void refusesWrongDeviceFiles()
    {
        QFETCH(QByteArray, text);
        const auto table = parseCsv(QStringLiteral("devices.csv"), text, DeviceColumns);
        QVERIFY(!table || !homeFrom(*table, QStringLiteral("UTC")));
    }
    void refusesAnUnknownZone()
    {
        QVERIFY(!homeFrom(*parseCsv(QStringLiteral("d"), Devices, DeviceColumns), QStringLiteral("Mars/Olympus")));
    }
    void fillsParameters_data()
    {
        QTest::addColumn<QStringList>("given");
        QTest::addColumn<QString>("expected"); // a member and its value; empty: refused
        const auto row = [](const char* given, const char* expected) {
            QTest::newRow(given) << QStringList{QString::fromLatin1(given)} << QString::fromLatin1(expected);
        };
        row("patience=20", "\"patience\":20");
        row("patience=2.5", "\"patience\":2.5");
        row("patience=0", "");
        row("patience=121", "");
        row("patience=soon", "");
        row("count=3", "\"count\":3");
        row("count=3.5", "");
        row("count=9007199254740993", "\"count\":9007199254740993"); // finding_F21
        row("loud=true", "\"loud\":true");
        row("loud=1", "");
        row("level=high", "\"level\":\"high\"");
        row("level=middle", "");
        row("from=6:30", "\"from\":\"6:30\"");
        row("from=25:00", "");
        row("name=a=b", "\"name\":\"a=b\"");
        row("nobody=1", "");
        row("patience", "");
        row("=1", "");
    }
    void fillsParameters()
    {
        QFETCH(QStringList, given);
        QFETCH(QString, expected);
        const auto values = parameterValues(Form, given);
        QCOMPARE(values.has_value(), !expected.isEmpty());
        if (values) {
            QVERIFY2(QString::fromStdString(*values).contains(expected), values->c_str());
            QCOMPARE(QJsonDocument::fromJson(QByteArray::fromStdString(*values)).object().size(), 6);
        }
    }
    void finding_F3_decidesAsAnUploadDoes_data()
    {
        QTest::addColumn<QByteArray>("cell");
        QTest::addColumn<QByteArray>("became"); // empty: refused
        QTest::newRow("a number") << QByteArray("1.2e3") << QByteArray("1200");
        QTest::newRow("every digit (finding_F21)") << QByteArray("9007199254740993") << QByteArray("9007199254740993");
        QTest::newRow("no value") << QByteArray("unavailable") << QByteArray("none");
        QTest::newRow("nan") << QByteArray("nan") << QByteArray("none");
        QTest::newRow("a decimal comma") << QByteArray("\"21,5\"") << QByteArray();
        QTest::newRow("a word") << QByteArray("warm") << QByteArray();
    }
    void finding_F3_decidesAsAnUploadDoes()
    {
        QFETCH(QByteArray, cell);
        QFETCH(QByteArray, became);
        const auto devices =
            parseCsv(QStringLiteral("devices.csv"),
                     "device_id,room,parameter,use,description,type\nplug,kitchen,power,,,10014\n", DeviceColumns);
        const auto plug = homeFrom(*devices, QStringLiteral("Europe/Madrid"));
        QVERIFY(plug.has_value());
        QCOMPARE(plug->devices.at(0).type, 10014);
        const auto data =
            parseCsv(QStringLiteral("data.csv"),
                     "time,device_id,parameter,value\n2026-01-01T09:00:00Z,plug,power," + cell + "\n", DataColumns);
        const auto read = rowsOf(*data, *plug);
        QCOMPARE(read.has_value(), !became.isEmpty());
        if (read) {
            const Value& value = read->at(1)->value;
            QCOMPARE(value.isNone() ? QByteArray("none") : QByteArray::fromStdString(textOf(value)), became);
        } else {
            QVERIFY2(read.error().detail.startsWith(QStringLiteral("data.csv:2:4: value: ")),
                     qPrintable(read.error().detail));
        }
    }
    void finding_F5_convertsUnits()
    {
        const QStringList columns = DataColumns + QStringList{QStringLiteral("unit")};
        const auto data = parseCsv(QStringLiteral("data.csv"),
                                   "time,device_id,parameter,value,unit\n2026-01-01T09:00:00Z,amy,load,5,W\n"
                                   "2026-01-01T09:00:01Z,amy,load,2,kW\n",
                                   columns);
        const auto read = rowsOf(*data);
        QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error().detail));
        QCOMPARE(read->at(2)->value.number, std::optional(2000.0));
    }
    void finding_F5_whatIsNotStoredNamesNoUnit()
    {
        const QStringList columns = DataColumns + QStringList{QStringLiteral("unit")};
        const auto data =
            parseCsv(QStringLiteral("data.csv"),
                     "time,device_id,parameter,value,unit\n2026-01-01T09:00:00Z,amy,load,unknown,furlong\n"
                     "2026-01-01T09:00:01Z,amy,load,5,cm\n2026-01-01T09:00:02Z,amy,load,20,mm\n",
                     columns);
        const auto read = rowsOf(*data);
        QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error().detail));
        QCOMPARE(read->at(3)->value.number, std::optional(2.0));
    }
};

QTEST_GUILESS_MAIN(TestHomeFiles)
#include "tst_home_files.moc"
