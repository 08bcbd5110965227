// How tests of the window find and read what is on it.
// Thread: GUI. Owner: nobody. Flow: a widget → its children by name, the words that are seen.
#pragma once

#include <QLabel>
#include <QString>
#include <QStringList>
#include <QWidget>

namespace cohort::console {

template <typename T>
T* child(QWidget* parent, const QString& name)
{
    return parent->findChild<T*>(name);
}

// The visible labels, a line each.
inline QString plainText(const QWidget* widget)
{
    QStringList texts;
    for (const QLabel* label : widget->findChildren<QLabel*>()) {
        if (label->isVisible())
            texts.append(label->text());
    }
    return texts.join(QLatin1Char('\n'));
}

} // namespace cohort::console
