// The form of a script's parameters: fields of their kinds, within their limits, none of the form before.

#include "console/pages/parameter_form.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QTimeEdit>
#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;
using model::ParameterType;
using model::ScriptParameter;

class TestParameterForm : public QObject
{
    Q_OBJECT

private:
    static QJsonValue shown(const ScriptParameter& parameter, const QJsonObject& values = {})
    {
        ParameterForm form;
        form.setParameters({{u"x"_s, parameter}}, values);
        return form.values().value("x"_L1);
    }

private Q_SLOTS:
    void numbersStayWithinTheirLimits()
    {
        const ScriptParameter number{ParameterType::Number, {}, 5, -2, 2.5, {}};
        QCOMPARE(shown(number), QJsonValue(2.5));
        QCOMPARE(shown(number, {{u"x"_s, -2}}), QJsonValue(-2));
        QCOMPARE(shown(number, {{u"x"_s, -3}}), QJsonValue(-2));
        QCOMPARE(shown(number, {{u"x"_s, 1.25}}), QJsonValue(1.25));
    }

    void numbersWithoutLimitsMayBeLargeAndNegative()
    {
        const ScriptParameter whole{ParameterType::Integer, {}, 0, {}, {}, {}};
        QCOMPARE(shown(whole, {{u"x"_s, -86'400}}), QJsonValue(-86'400));
        QCOMPARE(shown(whole, {{u"x"_s, 100'000'000}}), QJsonValue(100'000'000));
    }

    void finding_F21_numbersThatNobodyChangedKeepTheirDigits()
    {
        constexpr qint64 large = 9'007'199'254'740'993;
        const ScriptParameter whole{ParameterType::Integer, {}, large, {}, {}, {}};
        QCOMPARE(shown(whole).toInteger(), large);
        QCOMPARE(shown(whole, {{u"x"_s, large + 2}}).toInteger(), large + 2);
        const ScriptParameter number{ParameterType::Number, {}, 0.125, {}, {}, {}};
        QCOMPARE(shown(number), QJsonValue(0.125));
        QCOMPARE(shown(number, {{u"x"_s, 5e9}}), QJsonValue(5e9));
    }

    void aWholeNumberIsSentAsOne()
    {
        ParameterForm form;
        form.setParameters({{u"x"_s, {ParameterType::Integer, {}, 3, {}, {}, {}}}}, {});
        auto* spin = form.findChild<QDoubleSpinBox*>();
        QCOMPARE(spin->decimals(), 0);
        spin->setValue(6.7);
        QCOMPARE(form.values().value("x"_L1), QJsonValue(7));
    }

    void minutesAndHoursSayTheirUnitAndNoUselessDigits()
    {
        ParameterForm form;
        form.setParameters({{u"a"_s, {ParameterType::Minutes, {}, 10, {}, {}, {}}},
                            {u"b"_s, {ParameterType::Hours, {}, 1.5, {}, {}, {}}}},
                           {});
        const QList<QDoubleSpinBox*> spins = form.findChildren<QDoubleSpinBox*>();
        QCOMPARE(spins.at(0)->text(), u"10 min"_s);
        QVERIFY(spins.at(1)->text().endsWith(u"5 h"_s));
    }

    void aChoiceThatIsNotOfferedFallsBackToTheFirst()
    {
        const ScriptParameter choice{ParameterType::Choice, {}, u"b"_s, {}, {}, {u"a"_s, u"b"_s}};
        QCOMPARE(shown(choice), QJsonValue(u"b"_s));
        QCOMPARE(shown(choice, {{u"x"_s, u"z"_s}}), QJsonValue(u"a"_s));
    }

    void aTimeMayHaveSeconds()
    {
        const ScriptParameter time{ParameterType::Time, {}, u"22:30:15"_s, {}, {}, {}};
        QCOMPARE(shown(time), QJsonValue(u"22:30"_s));
        QCOMPARE(shown(time, {{u"x"_s, u"00:00"_s}}), QJsonValue(u"00:00"_s));
    }

    void aGivenFalseIsNotTheDefault()
    {
        const ScriptParameter flag{ParameterType::Boolean, {}, true, {}, {}, {}};
        QCOMPARE(shown(flag), QJsonValue(true));
        QCOMPARE(shown(flag, {{u"x"_s, false}}), QJsonValue(false));
    }

    void namesAndHelpAreReadablePlainText()
    {
        ParameterForm form;
        form.setParameters({{u"how_long<b>"_s, {ParameterType::Text, u"<i>help</i>"_s, u"<u>"_s, {}, {}, {}}}}, {});
        const QList<QLabel*> labels = form.findChildren<QLabel*>();
        QCOMPARE(labels.size(), 2);
        QCOMPARE(labels.at(0)->text(), u"How long<b>"_s);
        QCOMPARE(labels.at(1)->text(), u"<i>help</i>"_s);
        for (const QLabel* label : labels)
            QCOMPARE(label->textFormat(), Qt::PlainText);
        QCOMPARE(form.findChild<QLineEdit*>()->accessibleDescription(), u"<i>help</i>"_s);
        QCOMPARE(form.values(), (QJsonObject{{u"how_long<b>"_s, u"<u>"_s}}));
    }

    void theNextScriptsFormHasNothingOfTheOneBefore()
    {
        ParameterForm form;
        form.setParameters({{u"a"_s, {ParameterType::Text, u"help"_s, u"x"_s, {}, {}, {}}}}, {});
        form.setParameters({{u"b"_s, {ParameterType::Boolean, {}, true, {}, {}, {}}}}, {{u"a"_s, u"y"_s}});
        QCOMPARE(form.values(), (QJsonObject{{u"b"_s, true}}));
        QCOMPARE(form.findChildren<QLabel*>().size(), 1);
        form.setParameters({}, {});
        QVERIFY(form.isEmpty());
        QVERIFY(form.values().isEmpty());
    }
};

QTEST_MAIN(TestParameterForm)
#include "tst_parameter_form.moc"
