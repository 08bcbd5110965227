// Which values a script's parameters may be given.
#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "shared/model/json.h"
#include "shared/model/parameter_form.h"
#endif

#include <QJsonDocument>
#include <QTest>

using namespace cohort;

namespace {

QJsonObject json(const char* text)
{
    return QJsonDocument::fromJson(text).object();
}

model::ParameterForm form()
{
    const auto manifest = model::fromJson<model::Manifest>(json(R"({"parameters":
            {"patience":{"type":"minutes","default":10,"min":1,"max":120},
             "rest":{"type":"minutes","default":10},
             "name":{"type":"text","default":"x"},
             "kind":{"type":"choice","default":"a","choices":["a","b"]},
             "count":{"type":"integer","default":1},
             "strict":{"type":"boolean","default":false},
             "from":{"type":"time","default":"07:30"}}})"),
                                                           model::Form::Stored);
    return manifest ? manifest->parameters : model::ParameterForm();
}

} // namespace

class TestParameterForm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesWrongValues_data();
    void refusesWrongValues();
    void acceptsRightValues();
};

void TestParameterForm::refusesWrongValues_data()
{
    QTest::addColumn<QByteArray>("values");
    QTest::addColumn<QString>("says");
    QTest::newRow("unknown") << QByteArray(R"({"speed":1})") << QStringLiteral("'speed' is no parameter");
    QTest::newRow("too small") << QByteArray(R"({"patience":0})") << QStringLiteral("at least 1");
    QTest::newRow("too great") << QByteArray(R"({"patience":121})") << QStringLiteral("at most 120");
    QTest::newRow("text for a number") << QByteArray(R"({"patience":"10"})") << QStringLiteral("a number");
    QTest::newRow("longer than a year") << QByteArray(R"({"rest":1e18})") << QStringLiteral("from -527040 to 527040");
    QTest::newRow("more than is kept") << QByteArray(R"({"count":1e19})") << QStringLiteral("from -9223372036854");
    QTest::newRow("half") << QByteArray(R"({"count":1.5})") << QStringLiteral("a whole number");
    QTest::newRow("not a choice") << QByteArray(R"({"kind":"z"})") << QStringLiteral("one of a, b");
    QTest::newRow("not a time") << QByteArray(R"({"from":"25:00"})") << QStringLiteral("07:30");
    QTest::newRow("not a truth value") << QByteArray(R"({"strict":1})") << QStringLiteral("true or false");
    QTest::newRow("null") << QByteArray(R"({"name":null})") << QStringLiteral("a text");
    QTest::newRow("NUL") << QByteArray(R"({"name":"a\u0000"})") << QStringLiteral("a text");
}

void TestParameterForm::refusesWrongValues()
{
    QFETCH(QByteArray, values);
    QFETCH(QString, says);
    const auto checked = model::checkForm(form(), json(values.constData()));
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, ErrorCode::WrongValue);
    QVERIFY2(checked.error().detail.contains(says), qPrintable(checked.error().detail));
}

void TestParameterForm::acceptsRightValues()
{
    QVERIFY(model::checkForm(form(), json(R"({"patience":1.5,"count":3,"kind":"b","strict":true,"from":"23:59"})")));
    QVERIFY(model::checkForm(form(), {}));
    QVERIFY(!model::checkForm({}, json(R"({"a":1})")));
}

QTEST_APPLESS_MAIN(TestParameterForm)
#include "tst_parameter_form.moc"
