// Which answers fit which questions.
#include "server/actions/question_value.h"
#include "shared/base/limits.h"

#include <QTest>

using namespace cohort;
using model::QuestionType;

class TestQuestionValue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesWhatFits_data();
    void takesWhatFits();
    void writesOneValueAsJson();
};

void TestQuestionValue::takesWhatFits_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<bool>("fits");
    const auto row = [](const char* name, QuestionType type, const QJsonValue& value, bool fits) {
        QTest::newRow(name) << static_cast<int>(type) << value << fits;
    };
    row("yes", QuestionType::YesNo, QStringLiteral("yes"), true);
    row("no", QuestionType::YesNo, QStringLiteral("no"), true);
    row("true for yes", QuestionType::YesNo, true, false);
    row("perhaps", QuestionType::YesNo, QStringLiteral("perhaps"), false);
    row("a key", QuestionType::OneOf, QStringLiteral("w"), true);
    row("a choice's text", QuestionType::OneOf, QStringLiteral("well"), false);
    row("no choice", QuestionType::OneOf, QStringLiteral(""), false);
    row("a number", QuestionType::Number, 2.5, true);
    row("a number as text", QuestionType::Number, QStringLiteral("2.5"), false);
    row("a text", QuestionType::Text, QStringLiteral("fine"), true);
    row("an empty text", QuestionType::Text, QStringLiteral(""), false);
    row("a text with NUL", QuestionType::Text, QString(QChar::Null), false);
    row("the longest text", QuestionType::Text, QString(TextCharactersMost, QLatin1Char('x')), true);
    row("a longer text", QuestionType::Text, QString(TextCharactersMost + 1, QLatin1Char('x')), false);
    for (const auto type : {QuestionType::YesNo, QuestionType::OneOf, QuestionType::Text, QuestionType::Number})
        row(qPrintable(QStringLiteral("nothing for ") + model::textOf(type)), type, QJsonValue(), false);
}

void TestQuestionValue::takesWhatFits()
{
    QFETCH(int, type);
    QFETCH(QJsonValue, value);
    QFETCH(bool, fits);
    const model::Question question{
        .type = static_cast<QuestionType>(type),
        .choices = {{QStringLiteral("w"), QStringLiteral("well")}, {QStringLiteral("b"), QStringLiteral("badly")}}};
    const auto checked = actions::checkAnswer(question, value);
    QCOMPARE(checked.has_value(), fits);
    if (!fits)
        QCOMPARE(checked.error().code, ErrorCode::WrongValue);
}

void TestQuestionValue::writesOneValueAsJson()
{
    QCOMPARE(actions::jsonText(QStringLiteral("a \"b\"")), QStringLiteral("\"a \\\"b\\\"\""));
    QCOMPARE(actions::jsonText(3), QStringLiteral("3"));
    QCOMPARE(actions::jsonText(QJsonValue()), QStringLiteral("null"));
}

QTEST_GUILESS_MAIN(TestQuestionValue)
#include "tst_question_value.moc"
