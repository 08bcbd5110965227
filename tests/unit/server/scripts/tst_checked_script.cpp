// What a check found, as people see it: faults, or what the script says of itself.
#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/scripts/checked_script.h"
#include "server/scripts/script_checker.h"
#endif

#include <QTest>

using namespace cohort;

class TestCheckedScript : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheManifestOfAnAcceptedScript();
    void aScriptWithFaultsHasNone();
    void aFormThatNobodyCanReadIsAFault();
};

void TestCheckedScript::keepsTheManifestOfAnAcceptedScript()
{
    scripts::CheckAnswer answer;
    answer.manifestJson = R"({"title":"Stove","handlers":["on_power"],"parameters":{"level":{"type":"hours"}}})";
    const auto checked = scripts::checkedScript(answer);
    QVERIFY(checked.found.accepted);
    QCOMPARE(checked.found.manifest->parameters.value(QStringLiteral("level")).type, model::ParameterType::Hours);
    QVERIFY(checked.manifest.contains(QStringLiteral("handlers"))); // composer runs by it
}

void TestCheckedScript::aScriptWithFaultsHasNone()
{
    scripts::CheckAnswer answer;
    answer.faults.push_back({"script", 3, 7, "no"});
    answer.manifestJson = R"({"title":"Stove"})";
    const auto checked = scripts::checkedScript(answer);
    QVERIFY(!checked.found.accepted && !checked.found.manifest && checked.manifest.isEmpty());
    QCOMPARE(checked.found.faults.first().line, 3);
    QCOMPARE(checked.found.faults.first().message, QStringLiteral("no"));
}

void TestCheckedScript::aFormThatNobodyCanReadIsAFault()
{
    scripts::CheckAnswer answer;
    answer.manifestJson = R"({"title":"Stove","parameters":{"level":{"type":"days"}}})";
    const auto checked = scripts::checkedScript(answer);
    QVERIFY(!checked.found.accepted && checked.manifest.isEmpty());
    QCOMPARE(checked.found.faults.size(), 1);
    const QString said = checked.found.faults.first().message;
    QVERIFY2(said.contains(QStringLiteral("parameters.level.type")), qPrintable(said));
}

QTEST_APPLESS_MAIN(TestCheckedScript)
#include "tst_checked_script.moc"
