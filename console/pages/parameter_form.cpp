#include "console/pages/parameter_form.h"

#include "console/models/parameter_conflict.h"
#include "console/models/words.h"
#include "console/pages/text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QTimeEdit>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

constexpr double Unbounded = 1e9;

// Shows 10, not 10.00.
class PlainSpinBox final : public QDoubleSpinBox
{
public:
    QString textFromValue(double value) const override { return words::number(value, decimals()); }
};

QWidget* makeNumber(const model::ScriptParameter& parameter, double value, int decimals, const QString& suffix)
{
    auto* spin = new PlainSpinBox;
    spin->setDecimals(decimals);
    spin->setRange(parameter.min.value_or(std::min(-Unbounded, value)),
                   parameter.max.value_or(std::max(Unbounded, value)));
    spin->setValue(value);
    spin->setSuffix(suffix);
    return spin;
}

} // namespace

ParameterForm::ParameterForm(QWidget* parent) : QWidget(parent), m_layout(new QFormLayout(this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(16);
    m_layout->setVerticalSpacing(8);
}

QWidget* ParameterForm::makeField(const model::ScriptParameter& parameter, const QJsonValue& value)
{
    switch (parameter.type) {
    case model::ParameterType::Boolean: {
        auto* box = new QCheckBox;
        box->setChecked(value.toBool());
        return box;
    }
    case model::ParameterType::Choice: {
        auto* box = new QComboBox;
        box->addItems(parameter.choices);
        box->setCurrentText(value.toString());
        return box;
    }
    case model::ParameterType::Time: {
        auto* edit = new QTimeEdit(QTime::fromString(value.toString().left(5), u"HH:mm"_s));
        edit->setDisplayFormat(u"HH:mm"_s);
        return edit;
    }
    case model::ParameterType::Text:
        break;
    case model::ParameterType::Minutes:
        return makeNumber(parameter, value.toDouble(), 1, Pages::tr(" min"));
    case model::ParameterType::Hours:
        return makeNumber(parameter, value.toDouble(), 1, Pages::tr(" h"));
    case model::ParameterType::Number:
        return makeNumber(parameter, value.toDouble(), 2, {});
    case model::ParameterType::Integer:
        return makeNumber(parameter, value.toDouble(), 0, {});
    }
    return new QLineEdit(value.toString());
}

void ParameterForm::setParameters(const QMap<QString, model::ScriptParameter>& parameters, const QJsonObject& values)
{
    m_fields.clear();
    while (m_layout->rowCount() > 0)
        m_layout->removeRow(0);
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        const model::ScriptParameter& parameter = it.value();
        const QJsonValue given = values.contains(it.key()) ? values.value(it.key()) : parameter.initial;
        QWidget* widget = makeField(parameter, given);
        widget->setMaximumWidth(260);
        auto* name = new QLabel(readableName(it.key()));
        name->setTextFormat(Qt::PlainText);
        name->setBuddy(widget);
        m_layout->addRow(name, widget);
        if (!parameter.help.isEmpty()) {
            auto* help = new QLabel(parameter.help);
            help->setTextFormat(Qt::PlainText);
            help->setProperty("role", u"caption"_s);
            help->setWordWrap(parameter.help.size() > 70); // short ones would get the height of wrapped ones
            m_layout->addRow(QString(), help);
            widget->setAccessibleDescription(parameter.help);
        }
        Field field{it.key(), widget, {}, 0};
        if (const auto* spin = qobject_cast<QDoubleSpinBox*>(widget)) {
            const double number = given.toDouble();
            field.given = number >= spin->minimum() && number <= spin->maximum() ? given : QJsonValue();
            field.shown = spin->value();
        }
        m_fields.append(field);
    }
    m_applied = this->values();
    m_base = values;
}

// A number that nobody changed is the one that was given, with the digits that the field does not show.
QJsonValue ParameterForm::Field::numberIn(const QDoubleSpinBox& spin) const
{
    if (given.isDouble() && spin.value() == shown)
        return given;
    return spin.decimals() == 0 ? QJsonValue(static_cast<qint64>(spin.value())) : QJsonValue(spin.value());
}

QJsonObject ParameterForm::values() const
{
    QJsonObject all;
    for (const Field& field : m_fields) {
        QJsonValue value;
        if (const auto* check = qobject_cast<QCheckBox*>(field.widget))
            value = check->isChecked();
        else if (const auto* choice = qobject_cast<QComboBox*>(field.widget))
            value = choice->currentText();
        else if (const auto* time = qobject_cast<QTimeEdit*>(field.widget))
            value = time->time().toString(u"HH:mm"_s);
        else if (const auto* text = qobject_cast<QLineEdit*>(field.widget))
            value = text->text();
        else if (const auto* spin = qobject_cast<QDoubleSpinBox*>(field.widget))
            value = field.numberIn(*spin);
        all.insert(field.name, value);
    }
    return all;
}

} // namespace cohort::console
