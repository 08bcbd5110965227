#include "console/pages/command_value_field.h"

#include "console/models/words.h"
#include "console/pages/text.h"
#include "shared/base/value_json.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>

#include <cmath>

namespace cohort::console {

using namespace Qt::StringLiterals;
using model::ValueKind;

namespace {

// Neither "nan" nor "inf" is one: JSON has no number for them.
std::optional<Value> numberOf(const QString& text)
{
    if (auto number = numberIn(text.toStdString()))
        return number;
    bool isNumber = false;
    const double local = QLocale().toDouble(text, &isNumber);
    return isNumber && std::isfinite(local) ? std::optional(Value::ofNumber(local)) : std::nullopt;
}

// A number where it is one, else text; "on" and "off" as devices expect them.
QJsonValue plainValueOf(const QString& text)
{
    const QString lower = text.toLower();
    if (text.isEmpty())
        return QJsonValue::Undefined;
    if (lower == "on"_L1 || lower == "true"_L1)
        return 1.0;
    if (lower == "off"_L1 || lower == "false"_L1)
        return 0.0;
    const std::optional<Value> number = numberOf(lower);
    return number ? valueJson(*number) : QJsonValue(text);
}

QString rangeText(const model::TypeParameterInfo& parameter)
{
    QString text;
    if (parameter.least && parameter.most)
        text = Pages::tr("%1 to %2").arg(words::number(*parameter.least), words::number(*parameter.most));
    else if (parameter.least)
        text = Pages::tr("at least %1").arg(words::number(*parameter.least));
    else if (parameter.most)
        text = Pages::tr("at most %1").arg(words::number(*parameter.most));
    return (text + u' ' + parameter.unit).trimmed();
}

} // namespace

CommandValueField::CommandValueField(QWidget* parent)
    : QStackedWidget(parent), m_text(new QLineEdit), m_range(new QLabel), m_choice(new QComboBox)
{
    m_text->setObjectName(u"value"_s);
    m_text->setPlaceholderText(Pages::tr("Value"));
    m_text->setMaximumWidth(140);
    m_text->setAccessibleName(Pages::tr("Value"));
    m_range->setObjectName(u"range"_s);
    m_range->setTextFormat(Qt::PlainText);
    m_choice->setObjectName(u"choice"_s);
    m_choice->setPlaceholderText(Pages::tr("Value"));
    m_choice->setAccessibleName(Pages::tr("Value"));
    auto* typed = new QWidget;
    auto* layout = new QHBoxLayout(typed);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text);
    layout->addWidget(m_range);
    addWidget(typed);
    addWidget(m_choice);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(m_text, &QLineEdit::returnPressed, this, &CommandValueField::entered);
}

void CommandValueField::offer(const QString& text, const QJsonValue& value)
{
    m_choice->addItem(text, value);
}

void CommandValueField::setParameter(const std::optional<model::TypeParameterInfo>& parameter)
{
    m_parameter = parameter;
    m_choice->clear();
    if (parameter && parameter->values == ValueKind::OnOff) {
        offer(Pages::tr("On"), 1);
        offer(Pages::tr("Off"), 0);
    } else if (parameter && parameter->values == ValueKind::Choice) {
        for (const QString& choice : parameter->choices)
            offer(choice, choice);
    }
    m_range->setText(parameter && parameter->values == ValueKind::Number ? rangeText(*parameter) : QString());
    m_range->setVisible(!m_range->text().isEmpty());
    setCurrentIndex(m_choice->count() > 0 ? 1 : 0);
    empty();
}

void CommandValueField::empty()
{
    m_text->clear();
    m_choice->setCurrentIndex(-1);
}

QJsonValue CommandValueField::value() const
{
    if (currentIndex() == 1)
        return m_choice->currentIndex() < 0 ? QJsonValue(QJsonValue::Undefined) : m_choice->currentData().toJsonValue();
    const QString text = m_text->text().trimmed();
    if (!m_parameter)
        return plainValueOf(text);
    if (m_parameter->values == ValueKind::Text)
        return text.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(text);
    const std::optional<Value> number = numberOf(text);
    const double size = number ? *number->number : 0;
    const bool fits = number && size >= m_parameter->least.value_or(size) && size <= m_parameter->most.value_or(size);
    return fits ? valueJson(*number) : QJsonValue(QJsonValue::Undefined);
}

QString CommandValueField::allowed() const
{
    if (!m_parameter)
        return {};
    if (m_parameter->values == ValueKind::OnOff)
        return Pages::tr("on or off");
    if (m_parameter->values == ValueKind::Choice)
        return Pages::tr("one of %1").arg(m_parameter->choices.join(u", "_s));
    if (m_parameter->values == ValueKind::Text)
        return Pages::tr("a text");
    return m_range->text().isEmpty() ? Pages::tr("a number") : Pages::tr("a number, %1").arg(m_range->text());
}

QString CommandValueField::valueText() const
{
    if (currentIndex() == 1)
        return m_choice->currentText();
    return (m_text->text().trimmed() + u' ' + (m_parameter ? m_parameter->unit : QString())).trimmed();
}

} // namespace cohort::console
