// What a parameter of a device is to be set to: a switch, a number with its unit and range, or a choice, as the device's type
// says; where no type is known, anything that is typed.
// Thread: GUI. Owner: the form of a command. Flow: TypeParameterInfo → field → value(). Source: device-protocol.md, "The
// channel for commands".
#pragma once

#include "shared/model/command.h"
#include "shared/model/device.h"

#include <QStackedWidget>

class QComboBox;
class QLabel;
class QLineEdit;

namespace cohort::console {

class CommandValueField : public QStackedWidget
{
    Q_OBJECT
public:
    explicit CommandValueField(QWidget* parent = nullptr);

    // Empties the field. Nothing: no type is known, and what is typed goes out as it is.
    void setParameter(const std::optional<model::TypeParameterInfo>& parameter);
    void empty();
    // Undefined where nothing was chosen, or what was typed is not allowed.
    QJsonValue value() const;
    // "on or off", "a number from 0 to 100 %": for whoever is told that a value is missing. Empty: anything.
    QString allowed() const;
    // As people read what value() is.
    QString valueText() const;

Q_SIGNALS:
    void entered();

private:
    void offer(const QString& text, const QJsonValue& value);

    QLineEdit* m_text;
    QLabel* m_range;
    QComboBox* m_choice;
    std::optional<model::TypeParameterInfo> m_parameter;
};

} // namespace cohort::console
