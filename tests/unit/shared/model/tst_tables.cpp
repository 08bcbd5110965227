#include "shared/model/device_types.h"
#include "shared/model/places.h"

#include <QTest>

#include <set>

using namespace cohort::model;

class TestTables : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typesStandInOrderOfTheirNumbers();
    void periodicParametersSayHowOften();
    void parametersStandOnceInAType();
    void findsATypeByItsNumber();
    void usesAndKindsStandOnce();
    void showsAnUnknownUseAsItIs();
    void kindsOfRoomsAreTakenAsMeantAndTyposRefused();
};

void TestTables::typesStandInOrderOfTheirNumbers()
{
    int last = -1;
    for (const DeviceType& type : deviceTypes()) {
        QVERIFY2(type.number > last, type.name);
        last = type.number;
    }
}

void TestTables::periodicParametersSayHowOften()
{
    for (const DeviceType& type : deviceTypes()) {
        for (const TypeParameter& parameter : type.parameters)
            QCOMPARE(parameter.periodic, parameter.intervalMs > 0);
    }
}

void TestTables::parametersStandOnceInAType()
{
    for (const DeviceType& type : deviceTypes()) {
        std::set<std::string_view> names;
        for (const TypeParameter& parameter : type.parameters)
            QVERIFY2(names.insert(parameter.name).second, parameter.name);
    }
}

void TestTables::findsATypeByItsNumber()
{
    QVERIFY(findDeviceType(10014));
    QVERIFY(findDeviceType(20010));
    QVERIFY(!findDeviceType(99));
}

void TestTables::usesAndKindsStandOnce()
{
    for (const auto* table : {&deviceUses(), &roomKinds()}) {
        std::set<std::string_view> keys;
        for (const NamedKind& kind : *table) {
            QVERIFY2(keys.insert(kind.key).second, kind.key);
            QVERIFY(*kind.name != '\0');
        }
    }
}

void TestTables::showsAnUnknownUseAsItIs()
{
    QCOMPARE(displayName(deviceUses(), "stove"), std::string_view("Stove"));
    QCOMPARE(displayName(deviceUses(), "aquarium"), std::string_view("aquarium"));
}

void TestTables::kindsOfRoomsAreTakenAsMeantAndTyposRefused()
{
    QCOMPARE(roomKindOf(QStringLiteral("kitchen")).value(), QStringLiteral("kitchen"));
    QCOMPARE(roomKindOf(QStringLiteral(" Living Room")).value(), QStringLiteral("living"));
    QCOMPARE(roomKindOf(QStringLiteral("study")).value(), QStringLiteral("study")); // a word of its own
    for (const char* typo : {"kitchn", "bedrom", "bath"}) {
        const auto wrong = roomKindOf(QString::fromUtf8(typo));
        QVERIFY2(!wrong, typo);
        QCOMPARE(wrong.error().code, cohort::ErrorCode::WrongValue);
        QVERIFY2(wrong.error().detail.contains(QStringLiteral("near it are: ")), qPrintable(wrong.error().detail));
    }
}

QTEST_GUILESS_MAIN(TestTables)
#include "tst_tables.moc"
