#include "console/pages/parameter_form.h"

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

// "how_long" reads "how long".
QString readable(QString name)
{
    name.replace(u'_', u' ');
    if (!name.isEmpty())
        name[0] = name.at(0).toUpper();
    return name;
}

QString suffixOf(const QString& type)
{
    return type == "minutes"_L1 ? Pages::tr(" min") : type == "hours"_L1 ? Pages::tr(" h") : QString();
}

} // namespace

ParameterForm::ParameterForm(QWidget* parent) : QWidget(parent), m_layout(new QFormLayout(this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(16);
    m_layout->setVerticalSpacing(8);
}

QWidget* ParameterForm::makeField(const ScriptParameter& parameter, const QVariant& value)
{
    const QString& type = parameter.type;
    if (type == "boolean"_L1) {
        auto* box = new QCheckBox;
        box->setChecked(value.toBool());
        return box;
    }
    if (type == "choice"_L1) {
        auto* box = new QComboBox;
        box->addItems(parameter.choices);
        box->setCurrentText(value.toString());
        return box;
    }
    if (type == "time"_L1) {
        auto* edit = new QTimeEdit(QTime::fromString(value.toString().left(5), u"HH:mm"_s));
        edit->setDisplayFormat(u"HH:mm"_s);
        return edit;
    }
    if (type == "text"_L1)
        return new QLineEdit(value.toString());
    auto* spin = new PlainSpinBox;
    spin->setDecimals(type == "integer"_L1 ? 0 : 2);
    if (type == "minutes"_L1 || type == "hours"_L1)
        spin->setDecimals(1);
    spin->setRange(parameter.least.isValid() && !parameter.least.isNull() ? parameter.least.toDouble() : -Unbounded,
                   parameter.greatest.isValid() && !parameter.greatest.isNull() ? parameter.greatest.toDouble()
                                                                                : Unbounded);
    spin->setValue(value.toDouble());
    spin->setSuffix(suffixOf(type));
    return spin;
}

void ParameterForm::setParameters(const QList<ScriptParameter>& parameters, const QVariantMap& values)
{
    m_fields.clear();
    while (m_layout->rowCount() > 0)
        m_layout->removeRow(0);
    for (const ScriptParameter& parameter : parameters) {
        QWidget* widget = makeField(parameter, values.value(parameter.name, parameter.initial));
        widget->setMaximumWidth(260);
        auto* name = new QLabel(readable(parameter.name));
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
        m_fields.append({parameter, widget});
    }
}

QVariantMap ParameterForm::values() const
{
    QVariantMap all;
    for (const Field& field : m_fields) {
        QVariant value;
        if (const auto* check = qobject_cast<QCheckBox*>(field.widget))
            value = check->isChecked();
        else if (const auto* choice = qobject_cast<QComboBox*>(field.widget))
            value = choice->currentText();
        else if (const auto* time = qobject_cast<QTimeEdit*>(field.widget))
            value = time->time().toString(u"HH:mm"_s);
        else if (const auto* text = qobject_cast<QLineEdit*>(field.widget))
            value = text->text();
        else if (const auto* spin = qobject_cast<QDoubleSpinBox*>(field.widget))
            value = spin->decimals() == 0 ? QVariant(static_cast<qint64>(spin->value())) : QVariant(spin->value());
        all.insert(field.parameter.name, value);
    }
    return all;
}

} // namespace cohort::console
