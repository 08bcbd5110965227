// A form made from a script's parameters: a field of the right kind each, with help, within its limits.
// Thread: GUI. Owner: LibraryDialog, ScriptPage. Flow: ScriptParameter list → fields → values().
#pragma once

#include "console/net/script.h"

#include <QWidget>

class QFormLayout;

namespace cohort::console {

class ParameterForm : public QWidget
{
    Q_OBJECT
public:
    explicit ParameterForm(QWidget* parent = nullptr);

    // `values` stand in the fields where they are given, the parameters' own defaults elsewhere.
    void setParameters(const QList<ScriptParameter>& parameters, const QVariantMap& values);
    // One value a parameter, of the parameter's kind.
    QVariantMap values() const;
    bool isEmpty() const { return m_fields.isEmpty(); }

private:
    struct Field
    {
        ScriptParameter parameter;
        QWidget* widget;
    };
    QWidget* makeField(const ScriptParameter& parameter, const QVariant& value);

    QFormLayout* m_layout;
    QList<Field> m_fields;
};

} // namespace cohort::console
