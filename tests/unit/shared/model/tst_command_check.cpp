// What a command may set, by the device's type.
#include "shared/base/limits.h"
#include "shared/model/command_check.h"

#include <QJsonObject>
#include <QTest>

using namespace cohort;
using namespace cohort::model;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Plug = 10014, Lamp = 20017, Contact = 20011, Thermostat = 20023, Display = 20024, Unknown = 0,
              NotInTheTable = 77'777;

Result<QJsonArray> checked(int type, const QString& name, const QJsonValue& value)
{
    return checkedCommand(type, {QJsonObject{{u"name"_s, name}, {u"index"_s, u""_s}, {u"value"_s, value}}});
}

} // namespace

class TestCommandCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_F9_takesWhatTheTypeAllows_data();
    void finding_F9_takesWhatTheTypeAllows();
    void finding_F9_refusesTheRestAndSaysWhatIsAllowed_data();
    void finding_F9_refusesTheRestAndSaysWhatIsAllowed();
    void keepsNamesIndexesAndOrder();
    void oneWrongParameterRefusesAll();
    void finding_F9_whatStandsTwiceIsRefused();
    void anIndexIsJudgedAsAnUploads();
};

void TestCommandCheck::finding_F9_takesWhatTheTypeAllows_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QJsonValue>("wanted");
    const auto row = [](const char* tag, int type, const QString& name, const QJsonValue& value,
                        const QJsonValue& wanted) { QTest::newRow(tag) << type << name << value << wanted; };
    row("off", Plug, u"outletStatus"_s, 0, 0);
    row("on as a number", Plug, u"outletStatus"_s, 1.0, 1);
    row("on as published clients send it", Plug, u"outletStatus"_s, u"1"_s, u"1"_s);
    row("a word", Plug, u"outletStatus"_s, u"Off"_s, u"0"_s);
    row("a word with blanks", Lamp, u"lightStatus"_s, u" on "_s, u"1"_s);
    row("a truth value", Lamp, u"lightStatus"_s, true, 1);
    row("a word as devices report it", Plug, u"outletStatus"_s, u"inactive"_s, u"0"_s);
    row("false as a text", Lamp, u"lightStatus"_s, u"false"_s, u"0"_s);
    row("least", Lamp, u"brightness"_s, 0, 0);
    row("most", Lamp, u"brightness"_s, 100, 100);
    row("between", Lamp, u"brightness"_s, 33.5, 33.5);
    row("a number as a text", Lamp, u"brightness"_s, u"55"_s, u"55"_s);
    row("a word in capitals", Plug, u"outletStatus"_s, u"ON "_s, u"1"_s);
    row("open", Plug, u"outletStatus"_s, u"open"_s, u"1"_s);
    row("minus nothing", Plug, u"outletStatus"_s, u"-0"_s, u"0"_s);
    row("a number as people type it", Lamp, u"brightness"_s, u" +55 "_s, u"55"_s);
    row("with an exponent", Lamp, u"brightness"_s, u"1e2"_s, u"100"_s);
    row("a choice", Thermostat, u"mode"_s, u"heat"_s, u"heat"_s);
    row("a choice in capitals", Thermostat, u"mode"_s, u" Auto"_s, u"auto"_s);
    row("a text", Display, u"text"_s, u"Good morning"_s, u"Good morning"_s);
    row("no type: anything plain", Unknown, u"mode"_s, u"eco"_s, u"eco"_s);
    row("a type of others", NotInTheTable, u"outletStatus"_s, u"banana"_s, u"banana"_s);
}

void TestCommandCheck::finding_F9_takesWhatTheTypeAllows()
{
    QFETCH(int, type);
    QFETCH(QString, name);
    QFETCH(QJsonValue, value);
    QFETCH(QJsonValue, wanted);
    const auto got = checked(type, name, value);
    QVERIFY2(got, got ? "" : qPrintable(got.error().detail));
    QCOMPARE(got->first().toObject().value("value"_L1), wanted);
    QCOMPARE(got->first().toObject().value("name"_L1).toString(), name);
}

void TestCommandCheck::finding_F9_refusesTheRestAndSaysWhatIsAllowed_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* tag, int type, const QString& name, const QJsonValue& value, const QString& says) {
        QTest::newRow(tag) << type << name << value << says;
    };
    const QString onOff = u"on or off (1 or 0)"_s, percent = u"a number from 0 to 100 %"_s;
    row("banana", Plug, u"outletStatus"_s, u"banana"_s, onOff);
    row("two", Plug, u"outletStatus"_s, 2, onOff);
    row("a half", Plug, u"outletStatus"_s, 0.5, onOff);
    row("toggle", Plug, u"outletStatus"_s, u"toggle"_s, onOff);
    row("two as a text", Plug, u"outletStatus"_s, u"2"_s, onOff);
    row("unavailable", Plug, u"outletStatus"_s, u"unavailable"_s, onOff);
    row("not a number", Plug, u"outletStatus"_s, u"NaN"_s, onOff);
    row("full width", Plug, u"outletStatus"_s, u"１"_s, onOff);
    row("nearly one", Plug, u"outletStatus"_s, 0.9999, onOff);
    row("a list", Plug, u"outletStatus"_s, QJsonArray{1}, u"plain value"_s);
    row("minus one", Lamp, u"lightStatus"_s, -1, onOff);
    row("nothing", Lamp, u"lightStatus"_s, u""_s, onOff);
    row("no value", Lamp, u"lightStatus"_s, QJsonValue(), u"plain value"_s);
    row("an object", Lamp, u"lightStatus"_s, QJsonObject{}, u"plain value"_s);
    row("a list", Unknown, u"mode"_s, QJsonArray{1}, u"plain value"_s);
    row("too much", Lamp, u"brightness"_s, 100.5, percent);
    row("too little", Lamp, u"brightness"_s, -1, percent);
    row("a word", Lamp, u"brightness"_s, u"bright"_s, percent);
    row("a decimal comma", Lamp, u"brightness"_s, u"21,5"_s, percent);
    row("infinite", Lamp, u"brightness"_s, u"inf"_s, percent);
    row("beyond all", Lamp, u"brightness"_s, u"1e400"_s, percent);
    row("hexadecimal", Lamp, u"brightness"_s, u"0x10"_s, percent);
    row("with its unit", Lamp, u"brightness"_s, u"50 %"_s, percent);
    row("Arabic digits", Lamp, u"brightness"_s, u"٥٥"_s, percent);
    row("just over", Lamp, u"brightness"_s, 100.0000001, percent);
    row("nothing", Lamp, u"brightness"_s, u""_s, percent);
    row("nan", Lamp, u"brightness"_s, u"nan"_s, percent);
    row("a truth value", Lamp, u"brightness"_s, true, percent);
    row("no choice of it", Thermostat, u"mode"_s, u"cool"_s, u"one of off, heat, auto"_s);
    row("a number for a choice", Thermostat, u"mode"_s, 1, u"one of off, heat, auto"_s);
    row("too warm", Thermostat, u"targetTemperature"_s, 31, u"30"_s);
    row("a number for a text", Display, u"text"_s, 5, u"a text"_s);
    row("what it only measures", Plug, u"power"_s, 5, u"it can be told: outletStatus (on or off (1 or 0))"_s);
    row("what it does not have", Plug, u"brightness"_s, 5, u"outletStatus"_s);
    row("another spelling", Plug, u"outletstatus"_s, 1, u"outletStatus"_s);
    row("nothing can be set", Contact, u"contact"_s, 1, u"it takes no commands"_s);
}

void TestCommandCheck::finding_F9_refusesTheRestAndSaysWhatIsAllowed()
{
    QFETCH(int, type);
    QFETCH(QString, name);
    QFETCH(QJsonValue, value);
    QFETCH(QString, says);
    const auto got = checked(type, name, value);
    QVERIFY(!got);
    QCOMPARE(got.error().code, ErrorCode::WrongValue);
    QVERIFY2(got.error().detail.contains(says) && got.error().detail.contains(name), qPrintable(got.error().detail));
}

void TestCommandCheck::keepsNamesIndexesAndOrder()
{
    const QJsonArray both{QJsonObject{{u"name"_s, u"brightness"_s}, {u"index"_s, u"2"_s}, {u"value"_s, 5}},
                          QJsonObject{{u"name"_s, u"lightStatus"_s}, {u"value"_s, 1}}};
    const auto got = checkedCommand(Lamp, both);
    QVERIFY(got);
    QCOMPARE(*got, both);
    QCOMPARE(*checkedCommand(Lamp, {}), QJsonArray());
}

void TestCommandCheck::oneWrongParameterRefusesAll()
{
    QVERIFY(!checkedCommand(Lamp, {QJsonObject{{u"name"_s, u"lightStatus"_s}, {u"value"_s, 1}},
                                   QJsonObject{{u"name"_s, u"brightness"_s}, {u"value"_s, 500}}}));
    QVERIFY(!checkedCommand(Unknown, {QJsonObject{{u"value"_s, 1}}}));
    QVERIFY(!checkedCommand(Unknown, {5, u"on"_s}));
}

void TestCommandCheck::finding_F9_whatStandsTwiceIsRefused()
{
    const auto set = [](const QString& index, int value) {
        return QJsonObject{{u"name"_s, u"lightStatus"_s}, {u"index"_s, index}, {u"value"_s, value}};
    };
    for (const int type : {Lamp, Unknown}) {
        const auto twice = checkedCommand(type, {set(u""_s, 1), set(u""_s, 0)});
        QVERIFY(!twice && twice.error().detail.contains(u"twice"_s));
        QVERIFY(checkedCommand(type, {set(u"1"_s, 1), set(u"2"_s, 0)}));
    }
}

void TestCommandCheck::anIndexIsJudgedAsAnUploads()
{
    const auto at = [](int type, const QString& index) {
        return checkedCommand(type, {QJsonObject{{u"name"_s, u"lightStatus"_s}, {u"index"_s, index}, {u"value"_s, 1}}});
    };
    for (const int type : {Lamp, Unknown}) {
        QVERIFY(at(type, QString(IndexBytesMost, u'x')));
        for (const QString& wrong :
             {QString(IndexBytesMost + 1, u'x'), QString(IndexBytesMost / 2 + 1, u'ä'), QString(u"left\nright"_s)}) {
            const auto refused = at(type, wrong);
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::WrongValue);
            QVERIFY2(refused.error().detail.contains(u"'lightStatus': at most 64 bytes"_s),
                     qPrintable(refused.error().detail));
        }
    }
}

QTEST_GUILESS_MAIN(TestCommandCheck)
#include "tst_command_check.moc"
