// One function decides about every value that comes in: upload, import and cohort-script.
#include "shared/base/value_json.h"
#include "shared/model/stored_value.h"
#include "shared/model/units.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cohort;
using namespace cohort::model;

namespace {

constexpr int SmartPlug = 10014, Contact = 20011, Unknown = 0;
const std::string None = "(none)";

// The value that is stored, as text, or the name of the refusal.
std::string became(const GivenValue& given, const Expected& expected)
{
    const auto value = storedValue(given, expected);
    if (!value)
        return value.error().name();
    const std::string kind = value->isText() ? "text " : "";
    return value->isNone() ? None : kind + textOf(*value);
}

GivenValue text(const char* given, const char* unit = "")
{
    return {.value = Value::ofText(given), .unit = unit};
}
GivenValue number(double given, const char* unit = "")
{
    return {.value = Value::ofNumber(given), .unit = unit};
}

} // namespace

class TestStoredValue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_F3_textWhereANumberBelongs_data()
    {
        QTest::addColumn<QByteArray>("given");
        QTest::addColumn<QByteArray>("stored");
        const auto row = [](const char* given, const char* stored) {
            QTest::newRow(given) << QByteArray(given) << QByteArray(stored);
        };
        row("1200", "1200");
        row("1.2e3", "1200");
        row(" -0.5 ", "-0.5");
        row("+7", "7");
        row("-0", "0");
        row("007", "7");
        row("5.", "5");
        row(".5", "0.5");
        row("\t12\r\n", "12");
        row("9223372036854775807", "9223372036854775807");
        row("9007199254740993", "9007199254740993");
        for (const char* none : {"", "  ", "unavailable", "Unknown", "NaN", "nan", "NONE"})
            QTest::newRow(qPrintable(QStringLiteral("no value '%1'").arg(QLatin1StringView(none))))
                << QByteArray(none) << QByteArray("(none)");
        for (const char* wrong :
             {"21,5",      "1 200",   "1200 W",    "0x10",  "inf",  "-Infinity", "1e999", "on", "1_000",
              "--1",       "1.200,5", "1'200",     "12 W",  "12W",  "True",      "[1]",   "{}", "0b1",
              "1e",        "e3",      ".",         "1.2.3", "+-1",  "+ 1",       "½",     "١٢", "１２",
              "\302\2405", "−5",      "5\xc2\xa0", "n/a",   "null", "1e400",     "\"5\""})
            row(wrong, "not-a-number");
    }
    void finding_F3_textWhereANumberBelongs()
    {
        QFETCH(QByteArray, given);
        QFETCH(QByteArray, stored);
        QCOMPARE(QByteArray::fromStdString(became(text(given.constData()), expectedOf(SmartPlug, "power"))), stored);
    }

    void finding_F3_wordsWhereOnOrOffBelongs_data()
    {
        QTest::addColumn<QByteArray>("given");
        QTest::addColumn<QByteArray>("stored");
        for (const char* on : {"on", "Open", "TRUE", "yes", "occupied", "Detected", "active", "1", "1.0", "ON ", " On",
                               "1e0", "+1", "\ttrue\n"})
            QTest::newRow(on) << QByteArray(on) << QByteArray("1");
        for (const char* off :
             {"OFF", "closed", "False", "no", "free", "clear", "inactive", "0", "-0", "0.0", " OFF\r\n"})
            QTest::newRow(off) << QByteArray(off) << QByteArray("0");
        for (const char* none : {"unavailable", "unknown", ""})
            QTest::newRow(qPrintable(QStringLiteral("no value '%1'").arg(QLatin1StringView(none))))
                << QByteArray(none) << QByteArray("(none)");
        for (const char* wrong : {"ajar", "2", "onn", "0.5", "on off", "-1", "toggle", "o n", "ein", "１", "on.", "t",
                                  "y", "inf", "1e400", "occupied occupied occupied"})
            QTest::newRow(wrong) << QByteArray(wrong) << QByteArray("not-on-or-off");
    }
    void finding_F3_wordsWhereOnOrOffBelongs()
    {
        QFETCH(QByteArray, given);
        QFETCH(QByteArray, stored);
        QCOMPARE(QByteArray::fromStdString(became(text(given.constData()), expectedOf(Contact, "contact"))), stored);
    }

    void finding_F3_booleansAndNumbersByType()
    {
        const GivenValue yes{.value = Value::ofNumber(1), .unit = {}, .isBoolean = true};
        QCOMPARE(became(yes, expectedOf(Contact, "contact")), std::string("1"));
        QCOMPARE(became(yes, expectedOf(SmartPlug, "power")), std::string("not-a-number"));
        QCOMPARE(became(number(3), expectedOf(Contact, "contact")), std::string("not-on-or-off"));
        QCOMPARE(became({.value = Value::none()}, expectedOf(SmartPlug, "power")), None);
    }

    void finding_F3_aStreamKeepsTheKindOfItsFirstValue()
    {
        QCOMPARE(expectedOf(Unknown, "power").kind, StreamKind::Undecided);
        QCOMPARE(expectedOf(SmartPlug, "humidity").kind, StreamKind::Undecided);
        QCOMPARE(expectedOf(20023, "mode").kind, StreamKind::Text); // what is chosen from words is told in words
        QCOMPARE(expectedOf(20024, "text").kind, StreamKind::Text);
        QCOMPARE(became(text("1200"), {}), std::string("text 1200")); // where nothing is known text stays text
        QCOMPARE(became(text("unavailable"), {}), None);              // and what is no value decides nothing
        QCOMPARE(became(number(21.5), {StreamKind::Text, {}}), std::string("text 21.5"));
        QCOMPARE(became(text("unavailable"), {StreamKind::Text, {}}), std::string("text unavailable"));
        QCOMPARE(became(text("open"), {StreamKind::Number, {}}), std::string("not-a-number"));
        QCOMPARE(became(text("21.5"), {StreamKind::Number, {}}), std::string("21.5"));
        QCOMPARE(became(text("unknown"), {StreamKind::Number, {}}), None);
    }

    void finding_F21_aStreamOfTextsKeepsHowANumberIsWritten()
    {
        for (const char* cell : {"1234567.0", "007", "1e3", "+49123", "0x1F", "true"}) {
            const GivenValue given{.value = valueOfCell(cell), .written = cell};
            QCOMPARE(became(given, {StreamKind::Text, {}}), std::string("text ") + cell);
        }
        QCOMPARE(became({.value = valueOfCell("007"), .written = "007"}, {StreamKind::Number, {}}), std::string("7"));
    }

    void finding_F3_aFilesCellIsANumberWhereItReadsAsOne()
    {
        QCOMPARE(valueOfCell("1200"), Value::ofNumber(1200));
        QCOMPARE(valueOfCell("1.2e3"), Value::ofNumber(1200));
        QCOMPARE(valueOfCell("21,5"), Value::ofText("21,5"));
        QCOMPARE(became({.value = valueOfCell("1200")}, expectedOf(SmartPlug, "power")), std::string("1200"));
    }

    void finding_F3_aFilesCellsHaveAnUploadsBounds()
    {
        QVERIFY(checkParameterCell(QString(128, u'x')));
        QVERIFY(!checkParameterCell(QString(129, u'x')));
        QVERIFY(!checkParameterCell(QString(65, u'ä'))); // 130 bytes
        QVERIFY(!checkParameterCell(QStringLiteral("a\tb")));
        QVERIFY(!checkParameterCell(QString(1, QChar(0))));
        QVERIFY(checkIndexCell(QString(64, u'x')));
        QVERIFY(!checkIndexCell(QString(65, u'x')));
        QVERIFY(checkUnitCell(QString(32, u'x')));
        QVERIFY(!checkUnitCell(QString(33, u'x')));
    }
    void finding_F5_unitsOfOneQuantityAreConverted_data()
    {
        QTest::addColumn<double>("given");
        QTest::addColumn<QByteArray>("unit");
        QTest::addColumn<QByteArray>("typesUnit");
        QTest::addColumn<QByteArray>("stored");
        const auto row = [](double given, const char* unit, const char* typesUnit, const char* stored) {
            QTest::addRow("%g %s to %s", given, unit, typesUnit)
                << given << QByteArray(unit) << QByteArray(typesUnit) << QByteArray(stored);
        };
        row(1.2, "kW", "W", "1200");
        row(1200, "W", "kW", "1.2");
        row(5, "W", "W", "5");
        row(5, "", "W", "5");
        row(250, "mW", "W", "0.25");
        row(1.5, "kWh", "Wh", "1500");
        row(3600, "J", "Wh", "1");
        row(212, "°F", "°C", "100");
        row(-40, "degF", "degC", "-40");
        row(20, "℃", "°C", "20");
        row(1, "KW", "W", "1000");
        row(800, "watts", "W", "800");
        row(1, "MW", "mW", "1000000000");
        row(5, " W ", "W", "5"); // as blanks around a number
        row(5, "kW ", "W", "5000");
        row(212, "ºF", "°C", "100"); // the ordinal sign
        row(0, "K", "°C", "-273.15");
        row(1, "kWh", "W", "unknown-unit");
        row(1, "%", "°C", "unknown-unit");
        row(1, "kwatt", "W", "unknown-unit");
        row(70.7, "F", "°C", "21.5");
        row(294.65, "K", "°C", "21.5");
        row(21.5, "C", "°C", "21.5");
        row(21.5, "°C", "°F", "70.7");
        row(40, "%RH", "%", "40");
        row(1013.25, "hPa", "Pa", "101325");
        row(1, "V", "W", "unknown-unit");
        row(1, "bananas", "W", "unknown-unit");
        row(1, "W", "°C", "unknown-unit");
        row(1.7e308, "kW", "W", "unknown-unit");
    }
    void finding_F5_unitsOfOneQuantityAreConverted()
    {
        QFETCH(double, given);
        QFETCH(QByteArray, unit);
        QFETCH(QByteArray, typesUnit);
        QFETCH(QByteArray, stored);
        const Expected expected{StreamKind::Number, std::string_view(typesUnit.constData())};
        QCOMPARE(QByteArray::fromStdString(became(number(given, unit.constData()), expected)), stored);
    }

    void finding_F5_aDifferenceHasNoZeroPoint()
    {
        GivenValue given = number(9, "°F");
        given.isDifference = true;
        QCOMPARE(became(given, {StreamKind::Number, "°C"}), std::string("5"));
    }

    void finding_F5_aStreamsFirstUnitCountsWhereTheTypeNamesNone()
    {
        QCOMPARE(became(number(2, "kW"), {StreamKind::Number, "W"}), std::string("2000"));
        QCOMPARE(became(number(2, "kW"), {StreamKind::Undecided, ""}), std::string("2"));
        QCOMPARE(became(number(2, "V"), {StreamKind::Number, "turns"}), std::string("unknown-unit"));
        QCOMPARE(became(number(2, "turns"), {StreamKind::Number, "turns"}), std::string("2"));
        QVERIFY(storedValue(number(2, "V"), {StreamKind::Number, "W"}).error().detail.contains(QStringLiteral("kW")));
    }

    void finding_F5_whatIsOnOrOffHasNoUnit()
    {
        const Expected contact = expectedOf(Contact, "contact");
        QCOMPARE(became(number(1, "W"), contact), std::string("unknown-unit"));
        QCOMPARE(became(text("open", "%"), contact), std::string("unknown-unit"));
        QCOMPARE(became(text("open", ""), contact), std::string("1"));
        QCOMPARE(became(text("unknown", "W"), contact), None); // no value is of no unit
        QVERIFY(storedValue(number(1, "kW"), contact).error().detail.contains(QStringLiteral("kW")));
    }

    void finding_F21_wholeNumbersKeepTheirDigitsHoweverTheyAreWritten_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("number"); // empty: none
        const auto row = [](const char* text, const char* number) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(number);
        };
        row("9007199254740993.0", "9007199254740993");
        row("-9007199254740993.000", "-9007199254740993");
        row("9.007199254740993e15", "9007199254740993");
        row("90071992547409930e-1", "9007199254740993");
        row("9223372036854775807.0", "9223372036854775807");
        row("9007199254740993.5", "9007199254740994"); // no whole one: the nearest double
        row("9223372036854775808", "9.223372036854776e+18");
        row("1e-400", "0");
        row("1e-99999", "0");
        row("1e309", "");
        row("1e99999", "");
        row("1e", "");
    }
    void finding_F21_wholeNumbersKeepTheirDigitsHoweverTheyAreWritten()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, number);
        const auto value = numberIn(text.toStdString());
        QCOMPARE(QByteArray::fromStdString(value ? textOf(*value) : std::string()), number);
        QCOMPARE(checkValueCell(QString::fromLatin1(text)).has_value(), !isBeyondNumbers(text.toStdString()));
        QCOMPARE(isBeyondNumbers(text.toStdString()), number.isEmpty() && text != "1e");
    }
    void finding_F21_integersKeepEveryDigit_data()
    {
        QTest::addColumn<QByteArray>("digits");
        QTest::addColumn<bool>("isHeldByADouble");
        for (const char* held :
             {"0", "-1", "9007199254740992", "9007199254740994", "1152921504606846976", "-9223372036854775808"})
            QTest::newRow(held) << QByteArray(held) << true;
        for (const char* exact : {"9007199254740993", "-9007199254740993", "1152921504606846977", "9223372036854775807",
                                  "-9223372036854775807"})
            QTest::newRow(exact) << QByteArray(exact) << false;
    }
    void finding_F21_integersKeepEveryDigit()
    {
        QFETCH(QByteArray, digits);
        QFETCH(bool, isHeldByADouble);
        const auto value = numberIn(digits.toStdString());
        QVERIFY(value && value->number);
        QCOMPARE(value->integer.has_value(), !isHeldByADouble);
        QCOMPARE(*value, Value::ofInteger(digits.toLongLong()));
        // Through JSON as it is sent, and back.
        const QJsonArray sent{valueJson(*value)};
        const auto back = QJsonDocument::fromJson(QJsonDocument(sent).toJson()).array().at(0);
        QCOMPARE(valueOfJson(back), value);
        QCOMPARE(QByteArray::fromStdString(textOf(*value)), digits);
    }
};

QTEST_GUILESS_MAIN(TestStoredValue)
#include "tst_stored_value.moc"
