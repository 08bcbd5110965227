// A form made from a script's parameters: a field of the right kind each, with help, within its limits.
// Thread: GUI. Owner: LibraryDialog, ScriptPage. Flow: ScriptParameter by name → fields → values().
#pragma once

#include "shared/model/script.h"

#include <QWidget>

class QDoubleSpinBox;
class QFormLayout;

namespace cohort::console {

class ParameterForm : public QWidget
{
    Q_OBJECT
public:
    explicit ParameterForm(QWidget* parent = nullptr);

    // `values` stand in the fields where they are given, the parameters' own defaults elsewhere.
    void setParameters(const QMap<QString, model::ScriptParameter>& parameters, const QJsonObject& values);
    // One value a parameter, of the parameter's kind.
    QJsonObject values() const;
    bool isEmpty() const { return m_fields.isEmpty(); }
    // Something else stands there than was set or, since then, applied.
    bool isChanged() const { return values() != m_applied; }
    void setApplied(const QJsonObject& values) { m_applied = m_base = values; }
    // What was set at the server when one began.
    const QJsonObject& base() const { return m_base; }

private:
    struct Field
    {
        QString name;
        QWidget* widget;
        QJsonValue given = {}; // of a number: what stood there first, and what the field made of it
        double shown = 0;
        QJsonValue numberIn(const QDoubleSpinBox& spin) const;
    };
    static QWidget* makeField(const model::ScriptParameter& parameter, const QJsonValue& value);

    QFormLayout* m_layout;
    QList<Field> m_fields;
    QJsonObject m_applied, m_base;
};

} // namespace cohort::console
