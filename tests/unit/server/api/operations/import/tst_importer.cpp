// Files of history as they are found in the world: read right, value by value, or refused with the file's own line.
#include "server/api/operations/import/importer.h"
#include "shared/model/json.h"

#include <QBuffer>
#include <QJsonDocument>
#include <QTest>

using namespace cohort;
using namespace cohort::api;
using namespace Qt::Literals::StringLiterals;

namespace {

struct Imported
{
    Result<void> done;
    model::ImportReport report;
};

model::ImportLayout layoutOf(const QByteArray& json)
{
    QJsonParseError error{};
    const auto document = QJsonDocument::fromJson(json.isEmpty() ? "{}" : json, &error);
    const auto layout = model::fromJson<model::ImportLayout>(document.object(), model::Form::Parameters);
    if (error.error != QJsonParseError::NoError || !layout)
        qWarning() << "no layout:" << error.errorString() << (layout ? QString() : layout.error().message());
    return layout ? *layout : model::ImportLayout();
}

// What the file would store in a home that has these devices.
Imported preview(const QByteArray& file, const QByteArray& layout = {})
{
    QByteArray bytes = file;
    QBuffer source(&bytes);
    source.open(QIODevice::ReadOnly);
    ImportJob job;
    job.location = LocationId{1};
    int number = 0;
    for (const char* key : {"stove", "door", "bed", "meter", "t", "MAC000002", "M003", "D001", "kitchen_motion"})
        job.devices.emplace(QString::fromLatin1(key), store::KnownDevice{DeviceId{++number}});
    job.layout = layoutOf(layout);
    job.now = *fromIso("2026-11-28T12:00:00Z");
    Imported imported;
    imported.done = importFrom(source, job, imported.report);
    return imported;
}

// "line time device parameter[index] value unit"
QStringList values(const model::ImportReport& report)
{
    QStringList told;
    for (const model::ImportedValue& value : report.first) {
        const QString index = value.index.isEmpty() ? QString() : u'[' + value.index + u']';
        const QString what = value.value.number ? QString::number(*value.value.number, 'g', 15)
                                                : u'\'' + QString::fromStdString(*value.value.text) + u'\'';
        told.append(QStringList{QString::number(value.line), QString::fromStdString(toIso(value.time)), value.device,
                                value.parameter + index, what, value.unit}
                        .join(u' ')
                        .trimmed());
    }
    return told;
}

QStringList lines(const char* text)
{
    return QString::fromUtf8(text).split(u'\n', Qt::SkipEmptyParts);
}

// What sensors of lived-in homes said.
void addHomesOfResearch()
{
    QTest::newRow("Home Assistant's history")
        << QByteArray("entity_id,state,last_changed\n"
                      "sensor.stove_power,1200.5,2026-11-20T10:00:00.123Z\n"
                      "sensor.stove_power,unavailable,2026-11-20T10:05:00.000Z\n"
                      "binary_sensor.front_door,on,2026-11-20T11:00:00+01:00\n")
        << QByteArray(R"({"noValue":["unavailable","unknown"],"series":[
                          {"from":"sensor.stove_power","device":"stove","parameter":"power","unit":"W"},
                          {"from":"binary_sensor.*","device":"door","parameter":"contact"}]})")
        << lines("2 2026-11-20T10:00:00.123Z stove power 1200.5 W\n4 2026-11-20T10:00:00.000Z door contact 'on'") << 1;
    QTest::newRow("CASAS' Aruba")
        << QByteArray("2010-11-04 00:03:50.209589 M003 ON Sleeping begin\n"
                      "2010-11-04 00:03:57.399391 M003 OFF\n"
                      "2010-11-04 08:11:09.966157 D001 OPEN\n")
        << QByteArray(R"({"header":false,"timeZone":"America/Los_Angeles","columns":[{"role":"date"},{"role":"clock"},
                          {"role":"device"},{"role":"value"},{"role":"ignored"},{"role":"ignored"}],
                          "series":[{"from":"M*","parameter":"motion"},{"from":"D001","device":"door","parameter":"contact"}]})")
        << lines("1 2010-11-04T07:03:50.210Z M003 motion 'ON'\n2 2010-11-04T07:03:57.399Z M003 motion 'OFF'\n"
                 "3 2010-11-04T15:11:09.966Z door contact 'OPEN'")
        << 0;
    QTest::newRow("Orange4Home")
        << QByteArray("Time,ItemName,Value\n2017-01-30 07:58:31,kitchen_presence,ON\n"
                      "2017-07-30 07:58:31,kitchen_presence,OFF\n")
        << QByteArray(R"({"timeZone":"Europe/Paris","series":[{"from":"kitchen_presence","device":"kitchen_motion",
                          "parameter":"motion"}]})")
        << lines("2 2017-01-30T06:58:31.000Z kitchen_motion motion 'ON'\n"
                 "3 2017-07-30T05:58:31.000Z kitchen_motion motion 'OFF'")
        << 0;
    QTest::newRow("hours of two halves")
        << QByteArray("time,device_id,parameter,value\n11/20/2026 12:05 AM,t,temp,1\n1/2/2026 1:00 p.m.,t,temp,2\n"
                      "11/20/2026 12:00 PM,t,temp,3\n")
        << QByteArray(R"({"timeZone":"UTC","timeFormat":"M/d/yyyy h:mm AP"})")
        << lines("2 2026-11-20T00:05:00.000Z t temp 1\n3 2026-01-02T13:00:00.000Z t temp 2\n"
                 "4 2026-11-20T12:00:00.000Z t temp 3")
        << 0;
    QTest::newRow("offsets behind a blank")
        << QByteArray("time,device_id,parameter,value\n2026-11-20 10:00:00 UTC,t,temp,1\n"
                      "2026-11-20 10:00:00.5 +0100,t,temp,2\n2026-11-20 10:00:00 +01,t,temp,3\n")
        << QByteArray()
        << lines("2 2026-11-20T10:00:00.000Z t temp 1\n3 2026-11-20T09:00:00.500Z t temp 2\n"
                 "4 2026-11-20T09:00:00.000Z t temp 3")
        << 0;
    QTest::newRow("named months") << QByteArray("25-Feb-2008 00:20:14\tdoor\tcontact\t1\n")
                                  << QByteArray(R"({"header":false,"timeZone":"Europe/Amsterdam",
                                      "timeFormat":"dd-MMM-yyyy HH:mm:ss","columns":[{"role":"time"},{"role":"device"},
                                      {"role":"parameter"},{"role":"value"}]})")
                                  << lines("1 2008-02-24T23:20:14.000Z door contact 1") << 0;
}

// What households used.
void addMeters()
{
    QTest::newRow("UCI household power")
        << QByteArray("Date;Time;Global_active_power;Voltage;Sub_metering_1\n"
                      "16/12/2006;17:24:00;4.216;234.840;0.000\n"
                      "28/4/2007;00:21:00;?;?;\n")
        << QByteArray(R"({"timeZone":"Europe/Paris","timeFormat":"d/M/yyyy HH:mm:ss","noValue":["?"],"columns":[
                          {"name":"Date","role":"date"},{"name":"Time","role":"clock"},
                          {"name":"Global_active_power","role":"value","device":"meter","parameter":"power","unit":"kW"},
                          {"name":"Voltage","role":"value","device":"meter","parameter":"voltage","unit":"V"},
                          {"name":"Sub_metering_1","role":"value","device":"meter","parameter":"energy","index":"1"}]})")
        << lines("2 2006-12-16T16:24:00.000Z meter power 4.216 kW\n2 2006-12-16T16:24:00.000Z meter voltage 234.84 V\n"
                 "2 2006-12-16T16:24:00.000Z meter energy[1] 0")
        << 3;
    QTest::newRow("Low Carbon London")
        << QByteArray("LCLid,stdorToU,DateTime,KWH/hh (per half hour) \r\n"
                      "MAC000002,Std,2012-10-12 00:30:00.0000000, 0.143 \r\n"
                      "MAC000002,Std,2012-10-12 01:00:00.0000000,Null\r\n")
        << QByteArray(R"j({"timeZone":"UTC","noValue":["Null"],"columns":[{"name":"LCLid","role":"device"},
                          {"name":"DateTime","role":"time"},
                          {"name":"KWH/hh (per half hour)","role":"value","parameter":"energy","unit":"kWh"}]})j")
        << lines("2 2012-10-12T00:30:00.000Z MAC000002 energy 0.143 kWh") << 1;
    QTest::newRow("UK-DALE's") << QByteArray("1303132929 3184\n1303132930  3190 \n")
                               << QByteArray(R"({"header":false,"timeFormat":"epoch-s","columns":[{"role":"time"},
                                   {"role":"value","device":"meter","parameter":"power","unit":"W"}]})")
                               << lines("1 2011-04-18T13:22:09.000Z meter power 3184 W\n"
                                        "2 2011-04-18T13:22:10.000Z meter power 3190 W")
                               << 0;
}

// Cohort's own, databases' and spreadsheets'.
void addTables()
{
    QTest::newRow("Cohort's own") << QByteArray("time,device_id,parameter,index,value,unit\n"
                                                "2026-11-20T10:00:00Z,stove,power,,1200.5,W\n")
                                  << QByteArray() << lines("2 2026-11-20T10:00:00.000Z stove power 1200.5 W") << 0;
    QTest::newRow("InfluxDB's annotated")
        << QByteArray("#group,false,false,true,true,false,false,true,true,true\r\n"
                      "#datatype,string,long,dateTime:RFC3339,dateTime:RFC3339,dateTime:RFC3339,double,string,string,"
                      "string\r\n"
                      "#default,mean,,,,,,,,\r\n"
                      ",result,table,_start,_stop,_time,_value,_field,_measurement,sensor_id\r\n"
                      ",,0,2026-11-20T00:00:00Z,2026-11-21T00:00:00Z,2026-11-20T10:00:00.5Z,21.5,temperature,air,t\r\n"
                      "\r\n"
                      "#group,false,false,true,true,true,false,false,true,true\r\n"
                      "#datatype,string,long,dateTime:RFC3339,dateTime:RFC3339,string,dateTime:RFC3339,string,string,"
                      "string\r\n"
                      "#default,mean,,,,,,,,\r\n"
                      ",result,table,_start,_stop,sensor_id,_time,_value,_field,_measurement\r\n"
                      ",,1,2026-11-20T00:00:00Z,2026-11-21T00:00:00Z,door,2026-11-20T11:00:00Z,open,contact,doors\r\n")
        << QByteArray()
        << lines("5 2026-11-20T10:00:00.500Z t temperature 21.5\n11 2026-11-20T11:00:00.000Z door contact 'open'") << 0;
    QTest::newRow("a German spreadsheet")
        << QByteArray("\xef\xbb\xbf"
                      "Datum;Uhrzeit;Gerät;Messgröße;Wert;Einheit\r\n"
                      "20.11.2026;10:00;stove;power;1.234,5;W\r\n"
                      "5.7.2026;9:05:30;t;temperature;-21,5;°C\r\n")
        << QByteArray(R"({"timeZone":"Europe/Berlin"})")
        << lines("2 2026-11-20T09:00:00.000Z stove power 1234.5 W\n3 2026-07-05T07:05:30.000Z t temperature -21.5 °C")
        << 0;
    QTest::newRow("a spreadsheet that names its separator")
        << QByteArray("sep=;\r\nZeit;Gerät;Parameter;Wert\r\n20.11.2026 10:00;t;temperature;21,5\r\n")
        << QByteArray(R"({"timeZone":"Europe/Berlin"})") << lines("3 2026-11-20T09:00:00.000Z t temperature 21.5") << 0;
    const auto plain = lines("2 2026-11-20T10:00:00.000Z t temp 21.5\n3 2026-11-20T10:01:00.000Z t temp 22");
    const QByteArray two("time,device_id,parameter,value\n2026-11-20T10:00:00Z,t,temp,21.5\n"
                         "2026-11-20T10:01:00Z,t,temp,22");
    QTest::newRow("without a last line end") << two << QByteArray() << plain << 0;
    QTest::newRow("tabs") << QByteArray(two).replace(',', '\t') << QByteArray() << plain << 0;
    QTest::newRow("bars") << QByteArray(two).replace(',', '|') << QByteArray() << plain << 0;
    QTest::newRow("CR alone") << QByteArray(two).replace('\n', '\r') << QByteArray() << plain << 0;
    QTest::newRow("a mark and CRLF") << "\xef\xbb\xbf" + QByteArray(two).replace('\n', "\r\n") << QByteArray() << plain
                                     << 0;
    QTest::newRow("names in capitals, with blanks")
        << QByteArray(two).replace("time,device_id", " Time , DEVICE_ID ") << QByteArray() << plain << 0;
    QTest::newRow("every cell quoted") << QByteArray(two).replace(',', "\",\"").replace('\n', "\"\n\"").prepend('"') +
                                              '"'
                                       << QByteArray() << plain << 0;
    QTest::newRow("a header alone") << QByteArray("time,device_id,parameter,value\n") << QByteArray() << QStringList()
                                    << 0;
    QTest::newRow("milliseconds since 1970")
        << QByteArray("epoch_ms,device_id,parameter,value\n1765517031123,t,temperature,21.5\n") << QByteArray()
        << lines("2 2025-12-12T05:23:51.123Z t temperature 21.5") << 0;
    QTest::newRow("seconds since 1970") << QByteArray(
                                               "epoch_s\tdevice_id\tparameter\tvalue\n1765517031.5\tt\ttemp\t1e3\n")
                                        << QByteArray() << lines("2 2025-12-12T05:23:51.500Z t temp 1000") << 0;
}

} // namespace

class TestImporter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_F18_readsPublicLayouts_data();
    void finding_F18_readsPublicLayouts();
    void finding_F18_asksWhereItWouldGuess_data();
    void finding_F18_asksWhereItWouldGuess();
    void finding_F17_refusesWrongSplits_data();
    void finding_F17_refusesWrongSplits();
    void finding_F17_twoNumbersBesideEachOther_data();
    void finding_F17_twoNumbersBesideEachOther();
    void finding_F17_refusesAPointAmongCommas();
    void finding_F19_namesTheFilesOwnLine_data();
    void finding_F19_namesTheFilesOwnLine();
    void finding_F20_countsEveryRefusal();
    void finding_F20_anEmptyCellIsNoValue();
    void finding_F12_takesOnlyZonesOfTheDatabase_data();
    void finding_F12_takesOnlyZonesOfTheDatabase();
    void aLayoutThatWasFoundCanBeGivenAgain();
};

void TestImporter::finding_F18_readsPublicLayouts_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("layout");
    QTest::addColumn<QStringList>("stored");
    QTest::addColumn<int>("noValue");
    addTables();
    addHomesOfResearch();
    addMeters();
}

void TestImporter::finding_F18_readsPublicLayouts()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, layout);
    QFETCH(QStringList, stored);
    QFETCH(int, noValue);
    const Imported imported = preview(file, layout);
    QVERIFY2(imported.done, imported.done ? "" : qPrintable(imported.done.error().detail));
    QVERIFY2(imported.report.refused.isEmpty(),
             imported.report.refused.isEmpty() ? "" : qPrintable(imported.report.refused.first().reason));
    QCOMPARE(values(imported.report), stored);
    QCOMPARE(imported.report.stored, qint64(stored.size()));
    QCOMPARE(imported.report.noValue, qint64(noValue));
}

void TestImporter::finding_F18_asksWhereItWouldGuess_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("layout");
    QTest::addColumn<QString>("says");
    const QByteArray head("time,device_id,parameter,value\n");
    QTest::newRow("numbers as times") << head + "1765517031,t,temp,1\n" << QByteArray() << u"timeFormat epoch-s"_s;
    QTest::newRow("day or month") << head + "03/04/2026 10:00,t,temp,1\n" << QByteArray() << u"which is the day"_s;
    QTest::newRow("two times") << QByteArray("time,timestamp,device_id,parameter,value\n") << QByteArray()
                               << u"two columns are the time"_s;
    QTest::newRow("point and comma")
        << QByteArray("Zeit;Gerät;Parameter;Wert\n20.11.2026 10:00;t;temp;21,5\n20.11.2026 10:01;t;temp;21.5\n")
        << QByteArray(R"({"timeZone":"Europe/Berlin"})") << u"'decimal'"_s;
    QTest::newRow("thousands or decimals")
        << QByteArray("Zeit;Gerät;Parameter;Wert\n20.11.2026 10:00;t;energy;1.234\n20.11.2026 10:01;t;energy;950\n")
        << QByteArray(R"({"timeZone":"Europe/Berlin"})") << u"'decimal'"_s;
    QTest::newRow("an unknown column") << QByteArray("time,device_id,parameter,value,untit\n") << QByteArray()
                                       << u"near it: unit"_s;
    QTest::newRow("no parameter") << QByteArray("entity_id,state,last_changed\n") << QByteArray() << u"parameter"_s;
    QTest::newRow("a column that is not there")
        << head << QByteArray(R"({"columns":[{"name":"Wert","role":"value"}]})") << u"the header has 'Wert' not"_s;
    QTest::newRow("no such form") << head + "1,t,temp,1\n"
                                  << QByteArray(R"({"timeFormat":"unixtime"})") << u"no form of times"_s;
    QTest::newRow("half a day without its half") << head + "1,t,temp,1\n"
                                                 << QByteArray(R"({"timeFormat":"M/d/yyyy h:mm"})") << u"h with AP"_s;
    QTest::newRow("a form without a day") << head + "1,t,temp,1\n"
                                          << QByteArray(R"({"timeFormat":"HH:mm"})") << u"year, month and day"_s;
    QTest::newRow("a zone without effect")
        << head + "1,t,temp,1\n"
        << QByteArray(R"({"timeFormat":"epoch-s","timeZone":"Europe/Berlin"})") << u"have no zone"_s;
    QTest::newRow("two values") << QByteArray("time,device_id,parameter,value,value\n") << QByteArray()
                                << u"two columns are the value: value and value"_s;
    QTest::newRow("a value and a state") << QByteArray("time,device_id,parameter,state,value\n") << QByteArray()
                                         << u"two columns are the value"_s;
    QTest::newRow("two of one parameter")
        << QByteArray("time,device_id,a,b\n")
        << QByteArray(R"({"columns":[{"name":"time","role":"time"},{"name":"device_id","role":"device"},
                          {"name":"a","role":"value","parameter":"power"},{"name":"b","role":"value","parameter":"power"}]})")
        << u"two columns are the value: a and b"_s;
    QTest::newRow("a column that stands twice")
        << QByteArray("time,device_id,parameter,Wert,Wert\n")
        << QByteArray(R"({"columns":[{"name":"Wert","role":"value"}]})") << u"2 times"_s;
    QTest::newRow("UTF-16 with its mark")
        << QByteArray("\xff\xfet\0i\0m\0e\0,\0v\0\n\0", 16) << QByteArray() << u"save the file as UTF-8"_s;
    QTest::newRow("UTF-16 without") << QByteArray("t\0i\0m\0e\0,\0v\0\n\0", 14) << QByteArray()
                                    << u"save the file as UTF-8"_s;
    QTest::newRow("Latin-1") << QByteArray("Zeit;Ger\xe4t;Parameter;Wert\n") << QByteArray()
                             << u"save the file as UTF-8"_s;
    QTest::newRow("an invisible character")
        << QByteArray("\xe2\x80\x8btime,device_id,parameter,value\n") << QByteArray() << u"near it: "_s;
    QTest::newRow("another separator than is said") << QByteArray("time;device_id;parameter;value\n")
                                                    << QByteArray(R"({"separator":"comma"})") << u"unknown column"_s;
    QTest::newRow("a quote that is not closed") << head + "2026-11-20T10:00:00Z,t,temp,\"1\n"
                                                << QByteArray() << u"a quote is not closed"_s;
    QTest::newRow("empty") << QByteArray("\n\n") << QByteArray() << u"empty"_s;
}

void TestImporter::finding_F18_asksWhereItWouldGuess()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, layout);
    QFETCH(QString, says);
    const Imported imported = preview(file, layout);
    QVERIFY(!imported.done);
    QVERIFY2(imported.done.error().detail.contains(says), qPrintable(imported.done.error().detail));
    QCOMPARE(imported.report.stored, qint64(0));
}

void TestImporter::finding_F17_refusesWrongSplits_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("says");
    const QByteArray head("time,device_id,parameter,value");
    const QByteArray good("2026-11-20T10:00:00Z,t,temp,");
    QTest::newRow("a bare decimal comma") << head << good + "21,5" << u"5 cells where 4"_s;
    QTest::newRow("where a unit may stand") << head + ",unit" << good + "21,5" << u"cut at its comma"_s;
    QTest::newRow("with a unit") << head + ",unit" << good + "21,5,°C" << u"6 cells where 5"_s;
    QTest::newRow("where an index may stand") << head + ",index" << good + "21,5" << u"cut at its comma"_s;
    QTest::newRow("a negative one") << head + ",index,unit" << good + "-21,50,W" << u"cut at its comma"_s;
    QTest::newRow("where a parameter may stand") << QByteArray("time,device_id,value,parameter")
                                                 << QByteArray("2026-11-20T10:00:00Z,t,21,5") << u"cut at its comma"_s;
    QTest::newRow("a comma at the end") << head << good + "21," << u"5 cells where 4"_s;
    QTest::newRow("too few") << head + ",unit" << good + "21" << u"missing: unit"_s;
    QTest::newRow("thousands with commas") << QByteArray("Zeit;Gerät;Parameter;Wert;Einheit")
                                           << QByteArray("2026-11-20T10:00:00Z;t;temp;21;5;x") << u"6 cells where 5"_s;
}

void TestImporter::finding_F17_refusesWrongSplits()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, line);
    QFETCH(QString, says);
    const Imported imported = preview(header + '\n' + line + '\n');
    QVERIFY2(imported.done, imported.done ? "" : qPrintable(imported.done.error().detail));
    QCOMPARE(imported.report.refusedCount, qint64(1));
    QVERIFY2(imported.report.refused.first().reason.contains(says), qPrintable(imported.report.refused.first().reason));
    QCOMPARE(imported.report.refused.first().line, int(header.count('\n')) + 2);
}

void TestImporter::finding_F17_twoNumbersBesideEachOther_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("layout");
    QTest::addColumn<int>("stored");
    const QByteArray head("time,device_id,parameter,value,index\n"), good("2026-11-20T10:00:00Z,t,temp,");
    QTest::newRow("nothing says which") << head + good + "21,5\n" + good + "22,\n" << QByteArray() << 1;
    QTest::newRow("said") << head + good + "21,5\n" << QByteArray(R"({"decimal":"point"})") << 1;
    QTest::newRow("a point elsewhere") << head + good + "21,5\n" + good + "21.5,5\n" << QByteArray() << 2;
    QTest::newRow("decimal commas") << head + good + "21,5\n" + good + "\"21,5\",5\n"
                                    << QByteArray(R"({"decimal":"comma"})") << 1;
    const QByteArray own("time,device_id,parameter,index,value,unit\n");
    QTest::newRow("Cohort's own") << own + good + "1,230,V\n" + good + "2,231,V\n" << QByteArray() << 2;
    QTest::newRow("without its index") << own + good + "21,5,W\n" + good + "22,W\n" << QByteArray() << 0;
    const QByteArray columns(R"({"header":false,"columns":[{"role":"time"},{"role":"device"},
                                 {"role":"value","parameter":"temp"},{"role":"ignored"}]})");
    QTest::newRow("a column that is ignored, and lacks")
        << QByteArray("2026-11-20T10:00:00Z,t,21,5\n2026-11-20T10:01:00Z,t,22\n") << columns << 1;
    QTest::newRow("a column that is ignored") << QByteArray("2026-11-20T10:00:00Z,t,21,5\n") << columns << 1;
}

void TestImporter::finding_F17_twoNumbersBesideEachOther()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, layout);
    QFETCH(int, stored);
    const Imported imported = preview(file, layout);
    QVERIFY2(imported.done, imported.done ? "" : qPrintable(imported.done.error().detail));
    QCOMPARE(imported.report.stored, qint64(stored));
}

void TestImporter::finding_F17_refusesAPointAmongCommas()
{
    const QByteArray file("time;device_id;parameter;value\n2026-11-20T10:00:00Z;t;temp;1.234\n"
                          "2026-11-20T10:01:00Z;t;temp;1,5\n");
    const Imported imported = preview(file, R"({"decimal":"comma"})");
    QVERIFY2(imported.done, imported.done ? "" : qPrintable(imported.done.error().detail));
    QCOMPARE(values(imported.report), lines("3 2026-11-20T10:01:00.000Z t temp 1.5"));
    QCOMPARE(imported.report.refused.size(), 1);
    QVERIFY(imported.report.refused.first().reason.contains(u"has a point"_s));
    const Imported found = preview(file);
    QVERIFY(!found.done && found.done.error().detail.contains(u"'decimal'"_s));
}

void TestImporter::finding_F19_namesTheFilesOwnLine_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<int>("line");
    const QByteArray head("time,device_id,parameter,value\n");
    const QByteArray good("2026-11-20T10:00:00Z,t,note,"), bad("yesterday,t,note,1\n");
    QTest::newRow("the second") << head + bad << 2;
    QTest::newRow("blank lines") << head + "\n\n" + good + "1\n\n" + bad << 6;
    QTest::newRow("blank lines before the header") << "\n\n" + head + bad << 4;
    QTest::newRow("a quoted newline") << head + good + "\"a\nb\"\n" + bad << 4;
    QTest::newRow("two of them, CRLF") << QByteArray(head + good + "\"a\nb\nc\"\n" + bad).replace('\n', "\r\n") << 5;
    QTest::newRow("old Macintosh") << QByteArray(head + good + "1\n" + bad).replace('\n', '\r') << 3;
    QTest::newRow("a byte order mark") << "\xef\xbb\xbf" + head + bad << 2;
    QTest::newRow("a cell of several lines itself") << head + good + "1\nyesterday,t,note,\"a\nb\"\n" << 3;
    QTest::newRow("annotations") << "#datatype,x\n" + head + "\n" + bad << 4;
}

void TestImporter::finding_F19_namesTheFilesOwnLine()
{
    QFETCH(QByteArray, file);
    QFETCH(int, line);
    const Imported imported = preview(file);
    QVERIFY2(imported.done, imported.done ? "" : qPrintable(imported.done.error().detail));
    QCOMPARE(imported.report.refused.size(), 1);
    QCOMPARE(imported.report.refused.first().line, line);
}

void TestImporter::finding_F20_countsEveryRefusal()
{
    QByteArray file("time,device_id,parameter,value\n");
    for (int i = 0; i < 10'500; ++i)
        file += "2026-11-20T10:00:00Z,t,temp," + QByteArray::number(i) + '\n';
    for (const char* year : {"1899", "1969", "2200", "9999"})
        file += QByteArray(year) + "-01-01T00:00:00Z,t,temp,1\n";
    for (int i = 0; i < 1'500; ++i)
        file += "2026-11-20T10:00:00Z,nobody,temp,1\n";
    const Imported imported = preview(file);
    QVERIFY2(imported.done, imported.done ? "" : qPrintable(imported.done.error().detail));
    QCOMPARE(imported.report.stored, qint64(10'500));
    QCOMPARE(imported.report.refusedCount, qint64(1'504));
    QCOMPARE(imported.report.refused.size(), 1'000);
    QCOMPARE(imported.report.refused.first().line, 10'502);
    QVERIFY(imported.report.refused.first().reason.contains(u"between 1970 and 2199"_s));
}

void TestImporter::finding_F20_anEmptyCellIsNoValue()
{
    const Imported imported = preview("time,device_id,parameter,value\n2026-11-20T10:00:00Z,t,temp,1\n"
                                      "2026-11-20T10:01:00Z,t,temp,\n2026-11-20T10:02:00Z,t,temp,nan\n");
    QVERIFY2(imported.done, imported.done ? "" : qPrintable(imported.done.error().detail));
    QCOMPARE(imported.report.stored, qint64(1));
    QCOMPARE(imported.report.noValue, qint64(2));
    QCOMPARE(imported.report.refusedCount, qint64(0));
}

void TestImporter::finding_F12_takesOnlyZonesOfTheDatabase_data()
{
    QTest::addColumn<QByteArray>("layout");
    QTest::addColumn<QString>("says");
    QTest::newRow("an offset") << QByteArray(R"({"timeZone":"UTC+02:00"})") << u"IANA"_s;
    QTest::newRow("an abbreviation") << QByteArray(R"({"timeZone":"CEST"})") << u"IANA"_s;
    QTest::newRow("a letter") << QByteArray(R"({"timeZone":"Europe/Berln"})") << u"Europe/Berlin"_s;
}

void TestImporter::finding_F12_takesOnlyZonesOfTheDatabase()
{
    QFETCH(QByteArray, layout);
    QFETCH(QString, says);
    const Imported imported = preview("time,device_id,parameter,value\n2026-11-20 10:00:00,t,temp,1\n", layout);
    QVERIFY(!imported.done);
    QVERIFY2(imported.done.error().detail.contains(says), qPrintable(imported.done.error().detail));
}

void TestImporter::aLayoutThatWasFoundCanBeGivenAgain()
{
    const QByteArray file("Datum;Uhrzeit;Gerät;Parameter;Wert\n20.11.2026;10:00;t;temp;21,5\n");
    const Imported first = preview(file, R"({"timeZone":"Europe/Berlin"})");
    QVERIFY2(first.done, first.done ? "" : qPrintable(first.done.error().detail));
    const auto json = QJsonDocument(model::toJson(first.report.layout)).toJson();
    QVERIFY2(json.contains("\"semicolon\"") && json.contains("\"comma\""), json.constData());
    const Imported again = preview(file, json);
    QVERIFY2(again.done, again.done ? "" : qPrintable(again.done.error().detail));
    QCOMPARE(values(again.report), values(first.report));
    QCOMPARE(values(again.report), lines("2 2026-11-20T09:00:00.000Z t temp 21.5"));
}

QTEST_GUILESS_MAIN(TestImporter)
#include "tst_importer.moc"
